//! Days and how far they are apart, asked for in any words.

use jiff::ToSpan;
use jiff::civil::Date as Day;

use super::Date;
use super::apart::{ahead, behind, from_to, gone_by, spans};
use super::tell::{in_quarter, in_week, long, tell};
use crate::skills::Skill;
use crate::skills::filled::Marks;
use crate::skills::reading::{TIME, pattern, says};
use crate::skills::runs::{answered, said_again};
use crate::skills::time::place_in;
use crate::skills::turn::{Reply, Turn};
use crate::{Entity, holiday};

/// A day that a message names, and the words for it.
struct Named {
    said: String,
    day: Day,
}

pattern!(
    COUNTS,
    r"(?i)\b(?:how many(?: more)?|number of|count(?: down)?(?: the)?|in|the|many) (?<unit>days|weeks|months|nights|sleeps|hours|years)\b"
);
// What only says more of another day: "is that a Wednesday or a Thursday", "this year".
pattern!(
    VAGUE,
    r"(?i)^(?:(?:on|in|a|this|the|next|last|coming|or) )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|year|\d{4})$"
);
pattern!(ONLY_A_DAY, r"(?i)^(?:(?:on|the|from|between) )*\d{1,2}(?:st|nd|rd|th)?$");
pattern!(YEAR, r"\b(?:1[5-9]|2[0-9])\d\d\b");
pattern!(IN_YEAR, r"(?i)\b(?:2[0-9]\d\d|(?:next|this|last) year)\b");
pattern!(
    PERIOD,
    r"(?i)\b(?:of|in|to|till|until) (?:the |this )?(?:end of )?(?:the |this )?(?<period>year|month|week)\b"
);
pattern!(WORKING, r"(?i)\b(?:working|work|business|week) ?days\b");
pattern!(
    WEEK,
    r"(?i)\bweek ?(?:number|no|nr|num)\b|\b(?:which|what)(?:'s| is)?(?: the)?(?: calendar| iso)? week\b|\b(?:calendar|iso) week\b|\bnumber of (?:the|this) week\b"
);
pattern!(MOVED, r"(?i)\b(?<dir>before|after|from|prior to|following|past)\b");
pattern!(OLD, r"(?i)\b(?:how old|years old|what age)\b");

// What may lead to a day.
pattern!(LED, r"(?i)^ *(?:(?:on|the|of|this|until|till|to|from|since|between|coming) *)*$");

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    let again = said_again(&plain).map(|again| named(turn, again));
    let again = again.filter(|days| days.len() == 1 && verb != "between");
    let repaired = again.is_some();
    let days = again.unwrap_or_else(|| named(turn, &plain));
    let all = days.len();
    // The part that asks is enough where it says the days itself.
    let fits = |turn: &Turn<'_>, part: &str| !repaired && named(turn, part).len() == all;
    if let Some(reply) = answered(&Date, turn, verb, fits) {
        return Some(reply);
    }
    match verb {
        "until" if gone_by(&plain) == Some(true) => since(turn, &plain, &days),
        "tell" => told(turn, &plain, &days),
        "until" => until(turn, &plain, &days),
        "since" => since(turn, &plain, &days),
        "between" => between(turn, &plain, &days),
        _ => None,
    }
}

/// The same with the days that are marked, each of which must be one.
pub(super) fn filled(turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
    let one = |words: &str| {
        let day = <[Named; 1]>::try_from(named(turn, words)).ok()?.into_iter().next()?;
        let whole =
            says(&LED, &words.replacen(&day.said, "", 1)) || holiday::named(words, turn.now.date()).is_some();
        whole.then_some(day)
    };
    let days: Vec<Named> = marks.all("day").into_iter().map(one).collect::<Option<_>>()?;
    let plain = turn.reading.plain.clone();
    // "Next Friday", of which only the Friday is marked.
    let more = |day: &Named, whole: &Named| {
        whole.said.contains(&day.said) && !says(&LED, &whole.said.replacen(&day.said, "", 1))
    };
    let whole = named(turn, &plain);
    if days.iter().any(|day| whole.iter().any(|whole| more(day, whole))) {
        return None;
    }
    match (verb, days.len()) {
        _ if !marks.all("place").is_empty() => None,
        ("until", 1) if gone_by(&plain) != Some(true) && days.iter().all(|it| it.day >= turn.now.date()) => {
            until(turn, &plain, &days)
        }
        ("since", 1) => since(turn, &plain, &days),
        ("between", 2) => between(turn, &plain, &days),
        ("tell", 1) => told(turn, &plain, &days),
        _ => None,
    }
}

/// What the days are to be counted in.
fn unit(plain: &str) -> String {
    let counted = COUNTS.as_ref().and_then(|counts| counts.captures_iter(plain).last());
    if let Some(found) = counted {
        return found["unit"].to_lowercase();
    }
    if OLD.as_ref().is_some_and(|old| old.is_match(plain)) { "years".to_owned() } else { String::new() }
}

/// The days that a text names, in their order.
fn named(turn: &Turn<'_>, text: &str) -> Vec<Named> {
    let of = |entity: &Entity| {
        let day = entity.value.get(..10)?.parse().ok().filter(|_| entity.entity != "time")?;
        Some(Named { said: entity.text.clone(), day })
    };
    let days: Vec<Named> = turn.entities(text, &TIME).iter().filter_map(of).collect();
    // "On what date does Easter fall in 2027?"
    let exact = days.iter().filter(|day| !is_vague(&day.said)).count();
    let year = IN_YEAR.as_ref().and_then(|year| Some(year.find_iter(text).last()?.as_str()));
    let holiday = || holiday_in(turn, text, year);
    let holiday = if exact == 0 || exact == 1 && year.is_some() { holiday() } else { None };
    holiday.map_or(days, |holiday| vec![holiday])
}

fn is_vague(said: &str) -> bool {
    VAGUE.as_ref().is_some_and(|vague| vague.is_match(said))
}

/// The holiday that a text names, by any of its names: "paddy's day", "chrimbo".
fn holiday_in(turn: &Turn<'_>, text: &str, year: Option<&str>) -> Option<Named> {
    let words: Vec<&str> =
        text.split([' ', ',', '.', ';', '!', '?']).filter(|word| !word.is_empty()).collect();
    let called = |from: usize, length: usize| {
        let said = words.get(from..from + length)?.join(" ");
        // "The year" is New Year only in the grammar.
        let short = said.to_lowercase().replace("the ", "").starts_with("year");
        let holiday = |name: &str| holiday::named(name, turn.now.date()).filter(|_| !short);
        let (name, day) =
            year.and_then(|year| holiday(&format!("{said} {year}"))).or_else(|| holiday(&said))?;
        Some(Named { said: name.to_owned(), day })
    };
    let rows = |from: usize| (1..=4).rev().find_map(|length| called(from, length));
    (0..words.len()).find_map(rows)
}

/// The last of the days that is not today, which is only where one counts from; today, if no other is said.
fn other<'d>(turn: &Turn<'_>, days: &'d [Named]) -> Option<&'d Named> {
    let others = || days.iter().rev().filter(|day| day.day != turn.now.date());
    // "The third of December, is that a Wednesday or a Thursday?"
    others().find(|day| !is_vague(&day.said)).or_else(|| others().next()).or(days.last())
}

fn until(turn: &mut Turn<'_>, plain: &str, days: &[Named]) -> Option<Reply> {
    let Some(named) = other(turn, days) else {
        let period = PERIOD.as_ref()?.captures(plain)?["period"].to_lowercase();
        let unit = unit(plain);
        let unit = if unit.is_empty() { "days" } else { &unit };
        return Date.exact(&mut turn.saying(&format!("how many {unit} left in the {period}")));
    };
    if let [.., first, last] = days
        && first.day != turn.now.date()
        && spans(gap(plain, first, last)?)
    {
        return between(turn, plain, days);
    }
    let (said, day) = (named.said.clone(), named.day);
    if WORKING.as_ref().is_some_and(|working| working.is_match(plain))
        && let Some(reply) = Date.exact(&mut turn.saying(&format!("how many working days until {said}")))
    {
        return Some(reply);
    }
    Some(ahead(turn, &said, day, &unit(plain)))
}

fn since(turn: &Turn<'_>, plain: &str, days: &[Named]) -> Option<Reply> {
    let named = other(turn, days)?;
    behind(turn, &named.said, named.day, &unit(plain))
}

fn between(turn: &mut Turn<'_>, plain: &str, days: &[Named]) -> Option<Reply> {
    let [.., first, second] = days else {
        let named = days.first()?;
        return if named.day < turn.now.date() { since(turn, plain, days) } else { until(turn, plain, days) };
    };
    let says_year = |named: &Named| YEAR.as_ref().is_some_and(|year| year.is_match(&named.said));
    let (mut from, mut to) = (first.day, second.day);
    // "Between the 5th and the 20th of March", "from 1 December to 10 February 2028".
    if ONLY_A_DAY.as_ref()?.is_match(&first.said) && !ONLY_A_DAY.as_ref()?.is_match(&second.said) {
        from = Day::new(to.year(), to.month(), from.day()).ok()?;
    }
    if says_year(second) && !says_year(first) {
        let year =
            if (from.month(), from.day()) <= (to.month(), to.day()) { to.year() } else { to.year() - 1 };
        from = Day::new(year, from.month(), from.day()).ok()?;
    }
    if to < from && !says_year(second) && to != turn.now.date() {
        to = to.checked_add(1.year()).ok()?;
    }
    Some(from_to(from, to, &unit(plain)))
}

fn told(turn: &mut Turn<'_>, plain: &str, days: &[Named]) -> Option<Reply> {
    let lower = plain.to_lowercase();
    let today = turn.now.date();
    if lower.contains("leap") {
        let year = YEAR.as_ref()?.find_iter(plain).last().map(|year| year.as_str().to_owned());
        let next = lower.contains("next leap") || lower.contains("when");
        let asked = match year {
            Some(year) => format!("is {year} a leap year"),
            None if next => "when is the next leap year".to_owned(),
            None if lower.contains("next year") => "is next year a leap year".to_owned(),
            None => "is this year a leap year".to_owned(),
        };
        return Date.exact(&mut turn.saying(&asked));
    }
    let named = other(turn, days);
    let the_day = |named: Option<&Named>| named.map_or(today, |named| named.day);
    if WEEK.as_ref()?.is_match(plain) {
        let what = named.filter(|named| named.day != today).map(|named| long(named.day));
        return Some(in_week(what.as_deref().unwrap_or("It"), the_day(named)));
    }
    if lower.contains("quarter") && !lower.contains("quarter past") {
        return Some(in_quarter(named.map_or("It", |named| &named.said), the_day(named)));
    }
    if lower.contains("clocks") || lower.contains("daylight sav") {
        let way = ["back", "forward"].iter().find(|way| lower.contains(**way)).copied().unwrap_or("change");
        return Date
            .exact(&mut turn.saying(&format!("when do the clocks go {way}").replace("go change", "change")));
    }
    // "What's the day in Tokyo now, still Monday?"
    if days.iter().all(|day| is_vague(&day.said) || day.day == today)
        && let Some(place) = place_in(plain)
    {
        return Date.exact(&mut turn.saying(&format!("what day is it in {place}")));
    }
    let Some(named) = named else {
        // "They give me 14 days, what date is that?"
        let length = turn.entities(plain, &["duration"]).pop();
        let then = length.and_then(|length| {
            let span: jiff::Span = length.value.parse().ok()?;
            Some((length.text, turn.now.checked_add(span).ok()?.date()))
        });
        let asks_then =
            [" then", " that", " would", " will", " does"].iter().any(|word| lower.contains(word));
        return Some(match then.filter(|_| asks_then) {
            Some((length, day)) => tell(turn, &format!("In {length}"), day),
            None => tell(turn, "Today", today),
        });
    };
    if let Some(reply) = counted(turn, plain, days) {
        return Some(reply);
    }
    // "Ten days, reckoned from the 1st of March"
    let length = turn.entities(plain, &["duration"]).pop().map(|length| length.text);
    if let (Some(length), Some(dir)) = (length, MOVED.as_ref()?.captures(plain))
        && let Some(reply) =
            Date.exact(&mut turn.saying(&format!("what date is {length} {} {}", &dir["dir"], named.said)))
    {
        return Some(reply);
    }
    Some(tell(turn, named.said.trim_start_matches("on "), named.day))
}

/// What stands between two days.
fn gap<'t>(plain: &'t str, first: &Named, second: &Named) -> Option<&'t str> {
    let begun = plain.find(first.said.as_str())?;
    plain.get(begun + first.said.len()..)?.split(second.said.as_str()).next()
}

/// "In six weeks from Friday": a day that is counted from the next one.
fn counted(turn: &mut Turn<'_>, plain: &str, days: &[Named]) -> Option<Reply> {
    let [.., length, from] = days else { return None };
    let led = format!("{}{}", gap(plain, length, from)?, from.said);
    let dir = MOVED.as_ref()?.find(&led).filter(|dir| dir.start() < 3)?;
    let length = length.said.trim_start_matches("in ");
    let asked = format!("what date is {length} {} {}", dir.as_str(), led.get(dir.end()..)?.trim());
    Date.exact(&mut turn.saying(&asked))
}
