//! What is looked for among all messages: a small language, and what it means.
//!
//! `boiler "hot water" -service from:anna after:march sentiment:negative person:"Omar"`
//!
//! | written | finds |
//! | --- | --- |
//! | `boiler` `boil*` `"hot water"` | a word, words that begin so, words in this order; case and accents do not matter |
//! | `intent:weather` `act:question` `sentiment:negative` | what it was understood as; `reminder*` for all that begin so |
//! | `entity:person` `person:"Anna"` `person:="Anna"` | what it names: any of a kind, a name that holds this or is this |
//! | `from:anna` `from:me` `in:"Road trip"` `in:12` | who said it; the conversation, by words of its title or number |
//! | `id:7,9-12` | messages by their numbers |
//! | `before:2026-03` `after:yesterday` `on:"last week"` | when: until it begins, from its beginning on, during it |
//! | `hour:9-17` `weekday:sat,sun` | the time of day, the day of the week |
//! | `confidence:<0.6` `is:corrected` | how sure the intent is; `typed`, `dictated`, `imported`, `assistant`, `tagged` ... |
//! | `-word` `-intent:weather` | not this |
//! | `intent:timer,alarm` | one of these |

mod calendar;
mod needle;
mod parse;

use std::ops::{Range, RangeInclusive};

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

pub(crate) use calendar::Calendar;
pub(crate) use needle::{Needle, excerpt};
pub(crate) use parse::parse;

/// What is looked for: messages of which every term holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub(crate) terms: Vec<Term>,
    /// Where `hour:` and `weekday:` are those of the clock.
    pub(crate) zone: TimeZone,
}

/// A test, or its opposite.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    pub not: bool,
    pub test: Test,
}

/// What a message is tested for. Of several values one suffices.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    Text(Needle),
    /// Labels; a `*` at the end stands for any end.
    Intent(Vec<String>),
    Act(Vec<String>),
    Sentiment(Vec<String>),
    Kind(Vec<String>),
    Named {
        kind: String,
        names: Vec<Called>,
    },
    From(Vec<Speaker>),
    In(Vec<Place>),
    /// From one number to another, both with it.
    Id(Vec<RangeInclusive<i64>>),
    /// Milliseconds since the Unix epoch.
    Within(Range<i64>),
    /// Bounds on the probability of the intent.
    Confidence(Range<f64>),
    Is(Vec<State>),
    /// Hours of the day.
    Hour(Range<i8>),
    Weekday(Vec<Weekday>),
}

/// Whose messages.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Speaker {
    User,
    Assistant,
    Named(Called),
}

/// What someone or something is called.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Called {
    /// By a name that holds this: Anna is Anna Maria too.
    Holding(Needle),
    /// By no more and no less than this, whatever its case.
    Exactly(String),
}

impl Called {
    pub fn needle(&self) -> Option<Needle> {
        match self {
            Called::Holding(needle) => Some(needle.clone()),
            Called::Exactly(name) => Needle::new(name, false),
        }
    }
}

/// Which conversation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Place {
    Number(i64),
    Titled(Needle),
}

/// How a message came, or what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Typed,
    Dictated,
    Imported,
    Assistant,
    Tagged,
    Corrected,
}

impl Query {
    /// The query that finds everything.
    pub fn everything(zone: TimeZone) -> Query {
        Query { terms: Vec::new(), zone }
    }

    /// The same query, in one conversation only.
    pub fn within(mut self, conversation: i64) -> Query {
        self.terms.push(Term { not: false, test: Test::In(vec![Place::Number(conversation)]) });
        self
    }

    /// Whether it finds everything.
    pub fn is_everything(&self) -> bool {
        self.terms.is_empty()
    }

    /// What is looked for in the text itself, as one would say it.
    pub(crate) fn words(&self) -> String {
        let texts = self.terms.iter().filter(|term| !term.not).filter_map(|term| match &term.test {
            Test::Text(needle) => Some(needle.written()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    /// The numbers of the conversations that it names.
    pub(crate) fn places(&self) -> impl Iterator<Item = i64> {
        self.terms
            .iter()
            .flat_map(|term| match &term.test {
                Test::In(places) if !term.not => places.as_slice(),
                _ => &[],
            })
            .filter_map(|place| match place {
                Place::Number(id) => Some(*id),
                Place::Titled(_) => None,
            })
    }

    /// What stands out in the text of a message that was found.
    pub(crate) fn highlights(&self) -> Vec<Needle> {
        let shown = self.terms.iter().filter(|term| !term.not).flat_map(|term| match &term.test {
            Test::Text(needle) => vec![needle.clone()],
            Test::Named { names, .. } => names.iter().filter_map(Called::needle).collect(),
            _ => Vec::new(),
        });
        shown.collect()
    }
}

/// In which order messages are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Order {
    /// The latest first.
    #[default]
    Newest,
    /// Those first that the words fit best.
    Best,
    /// Those first that mean the same, whatever their words.
    Similar,
}

/// Where a page of results ends, for asking for the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Cursor {
    /// Time of the last message.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: i64,
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// How many results there were so far.
    pub skip: u32,
}

/// A stretch of a text that was found, and whether it is what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Excerpt {
    /// The stretch.
    pub text: String,
    /// Whether it stands out.
    pub hit: bool,
}

#[cfg(test)]
mod tests;
