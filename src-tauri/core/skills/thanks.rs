//! Takes thanks.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct Thanks;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[(
        r"(?:(?:ok|okay|great|perfect|cool|oh|no)[, ]+)?(?:thanks|thank you|thx|cheers|many thanks|ty|thank u)(?: (?:a lot|so much|very much|you|a million|again|sotto|a bunch|for (?:that|your help|the help|everything|helping)|much|that's all|that is all))*",
        thanks,
    )])
});

impl Skill for Thanks {
    fn name(&self) -> &'static str {
        "thanks"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["thank_you"]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, _turn: &mut Turn<'_>) -> Option<Reply> {
        Some(Reply::say("You're welcome."))
    }
}

fn thanks(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say("You're welcome."))
}
