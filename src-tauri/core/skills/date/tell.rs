//! What day it is, was and will be.

use jiff::civil::Date as Day;

use crate::skills::grammar::Found;
use crate::skills::reading::TIME;
use crate::skills::time::zone_of;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::capital;
use crate::{holiday, nlu};

pub(super) fn long(day: Day) -> String {
    day.strftime("%A, %-d %B %Y").to_string()
}

pub(super) fn tell(turn: &Turn<'_>, phrase: &str, day: Day) -> Reply {
    let verb = if day < turn.now.date() { "was" } else { "is" };
    Reply::say(format!("{} {verb} {}.", capital(phrase), long(day)))
        .did("date", "tell")
        .with("date", day.to_string())
}

pub(super) fn today(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(tell(turn, "Today", turn.now.date()))
}

pub(super) fn week(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(in_week("It", turn.now.date()))
}

/// "Which week is 4 March in?"
pub(super) fn week_of(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (_, day) = day(turn, &found.text(&["when"])?)?;
    Some(in_week(&long(day), day))
}

/// By ISO 8601: weeks begin on Mondays, and the first has the year's first Thursday.
pub(super) fn in_week(what: &str, day: Day) -> Reply {
    let week = day.iso_week_date();
    let text = format!(
        "{what} is {} {} of {}.",
        if what == "It" { "week" } else { "in week" },
        week.week(),
        week.year()
    );
    Reply::say(text).did("date", "tell").with("date", day.to_string()).with("week", week.week())
}

pub(super) fn leap(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["year"])?;
    let next = match said.to_lowercase().as_str() {
        "next year" => 1,
        "the year after next" => 2,
        "last year" => -1,
        _ => 0,
    };
    // "Nineteen eighty-four" is 19 and 84.
    let digits = nlu::in_digits(&said).replace([' ', '-'], "");
    let year = digits.parse::<i16>().unwrap_or_else(|_| turn.now.year() + next);
    let leap = Day::new(year, 1, 1).ok()?.in_leap_year();
    let text =
        if leap { format!("Yes, {year} is a leap year.") } else { format!("No, {year} is not a leap year.") };
    Some(Reply::say(text).did("date", "tell").with("year", year).with("leap", leap))
}

/// The day that a phrase names: a date, or a holiday; with what to call it. A remark may stand after it: "Christmas,
/// the little one keeps asking".
pub(super) fn day(turn: &Turn<'_>, phrase: &str) -> Option<(String, Day)> {
    let alone =
        || one_day(turn, phrase.split([',', ';', '?', '!']).next().filter(|it| it.len() < phrase.len())?);
    one_day(turn, phrase).or_else(alone)
}

fn one_day(turn: &Turn<'_>, phrase: &str) -> Option<(String, Day)> {
    let phrase =
        phrase.trim_end_matches(" again").trim_start_matches("it's ").trim_start_matches("it is ").trim();
    if matches!(phrase.to_lowercase().as_str(), "today" | "now") {
        return Some(("today".to_owned(), turn.now.date()));
    }
    if let Some((name, day)) = holiday::named(phrase, turn.now.date()) {
        return Some((name.to_owned(), day));
    }
    // "July" alone is no date elsewhere: "I may".
    let month = format!("in {phrase}");
    let found = turn.entities(if phrase.contains(' ') { phrase } else { &month }, &TIME);
    let [entity] = found.as_slice() else { return None };
    // All of the phrase is the date, but for a word or two before it, or "my birthday on".
    let on = entity.text.to_lowercase().starts_with("on ") && phrase.ends_with(entity.text.as_str());
    if entity.text.chars().count() + 10 < phrase.chars().count() && !on {
        return None;
    }
    let day = entity.value.get(..10)?.parse().ok()?;
    (entity.entity != "time").then(|| (entity.text.clone(), day))
}

pub(super) fn when(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["when"])?;
    let (phrase, day) = day(turn, &said)?;
    // What was asked for without a year is in the past as often as not.
    let verb = if day < turn.now.date() { "was" } else { "is" };
    let phrase = phrase.trim_start_matches("on ").to_owned();
    let text = format!("{} {verb} {}.", capital(&phrase), long(day));
    Some(Reply::say(text).did("date", "tell").with("date", day.to_string()))
}

/// "Work out 100 days after 1 March", "6 weeks before Christmas is what date": a day that was counted out.
pub(super) fn when_counted(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = format!(" {} ", found.text(&["when"])?.to_lowercase());
    let counted = [" before ", " after ", " from ", " ago "].iter().any(|word| said.contains(word));
    if counted || found.whole().to_lowercase().contains(" what ") { when(turn, found) } else { None }
}

/// "Is it Tuesday today?"
pub(super) fn is_it(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = turn.entities(&format!("this {}", found.text(&["when"])?), &TIME);
    let said = said.first().filter(|entity| entity.entity == "date")?;
    let day: Day = said.value.parse().ok()?;
    let today = turn.now.date();
    let text = format!("{}, today is {}.", if day == today { "Yes" } else { "No" }, long(today));
    Some(Reply::say(text).did("date", "tell").with("date", today.to_string()))
}

/// "What day is it in Tokyo?"
pub(super) fn there(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let place = found.text(&["place"])?;
    let day = turn.now.with_time_zone(zone_of(&place)?).date();
    let text = format!("In {} it is {}.", capital(&place), long(day));
    Some(Reply::say(text).did("date", "tell").with("date", day.to_string()).with("place", capital(&place)))
}

/// "What day is the 25th?"
pub(super) fn numbered(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = format!("the {}", found.text(&["nth"])?);
    let month = if found.whole().to_lowercase().ends_with("this month") { " of this month" } else { "" };
    let (_, day) = day(turn, &format!("on {said}{month}"))?;
    Some(tell(turn, &said, day))
}

/// "When do the clocks change?"
pub(super) fn clocks(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["dir", "dir2", "edge"]).unwrap_or_default();
    // Whether summer time begins with the change that is asked for.
    let begins = match said.as_str() {
        "forward" | "forwards" | "start" | "begin" => Some(true),
        "back" | "end" | "over" | "finish" => Some(false),
        _ => None,
    };
    let zone = turn.now.time_zone().clone();
    let mut changes = zone.following(turn.now.timestamp()).take(4);
    let Some(change) = changes.find(|it| begins.is_none_or(|begins| it.dst().is_dst() == begins)) else {
        return Some(Reply::say("The clocks do not change here."));
    };
    let day = change.timestamp().to_zoned_datetime(zone.clone()).date();
    let way = if change.dst().is_dst() { "forward" } else { "back" };
    let text = format!("The clocks go {way} on {}.", long(day));
    Some(Reply::say(text).did("date", "tell").with("date", day.to_string()))
}

pub(super) fn next_leap(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let now = turn.now.year();
    let year = (now + 1..=now + 8).find(|year| Day::new(*year, 1, 1).is_ok_and(Day::in_leap_year))?;
    let reply = Reply::say(format!("The next leap year is {year}.")).did("date", "tell");
    Some(reply.with("year", year).with("leap", true))
}

pub(super) fn month_days(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["month"])?.to_lowercase();
    let said = if said == "month" { "this month".to_owned() } else { said };
    let phrases = [said.clone(), format!("in {said}"), format!("1 {said}")];
    let day = phrases.iter().find_map(|phrase| {
        let found = turn.entities(phrase, &TIME);
        found.first().filter(|entity| entity.entity == "date")?.value.parse::<Day>().ok()
    })?;
    // "How many days in 5 May" is none; a month is its first day.
    if day.day() != 1 || said.contains("year") || said.contains("week") {
        return None;
    }
    let days = day.days_in_month();
    let text = format!("{} has {days} days.", day.strftime("%B %Y"));
    Some(Reply::say(text).did("date", "tell").with("date", day.to_string()).with("days", days))
}

/// "How many Mondays are there in May?"
pub(super) fn weekdays_in(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (said, month) = (found.text(&["day"])?, found.text(&["month"])?);
    let on = |date: &str| {
        let found = turn.entities(date, &TIME);
        found.first().filter(|entity| entity.entity == "date")?.value.get(..10)?.parse::<Day>().ok()
    };
    let weekday = on(&format!("on {said}"))?.weekday();
    let first = on(&month).or_else(|| on(&format!("in {month}"))).filter(|day| day.day() == 1)?;
    let days = first.series(jiff::ToSpan::days(1)).take_while(|day| day.month() == first.month());
    let count = days.filter(|day| day.weekday() == weekday).count();
    let text = format!("{} has {count} {}s.", first.strftime("%B %Y"), capital(&said));
    Some(Reply::say(text).did("date", "tell").with("date", first.to_string()).with("count", count))
}

/// "What day does Christmas fall on this year?"
pub(super) fn falls(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let year = found.text(&["year"]).unwrap_or_default();
    let year = year.trim().trim_start_matches("in ");
    let name = found.text(&["name"])?;
    let (name, day) = day(turn, format!("{name} {year}").trim()).or_else(|| day(turn, &name))?;
    Some(tell(turn, name.trim_start_matches("on "), day))
}

pub(super) fn quarter(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(in_quarter("It", turn.now.date()))
}

/// "Which quarter is May in?"
pub(super) fn quarter_of(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, day) = day(turn, &found.text(&["when"])?)?;
    Some(in_quarter(&capital(name.trim_start_matches("in ").trim_start_matches("on ")), day))
}

pub(super) fn in_quarter(what: &str, day: Day) -> Reply {
    let quarter = (day.month() + 2) / 3;
    let is = if what == "It" { "is" } else { "is in" };
    Reply::say(format!("{what} {is} quarter {quarter} of {}.", day.year()))
        .did("date", "tell")
        .with("date", day.to_string())
        .with("quarter", quarter)
}

/// "Is Christmas on a weekend next year?"
pub(super) fn falls_on(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "The exam's on the third, is that a Wednesday or a Thursday": what it is about stands elsewhere.
    let name = found.text(&["name"])?.to_lowercase();
    if name.contains(" or ") || ["that", "it", "this", "they"].contains(&name.split(' ').next()?) {
        return None;
    }
    let reply = falls(turn, found)?;
    let at: Day = reply.actions.first()?.slots.get("date")?.as_str()?.parse().ok()?;
    let name = at.strftime("%A").to_string().to_lowercase();
    let weekend = at.weekday().to_monday_zero_offset() >= 5;
    let yes = match found.text(&["on"])?.to_lowercase().as_str() {
        "weekend" => weekend,
        on if on.starts_with("week") || on.starts_with("work") => !weekend,
        on => on.trim_end_matches('s') == name,
    };
    let text = format!("{}. {}", if yes { "Yes" } else { "No" }, reply.text);
    Some(Reply { text, ..reply })
}

/// "10 days after Christmas".
pub(super) fn moved(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let amount = turn.entities(found.text(&["amount"])?.trim_start_matches("in "), &["duration"]);
    let span: jiff::Span = amount.first()?.value.parse().ok()?;
    let (_, from) = day(turn, &found.text(&["end"])?)?;
    let back = matches!(found.text(&["dir"])?.to_lowercase().as_str(), "before" | "prior to");
    let moved = from.checked_add(if back { -span } else { span }).ok()?;
    Some(Reply::say(format!("That is {}.", long(moved))).did("date", "tell").with("date", moved.to_string()))
}

pub(super) fn next_holiday(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    holiday_after(turn)
}

pub(super) fn holiday_after(turn: &Turn<'_>) -> Option<Reply> {
    // "My last holiday" is none of the calendar's.
    if turn.reading.plain.to_lowercase().contains(" last ") {
        return None;
    }
    let (name, day) = holiday::next(turn.now.date())?;
    let text = format!("The next one I know is {name}, on {}.", long(day));
    Some(Reply::say(text).did("date", "tell").with("date", day.to_string()))
}
