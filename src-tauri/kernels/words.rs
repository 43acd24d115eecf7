//! The first layer: a row for each token's word and one for its place, added and normalised.

use crate::product::dispatch;
use crate::{Cpu, Misfit, Norm, rows};

/// A table with a row for each word.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// Rows as they came.
    Single(Vec<f32>),
    /// Rows of bytes, each with a scale. They are never kept in any other form.
    Bytes {
        /// `[words, width]`, each a number of -128 to 127 in two's complement.
        bytes: Vec<u8>,
        /// `[words]`
        scales: Vec<f32>,
    },
}

/// The tables of words and places, and the norm.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    cpu: Cpu,
    width: usize,
    rows: Rows,
    /// `[places, width]`
    places: Vec<f32>,
    norm: Norm,
}

impl Words {
    /// Tables whose rows are as wide as `norm`.
    pub fn new(cpu: Cpu, rows: Rows, places: Vec<f32>, norm: Norm) -> Result<Words, Misfit> {
        let width = norm.weight.len();
        let whole = match &rows {
            Rows::Single(values) => width > 0 && values.len().is_multiple_of(width),
            Rows::Bytes { bytes, scales } => Some(bytes.len()) == scales.len().checked_mul(width),
        };
        if width == 0 || !whole || !places.len().is_multiple_of(width) || norm.bias.len() != width {
            return Err(Misfit("the tables of words and places have other widths"));
        }
        Ok(Words { cpu, width, rows, places, norm })
    }

    /// Columns of what is written.
    pub fn outputs(&self) -> usize {
        self.width
    }

    /// `y` `[tokens, width]` for the words `ids` `[tokens]`, the first in the first place.
    pub fn run(&self, ids: &[i64], y: &mut [f32]) -> Result<(), Misfit> {
        let known = match &self.rows {
            Rows::Single(values) => values.len() / self.width,
            Rows::Bytes { scales, .. } => scales.len(),
        };
        if ids.iter().any(|&id| usize::try_from(id).map_or(true, |id| id >= known)) {
            return Err(Misfit("there is no row for a word"));
        }
        if ids.len() > self.places.len() / self.width || y.len() != ids.len() * self.width {
            return Err(Misfit("there are more words than places, or fewer rows to write"));
        }
        dispatch!(self.cpu, words(self, ids, y),);
        Ok(())
    }
}

/// Word by word; the numbers fit, as [`Words::run`] has seen.
#[inline(always)]
pub(crate) fn words(of: &Words, ids: &[i64], y: &mut [f32]) {
    let (width, norm) = (of.width, &of.norm);
    for ((&id, place), y) in ids.iter().zip(of.places.chunks_exact(width)).zip(y.chunks_exact_mut(width)) {
        let from = id as usize * width;
        match &of.rows {
            Rows::Single(values) => y.copy_from_slice(&values[from..][..width]),
            Rows::Bytes { bytes, scales } => {
                let scale = scales[id as usize];
                for (y, byte) in y.iter_mut().zip(&bytes[from..][..width]) {
                    *y = f32::from(*byte as i8) * scale;
                }
            }
        }
        rows::norm(y, place, &norm.weight, &norm.bias, norm.epsilon);
    }
}
