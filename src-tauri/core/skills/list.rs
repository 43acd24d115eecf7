//! To-do, shopping and any other lists.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::reading::{pattern, replace};
use super::turn::{Reply, Turn, number, slot};
use super::wording::{self, choose, count, ordinal, series, words};
use crate::memory::{Asked, Item, List as Row, Record, Table};

pub(super) struct List;

/// A list by its name, as people say it.
const NAME: &str = r"(?<list>(?:(?:shopping|grocery|groceries|to-?do|to do|todos|task|tasks|packing|wish|reading|[\w'&-]+(?: [\w'&-]+){0,2}) )?lists?|shopping|groceries|to-?dos?|to do's|tasks)";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, super::grammar::Act)] = &[
        // Which there are.
        (
            r"(?:{show}|how many) (?:(?:all|all of) )?{the}lists(?: (?:do i have|are there|have i got|i have|exist|have i made))*",
            lists,
        ),
        (r"(?:all )?(?:my )?lists", lists),
        // New ones.
        (
            r"(?:{set}|write) {the}(?:new |empty )*(?<list>[\w'& -]+?) list(?: (?:with|containing|that has|and add|and put)(?: on it)? (?<items>.+))?",
            create,
        ),
        (
            r"(?:{set}|write) {the}(?:new |empty )*list (?:called|named|for|of|with the name|titled|:) ?{the}(?<list>[^,:]+?)(?: (?:with|containing) (?<items>.+)|: (?<items2>.+))?",
            create,
        ),
        (r"(?:{set}|write) {the}(?:new |empty )*list", create),
        // Put on.
        (
            r"(?:add|put|include|write|stick|throw|get|place|note|insert|append|jot)(?: down)? (?<items>.+?) (?:on to|onto|on|to|in|into|under) {the}NAME(?: (?:too|as well|also))?",
            add,
        ),
        (r"(?:add|put) (?:to|on) {the}NAME[:,]? (?<items>.+)", add),
        (r"{the}(?<list>shopping|grocery|to-?do|to do|[\w'-]+) list ?: (?<items>.+)", add),
        (
            r"(?:add|put) (?:a |an |the )?(?:task|to-?do|todo item|to do)(?: (?:to|for|called|named|that says)|:)? (?<task>.+)",
            add_task,
        ),
        (r"(?:to-?do|task): (?<task>.+)", add_task),
        (r"(?:i|we) (?:need|have|want) to (?:buy|pick up|get from the (?:shop|store)) (?<buy>.+)", buy),
        (
            r"(?:we're|we are|i'm|i am|we've|i've|we have|i have)(?: all)? (?:(?:almost|nearly) )?(?:run )?out of (?<buy>.+)",
            buy,
        ),
        (r"(?:buy|pick up) (?<buy>.+)", buy),
        // Read out.
        (
            r"(?:how many|how much) (?:things|items|tasks|entries)?(?: do i have| are| is)?(?: there)? ?(?:on|in) {the}NAME",
            read,
        ),
        (
            r"(?:{show}|what does|how does|how long is|what else is|what all is|let me see|what have i got|what do i have|what do we have) (?:(?:everything|what's|all the things|all|the items|items|things|me|out|is|left|have i got|do i have|we have|i have) )*(?:(?:on|in|off|from) )?{the}NAME(?: (?:have|say|look like|contain|for {t}|again))?",
            read,
        ),
        (
            r"(?:is|are|do i have|did i (?:put|add)|have i (?:put|added)) (?:there )?(?:any )?{the}(?<item>.+?) (?:already )?(?:on|in|to) {the}NAME(?: already)?",
            has,
        ),
        (
            r"what (?:do|should|did) (?:i|we) (?:still )?(?:need|have|want) to (?:buy|get|pick up|shop for)(?: at the (?:store|shop|supermarket))?",
            read_shopping,
        ),
        (
            r"what (?:do|should|must) i (?:still )?(?:need to|have to|got to)? ?(?:do|get done)(?: today| next)?",
            read_todo,
        ),
        (r"what(?:'s| is) (?:left |still )?(?:to do|to be done|on my plate)", read_todo),
        (r"{the}(?<list>(?:shopping|grocery|to-?do|to do|todo|packing) list)", read),
        // Off.
        (r"(?:clear|empty|wipe|reset|clean)(?: out)? (?:everything (?:on|from|off) )?{the}NAME", clear),
        (
            r"(?:remove|delete|take|erase|clear) (?:everything|all(?: the)?(?: items| things)?|all of it) (?:from|off|on|off of) {the}NAME",
            clear,
        ),
        (
            r"(?:delete|remove|get rid of|erase|throw away|drop|trash|destroy) {the}(?:whole |entire )?(?<list>(?:[\w'& -]+ )?list)",
            delete,
        ),
        (r"(?:remove|delete|erase|drop|scratch) {the}(?<items>.+?) (?:from|off|off of|on) {the}NAME", remove),
        (r"take {the}(?<items>.+?) (?:from|off|off of|out of) {the}NAME", remove),
        (
            r"(?:check|tick|cross|mark|strike|scratch) (?:off )?{the}(?<items>.+?)(?: off)?(?: (?:on|from|off|in) {the}NAME)?(?: as (?:done|complete|completed|bought|finished))?",
            complete,
        ),
        (
            r"(?:mark|set) {the}(?<items>.+?) as (?:done|complete|completed|bought|finished)(?: (?:on|in) {the}NAME)?",
            complete,
        ),
        (r"(?:complete|finish|finished) {the}(?<items>.+?)(?: (?:on|from|in) {the}NAME)?", complete_known),
        (
            r"i(?:'ve| have)? (?:just )?(?:bought|got|picked up|already bought|already have) {the}(?<items>.+?)(?: already)?",
            complete_known,
        ),
        (
            r"i(?:'m| am)? (?:have |'ve )?(?:done|did|finished|done with|completed) {the}(?<items>.+)",
            complete_known,
        ),
        (r"{the}(?<items>.+?) (?:is|are) (?:done|finished|complete|bought)", complete_known),
        (r"(?:uncheck|untick|unmark) {the}(?<items>.+?)(?: (?:on|from|in) {the}NAME)?", reopen),
        (r"rename {the}(?<list>[\w'& -]+? ?list) (?:to|as) {the}(?<name>.+?)(?: list)?", rename),
    ];
    let named: Vec<(String, super::grammar::Act)> =
        rules.iter().map(|(pattern, act)| (pattern.replace("NAME", NAME), *act)).collect();
    let named: Vec<(&str, super::grammar::Act)> =
        named.iter().map(|(pattern, act)| (pattern.as_str(), *act)).collect();
    Grammar::new(&named)
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:and|also|plus|add|and add|also add|oh and|as well as)(?: also)? (?<items>.+?)(?: (?:too|as well|to (?:it|that|the list)))?",
            follow_add,
        ),
        (r"(?:add|put) (?<items>.+?)(?: (?:on|to) {it})", follow_add),
        (
            r"(?:remove|delete|take off|drop|cross off|take) (?:the )?(?<which>first|second|third|fourth|fifth|last)(?: one| item| thing)?(?: off)?",
            remove_place,
        ),
        (
            r"(?:check off|complete|tick off|mark|tick) (?:the )?(?<which>first|second|third|fourth|fifth|last)(?: one| item| thing)?(?: off| as done)?",
            complete_place,
        ),
        (r"(?:remove|delete|take off|drop) {the}(?<items>.+?)(?: again)?", follow_remove),
        (r"(?:no[, ]+)?(?:not|without) {the}(?<items>.+)", follow_remove),
        (r"(?:read|show|read out|read back|show me) {it}(?: to me| out| back)?", follow_read),
        (r"(?:what's|what is) (?:on|in) (?:it|that|there)(?: now)?", follow_read),
        (r"(?:clear|empty) {it}", follow_clear),
    ])
});

pattern!(ARTICLE, r"(?i)^(?:some|a|an|the|my|also|more|any|and|item|items|of|:)+ +");
pattern!(
    SPLIT,
    r"(?i)\s*(?:,\s*and\s+|,\s*|;\s*|\n+|\s+and\s+(?:also\s+)?|\s+&\s+|\s+plus\s+|\s+as well as\s+)\s*"
);

/// Pairs that are one thing.
const PAIRS: &[&str] = &[
    "mac and cheese",
    "fish and chips",
    "peanut butter and jelly",
    "gin and tonic",
    "bread and butter pudding",
    "salt and vinegar crisps",
    "half and half",
    "bed and breakfast",
    "rock and roll",
    "black and white",
    "macaroni and cheese",
    "sweet and sour sauce",
];

impl Skill for List {
    fn name(&self) -> &'static str {
        "list"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["shopping_list", "shopping_list_update", "todo_list", "todo_list_update"]
    }

    fn offer(&self) -> &'static str {
        "use a list"
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let name = if turn.analysis.intent.name.starts_with("todo") { "to-do" } else { "shopping" };
        if !turn.sure {
            return None;
        }
        if turn.analysis.intent.name.ends_with("_update") {
            return Some(
                Reply::ask("list", "add", "items", format!("What shall I put on the {name} list?"))
                    .knowing("list", name),
            );
        }
        Some(tell(turn, name))
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        let plain = turn.reading.plain.clone();
        let list = slot(&asked.slots, "list").to_owned();
        match (asked.verb.as_str(), asked.slot.as_str()) {
            ("create", "list") => {
                let name = canonical(&plain);
                (name.split(' ').count() <= 5).then(|| made(turn, &name, ""))
            }
            (_, "items") => {
                let text = replace(&ADDING, &plain, "");
                Some(put(turn, &list, split(&text)))
            }
            ("add", "list") => {
                let name = choose(&plain, &asked.choices).and_then(|at| asked.choices.get(at).cloned());
                let name = name.unwrap_or_else(|| canonical(&plain));
                (name.split(' ').count() <= 4).then(|| put(turn, &name, split(slot(&asked.slots, "items"))))
            }
            (verb, "list") => {
                let name = asked.choices.get(choose(&plain, &asked.choices)?)?.clone();
                match verb {
                    "read" => Some(tell(turn, &name)),
                    "clear" => Some(ask_clear(turn, &name)),
                    "delete" => Some(ask_delete(turn, &name)),
                    _ => Some(take(turn, verb, Some(name), slot(&asked.slots, "items"))),
                }
            }
            ("clear", _) => Some(cleared(turn, number(&asked.slots, "id")?)),
            ("delete", _) => Some(deleted(turn, number(&asked.slots, "id")?)),
            _ => None,
        }
    }
}

pattern!(ADDING, r"(?i)^(?:please )?(?:add|put|i need|we need|buy|get|just)(?: me)? ");

/// The items in one breath.
fn split(text: &str) -> Vec<String> {
    let mut kept = text.to_owned();
    for pair in PAIRS {
        if let Some(at) = kept.to_lowercase().find(pair)
            && kept.is_char_boundary(at)
            && kept.is_char_boundary(at + pair.len())
        {
            kept.replace_range(at..at + pair.len(), &pair.replace(" and ", "\u{E002}"));
        }
    }
    let parts: Vec<&str> = match &*SPLIT {
        Some(regex) => regex.split(&kept).collect(),
        None => vec![&kept],
    };
    let mut items: Vec<String> = Vec::new();
    for part in parts {
        let item = replace(&ARTICLE, part.trim(), "").replace('\u{E002}', " and ");
        let item = item.trim_matches([' ', '.', ',', '"', '!', '?']).to_owned();
        if !item.is_empty() && !items.iter().any(|known| known.eq_ignore_ascii_case(&item)) {
            items.push(item);
        }
    }
    items
}

/// The name of a list without the word itself; "" for "the list".
fn canonical(said: &str) -> String {
    let lower = said.trim_matches(['"', ' ', '.', '\'']).to_lowercase();
    let lower = lower.trim_end_matches(" lists").trim_end_matches(" list").trim();
    let lower = ["the ", "my ", "a ", "an ", "our ", "new ", "called "]
        .iter()
        .fold(lower, |name, word| name.trim_start_matches(word));
    match lower {
        "list" | "lists" | "it" | "that" | "there" => String::new(),
        "shopping" | "grocery" | "groceries" | "shop" | "supermarket" | "food" | "store" => {
            "shopping".to_owned()
        }
        "todo" | "to do" | "to-do" | "todos" | "to-dos" | "to do's" | "task" | "tasks" | "chores" => {
            "to-do".to_owned()
        }
        name => name.to_owned(),
    }
}

impl Turn<'_> {
    fn list(&self, name: &str) -> Option<Row> {
        let lists = &self.memory.lists;
        let plain = name.trim_end_matches('s');
        let same = |list: &&Row| {
            list.name.eq_ignore_ascii_case(name)
                || list.name.trim_end_matches('s').eq_ignore_ascii_case(plain)
        };
        lists.iter().find(same).cloned()
    }

    fn items(&self, list: i64) -> Vec<Item> {
        self.memory.items.iter().filter(|item| item.list == list).cloned().collect()
    }

    /// The list that was last spoken of.
    fn last_list(&self) -> Option<Row> {
        let last = self.memory.dialogue.last.as_ref().filter(|last| last.skill == "list")?;
        let id = last.ids.first()?;
        self.memory.lists.iter().find(|list| list.id == *id).cloned()
    }

    fn new_list(&mut self, name: &str) -> Row {
        let row = Row { id: self.memory.new_id(), name: name.to_owned(), created: self.now_ms() };
        self.memory.put(Record::List(row.clone()));
        row
    }
}

/// The name of the list that is meant: as said, or "the list" just spoken of, or
/// the only one there is.
fn meant_list(turn: &Turn<'_>, said: Option<String>) -> Option<String> {
    let name = said.map(|said| canonical(&said)).unwrap_or_default();
    if !name.is_empty() {
        return Some(name);
    }
    turn.last_list().map(|list| list.name).or_else(|| match turn.memory.lists.as_slice() {
        [only] => Some(only.name.clone()),
        _ => None,
    })
}

fn which_list(turn: &Turn<'_>, verb: &str, items: &str) -> Reply {
    let mut names: Vec<String> = turn.memory.lists.iter().map(|list| list.name.clone()).collect();
    if names.is_empty() {
        if verb != "add" {
            return Reply::say("You have no lists yet. Try “add milk to the shopping list”.");
        }
        names = vec!["shopping".to_owned(), "to-do".to_owned()];
    }
    Reply::ask("list", verb, "list", format!("Which list: {}?", names.join(" or ")))
        .among(names)
        .knowing("items", items)
}

fn lists(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
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
    Some(Reply::say(text).did("list", "lists").with("count", lines.len()))
}

fn create(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = found.text(&["list"]).map(|list| canonical(&list)).unwrap_or_default();
    if name.is_empty() || name == "new" {
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
    // "add milk to the shopping list" creates nothing.
    if found.whole().to_lowercase().starts_with("add ") && (name.contains(" to ") || name.contains(" on ")) {
        return None;
    }
    if found.whole().to_lowercase().starts_with("put ") || found.whole().to_lowercase().starts_with("get ") {
        return None;
    }
    let items = found.text(&["items", "items2"]).unwrap_or_default();
    Some(made(turn, &name, &items))
}

fn made(turn: &mut Turn<'_>, name: &str, items: &str) -> Reply {
    if let Some(list) = turn.list(name) {
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

fn add(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let said = found.text(&["list"]);
    // "put it on the list", "add an item to my list" name nothing.
    let nothing = [
        "it",
        "that",
        "this",
        "something",
        "item",
        "items",
        "things",
        "an item",
        "some items",
        "some things",
        "stuff",
        "a thing",
        "a task",
        "a new item",
        "task",
    ];
    match meant_list(turn, said) {
        Some(list) if nothing.contains(&items.to_lowercase().as_str()) => Some(
            Reply::ask("list", "add", "items", format!("What shall I put on the {list} list?"))
                .knowing("list", list),
        ),
        Some(list) => Some(put(turn, &list, split(&items))),
        None => Some(which_list(turn, "add", &items)),
    }
}

fn add_task(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let task = found.text(&["task"])?;
    Some(put(turn, "to-do", vec![task]))
}

fn buy(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["buy"])?;
    if items.split(' ').count() > 12 || items.contains("stock") || items.contains("ticket") {
        return None;
    }
    Some(put(turn, "shopping", split(&items)))
}

fn put(turn: &mut Turn<'_>, name: &str, items: Vec<String>) -> Reply {
    if items.is_empty() {
        return Reply::ask("list", "add", "items", format!("What shall I put on the {name} list?"))
            .knowing("list", name);
    }
    let known = turn.list(name);
    let new = known.is_none();
    let list = known.unwrap_or_else(|| turn.new_list(name));
    let there = turn.items(list.id);
    let mut added = Vec::new();
    let mut twice = Vec::new();
    for text in items {
        match there.iter().find(|item| item.text.eq_ignore_ascii_case(&text)) {
            Some(item) if !item.done => twice.push(text),
            Some(item) => {
                turn.memory.put(Record::Item(Item { done: false, ..item.clone() }));
                added.push(text);
            }
            None => {
                let item = Item {
                    id: turn.memory.new_id(),
                    list: list.id,
                    text: text.clone(),
                    done: false,
                    created: turn.now_ms(),
                };
                turn.memory.put(Record::Item(item));
                added.push(text);
            }
        }
    }
    let name = &list.name;
    turn.memory.what = format!("adding to the {name} list");
    let mut text = match (added.is_empty(), new) {
        (true, _) => String::new(),
        (false, true) => format!("{} on your new {name} list.", wording::capital(&series(&added))),
        (false, false) => {
            let added = series(&added);
            let ways = ["Added {} to", "OK, {} on", "{} now on"];
            let way = turn.vary(&ways).replace("{}", &added);
            format!("{} the {name} list.", wording::capital(&way))
        }
    };
    if !twice.is_empty() {
        let verb = if twice.len() == 1 { "is" } else { "are" };
        text =
            format!("{text} {} {verb} on it already.", wording::capital(&series(&twice))).trim().to_owned();
    }
    let reply = Reply::say(text).about("list", "add", vec![list.id]);
    if added.is_empty() {
        reply
    } else {
        reply.did("list", "add").with("list", name.clone()).with("items", added)
    }
}

/// Reads a list out.
fn tell(turn: &Turn<'_>, name: &str) -> Reply {
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

fn read(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match meant_list(turn, found.text(&["list"])) {
        Some(name) => Some(tell(turn, &name)),
        None => Some(which_list(turn, "read", "")),
    }
}

fn read_shopping(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(tell(turn, "shopping"))
}

fn read_todo(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(tell(turn, "to-do"))
}

fn has(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    let item = found.text(&["item"])?;
    if ["anything", "something", "what", "everything", "left", "still anything"]
        .contains(&item.to_lowercase().as_str())
    {
        return Some(tell(turn, &name));
    }
    let list = turn.list(&name);
    let there = list
        .as_ref()
        .and_then(|list| matching(turn, Some(list.id), &item).into_iter().find(|item| !item.done));
    let text = match there {
        Some(item) => format!("Yes, {} is on the {name} list.", item.text),
        None => format!("No, {item} is not on the {name} list."),
    };
    let ids = list.map(|list| list.id).into_iter().collect();
    Some(Reply::say(text).did("list", "read").with("list", name).about("list", "read", ids))
}

/// The items that a phrase names: the one that is called so, or those that hold
/// its words.
fn matching(turn: &Turn<'_>, list: Option<i64>, phrase: &str) -> Vec<Item> {
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

fn stems(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .map(|word| if word.len() > 3 { word.trim_end_matches('s').to_owned() } else { word })
        .collect()
}

fn remove(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let list = meant_list(turn, found.text(&["list"]));
    Some(take(turn, "remove", list, &items))
}

fn complete(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
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
fn complete_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let known = split(&items).iter().all(|item| matching(turn, None, item).iter().any(|item| !item.done));
    let list = found.text(&["list"]).and_then(|list| meant_list(turn, Some(list)));
    known.then(|| take(turn, "complete", list, &items))
}

fn reopen(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    Some(take(turn, "reopen", None, &items))
}

/// Removes items from a list, ticks them off, or back on.
fn take(turn: &mut Turn<'_>, verb: &str, name: Option<String>, said: &str) -> Reply {
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

fn clear(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match meant_list(turn, found.text(&["list"])) {
        Some(name) => Some(ask_clear(turn, &name)),
        None => Some(which_list(turn, "clear", "")),
    }
}

/// Clearing can be undone, so it asks only where much would go.
fn ask_clear(turn: &mut Turn<'_>, name: &str) -> Reply {
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

fn cleared(turn: &mut Turn<'_>, id: i64) -> Reply {
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

fn delete(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["list"])?;
    // "delete milk from the list" is no list.
    if said.contains(" from ") || said.contains(" off ") || said.contains(" on ") {
        return None;
    }
    match meant_list(turn, Some(said)) {
        Some(name) => Some(ask_delete(turn, &name)),
        None => Some(which_list(turn, "delete", "")),
    }
}

fn ask_delete(turn: &mut Turn<'_>, name: &str) -> Reply {
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

fn deleted(turn: &mut Turn<'_>, id: i64) -> Reply {
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

fn rename(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    let Some(list) = turn.list(&name) else {
        return Some(Reply::say(format!("There is no {name} list.")));
    };
    let new = canonical(&found.text(&["name"])?);
    turn.memory.put(Record::List(Row { name: new.clone(), ..list.clone() }));
    "renaming the list".clone_into(&mut turn.memory.what);
    Some(Reply::say(format!("It is the {new} list now.")).did("list", "rename").with("list", new).about(
        "list",
        "rename",
        vec![list.id],
    ))
}

fn follow_add(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    let items = found.text(&["items"])?;
    let lower = items.to_lowercase();
    let other = [
        "a timer",
        "an alarm",
        "a reminder",
        "remind",
        "what ",
        "how ",
        "set ",
        "who ",
        "when ",
        "to my ",
        "no ",
        "then",
    ];
    if other.iter().any(|word| lower.starts_with(word))
        || lower.contains(" to the ")
        || lower.contains(" to my ")
        || items.split(' ').count() > 12
    {
        return None;
    }
    Some(put(turn, &list.name, split(&items)))
}

fn follow_remove(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    let items = found.text(&["items"])?;
    let known = split(&items).iter().all(|item| !matching(turn, Some(list.id), item).is_empty());
    known.then(|| take(turn, "remove", Some(list.name), &items))
}

/// The item in a place of the list that was read out.
fn placed(turn: &Turn<'_>, found: &Found) -> Option<(Row, Item)> {
    let list = turn.last_list()?;
    let open: Vec<Item> = turn.items(list.id).into_iter().filter(|item| !item.done).collect();
    let at = ordinal(&found.text(&["which"])?, open.len())?;
    Some((list, open.into_iter().nth(at)?))
}

fn remove_place(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (list, item) = placed(turn, found)?;
    Some(take(turn, "remove", Some(list.name), &item.text))
}

fn complete_place(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (list, item) = placed(turn, found)?;
    Some(take(turn, "complete", Some(list.name), &item.text))
}

fn follow_read(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    Some(tell(turn, &list.name))
}

fn follow_clear(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    Some(ask_clear(turn, &list.name))
}
