//! What was said before, found by words, by meaning and by time.

use std::ops::Range;
use std::path::Path;

use rusqlite::{Connection, Row, Transaction, named_params};

use super::{CONVERSATION_COLUMNS, MESSAGE_COLUMNS, conversation, message, trouble, with_entities};
use crate::past::{Embedding, Feelings, Past, Said};
use crate::{Conversation, Message, Polarity, Result};

/// How many of the latest messages are looked through for their meaning: as many
/// as take a few milliseconds.
const LOOKED_THROUGH: u32 = 40_000;

/// The past as it stands in a transaction.
pub(super) struct Chronicle<'a> {
    pub connection: &'a Connection,
    pub file: &'a Path,
    /// The message that is being answered, which is not past yet.
    pub before: i64,
}

impl Chronicle<'_> {
    fn ask<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        query(self.connection).map_err(|error| trouble(self.file, error))
    }
}

fn said(row: &Row<'_>) -> rusqlite::Result<Said> {
    Ok(Said { id: row.get("id")?, time: row.get("time")?, text: row.get("text")? })
}

impl Past for Chronicle<'_> {
    fn holding(&self, beginnings: &[String], within: Range<i64>, limit: u32) -> Result<Vec<Said>> {
        let words: Vec<String> =
            beginnings.iter().map(|word| format!("\"{}\"*", word.replace('"', "\"\""))).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        self.ask(|connection| {
            connection
                .prepare_cached(
                    "SELECT message.id, message.time, message.text
                     FROM message_text JOIN message ON message.id = message_text.rowid
                     WHERE message_text MATCH :words AND message.source <> 'assistant' AND message.id < :before
                           AND message.time >= :from AND message.time < :until
                     ORDER BY message_text.rowid DESC LIMIT :limit",
                )?
                .query_map(
                    named_params! {
                        ":words": words.join(" "),
                        ":before": self.before,
                        ":from": within.start,
                        ":until": within.end,
                        ":limit": limit,
                    },
                    said,
                )?
                .collect()
        })
    }

    fn like(&self, meaning: &Embedding, within: Range<i64>, limit: usize) -> Result<Vec<(Said, f32)>> {
        let wanted = packed(&meaning.vector);
        let mut best: Vec<(f32, i64)> = Vec::new();
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT message, vector FROM embedding WHERE model = :model AND message < :before
                 ORDER BY message DESC LIMIT :most",
            )?;
            let mut rows = statement.query(named_params! {
                ":model": meaning.model,
                ":before": self.before,
                ":most": LOOKED_THROUGH,
            })?;
            while let Some(row) = rows.next()? {
                let close = cosine(&wanted, row.get_ref(1)?.as_blob()?);
                if best.len() < limit * 4 || best.last().is_some_and(|(least, _)| close > *least) {
                    best.push((close, row.get(0)?));
                    best.sort_by(|a, b| b.0.total_cmp(&a.0));
                    best.truncate(limit * 4);
                }
            }
            let mut found = Vec::new();
            for (close, id) in best {
                let found_one = connection
                    .prepare_cached(
                        "SELECT id, time, text FROM message
                         WHERE id = :id AND source <> 'assistant' AND time >= :from AND time < :until",
                    )?
                    .query_map(named_params! {":id": id, ":from": within.start, ":until": within.end}, said)?
                    .next()
                    .transpose()?;
                found.extend(found_one.map(|said| (said, close)));
            }
            found.truncate(limit);
            Ok(found)
        })
    }

    fn said(&self, within: Range<i64>, limit: u32) -> Result<Vec<Said>> {
        self.ask(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, time, text FROM message
                     WHERE time >= :from AND time < :until AND source IN ('typed', 'dictated')
                           AND id < :before
                     ORDER BY time DESC, id DESC LIMIT :limit",
                )?
                .query_map(
                    named_params! {
                        ":from": within.start,
                        ":until": within.end,
                        ":before": self.before,
                        ":limit": limit,
                    },
                    said,
                )?
                .collect()
        })
    }

    fn feelings(&self, within: Range<i64>) -> Result<Feelings> {
        let mut feelings = Feelings::default();
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT effective_label.sentiment, count(*)
                 FROM message JOIN effective_label ON effective_label.message = message.id
                 WHERE message.time >= :from AND message.time < :until
                       AND message.source IN ('typed', 'dictated') AND message.id < :before
                 GROUP BY effective_label.sentiment",
            )?;
            let mut rows = statement
                .query(named_params! {":from": within.start, ":until": within.end, ":before": self.before})?;
            while let Some(row) = rows.next()? {
                let count = row.get(1)?;
                match row.get(0)? {
                    Polarity::Negative => feelings.negative = count,
                    Polarity::Neutral => feelings.neutral = count,
                    Polarity::Positive => feelings.positive = count,
                }
            }
            Ok(feelings)
        })
    }

    fn named(&self, within: Range<i64>, limit: u32) -> Result<Vec<String>> {
        self.ask(|connection| {
            connection
                .prepare_cached(
                    // The + keeps SQLite from walking all that was ever named.
                    "SELECT effective_entity.text
                     FROM message JOIN effective_entity ON effective_entity.message = message.id
                     WHERE message.time >= :from AND message.time < :until
                           AND message.source IN ('typed', 'dictated') AND message.id < :before
                           AND +effective_entity.entity IN
                               ('person', 'location', 'organization', 'event', 'product')
                     GROUP BY effective_entity.text COLLATE NOCASE
                     ORDER BY count(*) DESC, min(message.id) LIMIT :limit",
                )?
                .query_map(
                    named_params! {
                        ":from": within.start,
                        ":until": within.end,
                        ":before": self.before,
                        ":limit": limit,
                    },
                    |row| row.get(0),
                )?
                .collect()
        })
    }

    fn conversations(&self, within: Range<i64>) -> Result<Vec<Conversation>> {
        self.ask(|connection| {
            connection
                .prepare_cached(&format!(
                    "{CONVERSATION_COLUMNS}
                     WHERE conversation.id IN
                         (SELECT conversation FROM message WHERE time >= :from AND time < :until)
                     ORDER BY conversation.id"
                ))?
                .query_map(named_params! {":from": within.start, ":until": within.end}, conversation)?
                .collect()
        })
    }

    fn each(
        &self,
        conversation: i64,
        within: Range<i64>,
        each: &mut dyn FnMut(Message) -> Result<()>,
    ) -> Result<()> {
        let mut stopped = Ok(());
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{MESSAGE_COLUMNS} WHERE message.conversation = :conversation
                 AND message.time >= :from AND message.time < :until ORDER BY message.id"
            ))?;
            let mut rows = statement.query(named_params! {
                ":conversation": conversation,
                ":from": within.start,
                ":until": within.end,
            })?;
            while let Some(row) = rows.next()? {
                stopped = each(with_entities(connection, message(row)?)?);
                if stopped.is_err() {
                    break;
                }
            }
            Ok(())
        })?;
        stopped
    }
}

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

/// A byte a channel, the largest at 127: the length of a direction says nothing.
pub(super) fn packed(vector: &[f32]) -> Vec<u8> {
    let largest = vector.iter().fold(f32::MIN_POSITIVE, |largest, x| largest.max(x.abs()));
    vector.iter().map(|x| ((x / largest * 127.0).round() as i8) as u8).collect()
}

/// The cosine of the angle between two packed directions; 0 if they do not fit.
pub(super) fn cosine(a: &[u8], b: &[u8]) -> f32 {
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

    #[test]
    fn packing_keeps_the_angle() {
        let wave = |step: f32| (0..384).map(|i| (i as f32 * step).sin()).collect::<Vec<f32>>();
        let (a, b) = (wave(0.11), wave(0.13));
        let dot: f32 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
        let length = |v: &[f32]| v.iter().map(|x| x * x).sum::<f32>().sqrt();
        let exact = dot / length(&a) / length(&b);
        assert!((cosine(&packed(&a), &packed(&b)) - exact).abs() < 0.005);
        assert!(cosine(&packed(&a), &packed(&a)) > 0.9999);
        assert_eq!(cosine(&packed(&a), &packed(&a[1..])), 0.0);
        assert_eq!(cosine(&packed(&[0.0; 4]), &packed(&[0.0; 4])), 0.0);
    }
}
