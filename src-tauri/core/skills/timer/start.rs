//! New timers.

use super::KIND;
use crate::memory::Record;
use crate::skills::grammar::Found;
use crate::skills::reading::duration_ms;
use crate::skills::schedule::moment;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{capital, length, series};

pub(super) fn ask_length(name: &str) -> Reply {
    Reply::ask("timer", "start", "duration", "For how long?").knowing("name", name)
}

/// Names that are none.
const NAMELESS: &[&str] = &[
    "second",
    "new",
    "other",
    "third",
    "next",
    "quick",
    "count down",
    "countdown",
    "short",
    "long",
    "one",
    "the",
    "it",
    "me",
    "default",
    "for",
    "more",
];

/// Beginnings of requests that are not for a new timer.
const OTHERS: &[&str] = &[
    "cancel", "stop", "pause", "resume", "how", "what", "when", "delete", "remove", "add", "is", "which",
    "why", "do", "does", "did", "don't", "turn", "change", "remind", "where", "who", "extend", "never", "i",
    "tell", "take", "make", "if", "kill", "clear", "end", "wake", "remind", "note",
];

/// A name for a timer, if the phrase is one.
pub(super) fn name(found: &Found) -> Option<String> {
    let name = found.text(&["name", "name2"]).unwrap_or_default();
    let name = name.trim_matches(['"', ' ', '.']).trim_end_matches(" timer").to_owned();
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    if NAMELESS.contains(&name.to_lowercase().as_str()) {
        return Some(String::new());
    }
    // "The pasta is nearly done, set a timer" is a reason and a request.
    let one = !name.contains(", ");
    (one && name.split(' ').count() <= 6 && !OTHERS.contains(&first.as_str())).then_some(name)
}

pub(super) fn start(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = name(found)?;
    // "She stopped the timer at 12 minutes" tells something.
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    if ["i", "he", "she", "it", "they", "we", "you", "who"].contains(&first.as_str()) {
        return None;
    }
    let ms = found.duration(turn)?;
    Some(run(turn, &name, &[ms]))
}

pub(super) fn start_many(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let lengths = found.durations(turn);
    (!lengths.is_empty()).then(|| run(turn, "", &lengths))
}

/// "two timers for 5 and 10 minutes": the first is of the unit of the second.
pub(super) fn start_two(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["by"])?;
    let unit = said.rsplit(' ').next()?;
    let first = turn.entities(&format!("{} {unit}", found.text(&["first"])?), &["duration"]);
    let first = duration_ms(first.first()?, turn.now)?;
    Some(run(turn, "", &[first, found.duration_in("by", turn)?]))
}

/// "Set a timer until noon".
pub(super) fn start_until(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = turn.entities(&found.text(&["end"])?, &["time", "datetime"]);
    let at = moment(said.first()?, turn.now)?;
    let ms = at.timestamp().as_millisecond() - turn.now_ms();
    (ms > 0).then(|| run(turn, "", &[(ms + 999) / 1000 * 1000]))
}

/// "Alert me in 40 minutes": a length of time; at a time of day it is an alarm.
pub(super) fn start_in(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["end"])?.to_lowercase();
    let length = turn.entities(said.strip_prefix("in ")?, &["duration"]);
    let ms = duration_ms(length.first()?, turn.now)?;
    Some(run(turn, "", &[ms]))
}

pub(super) fn start_unknown(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Start a timer for sixteen minutes, the quiche is in" says how long.
    if found.duration(turn).is_some() {
        return None;
    }
    Some(ask_length(&name(found)?))
}

/// A timer longer than this is an alarm or a slip, in milliseconds: a year.
const LONGEST: i64 = 366 * 86_400_000;

pub(super) fn run(turn: &mut Turn<'_>, name: &str, lengths: &[i64]) -> Reply {
    if lengths.iter().any(|&ms| !(1..=LONGEST).contains(&ms)) {
        return Reply::say("A timer can run for up to a year. Ask for a reminder on a date instead.");
    }
    let mut reply = Reply::default();
    let mut started = Vec::new();
    for &ms in lengths {
        let mut task = turn.new_task(KIND, name, turn.now_ms() + ms);
        task.length = ms;
        reply = reply.did("timer", "start").with("duration_s", ms / 1000).with_some("name", name);
        started.push(task.id);
        turn.memory.put(Record::Task(task));
    }
    "starting the timer".clone_into(&mut turn.memory.what);
    let times: Vec<String> = lengths.iter().map(|&ms| length(ms)).collect();
    let times = series(&times);
    reply.text = match (name, lengths.len()) {
        ("", 1) => {
            let ways = ["Timer set for", "All right, a timer for", "OK, timer running:"];
            format!("{} {times}.", turn.vary(&ways))
        }
        ("", _) => format!("Timers set for {times}."),
        (name, _) => format!("{} timer set for {times}.", capital(name)),
    };
    reply.about("timer", "start", started)
}
