//! What messages mean, as directions, and the messages that point the same way.
//!
//! The file keeps a direction with a byte a channel, and beside it a sketch of it:
//! the sign of every channel, a bit each. The share of signs that differ estimates
//! the angle (Charikar, "Similarity estimation techniques from rounding
//! algorithms", STOC 2002), well enough to choose, among a million sketches, the
//! few whose bytes are worth comparing.

use std::collections::BinaryHeap;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params_from_iter};

use super::filter::Condition;
use crate::Embedding;

/// So many more directions are compared than are wanted, and at least so many:
/// what a sketch misplaces stays within them.
const COMPARED: (usize, usize) = (8, 1_000);

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

/// Messages whose sketches differ least from that of a meaning: by how many signs,
/// and their numbers; the later of two that differ as much.
#[derive(Debug, Default)]
pub(super) struct Sketched(BinaryHeap<(u32, std::cmp::Reverse<i64>)>);

impl Sketched {
    /// The best of those that `among` selects, by number and signs, for `most` to
    /// be chosen from.
    pub fn read(
        connection: &Connection,
        meaning: &Embedding,
        most: usize,
        among: &Condition,
    ) -> rusqlite::Result<Sketched> {
        let wanted = signs(&packed(&meaning.vector));
        let kept = most.saturating_mul(COMPARED.0).max(COMPARED.1);
        let mut best = BinaryHeap::with_capacity(kept + 1);
        let mut statement = connection.prepare_cached(&among.sql)?;
        let mut rows = statement.query(params_from_iter(among.values()))?;
        while let Some(row) = rows.next()? {
            let differing = differing(&wanted, row.get_ref(1)?.as_blob()?);
            if best.len() < kept || best.peek().is_some_and(|(worst, _)| differing < *worst) {
                best.push((differing, std::cmp::Reverse(row.get(0)?)));
                if best.len() > kept {
                    best.pop();
                }
            }
        }
        Ok(Sketched(best))
    }

    /// Both, for `most` to be chosen from.
    pub fn with(mut self, other: Sketched) -> Sketched {
        self.0.extend(other.0);
        self
    }

    /// How near each is, and its number, the nearest first: the cosine of the angle
    /// to `meaning`, of those that the same model understood.
    pub fn compared(self, connection: &Connection, meaning: &Embedding) -> rusqlite::Result<Vec<(f32, i64)>> {
        let wanted = packed(&meaning.vector);
        let mut statement = connection
            .prepare_cached("SELECT vector FROM embedding WHERE message = :message AND model = :model")?;
        // In their order in the file, and each once.
        let mut ids: Vec<i64> = self.0.into_iter().map(|(_, id)| id.0).collect();
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

/// By how many signs two sketches differ; by all if they do not fit.
fn differing(a: &[u8], b: &[u8]) -> u32 {
    if a.len() != b.len() {
        return u32::MAX;
    }
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let words = a.iter().zip(b).map(|(a, b)| (u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b)).count_ones());
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| (a ^ b).count_ones());
    words.sum::<u32>() + rest.sum::<u32>()
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
        assert_eq!(signs(&packed(&[1.0, -1.0, 0.0, -0.5, 1.0, 1.0, 1.0, -1.0, -1.0])), [0b1000_1010, 1]);
        let (one, opposite) = (wave(0.11), wave(0.11).iter().map(|x| -x).collect::<Vec<_>>());
        let (one, opposite) = (signs(&packed(&one)), signs(&packed(&opposite)));
        assert_eq!(differing(&one, &one), 0);
        // The first channel is 0, which has no opposite.
        assert_eq!(differing(&one, &opposite), 383);
        assert_eq!(differing(&one, &one[1..]), u32::MAX);
        assert_eq!(differing(&one[..11], &opposite[..11]), 87);
    }
}
