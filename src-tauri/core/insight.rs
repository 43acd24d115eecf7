//! How a conversation or a period was, in numbers; plain data.

use serde::Serialize;

/// Numbers over all messages that a query finds, but for the assistant's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Insight {
    /// How many messages.
    #[cfg_attr(test, ts(type = "number"))]
    pub messages: u64,
    /// How many of them are tagged.
    #[cfg_attr(test, ts(type = "number"))]
    pub tagged: u64,
    /// Time of the first: UTC, milliseconds since the Unix epoch.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub first: Option<i64>,
    /// Time of the last.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub last: Option<i64>,
    /// How long the stretches of `moods` are.
    pub step: Step,
    /// How the messages felt, stretch after stretch, empty ones included.
    pub moods: Vec<Mood>,
    /// What was wanted, the most frequent first.
    pub intents: Vec<Count>,
    /// How it was said, the most frequent first.
    pub acts: Vec<Count>,
    /// Who spoke, the most frequent first.
    pub speakers: Vec<Count>,
    /// Who and what was named, the most frequent first.
    pub names: Vec<Name>,
    /// When messages were written; hours without one are left out.
    pub activity: Vec<Activity>,
}

/// The length of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Step {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
}

/// How many messages of a stretch of time felt how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Mood {
    /// Its first day, `2026-11-23`.
    pub from: String,
    /// The first day after it.
    pub until: String,
    /// How many felt negative.
    #[cfg_attr(test, ts(type = "number"))]
    pub negative: u64,
    /// How many felt neutral.
    #[cfg_attr(test, ts(type = "number"))]
    pub neutral: u64,
    /// How many felt positive.
    #[cfg_attr(test, ts(type = "number"))]
    pub positive: u64,
}

/// A label or a speaker, and how many messages have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Count {
    /// What it is called.
    pub name: String,
    /// How many.
    #[cfg_attr(test, ts(type = "number"))]
    pub count: u64,
}

/// Someone or something that was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Name {
    /// Its kind: `person`, `location` ...
    pub kind: String,
    /// As it was first written.
    pub name: String,
    /// In how many messages.
    #[cfg_attr(test, ts(type = "number"))]
    pub count: u64,
}

/// How many messages were written in an hour of a day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Activity {
    /// From Monday, 1, to Sunday, 7.
    pub weekday: i8,
    /// From 0 to 23.
    pub hour: i8,
    /// How many.
    #[cfg_attr(test, ts(type = "number"))]
    pub count: u64,
}
