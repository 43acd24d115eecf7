//! Days: `tomorrow`, `next Friday`, `the weekend`, `on Christmas Eve`; a day of the calendar is in `calendar`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::super::number::ordinal;
use super::super::words::Words;
use super::calendar::{closes, dated, next_numbered, nth_weekday, numeric, of_month};
use super::clock::{self, Part};
use crate::holiday;

/// A day at some word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    /// The day itself; of a longer period its first day.
    pub date: Date,
    /// The part of it, where one word says both: "tonight".
    pub part: Option<Part>,
    /// The word after it.
    pub next: usize,
}

/// The day at word `at`, seen from `today`.
pub(super) fn day(words: &Words, at: usize, today: Date) -> Option<Day> {
    let on = words.after(at, "on");
    let start = on.unwrap_or(at);
    near(words, at, today)
        .or_else(|| numeric(words, start, today, on.is_some()))
        .or_else(|| nth_weekday(words, start, today))
        .or_else(|| weekday(words, start, today, on.is_some()))
        .or_else(|| of_month(words, start, today, on.is_some()))
        .or_else(|| period(words, at, today))
        .or_else(|| holiday(words, at, today))
}

pub(super) fn plain(date: Date, next: usize) -> Day {
    Day { date, part: None, next }
}

fn shifted(today: Date, days: i64) -> Option<Date> {
    today.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// `today`, `tomorrow`, `tonight`, `the day after tomorrow`, `this morning`.
fn near(words: &Words, at: usize, today: Date) -> Option<Day> {
    let phrases: [(i64, Option<Part>, &[&str]); 11] = [
        (7, None, &["today week"]),
        (8, None, &["tomorrow week"]),
        (2, None, &["the day after tomorrow", "day after tomorrow", "overmorrow"]),
        (-2, None, &["the day before yesterday", "day before yesterday"]),
        (1, None, &["tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow", "2 morrow"]),
        (1, Some(Part::Morning), &["the next morning", "next morning"]),
        (-1, None, &["yesterday"]),
        (-1, Some(Part::Night), &["last night"]),
        (0, Some(Part::Night), &["tonight", "tonite", "this night"]),
        (0, None, &["today"]),
        (0, None, &["this"]),
    ];
    let (days, part, next) = phrases
        .iter()
        .find_map(|(days, part, phrases)| words.after_any(at, phrases).map(|next| (*days, *part, next)))?;
    if words.lower(at) == "this" && part.is_none() {
        let part = Part::named(words.lower(next))?;
        return Some(Day { date: today, part: Some(part), next: next + 1 });
    }
    Some(Day { date: shifted(today, days)?, part, next })
}

/// Which of the days of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Of the period that begins after this one.
    Next,
    /// The latest before today.
    Last,
    /// The first from today on.
    This,
}

pub(super) fn which(words: &Words, at: usize) -> Option<(Which, usize)> {
    match words.lower(at) {
        "next" => Some((Which::Next, at + 1)),
        "last" | "past" => Some((Which::Last, at + 1)),
        "this" | "coming" => Some((Which::This, words.after(at + 1, "coming").unwrap_or(at + 1))),
        "the" => words.after(at, "the coming").map(|next| (Which::This, next)),
        _ => None,
    }
}

/// The name of a weekday; a short one that is also another word only where `sure`.
pub(super) fn weekday_name(word: &str, sure: bool) -> Option<Weekday> {
    Some(match word {
        "monday" | "mondays" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        "mon" if sure => Weekday::Monday,
        "tue" | "tues" if sure => Weekday::Tuesday,
        "wed" | "weds" if sure => Weekday::Wednesday,
        "thu" | "thur" | "thurs" if sure => Weekday::Thursday,
        "fri" if sure => Weekday::Friday,
        "sat" if sure => Weekday::Saturday,
        "sun" if sure => Weekday::Sunday,
        _ => return None,
    })
}

/// Monday of the week of `today`.
fn monday(today: Date) -> Option<Date> {
    shifted(today, -i64::from(today.weekday().to_monday_zero_offset()))
}

/// `Friday`, `on fri`, `next Friday`, `Friday next week`, `Friday, 27 November`, `Friday the 13th`.
fn weekday(words: &Words, at: usize, today: Date, on: bool) -> Option<Day> {
    let (which, start) = match which(words, at) {
        Some((which, next)) => (Some(which), next),
        None => (None, at),
    };
    // "this sat" is more often a sentence than a day.
    let sure = on || matches!(which, Some(Which::Next | Which::Last));
    let weekday = weekday_name(words.lower(start), sure).or_else(|| {
        // "Fri, 27 Nov", "fri 9am"
        let short = weekday_name(words.lower(start), true)?;
        let comma = words.after(start + 1, ",").unwrap_or(start + 1);
        let dated =
            of_month(words, comma, today, true).or_else(|| numeric(words, comma, today, true)).is_some();
        // "we sat at five"
        let timed = words.lower(comma) != "at" && clock::clock(words, comma).is_some();
        (dated || timed).then_some(short)
    })?;
    let next = start + 1;
    if which.is_none() {
        if let Some(end) = words.after(next, "week").filter(|end| closes(words, *end)) {
            let ahead = i64::from(today.weekday().until(weekday));
            return Some(plain(shifted(today, 7 + if ahead == 0 { 7 } else { ahead })?, end));
        }
        let comma = words.after_any(next, &[", the", "the", ","]).unwrap_or(next);
        if let Some(day) = dated(words, comma, today).or_else(|| numeric(words, comma, today, false)) {
            return Some(day);
        }
        if let Some((number, end)) =
            ordinal(words, comma).filter(|(_, end)| comma > next && closes(words, *end))
        {
            let date = next_numbered(today, number, Some(weekday))?;
            return Some(plain(date, end));
        }
        let weeks = [(1, "next week"), (0, "this week"), (-1, "last week")];
        if let Some((weeks, end)) =
            weeks.iter().find_map(|(weeks, phrase)| Some((*weeks, words.after(next, phrase)?)))
        {
            return Some(plain(in_week(today, weekday, weeks)?, end));
        }
    }
    let ahead = i64::from(today.weekday().until(weekday));
    let date = match which {
        Some(Which::Next) => in_week(today, weekday, 1)?,
        Some(Which::Last) => shifted(today, if ahead == 0 { -7 } else { ahead - 7 })?,
        Some(Which::This) => shifted(today, ahead)?,
        None => shifted(today, if ahead == 0 { 7 } else { ahead })?,
    };
    Some(plain(date, next))
}

/// `weekday` of the week that is `weeks` after this one.
fn in_week(today: Date, weekday: Weekday, weeks: i64) -> Option<Date> {
    shifted(monday(today)?, weeks * 7 + i64::from(weekday.to_monday_zero_offset()))
}

/// The first day of `next week`, `this month`, `last year`, `the weekend`.
fn period(words: &Words, at: usize, today: Date) -> Option<Day> {
    if let Some(next) =
        words.after_any(at, &["on the weekend", "at the weekend", "over the weekend", "the weekend"])
    {
        return Some(plain(in_week(today, Weekday::Saturday, 0)?, next));
    }
    if let Some(day) = end_of(words, at, today).or_else(|| after_next(words, at, today)) {
        return Some(day);
    }
    let (which, name) = which(words, at)?;
    let step = match which {
        Which::Next => 1,
        Which::Last => -1,
        Which::This => 0,
    };
    let date = match words.lower(name) {
        "week" => shifted(monday(today)?, 7 * step)?,
        "weekend" => in_week(today, Weekday::Saturday, step)?,
        "month" => today.first_of_month().checked_add(jiff::Span::new().try_months(step).ok()?).ok()?,
        "year" => today.first_of_year().checked_add(jiff::Span::new().try_years(step).ok()?).ok()?,
        _ => return None,
    };
    let next = name + 1;
    // "next week on Friday", "next week Monday"
    if words.lower(name) == "week" {
        let on = words.after(next, "on").unwrap_or(next);
        if let Some(weekday) = weekday_name(words.lower(on), on > next) {
            return Some(plain(in_week(today, weekday, step)?, on + 1));
        }
    }
    Some(plain(date, next))
}

/// `the week after next`, `the Friday after next`.
fn after_next(words: &Words, at: usize, today: Date) -> Option<Day> {
    let name = words.after(at, "the")?;
    let end = words.after(name + 1, "after next")?;
    let date = match words.lower(name) {
        "week" => shifted(monday(today)?, 14)?,
        "weekend" => in_week(today, Weekday::Saturday, 2)?,
        "month" => today.first_of_month().checked_add(2.months()).ok()?,
        "year" => today.first_of_year().checked_add(2.years()).ok()?,
        weekday => in_week(today, weekday_name(weekday, true)?, 2)?,
    };
    Some(plain(date, end))
}

/// `on Christmas Eve`, `at Easter`, `Christmas morning`: a holiday by itself is more often spoken of than meant
/// as a day.
fn holiday(words: &Words, at: usize, today: Date) -> Option<Day> {
    const LEADS: [&str; 8] = ["before", "after", "by", "until", "till", "from", "since", "following"];
    let led = words.after_any(at, &["on", "at", "this", "over"]);
    let start = led.unwrap_or(at);
    let (date, next) = holiday::days(words.lower(start), today)
        .filter_map(|(phrase, date)| Some((date, words.after(start, phrase)?)))
        .max_by_key(|(_, next)| *next)?;
    let before = at.checked_sub(1).map_or("", |before| words.lower(before));
    let timed = clock::part(words, next, true).is_some() || clock::clock(words, next).is_some();
    (led.is_some() || LEADS.contains(&before) || timed).then(|| plain(date, next))
}

/// The last day of a period, a week's being Sunday, or its first: `at the end of the month`, `the start of next week`.
fn end_of(words: &Words, at: usize, today: Date) -> Option<Day> {
    const ENDS: &[&str] =
        &["at the end of", "by the end of", "on the last day of", "the end of", "the last day of", "end of"];
    const STARTS: &[&str] = &[
        "at the start of",
        "at the beginning of",
        "on the first day of",
        "the beginning of",
        "the start of",
        "the first day of",
        "beginning of",
        "start of",
    ];
    let (end, next) = match words.after_any(at, ENDS) {
        Some(next) => (true, next),
        None => (false, words.after_any(at, STARTS)?),
    };
    let (step, name) = match words.lower(next) {
        "the" | "this" => (0, next + 1),
        "next" => (1, next + 1),
        "last" => (-1, next + 1),
        _ => return None,
    };
    let months = |date: Date, months: i64| date.checked_add(jiff::Span::new().try_months(months).ok()?).ok();
    let (first, last) = match words.lower(name) {
        "day" if end => return None,
        "week" => {
            let first = shifted(monday(today)?, 7 * step)?;
            (first, shifted(first, 6)?)
        }
        "month" => {
            let first = months(today.first_of_month(), step)?;
            (first, first.last_of_month())
        }
        "year" => {
            let first = months(today.first_of_year(), 12 * step)?;
            (first, first.last_of_year())
        }
        _ => return None,
    };
    // Of this period only the end lies ahead.
    let ahead = end || step != 0;
    ahead.then(|| plain(if end { last } else { first }, name + 1))
}
