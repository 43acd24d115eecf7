//! Things put on a list.

use super::names::{bought, canonical, holds_more, lacking, split};
use super::take::{matching, take};
use super::wanted::{self, lacked, usual};
use super::{meant_list, which_list};
use crate::memory::{Item, Record};
use crate::skills::clauses::clauses;
use crate::skills::grammar::Found;
use crate::skills::reading::{pattern, replace, says};
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{self, series, words};

// "Put it on the list", "add a few things to my list" name nothing.
pattern!(
    NOTHING,
    r"(?i)^(?:(?:a|an|the|some|this|that|these|those|my|another|one|two|few|couple|couple of|several|more|new|other|extra|of|bunch|lot|lots) )*(?:it|that|this|them|these|those|some|one|more|something(?: else| new)?|anything|everything|items?|things?|stuff|bits?(?: and (?:pieces|bobs))?|tasks?|entry|entries)(?: else)?$"
);

// What a list is to be called, and nothing to put on it.
pattern!(OF_NAME, r"(?i)^(?:(?:the|a|an|its|new|other|another|different|better|proper) )*(?:name|title)\b");

/// Whether it only stands for things: "some bits", "it".
pub(super) fn names_nothing(items: &str) -> bool {
    NOTHING.as_ref().is_some_and(|nothing| nothing.is_match(items))
}

// "A tin of", "two packets of".
pattern!(
    MEASURE,
    r"(?i)^(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|some|few|couple|another|more|\d+) )*(?:[\w-]+ ){1,2}of "
);

// "Lightbulbs, no sorry, batteries" tells nothing by its "no".
pattern!(
    CORRECTED,
    r"(?i)[,;.–—-]+ *(?:(?:oh|oops|ah|wait|hang on|no|nope|sorry|actually|i mean|i meant|make that|scratch that|rather)[, ]+)*(?:no|nope|sorry|i mean|i meant|make that|scratch that)(?:[, ]+(?:no|wait|sorry|actually|i mean|i meant|make that|rather))*[, ]+"
);

/// Words of those who tell or ask something of a list.
const TELLS: &str = "
    all always am are can't came check did do does doesn't don't everyone everything give goes had has he how i i'm if
    is isn't it keep keeps list longer never no nobody not nothing put read remember said says see she show tell that they this
    was we went were what what's when where which who why will would you
";

fn tells(items: &str) -> bool {
    let items = replace(&CORRECTED, &items.to_lowercase(), ", ");
    items.split([' ', ',']).any(|word| TELLS.split_whitespace().any(|told| told == word))
        || split(&items).iter().any(|item| item.split(' ').count() > 6)
}

/// "Eggs should go on the shopping list", "on the packing list I want a hat": of things, and nobody.
pub(super) fn add_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Let the shopping list have the name groceries" puts nothing there.
    let items = found.text(&["items"])?;
    if tells(&items) || says(&OF_NAME, &items) { None } else { add(turn, found) }
}

/// "Grocery list. Oven cleaner"; "shopping list, quick" and "shopping list, clear it" ask for something else.
pub(super) fn add_after(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const ORDERS: &[&str] = &[
        "clear", "empty", "delete", "open", "display", "let's", "quick", "quickly", "now", "again", "it",
        "out", "aloud", "remove", "take", "tick", "check", "cross", "wipe", "print", "hear", "them", "me",
        "please", "asap", "send", "share", "email", "bin", "to", "for", "not", "rename", "call", "sort",
        "thanks", "cheers", "mate", "love", "dear",
    ];
    let items = found.text(&["items"])?.to_lowercase();
    let first = items.split([' ', ',']).next().unwrap_or_default();
    let orders = items
        .split([' ', ','])
        .any(|word| ["it", "them", "me", "aloud", "it's", "that's", "there's", "honestly"].contains(&word));
    // "Packing list, the baby needs nappies too".
    if [" needs ", " need ", " out of "].iter().any(|lack| items.contains(lack)) {
        return add_lacked(turn, found);
    }
    let long = split(&items).iter().any(|item| item.split(' ').count() > 4);
    if long || orders || ORDERS.contains(&first) { None } else { add_told(turn, found) }
}

/// "Camping list, tent pegs", if there is one.
pub(super) fn add_after_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    turn.list(&name)?;
    let short = found.text(&["items"])?.split(' ').count() <= 6;
    if short { add_after(turn, found) } else { None }
}

/// "Out of nappies again, shopping list": what is said to be lacking, before a list that is only named.
pub(super) fn add_lacked(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const ELSE: &[&str] =
        &["if", "when", "once", "unless", "what", "who", "why", "how", "is", "are", "did", "do", "have"];
    let items = found.text(&["items"])?;
    let name = meant_list(turn, found.text(&["list"]))?;
    let first = items.to_lowercase();
    let asks = first.split(' ').next().is_some_and(|first| ELSE.contains(&first));
    let corrected = says(&CORRECTED, &format!("{items}, "));
    if asks || corrected || turn.text.trim_end().ends_with('?') || first.contains(" list") {
        return None;
    }
    let what = clauses(&items).iter().rev().find_map(|part| lacked(part.text))?;
    Some(put(turn, &name, split(&what)))
}

/// "I have to renew my passport, can that go on my to-do list": what was just said one has to do or needs.
pub(super) fn add_said(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let said = lacking(&items);
    let name = meant_list(turn, found.text(&["list"]))?;
    let told = said.to_lowercase();
    let asks = ["what", "who", "where", "when", "why", "how", "if", "is", "are", "can", "does", "did", "do"];
    let first = told.split(' ').next().unwrap_or_default();
    // "My passport runs out in May" names nothing to put there.
    let fact = told
        .split(' ')
        .any(|word| ["is", "are", "was", "were", "has", "said", "says", "i", "we"].contains(&word));
    if fact
        || asks.contains(&first)
        || said.split(' ').count() > 8
        || found.text(&["list"]).is_some_and(|list| holds_more(&list))
    {
        return None;
    }
    let items = usual(&name, turn.text, split(&said));
    Some(put(turn, &name, items))
}

/// "The grocery list needs eggs", if there is such a list: "my to-do list needs a holiday" may be a sigh.
pub(super) fn add_needed(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const SIGHS: &[&str] = &[
        "to",
        "its",
        "renaming",
        "a new name",
        "a name",
        "help",
        "work",
        "attention",
        "a break",
        "updating",
        "sorting",
        "cleaning",
        "tidying",
    ];
    let items = found.text(&["items"])?.to_lowercase();
    let list = meant_list(turn, found.text(&["list"]))?;
    let sigh = SIGHS.iter().any(|word| items == *word || items.starts_with(&format!("{word} ")));
    let known = list == "shopping" || turn.list(&list).is_some() && list != "to-do";
    if known && !sigh { add_told(turn, found) } else { None }
}

/// "Add milk, shopping list"; "add a Christmas shopping list" is no thing to buy.
pub(super) fn add_bare(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const NO_THING: &[&str] =
        &["a", "an", "new", "another", "my", "the", "note", "memo", "reminder", "to", "on"];
    let items = found.text(&["items"])?.to_lowercase();
    let made = items.split(' ').next().is_some_and(|first| NO_THING.contains(&first));
    if made || items.split(' ').any(|word| word == "note" || word == "to") {
        None
    } else {
        add_told(turn, found)
    }
}

/// "Put milk back on the list": not done after all, or else put on.
pub(super) fn put_back(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let name = meant_list(turn, found.text(&["list"]));
    let list = name.as_deref().and_then(|name| turn.list(name)).map(|list| list.id);
    let done = |item: &String| matching(turn, list, item).iter().any(|item| item.done);
    if split(&items).iter().all(done) {
        return Some(take(turn, "reopen", name, &items));
    }
    let asked = ["put ", "add ", "get ", "stick ", "pop "]
        .iter()
        .any(|verb| found.whole().to_lowercase().starts_with(verb));
    if asked { add(turn, found) } else { None }
}

/// "Add parmesan to the shopping list and also basil".
pub(super) fn add_more(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = format!("{}, {}", found.text(&["items"])?, found.text(&["more"])?);
    let name = meant_list(turn, found.text(&["list"]))?;
    Some(put(turn, &name, split(&items)))
}

/// "A charger on the packing list and plasters on the shopping list".
pub(super) fn add_both(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (items, more) = (found.text(&["items"])?, found.text(&["more"])?);
    let names = [found.text(&["list"]), found.text(&["other"])].map(|list| list.map(|list| canonical(&list)));
    let [Some(first), Some(second)] = names else { return None };
    let unfit =
        |text: &String| tells(text) || text.to_lowercase().contains(" list") || text.contains(['.', '?']);
    if first.is_empty() || second.is_empty() || unfit(&items) || unfit(&more) {
        return None;
    }
    let put_on = put(turn, &first, split(&items));
    let mut reply = put(turn, &second, split(&more));
    reply.text = format!("{} {}", put_on.text, reply.text);
    reply.actions.splice(0..0, put_on.actions);
    Some(reply)
}

pub(super) fn add(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    // "There's no milk left, put it on the list".
    let whole = found.whole().to_lowercase();
    let told = ["i ", "i'", "we ", "we'", &items.to_lowercase()].iter().any(|first| whole.starts_with(first));
    let items = if told { lacking(&items) } else { items };
    // "Get rid of the milk on my list", "have I milk on my list", "put milk back on the list" say more.
    let first = items.split(' ').next().unwrap_or_default().to_lowercase();
    if ["rid", "i", "we", "you", "look"].contains(&first.as_str())
        || items.to_lowercase().starts_with("a look")
    {
        return None;
    }
    let said = found.text(&["list"]);
    if said.as_ref().is_some_and(|said| holds_more(said)) {
        return None;
    }
    match meant_list(turn, said) {
        Some(list) if names_nothing(&items) => Some(
            Reply::ask("list", "add", "items", format!("What shall I put on the {list} list?"))
                .knowing("list", list),
        ),
        // "Add bleach, the bath is a state, to the shopping list" tells something, too.
        Some(list) if (list == "shopping" || list == "packing") && remarks(&items) => None,
        Some(list) => {
            let items = usual(&list, turn.text, split(&items));
            Some(put(turn, &list, items))
        }
        None => Some(which_list(turn, "add", &items)),
    }
}

/// Whether something between marks only tells.
fn remarks(items: &str) -> bool {
    items
        .split([',', ';', '–', '—', '('])
        .any(|part| part.trim().split(' ').count() > 2 && wanted::tells(part))
}

/// "Add a hat to packing", if there is such a list.
pub(super) fn add_known_list(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = canonical(&found.text(&["list"])?);
    turn.list(&name).filter(|_| !name.is_empty())?;
    add(turn, found)
}

/// "Flour on the shopping list"; "milk is on the shopping list" tells something.
pub(super) fn add_short(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    // "My sister keeps adding stuff to my to-do list".
    let words = |item: &String| replace(&MEASURE, item, "").split(' ').count();
    let long = items.split(' ').count() > 4 && split(&items).iter().any(|item| words(item) > 3);
    // "Forget the eggs on the shopping list", "hat done on the packing list".
    const LEADS: &[&str] =
        &["forget", "no", "not", "don't", "skip", "ignore", "without", "stop", "any", "nice", "back"];
    const ENDS: &[&str] = &["done", "finished", "off", "packed", "ticked", "checked", "up", "working"];
    let (first, last) = (items.split(' ').next()?.to_lowercase(), items.rsplit(' ').next()?.to_lowercase());
    let orders = LEADS.contains(&first.as_str()) || ENDS.contains(&last.as_str());
    // "One thing, put tatties on the shopping list".
    let orders = orders || split(&items).iter().any(|item| wanted::puts(item));
    if long || orders || tells(&items) { None } else { add(turn, found) }
}

/// "Tent pegs for the camping list", if there is one.
pub(super) fn add_short_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let name = meant_list(turn, found.text(&["list"]))?;
    turn.list(&name)?;
    add_short(turn, found)
}

/// "Parmesan to the shopping list and basil".
pub(super) fn add_more_short(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    // "My to-do list also stresses me out" is of a list, and puts none on "do list".
    let own =
        words(&items).is_empty() || ["our", "this", "that", "your"].contains(&items.to_lowercase().as_str());
    let unfit = own || tells(&found.text(&["more"])?) || tells(&items);
    let name = meant_list(turn, found.text(&["list"]))?;
    if unfit || !["shopping", "to-do", "packing"].contains(&name.as_str()) && turn.list(&name).is_none() {
        return None;
    }
    add_more(turn, found)
}

pub(super) fn add_task(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let task = found.text(&["task"])?;
    Some(put(turn, "to-do", vec![task]))
}

pub(super) fn buy(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["buy"])?;
    let ordered = [" on amazon", " on ebay", " on etsy", " online"];
    if items.split(' ').count() > 12
        || items.contains(" add ")
        || items.to_lowercase().ends_with(" list")
        || items.contains("stock")
        || items.contains("ticket")
        || ordered.iter().any(|place| items.to_lowercase().contains(place))
    {
        return None;
    }
    Some(put(turn, "shopping", split(&items)))
}

/// "We need more toilet paper": asked about, since it may be a sigh.
/// "We need milk", where the model, too, thinks of shopping.
pub(super) fn buy_likely(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const SHOPPING: &[&str] = &["shopping_list_update", "shopping_list", "order", "ingredient_substitution"];
    let ranking = turn.analysis.intent_ranking.iter();
    let shopping = ranking.filter(|label| SHOPPING.contains(&label.name.as_str()));
    let likely = shopping.map(|label| label.confidence).sum::<f32>() >= 0.6;
    if likely { buy_perhaps(turn, found) } else { None }
}

pub(super) fn buy_perhaps(_: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const SIGHS: &[&str] = &[
        "time",
        "sleep",
        "rest",
        "help",
        "money",
        "space",
        "rain",
        "peace",
        "love",
        "advice",
        "energy",
        "information",
        "sun",
        "fun",
        "quiet",
        "air",
        "going",
        "married",
        "home",
        "out",
        "up",
        "back",
        "to",
        "there",
        "started",
        "ready",
        "some",
        "a",
        "it",
        "this",
        "that",
        "over",
        "away",
        "together",
        "rid",
        "job",
        "friends",
        "people",
        "work",
        "practice",
        "exercise",
        "patience",
        "privacy",
        "holiday",
        "off",
    ];
    let said = found.text(&["buy"])?;
    let words: Vec<String> = said.to_lowercase().split(' ').map(str::to_owned).collect();
    if words.len() > 3 || words.iter().any(|word| SIGHS.contains(&word.as_str())) {
        return None;
    }
    let text = format!("Shall I put {said} on the shopping list?");
    Some(
        Reply::ask("list", "add", "confirm", text)
            .among(vec!["yes".to_owned(), "no".to_owned()])
            .knowing("items", said)
            .knowing("list", "shopping"),
    )
}

/// "Add some rice to it", to the list last spoken of.
pub(super) fn add_to_it(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let concrete = !items.chars().next()?.is_ascii_digit() && items.split(' ').count() <= 8;
    let last = turn.memory.dialogue.last.as_ref().is_some_and(|last| last.skill != "list");
    if !concrete || last {
        return None;
    }
    match meant_list(turn, None) {
        Some(list) => Some(put(turn, &list, split(&items))),
        None => Some(which_list(turn, "add", &items)),
    }
}

/// "Add tomatoes": to the list spoken of or the only one, or else it is asked.
pub(super) fn add_somewhere(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let items = found.text(&["items"])?;
    let lower = items.to_lowercase();
    const OTHERS: &[&str] = &[
        "it",
        "this",
        "that",
        "them",
        "up",
        "timer",
        "alarm",
        "reminder",
        "note",
        "event",
        "appointment",
        "meeting",
        "contact",
        "list",
        "task",
        "calendar",
        "playlist",
        "song",
        "to",
        "into",
        "photo",
        "filter",
        "percent",
        "and then",
        "friend",
        "user",
        "device",
        "on",
    ];
    let first = lower.chars().next()?;
    let other = lower.split([' ', ',', ':']).any(|word| OTHERS.contains(&word));
    if first.is_ascii_digit() || other || lower.contains('%') || lower.split(' ').count() > 6 {
        return None;
    }
    match meant_list(turn, None) {
        Some(list) => Some(put(turn, &list, split(&items))),
        None => Some(which_list(turn, "add", &items)),
    }
}

pub(super) fn put(turn: &mut Turn<'_>, name: &str, items: Vec<String>) -> Reply {
    let items = bought(name, items);
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
        let verb = wording::is_or_are(&twice);
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

pub(super) fn follow_add(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let list = turn.last_list()?;
    let items = found.text(&["items"])?;
    let lower = items.to_lowercase();
    // "Add it please", after it was.
    if ["it", "that", "them", "those", "these", "this"].contains(&lower.as_str()) {
        let added = turn.memory.dialogue.last.as_ref().is_some_and(|last| last.verb == "add");
        return added.then(|| Reply::say(format!("It is on the {} list.", list.name)));
    }
    let other = [
        "a timer",
        "an alarm",
        "a reminder",
        "a task",
        "a to-do",
        "a todo",
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
    // "Add a tent to camping" names its list.
    let named = lower.rsplit_once(" to ").is_some_and(|(_, to)| {
        let name = canonical(to);
        turn.list(&name).is_some() || ["shopping", "to-do"].contains(&name.as_str())
    });
    if named
        || lower.ends_with(" list")
        || lower.contains(" list of ")
        || other.iter().any(|word| lower.starts_with(word))
        || lower.contains(" to the ")
        || lower.contains(" to my ")
        || items.split(' ').count() > 12
    {
        return None;
    }
    Some(put(turn, &list.name, split(&items)))
}
