//! Days: `tomorrow`, `next Friday`, `3 May 2027`, `24/12/2026`, `the weekend`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::super::number::{below_hundred, number, ordinal};
use super::super::words::{Shape, Words};
use super::clock::Part;

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
        .or_else(|| weekday(words, start, today, on.is_some()))
        .or_else(|| of_month(words, start, today, on.is_some()))
        .or_else(|| period(words, at, today))
}

fn plain(date: Date, next: usize) -> Day {
    Day { date, part: None, next }
}

fn shifted(today: Date, days: i64) -> Option<Date> {
    today.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// `today`, `tomorrow`, `tonight`, `the day after tomorrow`, `this morning`.
fn near(words: &Words, at: usize, today: Date) -> Option<Day> {
    let phrases: [(i64, Option<Part>, &[&str]); 8] = [
        (2, None, &["the day after tomorrow", "day after tomorrow", "overmorrow"]),
        (-2, None, &["the day before yesterday", "day before yesterday"]),
        (1, None, &["tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow", "2morrow"]),
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
enum Which {
    /// Of the period that begins after this one.
    Next,
    /// The latest before today.
    Last,
    /// The first from today on.
    This,
}

fn which(words: &Words, at: usize) -> Option<(Which, usize)> {
    match words.lower(at) {
        "next" => Some((Which::Next, at + 1)),
        "last" | "past" => Some((Which::Last, at + 1)),
        "this" | "coming" => Some((Which::This, words.after(at + 1, "coming").unwrap_or(at + 1))),
        _ => None,
    }
}

/// The name of a weekday; a short one that is also another word only where `sure`.
fn weekday_name(word: &str, sure: bool) -> Option<Weekday> {
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
        of_month(words, comma, today, true).or_else(|| numeric(words, comma, today, true)).map(|_| short)
    })?;
    let next = start + 1;
    if which.is_none() {
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

/// The name of a month, and the word after it; a full stop after a short one belongs to it.
fn month(words: &Words, at: usize) -> Option<(i8, usize)> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may", "may"),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sep"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ];
    let word = if words.lower(at) == "sept" { "sep" } else { words.lower(at) };
    let number = MONTHS.iter().position(|(long, short)| *long == word || *short == word)?;
    let short = word.len() == 3 && word != "may";
    let next = if short && words.joined_by(at + 1, ".") { at + 2 } else { at + 1 };
    Some((i8::try_from(number).ok()? + 1, next))
}

/// Whether the name of the month at `at` is also a verb.
fn verb(words: &Words, at: usize) -> bool {
    matches!(words.lower(at), "may" | "march" | "mar")
}

/// A year after an optional comma: `2027`, `two thousand twenty seven`, `twenty twenty-seven`.
fn year(words: &Words, at: usize) -> Option<(i16, usize)> {
    let start = words.after(at, ",").unwrap_or(at);
    let (year, next) = match words.digits(start) {
        Some(digits) if digits.len() == 4 => (digits.parse().ok()?, start + 1),
        Some(_) => return None,
        None => in_pairs(words, start).or_else(|| {
            let (year, next) = number(words, start)?;
            Some((i16::try_from(year.integer()?).ok()?, next))
        })?,
    };
    let time = words.joined_by(next, ":") && words.glued(next + 1);
    ((1900..2200).contains(&year) && words.alone(start, next) && !time).then_some((year, next))
}

/// `nineteen eighty four`, `twenty seventeen`.
fn in_pairs(words: &Words, at: usize) -> Option<(i16, usize)> {
    let century = match words.lower(at) {
        "nineteen" => 1900,
        "twenty" => 2000,
        _ => return None,
    };
    let (rest, next) = below_hundred(words, at + 1).filter(|(rest, _)| *rest >= 10)?;
    Some((century + i16::try_from(rest).ok()?, next))
}

/// `on the 3rd`; `3 May`, `the 3rd of May 2027`, `May 3rd, 2027`; `in December`, `next May`, `May 2027`.
fn of_month(words: &Words, at: usize, today: Date, on: bool) -> Option<Day> {
    let the = words.after(at, "the").unwrap_or(at);
    if let Some(day) = dated(words, the, today) {
        return Some(day);
    }
    if let Some((number, next)) = ordinal(words, the).filter(|_| the > at) {
        let months = [(0, "of this month"), (0, "of the month"), (1, "of next month"), (-1, "of last month")];
        if let Some((months, end)) =
            months.iter().find_map(|(months, of)| Some((*months, words.after(next, of)?)))
        {
            let first =
                today.first_of_month().checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
            return Some(plain(
                Date::new(first.year(), first.month(), i8::try_from(number).ok()?).ok()?,
                end,
            ));
        }
    }
    // "the 3rd time", "on the first floor" are no days.
    if let Some((number, next)) =
        ordinal(words, the).filter(|(_, next)| on && the > at && closes(words, *next))
    {
        return Some(plain(next_numbered(today, number, None)?, next));
    }
    let ((which, start), led) = match which(words, at) {
        Some((which, next)) => ((Some(which), next), true),
        None => match words.after(at, "in") {
            Some(next) => ((None, next), true),
            None => ((None, at), false),
        },
    };
    let (month, next) = month(words, start)?;
    if let Some((year, next)) = year(words, next).filter(|_| which.is_none()) {
        return Some(plain(Date::new(year, month, 1).ok()?, next));
    }
    if !led || !words.alone(start, next) {
        return None;
    }
    let first = Date::new(today.year(), month, 1).ok()?;
    let date = match which {
        Some(Which::Last) => {
            if first < today.first_of_month() {
                first
            } else {
                first.checked_sub(1.year()).ok()?
            }
        }
        Some(Which::Next) => {
            if first > today {
                first
            } else {
                first.checked_add(1.year()).ok()?
            }
        }
        _ => {
            if first >= today.first_of_month() {
                first
            } else {
                first.checked_add(1.year()).ok()?
            }
        }
    };
    Some(plain(date, next))
}

/// A day and its month in words, with or without a year: `3 May`, `3rd of May 2027`, `May 3rd`.
fn dated(words: &Words, at: usize, today: Date) -> Option<Day> {
    let day = |at: usize| {
        ordinal(words, at).or_else(|| {
            let digits = words.digits(at).filter(|digits| digits.len() <= 2)?;
            Some((digits.parse().ok()?, at + 1))
        })
    };
    let (month, day, next, doubtful) = if let Some((day, after)) = day(at) {
        let name = words.after(after, "of").unwrap_or(after);
        let (month, next) = month(words, name)?;
        (month, day, next, verb(words, name) && after == at + 1 && name == after)
    } else {
        let (month, after) = month(words, at)?;
        let the = words.after(after, "the").unwrap_or(after);
        let (day, next) = if the > after { ordinal(words, the)? } else { day(the)? };
        let time = words.joined_by(next, ":") && words.glued(next + 1);
        if time || !words.ends(next) {
            return None;
        }
        (month, day, next, next == the + 1 && words.digits(the).is_some() && verb(words, at))
    };
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    if let Some((year, next)) = year(words, next) {
        return Some(plain(Date::new(year, month, day).ok()?, next));
    }
    // "I may 3 times", "they march 5 km".
    if doubtful && !closes(words, next) || !words.alone(at, next) {
        return None;
    }
    // Eight years reach the next 29 February across a century.
    let date = (0..=8)
        .find_map(|years| Date::new(today.year() + years, month, day).ok().filter(|date| *date >= today))?;
    Some(plain(date, next))
}

/// The first day from `today` on whose number in its month is `number`, on `weekday` if one is given.
fn next_numbered(today: Date, number: i64, weekday: Option<Weekday>) -> Option<Date> {
    let number = i8::try_from(number).ok().filter(|number| (1..=31).contains(number))?;
    let mut first = today.first_of_month();
    for _ in 0..MONTHS_SEARCHED {
        let date = Date::new(first.year(), first.month(), number).ok();
        if let Some(date) =
            date.filter(|date| *date >= today && weekday.is_none_or(|weekday| date.weekday() == weekday))
        {
            return Some(date);
        }
        first = first.checked_add(1.month()).ok()?;
    }
    None
}

/// Every pair of a weekday and a number, save the rarest, comes within five years.
const MONTHS_SEARCHED: usize = 60;

/// `2026-11-24`, `24/12/2026`, `24.12.2026`, `12/24/26`; with "on" also `24/12`.
fn numeric(words: &Words, at: usize, today: Date, on: bool) -> Option<Day> {
    let first = words.digits(at).filter(|digits| digits.len() <= 4)?;
    let mark = ["-", "/", "."].into_iter().find(|mark| words.joined_by(at + 1, mark))?;
    let second = words.digits_after(at + 1, mark).filter(|digits| digits.len() <= 2)?;
    let part = |digits: &str| digits.parse::<i16>().ok();
    let short = |digits: &str| part(digits).and_then(|n| i8::try_from(n).ok());
    let date = |year: i16, a: i8, b: i8| {
        // Day first, as most of the world writes it; the other order where that is no date.
        Date::new(year, b, a).or_else(|_| Date::new(year, a, b)).ok()
    };
    let Some(third) = words.digits_after(at + 3, mark) else {
        let fits = on && mark == "/" && first.len() <= 2 && words.alone(at, at + 3);
        let year = today.year();
        let (a, b) = (short(first)?, short(second)?);
        let day =
            [year, year + 1].into_iter().filter_map(|year| date(year, a, b)).find(|date| *date >= today);
        return day.filter(|_| fits).map(|day| plain(day, at + 3));
    };
    let next = at + 5;
    let more = words.digits_after(next, mark).is_some();
    let touched = words.glued(next) && words.shape(next) == Some(Shape::Digits)
        || words.glued(at)
            && at.checked_sub(1).is_some_and(|b| {
                words.shape(b) != Some(Shape::Mark) || matches!(words.lower(b), "-" | "/" | "." | "_" | ":")
            });
    if more || touched {
        return None;
    }
    let found = match (first.len(), third.len()) {
        (4, 1..=2) => Date::new(part(first)?, short(second)?, short(third)?).ok()?,
        (1..=2, 4) => date(part(third)?, short(first)?, short(second)?)?,
        (1..=2, 2) if mark == "/" => date(2000 + part(third)?, short(first)?, short(second)?)?,
        _ => return None,
    };
    Some(plain(found, next))
}

/// The first day of `next week`, `this month`, `last year`, `the weekend`.
fn period(words: &Words, at: usize, today: Date) -> Option<Day> {
    if let Some(next) =
        words.after_any(at, &["on the weekend", "at the weekend", "over the weekend", "the weekend"])
    {
        return Some(plain(in_week(today, Weekday::Saturday, 0)?, next));
    }
    if let Some(day) = end_of(words, at, today) {
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

/// Whether nothing at word `at` could be counted by a number before it.
fn closes(words: &Words, at: usize) -> bool {
    const OTHERS: &[&str] = &[
        "at",
        "in",
        "on",
        "for",
        "to",
        "and",
        "or",
        "but",
        "with",
        "from",
        "by",
        "until",
        "till",
        "is",
        "was",
        "are",
        "the",
        "a",
        "an",
        "i",
        "we",
        "he",
        "she",
        "they",
        "it",
        "you",
        "my",
        "our",
        "your",
        "please",
        "about",
        "when",
        "because",
        "if",
        "this",
        "next",
        "that",
        "so",
        "as",
        "not",
        "then",
        "will",
        "would",
        "can",
        "should",
        "of",
        "around",
        "before",
        "after",
        "noon",
        "midnight",
        "morning",
        "afternoon",
        "evening",
        "night",
    ];
    match words.shape(at) {
        None => true,
        Some(Shape::Digits) => !words.glued(at),
        Some(Shape::Mark) => !matches!(words.lower(at), "%" | "/" | "-" | "°" | "$" | "€" | "£"),
        Some(Shape::Letters) => OTHERS.contains(&words.lower(at)),
    }
}
