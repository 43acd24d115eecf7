//! A grouped linear layer, with what follows it in SqueezeBERT.

use crate::product::{
    ByteProduct, Bytes, Digit, LANE, Lane, Product, Whole, dispatch, even, lower, panels, scalar,
    scalar_bytes,
};
use crate::{Cpu, Misfit, rows};

/// Matrices that read the same inputs; of several, the outputs stand side by side.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Groups that inputs and outputs are cut into; group g of the outputs reads only group g of the inputs.
    pub groups: usize,
    /// `[groups, inputs / groups, outputs / groups]`
    pub weights: &'a [f32],
    /// `[outputs]`
    pub bias: &'a [f32],
}

/// Layer normalisation over the outputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Norm {
    /// `[outputs]`
    pub weight: Vec<f32>,
    /// `[outputs]`
    pub bias: Vec<f32>,
    /// What is added to the variance.
    pub epsilon: f32,
}

/// A grouped linear layer with its weights packed for one kind of CPU.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    cpu: Cpu,
    inputs: usize,
    outputs: usize,
    panels: Vec<Panel>,
    weights: Weights,
    bias: Vec<Lane>,
}

/// Weights, panel by panel.
#[derive(Debug, Clone, PartialEq)]
enum Weights {
    /// As they came.
    Single(Vec<Lane>),
    /// As bytes, with a scale a column that stands where the column's bias stands. All parts have these groups, and
    /// of each group's inputs the last is padded to a multiple of four.
    Bytes { groups: usize, weights: Vec<Bytes>, scales: Vec<Lane>, lower: Vec<Whole> },
}

/// How exactly weights are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// In single precision, as they came.
    Single,
    /// As bytes with a scale for each output; inputs are brought to bytes with a scale for each row and group. About
    /// three times as fast, and off by about a hundredth of the outputs' size.
    Bytes,
}

/// Neighbouring columns of one group that are computed together.
#[derive(Debug, Clone, PartialEq)]
struct Panel {
    group: usize,
    /// The first column that is read, and how many.
    from: usize,
    inputs: usize,
    /// The first column that is written, and how many.
    to: usize,
    width: usize,
    /// Where in the weights and in the bias the lanes begin, and how many there are a row.
    weights: usize,
    bias: usize,
    lanes: usize,
}

impl Weights {
    fn len(&self) -> usize {
        match self {
            Weights::Single(weights) => weights.len(),
            Weights::Bytes { weights, .. } => weights.len(),
        }
    }
}

/// The weights of one panel as they came: `width` columns from `column` of rows of `stride` values.
struct Block<'a> {
    weights: &'a [f32],
    stride: usize,
    column: usize,
    width: usize,
    lanes: usize,
}

impl<'a> Block<'a> {
    fn rows(&self) -> impl Iterator<Item = &'a [f32]> {
        self.weights.chunks_exact(self.stride).map(|row| &row[self.column..][..self.width])
    }

    fn pack_bytes(&self, packed: &mut Vec<Bytes>, scales: &mut Vec<Lane>) {
        // Compared as whole numbers, which order like the floats but put NaN on top.
        let mut tops = vec![0; self.width];
        for row in self.rows() {
            for (top, weight) in tops.iter_mut().zip(row) {
                *top = weight.abs().to_bits().max(*top);
            }
        }
        let tops: Vec<f32> = tops.into_iter().map(|top| f32::from_bits(top) / 127.0).collect();
        pack_row(&tops, self.lanes, scales);
        let rows: Vec<&[f32]> = self.rows().collect();
        for four in rows.chunks(4) {
            for lane in 0..self.lanes {
                // What is padded adds nothing.
                let mut bytes = Bytes([0; 4 * LANE]);
                for (at, byte) in bytes.0.iter_mut().enumerate() {
                    let column = lane * LANE + at / 4;
                    if let (Some(row), true) = (four.get(at % 4), column < self.width) {
                        let steps = if tops[column] > 0.0 { row[column] / tops[column] } else { 0.0 };
                        *byte = steps.round() as i8;
                    }
                }
                packed.push(bytes);
            }
        }
    }
}

/// What follows the sums.
pub(crate) enum After<'a> {
    Nothing,
    Gelu,
    Norm { residual: &'a [f32], norm: &'a Norm },
}

impl Linear {
    /// Packs `parts`, each of which reads all `inputs` columns.
    ///
    /// Bytes need parts that all have the same groups.
    pub fn pack(cpu: Cpu, precision: Precision, inputs: usize, parts: &[Part]) -> Result<Linear, Misfit> {
        let groups = parts.first().map_or(1, |part| part.groups);
        let weights = match precision {
            Precision::Single => Weights::Single(vec![]),
            Precision::Bytes if parts.iter().any(|part| part.groups != groups) => {
                return Err(Misfit("layers that differ in their groups cannot be joined as bytes"));
            }
            Precision::Bytes => Weights::Bytes { groups, weights: vec![], scales: vec![], lower: vec![] },
        };
        let mut linear = Linear { cpu, inputs, outputs: 0, panels: vec![], weights, bias: vec![] };
        for part in parts {
            linear.add(part)?;
        }
        if linear.outputs == 0 {
            return Err(Misfit("a linear layer has no outputs"));
        }
        Ok(linear)
    }

    fn add(&mut self, part: &Part) -> Result<(), Misfit> {
        let (groups, outputs) = (part.groups, part.bias.len());
        if groups == 0
            || self.inputs == 0
            || !self.inputs.is_multiple_of(groups)
            || !outputs.is_multiple_of(groups)
        {
            return Err(Misfit("the columns of a linear layer do not divide into its groups"));
        }
        let (reads, writes) = (self.inputs / groups, outputs / groups);
        if Some(part.weights.len()) != reads.checked_mul(outputs) {
            return Err(Misfit("a linear layer has more or fewer weights than its columns need"));
        }
        for group in 0..groups {
            let mut column = group * writes;
            let last = column + writes;
            for lanes in panels(self.cpu, writes) {
                let width = (lanes * LANE).min(last - column);
                let block = Block {
                    weights: &part.weights[group * reads * writes..][..reads * writes],
                    stride: writes,
                    column: column - group * writes,
                    width,
                    lanes,
                };
                self.panels.push(Panel {
                    group,
                    from: group * reads,
                    inputs: reads,
                    to: self.outputs + column,
                    width,
                    weights: self.weights.len(),
                    bias: self.bias.len(),
                    lanes,
                });
                pack_row(&part.bias[column..][..width], lanes, &mut self.bias);
                match &mut self.weights {
                    Weights::Single(packed) => block.rows().for_each(|row| pack_row(row, lanes, packed)),
                    Weights::Bytes { weights, scales, lower: below, .. } => {
                        let from = weights.len();
                        block.pack_bytes(weights, scales);
                        lower(&weights[from..], lanes, below);
                    }
                }
                column += width;
            }
        }
        self.outputs += outputs;
        Ok(())
    }

    /// Columns of what is read.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Columns of what is written.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `y = x W + b` for `x` `[tokens, inputs]` and `y` `[tokens, outputs]`.
    pub fn run(&self, x: &[f32], y: &mut [f32]) -> Result<(), Misfit> {
        self.run_and(x, y, After::Nothing)
    }

    /// `y = gelu(x W + b)`, with the exact GELU.
    pub fn run_gelu(&self, x: &[f32], y: &mut [f32]) -> Result<(), Misfit> {
        self.run_and(x, y, After::Gelu)
    }

    /// `y = norm(x W + b + residual)`, with `residual` `[tokens, outputs]`.
    pub fn run_norm(&self, x: &[f32], residual: &[f32], norm: &Norm, y: &mut [f32]) -> Result<(), Misfit> {
        if residual.len() != y.len() || norm.weight.len() != self.outputs || norm.bias.len() != self.outputs {
            return Err(Misfit("what is added after a linear layer has another shape"));
        }
        self.run_and(x, y, After::Norm { residual, norm })
    }

    fn run_and(&self, x: &[f32], y: &mut [f32], after: After) -> Result<(), Misfit> {
        let tokens = x.len() / self.inputs;
        if tokens * self.inputs != x.len() || tokens * self.outputs != y.len() {
            return Err(Misfit("the rows of a linear layer have another width"));
        }
        dispatch!(self.cpu, linear(self, x, y, after), scalar, scalar_bytes::<i8>);
        Ok(())
    }
}

/// Appends `row` as `lanes` lanes, the rest of the last one zero.
fn pack_row(row: &[f32], lanes: usize, packed: &mut Vec<Lane>) {
    packed.extend((0..lanes).map(|lane| {
        let mut padded = Lane::ZERO;
        for (to, from) in padded.0.iter_mut().zip(row.iter().skip(lane * LANE)) {
            *to = *from;
        }
        padded
    }));
}

/// The layer over all rows, block by block: a block stays in the first-level cache until it is done.
#[inline(always)]
pub(crate) fn linear<D: Digit>(
    of: &Linear,
    x: &[f32],
    y: &mut [f32],
    after: After,
    single: impl Fn(Product),
    bytes: impl Fn(ByteProduct<D>),
) {
    let mut done = 0;
    let mut quantised = Quantised { bytes: Vec::<[D; 4]>::new(), scales: Vec::new() };
    for rows in even(x.len() / of.inputs, of.cpu.most_rows()) {
        let x = &x[done * of.inputs..][..rows * of.inputs];
        let block = &mut y[done * of.outputs..][..rows * of.outputs];
        if let Weights::Bytes { groups, .. } = &of.weights {
            quantised.fill(x, of.inputs, *groups);
        }
        for panel in &of.panels {
            let bias = &of.bias[panel.bias..][..panel.lanes];
            let (y, y_stride, width, cold) = (&mut block[panel.to..], of.outputs, panel.width, done == 0);
            match &of.weights {
                Weights::Single(weights) => single(Product {
                    x: &x[panel.from..],
                    x_stride: of.inputs,
                    rows,
                    inputs: panel.inputs,
                    weights: &weights[panel.weights..][..panel.inputs * panel.lanes],
                    start: bias,
                    y,
                    y_stride,
                    width,
                    cold,
                }),
                Weights::Bytes { groups, weights, scales, lower } => {
                    let fours = panel.inputs.div_ceil(4);
                    bytes(ByteProduct {
                        x: &quantised.bytes[panel.group * fours..],
                        x_stride: groups * fours,
                        fours,
                        rows: &quantised.scales[panel.group * rows..][..rows],
                        weights: &weights[panel.weights..][..fours * panel.lanes],
                        lower: &lower[panel.bias..][..panel.lanes],
                        scales: &scales[panel.bias..][..panel.lanes],
                        bias,
                        y,
                        y_stride,
                        width,
                        cold,
                    });
                }
            }
        }
        match &after {
            After::Nothing => {}
            After::Gelu => rows::gelu(block),
            After::Norm { residual, norm } => {
                let residual = &residual[done * of.outputs..];
                for (y, residual) in block.chunks_exact_mut(of.outputs).zip(residual.chunks_exact(of.outputs))
                {
                    rows::norm(y, residual, &norm.weight, &norm.bias, norm.epsilon);
                }
            }
        }
        done += rows;
    }
}

/// A few rows as whole numbers.
struct Quantised<D> {
    /// `[rows, groups, inputs / groups / 4]`
    bytes: Vec<[D; 4]>,
    /// `[groups, rows]`
    scales: Vec<f32>,
}

impl<D: Digit> Quantised<D> {
    #[inline(always)]
    fn fill(&mut self, x: &[f32], inputs: usize, groups: usize) {
        let (rows, reads) = (x.len() / inputs, inputs / groups);
        let fours = reads.div_ceil(4);
        self.bytes.resize(rows * groups * fours, [D::of(0); 4]);
        self.scales.resize(groups * rows, 0.0);
        for (row, (x, bytes)) in
            x.chunks_exact(inputs).zip(self.bytes.chunks_exact_mut(groups * fours)).enumerate()
        {
            for (group, (x, bytes)) in x.chunks_exact(reads).zip(bytes.chunks_exact_mut(fours)).enumerate() {
                self.scales[group * rows + row] = rows::quantise(x, bytes);
            }
        }
    }
}
