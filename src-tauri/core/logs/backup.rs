//! Sotto's own database: a backup, or the one of another machine.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, named_params};
use tempfile::TempPath;

use super::found::{Identity, Record, Utterance};
use super::input::{Head, Input};
use super::{Format, Reader};
use crate::{
    Analysis, Code, Correction, Entity, Error, Label, Mark, ModelVersion, Polarity, Result, Sentiment,
    SentimentScores, Source, TagSource,
};

/// As the store marks its files.
const APPLICATION_ID: i64 = 0x534f_544f;

/// A database on the disk.
pub(super) enum Database {
    At(PathBuf),
    /// What was piped in: SQLite reads only files.
    Copied(TempPath),
}

impl Database {
    fn open(&self) -> rusqlite::Result<Connection> {
        let path: &Path = match self {
            Database::At(path) => path,
            Database::Copied(path) => path,
        };
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
    }

    /// Whether it is one of Sotto's.
    pub(super) fn is_ours(&self) -> bool {
        let id = || self.open()?.query_row("PRAGMA application_id", [], |row| row.get::<_, i64>(0));
        id().is_ok_and(|id| id == APPLICATION_ID)
    }
}

pub(super) struct Backup;

impl Reader for Backup {
    fn format(&self) -> Format {
        Format::Sotto
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        matches!(head, Head::Database)
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let name = input.name().display().to_string();
        let damaged = |error: rusqlite::Error| {
            Error::new(
                Code::Input,
                format!(
                    "{name} is damaged, or a newer Sotto wrote it; use another backup or the newer Sotto"
                ),
            )
            .because(error)
        };
        let database = input.database()?.open().map_err(damaged)?;
        let has_origins = has_column(&database, "conversation", "origin").map_err(damaged)?;
        let has_corrections = has_column(&database, "analysis", "user_intent").map_err(damaged)?;
        for id in ids(&database).map_err(damaged)? {
            let (title, identity) = conversation(&database, id, has_origins).map_err(damaged)?;
            record.conversation(title, identity)?;
            let mut statement = database.prepare_cached(MESSAGES).map_err(damaged)?;
            let mut rows = statement.query(named_params! {":conversation": id}).map_err(damaged)?;
            while let Some(row) = rows.next().map_err(damaged)? {
                let mut said = utterance(&database, row).map_err(damaged)?;
                if has_corrections && said.analysis.is_some() {
                    said.correction = correction(&database, row).map_err(damaged)?.map(Box::new);
                }
                record.utterance(said)?;
            }
        }
        Ok(())
    }
}

const MESSAGES: &str = "
    SELECT message.id, message.speaker, message.time, message.source, message.text,
           analysis.message AS analysed, analysis.intent, analysis.intent_confidence, analysis.intent_ranking,
           analysis.act, analysis.act_confidence, analysis.sentiment, analysis.sentiment_confidence,
           analysis.sentiment_negative, analysis.sentiment_neutral, analysis.sentiment_positive,
           analysis.model_name, analysis.model_version
    FROM message LEFT JOIN analysis ON analysis.message = message.id
    WHERE message.conversation = :conversation ORDER BY message.id";

/// Whether it is young enough to have this column.
fn has_column(database: &Connection, table: &str, column: &str) -> rusqlite::Result<bool> {
    database
        .prepare("SELECT 1 FROM pragma_table_info(:table) WHERE name = :column")?
        .exists(named_params! {":table": table, ":column": column})
}

fn ids(database: &Connection) -> rusqlite::Result<Vec<i64>> {
    database.prepare("SELECT id FROM conversation ORDER BY id")?.query_map([], |row| row.get(0))?.collect()
}

fn conversation(database: &Connection, id: i64, has_origins: bool) -> rusqlite::Result<(String, Identity)> {
    let (title, created): (String, i64) = database
        .prepare_cached("SELECT title, created FROM conversation WHERE id = :id")?
        .query_row(named_params! {":id": id}, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let origin: Option<[u8; 16]> = match has_origins {
        true => database
            .prepare_cached("SELECT origin FROM conversation WHERE id = :id AND length(origin) = 16")?
            .query_row(named_params! {":id": id}, |row| row.get(0))
            .optional()?,
        false => None,
    };
    let identity = origin.map_or_else(|| Identity::Id(format!("{id} {created}")), Identity::Origin);
    Ok((title, identity))
}

fn utterance(database: &Connection, row: &Row<'_>) -> rusqlite::Result<Utterance> {
    let analysed: Option<i64> = row.get("analysed")?;
    let source = named(&row.get::<_, String>("source")?).unwrap_or(Source::Imported);
    Ok(Utterance {
        speaker: row.get("speaker")?,
        time: row.get("time")?,
        text: row.get("text")?,
        source,
        analysis: analysed.map(|id| analysis(database, row, id)).transpose()?.flatten().map(Box::new),
        correction: None,
    })
}

/// What was understood; `None` if it is not what this Sotto would have stored, so
/// that the message is tagged anew.
fn analysis(database: &Connection, row: &Row<'_>, message: i64) -> rusqlite::Result<Option<Analysis>> {
    let ranking: String = row.get("intent_ranking")?;
    let polarity: Option<Polarity> = named(&row.get::<_, String>("sentiment")?);
    let (Some(name), Ok(intent_ranking)) = (polarity, serde_json::from_str(&ranking)) else {
        return Ok(None);
    };
    let entities = entities(database, message, "source <> 'user'")?;
    let Some(entities) = entities.into_iter().collect() else { return Ok(None) };
    Ok(Some(Analysis {
        intent: Label { name: row.get("intent")?, confidence: row.get("intent_confidence")? },
        intent_ranking,
        act: Label { name: row.get("act")?, confidence: row.get("act_confidence")? },
        sentiment: Sentiment {
            name,
            confidence: row.get("sentiment_confidence")?,
            scores: SentimentScores {
                negative: row.get("sentiment_negative")?,
                neutral: row.get("sentiment_neutral")?,
                positive: row.get("sentiment_positive")?,
            },
        },
        entities,
        model: ModelVersion { name: row.get("model_name")?, version: row.get("model_version")? },
    }))
}

/// What is named in a message, as far as `which` says; `None` for what this Sotto
/// would not have stored.
fn entities(database: &Connection, message: i64, which: &str) -> rusqlite::Result<Vec<Option<Entity>>> {
    database
        .prepare_cached(&format!(
            r#"SELECT "start", "end", text, entity, confidence, value, source
               FROM entity WHERE message = :message AND {which} ORDER BY "start""#
        ))?
        .query_map(named_params! {":message": message}, |row| {
            let source: Option<TagSource> = named(&row.get::<_, String>("source")?);
            let (text, entity, value) = (row.get("text")?, row.get("entity")?, row.get("value")?);
            let (start, end, confidence) = (row.get("start")?, row.get("end")?, row.get("confidence")?);
            Ok(source.map(|source| Entity { start, end, text, entity, confidence, value, source }))
        })?
        .collect()
}

/// What the user said of a message.
fn correction(database: &Connection, row: &Row<'_>) -> rusqlite::Result<Option<Correction>> {
    let message: i64 = row.get("id")?;
    let labels = database
        .prepare_cached(
            "SELECT user_intent, user_act, user_sentiment FROM analysis WHERE message = :message",
        )?
        .query_row(named_params! {":message": message}, |row| {
            let sentiment: Option<String> = row.get(2)?;
            let sentiment = sentiment.and_then(|name| named(&name));
            Ok(Correction { intent: row.get(0)?, act: row.get(1)?, sentiment, entities: Vec::new() })
        })?;
    let marks = entities(database, message, "source = 'user'")?.into_iter().flatten().map(|entity| {
        let Entity { start, end, text, entity, value, .. } = entity;
        Mark { start, end, text, entity: Some(entity).filter(|kind| !kind.is_empty()), value }
    });
    let correction = Correction { entities: marks.collect(), ..labels };
    Ok(Some(correction).filter(|correction| !correction.is_empty()))
}

/// The value whose name on the wire this is.
fn named<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}
