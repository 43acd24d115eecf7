//! Timers asked for in words that no grammar has.

use super::KIND;
use super::change::{perform, renamed};
use super::grammar::NUMBER;
use super::in_minutes;
use super::start::{ask_length, run_all, start_several};
use super::status::tell;
use crate::memory::TaskState;
use crate::skills::dialogue::takes_back;
use crate::skills::filled::{self, Marks};
use crate::skills::grammar::Grammar;
use crate::skills::loosely::{self, Which};
use crate::skills::reading::{Pattern, Reading, TIME, duration_ms, pattern, replace, says};
use crate::skills::schedule::moment;
use crate::skills::turn::{Reply, Turn};

static SEVERAL: std::sync::LazyLock<Grammar> =
    std::sync::LazyLock::new(|| Grammar::new(&[(r".+", start_several)]));

// "Timer called kiln", "name it kiln".
pattern!(
    CALLED,
    r#"(?i)\b(?:called|named|labell?ed|titled|(?:call|name|label)(?: it| that| this| the timer)|with the (?:name|label)) *["“]?(?<name>[^,.;:!?"”]+)"#
);
// "A brisket timer": what is no other word that may stand there.
pattern!(
    OF_NAME,
    "(?i)(?:^|[,.;!] |\\b(?:a|an|the|my|me|our|another|new|start|set) |\u{E001} )(?<name>\\pL[\\pL'-]+(?: \\pL[\\pL'-]+)?) timer\\b"
);
// "A timer for the potatoes, 40 minutes", "18 minutes for the cake".
pattern!(
    FOR_NAME,
    "(?i)(?:\\b(?:timer|countdown|on)(?: (?:there|on|going|up|please|now))*|\u{E001}) for (?:(?:the|my|our|some|these|this) )?(?<name>\\pL[\\pL'-]+(?: \\pL[\\pL'-]+)?)(?:$|[,.;:!?]| (?:in|on|at|for|of|to|and|so|please|that|which|is|are|now|from|with|go|will)\\b| \u{E000})"
);
// "A timer called nap that goes for 25 minutes": where its name ends.
pattern!(WHICH, r"(?i) (?:that|which|and|so|to|please)\b.*$");
pattern!(
    NAMELESS,
    r"(?i)^(?:a|an|the|my|our|me|us|new|other|another|second|third|fourth|next|quick|short|long|little|wee|one|more|kitchen|egg|oven|simple|single|separate|same|up|on|of|for|and|this|that|minutes?|mins?|seconds?|secs?|hours?|hrs?|half|countdown|stop|your|some|cooking|phone|interval|additional|extra|good|damn|bloody|fresh|proper|nice|\w+(?:minute|second|hour)|start|set|run|begin|need|want|put|get|do|give|make|go|please|down|just|now|then|moment|while|later|kids|everyone|something|anything|someone|somebody|him|her|them|you|i|he|she|we|they|be|can|could|ok|okay|yo|hey|lah|love|mate|dear|nothing|example|sure|today|tonight|tomorrow|real|off|out|over|in|with|to|is|was|has|had|have|any|no|not|which|what|it|timer)$"
);
pattern!(ASKS, r"(?i)\b(?:timers?|time|timing|count(?:down|ing)?|clock|alert|beep|buzz|shout|tell|ping)\b");
pattern!(PLURAL, r"(?i)\btimers\b|\btimer\b.*\btimer\b|\banother\b|\bone for\b");
// "An hour for the roast and 20 minutes for the rice" are two, and not "it takes an hour, and I want 40 minutes".
pattern!(
    TWO,
    "(?i)\\b(?:timers|another|both|one for|and one)\\b|\\btimer\\b.*\\btimer\\b|\u{E001}(?: (?:timer|for [\\pL' -]{1,25}))?,? (?:and|plus) (?:(?:a|for [\\pL' -]{1,25}) )?\u{E000}d"
);
// A bare number where a length is to be: "another five", "make it 8", "on for 10".
pattern!(
    MINUTES,
    &format!(
        r"(?i)\b(?:another|extra|extend (?:it |the timer )?by|by|for|of|make (?:it|that)|to|timer|add|at|off|on) (?P<minutes>{NUMBER})(?: (?:more|extra))?(?:$|[,.;!]| (?:to|on|onto|for|off|from|more|please|the|eggs?|instead)\b)"
    )
);
pattern!(
    BECOMES,
    r#"(?i)\b(?:called|named|(?:re)?(?:call|name|label|title)(?: it| that| this| (?:the|my) (?:[\w'-]+ ){0,4}timer)(?: to| as| into)?|(?:rename|relabel|change)\b.*? (?:to|as|into)|labell?ed(?: as)?|name (?:should be|to|is|of|will be)|be|to) *(?:the )?"?(?<name>[^,.;:!?"]+)"#
);
pattern!(RENAMES, r"(?i)\b(?:re)?(?:call|name|label) (?:the|my) .*timer\b");
pattern!(
    NAME_ENDS,
    r"(?i)(?: timer| instead| please| now| from now on| rather| not .*| for me| thanks| will you| would you)+$"
);

pub(super) fn proposes(verb: &str) -> &'static str {
    match verb {
        "start" => "set a timer",
        "add" => "add time to a timer",
        "subtract" => "take time off a timer",
        "change" => "change a timer",
        "pause" => "pause a timer",
        "resume" => "go on with a timer",
        "cancel" => "cancel a timer",
        "rename" => "rename a timer",
        _ => "",
    }
}

pub(super) fn filled(turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
    let names = marks.all("name");
    // "One hour and ten minutes" is one length, however it is marked.
    let whole = marks.span("length").filter(|_| names.len() < 2).and_then(|words| Marks::length(turn, words));
    let each = || marks.all("length").into_iter().map(|words| Marks::length(turn, words)).collect();
    let lengths: Vec<i64> = whole.map(|ms| Some(vec![ms])).unwrap_or_else(each)?;
    match (verb, lengths.as_slice()) {
        ("start", [_, _, ..]) if takes_back(turn.text) => None,
        // Of several each has a name, or none.
        ("start", [_, ..]) if names.is_empty() || names.len() == lengths.len() => {
            let names = names.into_iter().map(str::to_owned).chain(std::iter::repeat(String::new()));
            let timers: Vec<(String, i64)> = names.zip(lengths).collect();
            Some(run_all(turn, &timers))
        }
        ("add" | "subtract" | "change", [ms]) => {
            let said = filled::reading(turn, &names.join(" "));
            let known = names.is_empty() || !loosely::named(turn, KIND, &said).is_empty();
            known.then(|| on(turn, verb, *ms, &said))?
        }
        ("pause" | "resume" | "cancel", _) if !marks.is_empty() => {
            let said = filled::reading(turn, &[names, marks.all("length")].concat().join(" "));
            let known = !loosely::named(turn, KIND, &said).is_empty();
            known.then(|| on(turn, verb, 0, &said))?
        }
        ("status", _) if !marks.is_empty() => {
            let said = filled::reading(turn, &[names, marks.all("length")].concat().join(" "));
            let tasks = loosely::named(turn, KIND, &said);
            (!tasks.is_empty()).then(|| tell(turn, &tasks))
        }
        ("rename", _) => {
            let (new, old) = names.split_last()?;
            let said = filled::reading(turn, &[old.to_vec(), marks.all("length")].concat().join(" "));
            match loosely::which(turn, KIND, &said) {
                Which::One(task) => Some(renamed(turn, &task, (*new).to_owned())),
                _ => None,
            }
        }
        _ => None,
    }
}

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    let reading = loosely::reading(turn);
    let reading = match in_minutes(&reading.plain) {
        Some(said) => Reading::new(&said, turn.read),
        None => reading,
    };
    match verb {
        // "Call the twenty minute timer tea" is near to starting one.
        "start" if says(&RENAMES, &reading.plain) && !turn.tasks(KIND).is_empty() => rename(turn, &reading),
        "start" => start(turn, &reading),
        "status" => Some(status(turn, &reading)),
        "rename" => rename(turn, &reading),
        "add" | "subtract" | "change" => {
            let ms = loosely::lengths(turn, &reading).last().copied().or_else(|| minutes(turn, &reading))?;
            on(turn, verb, ms, &reading)
        }
        "pause" | "resume" | "cancel" => on(turn, verb, 0, &reading),
        _ => None,
    }
}

/// Does something with the timers that are meant.
fn on(turn: &mut Turn<'_>, verb: &str, ms: i64, reading: &Reading) -> Option<Reply> {
    let tasks = match loosely::which(turn, KIND, reading) {
        Which::None => return Some(Reply::say("No timers are running.")),
        Which::One(task) => return perform(turn, verb, vec![task], ms),
        Which::All(tasks) => return perform(turn, verb, tasks, ms).map(|reply| reply.of_all(true)),
        Which::OneOf(tasks) => tasks,
    };
    // Of several only what runs can be paused, and only what is paused goes on.
    let could = |state: &TaskState| match verb {
        "pause" => *state == TaskState::Running,
        "resume" => *state == TaskState::Paused,
        _ => true,
    };
    match tasks.iter().filter(|task| could(&task.state)).collect::<Vec<_>>().as_slice() {
        [one] => perform(turn, verb, vec![(*one).clone()], ms),
        _ => Some(turn.which(verb, &tasks).knowing("ms", ms)),
    }
}

/// A length in minutes where no unit is said.
fn minutes(turn: &Turn<'_>, reading: &Reading) -> Option<i64> {
    let said = MINUTES.as_ref()?.captures(&reading.masked)?;
    let said = turn.entities(&format!("{} minutes", said.name("minutes")?.as_str()), &["duration"]);
    duration_ms(said.first()?, turn.now)
}

fn start(turn: &mut Turn<'_>, reading: &Reading) -> Option<Reply> {
    let name = name(reading);
    let lengths = loosely::lengths(turn, reading);
    if says(&PLURAL, &reading.plain)
        && let Some(reply) = SEVERAL.answer(&mut turn.saying(&reading.plain))
    {
        return Some(reply);
    }
    let length = match lengths.as_slice() {
        [] => minutes(turn, reading).or_else(|| until(turn, reading)),
        [one] => Some(*one),
        _ if says(&TWO, &reading.masked) => {
            let timers: Vec<(String, i64)> = lengths.iter().map(|&ms| (String::new(), ms)).collect();
            return Some(run_all(turn, &timers));
        }
        // "It takes an hour, but time 40 minutes": that which is asked for.
        [.., last] => {
            let pieces = loosely::clauses(reading);
            let asks = pieces.iter().filter(|piece| says(&ASKS, piece));
            let asked = asks.flat_map(|piece| loosely::lengths(turn, &Reading::new(piece, turn.read))).last();
            Some(asked.unwrap_or(*last))
        }
    };
    match length {
        Some(ms) => Some(run_all(turn, &[(name, ms)])),
        None => Some(ask_length(&name)),
    }
}

/// The length of "until noon".
fn until(turn: &Turn<'_>, reading: &Reading) -> Option<i64> {
    let mut times =
        reading.entities_in(&reading.masked).filter(|entity| TIME.contains(&entity.entity.as_str()));
    let at = moment(times.find(|entity| entity.entity != "date")?, turn.now)?;
    let ms = at.timestamp().as_millisecond() - turn.now_ms();
    (ms > 0).then_some((ms + 999) / 1000 * 1000)
}

/// The name that is given to a timer, or none where that is in doubt.
fn name(reading: &Reading) -> String {
    let group = |of: &Pattern| {
        let found = of.as_ref()?.captures(&reading.masked)?;
        Some(found.name("name")?.as_str().to_owned())
    };
    let called = group(&CALLED).map(|name| {
        let name = name.split('\u{E000}').next().unwrap_or_default().trim().to_owned();
        let name = replace(&WHICH, &name, "");
        let ends = [" going for", " going", " for", " of", " at", " running", " lasting", " with"];
        ends.iter().fold(name, |name, end| name.trim_end_matches(end).to_owned())
    });
    let plain = |name: &String| !name.split(' ').any(|word| says(&NAMELESS, word));
    let name = called.or_else(|| group(&OF_NAME).filter(plain)).or_else(|| group(&FOR_NAME).filter(plain));
    let name = name.unwrap_or_default();
    if name.split(' ').count() <= 3 { name.trim().to_owned() } else { String::new() }
}

fn status(turn: &mut Turn<'_>, reading: &Reading) -> Reply {
    let named = loosely::named(turn, KIND, reading);
    let tasks = if named.is_empty() { turn.tasks(KIND) } else { named };
    if tasks.is_empty() {
        return Reply::say("No timers are running.").did("timer", "status").with("count", 0);
    }
    tell(turn, &tasks)
}

fn rename(turn: &mut Turn<'_>, reading: &Reading) -> Option<Reply> {
    let found = BECOMES.as_ref()?.captures_iter(&reading.plain).last()?;
    let all = found.get(0)?;
    let name = replace(&NAME_ENDS, found["name"].trim(), "");
    let name = name.trim().to_owned();
    if name.is_empty() || name.split(' ').count() > 4 {
        return None;
    }
    // Which one it is stands beside its new name.
    let rest = format!("{} {}", reading.plain.get(..all.start())?, reading.plain.get(all.end()..)?);
    match loosely::which(turn, KIND, &Reading::new(&rest, turn.read)) {
        Which::One(task) => Some(renamed(turn, &task, name)),
        Which::None => Some(Reply::say("No timers are running.")),
        _ => None,
    }
}
