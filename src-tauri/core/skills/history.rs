//! Finds what was said before, by its words and by its meaning.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Act, Found, Grammar};
use super::reading::{Reading, pattern};
use super::stretch::{self, ALWAYS, Stretch};
use super::turn::{Reply, Turn};
use super::wording::{capital, count, moment, words};
use crate::past::Said;

pub(super) struct History;

const DID_I: &str = r"(?:did|have|had|do) (?:i|we)(?: ever| just| already| last)?";
const SAID: &str = r"(?:speak|spoke|say|said|write|wrote|written|tell you|told you|mention|mentioned|talk|talked|spoken|speak|post|posted|chat|chatted|discuss|discussed|complain|complained|type|typed|bring up|brought up)";
const OF: &str = r"(?: (?:anything|something|things|to you|with you|you))*(?: (?:about|of|on|regarding|concerning))? (?:{the})(?<query>.+)";
const PLACE: &str = r"(?:{the}(?:(?:old|past|whole|entire|chat|own|other) )*(?:history|messages|chats?|conversations?|logs?|archive|journal|past|texts))";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (r"when DID_I(?: last)? SAIDOF", last),
        (
            r"(?:when|what) (?:was|is) the last time (?:that )?(?:i|we) (?:brought up|said|wrote|told you|mentioned|talked|spoke|chatted|discussed|complained)(?: (?:about|of|on))? {the}(?<query>.+)",
            last,
        ),
        (
            r"(?:the )?last time (?:that )?(?:i|we) (?:said|wrote|told you|mentioned|talked|spoke|chatted|discussed|complained)(?: (?:about|of|on))? {the}(?<query>.+)",
            last,
        ),
        (r"when(?: exactly)? DID_I first SAIDOF", first),
        (
            r"(?:when|what) (?:was|is) the first time (?:that )?(?:i|we) (?:said|wrote|told you|mentioned|talked|spoke|chatted)(?: (?:about|of|on))? {the}(?<query>.+)",
            first,
        ),
        (r"how (?:often|many times|frequently) DID_I SAIDOF", times),
        (
            r"how (?:often|many times) (?:has|have|did|does) {the}(?<query>.+?) (?:come up|been mentioned|been brought up|get mentioned|appear|appeared)(?: in {the}(?:messages|chats?))?",
            times,
        ),
        (r"(?:(?:count|tell me) )?how (?:often|many times) (?:i|we)(?:'ve| have)? SAIDOF", times),
        (r"(?:i'm |i am )?looking for {the}messages? (?:where|in which|when) (?:i|we) SAIDOF", find),
        (
            r"how many (?:times|messages|of my messages) (?:mention|are about|contain|do i mention|did i mention) (?:{the})(?<query>.+)",
            times,
        ),
        (
            r"(?:what|which things|what all|what else|what exactly) DID_I (?:say|said|write|wrote|written|tell you|told you|mention|mentioned|post|posted|complain|complained)(?: (?:to you|about it))*(?: (?:about|of|on|regarding|concerning)) (?:{the})(?<query>.+)",
            find,
        ),
        (
            r"(?:what|which things|what all|what else) DID_I (?:say|said|write|wrote|written|tell you|told you|mention|mentioned|post|posted|type|typed)(?: to you)?(?<when>(?: .+)?)",
            said_when,
        ),
        (
            r"DID_I (?:say|said|write|wrote|tell you|mention|mentioned|talk|talked|spoken|discuss|discussed|complain|complained)OF",
            find,
        ),
        (
            r"(?:find|search for|search|look for|look up|show me|show|get|list|pull up|give me) (?:(?:all|any|the|my|our|old) )*(?:messages?|chats?|conversations?|texts|everything|things|all|anything)(?: (?:that|where|in which|i|we|sent|wrote|have|written|said))*(?: (?:about|mentioning|that mention|mention|mentions|with|containing|contain|on|of|regarding|for|say|talk about|talked about))+ (?:{the})(?<query>.+)",
            find,
        ),
        (
            r"(?:find|show me|show|search for|tell me|look for) (?:where|what|when|everything|the message where|the messages where) (?:i|we) (?:said|wrote|mentioned|talked|told you|spoke|complained)(?: (?:about|of|on|that|to you))* (?:{the})(?<query>.+)",
            find,
        ),
        (
            r"(?:search|look in|look through|go through|check|scan|browse) (?:in |through )?PLACE (?:for|about|on) (?:{the})(?<query>.+)",
            find,
        ),
        (
            r"(?:search|find|look|look for|search for|look up) (?:for )?(?:{the})(?<query>.+?) (?:in|through|from) PLACE",
            find,
        ),
        (r"(?:search|find|look for|search for) messages? (?:for|with|about) {the}(?<query>.+)", find),
        (
            r"(?:do you (?:still )?(?:remember|know|recall)|remember|find|look up|tell me|remind me) (?:again )?(?:what|everything|anything) (?:i|we) (?:said|wrote|told you|mentioned|talked)(?: to you)? (?:about|of|on) {the}(?<query>.+)",
            find,
        ),
        (r"what was (?:that|it|the thing)(?: again)? (?:about|with) {the}(?<query>.+)", find),
        (r"find (?:everything|anything|all|all there is) (?:about|on|with) {the}(?<query>.+)", find),
        (
            r"(?:where|which day) did i (?:mention|write about|talk about|say something about) {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:did|have) (?:i|we) (?:say|said|tell you|told you) (?:something|anything) (?:about|on|of) {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:find|show me|show|look for) {the}messages? (?:about|on|with|mentioning) {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:show me|tell me|read me|show) (?:what|everything) i (?:said|wrote|told you|typed)(?<when> .+)",
            said_when,
        ),
        (r"(?:dig out|dig up|find) (?:whatever|what|anything|all) (?:i|we) SAIDOF", find),
        (r"(?:the )?number of times (?:i|we)(?:'ve|ve| have)? SAIDOF", times),
        (r"go through PLACE and (?:find|look for|search for) {the}(?<query>.+)", find),
        (
            r"(?:any|are there any|have i got any) messages? (?:that |which )?(?:mention|mentions|contain|about|are about|with) {the}(?<query>.+)",
            find,
        ),
        (r"search (?:for )?{the}(?<query>[\p{L}\d' -]+)", find_some),
    ];
    let parts = [("DID_I", DID_I), ("SAID", SAID), ("PLACE", PLACE), ("OF", OF)];
    let whole =
        |pattern: &str| parts.iter().fold(pattern.to_owned(), |all, (name, part)| all.replace(name, part));
    let rules: Vec<(String, Act)> = rules.iter().map(|(pattern, act)| (whole(pattern), *act)).collect();
    let rules: Vec<(&str, Act)> = rules.iter().map(|(pattern, act)| (pattern.as_str(), *act)).collect();
    Grammar::new(&rules)
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[(r"(?:and|what about|how about|and about|and what about) {the}(?<query>.+)", follow)])
});

/// How many messages are quoted.
const QUOTED: usize = 5;

/// How many are looked at, so that a search does not find searches.
const LOOKED_AT: u32 = 200;

/// How close in meaning a message must be to be worth showing.
const CLOSE: f32 = 0.5;

impl Skill for History {
    fn name(&self) -> &'static str {
        "history"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["history_search"]
    }

    fn reports(&self) -> bool {
        true
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let named = turn.analysis.entities.iter().find(|entity| {
            matches!(entity.entity.as_str(), "person" | "location" | "organization" | "event" | "product")
        });
        let phrase = match named {
            Some(named) => named.text.clone(),
            None => ASKED.as_ref()?.replace_all(&turn.reading.plain, " ").trim().to_owned(),
        };
        // "What did Napoleon say" is no search, unless he was spoken of.
        let of_another = OF_ANOTHER.as_ref()?.captures(&turn.reading.plain);
        if of_another.is_some_and(|found| !matches!(&found["who"], "i" | "we" | "you" | "u")) {
            let sought = sought(turn, &phrase)?;
            holding(turn, &sought).ok().filter(|said| !said.is_empty())?;
        }
        searched(turn, &phrase)
    }
}

pattern!(OF_ANOTHER, r"(?i)^what (?:did|does|do|has|have) (?<who>\pL+)\b");

pattern!(
    ASKED,
    r"(?i)\b(?:what|when|where|which|how|was|were|is|it|that|thing|things|did|do|have|had|i|i've|we|you|me|my|our|the|a|an|to|of|in|on|about|for|with|say|said|saying|tell|told|mention|mentioned|talk|talked|wrote|write|written|find|search|look|looking|show|chat|chats|message|messages|history|conversation|log|logs|again|ever|last|time|something|anything|some|where|who|whom|most|often|can|could|please|up|through|get|back|from)\b[,.?!]*"
);

/// What to look for and when.
struct Sought {
    query: String,
    beginnings: Vec<String>,
    stretch: Option<Stretch>,
}

fn sought(turn: &Turn<'_>, phrase: &str) -> Option<Sought> {
    let phrase = phrase.trim().trim_end_matches(['?', '.', '!', ' ']);
    let phrase = [" before", " already", " ever", " so far", " at all", " last"]
        .iter()
        .fold(phrase, |phrase, end| phrase.strip_suffix(end).unwrap_or(phrase));
    let phrase = ["something about ", "anything about ", "anything on "]
        .iter()
        .fold(phrase, |phrase, lead| phrase.strip_prefix(lead).unwrap_or(phrase));
    let (query, stretch) = stretch::split(turn, phrase);
    // "in my messages", "before": not what is looked for.
    let query = query.trim_matches(['"', ' ', '\'']).to_owned();
    let beginnings: Vec<String> = words(&query).iter().map(|word| beginning(word)).collect();
    (!beginnings.is_empty()).then_some(Sought { query, beginnings, stretch })
}

/// A word without its ending: "leaking" finds "leak" and "leaks".
fn beginning(word: &str) -> String {
    let shorter = ["ing", "ed", "es", "s"].iter().find_map(|end| {
        let stem = word.strip_suffix(end)?;
        (stem.chars().count() >= 4).then_some(stem)
    });
    shorter.unwrap_or(word).to_owned()
}

/// The messages that hold the words, less those that were themselves searches;
/// the latest first.
fn holding(turn: &Turn<'_>, sought: &Sought) -> crate::Result<Vec<Said>> {
    let within = sought.stretch.as_ref().map_or(ALWAYS, |stretch| stretch.within.clone());
    let mut said = turn.scene.past.holding(&sought.beginnings, within, LOOKED_AT)?;
    said.retain(|said| !is_search(turn, &said.text));
    Ok(said)
}

fn is_search(turn: &Turn<'_>, text: &str) -> bool {
    // Cheap first: most messages hold none of these words.
    let lower = text.to_lowercase();
    let may = [
        "did i",
        "have i",
        "do i",
        "did we",
        "last time",
        "search",
        "find",
        "look",
        "show",
        "mention",
        "messages",
    ];
    may.iter().any(|word| lower.contains(word)) && GRAMMAR.claims(&Reading::new(text, turn.read))
}

fn failed(error: &crate::Error) -> Reply {
    Reply::say(format!("I could not look that up: {error}."))
}

fn quoted(turn: &Turn<'_>, said: &[Said]) -> String {
    let line = |said: &Said| format!("• “{}” ({})", short(&said.text), moment(&turn.at(said.time), turn.now));
    said.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The first line or so.
fn short(text: &str) -> String {
    const LONGEST: usize = 160;
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", line.get(..cut).unwrap_or(line).trim_end()),
        None if line.len() < text.trim().len() => format!("{line} …"),
        None => line.to_owned(),
    }
}

fn ids(said: &[Said]) -> Vec<i64> {
    said.iter().map(|said| said.id).collect()
}

fn find(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    // "Did I write down anything about it" asks for notes.
    if query.starts_with("down ") { None } else { searched(turn, &query) }
}

/// "Search for cake" is for the web, unless it was spoken of.
fn find_some(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    if query.to_lowercase().starts_with("note") {
        return None;
    }
    let sought = sought(turn, &query).filter(|sought| sought.beginnings.len() <= 4)?;
    let some = holding(turn, &sought).is_ok_and(|said| !said.is_empty());
    if some { searched(turn, &query) } else { None }
}

fn follow(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    (query.split(' ').count() <= 4).then(|| searched(turn, &query))?
}

fn searched(turn: &mut Turn<'_>, phrase: &str) -> Option<Reply> {
    let sought = sought(turn, phrase)?;
    let said = match holding(turn, &sought) {
        Ok(said) => said,
        Err(error) => return Some(failed(&error)),
    };
    let notes: Vec<String> = turn
        .memory
        .notes
        .iter()
        .filter(|note| {
            let held = words(&note.text);
            sought.beginnings.iter().all(|word| held.iter().any(|other| other.starts_with(word.as_str())))
        })
        .map(|note| format!("• {}", note.text))
        .collect();
    let Sought { query, stretch, .. } = &sought;
    let when = stretch.as_ref().map(|stretch| format!(" ({})", stretch.name)).unwrap_or_default();
    let reply = Reply::default()
        .did("history", "find")
        .with("query", query.clone())
        .with("count", said.len())
        .with("messages", ids(said.get(..QUOTED).unwrap_or(&said)));
    let mut text = String::new();
    if !said.is_empty() {
        let shown = said.get(..QUOTED).unwrap_or(&said);
        let more = if said.len() > QUOTED { format!(", the latest {QUOTED}") } else { String::new() };
        text = match shown {
            [one] => format!(
                "{} you wrote: “{}”",
                capital(&moment(&turn.at(one.time), turn.now)),
                short(&one.text)
            ),
            _ => format!(
                "You wrote {} with “{query}”{when}{more}:\n{}",
                count(said.len() as i64, "message"),
                quoted(turn, shown)
            ),
        };
    }
    if !notes.is_empty() {
        let kept = if notes.len() == 1 { "You also keep a note" } else { "You also keep these notes" };
        let kept = if said.is_empty() { kept.replace(" also", "") } else { kept.to_owned() };
        let notes = format!("{kept}:\n{}", notes.join("\n"));
        text = format!("{text}\n{notes}").trim().to_owned();
    }
    if !text.is_empty() {
        return Some(Reply { text, ..reply }.about("history", "find", ids(&said)));
    }
    let near = alike(turn, &sought);
    let text = match near.as_slice() {
        [] => format!("You haven't said anything about “{query}”{when} that I could find."),
        near => {
            format!(
                "You haven't used the words “{query}”{when}, but this comes close:\n{}",
                quoted(turn, near)
            )
        }
    };
    let reply = if near.is_empty() { reply } else { reply.with("similar", ids(&near)) };
    Some(Reply { text, ..reply }.about("history", "find", ids(&near)))
}

/// What is close in meaning, where no message has the words.
fn alike(turn: &Turn<'_>, sought: &Sought) -> Vec<Said> {
    let Some(meaning) = (turn.scene.embed)(&sought.query) else { return Vec::new() };
    let within = sought.stretch.as_ref().map_or(ALWAYS, |stretch| stretch.within.clone());
    let Ok(near) = turn.scene.past.like(&meaning, within, QUOTED * 2) else { return Vec::new() };
    let near = near.into_iter().filter(|(said, close)| *close >= CLOSE && !is_search(turn, &said.text));
    near.take(QUOTED - 2).map(|(said, _)| said).collect()
}

fn said_when(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let when = found.text(&["when"])?;
    let when = when.replace("earlier today", "today").replace("so far today", "today");
    let (rest, stretch) = stretch::split(turn, &when);
    let stretch = stretch.filter(|_| words(&rest).is_empty())?;
    let mut said = match turn.scene.past.said(stretch.within.clone(), LOOKED_AT) {
        Ok(said) => said,
        Err(error) => return Some(failed(&error)),
    };
    said.retain(|said| !is_search(turn, &said.text));
    let name = capital(&stretch.name);
    let reply = Reply::default().did("history", "find").with("query", "").with("count", said.len());
    let shown = said.get(..QUOTED * 2).unwrap_or(&said);
    let reply = reply.with("messages", ids(shown));
    let text = match said.len() {
        0 => format!("{name} you said nothing."),
        n if n > shown.len() => {
            format!("{name} you said {}; the latest:\n{}", count(n as i64, "thing"), quoted(turn, shown))
        }
        n => format!("{name} you said {}:\n{}", count(n as i64, "thing"), quoted(turn, shown)),
    };
    Some(Reply { text, ..reply }.about("history", "find", ids(shown)))
}

fn last(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    at_an_end(turn, found, "last")
}

fn first(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    at_an_end(turn, found, "first")
}

/// The last or the first time that something was mentioned.
fn at_an_end(turn: &mut Turn<'_>, found: &Found, which: &str) -> Option<Reply> {
    let query = found.text(&["query"])?;
    let sought = sought(turn, query.trim_start_matches("that "))?;
    let said = match holding(turn, &sought) {
        Ok(said) => said,
        Err(error) => return Some(failed(&error)),
    };
    let one = if which == "first" { said.last() } else { said.first() };
    let query = &sought.query;
    let reply = Reply::default().did("history", which).with("query", query.clone());
    let Some(one) = one else {
        return Some(Reply {
            text: format!("You haven't mentioned “{query}”, as far as I can find."),
            ..reply
        });
    };
    let when = moment(&turn.at(one.time), turn.now);
    let reply = reply.with("time", turn.stamp(one.time)).with("messages", vec![one.id]);
    let text = format!("{}: “{}”", capital(&when), short(&one.text));
    Some(Reply { text, ..reply }.about("history", which, vec![one.id]))
}

fn times(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let sought = sought(turn, &found.text(&["query"])?)?;
    let said = match holding(turn, &sought) {
        Ok(said) => said,
        Err(error) => return Some(failed(&error)),
    };
    let query = &sought.query;
    let when = sought.stretch.as_ref().map(|stretch| format!(" ({})", stretch.name)).unwrap_or_default();
    let text = match said.len() {
        0 => format!("Not once{when}, as far as I can find."),
        n if n >= LOOKED_AT as usize => format!("In at least {n} messages{when}."),
        n => format!("In {}{when}.", count(n as i64, "message")),
    };
    let reply =
        Reply::say(text).did("history", "count").with("query", query.clone()).with("count", said.len());
    Some(reply.about("history", "count", ids(said.get(..QUOTED).unwrap_or(&said))))
}
