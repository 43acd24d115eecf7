//! What went off, once more.

use super::grammar::Found;
use super::reading::duration_ms;
use super::schedule::schedule;
use super::turn::{Reply, Turn};
use super::wording::moment;
use crate::memory::{Record, TaskKind};

/// How long a snooze is when nothing is said, in milliseconds.
const SNOOZE: i64 = 10 * 60_000;

const KINDS: [TaskKind; 3] = [TaskKind::Reminder, TaskKind::Alarm, TaskKind::Timer];

/// "Later", if something went off for which that makes sense.
pub(super) fn later(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    turn.last_fired(&[TaskKind::Reminder, TaskKind::Alarm])?;
    again(turn, None)
}

pub(super) fn snooze(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let rest = found.text(&["rest"]);
    if turn.last_fired(&KINDS).is_none() {
        return match rest {
            Some(_) if !found.whole().to_lowercase().starts_with("snooze") => None,
            _ => Some(Reply::say("Nothing has gone off that I could snooze.")),
        };
    }
    again(turn, rest.as_deref())
}

/// Sets what fired last once more.
pub(super) fn again(turn: &mut Turn<'_>, phrase: Option<&str>) -> Option<Reply> {
    let task = turn.last_fired(&KINDS)?;
    let now = turn.now_ms();
    let due = match phrase {
        None => now + SNOOZE,
        Some(phrase) => {
            let ms = turn.entities(phrase.trim_start_matches("in "), &["duration"]);
            let ms = ms.first().and_then(|entity| duration_ms(entity, turn.now));
            match ms {
                Some(ms) => now + ms,
                None => schedule(turn, phrase).at?.timestamp().as_millisecond(),
            }
        }
    };
    let mut copy = turn.new_task(task.kind, &task.name, due);
    copy.length = if task.kind == TaskKind::Timer { due - now } else { 0 };
    turn.memory.put(Record::Task(copy.clone()));
    "snoozing".clone_into(&mut turn.memory.what);
    let until = moment(&turn.at(due), turn.now);
    Some(
        Reply::say(format!("Snoozed until {}.", until.trim_start_matches("today at ")))
            .did(task.kind.as_str(), "snooze")
            .with("duration_s", (due - now) / 1000)
            .with("time", turn.stamp(due))
            .with_some("name", &task.name)
            .about(task.kind.as_str(), "snooze", vec![copy.id]),
    )
}
