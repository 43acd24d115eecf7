//! What has exact syntax is found by rules, one file a kind, and resolved to a value.
//!
//! | kind | text | value |
//! | --- | --- | --- |
//! | `email` | `Anna@Example.org` | `Anna@example.org` |
//! | `url` | `www.example.org` | `https://www.example.org` |
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

/// What place in an order the whole of a text names.
pub(super) fn ordinal(text: &str) -> Option<i64> {
    let words = Words::new(text);
    number::ordinal(&words, 0).filter(|(_, end)| *end == words.len()).map(|(place, _)| place)
}

/// The text with its numbers in digits: `twenty-five plus 3` becomes `25 plus 3`.
pub(super) fn in_digits(text: &str) -> String {
    let words = Words::new(text);
    let (mut digits, mut copied, mut at) = (String::new(), 0, 0);
    while at < words.len() {
        let Some((number, next)) = number::number(&words, at).filter(|(_, next)| *next > at) else {
            at += 1;
            continue;
        };
        let place = words.bytes(at, next);
        // "7 and a half" is one number, too.
        if words.digits(at).is_none() || text.get(place.clone()).is_some_and(|said| said.contains(' ')) {
            digits.push_str(text.get(copied..place.start).unwrap_or_default());
            digits.push_str(&number.to_string());
            copied = place.end;
        }
        at = next;
    }
    digits.push_str(text.get(copied..).unwrap_or_default());
    digits
}

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
    /// Every kind.
    pub const ALL: [Kind; 10] = [
        Kind::Email,
        Kind::Url,
        Kind::Phone,
        Kind::Number,
        Kind::Money,
        Kind::Percentage,
        Kind::Duration,
        Kind::Date,
        Kind::Time,
        Kind::Datetime,
    ];

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    fn now() -> ZonedDateTime {
        "2026-11-23T10:00[Europe/Berlin]".parse().unwrap()
    }

    #[test]
    fn every_kind_in_one_text() {
        let text = "mail anna@example.org or call +49 170 1234567 by Friday at 5pm about the $20 for 3 cats, 15% of it in 2 \
                    hours; see www.example.org for 10 minutes on 3 May";
        let found: Vec<(&str, &str, String)> =
            find(text, &now()).into_iter().map(|f| (&text[f.bytes], f.kind.as_str(), f.value)).collect();
        let expected = [
            ("anna@example.org", "email", "anna@example.org"),
            ("+49 170 1234567", "phone", "+491701234567"),
            ("Friday at 5pm", "datetime", "2026-11-27T17:00:00+01:00"),
            ("$20", "money", "20 USD"),
            ("3", "number", "3"),
            ("15%", "percentage", "15%"),
            ("in 2 hours", "datetime", "2026-11-23T12:00:00+01:00"),
            ("www.example.org", "url", "https://www.example.org"),
            ("10 minutes", "duration", "PT10M"),
            ("on 3 May", "date", "2027-05-03"),
        ];
        assert_eq!(found, expected.map(|(text, kind, value)| (text, kind, value.to_owned())));
    }

    #[test]
    fn the_longer_of_two_that_overlap() {
        let kinds = |text: &str| find(text, &now()).into_iter().map(|f| f.kind.as_str()).collect::<Vec<_>>();
        assert_eq!(kinds("https://example.org/2026-11-24/at/5pm"), ["url"]);
        assert_eq!(kinds("030 1234 5678"), ["phone"]);
        assert_eq!(kinds("2026-11-24"), ["date"]);
        assert_eq!(kinds("5 dollars"), ["money"]);
    }

    #[test]
    fn long_texts_take_linear_time() {
        for piece in [
            "x",
            "😀",
            "e\u{301}",
            "\0",
            "7",
            "7 ",
            "1,000,",
            "1.",
            "+",
            "(",
            "(0)",
            "@",
            "a@",
            "a@b.de,",
            "www.",
            "a.com/)",
            ")",
            "http://",
            "one ",
            "hundred ",
            "a hundred and ",
            "twenty-",
            "on ",
            "at ",
            "on the ",
            "3rd of ",
            "may ",
            "next ",
            "friday, ",
            "tomorrow at ",
            "half ",
            "in ",
            "in a ",
            "1h30m",
            "5 hours and ",
            "$",
            "5 $",
            "-",
            "- 5",
            "12:",
            "2026-",
            "call 5 ",
            "quarter past ",
        ] {
            let text = piece.repeat(10_000 / piece.len());
            let started = Instant::now();
            find(&text, &now());
            // It takes a tenth of a second, unoptimised; the square of the length would take hours.
            assert!(started.elapsed() < Duration::from_secs(20), "{piece:?}: {:?}", started.elapsed());
        }
    }

    proptest! {
        #[test]
        fn stretches_are_ordered_and_on_character_boundaries(text in any::<String>()) {
            well_formed(&text);
        }

        #[test]
        fn so_are_those_of_text_that_looks_right(parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..30)) {
            well_formed(&parts.concat());
        }
    }

    const PARTS: [&str; 57] = [
        " ",
        " ",
        " ",
        "at",
        "on",
        "in",
        "the",
        "next",
        "last",
        "this",
        "friday",
        "fri",
        "may",
        "march",
        "3",
        "30",
        "2026",
        "99999999999",
        ":",
        ".",
        "/",
        "-",
        ",",
        "pm",
        "a.m.",
        "o'clock",
        "half",
        "past",
        "quarter",
        "to",
        "six",
        "twenty",
        "hundred",
        "million",
        "and",
        "a",
        "hours",
        "weeks",
        "month",
        "ago",
        "from",
        "tomorrow",
        "tonight",
        "morning",
        "noon",
        "$",
        "€",
        "%",
        "dollars",
        "cents",
        "3rd",
        "th",
        "@",
        "+",
        "(0)",
        "é",
        "\u{301}",
    ];

    fn well_formed(text: &str) {
        let mut at = 0;
        for found in find(text, &now()) {
            assert!(found.bytes.start >= at && found.bytes.end > found.bytes.start, "{found:?} in {text:?}");
            assert!(text.get(found.bytes.clone()).is_some(), "{found:?} in {text:?}");
            assert!(!found.value.is_empty());
            at = found.bytes.end;
        }
    }
}
