//! How a reminder comes again, as a rule of [RFC 5545](https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10).

use std::fmt;

use jiff::civil::Weekday;
use jiff::{Span, ZonedDateTime};

use super::wording::series;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freq {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recurrence {
    pub freq: Freq,
    /// Every so many hours, days, weeks ...; at least 1.
    pub interval: i64,
    /// The weekdays of a weekly rule, Monday first; empty for that of the first time.
    pub days: Vec<Weekday>,
    /// The day of a monthly rule, so that the 31st comes back after February.
    pub month_day: Option<i8>,
}

const FREQS: [(Freq, &str, &str); 5] = [
    (Freq::Hourly, "HOURLY", "hour"),
    (Freq::Daily, "DAILY", "day"),
    (Freq::Weekly, "WEEKLY", "week"),
    (Freq::Monthly, "MONTHLY", "month"),
    (Freq::Yearly, "YEARLY", "year"),
];

const DAYS: [(Weekday, &str, &str); 7] = [
    (Weekday::Monday, "MO", "Monday"),
    (Weekday::Tuesday, "TU", "Tuesday"),
    (Weekday::Wednesday, "WE", "Wednesday"),
    (Weekday::Thursday, "TH", "Thursday"),
    (Weekday::Friday, "FR", "Friday"),
    (Weekday::Saturday, "SA", "Saturday"),
    (Weekday::Sunday, "SU", "Sunday"),
];

pub(super) const WORK: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// The weekday that a word begins to name: "mon", "Tuesdays".
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let short = word.get(..3)?;
    DAYS.iter().find(|(_, _, name)| name.to_lowercase().starts_with(short)).map(|(day, ..)| *day)
}

impl Recurrence {
    pub fn every(freq: Freq, interval: i64) -> Recurrence {
        Recurrence { freq, interval: interval.max(1), days: Vec::new(), month_day: None }
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(rule: &str) -> Option<Recurrence> {
        let mut read = None;
        for part in rule.split(';') {
            let (name, value) = part.split_once('=')?;
            match (name, &mut read) {
                ("FREQ", _) => {
                    let (freq, ..) = FREQS.iter().find(|(_, name, _)| *name == value)?;
                    read = Some(Recurrence::every(*freq, 1));
                }
                ("INTERVAL", Some(read)) => read.interval = value.parse::<i64>().ok()?.max(1),
                ("BYDAY", Some(read)) => {
                    let day = |short| DAYS.iter().find(|(_, name, _)| *name == short).map(|(day, ..)| *day);
                    read.days = value.split(',').map(day).collect::<Option<_>>()?;
                }
                ("BYMONTHDAY", Some(read)) => read.month_day = Some(value.parse().ok()?),
                _ => return None,
            }
        }
        read
    }

    /// The first time after `after`, counted on from `from`, which is one of its
    /// times: on the wall clock, so that a change of the clock does not move it.
    pub fn next(&self, from: &ZonedDateTime, after: &ZonedDateTime) -> Option<ZonedDateTime> {
        let step = |n: i64| -> Option<ZonedDateTime> {
            let span = match self.freq {
                Freq::Hourly => Span::new().try_hours(n),
                Freq::Daily | Freq::Weekly => Span::new().try_days(n),
                Freq::Monthly => Span::new().try_months(n),
                Freq::Yearly => Span::new().try_years(n),
            };
            from.checked_add(span.ok()?).ok()
        };
        if self.freq == Freq::Weekly {
            let monday = i64::from(from.date().weekday().to_monday_zero_offset());
            let days = if self.days.is_empty() { vec![from.date().weekday()] } else { self.days.clone() };
            let start = i64::from((after.date() - from.date()).get_days()).max(0);
            let horizon = start + 7 * (self.interval + 1) + 1;
            return (start..=horizon)
                .filter(|n| (n + monday) / 7 % self.interval == 0)
                .filter_map(step)
                .find(|at| at > after && days.contains(&at.date().weekday()));
        }
        let unit = match self.freq {
            Freq::Hourly => 3600.0,
            Freq::Daily | Freq::Weekly => 86_400.0,
            Freq::Monthly => 86_400.0 * 31.0,
            Freq::Yearly => 86_400.0 * 366.0,
        };
        let passed = (after.timestamp().as_second() - from.timestamp().as_second()).max(0);
        // Begun a little early, since days and months differ in length.
        let first = (passed as f64 / unit / self.interval as f64) as i64;
        let found = (first.saturating_sub(1).max(0)..)
            .take(80)
            .filter_map(|n| step(n.checked_mul(self.interval)?))
            .find(|at| at > after)?;
        let Some(day) = self.month_day.filter(|_| self.freq == Freq::Monthly) else {
            return Some(found);
        };
        let day = day.min(found.date().days_in_month());
        found.with().day(day).build().ok().filter(|at| at > after).or(Some(found))
    }

    /// "every day", "every Monday and Thursday", "every 2 weeks".
    pub fn words(&self) -> String {
        let unit = FREQS.iter().find(|(freq, ..)| *freq == self.freq).map_or("", |(_, _, unit)| unit);
        let every = match self.interval {
            1 => format!("every {unit}"),
            2 => format!("every other {unit}"),
            n => format!("every {n} {unit}s"),
        };
        if self.days.is_empty() {
            return every;
        }
        if self.days == WORK && self.interval == 1 {
            return "every weekday".to_owned();
        }
        let names: Vec<&str> =
            DAYS.iter().filter(|(day, ..)| self.days.contains(day)).map(|(.., name)| *name).collect();
        match self.interval {
            1 => format!("every {}", series(&names)),
            2 if names.len() == 1 => format!("every other {}", series(&names)),
            _ => format!("{every} on {}", series(&names)),
        }
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let freq = FREQS.iter().find(|(freq, ..)| *freq == self.freq).map_or("", |(_, name, _)| name);
        write!(f, "FREQ={freq}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if !self.days.is_empty() {
            let days: Vec<&str> =
                DAYS.iter().filter(|(day, ..)| self.days.contains(day)).map(|(_, short, _)| *short).collect();
            write!(f, ";BYDAY={}", days.join(","))?;
        }
        if let Some(day) = self.month_day {
            write!(f, ";BYMONTHDAY={day}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(rule: &str, from: &str, after: &str) -> String {
        let at = |text: &str| format!("{text}[Europe/Berlin]").parse::<ZonedDateTime>().unwrap();
        let recurrence = Recurrence::parse(rule).unwrap();
        assert_eq!(recurrence.to_string(), rule);
        recurrence.next(&at(from), &at(after)).unwrap().strftime("%Y-%m-%dT%H:%M").to_string()
    }

    #[test]
    fn the_next_time_is_found_by_the_wall_clock() {
        for (rule, from, after, expected) in [
            ("FREQ=DAILY", "2026-11-23T08:00", "2026-11-23T08:00", "2026-11-24T08:00"),
            ("FREQ=DAILY", "2026-10-20T08:00", "2026-10-26T07:00", "2026-10-26T08:00"),
            ("FREQ=DAILY;INTERVAL=2", "2026-11-23T08:00", "2026-11-24T09:00", "2026-11-25T08:00"),
            ("FREQ=WEEKLY", "2026-11-23T08:00", "2026-11-23T08:00", "2026-11-30T08:00"),
            ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23T08:00", "2026-11-23T08:00", "2026-11-26T08:00"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-24T07:00", "2026-11-24T07:00", "2026-12-08T07:00"),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-27T07:00", "2026-11-27T07:00", "2026-11-30T07:00"),
            ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-02-28T09:00", "2026-02-28T09:00", "2026-03-31T09:00"),
            ("FREQ=YEARLY", "2026-05-03T09:00", "2029-06-01T00:00", "2030-05-03T09:00"),
            ("FREQ=HOURLY;INTERVAL=2", "2026-11-23T08:00", "2026-11-23T13:00", "2026-11-23T14:00"),
            ("FREQ=DAILY", "2016-11-23T08:00", "2026-11-23T08:00", "2026-11-24T08:00"),
        ] {
            assert_eq!(next(rule, from, after), expected, "{rule} from {from} after {after}");
        }
    }
}
