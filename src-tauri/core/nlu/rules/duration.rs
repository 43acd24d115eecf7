//! Lengths of time: `20 minutes`, `1h30m`, `an hour and a half`, `two and a half days`.

use jiff::Span;

use super::number::{Decimal, HALF, QUARTER, THREE_QUARTERS, number};
use super::words::Words;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
}

/// A length of time at some word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
    /// Years down to seconds, none of them negative.
    pub span: Span,
    /// The word after it.
    pub next: usize,
    /// Whether it is one unit after an article, which as often as not is a figure of speech: "a second", "a day".
    pub loose: bool,
}

/// A duration at word `at` as ISO 8601 ("PT1H30M"), and the word after it.
///
/// "a minute" counts only after a word that takes a duration, as in "for a minute".
pub(super) fn entity(words: &Words, at: usize) -> Option<(String, usize)> {
    let found = length(words, at)?;
    let before = at.checked_sub(1).map_or("", |before| words.lower(before));
    let takes = [
        "for", "than", "about", "after", "within", "another", "takes", "took", "over", "under", "nearly",
        "almost",
    ];
    if found.loose && !takes.contains(&before) && !matches!(words.lower(found.next), "timer" | "long") {
        return None;
    }
    // The years of "the 90s".
    if before == "the" && words.digits(at).is_some() && words.joined_by(at + 1, "s") {
        return None;
    }
    words.alone(at, found.next).then(|| (found.span.to_string(), found.next))
}

/// The length of time at word `at`.
pub(super) fn length(words: &Words, at: usize) -> Option<Length> {
    let (mut span, mut unit, mut next, loose) = first(words, at)?;
    // "an hour and three quarters"
    let quarters = [(15, "and a quarter"), (45, "and three quarters")];
    if let Some((minutes, end)) =
        quarters.iter().find_map(|(minutes, phrase)| Some((*minutes, words.after(next, phrase)?)))
        && unit == Unit::Hour
        && words.lower(end) != "of"
    {
        return Some(Length {
            span: add(span, Decimal::whole(minutes), Unit::Minute)?,
            next: end,
            loose: false,
        });
    }
    let start = next;
    loop {
        let and = words.after_any(next, &["and", ","]).unwrap_or(next);
        let Some((amount, after)) = number(words, and) else { break };
        let glued = words.glued(and) && and == next;
        // "1h30" is an hour and a half.
        let (smaller, after) = match self::unit(words, after, true) {
            Some(found) => found,
            None if glued && unit == Unit::Hour && words.alone(and + 1, after) => (Unit::Minute, after),
            // "one hour thirty", said without its minutes.
            None if unit == Unit::Hour && and == next && round(&amount) && closes(words, after) => {
                (Unit::Minute, after)
            }
            // "an hour and ten", with nothing after it that could be counted.
            None if unit == Unit::Hour && round(&amount) && words.lower(after).is_empty() => {
                (Unit::Minute, after)
            }
            None if unit == Unit::Minute && and == next && round(&amount) && closes(words, after) => {
                (Unit::Second, after)
            }
            None => break,
        };
        if smaller >= unit {
            break;
        }
        span = add(span, amount, smaller)?;
        unit = smaller;
        next = after;
    }
    Some(Length { span, next, loose: loose && next == start })
}

/// Whether an amount can be minutes that are left unsaid.
fn round(amount: &Decimal) -> bool {
    amount.integer().is_some_and(|minutes| (5..60).contains(&minutes) && minutes % 5 == 0)
}

/// Whether nothing follows at word `at` that the number before it could count.
fn closes(words: &Words, at: usize) -> bool {
    words.lower(at).is_empty()
        || matches!(
            words.lower(at),
            "." | ","
                | "!"
                | "?"
                | "timer"
                | "for"
                | "please"
                | "and"
                | "lah"
                | "mate"
                | "love"
                | "then"
                | "now"
                | "on"
        )
}

/// The first amount and unit: the span, the unit, the word after it, whether it is an article and a unit.
fn first(words: &Words, at: usize) -> Option<(Span, Unit, usize, bool)> {
    let hour =
        |amount: i64, next: usize| Some((Span::new().try_minutes(amount).ok()?, Unit::Hour, next, false));
    const THREE: &[&str] = &[
        "three quarters of an hour",
        "three quarters of a hour",
        "three quarter hours",
        "three quarter hour",
        "three quarter of an hour",
        "3 quarters of an hour",
        "3 / 4 of an hour",
        "3 / 4 hour",
        "3 / 4 hours",
    ];
    if let Some(next) = words.after_any(at, THREE) {
        return hour(45, next);
    }
    const ONE: &[&str] = &[
        "a quarter of an hour",
        "one quarter of an hour",
        "quarter of an hour",
        "a quarter hour",
        "quarter hour",
        "1 / 4 hour",
        "1 / 4 of an hour",
    ];
    if let Some(next) = words.after_any(at, ONE) {
        return hour(15, next);
    }
    // "2:30 minutes", "1:30 hours"
    if let (Some(large), Some(small)) = (words.digits(at), words.digits_after(at + 1, ":")) {
        let (larger, next) = unit(words, at + 3, false)?;
        let smaller = match larger {
            Unit::Hour => Unit::Minute,
            Unit::Minute => Unit::Second,
            _ => return None,
        };
        let (large, small) = (large.parse::<i32>().ok()?, small.parse::<i32>().ok().filter(|n| *n < 60)?);
        let span = add(Span::new(), Decimal::whole(large.into()), larger)?;
        return Some((add(span, Decimal::whole(small.into()), smaller)?, smaller, next, false));
    }
    let few = words.after_any(at, &["a couple of", "a couple", "couple of"]);
    let half = words.after_any(at, &["half an", "half a", "a half", "half", "1 / 2 an", "1 / 2 a", "1 / 2"]);
    let one = words.after_any(at, &["an", "a"]);
    let (amount, after, article) = if let Some(next) = few {
        (Decimal::whole(2), next, false)
    } else if let Some(next) = half {
        (HALF, next, false)
    } else if let Some((amount, next)) = number(words, at) {
        // "1 1/2 hours", "2 and 1/2 minutes", "two and a quarter hours"
        const PARTS: [(Decimal, &[&str]); 3] = [
            (HALF, &["1 / 2", "and 1 / 2", "½", "and a half", "and one half"]),
            (QUARTER, &["1 / 4", "and 1 / 4", "¼", "and a quarter"]),
            (THREE_QUARTERS, &["3 / 4", "and 3 / 4", "¾", "and three quarter", "and three quarters"]),
        ];
        let mut parts =
            PARTS.into_iter().filter_map(|(part, said)| Some((part, words.after_any(next, said)?)));
        match parts.find(|(_, after)| unit(words, *after, false).is_some()) {
            Some((part, after)) if amount.integer().is_some() => (amount.plus(part)?, after, false),
            _ => (amount, next, false),
        }
    } else {
        (Decimal::whole(1), one?, true)
    };
    if amount.is_negative() {
        return None;
    }
    // "20-minute timer".
    let after = if words.joined_by(after, "-") { after + 1 } else { after };
    let (unit, next) = unit(words, after, false)?;
    let (amount, next) = match words.after_any(next, &["and a half"]) {
        Some(next) if amount.integer().is_some() => (amount.plus(HALF)?, next),
        _ => (amount, next),
    };
    let bare = article && amount == Decimal::whole(1) && unit != Unit::Hour;
    Some((add(Span::new(), amount, unit)?, unit, next, bare))
}

/// The unit at word `at` and the word after it; `later` allows the "m" and "s" of "1h 30m 5s".
fn unit(words: &Words, at: usize, later: bool) -> Option<(Unit, usize)> {
    let glued = words.glued(at);
    let unit = match words.lower(at) {
        "second" | "seconds" | "sec" | "secs" | "secounds" | "secons" => Unit::Second,
        "minute" | "minutes" | "min" | "mins" | "mintues" | "minuets" | "mintes" | "minuts" | "minites" => {
            Unit::Minute
        }
        "hour" | "hours" | "hr" | "hrs" | "houre" | "hous" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" | "wk" | "wks" => Unit::Week,
        "fortnight" | "fortnights" => Unit::Fortnight,
        "month" | "months" => Unit::Month,
        "year" | "years" | "yr" | "yrs" => Unit::Year,
        "h" if glued && words.written(at) == "h" => Unit::Hour,
        // One digit and an s is a telephone rather than a time.
        "s" if glued && (later || words.digits(at - 1).is_none_or(|digits| digits.len() > 1)) => Unit::Second,
        "m" if glued && (later || minutes_and_seconds(words, at)) => Unit::Minute,
        _ => return None,
    };
    Some((unit, at + 1))
}

/// Whether the "m" at word `at` is followed by seconds, so that it is no metre.
fn minutes_and_seconds(words: &Words, at: usize) -> bool {
    words.digits(at + 1).is_some() && words.joined_by(at + 2, "s")
}

/// `span` and `amount` units; what is not whole is given in smaller units.
fn add(span: Span, amount: Decimal, unit: Unit) -> Option<Span> {
    let (whole, rest) = amount.split()?;
    let span = match unit {
        Unit::Second => span.try_seconds(span.get_seconds().checked_add(whole)?),
        Unit::Minute => span.try_minutes(span.get_minutes().checked_add(whole)?),
        Unit::Hour => span.try_hours(i64::from(span.get_hours()).checked_add(whole)?),
        Unit::Day => span.try_days(i64::from(span.get_days()).checked_add(whole)?),
        Unit::Week => span.try_weeks(i64::from(span.get_weeks()).checked_add(whole)?),
        Unit::Fortnight => span.try_weeks(i64::from(span.get_weeks()).checked_add(whole.checked_mul(2)?)?),
        Unit::Month => span.try_months(i64::from(span.get_months()).checked_add(whole)?),
        Unit::Year => span.try_years(i64::from(span.get_years()).checked_add(whole)?),
    }
    .ok()?;
    if rest.is_zero() {
        return Some(span);
    }
    match unit {
        Unit::Second => {
            let (nanoseconds, _) = rest.shifted(9)?.split()?;
            span.try_nanoseconds(nanoseconds).ok()
        }
        Unit::Minute => add(span, rest.times(60)?, Unit::Second),
        Unit::Hour => add(span, rest.times(60)?, Unit::Minute),
        Unit::Day => add(span, rest.times(24)?, Unit::Hour),
        Unit::Week => add(span, rest.times(7)?, Unit::Day),
        Unit::Fortnight => add(span, rest.times(14)?, Unit::Day),
        // A part of a month has no length.
        Unit::Month => None,
        Unit::Year => add(span, rest.times(12)?, Unit::Month),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let words = Words::new(text);
        (0..words.len()).find_map(|at| entity(&words, at)).map(|(value, _)| value)
    }

    #[test]
    fn lengths_of_time() {
        for (text, value) in [
            ("20 minutes", "PT20M"),
            ("a 20-minute timer", "PT20M"),
            ("1h30m", "PT1H30M"),
            ("1h 30m 5s", "PT1H30M5S"),
            ("1h30", "PT1H30M"),
            ("90s", "PT90S"),
            ("5min", "PT5M"),
            ("2 hrs", "PT2H"),
            ("an hour and a half", "PT1H30M"),
            ("half an hour", "PT30M"),
            ("two and a half hours", "PT2H30M"),
            ("1.5 hours", "PT1H30M"),
            ("three quarters of an hour", "PT45M"),
            ("a quarter of an hour", "PT15M"),
            ("2 days, 3 hours and 5 minutes", "P2DT3H5M"),
            ("two weeks", "P2W"),
            ("a couple of days", "P2D"),
            ("half a year", "P6M"),
            ("2.5 days", "P2DT12H"),
            ("1.5 seconds", "PT1.5S"),
            ("for a week", "P1W"),
            ("a minute timer", "PT1M"),
            ("an hour", "PT1H"),
            ("twenty five minutes", "PT25M"),
            ("2m30s", "PT2M30S"),
            ("an hour and twenty minutes", "PT1H20M"),
            ("one hour thirty minutes", "PT1H30M"),
            ("a year and a half", "P1Y6M"),
            ("one hour thirty", "PT1H30M"),
            ("three quarter hour timer", "PT45M"),
            ("1 1/2 hours", "PT1H30M"),
            ("2 and 1/2 minutes", "PT2M30S"),
            ("3/4 hour", "PT45M"),
            ("1/2 hour", "PT30M"),
            ("2½ hours", "PT2H30M"),
            ("half hour", "PT30M"),
            ("an hour and ten", "PT1H10M"),
            ("ten and a half minutes", "PT10M30S"),
            ("three and a half hours", "PT3H30M"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn figures_of_speech_are_none() {
        for text in [
            "wait a second",
            "once a day",
            "what a day",
            "the 90s",
            "10 m",
            "100m",
            "half",
            "half a month",
            "ten and a half",
            "minutes",
            "5 hats",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
