//! What Sotto can do, one file a skill.
//!
//! A message is understood in this order: as the answer to an open question of
//! the dialogue; by what it refers back to ("no, at 8"); by exact grammar; by the
//! intent that the model sees; and else with a question or an honest no.
//!
//! To add a skill: write its file, and add it to [`ALL`].

mod alarm;
mod answer;
mod beside;
mod calculator;
mod chance;
mod clauses;
mod date;
mod dialogue;
mod digest;
mod every;
mod export;
mod filled;
mod goodbye;
mod grammar;
mod greeting;
mod help;
mod history;
mod lesson;
mod list;
mod loosely;
mod name;
mod negation;
mod note;
mod offline;
mod planned;
mod possible;
mod reading;
mod recurrence;
mod reminder;
mod repeat;
mod runs;
mod schedule;
mod slips;
mod small_talk;
mod snooze;
mod spelling;
mod stretch;
mod sums;
mod tasks;
mod thanks;
mod time;
mod timer;
mod topic;
mod turn;
mod undo;
mod wording;

pub(crate) use dialogue::{Part, Scene, Told, answer, parts};
pub(crate) use export::{Wish, Written};
pub(crate) use stretch::spoken;
pub(crate) use tasks::{fire, rewound};

use filled::Marks;
use grammar::Grammar;
use reading::Reading;
use turn::{Reply, Turn};

use crate::memory::Asked;

/// Code that serves a family of requests.
trait Skill: Sync {
    /// Its name in actions.
    fn name(&self) -> &'static str;

    /// The intents that it serves, by the names of the model pack.
    fn intents(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it serves an intent.
    fn serves(&self, intent: &str) -> bool {
        self.intents().contains(&intent)
    }

    /// What it would do for an intent, as in "did you mean: set a timer?". Empty
    /// where it only answers, and so need not ask before it does.
    fn offer(&self, _intent: &str) -> &'static str {
        ""
    }

    /// Whether it tells only what it is asked for: what sounds like a statement is
    /// not answered with the time, a coin or a digest.
    fn reports(&self) -> bool {
        false
    }

    /// Requests of exact syntax, which are for this skill whatever the model
    /// says.
    fn grammar(&self) -> Option<&'static Grammar> {
        None
    }

    /// Requests that make sense right after this skill did something.
    fn follow(&self) -> Option<&'static Grammar> {
        None
    }

    /// Whether the grammar fits, without doing anything.
    fn claims(&self, reading: &Reading) -> bool {
        self.grammar().is_some_and(|grammar| grammar.claims(reading))
    }

    /// Answers a request of exact syntax.
    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        self.grammar()?.answer(turn)
    }

    /// Answers a request that the model takes to be for this skill.
    fn meant(&self, _turn: &mut Turn<'_>) -> Option<Reply> {
        None
    }

    /// What it would do for a verb, as in "do you want me to set a timer?". Empty where that only answers, and so need
    /// not be asked before it is done.
    fn proposes(&self, _verb: &str) -> &'static str {
        ""
    }

    /// Does a request whose verb the model knows, in whatever words: `start` of a timer, with what can be found in
    /// it. Asks for what is missing.
    fn wanted(&self, _turn: &mut Turn<'_>, _verb: &str) -> Option<Reply> {
        None
    }

    /// Does a request whose verb the model knows with the words that it marks; nothing if they do not suffice.
    fn filled(&self, _turn: &mut Turn<'_>, _verb: &str, _marks: &Marks<'_>) -> Option<Reply> {
        None
    }

    /// Takes the answer to a question that this skill asked, or leaves it.
    fn resume(&self, _turn: &mut Turn<'_>, _asked: &Asked) -> Option<Reply> {
        None
    }
}

/// Every skill, in the order in which their grammars are tried.
const ALL: &[&dyn Skill] = &[
    &negation::Negation,
    &answer::Answer,
    &undo::Undo,
    &repeat::Repeat,
    &timer::Timer,
    &alarm::Alarm,
    &reminder::Reminder,
    &list::List,
    &export::Export,
    &history::History,
    &digest::Digest,
    &note::Note,
    &name::Name,
    &chance::Luck,
    &spelling::Spelling,
    &time::Time,
    &calculator::Calculator,
    &date::Date,
    &greeting::Greeting,
    &thanks::Thanks,
    &goodbye::Goodbye,
    &help::Help,
    &small_talk::SmallTalk,
    &note::Recall,
    &offline::Offline,
];

fn by_name(name: &str) -> Option<&'static dyn Skill> {
    ALL.iter().find(|skill| skill.name() == name).copied()
}

fn serving(intent: &str) -> Option<&'static dyn Skill> {
    ALL.iter().find(|skill| skill.serves(intent)).copied()
}

#[cfg(test)]
mod tests;
