//! Timers: several at once, named, paused, lengthened and shortened.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::tasks::{Target, called, called_all};
use super::turn::{Reply, Turn, ids, number, slot};
use super::wording::{capital, choose, length};
use crate::memory::{Asked, Record, Task, TaskKind, TaskState};

pub(super) struct Timer;

const KIND: TaskKind = TaskKind::Timer;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        // How they stand.
        (
            r"how (?:much|long|many (?:minutes|seconds|hours))(?: more)?(?: time)?(?: is| are| do i have| does it have| have i got| until)?(?: still)? (?:left|remaining|to go)(?: (?:on|in|for|of|until|till) {the}(?<target>.*?) ?(?:timers?)?)?",
            status,
        ),
        (
            r"how (?:much|long)(?: more| longer)?(?: time)?(?: is| does| will| until| till)? {the}(?<target>.*?) ?timers?(?: got| have| has| is| goes off)?(?: left| remaining| to go| still| done| run| take| ends?)*",
            status,
        ),
        (
            r"(?:{show}|how's|how is|how are|status of|what about|are any)(?: (?:the status of|left on|the time on|time left on|the))? {all}(?:(?:active|running|of|other|current|set|any) )*{the}(?:(?<target>.*?) )?timers?(?: (?:status|do i have|are there|are running|are set|running|set|doing|at|going|on|left|are on|is running|have i set|i have|are active|active|have i got|look like|looking|i've set|there))*",
            status,
        ),
        (r"(?:my |active |running |current )?timers?(?: status| list)?", status_or_start),
        (
            r"when (?:does|do|will|is|are) {the}(?<target>.*?) ?timers?(?: (?:end|go off|finish|done|up|ring|over|be done|be up|expire|going to go off))",
            status,
        ),
        (
            r"is (?:there )?{the}(?:(?<target>.+?) )?timer (?:running|set|still running|going|on|still going|active|done|over|up|finished)(?: yet)?",
            status,
        ),
        // Longer and shorter.
        (
            r"(?:add|put|tack on|tack|stick|give) (?:another |an extra |extra )?{d}(?: more| extra)? (?:to|on|onto|on to) {all}{the}(?:(?<target>.*?) )?timers?",
            add,
        ),
        (
            r"(?:extend|increase|lengthen|prolong|stretch) {all}{the}(?:(?<target>.*?) )?timers? (?:by|for|with) (?:another )?{d}",
            add,
        ),
        (r"give {the}(?:(?<target>.*?) )?timer (?:another |an extra )?{d}(?: more| extra| longer)?", add),
        (r"make {the}(?:(?<target>.*?) )?timer (?<d>{d}) longer", add),
        (r"(?:add|give it|plus) (?:another |an extra |just )?{d}(?: more| extra| longer)?", add_loose),
        (r"(?:give me |i need )?(?:just )?(?:another )?{d} (?:more|longer|extra)", add_loose),
        (r"add {d}(?: more)? to {the}(?<target>.+)", add),
        (
            r"(?:take|remove|subtract|cut|knock|deduct|shave|minus) {d} (?:off|from|off of|out of|of) {the}(?:(?<target>.*?) )?timer",
            subtract,
        ),
        (r"(?:shorten|reduce|decrease|cut) {the}(?:(?<target>.*?) )?timer by {d}", subtract),
        (r"make {the}(?:(?<target>.*?) )?timer {d} shorter", subtract),
        (
            r"(?:change|update|switch|adjust) {the}(?:(?<target>.*?) )?timer (?:to|from .* to|for|into) {d}",
            change,
        ),
        // Held and resumed.
        (
            r"(?:pause|hold|freeze|suspend|halt)(?: on)? {all}{the}(?:(?<target>.*?) )?timers?(?: for now| for a (?:bit|moment|second|while|minute))?",
            pause,
        ),
        (r"put {all}{the}(?:(?<target>.*?) )?timers? on (?:hold|pause)", pause),
        (
            r"(?:resume|unpause|un-pause|continue|carry on with|go on with|keep going with) {all}{the}(?:(?<target>.*?) )?timers?(?: again)?",
            resume,
        ),
        (r"(?:start|restart) {all}{the}(?:(?<target>.*?) )?timers?(?: again)?", resume_paused),
        (
            r"(?:restart|reset|redo|start over|start again|rerun) {all}{the}(?:(?<target>.*?) )?timers?(?: from the (?:beginning|start))?(?: again)?",
            restart,
        ),
        // Gone.
        (
            r"(?:please )?{cancel} {all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>timers?)(?: (?:for|called|named|on|that is|which is) {the}(?<target2>.+?))?(?: set)?",
            cancel,
        ),
        (r"turn {all}{the}(?:(?<target>.*?) )?(?<kind>timers?) off", cancel),
        (
            r"i (?:don't|do not|no longer) need {all}{the}(?:(?<target>.*?) )?(?<kind>timers?)(?: ?any ?more| any longer| now)?",
            cancel,
        ),
        // New.
        (
            r"(?:{set} )?(?:two|three|2|3|several|some|multiple|a few|both) timers?[,:]?(?: -)?(?<many> .*{d}.*{d}.*)",
            start_many,
        ),
        (
            r"(?:{set} )?{the}(?:timer|countdown)s? (?:for|of) {d},? and (?:another |one )?(?:for |of )?{d}",
            start_many,
        ),
        (
            r"(?:{set} )?{the}(?:timer|countdown),? (?:for|of|to|at|with|that runs|lasting|that lasts|going for)? ?{d}(?:,? (?:for|called|named|to|labell?ed|with the name|and (?:call|name) it) {the}(?<name>.+))?",
            start,
        ),
        (r"(?:{set} )?{the}(?:timer|countdown) {d}(?: (?:for|called|named) {the}(?<name>.+))?", start),
        (
            r"(?:{set} )?{the}{d} (?:(?<name2>.+? )??)(?:long )?(?:timer|countdown)(?:,? (?:for|called|named|to|labell?ed|and (?:call|name) it) {the}(?<name>.+))?",
            start,
        ),
        (
            r"(?:{set} )?{the}(?:timer|countdown),? (?:for|called|named|labell?ed) {the}(?<name>.+?),?(?: for| of| at| to| in|,)? {d}",
            start,
        ),
        (r"(?:{set} )?{the}(?<name>.+?) (?:timer|countdown)(?: for| of| at| to|:)? {d}", start),
        (
            r"(?:count ?down|time me|countdown|start counting|time|start a count)(?: down)?(?: from| for)? {d}",
            start,
        ),
        (r"(?:give me|put|wait) {d}(?: on the (?:clock|timer))?(?: for {the}(?<name>.+))?", start),
        (r"(?:time|track) {the}(?<name>.+?) for {d}", start),
        (
            r"(?:let me know|tell me|alert me|buzz me|notify me|warn me|beep|ring|beep me)(?: when| in| after| once)? {d}(?: (?:is|are|have|has) (?:up|over|passed|gone|done))?",
            start,
        ),
        (
            r"{set} {the}(?:(?<name2>[\w ]+?) )?(?:timer|countdown)(?: (?:for|called|named) {the}(?<name>.+))?",
            start_unknown,
        ),
        (r"time (?:me|something)", start_unknown),
    ])
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (r"{no}*(?:cancel|stop|delete|forget|remove|kill|end|drop|scrap) {it}(?: timer)?", follow_cancel),
        (r"(?:pause|hold|freeze) {it}", follow_pause),
        (r"(?:resume|unpause|continue|start) {it}(?: again)?", follow_resume),
        (
            r"(?:how (?:long|much)(?: is| time is)?(?: left| longer| more)?(?: on {it})?|how's it going|how is it going|what's left|time left)",
            follow_status,
        ),
        (r"{no}+(?:for |to )?{d}(?: instead| please)?", follow_change),
        (r"(?:change|set|make|switch) {it}(?: to| for)? {d}(?: instead)?", follow_change),
        (r"{d} (?:instead|rather)", follow_change),
        (
            r"(?:and |also )?(?:another|another one|one more|a second one|one|and one)(?: timer)?(?: for| of)? {d}(?: (?:for|called) {the}(?<name>.+))?",
            start,
        ),
        (r"(?:call|name|rename|label) {it} (?:to )?{the}(?<name>.+)", rename),
        (r"(?:add|give it|plus) (?:another )?{d}(?: more)?(?: to {it})?", add_loose),
        (r"(?:take|remove|subtract) {d} (?:off|from) {it}", follow_subtract),
    ])
});

impl Skill for Timer {
    fn name(&self) -> &'static str {
        "timer"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["timer"]
    }

    fn offer(&self) -> &'static str {
        "set a timer"
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let found = turn.entities(turn.text, &["duration"]);
        let ms = found.first().and_then(|entity| super::reading::duration_ms(entity, turn.now));
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
                let ms = found.first().and_then(|entity| super::reading::duration_ms(entity, turn.now))?;
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

fn ask_length(name: &str) -> Reply {
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
    "kitchen",
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
    "tell", "take", "make", "if", "kill", "clear", "end",
];

/// A name for a timer, if the phrase is one.
fn name(found: &Found) -> Option<String> {
    let name = found.text(&["name", "name2"]).unwrap_or_default();
    let name = name.trim_matches(['"', ' ', '.']).trim_end_matches(" timer").to_owned();
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    if NAMELESS.contains(&name.to_lowercase().as_str()) {
        return Some(String::new());
    }
    (name.split(' ').count() <= 6 && !OTHERS.contains(&first.as_str())).then_some(name)
}

fn start(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = name(found)?;
    let ms = found.duration(turn)?;
    Some(run(turn, &name, &[ms]))
}

fn start_many(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let lengths = found.durations(turn);
    (!lengths.is_empty()).then(|| run(turn, "", &lengths))
}

fn start_unknown(_: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    Some(ask_length(&name(found)?))
}

/// A timer longer than this is an alarm or a slip, in milliseconds: a year.
const LONGEST: i64 = 366 * 86_400_000;

fn run(turn: &mut Turn<'_>, name: &str, lengths: &[i64]) -> Reply {
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
    let times = super::wording::series(&times);
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

fn status_or_start(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if turn.tasks(KIND).is_empty() && found.whole().eq_ignore_ascii_case("timer") {
        return Some(ask_length(""));
    }
    status(turn, found)
}

fn status(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["target"]);
    let tasks = match turn.target(KIND, target.as_deref(), true) {
        Target::These(tasks) | Target::OneOf(tasks) => tasks,
        Target::None => {
            return Some(Reply::say("No timers are running.").did("timer", "status").with("count", 0));
        }
        Target::Other => return Some(no_such(target.as_deref().unwrap_or_default())),
    };
    Some(tell(turn, &tasks))
}

fn tell(turn: &Turn<'_>, tasks: &[Task]) -> Reply {
    let mut reply = Reply::default().did("timer", "status").with("count", tasks.len());
    if let [task] = tasks {
        reply = reply.with("remaining_s", turn.remaining(task) / 1000).with_some("name", &task.name);
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

fn no_such(target: &str) -> Reply {
    let target = target.trim_end_matches("timer").trim();
    Reply::say(format!("There is no {target} timer."))
}

/// Finds the timers that are meant and does something with them.
fn on_target(turn: &mut Turn<'_>, found: &Found, verb: &str, ms: i64) -> Option<Reply> {
    let target = found.text(&["target", "target2"]);
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

fn perform(turn: &mut Turn<'_>, verb: &str, tasks: Vec<Task>, ms: i64) -> Option<Reply> {
    let now = turn.now_ms();
    let mut reply = Reply::default();
    let mut changed = Vec::new();
    for mut task in tasks {
        let left = turn.remaining(&task);
        let paused = task.state == TaskState::Paused;
        match verb {
            "cancel" => task.state = TaskState::Cancelled,
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
        turn.memory.put(Record::Task(task.clone()));
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

fn doing(verb: &str) -> &'static str {
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

fn add(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration(turn)?;
    // "add 5 minutes to the cooking list" is for a list.
    if !found.whole().to_lowercase().contains("timer") {
        let target = found.text(&["target"])?;
        if !matches!(turn.target(KIND, Some(&target), false), Target::These(_))
            || super::wording::words(&target).is_empty()
        {
            return None;
        }
    }
    on_target(turn, found, "add", ms)
}

fn add_loose(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if turn.tasks(KIND).is_empty() {
        return None;
    }
    let ms = found.duration(turn)?;
    on_target(turn, found, "add", ms)
}

fn subtract(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration(turn)?;
    on_target(turn, found, "subtract", ms)
}

fn change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.durations(turn).last().copied()?;
    if turn.tasks(KIND).is_empty() {
        return Some(run(turn, "", &[ms]));
    }
    on_target(turn, found, "change", ms)
}

fn pause(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    on_target(turn, found, "pause", 0)
}

fn resume(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    on_target(turn, found, "resume", 0)
}

fn resume_paused(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["target"]);
    let paused = match turn.target(KIND, target.as_deref(), false) {
        Target::These(tasks) | Target::OneOf(tasks) => {
            tasks.iter().any(|task| task.state == TaskState::Paused)
        }
        _ => false,
    };
    if paused { on_target(turn, found, "resume", 0) } else { None }
}

fn restart(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    on_target(turn, found, "restart", 0)
}

fn cancel(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    on_target(turn, found, "cancel", 0)
}

fn follow_cancel(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { perform(turn, "cancel", tasks, 0) }
}

fn follow_pause(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { perform(turn, "pause", tasks, 0) }
}

fn follow_resume(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { perform(turn, "resume", tasks, 0) }
}

fn follow_status(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let tasks = turn.it(KIND);
    if tasks.is_empty() { None } else { Some(tell(turn, &tasks)) }
}

fn follow_change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration(turn)?;
    match turn.it(KIND).as_slice() {
        [task] => perform(turn, "change", vec![task.clone()], ms),
        _ => None,
    }
}

fn follow_subtract(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ms = found.duration(turn)?;
    match turn.it(KIND).as_slice() {
        [task] => perform(turn, "subtract", vec![task.clone()], ms),
        _ => None,
    }
}

fn rename(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = name(found)?;
    let tasks = turn.it(KIND);
    let [task] = tasks.as_slice() else { return None };
    turn.memory.put(Record::Task(Task { name: name.clone(), ..task.clone() }));
    "naming the timer".clone_into(&mut turn.memory.what);
    let id = task.id;
    Some(Reply::say(format!("It is the {name} timer now.")).did("timer", "rename").with("name", name).about(
        "timer",
        "rename",
        vec![id],
    ))
}
