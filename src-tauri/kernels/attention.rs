//! Self-attention over all tokens of one message.

use crate::product::{
    ByteProduct, Bytes, Digit, LANE, Lane, Product, Whole, dispatch, even, lower, panels, scalar,
    scalar_bytes,
};
use crate::rows::{self, Steps};
use crate::{Cpu, Misfit, Precision};

/// Self-attention of `heads` heads of `width` channels each.
#[derive(Debug, Clone, PartialEq)]
pub struct Attention {
    /// The instructions to use.
    pub cpu: Cpu,
    /// How exactly queries, keys, values and their shares are multiplied.
    pub precision: Precision,
    /// Heads.
    pub heads: usize,
    /// Channels of a head.
    pub width: usize,
    /// What a score is multiplied by before the softmax.
    pub scale: f32,
}

/// Tokens from which on products of bytes save more than it takes to make bytes of queries, keys, values and shares.
const LONG: usize = 48;

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
        if self.precision == Precision::Bytes && y.len() >= LONG * channels {
            dispatch!(self.cpu, byte_attention(self, x, y), scalar_bytes::<i8>);
        } else {
            dispatch!(self.cpu, attention(self, x, y), scalar);
        }
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

/// The values of one head as bytes.
#[derive(Default)]
struct Values {
    /// Panel after panel as the products read them, tokens in fours.
    bytes: Vec<Bytes>,
    /// What a byte of each column is to be multiplied by.
    scales: Vec<Lane>,
    lower: Vec<Whole>,
}

impl Values {
    #[inline(always)]
    fn fill(&mut self, cpu: Cpu, x: &[f32], stride: usize, columns: usize, raised: bool) {
        self.bytes.clear();
        self.scales.clear();
        self.lower.clear();
        let mut column = 0;
        for lanes in panels(cpu, columns) {
            let from = self.bytes.len();
            self.bytes.resize(from + x.len().div_ceil(stride).div_ceil(4) * lanes, Bytes([0; 4 * LANE]));
            for lane in 0..lanes {
                let first = column + lane * LANE;
                let part = |row: &[f32]| {
                    let mut lane = [0.0; LANE];
                    match row[first..columns.min(first + LANE)].first_chunk() {
                        Some(whole) => lane = *whole,
                        None => lane.iter_mut().zip(&row[first..columns]).for_each(|(to, x)| *to = *x),
                    }
                    lane
                };
                let mut most = [0; LANE];
                for row in x.chunks(stride) {
                    for (most, x) in most.iter_mut().zip(part(row)) {
                        *most = rows::size(x).max(*most);
                    }
                }
                let steps = most.map(Steps::up_to);
                self.scales.push(Lane(steps.map(|steps| steps.scale)));
                let packed = self.bytes[from + lane..].iter_mut().step_by(lanes);
                for (packed, four) in packed.zip(x.chunks(4 * stride)) {
                    let mut units = [0; LANE];
                    for (place, row) in four.chunks(stride).enumerate() {
                        for ((unit, steps), x) in units.iter_mut().zip(steps).zip(part(row)) {
                            *unit |= u32::from(steps.of(x) as u8) << (8 * place);
                        }
                    }
                    *packed = Bytes::of(units);
                }
            }
            if raised {
                lower(&self.bytes[from..], lanes, &mut self.lower);
            }
            column += lanes * LANE;
        }
        self.lower.resize(self.scales.len(), Whole([0; LANE]));
    }
}

/// As [`attention`], in whole numbers.
#[inline(always)]
pub(crate) fn byte_attention<D: Digit>(
    of: &Attention,
    x: &[f32],
    y: &mut [f32],
    product: impl Fn(ByteProduct<D>),
) {
    let (channels, width, stride) = (of.channels(), of.width, 3 * of.channels());
    let tokens = y.len() / channels;
    let (wide, fours, lanes_of) = (tokens.next_multiple_of(LANE), width.div_ceil(4), tokens.div_ceil(LANE));
    let zeros = [Lane::ZERO; 4];
    let mut queries = vec![[D::of(0); 4]; tokens * fours];
    let mut query_scales = vec![0.0; tokens];
    let mut key_row = vec![[0i8; 4]; fours];
    let mut key_scales = vec![Lane::ZERO; lanes_of];
    let mut keys = vec![Bytes([0; 4 * LANE]); fours * lanes_of];
    let mut key_lower = Vec::new();
    // Of each lane of keys, where its first bytes are, and how far apart.
    let mut places = Vec::new();
    let mut panel = 0;
    for lanes in panels(of.cpu, tokens) {
        places.extend((0..lanes).map(|lane| (panel + lane, lanes)));
        panel += fours * lanes;
    }
    let mut values = Values::default();
    let mut scores = vec![0.0; of.cpu.most_rows() * wide];
    let mut shares = vec![[D::of(0); 4]; of.cpu.most_rows() * wide / 4];
    for head in 0..of.heads {
        let column = head * width;
        let x = x.get(column..).unwrap_or_default();
        for (token, row) in x.chunks(stride).enumerate() {
            query_scales[token] = rows::quantise(&row[..width], &mut queries[token * fours..][..fours]);
            let (lane, place) = (token / LANE, token % LANE);
            key_scales[lane].0[place] = rows::quantise(&row[channels..][..width], &mut key_row);
            let (panel, lanes) = places[lane];
            for (key, four) in keys[panel..].iter_mut().step_by(lanes).zip(&key_row) {
                key.0[4 * place..][..4].copy_from_slice(four);
            }
        }
        key_lower.clear();
        if D::RAISED {
            let mut from = 0;
            for lanes in panels(of.cpu, tokens) {
                lower(&keys[from..][..fours * lanes], lanes, &mut key_lower);
                from += fours * lanes;
            }
        }
        key_lower.resize(lanes_of, Whole([0; LANE]));
        values.fill(of.cpu, x.get(2 * channels..).unwrap_or_default(), stride, width, D::RAISED);
        let mut done = 0;
        for rows in even(tokens, of.cpu.most_rows()) {
            let mut lane = 0;
            for lanes in panels(of.cpu, tokens) {
                product(ByteProduct {
                    x: &queries[done * fours..],
                    x_stride: fours,
                    fours,
                    rows: &query_scales[done..][..rows],
                    weights: &keys[fours * lane..][..fours * lanes],
                    lower: &key_lower[lane..][..lanes],
                    scales: &key_scales[lane..][..lanes],
                    bias: &zeros[..lanes],
                    y: &mut scores[LANE * lane..],
                    y_stride: wide,
                    width: (lanes * LANE).min(tokens - LANE * lane),
                    cold: false,
                });
                lane += lanes;
            }
            let mut scales = [0.0; 8];
            let of_rows = scores.chunks_exact_mut(wide).zip(shares.chunks_exact_mut(wide / 4));
            for ((scores, shares), scale) in of_rows.zip(&mut scales[..rows]) {
                scores[tokens..].fill(f32::MIN);
                *scale = rows::softmax_bytes(scores, of.scale, shares);
            }
            let block = &mut y[done * channels + column..];
            let (mut from, mut lane) = (0, 0);
            for lanes in panels(of.cpu, width) {
                let fours = tokens.div_ceil(4);
                product(ByteProduct {
                    x: &shares,
                    x_stride: wide / 4,
                    fours,
                    rows: &scales[..rows],
                    weights: &values.bytes[from..][..fours * lanes],
                    lower: &values.lower[lane..][..lanes],
                    scales: &values.scales[lane..][..lanes],
                    bias: &zeros[..lanes],
                    y: &mut block[LANE * lane..],
                    y_stride: channels,
                    width: (lanes * LANE).min(width - LANE * lane),
                    cold: false,
                });
                from += fours * lanes;
                lane += lanes;
            }
            done += rows;
        }
    }
}
