//! Alarms: once or recurring.

use std::sync::LazyLock;

use jiff::{ToSpan, ZonedDateTime};

use super::Skill;
use super::grammar::{Found, Grammar};
use super::planned;
use super::reading::{pattern, replace};
use super::recurrence::{Freq, Recurrence};
use super::schedule::{Schedule, schedule};
use super::tasks::Target;
use super::turn::{Reply, Turn, ids, slot};
use super::wording::{self, series};
use crate::memory::{Asked, Record, Task, TaskKind};

pub(super) struct Alarm;

const KIND: TaskKind = TaskKind::Alarm;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:{show}|how many|when's|when is|when are|when does|when do|when will|what time will|what time is|what time does|what time do|are any|any) {all}(?:of )?{the}(?:(?:active|current|next|upcoming|set|any|other|first|earliest) )*{the}(?:(?<target>\S+(?: \S+)?) )?alarms?(?: (?:do i have|are set|set|go off|going off|going to go off|are there|on|at|ring|active|have i set|have i got|i have|i've set|currently|is set|for (?<day>{t})|for|(?<day2>{t})|are on|scheduled|running|at the moment|right now|now))*",
            list,
        ),
        (r"(?:my |all |all my )?alarms", list),
        (r"(?:what|which) alarms\b.*", list_all),
        (
            r"(?:do i have|have i got|find|check)(?: if i have)? (?:any |all )?(?:of )?(?:my )?alarms?\b.*",
            list_all,
        ),
        (
            r"(?:let me know|(?:i )?(?:would|'d) like to know|check|confirm|verify|tell me(?: about)?)\b(?: if| that| whether| when| what)? {the}(?:[\w']+ )?alarms? ?(?:time|times|is|is set|is on|set|on|i set|called .+)?(?: for .+)?",
            list_all,
        ),
        (
            r"(?:when|what time) (?:will|do|are|should) you (?:going to )?wak(?:e|ing) (?:me|us)(?: up)?(?: (?<day>{t}))?",
            list,
        ),
        (r"is (?:there )?{the}alarm (?:set|on)(?: for (?<day>{t}))?", list),
        (
            r"is (?:there )?{the}(?:(?<target>.+?) )?alarms? (?:set|on|active|enabled)(?: for (?<day>{t}))?",
            list,
        ),
        (r"(?:is there|are there|do i have|have i got) {all}{the}alarms? (?:for )?(?<day>{t})", list),
        (
            r"{cancel} {all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>alarms?)(?: clock)?(?:(?: that)? i(?:'ve| have)(?: got)?)?(?:(?: that)? i(?:'ve| have)? (?:just )?(?:set|made))?(?: (?:for|at|on|set for|set|called|named|of|that is set for|(?:which|that) i(?:'ve| have)? set for) {the}(?<target2>.+?))?",
            cancel,
        ),
        (r"(?:turn|switch|shut) {all}{the}(?:(?<target>.*?) )?(?<kind>alarms?) off", cancel),
        (r"{the}(?<kind>alarms?) (?:off|away)", cancel),
        (
            r"(?:{set} )?{the}(?<each>weekday|weekdays|weekend|daily|everyday|nightly|weekly) alarms?(?: clock)?(?<rest> .*)",
            set_each,
        ),
        (
            r"i (?:don't|do not|no longer) need {all}{the}(?:(?<target>.*?) )?(?<kind>alarms?)(?: (?:for|at|on) (?<target2>.+?))?(?: ?any ?more| any longer)?(?:,? (?:so )?(?:please )?{cancel} it)?",
            cancel,
        ),
        (
            r"(?:change|move|reschedule|push|shift|update|make|switch|postpone|delay|bring|adjust|edit|set|put) {the}(?:(?<target>.*?) )?alarm (?:(?<dir>back|forward|up|out|later|earlier) )?(?:by )?{d}(?: (?<dir2>later|earlier|back|forward|sooner))?",
            shift,
        ),
        (
            r"(?:change|move|reschedule|push|shift|update|make|switch|postpone|delay|bring|adjust|edit|reset) {the}(?:(?<target>.*?) )?alarm(?: (?:from|at|for|on) (?<target2>.+?))? (?:to|for|until|till|back to|forward to|at|go off at|ring at) (?<rest>.+)",
            change,
        ),
        (r"(?:set|put|adjust) (?:the|my|our) (?<target>.+?) alarm (?:to|for|at) (?<rest>.+)", change_known),
        (r"make (?:my|the) (?:(?<target>.+?) )?alarm (?<rest>{t})(?: instead)?", change),
        (
            r"(?:my|the) (?:(?<target>.+?) )?alarm (?:should|has to|needs to|must) (?:be(?: set)?|ring|go off)(?: to| for| at)? (?<rest>{t})(?: instead)?",
            change,
        ),
        (
            r"(?:change|move|reschedule|edit|adjust|update|modify) {the}(?:(?<target>.*?) )?alarm(?: (?:for|at) (?<target2>.+?))?",
            change_open,
        ),
        (r"(?:ring|buzz|beep|alert) me(?: up)? (?<at>{t})", ring),
        (r"ring (?<at>{t})", ring),
        (r"wake (?:me|us)(?: up)? (?<rest>.+?) instead", wake_instead),
        (
            r"(?:i (?:want|need|have) to )?(?:get|wake|be) up (?<rest>.+?) instead,? (?:so |and )?(?:please |can you )?(?:change|move|adjust) (?:the|my) alarm",
            wake_instead,
        ),
        (
            r"(?<before>(?:every|each|on|tomorrow|next|this|at) ?.*?),? wake (?:me|us)(?: up)?(?<wake>(?: .*)?)",
            wake_after,
        ),
        (r".+?,? (?:so|and) (?:please )?(?:wake (?:me|us)(?: up)?|get me up)(?<wake> .*)", wake_timed),
        (r"make sure (?:that )?i(?:'m| am)? (?:get up|wake up|up|awake|out of bed)(?<wake> .*)", wake),
        (
            r"(?:don't|do not|dont) let me (?:sleep|oversleep|stay in bed)(?: in)?(?: past| beyond| after| later than| longer than| until)?(?<wake> .*)",
            wake,
        ),
        (
            r"(?:wake (?:me|us)(?: up)?|get me up|get me out of bed)(?<wake>.*?)(?:,? (?:and )?(?:not a minute later|no later|at the latest|sharp))?",
            wake,
        ),
        (r"i (?:have to|need to|want to|must|should|gotta|ought to) (?:get|wake|be) up(?<wake> .*)", wake),
        (r"i (?:have to|need to|want to|must|should|gotta|ought to) be awake(?<wake> .*)", wake),
        (
            r"(?:how many|at what time|what times?|when (?:was|is|are)|show(?: me)?|tell(?: me)?|check|confirm|did i (?:set|remember)|are there|any|if there)\b.*\balarms?\b.*",
            list_all,
        ),
        (r"what(?:'s| is) (?:the|my) alarms?\b.*", list_all),
        (
            r"(?:{set} |ring |sound )?{the}(?:(?<name>.+?) )?(?<kind>alarms?)(?: clock)?(?<rest>(?:[ :,].*)?)",
            set,
        ),
    ])
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"{no}*{cancel} (?:the )?(?<target>(?:first|second|third|fourth|fifth|last|latest)(?: one)?)",
            cancel,
        ),
        (
            r"{no}*(?:cancel|stop|delete|forget|remove|kill|turn off|drop|scrap) {it}(?: alarm)?",
            follow_cancel,
        ),
        (r"(?:turn|switch) {it} off", follow_cancel),
        (
            r"{no}*(?:change|move|set|make|switch|push|shift|put) {it}(?: to| for| until| at)? (?<rest>.+)",
            follow_change,
        ),
        (r"{no}+(?<rest>.+?)(?: instead| rather)?", follow_change),
        (r"(?<rest>.+?) (?:instead|rather)", follow_change),
        (r"(?:and )?(?:another|another one|one more)(?: alarm)? (?<rest>(?:at|for) .+)", set),
    ])
});

pattern!(
    NAMED,
    r"(?i)^(?:(?:(?:that is |with the )?(?:called|named|labell?ed|name|label)|to|for|saying|with)(?: to| it| the)? +)+"
);

pattern!(MANY, r"(?i)^(?:two|three|four|2|3|4|both|several)\b[ ,:]*");
// "One at 6 and one at 6:20": one of them, and not one o'clock.
pattern!(ONE, r"(?i)\b(?:one|again|another(?: one)?|the (?:next|other|second)(?: one)?) (at|for)\b");
pattern!(LENGTH, r"(?i)^(?:hour|minute|min|second|day|week|month)s?\b");
pattern!(AGAIN, r"(?i)\b(?:recurring|repeating|repeated|regular)\b");

/// Whether an order wakes: whose hour is of the day that is spoken of.
pub(super) fn wakes(order: &str) -> bool {
    let order = order.to_lowercase();
    ["wake", "alarm", "get me up"].iter().any(|word| order.contains(word))
}

impl Skill for Alarm {
    fn name(&self) -> &'static str {
        "alarm"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["alarm"]
    }

    fn offer(&self, _: &str) -> &'static str {
        "set an alarm"
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let found = schedule(turn, turn.text);
        match found.at.clone() {
            Some(at) if turn.sure => Some(make(turn, vec![(at, found.every)], "")),
            Some(at) => Some(
                Reply::ask(
                    "alarm",
                    "set",
                    "confirm",
                    format!("Shall I set an alarm {}?", wording::moment(&at, turn.now)),
                )
                .among(vec!["yes".to_owned(), "no".to_owned()])
                .knowing("phrase", found.said),
            ),
            None if turn.sure => Some(ask_time("", "")),
            None => None,
        }
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        match asked.slot.as_str() {
            "confirm" if asked.verb == "cancel" => {
                let ids = ids(&asked.slots);
                let tasks = turn.tasks(KIND).into_iter().filter(|task| ids.contains(&task.id)).collect();
                Some(planned::cancelled(turn, KIND, tasks))
            }
            "time" if asked.verb == "change" => planned::timed(turn, asked, KIND),
            "time" | "confirm" => {
                let known = slot(&asked.slots, "phrase");
                let said = if asked.slot == "time" { turn.reading.plain.clone() } else { String::new() };
                let found = schedule(turn, format!("{known} {said}").trim());
                let found = if found.at.is_none() { schedule(turn, &said) } else { found };
                let at = found.at.clone().filter(|_| found.rest.split(' ').count() <= 3)?;
                let at = morning(turn, at, &found, slot(&asked.slots, "wake") == "yes");
                Some(make(turn, vec![(at, found.every)], slot(&asked.slots, "name")))
            }
            "which" => planned::chosen(turn, asked, KIND),
            _ => None,
        }
    }
}

fn ask_time(phrase: &str, name: &str) -> Reply {
    Reply::ask("alarm", "set", "time", "For what time?").knowing("phrase", phrase).knowing("name", name)
}

fn wake(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let phrase = replace(&ONE, &found.text(&["wake"]).unwrap_or_default(), "$1");
    let said = schedule(turn, &phrase);
    if !replace(&NAMED, &said.rest, "").is_empty() && said.is_empty() {
        return None;
    }
    let name = replace(&NAMED, &said.rest, "");
    match said.at.clone() {
        Some(at) => {
            let at = morning(turn, at, &said, true);
            Some(make(turn, vec![(at, said.every)], &name))
        }
        None => Some(ask_time(&phrase, "").knowing("wake", "yes")),
    }
}

/// "Ring me at 4 pm".
fn ring(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = schedule(turn, &found.text(&["at"])?);
    let at = said.at.clone()?;
    Some(make(turn, vec![(at, said.every)], ""))
}

/// "Wake me at 8 instead", of the only alarm that there is.
fn wake_instead(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match turn.tasks(KIND).as_slice() {
        [_] => planned::change(turn, found, KIND),
        _ => None,
    }
}

/// "Every Saturday wake me at nine".
fn wake_after(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = schedule(turn, &found.text(&["before"])?);
    if said.is_empty() || !said.rest.is_empty() {
        return None;
    }
    let phrase = format!("{} {}", found.text(&["before"])?, found.text(&["wake"]).unwrap_or_default());
    let said = schedule(turn, phrase.trim());
    match said.at.clone().filter(|_| said.rest.is_empty()) {
        Some(at) => {
            let at = morning(turn, at, &said, true);
            Some(make(turn, vec![(at, said.every)], ""))
        }
        None => Some(ask_time(&phrase, "").knowing("wake", "yes")),
    }
}

/// "My flight is on Friday, so wake me at 4 on Friday"; only with a time.
fn wake_timed(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = schedule(turn, &found.text(&["wake"])?);
    if said.at.is_none() || !said.rest.is_empty() { None } else { wake(turn, found) }
}

/// Offers to cancel the alarm that is not wanted.
pub(super) fn unwanted(turn: &Turn<'_>) -> Option<Reply> {
    let tasks = turn.tasks(KIND);
    let [task] = tasks.as_slice() else { return None };
    Some(
        Reply::ask(
            "alarm",
            "cancel",
            "confirm",
            format!("Shall I cancel the alarm {}?", wording::set_for(&turn.when(task))),
        )
        .among(vec!["yes".to_owned(), "no".to_owned()])
        .knowing("ids", vec![task.id]),
    )
}

/// People wake in the morning: an hour that could be either is before noon.
fn morning(turn: &Turn<'_>, at: ZonedDateTime, said: &Schedule, wakes: bool) -> ZonedDateTime {
    if !wakes || !said.open || !(13..24).contains(&at.hour()) || said.no_day && at.hour() < 16 {
        return at;
    }
    let earlier = at.checked_sub(12.hours()).ok().filter(|earlier| earlier > turn.now);
    if !said.no_day {
        return earlier.unwrap_or(at);
    }
    earlier.or_else(|| at.checked_add(12.hours()).ok()).unwrap_or(at)
}

/// "A weekday alarm at 6:45" rings on every one of them.
fn set_each(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let each = match found.text(&["each"])?.to_lowercase().as_str() {
        "weekday" | "weekdays" => "every weekday",
        "weekend" => "every weekend",
        "weekly" => "every week",
        _ => "every day",
    };
    let said = schedule(turn, &format!("{} {each}", found.text(&["rest"])?));
    let at = said.at.filter(|at| at > turn.now)?;
    said.rest.is_empty().then(|| make(turn, vec![(at, said.every)], ""))
}

fn set(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let before = found.text(&["name"]).unwrap_or_default();
    let rest = found.text(&["rest"]).unwrap_or_default();
    let first = before.split(' ').next().unwrap_or_default().to_lowercase();
    const OTHERS: &[&str] = &[
        "cancel",
        "stop",
        "how",
        "what",
        "when",
        "delete",
        "remove",
        "is",
        "which",
        "why",
        "do",
        "does",
        "don't",
        "turn",
        "change",
        "remind",
        "where",
        "who",
        "did",
        "the",
        "i",
        "call",
        "fire",
        "false",
        "smoke",
        "if",
        "take",
        "note",
        "help",
        "show",
        "tell",
        "confirm",
        "move",
        "reschedule",
        "push",
        "shift",
        "postpone",
        "delay",
        "bring",
        "adjust",
        "edit",
        "update",
        "modify",
        "switch",
    ];
    if OTHERS.contains(&first.as_str()) || before.split(' ').count() > 5 {
        return None;
    }
    let mut phrase = format!("{before} {rest}").trim().to_owned();
    // "Two alarms, 6 am and 7 am": how many there are can be counted.
    let many = MANY.as_ref().and_then(|many| many.find(&phrase)).map_or(0, |many| many.end());
    let counted = phrase.get(many..).unwrap_or_default();
    if !LENGTH.as_ref().is_some_and(|length| length.is_match(counted)) {
        phrase = counted.to_owned();
    }
    phrase = replace(&ONE, &phrase, "$1");
    let again = AGAIN.as_ref().is_some_and(|again| again.is_match(&phrase));
    if again {
        phrase = replace(&AGAIN, &phrase, " ").trim().to_owned();
    }
    if phrase.is_empty() || phrase == "clock" {
        return Some(ask_time("", ""));
    }
    if let Some(several) = several(turn, &phrase) {
        return Some(make(turn, several, ""));
    }
    let mut said = schedule(turn, &phrase);
    if again && said.every.is_none() {
        said.every = Some(Recurrence::every(Freq::Daily, 1));
    }
    // "An alarm for me" is called nothing.
    let name = replace(&NAMED, &said.rest, "");
    let name = if ["me", "us"].contains(&name.as_str()) { String::new() } else { name };
    let marked = name != said.rest || !said.is_empty() && said.rest.eq_ignore_ascii_case(&before);
    if name.starts_with("and ") || name.split(' ').count() > 6 || !name.is_empty() && !marked {
        return None;
    }
    match said.at {
        Some(at) if at > *turn.now => Some(make(turn, vec![(at, said.every)], &name)),
        Some(at) => Some(Reply::ask(
            "alarm",
            "set",
            "time",
            format!("{} has passed. For what time?", wording::capital(&wording::moment(&at, turn.now))),
        )),
        None => Some(ask_time(&phrase, &name)),
    }
}

/// The times of "7, 7:30 and 8 am".
fn several(turn: &Turn<'_>, phrase: &str) -> Option<Vec<(ZonedDateTime, Option<Recurrence>)>> {
    let phrase = phrase.trim_start_matches("for ").trim_start_matches("at ").trim_start_matches("both ");
    let parts: Vec<&str> = phrase.split(" and ").flat_map(|part| part.split(", ")).collect();
    if parts.len() < 2 {
        return None;
    }
    let half = ["am", "pm", "in the morning", "in the afternoon", "in the evening", "at night"]
        .into_iter()
        .find(|half| phrase.to_lowercase().ends_with(half));
    let read = |part: &&str| {
        let said = schedule(turn, part);
        let said = match half {
            Some(half) if said.open => schedule(turn, &format!("{part} {half}")),
            _ => said,
        };
        said.at.filter(|_| said.rest.is_empty() && said.every.is_none()).map(|at| (at, None))
    };
    parts.iter().map(read).collect()
}

fn make(turn: &mut Turn<'_>, times: Vec<(ZonedDateTime, Option<Recurrence>)>, name: &str) -> Reply {
    let mut reply = Reply::default();
    let mut made = Vec::new();
    for (at, every) in times {
        let mut task = turn.new_task(KIND, name, at.timestamp().as_millisecond());
        task.every = every.map(|every| every.to_string()).unwrap_or_default();
        reply = reply
            .did("alarm", "set")
            .with("time", turn.stamp(task.due))
            .with_some("every", &task.every)
            .with_some("name", name);
        turn.memory.put(Record::Task(task.clone()));
        made.push(task);
    }
    "setting the alarm".clone_into(&mut turn.memory.what);
    let times: Vec<String> = made.iter().map(|task| turn.when(task)).collect();
    let first = made.first().map_or_else(String::new, |task| {
        let first = turn.at(task.due);
        let soon = (task.due - turn.now_ms()) / 60_000 * 60_000;
        if task.every.is_empty() && soon > 0 && soon < 86_400_000 {
            format!(", in {}", wording::length(soon))
        } else if task.every.is_empty() {
            String::new()
        } else {
            format!(", first {}", wording::moment(&first, turn.now))
        }
    });
    let called = if name.is_empty() { String::new() } else { format!(" “{name}”") };
    reply.text = match made.len() {
        1 => format!("Alarm{called} set {}{first}.", wording::set_for(&series(&times))),
        _ => format!("Alarms set {}.", wording::set_for(&series(&times))),
    };
    reply.about("alarm", "set", made.iter().map(|task| task.id).collect())
}

fn list_all(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Show me how to set an alarm" is for help, and a joke about alarms for no one here.
    let said = found.whole().to_lowercase();
    if said.contains(" how ") || said.contains(" joke") {
        return None;
    }
    listed(turn, turn.tasks(KIND))
}

fn list(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["target"]);
    let day = found.text(&["day", "day2"]);
    let tasks = match turn.target(KIND, day.as_deref().or(target.as_deref()), true) {
        Target::These(tasks) | Target::OneOf(tasks) => tasks,
        Target::None => Vec::new(),
        Target::Other if target.is_some() => return None,
        Target::Other => {
            let day = day.unwrap_or_default();
            return Some(
                Reply::say(format!("No alarm is set for {day}.")).did("alarm", "list").with("count", 0),
            );
        }
    };
    listed(turn, tasks)
}

fn listed(turn: &Turn<'_>, tasks: Vec<Task>) -> Option<Reply> {
    let lines: Vec<String> = tasks
        .iter()
        .map(|task| {
            if task.name.is_empty() {
                turn.when(task)
            } else {
                format!("{} ({})", turn.when(task), task.name)
            }
        })
        .collect();
    let text = match lines.as_slice() {
        [] => "No alarms are set.".to_owned(),
        [one] => format!("Your alarm is set {}.", wording::set_for(one)),
        _ => format!("You have {} alarms:\n• {}", lines.len(), lines.join("\n• ")),
    };
    let ids = tasks.iter().map(|task| task.id).collect();
    Some(Reply::say(text).did("alarm", "list").with("count", tasks.len()).about("alarm", "list", ids))
}

fn cancel(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::cancel(turn, found, KIND)
}

fn change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Make an alarm for 7" is a new one.
    let said = found.whole().to_lowercase();
    if ["make a ", "make an ", "make me "].iter().any(|new| said.starts_with(new)) {
        return None;
    }
    planned::change(turn, found, KIND)
}

fn change_open(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::change_open(turn, found, KIND)
}

fn change_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::change_known(turn, found, KIND)
}

fn shift(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::shift(turn, found, KIND)
}

fn follow_cancel(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    planned::follow_cancel(turn, KIND)
}

fn follow_change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::follow_change(turn, found, KIND)
}
