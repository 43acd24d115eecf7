//! Takes back the last change, and before it the one before.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct Undo;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[(
        r"(?:{no})?(?:undo|undo (?:it|that|this|the last (?:thing|change|action|one|step)|what you (?:just )?did|my last (?:change|action))|take (?:it|that) back|revert(?: (?:it|that))?|reverse (?:it|that)|put (?:it|that|them) back|bring (?:it|that|them) back|restore (?:it|that|them)|i didn't mean (?:that|to do that|it)|that was (?:wrong|a mistake)|oops)",
        undo,
    )])
});

impl Skill for Undo {
    fn name(&self) -> &'static str {
        "undo"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["undo"]
    }

    fn offer(&self, _: &str) -> &'static str {
        "undo the last change"
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        if turn.sure { undone(turn) } else { None }
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }
}

fn undo(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    undone(turn)
}

fn undone(turn: &mut Turn<'_>) -> Option<Reply> {
    let Some(last) = turn.memory.undo.take() else {
        return Some(Reply::say("There is nothing to undo."));
    };
    for change in last.inverse {
        turn.memory.apply(change);
    }
    turn.memory.undone = Some(last.id);
    turn.memory.dialogue.last = None;
    Some(Reply::say(format!("Okay, I've undone {}.", last.what)).did("undo", "undo").with("what", last.what))
}
