//! What was said before, found by words, by meaning and by time.

use std::ops::Range;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::filter::Condition;
use super::meaning::Sketched;
use super::{CONVERSATION_COLUMNS, MESSAGE_COLUMNS, conversation, message, trouble, with_entities};
use crate::past::{Embedding, Feelings, Past, Said};
use crate::{Conversation, Message, Polarity, Result};

/// So many directions are compared in full for the few that are quoted: of 48,000 messages the ten nearest are in the
/// thousand that their sketches put first 99.7 times in 100.
const COMPARED: usize = 1_000;

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
        let mut among =
            Condition::new("SELECT message, signs FROM sketch WHERE message < ?", [self.before.into()]);
        if within != (i64::MIN..i64::MAX) {
            among = Condition::new(
                "SELECT sketch.message, sketch.signs
                 FROM message INDEXED BY message_by_time CROSS JOIN sketch ON sketch.message = message.id
                 WHERE message.time >= ? AND message.time < ? AND message.id < ?",
                [within.start.into(), within.end.into(), self.before.into()],
            );
        }
        self.ask(|connection| {
            let near = Sketched::read(connection, meaning, COMPARED.max(limit), &among)?
                .compared(connection, meaning)?;
            let mut statement = connection.prepare_cached(
                "SELECT id, time, text FROM message WHERE id = :id AND source <> 'assistant'",
            )?;
            let mut found = Vec::new();
            for (close, id) in near {
                let one = statement.query_row(named_params! {":id": id}, said).optional()?;
                found.extend(one.map(|said| (said, close)));
                if found.len() == limit {
                    break;
                }
            }
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
