//! New timers.

use std::rc::Rc;

use super::KIND;
use super::grammar::NUMBER;
use crate::memory::Record;
use crate::skills::grammar::Found;
use crate::skills::reading::{duration_ms, pattern, replace};
use crate::skills::schedule::moment;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{capital, length, series};

pub(super) fn ask_length(name: &str) -> Reply {
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
    "tell", "take", "make", "if", "kill", "clear", "end", "wake", "remind", "note",
];

pattern!(
    CHANGES,
    r"(?i)^(?:reduce|shorten|cut|decrease|lower|trim|lengthen|increase|bump|push|pull|move|shift|give|let|drop|knock|shave|prolong|stretch|update|adjust|alter|modify|switch|reset|restart|resume|unpause|hold|freeze|end|finish|scrap|ditch|bin|reschedule|delay|postpone|lose|shut|put|bring|wind|keep)\b.*\b(?:the|my|a|an|our|that|this|your)\b|^(?:reduce|shorten|decrease|lengthen|prolong|resume|unpause|postpone|restart|reset)$|\b(?:the|my|an?|our|that|this|your)$"
);

// "Nap that goes", "kiln\" going": where a name ends.
pattern!(
    TAIL,
    r#"(?i)(?:["”]| (?:that|which)(?:'s|'ll| (?:goes|runs|lasts|rings|ends|counts|is|will|should|needs|has))\b| (?:going|running|lasting|counting|ticking|set)(?: (?:for|at|to|down|in))?$).*$"#
);
// "The packet actually says", "chores, that's friendlier": what tells or asks something, and names nothing.
pattern!(
    SAYS,
    r"(?i)[!?;]|\b(?:says?|said|reckons?|takes?|actually|instead|gonna|gotta|wanna|please|ought|should|shall|would|could|can't|don't|doesn't|isn't|wasn't|won't|(?:i|you|we|they|he|she|it|that|there|what|who)(?:'s|'m|'re|'ll|'d|'ve)|(?:change|make|set|start|put|move|reset|extend|shorten|pause|resume|cancel|add|call|rename|turn|need|want|stop) (?:the|my|our|it|that|this|an?|another|up|on|off|them)|so|because|cos|since|though|but)\b"
);

/// A name for a timer, if the phrase is one.
pub(super) fn name(found: &Found) -> Option<String> {
    named(&found.text(&["name", "name2"]).unwrap_or_default())
}

fn named(name: &str) -> Option<String> {
    let name = name.trim_matches(['"', '“', '”', ' ', '.']).trim_end_matches(" timer");
    let name = replace(&TAIL, name, "").trim().to_owned();
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    if NAMELESS.contains(&name.to_lowercase().as_str()) {
        return Some(String::new());
    }
    // "Reduce the timer with …" has no name, and "shorten the pasta" is none.
    if [&CHANGES, &SAYS].iter().any(|of| of.as_ref().is_some_and(|of| of.is_match(&name))) {
        return None;
    }
    // "The pasta is nearly done, set a timer" is a reason and a request.
    let one = !name.contains(", ");
    (one && name.split(' ').count() <= 6 && !OTHERS.contains(&first.as_str())).then_some(name)
}

pub(super) fn start(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = name(found)?;
    // "She stopped the timer at 12 minutes" tells something.
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    const TELLING: &[&str] = &[
        "i", "he", "she", "it", "they", "we", "you", "who", "less", "more", "longer", "shorter", "off", "on",
        "another", "extra",
    ];
    if TELLING.contains(&first.as_str()) {
        return None;
    }
    // Of two lengths, either may be meant.
    match found.durations(turn).as_slice() {
        [ms] => Some(run(turn, &name, &[*ms])),
        _ => None,
    }
}

/// "Start the clock, I've got twenty minutes": but not "start a timer, it was five minutes".
pub(super) fn start_needed(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match found.durations(turn).as_slice() {
        [ms] => Some(run(turn, "", &[*ms])),
        _ => None,
    }
}

// "It took ten minutes" tells something.
pattern!(
    PAST,
    r"(?i)\b(?:took|was|were|went|ago|last|used to|did|didn't|spent|waited|ran|lasted|forgot|after|if|when|would have)\b"
);

// "The mask needs to come off after a quarter of an hour".
pattern!(
    DUE,
    r"(?i)\b(?:needs? to|must|should|has to|have to|got to|gotta|ought to|is to|are to|supposed to|meant to|due to)\b[^,;.]* (?:after|in|at)$"
);

/// "The parking meter runs out in 40 minutes, so put a timer on": of the length that is said.
pub(super) fn start_for(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let before = found.text(&["before"]).unwrap_or_default();
    let due = DUE.as_ref().is_some_and(|due| due.is_match(&before));
    if !due && PAST.as_ref().is_some_and(|past| past.is_match(&before)) {
        return None;
    }
    match (found.durations(turn).as_slice(), found.has("end")) {
        ([ms], false) => Some(run(turn, "", &[*ms])),
        ([], true) => start_in(turn, found),
        _ => None,
    }
}

/// "A timer for forty-five": minutes.
pub(super) fn start_minutes(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = name(found)?;
    let said = turn.entities(&format!("{} minutes", found.text(&["minutes"])?), &["duration"]);
    let ms = duration_ms(said.first()?, turn.now)?;
    Some(run(turn, &name, &[ms]))
}

pub(super) fn start_many(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let lengths = found.durations(turn);
    (!lengths.is_empty()).then(|| run(turn, "", &lengths))
}

pattern!(
    SEVERAL,
    r"(?ix)^(?:(?:set|start|put|make|create|give\ me|run|begin|have|get|add|stick|pop|bung|launch|i\ need|i\ want|we\ need|need|want|i'll\ need|do)\ (?:up\ |on\ |off\ |going\ |me\ |us\ )*)?
      (?:(?:the|my|both|some|these|separate|different|new|a\ few|a\ couple\ of|two|three|four|five|six|[2-6]|several|multiple|these|kitchen|at\ once|all)\ )*
      (?:timers\b(?:\ (?:up|on|going|running|at\ once|at\ the\ same\ time|please|one))*[,:;.]*(?:\ -+)?\ *(?:(?:for|of|at|lasting|set\ for|one)\ +)?)?"
);
// "…, put timers on for both"
pattern!(
    BOTH,
    r"(?i)(?:[,;:.]+| -+)? +(?:(?:so|and|please|can you|could you|would you|will you) )*(?:set|start|put|make|create|give me|run|begin|stick|pop|bung|i need|i want|need|do|launch) (?:up |on |me |us |both |some |the |separate |two |three |four |a )*(?:timers?|countdowns?)(?: (?:on|up|going|running|set))*(?: (?:for|on) (?:both|each|all|them|those|these|it|the two|the lot|everything)(?: (?:of )?(?:them|those|these|two|three))?)?(?: (?:please|at once|separately))*[.!]*$"
);
pattern!(
    AND,
    r"(?i)(?:[,;.]| -+)? +(?:(?:and|then|plus|&|\+|also|as well as|followed by)\b,? ?)+|[,;.] +|\n+"
);
const LENGTH: &str = "\u{E000}d\\d+\u{E001}";
const ONE: &str = r"(?:(?:then|also|plus|a|an|one|another|the|other|separate|new|different|first|second|third|fourth|next|last|further|more|timer|countdown|me|set|start|do|put|on|quick|both|of|them|mine|single) )*";
pattern!(
    PIECE,
    &format!(
        "(?i)^(?:{ONE}(?:(?:for|of|at|lasting|:) )*(?<length>{LENGTH}|{NUMBER})(?: long)?(?: (?:timer|one|countdown))?(?: (?:now|going|on|up|running|first|too|as well))*(?:,? (?:for|called|named|on|to) (?:(?:the|my|a|an|our|some) )*(?<name>.+?)(?: timer)?)?\
         |{ONE}(?:for|called|named) (?:(?:the|my|a|an|our|some) )*(?<name2>.+?)(?: timer)?(?:[,:]| -| for| at| of| to be| in| on| takes| needs)* (?<length2>{LENGTH}|{NUMBER})\
         |(?:{ONE}(?:the|my|a|an|our|some|for) )*(?<name3>.+?)(?: timer)?(?:[,:]| -| for| at| of| to)* (?<length3>{LENGTH}|{NUMBER})\
         |{ONE}(?<length4>{LENGTH}|{NUMBER}) (?<name4>\\S+(?: \\S+)?) timer)[.!]?$"
    )
);
pattern!(
    TELLS,
    r"(?i)\b(?:i|he|she|it|they|we|you|who|was|were|is|are|went|had|has|have|did|after|before|again|off|from|by|set|used|than|when|then|to|not|instead|rather|every|until|if)\b"
);
pattern!(UNIT, r"(?i)\b(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)\b");

/// "Two timers, eight minutes for the soft eggs and twelve for the hard ones": each with its length and its name.
pub(super) fn start_several(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let reading = Rc::clone(&turn.reading);
    let masked = replace(&BOTH, &reading.masked, "");
    let head = SEVERAL.as_ref()?.find(&masked)?.end();
    let said = masked.get(head..)?;
    let has_length =
        |piece: &str| piece.contains('\u{E000}') || PIECE.as_ref().is_some_and(|one| one.is_match(piece));
    // "The rice, 15 minutes": a name is of the length after it.
    let mut pieces: Vec<String> = Vec::new();
    for piece in AND.as_ref()?.split(said).filter(|piece| !piece.is_empty()) {
        match pieces.last_mut().filter(|last| !has_length(last)) {
            Some(last) => *last = format!("{last}, {piece}"),
            None => pieces.push(piece.to_owned()),
        }
    }
    let mut timers = Vec::new();
    for piece in &pieces {
        let found = PIECE.as_ref()?.captures(piece)?;
        let group = |names: [&str; 4]| {
            names.iter().find_map(|of| found.name(of)).map(|text| reading.unmask(text.as_str()))
        };
        let length = group(["length", "length2", "length3", "length4"])?;
        let name = named(&group(["name", "name2", "name3", "name4"]).unwrap_or_default())?;
        // "The timer went off after 5 minutes and again after 10" tells something.
        if TELLS.as_ref().is_some_and(|tells| tells.is_match(&name)) {
            return None;
        }
        timers.push((length, name));
    }
    // "5, 10 and 15 minutes": all are of the unit that is said.
    let unit = |(length, _): &(String, String)| Some(UNIT.as_ref()?.find(length)?.as_str().to_owned());
    let units: Vec<Option<String>> = timers.iter().map(unit).collect();
    let lengths = timers.iter().enumerate().map(|(at, (length, _))| {
        let others = units.iter().skip(at).chain(units.iter().take(at).rev());
        let spoken = match units.get(at)? {
            Some(_) => length.clone(),
            None => format!("{length} {}", others.flatten().next().map_or("minutes", String::as_str)),
        };
        duration_ms(turn.entities(&spoken, &["duration"]).first()?, turn.now)
    });
    let lengths: Option<Vec<i64>> = lengths.collect();
    let timers: Vec<(String, i64)> = timers.into_iter().map(|(_, name)| name).zip(lengths?).collect();
    (timers.len() > 1).then(|| run_all(turn, &timers))
}

/// "Set a timer until noon".
pub(super) fn start_until(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = turn.entities(&found.text(&["end"])?, &["time", "datetime"]);
    let at = moment(said.first()?, turn.now)?;
    let ms = at.timestamp().as_millisecond() - turn.now_ms();
    (ms > 0).then(|| run(turn, "", &[(ms + 999) / 1000 * 1000]))
}

/// "Alert me in 40 minutes": a length of time; at a time of day it is an alarm.
pub(super) fn start_in(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["end"])?.to_lowercase();
    let length = turn.entities(said.strip_prefix("in ")?, &["duration"]);
    let ms = duration_ms(length.first()?, turn.now)?;
    Some(run(turn, "", &[ms]))
}

pub(super) fn start_unknown(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Start a timer for sixteen minutes, the quiche is in" says how long.
    if found.duration(turn).is_some() {
        return None;
    }
    Some(ask_length(&name(found)?))
}

/// A timer longer than this is an alarm or a slip, in milliseconds: a year.
const LONGEST: i64 = 366 * 86_400_000;

pub(super) fn run(turn: &mut Turn<'_>, name: &str, lengths: &[i64]) -> Reply {
    let timers: Vec<(String, i64)> = lengths.iter().map(|&ms| (name.to_owned(), ms)).collect();
    run_all(turn, &timers)
}

/// Starts timers by their names and lengths.
pub(super) fn run_all(turn: &mut Turn<'_>, timers: &[(String, i64)]) -> Reply {
    if timers.iter().any(|(_, ms)| !(1..=LONGEST).contains(ms)) {
        return Reply::say("A timer can run for up to a year. Ask for a reminder on a date instead.");
    }
    let mut reply = Reply::default();
    let mut started = Vec::new();
    for (name, ms) in timers {
        let mut task = turn.new_task(KIND, name, turn.now_ms() + ms);
        task.length = *ms;
        reply = reply.did("timer", "start").with("duration_s", ms / 1000).with_some("name", name);
        started.push(task.id);
        turn.memory.put(Record::Task(task));
    }
    "starting the timer".clone_into(&mut turn.memory.what);
    let times: Vec<String> = timers
        .iter()
        .map(|(name, ms)| match name.as_str() {
            name if name.is_empty() || timers.len() == 1 => length(*ms),
            name => format!("{} ({name})", length(*ms)),
        })
        .collect();
    let times = series(&times);
    reply.text = match timers {
        [(name, _)] if name.is_empty() => {
            let ways = ["Timer set for", "All right, a timer for", "OK, timer running:"];
            format!("{} {times}.", turn.vary(&ways))
        }
        [(name, _)] => format!("{} timer set for {times}.", capital(name)),
        _ => format!("Timers set for {times}."),
    };
    reply.about("timer", "start", started)
}
