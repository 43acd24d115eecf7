//! Notes found and read out.

use crate::memory::Note as Row;
use crate::skills::grammar::Found;
use crate::skills::reading::{pattern, replace, says};
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{count, ordinal, stem, words};

/// How many notes are read out at once.
const MOST: usize = 10;

/// The notes that hold all words of a query; the latest first.
pub(super) fn matching(turn: &Turn<'_>, query: &str) -> Vec<Row> {
    let mut said = words(query);
    if said.iter().any(|word| !BARE.contains(&word.as_str())) {
        said.retain(|word| !BARE.contains(&word.as_str()));
    }
    let said: Vec<String> = said.iter().map(|word| stem(word).to_owned()).collect();
    if said.is_empty() {
        return Vec::new();
    }
    let fits = |note: &&Row| {
        let held: Vec<String> = words(&note.text).iter().map(|word| stem(word).to_owned()).collect();
        said.iter().all(|word| {
            held.iter().any(|other| other == word || word.len() > 3 && other.starts_with(word.as_str()))
        })
    };
    let exact: Vec<Row> = turn.memory.notes.iter().rev().filter(fits).cloned().collect();
    if !exact.is_empty() {
        return exact;
    }
    // "The note about him owing me rupees" is that he owes them.
    let root = |word: &str| {
        ["ing", "e", "y", "i"].iter().fold(word.to_owned(), |word, end| match word.strip_suffix(end) {
            Some(root) if root.len() >= 2 => root.to_owned(),
            _ => word,
        })
    };
    let named: Vec<String> =
        said.iter().filter(|word| !NAMELESS.contains(&word.as_str())).map(|word| root(word)).collect();
    let fits = |note: &&Row| {
        let held: Vec<String> = words(&note.text).iter().map(|word| root(stem(word))).collect();
        named.iter().all(|word| held.contains(word))
    };
    if named.is_empty() { Vec::new() } else { turn.memory.notes.iter().rev().filter(fits).cloned().collect() }
}

// What tells something beside what is looked for, and asks no more.
pattern!(
    REMARK,
    r"(?i)^(?:and |but |cos |coz |because |so )?(?:i|i'm|im|i've|i'll|my|our|we|we're|we've|it|it's|its|he|he's|she|she's|they|they're|they've|the|that's|there's|no rush|would|will|could|can)\b(?:[^,]* )?(?:[\w'-]+)$"
);

// What ends a sentence and says nothing.
pattern!(
    PARTICLE,
    r"(?i)(?:[, ]+(?:lah?|leh|lor|mah|meh|hor|sia|can|sha|jare|abeg|biko|o+|na|ji|yaar|bro|bruv|mate|pal|dear|love|hey|eh|innit|like|so|please|pls|plz|ta|cheers|thanks|now|too|again|then|any ?more|at all|altogether|for good|if (?:you|u) .+))+$"
);

/// The same, without the remark after it: "the gate code, they changed the lock", "the walnuts lah".
fn matching_alone(turn: &Turn<'_>, query: &str) -> Vec<Row> {
    let notes = matching(turn, query);
    let bare = replace(&PARTICLE, query, "");
    if notes.is_empty() && bare != query {
        return matching_alone(turn, &bare);
    }
    match query.split_once([',', ';', '.', '!', '–', '—']) {
        Some((alone, _)) if notes.is_empty() => matching(turn, alone),
        _ => notes,
    }
}

pub(super) fn line(turn: &Turn<'_>, note: &Row) -> String {
    format!("{} ({})", note.text, turn.at(note.created).strftime("%-d %B"))
}

pub(super) fn told(turn: &Turn<'_>, notes: &[Row], reply: Reply) -> Reply {
    let lines: Vec<String> = notes.iter().map(|note| line(turn, note)).collect();
    let text = match lines.as_slice() {
        [one] => one.clone(),
        _ => format!("{}:\n• {}", count(lines.len() as i64, "note"), lines.join("\n• ")),
    };
    Reply { text, ..reply }.about("note", "read", notes.iter().map(|note| note.id).collect())
}

pattern!(
    ASKS,
    r"(?i)^(?:what|what's|whats|where|where's|when|when's|who|who's|which|how (?:much|many|long|old))\b"
);

/// Words that say nothing of what a question is about.
pub(super) const BARE: &[&str] = &[
    "what", "what's", "whats", "where", "where's", "when", "when's", "who", "who's", "which", "how", "much",
    "many", "long", "old", "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "the", "a",
    "an", "my", "our", "your", "me", "i", "we", "us", "you", "it", "to", "of", "in", "on", "at", "for",
    "again", "please", "there",
];

/// Words for who or what is named elsewhere.
const NAMELESS: &[&str] =
    &["him", "her", "them", "he", "she", "they", "his", "their", "that", "this", "be", "being"];

/// "What's the wifi password" is answered by the note that holds all its words, if there are two or more; "where did I
/// park" by the one note that holds its one word.
pub(super) fn recalled(turn: &mut Turn<'_>) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    if !ASKS.as_ref()?.is_match(&plain) {
        return None;
    }
    let mut asked = words(&plain);
    asked.retain(|word| !BARE.contains(&word.as_str()));
    let query = asked.join(" ");
    let mut notes = if asked.is_empty() { Vec::new() } else { matching(turn, &query) };
    let own = plain.to_lowercase().starts_with("where did i ");
    if asked.len() == 1 && !(own && notes.len() == 1) {
        notes.clear();
    }
    let reply = Reply::default().did("note", "find").with("query", query).with("count", notes.len());
    (!notes.is_empty()).then(|| told(turn, &notes, reply))
}

pub(super) fn find(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    // "Go through my notes with me".
    const NOTHING: &[&str] = &[
        "me",
        "us",
        "this",
        "that",
        "it",
        "these",
        "those",
        "them",
        "this one",
        "anything",
        "something",
        "everything",
        "what",
        "what's",
        "whatever",
    ];
    let notes = matching_alone(turn, &query);
    // "The ferry, I'm late": without the remark.
    let query = match query.split_once([',', ';', '.', '!', '–', '—']) {
        Some((alone, rest)) if says(&REMARK, rest.trim()) && matching(turn, &query).is_empty() => {
            alone.trim().to_owned()
        }
        _ => query,
    };
    if NOTHING.contains(&query.to_lowercase().as_str()) {
        return None;
    }
    // "I need my notes for the exam" may be a sigh, and "go through my notes for me" seeks nothing.
    let whole = found.whole().to_lowercase();
    if notes.is_empty()
        && ["for me ", "for us ", "with me "].iter().any(|whom| whole.contains(&format!("notes {whom}")))
    {
        return None;
    }
    if notes.is_empty() && ["i need ", "i want "].iter().any(|needs| whole.starts_with(needs)) {
        return None;
    }
    let reply = Reply::say(format!("I have no note about {query}."))
        .did("note", "find")
        .with("query", query)
        .with("count", notes.len());
    Some(if notes.is_empty() { reply } else { told(turn, &notes, reply) })
}

/// "Notes about the boiler", if there are any.
pub(super) fn find_bare(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if matching(turn, &found.text(&["query"])?).is_empty() { None } else { find(turn, found) }
}

pub(super) fn find_word(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?.to_lowercase();
    if [
        "last",
        "latest",
        "first",
        "recent",
        "newest",
        "all",
        "of",
        "any",
        "me",
        "all of",
        "everything",
        "out",
        "my",
        "the",
        "your",
        "our",
        "these",
        "a",
    ]
    .iter()
    .any(|word| query.split(' ').any(|said| said == *word))
    {
        return None;
    }
    find(turn, found)
}

pub(super) fn read(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let all = turn.memory.notes.clone();
    let plural = found.whole().to_lowercase().ends_with("notes");
    if let Some(which) = found.text(&["which"]).filter(|_| !plural && !all.is_empty()) {
        let note = all.get(placed(&which, all.len())?)?.clone();
        return Some(told(turn, &[note], Reply::default().did("note", "read").with("count", 1)));
    }
    Some(read_all(turn))
}

/// Reads the notes out, the latest first.
pub(super) fn read_all(turn: &Turn<'_>) -> Reply {
    let all = &turn.memory.notes;
    let reply = Reply::default().did("note", "read");
    if all.is_empty() {
        return Reply { text: "You have no notes yet.".to_owned(), ..reply.with("count", 0) };
    }
    let notes: Vec<Row> = all.iter().rev().take(MOST).cloned().collect();
    let mut reply = told(turn, &notes, reply.with("count", all.len()));
    if all.len() > MOST {
        reply.text = format!("The latest {MOST} of {}:\n{}", count(all.len() as i64, "note"), reply.text);
    }
    reply
}

pub(super) fn read_last(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    match turn.memory.notes.last().cloned() {
        Some(note) => Some(told(turn, &[note], Reply::default().did("note", "read").with("count", 1))),
        None => Some(Reply::say("You have no notes yet.").did("note", "read").with("count", 0)),
    }
}

pub(super) fn placed(which: &str, len: usize) -> Option<usize> {
    match which.to_lowercase().as_str() {
        "recent" | "newest" | "most recent" | "very last" => len.checked_sub(1),
        "oldest" => (len > 0).then_some(0),
        which => ordinal(which, len),
    }
}

/// The notes that a request names.
pub(super) fn meant(turn: &Turn<'_>, found: &Found) -> Option<Vec<Row>> {
    if let Some(which) = found.text(&["which"]) {
        let at = placed(&which, turn.memory.notes.len());
        return Some(at.and_then(|at| turn.memory.notes.get(at)).cloned().into_iter().collect());
    }
    match found.text(&["query"]) {
        Some(query) if !words(&query).is_empty() => Some(matching_alone(turn, &query)),
        _ => {
            let ids = turn
                .memory
                .dialogue
                .last
                .as_ref()
                .filter(|last| last.skill == "note")
                .map(|last| last.ids.clone());
            let ids = ids.unwrap_or_default();
            let notes: Vec<Row> =
                turn.memory.notes.iter().filter(|note| ids.contains(&note.id)).cloned().collect();
            Some(if notes.is_empty() { turn.memory.notes.clone() } else { notes })
        }
    }
}

/// The notes that were just taken or read out.
pub(super) fn last(turn: &Turn<'_>) -> Vec<i64> {
    turn.memory.dialogue.last.as_ref().map(|last| last.ids.clone()).unwrap_or_default()
}

pub(super) fn follow_read_place(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let ids = last(turn);
    let id = *ids.get(ordinal(&found.text(&["which"])?, ids.len())?)?;
    let note = turn.memory.notes.iter().find(|note| note.id == id).cloned()?;
    Some(told(turn, &[note], Reply::default().did("note", "read").with("count", 1)))
}

pub(super) fn follow_read(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let ids = last(turn);
    let notes: Vec<Row> = turn.memory.notes.iter().filter(|note| ids.contains(&note.id)).cloned().collect();
    let reply = Reply::default().did("note", "read").with("count", notes.len());
    (!notes.is_empty()).then(|| told(turn, &notes, reply))
}
