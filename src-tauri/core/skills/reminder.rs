//! Reminders: once or recurring, moved, cancelled, snoozed.

use std::sync::LazyLock;

use jiff::civil::Time;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::reading::{pattern, replace};
use super::schedule::{Schedule, moved, schedule};
use super::tasks::Target;
use super::turn::{Reply, Turn, ids, slot};
use super::wording::{self, choose};
use crate::memory::{Asked, Record, Table, Task, TaskKind};

pub(super) struct Reminder;

const KIND: TaskKind = TaskKind::Reminder;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:snooze|postpone|delay)(?: {it}| {the}(?:alarm|reminder|timer))?(?: (?:for|by|until|till|to))?(?<rest>(?: .+)?)",
            snooze,
        ),
        (
            r"(?:remind me|wake me|tell me|ask me)(?: up)?(?: of {it}| about {it})? again(?<rest>(?: .+)?)",
            snooze,
        ),
        (r"(?:remind me )?later", snooze_later),
        (
            r"(?:{show}|when's|when is|when are|are any) {all}(?:of )?{the}(?:(?:upcoming|next|active|current|pending|set|any|other|open) )*{the}reminders?(?: (?:do i have|are set|set|are there|on|active|have i set|have i got|i have|i've set|scheduled|coming up|for (?<day>{t})|(?<day2>{t})|for|about|pending))*",
            list,
        ),
        (r"(?:my |all |all my )?reminders", list),
        (
            r"what (?:do|did) i (?:have|need|ask you|want) to (?:remember|be reminded (?:of|about)|remind me (?:of|about|to do)?)(?: (?<day>{t}))?",
            list,
        ),
        (
            r"what (?:are you going to|will you|do you have to) remind me (?:of|about|to do)(?: (?<day>{t}))?",
            list,
        ),
        (
            r"{cancel} {all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>reminders?)(?: (?:to|about|for|at|on|of|that|that says|called) {the}(?<target2>.+?))?",
            cancel,
        ),
        (
            r"i (?:don't|do not|no longer) need {the}(?:(?<target>.*?) )?(?<kind>reminders?)(?: (?:to|about|for) (?<target2>.+?))?(?: ?any ?more| any longer)?",
            cancel,
        ),
        (
            r"(?:change|move|reschedule|push|shift|update|postpone|delay|bring|make) {the}(?:(?<target>.*?) )?reminder(?: (?:to|about|for) (?<target2>.+?))? (?:(?<dir>back|forward|up|out|later|earlier) )?(?:by )?{d}(?: (?<dir2>later|earlier|back|forward|sooner))?",
            shift,
        ),
        (
            r"(?:change|move|reschedule|push|shift|update|postpone|delay|bring|switch|set) {the}(?:(?<target>.*?) )?reminder(?: (?:from|at|for|on) {t})? (?:to|for|until|till|at|on|forward to|back to) (?<rest>.+)",
            change,
        ),
        (
            r"(?:change|move|reschedule|push|shift|update|postpone|delay|bring|switch|set) {the}reminder (?:to|about|for) (?<target>.+?) (?:to|for|until|till|at|on) (?<rest>.+)",
            change,
        ),
        (
            r"(?:remind|ping|nudge|notify|alert|prompt|remember) (?:me|us)(?: again)?(?<rest>(?:[ ,:].*)?)",
            set,
        ),
        (
            r"(?<before>.+?),? (?:please |can you |could you )?(?:remind|ping|nudge|notify|alert) me(?<rest>(?: .*)?)",
            set_after,
        ),
        (r"(?:don't|do not|dont) let me forget(?<rest> .*)", set),
        (r"(?:don't|do not|dont) forget to(?<rest> .*)", set),
        (
            r"i (?:need to|have to|want to|must|should|gotta|ought to) (?:remember|not forget) to(?<rest> .*)",
            set,
        ),
        (r"(?:help me remember|make sure (?:that )?i (?:remember|don't forget)) to(?<rest> .*)", set),
        (r"(?:{set} )?{the}(?:(?<name>[^:]+?) )?reminders?(?<rest>(?:[ ,:].*)?)", make_set),
    ])
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (r"{no}*(?:cancel|stop|delete|forget|remove|drop|scrap) {it}(?: reminder)?", follow_cancel),
        (
            r"{no}*(?:change|move|set|make|switch|push|shift|put) {it}(?: to| for| until| at)? (?<rest>.+)",
            follow_change,
        ),
        (r"{no}+(?<rest>.+?)(?: instead| rather)?", follow_change),
        (r"(?<rest>.+?) (?:instead|rather)", follow_change),
    ])
});

pattern!(
    WHAT,
    r"(?i)^(?:(?:to|that|about|of|for|saying|called|named|me|which says|that says|reminding me)[ :]+|[:,] *)+"
);

impl Skill for Reminder {
    fn name(&self) -> &'static str {
        "reminder"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["reminder", "reminder_update"]
    }

    fn offer(&self) -> &'static str {
        "set a reminder"
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        if turn.analysis.intent.name == "reminder" && !turn.sure {
            return None;
        }
        let said = schedule(turn, turn.text);
        match said.at {
            Some(_) if turn.sure => Some(decide(turn, said)),
            Some(_) => Some(
                Reply::ask(
                    "reminder",
                    "set",
                    "confirm",
                    format!("Shall I remind you: “{}”?", turn.text.trim()),
                )
                .among(vec!["yes".to_owned(), "no".to_owned()])
                .knowing("phrase", turn.text),
            ),
            None if turn.sure => Some(ask_what("")),
            None => None,
        }
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        let plain = turn.reading.plain.clone();
        let phrase = slot(&asked.slots, "phrase").to_owned();
        match asked.slot.as_str() {
            "time" => {
                let known = schedule(turn, &phrase);
                let mut said = schedule(turn, &format!("{phrase} {plain}"));
                if said.at.is_none() && said.date.is_none() || known.rest != said.rest {
                    said = schedule(turn, &plain);
                    if !said.rest.is_empty() || said.is_empty() {
                        return None;
                    }
                }
                slot(&asked.slots, "what").clone_into(&mut said.rest);
                Some(decide(turn, said))
            }
            "what" => {
                let mut said = schedule(turn, &phrase);
                said.rest = replace(&WHAT, &plain, "");
                Some(decide(turn, said))
            }
            "confirm" if asked.verb == "cancel" => {
                let tasks = turn.tasks(KIND).into_iter().filter(|task| ids(&asked.slots).contains(&task.id));
                let tasks = tasks.collect();
                Some(cancelled(turn, tasks))
            }
            "confirm" => {
                let said = schedule(turn, &phrase);
                Some(decide(turn, said))
            }
            "which" => {
                let id = *ids(&asked.slots).get(choose(&plain, &asked.choices)?)?;
                let task = turn.tasks(KIND).into_iter().find(|task| task.id == id)?;
                if asked.verb == "cancel" {
                    return Some(cancelled(turn, vec![task]));
                }
                move_to(turn, task, &phrase, super::turn::number(&asked.slots, "by"))
            }
            _ => None,
        }
    }
}

fn ask_what(phrase: &str) -> Reply {
    Reply::ask("reminder", "set", "what", "What shall I remind you of?").knowing("phrase", phrase)
}

fn ask_time(text: &str, what: &str, phrase: &str) -> Reply {
    Reply::ask("reminder", "set", "time", text).knowing("what", what).knowing("phrase", phrase)
}

fn set(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let phrase = found.text(&["rest"]).unwrap_or_default();
    let said = schedule(turn, &phrase);
    Some(decide(turn, said))
}

/// "tomorrow evening remind me to call Anna".
fn set_after(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let before = found.text(&["before"])?;
    let said = schedule(turn, &before);
    if said.is_empty() || !said.rest.is_empty() {
        return None;
    }
    let rest = found.text(&["rest"]).unwrap_or_default();
    let said = schedule(turn, &format!("{before} {rest}"));
    Some(decide(turn, said))
}

/// "set a dentist reminder for Tuesday at 10".
fn make_set(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const OTHERS: &[&str] = &[
        "cancel", "stop", "how", "what", "when", "delete", "remove", "is", "which", "why", "do", "does",
        "don't", "turn", "change", "where", "who", "did", "i", "if", "take", "note", "thanks", "thank",
        "move", "clear", "show",
    ];
    let before = found.text(&["name"]).unwrap_or_default();
    let first = before.split(' ').next().unwrap_or_default().to_lowercase();
    if OTHERS.contains(&first.as_str()) || before.split(' ').count() > 5 {
        return None;
    }
    let rest = found.text(&["rest"]).unwrap_or_default();
    let said = schedule(turn, format!("{before} {rest}").trim());
    Some(decide(turn, said))
}

/// Sets what is whole, asks for what is missing.
fn decide(turn: &mut Turn<'_>, said: Schedule) -> Reply {
    let what = replace(&WHAT, &said.rest, "");
    let what = what.trim_matches([' ', ',', '.', '"', ':']).to_owned();
    let every = said.every.as_ref().map(|every| every.words()).unwrap_or_default();
    let phrase = format!("{every} {}", said.said).trim().to_owned();
    if what.is_empty() || ["it", "that", "this", "something", "me"].contains(&what.as_str()) {
        return ask_what(&phrase);
    }
    // A day alone is its morning, unless that has passed or it comes again.
    let nine = |date: jiff::civil::Date| {
        let time = Time::new(9, 0, 0, 0).ok()?;
        date.to_datetime(time).to_zoned_datetime(turn.now.time_zone().clone()).ok()
    };
    let at = said.at.clone().or_else(|| said.date.filter(|date| *date > turn.now.date()).and_then(nine));
    let Some(at) = at else {
        let text = match &said.every {
            Some(every) => format!("{} at what time?", wording::capital(&every.words())),
            None if said.date.is_some() => "At what time?".to_owned(),
            None => "When shall I remind you?".to_owned(),
        };
        return ask_time(&text, &what, &phrase);
    };
    if at <= *turn.now {
        let when = wording::capital(&wording::moment(&at, turn.now));
        return ask_time(&format!("{when} has passed. When shall I remind you?"), &what, "");
    }
    let mut task = turn.new_task(KIND, &what, at.timestamp().as_millisecond());
    task.every = said.every.map(|every| every.to_string()).unwrap_or_default();
    turn.memory.put(Record::Task(task.clone()));
    "setting the reminder".clone_into(&mut turn.memory.what);
    let first = if task.every.is_empty() {
        String::new()
    } else {
        format!(", first {}", wording::moment(&at, turn.now))
    };
    Reply::say(format!("I'll remind you {}{first}: {what}.", turn.when(&task)))
        .did("reminder", "set")
        .with("what", what)
        .with("time", turn.stamp(task.due))
        .with_some("every", &task.every)
        .about("reminder", "set", vec![task.id])
}

fn list(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let day = found.text(&["day", "day2"]);
    let tasks = match turn.target(KIND, day.as_deref(), true) {
        Target::These(tasks) | Target::OneOf(tasks) => tasks,
        Target::None => Vec::new(),
        Target::Other => {
            let day = day.unwrap_or_default();
            let reply = Reply::say(format!("Nothing to remind you of {}.", day.trim_start_matches("for ")));
            return Some(reply.did("reminder", "list").with("count", 0));
        }
    };
    let line = |task: &Task| format!("{}: {}", turn.when(task), task.name);
    let text = match tasks.as_slice() {
        [] => "You have no reminders.".to_owned(),
        [task] => format!("One reminder, {}.", line(task)),
        _ => {
            let lines: Vec<String> = tasks.iter().map(line).collect();
            format!("You have {} reminders:\n• {}", tasks.len(), lines.join("\n• "))
        }
    };
    let ids = tasks.iter().map(|task| task.id).collect();
    Some(Reply::say(text).did("reminder", "list").with("count", tasks.len()).about("reminder", "list", ids))
}

fn cancel(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["target", "target2"]);
    let plural = found.text(&["kind"]).is_some_and(|kind| kind.to_lowercase().ends_with('s'));
    let all = found.has("all") || plural;
    match turn.target(KIND, target.as_deref(), all) {
        Target::None => Some(Reply::say("You have no reminders.")),
        Target::Other => Some(Reply::say(format!("There is no reminder “{}”.", target.unwrap_or_default()))),
        Target::OneOf(tasks) => match turn.it(KIND).as_slice() {
            [one] if target.is_none() => Some(cancelled(turn, vec![one.clone()])),
            _ => Some(turn.which("cancel", &tasks)),
        },
        Target::These(tasks) => {
            let reply = cancelled(turn, tasks);
            Some(reply.of_all(all))
        }
    }
}

fn cancelled(turn: &mut Turn<'_>, tasks: Vec<Task>) -> Reply {
    let mut reply = Reply::default();
    for task in &tasks {
        reply = reply.did("reminder", "cancel").with("what", task.name.clone());
        turn.memory.remove(Table::Task, task.id);
    }
    "cancelling the reminder".clone_into(&mut turn.memory.what);
    reply.text = match tasks.as_slice() {
        [] => "That reminder is gone already.".to_owned(),
        [task] => format!("Reminder “{}” cancelled.", task.name),
        _ => format!("{} reminders cancelled.", tasks.len()),
    };
    reply.about("reminder", "cancel", tasks.iter().map(|task| task.id).collect())
}

/// Offers to cancel what the user does not want to be reminded of.
pub(super) fn unwanted(turn: &Turn<'_>, what: &str) -> Option<Reply> {
    let what = replace(&WHAT, what, "");
    if wording::words(&what).is_empty() {
        return None;
    }
    let Target::These(tasks) = turn.target(KIND, Some(&what), false) else { return None };
    let [task] = tasks.as_slice() else { return None };
    Some(
        Reply::ask("reminder", "cancel", "confirm", format!("Shall I cancel the reminder “{}”?", task.name))
            .among(vec!["yes".to_owned(), "no".to_owned()])
            .knowing("ids", vec![task.id]),
    )
}

fn on_target(turn: &mut Turn<'_>, found: &Found, phrase: &str, by: Option<i64>) -> Option<Reply> {
    let target = found.text(&["target", "target2"]);
    match turn.target(KIND, target.as_deref(), false) {
        Target::None if by.is_none() && found.whole().to_lowercase().starts_with("set") => None,
        Target::Other if found.whole().to_lowercase().starts_with("set") => None,
        Target::None => Some(Reply::say("You have no reminders.")),
        Target::Other => Some(Reply::say(format!("There is no reminder “{}”.", target.unwrap_or_default()))),
        Target::OneOf(tasks) => match turn.it(KIND).as_slice() {
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

fn move_to(turn: &mut Turn<'_>, mut task: Task, phrase: &str, by: Option<i64>) -> Option<Reply> {
    let (due, every) = match by {
        Some(by) => (task.due + by, None),
        None => {
            let (at, every) = moved(turn, &turn.at(task.due), phrase)?;
            (at.timestamp().as_millisecond(), every)
        }
    };
    if due <= turn.now_ms() {
        let when = wording::capital(&wording::moment(&turn.at(due), turn.now));
        return Some(Reply::say(format!("{when} has passed.")));
    }
    task.due = due;
    if let Some(every) = every {
        task.every = every.to_string();
    }
    turn.memory.put(Record::Task(task.clone()));
    "moving the reminder".clone_into(&mut turn.memory.what);
    Some(
        Reply::say(format!("I'll remind you {} instead: {}.", turn.when(&task), task.name))
            .did("reminder", "change")
            .with("what", task.name.clone())
            .with("time", turn.stamp(due))
            .with_some("every", &task.every)
            .about("reminder", "change", vec![task.id]),
    )
}

fn change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let phrase = found.text(&["rest"])?;
    on_target(turn, found, &phrase, None)
}

fn shift(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let by = found.durations(turn).last().copied()?;
    let way = found.text(&["dir", "dir2"]).unwrap_or_default();
    let earlier = matches!(way.as_str(), "earlier" | "forward" | "up" | "sooner");
    on_target(turn, found, "", Some(if earlier { -by } else { by }))
}

fn follow_cancel(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { Some(cancelled(turn, tasks)) }
}

fn follow_change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let phrase = found.text(&["rest"])?;
    match turn.it(KIND).as_slice() {
        [task] => move_to(turn, task.clone(), &phrase, None),
        _ => None,
    }
}

/// How long a snooze is when nothing is said, in milliseconds.
const SNOOZE: i64 = 10 * 60_000;

fn snooze_later(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    turn.last_fired(&[KIND, TaskKind::Alarm])?;
    again(turn, None)
}

fn snooze(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let rest = found.text(&["rest"]);
    if turn.last_fired(&[KIND, TaskKind::Alarm, TaskKind::Timer]).is_none() {
        return match rest {
            Some(_) if !found.whole().to_lowercase().starts_with("snooze") => None,
            _ => Some(Reply::say("Nothing has gone off that I could snooze.")),
        };
    }
    again(turn, rest.as_deref())
}

/// Sets what fired last once more.
fn again(turn: &mut Turn<'_>, phrase: Option<&str>) -> Option<Reply> {
    let task = turn.last_fired(&[KIND, TaskKind::Alarm, TaskKind::Timer])?;
    let now = turn.now_ms();
    let due = match phrase {
        None => now + SNOOZE,
        Some(phrase) => {
            let ms = turn.entities(phrase.trim_start_matches("in "), &["duration"]);
            let ms = ms.first().and_then(|entity| super::reading::duration_ms(entity, turn.now));
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
    let until = wording::moment(&turn.at(due), turn.now);
    Some(
        Reply::say(format!("Snoozed until {}.", until.trim_start_matches("today at ")))
            .did(task.kind.as_str(), "snooze")
            .with("duration_s", (due - now) / 1000)
            .with("time", turn.stamp(due))
            .with_some("name", &task.name)
            .about(task.kind.as_str(), "snooze", vec![copy.id]),
    )
}
