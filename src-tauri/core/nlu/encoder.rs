//! The network on tract: token ids in, logits and an embedding out.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tract_onnx::prelude::*;

use super::fused::{self, Engine};
use super::pack::{MODEL, Pack, broken};
use crate::{Code, Error, Result};

const INPUT: &str = "input_ids";
const OUTPUTS: [&str; 5] = ["intent_logits", "act_logits", "sentiment_logits", "entity_logits", "embedding"];

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

/// A plan for any sequence length, and the states of the threads that have run it.
pub(super) struct Encoder {
    plan: Arc<TypedRunnableModel>,
    engine: Engine,
    /// States that no thread is using: as many as there were ever threads at once.
    idle: Mutex<Vec<TypedSimpleState>>,
    most: usize,
    rows: usize,
    sizes: [usize; OUTPUTS.len()],
}

impl Encoder {
    /// Loads `model.onnx` of the pack in `dir` for `engine`, checks it against `pack` and runs it once.
    pub fn load(dir: &Path, pack: &Pack, engine: Engine) -> Result<Encoder> {
        let path = dir.join(MODEL);
        let wrong = |what: String| broken(format!("{} {what}", path.display()));
        let (plan, engine) =
            plan(&path, engine).map_err(|e| wrong(format!("is not a model that Sotto can run ({e:#})")))?;
        let sizes = [
            pack.intent.head.labels.len(),
            pack.act.labels.len(),
            pack.sentiment.labels.len(),
            pack.entity.labels.len(),
            pack.encoder.embedding(),
        ];
        for ((name, outlet), expected) in OUTPUTS.iter().zip(&plan.model().outputs).zip(sizes) {
            let fact = plan
                .model()
                .outlet_fact(*outlet)
                .map_err(|e| wrong(format!("is at odds with itself ({e})")))?;
            let found = fact.shape.last().and_then(|dim| usize::try_from(dim.to_i64().ok()?).ok());
            if fact.datum_type != f32::datum_type() || found.is_some_and(|found| found != expected) {
                return Err(wrong(format!(
                    "does not fit labels.json: {name} is {:?} {:?} where {expected} numbers are described",
                    fact.shape, fact.datum_type
                )));
            }
        }
        let (most, rows) = (pack.encoder.max_tokens, pack.encoder.vocabulary_size);
        let encoder = Encoder { plan, engine, idle: Mutex::new(Vec::new()), most, rows, sizes };
        // A shape that only shows at run time, or a weight that is no number, is found now rather than later.
        encoder.run(&[0, 0]).map_err(|e| wrong(format!("does not run ({e})")))?;
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
        if ids.is_empty() || ids.len() > self.most {
            let message = format!("the model reads 1 to {} tokens, not {}", self.most, ids.len());
            return Err(Error::new(Code::Inference, message));
        }
        if let Some(id) = ids.iter().find(|&&id| id as usize >= self.rows) {
            return Err(Error::new(Code::Inference, format!("the model has no token {id}")));
        }
        self.pass(ids).map_err(|e| Error::new(Code::Inference, format!("the model cannot run ({e:#})")))
    }

    fn pass(&self, ids: &[u32]) -> TractResult<Outputs> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let resting = idle().pop();
        let mut state = match resting {
            Some(state) => state,
            None => self.plan.spawn()?,
        };
        let ids = Tensor::from(tract_ndarray::Array1::from_iter(ids.iter().map(|&id| i64::from(id))));
        let tokens = ids.len();
        let outputs = state.run(tvec![ids.into_tvalue()])?;
        // A state is kept only if its run went well.
        idle().push(state);
        let mut outputs = outputs.into_iter().zip(OUTPUTS).zip(self.sizes).map(|((tensor, name), size)| {
            let expected = if name == "entity_logits" { tokens * size } else { size };
            let values = tensor.to_plain_array_view::<f32>()?.iter().copied().collect::<Vec<f32>>();
            if values.len() != expected {
                let shape = tensor.shape();
                return Err(TractError::msg(format!("{name} has shape {shape:?}, not {expected} numbers")));
            }
            if values.iter().any(|value| !value.is_finite()) {
                return Err(TractError::msg(format!("{name} has a value that is not a number")));
            }
            Ok(values)
        });
        let mut next = || outputs.next().unwrap_or_else(|| Err(TractError::msg("an output is missing")));
        Ok(Outputs { intent: next()?, act: next()?, sentiment: next()?, entity: next()?, embedding: next()? })
    }
}

/// The optimised plan of the network at `path`, its outputs in the order of [`OUTPUTS`], and what computes it.
///
/// A graph that does not fit the kernels after all (its ranks and types show only when it is typed) runs on tract.
fn plan(path: &Path, wanted: Engine) -> TractResult<(Arc<TypedRunnableModel>, Engine)> {
    let build = |wanted| {
        let (mut model, engine) = fused::model(path, &OUTPUTS, wanted)?;
        model.select_inputs_by_name([INPUT])?;
        model.select_outputs_by_name(OUTPUTS)?;
        let tokens = model.sym("S");
        model.set_input_fact(0, i64::fact([TDim::from(tokens)]).into())?;
        Ok((model.into_optimized()?.into_runnable()?, engine))
    };
    build(wanted).or_else(|fault| if wanted == Engine::Tract { Err(fault) } else { build(Engine::Tract) })
}
