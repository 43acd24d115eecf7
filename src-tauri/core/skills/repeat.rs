//! Says the last answer again.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct Repeat;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[(
        r"(?:repeat(?: (?:it|that|this|yourself|what you said|your last (?:answer|message)))?(?: again)?|say (?:that|it)(?: one more time| once more| again)?(?: again)?|what did you (?:just )?say|come again|pardon(?: me)?|i beg your pardon|what was that(?: again)?|once more|one more time|again please)",
        repeat,
    )])
});

impl Skill for Repeat {
    fn name(&self) -> &'static str {
        "repeat"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["repeat"]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        said(turn)
    }
}

fn repeat(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    said(turn)
}

fn said(turn: &Turn<'_>) -> Option<Reply> {
    let said = turn.memory.said.clone();
    Some(Reply::say(said.unwrap_or_else(|| "I have not said anything yet.".to_owned())))
}
