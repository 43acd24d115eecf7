//! What a reader finds in a log, and the summary of it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{DayOrder, Format, Options, SYSTEM};
use crate::{Analysis, Result, Source};

/// One piece of a log, in the order of the log.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// What kind of log it is and how its letters are encoded.
    Begin {
        /// The format.
        format: Format,
        /// The encoding, for example `UTF-8`.
        encoding: &'static str,
    },
    /// How dates like 3/4/2025 are read in what follows.
    Order {
        /// The order at work.
        order: DayOrder,
        /// Whether the log or the user decided it; otherwise it is a guess that
        /// has to be asked about.
        certain: bool,
    },
    /// A conversation: what follows belongs to it.
    Conversation {
        /// Its title; may be empty.
        title: String,
        /// What tells it from others.
        identity: Identity,
    },
    /// A message.
    Utterance(Utterance),
    /// Something that could not be read, or was read in a way worth saying.
    Warning(Warning),
}

/// What makes a conversation the same one when its log is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// The platform's own number of it.
    Id(String),
    /// The two messages that it begins with: a later, longer export of the same
    /// chat begins alike, whatever its file is called.
    Beginning,
    /// Its name in a log that goes to and fro between conversations, together
    /// with the two messages that it begins with.
    Named(String),
    /// The bytes of the file, and its name in it: for logs without dates. Their times count from
    /// [`Options::start`], so the key of a message is its distance from there.
    File([u8; 32]),
}

/// A message as a log has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Utterance {
    /// Who said it; [`SYSTEM`] for lines that a program wrote.
    pub speaker: String,
    /// When: UTC, milliseconds since the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: i64,
    /// The text exactly as it was sent.
    pub text: String,
    /// [`Source::Imported`], except in Sotto's own logs.
    pub source: Source,
    /// In Sotto's own logs, what was understood of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub analysis: Option<Box<Analysis>>,
}

/// Something in a log that the user should know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Warning {
    /// The file inside an archive.
    pub entry: Option<String>,
    /// The line of the file, counted from 1.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub line: Option<u64>,
    /// What it is about.
    pub what: String,
}

/// "line 7 of chat.txt: what".
impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.entry, self.line) {
            (Some(entry), Some(line)) => write!(f, "line {line} of {entry}: {}", self.what),
            (Some(entry), None) => write!(f, "{entry}: {}", self.what),
            (None, Some(line)) => write!(f, "line {line}: {}", self.what),
            (None, None) => f.write_str(&self.what),
        }
    }
}

/// What there is to say of a log before, or after, it is stored.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Log {
    /// The format; `None` if nothing was found.
    pub format: Option<Format>,
    /// The encoding of its letters.
    pub encoding: &'static str,
    /// How dates like 3/4/2025 were read, if there were any.
    pub order: Option<DayOrder>,
    /// Whether that is a guess: the log can be read either way.
    pub order_undecided: bool,
    /// How many messages each conversation has, by its title.
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub conversations: BTreeMap<String, u64>,
    /// How many messages each speaker has.
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub participants: BTreeMap<String, u64>,
    /// How many messages there are.
    #[cfg_attr(test, ts(type = "number"))]
    pub messages: u64,
    /// Time of the earliest message: UTC, milliseconds.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub first: Option<i64>,
    /// Time of the latest message: UTC, milliseconds.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub last: Option<i64>,
    /// The first messages, at most [`Log::BEGINNING`].
    pub beginning: Vec<Utterance>,
    /// The first warnings, at most [`Log::WARNINGS`].
    pub warnings: Vec<Warning>,
    /// How many warnings there are.
    #[cfg_attr(test, ts(type = "number"))]
    pub warning_count: u64,
    #[serde(skip)]
    current: String,
}

impl Log {
    /// How many messages are kept to be shown.
    pub const BEGINNING: usize = 10;

    /// How many warnings are kept to be shown.
    pub const WARNINGS: usize = 1000;

    /// Adds a piece to the summary.
    pub fn note(&mut self, found: &Found) {
        match found {
            Found::Begin { format, encoding } => {
                if self.format.is_none() {
                    (self.format, self.encoding) = (Some(*format), *encoding);
                }
            }
            Found::Order { order, certain } => {
                self.order = Some(*order);
                self.order_undecided |= !certain;
            }
            Found::Conversation { title, .. } => {
                self.conversations.entry(title.clone()).or_default();
                self.current.clone_from(title);
            }
            Found::Utterance(said) => {
                *self.conversations.entry(self.current.clone()).or_default() += 1;
                match self.participants.get_mut(&said.speaker) {
                    Some(count) => *count += 1,
                    None => {
                        self.participants.insert(said.speaker.clone(), 1);
                    }
                }
                self.messages += 1;
                self.first = Some(self.first.map_or(said.time, |first| first.min(said.time)));
                self.last = Some(self.last.map_or(said.time, |last| last.max(said.time)));
                if self.beginning.len() < Log::BEGINNING {
                    self.beginning.push(said.clone());
                }
            }
            Found::Warning(warning) => {
                self.warning_count += 1;
                if self.warnings.len() < Log::WARNINGS {
                    self.warnings.push(warning.clone());
                }
            }
        }
    }
}

/// Where a reader puts what it finds.
pub(super) struct Record<'a> {
    pub(super) options: &'a Options,
    /// The file inside an archive that is being read.
    pub(super) entry: Option<String>,
    each: &'a mut dyn FnMut(Found) -> Result<()>,
    notes: BTreeMap<&'static str, u64>,
}

impl<'a> Record<'a> {
    pub(super) fn new(options: &'a Options, each: &'a mut dyn FnMut(Found) -> Result<()>) -> Record<'a> {
        Record { options, entry: None, each, notes: BTreeMap::new() }
    }

    pub(super) fn begin(&mut self, format: Format, encoding: &'static str) -> Result<()> {
        (self.each)(Found::Begin { format, encoding })
    }

    pub(super) fn order(&mut self, order: DayOrder, certain: bool) -> Result<()> {
        (self.each)(Found::Order { order, certain })
    }

    pub(super) fn conversation(&mut self, title: impl Into<String>, identity: Identity) -> Result<()> {
        (self.each)(Found::Conversation { title: title.into(), identity })
    }

    pub(super) fn say(
        &mut self,
        speaker: impl Into<String>,
        time: i64,
        text: impl Into<String>,
    ) -> Result<()> {
        self.utterance(Utterance {
            speaker: speaker.into(),
            time,
            text: text.into(),
            source: Source::Imported,
            analysis: None,
        })
    }

    /// A line that a program wrote.
    pub(super) fn system(&mut self, time: i64, text: impl Into<String>) -> Result<()> {
        self.say(SYSTEM, time, text)
    }

    pub(super) fn utterance(&mut self, said: Utterance) -> Result<()> {
        (self.each)(Found::Utterance(said))
    }

    pub(super) fn warn(&mut self, line: impl Into<Option<u64>>, what: impl Into<String>) -> Result<()> {
        let warning = Warning { entry: self.entry.clone(), line: line.into(), what: what.into() };
        (self.each)(Found::Warning(warning))
    }

    /// Counts something that is worth one line at the end, however often it
    /// happened; `what` follows the count.
    pub(super) fn count(&mut self, what: &'static str) {
        *self.notes.entry(what).or_default() += 1;
    }

    /// Says what was counted.
    pub(super) fn finish(mut self) -> Result<()> {
        self.entry = None;
        for (what, count) in std::mem::take(&mut self.notes) {
            self.warn(None, format!("{count} {what}"))?;
        }
        Ok(())
    }
}
