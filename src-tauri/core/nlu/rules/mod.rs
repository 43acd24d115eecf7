//! What has exact syntax is found by rules, one file a kind, and resolved to a value.
//!
//! | kind | text | value |
//! | --- | --- | --- |
//! | `email` | Anna@Example.org | Anna@example.org |
//! | `url` | www.example.org | https://www.example.org |
//! | `phone` | +44 (0)20 7946 0958 | +442079460958 |
//! | `number` | twenty-five | 25 |
//! | `money` | $12.50 | 12.50 USD |
//! | `percentage` | 15 percent | 15% |
//! | `duration` | an hour and a half | PT1H30M |
//! | `date` | next Friday | 2026-12-04 |
//! | `time` | at 5pm | 2026-11-23T17:00:00+01:00: when that time comes next |
//! | `datetime` | tomorrow at 9 | 2026-11-24T09:00:00+01:00 |

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::ZonedDateTime;

mod address;
mod duration;
mod money;
mod number;
mod percentage;
mod phone;
mod when;
mod words;

use words::Words;

/// What a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Email,
    Url,
    Phone,
    Number,
    Money,
    Percentage,
    Duration,
    Date,
    Time,
    Datetime,
}

impl Kind {
    /// The kind as it stands in an analysis.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Email => "email",
            Kind::Url => "url",
            Kind::Phone => "phone",
            Kind::Number => "number",
            Kind::Money => "money",
            Kind::Percentage => "percentage",
            Kind::Duration => "duration",
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::Datetime => "datetime",
        }
    }
}

/// A stretch that follows a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Stretch of the text in bytes, on character boundaries.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// What it stands for.
    pub value: String,
}

/// Everything in `text` that follows a rule, in order and without overlap; of two that overlap the longer.
pub(super) fn find(text: &str, now: &ZonedDateTime) -> Vec<Found> {
    let mut found = Vec::new();
    address::find(text, &mut found);
    phone::find(text, &mut found);
    spoken(text, now, &mut found);
    // The sort is stable: of two as long as each other, the kind that was looked for first.
    found.sort_by_key(|found| std::cmp::Reverse(found.bytes.len()));
    let mut kept: BTreeMap<usize, Found> = BTreeMap::new();
    for found in found {
        let before = kept.range(..found.bytes.end).next_back();
        if before.is_none_or(|(_, before)| before.bytes.end <= found.bytes.start) {
            kept.insert(found.bytes.start, found);
        }
    }
    kept.into_values().collect()
}

/// What is found word by word: from the left, at every word the longest.
fn spoken(text: &str, now: &ZonedDateTime, found: &mut Vec<Found>) {
    let words = Words::new(text);
    let mut at = 0;
    while at < words.len() {
        let candidates = [
            when::entity(&words, at, now),
            duration::entity(&words, at).map(|(value, next)| (Kind::Duration, value, next)),
            money::entity(&words, at).map(|(value, next)| (Kind::Money, value, next)),
            percentage::entity(&words, at).map(|(value, next)| (Kind::Percentage, value, next)),
            number::entity(&words, at).map(|(value, next)| (Kind::Number, value, next)),
        ];
        let longest = candidates
            .into_iter()
            .flatten()
            .reduce(|best, other| if other.2 > best.2 { other } else { best });
        match longest {
            Some((kind, value, next)) if next > at => {
                found.push(Found { bytes: words.bytes(at, next), kind, value });
                at = next;
            }
            _ => at += 1,
        }
    }
}
