//! Reminders asked for in words that no grammar has.

use super::{KIND, WHAT, ask_what, decide, shown, two};
use crate::skills::loosely::{self, says};
use crate::skills::planned;
use crate::skills::reading::{TIME, pattern, replace};
use crate::skills::schedule::{Schedule, schedule};
use crate::skills::turn::{Reply, Turn};

/// What tells, nudges or keeps from forgetting.
const CORE: &str = concat!(
    r"(?:(?:re-?mind|remember|ping|nudge|notify|alert|prompt|poke|prod|nag|pester|hassle|bug|chivvy|badger|chase|buzz|beep|bleep|warn|tell|mind|ask|shout at|holler at|yell at)(?:ing|ed)? (?:me|us|both of us)(?: both| all| again| back| please| kindly)*",
    r"|(?:be|being|get|want|need|like)(?: (?:some|a))? (?:reminding|reminded|told|telling|nudged|nudging|prompted|prompting|pinged)",
    r"|(?:jog|refresh) (?:my|our) memory",
    r"|(?:i|we) (?:mustn't|must not|must never|can't|cannot|shouldn't|should not|better not|don't want to|do not want to|daren't|dare not|always|keep|will|might|may|tend to|am sure to|am bound to|'ll|dont wanna|don't wanna)(?: just)? forget(?:ting)?",
    r"|(?:i|we) (?:must|need to|have to|have got to|gotta|should|ought to|want to)(?: really)? remember",
    r"|(?:don't|dont|do not|never)(?: you)? let (?:me|us) forget|make sure (?:that )?(?:i|we)(?: (?:don't|dont|do not) forget| remember)?",
    r"|(?:give|gimme|send|drop|shoot|pop|set|put|make|create|add|stick|schedule|need|want|have|get|like|love|appreciate|is|there)(?: (?:me|us|up|down|in|to have))*(?: (?:a|an|the|one|another|some|my))*(?: (?:little|quick|wee|gentle|small|daily|weekly|monthly|new|friendly|recurring|kind|good))* ?(?:reminder|nudge|shout|ping|heads[ -]?up|prod|poke|alert|bell|notification|kick|holler|memo)s?(?: (?:in|up|on|down|set|going|set up))*",
    r"|(?:a |an |the |one )?(?:(?:little|quick|wee|gentle|daily|weekly|monthly|new) )*reminder)",
);

pattern!(ASKS, &format!(r"(?i)\b{CORE}\b"));
// Words around what is to be done that say nothing of it.
pattern!(
    LEADS,
    r"(?i)^(?:[ ,.:;!-]+|(?:please|pls|plz|kindly|then|there|ah|lah|ok|okay|hey|hi|yo|oi|ugh|fine|right|so|and|also|well|oh|love|dear|mate|sotto|too|as well|again|will you|would you|could you|can you|can|could|if you (?:can|could|would|like)|that (?:day|morning|evening|afternoon)|on that day|for (?:me|us)|in|set|up|to say|saying|that says|called|labelled|titled|subject|with the (?:text|words|subject)|tae|2|so (?:that )?(?:i|we)(?: can| could| remember to| don't forget to)?)(?:[ ,.:;!-]+|$))+"
);
pattern!(
    ENDS,
    r"(?i)(?:[ ,.:;!?-]+|(?:^| |, ?)(?:please|pls|plz|kindly|then|thanks|thank you|thx|cheers|ta|too|as well|will you|would you|could you|can you|can|would ya|will ya|if you (?:can|could|would|don't mind|wouldn't mind)|that (?:day|morning|evening|afternoon)|for me|would do|would be (?:great|good|nice|lovely|grand|helpful|perfect|brilliant)|there's a (?:good |dear |old )?(?:lad|love|girl|dear|man|chap|pet)|there's a good (?:lad|man|girl)|on time|this|lah|lor|hor|la|yeah|ok|okay|mate|love|dear|sotto|bro|at))$"
);
pattern!(
    NOTHING,
    r"(?i)^(?:(?:to|about|of|that|for|on|do|at|it|this|them|something|anything|stuff|things|me|us|then|there|i|we|and|so|the|a|an|one|please|thing|same|said|will|would|you|be|not|in|up|is|are|yes|no|need|want|i'd|i'll|i'm|could|can|get|have|like|love|thing|time|note|ok|okay|hey|hi|yo|oi|sotto|dear|thanks|cheers|abeg|sorry|listen|look|right|well|now|today|later|soon)\b[ ,.!?']*)*$"
);
// "I have to ring Anna", "there's a letter to post": what one has to do.
pattern!(
    OUGHT,
    r"(?i)^(?:(?:oh|also|and|hey|yo|listen|look|ugh|god|right|so|ok|okay|but|well)[, ]+)*(?:(?:i|we)(?:'ve|'m|'re|'d|'ll| have| am| are)? ?(?:(?:really|still|also) )?(?:got to|gotta|have to|need to|must|should|ought to|can|could|want to|remember to|supposed to|meant to|going to|got|have|need|always forget(?: to)?|keep forgetting(?: to)?|mustn't forget(?: to)?)|there's|there is|there are) (?<what>.+)$"
);

pub(super) fn proposes(verb: &str) -> &'static str {
    match verb {
        "set" => "set a reminder",
        "change" => "move a reminder",
        "cancel" => "cancel a reminder",
        _ => "",
    }
}

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    match verb {
        "set" => Some(set(turn)),
        "list" => Some(list(turn)),
        "change" => planned::wanted_change(turn, KIND),
        "cancel" => Some(planned::wanted_cancel(turn, KIND)),
        _ => None,
    }
}

fn set(turn: &mut Turn<'_>) -> Reply {
    let reading = loosely::reading(turn);
    let after = ASKS.as_ref().and_then(|asks| asks.find(&reading.plain)).map_or(0, |asks| asks.end());
    if let Some(replies) = reading.plain.get(after..).map(str::to_owned).and_then(|rest| two(turn, &rest)) {
        return replies;
    }
    let pieces = loosely::clauses(&reading);
    let said = loosely::when(turn, &pieces, &ASKS);
    match what(turn, &pieces) {
        Some(what) => decide(turn, Schedule { rest: what, ..said }),
        None => {
            let every = said.every.as_ref().map(|every| every.words()).unwrap_or_default();
            ask_what(format!("{every} {}", said.said).trim())
        }
    }
}

/// What to remind of: what follows the words that ask, or stands before them in their piece, or else in another.
fn what(turn: &Turn<'_>, pieces: &[String]) -> Option<String> {
    let untimed: Vec<String> = pieces.iter().map(|piece| timeless(turn, piece)).collect();
    let asks = |piece: &&String| says(&ASKS, piece);
    let mut found = None;
    for piece in untimed.iter().filter(asks) {
        let asks = ASKS.as_ref()?.find_iter(piece).last()?;
        let after = bare(piece.get(asks.end()..)?);
        if after.is_some() {
            found = longer(found, after);
        }
    }
    if found.is_some() {
        return found;
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
    if colon { after().or_else(before) } else { None }
        .or_else(obliged)
        .or_else(before)
        .or_else(within)
        .or_else(after)
}

/// The longer of two texts, where there are two.
fn longer(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if other.len() > one.len() => Some(other),
        (one, other) => one.or(other),
    }
}

/// A piece without the times in it.
fn timeless(turn: &Turn<'_>, piece: &str) -> String {
    let rest = schedule(turn, piece).rest;
    if says(&ASKS, piece) && !says(&ASKS, &rest) { piece.to_owned() } else { rest }
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
