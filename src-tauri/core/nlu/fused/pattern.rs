//! What a SqueezeBERT is made of, as it stands in an ONNX graph.

use sotto_kernels::{Attention, Cpu, Linear, Norm, Part, Precision};

use super::graph::Graph;
use super::step::{After, Step};
use super::words;

/// What weights are packed for.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The instructions that will read them.
    pub cpu: Cpu,
    /// How exactly the encoder's are kept.
    pub precision: Precision,
}

/// The step whose result is `name`, and the results that it reads, if the kernels have one.
pub fn step<'a>(graph: &Graph<'a>, name: &str, target: Target) -> Option<(Step, Vec<&'a str>)> {
    attention(graph, name, target)
        .or_else(|| words::step(graph, name, target))
        .or_else(|| linear_and_norm(graph, name, target))
        .or_else(|| linear_and_gelu(graph, name, target))
        .or_else(|| {
            let layer = layer(graph, name)?;
            // A layer that nothing follows is a head: a small one, whose logits are read as they are.
            let target = Target { precision: Precision::Single, ..target };
            Some((Step::Linear(layer.pack(target)?, After::Nothing), vec![layer.x]))
        })
}

/// A grouped linear layer as the graph holds it.
struct Layer<'a> {
    /// What it reads, `[rows, inputs]`.
    x: &'a str,
    inputs: usize,
    groups: usize,
    /// `[groups, inputs / groups, outputs / groups]`
    weights: Vec<f32>,
    /// `[outputs]`
    bias: Vec<f32>,
}

impl Layer<'_> {
    fn part(&self) -> Part<'_> {
        Part { groups: self.groups, weights: &self.weights, bias: &self.bias }
    }

    fn pack(&self, target: Target) -> Option<Linear> {
        Linear::pack(target.cpu, target.precision, self.inputs, &[self.part()]).ok()
    }
}

/// `x W + b`, dense or in groups.
fn layer<'a>(graph: &Graph<'a>, name: &str) -> Option<Layer<'a>> {
    graph.either(name, "Add")?.into_iter().find_map(|(product, bias)| {
        // The product first: it is cheaper to refuse than a constant is to read.
        let (x, weights) = dense(graph, product).or_else(|| grouped(graph, product))?;
        let (shape, weights) = graph.floats(weights)?;
        let (groups, reads, writes) = match shape[..] {
            [reads, writes] => (1, reads, writes),
            [groups, reads, writes] => (groups, reads, writes),
            _ => return None,
        };
        let (shape, bias) = graph.floats(bias)?;
        let fits =
            shape == [groups.checked_mul(writes)?] && grouped_shape(graph, product, groups, reads, writes);
        let inputs = groups.checked_mul(reads)?;
        fits.then_some(Layer { x, inputs, groups, weights, bias })
    })
}

/// x and the weights of a product with a matrix.
fn dense<'a>(graph: &Graph<'a>, product: &str) -> Option<(&'a str, &'a str)> {
    let [x, weights] = graph.inputs(product, "MatMul")?;
    Some((x, weights))
}

/// x and the weights of a product by groups: `[rows, inputs]` as `[rows, groups, inputs / groups]`, times
/// `[groups, inputs / groups, outputs / groups]`, as `[rows, outputs]`.
fn grouped<'a>(graph: &Graph<'a>, product: &str) -> Option<(&'a str, &'a str)> {
    let (product, _) = graph.shape_given(product)?;
    let (rows, weights) = by_einsum(graph, product).or_else(|| by_matmul(graph, product))?;
    Some((graph.shape_given(rows)?.0, weights))
}

fn by_einsum<'a>(graph: &Graph<'a>, product: &str) -> Option<(&'a str, &'a str)> {
    let [rows, weights] = graph.inputs(product, "Einsum")?;
    let equation = &graph.attribute(product, "equation")?.s;
    (equation == b"sgi,gio->sgo").then_some((rows, weights))
}

fn by_matmul<'a>(graph: &Graph<'a>, product: &str) -> Option<(&'a str, &'a str)> {
    let product = graph.transposed(product, &[1, 0, 2])?;
    let [rows, weights] = graph.inputs(product, "MatMul")?;
    Some((graph.transposed(rows, &[1, 0, 2])?, weights))
}

/// Whether the shapes around a product are those that its weights ask for.
fn grouped_shape(graph: &Graph, product: &str, groups: usize, reads: usize, writes: usize) -> bool {
    let Some(inner) = graph.reshaped(product, &[groups * writes]) else {
        return dense(graph, product).is_some() && groups == 1;
    };
    by_einsum(graph, inner)
        .or_else(|| by_matmul(graph, inner))
        .is_some_and(|(rows, _)| graph.reshaped(rows, &[groups, reads]).is_some())
}

/// What is normalised into `name`, over the last of two axes, and how.
pub fn norm<'a>(graph: &Graph<'a>, name: &str) -> Option<(&'a str, Norm)> {
    let [sum, weight, bias] = graph.inputs(name, "LayerNormalization")?;
    // The standard's default is the last axis.
    if !matches!(graph.attribute(name, "axis").map_or(-1, |it| it.i), -1 | 1) {
        return None;
    }
    let epsilon = graph.attribute(name, "epsilon").map_or(1e-5, |it| it.f);
    let (weight, bias) = (graph.floats(weight)?, graph.floats(bias)?);
    let fits = weight.0.len() == 1 && weight.0 == bias.0;
    fits.then_some((sum, Norm { weight: weight.1, bias: bias.1, epsilon }))
}

/// `norm(x W + b + residual)`
fn linear_and_norm<'a>(graph: &Graph<'a>, name: &str, target: Target) -> Option<(Step, Vec<&'a str>)> {
    let (sum, norm) = norm(graph, name)?;
    // If a layer made both, the later of the two is it; the earlier has come past it.
    let mut sides = graph.either(sum, "Add")?;
    sides.sort_by_key(|(added, _)| std::cmp::Reverse(graph.maker(added).map(|_| graph.place(added))));
    let (layer, residual) =
        sides.into_iter().find_map(|(added, residual)| Some((layer(graph, added)?, residual)))?;
    if norm.weight.len() != layer.bias.len() {
        return None;
    }
    Some((Step::Linear(layer.pack(target)?, After::Norm(norm)), vec![layer.x, residual]))
}

/// `gelu(x W + b)`, written as `y / 2 * (1 + erf(y / sqrt 2))` in any order of its factors.
fn linear_and_gelu<'a>(graph: &Graph<'a>, name: &str, target: Target) -> Option<(Step, Vec<&'a str>)> {
    let (mut factor, mut parts) = (1.0, Vec::new());
    factors(graph, name, 4, &mut factor, &mut parts);
    let [a, b] = parts[..] else { return None };
    let (y, gate) =
        if graph.made_by(b, "Add").is_some() && erf_of(graph, b).is_some() { (a, b) } else { (b, a) };
    if erf_of(graph, gate)? != y || !near(factor, 0.5) {
        return None;
    }
    let layer = layer(graph, y)?;
    Some((Step::Linear(layer.pack(target)?, After::Gelu), vec![layer.x]))
}

/// y, where `gate` is `1 + erf(y / sqrt 2)`.
fn erf_of<'a>(graph: &Graph<'a>, gate: &str) -> Option<&'a str> {
    let scaled = graph.either(gate, "Add")?.into_iter().find_map(|(erf, one)| {
        let [scaled] = graph.inputs(erf, "Erf")?;
        near(graph.number(one)?, 1.0).then_some(scaled)
    })?;
    let (mut factor, mut parts) = (1.0, Vec::new());
    factors(graph, scaled, 1, &mut factor, &mut parts);
    match parts[..] {
        [y] if near(factor, std::f32::consts::FRAC_1_SQRT_2) => Some(y),
        _ => None,
    }
}

/// Takes the product `name` apart into a number and the results that it multiplies, at most `depth` nodes deep.
fn factors<'a>(graph: &Graph<'a>, name: &'a str, depth: usize, factor: &mut f32, parts: &mut Vec<&'a str>) {
    if let Some(number) = graph.number(name) {
        *factor *= number;
        return;
    }
    let next = depth.checked_sub(1);
    match (next, graph.inputs(name, "Mul"), graph.inputs::<2>(name, "Div")) {
        (Some(next), Some([a, b]), _) => {
            factors(graph, a, next, factor, parts);
            factors(graph, b, next, factor, parts);
        }
        (Some(next), _, Some([a, b])) if let Some(number) = graph.number(b) => {
            *factor /= number;
            factors(graph, a, next, factor, parts);
        }
        _ => parts.push(name),
    }
}

fn near(found: f32, wanted: f32) -> bool {
    (found - wanted).abs() <= wanted.abs() * 1e-5
}

/// Self-attention with its three linear layers: `softmax(scale q k^T) v` by head, from x `[rows, inputs]`.
fn attention<'a>(graph: &Graph<'a>, name: &str, target: Target) -> Option<(Step, Vec<&'a str>)> {
    let (turned, channels) = graph.shape_given(name)?;
    let [channels] = channels[..] else { return None };
    let mixed = graph.transposed(turned, &[1, 0, 2])?;
    let [weights, v] = graph.inputs(mixed, "MatMul")?;
    let [scores] = graph.inputs(weights, "Softmax")?;
    if !matches!(graph.attribute(weights, "axis").map_or(-1, |it| it.i), -1 | 2) {
        return None;
    }
    let (mut scale, mut parts) = (1.0, Vec::new());
    factors(graph, scores, 2, &mut scale, &mut parts);
    let [scores] = parts[..] else { return None };
    let [q, k] = graph.inputs(scores, "MatMul")?;
    let [q, k, v] =
        [(q, [1, 0, 2]), (k, [1, 2, 0]), (v, [1, 0, 2])].map(|(it, turn)| graph.transposed(it, &turn));
    let cut = [graph.shape_given(q?)?, graph.shape_given(k?)?, graph.shape_given(v?)?];
    let [heads, width] = cut[0].1[..] else { return None };
    if cut.iter().any(|(_, shape)| shape[..] != [heads, width]) || heads.checked_mul(width)? != channels {
        return None;
    }
    let (heads, width) = (usize::try_from(heads).ok()?, usize::try_from(width).ok()?);
    let layers = [layer(graph, cut[0].0)?, layer(graph, cut[1].0)?, layer(graph, cut[2].0)?];
    let [q, k, v] = &layers;
    if layers.iter().any(|it| it.x != q.x || it.inputs != q.inputs || it.bias.len() != heads * width) {
        return None;
    }
    let project =
        Linear::pack(target.cpu, target.precision, q.inputs, &[q.part(), k.part(), v.part()]).ok()?;
    Some((Step::Attention(project, Attention { cpu: target.cpu, heads, width, scale }), vec![q.x]))
}

#[cfg(test)]
mod tests {
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
            .with(AttributeProto {
                name: "to".into(),
                i: DataType::Float as i64,
                ..AttributeProto::default()
            })
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
            .with(AttributeProto {
                name: "to".into(),
                i: DataType::Float as i64,
                ..AttributeProto::default()
            })
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
}
