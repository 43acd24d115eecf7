//! What the user taught Sotto to answer: "when I say X, answer Y".

use std::sync::LazyLock;

use super::Skill;
use super::filled::Marks;
use super::grammar::{Act, Found, Grammar};
use super::lesson::{self, Lesson};
use super::reading::{Reading, pattern, tidy};
use super::turn::{Reply, Turn, ids, slot};
use super::wording::{choose, count, is_cancel, is_no, is_yes, words};
use crate::memory::{Answer as Row, Asked, Record, Table};

pub(super) struct Answer;

/// What may stand before a lesson.
const LESSON: &str = r"(?:(?:(?:i(?:'ll| will|'m going to| want to|'d like to| would like to)? )?(?:(?:teach|train|program|programme|get) (?:you|yourself)|learn)(?: (?:something|this|one|a new one|this one|an answer|a new answer|a reply|a rule|a trick|a joke|a phrase|new|please|for me|from me|a new thing|something new))*|let me teach you(?: \w+){0,3}|remember(?: this| please)*|from now on|from today(?: on)?|in (?:the )?future|(?:here is |here's )?(?:a )?new (?:answer|rule|reply|one)(?: for you)?|here's (?:one|a new one|an answer|the deal|how it goes|a rule)|i have (?:an?|a new) (?:answer|reply|rule|one|lesson)(?: for you)?|lesson(?: one| time)?|time for a (?:new )?lesson|(?:let's|we'll) (?:play|do) a game|listen|note this|so|okay|and|always)(?: that| to)?[,:;.!-]* )*";
const WHEN: &str =
    r"(?:when ?e?ver|when|if|every time|each time|any ?time|once|as soon as|in case)(?: that)?";
const SAYS: &str = r"(?:(?:i|we|she|he|they|someone|somebody|anyone|anybody|people|everyone|the kids|the children|(?:my|our|the) (?:little )?\w+|one of us) (?:ever )?(?:says?|said|asks?(?: you)?|types?|writes?|tells? you|goes?|shouts?|yells?|calls?(?: out)?|greets? you with|say to you|sends?|enters?|puts?)(?: to you)?(?: the words?| something like)?|you (?:hear|get|see|read))";
const ANSWER: &str = r"(?:(?:you|u|ya|ye|then|should|must|shall|gotta|got to|ought to|gonna|better|have to|has to|need to|are to|can|please|pls|always|to|just|will|i want you to|i'd like you to|you've got to|simply) )*(?:answer|say|reply|respond|write|tell (?:me|them|him|her)|answer (?:me|them|back)|say back|come back|shout(?: back)?|go|(?:your|the) (?:answer|reply|response) (?:is|should be|must be|will be|shall be))(?: with| that| back(?: with)?| by saying)?";

/// How an answer is wished for, with what may stand before it: "my little one would love it if you".
const WISH: &str = r"(?:(?:(?:i|we|she|he|they|(?:my|our|the) (?:little |big |older |younger )?\w+)(?: would|'d| will|'ll| want| wants| like| likes| need| needs)(?: (?:love|like|prefer|appreciate|be (?:happy|glad|pleased|delighted|thrilled|grateful)))?(?: it)? (?:if )?you(?: to| would| could|'d)?|it(?:'d|'s| would be| will be| is)(?: be)? (?:great|nice|fun|funny|lovely|good|cool|brilliant|sweet) if you(?: would| could|'d)?|(?:you|please|always|just|must|should|could you|can you|i want you to)) )+";
const DROP: &str = r"(?:forget|unlearn|delete|remove|drop|erase|scrap|get rid of|bin|ditch|cancel|clear|wipe|undo|stop using|lose|take back)";
const ANSWERING: &str = r"(?:answering|saying|replying|responding|answer|say|reply|respond|coming back|shouting|going|giving|telling me|writing)";
/// What was learned, up to what it answers.
const THE_ANSWER: &str = r"(?:(?:the|your|my|that|our|custom|taught|learned) )*(?:answers?|reply|replies|responses?|comebacks?|lesson|thing|rule|trick|what i (?:once |last |had |have )?taught you|everything i taught you|how|what you (?:say|answer|reply|respond|learned|learnt))(?: (?:that )?(?:i(?:'ve| have| once)* taught you|you(?:'ve| have)? (?:learn(?:ed|t)|got|have|give|gave|use)))?(?: (?:to|for|about|on|of|with|when|whenever|if|i|you|say|type|write|ask|answer|reply|respond|someone|says))*";
/// Ends of what is no longer to be answered; a remark may follow.
const ANY_MORE: &str = r"(?:,? ?(?:any ?more|any longer|from now on|please|okay|ok|all the time|every time|again|in future))*(?:[,.;!—-]+ .*| (?:it's|its|it is|because|cause|cos|'cause|since|as it|it (?:drives|gets|annoys)|i'm (?:sick|tired|bored)|that's) .*)?";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (r"LESSONWHEN SAYS[:,]? (?<what>.+?)[,:;.]* ANSWER[:,]? (?<text>.+)", teach),
        (
            r"(?<lead>[^\x22]{3,80}?)(?:[,.;:!]+ (?:so )?| so | - | and so )LESSONWHEN (?:i|someone|somebody|anyone|anybody|the kids) (?:says?|asks?|types?|writes?)[:,]? (?<what>.+?)[,:;]? ANSWER[:,]? (?<text>.+)",
            teach_led,
        ),
        (
            r"LESSON(?:WISH)?(?:answer|answered|reply|replied|respond|responded|say|said|shout|shouted|come back with|came back with|give the answer)(?: with| by saying)? (?<text>.+?),? WHEN (?:i|she|he|they|we|someone|somebody|anyone|anybody|the kids|my (?:little )?\w+) (?:ever )?(?:says?|asks?|asks? you|writes?|types?|goes?|sends?)(?: to you)? (?<what>.+)",
            teach_told,
        ),
        (
            r"LESSON(?:your|my new) (?:answer|reply|response|comeback) (?:to|for|when i say) (?<what>.+?) (?:should|has to|needs to|must|shall|ought to) (?:always |now )?be[:,]? (?<text>.+)",
            teach_yours,
        ),
        // "To sawubona you answer yebo."
        (
            r"(?<lesson>LESSON)to (?<what>.+?),? (?:you|i want you to|please|your) (?:(?:should|must|shall|have to|will|always|can|are to) )*(?:answer|reply|respond|say|answer should be|reply is|answer is|reply should be)(?: with| is)?[:,]? (?<text>.+)",
            teach_lesson,
        ),
        (
            r"(?<lesson>LESSON)WHEN (?:i|we|someone|anyone) (?:says?|asks?|types?|writes?) (?<what>.+?)[,;:]+ (?:it's|it is|that's) (?<text>.+)",
            teach_lesson,
        ),
        (
            r"LESSON(?:the|your|my) (?:answer|reply|response) (?:to|for) (?<what>\x22[^\x22]+\x22|'[^']+') (?:is|should be|will be|shall be|must be|ought to be)(?: always| now)?[: ]+(?<text>.+)",
            teach,
        ),
        (
            r"(?:from now on|remember|learn|learn this|new answer|i want to teach you|teach you|from today)(?: on)?(?: that)?[,:;.]* (?:the|your|my) (?:answer|reply|response) (?:to|for) (?<what>.+?) (?:is|should be|will be|shall be|must be|ought to be)(?: always| now)?[: ]+(?<text>.+)",
            teach,
        ),
        (
            r"(?:i (?:want|would like|'d like) to )?(?:teach you|learn|have you learn|set|add|make|give you) (?:an|a|the|a new|another|one more) (?:new )?(?:answer|reply|response|comeback) (?:to|for|when i say|for when i say) (?<what>.+)",
            teach_to,
        ),
        (
            r"(?:i (?:want|would like|'d like) to )?teach you (?:what|how) to (?:say|answer|reply|respond)(?: to)?(?: when(?:ever)? (?:i|someone) (?:says?|asks?|writes?))? (?<what>.+)",
            teach_to,
        ),
        (r"teach you (?:something|a new answer|an answer|a reply)", teach_what),
        (r"(?:i want to )?teach you (?:something|a new answer|an answer|a reply)(?: new)?", teach_what),
        (
            r"(?:list|show me|show|what are|read|tell me) (?:all |the |my |your )*(?:custom|taught|own|learned|personal) (?:answers|replies|responses)",
            list,
        ),
        (
            r"(?:(?:what|which|how many|list|show me|show|tell me|read me|read out|read|give me|let me see|remind me)(?: (?:what|which|all|the|my|your|of|custom|own|things?|stuff|everything|answers?|replies|responses|phrases|words|lines|comebacks|sayings|that|ones|new|are))*) ?(?:have|did|do|has)? ?(?:i|you|i've|you've|i have|you have)(?: (?:have|ever|already|actually))*(?: (?:taught|teach|learned|learnt|learn|picked up|pick up|been taught)(?: you)?)(?: (?:from me|so far|again|to say|to answer|to reply|by me|up to now|until now|till now|already|now|at this point|exactly|to respond to|with))*",
            list,
        ),
        (
            r"(?:have|did|do|are there|is there|has|haven't|didn't) (?:i|you|anybody|anyone|someone|we|any)?(?: ?(?:actually|already|ever|even|not|yet))* ?(?:(?:taught|teach|learned|learnt|learn|know|have|got)(?: you)? )?(?:any|some|an|a|many|a lot of|anything|other)?(?: (?:custom|taught|own|special|new|personal))* ?(?:answers?|replies|reply|responses?|comebacks?|to (?:say|answer|reply)|phrases|lessons)(?: (?:from me|that|i|i've|have|taught|you|yet|so far|already|before|at all|until now|to|say|answer|of mine|mine|now|anything))*",
            list_known,
        ),
        (
            r"(?:have|did|has|haven't|didn't) (?:i|anyone|anybody|we|someone)(?: ever| already| actually| not| even)* (?:taught|teach) you (?:anything|something|any|a thing|stuff|things)(?: (?:yet|so far|already|before|at all|to say|to answer|else|new))*",
            list,
        ),
        (
            r"(?:what|which)(?: (?:all|other|of|the|things?|words?|phrases?|answers?|replies|responses|exactly|else))* (?:have|did|do) you (?:learned|learnt|learn|picked up|pick up|remember|get taught)(?: from me| by me)(?: so far| until now| up to now| already| yet)*(?:,? (?:which|what) (?:answers|replies|responses|ones|words))?",
            list,
        ),
        (r"what (?:answers|replies) do you (?:know|have)(?: from me)?(?: so far| now)?", list),
        (
            r"DROP (?:everything|all(?: of)?(?: (?:the|your|my|those))?(?: (?:custom|taught|learned))*(?: (?:answers|replies|responses|lessons|things|that|stuff))*|what|the (?:answers|replies|lessons)) ?(?:that )?(?:i(?:'ve| have)?(?: ever)? (?:taught|teach) you|you(?:'ve| have)? learn(?:ed|t)(?: from me)?)(?: (?:so far|until now|before|to (?:say|answer)))*",
            forget_all,
        ),
        (
            r"DROP (?:THE_ANSWER|what to (?:say|answer|reply)(?: (?:to|for|when|whenever|if|i|say))*) (?<what>.+?)ANY_MORE",
            forget_sure,
        ),
        (
            r"(?:stop|quit|don't|do not|no longer|you can stop|enough with|no more) ANSWERING(?: with)?(?: (?<text>.+?))? WHEN (?:i|we|she|he|they|someone|anyone) (?:says?|types?|writes?|asks?) (?<what>.+?)ANY_MORE",
            forget_told,
        ),
        (
            r"(?:(?:i|we) (?:don't|do not|no longer) want you(?: to)?|you (?:can|should|may) stop|you needn't|you (?:don't|do not) (?:need|have) to|stop|quit|no more|don't)(?: (?:answer|answering|reply|replying|respond|responding|say|saying|react|reacting))(?: (?:anything|something|stuff|an answer|a reply)(?: (?:special|fancy|funny|particular|silly|rude|else|weird|stupid|daft))?)?(?: to| with)*(?: (?:when|whenever|if) (?:i|we|someone|anyone) says?)? (?<what>.+?)(?: ?any ?more| any longer)?(?:[,.;!]+ (?:so |and )?(?:please |just )?(?:forget|unlearn|drop|delete|remove|scrap) (?:it|that|this|that one|(?:that|the) (?:answer|reply|one)))?",
            forget_known,
        ),
        (
            r"DROP (?:the |my |that |your )?(?<what>.+?) (?:answer|reply|response|thing|comeback|lesson|rule|trick|joke|one)(?: (?:that )?(?:i|we|they|he|she|(?:my|our|the) \w+)(?:'ve| have|'s| has| once)* (?:taught|told) you)?ANY_MORE",
            forget_known,
        ),
        (
            r"(?:that|the|your|my|this) (?<what>.+?) (?:answer|reply|response|thing|comeback|lesson|rule|trick|joke|one)(?: (?:that )?(?:i|we|they|he|she|(?:my|our|the) \w+)(?:'ve| have|'s| has| once)* (?:taught|told) you)?[,;:.!]+ (?:please |you can |can you |could you |just )*DROP (?:it|that)ANY_MORE",
            forget_known,
        ),
        (
            r"[^,.;:!?]{3,80}[,.;:!?]+ (?:so |and )?(?:please )?DROP THE_ANSWER (?<what>.+?)ANY_MORE",
            forget_known,
        ),
        // "My daughter taught you something rude for "hello grandma", get rid of that reply."
        (
            r"(?:i|we|she|he|they|someone|somebody|(?:my|our|the) (?:little )?\w+)(?:'ve|'s| have| has| must have| once| had)* (?:taught|learned|learnt|trained|told|made) you (?:to )?(?:(?:something|some|an?|the|this|that|what|how|to|say|answer|reply|respond|response|\w+)(?: to say| to answer)? ){0,4}?(?:for|to|when(?:ever)? (?:i|we|she|he|they|someone) says?|with|about|on) (?<what>.+?)[,.;:!]+ (?:(?:so|and|now|but|please|can you|could you|you can|just|i want you to|time to) )*DROP (?:it|that|this|them|(?:that|the|this|it) ?(?:answer|reply|response|comeback|one|lesson|rule|again|now|thing))(?: (?:again|now|please|for good|at once|right away))*",
            forget_known,
        ),
        (r"(?:forget|unlearn|forget about|you can forget|you may forget) (?<what>.+)", forget_known),
    ];
    let parts = [
        ("WISH", WISH),
        ("DROP", DROP),
        ("ANSWERING", ANSWERING),
        ("THE_ANSWER", THE_ANSWER),
        ("ANY_MORE", ANY_MORE),
        ("LESSON", LESSON),
        ("WHEN", WHEN),
        ("SAYS", SAYS),
        ("ANSWER", ANSWER),
    ];
    Grammar::with(&parts, rules)
});

impl Skill for Answer {
    fn name(&self) -> &'static str {
        "answer"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["teach_answer", "forget_answer"]
    }

    fn offer(&self, intent: &str) -> &'static str {
        if intent == "forget_answer" { "forget an answer you taught me" } else { "learn an answer" }
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        match turn.analysis.intent.name.as_str() {
            _ if !turn.sure => None,
            "forget_answer" => self.wanted(turn, "forget"),
            _ => self.wanted(turn, "teach"),
        }
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn proposes(&self, verb: &str) -> &'static str {
        match verb {
            "teach" => "learn an answer",
            "forget" => "forget an answer you taught me",
            _ => "",
        }
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        match verb {
            "teach" => Some(match lesson::found(turn.text).or_else(|| lesson::found(&turn.reading.whole)) {
                Some(Lesson { what, text: Some(text) }) => {
                    let (what, text) = (as_written(turn, &what), as_written(turn, &text));
                    learned(turn, what, text)
                }
                Some(Lesson { what, text: None }) => ask_text(what),
                None => ask_what(),
            }),
            "forget" => Some(forget_meant(turn)),
            "list" => Some(listed(turn)),
            "give" => taught(turn).or_else(|| given(turn)),
            _ => None,
        }
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        match (verb, marks.one("what"), marks.one("text")) {
            ("teach", Some(what), Some(text)) => Some(learned(turn, what.to_owned(), text.to_owned())),
            _ => None,
        }
    }

    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        taught(turn).or_else(|| GRAMMAR.answer(turn))
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        match asked.slot.as_str() {
            "what" => Some(ask_text(unquoted(turn.text))),
            "text" => Some(learned(turn, slot(&asked.slots, "what").to_owned(), unquoted(turn.text))),
            "which" => {
                let at = choose(&turn.reading.plain, &asked.choices)?;
                Some(forgotten(turn, &[*ids(&asked.slots).get(at)?]))
            }
            "confirm" => {
                let ids: Vec<i64> = turn.memory.answers.iter().map(|answer| answer.id).collect();
                Some(forgotten(turn, &ids))
            }
            _ => None,
        }
    }
}

/// The words alone: "Marco!" is "marco".
fn key(text: &str) -> String {
    let text = tidy(text).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>().join(" ");
    // Emoji and signs have no words.
    if words.is_empty() { text.trim().to_owned() } else { words }
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    text.trim_matches(['"', '“', '”', ' ', '‘', '’']).trim_end_matches([',', ' ']).to_owned()
}

/// The answer that was taught to just this message.
pub(super) fn answer_to<'t>(turn: &'t Turn<'_>) -> Option<&'t Row> {
    let said = key(turn.text);
    turn.memory.answers.iter().find(|answer| key(&answer.what) == said)
}

fn taught(turn: &mut Turn<'_>) -> Option<Reply> {
    let answer = answer_to(turn)?;
    let reply = Reply::say(answer.text.clone()).did("answer", "give").with("what", answer.what.clone());
    Some(reply.with("text", answer.text.clone()))
}

fn teach(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "When people ask I say I'm fine" tells of one's own answers.
    const OWN: [&str; 14] = [
        "i", "we", "he", "she", "they", "it", "would", "i'd", "and", "to", "always", "never", "not", "could",
    ];
    let what = as_written(turn, &unquoted(&found.text(&["what"])?));
    let text = as_written(turn, lesson::last_asked(&unquoted(&found.text(&["text"])?)));
    // "Wagwan, then it's on you to": what is to be said has no duty of another's in it.
    if lesson::says_who_answers(&what) {
        return None;
    }
    if what.split(' ').next_back().is_some_and(|last| OWN.contains(&last.to_lowercase().as_str()))
        && what != "it"
    {
        return None;
    }
    let asks = found.whole().trim_end().ends_with('?');
    (!asks).then(|| learned(turn, what, text))
}

/// The words in the order in which they were written, which reading changes: "five more minutes".
fn as_written(turn: &Turn<'_>, said: &str) -> String {
    let plain = tidy(said);
    let sorted = |words: &[&str]| {
        let mut words: Vec<String> = words.iter().map(|word| key(word)).collect();
        words.sort_unstable();
        words
    };
    let wanted = sorted(&plain.split_whitespace().collect::<Vec<_>>());
    let words: Vec<&str> = turn.text.split_whitespace().collect();
    let mut windows = words.windows(wanted.len().max(1));
    if turn.text.contains(said) {
        return said.to_owned();
    }
    windows.find(|window| sorted(window) == wanted).map_or_else(
        || said.to_owned(),
        |window| unquoted(window.join(" ").trim_end_matches(['.', '!', '?', '"', '”'])),
    )
}

/// A lesson with its reason before it; what others said is none.
fn teach_led(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const TOLD: [&str; 12] =
        ["told", "said", "says", "tell", "tells", "asked", "asks", "remind", "wrote", "heard", "if", "note"];
    let lead = found.text(&["lead"])?.to_lowercase();
    let of_others = lead.split(|c: char| !c.is_alphanumeric()).any(|word| TOLD.contains(&word));
    if of_others { None } else { teach(turn, found) }
}

/// "Say you're sorry when they ask" is told to no assistant in the past: a wish must be wished.
fn teach_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const PAST: [&str; 6] = ["answered ", "replied ", "responded ", "said ", "shouted ", "came "];
    let whole = found.whole().to_lowercase();
    if PAST.iter().any(|verb| whole.starts_with(verb)) { None } else { teach(turn, found) }
}

/// "To sawubona you answer yebo" is a lesson where it is called one, or answers no more than a word or two.
fn teach_lesson(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let short = found.text(&["what"])?.split(' ').count() <= 3;
    if short || found.text(&["lesson"]).is_some_and(|lesson| lesson.trim().len() > 3) {
        teach(turn, found)
    } else {
        None
    }
}

/// "Teach you an answer to marco": the answer is still to come.
fn teach_to(_: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    Some(ask_text(unquoted(&found.text(&["what"])?)))
}

fn ask_text(what: String) -> Reply {
    let text = format!("And what shall I answer to “{what}”?");
    Reply::ask("answer", "teach", "text", text).knowing("what", what)
}

/// "Your answer to my question should be better" is a remark.
fn teach_yours(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const OWN: [&str; 8] = ["my", "our", "that", "this", "the", "his", "her", "their"];
    let what = found.text(&["what"])?.to_lowercase();
    if OWN.contains(&what.split(' ').next()?) { None } else { teach_lesson(turn, found) }
}

fn teach_what(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(ask_what())
}

fn ask_what() -> Reply {
    Reply::ask("answer", "teach", "what", "What will you say?")
}

/// Asks which of the answers is to be forgotten.
fn which(turn: &Turn<'_>) -> Reply {
    let answers = &turn.memory.answers;
    if answers.is_empty() {
        return Reply::say("You have not taught me any answers.");
    }
    let choices: Vec<String> = answers.iter().map(|answer| answer.what.clone()).collect();
    let ids: Vec<i64> = answers.iter().map(|answer| answer.id).collect();
    let named: Vec<String> = choices.iter().map(|what| format!("“{what}”")).collect();
    Reply::ask(
        "answer",
        "forget",
        "which",
        format!("Which answer shall I forget: to {}?", named.join(", or ")),
    )
    .among(choices)
    .knowing("ids", ids)
}

fn learned(turn: &mut Turn<'_>, what: String, text: String) -> Reply {
    // Without these nothing could be answered, or taken back, any more.
    let undoes = super::ALL
        .iter()
        .filter(|skill| matches!(skill.name(), "undo" | "negation" | "answer"))
        .any(|skill| skill.claims(&Reading::new(&what, turn.read)));
    if undoes || is_yes(&what) || is_no(&what) || is_cancel(&what) {
        return Reply::say(format!("“{what}” has its own meaning, which I had better keep."));
    }
    if what.is_empty() || text.is_empty() {
        return Reply::say("Say it like: when I say “marco”, answer “polo”.");
    }
    let old =
        turn.memory.answers.iter().find(|answer| key(&answer.what) == key(&what)).map(|answer| answer.id);
    let id = old.unwrap_or_else(|| turn.memory.new_id());
    let created = turn.now_ms();
    turn.memory.put(Record::Answer(Row { id, what: what.clone(), text: text.clone(), created }));
    turn.memory.what = format!("learning what to answer to “{what}”");
    Reply::say(format!("When you say “{what}”, I'll answer “{text}”."))
        .did("answer", "teach")
        .with("what", what)
        .with("text", text)
        .about("answer", "teach", vec![id])
}

fn list(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(listed(turn))
}

fn listed(turn: &Turn<'_>) -> Reply {
    let answers = &turn.memory.answers;
    let lines: Vec<String> =
        answers.iter().map(|answer| format!("• “{}” → “{}”", answer.what, answer.text)).collect();
    let text = match answers.len() {
        0 => "You have not taught me any answers yet. Try: when I say marco, answer polo.".to_owned(),
        n => format!("{}:\n{}", count(n as i64, "answer"), lines.join("\n")),
    };
    Reply::say(text).did("answer", "list").with("count", lines.len())
}

/// Forgets the answer that a message in any words is about.
fn forget_meant(turn: &mut Turn<'_>) -> Reply {
    let said = format!(" {} ", key(turn.text));
    let holds = |phrase: &str| said.contains(&format!(" {} ", key(phrase)));
    let shares = |phrase: &str| {
        let own = words(phrase);
        own.iter().any(|word| word.chars().count() > 2 && said.contains(&format!(" {word} ")))
    };
    let of = |fits: &dyn Fn(&Row) -> bool| -> Vec<i64> {
        turn.memory.answers.iter().filter(|answer| fits(answer)).map(|answer| answer.id).collect()
    };
    let whole = EVERY_ONE.as_ref().is_some_and(|every| every.is_match(turn.text));
    let only = || {
        if NAMES_ONE.as_ref().is_some_and(|names| names.is_match(turn.text)) {
            Vec::new()
        } else {
            of(&|_| true)
        }
    };
    let ways = [
        of(&|answer| holds(&answer.what)),
        of(&|answer| holds(&answer.text)),
        of(&|answer| shares(&answer.what)),
        if whole { Vec::new() } else { only() },
    ];
    match ways.iter().find(|ids| !ids.is_empty()).map(Vec::as_slice) {
        Some(&[one]) => forgotten(turn, &[one]),
        None if whole && !turn.memory.answers.is_empty() => every(turn),
        _ => which(turn),
    }
}

pattern!(EVERY_ONE, r"(?i)\b(?:all|everything|every|whatever)\b");
pattern!(NAMES_ONE, r#"(?i)["“”]|\b(?:to|for|about|when(?:ever)? (?:i|we|they|he|she|someone) \pL+)\b"#);

/// The answer to what is said among a word or two more: "marco, my friend".
fn given(turn: &mut Turn<'_>) -> Option<Reply> {
    const MORE: usize = 2;
    let said = format!(" {} ", key(turn.text));
    let length = |text: &str| text.split_whitespace().count();
    let answer = turn.memory.answers.iter().find(|answer| {
        let what = key(&answer.what);
        said.contains(&format!(" {what} ")) && length(&said) <= length(&what) + MORE
    })?;
    let reply = Reply::say(answer.text.clone()).did("answer", "give").with("what", answer.what.clone());
    Some(reply.with("text", answer.text.clone()))
}

fn forget_sure(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let what = unquoted(&found.text(&["what"])?);
    forget(turn, &what).or_else(|| Some(Reply::say(format!("You have taught me no answer to “{what}”."))))
}

/// "Stop answering pong when I say ping": the one that is said, or at least the one that is answered.
fn forget_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let text = found.text(&["text"]).map(|text| unquoted(&text));
    forget_known(turn, found).or_else(|| forget(turn, &text?)).or_else(|| forget_sure(turn, found))
}

/// "Have you any answers?" asks for what was taught only where it says so, or where there is something.
fn list_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let taught = ["taught", "teach", "learn", "custom", "from me"].iter().any(|word| whole.contains(word));
    if taught || !turn.memory.answers.is_empty() { list(turn, found) } else { None }
}

fn forget_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let what = unquoted(&found.text(&["what"])?);
    // "You don't have to answer pong to ping."
    forget(turn, &what).or_else(|| forget(turn, &unquoted(what.rsplit_once(" to ")?.1)))
}

fn forget(turn: &mut Turn<'_>, what: &str) -> Option<Reply> {
    let what = key(what);
    let answers = &turn.memory.answers;
    let of = answers.iter().find(|answer| key(&answer.what) == what);
    // "Stop saying polo" names what is answered.
    let id = of.or_else(|| answers.iter().find(|answer| key(&answer.text) == what))?.id;
    Some(forgotten(turn, &[id]))
}

fn forgotten(turn: &mut Turn<'_>, ids: &[i64]) -> Reply {
    let answers: Vec<Row> =
        turn.memory.answers.iter().filter(|answer| ids.contains(&answer.id)).cloned().collect();
    let mut reply = Reply::default();
    for answer in &answers {
        turn.memory.remove(Table::Answer, answer.id);
        reply = reply.did("answer", "forget").with("what", answer.what.clone());
    }
    "forgetting an answer".clone_into(&mut turn.memory.what);
    reply.text = match answers.as_slice() {
        [one] => format!("I have forgotten what to answer to “{}”.", one.what),
        _ => format!("I have forgotten {}.", count(answers.len() as i64, "answer")),
    };
    reply
}

fn forget_all(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    if turn.memory.answers.is_empty() {
        return Some(Reply::say("You have not taught me any answers."));
    }
    Some(every(turn))
}

/// Asks whether all are to be forgotten.
fn every(turn: &Turn<'_>) -> Reply {
    let text = format!("Forget all {}?", count(turn.memory.answers.len() as i64, "answer"));
    Reply::ask("answer", "forget", "confirm", text).among(vec!["yes".to_owned(), "no".to_owned()])
}
