//! What the user taught Sotto to answer: "when I say X, answer Y".

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::reading::{Reading, tidy};
use super::turn::{Reply, Turn, ids, slot};
use super::wording::{choose, count, is_cancel, is_no, is_yes};
use crate::memory::{Answer as Row, Asked, Record, Table};

pub(super) struct Answer;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:(?:i (?:will )?teach you|teach you|learn|learn this|remember|from now on|new answer)(?: that)?[,:]? )?(?:when|whenever|if|every time|each time|any time|anytime|once) (?:i|someone|somebody|anyone) (?:says|asks|types|writes|say|ask|ask you|write|type|tell you|go)[:,]? (?<what>.+?)[,:;]? (?:(?:you|then|should|must|please|always|to|just|will) )*(?:answer|say|reply|respond|write|tell me|answer me|say back)(?: with| that| back)?[:,]? (?<text>.+)",
            teach,
        ),
        (
            r"(?:answer|reply|respond|say) (?<text>.+) (?:when|whenever|if|every time) i (?:say|ask|ask you|write|type) (?<what>.+)",
            teach,
        ),
        (r"teach you (?:something|a new answer|an answer|a reply)", teach_what),
        (r"(?:i want to )?teach you (?:something|a new answer|an answer|a reply)(?: new)?", teach_what),
        (
            r"(?:what|which answers|which replies|what answers) (?:have|did) i (?:taught|teach|ever teach) you(?: so far| to say)?",
            list,
        ),
        (
            r"(?:list|show me|show|what are|read|tell me) (?:all |the |my |your )*(?:custom|taught|own|learned|personal) (?:answers|replies|responses)|(?:list|show me|show|what are|read) (?:all )?the (?:answers|replies|responses)(?: that)? i(?:'ve| have)? taught you|(?:show me|tell me|list) everything you(?:'ve| have)? (?:learned|learnt)(?: from me)?",
            list,
        ),
        (
            r"what (?:answers|replies|have you|did you) (?:have you |did you )?(?:learn|learned|learnt)(?: from me)?",
            list,
        ),
        (
            r"(?:show me|tell me|list) (?:what|the answers|all) (?:you've|you have|you) (?:learned|learnt)(?: from me)?",
            list,
        ),
        (
            r"(?:list|show me|show|tell me) (?:what|all|everything|the answers)(?: that)? i(?:'ve| have)?(?: ever)? taught you",
            list,
        ),
        (
            r"(?:forget|unlearn|delete|remove|drop|erase) (?:everything|all(?: the)?(?: answers)?) (?:that )?i(?:'ve| have)? taught you",
            forget_all,
        ),
        (
            r"(?:forget|unlearn|delete|remove|drop|erase) (?:the answer|your answer|the reply|my answer|the response|what i taught you|what to (?:say|answer))(?: (?:that )?i(?:'ve| have)? taught you)?(?: (?:to|for|about|on|when i say))* (?<what>.+)",
            forget_sure,
        ),
        (
            r"(?:stop|quit|don't|do not|no longer) (?:answering|saying|replying|responding|answer|say|reply|respond)(?: with)?(?: .+?)? (?:when|if|whenever) i say (?<what>.+?)(?: ?any ?more)?",
            forget_sure,
        ),
        (r"(?:forget|unlearn|forget about) (?<what>.+)", forget_known),
    ])
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
            "forget_answer" => Some(which(turn)),
            _ => Some(ask_what()),
        }
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        taught(turn).or_else(|| GRAMMAR.answer(turn))
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        match asked.slot.as_str() {
            "what" => Some(
                Reply::ask("answer", "teach", "text", "And what shall I answer to that?")
                    .knowing("what", unquoted(turn.text)),
            ),
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

fn taught(turn: &mut Turn<'_>) -> Option<Reply> {
    let said = key(turn.text);
    let answer = turn.memory.answers.iter().find(|answer| key(&answer.what) == said)?;
    let reply = Reply::say(answer.text.clone()).did("answer", "give").with("what", answer.what.clone());
    Some(reply.with("text", answer.text.clone()))
}

fn teach(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (what, text) = (unquoted(&found.text(&["what"])?), unquoted(&found.text(&["text"])?));
    let asks = found.whole().trim_end().ends_with('?');
    (!asks).then(|| learned(turn, what, text))
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
    let answers = &turn.memory.answers;
    let lines: Vec<String> =
        answers.iter().map(|answer| format!("• “{}” → “{}”", answer.what, answer.text)).collect();
    let text = match answers.len() {
        0 => "You have not taught me any answers yet. Try: when I say marco, answer polo.".to_owned(),
        n => format!("{}:\n{}", count(n as i64, "answer"), lines.join("\n")),
    };
    Some(Reply::say(text).did("answer", "list").with("count", lines.len()))
}

fn forget_sure(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let what = unquoted(&found.text(&["what"])?);
    forget(turn, &what).or_else(|| Some(Reply::say(format!("You have taught me no answer to “{what}”."))))
}

fn forget_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let what = unquoted(&found.text(&["what"])?);
    forget(turn, &what)
}

fn forget(turn: &mut Turn<'_>, what: &str) -> Option<Reply> {
    let what = key(what);
    let id = turn.memory.answers.iter().find(|answer| key(&answer.what) == what)?.id;
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
    let n = turn.memory.answers.len();
    if n == 0 {
        return Some(Reply::say("You have not taught me any answers."));
    }
    let text = format!("Forget all {}?", count(n as i64, "answer"));
    Some(Reply::ask("answer", "forget", "confirm", text).among(vec!["yes".to_owned(), "no".to_owned()]))
}
