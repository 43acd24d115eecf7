//! Dates and times, by a grammar over words: a day, a time of day and a part of the day in any order, or a
//! length of time ahead or ago.
//!
//! How what is said is read:
//! - A bare weekday is the first one after today; "this" allows today; "next" is that of the week after this
//!   one, weeks beginning on Monday; "last" is the latest before today.
//! - Of a longer period ("next week", "in December") the value is the first day.
//! - A time without a day is when the clock shows it next. An hour that may be before or after noon is then the
//!   nearer; with a day 1 to 5 are taken for the afternoon, and 6 to 12 as they stand.
//! - A part of a day without an hour is 9, 15, 19 and, for the night, 20 o'clock; lunchtime is noon.
//! - A range of hours ("from 3 to 5 pm") is read at its beginning.
//! - A holiday is a day only where something leads to it ("on Christmas Eve") or follows ("Christmas morning").
//! - `3/4/2026` is the third of April.
//! - A local time that a clock change leaves out is moved on by the change, one that comes twice is the first.

use jiff::civil::{Date, Time};
use jiff::{Span, ToSpan, ZonedDateTime};

use super::Kind;
use super::duration::length;
use super::words::Words;

mod calendar;
mod clock;
mod day;

use clock::{Clock, Part};
use day::Day;

/// A date or time at word `at`: its kind, its value, and the word after it.
pub(super) fn entity(words: &Words, at: usize, now: &ZonedDateTime) -> Option<(Kind, String, usize)> {
    let (when, next) = stamp(words, at, now)
        .or_else(|| shift(words, at, now))
        .or_else(|| phrase(words, at, now))
        .filter(|(_, next)| words.alone(at, *next))?;
    Some((when.kind(), when.value(), next))
}

/// A point in time, as exactly as it was said.
#[derive(Debug, Clone, PartialEq)]
enum When {
    Day(Date),
    /// The next time that the clock shows what was said.
    Clock(ZonedDateTime),
    Moment(ZonedDateTime),
}

impl When {
    fn kind(&self) -> Kind {
        match self {
            When::Day(_) => Kind::Date,
            When::Clock(_) => Kind::Time,
            When::Moment(_) => Kind::Datetime,
        }
    }

    fn value(&self) -> String {
        match self {
            When::Day(date) => date.to_string(),
            When::Clock(moment) | When::Moment(moment) => moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        }
    }
}

fn moment(date: Date, time: Time, now: &ZonedDateTime) -> Option<ZonedDateTime> {
    date.to_datetime(time).to_zoned_datetime(now.time_zone().clone()).ok()
}

/// `2026-11-24T09:00`, `2026-11-24T09:00:00Z`, `2026-11-24T09:00:00+01:00`.
fn stamp(words: &Words, at: usize, now: &ZonedDateTime) -> Option<(When, usize)> {
    words.digits(at).filter(|year| year.len() == 4)?;
    let Day { date, next, .. } = day::day(words, at, now.date())?;
    if !words.joined_by(next, "T") || !words.glued(next + 1) {
        return None;
    }
    let two = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() == 2);
    let hour = two(words.digits(next + 1)?)?;
    let minute = two(words.digits_after(next + 2, ":")?)?;
    let (second, mut next) = match words.digits_after(next + 4, ":") {
        Some(second) => (two(second)?, next + 6),
        None => (0, next + 4),
    };
    if words.digits_after(next, ".").is_some() {
        next += 2;
    }
    let local = date.to_datetime(Time::new(hour, minute, second, 0).ok()?);
    let offset = |sign: i8| {
        let hours = words.digits(next + 1).filter(|_| words.glued(next + 1)).and_then(two)?;
        let minutes = two(words.digits_after(next + 2, ":")?)?;
        let seconds = i32::from(sign) * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
        jiff::tz::Offset::from_seconds(seconds).ok()
    };
    let (offset, next) = match words.written(next) {
        "Z" | "z" if words.glued(next) => (Some(jiff::tz::Offset::UTC), next + 1),
        "+" if words.glued(next) => (Some(offset(1)?), next + 4),
        "-" if words.glued(next) => (Some(offset(-1)?), next + 4),
        _ => (None, next),
    };
    let moment = match offset {
        Some(offset) => offset.to_timestamp(local).ok()?.to_zoned_datetime(now.time_zone().clone()),
        None => local.to_zoned_datetime(now.time_zone().clone()).ok()?,
    };
    Some((When::Moment(moment), next))
}

/// `in 2 hours`, `in two weeks at 5pm`, `20 minutes ago`, `a week from Friday`.
fn shift(words: &Words, at: usize, now: &ZonedDateTime) -> Option<(When, usize)> {
    const IN: &[&str] =
        &["in about", "in around", "in like", "in roughly", "in maybe", "in just", "in another", "in"];
    if let Some(start) = words.after_any(at, IN) {
        let length = length(words, start)?;
        let next = words
            .after_any(length.next, &["' time", "’ time", "' s time", "’ s time", "time", "from now"])
            .unwrap_or(length.next);
        return shifted(words, length.span, now, now.date(), next);
    }
    let beside = [(-1, "the day before"), (1, "the day after")];
    if let Some((days, start)) =
        beside.iter().find_map(|(days, phrase)| Some((*days, words.after(at, phrase)?)))
    {
        let Day { date, next, .. } = day::day(words, start, now.date())?;
        return shifted(words, Span::new().try_days(days).ok()?, now, date, next);
    }
    let length = length(words, at)?;
    if let Some(next) = words.after(length.next, "ago") {
        return shifted(words, length.span.negate(), now, now.date(), next);
    }
    if let Some(next) = words.after_any(length.next, &["from now", "from today"]) {
        return shifted(words, length.span, now, now.date(), next);
    }
    let weeks = by_days(&length.span) && length.span.get_weeks() > 0;
    if let Some(next) = words.after(length.next, "today").filter(|_| weeks) {
        return shifted(words, length.span, now, now.date(), next);
    }
    let (back, start) = match words.lower(length.next) {
        "from" | "after" => (false, length.next + 1),
        "before" => (true, length.next + 1),
        // "a week on Friday"
        "on" if weeks => (false, length.next),
        _ => return None,
    };
    let Day { date, next, .. } = day::day(words, start, now.date())?;
    let span = if back { length.span.negate() } else { length.span };
    by_days(&span).then(|| shifted(words, span, now, date, next))?
}

/// Whether `span` has nothing smaller than a day.
fn by_days(span: &Span) -> bool {
    span.get_hours() == 0 && span.get_minutes() == 0 && span.get_seconds() == 0 && span.get_nanoseconds() == 0
}

/// `span` from `date`, or from `now` to the second if it has hours; with what time of day follows at `next`.
fn shifted(words: &Words, span: Span, now: &ZonedDateTime, date: Date, next: usize) -> Option<(When, usize)> {
    if !by_days(&span) {
        let whole = now.with().subsec_nanosecond(0).build().ok()?;
        return Some((When::Moment(whole.checked_add(span).ok()?), next));
    }
    let mut said = Said { date: Some(date.checked_add(span).ok()?), ..Said::default() };
    let next = said.rest(words, next, now);
    Some((said.when(now)?, next))
}

/// A day, a time and a part of the day, in any order.
fn phrase(words: &Words, at: usize, now: &ZonedDateTime) -> Option<(When, usize)> {
    let mut said = Said::default();
    // "first thing tomorrow" is tomorrow morning.
    let early = words.after(at, "first thing");
    let start = early.unwrap_or(at);
    let next = said.rest(words, start, now);
    if next == start || early.is_some() && said.clock.is_some() {
        return None;
    }
    if early.is_some() {
        said.part = said.part.or(Some(Part::Morning));
    }
    Some((said.when(now)?, next))
}

/// What has been said so far of a point in time.
#[derive(Debug, Default, Clone, Copy)]
struct Said {
    date: Option<Date>,
    clock: Option<Clock>,
    part: Option<Part>,
}

impl Said {
    /// Takes what is said from word `at` on, each thing once; the word after it.
    fn rest(&mut self, words: &Words, at: usize, now: &ZonedDateTime) -> usize {
        let mut next = at;
        let mut after_day = self.date.is_some();
        loop {
            let begun = self.date.is_some() || self.clock.is_some() || self.part.is_some();
            let start = if begun {
                words.after_any(next, &[",", "and"]).filter(|_| words.lower(next) == ",").unwrap_or(next)
            } else {
                next
            };
            if let Some((part, end)) = clock::part(words, start, after_day).filter(|_| self.part.is_none()) {
                (self.part, next) = (Some(part), end);
            } else if let Some(day) = day::day(words, start, now.date()).filter(|_| self.date.is_none()) {
                if self.part.is_some() && day.part.is_some() {
                    return next;
                }
                (self.date, next) = (Some(day.date), day.next);
                self.part = self.part.or(day.part);
                after_day = true;
                continue;
            } else if let Some((clock, end)) = clock::range(words, start)
                .or_else(|| clock::clock(words, start))
                .or_else(|| clock::meal(words, start, begun))
                .filter(|_| self.clock.is_none())
            {
                (self.clock, next) = (Some(clock), end);
            } else {
                return next;
            }
            after_day = false;
        }
    }

    fn when(&self, now: &ZonedDateTime) -> Option<When> {
        match (self.date, self.clock, self.part) {
            (None, None, None) => None,
            (Some(date), None, None) => Some(When::Day(date)),
            (Some(date), None, Some(part)) => {
                let mut clock = part.usual();
                // "tonight", said at ten, is later tonight.
                if part == Part::Night && date == now.date() && now.hour() >= clock.hour {
                    clock.hour = (now.hour() + 1) % 24;
                }
                let date = if clock.is_midnight() { date.tomorrow().ok()? } else { date };
                Some(When::Moment(moment(date, clock.time()?, now)?))
            }
            (Some(date), Some(clock), part) => {
                let (date, time) = on_day(clock, part, date, now)?;
                Some(When::Moment(moment(date, time, now)?))
            }
            (None, Some(clock), None) if clock.open => {
                let halves = [clock.half(false), clock.half(true)];
                let days = [now.date(), now.date().tomorrow().ok()?];
                let moments = days.into_iter().flat_map(|day| halves.map(|half| (day, half)));
                let found = moments
                    .filter_map(|(day, half)| moment(day, half.time()?, now))
                    .find(|moment| moment > now)?;
                Some(When::Clock(found))
            }
            (None, clock, part) => {
                let clock = clock.or(part.map(Part::usual))?;
                let days = [now.date().yesterday().ok()?, now.date(), now.date().tomorrow().ok()?];
                let moments = days.into_iter().filter_map(|day| {
                    let (day, time) = on_day(clock, part, day, now)?;
                    moment(day, time, now)
                });
                Some(When::Clock(moments.into_iter().find(|moment| moment > now)?))
            }
        }
    }
}

/// When `clock` shows what was said on `date`: the small hours of a night, and its midnight, are on the next day.
fn on_day(clock: Clock, part: Option<Part>, date: Date, now: &ZonedDateTime) -> Option<(Date, Time)> {
    let (clock, late) = match part {
        _ if !clock.open => {
            let night = part == Some(Part::Night) && clock.hour < 6;
            (
                clock,
                night
                    || clock.is_midnight()
                        && (date == now.date() && part.is_none() || part == Some(Part::Evening)),
            )
        }
        Some(Part::Morning) => (clock.half(false), false),
        Some(Part::Afternoon) => (clock.half(true), false),
        Some(Part::Evening | Part::Night) if clock.hour == 12 => (clock.half(false), true),
        Some(Part::Night) if clock.hour < 4 => (clock.half(false), true),
        Some(Part::Evening | Part::Night) => (clock.half(true), false),
        None if date == now.date() => {
            let half =
                [clock.half(false), clock.half(true)].into_iter().find(|half| half.time() > Some(now.time()));
            (half.unwrap_or(clock.half(true)), false)
        }
        None => (clock.half(clock.hour < 6 || clock.hour == 12), false),
    };
    let date = if late { date.checked_add(1.day()).ok()? } else { date };
    Some((date, clock.time()?))
}

#[cfg(test)]
mod tests;
