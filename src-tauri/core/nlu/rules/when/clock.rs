//! Times of day: `9:30`, `5pm`, `half past six`, `noon`, `in the evening`.

use jiff::civil::Time;

use super::super::number::below_hundred;
use super::super::words::{Shape, Words};
use super::super::{duration, money, percentage};

/// A time of day as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// Hour, 0 to 23.
    pub hour: i8,
    /// Minute.
    pub minute: i8,
    /// Second.
    pub second: i8,
    /// Whether `hour`, 1 to 12, may be before or after noon.
    pub open: bool,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    /// The part that `word` names.
    pub fn named(word: &str) -> Option<Part> {
        match word {
            "morning" => Some(Part::Morning),
            "afternoon" => Some(Part::Afternoon),
            "evening" => Some(Part::Evening),
            "night" => Some(Part::Night),
            _ => None,
        }
    }

    /// What is meant by a part of the day when no hour is said.
    pub fn usual(self) -> Clock {
        let hour = match self {
            Part::Morning => 9,
            Part::Afternoon => 15,
            Part::Evening => 19,
            Part::Night => 20,
        };
        Clock { hour, minute: 0, second: 0, open: false }
    }
}

impl Clock {
    fn new(hour: i8, minute: i8, open: bool) -> Clock {
        Clock { hour, minute, second: 0, open: open && (1..=12).contains(&hour) }
    }

    /// The same minute before or after noon.
    pub fn half(self, after_noon: bool) -> Clock {
        let hour = self.hour % 12 + if after_noon { 12 } else { 0 };
        Clock { hour, open: false, ..self }
    }

    /// As a time; an open hour as it was said.
    pub fn time(self) -> Option<Time> {
        Time::new(self.hour, self.minute, self.second, 0).ok()
    }

    /// Whether it is the beginning of a day, which people count to the day before.
    pub fn is_midnight(self) -> bool {
        (self.hour, self.minute, self.second) == (0, 0, 0)
    }
}

/// The time of day at word `at` and the word after it. A number alone is a time only after "at".
pub(super) fn clock(words: &Words, at: usize) -> Option<(Clock, usize)> {
    let led = words.after_any(at, &["at about", "at around", "at exactly", "at like", "at", "@"]);
    read(words, led.unwrap_or(at), led.is_some())
}

/// The time of day at word `start`; `led` by a word that makes any number one.
fn read(words: &Words, start: usize, led: bool) -> Option<(Clock, usize)> {
    if let Some(next) = words.after_any(start, &["noon", "midday", "twelve noon", "12 noon"]) {
        return Some((Clock::new(12, 0, false), next));
    }
    if let Some(next) = words.after_any(start, &["midnight", "twelve midnight", "12 midnight"]) {
        return Some((Clock::new(0, 0, false), next));
    }
    let (clock, next) = run_together(words, start, led)
        .or_else(|| past(words, start, led))
        .or_else(|| with_minutes(words, start, led))
        .or_else(|| in_words(words, start, led))
        .or_else(|| whole(words, start, led))?;
    match meridiem(words, next) {
        Some((after_noon, end)) if (1..=12).contains(&clock.hour) => Some((clock.half(after_noon), end)),
        _ => Some((clock, next)),
    }
}

/// `from 3 to 5 pm`, `between 9 and 11 am`, `2-4pm`, `14:00-15:30`: its beginning, and the word after its end.
pub(super) fn range(words: &Words, at: usize) -> Option<(Clock, usize)> {
    let led = words.after_any(at, &["from", "between"]);
    let start = led.unwrap_or(at);
    let (first, next) = read(words, start, false).or_else(|| {
        let (hour, next) = hour(words, start)?;
        Some((Clock::new(hour, 0, words.digits(start).is_none_or(|digits| !digits.starts_with('0'))), next))
    })?;
    let to = words.after_any(next, &["to", "until", "till", "til", "-", "–"]);
    let to = to.or_else(|| words.after(next, "and").filter(|_| words.lower(at) == "between"))?;
    // The end says that these are hours: "5 pm", "15:30", "noon".
    let (last, end) = read(words, to, false)?;
    let exact = |at: usize, next: usize| words.digits(at).is_some() && next == at + 3;
    let sure = !last.open && last.minute == 0 || exact(start, next) && exact(to, end) || led.is_some();
    if !sure || !words.ends(end) {
        return None;
    }
    if !first.open || last.open {
        return Some((first, end));
    }
    let same = first.half(last.hour >= 12);
    Some((if same.time() < last.time() { same } else { first.half(last.hour < 12) }, end))
}

/// `at lunchtime`, and after a day `lunchtime` alone.
pub(super) fn meal(words: &Words, at: usize, after_day: bool) -> Option<(Clock, usize)> {
    let led = words.after(at, "at");
    let next = words.after_any(led.unwrap_or(at), &["lunchtime", "lunch time"])?;
    (led.is_some() || after_day).then(|| (Clock::new(12, 0, false), next))
}

/// `in the morning`, `at night`, and after a day also `morning` alone.
pub(super) fn part(words: &Words, at: usize, after_day: bool) -> Option<(Part, usize)> {
    if let Some(next) = words.after_any(at, &["in the early", "in the late", "in the"]) {
        return Part::named(words.lower(next)).map(|part| (part, next + 1));
    }
    if let Some(next) = words.after(at, "in")
        && let Some(part) = Part::named(words.lower(next)).filter(|part| *part != Part::Night)
    {
        return Some((part, next + 1));
    }
    if let Some(next) = words.after(at, "at night") {
        return Some((Part::Night, next));
    }
    Part::named(words.lower(at)).filter(|_| after_day).map(|part| (part, at + 1))
}

/// `half past six`, `quarter to 9`, `ten past nine`, `5 minutes to five`.
fn past(words: &Words, at: usize, led: bool) -> Option<(Clock, usize)> {
    // "half seven" is half past seven.
    if let Some(next) = words.after(at, "half")
        && let Some((hour, end)) = hour(words, next)
        && (1..=12).contains(&hour)
        && (led || part(words, end, false).is_some() || meridiem(words, end).is_some())
        && !counts(words, next, end)
    {
        return Some((Clock::new(hour, 30, true), end));
    }
    let (minutes, next) =
        if let Some(next) = words.after_any(at, &["half", "half -"]).filter(|&n| words.lower(n) == "past") {
            (30, next)
        } else if let Some(next) = words.after_any(at, &["a quarter", "quarter"]) {
            (15, next)
        } else {
            let (minutes, next) = match words.digits(at) {
                Some(digits) => (digits.parse().ok()?, at + 1),
                None => below_hundred(words, at)?,
            };
            match words.after_any(next, &["minutes", "minute", "mins", "min"]) {
                Some(next) => (minutes, next),
                // "nine to five" is no time, and "one to one" neither.
                None if led || matches!(minutes, 5 | 10 | 20 | 25) && words.digits(at).is_none() => {
                    (minutes, next)
                }
                None => return None,
            }
        };
    let to = match words.lower(next) {
        "past" | "after" => false,
        "to" | "before" | "til" | "till" => true,
        _ => return None,
    };
    let minutes = i8::try_from(minutes).ok().filter(|minutes| (1..60).contains(minutes))?;
    let whole = [("midnight", 0), ("noon", 12), ("midday", 12)];
    if let Some((_, hour)) = whole.iter().find(|(name, _)| *name == words.lower(next + 1)) {
        let clock = if to {
            Clock::new((hour + 23) % 24, 60 - minutes, false)
        } else {
            Clock::new(*hour, minutes, false)
        };
        return Some((clock, next + 2));
    }
    let (hour, next) = hour(words, next + 1)?;
    if !(1..=12).contains(&hour) || !words.ends(next) {
        return None;
    }
    let next = words.after(next, "o ' clock").unwrap_or(next);
    Some(if to {
        (Clock::new((hour + 10) % 12 + 1, 60 - minutes, true), next)
    } else {
        (Clock::new(hour, minutes, true), next)
    })
}

/// `9:30`, `17:00:15`, `9.30pm`, `6 30 pm`; after "at" also `9h30`.
fn with_minutes(words: &Words, at: usize, led: bool) -> Option<(Clock, usize)> {
    let digits = words.digits(at)?;
    let (hour, _) = hour(words, at)?;
    let two = |text: &str| text.parse::<i8>().ok().filter(|n| text.len() == 2 && *n < 60);
    if let Some(minute) = words.digits_after(at + 1, ":").and_then(two) {
        let (second, next) = match words.digits_after(at + 3, ":") {
            Some(second) => (two(second)?, at + 5),
            None => (0, at + 3),
        };
        let more = words.joined_by(next, ":") && words.glued(next + 1)
            || at > 0 && words.joined_by(at - 1, ":") && words.glued(at);
        return (!more)
            .then(|| (Clock { second, ..Clock::new(hour, minute, !digits.starts_with('0')) }, next));
    }
    // As dictation writes it: "6 30 pm".
    let apart = words.digits(at + 1).and_then(two).filter(|_| !words.glued(at + 1));
    // "Up by 5 45 tomorrow": the word before says that it is a time, and the one after that it is all of it.
    let bound = at > 0 && matches!(words.lower(at - 1), "by" | "until" | "till" | "til" | "for" | "alarm");
    let over =
        words.shape(at + 2).is_none() || matches!(words.lower(at + 2), "tomorrow" | "today" | "tonight");
    if let Some(minute) = apart.filter(|_| meridiem(words, at + 2).is_some() || (led || bound) && over) {
        return Some((Clock::new(hour, minute, !digits.starts_with('0')), at + 2));
    }
    if let Some(minute) = words.digits_after(at + 1, "h").and_then(two).filter(|_| led) {
        return Some((Clock::new(hour, minute, false), at + 3));
    }
    let minute = words.digits_after(at + 1, ".").and_then(two)?;
    let after_at = at > 0 && words.lower(at - 1) == "at";
    let next = at + 3;
    // "9.30" is a number unless something says that it is a time.
    (meridiem(words, next).is_some() || after_at && !counts(words, at, next))
        .then(|| (Clock::new(hour, minute, !digits.starts_with('0')), next))
}

/// `215pm`, after "at" also `1830`; `0700 hours`.
fn run_together(words: &Words, at: usize, led: bool) -> Option<(Clock, usize)> {
    let digits = words.digits(at).filter(|digits| matches!(digits.len(), 3 | 4))?;
    let (hour, minute) = digits.split_at_checked(digits.len() - 2)?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    if (1..=12).contains(&hour) && minute < 60 && meridiem(words, at + 1).is_some() {
        return Some((Clock::new(hour, minute, true), at + 1));
    }
    let hours = words.after(at + 1, "hours").filter(|_| led || digits.starts_with('0'));
    let next = hours.unwrap_or(at + 1);
    let fits =
        digits.len() == 4 && hour < 24 && minute < 60 && (hours.is_some() || led && !counts(words, at, next));
    fits.then(|| (Clock::new(hour, minute, false), next))
}

/// `six thirty`, `seven oh five`, after "at" or before "pm".
fn in_words(words: &Words, at: usize, led: bool) -> Option<(Clock, usize)> {
    let (hour, next) = hour(words, at)?;
    // "6 fifteen am" is how some dictation writes it.
    if words.digits(at).is_some() && words.digits(next).is_some() {
        return None;
    }
    let (minute, next) = match words.lower(next) {
        "oh" | "o" if !words.joined_by(next + 1, "'") => {
            below_hundred(words, next + 1).filter(|(minute, _)| (1..10).contains(minute))?
        }
        _ => below_hundred(words, next).filter(|(minute, _)| (10..60).contains(minute))?,
    };
    let minute = i8::try_from(minute).ok()?;
    let spoken = led && words.digits(at).is_none() && !counts(words, next - 1, next);
    (meridiem(words, next).is_some() || spoken).then(|| (Clock::new(hour, minute, true), next))
}

/// `5pm`, `five o'clock`, `8 in the evening`; `at 9`.
fn whole(words: &Words, at: usize, led: bool) -> Option<(Clock, usize)> {
    let (hour, next) = hour(words, at)?;
    let open = words.digits(at).is_none_or(|digits| !digits.starts_with('0'));
    let clock = Clock::new(hour, 0, open);
    if let Some(next) = words.after_any(next, &["o ' clock", "o ’ clock", "oclock", "o clock"]) {
        return Some((clock, next));
    }
    if meridiem(words, next).is_some() && (1..=12).contains(&hour) || part(words, next, false).is_some() {
        return Some((clock, next));
    }
    let waits = at > 0 && matches!(words.lower(at - 1), "until" | "till" | "til");
    ((led || waits) && !counts(words, at, next)).then_some((clock, next))
}

/// Whether the number from word `at` to before `next` counts something, as in "at 5 percent".
fn counts(words: &Words, at: usize, next: usize) -> bool {
    const COUNTED: &[&str] = &[
        "degrees",
        "degree",
        "people",
        "times",
        "miles",
        "mile",
        "mph",
        "kmh",
        "km",
        "kilometers",
        "kilometres",
        "meters",
        "metres",
        "feet",
        "point",
        "points",
        "of",
        "per",
        "million",
        "thousand",
        "hundred",
        "dozen",
        "years",
        "x",
        "°",
        "%",
        "/",
        "*",
        "+",
        "=",
        "#",
        "_",
        "@",
        "-",
        "–",
    ];
    COUNTED.contains(&words.lower(next))
        || words.glued(next)
            && (words.shape(next) != Some(Shape::Mark)
                || words.glued(next + 1) && words.digits(next + 1).is_some())
        || duration::length(words, at).is_some()
        || money::entity(words, at).is_some()
        || percentage::entity(words, at).is_some()
}

/// An hour, 0 to 23 in at most two digits or 1 to 12 in words.
fn hour(words: &Words, at: usize) -> Option<(i8, usize)> {
    if let Some(digits) = words.digits(at) {
        return digits
            .parse()
            .ok()
            .filter(|hour| digits.len() <= 2 && (0..24).contains(hour))
            .map(|hour| (hour, at + 1));
    }
    let (hour, next) = below_hundred(words, at)?;
    i8::try_from(hour).ok().filter(|hour| (1..=12).contains(hour)).map(|hour| (hour, next))
}

/// Whether "am" or "pm" stands at `at`: true after noon; and the word after it.
fn meridiem(words: &Words, at: usize) -> Option<(bool, usize)> {
    let after_noon = match words.lower(at) {
        "am" | "a" => false,
        "pm" | "p" => true,
        _ => return None,
    };
    if words.lower(at).len() == 2 {
        return words.ends(at + 1).then_some((after_noon, at + 1));
    }
    // As dictation writes it: "7 a m".
    if words.lower(at + 1) == "m" && !words.glued(at + 1) && words.ends(at + 2) {
        return Some((after_noon, at + 2));
    }
    let dotted = words.joined_by(at + 1, ".") && words.joined_by(at + 2, "m");
    let next = if words.joined_by(at + 3, ".") { at + 4 } else { at + 3 };
    dotted.then_some((after_noon, next))
}
