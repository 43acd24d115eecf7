//! Reminders asked for in words that no grammar has.

use super::{KIND, WHAT, ask_what, decide, decide_each, shown, two};
use crate::skills::every::recurrence;
use crate::skills::filled::Marks;
use crate::skills::loosely::{self};
use crate::skills::planned;
use crate::skills::reading::{TIME, pattern, replace, says};
use crate::skills::schedule::{Schedule, ahead, schedule};
use crate::skills::turn::{Reply, Turn};

/// What tells, nudges or keeps from forgetting.
const CORE: &str = concat!(
    r"(?:(?:re-?mind|remember|ping|nudge|notify|alert|prompt|poke|prod|nag|pester|hassle|bug|chivvy|badger|chase|buzz|beep|bleep|warn|tell|mind|ask|shout at|holler at|yell at)(?:ing|ed)? (?:me|us|both of us)(?: both| all| again| back| please| kindly)*",
    r"|(?:be|being|get|want|need|like)(?: (?:some|a))? (?:reminding|reminded|told|telling|nudged|nudging|prompted|prompting|pinged)",
    r"|(?:jog|refresh) (?:my|our) memory|(?:make|help|let|have) (?:me|us) (?:remember|be reminded)",
    r"|(?:give|gimme|send|drop|shoot|pop|set|put|make|create|add|stick|schedule|need|want|have|get|like|love|appreciate|is|there)(?: (?:me|us|up|down|in|to have))*(?: (?:a|an|the|one|another|some|my))*(?: (?:little|quick|wee|gentle|small|daily|weekly|monthly|new|friendly|recurring|kind|good))* ?(?:reminder|nudge|shout|ping|heads[ -]?up|prod|poke|alert|bell|notification|kick|holler|memo)s?(?: (?:in|up|on|down|set|going|set up))*",
    r"|(?:a |an |the |one )?(?:(?:little|quick|wee|gentle|daily|weekly|monthly|new) )*reminder)",
);

/// What one may forget.
const FORGETS: &str = concat!(
    r"(?:(?:i|we) (?:mustn't|must not|must never|can't|cannot|shouldn't|should not|better not|don't want to|do not want to|daren't|dare not|always|keep|will|might|may|tend to|am sure to|am bound to|'ll|dont wanna|don't wanna)(?: just)? forget(?:ting)?",
    r"|(?:i|we) (?:must|need to|have to|have got to|gotta|should|ought to|want to)(?: really)? remember",
    r"|^(?:so (?:that )?)?(?:i|we)(?: (?:can|do|will|actually|definitely))* remember(?: to| that)?",
    r"|(?:don't|dont|do not|never)(?: you)? let (?:me|us) forget|make sure (?:that )?(?:i|we)(?: (?:don't|dont|do not) forget| remember)?)",
);

pattern!(REMINDS, &format!(r"(?i)\b{CORE}\b"));
pattern!(ASKS, &format!(r"(?i)\b(?:{CORE}|{FORGETS})\b"));
// Words around what is to be done that say nothing of it.
pattern!(
    LEADS,
    r"(?i)^(?:[ ,.:;!-]+|(?:please|pls|plz|kindly|then|there|ah|lah|ok|okay|hey|hi|hiya|hello|howdy|g'day|good (?:morning|afternoon|evening)|evening all|wagwan|alright|yo|oi|ugh|fine|right|so|and|also|well|oh|love|dear|mate|sotto|too|as well|again|will you|would you|could you|can you|can|could|if you (?:can|could|would|like)|that (?:day|morning|evening|afternoon)|on that day|(?:the|a) (?:day|night|evening|morning|week) (?:before|ahead|prior)|beforehand|in advance|for (?:me|us)|in|set|up|to say|saying|that says|called|labelled|titled|subject|with the (?:text|words|subject)|tae|2|so (?:that )?(?:i|we)(?: can| could| remember to| don't forget to)?)(?:[ ,.:;!-]+|$))+"
);
pattern!(
    ENDS,
    r"(?i)(?:[ ,.:;!?-]+|(?:^| |, ?)(?:please|pls|plz|kindly|then|thanks|thank you|thx|cheers|ta|too|as well|will you|would you|could you|can you|can|would ya|will ya|if you (?:can|could|would|don't mind|wouldn't mind)|that (?:day|morning|evening|afternoon)|for me|would do|would be (?:great|good|nice|lovely|grand|helpful|perfect|brilliant)|there's a (?:good |dear |old )?(?:lad|love|girl|dear|man|chap|pet)|there's a good (?:lad|man|girl)|on time|this|lah|lor|hor|la|can|please and thank you|and thank you|yeah|ok|okay|mate|love|dear|sotto|bro|at))$"
);
pattern!(
    NOTHING,
    r"(?i)^(?:(?:to|about|of|that|for|on|do|at|it|this|them|something|anything|stuff|things|me|us|then|there|i|we|and|so|the|a|an|one|please|thing|same|said|will|would|you|be|not|in|up|is|are|yes|no|need|want|i'd|i'll|i'm|could|can|get|have|like|love|thing|time|note|ok|okay|hey|hi|hiya|hello|howdy|g'day|morning|evening|good|cheers|wagwan|alright|yo|oi|sotto|dear|mate|love|pal|son|lad|thanks|cheers|abeg|sorry|listen|look|right|well|now|today|later|soon)\b[ ,.!?']*)*$"
);
// What gives a reason, or is said to Sotto.
pattern!(
    REMARK,
    r"(?i)^(?:(?:i|we|he|she|it|they|that|there|you|who|which|what|mum|dad)(?:'[a-z]+)?|its|im|ive|my|his|her|the|our|this|because|cos|cause|as|or|otherwise|if|in case|before|please|pls|thanks|cheers|ta|will|would|could|can|mate|love|dear|sotto|no|not|don't|dont|since|so|ok|okay|lah|just|for|everyone|everybody)\b|^and (?:i|we|the|my)\b"
);
// "I have to ring Anna", "there's a letter to post": what one has to do.
pattern!(
    OUGHT,
    r"(?i)^(?:(?:oh|also|and|hey|yo|listen|look|ugh|god|right|so|ok|okay|but|well)[, ]+)*(?:(?:i|we)(?:'ve|'m|'re|'d|'ll| have| am| are)? ?(?:(?:really|still|also) )?(?:got to|gotta|have to|need to|must|should|ought to|can|could|want to|remember to|supposed to|meant to|going to|got|have|need|always forget(?: to)?|keep forgetting(?: to)?|mustn't forget(?: to)?)|there's|there is|there are) (?<what>.+)$"
);

pattern!(THAT_DAY, r"(?i)\b(?:that|the same) (?:day|morning|afternoon|evening|night)\b|\bthen\b");
// What moves a reminder is near to setting one.
pattern!(
    CHANGES,
    r"(?i)\b(?:change|move|shift|switch|push|bring|reschedule|postpone|make|put|have|set) (?:the|my|that) .{0,40}\breminder\b"
);

pub(super) fn proposes(verb: &str) -> &'static str {
    match verb {
        "set" => "set a reminder",
        "change" => "move a reminder",
        "cancel" => "cancel a reminder",
        _ => "",
    }
}

pub(super) fn filled(turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
    if verb != "set" {
        return planned::filled(turn, verb, marks.all("what").first().copied(), marks, KIND);
    }
    let several = marks.led("what", &["to", "about", "of", "that"]);
    let of = |(rest, said): (String, Schedule)| Schedule { rest, ..said };
    match several.as_slice() {
        [] => None,
        [what]
            if turn.entities(turn.text, &TIME).is_empty() && recurrence(&turn.reading.plain).0.is_none() =>
        {
            Some(decide(turn, of((what.clone(), Schedule::default()))))
        }
        [what] => marks.when(turn).map(|said| decide(turn, of((what.clone(), said)))),
        // Each has its own time.
        _ => {
            let times: Option<Vec<Schedule>> =
                marks.all("when").into_iter().map(|words| Marks::time(turn, words)).collect();
            let times = times.filter(|times| {
                times.len() == several.len()
                    && times.iter().all(|said| said.at.as_ref().is_some_and(|at| at > turn.now))
            })?;
            Some(decide_each(turn, several.into_iter().zip(times).map(of).collect()))
        }
    }
}

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    match verb {
        "set" => set(turn),
        "list" => Some(list(turn)),
        "change" => planned::wanted_change(turn, &loosely::reading(turn), KIND),
        "cancel" => Some(planned::wanted_cancel(turn, &loosely::reading(turn), KIND)),
        _ => None,
    }
}

fn set(turn: &mut Turn<'_>) -> Option<Reply> {
    let reading = loosely::reading(turn);
    if says(&CHANGES, &reading.plain) && !loosely::named(turn, KIND, &reading).is_empty() {
        return planned::wanted_change(turn, &reading, KIND);
    }
    let after = ASKS.as_ref().and_then(|asks| asks.find(&reading.plain)).map_or(0, |asks| asks.end());
    if let Some(replies) = reading.plain.get(after..).map(str::to_owned).and_then(|rest| two(turn, &rest)) {
        return Some(replies);
    }
    let pieces = loosely::clauses(&reading);
    let what = what(turn, &pieces);
    // "The party is on Friday, remind me at 5 to buy a card" is not for Friday.
    let other_day = what.as_ref().is_none_or(|(_, asked)| !asked) || says(&THAT_DAY, &reading.plain);
    let said = before(turn, &pieces).unwrap_or_else(|| loosely::when(turn, &pieces, &ASKS, other_day));
    Some(match what {
        Some((what, _)) => decide(turn, Schedule { rest: what, ..said }),
        None => {
            let every = said.every.as_ref().map(|every| every.words()).unwrap_or_default();
            ask_what(format!("{every} {}", said.said).trim())
        }
    })
}

/// The time of "the day before" what another piece says: "my flight is on Friday, remind me the day before".
fn before(turn: &Turn<'_>, pieces: &[String]) -> Option<Schedule> {
    let asking = pieces.iter().find(|piece| says(&ASKS, piece))?;
    let mut events = pieces.iter().filter(|piece| !says(&ASKS, piece)).map(|piece| schedule(turn, piece));
    let event = events.rfind(|event| !event.is_empty())?;
    let said = ahead(turn, asking, Some(event))?;
    (!said.is_empty()).then_some(said)
}

/// What to remind of, and whether the piece that asks says it: after the words that ask, or before them; or else another
/// piece does.
fn what(turn: &Turn<'_>, pieces: &[String]) -> Option<(String, bool)> {
    let untimed: Vec<String> = pieces.iter().map(|piece| timeless(turn, piece)).collect();
    let plain = &turn.reading.plain;
    // "I always forget her birthday, remind me to call her": the request says it better.
    for asks in [&REMINDS, &ASKS] {
        let after = untimed.iter().enumerate().filter_map(|(at, piece)| {
            let asks = asks.as_ref()?.find_iter(piece).last()?;
            let mut what = bare(piece.get(asks.end()..)?)?;
            // "To buy milk, eggs and bread" goes on after the comma, and does not with "I'm out of them".
            for next in at + 1..pieces.len() {
                let (Some(piece), Some(more)) = (pieces.get(next), untimed.get(next)) else { break };
                let follows =
                    pieces.get(next - 1).is_some_and(|last| plain.contains(&format!("{last}, {piece}")));
                match bare(more).filter(|_| follows && !says(&REMARK, piece) && !says(&ASKS, piece)) {
                    Some(more) => what = format!("{what}, {more}"),
                    None => break,
                }
            }
            Some(what)
        });
        if let Some(what) = after.max_by_key(String::len) {
            return Some((what, true));
        }
    }
    let at = untimed.iter().position(|piece| says(&ASKS, piece)).unwrap_or_default();
    let ought = |piece: &String| {
        let ought = OUGHT.as_ref()?.captures(piece)?;
        bare(&ought["what"])
    };
    let others = || untimed.iter().enumerate().filter(|(_, piece)| !says(&ASKS, piece));
    let colon = turn.reading.plain.contains(':');
    let after = || others().filter(|(other, _)| *other > at).find_map(|(_, piece)| bare(piece));
    let before = || others().filter(|(other, _)| *other < at).rev().find_map(|(_, piece)| bare(piece));
    let within = || {
        let piece = untimed.get(at)?;
        let asks = ASKS.as_ref()?.find(piece)?;
        bare(piece.get(..asks.start())?)
    };
    let obliged = || others().find_map(|(_, piece)| ought(piece));
    let told = if colon { after().or_else(before) } else { None };
    told.or_else(obliged).or_else(before).or_else(within).or_else(after).map(|what| (what, false))
}

/// A piece without the times in it.
fn timeless(turn: &Turn<'_>, piece: &str) -> String {
    let rest = schedule(turn, piece).rest;
    if says(&ASKS, piece) && !says(&ASKS, &rest) { piece.to_owned() } else { rest }
}

/// Whether a text says something to be reminded of.
pub(super) fn tells(text: &str) -> bool {
    bare(text).is_some()
}

/// What is left of a text without politeness and the like; `None` if that says nothing.
fn bare(text: &str) -> Option<String> {
    let mut text = text.trim().to_owned();
    loop {
        let shorter = replace(&ENDS, &replace(&LEADS, &text, ""), "").trim().to_owned();
        if shorter == text {
            break;
        }
        text = shorter;
    }
    let told = replace(&WHAT, &text, "");
    (!says(&NOTHING, &told)).then_some(text)
}

fn list(turn: &mut Turn<'_>) -> Reply {
    let reading = loosely::reading(turn);
    let named = loosely::named(turn, KIND, &reading);
    let timed = reading.entities_in(&reading.masked).find(|entity| TIME.contains(&entity.entity.as_str()));
    match timed {
        _ if !named.is_empty() => shown(turn, &named),
        Some(day) if day.entity == "date" => {
            let none = format!("Nothing to remind you of {}.", day.text);
            Reply::say(none).did("reminder", "list").with("count", 0)
        }
        _ => shown(turn, &turn.tasks(KIND)),
    }
}
