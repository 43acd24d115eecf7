//! The kernels as operators of tract.

use std::sync::Arc;

use sotto_kernels::{Attention, Linear, Misfit, Norm, Words};
use tract_onnx::tract_hir::internal::*;

/// One or several nodes of a SqueezeBERT that are computed together into rows of channels `[rows, channels]`.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The rows of the words `[rows]`.
    Words(Words),
    /// A grouped linear layer. Reads x `[rows, inputs]` and, before a norm, the residual `[rows, outputs]`.
    Linear(Linear, After),
    /// Queries, keys and values from x `[rows, inputs]`, and the self-attention on them.
    Attention(Linear, Attention),
}

/// What follows a linear layer.
#[derive(Debug, Clone, PartialEq)]
pub enum After {
    /// Nothing.
    Nothing,
    /// The exact GELU.
    Gelu,
    /// The residual is added, and each row is normalised.
    Norm(Norm),
}

impl Step {
    /// The operator as the parser leaves its nodes; shapes are checked when it is typed.
    pub fn into_inference(self) -> Box<dyn InferenceOp> {
        tract_onnx::tract_hir::ops::expandable::expand(Shared(Arc::new(self)))
    }

    fn outputs(&self) -> usize {
        match self {
            Step::Words(words) => words.outputs(),
            Step::Linear(linear, _) => linear.outputs(),
            Step::Attention(_, attention) => attention.channels(),
        }
    }

    /// The type and, after the number of rows, the shape of everything that is read.
    fn reads(&self) -> Vec<(DatumType, Option<usize>)> {
        let rows = |width| (f32::datum_type(), Some(width));
        match self {
            Step::Words(_) => vec![(i64::datum_type(), None)],
            Step::Linear(linear, After::Norm(_)) => vec![rows(linear.inputs()), rows(linear.outputs())],
            Step::Linear(linear, _) | Step::Attention(linear, _) => vec![rows(linear.inputs())],
        }
    }

    fn run(&self, inputs: &[TValue], y: &mut [f32]) -> TractResult<()> {
        let [x, residual @ ..] = inputs else { bail!("a step has nothing to read") };
        let x = x.try_as_plain_ram()?;
        match (self, residual) {
            (Step::Words(words), []) => words.run(x.as_slice::<i64>()?, y)?,
            (Step::Linear(linear, After::Nothing), []) => linear.run(x.as_slice()?, y)?,
            (Step::Linear(linear, After::Gelu), []) => linear.run_gelu(x.as_slice()?, y)?,
            (Step::Linear(linear, After::Norm(norm)), [residual]) => {
                linear.run_norm(x.as_slice()?, residual.try_as_plain_ram()?.as_slice()?, norm, y)?;
            }
            (Step::Attention(linear, attention), []) => attend(linear, attention, x.as_slice()?, y)?,
            _ => bail!("{} tensors are too many or too few for a step", inputs.len()),
        }
        Ok(())
    }
}

fn attend(linear: &Linear, attention: &Attention, x: &[f32], y: &mut [f32]) -> Result<(), Misfit> {
    let mut projected = vec![0.0; x.len() / linear.inputs() * linear.outputs()];
    linear.run(x, &mut projected)?;
    attention.run(&projected, y)
}

/// A step whose weights all copies of the graph share.
#[derive(Debug, Clone, PartialEq)]
struct Shared(Arc<Step>);

impl Eq for Shared {}

impl Expansion for Shared {
    fn name(&self) -> StaticName {
        Op::name(self)
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        let mut shapes = self.0.reads();
        check_input_arity(inputs, shapes.len())?;
        check_output_arity(outputs, 1)?;
        shapes.push((f32::datum_type(), Some(self.0.outputs())));
        for (tensor, (datum_type, width)) in inputs.iter().chain(outputs).zip(shapes) {
            solver.equals(&tensor.datum_type, datum_type)?;
            solver.equals(&tensor.rank, if width.is_some() { 2 } else { 1 })?;
            solver.equals(&tensor.shape[0], &inputs[0].shape[0])?;
            if let Some(width) = width {
                solver.equals(&tensor.shape[1], width.to_dim())?;
            }
        }
        Ok(())
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        model.wire_node(prefix, self.clone(), inputs)
    }
}

impl Op for Shared {
    fn name(&self) -> StaticName {
        match &*self.0 {
            Step::Words(_) => "SqbWords".into(),
            Step::Linear(..) => "SqbLinear".into(),
            Step::Attention(..) => "SqbAttention".into(),
        }
    }

    op_as_typed_op!();
}

impl EvalOp for Shared {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let rows = inputs.first().and_then(|x| x.shape().first()).copied().unwrap_or(0);
        let mut y = Tensor::zero::<f32>(&[rows, self.0.outputs()])?;
        self.0.run(&inputs, y.try_as_plain_ram_mut()?.as_slice_mut::<f32>()?)?;
        Ok(tvec!(y.into_tvalue()))
    }
}

impl TypedOp for Shared {
    as_op!();

    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let reads = self.0.reads();
        ensure!(inputs.len() == reads.len(), "a step reads {} tensors, not {}", reads.len(), inputs.len());
        let Some(rows) = inputs.first().and_then(|x| x.shape.iter().next()) else {
            bail!("a step reads a tensor without rows")
        };
        for (found, (datum_type, width)) in inputs.iter().zip(reads) {
            let wanted: TVec<TDim> =
                [rows.clone()].into_iter().chain(width.map(|width| width.to_dim())).collect();
            ensure!(
                found.datum_type == datum_type && found.shape.iter().eq(&wanted),
                "a step reads {datum_type:?} {wanted:?}, not {:?} {:?}",
                found.datum_type,
                found.shape
            );
        }
        Ok(tvec!(f32::fact([rows.clone(), self.0.outputs().to_dim()])))
    }
}
