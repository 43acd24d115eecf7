//! Says hello.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct Greeting;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:(?:hi|hello|hey|yo|hiya|howdy|greetings|hallo|good (?:morning|afternoon|evening|day)|morning|evening)(?: (?:there|sotto|everyone|again|you|to you|friend))*[, !]*)+",
            hello,
        ),
        (
            r"(?:are you |you |hello,? (?:are you |is anyone )?)(?:there|listening|awake|here)|can you hear me|(?:say|tell me) (?:hi|hello)(?: to me)?",
            hello,
        ),
    ])
});

impl Skill for Greeting {
    fn name(&self) -> &'static str {
        "greeting"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["greeting"]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        Some(greet(turn))
    }
}

fn hello(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(greet(turn))
}

fn greet(turn: &Turn<'_>) -> Reply {
    let part_of_day = match turn.now.hour() {
        5..12 => "Good morning",
        12..18 => "Good afternoon",
        18..23 => "Good evening",
        _ => "Hello, night owl",
    };
    let name = turn.memory.fact("name").map(|name| format!(", {name}")).unwrap_or_default();
    Reply::say(format!("{part_of_day}{name}! What can I do for you?"))
}
