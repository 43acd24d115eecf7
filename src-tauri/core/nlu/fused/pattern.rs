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

/// Weights that a layer of a head has at most if it stays exact: half a megabyte of them.
const LARGE: usize = 1 << 17;

/// Outputs of a layer of a head that gives logits at most: these stay exact, however many means of layers they read. As
/// bytes, of one scale for all layers, they took one request for another.
const LOGITS: usize = 200;

/// The step whose result is `name`, and the results that it reads, if the kernels have one.
pub fn step<'a>(graph: &Graph<'a>, name: &str, target: Target) -> Option<(Step, Vec<&'a str>)> {
    attention(graph, name, target)
        .or_else(|| words::step(graph, name, target))
        .or_else(|| linear_and_norm(graph, name, target))
        .or_else(|| linear_and_gelu(graph, name, target))
        .or_else(|| {
            let layer = layer(graph, name)?;
            // What follows no layer of the encoder is one of a head. Small ones stay exact: it is their logits that
            // are read. To read a large one at every pass would take as long as an encoder's layer.
            let large = layer.weights.len() > LARGE && layer.bias.len() > LOGITS;
            let precision = if large { target.precision } else { Precision::Single };
            let target = Target { precision, ..target };
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
    let attention = Attention { cpu: target.cpu, precision: target.precision, heads, width, scale };
    Some((Step::Attention(project, attention), vec![q.x]))
}

#[cfg(test)]
mod tests;
