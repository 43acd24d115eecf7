//! Self-attention over all tokens of one message.

use crate::product::{LANE, Lane, Product, dispatch, even, panels, scalar};
use crate::{Cpu, Misfit, rows};

/// Self-attention of `heads` heads of `width` channels each.
#[derive(Debug, Clone, PartialEq)]
pub struct Attention {
    /// The instructions to use.
    pub cpu: Cpu,
    /// Heads.
    pub heads: usize,
    /// Channels of a head.
    pub width: usize,
    /// What a score is multiplied by before the softmax.
    pub scale: f32,
}

impl Attention {
    /// Columns of what is written; what is read has three times as many.
    pub fn channels(&self) -> usize {
        self.heads * self.width
    }

    /// `y` `[tokens, channels]` from `x` `[tokens, 3 channels]`: queries, keys and values side by side.
    pub fn run(&self, x: &[f32], y: &mut [f32]) -> Result<(), Misfit> {
        let channels = self.channels();
        if channels == 0 || !y.len().is_multiple_of(channels) || x.len() != 3 * y.len() {
            return Err(Misfit("the rows of an attention have another width"));
        }
        dispatch!(self.cpu, attention(self, x, y), scalar);
        Ok(())
    }
}

/// Copies `columns` of the rows of `x` into lanes, panel after panel as the products read them.
#[inline(always)]
fn pack_columns(cpu: Cpu, x: &[f32], stride: usize, columns: usize, packed: &mut Vec<Lane>) {
    packed.clear();
    let mut column = 0;
    for lanes in panels(cpu, columns) {
        let width = (lanes * LANE).min(columns - column);
        for row in x.chunks(stride) {
            for part in row[column..][..width].chunks(LANE) {
                let mut lane = Lane::ZERO;
                match part.first_chunk::<LANE>() {
                    Some(part) => lane.0 = *part,
                    None => lane.0[..part.len()].copy_from_slice(part),
                }
                packed.push(lane);
            }
        }
        column += width;
    }
}

/// As [`pack_columns`] of the transpose: the first `columns` columns of `x` become the rows.
#[inline(always)]
fn pack_turned(cpu: Cpu, x: &[f32], stride: usize, columns: usize, packed: &mut Vec<Lane>) {
    packed.clear();
    let tokens = x.len().div_ceil(stride);
    packed.resize(columns * tokens.div_ceil(LANE), Lane::ZERO);
    let (mut token, mut panel) = (0, 0);
    for lanes in panels(cpu, tokens) {
        let width = (lanes * LANE).min(tokens - token);
        let packed = &mut packed[panel..][..columns * lanes];
        for at in 0..width {
            let row = &x[(token + at) * stride..][..columns];
            for (row, value) in packed.chunks_exact_mut(lanes).zip(row) {
                row[at / LANE].0[at % LANE] = *value;
            }
        }
        token += width;
        panel += columns * lanes;
    }
}

/// Every head by itself: scores of a few queries with all keys, softmax, and the mix of all values.
#[inline(always)]
pub(crate) fn attention(of: &Attention, x: &[f32], y: &mut [f32], product: impl Fn(Product)) {
    let (channels, width, stride) = (of.channels(), of.width, 3 * of.channels());
    let tokens = y.len() / channels;
    let padded = tokens.next_multiple_of(LANE);
    let zeros = [Lane::ZERO; 4];
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    let mut scores = vec![0.0; of.cpu.most_rows() * padded];
    for head in 0..of.heads {
        let column = head * width;
        let x = x.get(column..).unwrap_or_default();
        pack_turned(of.cpu, x.get(channels..).unwrap_or_default(), stride, width, &mut keys);
        pack_columns(of.cpu, x.get(2 * channels..).unwrap_or_default(), stride, width, &mut values);
        let mut done = 0;
        for rows in even(tokens, of.cpu.most_rows()) {
            let (mut from, mut to) = (0, 0);
            for lanes in panels(of.cpu, tokens) {
                product(Product {
                    x: &x[done * stride..],
                    x_stride: stride,
                    rows,
                    inputs: width,
                    weights: &keys[from..][..width * lanes],
                    start: &zeros[..lanes],
                    y: &mut scores[to..],
                    y_stride: padded,
                    width: (lanes * LANE).min(tokens - to),
                    cold: false,
                });
                from += width * lanes;
                to += lanes * LANE;
            }
            let mut shares = [0.0; 8];
            for (scores, share) in scores.chunks_exact_mut(padded).zip(&mut shares[..rows]) {
                scores[tokens..].fill(f32::MIN);
                *share = rows::softmax(scores, of.scale);
            }
            let block = &mut y[done * channels + column..];
            let (mut from, mut to) = (0, 0);
            for lanes in panels(of.cpu, width) {
                let wide = (lanes * LANE).min(width - to);
                product(Product {
                    x: &scores,
                    x_stride: padded,
                    rows,
                    inputs: tokens,
                    weights: &values[from..][..tokens * lanes],
                    start: &zeros[..lanes],
                    y: &mut block[to..],
                    y_stride: channels,
                    width: wide,
                    cold: false,
                });
                from += tokens * lanes;
                to += wide;
            }
            for (row, share) in block.chunks_mut(channels).zip(&shares[..rows]) {
                row[..width].iter_mut().for_each(|y| *y *= share);
            }
            done += rows;
        }
    }
}
