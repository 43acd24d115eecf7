//! To-do, shopping and any other lists.

mod add;
mod grammar;
mod marked;
mod names;
mod read;
mod take;
mod wanted;
mod whole;

use add::put;
use grammar::{FOLLOW, GRAMMAR};
use names::{canonical, split};
use read::{read_there, tell};
use take::take;
use whole::{ask_clear, ask_delete, cleared, deleted, made};

use super::Skill;
use super::filled::Marks;
use super::grammar::Grammar;
use super::reading::{Reading, pattern, replace};
use super::slips;
use super::turn::{Reply, Turn, number, slot};
use super::wording::{choose, words};
use crate::memory::{Asked, Item, List as Row, Record};

pub(super) struct List;

pattern!(
    ANY,
    r"(?i)^(?:one|any|either|some|whichever)(?: one)?(?: of)?(?: (?:my|the|our|these|those))?(?: \d+| two| three)? lists?$"
);
pattern!(ADDING, r"(?i)^(?:please )?(?:add|put|i need|we need|buy|get|just)(?: me)? ");

// A remark after a request of a list: somebody and what they do or are.
pattern!(
    REMARK,
    r"(?i)^(?<order>[^.;:!?]+? lists?|[^.;:!?]+ (?:watch|wish)list)(?<tail>(?: (?:too|as well|also|please|clean|out|instead|again))*)(?: (?<joined>(?:(?:we|i|they)'(?:ve|re|ll|m)|(?:he|she|it)'s|because|cause|cos|coz|since|before (?:i|we)) .+)|(?:[,.;!…]+ | +[-–—]+ | \((?:and )?)(?:and |but |cos |coz |cause |because |since |as |so )*(?<told>(?:(?:i|i'm|im|i've|ive|i'll|we|we're|we've|we'll|he|she|it|they|they're|they've|he's|she's|it's|its|that's|there's|there are|everyone|everybody|nobody|someone|somebody)\b.*|(?:[\w'-]+ ){0,3}[\w'-]+(?:'s| (?:is|are|was|were|has|have|had|isn't|aren't|can|can't|will|won't|keeps?|kept|says?|said|came|comes|went|goes|got|gets|left|broke|loves?|hates?|likes?|needs?|wants?|did|does|doesn't|didn't|ran|runs|just|already|finally))(?: .*)?)))$"
);

// A list that is only named.
pattern!(
    BARE,
    r"(?i)^(?:(?:on|to|in|for|onto) )?(?:(?:the|my|our) )*(?:shopping|shoping|shoppin|grocery|packing|to[ -]?do)(?: ?li?sts?)?$"
);

/// A request of a list alone, without the remark after it.
fn order(text: &str) -> Option<String> {
    const ELSE: &[&str] = &[
        "list", "lists", "timer", "alarm", "remind", "reminder", "note", "add", "put", "remove", "delete",
        "if", "unless",
    ];
    let found = REMARK.as_ref()?.captures(text)?;
    let joined = found.name("joined").is_some();
    let told = text.get(found.name("tail")?.end()..)?;
    let first = words(&found["order"]).into_iter().next()?;
    let condition = ["if", "when", "whenever", "once", "unless", "i", "we", "is", "don't", "never"]
        .contains(&first.as_str());
    let more = words(told).iter().any(|word| ELSE.contains(&word.as_str()));
    let needs = first == "i" || first == "we";
    let short = found["order"].split(' ').count() <= 16;
    if !short || more || told.ends_with(" one") || condition && (joined || !needs) || told.contains('"') {
        return None;
    }
    Some(format!("{}{}", &found["order"], &found["tail"]))
}

impl Skill for List {
    fn name(&self) -> &'static str {
        "list"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["shopping_list", "shopping_list_update", "todo_list", "todo_list_update"]
    }

    fn offer(&self, intent: &str) -> &'static str {
        match intent {
            "shopping_list" => "read the shopping list",
            "shopping_list_update" => "put something on the shopping list",
            "todo_list" => "read the to-do list",
            _ => "put something on the to-do list",
        }
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn claims(&self, reading: &Reading) -> bool {
        // "Shopping list, add milk" is one request, and none of it is to be read.
        let bare = BARE.as_ref().is_some_and(|bare| bare.is_match(&reading.plain));
        !bare && GRAMMAR.claims(reading)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        if let Some(reply) = GRAMMAR.answer(turn).or_else(|| read_there(turn)) {
            return Some(reply);
        }
        let order = order(&turn.reading.plain)?;
        // "The list, it is long" asks for nothing.
        GRAMMAR.answer(&mut turn.saying(&order)).filter(|reply| !reply.actions.is_empty())
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let name = if turn.analysis.intent.name.starts_with("todo") { "to-do" } else { "shopping" };
        if !turn.sure {
            return None;
        }
        // The model says it in two ways.
        if let Some(reply) = turn.requested("list").and_then(|verb| self.wanted(turn, &verb)) {
            return Some(reply);
        }
        if turn.analysis.intent.name.ends_with("_update") {
            return Some(
                Reply::ask("list", "add", "items", format!("What shall I put on the {name} list?"))
                    .knowing("list", name),
            );
        }
        Some(tell(turn, name))
    }

    fn proposes(&self, verb: &str) -> &'static str {
        wanted::proposes(verb)
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        wanted::wanted(turn, verb)
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        marked::filled(turn, verb, marks)
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
            ("add", "confirm") => Some(put(turn, &list, split(slot(&asked.slots, "items")))),
            ("clear", _) => Some(cleared(turn, number(&asked.slots, "id")?)),
            ("delete", _) => Some(deleted(turn, number(&asked.slots, "id")?)),
            _ => None,
        }
    }
}

/// A name without what people write in it or not: "mum's", "mums".
fn bare(name: &str) -> String {
    name.to_lowercase().replace(['\'', '-'], "")
}

impl Turn<'_> {
    /// The list of a name, or else the only one whose name it is but for a slip.
    fn list(&self, name: &str) -> Option<Row> {
        let meant = bare(name);
        let slips = |list: &&Row| slips::slipped(meant.as_bytes(), bare(&list.name).as_bytes());
        let mut slipped = self.memory.lists.iter().filter(slips);
        self.called(name).or_else(|| slipped.next().filter(|_| slipped.next().is_none()).cloned())
    }

    /// The list of just that name.
    fn called(&self, name: &str) -> Option<Row> {
        let plain = bare(name);
        let same = |list: &&Row| {
            let bare = bare(&list.name);
            bare == plain || bare.trim_end_matches('s') == plain.trim_end_matches('s')
        };
        self.memory.lists.iter().find(same).cloned()
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
pub(super) fn meant_list(turn: &Turn<'_>, said: Option<String>) -> Option<String> {
    // "One of my lists" is not just the last.
    let any = said.as_ref().is_some_and(|said| ANY.as_ref().is_some_and(|any| any.is_match(said)));
    let name = said.filter(|_| !any).map(|said| canonical(&said)).unwrap_or_default();
    if !name.is_empty() {
        return Some(name);
    }
    if any && turn.memory.lists.len() > 1 {
        return None;
    }
    turn.last_list().map(|list| list.name).or_else(|| match turn.memory.lists.as_slice() {
        [only] => Some(only.name.clone()),
        _ => None,
    })
}

pub(super) fn which_list(turn: &Turn<'_>, verb: &str, items: &str) -> Reply {
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
