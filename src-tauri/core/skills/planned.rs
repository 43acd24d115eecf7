//! What alarms and reminders have in common: they are cancelled, moved to
//! another time, and put off.

use super::filled::{self, Marks};
use super::grammar::Found;
use super::loosely::{self, Which};
use super::reading::{Reading, TIME, pattern, says};
use super::schedule::moved;
use super::tasks::{Target, called_all};
use super::turn::{Reply, Turn, ids, number, slot};
use super::wording::{capital, choose, moment, set_for, words};
use crate::memory::{Asked, Record, Table, Task, TaskKind};
use crate::nlu;

/// Words with which a request begins that sets nothing, where the name could stand of what is to be set.
const OTHERS: &str = "
    any are bring call can cancel change could delay delete did do does don't got had has have he help
    how i if is it lose move no not note postpone push remove reschedule she shift should show stop take
    tell they turn update was we were what when where which who why will would you
";

/// Whether a word begins another request than one to set something.
pub(super) fn begins_another(word: &str) -> bool {
    OTHERS.split_whitespace().any(|other| other == word)
}

pub(super) fn none(kind: TaskKind) -> &'static str {
    if kind == TaskKind::Alarm { "No alarms are set." } else { "You have no reminders." }
}

fn no_such(kind: TaskKind, said: &str) -> Reply {
    Reply::say(match kind {
        TaskKind::Alarm => format!("No alarm is set for “{said}”."),
        _ => format!("There is no reminder “{said}”."),
    })
}

/// "Cancel the gym alarm", "delete all reminders".
pub(super) fn cancel(turn: &mut Turn<'_>, found: &Found, kind: TaskKind) -> Option<Reply> {
    let target = found.text(&["target", "target2", "target3"]);
    // "The ferry is booked, delete the reminder for it": what it is stands before.
    let pronoun = |of: &String| ["it", "that", "them", "this", "those", "him", "her"].contains(&of.as_str());
    // "Chuck us a reminder" throws none away.
    let given = found.text(&["target"]).map(|of| of.to_lowercase());
    let given = given.is_some_and(|of| ["us", "me", "us a", "me a", "us an", "me an"].contains(&of.as_str()));
    if given || found.text(&["target2"]).is_some_and(|of| pronoun(&of)) {
        return None;
    }
    let plural = found.text(&["kind"]).is_some_and(|kind| kind.to_lowercase().ends_with('s'));
    let all = found.has("all") || plural;
    Some(match turn.target(kind, target.as_deref(), all) {
        Target::None => Reply::say(none(kind)),
        Target::Other => no_such(kind, &target.unwrap_or_default()),
        Target::OneOf(tasks) => match turn.it(kind).as_slice() {
            [one] if target.is_none() => cancelled(turn, kind, vec![one.clone()]),
            _ => turn.which("cancel", &tasks),
        },
        Target::These(tasks) => cancelled(turn, kind, tasks).of_all(all),
    })
}

pub(super) fn cancelled(turn: &mut Turn<'_>, kind: TaskKind, tasks: Vec<Task>) -> Reply {
    let mut reply = Reply::default();
    for task in &tasks {
        reply = reply.did(kind.as_str(), "cancel");
        reply = match kind {
            TaskKind::Alarm => reply.with("time", turn.stamp(task.due)).with_some("name", &task.name),
            _ => reply.with("what", task.name.clone()),
        };
        turn.memory.remove(Table::Task, task.id);
    }
    turn.memory.what = format!("cancelling {}", called_all(&tasks));
    reply.text = match (tasks.as_slice(), kind) {
        ([], _) => format!("That {} is gone already.", kind.as_str()),
        ([task], TaskKind::Alarm) => format!("Alarm {} cancelled.", set_for(&turn.when(task))),
        ([task], _) => format!("Reminder “{}” cancelled.", task.name),
        (tasks, _) => format!("{} {}s cancelled.", tasks.len(), kind.as_str()),
    };
    reply.about(kind.as_str(), "cancel", tasks.iter().map(|task| task.id).collect())
}

/// Finds the one that is meant and moves it, to a time said in `phrase` or by
/// some milliseconds.
fn on_target(
    turn: &mut Turn<'_>,
    found: &Found,
    kind: TaskKind,
    phrase: &str,
    by: Option<i64>,
) -> Option<Reply> {
    let target = found.text(&["target", "target2"]);
    match turn.target(kind, target.as_deref(), false) {
        Target::None => Some(Reply::say(none(kind))),
        Target::Other => Some(no_such(kind, &target.unwrap_or_default())),
        Target::OneOf(tasks) => match turn.it(kind).as_slice() {
            [one] if target.is_none() => move_to(turn, one.clone(), phrase, by),
            _ => {
                let reply = turn.which("change", &tasks).knowing("phrase", phrase);
                Some(match by {
                    Some(by) => reply.knowing("by", by),
                    None => reply,
                })
            }
        },
        Target::These(tasks) => tasks.into_iter().next().and_then(|task| move_to(turn, task, phrase, by)),
    }
}

pub(super) fn move_to(turn: &mut Turn<'_>, mut task: Task, phrase: &str, by: Option<i64>) -> Option<Reply> {
    let (due, every) = match by {
        Some(by) => (task.due + by, None),
        None => {
            let (at, every) = moved(turn, &turn.at(task.due), phrase)?;
            (at.timestamp().as_millisecond(), every)
        }
    };
    // "Edit the alarm for 7" says which, and not to what.
    if by.is_none() && every.is_none() && due == task.due {
        return Some(ask_time(task.kind, &[task]));
    }
    if due <= turn.now_ms() {
        return Some(Reply::say(format!("{} has passed.", capital(&moment(&turn.at(due), turn.now)))));
    }
    task.due = due;
    if let Some(every) = every {
        task.every = every.to_string();
    }
    turn.memory.put(Record::Task(task.clone()));
    let kind = task.kind.as_str();
    turn.memory.what = format!("moving the {kind}");
    let reply = match task.kind {
        TaskKind::Alarm => Reply::say(format!("Alarm moved to {}.", turn.when(&task))).did(kind, "change"),
        _ => Reply::say(format!("I'll remind you {} instead: {}.", turn.when(&task), task.name))
            .did(kind, "change")
            .with("what", task.name.clone()),
    };
    let reply = reply.with("time", turn.stamp(due)).with_some("every", &task.every);
    Some(reply.about(kind, "change", vec![task.id]))
}

/// "Move the gym alarm to 7"; for another skill if what follows is no time.
pub(super) fn change(turn: &mut Turn<'_>, found: &Found, kind: TaskKind) -> Option<Reply> {
    let phrase = found.text(&["rest"])?;
    // "Please and thank you" is read without its politeness.
    let phrase = phrase.trim_end_matches(" and").trim_end_matches(" instead");
    let phrase = match moved(turn, turn.now, phrase) {
        Some(_) => phrase,
        None => unremarked(turn, phrase)?,
    };
    on_target(turn, found, kind, phrase, None)
}

/// What is said up to a sign, where that is a time and nothing after it is: "Thursday at 9, please and thank you".
fn unremarked<'p>(turn: &Turn<'_>, phrase: &'p str) -> Option<&'p str> {
    let (time, remark) = phrase
        .split_once([',', '.', ';', '!', '?', '–', '—'])
        .filter(|(_, remark)| remark.starts_with(' '))?;
    let digits = nlu::in_digits(remark);
    let other = !turn.entities(remark, &TIME).is_empty() || digits.contains(|c: char| c.is_ascii_digit());
    (!other && moved(turn, turn.now, time).is_some()).then_some(time)
}

/// The same, if what is named is there.
pub(super) fn change_known(turn: &mut Turn<'_>, found: &Found, kind: TaskKind) -> Option<Reply> {
    let target = found.text(&["target", "target2"])?;
    let known = !words(&target).is_empty()
        && matches!(turn.target(kind, Some(&target), false), Target::These(_) | Target::OneOf(_));
    if known { change(turn, found, kind) } else { None }
}

/// "Change my alarm", which leaves open to what.
pub(super) fn change_open(turn: &mut Turn<'_>, found: &Found, kind: TaskKind) -> Option<Reply> {
    let target = found.text(&["target", "target2"]);
    Some(match turn.target(kind, target.as_deref(), false) {
        Target::None => Reply::say(none(kind)),
        Target::Other => no_such(kind, &target.unwrap_or_default()),
        Target::OneOf(tasks) => turn.which("change", &tasks),
        Target::These(tasks) => ask_time(kind, &tasks),
    })
}

pub(super) fn ask_time(kind: TaskKind, tasks: &[Task]) -> Reply {
    let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
    Reply::ask(kind.as_str(), "change", "time", "To what time?").knowing("ids", ids)
}

/// The answer to "to what time?".
pub(super) fn timed(turn: &mut Turn<'_>, asked: &Asked, kind: TaskKind) -> Option<Reply> {
    let task = turn.tasks(kind).into_iter().find(|task| ids(&asked.slots).contains(&task.id))?;
    let phrase = turn.reading.plain.clone();
    move_to(turn, task, &phrase, None)
}

/// "Push it back by an hour".
pub(super) fn shift(turn: &mut Turn<'_>, found: &Found, kind: TaskKind) -> Option<Reply> {
    let by = found.durations(turn).last().copied()?;
    let way = found.text(&["dir", "dir2"]).unwrap_or_default();
    let earlier = matches!(way.as_str(), "earlier" | "forward" | "up" | "sooner");
    on_target(turn, found, kind, "", Some(if earlier { -by } else { by }))
}

pub(super) fn follow_cancel(turn: &mut Turn<'_>, kind: TaskKind) -> Option<Reply> {
    let tasks = turn.it(kind);
    if tasks.is_empty() { None } else { Some(cancelled(turn, kind, tasks)) }
}

pub(super) fn follow_change(turn: &mut Turn<'_>, found: &Found, kind: TaskKind) -> Option<Reply> {
    let phrase = found.text(&["rest"])?;
    match turn.it(kind).as_slice() {
        [task] => move_to(turn, task.clone(), &phrase, None),
        _ => None,
    }
}

/// The answer to "which alarm?".
pub(super) fn chosen(turn: &mut Turn<'_>, asked: &Asked, kind: TaskKind) -> Option<Reply> {
    let id = *ids(&asked.slots).get(choose(&turn.reading.plain, &asked.choices)?)?;
    let task = turn.tasks(kind).into_iter().find(|task| task.id == id)?;
    if asked.verb == "cancel" {
        return Some(cancelled(turn, kind, vec![task]));
    }
    match (slot(&asked.slots, "phrase"), number(&asked.slots, "by")) {
        ("", None) => Some(ask_time(kind, &[task])),
        (phrase, by) => move_to(turn, task, phrase, by),
    }
}

/// Cancels what a message means, in whatever words.
pub(super) fn wanted_cancel(turn: &mut Turn<'_>, reading: &Reading, kind: TaskKind) -> Reply {
    match loosely::which(turn, kind, reading) {
        Which::None => Reply::say(none(kind)),
        Which::One(task) => cancelled(turn, kind, vec![task]),
        Which::All(tasks) => cancelled(turn, kind, tasks).of_all(true),
        Which::OneOf(tasks) => turn.which("cancel", &tasks),
    }
}

pattern!(SOONER, r"(?i)\b(?:earlier|sooner|forwards?|before|up|ahead)\b");
pattern!(LATER, r"(?i)\b(?:later|back|after|on|delay|postpone|longer|more|extra)\b");

/// Cancels or moves the one of a name or a time that are marked, if there is one.
pub(super) fn filled(
    turn: &mut Turn<'_>,
    verb: &str,
    name: Option<&str>,
    marks: &Marks<'_>,
    kind: TaskKind,
) -> Option<Reply> {
    let (name, when) = (name.unwrap_or_default(), marks.all("when").join(" "));
    let said = filled::reading(turn, format!("{name} {when}").trim());
    let known = |words: &Reading| !loosely::named(turn, kind, words).is_empty();
    match verb {
        "cancel" if known(&said) => Some(wanted_cancel(turn, &said, kind)),
        "change" if !when.is_empty() && (name.is_empty() || known(&filled::reading(turn, name))) => {
            wanted_change(turn, &said, kind)
        }
        _ => None,
    }
}

/// Moves what a message means, in whatever words, to the time or by the length that it says.
pub(super) fn wanted_change(turn: &mut Turn<'_>, reading: &Reading, kind: TaskKind) -> Option<Reply> {
    let task = match loosely::which(turn, kind, reading) {
        Which::None => return Some(Reply::say(none(kind))),
        Which::One(task) => task,
        Which::All(tasks) | Which::OneOf(tasks) => {
            let phrase = tasks.first().and_then(|task| loosely::moved_to(turn, reading, task));
            let reply = turn.which("change", &tasks);
            return Some(reply.knowing("phrase", phrase.unwrap_or_default()));
        }
    };
    let lengths = loosely::lengths(turn, reading);
    if let ([.., by], sooner, later) =
        (lengths.as_slice(), says(&SOONER, &reading.plain), says(&LATER, &reading.plain))
        && (sooner || later)
    {
        return move_to(turn, task, "", Some(if sooner { -by } else { *by }));
    }
    match loosely::moved_to(turn, reading, &task) {
        Some(phrase) => move_to(turn, task.clone(), &phrase, None).or_else(|| Some(ask_time(kind, &[task]))),
        None => Some(ask_time(kind, &[task])),
    }
}
