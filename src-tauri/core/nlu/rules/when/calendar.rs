//! Days by their place in the month and the year: `3 May 2027`, `on the 15th`, `24/12/2026`, `mid-January`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::super::number::{below_hundred, number, ordinal};
use super::super::words::{Shape, Words};
use super::day::{Day, Which, plain, weekday_name, which};

/// The name of a month, and the word after it; a full stop after a short one belongs to it.
pub(super) fn month(words: &Words, at: usize) -> Option<(i8, usize)> {
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

/// A year from `first` on, after an optional comma: `2027`, `two thousand twenty seven`, `twenty twenty-seven`.
fn year(words: &Words, at: usize, first: i16) -> Option<(i16, usize)> {
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
    ((first..2200).contains(&year) && words.alone(start, next) && !time).then_some((year, next))
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
pub(super) fn of_month(words: &Words, at: usize, today: Date, on: bool) -> Option<Day> {
    let the = words.after(at, "the").unwrap_or(at);
    // "Next July 4th" is the first that comes.
    let coming =
        words.after_any(at, &["this coming", "the coming", "the next", "next", "this"]).unwrap_or(the);
    if let Some(day) = dated(words, coming, today) {
        return Some(day);
    }
    if let Some((number, next)) = ordinal(words, the).filter(|_| the > at) {
        let months = [(0, "of this month"), (0, "of the month"), (1, "of next month"), (-1, "of last month")];
        if let Some((months, end)) =
            months.iter().find_map(|(months, of)| Some((*months, words.after(next, of)?)))
        {
            let first =
                today.first_of_month().checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
            let date = Date::new(first.year(), first.month(), i8::try_from(number).ok()?).ok()?;
            // "The 1st of the month" lies ahead, that "of this month" may not.
            let passed = date < today && words.after(next, "of the month").is_some();
            return Some(plain(if passed { date.checked_add(1.month()).ok()? } else { date }, end));
        }
    }
    // "the 3rd time", "on the first floor" are no days.
    let led =
        on || at == 0 || matches!(words.lower(at - 1), "by" | "before" | "until" | "till" | "for" | "since");
    if let Some((number, next)) = ordinal(words, the)
        .filter(|(_, next)| (on || led && words.digits(the).is_some()) && the > at && closes(words, *next))
    {
        return Some(plain(next_numbered(today, number, None)?, next));
    }
    let part_of = [(15, MIDDLES), (1, BEGINNINGS)];
    let part_of = part_of.iter().find_map(|(day, phrases)| Some((*day, words.after_any(at, phrases)?)));
    if let Some((day, start)) = part_of {
        let (month, next) = month(words, start)?;
        let first = Date::new(today.year(), month, day).ok()?;
        let date = if first >= today { first } else { first.checked_add(1.year()).ok()? };
        return words.alone(start, next).then(|| plain(date, next));
    }
    let ((which, start), led) = match which(words, at) {
        Some((which, next)) => ((Some(which), next), true),
        None => match words.after(at, "in") {
            Some(next) => ((None, next), true),
            None => ((None, at), false),
        },
    };
    let (month, next) = month(words, start)?;
    if let Some((year, next)) = year(words, next, 1900).filter(|_| which.is_none()) {
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

/// `the second Tuesday in January`, `the last Friday of the month`.
pub(super) fn nth_weekday(words: &Words, at: usize, today: Date) -> Option<Day> {
    let the = words.after(at, "the").unwrap_or(at);
    let (nth, name) = match words.lower(the) {
        "last" => (-1, the + 1),
        _ => ordinal(words, the).filter(|(nth, _)| (1..=5).contains(nth))?,
    };
    let weekday = weekday_name(words.lower(name), false)?;
    let of = words.after_any(name + 1, &["in", "of"])?;
    let day = |first: Date| first.nth_weekday_of_month(i8::try_from(nth).ok()?, weekday).ok();
    let first = today.first_of_month();
    if let Some(next) = words.after_any(of, &["next month"]) {
        return Some(plain(day(first.checked_add(1.month()).ok()?)?, next));
    }
    if let Some(next) = words.after_any(of, &["the month", "this month"]) {
        let date = day(first).filter(|date| *date >= today || words.lower(of) == "this");
        return Some(plain(date.or_else(|| day(first.checked_add(1.month()).ok()?))?, next));
    }
    let (month, next) = month(words, of)?;
    if let Some((year, next)) = year(words, next, 1900) {
        return Some(plain(day(Date::new(year, month, 1).ok()?)?, next));
    }
    let of_year = |year: i16| day(Date::new(year, month, 1).ok()?);
    let date = of_year(today.year()).filter(|date| *date >= today);
    Some(plain(date.or_else(|| of_year(today.year() + 1))?, next))
}

const MIDDLES: &[&str] =
    &["in mid -", "in mid", "mid -", "mid", "in the middle of", "the middle of", "around the middle of"];
const BEGINNINGS: &[&str] = &["in early", "early", "at the beginning of", "at the start of"];

/// A day and its month in words, with or without a year: `3 May`, `3rd of May 2027`, `May 3rd`.
pub(super) fn dated(words: &Words, at: usize, today: Date) -> Option<Day> {
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
    if let Some((year, next)) = year(words, next, 1500) {
        return Some(plain(Date::new(year, month, day).ok()?, next));
    }
    let years = [(0, "this year"), (1, "next year"), (-1, "last year")];
    if let Some((years, next)) =
        years.iter().find_map(|(years, phrase)| Some((*years, words.after(next, phrase)?)))
    {
        return Some(plain(Date::new(today.year() + years, month, day).ok()?, next));
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
pub(super) fn next_numbered(today: Date, number: i64, weekday: Option<Weekday>) -> Option<Date> {
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
pub(super) fn numeric(words: &Words, at: usize, today: Date, on: bool) -> Option<Day> {
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

/// Whether nothing at word `at` could be counted by a number before it.
pub(super) fn closes(words: &Words, at: usize) -> bool {
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
