//! Things taken off a list, ticked off, and back on.

use super::meant_list;
use super::names::split;
use crate::memory::{Item, List as Row, Record, Table};
use crate::skills::grammar::Found;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{self, ordinal, series, words};

/// The items that a phrase names: the one that is called so, or those that hold
/// its words.
pub(super) fn matching(turn: &Turn<'_>, list: Option<i64>, phrase: &str) -> Vec<Item> {
    let items: Vec<Item> =
        turn.memory.items.iter().filter(|item| list.is_none_or(|list| item.list == list)).cloned().collect();
    let said = stems(phrase);
    if said.is_empty() {
        return Vec::new();
    }
    let same: Vec<Item> = items.iter().filter(|item| stems(&item.text) == said).cloned().collect();
    if !same.is_empty() {
        return same;
    }
    items.into_iter().filter(|item| said.iter().all(|word| stems(&item.text).contains(word))).collect()
}

pub(super) fn stems(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .map(|word| if word.len() > 3 { word.trim_end_matches('s').to_owned() } else { word })
        .collect()
}

pub(super) fn remove(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let list = meant_list(turn, found.text(&["list"]));
    Some(take(turn, "remove", list, &items))
}

pub(super) fn complete(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let list = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    if list.is_none() && split(&items).iter().all(|item| matching(turn, None, item).is_empty()) {
        let marked = found.whole().to_lowercase();
        let sure = marked.contains(" as ") || marked.contains(" off");
        return sure.then(|| Reply::say(format!("“{items}” is on none of your lists.")));
    }
    Some(take(turn, "complete", list, &items))
}

/// Only if there is such a thing on a list: "I bought a house" is no request.
pub(super) fn complete_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let known = split(&items).iter().all(|item| matching(turn, None, item).iter().any(|item| !item.done));
    let list = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    known.then(|| take(turn, "complete", list, &items))
}

pub(super) fn reopen(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    Some(take(turn, "reopen", None, &items))
}

/// Removes items from a list, ticks them off, or back on.
pub(super) fn take(turn: &mut Turn<'_>, verb: &str, name: Option<String>, said: &str) -> Reply {
    let list = name.as_deref().and_then(|name| turn.list(name));
    if let (Some(name), None) = (&name, &list) {
        return Reply::say(format!("There is no {name} list."));
    }
    let mut taken = Vec::new();
    let mut missing = Vec::new();
    let mut of = list.as_ref().map(|list| list.id);
    for phrase in split(said) {
        let mut items = matching(turn, of, &phrase);
        if verb == "complete" {
            items.retain(|item| !item.done);
        }
        match items.as_slice() {
            [] => missing.push(phrase),
            [item, ..] => {
                of = Some(item.list);
                match verb {
                    "remove" => turn.memory.remove(Table::Item, item.id),
                    _ => turn.memory.put(Record::Item(Item { done: verb == "complete", ..item.clone() })),
                }
                taken.push(item.text.clone());
            }
        }
    }
    let row = of.and_then(|id| turn.memory.lists.iter().find(|list| list.id == id)).cloned();
    let name = row.as_ref().map(|list| list.name.clone()).or(name).unwrap_or_default();
    let of_list = if name.is_empty() { "your lists".to_owned() } else { format!("the {name} list") };
    let did = match verb {
        "remove" => "off",
        "complete" => "ticked off",
        _ => "back on",
    };
    let mut text = match taken.as_slice() {
        [] => String::new(),
        _ if verb == "complete" => format!("{} {did}.", wording::capital(&series(&taken))),
        _ => format!("{} {did} {of_list}.", wording::capital(&series(&taken))),
    };
    if !missing.is_empty() {
        let verb = if missing.len() == 1 { "is" } else { "are" };
        text = format!("{text} {} {verb} not on {of_list}.", wording::capital(&series(&missing)))
            .trim()
            .to_owned();
    }
    turn.memory.what = match verb {
        "remove" => format!("removing from {of_list}"),
        _ => format!("ticking off on {of_list}"),
    };
    let ids = row.map(|list| list.id).into_iter().collect();
    let reply = Reply::say(text).about("list", verb, ids);
    if taken.is_empty() { reply } else { reply.did("list", verb).with("list", name).with("items", taken) }
}

pub(super) fn follow_remove(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    let items = found.text(&["items"])?;
    let known = split(&items).iter().all(|item| !matching(turn, Some(list.id), item).is_empty());
    known.then(|| take(turn, "remove", Some(list.name), &items))
}

/// The item in a place of the list that was read out.
pub(super) fn placed(turn: &Turn<'_>, found: &Found) -> Option<(Row, Item)> {
    let list = turn.last_list()?;
    let open: Vec<Item> = turn.items(list.id).into_iter().filter(|item| !item.done).collect();
    let at = ordinal(&found.text(&["which"])?, open.len())?;
    Some((list, open.into_iter().nth(at)?))
}

pub(super) fn remove_place(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (list, item) = placed(turn, found)?;
    Some(take(turn, "remove", Some(list.name), &item.text))
}

pub(super) fn complete_place(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (list, item) = placed(turn, found)?;
    Some(take(turn, "complete", Some(list.name), &item.text))
}
