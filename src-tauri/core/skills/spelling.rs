//! Spells a word.

use std::sync::LazyLock;

use super::Skill;
use super::filled::Marks;
use super::grammar::{Act, Found, Grammar};
use super::reading::pattern;
use super::turn::{Reply, Turn};

pub(super) struct Spelling;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (
            r"(?:ASKS)?(?:spell|how (?:do|would|should|can|does|to|you|i|we) ?(?:you|i|we|one|people)? ?(?:spell|write)|(?:what(?:'s| is) |give me |i need |i want )?the (?:correct |right |proper )?spelling (?:of|for)|spelling of|what is the way to spell)(?: out)?(?: the)?(?: word| name)?:? (?<word>.+?)(?: correctly| properly| out(?: loud)?| slowly|,? letter by letter|,? spell (?:it|that)(?: out)?(?: for me)?| in (?:proper |good )?(?:british |american )?(?:english|german|french)|, i .+)*",
            spell,
        ),
        (r"(?:the )?(?<word>[\w'-]+) spelling", spell),
        (
            r"(?<word>[\w'-]+),? how(?:'s| is| do you| do i| would you) (?:it|that) (?:spelt|spelled|spell|written)",
            spell,
        ),
        (
            r"(?:ASKS)?(?:letter by letter )?how (?:the word )?(?<word>\S+) is written(?:,? letter by letter)?",
            spell,
        ),
        (r".*\bthe word (?<word>[\w'-]+)\b.*\bspell (?:it|that|this)(?: out)?(?: for me)?", spell),
        (
            r"(?:i )?(?:can't|can never|never can|cannot) (?:ever )?spell (?<word>[\w'-]+),? (?:(?:so|please|can you|could you) )*(?:do it|spell it|you do it|help)(?: out)?(?: for me)?",
            spell,
        ),
        (r"(?:the word )?(?<word>\S+) is (?:spelled|spelt) how(?: exactly)?", spell),
        (
            r"how (?:would|do|should) (?:i|you|one) go about (?:spelling|writing)(?: the word)? (?<word>.+)",
            spell,
        ),
        (r"(?:ASKS)?how (?:the word )?(?<word>\S+) is (?:spelled|spelt)", spell),
        (r"(?:ASKS)?how(?:'s| is| are) (?:the word )?(?<word>\S+) (?:spelled|spelt)", spell),
        (r"(?:what|which) letters (?:are in|make up|does|spell)(?: the word)? (?<word>\S+)(?: have)?", spell),
        // Whatever stands around it, the quotes say which word.
        (
            r#".*\b(?:can|could|would|please|just|how|to)\b.*\b(?:spell|write)\b.*"(?<word>[^" ]+)".*"#,
            spell_quoted,
        ),
    ];
    let asks = r"(?:tell me|show me|remind me|(?:i )?(?:need|want) to know|i (?:can't|cannot|never|don't) (?:ever )?(?:remember|know)|do you know) ";
    Grammar::with(&[("ASKS", asks)], rules)
});

impl Skill for Spelling {
    fn name(&self) -> &'static str {
        "spelling"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["spelling"]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn wanted(&self, turn: &mut Turn<'_>, _verb: &str) -> Option<Reply> {
        let plain = turn.reading.plain.clone();
        spelled(&asked(&plain)?)
    }

    fn filled(&self, _turn: &mut Turn<'_>, _verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        let words: Option<Vec<Reply>> = marks.all("word").into_iter().map(spelled).collect();
        words.filter(|words| !words.is_empty()).map(Reply::together)
    }
}

pattern!(QUOTED, r#"(?:^|[ (,:])(?:"(?<word>[^" ]{2,})"|'(?<word2>[^' ]{2,})')"#);
pattern!(NAMED, r"(?i)\b(?:word|name|surname) (?<word>[\pL][\pL'-]+)");
pattern!(SPELLS, r"(?i)\bspel+(?:s|ed|t|ing|ings)?\b");
pattern!(WRITES, r"(?i)\b(?:letters?|writ(?:e|es|ten|ing))\b");
pattern!(WORD, r"[\pL][\pL'-]*");

/// Words around the one that is to be spelled.
const AROUND: &str = "
    a about abroad again always am an and another any are ask back be by can card child correct correctly could
    d'you did do does english exactly for friend from get give got have he help her here him his hlep how how's
    hows i i'm if im in into is it it's its just kindly know let letter letters like loud love make me mean
    meant mine my name need never no not now of off ok on one or our out please pls proper properly quick right
    say she should show slowly so some sotto spell spelled spelling spelt spoken surname tell thanks that the
    their them they thing this to told u ur us usually wants wanted ever actually always want was way we what what's whats when which will with word words
    would write writing written wrong yes you your
";

/// The word that a message asks the letters of: in quotes, called a word, or beside what asks for them.
fn asked(text: &str) -> Option<String> {
    let quoted = QUOTED.as_ref()?.captures_iter(text).last();
    if let Some(word) = quoted.and_then(|found| found.name("word").or(found.name("word2"))) {
        return Some(word.as_str().to_owned());
    }
    let around = |word: &str| AROUND.split_whitespace().any(|other| other == word.to_lowercase());
    let named = NAMED.as_ref()?.captures_iter(text).map(|found| found["word"].to_owned());
    if let Some(word) = named.filter(|word| !around(word)).last() {
        return Some(word);
    }
    let words = |part: &str| -> Vec<String> {
        let words = WORD.as_ref().into_iter().flat_map(|word| word.find_iter(part));
        words.map(|word| word.as_str().to_owned()).collect()
    };
    let spells = if SPELLS.as_ref()?.is_match(text) { SPELLS.as_ref()? } else { WRITES.as_ref()? };
    let asks: Vec<_> = spells.find_iter(text).collect();
    let clauses = |part: &str| -> Vec<Vec<String>> {
        let clauses = part.split([',', '.', '!', '?', ';', ':']).map(words);
        clauses.map(|words| words.into_iter().filter(|word| !around(word)).collect()).collect()
    };
    let longest = |words: Vec<String>| words.into_iter().rev().max_by_key(|word| word.chars().count());
    // Behind what asks in its clause, the last of those first; else before it, in the nearest clause; else in any.
    let behind = asks
        .iter()
        .rev()
        .find_map(|asks| clauses(text.get(asks.end()..)?).into_iter().next()?.into_iter().next());
    // "My teacher wants rhubarb spelt": the word right before it.
    let just_before = || {
        let asks = asks
            .first()
            .filter(|asks| ["spelt", "spelled"].contains(&asks.as_str().to_lowercase().as_str()))?;
        let before = text.get(..asks.start())?.strip_suffix(' ')?;
        let word = WORD.as_ref()?.find_iter(before).last().filter(|word| word.end() == before.len())?;
        Some(word.as_str().to_owned()).filter(|word| !around(word))
    };
    let before = || clauses(text.get(..asks.first()?.start())?).into_iter().rev().find_map(longest);
    let after = || clauses(text.get(asks.last()?.end()..)?).into_iter().find_map(longest);
    behind.or_else(just_before).or_else(before).or_else(after)
}

/// "Need to know how you write "anniversary", spell it for me".
fn spell_quoted(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    found.whole().to_lowercase().contains("spell").then(|| spell(turn, found))?
}

fn spell(_: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    spelled(&found.text(&["word"])?)
}

fn spelled(word: &str) -> Option<Reply> {
    let word = word.trim_matches(['"', '\'', '“', '”']).to_owned();
    if word.split(' ').count() > 4 || ["it", "that", "this", "me"].contains(&word.to_lowercase().as_str()) {
        return None;
    }
    let letters: Vec<String> = word
        .split(' ')
        .map(|word| word.chars().map(|c| c.to_uppercase().to_string()).collect::<Vec<_>>().join("-"))
        .collect();
    Some(Reply::say(format!("{word}: {}.", letters.join(" "))).did("spelling", "spell").with("word", word))
}
