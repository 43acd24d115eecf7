//! A checkpoint as one standard ONNX graph, in the form that the kernels know.

use prost::Message;
use tract_onnx::pb::attribute_proto::AttributeType;
use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::tensor_shape_proto::{Dimension, dimension};
use tract_onnx::pb::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto, TensorShapeProto,
    TypeProto, ValueInfoProto, type_proto,
};

use super::checkpoint::{Checkpoint, turned, wrong};
use super::heads::{Heads, Output};
use crate::Result;

/// The version of the standard in which the graph is written; LayerNormalization came with it.
const OPSET: i64 = 17;
/// What the norms in the layers add to the variance; `config.json` speaks only of the one before them.
const EPSILON: f32 = 1e-12;
/// What a file of this format can have at most.
const MOST: usize = i32::MAX as usize;

/// The network as the bytes of an ONNX file, and the number of its weights.
pub fn encode(checkpoint: &Checkpoint, heads: &Heads) -> Result<(Vec<u8>, usize)> {
    let mut draft = Draft::default();
    let rows = draft.encoder(checkpoint)?;
    draft.heads(checkpoint, heads, &rows)?;
    let model = ModelProto {
        ir_version: 8,
        opset_import: vec![OperatorSetIdProto { domain: String::new(), version: OPSET }],
        producer_name: "sotto".to_owned(),
        graph: Some(draft.graph),
        ..ModelProto::default()
    };
    let size = model.encoded_len();
    if size > MOST {
        return Err(wrong(
            &checkpoint.tensors.file,
            format!("needs an ONNX file of {size} bytes, and such a file has less than 2 GiB"),
        ));
    }
    Ok((model.encode_to_vec(), draft.parameters))
}

/// A graph in the making; every method returns the name of its result.
#[derive(Default)]
struct Draft {
    graph: GraphProto,
    parameters: usize,
}

impl Draft {
    fn constant(&mut self, name: &str, data_type: DataType, dims: &[usize], raw_data: Vec<u8>) -> String {
        if !self.graph.initializer.iter().any(|it| it.name == name) {
            self.graph.initializer.push(TensorProto {
                name: name.to_owned(),
                dims: dims.iter().map(|&dim| dim as i64).collect(),
                data_type: data_type as i32,
                raw_data,
                ..TensorProto::default()
            });
        }
        name.to_owned()
    }

    fn floats(&mut self, name: &str, dims: &[usize], values: &[f32]) -> String {
        self.parameters += values.len();
        self.constant(name, DataType::Float, dims, values.iter().flat_map(|it| it.to_le_bytes()).collect())
    }

    fn number(&mut self, name: &str, value: f32) -> String {
        self.constant(name, DataType::Float, &[], value.to_le_bytes().to_vec())
    }

    fn integers(&mut self, values: &[usize]) -> String {
        let name = values.iter().fold("shape".to_owned(), |name, value| format!("{name}.{value}"));
        let bytes = values.iter().flat_map(|&it| (it as i64).to_le_bytes()).collect();
        self.constant(&name, DataType::Int64, &[values.len()], bytes)
    }

    fn node(&mut self, op: &str, name: &str, inputs: &[&str], attributes: Vec<AttributeProto>) -> String {
        self.graph.node.push(NodeProto {
            op_type: op.to_owned(),
            name: name.to_owned(),
            input: inputs.iter().map(|&it| it.to_owned()).collect(),
            output: vec![name.to_owned()],
            attribute: attributes,
            ..NodeProto::default()
        });
        name.to_owned()
    }

    fn dense(&mut self, name: &str, x: &str, dims: [usize; 2], weights: &[f32], bias: &[f32]) -> String {
        let weights = self.floats(&format!("{name}.weight"), &dims, weights);
        let bias = self.floats(&format!("{name}.bias"), &[bias.len()], bias);
        let product = self.node("MatMul", &format!("{name}.product"), &[x, &weights], vec![]);
        self.node("Add", name, &[&product, &bias], vec![])
    }

    /// The checkpoint's convolution `name` over single tokens: a product for each group of channels.
    fn grouped(&mut self, from: &Checkpoint, name: &str, x: &str, layer: Grouped) -> Result<String> {
        let Grouped { groups, inputs, outputs } = layer;
        let (reads, writes) = (inputs / groups, outputs / groups);
        let weights = from.encoder(&format!("{name}.weight"), &[outputs, reads, 1])?;
        let bias = from.encoder(&format!("{name}.bias"), &[outputs])?;
        let weights: Vec<f32> =
            weights.chunks(writes * reads).flat_map(|group| turned(group, reads)).collect();
        if groups == 1 {
            return Ok(self.dense(name, x, [inputs, outputs], &weights, &bias));
        }
        let shape = self.integers(&[0, groups, reads]);
        let rows = self.node("Reshape", &format!("{name}.grouped"), &[x, &shape], vec![]);
        let weights = self.floats(&format!("{name}.weight"), &[groups, reads, writes], &weights);
        let equation = vec![text("equation", "sgi,gio->sgo")];
        let product = self.node("Einsum", &format!("{name}.product"), &[&rows, &weights], equation);
        let shape = self.integers(&[0, outputs]);
        let joined = self.node("Reshape", &format!("{name}.joined"), &[&product, &shape], vec![]);
        let bias = self.floats(&format!("{name}.bias"), &[outputs], &bias);
        Ok(self.node("Add", name, &[&joined, &bias], vec![]))
    }

    fn norm(&mut self, from: &Checkpoint, name: &str, x: &str, epsilon: f32) -> Result<String> {
        let width = from.config.hidden_size;
        let [weight, bias] = ["weight", "bias"].map(|part| format!("{name}.{part}"));
        let weight_of = from.encoder(&weight, &[width])?;
        let bias_of = from.encoder(&bias, &[width])?;
        let (weight, bias) =
            (self.floats(&weight, &[width], &weight_of), self.floats(&bias, &[width], &bias_of));
        let attributes = vec![integer("axis", -1), float("epsilon", epsilon)];
        Ok(self.node("LayerNormalization", name, &[x, &weight, &bias], attributes))
    }

    fn gelu(&mut self, name: &str, x: &str) -> String {
        let root = self.number("gelu.root_half", std::f32::consts::FRAC_1_SQRT_2);
        let (one, half) = (self.number("gelu.one", 1.0), self.number("gelu.half", 0.5));
        let scaled = self.node("Mul", &format!("{name}.scaled"), &[x, &root], vec![]);
        let erf = self.node("Erf", &format!("{name}.erf"), &[&scaled], vec![]);
        let gate = self.node("Add", &format!("{name}.gate"), &[&erf, &one], vec![]);
        let halved = self.node("Mul", &format!("{name}.half"), &[x, &half], vec![]);
        self.node("Mul", name, &[&halved, &gate], vec![])
    }

    /// The rows of all tokens after the last layer.
    fn encoder(&mut self, from: &Checkpoint) -> Result<String> {
        let config = &from.config;
        let hidden = config.hidden_size;
        self.graph.name = "squeezebert".to_owned();
        self.graph.input.push(value("input_ids", DataType::Int64, &[None]));
        let table = from.encoder("embeddings.word_embeddings.weight", &[config.vocab_size, hidden])?;
        let table = self.floats("embeddings.words.weight", &[config.vocab_size, hidden], &table);
        let words = self.node("Gather", "embeddings.words", &[&table, "input_ids"], vec![integer("axis", 0)]);
        let places = config.max_position_embeddings;
        let mut table = from.encoder("embeddings.position_embeddings.weight", &[places, hidden])?;
        // A message is one text: all its tokens are of the first type, which is the same for every place.
        let types =
            from.encoder("embeddings.token_type_embeddings.weight", &[config.type_vocab_size, hidden])?;
        for row in table.chunks_mut(hidden) {
            row.iter_mut().zip(&types).for_each(|(place, of_type)| *place += of_type);
        }
        let table = self.floats("embeddings.places.weight", &[places, hidden], &table);
        let (zero, length) = (self.integers(&[0]), self.node("Shape", "length", &["input_ids"], vec![]));
        let place = self.node("Slice", "embeddings.places", &[&table, &zero, &length, &zero], vec![]);
        let sum = self.node("Add", "embeddings.sum", &[&words, &place], vec![]);
        let mut x = self.norm(from, "embeddings.LayerNorm", &sum, config.layer_norm_eps)?;
        for layer in 0..config.num_hidden_layers {
            x = self.layer(from, &format!("encoder.layers.{layer}"), &x)?;
        }
        Ok(x)
    }

    fn layer(&mut self, from: &Checkpoint, at: &str, x: &str) -> Result<String> {
        let config = &from.config;
        let (hidden, wide, heads) =
            (config.hidden_size, config.intermediate_size, config.num_attention_heads);
        let width = hidden / heads;
        let by_head = self.integers(&[0, heads, width]);
        let mut part = |part: &str, groups, turn: [i64; 3]| {
            let name = format!("{at}.attention.{part}");
            let flat = self.grouped(from, &name, x, Grouped { groups, inputs: hidden, outputs: hidden })?;
            let cut = self.node("Reshape", &format!("{name}.heads"), &[&flat, &by_head], vec![]);
            Ok(self.node("Transpose", &format!("{name}.by_head"), &[&cut], vec![integers("perm", &turn)]))
        };
        let query = part("query", config.q_groups, [1, 0, 2])?;
        let key = part("key", config.k_groups, [1, 2, 0])?;
        let by_value = part("value", config.v_groups, [1, 0, 2])?;
        let name = |part: &str| format!("{at}.attention.{part}");
        let scale = self.number("attention.scale", (width as f32).sqrt().recip());
        let scores = self.node("MatMul", &name("scores"), &[&query, &key], vec![]);
        let scaled = self.node("Mul", &name("scaled"), &[&scores, &scale], vec![]);
        let shares = self.node("Softmax", &name("shares"), &[&scaled], vec![integer("axis", -1)]);
        let mixed = self.node("MatMul", &name("mixed"), &[&shares, &by_value], vec![]);
        let turned = self.node("Transpose", &name("by_token"), &[&mixed], vec![integers("perm", &[1, 0, 2])]);
        let flat = self.integers(&[0, hidden]);
        let context = self.node("Reshape", &name("context"), &[&turned, &flat], vec![]);

        let after = |part: &str| format!("{at}.{part}");
        let layer = Grouped { groups: config.post_attention_groups, inputs: hidden, outputs: hidden };
        let added = self.grouped(from, &after("post_attention.conv1d"), &context, layer)?;
        let sum = self.node("Add", &after("post_attention.sum"), &[x, &added], vec![]);
        let x = self.norm(from, &after("post_attention.layernorm"), &sum, EPSILON)?;
        let layer = Grouped { groups: config.intermediate_groups, inputs: hidden, outputs: wide };
        let widened = self.grouped(from, &after("intermediate.conv1d"), &x, layer)?;
        let active = self.gelu(&after("intermediate.gelu"), &widened);
        let layer = Grouped { groups: config.output_groups, inputs: wide, outputs: hidden };
        let added = self.grouped(from, &after("output.conv1d"), &active, layer)?;
        let sum = self.node("Add", &after("output.sum"), &[&x, &added], vec![]);
        self.norm(from, &after("output.layernorm"), &sum, EPSILON)
    }

    fn heads(&mut self, from: &Checkpoint, heads: &Heads, rows: &str) -> Result<()> {
        let hidden = from.config.hidden_size;
        let mean =
            self.node("ReduceMean", "mean", &[rows], vec![integers("axes", &[0]), integer("keepdims", 1)]);
        let mut pooled = mean.clone();
        let of_texts = [("intent", &heads.intent), ("act", &heads.act), ("sentiment", &heads.sentiment)];
        if of_texts.iter().any(|(_, head)| head.pooled) {
            let zero = self.integers(&[0]);
            let first = self.node("Gather", "first", &[rows, &zero], vec![integer("axis", 0)]);
            let (weights, bias) = from.encoder_dense("pooler.dense", hidden, hidden)?;
            let dense = self.dense("pooler.dense", &first, [hidden, hidden], &weights, &bias);
            pooled = self.node("Tanh", "pooler", &[&dense], vec![]);
        }
        for (name, head) in of_texts {
            let source = if head.pooled { &pooled } else { &mean };
            let logits = self.head(name, head, hidden, source);
            let shape = self.integers(&[head.labels.len()]);
            let output = format!("{name}_logits");
            self.node("Reshape", &output, &[&logits, &shape], vec![]);
            self.graph.output.push(value(&output, DataType::Float, &[Some(head.labels.len())]));
        }
        let tags = self.head("entity", &heads.entity, hidden, rows);
        self.node("Identity", "entity_logits", &[&tags], vec![]);
        self.graph.output.push(value(
            "entity_logits",
            DataType::Float,
            &[None, Some(heads.entity.labels.len())],
        ));

        let shape = self.integers(&[hidden]);
        let flat = self.node("Reshape", "embedding.flat", &[&mean, &shape], vec![]);
        let square = self.node("Mul", "embedding.square", &[&flat, &flat], vec![]);
        let zero = self.integers(&[0]);
        let squares =
            self.node("ReduceSum", "embedding.squares", &[&square, &zero], vec![integer("keepdims", 1)]);
        let length = self.node("Sqrt", "embedding.length", &[&squares], vec![]);
        self.node("Div", "embedding", &[&flat, &length], vec![]);
        self.graph.output.push(value("embedding", DataType::Float, &[Some(hidden)]));
        Ok(())
    }

    fn head(&mut self, name: &str, head: &Output, hidden: usize, x: &str) -> String {
        let dims = [hidden, head.labels.len()];
        self.dense(&format!("heads.{name}"), x, dims, &head.weights, &head.bias)
    }
}

/// Sizes of a grouped layer.
struct Grouped {
    groups: usize,
    inputs: usize,
    outputs: usize,
}

/// An input or output; a dimension without a number is that of the tokens.
fn value(name: &str, data_type: DataType, dims: &[Option<usize>]) -> ValueInfoProto {
    let dim = |dim: &Option<usize>| match dim {
        Some(dim) => dimension::Value::DimValue(*dim as i64),
        None => dimension::Value::DimParam("sequence".to_owned()),
    };
    let dim = dims.iter().map(|it| Dimension { value: Some(dim(it)), ..Dimension::default() }).collect();
    let tensor = type_proto::Tensor { elem_type: data_type as i32, shape: Some(TensorShapeProto { dim }) };
    let of_type = TypeProto { value: Some(type_proto::Value::TensorType(tensor)), ..TypeProto::default() };
    ValueInfoProto { name: name.to_owned(), r#type: Some(of_type), ..ValueInfoProto::default() }
}

fn attribute(name: &str, kind: AttributeType) -> AttributeProto {
    AttributeProto { name: name.to_owned(), r#type: kind as i32, ..AttributeProto::default() }
}

fn integer(name: &str, value: i64) -> AttributeProto {
    AttributeProto { i: value, ..attribute(name, AttributeType::Int) }
}

fn integers(name: &str, values: &[i64]) -> AttributeProto {
    AttributeProto { ints: values.to_vec(), ..attribute(name, AttributeType::Ints) }
}

fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto { f: value, ..attribute(name, AttributeType::Float) }
}

fn text(name: &str, value: &str) -> AttributeProto {
    AttributeProto { s: value.as_bytes().to_vec(), ..attribute(name, AttributeType::String) }
}
