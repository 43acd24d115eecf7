//! The conversation store: one SQLite file.
//!
//! A row is a [`Message`] with its [`Analysis`] beside it. What a method has
//! returned is on the disk.

mod clock;
mod copy;
mod corrections;
mod filter;
mod import;
mod insight;
mod meaning;
mod memory;
mod past;
mod places;
mod retention;
mod rows;
mod schema;
mod search;
mod tagging;
mod trash;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, named_params};

use crate::{Analysis, Code, Conversation, Embedding, Error, Message, Result, Source};

use meaning::insert_embedding;
use rows::{CONVERSATION_COLUMNS, MESSAGE_COLUMNS, conversation, message, stored_by_name, with_entities};

pub use copy::Contents;
pub use import::{Added, Import};
pub use places::Arrangement;
pub(crate) use search::Page;
pub use trash::Deleted;

/// The name of the database inside the data folder.
pub const FILE_NAME: &str = "sotto.db";

/// An open store. One connection; wrap it in a mutex to share it.
pub struct Store {
    connection: Connection,
    file: PathBuf,
    /// What the clock showed when it was last looked at.
    pub(crate) last_seen: Option<i64>,
}

/// A message about to be stored.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The conversation it goes to.
    pub conversation: i64,
    /// Who said it.
    pub speaker: &'a str,
    /// When: UTC, milliseconds since the Unix epoch.
    pub time: i64,
    /// How it came in.
    pub source: Source,
    /// The text exactly as received.
    pub text: &'a str,
}

impl Store {
    /// Opens the store in folder `dir`, making both if they are not there.
    ///
    /// # Errors
    /// [`Code::NewerStore`] if a newer Sotto wrote it; [`Code::File`] or
    /// [`Code::Store`] if the folder cannot be made, the file cannot be opened
    /// for writing, is damaged, or belongs to another program.
    pub fn open(dir: &Path) -> Result<Store> {
        std::fs::create_dir_all(dir).map_err(|error| {
            Error::file("cannot make the data folder (choose another with --data-dir)", dir, error)
        })?;
        let file = dir.join(FILE_NAME);
        let connection = schema::open(&file)?;
        trash::attach(&connection).map_err(|error| trouble(&file, error))?;
        Ok(Store { connection, file, last_seen: None })
    }

    /// A store that is never on a disk and gone when it is dropped. Its
    /// conversations and messages are numbered from `first`.
    pub(crate) fn in_memory(first: i64) -> Result<Store> {
        let connection = schema::open_in_memory(first)?;
        let file = PathBuf::from("memory");
        trash::attach(&connection).map_err(|error| trouble(&file, error))?;
        Ok(Store { connection, file, last_seen: None })
    }

    /// The database file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// All conversations, the one last spoken in first.
    pub fn conversations(&self) -> Result<Vec<Conversation>> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{CONVERSATION_COLUMNS} ORDER BY updated DESC, conversation.id DESC"
                ))?
                .query_map([], conversation)?
                .collect()
        })
    }

    /// One conversation.
    pub fn conversation(&self, id: i64) -> Result<Conversation> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("{CONVERSATION_COLUMNS} WHERE conversation.id = :id"))?
                .query_row(named_params! {":id": id}, conversation)
                .optional()
        })?
        .ok_or_else(|| no_conversation(id))
    }

    /// Starts a conversation. Its title stays empty until its first message
    /// unless one is given.
    pub fn create_conversation(&mut self, title: &str, now: i64) -> Result<Conversation> {
        let id = self.change(|change| {
            change.execute(
                "INSERT INTO conversation (title, created) VALUES (:title, :created)",
                named_params! {":title": title, ":created": now},
            )?;
            Ok(change.last_insert_rowid())
        })?;
        self.conversation(id)
    }

    /// One message.
    pub fn message(&self, id: i64) -> Result<Message> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("{MESSAGE_COLUMNS} WHERE message.id = :id"))?
                .query_row(named_params! {":id": id}, message)
                .optional()?
                .map(|message| with_entities(connection, message))
                .transpose()
        })?
        .ok_or_else(|| no_message(id))
    }

    /// At most `limit` messages of a conversation, oldest first: the latest
    /// ones, or those just before message `before`.
    pub fn messages(&self, conversation: i64, before: Option<i64>, limit: u32) -> Result<Vec<Message>> {
        self.conversation(conversation)?;
        let mut page: Vec<Message> = self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{MESSAGE_COLUMNS} WHERE message.conversation = :conversation AND message.id < :before
                     ORDER BY message.id DESC LIMIT :limit"
                ))?
                .query_map(
                    named_params! {
                        ":conversation": conversation,
                        ":before": before.unwrap_or(i64::MAX),
                        ":limit": limit,
                    },
                    message,
                )?
                .map(|message| with_entities(connection, message?))
                .collect()
        })?;
        page.reverse();
        Ok(page)
    }

    /// Hands every message, of one conversation or of all, to `each`, in order,
    /// one at a time. Stops at the first error that `each` gives.
    pub fn each_message(
        &self,
        conversation: Option<i64>,
        mut each: impl FnMut(Message) -> Result<()>,
    ) -> Result<()> {
        if let Some(id) = conversation {
            self.conversation(id)?;
        }
        let mut stopped = Ok(());
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{MESSAGE_COLUMNS} WHERE :conversation IS NULL OR message.conversation = :conversation
                 ORDER BY message.conversation, message.id"
            ))?;
            let mut rows = statement.query(named_params! {":conversation": conversation})?;
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

    /// The user's own messages that have no analysis yet, oldest first: what a
    /// crash between storing and answering leaves behind.
    pub fn unanalysed(&self) -> Result<Vec<Message>> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{MESSAGE_COLUMNS} WHERE analysis.message IS NULL
                     AND message.source IN ('typed', 'dictated') ORDER BY message.id"
                ))?
                .query_map([], message)?
                .collect()
        })
    }

    /// Messages that hold all the words of `query`, best match first. Words
    /// match regardless of case and diacritics; the last one may be a prefix.
    pub fn search(&self, query: &str, limit: u32) -> Result<Vec<Message>> {
        let words = query.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', "\"\"")));
        let words = words.collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{MESSAGE_COLUMNS} JOIN message_text ON message_text.rowid = message.id
                     WHERE message_text MATCH :words ORDER BY message_text.rank LIMIT :limit"
                ))?
                .query_map(named_params! {":words": format!("{words}*"), ":limit": limit}, message)?
                .map(|message| with_entities(connection, message?))
                .collect()
        })
    }

    /// Everyone who says something, in one conversation or in all.
    pub fn speakers(&self, conversation: Option<i64>) -> Result<Vec<String>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT DISTINCT message.speaker FROM message
                     WHERE :conversation IS NULL OR message.conversation = :conversation
                     ORDER BY message.speaker",
                )?
                .query_map(named_params! {":conversation": conversation}, |row| row.get(0))?
                .collect()
        })
    }

    /// The people, places and organisations that the tags in force name, as kind of
    /// entity and text.
    pub fn named(&self) -> Result<Vec<(String, String)>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT DISTINCT entity, text FROM entity
                     WHERE effective = 1 AND entity IN ('person', 'location', 'organization')",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// Stores a message. The first one gives an untitled conversation its title.
    pub fn add_message(&mut self, draft: Draft<'_>) -> Result<Message> {
        self.conversation(draft.conversation)?;
        self.change(|change| {
            let message = insert_message(change, draft, None)?;
            change
                .prepare_cached(
                    "UPDATE conversation SET title = :title WHERE id = :conversation AND title = ''",
                )?
                .execute(named_params! {
                    ":title": title(draft.text),
                    ":conversation": draft.conversation,
                })?;
            Ok(message)
        })
    }

    /// Stores the analysis of message `id`, in place of an earlier one.
    pub fn add_analysis(&mut self, id: i64, analysis: &Analysis) -> Result<()> {
        self.change(|change| insert_analysis(change, id, analysis))
    }

    /// Stores several analyses and what the messages mean, each with the number
    /// of its message. A message that was deleted meanwhile is passed over.
    pub fn add_analyses(&mut self, analyses: &[(i64, Analysis, Embedding)]) -> Result<()> {
        self.change(|change| {
            for (id, analysis, embedding) in analyses {
                let there = change
                    .prepare_cached("SELECT 1 FROM message WHERE id = :id")?
                    .exists(named_params! {":id": id})?;
                if there {
                    insert_analysis(change, *id, analysis)?;
                    insert_embedding(change, *id, embedding)?;
                }
            }
            Ok(())
        })
    }

    /// Stores the analysis of message `id`, if there is one, and the reply to
    /// it: both or neither.
    pub fn answer(&mut self, id: i64, analysis: Option<&Analysis>, reply: Draft<'_>) -> Result<Message> {
        self.change(|change| {
            if let Some(analysis) = analysis {
                insert_analysis(change, id, analysis)?;
            }
            insert_message(change, reply, None)
        })
    }

    /// For tests that let it fail.
    #[cfg(test)]
    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Empties the write-ahead log into the file, so that what was deleted is in
    /// neither. Another program that reads just now only puts it off.
    fn empty_log(&self) -> Result<()> {
        self.read(|connection| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
    }

    fn read<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        query(&self.connection).map_err(|error| trouble(&self.file, error))
    }

    fn change<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T> {
        let run = |connection: &mut Connection| {
            let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let done = work(&change)?;
            change.commit()?;
            Ok(done)
        };
        run(&mut self.connection).map_err(|error| trouble(&self.file, error))
    }
}

fn insert_message(
    change: &Transaction<'_>,
    draft: Draft<'_>,
    origin: Option<&[u8]>,
) -> rusqlite::Result<Message> {
    change
        .prepare_cached(
            "INSERT INTO message (conversation, speaker, time, source, text, origin)
             VALUES (:conversation, :speaker, :time, :source, :text, :origin)",
        )?
        .execute(named_params! {
            ":conversation": draft.conversation,
            ":speaker": draft.speaker,
            ":time": draft.time,
            ":source": draft.source,
            ":text": draft.text,
            ":origin": origin,
        })?;
    Ok(Message {
        id: change.last_insert_rowid(),
        conversation: draft.conversation,
        speaker: draft.speaker.to_owned(),
        time: draft.time,
        source: draft.source,
        text: draft.text.to_owned(),
        analysis: None,
        correction: None,
        edited: None,
    })
}

fn insert_analysis(change: &Transaction<'_>, message: i64, analysis: &Analysis) -> rusqlite::Result<()> {
    let Analysis { intent, intent_ranking, act, sentiment, entities, model } = analysis;
    // The user's columns stay as they are.
    change
        .prepare_cached(
            "INSERT INTO analysis (message, intent, intent_confidence, intent_ranking, act, act_confidence,
                                   sentiment, sentiment_confidence, sentiment_negative, sentiment_neutral,
                                   sentiment_positive, model_name, model_version)
             VALUES (:message, :intent, :intent_confidence, :intent_ranking, :act, :act_confidence,
                     :sentiment, :sentiment_confidence, :sentiment_negative, :sentiment_neutral,
                     :sentiment_positive, :model_name, :model_version)
             ON CONFLICT (message) DO UPDATE SET
                 intent = excluded.intent, intent_confidence = excluded.intent_confidence,
                 intent_ranking = excluded.intent_ranking,
                 act = excluded.act, act_confidence = excluded.act_confidence,
                 sentiment = excluded.sentiment, sentiment_confidence = excluded.sentiment_confidence,
                 sentiment_negative = excluded.sentiment_negative,
                 sentiment_neutral = excluded.sentiment_neutral,
                 sentiment_positive = excluded.sentiment_positive,
                 model_name = excluded.model_name, model_version = excluded.model_version",
        )?
        .execute(named_params! {
            ":message": message,
            ":intent": intent.name,
            ":intent_confidence": intent.confidence,
            ":intent_ranking": serde_json::to_string(intent_ranking)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?,
            ":act": act.name,
            ":act_confidence": act.confidence,
            ":sentiment": sentiment.name,
            ":sentiment_confidence": sentiment.confidence,
            ":sentiment_negative": sentiment.scores.negative,
            ":sentiment_neutral": sentiment.scores.neutral,
            ":sentiment_positive": sentiment.scores.positive,
            ":model_name": model.name,
            ":model_version": model.version,
        })?;
    change
        .prepare_cached("DELETE FROM entity WHERE message = :message AND source <> 'user'")?
        .execute(named_params! {":message": message})?;
    let mut insert = change.prepare_cached(
        r#"INSERT INTO entity (message, "start", "end", text, entity, confidence, value, source, effective)
           VALUES (:message, :start, :end, :text, :entity, :confidence, :value, :source, 1)"#,
    )?;
    for entity in entities {
        insert.execute(named_params! {
            ":message": message,
            ":start": entity.start,
            ":end": entity.end,
            ":text": entity.text,
            ":entity": entity.entity,
            ":confidence": entity.confidence,
            ":value": entity.value,
            ":source": entity.source,
        })?;
    }
    corrections::settle(change, message)
}

/// The first line of a message, cut at a word, as a title of at most 60 characters.
fn title(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let Some((cut, _)) = line.char_indices().nth(LONGEST) else {
        return line.to_owned();
    };
    let head = &line[..cut];
    let whole_words = head.rfind(char::is_whitespace).map_or(head, |space| &head[..space]);
    format!("{}…", whole_words.trim_end())
}

fn no_message(id: i64) -> Error {
    Error::new(Code::NotFound, format!("there is no message {id}; it may have been deleted"))
}

fn no_conversation(id: i64) -> Error {
    Error::new(Code::NotFound, format!("there is no conversation {id}"))
}

/// What SQLite says of `file`, as a sentence that says what to do.
fn trouble(file: &Path, error: rusqlite::Error) -> Error {
    let path = file.display();
    let sentence = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => format!(
            "{path} is damaged or not a Sotto database; move it away to start afresh, or put a backup in its place"
        ),
        Some(ErrorCode::DiskFull) => {
            format!("the disk is full: {path} cannot grow; free some space and try again")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => format!(
            "{path} cannot be opened for writing; make its folder writable or choose another with --data-dir"
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            format!("{path} is in use by another program; close it and try again")
        }
        _ => format!("{path} could not be read or written"),
    };
    Error::new(Code::Store, sentence).because(error)
}

#[cfg(test)]
mod find_tests;
#[cfg(test)]
mod tests;
