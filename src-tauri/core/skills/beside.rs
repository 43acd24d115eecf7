//! A request with a remark beside it: "I've parked on a meter, so remind me in an hour to move the car", "clear the
//! shopping list, we did the big shop".
//!
//! A message is cut where a request could begin or end. What is on one side is done where it alone has exact syntax, and
//! what is on the other gives a reason: it is no condition, question or report of what others say.

use super::reading::{pattern, says, tidy};
use super::slips;
use super::turn::{Reply, Turn};
use super::{ALL, alarm};

/// What asks, before the request itself.
const ASK: &str = r"(?:(?:please|pls|kindly|just|can (?:you|u|ye)|could (?:you|u|ye)|would you|will you|you can|you may|you could|you might|maybe you can) +)";

/// How requests begin that are understood beside a remark.
const ORDER: &str = r"(?:set|start|put|make|create|add|remind me|nudge me|ping me|poke me|give me|gimme|do me|do us|beep|wake me|get me up|alarm|timer|time|count|take|cancel|stop|delete|remove|kill|end|drop|bin|ditch|forget|lose|scrap|scrub|strike|scratch|chuck|throw|stick|pop|bung|whack|fling|clear|wipe|empty|erase|pause|resume|disable|turn|switch|get|move|shift|push|bring|change|update|correct|fix|rename|check|uncheck|untick|tick|mark|cross|note|write|jot|log|record|save|keep|store|flip|toss|roll|pick|choose|think of|spell|how (?:do|would) (?:i|you) (?:spell|write)|how (?:is|are) \w+ (?:spelled|spelt)|how \w+ is (?:spelled|spelt)|tell me|let me|lemme|remember|what(?:'s| is| are| day| date| time| does my| do i| did i| would| will)|which (?:day|weekday|timer|alarm|reminder|list|note)|how (?:many|much|long|often|does|do)|where(?:'s| is| are| do)|have i|did i|do i|is (?:my|the)|are (?:my|the)|any|when did i|who (?:do|did) i|what (?:are|can) you|find|look|go through|dig|search|read|show|list|export|download|call me|address me|when i say|extend|shorten|cut|knock|shave|trim|include|swap|replace|unlearn|i(?:'d| would) like|i need|i want|one more|another)\b";

pattern!(
    CUT,
    &format!(
        r#"(?i)(?:(?<end>[.!?…]+["')]* +|\n+)|(?<mark>[,;:] +| +[-–—]+ +)|(?<so> +(?:so|therefore|hence) +)|(?<asks> +(?:(?:is|are|was|keeps?|were) asking(?: me| us)?|wants? to know),? +)|(?<joint> +(?:but|and|then) +))(?:(?<then>so|therefore|hence) +|(?:and|but|then|now|ok|okay|yeah|um|well|right)[, ]+)*{ASK}*|(?<ask> +(?:and )?){ASK}+"#
    )
);
pattern!(OPENS, &format!("(?i)^{ASK}*{ORDER}"));

// What is no reason for a request: a condition, a question, a refusal, or what others say.
pattern!(
    CONDITION,
    r"(?i)^(?:if|when|whenever|once|unless|until|as soon as|in case|imagine|suppose|i wish)\b"
);
pattern!(
    NO_REASON,
    r"(?i)^(?:before|after|how|what|why|who|where|which|can|could|should|shall|would|will|do|does|did|is|are|was|were|have|has|don't|do not|dont|never|not|no|call|text|message|email|send|remember|note|write)\b|\x22"
);
pattern!(
    REPORT,
    r"(?i)\b(?:said|says|say|saying|told|tells|telling|asked|asks|used to|supposed to|forgot|heard|dreamed|dreamt|wrote|writes|always tries|like to|love to|hate to)\b"
);

/// How a remark goes on after its subject.
const VERB: &str = r"(?:is|are|isn't|aren't|was|were|has|have|hasn't|had|can|can't|could|will|won't|would|does|doesn't|did|didn't|must|needs?|wants?|got|gets?|gave|gives?|given|goes|went|comes?|came|keeps?|kept|hates?|loves?|likes?|broke|breaks|starts?|started|ends?|ended|runs?|ran|takes?|took|makes?|made|says?|said|left|leaves?|already|just|finally|never|always|only|\w+ed)";

pattern!(
    REASON,
    &format!(
        r"(?i)^(?:(?:because|cause|cos|coz|since|as|before|while|in case|otherwise|or else) +)?(?:(?:i|i'm|im|i've|ive|i'd|i'll|we|we're|we've|we'll|he|she|they|they're|they'd|they've|he's|she's|it's|its|it|that's|there's|there are|you're|for (?:a|my|the|our))\b|(?:(?:the|my|our|his|her|their|this|that|those|these|some) +)?(?:[\w'-]+ +){{0,3}}?[\w-]+(?:'s|'ve|'ll|'d| {VERB})\b|(?:the|a|an|my|our) (?:\w+ ){{1,5}}(?:one|kind|sort)\b|(?:found|wants? to|wanted to|trying to|going to|about to|lost|just|already|quick(?:ly)?|no rush|no hurry|doctor's orders|doctors orders)\b).*"
    )
);
// "Milk that is fresh to the shopping list" is the rest of the request.
pattern!(REST, r"(?i)\b(?:to|on|onto|from|off|in) (?:the|my|our) (?:[\w-]+ )?list$");
// Without a mark between them "the alarm I set for 8" says which one, and not why.
pattern!(
    UNMARKED,
    r"(?i) +(?:because|cause|cos|coz|since|before i (?:forget|lose)|while i(?:'m)?|in case|otherwise|so (?:i|we|that)|or (?:they|i|we|he|she|it)(?:'ll|ll| will| might)?|as (?:i|we|it|he|she|they)(?:'m|'re|'s| am| are| is| have| need)?|i'm|im|we're|we are|it's|its|he's|she's|they're|(?:mum|mom|dad|anna|everyone|somebody|someone)(?: has|'s| is)? (?:already|just))\b"
);
// "…, it was about the garden" says which one after all.
pattern!(
    WHICH,
    r"(?i)^(?:it|the one|the other|that|that one|i mean|not|no)\b.*\b(?:about|for|called|named|one)\b|\bone$"
);
pattern!(
    GENERAL,
    r"(?i)^(?:for (?:a|my|the|our)|because|cause|since|as|it's for|its for|the big|the small|before|while)\b"
);
// "It needs fifty minutes, can you time that", "so wake me at 6 that day": what the remark says is part of it.
pattern!(
    TIMED,
    r"(?i)^(?:time (?:it|that|this)|(?:set|start|make|put on|put|stick on|stick|pop|chuck|get)(?: (?:a|the|me a))? timer(?: on| going)?(?: for (?:that|it|this))?|(?:start|set|put me on) the clock|(?:start )?count(?:ing)?(?: it)?(?: down)?|put (?:it|that) on (?:the clock|a timer))$"
);
pattern!(
    SETS,
    &format!(
        "(?i)^{ASK}*(?:set|put|make|create|add|give|get|have|wake|alarm|an? |remind|i need|i want|do)\\b"
    )
);
pattern!(THAT_DAY, r"(?i) (?:on )?that (?:day|morning)\b");
// "I have to pay the rent on the first, so remind me".
pattern!(
    REMINDS,
    "(?i)^(?:remind me|don't let me forget|dont let me forget|make sure (?:that )?i (?:don't|dont|do not) forget|(?:set|make|give|create)(?: me)? a reminder)(?: (?:of|about|for|to do) (?:it|that|this))?(?<when>(?: (?:at|on|in|by|for|every|from))?(?: \u{E000}t\\d+\u{E001})?)$"
);
pattern!(
    OUGHT,
    r"(?i)^(?:(?:oh|also|and|hey|listen|look|ugh|god|right|so)[, ]+)*(?:i|we)(?:'ve|'m|'re| have| am| are)? ?(?:got to|gotta|have to|need to|must|should|ought to|want to|(?:going|supposed|meant) to|(?:keep|kept|always|usually) forget(?:ting)? (?<to>to )?)(?: )?(?<what>.+)$"
);
pattern!(
    NOTES,
    r"(?i)^(?:(?:note|jot|log|record) (?:that|this|it)(?: down)?|(?:write|jot|put|take|get) (?:that|this|it) down|(?:write|save|keep|store|put|record|log) (?:that|this|it) (?:in|to|as) (?:my |a |the )?notes?|(?:note|make a note of|take a note of|keep a note of) (?:that|this|it)|remember (?:that|this|it))(?: (?:for me|for later|somewhere))*$"
);

/// The longest message in which a request is looked for, in bytes.
pub(super) const LONGEST: usize = 400;

/// The longest request, in bytes, that does not begin as requests do.
const SHORT: usize = 80;

/// Does what is asked for beside a remark.
pub(super) fn asked(turn: &mut Turn<'_>) -> Option<Reply> {
    let tidied = slips::mended(&tidy(turn.text));
    // A long text is a journal entry, and has too many places to cut.
    if tidied.len() > LONGEST {
        return None;
    }
    let tidied = tidied.trim_end_matches(['.', '!', '?', ' ']);
    // What cannot be done is said only where nothing can.
    let mut refused = None;
    after_reason(turn, tidied, &mut refused).or_else(|| before_reason(turn, tidied, &mut refused)).or(refused)
}

fn after_reason(turn: &mut Turn<'_>, text: &str, refused: &mut Option<Reply>) -> Option<Reply> {
    for cut in CUT.as_ref()?.captures_iter(text) {
        let (reason, order) = (text.get(..cut.get(0)?.start())?, text.get(cut.get(0)?.end()..)?);
        let ended = cut.name("end").is_some();
        let follows = ended || cut.name("so").or(cut.name("then")).or(cut.name("asks")).is_some();
        // "Hey so …" gives no reason yet.
        if order.is_empty() || !ended && reason.split(' ').count() < 2 {
            continue;
        }
        let order = order.trim_end_matches(['.', '!', '?', ' ']);
        if says(&NOTES, order) {
            return alone(turn, &format!("note that {}", reason.trim_end_matches([',', ' '])), true, refused);
        }
        if says(&CONDITION, reason) || !ended && says(&NO_REASON, reason) || !follows && says(&REPORT, reason)
        {
            return None;
        }
        if let Some(reply) = of_what_was_said(turn, reason, order) {
            return Some(reply);
        }
        if cut.name("joint").is_some() && reason.split(' ').count() < 3 {
            continue;
        }
        let order = with_its_time(turn, reason, order);
        let mut reply = alone(turn, &order, false, refused);
        if reply.is_none() && (says(&OPENS, &order) || order.len() <= SHORT) {
            reply = before_reason(turn, &order, refused);
        }
        if let Some(reply) = reply {
            return Some(reply);
        }
    }
    None
}

/// "I have to pay the rent on the first, so remind me": what of is what was said.
fn of_what_was_said(turn: &mut Turn<'_>, said: &str, order: &str) -> Option<Reply> {
    let said = said.trim_end_matches([',', ' ']);
    let reading = super::reading::Reading::new(order, turn.read);
    let when = reading.unmask(&REMINDS.as_ref()?.captures(&reading.masked)?["when"]);
    let what = match OUGHT.as_ref()?.captures(said) {
        Some(ought) if ought.name("to").is_none() && ought[0].to_lowercase().contains(" forget") => {
            format!("about {}", &ought["what"])
        }
        Some(ought) => format!("to {}", &ought["what"]),
        // "Tablets at 8 every evening, don't let me forget".
        None if said.split(' ').count() <= 9 && !says(&REASON, said) => format!("of {said}"),
        None => return None,
    };
    alone(turn, &format!("remind me{when} {what}"), true, &mut None)
}

/// The order, with the length, the day or the time that only the reason says.
fn with_its_time(turn: &Turn<'_>, reason: &str, order: &str) -> String {
    let lengths = turn.entities(reason, &["duration"]);
    if let ([length], true) = (lengths.as_slice(), says(&TIMED, order)) {
        return format!("set a timer for {}", length.text);
    }
    // "The bus leaves at 8, so I must be up at 7, set an alarm": the last of them.
    let last = CUT.as_ref().and_then(|cut| cut.find_iter(reason).last()).map_or(0, |cut| cut.end());
    let last = reason.get(last..).unwrap_or_default();
    let mut times = turn.entities(last, &["date", "time", "datetime"]);
    if times.is_empty() {
        times = turn.entities(reason, &["date", "time", "datetime"]);
    }
    if !says(&SETS, order) {
        return order.to_owned();
    }
    let untimed = turn.entities(order, &["date", "time", "datetime"]).is_empty();
    if untimed && alarm::wakes(order) && times.iter().any(|time| time.entity != "date") {
        let times: Vec<&str> = times.iter().map(|time| time.text.as_str()).collect();
        return format!("{order} {}", times.join(" "));
    }
    let Some(day) = times.iter().find(|day| day.entity == "date") else { return order.to_owned() };
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

/// The longest request that a remark follows.
fn before_reason(turn: &mut Turn<'_>, text: &str, refused: &mut Option<Reply>) -> Option<Reply> {
    let marked = CUT.as_ref()?.captures_iter(text).filter_map(|cut| {
        let ended = cut.name("end").is_some();
        let marked = ended || cut.name("mark").is_some();
        marked
            .then(|| (cut.get(0).map_or(0, |all| all.start()), cut.get(0).map_or(0, |all| all.end()), ended))
    });
    let cuts: Vec<(usize, usize, bool)> = marked.collect();
    for (start, end, ended) in cuts.into_iter().rev() {
        let (order, reason) = (text.get(..start)?, text.get(end..)?);
        let tells_which = says(&WHICH, reason) && !says(&GENERAL, reason);
        let gives_reason = ended || says(&REASON, reason) && !says(&REST, reason);
        if !gives_reason || tells_which || order.contains('"') || says(&CONDITION, reason) {
            continue;
        }
        if let Some(reply) = alone(turn, order, true, refused) {
            return Some(reply);
        }
    }
    let cuts: Vec<usize> = UNMARKED.as_ref()?.find_iter(text).map(|found| found.start()).collect();
    cuts.into_iter().rev().find_map(|start| {
        let order = text.get(..start)?;
        // "Remind me in 5 minutes because" and "what was …" are for the whole.
        says(&OPENS, order).then(|| alone(turn, order, true, refused))?
    })
}

/// Skills whose answer is worth hearing where nothing was done: "you have no alarms".
const HOLDS: &[&str] = &["timer", "alarm", "reminder", "list", "note"];

/// The acts of who wants something.
const ASKS: &[&str] = &["request", "question"];

/// Does a request by its exact syntax. One that does not begin as requests do is short, and is one to the model unless it
/// is the `beginning`: then it is for the skill whose intent it is.
fn alone(turn: &mut Turn<'_>, order: &str, beginning: bool, refused: &mut Option<Reply>) -> Option<Reply> {
    let analyze = turn.scene.analyze;
    let asking = || analyze(order).filter(|analysis| ASKS.contains(&analysis.act.name.as_str()));
    let mut skills = ALL.to_vec();
    if !says(&OPENS, order) {
        if order.len() > SHORT {
            return None;
        }
        if !beginning {
            let intent = asking()?.intent.name;
            skills.retain(|skill| skill.serves(&intent));
        }
    }
    let mut again = turn.saying(order);
    let (skill, reply) =
        skills.iter().find_map(|skill| skill.exact(&mut again).map(|reply| (skill.name(), reply)))?;
    let answers = !reply.actions.is_empty() || reply.asked.is_some() || HOLDS.contains(&skill);
    if !answers && reply.refused.is_some() && refused.is_none() && asking().is_some() {
        *refused = Some(reply);
        return None;
    }
    answers.then_some(reply)
}
