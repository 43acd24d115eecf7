//! The order of understanding, for each request of a message.

use std::cell::LazyCell;
use std::rc::Rc;

use jiff::ZonedDateTime;

use super::answer::answer_to;
use super::chance::Chance;
use super::filled::{covers, filled, several};
use super::offline::UNABLE;
use super::possible;
use super::reading::{Read, Reading, pattern, says, tidy};
use super::turn::{Reply, Turn, slot};
use super::wording::{choose, is_cancel, is_no, is_yes};
use super::{ALL, Skill, Wish, Written, alarm, beside, by_name, offline, serving};
use crate::memory::{Asked, Memory};
use crate::past::Past;
use crate::{Action, Analysis, Embedding, Label, Polarity, Question, Requested, Slot};

/// One request of a message, with what the model made of it.
pub(crate) struct Part {
    pub text: String,
    pub analysis: Analysis,
}

/// Where and when a message is said.
pub(crate) struct Scene<'a> {
    pub now: &'a ZonedDateTime,
    pub conversation: i64,
    /// Where randomness begins.
    pub seed: u64,
    /// Reads dates, times and durations.
    pub read: &'a dyn Fn(&str) -> Vec<crate::Entity>,
    /// What was said before.
    pub past: &'a dyn Past,
    /// What a text means, if the model can tell.
    pub embed: &'a dyn Fn(&str) -> Option<Embedding>,
    /// What the model makes of a text.
    pub analyze: &'a dyn Fn(&str) -> Option<Analysis>,
    /// What a text asks for, by skill and verb, and with what; nothing if the model cannot tell.
    pub requested: &'a dyn Fn(&str) -> Rc<Requested>,
    /// Writes an export.
    pub export: &'a dyn Fn(&Wish) -> crate::Result<Written>,
}

/// What is answered to a message.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub text: String,
    pub actions: Vec<Action>,
    pub question: Option<Question>,
    pub refused: Option<String>,
}

/// The least confidence at which a skill acts on the model's word alone.
const SURE: f32 = 0.9;

/// The least confidence at which one does what the model takes the message to ask for: of what is as sure as that, 97
/// in 100 are right among sentences that it never saw.
const REQUESTED: f32 = 0.8;

/// The same of what would only be answered and is said like something that is told ("I don't know"), and of what throws
/// much away.
const SURELY: f32 = 0.95;

/// The least certainty of the words of its slots at which a request is done with them before grammar is asked, and after
/// it.
const SLOTS: f32 = 0.7;
const SLOTS_AT_LEAST: f32 = 0.4;

/// Skills whose exact grammar is about what was said before, or of what is not to be done.
const FIRST: &[&str] = &["negation", "undo", "repeat"];

/// Skills whose exact grammar is taken back where the model is sure of something else.
const FREE: &[&str] = &[
    "timer",
    "alarm",
    "reminder",
    "list",
    "note",
    "chance",
    "time",
    "date",
    "calculator",
    "spelling",
    "digest",
    "history",
    "help",
    "name",
];

/// The least words of a message in which grammar can be mistaken for what it is.
const FEW: usize = 4;

/// Verbs that throw much away.
const DESTROYS: &[&str] = &["delete", "clear"];

/// The least confidence at which it offers to act.
const LIKELY: f32 = 0.6;

/// How sure the model must be that something is only told, for nothing to be done.
const TELLS: f32 = 0.8;

/// The least confidence at which an intent is worth a "did you mean".
const POSSIBLE: f32 = 0.15;

/// How sure the model must be that something is wished for, for Sotto to say that it can't.
const WISHES: f32 = 0.8;

/// What the model says of a message that asks for nothing, and the family of what cannot be done.
const NOTHING: &str = "nothing";
const ELSEWHERE: &str = "elsewhere";
pub(super) const REFUSED: &str = "refused";

/// How sure the model must be of a feeling for Sotto to speak of it.
const FELT: f32 = 0.6;

pattern!(
    BREAK,
    r"(?i)(?:\.|;|!|,)? +(?:and then|and also|and please|then|and|also|plus)[,]? +|[.;!?,] +|\n+"
);
pattern!(
    OPENS,
    r"(?i)^(?:please |can you |could you |also |then |and )*(?:remind me|set|start|cancel|add|put|remove|delete|take a note|note that|note down|make a note|write down|wake me|pause|resume|what(?:'s| is| are| time| day| did)|how (?:long|many|much|often)|how (?:was|is) my|flip (?:a|the|me)|roll|read|show|export|download|find|search|who (?:do|did|have|has)|whose|rename|replace|swap|note|jot|cross|untick|uncheck|take off|tell me|create|make|clear|snooze|spell|undo|call me|don't|do not|turn off|stop|pick (?:a|an|one|between|from|someone|something)|throw (?:a|the|some)|toss|check|tick|mark|move|change|give me|remember|when|my name is|i need to buy|we need|i bought|\d+ minute)\b"
);
// How a second request may begin that is one to the model.
pattern!(BEGINS, r"(?i)^(?:get (?:an?|me|the)|an? (?:[\w-]+ ){0,3}(?:timer|alarm|reminder)\b)");
pattern!(
    COMMAND,
    r"(?i)^(?:please |can you |could you )*(?:set (?:a|an|the|my)|start (?:a|the)|cancel|add .+ to|remind me|wake me|what(?:'s| is| are| time)|how (?:many|much|long)|show me|delete|remove|undo|take a note|read me|stop|help$|never ?mind)"
);

// "If I won the coin toss, I would go first" asks for no coin, "don't touch the timer" for no pause, and "what a week"
// for nothing.
pattern!(
    SUPPOSES,
    r"(?i)^(?:what an?|if|imagine|suppose|supposing|i wish|as if|(?:please )?(?:don't|dont|do not))\b"
);

pattern!(
    TAKES_BACK,
    r"(?i)[,.;…–—-] *(?:no|nope|sorry|wait|oops|hang on|hold on|actually|i mean|i meant|scratch that|or rather|make that)\b|\b(?:no wait|i mean|i meant|scratch that|make that)\b"
);

/// Skills that a message may seem to be for which is for another, or for the same in another way: what they answer
/// without doing anything is not their last word.
const MISTAKES: &[&str] = &["timer", "alarm", "reminder", "list", "note", "time", "offline"];

// "He asked me to buy milk and add it to the list" asks for nothing, "…, so add it" does.
pattern!(REPORTS, r"(?i)^(?:he|she|they) (?:said|says|told|tells|asked|asks|wanted|wants)\b");

pattern!(
    VERB,
    r"(?i)^(?:please |can you |could you |also )*(?:remind me|set|start|add|put|create|make|cancel|stop|pause|resume|read(?: me| out)?|show(?: me)?|what(?:'s| is) (?:on|in)) "
);

/// The verb of `left` that `right` leaves out, as "set a pasta timer for 9 minutes and a sauce timer for 25 minutes"
/// does: where both speak of the same sort of thing, and the second says as much of it.
fn left_out<'t>(left: &'t str, right: &str, read: &Read<'_>) -> Option<&'t str> {
    // "Wake me at 7 and again at 7:15".
    const AGAIN: &str = "get me up ";
    if right.starts_with("again at ") && alarm::wakes(left) && claimed(&format!("{AGAIN}{right}"), read) {
        return Some(AGAIN);
    }
    let verb = VERB.as_ref()?.find(left)?.as_str();
    let reminds = verb.to_lowercase().ends_with("remind me ") && right.starts_with("to ");
    let both = |what: &str| left.contains(what) && right.contains(what);
    let of_list = |text: &str| {
        text.contains(" list") || [" shopping", " to-do", " groceries"].iter().any(|end| text.ends_with(end))
    };
    let timed = || [left, right].iter().all(|text| Reading::new(text, read).is_timed());
    let things = both(" timer") || both(" alarm") || reminds;
    let alike = of_list(left) && of_list(right) || things && timed();
    (alike && claimed(&format!("{verb}{right}"), read)).then_some(verb)
}

// What is only the half of a request: "set a reminder for 8" says of what in the other half, and "delete it" what.
pattern!(
    FIRST_HALF,
    r"(?i)^(?:please )?(?:set|create|make) (?:me )?(?:a|an|the) reminder(?: (?:for|at|on))?(?: \u{E000}t\d+\u{E001})?$"
);
pattern!(
    LAST_HALF,
    r"(?i)^(?:please )?(?:(?:set|create|make) (?:me )?(?:a|an|the) (?:reminder|alarm|timer)|(?:delete|cancel|remove) (?:it|that|them)|remind (?:me|us)(?: (?:of|about) (?:it|that|this))?(?: (?:at|on|in|by))?(?: \u{E000}t\d+\u{E001})?|(?:change|move) (?:the|my) (?:alarm|reminder|timer)|(?:add|put) (?:it |that |them )?(?:to|on) (?:the |my )?[\w -]*list)$"
);
// "Every month on the first, remind me to pay the rent".
pattern!(
    WHEN,
    "(?i)^(?:(?:on|at|in|by|every|each|month|week|weekdays?|the|first|last|of|and|this|from)\\b|\u{E000}[dt]\\d+\u{E001}|[ ,])+$"
);

/// Whether one of two neighbouring requests makes sense only with the other.
fn belong_together(left: &str, right: &str, read: &Read<'_>) -> bool {
    let (left, right) = (Reading::new(left, read).masked, Reading::new(right, read).masked);
    says(&LAST_HALF, &right) || says(&FIRST_HALF, &left) || says(&WHEN, &left)
}

/// The requests in a message: several only where each of them is one by its
/// exact syntax, or the model takes each for a request to another skill.
pub(crate) fn parts(text: &str, read: &Read<'_>, requested: &dyn Fn(&str) -> Rc<Requested>) -> Vec<String> {
    let tidied = tidy(text);
    let whole = vec![text.to_owned()];
    // A long text is a journal entry, not a row of orders.
    let Some(regex) = BREAK.as_ref().filter(|_| tidied.len() <= beside::LONGEST) else { return whole };
    let mut requests = Vec::new();
    let (mut begun, mut verb) = (0, String::new());
    let mut modelled = false;
    let several = LazyCell::new(|| several(&requested(text).ranking));
    for found in regex.find_iter(&tidied) {
        let (Some(left), Some(right)) = (tidied.get(begun..found.start()), tidied.get(found.end()..)) else {
            continue;
        };
        let left = bare(&format!("{verb}{left}"), read);
        let opens = says(&OPENS, right);
        let next = if opens { Some("") } else { left_out(&left, right, read) };
        let next = next.filter(|_| claimed(&left, read) && !belong_together(&left, right, read));
        let next = next.map(str::to_owned);
        let least = || if *several { REQUESTED } else { SURELY };
        let apart = || asked_of_two(&requested(&left).ranking, &requested(right).ranking, least());
        modelled = next.is_none()
            && (begins_anew(right) || *several)
            && !belong_together(&left, right, read)
            && apart();
        let opens = opens || modelled;
        if let Some(next) = next.or(modelled.then(String::new)) {
            requests.push(if opens { left } else { left.replacen("both ", "", 1) });
            (begun, verb) = (found.end(), next);
        }
    }
    let last = bare(&format!("{verb}{}", tidied.get(begun..).unwrap_or_default()), read);
    if requests.is_empty() || !modelled && !claimed(&last, read) {
        return whole;
    }
    requests.push(last);
    requests
}

/// Whether the model is as sure as that that one text asks something of one skill and another of another.
fn asked_of_two(one: &[Label], other: &[Label], least: f32) -> bool {
    let skill = |requested: &[Label]| {
        let first = requested.first().filter(|first| first.confidence >= least)?;
        let (skill, verb) = first.name.split_once('.')?;
        match skill {
            REFUSED => None,
            // "Tonight at nine, put the bins out, so remind me": the one may be the other.
            "reminder" => Some("alarm".to_owned()),
            "chance" => Some(verb.to_owned()),
            _ => Some(skill.to_owned()),
        }
    };
    let (one, other) = (skill(one), skill(other));
    one.is_some() && other.is_some() && one != other
}

fn begins_anew(text: &str) -> bool {
    says(&OPENS, text) || says(&BEGINS, text)
}

/// The request without the sentence that stands before it or after it, where only it is one: "The potatoes are in! Put
/// foil on the list".
fn bare(text: &str, read: &Read<'_>) -> String {
    let ends = text
        .match_indices(['.', '!', '?'])
        .filter(|(at, _)| text.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')));
    let ends: Vec<usize> = ends.map(|(at, _)| at + 1).collect();
    if ends.is_empty() || claimed(text, read) {
        return text.to_owned();
    }
    let after = ends.iter().filter_map(|&end| text.get(end..));
    let before = ends.iter().rev().filter_map(|&end| text.get(..end));
    let part = after.chain(before).map(str::trim).find(|part| claimed(part, read));
    part.unwrap_or(text).to_owned()
}

/// Whether some skill's grammar fits.
fn claimed(text: &str, read: &Read<'_>) -> bool {
    let reading = Reading::new(text, read);
    ALL.iter().any(|skill| skill.claims(&reading))
}

/// Answers a message; what is done, is done to `memory`.
pub(crate) fn answer(whole: &Part, parts: &[Part], memory: &mut Memory, scene: &Scene<'_>) -> Told {
    let mut chance = Chance::new(scene.seed);
    let mut told = Told::default();
    if let Some(asked) = memory.dialogue.asked.take() {
        let mut turn = turn(whole, memory, scene, &mut chance);
        if let Some(reply) = resumed(&mut turn, &asked) {
            told.take(reply, memory);
            return told;
        }
    }
    // What the model is sure of comes before exact grammar, what it only takes to be likely after it.
    let marked = marked(whole, memory, scene);
    // Of several requests that grammar finds it may have seen fewer.
    let sure = |marked: &Marked| {
        let acts = marked.told.actions.len();
        let all = acts >= parts.len() || acts > 1 && marked.certainty >= SURE;
        marked.certainty >= SLOTS && all && marked.told.question.is_none()
    };
    if !marked.as_ref().is_some_and(sure) {
        let parts = if parts.len() > 1 { parts } else { std::slice::from_ref(whole) };
        for part in parts {
            let mut turn = turn(part, memory, scene, &mut chance);
            let reply = understood(&mut turn);
            told.take(reply, memory);
        }
        let better = |marked: &Marked| {
            let done = marked.told.question.is_none() && !told.actions.is_empty();
            done && covers(&marked.told.actions, &told.actions)
        };
        let acted = !told.actions.is_empty() || told.refused.is_some();
        if acted && !marked.as_ref().is_some_and(better) {
            return told;
        }
    }
    match marked {
        Some(marked) => {
            *memory = marked.memory;
            marked.told
        }
        None => told,
    }
}

/// What would be done with the words that the model marks.
struct Marked {
    memory: Memory,
    told: Told,
    /// How sure the model is of the words.
    certainty: f32,
}

fn marked(whole: &Part, memory: &Memory, scene: &Scene<'_>) -> Option<Marked> {
    let mut chance = Chance::new(scene.seed);
    let mut memory = memory.clone();
    let mut turn = turn(whole, &mut memory, scene, &mut chance);
    let requested = possible::requested(&turn);
    let nothing_to_do = requested.slots.is_empty() && !several(&requested.ranking);
    if nothing_to_do || requested.certainty < SLOTS_AT_LEAST || has_own_words(&turn) {
        return None;
    }
    let mut told = Told::default();
    for reply in filled(&mut turn, &requested)? {
        told.take(reply, &mut memory);
    }
    // Where nothing is marked, grammar knows better which is said first.
    let certainty = if requested.slots.is_empty() { 0.0 } else { requested.certainty };
    Some(Marked { memory, told, certainty })
}

/// Whether the model has no say in it: what refers back to the last act, what an answer was taught to, and "don't".
fn has_own_words(turn: &Turn<'_>) -> bool {
    let last = turn.memory.dialogue.last.as_ref().and_then(|last| by_name(&last.skill)?.follow());
    let claims = |skill: &&&dyn Skill| FIRST.contains(&skill.name()) && skill.claims(&turn.reading);
    last.is_some_and(|grammar| grammar.claims(&turn.reading))
        || answer_to(turn).is_some()
        || ALL.iter().any(|skill| claims(&skill))
}

impl Told {
    fn take(&mut self, reply: Reply, memory: &mut Memory) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&reply.text);
        self.actions.extend(reply.actions);
        self.refused = self.refused.take().or(reply.refused.map(str::to_owned));
        if let Some(asked) = reply.asked {
            self.question = Some(Question { slot: asked.slot.clone(), choices: asked.choices.clone() });
            memory.dialogue.asked = Some(asked);
        }
        if let Some(last) = reply.last {
            memory.dialogue.last = Some(last);
        }
    }
}

pub(super) fn turn<'a>(
    part: &'a Part,
    memory: &'a mut Memory,
    scene: &'a Scene<'a>,
    chance: &'a mut Chance,
) -> Turn<'a> {
    Turn {
        text: &part.text,
        reading: Rc::new(Reading::new(&part.text, scene.read)),
        analysis: &part.analysis,
        now: scene.now,
        memory,
        conversation: scene.conversation,
        chance,
        read: scene.read,
        scene,
        sure: false,
    }
}

/// The answer to an open question, if the message is one.
fn resumed(turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    if is_cancel(turn.text) || is_cancel(&plain) {
        return Some(Reply::say("Okay, never mind."));
    }
    if asked.skill == "dialogue" {
        return did_mean(turn, asked);
    }
    let skill = by_name(&asked.skill)?;
    match asked.slot.as_str() {
        "confirm" if is_yes(turn.text) => skill.resume(turn, asked),
        "confirm" if is_no(turn.text) => Some(Reply::say("Okay, I won't.")),
        "confirm" => None,
        "which" | "list" if is_no(turn.text) => Some(Reply::say("Okay, none of them.")),
        _ if COMMAND.as_ref().is_some_and(|command| command.is_match(&plain)) => None,
        "what" | "items" if is_no(turn.text) => Some(Reply::say("Okay.")),
        _ => skill.resume(turn, asked),
    }
}

/// What was meant after "did you mean".
fn did_mean(turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
    if is_no(turn.text) {
        return Some(Reply::say("Okay. Say it in other words, or ask “what can you do?”."));
    }
    let only = asked.choices.len() == 1 && is_yes(turn.text);
    let at = if only { 0 } else { choose(&turn.reading.plain, &asked.choices)? };
    let intent = asked.slots.get("intents")?.as_array()?.get(at)?.as_str()?.to_owned();
    let text = slot(&asked.slots, "text").to_owned();
    let mut analysis = turn.analysis.clone();
    analysis.intent.name.clone_from(&intent);
    let mut again = Turn { analysis: &analysis, sure: true, ..turn.saying(&text) };
    match intent.split_once('.') {
        Some((skill, verb)) => by_name(skill)?.wanted(&mut again, verb),
        None => serving(&intent)?.meant(&mut again),
    }
}

/// Whether something in a text is taken back: "five minutes, no, six".
pub(super) fn takes_back(text: &str) -> bool {
    says(&TAKES_BACK, text)
}

fn understood(turn: &mut Turn<'_>) -> Reply {
    if let Some(reply) = followed(turn) {
        return reply;
    }
    // Who takes something back is read as a whole: exact syntax may fit what does not hold.
    if takes_back(turn.text) {
        let requested = possible::requested(turn);
        if let Some(reply) = wanted(turn, &requested.ranking).filter(Reply::does) {
            return reply;
        }
    }
    let before = turn.memory.clone();
    if let Some((skill, reply)) =
        ALL.iter().find_map(|skill| skill.exact(turn).map(|reply| (skill.name(), reply)))
    {
        if reply.does() {
            return unless_contradicted(turn, before, reply);
        }
        // "There is no such timer": it may have been asked in other words than those that fit.
        if !MISTAKES.contains(&skill) {
            return reply;
        }
        let requested = possible::requested(turn);
        let unknown = |name: &Slot| {
            let mut tasks = turn.memory.tasks.iter();
            name.kind == "name" && !tasks.any(|task| task.name.eq_ignore_ascii_case(&name.text))
        };
        if requested.slots.iter().any(unknown) {
            return reply;
        }
        return wanted(turn, &requested.ranking).filter(Reply::does).unwrap_or(reply);
    }
    if let Some(reply) = beside::asked(turn) {
        return unless_contradicted(turn, before, reply);
    }
    let requested = possible::requested(turn);
    if let Some(reply) = wanted(turn, &requested.ranking) {
        return reply;
    }
    let Label { name, confidence } = turn.analysis.intent.clone();
    let Some(skill) = serving(&name) else {
        let likely = requested.ranking.first().is_some_and(|first| first.confidence >= LIKELY);
        let asked = if likely && !tells(turn.analysis) { mean(turn, &requested.ranking) } else { None };
        return asked.unwrap_or_else(|| no_skill(turn, &name));
    };
    // Who tells of an alarm asks for none.
    let tells = tells(turn.analysis)
        || requested.ranking.first().is_some_and(|first| first.name == NOTHING && first.confidence >= TELLS)
        || says(&SUPPOSES, turn.text.trim_start());
    if tells && (skill.reports() || !skill.offer(&name).is_empty()) {
        return no_skill(turn, "out_of_scope");
    }
    // A skill that only answers does no harm; one that acts had better ask.
    if skill.offer(&name).is_empty() || confidence >= LIKELY {
        turn.sure = confidence >= SURE;
        if let Some(reply) = skill.meant(turn) {
            return reply;
        }
    }
    mean(turn, &requested.ranking).unwrap_or_else(|| no_skill(turn, "out_of_scope"))
}

/// What grammar made of a message, unless the model is sure that it is something else; `before` is the memory before it.
fn unless_contradicted(turn: &mut Turn<'_>, before: Memory, reply: Reply) -> Reply {
    let requested = possible::requested(turn);
    let Some(first) = requested.ranking.first() else { return reply };
    // What says that nothing is to be done for it, says so together.
    let undone = |label: &&Label| {
        matches!(label.name.as_str(), NOTHING | ELSEWHERE) || label.name.starts_with(REFUSED)
    };
    let sum: f32 = requested.ranking.iter().filter(undone).map(|label| label.confidence).sum();
    let sure = if undone(&first) { sum } else { first.confidence };
    let acted = reply.actions.first().map(|done| (done.skill.as_str(), done.verb.as_str()));
    // Who says "don't" is asked to confirm it, whatever else that may be.
    let asked = reply.asked.as_ref().filter(|asked| asked.slot != "confirm");
    let done = acted.or_else(|| asked.map(|asked| (asked.skill.as_str(), asked.verb.as_str())));
    let Some((skill, verb)) = done.filter(|(skill, _)| sure >= SURELY && FREE.contains(skill)) else {
        return reply;
    };
    // "My timers": so few words are nothing else.
    if turn.reading.plain.split(' ').count() < FEW {
        return reply;
    }
    let request = format!("{skill}.{verb}");
    if first.name == request {
        return reply;
    }
    let after = std::mem::replace(turn.memory, before);
    let other = match first.name.split_once('.') {
        Some((REFUSED, why)) => offline::refuse(turn, why),
        Some(_) => wanted(turn, &requested.ranking).filter(Reply::does),
        None => Some(
            offered(turn, std::iter::once(request.as_str()))
                .unwrap_or_else(|| no_skill(turn, "out_of_scope")),
        ),
    };
    other.unwrap_or_else(|| {
        *turn.memory = after;
        reply
    })
}

/// Whether the model takes a message for one that only tells something.
fn tells(analysis: &Analysis) -> bool {
    matches!(analysis.act.name.as_str(), "inform" | "opinion") && analysis.act.confidence >= TELLS
}

/// Does what the model takes the message to ask for, if it is sure of that.
fn wanted(turn: &mut Turn<'_>, requested: &[Label]) -> Option<Reply> {
    if says(&REPORTS, turn.text.trim_start()) {
        return None;
    }
    let Label { name, confidence } = requested.first()?;
    let (skill, verb) = name.split_once('.')?;
    if skill == REFUSED {
        let refused = requested.iter().filter(|label| label.name.starts_with(REFUSED));
        let sum: f32 = refused.map(|label| label.confidence).sum();
        return if sum >= REQUESTED || *confidence >= LIKELY { offline::refuse(turn, verb) } else { None };
    }
    let skill = by_name(skill)?;
    let surely = DESTROYS.contains(&verb) || tells(turn.analysis) && skill.proposes(verb).is_empty();
    turn.sure = *confidence >= if surely { SURELY } else { least(skill.name(), verb) };
    if turn.sure { skill.wanted(turn, verb) } else { None }
}

/// The least confidence at which a request is done: less for what only tells something.
pub(super) fn least(skill: &str, verb: &str) -> f32 {
    let only_tells = by_name(skill).is_some_and(|skill| skill.proposes(verb).is_empty());
    if only_tells { LIKELY } else { REQUESTED }
}

/// What refers back to what was done last.
fn followed(turn: &mut Turn<'_>) -> Option<Reply> {
    let last = turn.memory.dialogue.last.clone()?;
    // "And he even dared to say it" adds nothing to a list.
    let act = &turn.analysis.act;
    if act.name == "opinion" && act.confidence >= FELT {
        return None;
    }
    by_name(&last.skill)?.follow()?.answer(turn)
}

/// "Did you mean", with the likeliest things that Sotto can do.
fn mean(turn: &Turn<'_>, requested: &[Label]) -> Option<Reply> {
    let labels = requested.iter().chain(&turn.analysis.intent_ranking);
    let likely = labels.filter(|label| label.confidence >= POSSIBLE);
    offered(turn, likely.map(|label| label.name.as_str()))
}

/// Asks which of some requests or intents is meant, of those that change something.
fn offered<'l>(turn: &Turn<'_>, names: impl Iterator<Item = &'l str>) -> Option<Reply> {
    let mut offers: Vec<String> = Vec::new();
    let mut intents: Vec<String> = Vec::new();
    for name in names {
        let offer = match name.split_once('.') {
            Some((skill, verb)) => by_name(skill).map_or("", |skill| skill.proposes(verb)),
            None => serving(name).map_or("", |skill| skill.offer(name)),
        };
        if !offer.is_empty() && !offers.iter().any(|known| known == offer) {
            offers.push(offer.to_owned());
            intents.push(name.to_owned());
        }
    }
    let text = match offers.as_slice() {
        [] => return None,
        [one] => format!("I'm not sure I got that. Do you want me to {one}?"),
        [one, other, ..] => format!("Did you mean: {one}, or {other}?"),
    };
    offers.truncate(2);
    Some(
        Reply::ask("dialogue", "mean", "intent", text)
            .among(offers)
            .knowing("intents", intents)
            .knowing("text", turn.text),
    )
}

/// What is said when there is nothing to be done.
fn no_skill(turn: &mut Turn<'_>, intent: &str) -> Reply {
    let analysis = turn.analysis;
    let told = matches!(analysis.act.name.as_str(), "inform" | "opinion" | "thanks");
    let feeling = (analysis.sentiment.confidence >= FELT).then_some(analysis.sentiment.name);
    let unable = |text: String, why| Reply { refused: Some(why), ..Reply::say(text) };
    match intent {
        "out_of_scope" if told => Reply::say(turn.vary(match feeling {
            Some(Polarity::Negative) => {
                &["I'm sorry to hear that. I've kept it.", "That sounds hard. I've kept it for you."]
            }
            Some(Polarity::Positive) => {
                &["That's good to hear. I've kept it.", "How nice! I've kept it for you."]
            }
            _ => &["Noted.", "I've kept that.", "Got it, that's kept."],
        })),
        "out_of_scope" => match analysis.act.name.as_str() {
            "question" => unable(
                turn.vary(&[
                    "I don't know that: I only know what you've told me. Ask “what can you do?” for what I can help \
                     with.",
                    "That I can't answer: I only know what is on this computer. “What can you do?” shows what I can.",
                ]),
                "knowledge",
            ),
            "request" if analysis.act.confidence >= WISHES => unable(
                turn.vary(&[
                    "I'm afraid I can't do that. Ask “what can you do?” for what I can help with.",
                    "That's not something I can do. “What can you do?” shows what is.",
                ]),
                UNABLE,
            ),
            _ => Reply::say(turn.vary(&[
                "I've kept that, but I'm not sure what to do with it. Ask “what can you do?” for ideas.",
                "I've kept that, though I didn't quite get it. “What can you do?” shows what I can help with.",
            ])),
        },
        "yes" | "no" | "maybe" | "cancel" => Reply::say("Okay."),
        intent => unable(
            format!(
                "I think this is about “{}”, and I can't help with that. I've kept your message.",
                intent.replace('_', " ")
            ),
            UNABLE,
        ),
    }
}
