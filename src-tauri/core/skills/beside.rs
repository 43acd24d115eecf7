//! A request with a remark beside it: "I've parked on a meter, so remind me in an hour to move the car", "clear the
//! shopping list, we did the big shop".

use std::sync::LazyLock;

use super::reading::{pattern, tidy};
use super::turn::{Reply, Turn};
use super::{ALL, alarm};

/// What asks, before the request itself.
const ASK: &str =
    r"(?:(?:please|pls|kindly|just|can (?:you|u)|could (?:you|u)|would you|will you|you can|you may) +)";

/// How requests begin that are understood beside a remark.
const ORDER: &str = r"(?:set|start|put|make|create|add|remind me|wake me|get me up|alarm|timer|take|cancel|stop|delete|remove|kill|end|drop|bin|ditch|forget|scrap|clear|wipe|empty|pause|resume|disable|turn off|switch off|get rid of|move|change|rename|check|tick|mark|cross|note|write down|jot|time (?:that|it|this)|flip|toss|roll|pick|choose|spell|how (?:do|would) (?:i|you) spell|how \w+ is (?:spelled|spelt)|tell me|what(?:'s| is| day| date| time| does my)|which (?:day|weekday)|how (?:many|much|long|often)|when did i|who (?:do|did) i|what (?:are|can) you|find|look up|dig out|search|read|show|list|export|call me|when i say)\b";

pattern!(
    JOINT,
    &format!(
        r"(?i)(?:,? +(?:and )?(?:so|but)\b,?|[,;:.!]| +-+)(?: +(?:and|so|but|then|now))? +{ASK}*|,? +(?:and )?{ASK}+"
    )
);
pattern!(OPENS, &format!("(?i)^{ORDER}"));

// What is no reason for a request: a condition, a question, a refusal, or what others say.
pattern!(
    NO_REASON,
    r"(?i)^(?:if|when|whenever|once|before|after|unless|until|as soon as|in case|imagine|suppose|how|what|why|who|where|which|can|could|should|shall|would|will|do|does|did|is|are|was|were|have|has|don't|do not|dont|never|not|no|call|text|message|email|send|remember|note|write)\b|\b(?:said|says|say|saying|told|tells|telling|asked|asks|used to|supposed to|forgot|heard|dreamed|dreamt|wrote|writes|always tries|like to|love to|hate to)\b|\x22"
);
pattern!(
    REASON,
    r"(?i)^(?:(?:because|cause|since|as) +)?(?:(?:i|i'm|im|i've|ive|we|we're|we've|he|she|they|it's|its|it|that's|there's|for (?:a|my|the))\b|(?:the |my |our )?\w+(?:'s| is| are| was| has| have| already| just| broke| bought| came| left| got)\b|(?:they're|you're)\b).+"
);
// Without a mark between them "the alarm I set for 8" says which one, and not why.
pattern!(
    UNMARKED,
    r"(?i)^(?:(?:please|can (?:you|u)|could (?:you|u)|you can) )*(?<order>(?:cancel|stop|delete|remove|kill|end|clear|clear out|empty|turn off|switch off|drop|forget|scrap|pause|resume|disable|bin|ditch) (?:the|my|that|this|all|our|tomorrow's|tomorrows) .+?) +(?:(?:because|cause|since) .+|(?:i'm|im|we're|we are|i am|it's|its|he's|she's|they're)\b.+)$"
);
// "…, it was about the garden" says which one after all.
pattern!(WHICH, r"(?i)\b(?:about|for|called|named)\b");
pattern!(GENERAL, r"(?i)^(?:for (?:a|my|the)|because|cause|since|as|it's for|its for)\b");
// "It needs fifty minutes, can you time that", "so wake me at 6 that day": what the remark says is part of it.
pattern!(TIMED, r"(?i)^(?:time (?:it|that|this)|(?:set|start|make|put on) (?:a|the) timer)$");
pattern!(THAT_DAY, r"(?i) (?:on )?that (?:day|morning)\b");

/// Does what is asked for beside a remark, where it alone has exact syntax.
pub(super) fn asked(turn: &mut Turn<'_>) -> Option<Reply> {
    let tidied = tidy(turn.text);
    let tidied = tidied.trim_end_matches(['.', '!', '?', ' ']);
    after_reason(turn, tidied).or_else(|| before_reason(turn, tidied))
}

fn is(pattern: &LazyLock<Option<regex::Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

fn after_reason(turn: &mut Turn<'_>, text: &str) -> Option<Reply> {
    for joint in JOINT.as_ref()?.find_iter(text) {
        let (reason, order) = (text.get(..joint.start())?, text.get(joint.end()..)?);
        // "Hey so …" gives no reason yet.
        if reason.split(' ').count() < 2 {
            continue;
        }
        if is(&NO_REASON, reason) {
            return None;
        }
        if is(&OPENS, order)
            && let Some(reply) = alone(turn, &with_its_time(turn, reason, order))
        {
            return Some(reply);
        }
    }
    None
}

/// The order, with the length or the day that only the reason says.
fn with_its_time(turn: &Turn<'_>, reason: &str, order: &str) -> String {
    let lengths = turn.entities(reason, &["duration"]);
    if let ([length], true) = (lengths.as_slice(), is(&TIMED, order)) {
        return format!("set a timer for {}", length.text);
    }
    let days = turn.entities(reason, &["date", "datetime"]);
    let Some(day) = days.first().filter(|day| day.entity == "date") else { return order.to_owned() };
    let to_come = day.value.get(..10).is_some_and(|date| *date >= *turn.now.date().to_string());
    if !to_come || !turn.entities(order, &["date", "datetime"]).is_empty() {
        return order.to_owned();
    }
    match THAT_DAY.as_ref().and_then(|that| that.find(order)) {
        Some(that) => order.replacen(that.as_str(), &format!(" {}", day.text), 1),
        None if alarm::wakes(order) => format!("{order} {}", day.text),
        None => order.to_owned(),
    }
}

fn before_reason(turn: &mut Turn<'_>, text: &str) -> Option<Reply> {
    for (at, mark) in text.match_indices([',', ';', '.']) {
        let (order, reason) = (text.get(..at)?, text.get(at + mark.len()..)?.trim_start());
        let tells_which = is(&WHICH, reason) && !is(&GENERAL, reason);
        if !is(&REASON, reason) || tells_which || order.contains('"') {
            continue;
        }
        if let Some(reply) = alone(turn, order) {
            return Some(reply);
        }
    }
    let order = UNMARKED.as_ref()?.captures(text)?["order"].to_owned();
    alone(turn, &order)
}

/// Skills whose answer is worth hearing where nothing was done: "you have no alarms".
const HOLDS: &[&str] = &["timer", "alarm", "reminder", "list", "note"];

fn alone(turn: &mut Turn<'_>, order: &str) -> Option<Reply> {
    let mut again = turn.saying(order);
    let (skill, reply) =
        ALL.iter().find_map(|skill| skill.exact(&mut again).map(|reply| (skill.name(), reply)))?;
    let answers = !reply.actions.is_empty() || reply.asked.is_some() || HOLDS.contains(&skill);
    answers.then_some(reply)
}
