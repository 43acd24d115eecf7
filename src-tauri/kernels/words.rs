//! The first layer: a row for each token's word and one for its place, added and normalised.

use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

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
    /// The same, where the bytes lie elsewhere.
    Stored {
        /// `[words, width]`
        table: Arc<Table>,
        /// `[words]`
        scales: Vec<f32>,
    },
}

/// Reads the row of a number into bytes.
type ReadRow = dyn Fn(usize, &mut [u8]) -> io::Result<()> + Send + Sync;

/// Rows of bytes that lie elsewhere. Each is read when its word is first met, and kept: of thirty thousand words
/// people use some thousand.
pub struct Table {
    rows: Vec<OnceLock<Box<[u8]>>>,
    width: usize,
    read: Box<ReadRow>,
}

impl Table {
    /// A table of `rows` rows of `width` bytes, which `read` gives one by one.
    pub fn new(
        rows: usize,
        width: usize,
        read: impl Fn(usize, &mut [u8]) -> io::Result<()> + Send + Sync + 'static,
    ) -> Table {
        Table { rows: (0..rows).map(|_| OnceLock::new()).collect(), width, read: Box::new(read) }
    }

    /// Sees to it that a row is here.
    fn fetch(&self, row: usize) -> Result<(), Misfit> {
        if self.rows[row].get().is_some() {
            return Ok(());
        }
        let mut bytes = vec![0; self.width].into_boxed_slice();
        (self.read)(row, &mut bytes)
            .map_err(|_| Misfit("the model's file has changed or cannot be read any more: start again"))?;
        // Another thread may have read the same row by now.
        let _ = self.rows[row].set(bytes);
        Ok(())
    }

    /// A row that was fetched.
    #[inline(always)]
    fn row(&self, row: usize) -> &[u8] {
        self.rows[row].get().map_or(&[], |bytes| bytes)
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table of {} rows of {} bytes", self.rows.len(), self.width)
    }
}

/// A table is equal to itself alone.
impl PartialEq for Table {
    fn eq(&self, other: &Table) -> bool {
        std::ptr::eq(self, other)
    }
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
            Rows::Stored { table, scales } => table.rows.len() == scales.len() && table.width == width,
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
            Rows::Bytes { scales, .. } | Rows::Stored { scales, .. } => scales.len(),
        };
        if ids.iter().any(|&id| usize::try_from(id).map_or(true, |id| id >= known)) {
            return Err(Misfit("there is no row for a word"));
        }
        if ids.len() > self.places.len() / self.width || y.len() != ids.len() * self.width {
            return Err(Misfit("there are more words than places, or fewer rows to write"));
        }
        if let Rows::Stored { table, .. } = &self.rows {
            ids.iter().try_for_each(|&id| table.fetch(id as usize))?;
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
            Rows::Bytes { bytes, scales } => scaled(&bytes[from..][..width], scales[id as usize], y),
            Rows::Stored { table, scales } => scaled(table.row(id as usize), scales[id as usize], y),
        }
        rows::norm(y, place, &norm.weight, &norm.bias, norm.epsilon);
    }
}

#[inline(always)]
fn scaled(bytes: &[u8], scale: f32, y: &mut [f32]) {
    for (y, byte) in y.iter_mut().zip(bytes) {
        *y = f32::from(*byte as i8) * scale;
    }
}
