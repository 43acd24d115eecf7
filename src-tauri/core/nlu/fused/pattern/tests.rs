//! Small graphs with a step in them, and ones that only look like it.

use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::{AttributeProto, GraphProto, NodeProto, TensorProto};

use super::*;

/// A graph in the making.
#[derive(Default)]
struct Draft(GraphProto);

impl Draft {
    fn node(mut self, op: &str, output: &str, inputs: &[&str]) -> Draft {
        self.0.node.push(NodeProto {
            op_type: op.into(),
            input: inputs.iter().map(|input| input.to_string()).collect(),
            output: vec![output.into()],
            ..NodeProto::default()
        });
        self
    }

    fn with(mut self, attribute: AttributeProto) -> Draft {
        self.0.node.last_mut().unwrap().attribute.push(attribute);
        self
    }

    fn floats(mut self, name: &str, dims: &[i64]) -> Draft {
        let count = dims.iter().product::<i64>() as usize;
        self.0.initializer.push(TensorProto {
            name: name.into(),
            dims: dims.to_vec(),
            data_type: DataType::Float as i32,
            float_data: (0..count).map(|at| at as f32).collect(),
            ..TensorProto::default()
        });
        self
    }

    fn number(mut self, name: &str, value: f32) -> Draft {
        self = self.floats(name, &[1]);
        self.0.initializer.last_mut().unwrap().float_data = vec![value];
        self
    }

    fn integers(mut self, name: &str, values: &[i64]) -> Draft {
        self.0.initializer.push(TensorProto {
            name: name.into(),
            dims: vec![values.len() as i64],
            data_type: DataType::Int64 as i32,
            int64_data: values.to_vec(),
            ..TensorProto::default()
        });
        self
    }

    fn found(&self, name: &str) -> Option<(Step, Vec<String>)> {
        let target = Target { cpu: Cpu::best(), precision: Precision::Single };
        let graph = Graph::read(&self.0, None);
        let (step, inputs) = step(&graph, name, target)?;
        Some((step, inputs.into_iter().map(String::from).collect()))
    }
}

fn text(name: &str, value: &str) -> AttributeProto {
    AttributeProto { name: name.into(), s: value.into(), ..AttributeProto::default() }
}

/// y = x W + b in two groups of 3 inputs and 2 outputs.
fn grouped(equation: &str, reads: &[i64], writes: &[i64], bias: i64) -> Draft {
    Draft::default()
        .floats("w", &[2, 3, 2])
        .floats("b", &[bias])
        .integers("reads", reads)
        .integers("writes", writes)
        .node("Reshape", "rows", &["x", "reads"])
        .node("Einsum", "product", &["rows", "w"])
        .with(text("equation", equation))
        .node("Reshape", "joined", &["product", "writes"])
        .node("Add", "y", &["joined", "b"])
}

const EQUATION: &str = "sgi,gio->sgo";

#[test]
fn a_grouped_layer_is_found_by_its_shapes() {
    let (step, inputs) = grouped(EQUATION, &[0, 2, 3], &[0, 4], 4).found("y").unwrap();
    let Step::Linear(linear, After::Nothing) = step else { panic!("{step:?}") };
    assert_eq!((linear.inputs(), linear.outputs(), inputs), (6, 4, vec!["x".to_string()]));
    for other in [
        grouped("sgi,gio->gso", &[0, 2, 3], &[0, 4], 4),
        grouped(EQUATION, &[0, 3, 2], &[0, 4], 4),
        grouped(EQUATION, &[0, 2, 3], &[0, 2, 2], 4),
        grouped(EQUATION, &[0, 2, 3], &[0, 4], 1),
        grouped(EQUATION, &[2, 2, 3], &[2, 4], 4),
    ] {
        assert!(other.found("y").is_none());
    }
}

#[test]
fn gelu_is_found_in_any_order_and_only_if_it_is_one() {
    let gelu = |half, root, one| {
        grouped(EQUATION, &[0, 2, 3], &[0, 4], 4)
            .number("half", half)
            .number("root", root)
            .number("one", one)
            .node("Div", "scaled", &["y", "root"])
            .node("Erf", "erf", &["scaled"])
            .node("Add", "gate", &["one", "erf"])
            .node("Mul", "gated", &["gate", "y"])
            .node("Mul", "z", &["gated", "half"])
    };
    let found = gelu(0.5, 2f32.sqrt(), 1.0).found("z");
    assert!(matches!(found, Some((Step::Linear(_, After::Gelu), _))), "{found:?}");
    for other in [gelu(0.6, 2f32.sqrt(), 1.0), gelu(0.5, 1.5, 1.0), gelu(0.5, 2f32.sqrt(), 0.0)] {
        assert!(other.found("z").is_none());
    }
}

#[test]
fn a_norm_takes_the_residual_with_it() {
    let norm = |axis| {
        grouped(EQUATION, &[0, 2, 3], &[0, 4], 4)
            .floats("weight", &[4])
            .floats("shift", &[4])
            .node("Add", "sum", &["r", "y"])
            .node("LayerNormalization", "z", &["sum", "weight", "shift"])
            .with(AttributeProto { name: "axis".into(), i: axis, ..AttributeProto::default() })
    };
    // What no node makes (an input of the graph) stands before everything.
    let (step, inputs) = norm(-1).found("z").unwrap();
    assert!(matches!(step, Step::Linear(_, After::Norm(_))));
    assert_eq!(inputs, ["x", "r"]);
    assert!(norm(0).found("z").is_none());
}

/// y = x W + b, the matrix in bytes with a scale for each column.
fn in_bytes(scales: &[i64], types: DataType) -> Draft {
    let mut draft = Draft::default()
        .floats("scale", scales)
        .floats("b", &[2])
        .node("Cast", "float", &["w"])
        .with(AttributeProto { name: "to".into(), i: DataType::Float as i64, ..AttributeProto::default() })
        .node("Mul", "scaled", &["float", "scale"])
        .node("MatMul", "product", &["x", "scaled"])
        .node("Add", "y", &["product", "b"]);
    draft.0.initializer.push(TensorProto {
        name: "w".into(),
        dims: vec![3, 2],
        data_type: types as i32,
        raw_data: [1i8, -2, 3, -4, 5, -128].map(|byte| byte as u8).to_vec(),
        ..TensorProto::default()
    });
    draft
}

#[test]
fn a_matrix_of_bytes_with_its_scales_is_a_matrix() {
    let (step, inputs) = in_bytes(&[2], DataType::Int8).found("y").unwrap();
    let Step::Linear(linear, After::Nothing) = step else { panic!("{step:?}") };
    assert_eq!(inputs, ["x"]);
    let mut y = [0.0; 2];
    // The scales are 0 and 1, and so is the bias.
    linear.run(&[1.0, 10.0, 100.0], &mut y).unwrap();
    assert_eq!(y, [0.0, 1.0 - 2.0 - 40.0 - 12_800.0]);
    assert!(in_bytes(&[1, 2], DataType::Int8).found("y").is_some());
    assert!(in_bytes(&[3, 1], DataType::Int8).found("y").is_some());
    assert!(in_bytes(&[3], DataType::Int8).found("y").is_none());
    assert!(in_bytes(&[2], DataType::Uint8).found("y").is_none());
}

/// Rows of words, three places of two channels, and a norm.
fn words(start: i64, of_scales: &str) -> Draft {
    let mut draft = Draft::default()
        .floats("scales", &[4, 1])
        .floats("places", &[3, 2])
        .floats("weight", &[2])
        .floats("bias", &[2])
        .integers("start", &[start])
        .integers("axis", &[0])
        .node("Gather", "rows", &["table", "ids"])
        .node("Cast", "float", &["rows"])
        .with(AttributeProto { name: "to".into(), i: DataType::Float as i64, ..AttributeProto::default() })
        .node("Gather", "scale", &["scales", of_scales])
        .node("Mul", "word", &["float", "scale"])
        .node("Shape", "length", &["ids"])
        .node("Slice", "place", &["places", "start", "length", "axis"])
        .node("Add", "sum", &["place", "word"])
        .node("LayerNormalization", "y", &["sum", "weight", "bias"]);
    draft.0.initializer.push(TensorProto {
        name: "table".into(),
        dims: vec![4, 2],
        data_type: DataType::Int8 as i32,
        raw_data: vec![1; 8],
        ..TensorProto::default()
    });
    draft
}

#[test]
fn words_are_found_with_their_places() {
    let (step, inputs) = words(0, "ids").found("y").unwrap();
    assert!(matches!(&step, Step::Words(words) if words.outputs() == 2), "{step:?}");
    assert_eq!(inputs, ["ids"]);
    assert!(words(1, "ids").found("y").is_none());
    assert!(words(0, "others").found("y").is_none());
}

#[test]
fn a_value_that_is_no_number_is_named() {
    let mut draft = grouped(EQUATION, &[0, 2, 3], &[0, 4], 4);
    draft.0.initializer[0].float_data[5] = f32::NAN;
    let graph = Graph::read(&draft.0, None);
    step(&graph, "y", Target { cpu: Cpu::best(), precision: Precision::Single });
    assert_eq!(graph.fault().as_deref(), Some("w has a value that is not a number"));
}

#[test]
fn an_operator_of_another_domain_is_left_alone() {
    let mut draft = grouped(EQUATION, &[0, 2, 3], &[0, 4], 4);
    draft.0.node[1].domain = "com.example".into();
    assert!(draft.found("y").is_none());
}
