//! The network on tract: token ids in, logits and an embedding out.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tract_onnx::prelude::*;

use super::fused::{self, Engine};
use super::pack::{MODEL, Pack, broken};
use crate::{Code, Error, Result};

const INPUT: &str = "input_ids";
const OUTPUTS: [&str; 5] = ["intent_logits", "act_logits", "sentiment_logits", "entity_logits", "embedding"];
/// What only some packs have, after the others; the second only beside the first.
const REQUESTS: [&str; 2] = ["request_logits", "slot_logits"];

/// What the network says of one sequence of S tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Outputs {
    /// Logits `[intents]`.
    pub intent: Vec<f32>,
    /// Logits `[acts]`.
    pub act: Vec<f32>,
    /// Logits `[3]`, in the order of the pack's labels.
    pub sentiment: Vec<f32>,
    /// Logits `[S, tags]`, row after row; the rows of `[CLS]` and `[SEP]` included.
    pub entity: Vec<f32>,
    /// Sentence embedding `[embedding size]` of length 1.
    pub embedding: Vec<f32>,
}

/// What the network says that one sequence of S tokens asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestOutputs {
    /// Logits `[requests]`.
    pub request: Vec<f32>,
    /// Logits `[S, slot tags]`, as of [`Outputs::entity`]; none if the pack has no slots.
    pub slot: Vec<f32>,
}

/// The network, for any sequence length.
pub(super) struct Encoder {
    /// With all outputs.
    whole: Plan,
    /// Without the embedding, which most who analyse a message have no use for.
    heads: Plan,
    /// With what is requested alone.
    request: Option<Plan>,
    engine: Engine,
    most: usize,
    rows: usize,
    sizes: Vec<usize>,
}

/// A plan, and the states of the threads that have run it.
struct Plan {
    plan: Arc<TypedRunnableModel>,
    /// States that no thread is using: as many as there were ever threads at once.
    idle: Mutex<Vec<TypedSimpleState>>,
}

impl Plan {
    /// A plan for some of the outputs of `model`, whose weights all plans share.
    fn new(model: &TypedModel, outputs: Range<usize>) -> TractResult<Plan> {
        let mut model = model.clone();
        let wanted = model.output_outlets()?.get(outputs).unwrap_or_default().to_vec();
        model.select_output_outlets(&wanted)?;
        Ok(Plan { plan: model.into_runnable()?, idle: Mutex::new(Vec::new()) })
    }

    fn run(&self, ids: Tensor) -> TractResult<TVec<TValue>> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let resting = idle().pop();
        let mut state = match resting {
            Some(state) => state,
            None => self.plan.spawn()?,
        };
        let outputs = state.run(tvec![ids.into_tvalue()])?;
        // A state is kept only if its run went well.
        idle().push(state);
        Ok(outputs)
    }
}

impl Encoder {
    /// Loads `model.onnx` of the pack in `dir` for `engine`, checks it against `pack` and runs it once.
    pub fn load(dir: &Path, pack: &Pack, engine: Engine) -> Result<Encoder> {
        let path = dir.join(MODEL);
        let wrong = |what: String| broken(format!("{} {what}", path.display()));
        let requests = pack.request.iter().chain(&pack.slot).count();
        let (model, engine) = model(&path, requests, engine)
            .map_err(|e| wrong(format!("is not a model that Sotto can run ({e:#})")))?;
        let mut sizes = vec![
            pack.intent.head.labels.len(),
            pack.act.labels.len(),
            pack.sentiment.labels.len(),
            pack.entity.labels.len(),
            pack.encoder.embedding(),
        ];
        sizes.extend(pack.request.iter().chain(&pack.slot).map(|head| head.labels.len()));
        for ((name, outlet), &expected) in names(requests).zip(&model.outputs).zip(&sizes) {
            let fact =
                model.outlet_fact(*outlet).map_err(|e| wrong(format!("is at odds with itself ({e})")))?;
            let found = fact.shape.last().and_then(|dim| usize::try_from(dim.to_i64().ok()?).ok());
            if fact.datum_type != f32::datum_type() || found.is_some_and(|found| found != expected) {
                return Err(wrong(format!(
                    "does not fit labels.json: {name} is {:?} {:?} where {expected} numbers are described",
                    fact.shape, fact.datum_type
                )));
            }
        }
        let plan =
            |outputs| Plan::new(&model, outputs).map_err(|e| wrong(format!("cannot be planned ({e:#})")));
        let (whole, heads) = (plan(0..OUTPUTS.len())?, plan(0..OUTPUTS.len() - 1)?);
        let request = pack.request.as_ref().map(|_| plan(OUTPUTS.len()..sizes.len())).transpose()?;
        let (most, rows) = (pack.encoder.max_tokens, pack.encoder.vocabulary_size);
        let encoder = Encoder { whole, heads, request, engine, most, rows, sizes };
        // A shape that only shows at run time, or a weight that is no number, is found now rather than later.
        let does_not_run = |e| wrong(format!("does not run ({e})"));
        encoder.run(&[0, 0]).map_err(does_not_run)?;
        encoder.run_request(&[0, 0]).map_err(does_not_run)?;
        Ok(encoder)
    }

    /// What computes the network.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Runs the network on token ids `[S]`, `[CLS]` and `[SEP]` included.
    ///
    /// Fails with [`Code::Inference`] if S is 0 or more than the model's limit, if an id is not in the
    /// vocabulary, or if an output is not finite.
    pub fn run(&self, ids: &[u32]) -> Result<Outputs> {
        self.run_on(&self.whole, ids)
    }

    /// What the same input asks for; nothing if the model has no such output.
    pub fn run_request(&self, ids: &[u32]) -> Result<Option<RequestOutputs>> {
        let Some(plan) = &self.request else { return Ok(None) };
        let sizes = self.sizes.get(OUTPUTS.len()..).unwrap_or_default();
        self.checked(ids, || {
            let outputs = plan.run(tokens(ids))?;
            let mut outputs = outputs.iter().zip(REQUESTS).zip(sizes).map(|((tensor, name), &size)| {
                numbers(tensor, name, if name == "slot_logits" { ids.len() * size } else { size })
            });
            let request = outputs.next().unwrap_or_else(|| Err(TractError::msg("an output is missing")))?;
            Ok(Some(RequestOutputs { request, slot: outputs.next().transpose()?.unwrap_or_default() }))
        })
    }

    /// As [`Encoder::run`], but leaves the embedding empty, which then costs nothing.
    pub fn run_heads(&self, ids: &[u32]) -> Result<Outputs> {
        self.run_on(&self.heads, ids)
    }

    fn run_on(&self, plan: &Plan, ids: &[u32]) -> Result<Outputs> {
        self.checked(ids, || self.pass(plan, ids))
    }

    /// What `pass` gives for token ids that the model can read.
    fn checked<T>(&self, ids: &[u32], pass: impl FnOnce() -> TractResult<T>) -> Result<T> {
        if ids.is_empty() || ids.len() > self.most {
            let message = format!("the model reads 1 to {} tokens, not {}", self.most, ids.len());
            return Err(Error::new(Code::Inference, message));
        }
        if let Some(id) = ids.iter().find(|&&id| id as usize >= self.rows) {
            return Err(Error::new(Code::Inference, format!("the model has no token {id}")));
        }
        pass().map_err(|e| Error::new(Code::Inference, format!("the model cannot run ({e:#})")))
    }

    fn pass(&self, plan: &Plan, ids: &[u32]) -> TractResult<Outputs> {
        let outputs = plan.run(tokens(ids))?.into_iter().zip(OUTPUTS).zip(&self.sizes);
        let mut outputs = outputs.map(|((tensor, name), &size)| {
            numbers(&tensor, name, if name == "entity_logits" { ids.len() * size } else { size })
        });
        let mut next = || outputs.next().unwrap_or_else(|| Err(TractError::msg("an output is missing")));
        let (intent, act, sentiment, entity) = (next()?, next()?, next()?, next()?);
        let embedding = outputs.next().transpose()?.unwrap_or_default();
        Ok(Outputs { intent, act, sentiment, entity, embedding })
    }
}

/// Token ids as the network's input.
fn tokens(ids: &[u32]) -> Tensor {
    Tensor::from(tract_ndarray::Array1::from_iter(ids.iter().map(|&id| i64::from(id))))
}

/// The numbers of an output, if they are as many as expected and all are numbers.
fn numbers(output: &Tensor, name: &str, expected: usize) -> TractResult<Vec<f32>> {
    let values = output.to_plain_array_view::<f32>()?.iter().copied().collect::<Vec<f32>>();
    if values.len() != expected {
        let shape = output.shape();
        return Err(TractError::msg(format!("{name} has shape {shape:?}, not {expected} numbers")));
    }
    if values.iter().any(|value| !value.is_finite()) {
        return Err(TractError::msg(format!("{name} has a value that is not a number")));
    }
    Ok(values)
}

/// The names of the outputs, with so many of those of what is requested.
fn names(requests: usize) -> impl Iterator<Item = &'static str> {
    OUTPUTS.into_iter().chain(REQUESTS.into_iter().take(requests))
}

/// The optimised network at `path`, its outputs in the order of [`names`], and what computes it.
///
/// A graph that does not fit the kernels after all (its ranks and types show only when it is typed) runs on tract.
fn model(path: &Path, requests: usize, wanted: Engine) -> TractResult<(TypedModel, Engine)> {
    let outputs: Vec<&str> = names(requests).collect();
    let build = |wanted| {
        let (mut model, engine) = fused::model(path, &outputs, wanted)?;
        model.select_inputs_by_name([INPUT])?;
        model.select_outputs_by_name(&outputs)?;
        let tokens = model.sym("S");
        model.set_input_fact(0, i64::fact([TDim::from(tokens)]).into())?;
        Ok((model.into_optimized()?, engine))
    };
    build(wanted).or_else(|fault| if wanted == Engine::Tract { Err(fault) } else { build(Engine::Tract) })
}
