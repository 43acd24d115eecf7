//! A message made ready for grammar: white space and quotes tidied, politeness
//! taken off, dates, times and durations read and put out of the way.

use std::sync::LazyLock;

use jiff::{Span, ZonedDateTime};
use regex::Regex;

use super::slips;
use crate::Entity;

/// The kinds of entities that are points in time.
pub(super) const TIME: [&str; 3] = ["date", "time", "datetime"];

/// Finds dates, times, durations and numbers by rule.
pub(super) type Read<'a> = dyn Fn(&str) -> Vec<Entity> + 'a;

pub(super) struct Reading {
    /// The message, tidied, without politeness around it.
    pub plain: String,
    /// The same, with a mark in place of every date, time and duration.
    pub masked: String,
    /// The message, tidied only.
    pub whole: String,
    entities: Vec<Entity>,
}

/// Begins and ends a mark: private characters, which nobody types.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
            let regex = regex::Regex::new($pattern);
            debug_assert!(regex.is_ok(), "{regex:?}");
            regex.ok()
        });
    };
}
pub(super) use pattern;

/// A pattern that was compiled when it was first needed, and is none if it is wrong.
pub(super) type Pattern = LazyLock<Option<Regex>>;

/// Whether a text has what a pattern looks for.
pub(super) fn says(pattern: &Pattern, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

pattern!(
    BEFORE,
    r"(?xi)^(?:(?:hey|hi|hello|yo|ok|okay|well|so|um+|uh+|hm+|alright|right|oh|ah|ugh|oi|sorry|(?:look|listen)(?:\ here|\ up)?,|actually|please\ to|please|pls|plz|sotto|assistant|computer|siri|alexa|google|olly|cortana
     |kindly|and|then|also|now|just|quick(?:ly)?|good\ (?:morning|evening|afternoon)|dear(?:\ sotto)?|darling|dude|bro|mate|man|jesus|christ|god|yeah|yep|aye|one\ more\ thing|by\ the\ way|btw|my\ turn|abeg|bhai|oga|boss|for\ the\ love\ of\ god|for\ (?:god|heaven|pete)'s\ sake|(?:real\ )?quick\ (?:one|question))[,!.…]*\ +
     |(?:please\ )?(?:can|could|would|will|won't|can't|couldn't)\ (?:you|u|ye|ya|we)\ (?:please\ |kindly\ |just\ |maybe\ |possibly\ |perhaps\ |like\ |quickly\ )*(?:be\ (?:a\ (?:love|dear|darling|star|pal)|an\ angel|so\ (?:good|kind)(?:\ as)?)\ (?:and|to)\ |do\ me\ a\ favou?r\ and\ )?
     |(?:please\ )?be\ (?:a\ (?:love|dear|darling|star|pal)|an\ angel|so\ (?:good|kind)(?:\ as)?)\ (?:and|to)\ |(?:how|what)\ about\ (?:you\ )?|why\ don't\ you\ |any\ chance\ (?:you|u)\ (?:could|can)\ |is\ there\ any\ (?:way|chance)\ (?:you|u)\ (?:could|can)\ |feel\ free\ to\ |(?:you'd|you\ had)\ better\ |you\ (?:might|could)\ |(?:i'd|i\ would|i'll|i\ shall|we)\ (?:appreciate\ it\ if\ you(?:'d|\ could|\ would)?|be\ (?:very\ |so\ |most\ |ever\ so\ )?(?:grateful|obliged|thankful)\ if\ you(?:'d|\ could|\ would)?|(?:be\ )?need(?:ing)?)\ |make\ sure\ (?:to|you)\ (?:please\ )?
     |(?:i\ would|i'd)\ like\ (?:you\ )?to\ |i\ (?:want|need)\ you\ to\ |(?:i\ (?:need|want)|i'd\ like)\ to\ know\ |i\ (?:want|need|would\ like)\ that\ you\ |i\ want\ that\ (?<when>when\ i)\ |before\ i\ forget,?\ |mind\ (?:and|you)\ |i\ want\ to\ |i\ wanna\ |(?:i'm|i\ am)\ wanting\ you\ to\ |i\ need\ for\ you\ to\ |i\ was\ wondering\ if\ you\ could\ |let's\ |let\ us\ |i\ wish\ to\ |if\ you(?:'d|\ could|\ would|\ wouldn't\ mind|\ don't\ mind)(?:\ please)?,?\ |(?:would|are)\ you\ (?:be\ )?able\ to\ |do\ the\ needful\ and\ |(?:y'all|you)\ (?:gotta|have\ to|must)\ |let\ me\ (?:just\ )?
     |i'd\ like\ |i\ would\ like\ |may\ i\ have\ |can\ i\ (?:have|get)\ |could\ i\ (?:have|get)\ |can\ we\ |could\ we\ |can\ i\ |could\ i\ 
     |it(?:'d|\ would)\ be\ (?:great|good|nice|lovely|brilliant|wonderful|helpful|awesome|amazing)\ if\ (?:you|u)\ (?:could|would|can)\ (?:please\ |just\ )*|would\ it\ be\ possible\ (?:for\ you\ )?to\ |is\ it\ possible\ (?:for\ you\ )?to\ |i\ wonder\ (?<asked>what|when|how)\ |go\ ahead\ and\ |be\ so\ kind\ (?:as\ )?to\ |do\ me\ a\ favou?r\ and\ |would\ you\ mind\ |you\ (?:can|should)\ |i\ (?:need\ to|gotta|must)\ (?<verb>set|add|start|create|make|put|cancel|remove|delete|see|take|check)\ )"
);
pattern!(
    AFTER,
    r"(?i)(?:[,]? (?:please|pls|plz|thanks|thank you|thx|for me|sotto|right now|now|ok|okay|will you|would you|could you|can you|if you can|if you could|if possible|if you would|if you please|if you like|if you (?:don't|wouldn't) mind|if it's not too much (?:trouble|to ask)|if that's (?:ok|okay|alright|all right|possible)|if it's all the same to you|would ya|will ya|can ya|there's a (?:good (?:fella|lad|man|girl|chap)|love|dear)|before i forget|at the moment|straight away|right away|asap|many thanks|thanks a (?:lot|million)|thank you (?:very|so) much|abeg|yaar|na|kindly|only|(?:that |it )?(?:would|'d) be (?:grand|great|brilliant|lovely|nice|good|perfect|fab|fantastic|helpful|appreciated)|rn|tho|eh|innit|lol|haha|bud|good man|real quick|when you can|when you get a (?:chance|moment|minute|sec|second)|cheers|ta|today please|all in all)|[.!?…]+|,)$"
);
// Whom they speak to; "flowers for my love" are for someone else.
pattern!(
    DEAR,
    r"(?i)(?<comma>,)? (?:my )?(?:love|pet|dear|darling|sweetheart|hun|mate|buddy|pal|bro|dude|friend|yeah)$"
);
pattern!(
    MORE,
    r"(?i)\b(\S+) (?:more|extra|additional) (seconds?|secs?|minutes?|mins?|hours?|days?|weeks?)\b"
);
pattern!(
    LOOSE,
    r"(?i)\b(add|take|subtract|remove|knock|shave|cut|chop|trim|give me|for|another|extra|by|timer|pasta|it|with|from|in) (?:a|one|another) (minute|second|day|week)\b"
);

pattern!(FILLER, r"(?i)(?:^|[ ,]+)(?:um+|uh+|erm+|ehm+|hmm+)\b[,.]?(?: +|$)");
pattern!(U, r"(?i)\bu\b");
// "Set a second timer for ten minutes": one more, and none of a second.
pattern!(
    ONE_MORE,
    r"(?i)\b(?:a|one) (?:second|third|fourth|fifth|2nd|3rd|4th|5th) (timer|alarm|reminder|countdown)\b"
);
// There is one device, wherever it stands.
pattern!(
    ROOM,
    r"(?i)\b(timers?\b.*?) (?:in|on) (?:the|my) (?:kitchen|living room|bedroom|bathroom|office|garage|dining room|basement|hallway|lounge)(?: speaker)?\b"
);
// "Add milk unless it is already on it": what is on a list is not put on it twice.
pattern!(
    UNLESS,
    r"(?i),? (?:unless|if) it(?:'s| is|s| isn't)(?: not)?(?: already)? (?:on (?:it|there|the list|my list)|there)(?: already)?$"
);
pattern!(PLEASE, r"(?i),? (?:please|pls|plz)\b,?");
pattern!(
    VAGUE,
    r"(?i)\b(?:like|just) ((?:\d|one |two |three |four |five |six |seven |eight |nine |ten |fifteen |twenty |thirty |half ))"
);
/// A time, a day or a number, as someone says it by mistake or in its place.
const MEANT: &str = r"(?:\d{1,3}(?:[:.]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|noon|midnight|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)";

// "At 2, sorry, 3 pm": what is meant is the second.
pattern!(
    REPAIR,
    &format!(
        r"(?i)\b{MEANT}(?: ?(?:am|pm|o'clock|seconds?|minutes?|mins?|hours?))?,? (?:(?:no wait|wait no|no sorry|sorry|no|wait|i mean|i meant|scratch that|make that|oops),? )+(?:at )?(?<meant>{MEANT}\b)"
    )
);
// "A 5 minute timer, no wait, make that 6 minutes".
pattern!(
    OTHER_LENGTH,
    &format!(
        r"(?i)\b{MEANT}[ -](?:second|minute|hour)s? timer,? (?:(?:no wait|wait no|no sorry|sorry|no|wait|actually|i mean|i meant|scratch that|make (?:that|it)|oops),? )+(?<meant>{MEANT} (?:seconds?|minutes?|mins?|hours?))\b"
    )
);
// "Alarm for 0630", "at 5 thirty".
pattern!(
    FOUR_DIGITS,
    r"(?i)\b(?<alarm>(?:alarms?|wake (?:me|us)(?: up)?)\b.*? (?:for|at) )(?<hour>[01]\d|2[0-3])(?<minute>[0-5]\d)\b"
);
pattern!(THIRTY, r"(?i)\b(?<hour>\d{1,2}) thirty\b");
// "Every mon wed fri".
pattern!(
    DAYS,
    r"(?i)\b(?<day>mon|tues?|wed|thu|fri|sat|sun)(?:day)? (?<next>(?:mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?)\b"
);
pattern!(
    KEEPS,
    r"(?i)^(?:please )?(?:take|make|note|memo|write|jot|remember|remind|keep|save|new note|quick note|when|if|whenever|add|put)\b"
);
pattern!(MIND, r"(?i)^(?:would|do) you mind (?<verb>\pL+ing)\b");

/// Verbs after "would you mind".
const GERUNDS: &[(&str, &str)] = &[
    ("starting", "start"),
    ("setting", "set"),
    ("adding", "add"),
    ("putting", "put"),
    ("making", "make"),
    ("cancelling", "cancel"),
    ("canceling", "cancel"),
    ("removing", "remove"),
    ("deleting", "delete"),
    ("reading", "read"),
    ("telling", "tell"),
    ("noting", "note"),
    ("reminding", "remind"),
    ("waking", "wake"),
    ("timing", "time"),
    ("writing", "write"),
    ("jotting", "jot"),
    ("popping", "pop"),
    ("sticking", "stick"),
    ("giving", "give"),
    ("letting", "let"),
    ("looking", "look"),
    ("finding", "find"),
    ("rolling", "roll"),
    ("flipping", "flip"),
    ("tossing", "toss"),
    ("picking", "pick"),
    ("choosing", "choose"),
    ("spelling", "spell"),
    ("counting", "count"),
    ("calling", "call"),
    ("saving", "save"),
    ("exporting", "export"),
    ("ticking", "tick"),
    ("crossing", "cross"),
    ("clearing", "clear"),
    ("renaming", "rename"),
    ("resuming", "resume"),
    ("keeping", "keep"),
    ("swapping", "swap"),
    ("turning", "turn"),
    ("checking", "check"),
    ("showing", "show"),
    ("taking", "take"),
    ("creating", "create"),
    ("moving", "move"),
    ("changing", "change"),
    ("pausing", "pause"),
    ("stopping", "stop"),
];

/// The message with its slips mended, for grammar; what it quotes ("note that …") keeps its words but for those.
fn mended(text: &str) -> String {
    let mut text = replace(&FILLER, text, " ").trim().to_owned();
    text = replace(&REPAIR, &replace(&OTHER_LENGTH, &text, "$meant timer"), "$meant");
    text = replace(&THIRTY, &replace(&FOUR_DIGITS, &text, "$alarm$hour:$minute"), "$hour:30");
    if let Some(found) = MIND.as_ref().and_then(|mind| mind.captures(&text))
        && let Some((_, verb)) = GERUNDS.iter().find(|(said, _)| said.eq_ignore_ascii_case(&found["verb"]))
    {
        text.replace_range(..found[0].len(), verb);
    }
    text = slips::begun_as_meant(text);
    text = replace(&UNLESS, &text, "");
    let keeps = KEEPS.as_ref().is_some_and(|keeps| keeps.is_match(&text));
    if !keeps {
        text = replace(&VAGUE, &replace(&PLEASE, &text, ""), "$1").trim().to_owned();
        text = replace(&ROOM, &text, "$1");
        text = replace(&DAYS, &replace(&DAYS, &text, "$day, $next"), "$day, $next");
        text = replace(&ONE_MORE, &replace(&U, &text, "you"), "another $1");
    }
    slips::mended(&text)
}

impl Reading {
    pub fn new(text: &str, read: &Read<'_>) -> Reading {
        let tidied = tidy(text);
        let bare = without_emoji(&tidied);
        // In "buy 🥛" the sign is what is to be bought, and what is to be kept keeps its signs.
        let keeps = KEEPS.as_ref().is_some_and(|keeps| keeps.is_match(&tidied));
        let kept = bare.ends_with(':') || keeps && !bare.to_lowercase().ends_with(" list");
        let tidied = mended(if kept || bare.is_empty() { &tidied } else { bare });
        // After "hey" and "could you" begins the request itself.
        let plain = mended(&unpolite(&tidied));
        let entities: Vec<Entity> = read(&plain)
            .into_iter()
            .filter(|entity| entity.entity == "duration" || TIME.contains(&entity.entity.as_str()))
            .collect();
        let masked = mask(&plain, &entities);
        let whole = trim_end(&tidied);
        Reading { plain, masked, whole, entities }
    }

    /// Whether it says a date, a time or a duration.
    pub fn is_timed(&self) -> bool {
        !self.entities.is_empty()
    }

    /// `masked` with what was written in place of its marks.
    pub fn unmask(&self, masked: &str) -> String {
        let mut text = String::new();
        let mut rest = masked;
        while let Some((before, after)) = rest.split_once(OPEN) {
            text.push_str(before);
            let (name, after) = after.split_once(CLOSE).unwrap_or((after, ""));
            if let Some(entity) = self.marked(name) {
                text.push_str(&entity.text);
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }

    /// The dates, times and durations whose marks stand in `masked`.
    pub fn entities_in<'a>(&'a self, masked: &'a str) -> impl Iterator<Item = &'a Entity> {
        masked.split(OPEN).skip(1).filter_map(|part| self.marked(part.split(CLOSE).next()?))
    }

    fn marked(&self, name: &str) -> Option<&Entity> {
        self.entities.get(name.get(1..)?.parse::<usize>().ok()?)
    }
}

/// One kind of quote and apostrophe, single spaces, and numbers before "more".
pub(super) fn tidy(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| *c != OPEN && *c != CLOSE && *c != '\u{200b}' && *c != '\0')
        .map(|c| match c {
            '’' | '‘' | '`' => '\'',
            '“' | '”' => '"',
            '\t' | '\r' | '\u{a0}' | '\u{202f}' => ' ',
            c => c,
        })
        .collect();
    let text = text
        .lines()
        .map(|line| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    let text = text.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let text = replace(&MORE, &text, "$1 $2 more");
    replace(&LOOSE, &text, "$1 1 $2")
}

pub(super) fn replace(pattern: &Pattern, text: &str, by: &str) -> String {
    match &**pattern {
        Some(regex) => regex.replace_all(text, by).into_owned(),
        None => text.to_owned(),
    }
}

fn trim_end(text: &str) -> String {
    text.trim_end_matches(['.', '!', '?', '…', ' ', ',']).to_owned()
}

/// Takes "hey Sotto, could you please" and "for me, thanks!" off.
fn unpolite(text: &str) -> String {
    let mut text = text.trim();
    while let Some(captures) = BEFORE.as_ref().and_then(|before| before.captures(text)) {
        let kept = ["verb", "asked", "when"].iter().find_map(|name| captures.name(name));
        let end = kept.map_or(captures[0].len(), |verb| verb.start());
        match text.get(end..) {
            Some(rest) if !rest.trim().is_empty() => text = rest.trim_start(),
            _ => break,
        }
    }
    let keeps = KEEPS.as_ref().is_some_and(|keeps| keeps.is_match(text));
    while let Some(found) = AFTER.as_ref().and_then(|after| after.find(text)) {
        match text.get(..found.start()) {
            // "in 8 hours from now"
            Some(rest) if rest.trim_end().to_lowercase().ends_with(" from") => break,
            // "Note that the bins go out on Tuesdays now"
            Some(_) if keeps && found.as_str().trim_start().eq_ignore_ascii_case("now") => break,
            Some(rest) if !rest.trim().is_empty() => text = rest.trim_end(),
            _ => break,
        }
    }
    if let Some(dear) = DEAR.as_ref().and_then(|dear| dear.captures(text))
        && (!keeps || dear.name("comma").is_some())
        && let Some(rest) = text.get(..text.len() - dear[0].len()).filter(|rest| !rest.trim().is_empty())
    {
        return unpolite(rest);
    }
    text.to_owned()
}

/// Without the signs at its end that are no words.
fn without_emoji(text: &str) -> &str {
    text.trim_end_matches(|c: char| c == ' ' || c > '\u{2190}' && !c.is_alphanumeric())
}

fn mask(text: &str, entities: &[Entity]) -> String {
    let mut masked = String::new();
    let mut chars = text.chars();
    let mut at = 0;
    for (number, entity) in entities.iter().enumerate() {
        masked.extend(chars.by_ref().take(entity.start.saturating_sub(at)));
        let kind = if entity.entity == "duration" { 'd' } else { 't' };
        masked.push_str(&format!("{OPEN}{kind}{number}{CLOSE}"));
        for _ in entity.start..entity.end {
            chars.next();
        }
        at = entity.end;
    }
    masked.extend(chars);
    masked
}

/// How long a duration is from now, in milliseconds.
pub(super) fn duration_ms(entity: &Entity, now: &ZonedDateTime) -> Option<i64> {
    let span: Span = entity.value.parse().ok()?;
    let end = now.checked_add(span).ok()?;
    Some(end.timestamp().as_millisecond() - now.timestamp().as_millisecond())
}
