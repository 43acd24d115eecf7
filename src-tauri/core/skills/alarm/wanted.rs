//! Alarms asked for in words that no grammar has.

use super::{KIND, MOVING, NAMED, ONE, ask_time, clocks, early, listed, make, morning, only_part, same_day};
use crate::memory::TaskKind;
use crate::skills::every::recurrence;
use crate::skills::filled::Marks;
use crate::skills::loosely::{self};
use crate::skills::planned;
use crate::skills::reading::{Reading, TIME, pattern, replace, says};
use crate::skills::schedule::{Schedule, hour_in, schedule, several};
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{capital, moment};

pattern!(
    ASKS,
    r"(?i)\b(?:wak(?:e|ing|en|ened|es|ey)|woken|awake|awoken|rouse[ds]?|alarms?|up|out of bed|get me|beep|buzz|ring|oversleep|sleep till|sleep until)\b"
);
pattern!(
    WAKES,
    r"(?i)\b(?:wak(?:e|ing|en|ened|ey)|woken|awake|awoken|rouse[ds]?|up|out of bed|(?:over)?sleep|lie in)\b"
);
// "Alarm called tablets", "label it cat": with such a word alone is something a name.
pattern!(
    CALLED,
    r#"(?i)\b(?:called|named|labell?ed|titled|tagged|(?:call|name|label|title|tag)(?: it| that| this| the alarm)?(?: as)?|with the (?:name|label|title)|(?:name|label|title)[ :]) *"?(?<name>[^,.;:!?"]+)"#
);
// The times that stand in a row: "6 am and 6:15 am", "at 5, 5:10 and 5:20".
pattern!(
    ROW,
    "(?i)\u{E000}t\\d+\u{E001}(?:(?:,? (?:and|then|plus|&|\\+)|,)(?: (?:then|again|another|one|a|at|for|also|the|other|second))* \u{E000}t\\d+\u{E001})+"
);

pattern!(PLURAL, r"(?i)\balarms\b(?: (?:please|pls|for|at|on))*[,:]? *(?<times>.+)$");
// "6.15", which may be of an hour where an alarm is spoken of.
pattern!(
    DOTTED,
    r"(?i)(?<before>^|[ ,])(?:at )?(?<hour>[01]?\d|2[0-3])[.h](?<minute>[0-5]\d)(?<after>$|[ ,.?!]|[ap]m)"
);
// What moves an alarm is near to setting one.
pattern!(
    CHANGES,
    r"(?i)\b(?:change|chnage|move|shift|switch|push|bring|reschedule|adjust)\b.{0,30}\balarms?\b.* (?:to|for|until|till|by)\b"
);

pub(super) fn proposes(verb: &str) -> &'static str {
    match verb {
        "set" => "set an alarm",
        "change" => "move an alarm",
        "cancel" => "cancel an alarm",
        _ => "",
    }
}

// What comes again, but for how often.
pattern!(AGAIN, r"(?i)\b(?:recurring|repeating|repeat|daily|weekly)\b");

pub(super) fn filled(turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
    if verb != "set" {
        return planned::filled(turn, verb, marks.one("name"), marks, KIND);
    }
    let said = marks.when(turn).filter(|said| !only_part(said))?;
    if said.every.is_none() && says(&AGAIN, &turn.reading.plain) {
        return None;
    }
    // "Tomorrow morning I have an exam, so an alarm at six fifty": the day is in another part.
    if said.no_day && said.every.is_none() && marks.all("when").len() < turn.entities(turn.text, &TIME).len()
    {
        return None;
    }
    let wakes = says(&WAKES, &turn.reading.plain);
    let at = said.at.clone()?;
    let at = if wakes { morning(turn, at, &said, true) } else { early(turn, at, &said) };
    let name = marks.one("name").unwrap_or_default().to_owned();
    (at > *turn.now).then(|| make(turn, vec![(at, said.every, name)]))
}

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    match verb {
        "set" => set(turn),
        "list" => list(turn),
        // "My alarm needs to be at 4:45 am": where there is none, it is to be set.
        "change"
            if turn.tasks(KIND).is_empty()
                && hour_in(&turn.reading.plain)
                && !turn.reading.plain.to_lowercase().split(' ').any(|word| MOVING.contains(&word)) =>
        {
            set(turn)
        }
        "change" => planned::wanted_change(turn, &read(turn), KIND),
        "cancel" => Some(planned::wanted_cancel(turn, &read(turn), KIND)),
        _ => None,
    }
}

/// What is said, with the colon that "0600" and "6.15" leave out.
fn read(turn: &Turn<'_>) -> Reading {
    let plain = replace(&ONE, &turn.reading.plain, "$1");
    loosely::read(turn, &clocks(&replace(&DOTTED, &plain, "${before}at $hour:$minute$after")))
}

fn set(turn: &mut Turn<'_>) -> Option<Reply> {
    let reading = read(turn);
    if says(&CHANGES, &reading.plain) && !turn.tasks(KIND).is_empty() {
        return planned::wanted_change(turn, &reading, KIND);
    }
    let wakes = says(&WAKES, &reading.plain);
    let name = CALLED.as_ref().and_then(|called| called.captures(&reading.masked));
    let name = name.map(|called| reading.unmask(called["name"].split('\u{E000}').next().unwrap_or_default()));
    let name = replace(&NAMED, name.unwrap_or_default().trim(), "");
    let name = name.trim_end_matches(" at").trim_end_matches(" for").trim().to_owned();
    let name = if name.split(' ').count() <= 4 { name } else { String::new() };
    let settled = |turn: &Turn<'_>, said: &Schedule| {
        let at = said.at.clone()?;
        Some(if wakes { morning(turn, at, said, true) } else { early(turn, at, said) })
    };
    if let Some(times) = row(turn, &reading) {
        let times = times.into_iter().map(|said| Some((settled(turn, &said)?, said.every, name.clone())));
        let times: Option<Vec<_>> = times.collect();
        if let Some(times) = times.filter(|times| times.iter().all(|(at, ..)| at > turn.now)) {
            return Some(make(turn, times));
        }
    }
    let pieces = loosely::clauses(&reading);
    let mut said = loosely::when(turn, &pieces, &ASKS, true);
    let phrase = same_day(turn, said.said.clone(), &said);
    if phrase != said.said {
        said = schedule(turn, &phrase);
    }
    let Some(at) = settled(turn, &said).filter(|_| !only_part(&said)) else {
        let every = said.every.as_ref().map(|every| every.words()).unwrap_or_default();
        return Some(ask_time(format!("{every} {}", said.said).trim(), &name));
    };
    if at <= *turn.now {
        let passed = format!("{} has passed. For what time?", capital(&moment(&at, turn.now)));
        return Some(Reply::ask("alarm", "set", "time", passed));
    }
    Some(make(turn, vec![(at, said.every, name)]))
}

/// The times of several alarms, which share a day that is said beside them.
fn row(turn: &Turn<'_>, reading: &Reading) -> Option<Vec<Schedule>> {
    let row = match ROW.as_ref()?.find(&reading.masked) {
        Some(row) => row.as_str(),
        None => PLURAL.as_ref()?.captures(&reading.masked)?.name("times")?.as_str(),
    };
    if reading.entities_in(row).any(|entity| !hour_in(&entity.text)) {
        return None;
    }
    let row = reading.unmask(row);
    let every = recurrence(&reading.plain).0.map(|every| every.words()).unwrap_or_default();
    let day = reading.entities_in(&reading.masked).find(|entity| !hour_in(&entity.text));
    let day = day.filter(|day| !row.contains(&day.text)).map(|day| day.text.clone()).unwrap_or_default();
    several(turn, format!("{row} {day} {every}").trim()).or_else(|| several(turn, &row))
}

fn list(turn: &mut Turn<'_>) -> Option<Reply> {
    let reading = read(turn);
    let named = loosely::named(turn, TaskKind::Alarm, &reading);
    let timed = reading.entities_in(&reading.masked).find(|entity| TIME.contains(&entity.entity.as_str()));
    match timed {
        _ if !named.is_empty() => listed(turn, named),
        Some(day) if day.entity == "date" => {
            let none = format!("No alarm is set for {}.", day.text.trim_start_matches("on "));
            Some(Reply::say(none).did("alarm", "list").with("count", 0))
        }
        _ => listed(turn, turn.tasks(KIND)),
    }
}
