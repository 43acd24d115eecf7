//! An ONNX graph, read backwards: from a result to the node that makes it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use tract_onnx::data_resolver::FopenDataResolver;
use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::{AttributeProto, GraphProto, NodeProto, TensorProto};
use tract_onnx::prelude::tract_ndarray::ArrayD;
use tract_onnx::prelude::{DatumType, TractResult};
use tract_onnx::tensor::load_tensor;
use tract_onnx::tract_hir::internal::{ensure, f16};

use super::file::Place;

/// A graph, with the place of every result's node and every constant by its name.
pub struct Graph<'a> {
    nodes: &'a [NodeProto],
    makers: HashMap<&'a str, usize>,
    constants: HashMap<&'a str, &'a TensorProto>,
    folder: Option<&'a str>,
    fault: RefCell<Option<String>>,
}

/// The first output of `graph` that is neither made by a node nor a constant nor an input.
pub fn unmade_output(graph: &GraphProto) -> Option<&str> {
    let made = graph.node.iter().flat_map(|node| &node.output);
    let given = graph.initializer.iter().map(|constant| &constant.name);
    let known: HashSet<&String> =
        made.chain(given).chain(graph.input.iter().map(|input| &input.name)).collect();
    graph.output.iter().map(|output| &output.name).find(|name| !known.contains(name)).map(String::as_str)
}

impl<'a> Graph<'a> {
    /// `folder` is where the file lies, for constants that it keeps in other files.
    pub fn read(graph: &'a GraphProto, folder: Option<&'a str>) -> Graph<'a> {
        let mut makers = HashMap::new();
        for (place, node) in graph.node.iter().enumerate() {
            makers.extend(node.output.iter().map(|output| (output.as_str(), place)));
        }
        let constants = graph.initializer.iter().map(|constant| (constant.name.as_str(), constant)).collect();
        Graph { nodes: &graph.node, makers, constants, folder, fault: RefCell::new(None) }
    }

    /// The node that makes `name`, if a node does.
    pub fn maker(&self, name: &str) -> Option<&'a NodeProto> {
        self.nodes.get(self.place(name))
    }

    /// Where in the file the node stands that makes `name`; past the end if none does.
    pub fn place(&self, name: &str) -> usize {
        self.makers.get(name).copied().unwrap_or(usize::MAX)
    }

    /// The inputs of the node that makes `name`, if it is an `op` of the ONNX standard with `N` inputs, all given.
    pub fn inputs<const N: usize>(&self, name: &str, op: &str) -> Option<[&'a str; N]> {
        let node = self.made_by(name, op)?;
        let inputs: Vec<&str> = node.input.iter().map(String::as_str).collect();
        <[&str; N]>::try_from(inputs).ok().filter(|inputs| inputs.iter().all(|input| !input.is_empty()))
    }

    /// The node that makes `name` as its first output, if it is an `op` of the ONNX standard.
    pub fn made_by(&self, name: &str, op: &str) -> Option<&'a NodeProto> {
        let standard = |node: &&NodeProto| node.domain.is_empty() || node.domain == "ai.onnx";
        self.maker(name)
            .filter(standard)
            .filter(|node| node.op_type == op && node.output.first().is_some_and(|first| first == name))
    }

    /// An attribute of the node that makes `name`.
    pub fn attribute(&self, name: &str, attribute: &str) -> Option<&'a AttributeProto> {
        self.maker(name)?.attribute.iter().find(|it| it.name == attribute)
    }

    /// What is wrong with a constant that was asked for.
    pub fn fault(self) -> Option<String> {
        self.fault.into_inner()
    }

    /// A constant of single precision, or one that is brought to it from half precision or from bytes with their
    /// scales: its shape and its values.
    pub fn floats(&self, name: &str) -> Option<(Vec<usize>, Vec<f32>)> {
        let (shape, values) = self.scaled(name).or_else(|| self.single(name))?;
        if values.iter().any(|value| !value.is_finite()) {
            self.blame(format!("{name} has a value that is not a number"));
        }
        Some((shape, values))
    }

    /// A constant of single precision, or one of half precision that is cast to it.
    fn single(&self, name: &str) -> Option<(Vec<usize>, Vec<f32>)> {
        let half = self.cast_to_single(name).filter(|it| self.is(it, DataType::Float16));
        let stored = half.or_else(|| Some(name).filter(|it| self.is(it, DataType::Float)))?;
        let shape = self.constants.get(stored)?.dims.iter().map(|&dim| usize::try_from(dim).ok());
        Some((shape.collect::<Option<_>>()?, self.stored_floats(stored)?))
    }

    /// The values of a constant that is stored in single or in half precision.
    pub fn stored_floats(&self, name: &str) -> Option<Vec<f32>> {
        let (_, bytes) = self.constant(name)?;
        if self.is(name, DataType::Float16) {
            return Some(
                bytes.as_chunks::<2>().0.iter().map(|it| f16::from_le_bytes(*it).to_f32()).collect(),
            );
        }
        let (fours, _) = bytes.as_chunks::<4>();
        self.is(name, DataType::Float).then(|| fours.iter().map(|it| f32::from_le_bytes(*it)).collect())
    }

    /// A constant of bytes, cast to single precision and multiplied by a constant that broadcasts to it.
    fn scaled(&self, name: &str) -> Option<(Vec<usize>, Vec<f32>)> {
        let sides = self.either(name, "Mul")?;
        let (bytes, scales) = sides.into_iter().find_map(|(bytes, scales)| {
            let stored = self.cast_to_single(bytes).filter(|it| self.is(it, DataType::Int8))?;
            Some((self.constant(stored)?, self.single(scales)?))
        })?;
        let scales = ArrayD::from_shape_vec(scales.0, scales.1).ok()?;
        let scales = scales.broadcast(&bytes.0[..])?;
        let values = bytes.1.iter().zip(scales).map(|(byte, scale)| f32::from(*byte as i8) * scale).collect();
        Some((bytes.0, values))
    }

    /// What is cast to single precision into `name`.
    pub fn cast_to_single(&self, name: &str) -> Option<&'a str> {
        let [stored] = self.inputs(name, "Cast")?;
        (self.attribute(name, "to")?.i == DataType::Float as i64).then_some(stored)
    }

    /// Whether `name` is a constant of this type.
    pub fn is(&self, name: &str, data_type: DataType) -> bool {
        self.constants.get(name).is_some_and(|constant| constant.data_type == data_type as i32)
    }

    /// Where a constant of bytes with this shape lies in a file, if it does.
    pub fn stored(&self, name: &str, shape: [usize; 2]) -> Option<Place> {
        let constant = *self.constants.get(name).filter(|it| it.raw_data.is_empty())?;
        let dims = shape.map(|dim| i64::try_from(dim).ok());
        let fits = self.is(name, DataType::Int8) && constant.dims.iter().map(|&dim| Some(dim)).eq(dims);
        let place = Place::of(constant, Path::new(self.folder.filter(|_| fits)?))?.ok()?;
        (Some(place.length()) == u64::try_from(shape[0].checked_mul(shape[1])?).ok()).then_some(place)
    }

    /// The shape of a constant, and its values in bytes, the lowest of each first.
    pub fn constant(&self, name: &str) -> Option<(Vec<usize>, Vec<u8>)> {
        let constant = *self.constants.get(name)?;
        let found = self.bytes(constant).and_then(|bytes| {
            let shape =
                constant.dims.iter().map(|&dim| usize::try_from(dim)).collect::<Result<Vec<_>, _>>()?;
            let size = DatumType::try_from(DataType::try_from(constant.data_type)?)?.size_of();
            let wanted = shape.iter().try_fold(size, |count, &dim| count.checked_mul(dim));
            ensure!(wanted == Some(bytes.len()), "it has {} bytes and the shape {shape:?}", bytes.len());
            Ok((shape, bytes))
        });
        match found {
            Ok(found) => Some(found),
            Err(e) => {
                self.blame(format!("{name} cannot be read ({e:#})"));
                None
            }
        }
    }

    fn bytes(&self, constant: &TensorProto) -> TractResult<Vec<u8>> {
        if !constant.raw_data.is_empty() {
            return Ok(constant.raw_data.clone());
        }
        // Straight to where it stays: the word table is half of all there is to load.
        if let Some(place) = self.folder.and_then(|folder| Place::of(constant, Path::new(folder))) {
            return Ok(place?.read()?);
        }
        Ok(load_tensor(&FopenDataResolver, constant, self.folder)?.try_as_plain_ram()?.as_bytes().to_vec())
    }

    fn blame(&self, fault: String) {
        self.fault.borrow_mut().get_or_insert(fault);
    }

    /// A constant of single precision that holds one value.
    pub fn number(&self, name: &str) -> Option<f32> {
        let constant = self.constants.get(name)?;
        if constant.dims.iter().any(|&dim| dim != 1) {
            return None;
        }
        self.floats(name)?.1.first().copied()
    }

    /// A constant list of whole numbers.
    pub fn integers(&self, name: &str) -> Option<Vec<i64>> {
        let (shape, bytes) = self.constant(name).filter(|_| self.is(name, DataType::Int64))?;
        let values = bytes.as_chunks::<8>().0.iter().map(|it| i64::from_le_bytes(*it)).collect();
        (shape.len() == 1).then_some(values)
    }

    /// What is reshaped into `name`, if that has the shape `[rows, dims ...]` with as many rows as before.
    pub fn reshaped(&self, name: &str, dims: &[usize]) -> Option<&'a str> {
        let (from, shape) = self.shape_given(name)?;
        let same = shape.iter().map(|&dim| usize::try_from(dim).ok()).eq(dims.iter().map(|&dim| Some(dim)));
        same.then_some(from)
    }

    /// What is reshaped into `name`, and the constant shape without its first dimension, which stays what it was.
    pub fn shape_given(&self, name: &str) -> Option<(&'a str, Vec<i64>)> {
        let [from, shape] = self.inputs(name, "Reshape")?;
        if self.attribute(name, "allowzero").is_some_and(|it| it.i != 0) {
            return None;
        }
        let shape = self.integers(shape)?;
        let (first, rest) = shape.split_first()?;
        // 0 keeps the first dimension; -1 computes it, and comes to the same if the others are known.
        (matches!(first, 0 | -1) && rest.iter().all(|&dim| dim > 0)).then(|| (from, rest.to_vec()))
    }

    /// What is transposed into `name`, if its axes are permuted so.
    pub fn transposed(&self, name: &str, permutation: &[i64]) -> Option<&'a str> {
        let [from] = self.inputs(name, "Transpose")?;
        (self.attribute(name, "perm")?.ints == permutation).then_some(from)
    }

    /// The two inputs of a node that does not mind their order, both ways round.
    pub fn either(&self, name: &str, op: &str) -> Option<[(&'a str, &'a str); 2]> {
        let [a, b] = self.inputs(name, op)?;
        Some([(a, b), (b, a)])
    }
}

/// What a node reads, with what its inner graphs, if any, read from outside.
pub fn reads(node: &NodeProto) -> Vec<&str> {
    let mut names: Vec<&str> = node.input.iter().map(String::as_str).collect();
    for inner in node.attribute.iter().flat_map(|it| it.g.iter().chain(&it.graphs)) {
        names.extend(inner.node.iter().flat_map(reads));
        names.extend(inner.output.iter().map(|output| output.name.as_str()));
    }
    names
}
