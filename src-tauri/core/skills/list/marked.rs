//! What is done with lists and what is on them by the words that the model marks.

use super::add::{names_nothing, put};
use super::meant_list;
use super::names::{canonical, split};
use super::read::{is_on, tell};
use super::take::{matching, moved, replaced, take};
use super::wanted::{asks, called};
use super::whole::{ask_clear, ask_delete, made, renamed};
use crate::memory::Item;
use crate::skills::filled::{self, Marks};
use crate::skills::turn::{Reply, Turn};

pub(super) fn filled(turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
    let items = items(marks)?;
    let names: Vec<String> =
        marks.all("list").into_iter().map(|name| filled::reading(turn, name).plain).collect();
    if verb == "add" && names.len() > 1 {
        return put_each(turn, marks);
    }
    match (verb, names.as_slice(), items.as_slice()) {
        ("rename", [one, other], []) => return rename(turn, one, other),
        ("move", [.., to], [_, ..]) => return move_items(turn, &names, &canonical(to), &items),
        (_, [_, _, ..], _) => return None,
        ("create", [name], _) => return Some(made(turn, &called(name)?, &items.join(", "))),
        _ => {}
    }
    let said = !names.is_empty();
    let list = meant_list(turn, names.into_iter().next());
    match (verb, items.as_slice()) {
        ("add", [_, ..]) => Some(put(turn, &list?, items)),
        ("remove" | "complete" | "reopen", [_, ..]) => Some(take(turn, verb, list, &items.join(", "))),
        ("replace", [one, other]) => replace(turn, list.filter(|_| said), one, other),
        ("read", [item]) => Some(is_on(turn, list?, item)),
        // "Is there any milk on it" asks for less than it all.
        ("read", []) if said && !asks(&turn.reading.plain) => Some(tell(turn, &list?)),
        ("clear", []) if said => Some(ask_clear(turn, &list?)),
        ("delete", []) if said => Some(ask_delete(turn, &list?)),
        _ => None,
    }
}

/// The things that are marked, each once; nothing if one of them is no thing ("a few things").
fn items(marks: &Marks<'_>) -> Option<Vec<String>> {
    let apart =
        |(words, pieces): (&str, usize)| if pieces == 1 { vec![words.to_owned()] } else { split(words) };
    let mut items: Vec<String> = Vec::new();
    for item in marks.runs("item").into_iter().flat_map(apart) {
        if names_nothing(&item) {
            return None;
        }
        // "There's no soap left! Soap, shopping list."
        if !items.iter().any(|known| known.eq_ignore_ascii_case(&item)) {
            items.push(item);
        }
    }
    Some(items)
}

/// "Bread on the groceries, and fix the gate on my to-dos": the list that stands after the things, or before them.
fn put_each(turn: &mut Turn<'_>, marks: &Marks<'_>) -> Option<Reply> {
    let slots = marks.in_order();
    let ahead = slots.first()?.0 == "list";
    let mut lists: Vec<(String, Vec<String>)> = Vec::new();
    let mut items = Vec::new();
    for (kind, words) in slots {
        match (kind, lists.last_mut()) {
            ("list", _) => {
                let name = canonical(&filled::reading(turn, words).plain);
                lists.push((name, std::mem::take(&mut items)));
            }
            (_, Some((_, items))) if ahead => items.push(words.to_owned()),
            _ => items.push(words.to_owned()),
        }
    }
    if !items.is_empty() || lists.iter().any(|(_, items)| items.is_empty()) {
        return None;
    }
    Some(Reply::together(lists.into_iter().map(|(name, items)| put(turn, &name, items)).collect()))
}

/// Whichever of the names a list has gets the other.
fn rename(turn: &mut Turn<'_>, one: &str, other: &str) -> Option<Reply> {
    let known = |name: &str| turn.list(&canonical(name));
    let (list, new) = known(one).map(|list| (list, other)).or_else(|| Some((known(other)?, one)))?;
    Some(renamed(turn, &list, &called(new)?))
}

/// To the list that they are not on yet: the last that is named, or the other.
fn move_items(turn: &mut Turn<'_>, names: &[String], last: &str, items: &[String]) -> Option<Reply> {
    let mut found: Vec<Item> = Vec::new();
    for item in items {
        found.push(matching(turn, None, item).into_iter().find(|item| !item.done)?);
    }
    let from = found.first()?.list;
    let is_from = |name: &str| turn.list(name).is_some_and(|list| list.id == from);
    let to = match names {
        [_] if !is_from(last) => last.to_owned(),
        [first, _] if is_from(last) && !is_from(&canonical(first)) => canonical(first),
        [_, _] if !is_from(last) => last.to_owned(),
        _ => return None,
    };
    Some(moved(turn, found, &to))
}

/// Whichever of the things is on the list gives way to the other.
fn replace(turn: &mut Turn<'_>, list: Option<String>, one: &str, other: &str) -> Option<Reply> {
    let of = list.and_then(|name| turn.list(&name)).map(|list| list.id);
    let on = |thing: &str| matching(turn, of, thing).into_iter().find(|item| !item.done);
    let (item, new) = match (on(one), on(other)) {
        (Some(item), None) => (item, other),
        (None, Some(item)) => (item, one),
        _ => return None,
    };
    let list = turn.memory.lists.iter().find(|list| list.id == item.list).cloned()?;
    Some(replaced(turn, &list, &item, new))
}
