//! Notes changed and deleted.

use super::find::{last, line, matching, meant};
use super::wanted::of_all;
use crate::memory::{Note as Row, Record, Table};
use crate::skills::grammar::Found;
use crate::skills::reading::{pattern, replace};
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{count, ordinal, words};

pub(super) fn delete_all(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let ids: Vec<i64> = turn.memory.notes.iter().map(|note| note.id).collect();
    if ids.is_empty() {
        return Some(Reply::say("You have no notes."));
    }
    Some(confirm(ids))
}

/// Whether several notes are to be deleted.
pub(super) fn confirm(ids: Vec<i64>) -> Reply {
    let text = format!("Delete all {}?", count(ids.len() as i64, "note"));
    Reply::ask("note", "delete", "confirm", text)
        .among(vec!["yes".to_owned(), "no".to_owned()])
        .knowing("ids", ids)
}

pub(super) fn delete(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let notes = meant(turn, found)?;
    Some(match notes.as_slice() {
        [] => Reply::say("I have no such note."),
        [note] => deleted(turn, &[note.id]),
        _ => which(turn, "delete", &notes),
    })
}

/// "The parking note can go", if there is one.
pub(super) fn delete_word(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if matching(turn, &found.text(&["query"])?).is_empty() { None } else { delete(turn, found) }
}

/// "The rent note is wrong, it should say …", if there is just one.
pub(super) fn edit_wrong(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match matching(turn, &found.text(&["query", "word"])?).as_slice() {
        [note] => edited(turn, note.id, &without_why(&found.text(&["text"])?)),
        _ => None,
    }
}

/// "Bin the parking note, the level 4 one": what comes last says best which.
pub(super) fn delete_one(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match matching(turn, &found.text(&["query", "other"])?).as_slice() {
        [note] => Some(deleted(turn, &[note.id])),
        _ => None,
    }
}

pub(super) fn which(turn: &Turn<'_>, verb: &str, notes: &[Row]) -> Reply {
    let choices: Vec<String> = notes.iter().map(|note| line(turn, note)).collect();
    let ids: Vec<i64> = notes.iter().map(|note| note.id).collect();
    let numbered: Vec<String> =
        choices.iter().enumerate().map(|(at, line)| format!("{}. {line}", at + 1)).collect();
    Reply::ask("note", verb, "which", format!("Which note?\n{}", numbered.join("\n")))
        .among(choices)
        .knowing("ids", ids)
}

pub(super) fn deleted(turn: &mut Turn<'_>, ids: &[i64]) -> Reply {
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
pub(super) fn delete_numbered(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let number: usize = found.text(&["number"])?.parse().ok()?;
    let id = number.checked_sub(1).and_then(|at| turn.memory.notes.get(at)).map(|note| note.id);
    Some(match id {
        Some(id) => deleted(turn, &[id]),
        None => Reply::say(format!("There is no note {number}; you have {}.", turn.memory.notes.len())),
    })
}

pub(super) fn edit_word(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if matching(turn, &found.text(&["query"])?).is_empty() { None } else { edit(turn, found) }
}

pub(super) fn append_word(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if matching(turn, &found.text(&["query"])?).is_empty() { None } else { append(turn, found) }
}

pub(super) fn edit(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let text = without_why(&found.text(&["text"])?);
    let notes = meant(turn, found)?;
    match notes.as_slice() {
        [] => Some(Reply::say("I have no such note.")),
        [note] => edited(turn, note.id, &text),
        _ => Some(which(turn, "edit", &notes).knowing("text", text)),
    }
}

/// "In the note about the meter replace 40312 with 40321": of those meant, the note that says so.
pub(super) fn edit_part(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (old, new) = (found.text(&["old"])?, found.text(&["new"])?);
    let mut notes = meant(turn, found)?;
    let place = |text: &str| {
        let at = text.to_lowercase().find(&old.to_lowercase())?;
        text.get(at..at + old.len()).map(|_| at)
    };
    notes.retain(|note| place(&note.text).is_some());
    match notes.as_slice() {
        [] => Some(Reply::say(format!("I have no such note that says “{old}”."))),
        [note] => {
            let mut text = note.text.clone();
            let at = place(&text)?;
            text.replace_range(at..at + old.len(), &new);
            edited(turn, note.id, &text)
        }
        _ => None,
    }
}

pub(super) fn append(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let more = found.text(&["text"])?;
    let notes = meant(turn, found)?;
    match notes.as_slice() {
        [] => Some(Reply::say("I have no such note.")),
        [note] => edited(turn, note.id, &format!("{}\n{more}", note.text)),
        _ => None,
    }
}

// Why a note is changed, after what it is to say: "pier 11, they moved it".
pattern!(
    WHY,
    r"(?i),? (?:because |cos |coz |since |as )?(?:they|he|she|it|i|we|that)(?:'ve|'s|'d| have| has| had| was| were)? (?:(?:just|only|all|since|been) )*(?:changed|moved|switched|swapped|got (?:it|that|mixed)|wrong|made a mistake|mixed|misread|misheard|mistyped)\b.*$"
);

/// What a note is to say, without why.
pub(super) fn without_why(text: &str) -> String {
    let said = replace(&WHY, text, "");
    if said.trim().is_empty() { text.to_owned() } else { said }
}

pub(super) fn edited(turn: &mut Turn<'_>, id: i64, text: &str) -> Option<Reply> {
    let note = turn.memory.notes.iter().find(|note| note.id == id).cloned()?;
    turn.memory.put(Record::Note(Row { text: text.to_owned(), ..note }));
    "changing the note".clone_into(&mut turn.memory.what);
    Some(Reply::say(format!("The note says now: {text}")).did("note", "edit").with("text", text).about(
        "note",
        "edit",
        vec![id],
    ))
}

pub(super) fn follow_delete(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let ids = last(turn);
    if ids.len() == 1 { Some(deleted(turn, &ids)) } else { None }
}

pub(super) fn follow_delete_place(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ids = last(turn);
    let id = *ids.get(ordinal(&found.text(&["which"])?, ids.len())?)?;
    Some(deleted(turn, &[id]))
}

pub(super) fn follow_edit(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match last(turn).as_slice() {
        [id] => edited(turn, *id, &found.text(&["text"])?),
        _ => None,
    }
}

pub(super) fn follow_append(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ids = last(turn);
    let [id] = ids.as_slice() else { return None };
    let note = turn.memory.notes.iter().find(|note| note.id == *id)?;
    let text = format!("{}\n{}", note.text, found.text(&["text"])?);
    edited(turn, *id, &text)
}

/// Which note the model takes to be in the way: asked, since it may be wrong.
pub(super) fn delete_offered(turn: &Turn<'_>) -> Reply {
    const ASKED: &[&str] =
        &["delete", "remove", "erase", "get", "rid", "throw", "away", "it", "old", "any", "more"];
    let said: Vec<String> = words(&turn.reading.plain);
    let said: Vec<&str> = said.iter().map(String::as_str).filter(|word| !ASKED.contains(word)).collect();
    let notes = matching(turn, &said.join(" "));
    match notes.as_slice() {
        [] if turn.memory.notes.is_empty() => Reply::say("You have no notes."),
        [] if of_all(&turn.reading.plain) => confirm(turn.memory.notes.iter().map(|note| note.id).collect()),
        [] => Reply::say("I'm not sure which note you mean. Say it like: delete the note about the boiler."),
        [note] => {
            Reply::ask("note", "delete", "confirm", format!("Shall I delete the note “{}”?", note.text))
                .among(vec!["yes".to_owned(), "no".to_owned()])
                .knowing("ids", vec![note.id])
        }
        notes => which(turn, "delete", notes),
    }
}
