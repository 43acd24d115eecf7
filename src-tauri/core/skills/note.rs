//! Notes: taken, found, read, changed, deleted.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn, ids, slot};
use super::wording::{choose, count, ordinal, words};
use crate::memory::{Asked, Note as Row, Record, Table};

pub(super) struct Note;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        // Find and read.
        (
            r"(?:search|look|check|find)(?: (?:in|through))? {all}{the}notes? (?:for|about) {the}(?<query>.+)",
            find,
        ),
        (r"what (?:does|do|did) {the}notes? (?:about|on|for|regarding) {the}(?<query>.+?) say", find),
        (r"where did i (?:note|write down|jot down|put|note down) {the}(?<query>.+)", find),
        (r"(?:show|read|read me|tell me|what(?:'s| is| was)) {the}most recent note", read_last),
        (r"what was {the}(?<which>last|latest|first) note", read),
        (
            r"(?:search|find|look up|look for|look through|show me|show|read me|read|get|open|check|what's in|what is in|where is|pull up) (?:in )?{all}{the}notes? (?:about|on|for|with|mentioning|regarding|that mentions?|containing|of|where i wrote(?: about)?) {the}(?<query>.+)",
            find,
        ),
        (r"(?:search|look) (?:in |through )?{all}{the}notes?", read),
        (
            r"(?:find|look up|show me|show|read|read me|open|get) {the}(?<query>\S+(?: \S+)?) notes?",
            find_word,
        ),
        (
            r"what (?:did|have) i (?:note|noted|write down|written down|jot|jotted|jot down|jotted down|note down)(?: about| on| regarding)? {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:do i have|are there|is there|have i got|did i (?:take|make|write)) (?:any |some |a )?{the}notes? (?:about|on|for|with|mentioning|regarding) {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:any|which|what) notes?(?: do i have)? (?:about|on|mention|mentions|mentioning|regarding|with|have|contain|talk about)(?: about)? {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:{show}|how many|what do) {all}(?:of )?{the}(?<which>last|latest|first|recent|newest|second|third)? ?notes?(?: (?:do i have|have i taken|are there|i have|say|out|to me|have i made|have i got))*",
            read,
        ),
        (r"(?:all )?(?:my )?(?<which>last|latest|recent|first)? ?notes", read),
        // Delete.
        (
            r"(?:delete|remove|erase|forget|clear|trash|throw away|get rid of) (?<all>all|every|all of)(?: (?:of )?)?{the}notes?",
            delete_all,
        ),
        (r"(?:delete|erase|clear|trash) {the}notes", delete_all),
        (r"(?:delete|erase|clear|remove|trash) everything (?:in|from) {the}notes", delete_all),
        (r"(?:delete|remove|erase) {the}note (?:number |no\.? |#)?(?<number>\d+)", delete_numbered),
        (
            r"(?:delete|remove|erase|forget|trash|throw away|get rid of) {the}(?<which>last|latest|first|second|third|newest|most recent) notes?",
            delete,
        ),
        (
            r"(?:delete|remove|erase|forget|trash|throw away|get rid of) {the}notes? (?:about|on|for|with|saying|that says|mentioning|regarding|of|that) {the}(?<query>.+)",
            delete,
        ),
        (r"(?:delete|remove|erase|forget) a note", delete),
        (r"(?:delete|remove|erase|forget|trash|get rid of) {the}(?<query>.+?) notes?", delete),
        (r"(?:delete|remove|erase|forget) {the}note", delete),
        // Change.
        (
            r"(?:change|edit|update|correct|rewrite) {the}(?<which>last|latest|first|most recent)? ?note(?: (?:about|on|regarding) (?<query>.+?))? (?:to say|so that it says|to read|and say|and write)[: ]+(?:that )?(?<text>.+)",
            edit,
        ),
        (
            r"(?:change|edit|update|replace|correct|rewrite) {the}(?<query>\S+(?: \S+)?) note(?: to| with|:| to say)[: ]+(?<text>.+)",
            edit_word,
        ),
        (r"(?:add|append) (?<text>.+) to {the}(?<query>\S+(?: \S+)?) note", append_word),
        (r"(?:add|append) to {the}(?<query>\S+(?: \S+)?) note[:,] ?(?<text>.+)", append_word),
        (
            r"(?:change|edit|update|replace|correct|rewrite) {the}(?<which>last|latest|first|most recent)? ?note(?: (?:about|on) (?<query>.+?))? (?:to|with|so that it says|to say)[: ]+(?<text>.+)",
            edit,
        ),
        (r"(?:add|append) (?<text>.+) to {the}(?<which>last|latest|first|most recent) note", append),
        (r"(?:add|append) (?<text>.+) to {the}note (?:about|on) (?<query>.+)", append),
        // Take.
        (
            r"(?:take|make|write|add|create|new|start|leave|record|save|put|jot down|put down|take down)(?: down)? {the}(?:quick )?(?:note|memo)(?: (?:that|saying|to self|to myself|which says|about|of|to|for me))?[: ,-]*(?<text>.*)",
            take,
        ),
        (r"(?:quick |new )?(?:note|memo)(?: to (?:self|myself))?(?: that|[:,-]) ?(?<text>.+)", take),
        (
            r"(?:write this down|note this|save this|store this|jot this down|note this down|note down|note|jot down|jot|write down|put down|take down|remember this|note this down|make note|keep in mind|take this down|for the record)(?: that|[:,-])* (?<text>.+)",
            take,
        ),
        (
            r"(?:remember|please remember|bear in mind|don't forget|do not forget|keep in mind|save|record)(?: this)?(?: that|:) (?<text>.+)",
            take,
        ),
        (r"remember (?<text>(?:my|our|his|her|their|the) .+ (?:is|are|was|were|has|have) .+)", take),
        (r"(?:write|note|jot) (?:something|sth) down", ask_text),
    ])
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (r"{no}*(?:delete|remove|forget|erase|drop) {it}(?: note)?", follow_delete),
        (
            r"(?:delete|remove|forget|erase) the (?<which>first|second|third|fourth|fifth|last)(?: one| note)?",
            follow_delete_place,
        ),
        (
            r"(?:read|show)(?: me)? the (?<which>first|second|third|fourth|fifth|last)(?: one| note)?",
            follow_read_place,
        ),
        (r"(?:change|edit|update) {it} to[: ]+(?<text>.+)", follow_edit),
        (r"(?:add|append)[: ]+(?<text>.+?) to {it}", follow_append),
    ])
});

impl Skill for Note {
    fn name(&self) -> &'static str {
        "note"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["note", "note_search", "note_delete"]
    }

    fn offer(&self) -> &'static str {
        "take a note"
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        match turn.analysis.intent.name.as_str() {
            "note" if turn.sure => Some(Reply::ask("note", "take", "text", "What shall I note?")),
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

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        let at = |turn: &Turn<'_>| choose(&turn.reading.plain, &asked.choices);
        match (asked.verb.as_str(), asked.slot.as_str()) {
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
    if text.is_empty()
        || matches!(
            text.to_lowercase().as_str(),
            "down" | "this" | "this down" | "something" | "of it" | "of that"
        )
    {
        return Some(Reply::ask("note", "take", "text", "What shall I note?"));
    }
    if text.to_lowercase().starts_with("me ") || text.to_lowercase().starts_with("taking") {
        return None;
    }
    Some(taken(turn, text))
}

fn ask_text(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::ask("note", "take", "text", "What shall I note?"))
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

/// The notes that hold all words of a query; the latest first.
fn matching(turn: &Turn<'_>, query: &str) -> Vec<Row> {
    let said: Vec<String> = words(query).iter().map(|word| stem(word)).collect();
    if said.is_empty() {
        return Vec::new();
    }
    let fits = |note: &&Row| {
        let held: Vec<String> = words(&note.text).iter().map(|word| stem(word)).collect();
        said.iter().all(|word| {
            held.iter().any(|other| other == word || word.len() > 3 && other.starts_with(word.as_str()))
        })
    };
    turn.memory.notes.iter().rev().filter(fits).cloned().collect()
}

fn stem(word: &str) -> String {
    if word.len() > 3 { word.trim_end_matches('s').to_owned() } else { word.to_owned() }
}

fn line(turn: &Turn<'_>, note: &Row) -> String {
    format!("{} ({})", note.text, turn.at(note.created).strftime("%-d %B"))
}

fn told(turn: &Turn<'_>, notes: &[Row], reply: Reply) -> Reply {
    let lines: Vec<String> = notes.iter().map(|note| line(turn, note)).collect();
    let text = match lines.as_slice() {
        [one] => one.clone(),
        _ => format!("{}:\n• {}", count(lines.len() as i64, "note"), lines.join("\n• ")),
    };
    Reply { text, ..reply }.about("note", "read", notes.iter().map(|note| note.id).collect())
}

fn find(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    let notes = matching(turn, &query);
    let reply = Reply::say(format!("I have no note about {query}."))
        .did("note", "find")
        .with("query", query)
        .with("count", notes.len());
    Some(if notes.is_empty() { reply } else { told(turn, &notes, reply) })
}

fn find_word(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?.to_lowercase();
    if [
        "last", "latest", "first", "recent", "newest", "all", "of", "any", "me", "all of", "out", "my",
        "the", "your", "our", "these", "a",
    ]
    .iter()
    .any(|word| query.split(' ').any(|said| said == *word))
    {
        return None;
    }
    find(turn, found)
}

/// How many notes are read out at once.
const MOST: usize = 10;

fn read(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let all = turn.memory.notes.clone();
    let reply = Reply::default().did("note", "read");
    if all.is_empty() {
        return Some(Reply { text: "You have no notes yet.".to_owned(), ..reply.with("count", 0) });
    }
    let plural = found.whole().to_lowercase().ends_with("notes");
    if let Some(which) = found.text(&["which"]).filter(|_| !plural) {
        let note = all.get(placed(&which, all.len())?)?.clone();
        return Some(told(turn, &[note], reply.with("count", 1)));
    }
    let notes: Vec<Row> = all.iter().rev().take(MOST).cloned().collect();
    let mut reply = told(turn, &notes, reply.with("count", all.len()));
    if all.len() > MOST {
        reply.text = format!("The latest {MOST} of {}:\n{}", count(all.len() as i64, "note"), reply.text);
    }
    Some(reply)
}

fn read_last(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    match turn.memory.notes.last().cloned() {
        Some(note) => Some(told(turn, &[note], Reply::default().did("note", "read").with("count", 1))),
        None => Some(Reply::say("You have no notes yet.").did("note", "read").with("count", 0)),
    }
}

fn placed(which: &str, len: usize) -> Option<usize> {
    match which.to_lowercase().as_str() {
        "recent" | "newest" | "most recent" => len.checked_sub(1),
        which => ordinal(which, len),
    }
}

fn delete_all(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let ids: Vec<i64> = turn.memory.notes.iter().map(|note| note.id).collect();
    if ids.is_empty() {
        return Some(Reply::say("You have no notes."));
    }
    let text = format!("Delete all {}?", count(ids.len() as i64, "note"));
    Some(
        Reply::ask("note", "delete", "confirm", text)
            .among(vec!["yes".to_owned(), "no".to_owned()])
            .knowing("ids", ids),
    )
}

/// The notes that a request names.
fn meant(turn: &Turn<'_>, found: &Found) -> Option<Vec<Row>> {
    if let Some(which) = found.text(&["which"]) {
        let at = placed(&which, turn.memory.notes.len());
        return Some(at.and_then(|at| turn.memory.notes.get(at)).cloned().into_iter().collect());
    }
    match found.text(&["query"]) {
        Some(query) => Some(matching(turn, &query)),
        None => {
            let ids = turn
                .memory
                .dialogue
                .last
                .as_ref()
                .filter(|last| last.skill == "note")
                .map(|last| last.ids.clone());
            let ids = ids.unwrap_or_default();
            let notes: Vec<Row> =
                turn.memory.notes.iter().filter(|note| ids.contains(&note.id)).cloned().collect();
            Some(if notes.is_empty() { turn.memory.notes.clone() } else { notes })
        }
    }
}

fn delete(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let notes = meant(turn, found)?;
    Some(match notes.as_slice() {
        [] => Reply::say("I have no such note."),
        [note] => deleted(turn, &[note.id]),
        _ => which(turn, "delete", &notes),
    })
}

fn which(turn: &Turn<'_>, verb: &str, notes: &[Row]) -> Reply {
    let choices: Vec<String> = notes.iter().map(|note| line(turn, note)).collect();
    let ids: Vec<i64> = notes.iter().map(|note| note.id).collect();
    let numbered: Vec<String> =
        choices.iter().enumerate().map(|(at, line)| format!("{}. {line}", at + 1)).collect();
    Reply::ask("note", verb, "which", format!("Which note?\n{}", numbered.join("\n")))
        .among(choices)
        .knowing("ids", ids)
}

fn deleted(turn: &mut Turn<'_>, ids: &[i64]) -> Reply {
    let notes: Vec<Row> = turn.memory.notes.iter().filter(|note| ids.contains(&note.id)).cloned().collect();
    let mut reply = Reply::default();
    for note in &notes {
        turn.memory.remove(Table::Note, note.id);
        reply = reply.did("note", "delete").with("text", note.text.clone());
    }
    "deleting the note".clone_into(&mut turn.memory.what);
    reply.text = match notes.as_slice() {
        [] => "That note is gone already.".to_owned(),
        [note] => format!("I deleted the note “{}”.", note.text),
        _ => format!("I deleted {}.", count(notes.len() as i64, "note")),
    };
    reply
}

/// "Note 2" is the second of all, as they were taken.
fn delete_numbered(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let number: usize = found.text(&["number"])?.parse().ok()?;
    let id = number.checked_sub(1).and_then(|at| turn.memory.notes.get(at)).map(|note| note.id);
    Some(match id {
        Some(id) => deleted(turn, &[id]),
        None => Reply::say(format!("There is no note {number}; you have {}.", turn.memory.notes.len())),
    })
}

fn edit_word(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if matching(turn, &found.text(&["query"])?).is_empty() { None } else { edit(turn, found) }
}

fn append_word(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if matching(turn, &found.text(&["query"])?).is_empty() { None } else { append(turn, found) }
}

fn edit(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let text = found.text(&["text"])?;
    let notes = meant(turn, found)?;
    match notes.as_slice() {
        [] => Some(Reply::say("I have no such note.")),
        [note] => edited(turn, note.id, &text),
        _ => Some(which(turn, "edit", &notes).knowing("text", text)),
    }
}

fn append(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let more = found.text(&["text"])?;
    let notes = meant(turn, found)?;
    match notes.as_slice() {
        [] => Some(Reply::say("I have no such note.")),
        [note] => edited(turn, note.id, &format!("{}\n{more}", note.text)),
        _ => None,
    }
}

fn edited(turn: &mut Turn<'_>, id: i64, text: &str) -> Option<Reply> {
    let note = turn.memory.notes.iter().find(|note| note.id == id).cloned()?;
    turn.memory.put(Record::Note(Row { text: text.to_owned(), ..note }));
    "changing the note".clone_into(&mut turn.memory.what);
    Some(Reply::say(format!("The note says now: {text}")).did("note", "edit").with("text", text).about(
        "note",
        "edit",
        vec![id],
    ))
}

/// The notes that were just taken or read out.
fn last(turn: &Turn<'_>) -> Vec<i64> {
    turn.memory.dialogue.last.as_ref().map(|last| last.ids.clone()).unwrap_or_default()
}

fn follow_delete(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let ids = last(turn);
    if ids.len() == 1 { Some(deleted(turn, &ids)) } else { None }
}

fn follow_delete_place(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ids = last(turn);
    let id = *ids.get(ordinal(&found.text(&["which"])?, ids.len())?)?;
    Some(deleted(turn, &[id]))
}

fn follow_read_place(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ids = last(turn);
    let id = *ids.get(ordinal(&found.text(&["which"])?, ids.len())?)?;
    let note = turn.memory.notes.iter().find(|note| note.id == id).cloned()?;
    Some(told(turn, &[note], Reply::default().did("note", "read").with("count", 1)))
}

fn follow_edit(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match last(turn).as_slice() {
        [id] => edited(turn, *id, &found.text(&["text"])?),
        _ => None,
    }
}

fn follow_append(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ids = last(turn);
    let [id] = ids.as_slice() else { return None };
    let note = turn.memory.notes.iter().find(|note| note.id == *id)?;
    let text = format!("{}\n{}", note.text, found.text(&["text"])?);
    edited(turn, *id, &text)
}
