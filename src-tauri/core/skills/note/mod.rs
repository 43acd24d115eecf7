//! Notes: taken, found, read, changed, deleted.

mod change;
mod find;
mod grammar;
mod wanted;

use change::{delete_offered, deleted, edited};
use find::{matching, recalled, told};
use grammar::{FOLLOW, GRAMMAR};

use super::Skill;
use super::filled::Marks;
use super::grammar::{Found, Grammar};
use super::reading::{Reading, pattern, replace};
use super::turn::{Reply, Turn, ids, slot};
use super::wording::choose;
use crate::memory::{Asked, Note as Row, Record};

pattern!(
    ASKING,
    r"(?i)^(?:if|when|whenever|once|unless|what|why|who|how|where|which|can|could|should|shall|would|will|do|does|did|is|are|add|put|set|remind|don't)\b"
);

// "Make a note of that so I find the car" speaks of what was said before.
pattern!(
    BACK,
    r"(?i)^(?:of )?(?:that|this|it|these|those|them)(?:,? (?:so(?: that)?|before|because|cos|coz|cause|in case|for (?:me|later|us)|or|please|will you|would you|somewhere|down|now|quickly|quick|too|as well)\b.*)?$"
);

// What tells of a note, and asks for nothing yet.
pattern!(
    TOLD,
    r"(?i)^(?:(?:the|my|that|this|our) )+(?:[\w'-]+ ){0,2}note\b.*? (?:is|isn't|was|has|says|needs|got)\b"
);
// "Make a note on my to-do list to sweep the chimney" is for a list.
pattern!(ON_LIST, r"(?i)^(?:(?:down|it) )?(?:on|in|onto|to|for) (?:the |my |our )?(?:[\w'-]+ ){1,3}list\b");

pattern!(
    POLITE,
    r"(?i)^(?:(?:please|pls|plz|thanks|thank you|cheers|ta|(?:would|will|could|can) (?:you|ya|u|ye))[,.;:!]+ +)+"
);
// "Put that in my notes" speaks of what was said before.
pattern!(AGO, r"(?i)^\pL+(?: down)? (?:it|this|that|these|them)\b");

pub(super) struct Note;

/// Answers a question out of a note, where no other skill knows better.
pub(super) struct Recall;

impl Skill for Recall {
    fn name(&self) -> &'static str {
        "recall"
    }

    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        recalled(turn)
    }
}

impl Skill for Note {
    fn name(&self) -> &'static str {
        "note"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["note", "note_search", "note_delete"]
    }

    fn offer(&self, intent: &str) -> &'static str {
        match intent {
            "note_search" => "",
            "note_delete" => "delete a note",
            _ => "take a note",
        }
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        // The model says it in two ways.
        let verb = turn
            .requested("note")
            .filter(|verb| turn.sure && ["find", "read", "edit"].contains(&verb.as_str()));
        if let Some(reply) = verb.and_then(|verb| self.wanted(turn, &verb)) {
            return Some(reply);
        }
        match turn.analysis.intent.name.as_str() {
            "note" if turn.sure => Some(offered(turn)),
            "note_delete" if turn.sure => Some(delete_offered(turn)),
            "note_search" => {
                let query = turn.reading.plain.clone();
                let notes = matching(turn, &query);
                let reply =
                    Reply::default().did("note", "find").with("query", query).with("count", notes.len());
                (!notes.is_empty()).then(|| told(turn, &notes, reply))
            }
            _ => None,
        }
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn claims(&self, reading: &Reading) -> bool {
        // "The note about the rent is wrong, change it to …" is one request.
        let told = TOLD.as_ref().is_some_and(|told| told.is_match(&reading.plain));
        !told && GRAMMAR.claims(reading)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn proposes(&self, verb: &str) -> &'static str {
        wanted::proposes(verb)
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        wanted::wanted(turn, verb)
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        wanted::filled(turn, verb, marks)
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        let at = |turn: &Turn<'_>| choose(&turn.reading.plain, &asked.choices);
        match (asked.verb.as_str(), asked.slot.as_str()) {
            ("take", "confirm") => Some(taken(turn, slot(&asked.slots, "text").to_owned())),
            ("take", _) => {
                let text = turn.text.trim().to_owned();
                Some(taken(turn, text))
            }
            ("delete", "which") => {
                let id = *ids(&asked.slots).get(at(turn)?)?;
                Some(deleted(turn, &[id]))
            }
            ("delete", _) => {
                let ids = ids(&asked.slots);
                Some(deleted(turn, &ids))
            }
            ("edit", "text") => {
                let text = turn.text.trim().to_owned();
                edited(turn, *ids(&asked.slots).first()?, &text)
            }
            ("edit", "which") => {
                let id = *ids(&asked.slots).get(at(turn)?)?;
                edited(turn, id, slot(&asked.slots, "text"))
            }
            _ => None,
        }
    }
}

fn take(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let text = found.text(&["text"]).unwrap_or_default();
    let text = text.trim_matches([' ', ':', '"']).to_owned();
    // "Put that in my notes please, my memory is bad": the text is what came before.
    let bare = replace(&POLITE, &text, "");
    let back = AGO.as_ref()?.is_match(&found.whole());
    if (back || bare != text) && wanted::is_reason(&bare) {
        return None;
    }
    let text = if bare.is_empty() { text } else { bare };
    if text.is_empty()
        || matches!(
            text.to_lowercase().as_str(),
            "down" | "this" | "this down" | "something" | "of it" | "of that"
        )
    {
        return Some(Reply::ask("note", "take", "text", "What shall I note?"));
    }
    // "Drop me a note when you get home" is said to someone else.
    if BACK.as_ref()?.is_match(&text)
        || ON_LIST.as_ref()?.is_match(&text)
        || found.whole().to_lowercase().starts_with("drop me ")
        || text.to_lowercase().starts_with("down ")
        || text.to_lowercase().starts_with("me ")
        || text.to_lowercase().starts_with("taking")
    {
        return None;
    }
    Some(taken(turn, text))
}

/// "Get this in my notes, the wine was a Malbec"; "… please, or I forget it" gives a reason only.
fn take_after(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let text = found.text(&["text"])?;
    if text.split(' ').count() < 3 || wanted::is_reason(&text) { None } else { take(turn, found) }
}

/// "Remember I left the umbrella at work"; "remember what I said" asks something.
fn take_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const ASKS: &[&str] =
        &["what", "when", "where", "who", "how", "why", "which", "to", "me", "if", "the time", "that time"];
    let text = found.text(&["text"])?.to_lowercase();
    let asks = ASKS.iter().any(|word| text == *word || text.starts_with(&format!("{word} ")));
    if asks || turn.text.trim_end().ends_with('?') { None } else { take(turn, found) }
}

/// "The part is called a valve, can you note that down?"
fn take_heard(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let text = found.text(&["text"])?;
    if text.split(' ').count() < 3 || ASKING.as_ref()?.is_match(&text) { None } else { take(turn, found) }
}

/// A letter, which is to be thought up, is no note.
fn letter(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let text = turn.vary(&["I can't write that for you.", "Making that up is beyond me."]);
    Some(Reply { refused: Some("knowledge"), ..Reply::say(format!("{text} I can note what you dictate.")) })
}

fn ask_text(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::ask("note", "take", "text", "What shall I note?"))
}

/// What the model takes to be a note, of which no grammar says where it begins.
fn offered(turn: &Turn<'_>) -> Reply {
    let text = turn.reading.plain.clone();
    let text = wanted::text_to_keep(turn.text).filter(|_| text.split(' ').count() > 4).unwrap_or(text);
    if text.split(' ').count() <= 4 && text == turn.reading.plain {
        return Reply::ask("note", "take", "text", "What shall I note?");
    }
    Reply::ask("note", "take", "confirm", format!("Shall I note: “{text}”?"))
        .among(vec!["yes".to_owned(), "no".to_owned()])
        .knowing("text", text)
}

fn taken(turn: &mut Turn<'_>, text: String) -> Reply {
    let row = Row { id: turn.memory.new_id(), text: text.clone(), created: turn.now_ms() };
    let id = row.id;
    turn.memory.put(Record::Note(row));
    "taking the note".clone_into(&mut turn.memory.what);
    let way = turn.vary(&["Noted", "Got it, noted", "I've noted that"]);
    Reply::say(format!("{way}: {text}")).did("note", "take").with("text", text).about(
        "note",
        "take",
        vec![id],
    )
}
