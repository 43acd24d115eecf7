//! How timers stand.

use super::KIND;
use super::start::ask_length;
use crate::memory::{Task, TaskState};
use crate::skills::grammar::Found;
use crate::skills::tasks::{Target, called};
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::length;

pub(super) fn status_or_start(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if turn.tasks(KIND).is_empty() && found.whole().eq_ignore_ascii_case("timer") {
        return Some(ask_length(""));
    }
    status(turn, found)
}

pub(super) fn status(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    if ["what is a ", "what's a "].iter().any(|what| whole.starts_with(what)) {
        return None;
    }
    // "Give me five minutes on the timer" is for a new one.
    if whole.starts_with("give me ") && found.duration(turn).is_some() {
        return None;
    }
    let target = found.text(&["target"]);
    let tasks = match turn.target(KIND, target.as_deref(), true) {
        Target::These(tasks) | Target::OneOf(tasks) => tasks,
        Target::None => {
            return Some(Reply::say("No timers are running.").did("timer", "status").with("count", 0));
        }
        Target::Other => {
            let named = turn.named_in(KIND, target.as_deref().unwrap_or_default());
            if named.is_empty() {
                return Some(no_such(target.as_deref().unwrap_or_default()));
            }
            named
        }
    };
    Some(tell(turn, &tasks))
}

/// "Is my laundry timer nearly done", and no "I need a timer going".
pub(super) fn status_asked(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let first = found.whole().split(' ').next().unwrap_or_default().to_lowercase();
    let asks = ["is", "are", "has", "have", "will", "did"].contains(&first.as_str());
    if asks || turn.text.trim_end().ends_with('?') { status(turn, found) } else { None }
}

/// "How much longer?" is for a timer only if there is one.
pub(super) fn status_some(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if turn.tasks(KIND).is_empty() { None } else { status(turn, found) }
}

/// "How long till the potatoes are done", if such a timer runs.
pub(super) fn status_named(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let tasks = turn.named_in(KIND, &found.text(&["rest"])?);
    if tasks.is_empty() { None } else { Some(tell(turn, &tasks)) }
}

/// "Time left on the pizza"; "time" alone is the clock's.
pub(super) fn status_time(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.whole().to_lowercase();
    let of_timer = said.contains("timer") || found.has("target");
    if !of_timer && (!said.contains("left") && !said.contains("remaining") || turn.tasks(KIND).is_empty()) {
        return None;
    }
    let Some(name) = found.text(&["target2"]) else { return status(turn, found) };
    match turn.target(KIND, Some(&name), true) {
        Target::These(tasks) => Some(tell(turn, &tasks)),
        _ => None,
    }
}

pub(super) fn tell(turn: &Turn<'_>, tasks: &[Task]) -> Reply {
    let mut reply = Reply::default().did("timer", "status").with("count", tasks.len());
    if let [task] = tasks {
        reply = reply.with("remaining_s", (turn.remaining(task) + 500) / 1000).with_some("name", &task.name);
    }
    let lines: Vec<String> = tasks
        .iter()
        .map(|task| {
            let paused = if task.state == TaskState::Paused { ", paused" } else { "" };
            format!("{} left on {}{paused}.", length(turn.remaining(task)), called(task))
        })
        .collect();
    reply.text = lines.join("\n");
    reply.about("timer", "status", tasks.iter().map(|task| task.id).collect())
}

pub(super) fn no_such(target: &str) -> Reply {
    let target = target.trim_end_matches("timer").trim();
    Reply::say(format!("There is no {target} timer."))
}
