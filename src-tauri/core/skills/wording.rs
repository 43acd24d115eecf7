//! Lengths, moments and enumerations in words, and short answers read.

use jiff::ZonedDateTime;

use super::reading::{pattern, tidy};

/// "1 hour 30 minutes"; parts that are zero are left out.
pub(super) fn length(ms: i64) -> String {
    let seconds = (ms.max(0) + 500) / 1000;
    let parts = [
        (seconds / 86_400, "day"),
        (seconds / 3600 % 24, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let words: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| count(*n, unit)).collect();
    if words.is_empty() { "0 seconds".to_owned() } else { words.join(" ") }
}

/// "1 minute", "2 minutes".
pub(super) fn count(n: i64, unit: &str) -> String {
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}

/// "today at 18:00", "tomorrow at 09:00", "on Friday at 10:00", "on 3 December at 09:00".
pub(super) fn moment(at: &ZonedDateTime, now: &ZonedDateTime) -> String {
    format!("{} at {}", day(at, now), clock(at))
}

/// "for Friday at 18:00", where [`moment`] says "on Friday".
pub(super) fn set_for(when: &str) -> String {
    format!("for {}", when.strip_prefix("on ").unwrap_or(when))
}

/// "18:00".
pub(super) fn clock(at: &ZonedDateTime) -> String {
    let form = if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    at.strftime(form).to_string()
}

/// "today", "tomorrow", "on Friday", "on 3 December".
pub(super) fn day(at: &ZonedDateTime, now: &ZonedDateTime) -> String {
    let days = (at.date() - now.date()).get_days();
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2..7 => at.strftime("on %A").to_string(),
        _ if at.year() == now.year() => at.strftime("on %A, %-d %B").to_string(),
        _ => at.strftime("on %-d %B %Y").to_string(),
    }
}

/// "a", "a and b", "a, b and c".
pub(super) fn series<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// What the user said of themselves, said back to them: "my" is "your".
pub(super) fn yours(text: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("i", "you"),
        ("i'm", "you're"),
        ("i've", "you've"),
        ("i'd", "you'd"),
        ("i'll", "you'll"),
        ("am", "are"),
        ("me", "you"),
        ("my", "your"),
        ("mine", "yours"),
        ("myself", "yourself"),
        ("our", "your"),
        ("us", "you"),
    ];
    let words = text.split(' ').map(|word| {
        let plain = word.to_lowercase();
        // "US" and "AM" are no pronouns.
        let loud = word.len() > 1 && word.chars().all(char::is_uppercase);
        match WORDS.iter().find(|(said, _)| *said == plain && !loud) {
            Some(("am", _)) if !text.to_lowercase().contains("i am") => word,
            Some((_, back)) => back,
            None => word,
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// "is" or "are", by the look of the last word.
pub(super) fn is_or_are<S: AsRef<str>>(things: &[S]) -> &'static str {
    let plural =
        |text: &str| text.ends_with('s') && !["ss", "us", "is"].iter().any(|end| text.ends_with(end));
    match things {
        [one] if !plural(&one.as_ref().to_lowercase()) => "is",
        _ => "are",
    }
}

/// The first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pattern!(
    YES,
    r"(?i)^(?:y|yes|yeah|yep|yup|ya|sure|ok|okay|of course|do it|do that|go ahead|please do|please|definitely|absolutely|correct|right|that's right|exactly|i am|i'm sure|go for it|confirm|affirmative|fine|sounds good|yes please|sure thing|yes do it)[.!, ]*(?:please|do it|do|i'm sure|thanks|delete (?:it|them)(?: all)?|clear it)?[.!]*$"
);
pattern!(
    NO,
    r"(?i)^(?:n|no|nope|nah|no way|don't|do not|please don't|no thanks|no thank you|not now|rather not|negative|keep (?:it|them)|leave (?:it|them)|neither|none|none of (?:them|those|these)|not really)[.!, ]*(?:thanks|thank you|don't|keep (?:it|them)|neither)?[.!]*$"
);
pattern!(
    CANCEL,
    r"(?i)^(?:oh |ok |okay |no[, ]+|actually[, ]+|please )*(?:cancel|cancel (?:it|that|this)|never ?mind|nevermind(?: that)?|forget (?:it|about it|that)|stop|stop it|leave it|drop it|skip it|nothing|abort|not now|don't bother|no need)(?: please| thanks)?[.!]*$"
);

pub(super) fn is_yes(text: &str) -> bool {
    YES.as_ref().is_some_and(|yes| yes.is_match(tidy(text).trim()))
}

pub(super) fn is_no(text: &str) -> bool {
    NO.as_ref().is_some_and(|no| no.is_match(tidy(text).trim()))
}

pub(super) fn is_cancel(text: &str) -> bool {
    CANCEL.as_ref().is_some_and(|cancel| cancel.is_match(tidy(text).trim()))
}

pattern!(
    ORDINAL,
    r"(?i)^(?:no[, ]+|the |number |option |with |take |i mean |i meant )*(?<which>first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|last|latest|most recent|newest|former|latter|one|two|three|four|five|\d)(?: one| option| of them)?[.!]*$"
);

/// Which of `count` things "the second one" is, from 0.
pub(super) fn ordinal(text: &str, count: usize) -> Option<usize> {
    let tidied = tidy(text);
    let which = ORDINAL.as_ref()?.captures(tidied.trim())?;
    let at = match which["which"].to_lowercase().as_str() {
        "first" | "1st" | "one" | "former" | "1" => 0,
        "second" | "2nd" | "two" | "2" => 1,
        "third" | "3rd" | "three" | "3" => 2,
        "fourth" | "4th" | "four" | "4" => 3,
        "fifth" | "5th" | "five" | "5" => 4,
        "last" | "latest" | "most recent" | "newest" | "latter" => count.checked_sub(1)?,
        digit => digit.parse::<usize>().ok()?.checked_sub(1)?,
    };
    (at < count).then_some(at)
}

/// Which of the choices an answer names: by its place, or by words of its own.
pub(super) fn choose(text: &str, choices: &[String]) -> Option<usize> {
    if let Some(at) = ordinal(text, choices.len()) {
        return Some(at);
    }
    let said = words(text);
    if said.is_empty() {
        return None;
    }
    let fits = |choice: &String| {
        let choice = words(choice);
        said.iter().all(|word| choice.contains(word))
    };
    let mut fitting = choices.iter().enumerate().filter(|(_, choice)| fits(choice));
    let (at, _) = fitting.next()?;
    fitting.next().is_none().then_some(at)
}

/// A word without the ending of its plural: "potatoes" is "potato".
pub(super) fn stem(word: &str) -> &str {
    let cut = |end: &str| word.strip_suffix(end).filter(|stem| stem.chars().count() >= 3);
    // "The reminder for paying rent" is that to pay it.
    if let Some(stem) = cut("ing").or_else(|| cut("ed")) {
        return stem;
    }
    let sibilant = ["oes", "ses", "xes", "ches", "shes", "zes"].iter().any(|end| word.ends_with(end));
    if sibilant {
        return cut("es").unwrap_or(word);
    }
    if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) { word } else { cut("s").unwrap_or(word) }
}

/// The words that tell things apart, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    const EMPTY: &[&str] = &[
        "the",
        "a",
        "an",
        "my",
        "one",
        "timer",
        "timers",
        "alarm",
        "alarms",
        "reminder",
        "reminders",
        "list",
        "note",
        "notes",
        "please",
        "of",
        "for",
        "to",
        "about",
        "that",
        "with",
        "from",
        "on",
        "in",
        "at",
        "is",
        "are",
        "our",
        "this",
        "i",
        "meant",
        "mean",
    ];
    tidy(text)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\'').trim_end_matches("'s"))
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(str::to_owned)
        .collect()
}
