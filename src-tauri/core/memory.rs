//! What Sotto keeps for its user besides messages: timers, alarms, reminders,
//! lists, notes, facts and taught answers, as plain data.
//!
//! Skills see a [`Memory`] and change it; the store writes what they changed,
//! and from the rows as they were it knows how to undo it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Names and values of an act, for example `duration_s` 300.
pub(crate) type Slots = BTreeMap<String, Value>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TaskKind {
    Timer,
    Alarm,
    Reminder,
}

impl TaskKind {
    /// Its name, which is also that of its skill.
    pub fn as_str(self) -> &'static str {
        match self {
            TaskKind::Timer => "timer",
            TaskKind::Alarm => "alarm",
            TaskKind::Reminder => "reminder",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TaskState {
    Running,
    Paused,
    Fired,
}

/// A timer, an alarm or a reminder. Times and lengths are in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Task {
    pub id: i64,
    pub kind: TaskKind,
    /// What a timer or alarm is called, or what to remind of; may be empty.
    pub name: String,
    /// When it fires next, since the Unix epoch.
    pub due: i64,
    /// The time zone in which it was asked for, in which it recurs.
    pub zone: String,
    /// How it recurs, as an RFC 5545 rule; empty if it does not.
    pub every: String,
    pub state: TaskState,
    /// How long a timer was set for.
    pub length: i64,
    /// How much is left of a paused timer.
    pub remaining: i64,
    /// When it last fired; 0 for never.
    pub fired: i64,
    pub conversation: Option<i64>,
    pub created: i64,
}

/// What becomes of a task that is due.
pub(crate) struct Firing {
    /// What is written into the conversation.
    pub text: String,
    /// When it is due next and by which rule, if it recurs.
    pub next: Option<(i64, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct List {
    pub id: i64,
    pub name: String,
    pub created: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub id: i64,
    pub list: i64,
    pub text: String,
    pub done: bool,
    pub created: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    pub id: i64,
    pub text: String,
    pub created: i64,
}

/// Something that the user told of themselves: `name` is "Sam".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fact {
    pub id: i64,
    pub name: String,
    pub value: String,
}

/// What to answer to something, as the user taught it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub id: i64,
    /// What the user will say.
    pub what: String,
    pub text: String,
    pub created: i64,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Record {
    Task(Task),
    List(List),
    Item(Item),
    Note(Note),
    Fact(Fact),
    Answer(Answer),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Table {
    Task,
    List,
    Item,
    Note,
    Fact,
    Answer,
}

impl Record {
    pub fn table(&self) -> Table {
        match self {
            Record::Task(_) => Table::Task,
            Record::List(_) => Table::List,
            Record::Item(_) => Table::Item,
            Record::Note(_) => Table::Note,
            Record::Fact(_) => Table::Fact,
            Record::Answer(_) => Table::Answer,
        }
    }

    pub fn id(&self) -> i64 {
        match self {
            Record::Task(row) => row.id,
            Record::List(row) => row.id,
            Record::Item(row) => row.id,
            Record::Note(row) => row.id,
            Record::Fact(row) => row.id,
            Record::Answer(row) => row.id,
        }
    }
}

/// One step of what a skill did, or of taking it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Change {
    /// The row as it is to be, new or in place of the one of its id.
    Put(Record),
    /// The row is to be gone.
    Remove(Table, i64),
}

/// The last thing done in a conversation, and how to take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undo {
    pub id: i64,
    /// What was done, as in "starting the timer".
    pub what: String,
    pub inverse: Vec<Change>,
}

/// A question that waits for its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub skill: String,
    pub verb: String,
    pub slot: String,
    pub choices: Vec<String>,
    /// What is known so far.
    pub slots: Slots,
}

/// What was last done or shown, for "cancel it" and "no, at 8".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Referent {
    pub skill: String,
    pub verb: String,
    pub ids: Vec<i64>,
}

/// How the dialogue of one conversation stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Dialogue {
    pub asked: Option<Asked>,
    pub last: Option<Referent>,
}

/// All that skills can see and change in one turn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    pub tasks: Vec<Task>,
    pub lists: Vec<List>,
    pub items: Vec<Item>,
    pub notes: Vec<Note>,
    pub facts: Vec<Fact>,
    pub answers: Vec<Answer>,
    pub dialogue: Dialogue,
    /// The assistant's last message in this conversation.
    pub said: Option<String>,
    pub undo: Option<Undo>,
    /// Ids above this one are free.
    pub last_id: i64,
    pub changes: Vec<Change>,
    pub inverse: Vec<Change>,
    /// The undo that was used up in this turn.
    pub undone: Option<i64>,
    /// What was done in this turn, for undo to name.
    pub what: String,
}

fn put_row<T: Clone>(rows: &mut Vec<T>, row: T, id: impl Fn(&T) -> i64) -> Option<T> {
    match rows.iter_mut().find(|old| id(old) == id(&row)) {
        Some(old) => Some(std::mem::replace(old, row)),
        None => {
            rows.push(row);
            None
        }
    }
}

fn take_row<T>(rows: &mut Vec<T>, id: i64, of: impl Fn(&T) -> i64) -> Option<T> {
    let at = rows.iter().position(|row| of(row) == id)?;
    Some(rows.remove(at))
}

impl Memory {
    /// A free id.
    pub fn new_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Adds a row, or puts it in place of the one of its id.
    pub fn put(&mut self, record: Record) {
        let (table, id) = (record.table(), record.id());
        self.changes.push(Change::Put(record.clone()));
        let old = match record {
            Record::Task(row) => put_row(&mut self.tasks, row, |row| row.id).map(Record::Task),
            Record::List(row) => put_row(&mut self.lists, row, |row| row.id).map(Record::List),
            Record::Item(row) => put_row(&mut self.items, row, |row| row.id).map(Record::Item),
            Record::Note(row) => put_row(&mut self.notes, row, |row| row.id).map(Record::Note),
            Record::Fact(row) => put_row(&mut self.facts, row, |row| row.id).map(Record::Fact),
            Record::Answer(row) => put_row(&mut self.answers, row, |row| row.id).map(Record::Answer),
        };
        self.inverse.push(old.map_or(Change::Remove(table, id), Change::Put));
    }

    /// Removes a row.
    pub fn remove(&mut self, table: Table, id: i64) {
        let old = match table {
            Table::Task => take_row(&mut self.tasks, id, |row| row.id).map(Record::Task),
            Table::List => take_row(&mut self.lists, id, |row| row.id).map(Record::List),
            Table::Item => take_row(&mut self.items, id, |row| row.id).map(Record::Item),
            Table::Note => take_row(&mut self.notes, id, |row| row.id).map(Record::Note),
            Table::Fact => take_row(&mut self.facts, id, |row| row.id).map(Record::Fact),
            Table::Answer => take_row(&mut self.answers, id, |row| row.id).map(Record::Answer),
        };
        self.changes.push(Change::Remove(table, id));
        self.inverse.extend(old.map(Change::Put));
    }

    /// Does one step that was recorded before.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Put(record) => self.put(record),
            Change::Remove(table, id) => self.remove(table, id),
        }
    }

    /// The value of a fact.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_of_changes_backwards_is_what_was() {
        let mut memory = Memory::default();
        let note = |id, text: &str| Record::Note(Note { id, text: text.into(), created: 0 });
        memory.put(note(1, "one"));
        let before = memory.notes.clone();
        memory.inverse.clear();
        memory.put(note(1, "uno"));
        memory.put(note(2, "due"));
        memory.remove(Table::Note, 1);
        for change in std::mem::take(&mut memory.inverse).into_iter().rev() {
            memory.apply(change);
        }
        assert_eq!(memory.notes, before);
    }
}
