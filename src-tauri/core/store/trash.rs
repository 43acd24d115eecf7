//! Deleting for good, with a way back for a while.
//!
//! What is deleted is gone from the file at once: its rows, the index of its
//! words, and the write-ahead log. What a way back needs is held in an attached
//! database that is in memory only, so that it dies with the program.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use serde::Serialize;

use super::places::{name_after_first, unname};
use super::{Store, corrections, insert_analysis, insert_embedding, no_conversation};
use crate::{Analysis, Code, Correction, Embedding, Error, Message, Result};

/// How long a deletion can be taken back, in milliseconds.
const GRACE: i64 = 10 * 60 * 1000;

/// How many messages are held for a way back at most: some 100 MB of memory.
const MOST_HELD: i64 = 100_000;

/// The tables with rows of a message, each after those that it refers to, and
/// their column with its number.
const OF_MESSAGE: [(&str, &str); 4] =
    [("message", "id"), ("analysis", "message"), ("entity", "message"), ("embedding", "message")];

/// The same for a conversation.
const OF_CONVERSATION: [(&str, &str); 3] =
    [("conversation", "id"), ("dialogue", "conversation"), ("undo", "conversation")];

/// What was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Deleted {
    /// By which it can be brought back for ten minutes, or until the program
    /// ends; `None` if it cannot.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub undo: Option<i64>,
    /// The conversation that it was, or was in.
    #[cfg_attr(test, ts(type = "number"))]
    pub conversation: i64,
    /// How many messages it was.
    #[cfg_attr(test, ts(type = "number"))]
    pub messages: i64,
}

/// Makes room in memory for what is deleted.
pub(super) fn attach(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "ATTACH ':memory:' AS trash;
         CREATE TABLE trash.deletion (id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL,
                                      conversation INTEGER NOT NULL, whole INTEGER NOT NULL,
                                      title TEXT NOT NULL, retitled TEXT NOT NULL) STRICT;
         CREATE TABLE trash.gone (deletion INTEGER NOT NULL, message INTEGER NOT NULL) STRICT;
         CREATE INDEX trash.gone_by_deletion ON gone (deletion, message);
         CREATE TABLE trash.task_of (deletion INTEGER NOT NULL, task INTEGER NOT NULL) STRICT;",
    )?;
    for (table, key) in OF_MESSAGE.into_iter().chain(OF_CONVERSATION) {
        let columns = columns(connection, table)?;
        connection.execute_batch(&format!(
            "CREATE TABLE trash.{table} AS SELECT {columns} FROM main.{table} WHERE 0;
             CREATE INDEX trash.{table}_by_key ON {table} ({key});"
        ))?;
    }
    Ok(())
}

/// The columns that a table stores, as they stand in a query.
fn columns(connection: &Connection, table: &str) -> rusqlite::Result<String> {
    connection
        .prepare("SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_info(:table, 'main')")?
        .query_row(named_params! {":table": table}, |row| row.get(0))
}

impl Store {
    /// Deletes a message and, if the user wrote it, the assistant's answer to it.
    pub fn delete_message(&mut self, id: i64, now: i64) -> Result<Deleted> {
        let Message { conversation, time, text, source, .. } = self.message(id)?;
        let title = self.conversation(conversation)?.title;
        let deleted = self.change(|change| {
            let undo = begin(change, now, conversation, false, &title)?;
            change
                .prepare_cached("INSERT INTO trash.gone (deletion, message) VALUES (:deletion, :message)")?
                .execute(named_params! {":deletion": undo, ":message": id})?;
            // The answer stands right after, and was said at the same moment.
            change
                .prepare_cached(
                    "INSERT INTO trash.gone (deletion, message)
                     SELECT :deletion, answer.id FROM message AS answer
                     WHERE :source IN ('typed', 'dictated') AND answer.source = 'assistant' AND answer.time = :time
                           AND answer.id = (SELECT min(id) FROM message
                                            WHERE conversation = :conversation AND id > :message)",
                )?
                .execute(named_params! {
                    ":deletion": undo,
                    ":source": source,
                    ":time": time,
                    ":conversation": conversation,
                    ":message": id,
                })?;
            let messages = keep(change, undo)?;
            // A question that is open may quote what it asks about.
            change
                .prepare_cached("DELETE FROM dialogue WHERE conversation = :conversation")?
                .execute(named_params! {":conversation": conversation})?;
            change
                .prepare_cached(
                    "DELETE FROM message WHERE id IN (SELECT message FROM trash.gone WHERE deletion = :deletion)",
                )?
                .execute(named_params! {":deletion": undo})?;
            unname(change, conversation, &text)?;
            name_after_first(change, conversation)?;
            change
                .prepare_cached(
                    "UPDATE trash.deletion SET retitled =
                         (SELECT conversation.title FROM conversation WHERE id = :conversation)
                     WHERE id = :deletion",
                )?
                .execute(named_params! {":conversation": conversation, ":deletion": undo})?;
            Ok(Deleted { undo: Some(undo), conversation, messages })
        })?;
        self.empty_log()?;
        Ok(deleted)
    }

    /// Deletes a conversation with all its messages. Reminders that were asked for
    /// in it stay.
    pub fn delete_conversation(&mut self, id: i64, now: i64) -> Result<Deleted> {
        let conversation = self.conversation(id)?;
        let held = conversation.messages <= MOST_HELD;
        let undo = self.change(|change| {
            let undo = begin(change, now, id, true, &conversation.title)?;
            if held {
                change
                    .prepare_cached(
                        "INSERT INTO trash.gone (deletion, message)
                         SELECT :deletion, id FROM message WHERE conversation = :conversation",
                    )?
                    .execute(named_params! {":deletion": undo, ":conversation": id})?;
                keep(change, undo)?;
                for (table, key) in OF_CONVERSATION {
                    let columns = columns(change, table)?;
                    change.execute(
                        &format!(
                            "INSERT INTO trash.{table} SELECT {columns} FROM main.{table} WHERE {key} = :id"
                        ),
                        named_params! {":id": id},
                    )?;
                }
                change
                    .prepare_cached(
                        "INSERT INTO trash.task_of (deletion, task)
                         SELECT :deletion, id FROM task WHERE conversation = :id",
                    )?
                    .execute(named_params! {":deletion": undo, ":id": id})?;
            }
            change
                .prepare_cached("DELETE FROM conversation WHERE id = :id")?
                .execute(named_params! {":id": id})?;
            Ok(undo)
        })?;
        if !held {
            self.drop_deletion(undo)?;
        }
        self.empty_log()?;
        Ok(Deleted { undo: held.then_some(undo), conversation: id, messages: conversation.messages })
    }

    /// Brings back what was deleted: the number of its conversation.
    ///
    /// # Errors
    /// [`Code::NotFound`] if it is gone for good.
    pub fn bring_back(&mut self, undo: i64) -> Result<i64> {
        let deletion: Option<(i64, bool)> = self.read(|connection| {
            connection
                .prepare_cached("SELECT conversation, whole FROM trash.deletion WHERE id = :id")?
                .query_row(named_params! {":id": undo}, |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })?;
        let Some((id, whole)) = deletion else {
            return Err(Error::new(
                Code::NotFound,
                "it was deleted too long ago, or before the program was started again; it is gone for good",
            ));
        };
        self.change(|change| {
            for (table, key) in OF_CONVERSATION.into_iter().filter(|_| whole) {
                put_back(change, table, &format!("{key} = :key"), id)?;
            }
            let there = change
                .prepare_cached("SELECT 1 FROM conversation WHERE id = :id")?
                .exists(named_params! {":id": id})?;
            if !there {
                return Ok(false);
            }
            for (table, key) in OF_MESSAGE {
                let gone = format!("{key} IN (SELECT message FROM trash.gone WHERE deletion = :key)");
                put_back(change, table, &gone, undo)?;
            }
            change
                .prepare_cached(
                    "UPDATE conversation SET title = deletion.title FROM trash.deletion
                     WHERE deletion.id = :deletion AND conversation.id = deletion.conversation
                           AND conversation.title = deletion.retitled",
                )?
                .execute(named_params! {":deletion": undo})?;
            change
                .prepare_cached(
                    "UPDATE task SET conversation = :conversation WHERE conversation IS NULL
                         AND id IN (SELECT task FROM trash.task_of WHERE deletion = :deletion)",
                )?
                .execute(named_params! {":conversation": id, ":deletion": undo})?;
            Ok(true)
        })?
        .then_some(())
        .ok_or_else(|| no_conversation(id))?;
        self.drop_deletion(undo)?;
        Ok(id)
    }

    /// Changes the text of a message, with what is understood of it now. What the
    /// user said of the words that stay, stays.
    pub(crate) fn edit(
        &mut self,
        id: i64,
        text: &str,
        now: i64,
        understood: Option<(&Analysis, &Embedding)>,
    ) -> Result<Message> {
        let old = self.message(id)?;
        let correction: Option<Correction> = old.correction.map(|it| it.carried(&old.text, text));
        self.change(|change| {
            unname(change, old.conversation, &old.text)?;
            change
                .prepare_cached("UPDATE message SET text = :text, edited = :now WHERE id = :id")?
                .execute(named_params! {":id": id, ":text": text, ":now": now})?;
            change
                .prepare_cached("DELETE FROM dialogue WHERE conversation = :conversation")?
                .execute(named_params! {":conversation": old.conversation})?;
            match understood {
                Some((analysis, embedding)) => {
                    corrections::put(change, id, &correction.unwrap_or_default())?;
                    insert_analysis(change, id, analysis)?;
                    insert_embedding(change, id, embedding)?;
                }
                None => {
                    change
                        .prepare_cached("DELETE FROM analysis WHERE message = :id")?
                        .execute(named_params! {":id": id})?;
                }
            }
            name_after_first(change, old.conversation)
        })?;
        self.empty_log()?;
        self.message(id)
    }

    /// Gives up the way back to what was deleted long enough before `now`.
    pub(crate) fn empty_trash(&mut self, now: i64) -> Result<()> {
        let old: Vec<i64> = self.read(|connection| {
            connection
                .prepare_cached("SELECT id FROM trash.deletion WHERE time <= :old")?
                .query_map(named_params! {":old": now - GRACE}, |row| row.get(0))?
                .collect()
        })?;
        old.into_iter().try_for_each(|undo| self.drop_deletion(undo))
    }

    fn drop_deletion(&mut self, undo: i64) -> Result<()> {
        self.read(|connection| {
            for (table, key) in OF_MESSAGE {
                let gone = format!("{key} IN (SELECT message FROM trash.gone WHERE deletion = :undo)");
                connection.execute(
                    &format!("DELETE FROM trash.{table} WHERE {gone}"),
                    named_params! {":undo": undo},
                )?;
            }
            for (table, key) in OF_CONVERSATION {
                let its =
                    format!("{key} = (SELECT conversation FROM trash.deletion WHERE id = :undo AND whole)");
                connection.execute(
                    &format!("DELETE FROM trash.{table} WHERE {its}"),
                    named_params! {":undo": undo},
                )?;
            }
            for table in ["gone", "task_of"] {
                connection.execute(
                    &format!("DELETE FROM trash.{table} WHERE deletion = :undo"),
                    named_params! {":undo": undo},
                )?;
            }
            connection
                .execute("DELETE FROM trash.deletion WHERE id = :undo", named_params! {":undo": undo})
                .map(drop)
        })
    }
}

fn begin(
    change: &Transaction<'_>,
    now: i64,
    conversation: i64,
    whole: bool,
    title: &str,
) -> rusqlite::Result<i64> {
    change
        .prepare_cached(
            "INSERT INTO trash.deletion (time, conversation, whole, title, retitled)
             VALUES (:time, :conversation, :whole, :title, :title)",
        )?
        .execute(named_params! {
            ":time": now,
            ":conversation": conversation,
            ":whole": whole,
            ":title": title,
        })?;
    Ok(change.last_insert_rowid())
}

/// Copies the rows of the messages that are to go into memory: how many messages.
fn keep(change: &Transaction<'_>, undo: i64) -> rusqlite::Result<i64> {
    for (table, key) in OF_MESSAGE {
        let columns = columns(change, table)?;
        change.execute(
            &format!(
                "INSERT INTO trash.{table} SELECT {columns} FROM main.{table}
                 WHERE {key} IN (SELECT message FROM trash.gone WHERE deletion = :undo)"
            ),
            named_params! {":undo": undo},
        )?;
    }
    change
        .prepare_cached("SELECT count(*) FROM trash.gone WHERE deletion = :undo")?
        .query_row(named_params! {":undo": undo}, |row| row.get(0))
}

/// Puts rows back where they were; what stands there by now stays.
fn put_back(change: &Transaction<'_>, table: &str, which: &str, key: i64) -> rusqlite::Result<()> {
    let columns = columns(change, table)?;
    change
        .execute(
            &format!(
                "INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM trash.{table} WHERE {which}"
            ),
            named_params! {":key": key},
        )
        .map(drop)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::tests::{reply, sample, store, typed};
    use super::*;
    use crate::Mark;

    const SECRET: &str = "Xanadu";

    /// The files of the store that hold `text`, whatever its case.
    fn holding(dir: &Path, text: &str) -> Vec<String> {
        let text = text.to_lowercase().into_bytes();
        let mut files = Vec::new();
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
            if bytes.windows(text.len()).any(|window| window == text) {
                files.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
        files
    }

    fn meaning() -> Embedding {
        Embedding { model: "m 1".to_owned(), vector: vec![0.6, -0.8] }
    }

    /// A conversation about a secret and one about nothing, among others.
    fn told(store: &mut Store) -> (i64, i64) {
        let secret = store.create_conversation("", 0).unwrap().id;
        let said = store.add_message(typed(secret, "meet me in Xanadu at noon")).unwrap();
        let mut analysis = sample();
        analysis.entities[0].text = SECRET.into();
        analysis.entities[0].value = SECRET.into();
        store.add_analyses(&[(said.id, analysis, meaning())]).unwrap();
        let mark = Mark {
            start: 11,
            end: 17,
            text: SECRET.into(),
            entity: Some("location".into()),
            value: SECRET.into(),
        };
        store.correct(said.id, &Correction { entities: vec![mark], ..Correction::default() }).unwrap();
        let draft = super::super::Draft { time: 1_000, ..reply(secret, "I will remind you: Xanadu") };
        store.add_message(draft).unwrap();
        for n in 0..200 {
            store.add_message(typed(secret, &format!("number {n} is harmless"))).unwrap();
        }
        (secret, said.id)
    }

    #[test]
    fn a_deleted_message_is_in_no_file_and_can_be_brought_back() {
        let (dir, mut store) = store();
        let (conversation, said) = told(&mut store);
        assert!(!holding(dir.path(), SECRET).is_empty(), "it was there");
        let before = store.messages(conversation, None, 300).unwrap();

        let deleted = store.delete_message(said, 5_000).unwrap();
        assert_eq!((deleted.messages, deleted.conversation), (2, conversation), "its answer goes with it");
        assert_eq!(holding(dir.path(), SECRET), [""; 0]);
        assert_eq!(store.search(SECRET, 9).unwrap(), []);
        assert_eq!(store.conversation(conversation).unwrap().title, "number 0 is harmless");
        assert_eq!(store.messages(conversation, None, 300).unwrap(), before[2..]);

        assert_eq!(store.bring_back(deleted.undo.unwrap()).unwrap(), conversation);
        assert_eq!(store.messages(conversation, None, 300).unwrap(), before);
        assert_eq!(store.search(SECRET, 9).unwrap().len(), 2);
        assert_eq!(store.conversation(conversation).unwrap().title, "meet me in Xanadu at noon");
        let vectors = "SELECT count(*) FROM embedding JOIN sketch USING (message)";
        assert_eq!(store.connection.query_row(vectors, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }

    #[test]
    fn a_deleted_conversation_is_in_no_file_and_can_be_brought_back_for_a_while() {
        let (dir, mut store) = store();
        let (conversation, _) = told(&mut store);
        let before =
            (store.conversation(conversation).unwrap(), store.messages(conversation, None, 300).unwrap());
        let deleted = store.delete_conversation(conversation, 5_000).unwrap();
        assert_eq!(deleted.messages, 202);
        assert_eq!(holding(dir.path(), SECRET), [""; 0]);
        assert_eq!(store.conversations().unwrap(), []);

        store.empty_trash(5_000 + GRACE - 1).unwrap();
        store.bring_back(deleted.undo.unwrap()).unwrap();
        let after =
            (store.conversation(conversation).unwrap(), store.messages(conversation, None, 300).unwrap());
        assert_eq!(after, before);

        let deleted = store.delete_conversation(conversation, 5_000).unwrap();
        store.empty_trash(5_000 + GRACE).unwrap();
        let error = store.bring_back(deleted.undo.unwrap()).unwrap_err();
        assert!(error.to_string().contains("gone for good"), "{error}");
        for (table, _) in OF_MESSAGE.into_iter().chain(OF_CONVERSATION) {
            let rows = format!("SELECT count(*) FROM trash.{table}");
            assert_eq!(
                store.connection.query_row(&rows, [], |row| row.get::<_, i64>(0)).unwrap(),
                0,
                "{table}"
            );
        }
    }

    #[test]
    fn what_was_said_before_an_edit_is_in_no_file() {
        let (dir, mut store) = store();
        let (conversation, said) = told(&mut store);
        let answer = store.messages(conversation, None, 300).unwrap()[1].id;
        store.delete_message(answer, 1).unwrap();
        let edited =
            store.edit(said, "meet me in Kyoto at noon", 7_000, Some((&sample(), &meaning()))).unwrap();
        assert_eq!(holding(dir.path(), SECRET), [""; 0]);
        assert_eq!((edited.text.as_str(), edited.edited), ("meet me in Kyoto at noon", Some(7_000)));
        assert_eq!(edited.correction, None, "a mark goes with its words");
        assert_eq!(store.conversation(conversation).unwrap().title, "meet me in Kyoto at noon");
        assert_eq!(store.search("kyoto", 9).unwrap(), [edited]);
    }

    #[test]
    fn a_message_does_not_come_back_into_a_conversation_that_is_gone() {
        let (_dir, mut store) = store();
        let (conversation, said) = told(&mut store);
        let message = store.delete_message(said, 1).unwrap();
        let whole = store.delete_conversation(conversation, 2).unwrap();
        assert_eq!(store.bring_back(message.undo.unwrap()).unwrap_err().code(), Code::NotFound);
        // The one is gone for good before the other.
        store.empty_trash(1 + GRACE).unwrap();
        store.bring_back(whole.undo.unwrap()).unwrap();
        assert_eq!(store.conversation(conversation).unwrap().messages, 200);
    }

    #[test]
    fn every_table_with_rows_of_a_message_or_a_conversation_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let known: Vec<&str> = OF_MESSAGE.iter().chain(&OF_CONVERSATION).map(|(table, _)| *table).collect();
        let referring: Vec<String> = store
            .connection
            .prepare(
                "SELECT DISTINCT sqlite_schema.name FROM main.sqlite_schema, pragma_foreign_key_list(sqlite_schema.name)
                 WHERE sqlite_schema.type = 'table' AND on_delete = 'CASCADE'",
            )
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        assert!(referring.len() >= 5, "{referring:?}");
        // A trigger makes the sketch anew of the embedding.
        for table in referring.into_iter().filter(|table| table != "sketch") {
            assert!(known.contains(&table.as_str()), "deleting cannot bring back what is in {table}");
        }
    }
}
