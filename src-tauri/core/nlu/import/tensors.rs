//! Tensors by name, from a file of `safetensors` or from the constants of an ONNX graph.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tract_onnx::pb::GraphProto;
use tract_onnx::tract_hir::internal::f16;

use super::checkpoint::wrong;
use crate::nlu::fused::{Graph, read_onnx};
use crate::{Error, Result};

/// A header larger than this is no header.
const LONGEST_HEADER: u64 = 100 << 20;

/// The tensors of a file; each is read when it is asked for.
pub struct Tensors {
    /// The file.
    pub file: PathBuf,
    form: Form,
}

enum Form {
    Safe { header: HashMap<String, Entry>, begin: u64 },
    Onnx { graph: GraphProto, folder: String },
}

/// What the header of a `safetensors` file says of a tensor.
#[derive(Deserialize)]
struct Entry {
    dtype: String,
    shape: Vec<usize>,
    /// From the end of the header.
    data_offsets: [u64; 2],
}

impl Tensors {
    /// Those of the checkpoint in `dir`.
    pub fn open(dir: &Path) -> Result<Tensors> {
        let file = dir.join("model.safetensors");
        if file.exists() {
            let (header, begin) = header(&file)?;
            return Ok(Tensors { file, form: Form::Safe { header, begin } });
        }
        let known = ["model.onnx", "onnx/model.onnx"];
        let Some(file) = known.into_iter().map(|name| dir.join(name)).find(|file| file.exists()) else {
            return Err(wrong(
                dir,
                "holds neither model.safetensors nor model.onnx; save the checkpoint again with a current \
                 version of transformers",
            ));
        };
        let file = file.canonicalize().map_err(|e| Error::file("cannot read", &file, e))?;
        let folder = file.parent().and_then(Path::to_str).map(str::to_owned);
        let (Some(folder), Some(name)) = (folder, file.file_name().and_then(OsStr::to_str)) else {
            return Err(wrong(&file, "has a name that is not text; rename it"));
        };
        let model = read_onnx(&file, name).map_err(|e| wrong(&file, format!("cannot be read ({e:#})")))?;
        let graph = model.graph.ok_or_else(|| wrong(&file, "holds no graph"))?;
        Ok(Tensors { file, form: Form::Onnx { graph, folder } })
    }

    /// The shape of a tensor, if there is one of this name.
    pub fn shape(&self, name: &str) -> Option<Vec<usize>> {
        match &self.form {
            Form::Safe { header, .. } => header.get(name).map(|entry| entry.shape.clone()),
            Form::Onnx { graph, .. } => {
                let tensor = graph.initializer.iter().find(|tensor| tensor.name == name)?;
                tensor.dims.iter().map(|&dim| usize::try_from(dim).ok()).collect()
            }
        }
    }

    /// The values of a tensor, which must have this shape and hold numbers.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let missing = || wrong(&self.file, format!("has no {name} that can be read"));
        let found = self.shape(name).ok_or_else(missing)?;
        if found != shape {
            let what = format!("has {name} in the shape {found:?}, and config.json asks for {shape:?}");
            return Err(wrong(&self.file, what));
        }
        let values = match &self.form {
            Form::Safe { header, begin } => self.safe(name, header.get(name).ok_or_else(missing)?, *begin)?,
            Form::Onnx { graph, folder } => {
                Graph::read(graph, Some(folder)).stored_floats(name).ok_or_else(missing)?
            }
        };
        if values.iter().any(|value| !value.is_finite()) {
            return Err(wrong(&self.file, format!("has a value in {name} that is not a number")));
        }
        Ok(values)
    }

    fn safe(&self, name: &str, entry: &Entry, begin: u64) -> Result<Vec<f32>> {
        let bytes = bytes(&self.file, entry, begin).map_err(|e| Error::file("cannot read", &self.file, e))?;
        let (fours, twos) = (bytes.as_chunks::<4>().0, bytes.as_chunks::<2>().0);
        let values: Vec<f32> = match entry.dtype.as_str() {
            "F32" => fours.iter().map(|it| f32::from_le_bytes(*it)).collect(),
            "F16" => twos.iter().map(|it| f16::from_le_bytes(*it).to_f32()).collect(),
            "BF16" => {
                twos.iter().map(|it| f32::from_bits(u32::from(u16::from_le_bytes(*it)) << 16)).collect()
            }
            other => {
                return Err(wrong(&self.file, format!("has {name} as {other}, not as F32, F16 or BF16")));
            }
        };
        let count = entry.shape.iter().try_fold(1usize, |count, &dim| count.checked_mul(dim));
        if count != Some(values.len()) {
            let what =
                format!("has {} values in {name}, not those of the shape {:?}", values.len(), entry.shape);
            return Err(wrong(&self.file, what));
        }
        Ok(values)
    }

    /// The weights of the product that `bias` is added to in an ONNX graph.
    ///
    /// An export writes the product with the transpose of a matrix under a name of its own.
    pub fn product_before(&self, bias: &str) -> Option<String> {
        let Form::Onnx { graph, folder } = &self.form else { return None };
        let sums =
            |it: &&tract_onnx::pb::NodeProto| it.op_type == "Add" && it.input.iter().any(|it| it == bias);
        let product = graph.node.iter().find(sums)?.input.iter().find(|it| *it != bias)?;
        let [_, weights] = Graph::read(graph, Some(folder)).inputs(product, "MatMul")?;
        Some(weights.to_owned())
    }
}

/// The header of a `safetensors` file: its length in eight bytes, and JSON; and where the tensors begin.
fn header(path: &Path) -> Result<(HashMap<String, Entry>, u64)> {
    let cannot = |e| Error::file("cannot read", path, e);
    let broken = |what: String| wrong(path, format!("is truncated or not a safetensors file ({what})"));
    let mut file = File::open(path).map_err(cannot)?;
    let size = file.metadata().map_err(cannot)?.len();
    let mut length = [0; 8];
    file.read_exact(&mut length).map_err(|_| broken("it has no header".to_owned()))?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST_HEADER.min(size - 8) {
        return Err(broken(format!("its header has {length} bytes, and the file {size}")));
    }
    let mut text = Vec::new();
    file.take(length).read_to_end(&mut text).map_err(cannot)?;
    let mut header: HashMap<String, serde_json::Value> =
        serde_json::from_slice(&text).map_err(|e| broken(e.to_string()))?;
    header.remove("__metadata__");
    let begin = 8 + length;
    let mut entries = HashMap::new();
    for (name, entry) in header {
        let entry: Entry = serde_json::from_value(entry).map_err(|e| broken(format!("{name}: {e}")))?;
        let [from, to] = entry.data_offsets;
        if from > to || to > size - begin {
            return Err(broken(format!(
                "{name} lies at {from} to {to}, and there are {} bytes",
                size - begin
            )));
        }
        entries.insert(name, entry);
    }
    Ok((entries, begin))
}

fn bytes(path: &Path, entry: &Entry, begin: u64) -> std::io::Result<Vec<u8>> {
    let [from, to] = entry.data_offsets;
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(begin + from))?;
    let mut bytes = Vec::new();
    file.take(to - from).read_to_end(&mut bytes)?;
    Ok(bytes)
}
