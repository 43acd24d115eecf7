//! Days, months and years, as a query names them.

use std::ops::Range;

use jiff::civil::{Date, DateTime};
use jiff::{ToSpan, ZonedDateTime};

/// Nobody says a date with more letters than this.
const LONGEST: usize = 60;

/// Reads dates on the user's clock.
pub(crate) struct Calendar<'a> {
    pub now: &'a ZonedDateTime,
    /// The stretch that a phrase like "last week" names, in milliseconds since the Unix epoch.
    pub spoken: &'a dyn Fn(&str) -> Option<Range<i64>>,
}

impl Calendar<'_> {
    /// The stretch of time that `text` names: `2026`, `2026-03`, `2026-03-01`, `2026-03-01T18:30`,
    /// `yesterday`, `last-week`, `1 May`. In milliseconds since the Unix epoch.
    pub fn stretch(&self, text: &str) -> Option<Range<i64>> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        self.written(text).or_else(|| (self.spoken)(text)).or_else(|| {
            let spaced = text.replace(['-', '_'], " ");
            (spaced != text).then(|| (self.spoken)(&spaced))?
        })
    }

    fn written(&self, text: &str) -> Option<Range<i64>> {
        let numbers: Vec<&str> = text.split('-').collect();
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|c| c.is_ascii_digit());
        match numbers[..] {
            [year] if digits(year, 4) => {
                let first = Date::new(year.parse().ok()?, 1, 1).ok()?;
                self.days(first..first.checked_add(1.year()).ok()?)
            }
            [year, month] if digits(year, 4) && (digits(month, 2) || digits(month, 1)) => {
                let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
                self.days(first..first.checked_add(1.month()).ok()?)
            }
            [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
                let day: Date = text.parse().ok()?;
                self.days(day..day.tomorrow().ok()?)
            }
            [year, ..] if digits(year, 4) && text.contains(['T', ' ']) => {
                let moment: DateTime = text.parse().ok()?;
                let start = moment.to_zoned_datetime(self.now.time_zone().clone()).ok()?.timestamp();
                Some(start.as_millisecond()..start.as_millisecond().checked_add(60_000)?)
            }
            _ => None,
        }
    }

    fn days(&self, days: Range<Date>) -> Option<Range<i64>> {
        let begin = |day: Date| {
            let midnight = day.to_zoned_datetime(self.now.time_zone().clone()).ok()?;
            Some(midnight.timestamp().as_millisecond())
        };
        Some(begin(days.start)?..begin(days.end)?)
    }
}
