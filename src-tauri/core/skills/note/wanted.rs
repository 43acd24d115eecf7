//! What is wanted of the notes, where only the verb is known: what is to be kept, and which note is meant, found in
//! whatever words.

use super::change::{confirm, deleted, edited, which, without_why};
use super::find::{BARE, placed, read_all, told};
use super::taken;
use crate::memory::Note as Row;
use crate::skills::clauses::{clauses, tokens, without};
use crate::skills::filled::Marks;
use crate::skills::reading::{pattern, replace, says, tidy};
use crate::skills::slips;
use crate::skills::turn::{Reply, Turn};
use crate::skills::wording::{stem, words};

/// Words that ask, and say nothing of what a note is about.
const ASKS: &str = "
    a about add again ahead all also altogether am an and any anything anywhere are as ask away back be been before bin
    bring bro by call can change chuck clear correct could dear delete did dig do does don't down drop each
    edit else erase every everything fetch file find finding fix flick for forget from fnd get give go going gone
    gonna gotta good got had has have haven't having hear help here hey hunt i i'd i'll i'm i've if in into is it it's item jot jotted
    just keep kept kindly know last latest let let's like list locate longer look looking lot love made make mate
    may me memo memos mention mentioned mentioning mentions might mind modify more must my myself need needs never
    new no not note note's notebook notepad noted notes notes' now of off oh ok okay old on once one ones open or our out over
    past please pls plz pop possible pull put quick quickly re read reading record recorded regarding
    remember remembered remind remove rid said save saved saves saving say saying says scrap scratch scribble search
    see self set shall she should show so some something somewhere sotto still stick store stored stuff such sure take
    taken tell text than thanks thank that that's the their them there these they thing things this those through thru
    till to today too took trash try turn u under until up update us wanna want wanted wants was we we've were what what's whatever when
    where where's which who will wee wipe wish wishes wishing wanting with word words would wouldn't write writing written wrong wrote yet you
    your
";

/// What it would do for a verb.
pub(super) fn proposes(verb: &str) -> &'static str {
    match verb {
        "take" => "take a note",
        "edit" => "change a note",
        "delete" => "delete a note",
        _ => "",
    }
}

/// How sure the model must be that nothing is said of what is to be noted.
const NO_TEXT: f32 = 0.9;

pub(super) fn filled(turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
    match verb {
        "take" => {
            let text = marks.one("text")?;
            // "Note to self the shop closes at six"; "self help" alone is the note's.
            let led = marks.led("text", &["to"]);
            let rest = led.first().and_then(|led| led.strip_prefix("to self "));
            Some(taken(turn, rest.unwrap_or(text).to_owned()))
        }
        "find" => {
            let query = marks.one("query")?.to_owned();
            let notes = holding(turn, &query).notes;
            Some(about(turn, Sought { notes, query }))
        }
        "delete" => match holding(turn, marks.one("text")?).notes.as_slice() {
            [note] => Some(deleted(turn, &[note.id])),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    let text = turn.reading.plain.clone();
    match verb {
        "take" => Some(take(turn)),
        "find" | "read" if says(&TO_SAY, &text) => edit(turn, &text),
        "find" => Some(find(turn, &text)),
        "read" => Some(read(turn, &text)),
        "edit" => edit(turn, &text),
        "delete" => Some(delete(turn, &text)),
        _ => None,
    }
}

/// How people ask for something to be written down: the verb, what goes with it, and what leads over to the text. The
/// rest of the words is what is to be kept.
const WITH: &str = r"(?:[ ,]+(?:(?:it|this|that|these|them|am|something|all (?:of )?(?:this|that)) (?:down|up|in|into|as|on|to|under|for)|(?:this|it|that|these|them|am|something|a few things|one thing|an? (?:\pL+ )?(?:thought|idea|thing))|down|up|for (?:me|us|later|posterity|future reference)|(?:me|us)|please|pls|plz|kindly|quick|quickly|somewhere|safe|safely|there|here|too|also|as well|now|lah|abeg|(?:in|into|on|as|to|under|among|with|of|at)?(?: ?(?:my|the|an?|another|new|quick|wee|little|short|brief|one|mental|written|our|this))* (?:notes?|memos?|notice|notebook|notepad|records?|writing|file|list of notes|paper|mind)|to (?:self|myself)|of (?:it|this|that)|(?:will|would|could|can) (?:you|ya|u)|love|dear|mate|pet|pal|of the fact|the fact|the following|(?:(?:before|in case|so) i|so that i|lest i|or i'?ll|cos i'?ll|because i'?ll)(?: (?:don't|do not|won't|will not|never|keep|definitely|always))? (?:forget|lose|forgetting)(?: (?:it|this|that))?|(?:to|that|which)? ?(?:read|reads|say|says|saying|show|shows|stating|states)|with the (?:text|words))\b)*";

const KEEPS: &str = r"(?:jot(?:ting|ted)?|not(?:e|ing|ed)|writ(?:e|ing)|record(?:ing)?|log(?:ging)?|sav(?:e|ing)|stor(?:e|ing)|keep(?:ing)?|put(?:ting)?|pop(?:ping)?|stick(?:ing)?|get(?:ting)?|tak(?:e|ing)|mak(?:e|ing)|add(?:ing)?|leav(?:e|ing)|scribbl(?:e|ing)|typ(?:e|ing)|file|pencil|scrawl|enter|start|creat(?:e|ing)|drop|bung|throw|chuck|commit|remember|memori[sz]e|need|want|have|capture|dictate|open|do|let|give|don't forget|do not forget|for (?:future|later) reference)";

pattern!(
    REQUEST,
    &format!(
        r"(?i)\b(?:(?<verb>{KEEPS})\b|(?<noun>(?:(?:my|the|an?|another|new|quick|wee|little|one for|for) )*(?:notes?|memos?)(?: to (?:self|myself))?)\b){WITH}(?<to>\s*[:–—-]\s*|\s*[,;.?!]+\s+|\s+|[?!.]*\s*$)"
    )
);
pattern!(
    STRONG,
    r"(?i)^(?:jot|not[ei]|writ|scribbl|scrawl|record|log|memo|remember|don't forget|do not forget|for )|^(?:save|store|keep|remember) (?:this|it|that)$|\b(?:notes?|memos?|notice|down|notebook|notepad|records?|writing|paper|mind)\b"
);
pattern!(THAT, r"(?i)^(?:that|of|called|named|titled|how|is|are|about|with|saying(?: that)?|reading)[:,]? ");
pattern!(BACK, r"(?i)\b(?:it|this|that|these|them|am)(?: |,|$)");
// What is said after the request and gives only its reason.
pattern!(
    REASON,
    r"(?i)^(?:so|because|cause|cos|coz|before|in case|otherwise|or|lest|and (?:don't|do not|that's)|will|would|could|can|as i|since i|if you|it's|i'll|i always|i keep|i (?:(?:always|often|will|might|do|tend to) )*forget|i (?:don't|do not|won't) want to|my (?:memory|head|brain)|please|thanks|ta|cheers|for)\b"
);
// How a request that comes after the text begins, at the end of what stands before it.
pattern!(
    ASKING,
    r"(?i)(?:^|[ ,.;:!?–—-]+)(?:and|so|then|now|please|pls|plz|kindly|just|also|can|could|would|will|might|may|should|must|you|you'd|you'll|u|ye|y'all|i|i'd|i'll|i've|we|want|need|like|love|to|have|let's|let|be|good|kind|enough|mind|if|it|for|me|someone|somebody|better|best|got|gotta|ought|that|is|that's|do|go|ahead|sotto|hey|oh|ok|okay|right|remember|quick|quickly|make sure|abeg|dear|mate|help|would you be so kind as)$"
);
pattern!(
    LEADS,
    r"(?i)^(?:(?:hey|hi|hello|ok|okay|oh|so|right|well|um+|uh+|please|pls|sotto|listen|quick|by the way|btw|and|also|before i forget(?: it)?|just|look|mate|love|dear)[,!. ]+)+"
);
pattern!(
    TAIL,
    r"(?i)(?:[,.;!]* +|[,.;!]+ *|^)(?:please|pls|plz|thanks|thank you|cheers|ta|(?:will|would|could|can) (?:you|ya|u)|for me|(?:before|in case|so|so that|lest) i(?: (?:don't|do not|won't))? forget(?: it)?|ok|okay|mate|love|dear|lah|jot|note|write|[\u{2190}-\u{1FAFF}\u{FE0F}]+)?[.!?…, ]*$"
);

/// Whether it is only why something is to be kept.
pub(super) fn is_reason(text: &str) -> bool {
    says(&REASON, text)
}

/// What is to be kept; nothing if only that something is.
pub(super) fn text_to_keep(text: &str) -> Option<String> {
    let text = tidy(text);
    let text = slips::mended(&text);
    let trimmed = |part: &str| {
        let lead = LEADS.as_ref().and_then(|lead| lead.find(part)).map_or(0, |lead| lead.end());
        let part = part.get(lead..).unwrap_or_default();
        let part = without_tail(part);
        part.trim_matches([' ', ',', ';', ':', '"', '-', '–', '—']).to_owned()
    };
    let telling = |part: &str| {
        let said = tokens(part);
        let idle = |word: &str| ASKS.split_whitespace().any(|known| known == word);
        if said.iter().all(|(_, word)| idle(word)) { 0 } else { said.len() }
    };
    let request = REQUEST.as_ref()?;
    let mut requested = false;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| request.captures(rest)) {
        let (Some(whole), Some(to)) = (found.get(0), found.name("to")) else { break };
        let (start, end) = (at + whole.start(), at + whole.end());
        at = text.get(start..).and_then(|rest| rest.find(' ')).map_or(text.len(), |space| start + space);
        let said = whole.as_str().get(..to.start() - whole.start()).unwrap_or_default();
        let before = text.get(..start).unwrap_or_default();
        let opens =
            before.trim_end().is_empty() || before.trim_end().ends_with([',', '.', ';', ':', '!', '?', '-']);
        let asked = without(&ASKING, before.trim_end());
        if !says(&STRONG, said) || found.name("noun").is_some() && !opens && !asked.trim().is_empty() {
            continue;
        }
        requested = true;
        let mut after = text.get(end..).unwrap_or_default();
        while let Some(that) = THAT.as_ref().and_then(|that| that.find(after)) {
            after = after.get(that.end()..).unwrap_or_default();
        }
        // "Write down that …" leads over to the text, and "write that down" back.
        let follows = said.to_lowercase().ends_with(" that") && to.as_str().trim().is_empty();
        let that = follows && !says(&REASON, text.get(end..).unwrap_or_default());
        let colon = that || to.as_str().contains([':', '–', '—', '-']);
        // "And that's you: the loft hatch sticks".
        let (after, colon) = match after.split_once(": ") {
            Some((aside, rest)) if !colon && telling(aside) < 2 => (rest, true),
            _ => (after, colon),
        };
        let reason = says(&REASON, after) && !colon;
        let (before, after) = (trimmed(asked), trimmed(after));
        let told = telling(&before) > 2;
        if !reason && telling(&after) > 0 && (colon || !says(&BACK, said) || !told) {
            // "Idea for a story, write it down: a lighthouse keeper".
            let named = colon && !that && says(&BACK, said) && told && before.split(' ').count() <= 5;
            return Some(if named { format!("{before}: {after}") } else { after });
        }
        if told {
            return Some(before);
        }
        if telling(&after) > 0 && (!reason || follows) {
            return Some(after);
        }
    }
    let whole = trimmed(&text);
    (!requested && telling(&whole) > 3).then_some(whole)
}

/// Without politeness and reasons at its end.
fn without_tail(text: &str) -> &str {
    let mut text = text;
    while let Some(found) = TAIL.as_ref().and_then(|tail| tail.find(text)).filter(|found| !found.is_empty()) {
        text = text.get(..found.start()).unwrap_or_default();
    }
    text
}

fn take(turn: &mut Turn<'_>) -> Reply {
    // "There's something I need you to write down": the model is sure that no word is the note's.
    let requested = (turn.scene.requested)(turn.text);
    let bare = requested.slots.is_empty() && requested.certainty >= NO_TEXT;
    match text_to_keep(turn.text).filter(|_| !bare) {
        Some(text) => taken(turn, text),
        None => Reply::ask("note", "take", "text", "What shall I note?"),
    }
}

/// What a message says of a note beside what asks.
struct Sought {
    /// The notes that hold most of it.
    notes: Vec<Row>,
    /// The words that they hold, from the first to the last, or else all of them.
    query: String,
}

/// The notes that hold most of the words of a text.
fn holding(turn: &Turn<'_>, text: &str) -> Sought {
    let idle = |word: &str| {
        BARE.contains(&word) || ASKS.split_whitespace().any(|known| known == word) || words(word).is_empty()
    };
    let said: Vec<(usize, usize, String)> = tokens(text)
        .into_iter()
        .map(|(at, word)| (at.start, at.end, word.trim_end_matches("'s").to_owned()))
        .filter(|(_, _, word)| !idle(word))
        .collect();
    let same = |said: &str, held: &str| {
        let (said, held) = (stem(said), stem(held));
        let root = |word: &str| word.trim_end_matches(['e', 'y', 'i']).to_owned();
        said == held || root(said) == root(held) && said.len() > 3 || said.len() > 3 && held.starts_with(said)
    };
    let held: Vec<(Row, Vec<String>)> =
        turn.memory.notes.iter().rev().map(|note| (note.clone(), words(&note.text))).collect();
    // Whether a word stands in a note, as it was written or but for a slip.
    let stands = |word: &str, held: &[String], slip: bool| {
        let slipped =
            |held: &String| slip && held.len() > 4 && slips::slipped(word.as_bytes(), held.as_bytes());
        held.iter().any(|held| same(word, held) || slipped(held))
    };
    let count =
        |held: &[String], slip: bool| said.iter().filter(|(_, _, word)| stands(word, held, slip)).count();
    for slip in [false, true] {
        let best = held.iter().map(|(_, held)| count(held, slip)).max().unwrap_or_default();
        if best == 0 {
            continue;
        }
        let fitting: Vec<&(Row, Vec<String>)> =
            held.iter().filter(|(_, held)| count(held, slip) == best).collect();
        let known = |word: &str| fitting.iter().any(|(_, held)| stands(word, held, slip));
        let mut known_at = said.iter().filter(|(_, _, word)| known(word));
        let first = known_at.next().map(|(start, ..)| *start).unwrap_or_default();
        let last = said.iter().rfind(|(_, _, word)| known(word)).map_or(first, |(_, end, _)| *end);
        let span = text.get(first..last).unwrap_or_default();
        let query = if span.split(' ').count() <= 6 {
            span.to_owned()
        } else {
            let known: Vec<&str> =
                said.iter().filter(|(_, _, word)| known(word)).map(|(_, _, word)| word.as_str()).collect();
            known.join(" ")
        };
        return Sought { notes: fitting.into_iter().map(|(note, _)| note.clone()).collect(), query };
    }
    let words: Vec<&str> = said.iter().map(|(_, _, word)| word.as_str()).collect();
    Sought { notes: Vec::new(), query: words.join(" ") }
}

/// What the notes are named by: "my unicorn notes".
fn kind(text: &str) -> Option<String> {
    let words = tokens(text);
    let idle = |word: &str| BARE.contains(&word) || ASKS.split_whitespace().any(|known| known == word);
    let at =
        words.iter().position(|(_, word)| ["note", "notes", "memo", "memos"].contains(&word.as_str()))?;
    let before = words.get(..at)?.iter().rev().map(|(_, word)| word.as_str());
    let mut named: Vec<&str> = before.take_while(|word| !idle(word)).take(3).collect();
    named.reverse();
    (!named.is_empty()).then(|| named.join(" "))
}

// A clause that speaks of notes, or asks for one.
pattern!(
    OF_NOTES,
    r"(?i)\b(?:notes?|memos?|noted|jotted|wrote|written|delete|remove|bin|erase|scrap|find|look|search|dig|pull|show|read|tell|ditch|lose|drop|wipe|scratch|what|where|when|who|which|how)\b"
);

/// What a message seeks among the notes: by the clause that asks, or else by all of it.
fn sought(turn: &Turn<'_>, text: &str) -> Sought {
    let parts = clauses(text);
    let noted = parts.iter().filter(|part| says(&NOTES, part.text));
    let asking = parts.iter().filter(|part| says(&OF_NOTES, part.text) && !says(&NOTES, part.text));
    let mut texts: Vec<&str> = noted.chain(asking).map(|part| part.text).collect();
    let first = texts.first().copied().unwrap_or(text);
    texts.push(text);
    let found = texts.iter().map(|text| holding(turn, text)).find(|sought| !sought.notes.is_empty());
    found.unwrap_or_else(|| {
        // "Go through all my notes, my eyes aren't up to it": what is not said to be sought is none.
        let seeks = says(&SEEKS, &replace(&NO_SEEKING, text, " "));
        let mut asked = texts.iter().map(|text| holding(turn, text).query);
        let query = if seeks { asked.find(|query| !query.is_empty()) } else { None };
        let query = query.or_else(|| kind(first));
        Sought { notes: Vec::new(), query: query.unwrap_or_default() }
    })
}

// What says that something is sought among them.
pattern!(
    SEEKS,
    r"(?i)\b(?:about|on|for|of|regarding|mention\w*|concerning|contain\w*|saying|says?|said|words?|with|find|finding|search\w*|hunt\w*|dig\w*|locat\w*|look(?:ing)? up|where|when|who|which|what (?:did|was|is|does)|did|delete|remove|erase|bin|scrap|ditch|drop|lose|get rid|forget|chuck|wipe|scratch|change|edit|update)\b"
);
pattern!(
    NO_SEEKING,
    r"(?i)\b(?:(?:how|what)(?:'s|s)? about|for (?:me|us|you|a (?:sec|second|minute|moment|bit))|(?:all|any|each|some|one|both|most|every one|list|look|rest|bit) of|on (?:the|my) (?:screen|way)|on here|go(?:ing)? on|(?:carry|hold|hang|come|later) on|of course|out of|with me|what (?:is|was)? ?(?:in|on|i've|i have))\b"
);
pattern!(NOTES, r"(?i)\b(?:notes?|memos?|noted|jotted)\b");
pattern!(
    WHICH,
    r"(?i)\b(?<which>very last|last|latest|first|second|third|fourth|fifth|newest|oldest|most recent) (?:note|one|memo|thing)\b"
);
pattern!(NUMBERED, r"(?i)\bnote (?:number |no\.? |#)?(?<number>\d{1,3})$");
pattern!(
    LATELY,
    r"(?i)\b(?:note|noted|take|took|write|wrote|jot|jotted|made)(?: down)? (?:last|most recently)$"
);
pattern!(ALL, r"(?i)\b(?:all|every|everything|the (?:whole )?lot|each|the whole)\b");

/// The note in a place: "my last note".
fn placed_note(turn: &Turn<'_>, text: &str) -> Option<Row> {
    let numbered = NUMBERED.as_ref().and_then(|number| number.captures(text));
    if let Some(number) = numbered.and_then(|number| number["number"].parse::<usize>().ok()) {
        return turn.memory.notes.get(number.checked_sub(1)?).cloned();
    }
    if says(&LATELY, text) {
        return turn.memory.notes.last().cloned();
    }
    let which = WHICH.as_ref()?.captures(text)?;
    turn.memory.notes.get(placed(&which["which"], turn.memory.notes.len())?).cloned()
}

fn find(turn: &mut Turn<'_>, text: &str) -> Reply {
    let sought = sought(turn, text);
    if sought.query.is_empty() { read(turn, text) } else { about(turn, sought) }
}

/// The notes that are sought, or that there is none.
fn about(turn: &Turn<'_>, sought: Sought) -> Reply {
    let Sought { notes, query } = sought;
    let reply = Reply::say(format!("I have no note about {query}."))
        .did("note", "find")
        .with("query", query)
        .with("count", notes.len());
    if notes.is_empty() { reply } else { told(turn, &notes, reply) }
}

// "My last note should read …".
pattern!(
    TO_SAY,
    r"(?i)\b(?:notes?|memo)\b.* (?:should|must|ought to|needs to|has to|is to|is supposed to) (?:(?:now|rather|actually|really|instead) )*(?:say|read|be)\b"
);
pattern!(ABOUT, r"(?i)\b(?:about|regarding|on the|mention\w*|concerning)\b");

fn read(turn: &mut Turn<'_>, text: &str) -> Reply {
    if let Some(note) = placed_note(turn, text) {
        return told(turn, &[note], Reply::default().did("note", "read").with("count", 1));
    }
    // "Read me what I noted about the boiler".
    if says(&ABOUT, text) && !sought(turn, text).notes.is_empty() {
        return find(turn, text);
    }
    read_all(turn)
}

/// Whether all notes are spoken of.
pub(super) fn of_all(text: &str) -> bool {
    says(&ALL, text) && says(&NOTES, text)
}

fn delete(turn: &mut Turn<'_>, text: &str) -> Reply {
    if let Some(note) = placed_note(turn, text) {
        return deleted(turn, &[note.id]);
    }
    let Sought { notes, query } = sought(turn, text);
    let all = says(&ALL, text);
    match notes.as_slice() {
        [] if turn.memory.notes.is_empty() => Reply::say("You have no notes."),
        [] if all => confirm(turn.memory.notes.iter().map(|note| note.id).collect()),
        [] if query.is_empty() => match meant(turn).as_slice() {
            [note] => deleted(turn, &[note.id]),
            notes => which(turn, "delete", notes),
        },
        [] => Reply::say("I have no such note."),
        [note] => deleted(turn, &[note.id]),
        notes if all => confirm(notes.iter().map(|note| note.id).collect()),
        notes => which(turn, "delete", notes),
    }
}

/// The notes of which was just spoken, or else all.
fn meant(turn: &Turn<'_>) -> Vec<Row> {
    let last = turn.memory.dialogue.last.as_ref().filter(|last| last.skill == "note");
    let notes = turn.memory.notes.iter();
    let of = |note: &&Row| last.is_some_and(|last| last.ids.contains(&note.id));
    let spoken: Vec<Row> = notes.filter(of).cloned().collect();
    if spoken.is_empty() { turn.memory.notes.clone() } else { spoken }
}

// What leads over to how a note is to be.
pattern!(
    SAYS,
    r"(?i)(?:,? (?:to (?:say|read|be)|(?:so|so that|and make sure|and) (?:it|that it) (?:now )?(?:says|reads|is|say|read)|(?:it )?(?:should|must|ought to|needs to|has to) (?:now |rather |actually |really )?(?:say|read|be)|(?:it )?(?:now |instead )(?:says|reads)|(?:make|let|have) it(?: say| read| be)?|(?:and )?(?:change|correct|update|set|turn|fix|amend|switch|rewrite) it (?:to|into|as|so it says|to say)|saying|reading)(?: that)?[:,]? |[:;–—] )"
);
pattern!(SAY, r"(?i) (?:say|read|says|reads)(?: that)?[:,]? ");
pattern!(BECOMES, r"(?i),? (?:to|into|with|by|as|it's|it is|is now|is actually|for)[:,]? ");
pattern!(EXTENDS, r"(?i)\b(?:add|append|tack|include|attach|stick|put)\b");
pattern!(
    MORE,
    r"(?i)\b(?:add|append|tack|include|attach|stick|put|write|pop)(?: (?:on|in|also|as well|down))*(?: that)?[: ]+(?<text>.+?),? (?:to|on|onto|in|into|at the (?:end|bottom) of|under|at the end)(?: to)? (?:(?:the|my|that|this|our|what) )*(?:[\w'-]+ ){0,4}?(?:notes?|memo|i (?:noted|wrote))\b"
);
pattern!(
    MORE_LAST,
    r"(?i)\b(?:notes?|memo)\b.*?\b(?:add|append|tack|include|attach|put|write|also (?:say|mention))(?: (?:on|in|also|as well|down|it|to it|there))*(?: that)?[:,]? (?<text>.+)$"
);
pattern!(
    MORE_TO,
    r"(?i)\b(?:add|append|attach|put|write)(?: (?:on|in|also|too|as well|down))* (?:to|in|on|onto|into) (?:(?:the|my|that) )*(?:[\w'-]+ ){0,3}?(?:notes?|memo)\b(?:(?: about| on| for)\b.*?(?: that|[:,])| that|[:,])? (?<text>.+)$"
);
pattern!(OLD, r"(?i)\b(?:about|regarding|on|for|of|note|memo)(?: (?:the|my|our|a|an))*$");

/// The parts before and after each place that a pattern finds.
fn sides<'t>(cut: &std::sync::LazyLock<Option<regex::Regex>>, text: &'t str) -> Vec<(&'t str, &'t str)> {
    let found = cut.as_ref().map(|cut| cut.find_iter(text).map(|found| found.range()).collect::<Vec<_>>());
    let sides = found.unwrap_or_default().into_iter();
    sides.filter_map(|at| Some((text.get(..at.start)?, text.get(at.end..)?))).collect()
}

fn edit(turn: &mut Turn<'_>, text: &str) -> Option<Reply> {
    let of = |turn: &Turn<'_>, said: &str| match placed_note(turn, said) {
        Some(note) => vec![note],
        None => sought(turn, said).notes,
    };
    let unquoted = |text: &str| without_tail(text).trim_matches([' ', '"', ',']).to_owned();
    // More for it.
    if says(&EXTENDS, text) {
        let ways = [&MORE, &MORE_TO, &MORE_LAST];
        if let Some(found) = ways.iter().find_map(|more| more.as_ref()?.captures(text)) {
            let more = unquoted(&found["text"]);
            let rest = text.replacen(&found["text"], "", 1);
            let notes = of(turn, &rest);
            let notes = if notes.is_empty() { of(turn, text) } else { notes };
            if let ([note], false) = (notes.as_slice(), more.is_empty()) {
                return edited(turn, note.id, &format!("{}\n{more}", note.text));
            }
        }
    }
    // A part of it.
    let ways = sides(&SAYS, text);
    for (left, right) in sides(&BECOMES, text).into_iter().filter(|_| ways.is_empty()) {
        let notes = of(turn, text);
        let [note] = notes.as_slice() else { break };
        let held = note.text.to_lowercase();
        let words: Vec<&str> = left.split(' ').collect();
        let old = (1..=words.len().min(6)).rev().find_map(|count| {
            let (before, old) = words.split_at_checked(words.len() - count)?;
            let old = old.join(" ").trim_matches('"').to_lowercase();
            let part = !says(&OLD, &before.join(" "))
                && held.split(|c: char| !c.is_alphanumeric()).any(|word| old == word)
                || count > 1 && held.contains(&old) && !says(&OLD, &before.join(" "));
            part.then_some(old)
        });
        let new = clauses(right).first().map(|part| part.text.to_owned()).unwrap_or_default();
        let new = new.split(" in ").next().map(unquoted).unwrap_or_default();
        if let (Some(old), true) = (old, !new.is_empty() && new.split(' ').count() <= 6)
            && let Some(at) = held.find(&old).filter(|_| held.len() == note.text.len())
        {
            let mut text = note.text.clone();
            if text.get(at..at + old.len()).is_some() {
                text.replace_range(at..at + old.len(), &new);
                return edited(turn, note.id, &text);
            }
        }
    }
    for (left, right) in ways.into_iter().chain(sides(&SAY, text)).chain(sides(&BECOMES, text)) {
        let new = unquoted(right);
        let mut notes = of(turn, left);
        if notes.is_empty() && says(&NOTES, left) {
            notes = meant(turn);
        }
        match notes.as_slice() {
            _ if new.split(' ').count() < 2 && new.len() < 3 => {}
            [] => {}
            [note] => return edited(turn, note.id, &without_why(&new)),
            notes => return Some(which(turn, "edit", notes).knowing("text", new)),
        }
    }
    match of(turn, text).as_slice() {
        [] if turn.memory.notes.is_empty() => Some(Reply::say("You have no notes.")),
        [] => Some(Reply::say("I have no such note.")),
        [note] => {
            Some(Reply::ask("note", "edit", "text", "What shall the note say?").knowing("ids", vec![note.id]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::text_to_keep;
    use crate::skills::tests::wanted;

    #[test]
    fn what_is_to_be_kept_is_told_from_what_asks() {
        for (said, kept) in [
            (
                "My hands are wet, so please write down that the loaf took 38 minutes",
                "the loaf took 38 minutes",
            ),
            ("the padlock is 0412, you'd better write that down for me", "the padlock is 0412"),
            ("Someone should write this down, and that's you: push left", "push left"),
            ("idea for a story, write it down: a keeper", "idea for a story: a keeper"),
            ("I parked on level 3, make a note of that so I find the car", "I parked on level 3"),
            ("For my notes: Luca needs glasses", "Luca needs glasses"),
            ("save this: order number 55831", "order number 55831"),
        ] {
            assert_eq!(text_to_keep(said).as_deref(), Some(kept), "{said}");
        }
        for said in ["gotta write something down, new note", "would you take a note for me, dear?"] {
            assert_eq!(text_to_keep(said), None, "{said}");
        }
    }

    #[test]
    fn the_note_is_the_one_that_holds_most_of_what_is_said() {
        const BEFORE: &[&str] = &[
            "take a note: the bike lock code is 4471",
            "take a note: Marta likes dark chocolate",
            "take a note: the caravan needs a new fuse",
        ];
        for (said, verb, text) in [
            ("you can lose what I noted about Marta", "delete", "Marta likes dark chocolate"),
            ("we sold the caravan so its note is pointless now", "delete", "the caravan needs a new fuse"),
            ("in the bike lock note swap 4471 for 9983", "edit", "the bike lock code is 9983"),
            ("tack \"and nougat\" onto the Marta note", "edit", "Marta likes dark chocolate\nand nougat"),
            ("let my last note say the caravan is sold", "edit", "the caravan is sold"),
            ("I want all my notes gone", "delete", ""),
            ("the unicorn note can go", "delete", ""),
        ] {
            let reply = wanted(BEFORE, said, &format!("note.{verb}"));
            let did = reply.actions.first().and_then(|action| action.slots.get("text"));
            assert_eq!(did.and_then(|text| text.as_str()).unwrap_or_default(), text, "{said}");
        }
    }
}
