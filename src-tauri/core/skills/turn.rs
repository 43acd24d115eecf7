//! What a skill gets to see, and what it gives back.

use std::rc::Rc;

use jiff::ZonedDateTime;
use serde_json::Value;

use super::Scene;
use super::chance::Chance;
use super::possible;
use super::reading::{Read, Reading};
use crate::memory::{Asked, Memory, Referent, Slots};
use crate::{Action, Analysis, Entity};

/// One request to answer, of a message that may hold several.
pub(super) struct Turn<'a> {
    /// The request as received.
    pub text: &'a str,
    /// The request made ready for grammar.
    pub reading: Rc<Reading>,
    /// What the model understood of it.
    pub analysis: &'a Analysis,
    /// The user's present moment and time zone.
    pub now: &'a ZonedDateTime,
    /// What is kept for the user.
    pub memory: &'a mut Memory,
    /// Where it was said.
    pub conversation: i64,
    /// Randomness.
    pub chance: &'a mut Chance,
    /// Reads dates, times and durations.
    pub read: &'a Read<'a>,
    /// What was said before, and what can be written.
    pub scene: &'a Scene<'a>,
    /// Whether the skill was chosen beyond doubt, so that it may act at once.
    pub sure: bool,
}

impl Turn<'_> {
    /// The same turn for other words.
    pub fn saying<'b>(&'b mut self, text: &'b str) -> Turn<'b> {
        Turn {
            text,
            reading: Rc::new(Reading::new(text, self.read)),
            analysis: self.analysis,
            now: self.now,
            memory: &mut *self.memory,
            conversation: self.conversation,
            chance: &mut *self.chance,
            read: self.read,
            scene: self.scene,
            sure: self.sure,
        }
    }

    /// The present moment, in milliseconds since the Unix epoch.
    pub fn now_ms(&self) -> i64 {
        self.now.timestamp().as_millisecond()
    }

    /// A point in time, in the user's zone.
    pub fn at(&self, ms: i64) -> ZonedDateTime {
        jiff::Timestamp::from_millisecond(ms)
            .map_or_else(|_| self.now.clone(), |at| at.to_zoned_datetime(self.now.time_zone().clone()))
    }

    /// The entities of `kind` in `text`.
    pub fn entities(&self, text: &str, kinds: &[&str]) -> Vec<Entity> {
        let mut found = (self.read)(text);
        found.retain(|entity| kinds.contains(&entity.entity.as_str()));
        found
    }

    /// The verb of a skill that the model takes the request to be for, however sure it is.
    pub fn requested(&self, skill: &str) -> Option<String> {
        let requested = possible::requested(self);
        let first = requested.ranking.first()?;
        first.name.strip_prefix(skill)?.strip_prefix('.').map(str::to_owned)
    }

    /// One of several ways to say the same.
    pub fn vary(&mut self, ways: &[&str]) -> String {
        let at = self.chance.below(ways.len() as u64) as usize;
        ways.get(at).copied().unwrap_or_default().to_owned()
    }
}

/// What a skill says and did.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub text: String,
    pub actions: Vec<Action>,
    pub asked: Option<Asked>,
    pub refused: Option<&'static str>,
    pub last: Option<Referent>,
}

impl Reply {
    /// An answer that did nothing.
    pub fn say(text: impl Into<String>) -> Reply {
        Reply { text: text.into(), ..Reply::default() }
    }

    /// A question that waits for `slot`.
    pub fn ask(skill: &str, verb: &str, slot: &str, text: impl Into<String>) -> Reply {
        let asked = Asked {
            skill: skill.to_owned(),
            verb: verb.to_owned(),
            slot: slot.to_owned(),
            choices: Vec::new(),
            slots: Slots::new(),
        };
        Reply { text: text.into(), asked: Some(asked), ..Reply::default() }
    }

    /// Several answers of a skill as one, after which "it" is all that they speak of.
    pub fn together(replies: Vec<Reply>) -> Reply {
        let mut whole = Reply::default();
        let texts: Vec<String> = replies.iter().map(|reply| reply.text.clone()).collect();
        for reply in replies {
            whole.actions.extend(reply.actions);
            match (&mut whole.last, reply.last) {
                (Some(last), Some(other)) => last.ids.extend(other.ids),
                (last, other) => *last = last.take().or(other),
            }
        }
        Reply { text: texts.join("\n"), ..whole }
    }

    /// Whether something was done, or would be once a question is answered.
    pub fn does(&self) -> bool {
        !self.actions.is_empty() || self.asked.is_some()
    }

    /// The answers to choose from.
    pub fn among(mut self, choices: Vec<String>) -> Reply {
        if let Some(asked) = &mut self.asked {
            asked.choices = choices;
        }
        self
    }

    /// What the question's answer will be joined with.
    pub fn knowing(mut self, name: &str, value: impl Into<Value>) -> Reply {
        if let Some(asked) = &mut self.asked {
            asked.slots.insert(name.to_owned(), value.into());
        }
        self
    }

    /// Adds that something was done.
    pub fn did(mut self, skill: &str, verb: &str) -> Reply {
        self.actions.push(Action { skill: skill.to_owned(), verb: verb.to_owned(), slots: Slots::new() });
        self
    }

    /// Adds with what the latest thing was done.
    pub fn with(mut self, slot: &str, value: impl Into<Value>) -> Reply {
        if let Some(action) = self.actions.last_mut() {
            action.slots.insert(slot.to_owned(), value.into());
        }
        self
    }

    /// Adds that it was done to all that there are.
    pub fn of_all(mut self, all: bool) -> Reply {
        if all {
            for action in &mut self.actions {
                action.slots.insert("all".to_owned(), true.into());
            }
        }
        self
    }

    /// Adds with what it was done, unless that is empty.
    pub fn with_some(self, slot: &str, value: &str) -> Reply {
        if value.is_empty() { self } else { self.with(slot, value) }
    }

    /// What "it" and "the second one" are from now on.
    pub fn about(mut self, skill: &str, verb: &str, ids: Vec<i64>) -> Reply {
        self.last = Some(Referent { skill: skill.to_owned(), verb: verb.to_owned(), ids });
        self
    }
}

/// A value of an open question, as text.
pub(super) fn slot<'a>(slots: &'a Slots, name: &str) -> &'a str {
    slots.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A value of an open question, as a number.
pub(super) fn number(slots: &Slots, name: &str) -> Option<i64> {
    slots.get(name).and_then(Value::as_i64)
}

/// A value of an open question, as ids.
pub(super) fn ids(slots: &Slots) -> Vec<i64> {
    slots
        .get("ids")
        .and_then(Value::as_array)
        .map_or_else(Vec::new, |ids| ids.iter().filter_map(Value::as_i64).collect())
}
