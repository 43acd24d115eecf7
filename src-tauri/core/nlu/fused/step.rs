//! The kernels as operators of tract.

use std::sync::Arc;

use sotto_kernels::{Attention, Linear, Norm};
use tract_onnx::tract_hir::internal::*;

/// One or several nodes of a SqueezeBERT that are computed together, on rows of channels `[rows, channels]`.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
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

    fn inputs(&self) -> usize {
        match self {
            Step::Linear(linear, _) | Step::Attention(linear, _) => linear.inputs(),
        }
    }

    fn outputs(&self) -> usize {
        match self {
            Step::Linear(linear, _) => linear.outputs(),
            Step::Attention(_, attention) => attention.channels(),
        }
    }

    fn reads(&self) -> usize {
        if matches!(self, Step::Linear(_, After::Norm(_))) { 2 } else { 1 }
    }

    fn run(&self, x: &[f32], residual: &[f32], y: &mut [f32]) -> Result<(), sotto_kernels::Misfit> {
        match self {
            Step::Linear(linear, After::Nothing) => linear.run(x, y),
            Step::Linear(linear, After::Gelu) => linear.run_gelu(x, y),
            Step::Linear(linear, After::Norm(norm)) => linear.run_norm(x, residual, norm, y),
            Step::Attention(linear, attention) => {
                let mut projected = vec![0.0; x.len() / linear.inputs() * linear.outputs()];
                linear.run(x, &mut projected)?;
                attention.run(&projected, y)
            }
        }
    }
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
        check_input_arity(inputs, self.0.reads())?;
        check_output_arity(outputs, 1)?;
        for tensor in inputs.iter().chain(outputs) {
            solver.equals(&tensor.datum_type, f32::datum_type())?;
            solver.equals(&tensor.rank, 2)?;
            solver.equals(&tensor.shape[0], &inputs[0].shape[0])?;
        }
        solver.equals(&inputs[0].shape[1], self.0.inputs().to_dim())?;
        for tensor in inputs[1..].iter().chain(outputs) {
            solver.equals(&tensor.shape[1], self.0.outputs().to_dim())?;
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
            Step::Linear(..) => "SqbLinear".into(),
            Step::Attention(..) => "SqbAttention".into(),
        }
    }

    op_as_typed_op!();
}

impl EvalOp for Shared {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let [x, residual @ ..] = &inputs[..] else { bail!("a step has nothing to read") };
        let mut y = Tensor::zero::<f32>(&[x.shape().first().copied().unwrap_or(1), self.0.outputs()])?;
        let x = x.try_as_plain_ram()?;
        let residual = residual.first().map(|it| it.try_as_plain_ram()).transpose()?;
        let residual = residual.as_ref().map(|it| it.as_slice::<f32>()).transpose()?.unwrap_or_default();
        self.0.run(x.as_slice::<f32>()?, residual, y.try_as_plain_ram_mut()?.as_slice_mut::<f32>()?)?;
        Ok(tvec!(y.into_tvalue()))
    }
}

impl TypedOp for Shared {
    as_op!();

    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let [x, residual @ ..] = inputs else { bail!("a step has nothing to read") };
        ensure!(
            inputs.len() == self.0.reads(),
            "a step reads {} tensors, not {}",
            self.0.reads(),
            inputs.len()
        );
        ensure!(
            inputs.iter().all(|it| it.datum_type == f32::datum_type() && it.rank() == 2),
            "not rows of floats"
        );
        ensure!(x.shape[1] == self.0.inputs().to_dim(), "{} channels, not {:?}", self.0.inputs(), x.shape);
        let shape = [x.shape[0].clone(), self.0.outputs().to_dim()];
        ensure!(residual.iter().all(|it| *it.shape == shape), "a residual of another shape");
        Ok(tvec!(f32::fact(shape)))
    }
}
