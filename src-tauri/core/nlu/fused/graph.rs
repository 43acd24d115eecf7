//! An ONNX graph, read backwards: from a result to the node that makes it.

use std::collections::{HashMap, HashSet};

use tract_onnx::data_resolver::MmapDataResolver;
use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::{AttributeProto, GraphProto, NodeProto, TensorProto};
use tract_onnx::tensor::load_tensor;

/// A graph, with the place of every result's node and every constant by its name.
pub struct Graph<'a> {
    nodes: &'a [NodeProto],
    makers: HashMap<&'a str, usize>,
    constants: HashMap<&'a str, &'a TensorProto>,
    folder: Option<&'a str>,
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
        Graph { nodes: &graph.node, makers, constants, folder }
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

    /// A constant of single precision, or of half precision that is cast to single: its shape and its values.
    pub fn floats(&self, name: &str) -> Option<(Vec<usize>, Vec<f32>)> {
        let mut name = name;
        if let Some([stored]) = self.inputs(name, "Cast") {
            if self.attribute(name, "to")?.i != DataType::Float as i64 {
                return None;
            }
            name = stored;
        } else if self.constants.get(name)?.data_type != DataType::Float as i32 {
            return None;
        }
        let constant = self.constants.get(name)?;
        if ![DataType::Float as i32, DataType::Float16 as i32].contains(&constant.data_type) {
            return None;
        }
        let tensor = load_tensor(&MmapDataResolver, constant, self.folder).ok()?;
        let tensor = tensor.cast_to::<f32>().ok()?;
        let values = tensor.to_plain_array_view::<f32>().ok()?.iter().copied().collect();
        Some((tensor.shape().to_vec(), values))
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
        let constant = self.constants.get(name)?;
        if constant.data_type != DataType::Int64 as i32 || constant.dims.len() != 1 {
            return None;
        }
        let tensor = load_tensor(&MmapDataResolver, constant, self.folder).ok()?;
        Some(tensor.to_plain_array_view::<i64>().ok()?.iter().copied().collect())
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
