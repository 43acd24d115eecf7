//! Times moved by whole days, so that no one can tell when a conversation was
//! held, while the distances between messages and the hours of the day stay.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use regex::{Captures, Regex};

use crate::Message;

const DAY: i64 = 86_400_000;

/// The message `days` later, or earlier if there are fewer than none, with the
/// dates that its entities stand for. Words like "24 December" stay as they are.
pub(super) fn shifted(mut message: Message, days: i64) -> Message {
    message.time = message.time.saturating_add(days.saturating_mul(DAY));
    for entity in message.analysis.iter_mut().flat_map(|analysis| &mut analysis.entities) {
        if entity.value != entity.text && matches!(entity.entity.as_str(), "date" | "time" | "datetime") {
            entity.value = moved(&entity.value, days);
        }
    }
    for mark in message.correction.iter_mut().flat_map(|correction| &mut correction.entities) {
        if mark.value != mark.text && matches!(mark.entity.as_deref(), Some("date" | "time" | "datetime")) {
            mark.value = moved(&mark.value, days);
        }
    }
    message.edited = message.edited.map(|edited| edited.saturating_add(days.saturating_mul(DAY)));
    message
}

/// Whether a stretch of text names a day that does not depend on when it was said.
pub(super) fn is_absolute(text: &str) -> bool {
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\d{4}|\d{1,2}[./\-]\d{1,2}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|christmas|easter|halloween|new year",
        )
        .ok()
    });
    DAY.as_ref().is_none_or(|day| day.is_match(text))
}

/// Every `2026-11-24` in it, moved.
fn moved(value: &str, days: i64) -> String {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b\d{4}-\d{2}-\d{2}").ok());
    let Some(date) = DATE.as_ref() else { return value.to_owned() };
    let span: Option<Span> = Span::new().try_days(days).ok();
    date.replace_all(value, |found: &Captures<'_>| {
        let date = found[0].parse::<Date>().ok();
        let later = date.and_then(|date| date.checked_add(span.unwrap_or(0.days())).ok());
        later.map_or_else(|| found[0].to_owned(), |later| later.to_string())
    })
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_move_and_clocks_stay() {
        assert_eq!(moved("2026-11-24T09:00:00+01:00", -30), "2026-10-25T09:00:00+01:00");
        assert_eq!(moved("2026-12-31/2027-01-01", 1), "2027-01-01/2027-01-02");
        assert_eq!(moved("PT5M", 1), "PT5M");
    }

    #[test]
    fn days_that_have_a_name_of_their_own() {
        for text in ["24 December", "24.12.", "in 2027", "12/24", "christmas eve"] {
            assert!(is_absolute(text), "{text}");
        }
        for text in ["tomorrow at 9", "next week", "in 3 days", "monday"] {
            assert!(!is_absolute(text), "{text}");
        }
    }
}
