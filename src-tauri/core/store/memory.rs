//! The rows of [`Memory`]: read, changed and written within one transaction,
//! together with the reply that tells of it.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::meaning::insert_embedding;
use super::past::Chronicle;
use super::{Draft, Store, insert_analysis, insert_message};
use crate::memory::{
    Answer, Asked, Change, Dialogue, Fact, Firing, Item, List, Memory, Note, Record, Table, Task, TaskKind,
    TaskState, Undo,
};
use crate::past::Past;
use crate::{Analysis, Embedding, Message, Result, Source};

/// How long a task that has fired stays in sight, for "snooze", in milliseconds.
const RECENT: i64 = 24 * 60 * 60 * 1000;

/// How long something can be undone, in milliseconds: what was deleted is kept
/// for this long, and gone from the file then.
const UNDOABLE: i64 = 60 * 60 * 1000;

/// How many things can be undone in a conversation.
const MOST_UNDOS: i64 = 50;

impl Store {
    /// Stores what was understood of a message, lets `act` see and change the
    /// memory, look into the past and say something, and stores all that: wholly
    /// or not at all.
    pub(crate) fn act(
        &mut self,
        said: &Message,
        understood: Option<(&Analysis, &Embedding)>,
        act: impl FnOnce(&mut Memory, &dyn Past) -> String,
    ) -> Result<Message> {
        let Message { id, conversation, time, .. } = *said;
        let file = self.file.clone();
        let reply = self.change(|change| {
            if let Some((analysis, embedding)) = understood {
                insert_analysis(change, id, analysis)?;
                insert_embedding(change, id, embedding)?;
            }
            let mut memory = read(change, conversation, time)?;
            let past = Chronicle { connection: change, file: &file, before: id };
            let text = act(&mut memory, &past);
            write(change, conversation, time, &memory)?;
            insert_message(change, reply(conversation, time, &text), None)
        })?;
        Ok(reply)
    }

    /// Deletes for good what can no longer be undone and what fired long ago.
    pub(crate) fn forget(&mut self, now: i64) -> Result<()> {
        let old = "SELECT EXISTS (SELECT 1 FROM undo WHERE time < :undone)
                       OR EXISTS (SELECT 1 FROM task WHERE state = 'fired' AND fired < :fired)";
        let times = named_params! {":undone": now - UNDOABLE, ":fired": now - RECENT};
        // Asked every second: the write lock is taken only when there is something to delete.
        if !self.read(|connection| {
            connection.prepare_cached(old)?.query_row(times, |row| row.get::<_, bool>(0))
        })? {
            return Ok(());
        }
        self.change(|change| {
            change
                .prepare_cached("DELETE FROM undo WHERE time < :undone")?
                .execute(named_params! {":undone": now - UNDOABLE})?;
            change
                .prepare_cached("DELETE FROM task WHERE state = 'fired' AND fired < :fired")?
                .execute(named_params! {":fired": now - RECENT})
        })?;
        self.empty_log()
    }

    /// Deletes for good what can only be brought back by undo, as the program ends.
    pub(crate) fn let_go(&mut self) -> Result<()> {
        self.change(|change| {
            change.prepare_cached(r#"DELETE FROM undo WHERE inverse LIKE '%"put"%'"#)?.execute([])
        })?;
        self.empty_log()
    }

    /// Fires all tasks that are due at `now`, each once: a message in its
    /// conversation and its new state, all or none.
    pub(crate) fn fire(&mut self, now: i64, mut say: impl FnMut(&Task) -> Firing) -> Result<Vec<Message>> {
        // Asked every second: the write lock is taken only when there is something to fire.
        let due = "SELECT EXISTS (SELECT 1 FROM task WHERE state = 'running' AND due <= :now)";
        if !self.read(|connection| {
            connection.prepare_cached(due)?.query_row(named_params! {":now": now}, |row| row.get(0))
        })? {
            return Ok(Vec::new());
        }
        self.change(|change| {
            let tasks: Vec<Task> = change
                .prepare_cached(
                    "SELECT * FROM task WHERE state = 'running' AND due <= :now ORDER BY due, id",
                )?
                .query_map(named_params! {":now": now}, task)?
                .collect::<rusqlite::Result<_>>()?;
            let mut messages = Vec::new();
            for task in tasks {
                let Firing { text, next } = say(&task);
                let conversation = match task.conversation {
                    Some(conversation) => conversation,
                    None => latest_conversation(change, now)?,
                };
                let state = if next.is_some() { TaskState::Running } else { TaskState::Fired };
                let (due, every) = next.unwrap_or((task.due, task.every));
                let fired = Task { due, every, state, fired: now, ..task };
                put(change, &Record::Task(fired))?;
                messages.push(insert_message(change, reply(conversation, now, &text), None)?);
            }
            Ok(messages)
        })
    }

    /// The question that waits for its answer in a conversation.
    pub(crate) fn asked(&self, conversation: i64) -> Result<Option<Asked>> {
        Ok(self.read(|connection| dialogue(connection, conversation))?.asked)
    }

    /// When the next task is due: UTC, milliseconds since the Unix epoch.
    pub fn next_due(&self) -> Result<Option<i64>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT min(due) FROM task WHERE state = 'running'")?
                .query_row([], |row| row.get(0))
        })
    }
}

fn reply(conversation: i64, time: i64, text: &str) -> Draft<'_> {
    Draft { conversation, speaker: "assistant", time, source: Source::Assistant, text }
}

/// The conversation that the user last spoke in, no imported log, or a new one.
fn latest_conversation(change: &Transaction<'_>, now: i64) -> rusqlite::Result<i64> {
    let latest = change
        .prepare_cached(
            "SELECT conversation FROM message WHERE source IN ('typed', 'dictated') ORDER BY id DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    if let Some(latest) = latest {
        return Ok(latest);
    }
    change
        .prepare_cached("INSERT INTO conversation (title, created) VALUES ('Reminders', :now)")?
        .execute(named_params! {":now": now})?;
    Ok(change.last_insert_rowid())
}

fn read(connection: &Connection, conversation: i64, now: i64) -> rusqlite::Result<Memory> {
    let tasks = connection
        .prepare_cached(
            "SELECT * FROM task WHERE state IN ('running', 'paused') OR state = 'fired' AND fired > :recent
             ORDER BY id",
        )?
        .query_map(named_params! {":recent": now - RECENT}, task)?
        .collect::<rusqlite::Result<_>>()?;
    let undo = connection
        .prepare_cached(
            "SELECT id, what, inverse FROM undo WHERE conversation = :conversation AND time >= :undone
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(named_params! {":conversation": conversation, ":undone": now - UNDOABLE}, |row| {
            let inverse: String = row.get("inverse")?;
            Ok(Undo { id: row.get("id")?, what: row.get("what")?, inverse: from_json(&inverse)? })
        })
        .optional()?;
    let said = connection
        .prepare_cached(
            "SELECT text FROM message WHERE conversation = :conversation AND source = 'assistant'
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(named_params! {":conversation": conversation}, |row| row.get(0))
        .optional()?;
    Ok(Memory {
        tasks,
        lists: rows(connection, "SELECT * FROM list ORDER BY id", |row| {
            Ok(List { id: row.get("id")?, name: row.get("name")?, created: row.get("created")? })
        })?,
        items: rows(connection, "SELECT * FROM item ORDER BY id", |row| {
            Ok(Item {
                id: row.get("id")?,
                list: row.get("list")?,
                text: row.get("text")?,
                done: row.get("done")?,
                created: row.get("created")?,
            })
        })?,
        notes: rows(connection, "SELECT * FROM note ORDER BY id", |row| {
            Ok(Note { id: row.get("id")?, text: row.get("text")?, created: row.get("created")? })
        })?,
        facts: rows(connection, "SELECT * FROM fact ORDER BY id", |row| {
            Ok(Fact { id: row.get("id")?, name: row.get("name")?, value: row.get("value")? })
        })?,
        answers: rows(connection, "SELECT * FROM answer ORDER BY id", |row| {
            Ok(Answer {
                id: row.get("id")?,
                what: row.get("what")?,
                text: row.get("text")?,
                created: row.get("created")?,
            })
        })?,
        dialogue: dialogue(connection, conversation)?,
        said,
        undo,
        last_id: connection
            .prepare_cached(
                "SELECT coalesce(max(seq), 0) FROM sqlite_sequence
                 WHERE name IN ('task', 'list', 'item', 'note', 'fact', 'answer')",
            )?
            .query_row([], |row| row.get(0))?,
        ..Memory::default()
    })
}

fn dialogue(connection: &Connection, conversation: i64) -> rusqlite::Result<Dialogue> {
    let state: Option<String> = connection
        .prepare_cached("SELECT state FROM dialogue WHERE conversation = :conversation")?
        .query_row(named_params! {":conversation": conversation}, |row| row.get(0))
        .optional()?;
    // A state that this version cannot read is a question that is forgotten, no more.
    Ok(state.and_then(|state| serde_json::from_str(&state).ok()).unwrap_or_default())
}

fn write(change: &Transaction<'_>, conversation: i64, now: i64, memory: &Memory) -> rusqlite::Result<()> {
    for step in &memory.changes {
        match step {
            Change::Put(record) => put(change, record)?,
            Change::Remove(table, id) => remove(change, *table, *id)?,
        }
    }
    change
        .prepare_cached(
            "INSERT INTO dialogue (conversation, state) VALUES (:conversation, :state)
             ON CONFLICT (conversation) DO UPDATE SET state = excluded.state",
        )?
        .execute(named_params! {":conversation": conversation, ":state": to_json(&memory.dialogue)?})?;
    if let Some(id) = memory.undone {
        change.prepare_cached("DELETE FROM undo WHERE id = :id")?.execute(named_params! {":id": id})?;
    } else if !memory.inverse.is_empty() {
        let inverse: Vec<&Change> = memory.inverse.iter().rev().collect();
        change
            .prepare_cached(
                "INSERT INTO undo (conversation, what, inverse, time)
                 VALUES (:conversation, :what, :inverse, :time)",
            )?
            .execute(named_params! {
                ":conversation": conversation,
                ":what": memory.what,
                ":inverse": to_json(&inverse)?,
                ":time": now,
            })?;
        change
            .prepare_cached(
                "DELETE FROM undo WHERE conversation = :conversation AND id NOT IN
                     (SELECT id FROM undo WHERE conversation = :conversation ORDER BY id DESC LIMIT :most)",
            )?
            .execute(named_params! {":conversation": conversation, ":most": MOST_UNDOS})?;
    }
    Ok(())
}

pub(super) fn put(change: &Transaction<'_>, record: &Record) -> rusqlite::Result<()> {
    match record {
        Record::Task(task) => change
            .prepare_cached(
                "INSERT OR REPLACE INTO task (id, kind, name, due, zone, every, state, length, remaining, fired,
                                              conversation, created)
                 VALUES (:id, :kind, :name, :due, :zone, :every, :state, :length, :remaining, :fired,
                         (SELECT id FROM conversation WHERE id = :conversation), :created)",
            )?
            .execute(named_params! {
                ":id": task.id,
                ":kind": task.kind,
                ":name": task.name,
                ":due": task.due,
                ":zone": task.zone,
                ":every": task.every,
                ":state": task.state,
                ":length": task.length,
                ":remaining": task.remaining,
                ":fired": task.fired,
                ":conversation": task.conversation,
                ":created": task.created,
            }),
        Record::List(list) => change
            .prepare_cached(
                "INSERT OR REPLACE INTO list (id, name, created) VALUES (:id, :name, :created)",
            )?
            .execute(named_params! {":id": list.id, ":name": list.name, ":created": list.created}),
        Record::Item(item) => change
            .prepare_cached(
                "INSERT OR REPLACE INTO item (id, list, text, done, created)
                 VALUES (:id, :list, :text, :done, :created)",
            )?
            .execute(named_params! {
                ":id": item.id,
                ":list": item.list,
                ":text": item.text,
                ":done": item.done,
                ":created": item.created,
            }),
        Record::Note(note) => change
            .prepare_cached(
                "INSERT OR REPLACE INTO note (id, text, created) VALUES (:id, :text, :created)",
            )?
            .execute(named_params! {":id": note.id, ":text": note.text, ":created": note.created}),
        Record::Fact(fact) => change
            .prepare_cached("INSERT OR REPLACE INTO fact (id, name, value) VALUES (:id, :name, :value)")?
            .execute(named_params! {":id": fact.id, ":name": fact.name, ":value": fact.value}),
        Record::Answer(answer) => change
            .prepare_cached(
                "INSERT OR REPLACE INTO answer (id, what, text, created)
                 VALUES (:id, :what, :text, :created)",
            )?
            .execute(named_params! {
                ":id": answer.id,
                ":what": answer.what,
                ":text": answer.text,
                ":created": answer.created,
            }),
    }
    .map(drop)
}

fn remove(change: &Transaction<'_>, table: Table, id: i64) -> rusqlite::Result<()> {
    let statement = match table {
        Table::Task => "DELETE FROM task WHERE id = :id",
        Table::List => "DELETE FROM list WHERE id = :id",
        Table::Item => "DELETE FROM item WHERE id = :id",
        Table::Note => "DELETE FROM note WHERE id = :id",
        Table::Fact => "DELETE FROM fact WHERE id = :id",
        Table::Answer => "DELETE FROM answer WHERE id = :id",
    };
    change.prepare_cached(statement)?.execute(named_params! {":id": id}).map(drop)
}

fn rows<T>(
    connection: &Connection,
    query: &str,
    row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare_cached(query)?.query_map([], row)?.collect()
}

pub(super) fn task(row: &Row<'_>) -> rusqlite::Result<Task> {
    Ok(Task {
        id: row.get("id")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        due: row.get("due")?,
        zone: row.get("zone")?,
        every: row.get("every")?,
        state: row.get("state")?,
        length: row.get("length")?,
        remaining: row.get("remaining")?,
        fired: row.get("fired")?,
        conversation: row.get("conversation")?,
        created: row.get("created")?,
    })
}

fn to_json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}

super::stored_by_name!(TaskKind {
    TaskKind::Timer => "timer",
    TaskKind::Alarm => "alarm",
    TaskKind::Reminder => "reminder",
});
super::stored_by_name!(TaskState {
    TaskState::Running => "running",
    TaskState::Paused => "paused",
    TaskState::Fired => "fired",
});
