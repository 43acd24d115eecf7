//! Stretches of time in the past: "yesterday", "last week", "the last 7 days".

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan, ZonedDateTime};

use super::reading::{Read, TIME, pattern, replace};
use super::turn::Turn;

/// A stretch of time and what it is called.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    /// Its first day, and the first day after it.
    pub days: Range<Date>,
    /// "today", "last week", "the last 7 days".
    pub name: String,
    /// In milliseconds since the Unix epoch.
    pub within: Range<i64>,
}

/// All of time.
pub(super) const ALWAYS: Range<i64> = i64::MIN..i64::MAX;

pattern!(
    LAST_FEW,
    r"(?i)(?:^|\b(?:in|over|during|within|for|from|of) )(?:the )?(?:last|past) (?:few (?<few>days|weeks|months)|(?<n>\d+|two|three|four|five|six|seven|ten|couple of) (?<unit>days?|weeks?|months?|years?))$"
);
pattern!(
    PAST,
    r"(?i)(?:^|\b(?:in|over|during|within|for|from|of) )(?:the )?past (?<unit>day|week|month|year)$"
);
pattern!(SINCE, r"(?i)(?:^|\b)(?:ever )?since (?<first>.+)$");
pattern!(FROM_TO, r"(?i)(?:^|\b)(?:from|between) (?<first>.+?) (?:to|and|until|till|through) (?<last>.+)$");
// "The 19th", without its month.
pattern!(
    NTH,
    r"(?i)^the (?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)?[ -]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\pL+teenth|twentieth|thirtieth))$"
);
pattern!(LATELY, r"(?i)\b(?:lately|recently|these days|of late)$");
pattern!(LEAD, r"(?i)(?:^| )(?:in|on|from|during|over|of|for|back in|since|the|all|,)+$");

// "Today's chat", "todays chat".
pattern!(
    DAYS_OWN,
    r"(?i)\b(?<day>today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:this|last) (?:week|month|year))'?s\b"
);
// An hour is of no day that was meant.
pattern!(
    CLOCK,
    r"(?i)^(?:at |by |around )?(?:\d[\d:. ]*(?:am|pm|o'clock)?|\pL+ o'clock|noon|midnight|now|right now)$"
);
pattern!(DENIED, r"(?i)\b(?:not|rather than|instead of|isn't|forget)$");

/// The stretch of the past that the whole of a phrase names, in milliseconds
/// since the Unix epoch; `read` finds dates and times by rule.
pub(crate) fn spoken(now: &ZonedDateTime, read: &Read<'_>, phrase: &str) -> Option<Range<i64>> {
    let (rest, stretch) = cut(now, read, phrase);
    stretch.filter(|_| rest.is_empty()).map(|stretch| stretch.within)
}

/// Takes a stretch of time off the end, or the whole, of a phrase: what is left,
/// and the stretch.
pub(super) fn split(turn: &Turn<'_>, phrase: &str) -> (String, Option<Stretch>) {
    cut(turn.now, turn.read, phrase)
}

/// Takes the last stretch of time out of a phrase, wherever it stands: what is left, and the stretch. One that is
/// denied is passed over: "yesterday, not today".
pub(super) fn anywhere(turn: &Turn<'_>, phrase: &str) -> (String, Option<Stretch>) {
    let phrase = replace(&DAYS_OWN, phrase, "$day");
    let words: Vec<&str> = phrase.split_whitespace().collect();
    for end in (1..=words.len()).rev() {
        let (head, tail) = words.split_at(end);
        let Some(last) = head.last() else { continue };
        let letters = last.trim_end_matches(|c: char| !c.is_alphanumeric());
        // "The 19th" is read only by itself.
        let mut begins = [0, end.saturating_sub(2)].into_iter();
        let found = begins.find_map(|begin| {
            let (before, said) = head.split_at(begin);
            let said = said.join(" ");
            let said = said.strip_suffix(last).map(|said| format!("{said}{letters}"))?;
            let (rest, stretch) = split(turn, &said);
            let stretch = stretch
                .filter(|stretch| !CLOCK.as_ref().is_some_and(|clock| clock.is_match(stretch.name.trim())))?;
            let rest = [before.join(" "), rest].join(" ");
            let denied = DENIED.as_ref().is_some_and(|denied| denied.is_match(&rest));
            (!denied).then_some((rest, stretch))
        });
        if let Some((rest, stretch)) = found {
            let mark = last.strip_prefix(letters).unwrap_or_default();
            return (format!("{}{mark} {}", rest.trim(), tail.join(" ")).trim().to_owned(), Some(stretch));
        }
    }
    (phrase, None)
}

fn cut(now: &ZonedDateTime, read: &Read<'_>, phrase: &str) -> (String, Option<Stretch>) {
    let phrase = phrase.trim().trim_end_matches(['?', '.', '!', ' ']);
    for regex in [&LAST_FEW, &PAST, &LATELY] {
        if let Some(found) = regex.as_ref().and_then(|regex| regex.captures(phrase)) {
            let days = found.name("unit").or(found.name("few")).map_or("month", |unit| unit.as_str());
            let n = found
                .name("n")
                .map_or(if found.name("few").is_some() { 3 } else { 1 }, |n| number(n.as_str()));
            let rest = phrase.get(..found.get(0).map_or(0, |all| all.start())).unwrap_or_default();
            return (led(rest), back(now, n, days));
        }
    }
    if let Some((at, stretch)) = spanned(now, read, phrase) {
        return (led(phrase.get(..at).unwrap_or_default()), Some(stretch));
    }
    if NTH.as_ref().is_some_and(|nth| nth.is_match(phrase)) {
        let (rest, stretch) = cut(now, read, &format!("on {phrase}"));
        return if stretch.is_some() { (rest, stretch) } else { (phrase.to_owned(), None) };
    }
    let mut entities = read(phrase);
    entities.retain(|entity| TIME.contains(&entity.entity.as_str()));
    let Some(entity) = entities.last().filter(|entity| entity.end == phrase.chars().count()) else {
        return (phrase.to_owned(), None);
    };
    let rest: String = phrase.chars().take(entity.start).collect();
    let day = entity.value.get(..10).and_then(|day| day.parse().ok());
    match day.and_then(|day| around(now, &entity.text, day)) {
        Some(stretch) => (led(&rest), Some(stretch)),
        None => (phrase.to_owned(), None),
    }
}

/// "Since Friday", "from Monday to Wednesday last week": where it begins in the
/// phrase, and the stretch.
fn spanned(now: &ZonedDateTime, read: &Read<'_>, phrase: &str) -> Option<(usize, Stretch)> {
    let one = |said: &str| {
        let mut entities = read(said);
        entities.retain(|entity| TIME.contains(&entity.entity.as_str()));
        let [entity] = entities.as_slice() else { return None };
        let whole = entity.text.chars().count() == said.trim().chars().count();
        let day = entity.value.get(..10)?.parse().ok().filter(|_| whole)?;
        Some(around(now, &entity.text, day)?.days)
    };
    if let Some(found) = SINCE.as_ref().and_then(|since| since.captures(phrase)) {
        let days = one(&found["first"])?.start..now.date().tomorrow().ok()?;
        let name = format!("since {}", &found["first"]);
        return Some((found.get(0)?.start(), stretch(now, days, &name)?));
    }
    let found = FROM_TO.as_ref()?.captures(phrase)?;
    let (first, last) = (&found["first"], &found["last"]);
    let until = one(last)?;
    // "from Monday to Wednesday last week", "between 1 and 5 October"
    let ends = ["last week", "this week"].into_iter().find(|end| last.to_lowercase().ends_with(end));
    let month = last.trim_start_matches(|c: char| !c.is_whitespace());
    let from = match (ends, one(first)) {
        (Some(end), _) => one(&format!("{first} {end}"))?,
        (None, Some(days)) => days,
        (None, None) => one(&format!("{first}{month}"))?,
    };
    let days = from.start..until.end;
    if days.start >= days.end {
        return None;
    }
    let name = found.get(0)?.as_str().trim().to_owned();
    Some((found.get(0)?.start(), stretch(now, days, &name)?))
}

/// Without the words that led to the time.
fn led(rest: &str) -> String {
    let mut rest = rest.trim().trim_end_matches([',', ' ']).to_owned();
    while let Some(found) = LEAD.as_ref().and_then(|lead| lead.find(&rest)) {
        rest.truncate(found.start());
    }
    rest.trim().to_owned()
}

fn number(word: &str) -> i64 {
    match word.to_lowercase().as_str() {
        "two" | "couple of" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "ten" => 10,
        digits => digits.parse().unwrap_or(1),
    }
}

/// The last `n` days, weeks ..., today included.
fn back(now: &ZonedDateTime, n: i64, unit: &str) -> Option<Stretch> {
    let unit = unit.to_lowercase();
    let span = match unit.trim_end_matches('s') {
        "day" => Span::new().try_days(n),
        "week" => Span::new().try_weeks(n),
        "month" => Span::new().try_months(n),
        _ => Span::new().try_years(n),
    };
    let tomorrow = now.date().tomorrow().ok()?;
    let first = tomorrow.checked_sub(span.ok()?).ok()?;
    let name = match n {
        1 => format!("the last {}", unit.trim_end_matches('s')),
        n => format!("the last {n} {}s", unit.trim_end_matches('s')),
    };
    stretch(now, first..tomorrow, &name)
}

/// The stretch that a date found by rule stands for: of "last week" the date is
/// only its first day. What lies ahead was a week or a year ago.
fn around(now: &ZonedDateTime, said: &str, day: Date) -> Option<Stretch> {
    let said = said.to_lowercase();
    let said = said.trim_start_matches("on ").trim_start_matches("in ");
    let holds = |word: &str| said.contains(word);
    let months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let whole_month =
        holds("month") || months.iter().any(|month| holds(month)) && day.day() == 1 && !holds("1");
    let weekday = holds("day") && !holds("today") && !holds("yesterday") && !holds("tomorrow");
    let today = now.date();
    let (mut first, length) = if holds("weekend") {
        (day, 2.days())
    } else if holds("week") && !weekday {
        (day, 7.days())
    } else if whole_month {
        (day.first_of_month(), 1.month())
    } else if holds("year") {
        (day.first_of_year(), 1.year())
    } else {
        (day, 1.day())
    };
    if first > today {
        let nth = NTH.as_ref().is_some_and(|nth| nth.is_match(said));
        let before = match () {
            () if weekday => 7.days(),
            () if nth => 1.month(),
            () => 1.year(),
        };
        first = first.checked_sub(before).ok()?;
    }
    if first > today {
        return None;
    }
    stretch(now, first..first.checked_add(length).ok()?, said)
}

/// The week, Monday to Sunday, that is `weeks` after this one.
pub(super) fn week(now: &ZonedDateTime, weeks: i64, name: &str) -> Option<Stretch> {
    let today = now.date();
    let offset = i64::from(today.weekday().since(Weekday::Monday));
    let first = today.checked_add(Span::new().try_days(weeks * 7 - offset).ok()?).ok()?;
    stretch(now, first..first.checked_add(7.days()).ok()?, name)
}

pub(super) fn stretch(now: &ZonedDateTime, days: Range<Date>, name: &str) -> Option<Stretch> {
    let begin =
        |day: Date| Some(day.to_zoned_datetime(now.time_zone().clone()).ok()?.timestamp().as_millisecond());
    let within = begin(days.start)?..begin(days.end)?;
    Some(Stretch { days, name: name.to_owned(), within })
}

/// Today.
pub(super) fn today(now: &ZonedDateTime) -> Option<Stretch> {
    let today = now.date();
    stretch(now, today..today.tomorrow().ok()?, "today")
}
