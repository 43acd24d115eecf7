//! Whole lists: made, emptied, renamed and deleted.

use super::add::put;
use super::names::{canonical, split};
use super::read::tell;
use super::wanted::called;
use super::{meant_list, which_list};
use crate::memory::{List as Row, Record, Table};
use crate::skills::grammar::Found;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{count, words};

pub(super) fn create(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["list"]).unwrap_or_default().to_lowercase();
    // "Have a look at the camping list" makes none.
    if said.ends_with("list") && (said.contains(" the ") || said.contains(" my ")) {
        return None;
    }
    let name = canonical(&said);
    if name.is_empty() || name == "new" || words(&name).is_empty() {
        return Some(Reply::ask("list", "create", "list", "What shall the list be called?"));
    }
    const OTHERS: &[&str] = &["to", "on", "onto", "from", "off"];
    if words(&name).len() > 5
        || name
            .split(' ')
            .any(|word| OTHERS.contains(&word) && !name.starts_with("to") && !name.contains(" to "))
    {
        return None;
    }
    // "Do I have bananas in my shopping list" asks.
    let first = name.split(' ').next().unwrap_or_default();
    let elsewhere = [" to my ", " to the ", " in my ", " in the ", " on my ", " of the ", " of my "]
        .iter()
        .any(|at| name.contains(at));
    let placed = name.starts_with("to ") && name != "to do";
    if elsewhere
        || placed
        || ["i", "we", "you", "it", "is", "anything", "any", "item", "over", "through", "at"].contains(&first)
    {
        return None;
    }
    // "Add milk to the shopping list" creates nothing, nor does "add milk shopping list".
    let bare =
        [" shopping", " grocery", " to-do", " to do", " packing"].iter().any(|list| name.ends_with(list));
    if found.whole().to_lowercase().starts_with("add ") && bare && !said.starts_with("new ") {
        return None;
    }
    if found.whole().to_lowercase().starts_with("add ") && (name.contains(" to ") || name.contains(" on ")) {
        return None;
    }
    let whole = found.whole().to_lowercase();
    let going = ["put together ", "get a list going", "get a new list going", "get a list started"];
    if ["put ", "get "].iter().any(|verb| whole.starts_with(verb))
        && !going.iter().any(|verb| whole.starts_with(verb))
    {
        return None;
    }
    let items = found.text(&["items", "items2"]).unwrap_or_default();
    Some(made(turn, &name, &items))
}

/// "Give me a list of all the kings of England" asks for knowledge, and no list of one's own.
pub(super) fn list_of(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const OWN: &[&str] = &[
        "i",
        "i've",
        "i'm",
        "we",
        "we've",
        "me",
        "my",
        "us",
        "our",
        "mine",
        "you",
        "your",
        "alarms",
        "timers",
        "alarm",
        "timer",
        "reminders",
        "lists",
        "list",
        "notes",
        "items",
        "messages",
        "tasks",
        "chores",
        "errands",
        "groceries",
        "things",
        "stuff",
        "to",
        "called",
        "named",
        "with",
        "what",
    ];
    let of = found.text(&["of"])?.to_lowercase();
    if words(&of).iter().any(|word| OWN.contains(&word.as_str())) || turn.list(&canonical(&of)).is_some() {
        return None;
    }
    let text = turn.vary(&["I can't make that list for you.", "That list is beyond me."]);
    Some(Reply {
        refused: Some("knowledge"),
        ..Reply::say(format!("{text} I only keep the lists that you dictate."))
    })
}

/// "New list hardware store".
pub(super) fn create_new(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = canonical(&found.text(&["list"])?);
    if name.split(' ').count() > 4 || name.is_empty() { None } else { Some(made(turn, &name, "")) }
}

/// "Get a list going for the garden".
pub(super) fn create_going(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let going = [" list going ", " list started ", "let there be ", "put together "];
    if going.iter().any(|word| whole.contains(word)) { create_new(turn, found) } else { None }
}

/// "Create list wedding guests"; "make the list longer" makes none.
pub(super) fn create_bare(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const ELSE: &[&str] = &[
        "again",
        "over",
        "longer",
        "shorter",
        "empty",
        "blank",
        "clean",
        "public",
        "private",
        "bigger",
        "smaller",
        "afresh",
        "anew",
        "from",
        "up",
        "on",
        "in",
        "to",
        "for",
        "of",
        "with",
        "please",
        "and",
        "visible",
        "there",
        "here",
        "now",
        "first",
        "later",
        "alphabetical",
        "better",
        "easier",
        "at",
        "item",
        "items",
        "entry",
        "into",
        "fresh",
        "me",
        "my",
        "it",
        "that",
        "this",
        "the",
        "called",
        "named",
        "as",
        "out",
        "down",
        "all",
        "item's",
    ];
    let said = found.text(&["list"])?.to_lowercase();
    if said.split(' ').any(|word| ELSE.contains(&word)) { None } else { create_new(turn, found) }
}

pub(super) fn made(turn: &mut Turn<'_>, name: &str, items: &str) -> Reply {
    if let Some(list) = turn.called(name) {
        let mut reply = tell(turn, &list.name);
        reply.text = format!("There is a {name} list already. {}", reply.text);
        return reply;
    }
    if !items.is_empty() {
        return put(turn, name, split(items));
    }
    let list = turn.new_list(name);
    turn.memory.what = format!("making the {name} list");
    // Not a question that has to be answered: what comes next may be about something else.
    Reply::say(format!("I made the {name} list. What shall I put on it?"))
        .did("list", "create")
        .with("list", name)
        .about("list", "create", vec![list.id])
}

pub(super) fn clear(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match meant_list(turn, found.text(&["list"])) {
        Some(name) => Some(ask_clear(turn, &name)),
        None => Some(which_list(turn, "clear", "")),
    }
}

/// Clearing can be undone, so it asks only where much would go.
pub(super) fn ask_clear(turn: &mut Turn<'_>, name: &str) -> Reply {
    let Some(list) = turn.list(name) else {
        return Reply::say(format!("There is no {name} list."));
    };
    let items = turn.items(list.id).len();
    if items > 10 {
        return Reply::ask(
            "list",
            "clear",
            "confirm",
            format!("Remove all {items} items from the {name} list?"),
        )
        .among(vec!["yes".to_owned(), "no".to_owned()])
        .knowing("id", list.id);
    }
    cleared(turn, list.id)
}

pub(super) fn cleared(turn: &mut Turn<'_>, id: i64) -> Reply {
    let Some(list) = turn.memory.lists.iter().find(|list| list.id == id).cloned() else {
        return Reply::say("That list is gone.");
    };
    let items = turn.items(id);
    for item in &items {
        turn.memory.remove(Table::Item, item.id);
    }
    turn.memory.what = format!("clearing the {} list", list.name);
    Reply::say(format!("The {} list is empty now; {} removed.", list.name, count(items.len() as i64, "item")))
        .did("list", "clear")
        .with("list", list.name)
        .with("count", items.len())
        .about("list", "clear", vec![id])
}

pub(super) fn delete(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["list"])?;
    // "delete milk from the list" is no list.
    if [" from ", " form ", " off ", " on ", " in the ", " in my ", " to the ", " to my ", " into ", " onto "]
        .iter()
        .any(|word| said.contains(word))
    {
        return None;
    }
    match meant_list(turn, Some(said)) {
        Some(name) => Some(ask_delete(turn, &name)),
        None => Some(which_list(turn, "delete", "")),
    }
}

/// Whether a request beside what is told of a list hangs on that, or its list is none.
fn unsure(turn: &Turn<'_>, found: &Found) -> bool {
    const HANGS: &[&str] = &[
        "if", "when", "once", "unless", "whenever", "after", "before", "don't", "never", "not", "until",
        "add", "put", "should", "can", "did", "do", "how", "what", "who", "why", "remind",
    ];
    let whole = found.whole().to_lowercase();
    let list = meant_list(turn, found.text(&["list"]));
    HANGS.contains(&whole.split(' ').next().unwrap_or_default())
        || list.is_none_or(|list| turn.list(&list).is_none())
}

/// "I'm done with the camping list, delete it".
pub(super) fn delete_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if unsure(turn, found) { None } else { delete(turn, found) }
}

/// "I'm done with the camping list, empty it".
pub(super) fn clear_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if unsure(turn, found) { None } else { clear(turn, found) }
}

/// "The camping list can go", if there is one.
pub(super) fn delete_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    turn.list(&name)?;
    delete(turn, found)
}

pub(super) fn ask_delete(turn: &mut Turn<'_>, name: &str) -> Reply {
    let Some(list) = turn.list(name) else {
        return Reply::say(format!("There is no {name} list."));
    };
    if turn.items(list.id).len() > 10 {
        return Reply::ask("list", "delete", "confirm", format!("Delete the whole {name} list?"))
            .among(vec!["yes".to_owned(), "no".to_owned()])
            .knowing("id", list.id);
    }
    deleted(turn, list.id)
}

pub(super) fn deleted(turn: &mut Turn<'_>, id: i64) -> Reply {
    let Some(list) = turn.memory.lists.iter().find(|list| list.id == id).cloned() else {
        return Reply::say("That list is gone.");
    };
    for item in turn.items(id) {
        turn.memory.remove(Table::Item, item.id);
    }
    turn.memory.remove(Table::List, id);
    turn.memory.what = format!("deleting the {} list", list.name);
    Reply::say(format!("I deleted the {} list.", list.name)).did("list", "delete").with("list", list.name)
}

/// "Call the camping list festival", if there is one.
pub(super) fn rename_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    turn.list(&name)?;
    rename(turn, found)
}

pub(super) fn rename(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list", "of"]))?;
    let Some(list) = turn.list(&name) else {
        return Some(Reply::say(format!("There is no {name} list.")));
    };
    // "Call it chores, that's friendlier": only what could be a name is.
    let new = called(&found.text(&["name"])?)?;
    Some(renamed(turn, &list, &new))
}

pub(super) fn renamed(turn: &mut Turn<'_>, list: &Row, new: &str) -> Reply {
    turn.memory.put(Record::List(Row { name: new.to_owned(), ..list.clone() }));
    "renaming the list".clone_into(&mut turn.memory.what);
    Reply::say(format!("It is the {new} list now.")).did("list", "rename").with("list", new).about(
        "list",
        "rename",
        vec![list.id],
    )
}

pub(super) fn follow_clear(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    Some(ask_clear(turn, &list.name))
}
