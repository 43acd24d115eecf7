//! An ONNX file, read without its large constants.
//!
//! They stay where they are until something asks for them: the graph that is read says of each that it lies in
//! another file, as the ONNX standard lets a constant do, and that file is the same one.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Component, Path};
use std::sync::{Mutex, PoisonError};

use prost::Message;
use tract_onnx::pb::tensor_proto::DataLocation;
use tract_onnx::pb::{GraphProto, ModelProto, StringStringEntryProto, TensorProto};
use tract_onnx::prelude::*;
use tract_onnx::tract_hir::internal::{TractErrorContext, bail, ensure};

/// Numbers of fields in the messages of the ONNX standard.
const GRAPH_OF_MODEL: u64 = 7;
const INITIALIZER_OF_GRAPH: u64 = 5;
const RAW_DATA_OF_TENSOR: u64 = 9;
/// Bytes of a constant that is read with the graph.
const SMALL: u64 = 256;
/// What a length can be in the file's format.
const MOST: u64 = i32::MAX as u64;

/// Where the bytes of a constant lie in a file.
pub struct Place {
    file: File,
    offset: u64,
    length: u64,
}

impl Place {
    /// That of a constant which lies, by a plain name, in a file in `folder`; `None` if it does not.
    pub fn of(constant: &TensorProto, folder: &Path) -> Option<io::Result<Place>> {
        let said = |key| constant.external_data.iter().find(|it| it.key == key).map(|it| it.value.as_str());
        let mut parts = Path::new(said("location")?).components();
        let (Some(Component::Normal(name)), None) = (parts.next(), parts.next()) else { return None };
        let (offset, length): (u64, u64) = (said("offset")?.parse().ok()?, said("length")?.parse().ok()?);
        let open = || {
            let file = File::open(folder.join(name))?;
            match offset.checked_add(length) {
                Some(end) if end <= file.metadata()?.len() => Ok(Place { file, offset, length }),
                _ => Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        Some(open())
    }

    /// How many bytes they are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// All of them.
    pub fn read(mut self) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(self.offset))?;
        let mut bytes = Vec::with_capacity(usize::try_from(self.length).unwrap_or(0));
        self.file.take(self.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads them part by part, from the byte of a number on, as long as the file is what it is now.
    pub fn parts(self) -> io::Result<impl Fn(u64, &mut [u8]) -> io::Result<()>> {
        let stamp = |file: &File| file.metadata().and_then(|facts| Ok((facts.len(), facts.modified()?)));
        let before = stamp(&self.file)?;
        let file = Mutex::new(self.file);
        Ok(move |at: u64, bytes: &mut [u8]| {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            if stamp(&file)? != before {
                return Err(io::ErrorKind::InvalidData.into());
            }
            file.seek(SeekFrom::Start(self.offset + at))?;
            file.read_exact(bytes)
        })
    }
}

/// Reads the graph of the file at `path`, whose name is `name`.
pub fn read(path: &Path, name: &str) -> TractResult<ModelProto> {
    let file = File::open(path).context("it cannot be opened")?;
    let size = file.metadata()?.len();
    ensure!(size <= MOST, "it has {size} bytes, and an ONNX file has less than 2 GiB");
    let mut wire = Wire { from: BufReader::new(file), at: 0, end: size };
    let mut graph = None;
    let rest = wire.message(size, &mut |wire, number, length| {
        if number != GRAPH_OF_MODEL {
            return Ok(false);
        }
        graph = Some(read_graph(wire, length, name)?);
        Ok(true)
    })?;
    let model = ModelProto::decode(&rest[..])?;
    Ok(ModelProto { graph, ..model })
}

fn read_graph(wire: &mut Wire, length: u64, name: &str) -> TractResult<GraphProto> {
    let mut constants = Vec::new();
    let rest = wire.message(length, &mut |wire, number, length| {
        if number != INITIALIZER_OF_GRAPH {
            return Ok(false);
        }
        constants.push(read_constant(wire, length, name)?);
        Ok(true)
    })?;
    let graph = GraphProto::decode(&rest[..])?;
    Ok(GraphProto { initializer: constants, ..graph })
}

fn read_constant(wire: &mut Wire, length: u64, name: &str) -> TractResult<TensorProto> {
    let mut place = None;
    let rest = wire.message(length, &mut |wire, number, length| {
        if number != RAW_DATA_OF_TENSOR || length <= SMALL {
            return Ok(false);
        }
        place = Some((wire.at, length));
        wire.skip(length)?;
        Ok(true)
    })?;
    let mut constant = TensorProto::decode(&rest[..])?;
    if let Some((offset, length)) = place {
        let said =
            [("location", name.to_owned()), ("offset", offset.to_string()), ("length", length.to_string())];
        constant.external_data =
            said.map(|(key, value)| StringStringEntryProto { key: key.to_owned(), value }).to_vec();
        constant.data_location = Some(DataLocation::External as i32);
    }
    Ok(constant)
}

/// Looks at a field of bytes or at a message by its number and its length, and says whether it has read it.
type Take<'a> = dyn FnMut(&mut Wire, u64, u64) -> TractResult<bool> + 'a;

/// Protocol buffers as they lie in the file.
struct Wire {
    from: BufReader<File>,
    at: u64,
    /// Where the innermost message ends that is being read.
    end: u64,
}

impl Wire {
    /// Reads a message of `length` bytes: all fields but those that `take` takes.
    fn message(&mut self, length: u64, take: &mut Take) -> TractResult<Vec<u8>> {
        let outer = self.end;
        self.end = self.past(length)?;
        let mut rest = Vec::new();
        while self.at < self.end {
            let key = self.number()?;
            let size = match key & 7 {
                0 => {
                    put(&mut rest, key);
                    let value = self.number()?;
                    put(&mut rest, value);
                    continue;
                }
                1 => 8,
                5 => 4,
                2 => self.number()?,
                _ => bail!("it is not an ONNX file: a field at byte {} has no known type", self.at),
            };
            self.past(size)?;
            if key & 7 == 2 {
                if take(self, key >> 3, size)? {
                    continue;
                }
                put(&mut rest, key);
                put(&mut rest, size);
            } else {
                put(&mut rest, key);
            }
            let read = Read::by_ref(&mut self.from).take(size).read_to_end(&mut rest)?;
            ensure!(read as u64 == size, "it is truncated");
            self.at += size;
        }
        self.end = outer;
        Ok(rest)
    }

    /// Where `length` more bytes end, if the message has them.
    fn past(&self, length: u64) -> TractResult<u64> {
        match self.at.checked_add(length) {
            Some(past) if past <= self.end => Ok(past),
            _ => bail!(
                "it is truncated or not an ONNX file: {length} bytes are said to follow byte {}",
                self.at
            ),
        }
    }

    fn number(&mut self) -> TractResult<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            self.past(1)?;
            let mut byte = [0];
            self.from.read_exact(&mut byte)?;
            self.at += 1;
            value |= u64::from(byte[0] & 0x7f) << shift;
            if byte[0] < 0x80 {
                return Ok(value);
            }
        }
        bail!("it is not an ONNX file: a number at byte {} has no end", self.at)
    }

    fn skip(&mut self, length: u64) -> TractResult<()> {
        let past = self.past(length)?;
        self.from.seek_relative(i64::try_from(length)?)?;
        self.at = past;
        Ok(())
    }
}

fn put(to: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

#[cfg(test)]
mod tests {
    use tract_onnx::data_resolver::FopenDataResolver;
    use tract_onnx::pb::NodeProto;
    use tract_onnx::pb::tensor_proto::DataType;
    use tract_onnx::tensor::load_tensor;

    use super::*;

    fn constant(name: &str, count: usize) -> TensorProto {
        TensorProto {
            name: name.into(),
            dims: vec![count as i64],
            data_type: DataType::Float as i32,
            raw_data: (0..count).flat_map(|at| (at as f32).to_le_bytes()).collect(),
            ..TensorProto::default()
        }
    }

    fn written(model: &ModelProto) -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.onnx");
        std::fs::write(&path, model.encode_to_vec()).unwrap();
        (dir, path)
    }

    fn model() -> ModelProto {
        let node = NodeProto { op_type: "Add".into(), output: vec!["y".into()], ..NodeProto::default() };
        let graph = GraphProto {
            node: vec![node; 300],
            initializer: vec![constant("small", 3), constant("large", 3000), constant("last", 100)],
            name: "graph".into(),
            ..GraphProto::default()
        };
        ModelProto { ir_version: 8, graph: Some(graph), model_version: -1, ..ModelProto::default() }
    }

    #[test]
    fn a_file_is_what_it_was_when_its_constants_are_asked_for() {
        let whole = model();
        let (dir, path) = written(&whole);
        let mut found = read(&path, "a.onnx").unwrap();
        let constants = &mut found.graph.as_mut().unwrap().initializer;
        for (constant, wanted) in constants.iter_mut().zip(&whole.graph.as_ref().unwrap().initializer) {
            assert_eq!(constant.raw_data.is_empty(), wanted.raw_data.len() as u64 > SMALL);
            let tensor = |it| load_tensor(&FopenDataResolver, it, dir.path().to_str()).unwrap();
            assert_eq!(tensor(constant), tensor(wanted));
            *constant = wanted.clone();
        }
        assert_eq!(found, whole);
    }

    #[test]
    fn every_truncated_file_is_refused_or_has_less_in_it() {
        let whole = model().encode_to_vec();
        let (_dir, path) = written(&model());
        for length in (1..whole.len()).step_by(97) {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(read(&path, "a.onnx").map_or(true, |found| found != model()), "{length} bytes");
        }
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert!(read(&path, "a.onnx").unwrap_err().to_string().contains("truncated"));
        std::fs::write(&path, b"<html>not a model</html>").unwrap();
        assert!(read(&path, "a.onnx").is_err());
    }

    #[test]
    fn two_gigabytes_are_too_many() {
        let (_dir, path) = written(&model());
        File::options().write(true).open(&path).unwrap().set_len(MOST + 1).unwrap();
        let said = read(&path, "a.onnx").unwrap_err().to_string();
        assert!(said.contains("2147483648 bytes") && said.contains("less than 2 GiB"), "{said}");
    }
}
