//! What messages mean, as directions, and the messages that point the same way.
//!
//! The file keeps a direction with a byte a channel, and beside it a sketch of it:
//! the sign of every channel, a bit each. What the signs alone say of the angle to
//! a direction that is known in full ([asymmetric distance](https://doi.org/10.1109/TPAMI.2013.101))
//! is enough to choose, among a million sketches, the few whose bytes are worth
//! comparing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params_from_iter};

use super::filter::Condition;
use crate::Embedding;

/// Stores what a message means, in place of what an earlier model saw in it.
pub(super) fn insert_embedding(
    change: &Transaction<'_>,
    message: i64,
    embedding: &Embedding,
) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT OR REPLACE INTO embedding (message, model, vector) VALUES (:message, :model, :vector)",
        )?
        .execute(named_params! {
            ":message": message,
            ":model": embedding.model,
            ":vector": packed(&embedding.vector),
        })
        .map(drop)
}

/// Lends a connection the function by which the file sketches what it is given.
pub(super) fn lend_signs(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("signs", 1, flags, |context| Ok(signs(context.get_raw(0).as_blob()?)))
}

/// Messages whose sketches fit a meaning best: how well, and their numbers; the
/// later of two that fit as well.
#[derive(Debug)]
pub(super) struct Sketched {
    best: BinaryHeap<Reverse<(i32, i64)>>,
    most: usize,
}

impl Sketched {
    /// The best `most` of those that `among` selects, by number and signs: more than
    /// are wanted of them, since a sketch misplaces some.
    pub fn read(
        connection: &Connection,
        meaning: &Embedding,
        most: usize,
        among: &Condition,
    ) -> rusqlite::Result<Sketched> {
        let fit = Fit::of(&packed(&meaning.vector));
        let sketched = Arc::new(Mutex::new(Sketched { best: BinaryHeap::new(), most }));
        let filling = Arc::clone(&sketched);
        // Called from within SQL: a step of the statement for each of a million takes longer than all else.
        connection.create_scalar_function("sketched", 2, FunctionFlags::SQLITE_UTF8, move |context| {
            let fits = fit.with(context.get_raw(1).as_blob()?);
            let id = context.get(0)?;
            filling.lock().unwrap_or_else(PoisonError::into_inner).add(fits, id);
            Ok(0)
        })?;
        let sql = format!("SELECT total(sketched(message, signs)) FROM ({})", among.sql);
        connection.prepare(&sql)?.query_row(params_from_iter(among.values()), |_| Ok(()))?;
        let mut sketched = sketched.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Sketched { best: std::mem::take(&mut sketched.best), most })
    }

    fn add(&mut self, fits: i32, id: i64) {
        if self.best.len() < self.most {
            self.best.push(Reverse((fits, id)));
        } else if let Some(mut worst) = self.best.peek_mut()
            && *worst > Reverse((fits, id))
        {
            *worst = Reverse((fits, id));
        }
    }

    /// The best of both.
    pub fn with(mut self, other: Sketched) -> Sketched {
        for Reverse((fits, id)) in other.best {
            self.add(fits, id);
        }
        self
    }

    /// How near each is, and its number, the nearest first: the cosine of the angle
    /// to `meaning`, of those that the same model understood.
    pub fn compared(self, connection: &Connection, meaning: &Embedding) -> rusqlite::Result<Vec<(f32, i64)>> {
        let wanted = packed(&meaning.vector);
        let mut statement = connection
            .prepare_cached("SELECT vector FROM embedding WHERE message = :message AND model = :model")?;
        // In their order in the file, and each once.
        let mut ids: Vec<i64> = self.best.into_iter().map(|Reverse((_, id))| id).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut near = Vec::with_capacity(ids.len());
        for id in ids {
            let cosine = statement
                .query_row(named_params! {":message": id, ":model": meaning.model}, |row| {
                    Ok(cosine(&wanted, row.get_ref(0)?.as_blob()?))
                })
                .optional()?;
            near.extend(cosine.map(|cosine| (cosine, id)));
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        Ok(near)
    }
}

/// A byte a channel, the largest at 127: the length of a direction says nothing.
fn packed(vector: &[f32]) -> Vec<u8> {
    let largest = vector.iter().fold(f32::MIN_POSITIVE, |largest, x| largest.max(x.abs()));
    vector.iter().map(|x| ((x / largest * 127.0).round() as i8) as u8).collect()
}

/// Of a packed direction, a bit a channel: set where it is negative.
fn signs(packed: &[u8]) -> Vec<u8> {
    packed
        .chunks(8)
        .map(|eight| eight.iter().enumerate().fold(0, |bits, (place, byte)| bits | (byte >> 7) << place))
        .collect()
}

/// How well sketches fit a packed direction: its channels added up with the
/// sketch's signs. A table for each byte of a sketch has the sum for all it can be.
struct Fit {
    sums: Vec<[i32; 256]>,
}

impl Fit {
    fn of(packed: &[u8]) -> Fit {
        let sum = |eight: &[u8], signs: usize| -> i32 {
            let channels = eight.iter().enumerate().map(|(place, &byte)| {
                let channel = i32::from(byte as i8);
                if signs >> place & 1 == 1 { -channel } else { channel }
            });
            channels.sum()
        };
        Fit { sums: packed.chunks(8).map(|eight| std::array::from_fn(|signs| sum(eight, signs))).collect() }
    }

    /// The least there is if they do not fit together.
    fn with(&self, signs: &[u8]) -> i32 {
        if signs.len() != self.sums.len() {
            return i32::MIN;
        }
        self.sums.iter().zip(signs).map(|(sums, &signs)| sums[usize::from(signs)]).sum()
    }
}

/// The cosine of the angle between two packed directions; 0 if they do not fit.
fn cosine(a: &[u8], b: &[u8]) -> f32 {
    if a.len() != b.len() {
        return 0.0;
    }
    let (mut dot, mut of_a, mut of_b) = (0_i32, 0_i32, 0_i32);
    for (&a, &b) in a.iter().zip(b) {
        let (a, b) = (i32::from(a as i8), i32::from(b as i8));
        dot += a * b;
        of_a += a * a;
        of_b += b * b;
    }
    let lengths = (of_a as f32).sqrt() * (of_b as f32).sqrt();
    if lengths > 0.0 { dot as f32 / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(step: f32) -> Vec<f32> {
        (0..384).map(|i| (i as f32 * step).sin()).collect()
    }

    #[test]
    fn packing_keeps_the_angle() {
        let (a, b) = (wave(0.11), wave(0.13));
        let dot: f32 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
        let length = |v: &[f32]| v.iter().map(|x| x * x).sum::<f32>().sqrt();
        let exact = dot / length(&a) / length(&b);
        assert!((cosine(&packed(&a), &packed(&b)) - exact).abs() < 0.005);
        assert!(cosine(&packed(&a), &packed(&a)) > 0.9999);
        assert_eq!(cosine(&packed(&a), &packed(&a[1..])), 0.0);
        assert_eq!(cosine(&packed(&[0.0; 4]), &packed(&[0.0; 4])), 0.0);
    }

    #[test]
    fn a_sketch_has_a_bit_for_every_sign() {
        let direction = packed(&[1.0, -1.0, 0.0, -0.5, 1.0, 1.0, 1.0, -1.0, -1.0]);
        assert_eq!(signs(&direction), [0b1000_1010, 1]);
        let fit = Fit::of(&direction);
        assert_eq!(fit.with(&signs(&direction)), 7 * 127 + 64);
        assert_eq!(fit.with(&[!0b1000_1010, !1]), -(7 * 127 + 64));
        assert_eq!(fit.with(&[0b1000_1010, 0]), 5 * 127 + 64);
        assert_eq!(fit.with(&[0b1000_1010]), i32::MIN);
    }
}
