//! How a reminder comes again, as a rule of [RFC 5545](https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10).

use std::fmt;

use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Span, ZonedDateTime};

use super::wording::series;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freq {
    Minutely,
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
    /// The weekdays of a weekly rule, Monday first; empty for that of the first
    /// time. The one weekday of a monthly rule with `nth`.
    pub days: Vec<Weekday>,
    /// Which of its weekdays in a month, -1 for the last: "the second Tuesday".
    pub nth: Option<i8>,
    /// The day of a monthly rule, so that the 31st comes back after February; -1
    /// for the last.
    pub month_day: Option<i8>,
    /// What the clock is to show, while a change of the clock has moved the next
    /// time away from it.
    pub time: Option<Time>,
}

const FREQS: [(Freq, &str, &str); 6] = [
    (Freq::Minutely, "MINUTELY", "minute"),
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

/// How many steps of a rule are tried to find its next time: a 31st that is also
/// every fourth month comes within two years, a 29 February within eight.
const STEPS: i64 = 120;

impl Recurrence {
    pub fn every(freq: Freq, interval: i64) -> Recurrence {
        Recurrence {
            freq,
            interval: interval.max(1),
            days: Vec::new(),
            nth: None,
            month_day: None,
            time: None,
        }
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(rule: &str) -> Option<Recurrence> {
        let mut read = None;
        let mut clock = (None, 0);
        for part in rule.split(';') {
            let (name, value) = part.split_once('=')?;
            match (name, &mut read) {
                ("FREQ", _) => {
                    let (freq, ..) = FREQS.iter().find(|(_, name, _)| *name == value)?;
                    read = Some(Recurrence::every(*freq, 1));
                }
                ("INTERVAL", Some(read)) => read.interval = value.parse::<i64>().ok()?.max(1),
                ("BYDAY", Some(read)) => {
                    let names = value.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
                    let nth = value.strip_suffix(names).filter(|nth| !nth.is_empty());
                    read.nth = nth.map(str::parse).transpose().ok()?;
                    let day = |short| DAYS.iter().find(|(_, name, _)| *name == short).map(|(day, ..)| *day);
                    read.days = names.split(',').map(day).collect::<Option<_>>()?;
                }
                ("BYMONTHDAY", Some(read)) => read.month_day = Some(value.parse().ok()?),
                ("BYHOUR", Some(_)) => clock.0 = Some(value.parse().ok()?),
                ("BYMINUTE", Some(_)) => clock.1 = value.parse().ok()?,
                _ => return None,
            }
        }
        if let (Some(read), Some(hour)) = (&mut read, clock.0) {
            read.time = Some(Time::new(hour, clock.1, 0, 0).ok()?);
        }
        read
    }

    /// Whether the rule names this day, by itself.
    pub fn falls_on(&self, date: Date) -> bool {
        if self.freq == Freq::Monthly {
            return self.of_month(date).is_none_or(|day| day == date);
        }
        self.days.is_empty() || self.days.contains(&date.weekday())
    }

    /// The day that a monthly rule names in the month of `date`.
    fn of_month(&self, date: Date) -> Option<Date> {
        match (self.nth, self.days.first(), self.month_day) {
            (Some(nth), Some(day), _) => date.nth_weekday_of_month(nth, *day).ok(),
            (_, _, Some(-1)) => Some(date.last_of_month()),
            (_, _, Some(day)) => date.with().day(day.min(date.days_in_month())).build().ok(),
            _ => None,
        }
    }

    /// The first time after `after`, counted on from `from`, which is one of its
    /// times: on the wall clock, so that a change of the clock does not move it.
    pub fn next(&self, from: &ZonedDateTime, after: &ZonedDateTime) -> Option<ZonedDateTime> {
        let length = match self.freq {
            Freq::Minutely => 60,
            Freq::Hourly => 3600,
            _ => return self.on_days(from, after),
        };
        let step = self.interval.checked_mul(length)?;
        let passed = after.timestamp().as_second() - from.timestamp().as_second();
        let steps = passed.max(0) / step;
        (steps..steps + 2)
            .filter_map(|n| from.checked_add(SignedDuration::from_secs(n.checked_mul(step)?)).ok())
            .find(|at| at > after)
    }

    fn on_days(&self, from: &ZonedDateTime, after: &ZonedDateTime) -> Option<ZonedDateTime> {
        let clock = self.time.unwrap_or(from.time());
        let at = |date: Date| date.to_datetime(clock).to_zoned_datetime(from.time_zone().clone()).ok();
        let (first, today) = (from.date(), after.date());
        let days = i64::from((today - first).get_days());
        if self.freq == Freq::Weekly {
            let monday = i64::from(first.weekday().to_monday_zero_offset());
            let on = if self.days.is_empty() { vec![first.weekday()] } else { self.days.clone() };
            let start = days.max(0);
            return (start..=start + 7 * (self.interval + 1) + 1)
                .filter(|n| (n + monday) / 7 % self.interval == 0)
                .filter_map(|n| first.checked_add(Span::new().try_days(n).ok()?).ok())
                .filter(|date| on.contains(&date.weekday()))
                .filter_map(at)
                .find(|at| at > after);
        }
        let months = i64::from(today.year() - first.year()) * 12 + i64::from(today.month() - first.month());
        let passed = match self.freq {
            Freq::Monthly => months,
            Freq::Yearly => months / 12,
            _ => days,
        };
        let begun = (passed / self.interval - 1).max(0);
        (begun..begun + STEPS)
            .filter_map(|n| {
                let n = n.checked_mul(self.interval)?;
                match self.freq {
                    Freq::Monthly => {
                        let month =
                            first.first_of_month().checked_add(Span::new().try_months(n).ok()?).ok()?;
                        let same = || month.with().day(first.day().min(month.days_in_month())).build().ok();
                        self.of_month(month).or_else(same)
                    }
                    Freq::Yearly => first.checked_add(Span::new().try_years(n).ok()?).ok(),
                    _ => first.checked_add(Span::new().try_days(n).ok()?).ok(),
                }
            })
            .filter_map(at)
            .find(|at| at > after)
    }

    /// The first time after `after`, where `due` is one of its times that lies
    /// further ahead.
    pub fn rewound(&self, due: &ZonedDateTime, after: &ZonedDateTime) -> Option<ZonedDateTime> {
        let ahead = due.timestamp().as_second() - after.timestamp().as_second();
        let seconds = match self.freq {
            Freq::Minutely => 60,
            Freq::Hourly => 3600,
            Freq::Daily => 86_400,
            Freq::Weekly => 7 * 86_400,
            Freq::Monthly => 28 * 86_400,
            Freq::Yearly => 365 * 86_400,
        };
        let steps = (ahead.max(0) / seconds / self.interval + 2).checked_mul(self.interval)?;
        let span = match self.freq {
            Freq::Minutely => Span::new().try_minutes(steps),
            Freq::Hourly => Span::new().try_hours(steps),
            Freq::Daily => Span::new().try_days(steps),
            Freq::Weekly => Span::new().try_weeks(steps),
            Freq::Monthly => Span::new().try_months(steps),
            Freq::Yearly => Span::new().try_years(steps),
        };
        self.next(&due.checked_sub(span.ok()?).ok()?, after)
    }

    /// The rule as it is to be kept beside its next time `next`: where the clock
    /// leaves out what it was to show, it remembers that.
    pub fn kept(&self, from: &ZonedDateTime, next: &ZonedDateTime) -> Recurrence {
        let clock = self.time.unwrap_or(from.time());
        let moved = !matches!(self.freq, Freq::Minutely | Freq::Hourly) && next.time() != clock;
        Recurrence { time: moved.then_some(clock), ..self.clone() }
    }

    /// "every day", "every Monday and Thursday", "every other week".
    pub fn words(&self) -> String {
        let unit = FREQS.iter().find(|(freq, ..)| *freq == self.freq).map_or("", |(_, _, unit)| unit);
        let every = match self.interval {
            1 => format!("every {unit}"),
            2 if !matches!(self.freq, Freq::Minutely | Freq::Hourly) => format!("every other {unit}"),
            n => format!("every {n} {unit}s"),
        };
        let names: Vec<&str> =
            DAYS.iter().filter(|(day, ..)| self.days.contains(day)).map(|(.., name)| *name).collect();
        match (self.nth, self.month_day) {
            (Some(nth), _) => return format!("on the {} {} of {every}", place(nth), series(&names)),
            (_, Some(-1)) => return format!("on the last day of {every}"),
            (_, Some(day)) => return format!("on the {} of {every}", place(day)),
            _ => {}
        }
        match (names.as_slice(), self.interval) {
            ([], _) => every,
            (_, 1) if self.days == WORK => "every weekday".to_owned(),
            (["Saturday", "Sunday"], 1) => "every weekend".to_owned(),
            (names, 1) => format!("every {}", series(names)),
            ([name], 2) => format!("every other {name}"),
            (names, _) => format!("{every} on {}", series(names)),
        }
    }
}

/// "1st", "22nd"; "last" for -1.
fn place(n: i8) -> String {
    match (n, n % 10) {
        (-1, _) => "last".to_owned(),
        (11..=13, _) => format!("{n}th"),
        (_, 1) => format!("{n}st"),
        (_, 2) => format!("{n}nd"),
        (_, 3) => format!("{n}rd"),
        _ => format!("{n}th"),
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
            let nth = self.nth.map(|nth| nth.to_string()).unwrap_or_default();
            write!(f, ";BYDAY={nth}{}", days.join(","))?;
        }
        if let Some(day) = self.month_day {
            write!(f, ";BYMONTHDAY={day}")?;
        }
        if let Some(time) = self.time {
            write!(f, ";BYHOUR={};BYMINUTE={}", time.hour(), time.minute())?;
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
            ("FREQ=MINUTELY;INTERVAL=30", "2026-11-23T08:00", "2026-11-23T13:05", "2026-11-23T13:30"),
            ("FREQ=MONTHLY", "2026-01-31T09:00", "2026-01-31T09:00", "2026-02-28T09:00"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31T09:00", "2026-01-31T09:00", "2026-02-28T09:00"),
            ("FREQ=MONTHLY;BYDAY=1MO", "2026-12-07T09:00", "2026-12-07T09:00", "2027-01-04T09:00"),
            ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27T16:00", "2026-11-27T16:00", "2026-12-25T16:00"),
            (
                "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1",
                "2026-12-01T09:00",
                "2026-12-01T09:00",
                "2027-03-01T09:00",
            ),
            // A leap day comes again where there is none.
            ("FREQ=YEARLY", "2028-02-29T09:00", "2028-02-29T09:00", "2029-02-28T09:00"),
            // There is no half past two in the night to 29 March 2026; there are two in that to 25 October.
            ("FREQ=DAILY", "2026-03-28T02:30", "2026-03-28T02:30", "2026-03-29T03:30"),
            ("FREQ=DAILY;BYHOUR=2;BYMINUTE=30", "2026-03-29T03:30", "2026-03-29T03:30", "2026-03-30T02:30"),
            ("FREQ=DAILY", "2026-10-24T02:30", "2026-10-24T02:30", "2026-10-25T02:30"),
            ("FREQ=HOURLY", "2026-03-29T01:00", "2026-03-29T01:00", "2026-03-29T03:00"),
        ] {
            assert_eq!(next(rule, from, after), expected, "{rule} from {from} after {after}");
        }
    }

    #[test]
    fn what_the_clock_leaves_out_comes_back_the_day_after() {
        let at = |text: &str| format!("{text}[Europe/Berlin]").parse::<ZonedDateTime>().unwrap();
        let rule = Recurrence::parse("FREQ=DAILY").unwrap();
        let mut due = at("2026-03-27T02:30");
        let mut every = rule.clone();
        let mut times = Vec::new();
        for _ in 0..4 {
            let next = every.next(&due, &due).unwrap();
            (every, due) = (every.kept(&due, &next), next);
            times.push(due.strftime("%d %H:%M").to_string());
        }
        assert_eq!(times, ["28 02:30", "29 03:30", "30 02:30", "31 02:30"]);
        assert_eq!(every, rule);
    }

    #[test]
    fn rules_in_words() {
        for (rule, words) in [
            ("FREQ=DAILY", "every day"),
            ("FREQ=MINUTELY;INTERVAL=30", "every 30 minutes"),
            ("FREQ=HOURLY;INTERVAL=2", "every 2 hours"),
            ("FREQ=WEEKLY;BYDAY=SA,SU", "every weekend"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every other Tuesday"),
            ("FREQ=MONTHLY;BYMONTHDAY=22", "on the 22nd of every month"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month"),
            ("FREQ=MONTHLY;BYDAY=2TU", "on the 2nd Tuesday of every month"),
        ] {
            assert_eq!(Recurrence::parse(rule).unwrap().words(), words);
        }
    }
}
