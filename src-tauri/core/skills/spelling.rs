//! Spells a word.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct Spelling;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:spell|how (?:do|would|should|can) (?:you|i|we|one) (?:spell|write)|what(?:'s| is) the (?:correct |right )?spelling (?:of|for)|spelling of|how to spell|tell me how to spell|what is the way to spell)(?: out)?(?: the word)?:? (?<word>.+?)(?: correctly|,? letter by letter)?",
            spell,
        ),
        (r"(?:the word )?(?<word>\S+) is (?:spelled|spelt) how(?: exactly)?", spell),
        (
            r"how (?:would|do|should) (?:i|you|one) go about (?:spelling|writing)(?: the word)? (?<word>.+)",
            spell,
        ),
        (r"(?:tell me )?how (?:the word )?(?<word>\S+) is (?:spelled|spelt)", spell),
        (r"how is (?:the word )?(?<word>\S+) (?:spelled|spelt)", spell),
    ])
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

fn spell(_: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let word = found.text(&["word"])?;
    let word = word.trim_matches(['"', '\'', '“', '”']).to_owned();
    if word.split(' ').count() > 4 {
        return None;
    }
    let letters: Vec<String> = word
        .split(' ')
        .map(|word| word.chars().map(|c| c.to_uppercase().to_string()).collect::<Vec<_>>().join("-"))
        .collect();
    Some(Reply::say(format!("{word}: {}.", letters.join(" "))).did("spelling", "spell").with("word", word))
}
