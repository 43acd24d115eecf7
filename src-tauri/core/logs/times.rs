//! Written times: which of 3/4/2025 is the day, and what moment that was.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

/// Which of the first two numbers of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum DayOrder {
    /// 24/12/2025
    DayFirst,
    /// 12/24/2025
    MonthFirst,
}

/// The three numbers of a date, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) numbers: [u16; 3],
    /// Written as 2025-12-24.
    pub(super) year_first: bool,
    /// Written with dots, which nobody does who puts the month first.
    pub(super) dots: bool,
}

impl Date {
    /// Year, month, day.
    pub(super) fn read(self, order: DayOrder) -> Option<civil::Date> {
        let [a, b, c] = self.numbers;
        let (year, month, day) = match order {
            _ if self.year_first => (a, b, c),
            DayOrder::DayFirst => (c, b, a),
            DayOrder::MonthFirst => (c, a, b),
        };
        let year = match year {
            0..100 => year + 2000,
            // The Buddhist calendar of Thai phones.
            2400..2700 => year - 543,
            _ => year,
        };
        // Chats are younger than the epoch; what is older is not a date.
        (1970..=9999).contains(&year).then_some(())?;
        let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
        civil::Date::new(year, month, day).ok()
    }
}

/// The moment at which a clock in `timezone` showed `local`. Of a time that the
/// clock showed twice the first is taken; one that it skipped is moved on.
pub(super) fn moment(local: DateTime, timezone: &TimeZone) -> Option<i64> {
    let moment = timezone.to_ambiguous_timestamp(local).compatible().ok()?;
    Some(moment.as_millisecond())
}

/// What the dates of a whole log say of their order.
#[derive(Default)]
pub(super) struct Evidence {
    day_first: u64,
    month_first: u64,
    either_way: u64,
    dots: bool,
    backwards: [u64; 2],
    before: [Option<civil::Date>; 2],
}

impl Evidence {
    const ORDERS: [DayOrder; 2] = [DayOrder::DayFirst, DayOrder::MonthFirst];

    /// Takes the next date of the log into account.
    pub(super) fn see(&mut self, date: Date) {
        if date.year_first {
            return;
        }
        self.dots |= date.dots;
        match Evidence::ORDERS.map(|order| date.read(order)) {
            [Some(_), None] => self.day_first += 1,
            [None, Some(_)] => self.month_first += 1,
            [Some(day_first), Some(month_first)] => {
                self.either_way += u64::from(day_first != month_first);
                for (index, now) in [day_first, month_first].into_iter().enumerate() {
                    self.backwards[index] += u64::from(self.before[index].is_some_and(|before| now < before));
                    self.before[index] = Some(now);
                }
            }
            [None, None] => {}
        }
    }

    /// The order, and whether it is certain.
    pub(super) fn decide(&self, chosen: Option<DayOrder>) -> Option<(DayOrder, bool)> {
        if self.day_first + self.month_first + self.either_way == 0 {
            return None;
        }
        if let Some(order) = chosen {
            return Some((order, true));
        }
        let by = |left: u64, right: u64| match left.cmp(&right) {
            std::cmp::Ordering::Greater => Some(DayOrder::DayFirst),
            std::cmp::Ordering::Less => Some(DayOrder::MonthFirst),
            std::cmp::Ordering::Equal => None,
        };
        let decided = by(self.day_first, self.month_first)
            .or(self.dots.then_some(DayOrder::DayFirst))
            // A log runs forwards: the order in which it does is the right one.
            .or(by(self.backwards[1], self.backwards[0]));
        Some((decided.unwrap_or(DayOrder::DayFirst), decided.is_some()))
    }
}

/// Reads a time in any of the usual written forms: RFC 3339, ISO 8601 without an
/// offset, seconds or milliseconds since the epoch, or a date with a clock time.
pub(super) fn parse(text: &str, order: DayOrder, timezone: &TimeZone) -> Option<i64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        // Up to year 5138 in seconds; larger numbers are milliseconds, then micro-
        // and nanoseconds.
        let seconds = match number.abs() {
            0.0..1e11 => number,
            1e11..1e14 => number / 1e3,
            1e14..1e17 => number / 1e6,
            _ => number / 1e9,
        };
        return super::json_fields::milliseconds(seconds);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    if let Some(zulu) = text.strip_suffix(" UTC").map(|local| format!("{}Z", local.replacen(' ', "T", 1)))
        && let Ok(moment) = zulu.parse::<Timestamp>()
    {
        return Some(moment.as_millisecond());
    }
    if let Ok(local) = text.parse::<DateTime>() {
        return moment(local, timezone);
    }
    let (stamp, _) = super::stamped::Stamp::of_cell(text)?;
    moment(stamp.local(order)?, timezone)
}

/// Gives `parse`'s evidence: the date, if the text is one whose order is open.
pub(super) fn open_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.parse::<f64>().is_ok() || text.parse::<DateTime>().is_ok() {
        return None;
    }
    super::stamped::Stamp::of_cell(text).map(|(stamp, _)| stamp.date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(dates: &[[u16; 3]]) -> Option<(DayOrder, bool)> {
        let mut evidence = Evidence::default();
        for &numbers in dates {
            evidence.see(Date { numbers, year_first: false, dots: false });
        }
        evidence.decide(None)
    }

    #[test]
    fn a_number_above_twelve_is_the_day() {
        assert_eq!(order(&[[3, 4, 25], [13, 4, 25]]), Some((DayOrder::DayFirst, true)));
        assert_eq!(order(&[[3, 4, 25], [4, 13, 25]]), Some((DayOrder::MonthFirst, true)));
    }

    #[test]
    fn a_log_runs_forwards() {
        assert_eq!(order(&[[1, 2, 25], [12, 2, 25], [1, 3, 25]]), Some((DayOrder::DayFirst, true)));
        assert_eq!(order(&[[2, 1, 25], [2, 12, 25], [3, 1, 25]]), Some((DayOrder::MonthFirst, true)));
    }

    #[test]
    fn what_can_be_read_both_ways_is_not_certain() {
        assert_eq!(order(&[[3, 4, 25], [3, 4, 25]]), Some((DayOrder::DayFirst, false)));
        assert_eq!(order(&[]), None);
    }

    #[test]
    fn written_times() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for (text, expected) in [
            ("2025-01-31T18:30:00Z", "2025-01-31T18:30:00Z"),
            ("2025-01-31T18:30:00.250+01:00", "2025-01-31T17:30:00.25Z"),
            ("2025-01-31 18:30:00", "2025-01-31T17:30:00Z"),
            ("2025-07-31 18:30", "2025-07-31T16:30:00Z"),
            ("31.1.2025 18:30", "2025-01-31T17:30:00Z"),
            ("31/01/2025, 6:30 pm", "2025-01-31T17:30:00Z"),
            ("1738348200", "2025-01-31T18:30:00Z"),
            ("1738348200123", "2025-01-31T18:30:00.123Z"),
            ("2025-01-31 18:30:00 UTC", "2025-01-31T18:30:00Z"),
            ("2025-01-31", "2025-01-30T23:00:00Z"),
        ] {
            let expected = expected.parse::<Timestamp>().unwrap().as_millisecond();
            assert_eq!(parse(text, DayOrder::DayFirst, &berlin), Some(expected), "{text}");
        }
        for text in ["", "soon", "31/31/2025 10:00", "25:00"] {
            assert_eq!(parse(text, DayOrder::DayFirst, &berlin), None, "{text}");
        }
    }
}
