//! Lists read out.

use super::names::{canonical, holds_more};
use super::take::matching;
use super::{meant_list, which_list};
use crate::memory::Item;
use crate::skills::grammar::Found;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{count, is_or_are, series};

/// Reads a list out.
pub(super) fn tell(turn: &Turn<'_>, name: &str) -> Reply {
    let Some(list) = turn.list(name) else {
        let reply = Reply::say(format!("There is nothing on the {name} list."));
        return reply.did("list", "read").with("list", name).with("items", Vec::<String>::new());
    };
    let (done, open): (Vec<Item>, Vec<Item>) = turn.items(list.id).into_iter().partition(|item| item.done);
    let open: Vec<String> = open.into_iter().map(|item| item.text).collect();
    let ticked = if done.is_empty() { String::new() } else { format!(" {} ticked off.", done.len()) };
    let text = match open.as_slice() {
        [] => format!("The {name} list is empty.{ticked}", name = list.name),
        [one] => format!("On the {} list: {one}.{ticked}", list.name),
        _ => format!("On the {} list:\n• {}\n{}", list.name, open.join("\n• "), ticked.trim())
            .trim_end()
            .to_owned(),
    };
    Reply::say(text).did("list", "read").with("list", list.name).with("items", open).about(
        "list",
        "read",
        vec![list.id],
    )
}

pub(super) fn read(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "What is a shopping list?" asks for no list.
    let whole = found.whole().to_lowercase();
    if ["what a ", "what an ", "what is a ", "what's a ", "what is an ", "which is a "]
        .iter()
        .any(|what| whole.starts_with(what))
    {
        return None;
    }
    // "Check apples off the list" reads none.
    if whole.starts_with("check ") && whole.contains(" off") {
        return None;
    }
    let said = found.text(&["list"]).map(|said| asked_of(&said).to_owned());
    if said.as_ref().is_some_and(|said| holds_more(said)) {
        return None;
    }
    let several = said.as_ref().is_some_and(|said| said.to_lowercase().ends_with("lists"));
    match meant_list(turn, said) {
        Some(name) if several && turn.list(&name).is_none() => None,
        Some(name) => Some(tell(turn, &name)),
        None => Some(which_list(turn, "read", "")),
    }
}

/// Of "does the packing list", which a question holds, the list.
fn asked_of(said: &str) -> &str {
    const BEFORE: &[&str] =
        &["does", "do", "did", "is", "are", "was", "on", "in", "of", "up", "out", "aloud", "at"];
    let list = [" the ", " my ", " our "].iter().find_map(|at| said.split_once(at));
    match list {
        Some((before, list)) if before.to_lowercase().split(' ').all(|word| BEFORE.contains(&word)) => list,
        _ => said,
    }
}

/// "What do I still need off the shopping list"; "what did I say on my list" asks something else.
pub(super) fn read_asked(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const ELSE: &[&str] = &[
        " say",
        " said",
        " mention",
        " should i put",
        " should i add",
        " happen",
        " wrong",
        " mean",
        " best",
        " put it",
    ];
    let whole = found.whole().to_lowercase();
    if ELSE.iter().any(|word| whole.contains(word)) { None } else { read(turn, found) }
}

/// "Camping list", if there is one. No pattern, since "camping list, add a tent" is one request.
pub(super) fn read_there(turn: &Turn<'_>) -> Option<Reply> {
    let plain = &turn.reading.plain;
    let name = canonical(plain);
    turn.list(&name).filter(|_| plain.to_lowercase().ends_with("list"))?;
    Some(tell(turn, &name))
}

/// "What am I packing?", if there is a packing list.
pub(super) fn read_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = format!("{}ing", found.text(&["list"])?.to_lowercase());
    turn.list(&name)?;
    Some(tell(turn, &name))
}

/// "What have I still got to pack", of the packing list; "what should I read" asks for more where there is no such list.
pub(super) fn read_verb(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let verb = found.text(&["verb"])?.to_lowercase();
    let names: &[&str] = match verb.as_str() {
        "buy" | "get" => return Some(tell(turn, "shopping")),
        "pack" | "bring" => &["packing"],
        "watch" => &["watch", "watching"],
        _ => &["reading", "read"],
    };
    let name = names.iter().find(|name| turn.list(name).is_some());
    let name = name.or(names.first().filter(|_| verb == "pack"))?;
    Some(tell(turn, name))
}

pub(super) fn read_shopping(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(tell(turn, "shopping"))
}

pub(super) fn read_todo(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(tell(turn, "to-do"))
}

/// "Do we need milk?", if it is on a list.
pub(super) fn has_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let item = found.text(&["item"])?;
    let there = matching(turn, None, &item).into_iter().find(|item| !item.done)?;
    let list = turn.memory.lists.iter().find(|list| list.id == there.list).cloned()?;
    let text = format!("Yes, {} {} on the {} list.", there.text, is_or_are(&[&there.text]), list.name);
    Some(Reply::say(text).did("list", "read").with("list", list.name).about("list", "read", vec![list.id]))
}

pub(super) fn has(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let Some(name) = meant_list(turn, found.text(&["list"])) else { return has_known(turn, found) };
    let item = found.text(&["item"])?;
    // "Is it possible for you to read the things on my list", "is there any chance you'd put milk on it" ask for more.
    const MORE: &[&str] = &["it", "chance", "way", "possibility", "hope", "you", "room", "space"];
    let first = item.split(' ').next().unwrap_or_default().to_lowercase();
    if MORE.contains(&first.as_str()) {
        return None;
    }
    if ["anything", "something", "what", "everything", "left", "still anything"]
        .contains(&item.to_lowercase().as_str())
    {
        return Some(tell(turn, &name));
    }
    Some(is_on(turn, name, &item))
}

/// Tells whether a thing is on a list.
pub(super) fn is_on(turn: &Turn<'_>, name: String, item: &str) -> Reply {
    let list = turn.list(&name);
    let there = list
        .as_ref()
        .and_then(|list| matching(turn, Some(list.id), item).into_iter().find(|item| !item.done));
    let text = match there {
        Some(item) => format!("Yes, {} {} on the {name} list.", item.text, is_or_are(&[&item.text])),
        None => format!("No, {item} {} not on the {name} list.", is_or_are(&[item])),
    };
    let ids = list.map(|list| list.id).into_iter().collect();
    Reply::say(text).did("list", "read").with("list", name).about("list", "read", ids)
}

pub(super) fn follow_read(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    Some(tell(turn, &list.name))
}

pub(super) fn lists(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(all(turn))
}

/// Tells which lists there are.
pub(super) fn all(turn: &Turn<'_>) -> Reply {
    let lines: Vec<String> = turn
        .memory
        .lists
        .iter()
        .map(|list| {
            let open = turn.items(list.id).iter().filter(|item| !item.done).count();
            format!("{} ({})", list.name, count(open as i64, "item"))
        })
        .collect();
    let text = if lines.is_empty() {
        "You have no lists yet. Try “add milk to the shopping list”.".to_owned()
    } else {
        format!("Your lists: {}.", series(&lines))
    };
    Reply::say(text).did("list", "lists").with("count", lines.len())
}
