//! Things taken off a list, ticked off, and back on.

use super::meant_list;
use super::names::{canonical, split};
use crate::memory::{Item, List as Row, Record, Table};
use crate::skills::grammar::Found;
use crate::skills::reading::pattern;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{self, ordinal, series, stem, words};

pattern!(
    WHOLE,
    r"(?i)^(?:everything|every(?: single)? (?:item|thing)|all(?: of)?(?: it| them)?|all(?: of)?(?: the)? (?:items|things)|the (?:whole )?lot)$"
);

/// The items that a phrase names: the one that is called so, or those that hold
/// its words.
pub(super) fn matching(turn: &Turn<'_>, list: Option<i64>, phrase: &str) -> Vec<Item> {
    let items: Vec<Item> =
        turn.memory.items.iter().filter(|item| list.is_none_or(|list| item.list == list)).cloned().collect();
    if let Some(at) = place(phrase, items.iter().filter(|item| !item.done).count()) {
        return items.into_iter().filter(|item| !item.done).skip(at).take(1).collect();
    }
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

/// The place that "the last item" names.
fn place(phrase: &str, count: usize) -> Option<usize> {
    let phrase = phrase.to_lowercase();
    let which = ["item", "thing", "entry", "one"].iter().find_map(|noun| phrase.strip_suffix(noun))?;
    ordinal(which.trim(), count)
}

pub(super) fn stems(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| stem(&word).to_owned()).collect()
}

pub(super) fn remove(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let list = meant_list(turn, found.text(&["list"]));
    Some(take(turn, "remove", list, &items))
}

/// "Delete milk on the list"; "bin bags on the list" are a thing, unless they are on it.
pub(super) fn remove_on(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let bin = found.whole().to_lowercase().starts_with("bin ");
    if bin { remove_known(turn, found) } else { remove(turn, found) }
}

/// "Take matches off", of the list named before it.
pub(super) fn remove_listed(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    turn.list(&name)?;
    remove(turn, found)
}

/// "Oat milk instead of milk", if that is on a list.
pub(super) fn replace_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (old, new) = (found.text(&["items"])?, found.text(&["new"])?);
    let name = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    let of = match &name {
        Some(name) => Some(turn.list(name)?.id),
        None => None,
    };
    let item = matching(turn, of, &old).into_iter().find(|item| !item.done)?;
    let list = turn.memory.lists.iter().find(|list| list.id == item.list).cloned()?;
    Some(replaced(turn, &list, &item, &new))
}

/// "Delete the hat from packing", if there is such a list.
pub(super) fn remove_known_list(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = canonical(&found.text(&["list"])?);
    turn.list(&name).filter(|_| !name.is_empty())?;
    remove(turn, found)
}

/// "I don't need milk any more", if it is on a list.
pub(super) fn remove_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let list = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    let known = split(&items).iter().all(|item| !matching(turn, None, item).is_empty());
    known.then(|| take(turn, "remove", list, &items))
}

/// "All on my packing list is packed, tick it off".
pub(super) fn complete_all(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    turn.list(&name)?;
    Some(take(turn, "complete", Some(name), "everything"))
}

pub(super) fn follow_complete_all(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    Some(take(turn, "complete", Some(list.name), "everything"))
}

/// Takes what is ticked off off the list for good.
pub(super) fn clear_done(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    Some(without_done(turn, found.text(&["list"])))
}

/// Takes what is ticked off off the list of that name, the one that is meant, or all.
pub(super) fn without_done(turn: &mut Turn<'_>, said: Option<String>) -> Reply {
    let name = meant_list(turn, said.clone());
    let list = name.as_deref().and_then(|name| turn.list(name));
    if said.is_some() && list.is_none() {
        return Reply::say(format!("There is no {} list.", name.unwrap_or_default()));
    }
    let of = list.as_ref().map(|list| list.id);
    let done: Vec<Item> = turn.memory.items.iter().filter(|item| item.done).cloned().collect();
    let done: Vec<Item> = done.into_iter().filter(|item| of.is_none_or(|of| item.list == of)).collect();
    for item in &done {
        turn.memory.remove(Table::Item, item.id);
    }
    let name = list.as_ref().map_or_else(|| "lists".to_owned(), |list| format!("{} list", list.name));
    if done.is_empty() {
        return Reply::say(format!("Nothing on your {name} is ticked off."));
    }
    turn.memory.what = format!("clearing what was done from the {name}");
    let text = format!("{} removed from the {name}.", wording::count(done.len() as i64, "item"));
    let reply =
        Reply::say(text).did("list", "clear").with_some("list", &list.map_or_else(String::new, |l| l.name));
    reply.with("count", done.len()).about("list", "clear", of.into_iter().collect())
}

/// "Move milk from the shopping list to the to-do list".
pub(super) fn move_items(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let from = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    let to = canonical(&found.text(&["other"])?);
    let of = match &from {
        Some(name) => match turn.list(name) {
            Some(list) => Some(list.id),
            None => return Some(Reply::say(format!("There is no {name} list."))),
        },
        None => None,
    };
    let items: Vec<Item> = split(&found.text(&["items"])?)
        .iter()
        .filter_map(|item| matching(turn, of, item).into_iter().next())
        .collect();
    if items.is_empty() || to.is_empty() {
        return from.map(|from| Reply::say(format!("That is not on the {from} list.")));
    }
    Some(moved(turn, items, &to))
}

/// Moves items to a list, which is made if there is none of that name.
pub(super) fn moved(turn: &mut Turn<'_>, items: Vec<Item>, to: &str) -> Reply {
    let target = turn.list(to).unwrap_or_else(|| turn.new_list(to));
    let names: Vec<String> = items.iter().map(|item| item.text.clone()).collect();
    for item in items {
        turn.memory.put(Record::Item(Item { list: target.id, ..item }));
    }
    turn.memory.what = format!("moving to the {} list", target.name);
    let text = format!("{} moved to the {} list.", wording::capital(&series(&names)), target.name);
    let reply = Reply::say(text).did("list", "move").with("list", target.name).with("items", names);
    reply.about("list", "move", vec![target.id])
}

/// "Swap milk for oat milk on the shopping list".
pub(super) fn replace_item(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    let (old, new) = (found.text(&["items"])?, found.text(&["new"])?);
    let Some(list) = turn.list(&name) else {
        return Some(Reply::say(format!("There is no {name} list.")));
    };
    let Some(item) = matching(turn, Some(list.id), &old).into_iter().next() else {
        return Some(Reply::say(format!("{} is not on the {name} list.", wording::capital(&old))));
    };
    Some(replaced(turn, &list, &item, &new))
}

pub(super) fn replaced(turn: &mut Turn<'_>, list: &Row, item: &Item, new: &str) -> Reply {
    let new = split(new).join(" and ");
    turn.memory.put(Record::Item(Item { text: new.clone(), done: false, ..item.clone() }));
    turn.memory.what = format!("changing the {} list", list.name);
    let text = format!("{} instead of {} on the {} list.", wording::capital(&new), item.text, list.name);
    let reply =
        Reply::say(text).did("list", "replace").with("list", list.name.clone()).with("items", vec![new]);
    reply.about("list", "replace", vec![list.id])
}

pub(super) fn complete(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let list = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    if list.is_none() && split(&items).iter().all(|item| matching(turn, None, item).is_empty()) {
        let marked = found.whole().to_lowercase();
        let sure = marked.contains(" as ") || marked.contains(" off");
        // "… on the list, we've got it" is a remark that is not yet taken off.
        let sure = sure && !items.contains(" list");
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

/// The items, done or open, that are spoken of in a sentence, all of their words.
fn spoken(turn: &Turn<'_>, list: Option<i64>, said: &str, done: bool) -> Vec<Item> {
    let open = turn.memory.items.iter();
    let open = open.filter(|item| item.done == done && list.is_none_or(|list| item.list == list));
    held(&open.cloned().collect::<Vec<_>>(), said)
}

/// The items all of whose words are said, but for those that are a part of another: of "oat milk" not milk.
pub(super) fn held(items: &[Item], said: &str) -> Vec<Item> {
    let said = stems(said);
    let within = |part: &Item, whole: &Item| {
        let (part, whole) = (stems(&part.text), stems(&whole.text));
        part.len() < whole.len() && part.iter().all(|word| whole.contains(word))
    };
    let fits = |item: &&Item| {
        let words = stems(&item.text);
        !words.is_empty() && words.iter().all(|word| said.contains(word))
    };
    let mut items: Vec<Item> = items.iter().filter(fits).cloned().collect();
    items.sort_by_key(|item| {
        stems(&item.text).first().and_then(|word| said.iter().position(|other| other == word))
    });
    items.iter().filter(|item| !items.iter().any(|other| within(item, other))).cloned().collect()
}

/// "I've bought the milk, tick it off": the items that the words before speak of, if any do.
fn take_told(turn: &mut Turn<'_>, found: &Found, verb: &str) -> Option<Reply> {
    let said = found.text(&["items"])?;
    let name = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    let list = name.as_deref().and_then(|name| turn.list(name)).map(|list| list.id);
    let done = verb == "reopen";
    let open =
        |said: &str| !said.is_empty() && matching(turn, list, said).iter().any(|item| item.done == done);
    // "I've just paid the rent" for "pay the rent".
    let ends = (0..4).filter_map(|from| said.splitn(from + 1, ' ').nth(from));
    let spoken = spoken(turn, list, &said, done);
    let items = match spoken.as_slice() {
        [] => ends.into_iter().find(|said| open(said))?.to_owned(),
        // "The milk is sour" speaks of milk on one list.
        items => {
            let first = items.first()?.list;
            let texts = items.iter().filter(|item| item.list == first).map(|item| item.text.clone());
            texts.collect::<Vec<_>>().join(", ")
        }
    };
    Some(take(turn, verb, name, &items))
}

/// "I've bought the milk, tick it off".
pub(super) fn complete_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if let Some(reply) = take_told(turn, found, "complete") {
        return Some(reply);
    }
    let said = found.text(&["items"])?;
    let own = ["i ", "i've ", "we ", "we've "].iter().any(|own| said.to_lowercase().starts_with(own));
    own.then(|| Reply::say(format!("“{said}” is on none of your lists.")))
}

/// "Milk can come off the list", "we've got milk, take it off".
pub(super) fn remove_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    take_told(turn, found, "remove")
}

/// "I didn't get the milk after all, untick it".
pub(super) fn reopen_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    take_told(turn, found, "reopen")
}

pub(super) fn reopen(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let list = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    let known = list.is_some() || split(&items).iter().all(|item| !matching(turn, None, item).is_empty());
    known.then(|| take(turn, "reopen", list, &items))
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
    let mut phrases = split(said);
    // "Tick everything off".
    if let (Some(list), true) = (of, WHOLE.as_ref().is_some_and(|whole| whole.is_match(said))) {
        let items =
            turn.memory.items.iter().filter(|item| item.list == list && item.done != (verb == "complete"));
        phrases = items.map(|item| item.text.clone()).collect();
    }
    for phrase in phrases {
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
        let verb = wording::is_or_are(&missing);
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
    // "Delete the camping list" is said of all of it, whatever stands on it.
    if items.to_lowercase().ends_with(" list") {
        return None;
    }
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
