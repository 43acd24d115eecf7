//! What is wanted of a list, where only the verb is known: which list, and what on it, found in whatever words.

use std::ops::Range;

use super::add::{names_nothing, put};
use super::names::{canonical, lacking, split};
use super::read::{all, is_on, tell};
use super::take::{self, stems, take, without_done};
use super::whole::{ask_clear, ask_delete, made, renamed};
use super::{meant_list, which_list};
use crate::memory::Item;
use crate::skills::clauses::{Clause, Mark, clauses, tokens, without};
use crate::skills::reading::{pattern, replace, says};
use crate::skills::turn::{Reply, Turn};

/// Stands for a list that is named, so that what is said of it is left.
const LIST: char = '\u{E003}';

/// Lists that are known by name before they are made.
const USUAL: &[&str] = &["shopping", "to-do", "packing"];

/// What stands before the name of a list and is no part of it.
const LEADS: &[&str] = &[
    "the",
    "my",
    "our",
    "your",
    "his",
    "her",
    "their",
    "this",
    "that",
    "these",
    "those",
    "a",
    "an",
    "whole",
    "entire",
    "me",
    "us",
    "of",
    "on",
    "onto",
    "to",
    "into",
    "in",
    "from",
    "off",
    "out",
    "for",
    "at",
    "inside",
    "under",
    "with",
    "all",
    "same",
    "today's",
    "tomorrow's",
    "week's",
    "damn",
    "bloody",
    "poor",
    "old",
];

/// Words that go with no name of a list.
const NO_NAME: &[&str] = &[
    "new",
    "fresh",
    "another",
    "blank",
    "empty",
    "and",
    "or",
    "is",
    "are",
    "was",
    "it",
    "them",
    "add",
    "put",
    "show",
    "read",
    "clear",
    "delete",
    "wipe",
    "rename",
    "make",
    "create",
    "start",
    "open",
    "check",
    "what",
    "what's",
    "which",
    "whose",
    "some",
    "any",
    "no",
    "please",
    "up",
    "down",
    "off",
    "one",
    "see",
    "hear",
    "print",
    "have",
    "need",
    "want",
    "items",
    "things",
    "everything",
    "i",
    "you",
    "we",
    "long",
    "little",
    "quick",
    "so",
    "by",
    "as",
    "every",
    "each",
    "how",
    "many",
    "give",
    "tell",
    "get",
    "using",
    "about",
    "separate",
    "also",
];

/// A list that a message names.
struct Named {
    /// What it is called; empty for "the list".
    name: String,
    /// Where it stands, with "on the" before it.
    at: Range<usize>,
    /// Whether things are to come off it.
    from: bool,
}

/// The lists that are named, as "the packing list" or "my to-dos"; what exists is also known by its bare name.
fn named(turn: &Turn<'_>, text: &str) -> Vec<Named> {
    let words = tokens(text);
    let lower = |at: usize| words.get(at).map(|(_, word)| word.as_str()).unwrap_or_default();
    let joined = |from: usize, to: usize| (from..to).map(&lower).collect::<Vec<_>>().join(" ");
    // Whether nothing but a space stands between a word and the next.
    let adjoins = |at: usize| match (words.get(at), words.get(at + 1)) {
        (Some((this, _)), Some((next, _))) => text.get(this.end..next.start) == Some(" "),
        _ => false,
    };
    let known = |name: &str| {
        let name = canonical(name);
        USUAL.contains(&name.as_str()) || turn.list(&name).is_some()
    };
    let mut found: Vec<Named> = Vec::new();
    let mut free = 0;
    for at in 0..words.len() {
        if at < free {
            continue;
        }
        let word = lower(at).trim_end_matches("'s");
        let noun = ["list", "lists"].contains(&word);
        let of_one_word = word.len() > 5 && (word.ends_with("list") || word.ends_with("lists"));
        let (mut first, mut last) = (at, at);
        let mut name;
        if noun {
            let begins = |from: usize| {
                let own = lower(from);
                from >= free && adjoins(from) && !LEADS.contains(&own) && !NO_NAME.contains(&own)
            };
            let most = (0..4).take_while(|back| at > *back && begins(at - back - 1)).count();
            // What stands between "the" and "list", or else a name that is known.
            let led = at.checked_sub(most + 1).is_none_or(|before| LEADS.contains(&lower(before)));
            let of = |count: &usize| *count == most && led && most < 4 || known(&joined(at - count, at));
            let count = (1..=most).rev().find(of).unwrap_or(most.min(3));
            // "The to do list".
            let count = if at >= 2 && joined(at - 2, at) == "to do" && at - 2 >= free { 2 } else { count };
            first = at - count;
            name = canonical(&joined(first, at));
            if count == 0 && ["for", "of", "called", "named", "with"].contains(&lower(at + 1)) {
                let from = at + 2 + usize::from(LEADS.contains(&lower(at + 2)));
                let ends = (from + 1..=(from + 3).min(words.len())).rev();
                let to = ends.clone().find(|to| known(&joined(from, *to)));
                // "The list for the hardware shop".
                let led =
                    ["the", "my"].contains(&lower(from - 1)) || ["called", "named"].contains(&lower(at + 1));
                // "A list called guests, it should have …".
                let told = ["called", "named"].contains(&lower(at + 1));
                let ended = |to: usize| to == words.len() || told && !adjoins(to - 1);
                let whole = (from + 1..=(from + 3).min(words.len())).find(|to| ended(*to) && led);
                let to = to.or(whole);
                if let Some(to) = to {
                    (last, name) = (to - 1, canonical(&joined(from, to)));
                }
            }
        } else if of_one_word {
            name = canonical(word);
        } else {
            let lead =
                at.checked_sub(1).is_some_and(|before| LEADS.contains(&lower(before)) && adjoins(before));
            let longest = (at + 1..=(at + 3).min(words.len())).rev();
            let bare = |to: &usize| {
                let said = joined(at, *to).trim_end_matches("'s").to_owned();
                let name = canonical(&said);
                let before_noun = adjoins(to - 1) && lower(*to).starts_with("list");
                let usual = [
                    "groceries",
                    "shopping",
                    "grocery",
                    "to-dos",
                    "todos",
                    "to-do",
                    "todo",
                    "to do",
                    "to dos",
                ];
                !before_noun
                    && said.len() > 2
                    && (turn.called(&name).is_some() || usual.contains(&said.as_str()))
            };
            match longest.into_iter().find(bare).filter(|_| lead && at >= free) {
                Some(to) => (last, name) = (to - 1, canonical(joined(at, to).trim_end_matches("'s"))),
                None => continue,
            }
        }
        let mut from = false;
        let leads = |word: &str| LEADS.contains(&word) || ["new", "fresh", "another"].contains(&word);
        while first > free && leads(lower(first - 1)) && adjoins(first - 1) {
            first -= 1;
            from |= ["from", "off", "out"].contains(&lower(first));
        }
        if let (Some((start, _)), Some((end, _))) = (words.get(first), words.get(last)) {
            found.push(Named { name, at: start.start..end.end, from });
        }
        free = last + 1;
    }
    found
}

/// The text with a sign in place of the lists.
fn masked(text: &str, lists: &[Named]) -> String {
    let mut masked = String::new();
    let mut begun = 0;
    for list in lists {
        masked.push_str(text.get(begun..list.at.start).unwrap_or_default());
        masked.push(LIST);
        begun = list.at.end;
    }
    masked.push_str(text.get(begun..).unwrap_or_default());
    masked
}

// What asks for something to be put on a list, before it.
pattern!(
    HEAD,
    r"(?xi)^(?:and|also|oh|ok|okay|so|then|now|right|well|hey|please|pls|plz|kindly|just|um+|uh+|erm|abeg|again|still|really|actually|maybe|perhaps|possibly|namely|plus|next|hiya|hi|hello|yo|alright|listen|look|lads|guys|update|extend|expand|quick(?:ly)?|(?:wee|quick|small|little)\ (?:favou?r|one|thing|job)|(?:i'd|i\ would)\ be\ (?:so\ |very\ |most\ )?(?:grateful|glad|happy|delighted|obliged|thankful)(?:\ (?:if|to))*|(?:there\ )?any\ (?:chance|way|possibility)(?:\ (?:of|that))?|(?:an?\ )?(?:new\ |another\ )?(?:task|to-?do|chore|item|entry)|(?:really\ )?ought\ to(?:\ have)?|ah|ugh|dear|sotto
    |(?:can|could|would|will|won't|may|might|shall|should|must)(?:\ (?:you|u|ye|ya|i|we|it|there|that))?
    |(?:i|we|you|y'all|u|he|she|they)(?:'d|'ll|'m|'re|'ve|\ am|\ are|\ would|\ will|\ have)?(?:\ (?:also|really|still|just|all|do|be|going\ to))*\ (?:love|like|want|need|think|reckon|guess|got|prefer|wish|fancy|require|wondering|hope|expect|beg|ask|gotta|wanna|needing|wanting|asking|after|suppose|was\ (?:hoping|thinking|wondering)|have\ to|must|should|appreciate\ it|trouble|bother)(?:\ (?:if|to|for|that|you|u|me|us|see|have|could|can|would))*
    |be\ (?:so\ |very\ )?(?:good|kind|nice|lovely|great|grand)(?:\ enough)?(?:\ (?:if|to|as\ to|and))*(?:\ you)?(?:\ (?:could|can|would))?
    |(?:you|u|ye|ya)(?:'d|'ll|\ could|\ would|\ can)?|let's|lets|let|let\ me|let\ us|happen\ to|be\ able\ to|see\ to\ it(?:\ that)?|not\ (?:to\ )?forget(?:\ to)?|make\ sure(?:\ (?:to|that|you))*|remember\ to|don't\ forget(?:\ to)?|mind|it(?:'d|'s|\ would|\ is)?(?:\ be)?|its|if|to|that|there(?:'s|\ is|\ are)|is|are|goes|needs?|wants?|requires?|lacks?|gets|must|should\ have|should|could\ (?:do\ with|use)|ought\ to|has\ to|have\ to|has|what(?:'s|\ is)?(?:\ (?:needed|missing))?|missing|lacking|contain|have|say|got|room|space|for|of|with|(?:there\ )?(?:needs|ought|has)\ to\ be|possible|trouble|another\ thing|one\ more\ thing|one\ thing|things?|be|on|it\ with)(?:[,:\ ]+|$)"
);
// "Put", and what goes with it.
pattern!(
    PLACE,
    r"(?xi)^(?:add(?:ing|ed)?|put(?:ting)?|pop(?:ping)?|stick(?:ing)?|chuck(?:ing)?|throw(?:ing)?|bung|whack|slap|lob|sling|fling|toss|plonk|shove|(?:start|make|create)$|place|insert|append|includ(?:e|ing)|enter|jot(?:ting)?|pencil|pit|tack|squeeze|slot|scribble|whang|ad|drop|dump|record|log|register|adding|stuff|slip|(?:(?:make|take)\ (?:me\ )?a\ )?note|write|writing|list|mark|have|get|getting|see|type|save|keep)(?:\ (?:also|in|down|on|me|us|too|please|for\ me|(?:an?|another)\ (?:item|entry|line)|the\ following|on\ there))*(?:[,:\ ]+|$)"
);
// Verbs that ask to put something somewhere and are no task themselves.
pattern!(
    PUTS,
    r"(?i)^(?:add|adding|put|pit|pop|stick|chuck|bung|whack|lob|include|insert|append|jot|toss in|throw in|throw)(?: (?:also|in|down|on|me|us))* "
);
// What is left of the request after it.
pattern!(
    TAIL,
    r"(?xi)(?:^|[,\ ]+)(?:please|pls|plz|thanks|thank\ you|cheers|ta|k|thx|(?:(?:is|are)\ (?:what|the\ thing)\ )?(?:i|we)(?:'d)?\ (?:want|need|like|prefer)|adding|too|also|as\ well|again|now|asap|there|down|would\ (?:you|ya)|will\ (?:you|ya)|could\ you|can\ you|if\ you\ (?:would|could|can|please|like|don't\ mind|wouldn't\ mind)|for\ (?:me|us)|straight\ away|immediately|before|or\ not|if\ possible|and|or|so|but|as|since|while|when|if|because|cos|coz|that|which|should|must|(?:has|have|needs?|ought|wants?)\ to|needs?|can|could|may|might|will|would|want|wants|goes|go|going|be|get|been|put|added|entered|included|listed|written|noted|placed|popped|stuck|jotted|enter|stand|appear|belongs?|is|are|mate|love|dear|pet|pal|bro|lah|o|na|needed|wanted|missing|required|(?:on|in|to|onto)\ (?:it|there)|(?:find|make)\ (?:its|their)\ way|with\ (?:it|them|that|those|these|both)|leh|lor|sha|jare|join|i\ mean|back|onto|today\ please)$"
);
// What tells, and names nothing to put anywhere.
pattern!(
    FINITE,
    r"(?i)\b(?:i|i'm|i've|i'd|i'll|im|we|we're|we've|we'll|he|he's|she|she's|they|they're|you|you're|is|isn't|are|aren't|was|wasn't|were|am|has|had|hasn't|haven't|can't|won't|don't|doesn't|didn't|will|would|wouldn't|could|should|says?|said|it's|that's|there's|because|if|when|it|me)\b"
);
// "We're clean out of teabags", "the kids finished the cereal", "I have to renew my passport".
pattern!(
    LACKS,
    r"(?i)\b(?:out of|dry (?:on|of)|(?:don't|do not|doesn't|haven't|hasn't)(?: (?:have|got|any))+|without|remembering|forgetting|low on|short of|short on|no more|(?:there(?:'s| is| are)|we've got|we have|got|have|is|are)(?: (?:absolutely|literally|hardly|nearly|almost))* (?:no|any)|needs?|needed|wants?|forgot|forgotten|lacking|last of|last|finished(?: off)?|finishing|ate|eaten|drank|drunk|used(?: up)?|devoured|scoffed|gone through|broke|smashed|emptied|(?:have|has|had|got|ought|supposed|meant|due) to|gotta|must|should|could do with|could use|lacks?|fancy|craving)(?: (?:up|off|all|also|the|any|some|more|of|our|last|really|bit of|all of|remembering|forgetting|buying|getting|more|to (?:buy|get|pick up)|to))* (?P<what>.+)$"
);
pattern!(
    WHERE,
    r"(?i)(?:,? (?:left|again|already|anymore|any more|in (?:this|the) (?:house|fridge|cupboard|pantry)|at home|this morning|last night|yesterday|at all|soon))+$"
);
// What comes next takes the place of what was said before.
pattern!(
    INSTEAD,
    r"(?i)^(?:no|nope|sorry|wait|oops|actually|rather|or rather|scratch that|make (?:it|that)|i mean|i meant)(?:,? (?:no|wait|sorry|make (?:it|that)|i mean|i meant))*(?:[, ]+|$)"
);
pattern!(MORE, r"(?i)^(?:and|also|plus|oh and|as well as|&) ");

/// What a clause, or a part of it, names, without what asks; a task keeps its own verb.
fn thing(part: &str, asks: bool) -> String {
    let mut part = part.trim_matches([' ', ',', ':', '.', '!', '?']);
    let mut placed = false;
    loop {
        let head = HEAD.as_ref().filter(|_| !placed).and_then(|head| head.find(part));
        let place = if asks { &PLACE } else { &PUTS };
        let place = place.as_ref().filter(|_| !placed).and_then(|place| place.find(part));
        let rest = match (head, place) {
            (_, Some(verb)) => {
                placed = true;
                part.get(verb.end()..)
            }
            (Some(head), None) => part.get(head.end()..),
            (None, None) => break,
        };
        part = rest.unwrap_or_default().trim_start();
    }
    let part = without(&TAIL, part).trim_matches([' ', ',', LIST]);
    part.split(LIST).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Whether it tells, and names nothing.
pub(super) fn tells(text: &str) -> bool {
    says(&FINITE, text)
}

/// Whether it begins with a verb of putting.
pub(super) fn puts(text: &str) -> bool {
    says(&PUTS, text)
}

/// Whether it may stand on a list.
fn is_thing(text: &str) -> bool {
    !text.is_empty() && !says(&FINITE, text) && !names_nothing(text) && text.split(' ').count() <= 12
}

/// What a clause tells is lacking, or has to be done.
pub(super) fn lacked(clause: &str) -> Option<String> {
    let said = replace(&WHERE, clause.trim_matches([' ', '.', '!', '?', ',']), "");
    let what = match LACKS.as_ref().and_then(|lacks| lacks.captures(&said)) {
        Some(lacks) => lacks["what"].to_owned(),
        None => lacking(&said),
    };
    let what = replace(&WHERE, &thing(&what, false), "");
    (what != said && is_thing(&what)).then_some(what)
}

/// The things that are to be put on the list whose sign stands in the text.
fn things(text: &str) -> Vec<String> {
    let clauses = clauses(text);
    let of = |at: usize| clauses.get(at).map(|clause| clause.text).unwrap_or_default();
    let begins_with_verb = |at: usize| {
        let mut part = of(at).trim();
        while let Some(head) = HEAD.as_ref().and_then(|head| head.find(part)).filter(|_| !says(&PUTS, part)) {
            part = part.get(head.end()..).unwrap_or_default();
        }
        says(&PUTS, part)
    };
    let here = |at: usize| -> Vec<String> {
        // What follows the list begins with no verb of asking: "on my to-do list: write the report".
        let parts = of(at).split(LIST).enumerate().map(|(part, text)| thing(text, part == 0));
        parts.filter(|part| is_thing(part)).flat_map(|part| split(&part)).collect()
    };
    let anchor = (0..clauses.len()).rev().find(|at| of(*at).contains(LIST));
    let anchor = anchor.or_else(|| (0..clauses.len()).find(|at| begins_with_verb(*at)));
    let anchor = anchor.unwrap_or_default();
    let begins = clauses.get(anchor).is_some_and(|clause| clause.mark != Mark::Comma);
    let colon = clauses.get(anchor + 1).is_some_and(|clause| clause.mark == Mark::Colon);
    let list_first =
        of(anchor).trim_start().starts_with(LIST) && (begins || !here(anchor).is_empty()) || colon;
    let mut items = here(anchor);
    if items.is_empty() {
        // A list with nothing said of it is told before its things, "put it on the list" after.
        let after = (anchor + 1..clauses.len()).filter(|_| list_first);
        let before = (0..anchor).rev();
        let last = (anchor + 1..clauses.len()).filter(|_| !list_first);
        for at in after.chain(before).chain(last).chain([anchor]) {
            let plain = thing(of(at), false);
            let plain = Some(plain).filter(|plain| at != anchor && is_thing(plain) && !says(&LACKS, of(at)));
            let told = plain.or_else(|| of(at).split(LIST).find_map(lacked));
            let Some(told) = told else { continue };
            items = split(&told);
            if at >= anchor {
                items.extend(rest(&clauses, at, true));
            } else {
                items.splice(0..0, earlier(&clauses, at));
            }
            break;
        }
        return items;
    }
    if !begins_with_verb(anchor) && !list_first {
        let mut at = anchor;
        while at > 0 && clauses.get(at).is_some_and(|clause| clause.mark == Mark::Comma) {
            at -= 1;
            let said = thing(of(at), true);
            if says(&INSTEAD, of(at)) || says(&INSTEAD, of(at + 1)) {
                break;
            }
            if said.is_empty() {
                continue;
            }
            if !is_thing(&said) {
                break;
            }
            items.splice(0..0, split(&said));
            if begins_with_verb(at) {
                break;
            }
        }
    }
    items.extend(rest(&clauses, anchor, list_first));
    items
}

/// What goes on with the things before a clause: "nappies, wet wipes, bananas, put them on the list".
fn earlier(clauses: &[Clause<'_>], from: usize) -> Vec<String> {
    let mut items = Vec::new();
    let mut at = from;
    while at > 0 && clauses.get(at).is_some_and(|clause| clause.mark == Mark::Comma) {
        at -= 1;
        let said = clauses.get(at).map(|clause| thing(clause.text, false)).unwrap_or_default();
        let instead = clauses.get(at).is_some_and(|clause| says(&INSTEAD, clause.text));
        if instead || !is_thing(&said) || said.split(' ').count() > 3 {
            break;
        }
        items.splice(0..0, split(&said));
    }
    items
}

/// What goes on with the things after a clause: all that could, or what is joined by "and".
fn rest(clauses: &[Clause<'_>], from: usize, all: bool) -> Vec<String> {
    let mut items = Vec::new();
    for clause in clauses.iter().skip(from + 1) {
        let said = thing(clause.text, false);
        let goes_on = matches!(clause.mark, Mark::Comma | Mark::Colon) && (all || says(&MORE, clause.text))
            || clause.mark == Mark::Colon;
        if !goes_on || !is_thing(&said) || !all && said.split(' ').count() > 5 {
            break;
        }
        items.extend(split(&said));
    }
    items
}

/// What it would do for a verb.
pub(super) fn proposes(verb: &str) -> &'static str {
    match verb {
        "add" => "put something on a list",
        "remove" => "take something off a list",
        "complete" => "tick something off",
        "reopen" => "put something back on a list",
        "move" => "move something to another list",
        "replace" => "change something on a list",
        "create" => "make a list",
        "clear" => "empty a list",
        "delete" => "delete a list",
        "rename" => "rename a list",
        _ => "",
    }
}

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    let text = turn.reading.plain.clone();
    let lists_named = named(turn, &text);
    let masked = masked(&text, &lists_named);
    let name = lists_named.iter().rev().find(|list| !list.name.is_empty()).map(|list| list.name.clone());
    match verb {
        "add" => Some(add(turn, &text, &lists_named)),
        "remove" | "complete" | "reopen" => taken(turn, verb, &masked, name),
        "move" => moved(turn, &masked, &lists_named),
        "replace" => replaced(turn, &masked, name),
        "create" => create(turn, &text, &lists_named),
        "rename" => rename(turn, &text, &lists_named),
        "clear" if says(&DONE, &masked) => Some(without_done(turn, name)),
        "clear" => Some(match meant_list(turn, name) {
            Some(name) => ask_clear(turn, &name),
            None => which_list(turn, "clear", ""),
        }),
        "delete" => Some(match meant_list(turn, name) {
            Some(name) => ask_delete(turn, &name),
            None => which_list(turn, "delete", ""),
        }),
        "read" => Some(read(turn, &masked, name)),
        "lists" => Some(all(turn)),
        _ => None,
    }
}

pattern!(SHOPS, r"(?i)\b(?:buy|shops?|supermarket|pick up|run out|ran out|out of|grocer\w*|store)\b");

pattern!(TASKS, r"(?i)\b(?:tasks?|to-?dos?|to do|chores?)\b");

fn add(turn: &mut Turn<'_>, text: &str, named: &[Named]) -> Reply {
    let names: Vec<&str> =
        named.iter().map(|list| list.name.as_str()).filter(|name| !name.is_empty()).collect();
    // "Milk on the shopping list and socks on the packing list": each its own.
    if let [first, .., last] = named
        && names.len() == named.len()
        && names.windows(2).any(|two| matches!(two, [one, other] if one != other))
    {
        let mut begun = 0;
        let mut pieces = Vec::new();
        for list in named {
            let end = if list.at == last.at { text.len() } else { list.at.end };
            let piece = text.get(begun..list.at.start).unwrap_or_default();
            let after = text.get(list.at.end..end).unwrap_or_default();
            pieces.push((list.name.clone(), things(&format!("{piece}{LIST}{after}"))));
            begun = list.at.end;
        }
        let listed_first = first.at.start == 0;
        if !listed_first && pieces.iter().all(|(_, items)| !items.is_empty()) {
            let mut whole = Reply::default();
            for (name, items) in pieces {
                let reply = put(turn, &name, items);
                let text = format!("{} {}", whole.text, reply.text).trim().to_owned();
                let actions = whole.actions.into_iter().chain(reply.actions).collect();
                whole = Reply { text, actions, ..reply };
            }
            return whole;
        }
    }
    let items = things(&masked(text, named));
    let shops = || says(&SHOPS, text).then(|| "shopping".to_owned());
    let name = names.last().map(|name| (*name).to_owned());
    let tasks = || says(&TASKS, text).then(|| "to-do".to_owned());
    let name = name.or_else(|| if named.is_empty() { tasks().or_else(shops) } else { None });
    match name.or_else(|| meant_list(turn, None)) {
        Some(name) => {
            let items = usual(&name, text, items);
            put(turn, &name, items)
        }
        None => which_list(turn, "add", &items.join(", ")),
    }
}

/// The things as they stand on a list: on one that everybody has, the beginning of a sentence leaves no capital.
pub(super) fn usual(name: &str, text: &str, items: Vec<String>) -> Vec<String> {
    if USUAL.contains(&name) { uncapitalized(text, items) } else { items }
}

/// The things without a capital that they have only at the beginning of a sentence: "Soap on the list".
fn uncapitalized(text: &str, items: Vec<String>) -> Vec<String> {
    let begins = |item: &String| {
        let before = text.find(item.as_str()).and_then(|at| text.get(..at)).unwrap_or("x").trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', ':'])
    };
    let lower = |item: String| {
        let mut chars = item.chars();
        match (chars.next(), chars.clone().next()) {
            (Some(first), Some(second))
                if second.is_lowercase() && begins(&item) && !item.contains("'s ") =>
            {
                first.to_lowercase().chain(chars).collect()
            }
            _ => item,
        }
    };
    items.into_iter().map(lower).collect()
}

// All but some.
pattern!(ALL, r"(?i)\b(?:everything|all|the lot|every (?:item|thing|single)|the whole)\b");
pattern!(EXCEPT, r"(?i) (?:except(?: for)?|apart from|but not|but for|bar|other than|save for|but) ");
pattern!(
    PLACE_OF,
    r"(?i)\b(?:the )?(?<which>first|second|third|fourth|fifth|last) (?:item|thing|entry|one)\b"
);
// What asks for something to be taken off.
pattern!(
    TAKES,
    r"(?i)\b(?:take|took|tick|untick|check|uncheck|cross|uncross|mark|unmark|strike|scratch|remove|delete|erase|drop|scrap|bin|ditch|lose|rid|chuck|scrub|cut|pull|off|done|finished|bought|back|move|shift|transfer)\b"
);
pattern!(
    DONE,
    r"(?i)\b(?:ticked|checked|crossed|completed|already (?:done|bought|got)|(?:that|which|what)(?:'s|s| is| are| i've| we've| has been| have been) (?:all |already )*(?:done|bought|finished|got)|done (?:items|ones|things)|finished (?:items|ones|things))\b"
);

/// The items that are spoken of, best in the clause that asks: all their words, or else what only one of them has.
fn spoken(turn: &Turn<'_>, list: Option<i64>, text: &str, done: Option<bool>) -> Vec<Item> {
    let of =
        |item: &&Item| list.is_none_or(|list| item.list == list) && done.is_none_or(|done| item.done == done);
    let items: Vec<Item> = turn.memory.items.iter().filter(of).cloned().collect();
    if let Some(place) = PLACE_OF.as_ref().and_then(|place| place.find(text)) {
        return take::matching(turn, list, place.as_str().trim_start_matches("the "));
    }
    let parts = clauses(text);
    // The last that asks holds what is asked for: "no, eggs, I mean".
    let asking = parts.iter().filter(|part| part.text.contains(LIST) || says(&TAKES, part.text));
    let texts: Vec<&str> = asking.map(|part| part.text).chain([text]).collect();
    for text in &texts {
        if let Some((all, but)) = EXCEPT.as_ref().and_then(|except| {
            let found = except.find(text)?;
            Some((text.get(..found.start())?, text.get(found.end()..)?))
        }) && says(&ALL, all)
        {
            let kept = take::held(&items, but);
            if !kept.is_empty() {
                return items
                    .into_iter()
                    .filter(|item| kept.iter().all(|other| other.id != item.id))
                    .collect();
            }
        }
        let held = take::held(&items, text);
        if !held.is_empty() {
            return held;
        }
    }
    for text in &texts {
        let said = stems(text);
        let score = |item: &Item| {
            stems(&item.text).iter().filter(|word| word.len() > 2 && said.contains(word)).count()
        };
        let best = items.iter().map(&score).max().unwrap_or_default();
        let mut fit = items.iter().filter(|item| best > 0 && score(item) == best);
        if let (Some(item), None) = (fit.next(), fit.next()) {
            return vec![item.clone()];
        }
    }
    if texts.iter().any(|text| says(&ALL, text)) && list.is_some() { items } else { Vec::new() }
}

/// Takes items off, ticks them off, or back on.
fn taken(turn: &mut Turn<'_>, verb: &str, text: &str, name: Option<String>) -> Option<Reply> {
    let list = name.as_deref().and_then(|name| turn.list(name));
    if let (Some(name), None) = (&name, &list) {
        return Some(Reply::say(format!("There is no {name} list.")));
    }
    let of = list.as_ref().map(|list| list.id);
    let done = match verb {
        "complete" => Some(false),
        "reopen" => Some(true),
        _ => None,
    };
    let mut items = spoken(turn, of, text, done);
    if items.is_empty() && done == Some(true) {
        items = spoken(turn, of, text, None);
    }
    let first = items.first().map(|item| item.list);
    let texts: Vec<String> = items.iter().map(|item| item.text.clone()).collect();
    let same = |item: &Item| items.iter().any(|other| other.list != item.list && other.text == item.text);
    if of.is_none() && items.iter().any(same) {
        return Some(which_list(turn, verb, &texts.join(", ")));
    }
    let Some(first) = first else {
        let of_list = name.or_else(|| meant_list(turn, None));
        let of_list = of_list.map_or_else(|| "your lists".to_owned(), |name| format!("the {name} list"));
        return Some(Reply::say(format!("I can't find that on {of_list}.")));
    };
    let name = turn.memory.lists.iter().find(|list| list.id == first).map(|list| list.name.clone())?;
    let texts: Vec<String> =
        items.iter().filter(|item| item.list == first).map(|item| item.text.clone()).collect();
    Some(take(turn, verb, Some(name), &texts.join(", ")))
}

/// Moves items to the list that is named beside the one on which they are.
fn moved(turn: &mut Turn<'_>, text: &str, named: &[Named]) -> Option<Reply> {
    let from = named.iter().find(|list| list.from).map(|list| list.name.clone());
    let of = from.as_deref().and_then(|name| turn.list(name)).map(|list| list.id);
    let mut items = spoken(turn, of, text, None);
    let names: Vec<&str> =
        named.iter().map(|list| list.name.as_str()).filter(|name| !name.is_empty()).collect();
    let of_list = |turn: &Turn<'_>, name: &str| turn.list(name).map(|list| list.id);
    let target = names.iter().find(|name| {
        Some(**name) != from.as_deref() && items.iter().all(|item| of_list(turn, name) != Some(item.list))
    })?;
    let first = items.first().map(|item| item.list);
    items.retain(|item| Some(item.list) == first);
    if items.is_empty() {
        return Some(Reply::say("I can't find that on your lists."));
    }
    Some(take::moved(turn, items, target))
}

pattern!(
    FOR,
    r"(?i) (?:for|with|to|into|by|becomes?|should (?:be|read|say)|(?:and |then )?(?:make|put|have|get|write|add)(?: it| that| in| on)?|it's|its|->|→|but|is(?: now)?|i(?:'d| would)? (?:want|like|need|prefer)) "
);
pattern!(
    RATHER,
    r"(?i)(?:^|[ ,]+)(?:instead of|rather than|in place of|as a replacement for|takes? the place of|replaces|not|over) "
);

/// Puts one thing in the place of another: "swap milk for oat milk", "tofu instead of eggs".
fn replaced(turn: &mut Turn<'_>, text: &str, name: Option<String>) -> Option<Reply> {
    let list = name.as_deref().and_then(|name| turn.list(name)).map(|list| list.id);
    let items: Vec<Item> =
        turn.memory.items.iter().filter(|item| list.is_none_or(|list| item.list == list)).cloned().collect();
    let fresh = |part: &str| {
        let parts = clauses(part);
        let things = parts
            .iter()
            .flat_map(|part| part.text.split(LIST).map(|part| thing(part, true)).collect::<Vec<_>>());
        things.map(|thing| without(&RATHER_END, &thing).to_owned()).find(|thing| is_thing(thing))
    };
    let cut = |pattern: &std::sync::LazyLock<Option<regex::Regex>>| -> Vec<(String, String)> {
        let cuts =
            pattern.as_ref().map(|cut| cut.find_iter(text).map(|found| found.range()).collect::<Vec<_>>());
        let sides = cuts.unwrap_or_default().into_iter();
        sides
            .map(|at| {
                let left = text.get(..at.start).unwrap_or_default().to_owned();
                (left, text.get(at.end..).unwrap_or_default().to_owned())
            })
            .collect()
    };
    for (left, right) in cut(&RATHER) {
        let old = clauses(&right).first().map(|old| take::held(&items, old.text)).unwrap_or_default();
        let [old, ..] = old.as_slice() else { continue };
        let after = clauses(&right).get(1..).unwrap_or_default().iter().find_map(|part| fresh(part.text));
        // "Instead of eggs I want tofu": what comes next to it.
        let near =
            right.to_lowercase().split_once(&old.text.to_lowercase()).and_then(|(_, rest)| fresh(rest));
        let new =
            fresh(left.rsplit(LIST).next().unwrap_or_default()).or_else(|| fresh(&left)).or(near).or(after);
        if let Some(new) = new.filter(|new| !new.eq_ignore_ascii_case(&old.text)) {
            return instead(turn, old, &new);
        }
    }
    for (left, right) in cut(&FOR) {
        let old = take::held(&items, &left);
        let ([old, ..], Some(new)) = (old.as_slice(), fresh(&right)) else { continue };
        if !new.eq_ignore_ascii_case(&old.text) {
            return instead(turn, old, &new);
        }
    }
    None
}

fn instead(turn: &mut Turn<'_>, old: &Item, new: &str) -> Option<Reply> {
    let list = turn.memory.lists.iter().find(|list| list.id == old.list).cloned()?;
    Some(take::replaced(turn, &list, old, new))
}

pattern!(RATHER_END, r"(?i)[, ]+(?:instead|rather|in its place|this time|from now on)$");
pattern!(
    CALLED,
    r"(?i)\b(?:called|named|known as|titled|entitled|by the name(?: of)?|the name|(?:call|name|label|title)(?: (?:it|that|this|this one|that one))?|name|renamed?(?: (?:it|that))?|headed)(?: (?:to|as|is|of|it|be))*:? (?<name>.+)$"
);
pattern!(BECOMES, r"(?i)\b(?:to|as|into|be|becomes?|is|it's) (?<name>.+)$");
pattern!(
    OF,
    r"(?i)^(?:list )?[, ]*(?:(?:going|started|set up|ready|up) )?(?:for|of|about|with|to (?:plan|track|do with))(?: (?:the|my|our|all|a|an))* (?<name>.+)$"
);
pattern!(
    HOLDS,
    r"(?i)(?:[,;.]? (?:and |then |please )*(?:with|containing|put|add|that has|including|start(?:ing)? (?:it )?with|(?:it|that) (?:should|must|has to|needs to|ought to|can) (?:have|include|contain|hold|say)|(?:on it|it has|it holds|there)(?: (?:should|must|will))? (?:be|go|goes|are))|:) (?<items>.+?)(?: (?:on|in|to) it| already on it)?[.!]*$"
);

/// What a list is to be called: up to the next clause, at most five words.
pub(super) fn called(text: &str) -> Option<String> {
    let first = clauses(text).first().map(|clause| clause.text.to_owned())?;
    let first = first.split(LIST).next().unwrap_or_default().to_owned();
    let first = replace(&RATHER_END, without(&TAIL, first.trim_matches([' ', '"', '\''])), "");
    let name = canonical(&first);
    let words = name.split(' ').count();
    const NO_NAMES: &[&str] =
        &["new", "something else", "something", "different", "list", "it", "me", "one", "be"];
    (!name.is_empty() && words <= 5 && !NO_NAMES.contains(&name.as_str()) && !says(&FINITE, &name))
        .then_some(name)
}

fn create(turn: &mut Turn<'_>, text: &str, named: &[Named]) -> Option<Reply> {
    let said = CALLED.as_ref().and_then(|name| name.captures(text)).and_then(|found| called(&found["name"]));
    let own = named.iter().rev().find(|list| !list.name.is_empty());
    let bare = || {
        let list = named.iter().rev().find(|list| list.name.is_empty())?;
        let of = OF.as_ref()?.captures(text.get(list.at.end..)?)?;
        called(&of["name"])
    };
    // "Create list wedding guests".
    let bare = || {
        let list = named.iter().rev().find(|list| list.name.is_empty())?;
        bare().or_else(|| called(text.get(list.at.end..)?).filter(|name| name.split(' ').count() < 4))
    };
    let colon = || {
        clauses(text).iter().rev().find(|part| part.mark == Mark::Colon).and_then(|part| called(part.text))
    };
    let name = said.or_else(|| own.map(|list| list.name.clone())).or_else(bare);
    let Some(name) = name.or_else(colon) else {
        return Some(Reply::ask("list", "create", "list", "What shall the list be called?"));
    };
    let after = own.and_then(|list| text.get(list.at.end..)).filter(|after| !after.is_empty());
    let after = after.or_else(|| {
        let lower = text.to_lowercase();
        text.get(lower.find(&name)? + name.len()..)
    });
    let after = after.unwrap_or_default();
    let held = HOLDS.as_ref().and_then(|holds| holds.captures(after)).map(|found| found["items"].to_owned());
    let held = held.filter(|held| split(held).iter().all(|item| is_thing(item)));
    Some(made(turn, &name, &held.unwrap_or_default()))
}

fn rename(turn: &mut Turn<'_>, text: &str, named: &[Named]) -> Option<Reply> {
    let old = named.iter().position(|list| turn.list(&list.name).is_some()).unwrap_or_default();
    let old = named.get(old..).and_then(|lists| lists.get(..1)).unwrap_or_default();
    let text = masked(text, old);
    let text = text.as_str();
    let name = meant_list(turn, old.first().map(|list| list.name.clone()))?;
    let Some(list) = turn.list(&name) else {
        return Some(Reply::say(format!("There is no {name} list.")));
    };
    // What follows the list says how it is to be called, or else what stands anywhere.
    let after = text.split_once(LIST).map(|(_, after)| after).unwrap_or_default();
    let found = |text: &str| {
        let new = [&CALLED, &BECOMES].iter().find_map(|pattern| {
            let found = pattern.as_ref()?.captures(text)?;
            called(&found["name"])
        });
        new.filter(|new| *new != list.name)
    };
    // "To groceries" says so of the shopping list, too.
    let same = || called(BECOMES.as_ref()?.captures(after)?.name("name")?.as_str());
    let new = found(after).or_else(same).or_else(|| found(text)).or_else(|| called(&thing(after, false)))?;
    Some(renamed(turn, &list, &new))
}

pattern!(
    ASKS,
    r"(?i)^(?:is|are|did|do|does|have|has|was|were|am)\b|\b(?:whether|if|did (?:i|we)|have (?:i|we))\b"
);
/// Whether a text asks for a yes or a no.
pub(super) fn asks(text: &str) -> bool {
    says(&ASKS, text)
}

// What is on it all, and no thing of it.
pattern!(
    ANY,
    r"(?i)\b(?:anything|something|everything|any|how many|how much|what|what's|whats|which|empty|left|still|remaining|more)\b"
);

fn read(turn: &mut Turn<'_>, text: &str, name: Option<String>) -> Reply {
    let own = if name.is_none() && says(&SHOPS, text) { Some("shopping".to_owned()) } else { name };
    let packing = || {
        (text.to_lowercase().contains("pack") && turn.called("packing").is_some())
            .then(|| "packing".to_owned())
    };
    let tasks = || says(&TASKS, text).then(|| "to-do".to_owned());
    let own = own.or_else(packing).or_else(tasks);
    let list = own.as_deref().and_then(|name| turn.list(name)).map(|list| list.id);
    if says(&ASKS, text) && !says(&ANY, text) {
        let there = spoken(turn, list, text, Some(false)).into_iter().next();
        if let Some(item) = &there {
            let of = turn.memory.lists.iter().find(|list| list.id == item.list);
            if let Some(name) = of.map(|list| list.name.clone()) {
                return is_on(turn, name, &item.text);
            }
        }
    }
    match meant_list(turn, own) {
        Some(name) => tell(turn, &name),
        None => which_list(turn, "read", ""),
    }
}

#[cfg(test)]
mod tests {
    use crate::skills::tests::wanted;

    fn slot(reply: &crate::skills::Reply, name: &str) -> String {
        let value = reply.actions.first().and_then(|action| action.slots.get(name));
        value.map(|value| value.to_string().replace(['"', '[', ']'], "")).unwrap_or_default()
    }

    const BEFORE: &[&str] =
        &["add milk, eggs and butter to the shopping list", "add socks to the packing list"];

    #[test]
    fn things_and_their_list_are_found_in_any_words() {
        for (said, verb, list, items) in [
            (
                "I'd be glad if trout, dill and salt could join my shopping list",
                "add",
                "shopping",
                "trout,dill,salt",
            ),
            ("There's no soap left! Soap, shopping list, now", "add", "shopping", "soap"),
            ("we're clean out of teabags, stick them on the groceries", "add", "shopping", "teabags"),
            ("onto the to-do list goes write to Gran", "add", "to-do", "write to Gran"),
            ("Add milk, no, oat milk, to the shopping list", "add", "shopping", "oat milk"),
            ("salt on the shopping list and a hat on the packing list", "add", "shopping", "salt"),
            ("put something on the shopping list", "add", "", ""),
            (
                "we're having eggs tonight, the milk can go from the shopping list",
                "remove",
                "shopping",
                "milk",
            ),
            ("everything but the eggs is bought on the shopping list", "complete", "shopping", "milk,butter"),
            ("tofu is what I want instead of eggs on the shopping list", "replace", "shopping", "tofu"),
            ("socks belong on my shopping list, over they go", "move", "shopping", "socks"),
            ("let the packing list be known as Skye", "rename", "skye", ""),
            ("a list would be handy, title: garden", "create", "garden", ""),
            ("burn the biscuits list", "delete", "", ""),
        ] {
            let reply = wanted(BEFORE, said, &format!("list.{verb}"));
            assert_eq!(
                (slot(&reply, "list"), slot(&reply, "items")),
                (list.to_owned(), items.to_owned()),
                "{said}"
            );
        }
    }
}
