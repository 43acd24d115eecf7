//! SqueezeBERT's costly steps in kernels of our own, put in place of the nodes that an ONNX file writes them in.
//!
//! The file stays standard ONNX. When it is loaded, [`model`] looks in its graph, which the ONNX standard
//! describes, for the tables of words and places, grouped linear layers with their GELU or their residual and norm, and
//! self-attention. What it
//! finds by structure and by the shapes of the constants it replaces by one [`Step`] each; all else, and a graph in
//! which nothing is found, runs on tract as it is. Names of nodes mean nothing to it.

mod file;
mod graph;
mod pattern;
mod step;
mod words;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use sotto_kernels::{Cpu, Precision};
use tract_onnx::data_resolver::FopenDataResolver;
use tract_onnx::pb::{ModelProto, NodeProto};
use tract_onnx::prelude::*;
use tract_onnx::tract_hir::infer::InferenceNode;
use tract_onnx::tract_hir::internal::{TractErrorContext, bail, f16};
use tract_onnx::tract_hir::ops::konst::Const;

pub(super) use file::read as read_onnx;
pub(super) use graph::Graph;
use pattern::Target;
use step::Step;

/// What computes the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// tract by itself.
    Tract,
    /// Kernels for this kind of CPU where the graph has steps for them, and tract for the rest.
    Fused {
        /// The instructions.
        cpu: Cpu,
        /// How exactly the weights of the encoder and of large layers in the heads are kept; small ones stay exact.
        precision: Precision,
    },
}

impl Engine {
    /// The fastest for this machine: kernels if it has vector instructions that there are kernels for, with the
    /// encoder's weights as bytes where the pack allows `int8`.
    pub fn best(int8: bool) -> Engine {
        Engine::on(Cpu::best(), if int8 { Precision::Bytes } else { Precision::Single })
    }

    /// The fastest that has no more than these instructions.
    fn on(cpu: Cpu, precision: Precision) -> Engine {
        if cpu.is_vector() { Engine::Fused { cpu, precision } } else { Engine::Tract }
    }

    /// `tract`, or kernels for one of [`sotto_kernels::NAMES`], if this machine has the instructions. With `+int8`
    /// after it (`avx512+int8`, `avx2+int8`) weights are kept as bytes.
    pub fn named(name: &str) -> Option<Engine> {
        if name == "tract" {
            return Some(Engine::Tract);
        }
        let (cpu, precision) = match name.strip_suffix("+int8") {
            Some(cpu) => (Cpu::named(cpu)?, Precision::Bytes),
            None => (Cpu::named(name)?, Precision::Single),
        };
        Some(Engine::Fused { cpu, precision })
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Engine::Tract => f.write_str("tract"),
            Engine::Fused { cpu, precision: Precision::Single } => write!(f, "fused fp32, {cpu}"),
            Engine::Fused { cpu, precision: Precision::Bytes } => write!(f, "fused int8, {cpu}"),
        }
    }
}

/// Reads the ONNX file at `path` for `wanted`, and says which engine it will run on: tract where the graph has no
/// step that the kernels know.
pub(super) fn model(path: &Path, outputs: &[&str], wanted: Engine) -> TractResult<(InferenceModel, Engine)> {
    let mut onnx = tract_onnx::onnx();
    // Not mapped into memory: a file that another program cuts short is then an error and no crash.
    onnx.provider = Arc::new(FopenDataResolver);
    // Where it really is, because a constant may only lie in the folder of its graph.
    let path = &path.canonicalize()?;
    let folder = path.parent().and_then(Path::to_str);
    let name = path.file_name().and_then(OsStr::to_str);
    let mut proto = match (folder, name) {
        (Some(_), Some(name)) => file::read(path, name)?,
        _ => onnx.proto_model_for_path(path)?,
    };
    // tract's parser takes for granted what this checks.
    if let Some(name) = proto.graph.as_ref().and_then(graph::unmade_output) {
        bail!("nothing makes {name}");
    }
    let mut steps = Vec::new();
    if let Engine::Fused { cpu, precision } = wanted {
        steps = fuse(&mut proto, outputs, Target { cpu, precision }, folder)?;
    }
    let engine = if steps.is_empty() { Engine::Tract } else { wanted };
    let parsed = onnx.parse(&proto, folder)?;
    if let [name, ..] = &parsed.unresolved_inputs[..] {
        bail!("nothing makes {name}");
    }
    let mut model = parsed.model;
    if let Some(fault) = model.nodes().iter().find_map(fault) {
        bail!(fault);
    }
    for (name, step) in steps {
        // The node that stands for the step bears the name of its output, which nothing else in the graph makes.
        let node = parsed.outlets_by_name.get(&name).context("a step has no node")?.node;
        model.node_mut(node).op = step.into_inference();
    }
    Ok((model, engine))
}

/// What is wrong with the constant that a node holds, if it does.
fn fault(node: &InferenceNode) -> Option<String> {
    let constant = node.op_as::<Const>()?.val();
    let finite = match constant.datum_type() {
        DatumType::F32 => constant.to_plain_array_view::<f32>().ok()?.iter().all(|value| value.is_finite()),
        DatumType::F16 => constant.to_plain_array_view::<f16>().ok()?.iter().all(|value| value.is_finite()),
        _ => true,
    };
    (!finite).then(|| format!("{} has a value that is not a number", node.name))
}

/// Replaces in `proto` what the kernels can do by nodes of the type [`STEP`], one for each step that is returned
/// with the name of its output; and leaves out what neither the graph's outputs nor `outputs` need any more.
fn fuse(
    proto: &mut ModelProto,
    outputs: &[&str],
    target: Target,
    folder: Option<&str>,
) -> TractResult<Vec<(String, Step)>> {
    let Some(graph) = &proto.graph else { bail!("the file holds no graph") };
    // The graph's own outputs stay, whether they are read or not: the parser looks for them.
    let mut wanted: Vec<&str> = graph.output.iter().map(|output| output.name.as_str()).collect();
    wanted.extend(outputs);
    let graph = Graph::read(graph, folder);
    let (mut nodes, mut steps) = (Vec::new(), Vec::new());
    let mut known = HashSet::new();
    while let Some(name) = wanted.pop() {
        let Some(node) = graph.maker(name).filter(|node| known.insert(node.output.clone())) else { continue };
        match pattern::step(&graph, name, target).filter(|_| node.output.len() == 1) {
            Some((step, inputs)) => {
                wanted.extend(&inputs);
                nodes.push((graph.place(name), stand_in(name, &inputs)));
                steps.push((name.to_string(), step));
            }
            None => {
                wanted.extend(graph::reads(node));
                nodes.push((graph.place(name), node.clone()));
            }
        }
    }
    if let Some(fault) = graph.fault() {
        bail!(fault);
    }
    if steps.is_empty() {
        return Ok(steps);
    }
    // In the order of the file, in which every node comes after what it reads.
    nodes.sort_by_key(|(place, _)| *place);
    let nodes: Vec<NodeProto> = nodes.into_iter().map(|(_, node)| node).collect();
    if let Some(graph) = &mut proto.graph {
        let mut read: HashSet<&str> = nodes.iter().flat_map(graph::reads).collect();
        read.extend(graph.output.iter().map(|output| output.name.as_str()));
        graph.initializer.retain(|constant| read.contains(constant.name.as_str()));
        graph.node = nodes;
    }
    Ok(steps)
}

/// The type of the nodes that stand for steps until the graph is parsed.
const STEP: &str = "SottoStep";

fn stand_in(output: &str, inputs: &[&str]) -> NodeProto {
    NodeProto {
        op_type: STEP.to_string(),
        name: output.to_string(),
        input: inputs.iter().map(|input| input.to_string()).collect(),
        output: vec![output.to_string()],
        ..NodeProto::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cpu_without_vectors_runs_tract() {
        let scalar = Cpu::named("scalar").unwrap();
        for precision in [Precision::Single, Precision::Bytes] {
            assert_eq!(Engine::on(scalar, precision), Engine::Tract);
            for cpu in Cpu::all().filter(|cpu| cpu.is_vector()) {
                assert_eq!(Engine::on(cpu, precision), Engine::Fused { cpu, precision });
            }
        }
    }
}
