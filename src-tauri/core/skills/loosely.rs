//! What a message says of timers, alarms and reminders, in whatever words: which of them it means, and when.
//!
//! Nothing here asks what the message is for: that is known, and the rest of it is searched for what belongs to it.

use jiff::ZonedDateTime;
use jiff::civil::Date;

use super::every::recurrence;
use super::reading::{Pattern, Reading, TIME, duration_ms, pattern, replace, says};
use super::recurrence::Recurrence;
use super::schedule::{Schedule, at_hours, hour_in, moment, schedule};
use super::timer::NUMBER;
use super::turn::Turn;
use super::wording::{stem, words};
use crate::memory::{Task, TaskKind};
use crate::{Entity, nlu};

/// A date, a time or a length, as it stands in what is masked.
const MARK: &str = "\u{E000}[dt]\\d+\u{E001}";
const NO_MARK: &str = "[^\u{E000}\u{E001}]";

/// What takes back what was said before it.
const RATHER: &str = r"(?:no|nope|sorry|wait|hang on|hold on|actually|i mean|i meant|scratch that|make (?:that|it)|rather|oops|correction|let's say|or rather|better)";

pattern!(
    TAKEN_BACK,
    &format!(r"(?i){MARK}(?<timer> timer)?{NO_MARK}{{0,12}}?\b{RATHER}\b{NO_MARK}{{0,25}}?(?<meant>{MARK})")
);
// "Five minutes, no, make that eight": the unit stays.
pattern!(
    OTHER_NUMBER,
    &format!(
        r"(?i)(?<old>{MARK})(?<timer> timer)?{NO_MARK}{{0,12}}?\b{RATHER}[, ]+(?:(?:{RATHER}|to|at|for)[, ]+)*(?<meant>{NUMBER})\b"
    )
);
// "Not 12", "instead of the 7 am one", "from 7 to 8": what it is not to be.
pattern!(
    NOT,
    &format!(
        r"(?i),? *\b(?:not|instead of|rather than|and not|no longer)\b (?:at |on |for |the |my )*{MARK}|\bfrom (?:the )?{MARK}(?<to> (?:to|until|till)\b)"
    )
);
pattern!(
    CUT,
    r"(?i)[.!?…]+(?:\s+|$)|[,;:]+(?:\s+|$)|\s+[-–—]+\s+|\n+|\s+(?:so(?: that)?|because|cause|cos|coz|but|since|therefore|and(?: so)? (?:i|we|please|could you|can you|would you|remind me|wake me))\s+"
);
pattern!(ARVO, r"(?i)\b(?:arvo|afto)\b");
pattern!(THREE_QUARTERS, r"(?i)\b(?:a )?three[- ]quarters?[- ](?:of[- ]an[- ])?hour\b");
const DAY: &str = r"(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:days?)?";
pattern!(DAYS, &format!(r"(?i)\b(?<day>{DAY})(?:, and|,| &|)(?: on)? +(?<next>{DAY})\b"));
pattern!(DAY_LIST, &format!(r"(?i)\b(?:(?:on|every|each) )*(?<days>{DAY}(?:,? and {DAY})*)\b"));
pattern!(WEEKLY, r"(?i),? *(?:repeating |recurring )?\b(?:(?:every|each) week|weekly)\b");
pattern!(
    OF_A_TIME,
    "(?i)\\b(?:alarm|timer|reminder|one) (?:(?:that |which )?i (?:set|made|asked for|have) )?(?:(?:for|at) )?(?:\u{E000}t|\\d)"
);
pattern!(KEEPS, r"(?i)^(?:but |and |only |just )*(?:keep|leave|spare|don't touch|save)\b");
pattern!(BUT, r"(?i)\b(?:all )?(?:but|except|apart from|besides|other than|save for)\b");
pattern!(
    ALL,
    r"(?i)\b(?:all|both|everything|the (?:whole )?lot|lot of (?:them|the)|every (?:single |last )?(?:timer|alarm|reminder|one)|each (?:timer|alarm|reminder|one)|(?:timers|alarms|reminders)|any of (?:them|those|these))\b"
);
pattern!(PLACE, r"(?i)\b(?<place>first|second|third|last|latest|newest|oldest)\b");

/// The message as it is read, without what it takes back ("at 4, no, 5") and the signs that are no words.
pub(super) fn reading(turn: &Turn<'_>) -> Reading {
    read(turn, &turn.reading.plain)
}

// "At lunchtime, like 1 pm": the hour that a part of the day is said by.
pattern!(
    PRECISELY,
    &format!(
        r"(?i)(?<part>{MARK}),? (?:like|say|so|so like|i\.e\.|ie|that is|that's|maybe|or|about|around)?,? ?(?:like |say |about |around |at )*(?<hour>{MARK})"
    )
);
pattern!(
    PART,
    r"(?i)(?:(?:^| )(?:at|in the|in|this|around|about))?(?:^| )(?:noon|midday|lunch ?time|lunch|dinner ?time|tea ?time|breakfast(?: time)?|bed ?time|morning|afternoon|evening|night)$"
);

/// The message with the hour for the part of the day that it is said by, on the day of that.
fn precisely(reading: &Reading) -> String {
    let Some(found) = PRECISELY.as_ref().and_then(|of| of.captures(&reading.masked)) else {
        return reading.masked.clone();
    };
    let (part, hour) = (reading.unmask(&found["part"]), reading.unmask(&found["hour"]));
    let day = replace(&PART, &part, "");
    let digits = |text: &str| nlu::in_digits(text).contains(|c: char| c.is_ascii_digit());
    if digits(&day) || !hour_in(&hour) || day == part {
        return reading.masked.clone();
    }
    let at = if hour.to_lowercase().starts_with("at ") { "" } else { "at " };
    reading.masked.replacen(&found[0], format!("{day} {at}{}", &found["hour"]).trim(), 1)
}

/// The same of other words.
pub(super) fn read(turn: &Turn<'_>, text: &str) -> Reading {
    let text = replace(&ARVO, &replace(&THREE_QUARTERS, text, "45 minutes"), "afternoon");
    let plain: String = text.chars().filter(|&c| c < '\u{2190}' || c.is_alphanumeric()).collect();
    let reading = Reading::new(&at_hours(&days_joined(plain.trim())), turn.read);
    let mut kept = replace(&TAKEN_BACK, &precisely(&reading), "$meant$timer");
    if let Some(found) = OTHER_NUMBER.as_ref().and_then(|other| other.captures(&kept)) {
        let old = reading.unmask(&found["old"]);
        let unit = old.rsplit([' ', '-']).next().filter(|unit| unit.chars().all(char::is_alphabetic));
        let timer = found.name("timer").map_or("", |timer| timer.as_str());
        let meant = format!("{} {}{timer}", &found["meant"], unit.unwrap_or_default());
        kept = kept.replacen(&found[0], &meant, 1);
    }
    Reading::new(&reading.unmask(&kept), turn.read)
}

/// The text with its weekdays in a row: "Mon, Wed and Fri" are "Mon and Wed and Fri", and those of "every week" recur.
fn days_joined(text: &str) -> String {
    let text = replace(&DAYS, &replace(&DAYS, text, "$day and $next"), "$day and $next");
    if says(&WEEKLY, &text) && says(&DAY_LIST, &text) {
        return replace(&DAY_LIST, &replace(&WEEKLY, &text, ""), "every $days");
    }
    text
}

/// The pieces of a message between the signs and the words that join them; a time is in one piece.
pub(super) fn clauses(reading: &Reading) -> Vec<String> {
    let Some(cut) = CUT.as_ref() else { return vec![reading.plain.clone()] };
    let pieces = cut.split(&reading.masked).map(|piece| reading.unmask(piece.trim()));
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// When something is to be: the time of the piece that asks, in the rhythm or, if `days` are shared, on the day that
/// another piece says.
pub(super) fn when(turn: &Turn<'_>, pieces: &[String], asks: &Pattern, days: bool) -> Schedule {
    let said: Vec<Schedule> = pieces.iter().map(|piece| schedule(turn, piece)).collect();
    let timed = |(_, (said, _)): &(usize, (&Schedule, &String))| said.at.is_some();
    let known: Vec<_> = said.iter().zip(pieces).enumerate().filter(timed).collect();
    let asked = known.iter().rev().find(|(_, (_, piece))| says(asks, piece)).or(known.last());
    let Some((at, (chosen, _))) = asked else {
        let mut telling = said.iter().filter(|said| !said.is_empty());
        return match (telling.next(), telling.next()) {
            (Some(one), None) => one.clone(),
            _ => schedule(turn, &pieces.join(", ")),
        };
    };
    let others = || said.iter().enumerate().filter(|(other, _)| other != at).map(|(_, said)| said);
    if !chosen.no_day && chosen.every.is_none() && others().all(|other| other.every.is_none()) {
        return (*chosen).clone();
    }
    let every = others().filter_map(|other| other.every.as_ref()).next();
    let day = |other: &Schedule| {
        let day = other.date.or(other.at.as_ref().filter(|_| !other.no_day).map(ZonedDateTime::date));
        day.filter(|day| *day >= turn.now.date())
    };
    let on = match (&chosen.every, every, others().find_map(day)) {
        (Some(_), ..) => return (*chosen).clone(),
        (None, Some(every), _) if chosen.no_day => every.words(),
        (None, _, Some(day)) if chosen.no_day && days => format!("on {day}"),
        _ => return (*chosen).clone(),
    };
    let joined = schedule(turn, &format!("{} {on}", chosen.said));
    if joined.at.is_some() {
        Schedule { rest: chosen.rest.clone(), open: chosen.open, ..joined }
    } else {
        (*chosen).clone()
    }
}

/// The lengths that are said, without what they are not to be.
pub(super) fn lengths(turn: &Turn<'_>, reading: &Reading) -> Vec<i64> {
    let kept = replace(&NOT, &reading.masked, "$to");
    let found = reading.entities_in(&kept).filter(|entity| entity.entity == "duration");
    found.filter_map(|entity| duration_ms(entity, turn.now)).filter(|&ms| ms > 0).collect()
}

pattern!(
    MOVES,
    r"(?i)\b(?:alarms?|reminders?|it|move|shift|push|change|make|set|put|wake|ring|remind|instead|rather)\b"
);

/// To when something that is due is to be moved, in words that say nothing else.
pub(super) fn moved_to(turn: &Turn<'_>, reading: &Reading, task: &Task) -> Option<String> {
    let due = turn.at(task.due);
    let is_now = |entity: &Entity| fits_time(turn, entity, &due) == Some(true);
    let kept = Reading::new(&reading.unmask(&replace(&NOT, &reading.masked, "$to")), turn.read);
    // "Make it eleven, they don't open till ten": that of the piece that says what to do.
    let pieces: Vec<Reading> =
        clauses(&kept).iter().map(|piece| Reading::new(&at_hours(piece), turn.read)).collect();
    let clocks = |piece: &Reading| {
        let clocks = piece
            .entities_in(&piece.masked)
            .filter(|entity| ["time", "datetime"].contains(&entity.entity.as_str()));
        clocks.filter(|entity| !is_now(entity)).count()
    };
    let mut telling = pieces.iter().filter(|piece| clocks(piece) > 0);
    let chosen = telling.clone().find(|piece| says(&MOVES, &piece.plain)).or(telling.next_back());
    let times: Vec<&Entity> = pieces
        .iter()
        .flat_map(|piece| piece.entities_in(&piece.masked))
        .filter(|entity| TIME.contains(&entity.entity.as_str()))
        .collect();
    let clock = chosen.and_then(|piece| {
        let clocks = piece
            .entities_in(&piece.masked)
            .filter(|entity| ["time", "datetime"].contains(&entity.entity.as_str()));
        clocks.filter(|entity| !is_now(entity)).last()
    });
    let clock = clock.or_else(|| times.iter().copied().find(|entity| entity.entity != "date"));
    let day =
        times.iter().rev().find(|entity| entity.entity == "date" && (times.len() == 1 || !is_now(entity)));
    let mut said: Vec<String> = clock.into_iter().map(|clock| clock.text.clone()).collect();
    if clock.is_none_or(|clock| clock.entity == "time") {
        said.extend(day.map(|day| day.text.clone()));
    }
    let own = Recurrence::parse(&task.every);
    let every = recurrence(&reading.plain).0.or(own.filter(|_| day.is_none() && !said.is_empty()));
    if !said.is_empty() || every.as_ref().is_some_and(|every| every.to_string() != task.every) {
        said.extend(every.map(|every| every.words()));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// Whether a time that is said is that at which something is due; `None` if it says something else.
fn fits_time(turn: &Turn<'_>, entity: &Entity, due: &ZonedDateTime) -> Option<bool> {
    if entity.entity == "date" {
        return Some(entity.value.parse::<Date>().ok()? == due.date());
    }
    let at = moment(entity, turn.now)?;
    let same_clock = at.minute() == due.minute() && at.hour() % 12 == due.hour() % 12;
    Some(same_clock && (entity.entity == "time" || at.date() == due.date()))
}

/// Which of what there is a message means.
pub(super) enum Which {
    None,
    One(Task),
    All(Vec<Task>),
    /// One of them, and it does not say which.
    OneOf(Vec<Task>),
}

/// Finds what is meant by its name, its time, its length or its rhythm, and else by its being the only one.
pub(super) fn which(turn: &Turn<'_>, kind: TaskKind, reading: &Reading) -> Which {
    let mut tasks = turn.tasks(kind);
    let (text, kept) = without_kept(reading);
    if !kept.is_empty() && tasks.len() > 1 {
        let spared = best(turn, &tasks, &Reading::new(&kept, turn.read));
        if spared.len() < tasks.len() {
            tasks.retain(|task| spared.iter().all(|other| other.id != task.id));
        }
    }
    let named = best(turn, &tasks, &Reading::new(&text, turn.read));
    let all = says(&ALL, &text);
    match (tasks.as_slice(), named.as_slice()) {
        ([], _) => Which::None,
        ([_], []) if of_a_time(turn, &text) => Which::None,
        (_, []) if all => Which::All(tasks),
        (_, [_, _, ..]) if all => Which::All(named),
        ([one], _) | (_, [one]) => Which::One(one.clone()),
        (_, []) => match turn.it(kind).as_slice() {
            [one] => Which::One(one.clone()),
            _ => Which::OneOf(tasks),
        },
        _ => Which::OneOf(named),
    }
}

/// Whether it says of what time the one is that it means: "the alarm I set for 8".
fn of_a_time(turn: &Turn<'_>, text: &str) -> bool {
    says(&OF_A_TIME, &Reading::new(text, turn.read).masked)
}

/// What is named of what there is, or nothing.
pub(super) fn named(turn: &Turn<'_>, kind: TaskKind, reading: &Reading) -> Vec<Task> {
    best(turn, &turn.tasks(kind), reading)
}

/// The message without what it says is to stay, and that.
fn without_kept(reading: &Reading) -> (String, String) {
    let mut kept = String::new();
    let mut text = reading.plain.clone();
    if let Some(but) = BUT.as_ref().and_then(|but| but.find(&text))
        && but.as_str().to_lowercase() != "but"
    {
        kept = text.get(but.end()..).unwrap_or_default().to_owned();
        text.truncate(but.start());
        return (text, kept);
    }
    let pieces = clauses(reading);
    let pieces = pieces.iter().flat_map(|piece| piece.split(" and "));
    let mut others: Vec<&str> = Vec::new();
    for piece in pieces.clone() {
        if says(&KEEPS, piece) { kept = format!("{kept} {piece}") } else { others.push(piece) }
    }
    if others.is_empty() { (reading.plain.clone(), String::new()) } else { (others.join(", "), kept) }
}

/// Those of which most is said.
fn best(turn: &Turn<'_>, tasks: &[Task], reading: &Reading) -> Vec<Task> {
    let said = words(&reading.plain);
    let entities: Vec<&Entity> = reading.entities_in(&reading.masked).collect();
    let score = |task: &Task| {
        let due = turn.at(task.due);
        let every = Recurrence::parse(&task.every).map(|every| every.words()).unwrap_or_default();
        let mut of_task = words(&task.name);
        of_task.extend(
            words(&every).into_iter().filter(|word| !["every", "and", "day"].contains(&word.as_str())),
        );
        let holds = |word: &&String| said.iter().any(|other| stem(other) == stem(word));
        let named = of_task.iter().filter(holds).count() * 2;
        // Of two times that are said the first says which, and the other to when.
        let timed = entities.iter().enumerate().find(|(_, entity)| match entity.entity.as_str() {
            "duration" => task.length > 0 && duration_ms(entity, turn.now) == Some(task.length),
            _ => fits_time(turn, entity, &due) == Some(true),
        });
        let timed = timed.map_or(0, |(at, _)| if at == 0 { 3 } else { 2 });
        named + timed
    };
    let scored: Vec<(usize, &Task)> = tasks.iter().map(|task| (score(task), task)).collect();
    let most = scored.iter().map(|(score, _)| *score).max().unwrap_or_default();
    if most > 0 {
        return scored
            .into_iter()
            .filter(|(score, _)| *score == most)
            .map(|(_, task)| task.clone())
            .collect();
    }
    let mut by_age = tasks.to_vec();
    by_age.sort_by_key(|task| task.id);
    let place = PLACE.as_ref().and_then(|place| place.captures(&reading.plain));
    let at = place.and_then(|place| match place["place"].to_lowercase().as_str() {
        "first" | "oldest" => Some(0),
        "second" => Some(1),
        "third" => Some(2),
        _ => tasks.len().checked_sub(1),
    });
    at.and_then(|at| by_age.get(at)).cloned().into_iter().collect()
}
