//! What timers, alarms and reminders have in common: which one is meant, how it
//! is called, and what is said when it fires.

use std::ops::Range;

use jiff::ZonedDateTime;

use super::grammar::{Act, Grammar};
use super::reading::{TIME, duration_ms, pattern, replace};
use super::recurrence::{Freq, Recurrence};
use super::schedule::{at_hours, moment};
use super::turn::{Reply, Turn};
use super::wording::{self, length, ordinal, series, stem, words};
use crate::memory::{Firing, Task, TaskKind, TaskState};
use crate::nlu;

/// A task is missed if it fires later than this, in milliseconds.
const LATE: i64 = 90_000;

/// Short names for what is said alike of timers, alarms and reminders.
const PARTS: &[(&str, &str)] = &[
    (
        "{start}",
        r"(?:(?:{set}|stick|bung|whack|chuck|throw|slap|sling|fire up|fire off|arrange|book|plan|sort out|sort|line up|ping|enter|organi[sz]e|register|whip up|let's have|let me have|how about|hit me with|i(?:'ll|'m| am| will| shall|'m gonna| am going to|'m going to)? (?:be )?(?:need|needing|want|wanting|after)|we(?:'ll|'re going to)? (?:be )?need(?:ing)?|i could (?:do with|use)|i'd love|i'm gonna need|gonna need|i'm going to need)(?: me| us)?(?: on| in| up| down| going)?)",
    ),
    (
        "{drop}",
        r"(?:(?:(?:you|we|u) (?:can|may|could|should) (?:now |just |safely |go ahead and )?|(?:i|we) (?:want|need|would like) to |let's |just |go ahead and )?(?:{cancel}|call off|lose|nix|axe|junk|trash|chuck out|chuck|shut down|quit|scratch|cut|cull|zap|nuke|bin off|do away with|stand down|take down|take out|take away|take off|strike|undo|knock off|knock on the head|toss|dump|purge|discard|revoke|withdraw|pull|let go of|get shot of|shelve|shush|hush|be done with|clean out|clear out|throw out|throw away|turn of|switch of|put a stop to|put an end to|make an end of|sack off))",
    ),
    (
        "{move}",
        r"(?:change|move|reschedule|push|shift|update|switch|postpone|delay|bring|adjust|edit|amend|alter|modify|bump|slide|nudge|pull|swap|knock|reset|kick|drag|defer|rearrange|hold off|roll|turn|correct|fix|re-schedule|resched|reshedule|reschedual|drop|take|budge|scoot|jump|flip|transfer)(?: back| forward| forwards| on| up| out| over| down| ahead)?",
    ),
    // "… but leave the other running"
    (
        "{keep}",
        r"(?:,? (?:but|and|while|only)(?: please| do)? (?:not|leave|keep|leaving|keeping|let)\b.+|,? (?:but not|not|only) {the}(?:other|rest)\b.*| only| and (?:only|just) that(?: one)?| and no other)?",
    ),
    (
        "{unneeded}",
        r"(?:(?:i|we|you)(?:'re| are| am|'m|'ll| will)? ?(?:don't|dont|do not|no longer|won't|wont|will not|shan't|not|needn't)(?: really| actually| even)?(?: be| going to| gonna)* (?:need|needing|want|wanting|require|have to keep|have to have|(?:have|got|need) any (?:need|use) (?:for|of))|(?:don't|dont|do not|no longer) (?:need|want)|(?:there's |there is )?no(?: more| longer(?: any)?| further)? (?:need|use|call|point) (?:for|of|in|having)|(?:i'm|i am|we're|we are|im) (?:done|finished|through) with)",
    ),
    (
        "{longer}",
        r"(?:,? (?:any ?more|any longer|now|after all|today|tonight|either|then|again|as it happens))*(?:,? (?:so )?(?:please |you can |you may )*{drop} (?:it|that|this|them|(?:the|my|that) (?:alarm|reminder|timer)))?",
    ),
    // "… that's set", "… I have"
    (
        "{owned}",
        r"(?: (?:that|which|thats|that's|which's|is|are|i|we|you|i've|we've|you've|ive|weve|of mine|of ours|i'd|have|had|here|on here|on there|got|made|created|there|there's|just|due|scheduled|earlier|pending|active|left|still|currently|saved|set|running|still running|on the go|going|going off|is on|are on|on record|in there|lined up|coming up|ringing))*",
    ),
    (
        "{needless}",
        r"(?:(?:(?:is|are|'s)? ?(?:no longer|not)|isn't|aren't|won't be) (?:needed|required|necessary|wanted)(?: any ?more)?|(?:can|may|should) (?:now )?(?:go|stop|end|be (?:cancelled|canceled|stopped|deleted|removed|turned off|switched off|scrapped|dropped|binned|taken off|taken out|taken away|taken down|killed|ended|called off|wiped|erased|disabled|silenced|axed|ditched|put out|got rid of|gotten rid of|cleared)))",
    ),
    // "Can the alarm … be taken off"
    (
        "{can}",
        r"(?:(?:can|could|may|should|might|would) |is it (?:ok|okay|possible|alright) (?:for|to have) |(?:i'd like|i would like|i want|i need|let|have|get) )",
    ),
    (
        "{gone}",
        r"(?:(?:to )?(?:be )?(?:now )?(?:cancelled|canceled|stopped|deleted|removed|turned off|switched off|shut off|scrapped|dropped|binned|taken off|taken out|taken away|taken down|killed|ended|called off|wiped|erased|disabled|silenced|axed|ditched|gone|got rid of|gotten rid of|cleared|put out))",
    ),
    // Says what there is.
    (
        "{list}",
        r"(?:{show}|got|repeat|recite|run through|run me through|go over|go through|talk me through|take me through|read|name|rattle off|summarise|summarize|print|bring up|call up)",
    ),
    // "… alarm-wise", "… in the way of alarms"
    (
        "{by}",
        r"(?:(?:in|by) (?:the )?(?:way|terms) of|as far as|as regards|on|in|when it comes to|for|regarding|with)?(?: (?:the|my))?",
    ),
    ("{wise}", r"(?:[- ]?wise| go(?:es)?| are concerned| is concerned| front| department)"),
    // A new one, which is none of a name.
    (
        "{a}",
        r"{the}(?:(?:one|single|quick|fresh|little|wee|short|small|separate|simple|nice|gentle|friendly|extra|further) )*{the}",
    ),
    (
        "{go}",
        r"(?:[,.!;]* (?:(?:and|now) )?(?:go|start|begin|starting|starting now|start now|start it|from now|now|run it)[.!]*)*",
    ),
    (
        "{instead}",
        r"(?:,? (?:instead|rather|not)(?: (?:of|than))?(?: (?:at|the))?(?: (?:{d}|{t}|\d[\d:.]*|[a-z]+(?:-[a-z]+)?))*)?",
    ),
];

/// A grammar whose patterns may use these names too, and those of the skill's own.
pub(super) fn grammar(own: &[(&str, &str)], rules: &[(&str, Act)]) -> Grammar {
    // Twice, since one of them may stand in another that was named before it.
    Grammar::with(&[own, PARTS, PARTS].concat(), rules)
}

// Words beside a name that say nothing of which.
pattern!(
    IDLE,
    r"(?i)\b(?:its|his|her|their|whole|bloody|damn(?:ed)?|stupid|fucking|f\*+ing|freaking|flipping|flippin|bleeding|blasted|blooming|goddamn|silly|annoying|wretched|horrid|horrible|awful|infernal|of (?:mine|ours))(?: |$)"
);
pattern!(DAYS_OWN, r"(?i)^(?<day>tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)'?s$");

/// The tasks that a phrase can mean.
pub(super) enum Target {
    /// There are none of this kind.
    None,
    /// There are some, but not this one.
    Other,
    /// These; more than one only if all are meant.
    These(Vec<Task>),
    /// One of these.
    OneOf(Vec<Task>),
}

/// The hours of "tomorrow morning", which names no time of its own.
fn part_of_day(said: &str) -> Option<Range<i8>> {
    let said = said.to_lowercase();
    // "Six in the morning" does.
    if nlu::in_digits(&said).contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match said.rsplit(' ').next()? {
        "morning" => Some(0..12),
        "afternoon" => Some(12..18),
        "evening" | "tonight" => Some(17..24),
        "night" => Some(18..24),
        _ => None,
    }
}

impl Turn<'_> {
    /// The tasks of a kind that wait, the next due first.
    pub fn tasks(&self, kind: TaskKind) -> Vec<Task> {
        let waits =
            |task: &&Task| task.kind == kind && matches!(task.state, TaskState::Running | TaskState::Paused);
        let mut tasks: Vec<Task> = self.memory.tasks.iter().filter(waits).cloned().collect();
        tasks.sort_by_key(|task| (task.due, task.id));
        tasks
    }

    /// The tasks that `phrase` means: by name, length, time or place.
    pub fn target(&self, kind: TaskKind, phrase: Option<&str>, all: bool) -> Target {
        let tasks = self.tasks(kind);
        if tasks.is_empty() {
            return Target::None;
        }
        // "tomorrow's alarm", "its timer", "the bloody alarm"
        let phrase = replace(&IDLE, phrase.unwrap_or_default().trim_end_matches("'s"), "");
        let phrase = replace(&DAYS_OWN, &phrase, "$day");
        let phrase = phrase.trim();
        let mut meant: Vec<Task> = tasks.iter().filter(|task| self.fits(task, phrase)).cloned().collect();
        if meant.is_empty()
            && let Some(at) = ordinal(phrase, tasks.len())
        {
            let mut by_age = tasks.clone();
            by_age.sort_by_key(|task| task.id);
            meant = by_age.into_iter().skip(at).take(1).collect();
        }
        // Of several that hold the words, the one that is called so.
        if meant.len() > 1 && !words(phrase).is_empty() {
            let exact: Vec<Task> =
                meant.iter().filter(|task| words(&task.name) == words(phrase)).cloned().collect();
            if exact.len() == 1 {
                meant = exact;
            }
        }
        match meant.len() {
            0 => Target::Other,
            1 => Target::These(meant),
            _ if all => Target::These(meant),
            _ => Target::OneOf(meant),
        }
    }

    /// The tasks of a kind whose name is in a phrase among other words.
    pub fn named_in(&self, kind: TaskKind, phrase: &str) -> Vec<Task> {
        let said = words(phrase);
        let holds = |word: &String| said.iter().any(|other| stem(other) == stem(word));
        let mut tasks = self.tasks(kind);
        tasks.retain(|task| !words(&task.name).is_empty() && words(&task.name).iter().all(holds));
        tasks
    }

    fn fits(&self, task: &Task, phrase: &str) -> bool {
        // "The alarm for 7"; but "the 10 timer" has no hour.
        let at_hour = if task.kind == TaskKind::Timer { phrase.to_owned() } else { at_hours(phrase) };
        let phrase = at_hour.as_str();
        let entities = (self.read)(phrase);
        let due = self.at(task.due);
        let mut rest = phrase.to_owned();
        for entity in &entities {
            let fits = match entity.entity.as_str() {
                "duration" => task.length > 0 && duration_ms(entity, self.now) == Some(task.length),
                "date" => entity.value == due.date().to_string(),
                kind if TIME.contains(&kind) => moment(entity, self.now).is_some_and(|at| {
                    let close = match part_of_day(&entity.text) {
                        Some(hours) => hours.contains(&due.hour()),
                        None => at.minute() == due.minute() && at.hour() % 12 == due.hour() % 12,
                    };
                    close && (kind == "time" || at.date() == due.date())
                }),
                _ => continue,
            };
            if !fits {
                return false;
            }
            rest = rest.replace(&entity.text, " ");
        }
        let mut named = words(&task.name);
        // "the weekday alarm", "my Monday reminder"
        let every = Recurrence::parse(&task.every).map(|every| every.words()).unwrap_or_default();
        named.extend(words(&every));
        words(&rest).iter().all(|word| named.iter().any(|name| stem(name) == stem(word)))
    }

    /// Asks which of several tasks is meant.
    pub fn which(&self, verb: &str, tasks: &[Task]) -> Reply {
        let kind = tasks.first().map_or("", |task| task.kind.as_str());
        let choices: Vec<String> = tasks.iter().map(|task| self.choice(task)).collect();
        let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
        let text = format!("Which {kind}: {}?", choices.join(", or "));
        Reply::ask(kind, verb, "which", text)
            .among(choices)
            .knowing("ids", ids.clone())
            .about(kind, verb, ids)
    }

    fn choice(&self, task: &Task) -> String {
        match task.kind {
            TaskKind::Timer if task.name.is_empty() => length(task.length),
            TaskKind::Timer => format!("{} ({})", task.name, length(task.length)),
            _ if task.name.is_empty() => self.when(task),
            _ => format!("{} ({})", task.name, self.when(task)),
        }
    }

    /// "tomorrow at 09:00", with "every ..." if it recurs.
    pub fn when(&self, task: &Task) -> String {
        let due = self.at(task.due);
        match Recurrence::parse(&task.every) {
            Some(every) if matches!(every.freq, Freq::Minutely | Freq::Hourly) => every.words(),
            Some(every) if every.freq == Freq::Yearly => {
                format!("every year on {} at {}", due.strftime("%-d %B"), wording::clock(&due))
            }
            Some(every) => format!("{} at {}", every.words(), wording::clock(&due)),
            None => wording::moment(&due, self.now),
        }
    }

    /// What is left of a timer, in milliseconds.
    pub fn remaining(&self, task: &Task) -> i64 {
        if task.state == TaskState::Paused { task.remaining } else { (task.due - self.now_ms()).max(0) }
    }

    /// A point in time as it stands in a slot.
    pub fn stamp(&self, ms: i64) -> String {
        self.at(ms).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// A new task that waits for `due`.
    pub fn new_task(&mut self, kind: TaskKind, name: &str, due: i64) -> Task {
        Task {
            id: self.memory.new_id(),
            kind,
            name: name.to_owned(),
            due,
            zone: self.now.time_zone().iana_name().unwrap_or_default().to_owned(),
            every: String::new(),
            state: TaskState::Running,
            length: 0,
            remaining: 0,
            fired: 0,
            conversation: Some(self.conversation),
            created: self.now_ms(),
        }
    }

    /// The tasks that "it" stands for, if they still wait.
    pub fn it(&self, kind: TaskKind) -> Vec<Task> {
        let ids = self.memory.dialogue.last.as_ref().map(|last| last.ids.clone()).unwrap_or_default();
        self.tasks(kind).into_iter().filter(|task| ids.contains(&task.id)).collect()
    }

    /// What fired last, for "snooze".
    pub fn last_fired(&self, kinds: &[TaskKind]) -> Option<Task> {
        let fired = self.memory.tasks.iter().filter(|task| task.fired > 0 && kinds.contains(&task.kind));
        fired.max_by_key(|task| (task.fired, task.id)).cloned()
    }
}

/// "the pasta timer", "the 5-minute timer", "the alarm", "the reminder “call Anna”".
pub(super) fn called(task: &Task) -> String {
    let kind = task.kind.as_str();
    match task.kind {
        TaskKind::Reminder => format!("the reminder “{}”", task.name),
        _ if !task.name.is_empty() => format!("the {} {kind}", task.name),
        TaskKind::Timer => format!("the {} timer", hyphened(task.length)),
        _ => format!("the {kind}"),
    }
}

/// "5-minute", "1 hour 30 minute".
fn hyphened(ms: i64) -> String {
    let text = length(ms);
    let parts: Vec<&str> = text.split(' ').map(|word| word.trim_end_matches('s')).collect();
    match parts.as_slice() {
        [number, unit] => format!("{number}-{unit}"),
        _ => parts.join(" "),
    }
}

/// A list of tasks for several, their name for one.
pub(super) fn called_all(tasks: &[Task]) -> String {
    let names: Vec<String> = tasks.iter().map(called).collect();
    series(&names)
}

/// What is said when a task fires, and when it fires next. One that is late was
/// missed while the program did not run.
pub(crate) fn fire(task: &Task, now: &ZonedDateTime) -> Firing {
    let due = due(task, now);
    let late = now.timestamp().as_millisecond() - task.due > LATE;
    let next = Recurrence::parse(&task.every).and_then(|every| {
        let next = every.next(&due, now)?;
        Some((next.timestamp().as_millisecond(), every.kept(&due, &next).to_string()))
    });
    let then = wording::moment(&due.with_time_zone(now.time_zone().clone()), now);
    let name = &task.name;
    let text = match (task.kind, late) {
        (TaskKind::Timer, false) => format!("⏰ {} is done.", wording::capital(&called(task))),
        (TaskKind::Timer, true) => {
            format!("⏰ {} ended {then}, while I was not running.", wording::capital(&called(task)))
        }
        (TaskKind::Alarm, false) if name.is_empty() => format!("⏰ It is {}.", wording::clock(&due)),
        (TaskKind::Alarm, false) => format!("⏰ It is {}: {name}.", wording::clock(&due)),
        (TaskKind::Alarm, true) if name.is_empty() => format!("⏰ You missed an alarm {then}."),
        (TaskKind::Alarm, true) => format!("⏰ You missed an alarm {then}: {name}."),
        (TaskKind::Reminder, false) => format!("🔔 Reminder: {name}."),
        (TaskKind::Reminder, true) => format!("🔔 You missed a reminder {then}: {name}."),
    };
    Firing { text, next }
}

/// When a task that recurs is due after `now` although its next time lies ahead of
/// that by more than one step, and by which rule: the clock was wrong, and is set.
pub(crate) fn rewound(task: &Task, now: &ZonedDateTime) -> Option<(i64, String)> {
    let due = due(task, now);
    let every = Recurrence::parse(&task.every)?;
    let next = every.rewound(&due, now)?;
    Some((next.timestamp().as_millisecond(), every.kept(&due, &next).to_string()))
}

/// When a task is due, in its own time zone.
fn due(task: &Task, now: &ZonedDateTime) -> ZonedDateTime {
    let zone = jiff::tz::TimeZone::get(&task.zone).unwrap_or_else(|_| now.time_zone().clone());
    jiff::Timestamp::from_millisecond(task.due)
        .map_or_else(|_| now.clone(), |due| due.to_zoned_datetime(zone))
}
