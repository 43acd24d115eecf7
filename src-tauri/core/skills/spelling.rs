//! Spells a word.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Act, Found, Grammar};
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
}

/// "Need to know how you write "anniversary", spell it for me".
fn spell_quoted(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    found.whole().to_lowercase().contains("spell").then(|| spell(turn, found))?
}

fn spell(_: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let word = found.text(&["word"])?;
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
