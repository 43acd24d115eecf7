//! How far days are apart.

use jiff::civil::Date as Day;
use jiff::{ToSpan, Unit};

use super::tell::{day, long, tell};
use crate::skills::grammar::Found;
use crate::skills::reading::TIME;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{capital, count};
use crate::skills::{schedule, wording};

/// How long until the day that a message names somewhere.
pub(super) fn countdown(turn: &mut Turn<'_>) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    let words: Vec<&str> = plain.split(' ').collect();
    // Nothing but a day asks which one it is: "10 days after 25 December".
    if let Some((name, day)) = day(turn, &plain) {
        return Some(tell(turn, &name, day));
    }
    // The last words name it: "how long do I have to wait for new year's eve".
    let (name, day) = (1..words.len()).find_map(|at| day(turn, &words.get(at..)?.join(" ")))?;
    (day >= turn.now.date()).then(|| ahead(turn, &name, day, ""))
}

/// What is left of the year, today not counted.
pub(super) fn left(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let period = found.text(&["period"])?.to_lowercase();
    let today = turn.now.date();
    let last = match period.as_str() {
        "year" => today.last_of_year(),
        "month" => today.last_of_month(),
        "week" => today.checked_add((6 - i64::from(today.weekday().to_monday_zero_offset())).days()).ok()?,
        _ => today,
    };
    let unit = found.text(&["unit"]).unwrap_or_default().to_lowercase();
    let (days, mut text) = apart(today, last, &unit);
    if unit == "hours" || period == "day" || period == "today" {
        let end = last.tomorrow().ok()?.to_zoned_datetime(turn.now.time_zone().clone()).ok()?;
        let left = end.timestamp().as_millisecond() - turn.now_ms();
        text = wording::length(left / 60_000 * 60_000);
    }
    let text = format!("{} left of this {}.", capital(&text), period.replace("today", "day"));
    Some(Reply::say(text).did("date", "until").with("date", last.to_string()).with("days", days))
}

pub(super) fn born_in(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let year: i16 = found.text(&["year"])?.parse().ok()?;
    let first = Day::new(year, 1, 1).ok().filter(|first| *first <= turn.now.date())?;
    let years = turn.now.year() - year;
    let text = format!("{} or {years} years old, by the month.", years - 1);
    let days = (turn.now.date() - first).get_days();
    Some(Reply::say(text).did("date", "since").with("date", first.to_string()).with("days", days))
}

pub(super) fn workdays(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, end) = day(turn, &found.text(&["end"])?)?;
    let today = turn.now.date();
    if end < today || (end - today).get_days() > 40_000 {
        return None;
    }
    let mut days = 0;
    let mut at = today;
    while at < end {
        at = at.tomorrow().ok()?;
        days += i64::from(at.weekday().to_monday_zero_offset() < 5);
    }
    let name = name.trim_start_matches("on ");
    let text =
        format!("{} until {name} ({}), holidays not counted out.", count(days, "working day"), long(end));
    Some(Reply::say(text).did("date", "until").with("date", end.to_string()).with("days", days))
}

/// "How many minutes until noon?"
pub(super) fn until_clock(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let clock = found.text(&["clock"])?;
    // In "17 may" stands no hour.
    if !turn.entities(&clock, &["date"]).is_empty() {
        return None;
    }
    let said = turn.entities(&format!("at {}", clock.trim_start_matches("at ")), &TIME);
    let entity = said.first().filter(|entity| entity.entity != "date")?;
    let at = schedule::moment(entity, turn.now)?;
    let ms = at.timestamp().as_millisecond() - turn.now_ms();
    let minutes = (ms + 59_999) / 60_000;
    let text = match found.text(&["unit"]).unwrap_or_default().to_lowercase().as_str() {
        "minutes" => count(minutes, "minute"),
        "seconds" => count(ms / 1000, "second"),
        _ => wording::length(minutes * 60_000),
    };
    let text = format!("{} until {}.", capital(&text), wording::moment(&at, turn.now));
    let reply = Reply::say(text).did("date", "until").with("date", at.date().to_string());
    let days = (at.date() - turn.now.date()).get_days();
    Some(
        reply
            .with("days", days)
            .with("time", turn.stamp(at.timestamp().as_millisecond()))
            .with("duration_s", ms / 1000),
    )
}

/// "32 days (4 weeks and 4 days)"; in the unit that was asked for.
pub(super) fn apart(from: Day, to: Day, unit: &str) -> (i64, String) {
    let days = i64::from((to - from).get_days());
    let count_of = |unit: Unit| {
        let span = from.until((unit, to)).ok();
        span.map_or(0, |span| match unit {
            Unit::Year => i64::from(span.get_years()),
            Unit::Month => i64::from(span.get_months()),
            _ => i64::from(span.get_weeks()),
        })
    };
    let and_days = |whole: i64, name: &str, past: Option<Day>| {
        let rest = past.map_or(0, |past| i64::from((to - past).get_days()));
        if rest == 0 {
            count(whole, name)
        } else {
            format!("{} and {}", count(whole, name), count(rest, "day"))
        }
    };
    let text = match unit {
        "weeks" => and_days(days / 7, "week", from.checked_add((days / 7 * 7).days()).ok()),
        "months" => {
            let months = count_of(Unit::Month);
            and_days(months, "month", from.checked_add(months.months()).ok())
        }
        "years" => {
            let years = count_of(Unit::Year);
            count(years, "year")
        }
        "hours" => count(days * 24, "hour"),
        "sleeps" => count(days, "sleep"),
        "nights" => count(days, "night"),
        _ => count(days, "day"),
    };
    (days, text)
}

pub(super) fn until(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, day) = day(turn, &found.text(&["end"])?)?;
    let unit = found.text(&["unit", "unit2"]).unwrap_or_default().to_lowercase();
    Some(ahead(turn, &name, day, &unit))
}

pub(super) fn ahead(turn: &Turn<'_>, name: &str, day: Day, unit: &str) -> Reply {
    let today = turn.now.date();
    let (days, text) = apart(today, day, unit);
    let name = name.trim_start_matches("on ");
    let text = match days {
        0 => format!("{} is today!", capital(name)),
        1.. => format!("{text} until {name} ({}).", long(day)),
        _ => format!("{} was {} ago.", capital(name), apart(day, today, unit).1),
    };
    Reply::say(text).did("date", "until").with("date", day.to_string()).with("days", days)
}

pub(super) fn since(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, mut day) = day(turn, &found.text(&["end"])?)?;
    let today = turn.now.date();
    // A date without a year is read as the next one; since then it is the last.
    if day > today {
        let weekday = name.to_lowercase().ends_with("day");
        day = if weekday { day.checked_sub(7.days()).ok()? } else { day.checked_sub(1.year()).ok()? };
    }
    let old = found.whole().to_lowercase().starts_with("how old");
    let unit =
        if old { "years".to_owned() } else { found.text(&["unit"]).unwrap_or_default().to_lowercase() };
    let (days, text) = apart(day, today, &unit);
    let text = if old { format!("{text} old.") } else { format!("{text} since {}.", long(day)) };
    Some(Reply::say(text).did("date", "since").with("date", day.to_string()).with("days", days))
}

pub(super) fn between(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (_, from) = day(turn, &found.text(&["from"])?)?;
    let (_, to) = day(turn, &found.text(&["end"])?)?;
    let (from, to) = (from.min(to), from.max(to));
    let unit = found.text(&["unit"]).unwrap_or_default().to_lowercase();
    let (days, text) = apart(from, to, &unit);
    let text = format!("{text}, from {} to {}.", long(from), long(to));
    let reply = Reply::say(text).did("date", "between").with("from", from.to_string());
    Some(reply.with("to", to.to_string()).with("days", days))
}
