//! Reads what was typed into the search box.

use std::ops::{Range, RangeInclusive};

use jiff::civil::Weekday;

use super::{Calendar, Called, Needle, Place, Query, Speaker, State, Term, Test};
use crate::{Code, Error, Result};

/// Kinds of entities: each is a key of its own, as in `person:"Anna"`.
const KINDS: &[&str] = &[
    "person",
    "organization",
    "location",
    "product",
    "event",
    "list",
    "date",
    "time",
    "datetime",
    "duration",
    "number",
    "money",
    "percentage",
    "email",
    "phone",
    "url",
];

/// What people call some of them.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("people", "person"),
    ("organisation", "organization"),
    ("org", "organization"),
    ("company", "organization"),
    ("place", "location"),
    ("city", "location"),
    ("mail", "email"),
    ("link", "url"),
];

const KEYS: &[&str] = &[
    "intent",
    "act",
    "sentiment",
    "entity",
    "from",
    "in",
    "id",
    "before",
    "after",
    "on",
    "hour",
    "weekday",
    "confidence",
    "is",
];

/// A word that is still being typed may go on, once it has so many letters.
const WORD_BEGUN: usize = 3;

/// So many words at most make a date.
const DATE_WORDS: usize = 5;

/// The query that `text` writes; every string is one, or says what cannot be read in it.
pub(crate) fn parse(text: &str, calendar: &Calendar<'_>) -> Result<Query> {
    let mut rest = text;
    let mut terms = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let not = rest.strip_prefix('-').filter(|after| after.starts_with(|c: char| !c.is_whitespace()));
        rest = not.unwrap_or(rest);
        let (test, after) = term(rest, calendar)?;
        terms.extend(test.map(|test| Term { not: not.is_some(), test }));
        rest = after;
    }
    Ok(Query { terms, zone: calendar.now.time_zone().clone() })
}

/// The term at the beginning of `text`, and what follows it.
fn term<'t>(text: &'t str, calendar: &Calendar<'_>) -> Result<(Option<Test>, &'t str)> {
    if let Some((quoted, after)) = quoted(text) {
        let (prefix, after) = match after.strip_prefix('*') {
            Some(after) => (true, after),
            None => (false, after),
        };
        return Ok((Needle::new(quoted, prefix).map(Test::Text), after));
    }
    if let Some((key, after)) = key(text)? {
        return keyed(key, after, calendar).map(|(test, after)| (Some(test), after));
    }
    let (word, after) = bare(text, |c| c.is_whitespace() || is_quote(c));
    let starred = word.ends_with('*') && word.len() > 1;
    let begun = after.is_empty() && word.chars().count() >= WORD_BEGUN;
    let word = if starred { word.trim_end_matches('*') } else { word };
    Ok((Needle::new(word, starred || begun).map(Test::Text), after))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// What stands in quotation marks at the beginning, and what follows; a mark that is missing is at the end.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(is_quote)?;
    Some(inside.split_once(is_quote).unwrap_or((inside, "")))
}

fn bare(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// A key and what follows its colon; `None` if a word is no key.
fn key(text: &str) -> Result<Option<(&'static str, &str)>> {
    let Some((name, after)) = text.split_once(':') else { return Ok(None) };
    if name.is_empty() || !name.bytes().all(|c| c.is_ascii_alphabetic()) {
        return Ok(None);
    }
    // An address of the web, "Note: ...", and smileys are words.
    if after.starts_with("//") || after.starts_with(|c: char| ")(/|".contains(c)) {
        return Ok(None);
    }
    let lower = name.to_ascii_lowercase();
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == lower).map(|(_, kind)| *kind);
    let known = other.or_else(|| KEYS.iter().chain(KINDS).find(|key| **key == lower).copied());
    match known {
        Some(key) => Ok(Some((key, after))),
        None if after.is_empty() || after.starts_with(char::is_whitespace) => Ok(None),
        None => Err(Error::new(
            Code::Input,
            format!(
                "there is no {name}: to search by; there are {}:, and kinds like person: or place:. \
                 To find the text itself, put it in quotation marks",
                KEYS.join(":, ")
            ),
        )),
    }
}

/// A value after a key; with `exact`, the whole of a name.
struct Value<'t> {
    text: &'t str,
    exact: bool,
}

/// The values after a key, separated by commas, and what follows.
fn values(text: &str) -> (Vec<Value<'_>>, &str) {
    let mut rest = text.trim_start();
    let mut values = Vec::new();
    loop {
        let equals = rest.strip_prefix('=');
        rest = equals.unwrap_or(rest);
        let (text, after) =
            quoted(rest).unwrap_or_else(|| bare(rest, |c| c.is_whitespace() || c == ',' || is_quote(c)));
        values.push(Value { text, exact: equals.is_some() });
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None => {
                values.retain(|value| !value.text.trim().is_empty());
                return (values, after);
            }
        }
    }
}

fn keyed<'t>(key: &'static str, text: &'t str, calendar: &Calendar<'_>) -> Result<(Test, &'t str)> {
    if matches!(key, "before" | "after" | "on") {
        return date(key, text, calendar);
    }
    let (values, after) = values(text);
    let example = match key {
        "intent" => "intent:weather",
        "act" => "act:question",
        "sentiment" => "sentiment:negative",
        "entity" => "entity:person",
        "from" => "from:anna",
        "in" => "in:\"Road trip\"",
        "id" => "id:7,9-12",
        "hour" => "hour:9 or hour:9-17",
        "weekday" => "weekday:sat,sun",
        "confidence" => "confidence:<0.6",
        "is" => "is:imported",
        _ => "person:\"Anna\"",
    };
    let wrong = |value: &str, why: &str| {
        Err(Error::new(Code::Input, format!("{key}:{value} {why}; write it like {example}")))
    };
    let called: Vec<Called> = values.iter().filter_map(called).collect();
    let values: Vec<&str> = values.into_iter().map(|value| value.text).collect();
    let Some(&first) = values.first() else {
        return wrong("", "has nothing after it");
    };
    let labels = || values.iter().map(|value| label(value)).collect::<Vec<_>>();
    let test = match key {
        "intent" => Test::Intent(labels()),
        "act" => Test::Act(labels()),
        "sentiment" => {
            let names: Option<Vec<String>> = values.iter().map(|value| feeling(value)).collect();
            match names {
                Some(names) => Test::Sentiment(names),
                None => return wrong(first, "is none of positive, neutral and negative"),
            }
        }
        "entity" => Test::Kind(values.iter().map(|value| kind(value)).collect()),
        "from" => Test::From(
            called
                .into_iter()
                .map(|called| match &called {
                    Called::Holding(needle) => match needle.written().as_str() {
                        "me" | "user" | "i" => Speaker::User,
                        "sotto" | "assistant" => Speaker::Assistant,
                        _ => Speaker::Named(called),
                    },
                    Called::Exactly(_) => Speaker::Named(called),
                })
                .collect(),
        ),
        "in" => Test::In(
            values
                .iter()
                .filter_map(|value| match value.parse() {
                    Ok(number) => Some(Place::Number(number)),
                    Err(_) => Some(Place::Titled(named(value)?)),
                })
                .collect(),
        ),
        "id" => {
            let numbers: Option<Vec<_>> = values.iter().map(|value| numbers(value)).collect();
            match numbers {
                Some(numbers) => Test::Id(numbers),
                None => return wrong(first, "is no number of a message"),
            }
        }
        "hour" => match hours(first) {
            Some(hours) => Test::Hour(hours),
            None => return wrong(first, "is no hour of the day"),
        },
        "weekday" => {
            let days: Option<Vec<Weekday>> = values.iter().map(|value| weekday(value)).collect();
            match days {
                Some(days) => Test::Weekday(days),
                None => return wrong(first, "is no day of the week"),
            }
        }
        "confidence" => match bounds(first) {
            Some(bounds) => Test::Confidence(bounds),
            None => return wrong(first, "is no probability"),
        },
        "is" => {
            let states: Option<Vec<State>> = values.iter().map(|value| state(value)).collect();
            match states {
                Some(states) => Test::Is(states),
                None => {
                    return wrong(
                        first,
                        "is none of typed, dictated, imported, assistant, tagged and corrected",
                    );
                }
            }
        }
        kind => Test::Named { kind: kind.to_owned(), names: called },
    };
    Ok((test, after))
}

/// As many of the words that follow as make a date.
fn date<'t>(key: &str, text: &'t str, calendar: &Calendar<'_>) -> Result<(Test, &'t str)> {
    let text = text.trim_start();
    let test = |stretch: Range<i64>| {
        Test::Within(match key {
            "before" => i64::MIN..stretch.start,
            "after" => stretch.start..i64::MAX,
            _ => stretch,
        })
    };
    let given = match quoted(text) {
        Some((date, after)) => {
            if let Some(stretch) = calendar.stretch(date) {
                return Ok((test(stretch), after));
            }
            date
        }
        None => {
            let mut ends = Vec::new();
            let mut at = 0;
            while ends.len() < DATE_WORDS {
                let word = text[at..].trim_start();
                let start = text.len() - word.len();
                let (word, _) = bare(word, |c| c.is_whitespace() || is_quote(c));
                if word.is_empty() || (at > 0 && word.contains(':')) {
                    break;
                }
                at = start + word.len();
                ends.push(at);
            }
            for end in ends.iter().rev() {
                if let Some(stretch) = calendar.stretch(&text[..*end]) {
                    return Ok((test(stretch), &text[*end..]));
                }
            }
            ends.first().map_or("", |end| &text[..*end])
        }
    };
    Err(Error::new(
        Code::Input,
        match given {
            "" => format!("{key}: has no date after it; write it like {key}:2026-03-01 or {key}:yesterday"),
            _ => format!(
                "{given:?} after {key}: is no date that I know; write it like 2026-03-01, 2026-03, yesterday or \
                 \"last week\""
            ),
        },
    ))
}

/// `Reminder update`, as the model calls it.
fn label(value: &str) -> String {
    value.trim().to_lowercase().replace([' ', '-'], "_")
}

fn kind(value: &str) -> String {
    let label = label(value);
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == label);
    other.map_or(label, |(_, kind)| (*kind).to_owned())
}

fn called(value: &Value<'_>) -> Option<Called> {
    match value.exact {
        true => Some(Called::Exactly(value.text.trim().to_owned())),
        false => named(value.text).map(Called::Holding),
    }
}

/// A name; a `*` at its end stands for any end.
fn named(value: &str) -> Option<Needle> {
    let (name, prefix) = match value.strip_suffix('*') {
        Some(name) if !name.is_empty() => (name, true),
        _ => (value, false),
    };
    Needle::new(name, prefix)
}

fn feeling(value: &str) -> Option<String> {
    let name = match value.trim().to_lowercase().as_str() {
        "negative" | "neg" | "bad" | "sad" => "negative",
        "neutral" => "neutral",
        "positive" | "pos" | "good" | "glad" | "happy" => "positive",
        _ => return None,
    };
    Some(name.to_owned())
}

fn numbers(value: &str) -> Option<RangeInclusive<i64>> {
    let number = |text: &str| text.trim().parse::<i64>().ok();
    match value.split_once('-') {
        Some((first, last)) => Some(number(first)?..=number(last)?).filter(|numbers| !numbers.is_empty()),
        None => number(value).map(|number| number..=number),
    }
}

fn hours(value: &str) -> Option<Range<i8>> {
    let hour = |text: &str| text.trim().parse::<i8>().ok().filter(|hour| (0..24).contains(hour));
    match value.split_once('-') {
        Some((first, last)) => Some(hour(first)?..hour(last)? + 1).filter(|hours| !hours.is_empty()),
        None => hour(value).map(|hour| hour..hour + 1),
    }
}

fn weekday(value: &str) -> Option<Weekday> {
    let value = value.trim().to_lowercase();
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let fits = |name: &str| value.len() >= 2 && name.starts_with(&value);
    days.iter().find(|(name, _)| fits(name)).map(|(_, day)| *day)
}

/// `<0.6`, `>=90%`; without a sign, at least this.
fn bounds(value: &str) -> Option<Range<f64>> {
    let number = value.trim_start_matches(['<', '>', '=']);
    let probability = match number.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => number.trim().parse().ok()?,
    };
    if !(0.0..=1.0).contains(&probability) {
        return None;
    }
    Some(if value.starts_with('<') { f64::MIN..probability } else { probability..f64::MAX })
}

fn state(value: &str) -> Option<State> {
    Some(match value.trim().to_lowercase().as_str() {
        "typed" => State::Typed,
        "dictated" => State::Dictated,
        "imported" => State::Imported,
        "assistant" => State::Assistant,
        "tagged" => State::Tagged,
        "corrected" => State::Corrected,
        _ => return None,
    })
}
