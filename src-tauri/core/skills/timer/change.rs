//! Timers lengthened, held, named and cancelled.

use super::KIND;
use super::start::{name, run};
use super::status::{no_such, tell};
use crate::memory::{Record, Table, Task, TaskState};
use crate::skills::grammar::Found;
use crate::skills::reading::{duration_ms, pattern};
use crate::skills::tasks::{Target, called_all};
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{capital, length, words};

/// Finds the timers that are meant and does something with them.
pub(super) fn on_target(turn: &mut Turn<'_>, found: &Found, verb: &str, ms: i64) -> Option<Reply> {
    let target = found.text(&["target", "target2", "target3"]);
    let plural = found.text(&["kind"]).is_some_and(|kind| kind.to_lowercase().ends_with('s'));
    let all = found.has("all") || plural && target.is_none();
    match turn.target(KIND, target.as_deref(), all) {
        Target::None => Some(Reply::say("No timers are running.")),
        Target::Other => Some(no_such(&target.unwrap_or_default())),
        Target::OneOf(tasks) => {
            let it: Vec<Task> = turn.it(KIND);
            // "the timer", just after one was spoken of.
            if let ([one], None) = (it.as_slice(), &target) {
                return perform(turn, verb, vec![one.clone()], ms);
            }
            Some(turn.which(verb, &tasks).knowing("ms", ms))
        }
        Target::These(tasks) => {
            let reply = perform(turn, verb, tasks, ms)?;
            Some(reply.of_all(all))
        }
    }
}

pub(super) fn perform(turn: &mut Turn<'_>, verb: &str, tasks: Vec<Task>, ms: i64) -> Option<Reply> {
    let now = turn.now_ms();
    let mut reply = Reply::default();
    let mut changed = Vec::new();
    for mut task in tasks {
        let left = turn.remaining(&task);
        let paused = task.state == TaskState::Paused;
        match verb {
            "cancel" => {}
            "pause" if paused => continue,
            "resume" if !paused => continue,
            "pause" => (task.state, task.remaining) = (TaskState::Paused, left),
            "resume" => (task.state, task.due) = (TaskState::Running, now + left),
            "restart" => (task.state, task.due) = (TaskState::Running, now + task.length),
            "change" => (task.state, task.due, task.length) = (TaskState::Running, now + ms, ms),
            "add" | "subtract" => {
                let by = if verb == "add" { ms } else { -ms };
                let left = (left + by).max(0);
                task.length = (task.length + by).max(0);
                (task.due, task.remaining) = (now + left, left);
            }
            _ => return None,
        }
        reply =
            reply.did("timer", if verb == "restart" { "start" } else { verb }).with_some("name", &task.name);
        let seconds = if matches!(verb, "add" | "subtract" | "change") { ms } else { task.length } / 1000;
        reply = reply.with("duration_s", seconds);
        match verb {
            "cancel" => turn.memory.remove(Table::Task, task.id),
            _ => turn.memory.put(Record::Task(task.clone())),
        }
        changed.push(task);
    }
    let names = called_all(&changed);
    let of_one = changed.first().map(|task| length(turn.remaining(task))).unwrap_or_default();
    reply.text = match verb {
        _ if changed.is_empty() && verb == "pause" => "It is paused already.".to_owned(),
        _ if changed.is_empty() => "It is running already.".to_owned(),
        "cancel" => format!("Cancelled {names}."),
        "pause" => format!("Paused {names}, with {of_one} left."),
        "resume" => format!("{} runs again, with {of_one} left.", capital(&names)),
        "restart" => format!("Started {names} again."),
        "change" => format!("Timer changed to {}.", length(ms)),
        "add" => format!("Added {}: {of_one} left.", length(ms)),
        _ => format!("Took off {}: {of_one} left.", length(ms)),
    };
    turn.memory.what = format!("{} {names}", doing(verb));
    Some(reply.about("timer", verb, changed.iter().map(|task| task.id).collect()))
}

pub(super) fn doing(verb: &str) -> &'static str {
    match verb {
        "cancel" => "cancelling",
        "pause" => "pausing",
        "resume" => "resuming",
        "restart" => "restarting",
        "add" => "lengthening",
        "subtract" => "shortening",
        _ => "changing",
    }
}

pub(super) fn add(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration_in("by", turn)?;
    // "add 5 minutes to the cooking list" is for a list.
    if !found.whole().to_lowercase().contains("timer") {
        let target = found.text(&["target"])?;
        if !matches!(turn.target(KIND, Some(&target), false), Target::These(_)) || words(&target).is_empty() {
            return None;
        }
    }
    on_target(turn, found, "add", ms)
}

/// "The pizza needs another 5 minutes", if there is such a timer.
pub(super) fn add_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["target"])?;
    let named = !words(&target).is_empty();
    let known = named && matches!(turn.target(KIND, Some(&target), false), Target::These(_));
    if known { on_target(turn, found, "add", found.duration_in("by", turn)?) } else { None }
}

/// The one timer whose name is in the rest of what is said.
fn named(turn: &Turn<'_>, found: &Found) -> Option<Task> {
    let tasks = turn.named_in(KIND, &found.text(&["rest", "rest2"])?);
    match tasks.as_slice() {
        [task] => Some(task.clone()),
        _ => None,
    }
}

pub(super) fn add_named(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let task = named(turn, found)?;
    perform(turn, "add", vec![task], found.duration_in("by", turn)?)
}

/// "Add another five to the potato timer": minutes.
pub(super) fn add_minutes(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let task = named(turn, found)?;
    let said = turn.entities(&format!("{} minutes", found.text(&["minutes", "minutes2"])?), &["duration"]);
    let ms = duration_ms(said.first()?, turn.now)?;
    perform(turn, "add", vec![task], ms)
}

pub(super) fn subtract_named(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let task = named(turn, found)?;
    perform(turn, "subtract", vec![task], found.duration_in("by", turn)?)
}

/// The one timer that is called so and no more: "pause the bread".
fn called_so(turn: &Turn<'_>, found: &Found) -> Option<Task> {
    let task = named(turn, found)?;
    let said = words(&found.text(&["rest"])?);
    (said.len() == words(&task.name).len()).then_some(task)
}

pub(super) fn pause_named(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let task = called_so(turn, found)?;
    perform(turn, "pause", vec![task], 0)
}

pub(super) fn resume_named(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let task = called_so(turn, found)?;
    perform(turn, "resume", vec![task], 0)
}

pub(super) fn cancel_named(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let task = called_so(turn, found)?;
    perform(turn, "cancel", vec![task], 0)
}

/// "Give it another five minutes": the last one that was spoken of, or else the only one.
pub(super) fn add_more(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration_in("by", turn)?;
    let it: Vec<Task> = turn.it(KIND);
    if let [one] = it.as_slice() {
        return perform(turn, "add", vec![one.clone()], ms);
    }
    add_loose(turn, found)
}

pub(super) fn add_loose(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if turn.tasks(KIND).is_empty() {
        return None;
    }
    let ms = found.duration_in("by", turn)?;
    on_target(turn, found, "add", ms)
}

pub(super) fn subtract(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration_in("by", turn)?;
    on_target(turn, found, "subtract", ms)
}

pub(super) fn change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration_in("by", turn)?;
    if turn.tasks(KIND).is_empty() {
        return Some(run(turn, "", &[ms]));
    }
    on_target(turn, found, "change", ms)
}

/// "Set the pizza timer to 20 minutes", if there is one; else it is new.
pub(super) fn change_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["target"])?;
    match turn.target(KIND, Some(&target), false) {
        Target::These(_) if !words(&target).is_empty() => {
            on_target(turn, found, "change", found.duration_in("by", turn)?)
        }
        _ => None,
    }
}

pattern!(
    LESS,
    r"(?i)\b(?:less|off|shorter|shorten|earlier|sooner|cut|knock|shave|trim|reduce|subtract|remove|lose|take|down|minus|fewer|back|early|drop|lower|decrease|instead|rather|not|from|change|make)\b"
);

/// What the model takes to be for a timer that is there.
pub(super) fn by_intent(turn: &mut Turn<'_>, ms: Option<i64>) -> Option<Reply> {
    let (verb, ms) = match (turn.analysis.intent.name.as_str(), ms) {
        ("timer_pause", _) => ("pause", 0),
        ("timer_resume", _) => ("resume", 0),
        // What takes off or sets anew is near to it in meaning, and is no more.
        ("timer_extend", Some(ms)) if !LESS.as_ref().is_some_and(|less| less.is_match(turn.text)) => {
            ("add", ms)
        }
        _ => return None,
    };
    // "Kill the timer" is near to pausing it, and "knock two minutes off" to adding them.
    if turn.requested("timer").is_some_and(|of| of != verb) {
        return None;
    }
    // "How do I stop a timer?" asks how.
    let asks = ["how do ", "how can ", "how would ", "how to ", "how should "];
    if asks.iter().any(|how| turn.reading.plain.to_lowercase().starts_with(how)) {
        return None;
    }
    let tasks = turn.tasks(KIND);
    // "My pasta still needs five minutes": one that is named is meant.
    let said = words(turn.text);
    let named: Vec<Task> = tasks
        .iter()
        .filter(|task| !task.name.is_empty() && words(&task.name).iter().all(|word| said.contains(word)))
        .cloned()
        .collect();
    match if named.is_empty() { tasks } else { named }.as_slice() {
        [] => Some(Reply::say("No timers are running.")),
        [one] if turn.sure => perform(turn, verb, vec![one.clone()], ms),
        tasks => Some(turn.which(verb, tasks).knowing("ms", ms)),
    }
}

pub(super) fn pause(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    on_target(turn, found, "pause", 0)
}

pub(super) fn resume(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    on_target(turn, found, "resume", 0)
}

pub(super) fn resume_paused(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["target"]);
    let paused = match turn.target(KIND, target.as_deref(), false) {
        Target::These(tasks) | Target::OneOf(tasks) => {
            tasks.iter().any(|task| task.state == TaskState::Paused)
        }
        _ => false,
    };
    if paused { on_target(turn, found, "resume", 0) } else { None }
}

pub(super) fn restart(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    on_target(turn, found, "restart", 0)
}

pub(super) fn cancel(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    on_target(turn, found, "cancel", 0)
}

/// "Cancel timer pizza", if there is such a timer.
pub(super) fn cancel_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match turn.target(KIND, found.text(&["target"]).as_deref(), false) {
        Target::These(_) => on_target(turn, found, "cancel", 0),
        _ => None,
    }
}

pub(super) fn follow_cancel(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { perform(turn, "cancel", tasks, 0) }
}

pub(super) fn follow_pause(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { perform(turn, "pause", tasks, 0) }
}

pub(super) fn follow_resume(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { perform(turn, "resume", tasks, 0) }
}

pub(super) fn follow_status(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { Some(tell(turn, &tasks)) }
}

pub(super) fn follow_change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration(turn)?;
    match turn.it(KIND).as_slice() {
        [task] => perform(turn, "change", vec![task.clone()], ms),
        _ => None,
    }
}

pub(super) fn follow_subtract(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration(turn)?;
    match turn.it(KIND).as_slice() {
        [task] => perform(turn, "subtract", vec![task.clone()], ms),
        _ => None,
    }
}

pub(super) fn rename(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = name(found)?;
    match turn.it(KIND).as_slice() {
        [task] => Some(renamed(turn, task, name)),
        _ => None,
    }
}

pub(super) fn rename_target(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = name(found)?;
    match turn.target(KIND, found.text(&["target"]).as_deref(), false) {
        Target::These(tasks) => tasks.first().map(|task| renamed(turn, task, name)),
        _ => None,
    }
}

pub(super) fn renamed(turn: &mut Turn<'_>, task: &Task, name: String) -> Reply {
    turn.memory.put(Record::Task(Task { name: name.clone(), ..task.clone() }));
    "naming the timer".clone_into(&mut turn.memory.what);
    let id = task.id;
    Reply::say(format!("It is the {name} timer now.")).did("timer", "rename").with("name", name).about(
        "timer",
        "rename",
        vec![id],
    )
}
