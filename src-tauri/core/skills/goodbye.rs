//! Says goodbye.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct Goodbye;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[(
        r"(?:bye|goodbye|good bye|bye bye|see you|see ya|good ?night|farewell|cya|talk to you later|see you (?:later|soon|tomorrow)|later|so long|take care|have a (?:nice|good) (?:day|night|evening|one)|that's all)(?: (?:sotto|then|for now|everyone|now))*",
        bye,
    )])
});

impl Skill for Goodbye {
    fn name(&self) -> &'static str {
        "goodbye"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["goodbye"]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let night = !(5..21).contains(&turn.now.hour());
        Some(Reply::say(if night { "Good night!" } else { "Goodbye! I'll be here." }))
    }
}

fn bye(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Goodbye.meant(turn)
}
