//! What a message can ask for as things stand: where there is no timer none can be stopped, and what is on no list cannot
//! be ticked off. What the model takes for that is to make one, if it takes it for that at all.

use std::rc::Rc;

use super::turn::Turn;
use crate::Requested;
use crate::memory::TaskKind;

/// The least confidence in making something at which it gains what cannot be meant.
const AT_ALL: f32 = 0.1;

/// What makes something, and what needs that there is one.
const MAKES: [(&str, &[&str]); 5] = [
    (
        "timer.start",
        &[
            "timer.add",
            "timer.subtract",
            "timer.change",
            "timer.pause",
            "timer.resume",
            "timer.rename",
            "timer.cancel",
        ],
    ),
    ("alarm.set", &["alarm.change", "alarm.cancel"]),
    ("reminder.set", &["reminder.change", "reminder.cancel"]),
    ("list.add", &["list.move", "list.replace", "list.remove", "list.complete", "list.reopen", "list.read"]),
    ("history.find", &["note.find", "note.read", "note.delete", "note.edit"]),
];

/// What the model takes the message to ask for, of what can be done.
pub(super) fn requested(turn: &Turn<'_>) -> Rc<Requested> {
    let mut requested = (turn.scene.requested)(turn.text);
    for (makes, others) in MAKES {
        let confidence = |names: &[&str]| -> f32 {
            let of = requested.ranking.iter().filter(|label| names.contains(&label.name.as_str()));
            of.map(|label| label.confidence).sum()
        };
        let (making, lost) = (confidence(&[makes]), confidence(others));
        if making < AT_ALL || lost == 0.0 || !lacks(turn, makes, &requested) {
            continue;
        }
        let changed = Rc::make_mut(&mut requested);
        changed.ranking.retain(|label| !others.contains(&label.name.as_str()));
        let gains = changed.ranking.iter_mut().filter(|label| label.name == makes);
        gains.for_each(|label| label.confidence += lost);
        changed.ranking.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    }
    requested
}

/// Whether there is nothing yet of what is made.
fn lacks(turn: &Turn<'_>, makes: &str, requested: &Requested) -> bool {
    let none = |kind: TaskKind| turn.memory.tasks.iter().all(|task| task.kind != kind);
    match makes {
        "timer.start" => none(TaskKind::Timer),
        "alarm.set" => none(TaskKind::Alarm),
        "reminder.set" => none(TaskKind::Reminder),
        "history.find" => turn.memory.notes.is_empty(),
        _ => {
            let mut items = requested.slots.iter().filter(|slot| slot.kind == "item").peekable();
            let listed = |words: &str| {
                let on = |item: &str| item.to_lowercase().contains(&words.to_lowercase());
                turn.memory.items.iter().any(|item| on(&item.text))
            };
            items.peek().is_some() && items.all(|slot| !listed(&slot.text))
        }
    }
}
