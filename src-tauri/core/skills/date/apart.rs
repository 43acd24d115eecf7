//! How far days are apart.

use jiff::civil::Date as Day;
use jiff::{ToSpan, Unit};

use super::tell::{day, long, tell};
use crate::holiday;
use crate::skills::grammar::Found;
use crate::skills::reading::{TIME, pattern, says};
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{capital, count};
use crate::skills::{schedule, wording};

/// How long until the day that a message names somewhere.
pub(super) fn countdown(turn: &mut Turn<'_>) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    let words: Vec<&str> = plain.split(' ').collect();
    // "How many days should I stay in Rome in May?"
    if words.contains(&"should") {
        return None;
    }
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

/// A day in the past is asked for by "since".
pub(super) fn until_sure(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let end = found.text(&["end"])?.to_lowercase();
    let (_, day) = day(turn, &end).filter(|_| !end.starts_with("it ") && !end.contains("since"))?;
    if day < turn.now.date() { None } else { until(turn, found) }
}

pub(super) fn until(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, day) = day(turn, &found.text(&["end"])?)?;
    let unit = found.text(&["unit", "unit2", "unit3"]).unwrap_or_default().to_lowercase();
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
    let (name, day) = day(turn, &found.text(&["end"])?)?;
    let old = found.whole().to_lowercase().starts_with("how old");
    let unit = if old { "years".to_owned() } else { found.text(&["unit", "unit2"]).unwrap_or_default() };
    let reply = behind(turn, &name, day, &unit.to_lowercase())?;
    let text = if old { format!("{} old.", reply.text.split(" since ").next()?) } else { reply.text.clone() };
    Some(Reply { text, ..reply })
}

/// How long ago a day was.
pub(super) fn behind(turn: &Turn<'_>, name: &str, day: Day, unit: &str) -> Option<Reply> {
    let today = turn.now.date();
    // A date without a year is read as the next one; since then it is the last.
    let day = match day > today {
        true if name.to_lowercase().ends_with("day") && (day - today).get_days() < 7 => {
            day.checked_sub(7.days()).ok()?
        }
        true => day.checked_sub(1.year()).ok()?,
        false => day,
    };
    let (days, text) = apart(day, today, unit);
    let text = format!("{text} since {}.", long(day));
    Some(Reply::say(text).did("date", "since").with("date", day.to_string()).with("days", days))
}

pub(super) fn between(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, from) = day(turn, &found.text(&["from"])?)?;
    let (_, to) = day(turn, &found.text(&["end"])?)?;
    let unit = found.text(&["unit", "unit2"]).unwrap_or_default().to_lowercase();
    // "It's been how many days from 15 June to today": it is past.
    let been = found.whole().to_lowercase().contains("been");
    if been && to == turn.now.date() {
        return behind(turn, &name, from, &unit);
    }
    // "From 15 June to today" began in the last June.
    let from = if to == turn.now.date() && from > to { from.checked_sub(1.year()).ok()? } else { from };
    Some(from_to(from, to, &unit))
}

pub(super) fn from_to(from: Day, to: Day, unit: &str) -> Reply {
    let (from, to) = (from.min(to), from.max(to));
    let (days, text) = apart(from, to, unit);
    let text = format!("{text}, from {} to {}.", long(from), long(to));
    let reply = Reply::say(text).did("date", "between").with("from", from.to_string());
    reply.with("to", to.to_string()).with("days", days)
}

// A count that is asked for after the day, or before it, but not with it: "… How many days have I left?"
pattern!(
    COUNT,
    r"(?ix)(?:^|[\s,.;:!?—-]+(?:(?:so|and|but|then|now|ok|okay|right|please|can\ you|could\ you|tell\ me|do\ you\ know|any\ idea)[\s,]+)*)
      (?<asked>(?:how\ (?:many|much)\ (?:more\ )?(?<unit>days|weeks|months|nights|sleeps|years)\b|how\ (?:long|far|old)\b|how\ much\ (?:longer|time)\b|(?:count|work\ out|calculate|what(?:'s|s|\ is))\ (?:down\ )?(?:the\ )?(?:number\ of\ |remaining\ )?(?<unit2>days|weeks|nights|sleeps)\b|how\ soon\b)
      (?<rest>(?:\ (?:between\ (?:(?:those|these|the)(?:\ two)?(?:\ (?:dates|days))?|them|the\ two)|in\ between|apart|(?:left|got|have|remaining|more)\ (?:to|for)\ (?:\pL+\ ){0,3}\pL+|exactly|have|has|had|do|does|must|should|can|am|are|is|was|were|will|would|be|been|'ve|i|i've|we|we've|it|that|this|they|he|she|there|left|remain|remaining|to|go|got|get|wait|away|off|until|till|then|now|ago|since|passed|gone|went|by|alive|old|still|more|from|today|in|all|total|altogether|already|so|far|for|me|us|make|makes|please|roughly|precisely|clean|sober|here|together|married|smoke|free|smoke-free))*(?:\ in\ (?<unit3>days|weeks|months))?))
      [\s?!.,]*$"
);
// "How many days have I been here, I came on 3 May".
pattern!(
    COUNT_FIRST,
    r"(?ix)^(?<asked>how\ (?:many|much)\ (?:more\ )?(?<unit>days|weeks|months|nights|sleeps|years)(?<rest>(?:\ (?:exactly|have|has|do|does|am|are|is|was|will|would|be|been|i|we|it|that|there|left|remain|remaining|to|go|got|wait|away|until|then|now|ago|passed|gone|alive|old|still|more|in|all|already|so|far|here|clean|sober|together|married))*))[,;:?!.]\ "
);
pattern!(
    GONE_BY,
    r"(?i)(?:'ve|\bhave|\bhas) had\b|\b(?:been|ago|since|passed|gone|went|alive|old|already|so far|clean|sober|married)\b"
);
pattern!(TO_COME, r"(?i)\b(?:left|remain|remaining|to go|wait|away|until|till|still|more|soon|off)\b");
// What is told in the past, where the question does not say.
pattern!(
    TOLD_PAST,
    r"(?i)\b(?:was|were|went|did|had|got|came|\w+ed|began|begun|quit|left|met|gave|born|bought|took|made|fell|broke|died|saw|lost|found|won|since|last)\b"
);
pattern!(
    TWO_DAYS,
    r"(?i)^.{0,3}\s*(?:,|and|to|until|till|til|through|-|–|until the|till the|to the|and (?:ends?|finish(?:es)?|back|home|return(?:ing)?|comes? back|is back|leav(?:e|es|ing))(?: on)?|(?:and )?(?:we're |i'm |he's |she's |they're )?(?:back|home) (?:on)?)\s*$"
);

/// Whether a count is of days that are past, where its words say so.
pub(super) fn gone_by(asked: &str) -> Option<bool> {
    let is = |pattern| says(pattern, asked);
    match (is(&GONE_BY), is(&TO_COME)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Whether the words between two days make a span of them.
pub(super) fn spans(between: &str) -> bool {
    TWO_DAYS.as_ref().is_some_and(|two_days| two_days.is_match(between))
}

/// The day, or the two days, that a text tells.
fn told_days(turn: &Turn<'_>, told: &str) -> Option<Vec<(String, Day)>> {
    let dates = turn.entities(told, &TIME);
    if dates.len() > 2 || dates.iter().any(|date| date.entity == "time") {
        return None;
    }
    if dates.is_empty() {
        let words: Vec<&str> =
            told.split([' ', ',', '.', ';', '!', '?']).filter(|word| !word.is_empty()).collect();
        // A name of one word that is also another, "year", is none here.
        let named = |from: usize, length: usize| {
            let name = words.get(from..from + length)?.join(" ");
            let long = !name.to_lowercase().starts_with("year");
            holiday::named(&name, turn.now.date()).filter(|_| long).map(|(name, day)| (name.to_owned(), day))
        };
        let found = (0..words.len()).find_map(|from| (1..=4).rev().find_map(|length| named(from, length)))?;
        return Some(vec![found]);
    }
    let day = |date: &crate::Entity| Some((date.text.clone(), date.value.get(..10)?.parse().ok()?));
    let days: Option<Vec<(String, Day)>> = dates.iter().map(day).collect();
    if let [first, second] = dates.as_slice() {
        let between: String =
            told.chars().skip(first.end).take(second.start.saturating_sub(first.end)).collect();
        if !spans(&between) {
            return None;
        }
    }
    days
}

/// "My notice ends on the 31st of December. How many days have I left?"
pub(super) fn told(turn: &mut Turn<'_>) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    let asked = COUNT.as_ref()?.captures(&plain).map(|asked| {
        let told = plain.get(..asked.get(0).map_or(0, |all| all.start())).unwrap_or_default();
        (told.to_owned(), asked)
    });
    let first = || {
        let asked = COUNT_FIRST.as_ref()?.captures(&plain)?;
        Some((plain.get(asked.get(0)?.end()..)?.to_owned(), asked))
    };
    let (told, asked) = asked.filter(|(told, _)| !told.trim().is_empty()).or_else(first)?;
    let unit =
        ["unit3", "unit", "unit2"].iter().find_map(|name| asked.name(name)).map_or("", |unit| unit.as_str());
    let old = asked["asked"].to_lowercase().contains("how old");
    let unit = if old && unit.is_empty() { "years".to_owned() } else { unit.to_lowercase() };
    let days = told_days(turn, &told)?;
    let (name, day) = match days.as_slice() {
        [(_, from), (_, to)] if to >= from => return Some(from_to(*from, *to, &unit)),
        [one] => one.clone(),
        _ => return None,
    };
    let rest = asked.name("rest").map_or("", |rest| rest.as_str());
    let told_past = || {
        let is = |pattern| says(pattern, &told);
        is(&TOLD_PAST) && !is(&NEARLY)
    };
    let past = if old { Some(true) } else { gone_by(rest) };
    let lasted = || LASTED.as_ref().is_some_and(|lasted| lasted.is_match(told.trim_end_matches([',', ' '])));
    let past = past.or_else(|| lasted().then_some(true));
    let past = past.unwrap_or_else(|| day < turn.now.date() || told_past());
    if past { behind(turn, &name, day, &unit) } else { Some(ahead(turn, &name, day, &unit)) }
}

pattern!(
    WHICH_WEEKDAY,
    r"(?i)[,.;:!?—-]+ *(?:(?:so|and|but|now|then|well) )*(?:(?:what|which) (?:week)?day(?: of the week)? )?(?:is|was|will|would|does|did|isn't)(?: that| it| this)(?: be| fall| land)?(?: on)?,?(?: a| the)? (?:weekend|week ?day|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:,? or (?:(?:is it|on|a|the) )*\pL+)?[ ?!.]*$"
);

/// "The exam's on the third of December, is that a Wednesday or a Thursday?"
pub(super) fn told_weekday(turn: &mut Turn<'_>) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    let told = plain.get(..WHICH_WEEKDAY.as_ref()?.find(&plain)?.start())?;
    match told_days(turn, told)?.as_slice() {
        [(name, day)] => Some(tell(turn, name.trim_start_matches("on "), *day)),
        _ => None,
    }
}

// "We've had him how many days": what has lasted up to now.
pattern!(
    LASTED,
    r"(?i)(?:'ve|'s|\bhave|\bhas) (?:had|been|lived|worked|known|owned|kept|stayed|lasted|gone|done|waited)\b[^,;.!?]*$"
);

// "I've booked the flight for 1 July": it is ahead, though it is told in the past.
pattern!(
    NEARLY,
    r"(?i)\b(?:booked|due|planned|scheduled|set for|expected|supposed|got (?:a|an|the|my)|arranged|fixed|invited|need(?:ed)?)\b"
);
