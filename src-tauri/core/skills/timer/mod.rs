//! Timers: several at once, named, paused, lengthened and shortened.

mod change;
mod grammar;
mod start;
mod status;
mod wanted;

use change::{by_intent, perform};
pub(super) use grammar::NUMBER;
use grammar::{FOLLOW, GRAMMAR};
use start::{ask_length, run};

use super::Skill;
use super::filled::Marks;
use super::grammar::Grammar;
use super::reading::{duration_ms, pattern, replace};
use super::turn::{Reply, Turn, ids, number, slot};
use super::wording::{choose, length};
use crate::memory::{Asked, Task, TaskKind};

pub(super) struct Timer;

const KIND: TaskKind = TaskKind::Timer;

pattern!(
    AND_MORE,
    &format!(
        r"(?i)\b(?<hours>(?:\d+|an?|one|two|three|four|five|six) hours?),? and (?:(?<half>a half)|(?<quarters>three quarters)|(?<quarter>a quarter)|(?<minutes>{NUMBER}))(?<next>$|[^\w-]+(?<word>[\w-]*))"
    )
);

// "A quarter-of-an-hour timer", "half-an-hour".
pattern!(QUARTER, r"(?i)\b(?:a[ -])?quarter[ -]of[ -]an[ -]hour(?<next>[- ]long)?\b");
pattern!(HALF_HOUR, r"(?i)\b(?:half-an-hour|half-hour)(?<next>[- ]long)?\b");
pattern!(THREE_QUARTERS, r"(?i)\bthree[ -]quarters?[ -]of[ -]an[ -]hour\b");

/// The message with the parts of an hour, and "an hour and ten", in minutes; `None` if it says neither.
fn in_minutes(text: &str) -> Option<String> {
    let whole = replace(&THREE_QUARTERS, text, "45 minutes");
    let whole = replace(&HALF_HOUR, &replace(&QUARTER, &whole, "15 minute$next"), "30 minute$next");
    and_minutes(&whole).or_else(|| (whole != text).then_some(whole))
}

/// "An hour and ten" with the unit that it leaves out.
fn and_minutes(text: &str) -> Option<String> {
    let found = AND_MORE.as_ref()?.captures(text)?;
    let next = found.name("word").map_or("", |word| word.as_str()).to_lowercase();
    let several = text.to_lowercase().contains("timers");
    let unit = ["min", "sec", "hour", "hr", "quarter", "half"];
    if several || unit.iter().any(|unit| !next.is_empty() && next.starts_with(unit)) {
        return None;
    }
    let minutes = ["half", "quarters", "quarter"].iter().zip(["30", "45", "15"]);
    let minutes = minutes.filter(|(name, _)| found.name(name).is_some()).map(|(_, minutes)| minutes).next();
    let minutes = minutes.or(found.name("minutes").map(|minutes| minutes.as_str()))?;
    let all = found.get(0)?;
    let end = found.name("next").map_or(all.end(), |next| next.start());
    Some(format!("{}{} and {minutes} minutes{}", text.get(..all.start())?, &found["hours"], text.get(end..)?))
}

impl Skill for Timer {
    fn name(&self) -> &'static str {
        "timer"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["timer", "timer_pause", "timer_resume", "timer_extend"]
    }

    fn offer(&self, intent: &str) -> &'static str {
        match intent {
            "timer_pause" => "pause a timer",
            "timer_resume" => "go on with a timer",
            "timer_extend" => "add time to a timer",
            _ => "set a timer",
        }
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        match in_minutes(&turn.reading.plain) {
            Some(said) => GRAMMAR.answer(&mut turn.saying(&said)),
            None => GRAMMAR.answer(turn),
        }
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let found = turn.entities(turn.text, &["duration"]);
        let ms = found.first().and_then(|entity| duration_ms(entity, turn.now));
        if turn.analysis.intent.name != "timer" {
            return by_intent(turn, ms);
        }
        if turn.requested("timer").is_some_and(|verb| verb != "start") {
            return None;
        }
        // "One for 30 seconds and another for two minutes" is not understood by its first half.
        if found.len() > 1 {
            return None;
        }
        match ms {
            Some(ms) if turn.sure => Some(run(turn, "", &[ms])),
            Some(ms) => Some(
                Reply::ask("timer", "start", "confirm", format!("Shall I set a timer for {}?", length(ms)))
                    .among(vec!["yes".to_owned(), "no".to_owned()])
                    .knowing("ms", ms),
            ),
            None if turn.sure => Some(ask_length("")),
            None => None,
        }
    }

    fn proposes(&self, verb: &str) -> &'static str {
        wanted::proposes(verb)
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        wanted::wanted(turn, verb)
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        wanted::filled(turn, verb, marks)
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        match asked.slot.as_str() {
            "duration" => {
                let bare = format!("{} minutes", turn.reading.plain);
                let found = turn.entities(&turn.reading.plain, &["duration"]);
                let found = if found.is_empty() && turn.reading.plain.split(' ').count() <= 2 {
                    turn.entities(&bare, &["duration"])
                } else {
                    found
                };
                let ms = found.first().and_then(|entity| duration_ms(entity, turn.now))?;
                Some(run(turn, slot(&asked.slots, "name"), &[ms]))
            }
            "confirm" => Some(run(turn, "", &[number(&asked.slots, "ms")?])),
            "which" => {
                let at = choose(&turn.reading.plain, &asked.choices)?;
                let id = *ids(&asked.slots).get(at)?;
                let tasks: Vec<Task> = turn.tasks(KIND).into_iter().filter(|task| task.id == id).collect();
                perform(turn, &asked.verb, tasks, number(&asked.slots, "ms").unwrap_or_default())
            }
            _ => None,
        }
    }
}
