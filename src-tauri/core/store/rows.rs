//! Rows of the tables as conversations and messages.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Connection, Row, named_params};

use super::corrections;
use crate::{
    Analysis, Conversation, Entity, Label, Message, ModelVersion, Polarity, Sentiment, SentimentScores,
    Source, TagSource,
};

/// What [`message`] reads.
pub(super) const MESSAGE_COLUMNS: &str = "
    SELECT message.id, message.conversation, message.speaker, message.time, message.source, message.text,
           analysis.message AS analysed, analysis.intent, analysis.intent_confidence, analysis.intent_ranking,
           analysis.act, analysis.act_confidence, analysis.sentiment, analysis.sentiment_confidence,
           analysis.sentiment_negative, analysis.sentiment_neutral, analysis.sentiment_positive,
           analysis.model_name, analysis.model_version,
           analysis.user_intent, analysis.user_act, analysis.user_sentiment, message.edited
    FROM message LEFT JOIN analysis ON analysis.message = message.id";

/// What [`conversation`] reads.
pub(super) const CONVERSATION_COLUMNS: &str = "
    SELECT conversation.id, conversation.title, conversation.created,
           coalesce((SELECT message.time FROM message WHERE message.conversation = conversation.id
                     ORDER BY message.id DESC LIMIT 1), conversation.created) AS updated,
           (SELECT count(*) FROM message WHERE message.conversation = conversation.id) AS messages,
           conversation.pinned, conversation.archived
    FROM conversation";

pub(super) fn conversation(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    Ok(Conversation {
        id: row.get("id")?,
        title: row.get("title")?,
        created: row.get("created")?,
        updated: row.get("updated")?,
        messages: row.get("messages")?,
        pinned: row.get("pinned")?,
        archived: row.get("archived")?,
        off_record: false,
    })
}

/// A message with its analysis and correction, less the entities, which stand in
/// tables of their own.
pub(super) fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    let analysed: Option<i64> = row.get("analysed")?;
    Ok(Message {
        id: row.get("id")?,
        conversation: row.get("conversation")?,
        speaker: row.get("speaker")?,
        time: row.get("time")?,
        source: row.get("source")?,
        text: row.get("text")?,
        analysis: analysed.map(|_| analysis(row)).transpose()?,
        correction: corrections::labels(row)?,
        edited: row.get("edited")?,
    })
}

fn analysis(row: &Row<'_>) -> rusqlite::Result<Analysis> {
    let ranking: String = row.get("intent_ranking")?;
    let intent_ranking = serde_json::from_str(&ranking).map_err(|error| {
        let column = row.as_ref().column_index("intent_ranking").unwrap_or_default();
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
    })?;
    Ok(Analysis {
        intent: Label { name: row.get("intent")?, confidence: row.get("intent_confidence")? },
        intent_ranking,
        act: Label { name: row.get("act")?, confidence: row.get("act_confidence")? },
        sentiment: Sentiment {
            name: row.get("sentiment")?,
            confidence: row.get("sentiment_confidence")?,
            scores: SentimentScores {
                negative: row.get("sentiment_negative")?,
                neutral: row.get("sentiment_neutral")?,
                positive: row.get("sentiment_positive")?,
            },
        },
        entities: Vec::new(),
        model: ModelVersion { name: row.get("model_name")?, version: row.get("model_version")? },
    })
}

/// The message with its entities, those that the user marked included.
pub(super) fn with_entities(connection: &Connection, mut message: Message) -> rusqlite::Result<Message> {
    let Some(analysis) = &mut message.analysis else { return Ok(message) };
    let mut statement = connection.prepare_cached(
        r#"SELECT "start", "end", text, entity, confidence, value, source
           FROM entity WHERE message = :message ORDER BY "start""#,
    )?;
    let mut rows = statement.query(named_params! {":message": message.id})?;
    while let Some(row) = rows.next()? {
        let entity = Entity {
            start: row.get("start")?,
            end: row.get("end")?,
            text: row.get("text")?,
            entity: row.get("entity")?,
            confidence: row.get("confidence")?,
            value: row.get("value")?,
            source: row.get("source")?,
        };
        match entity.source {
            TagSource::Model | TagSource::Rule => analysis.entities.push(entity),
            TagSource::User => {
                message.correction.get_or_insert_default().entities.push(corrections::mark(entity));
            }
        }
    }
    Ok(message)
}

/// Enums stand in the database under the names they have on the wire.
macro_rules! stored_by_name {
    ($type:ty { $($variant:path => $name:literal),+ $(,)? }) => {
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(match self { $($variant => $name),+ }))
            }
        }
        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($name => Ok($variant),)+
                    other => Err(FromSqlError::Other(format!("unknown name {other:?}").into())),
                }
            }
        }
    };
}
pub(super) use stored_by_name;

stored_by_name!(Source {
    Source::Typed => "typed",
    Source::Dictated => "dictated",
    Source::Imported => "imported",
    Source::Assistant => "assistant",
});
stored_by_name!(Polarity {
    Polarity::Negative => "negative",
    Polarity::Neutral => "neutral",
    Polarity::Positive => "positive",
});
stored_by_name!(TagSource {
    TagSource::Model => "model",
    TagSource::Rule => "rule",
    TagSource::User => "user",
});
