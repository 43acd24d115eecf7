//! Says no to what needs a network, a device, or knowledge of the world, and offers what it can do instead.

mod grammar;
mod needs;

use grammar::GRAMMAR;
use needs::{INTENTS, Need};

use super::Skill;
use super::grammar::Grammar;
use super::turn::{Reply, Turn};

pub(super) use needs::UNABLE;

/// The least confidence at which an intent says what would be needed.
const LIKELY: f32 = 0.2;

pub(super) struct Offline;

impl Skill for Offline {
    fn name(&self) -> &'static str {
        "offline"
    }

    fn serves(&self, intent: &str) -> bool {
        needed(intent).is_some()
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let need = needed(&turn.analysis.intent.name)?;
        Some(refused(turn, need))
    }
}

/// Says no to what needs something of a sort: `network`, `device` or `knowledge`. Which it is, the likeliest intent of
/// that sort says.
pub(super) fn refuse(turn: &mut Turn<'_>, why: &str) -> Option<Reply> {
    let likely = turn.analysis.intent_ranking.iter().filter(|label| label.confidence >= LIKELY);
    let likely = likely.filter_map(|label| needed(&label.name));
    let need = likely.chain(needs::ANY).find(|need| need.why == why)?;
    Some(refused(turn, need))
}

/// What an intent would need.
fn needed(intent: &str) -> Option<&'static Need> {
    INTENTS.iter().find(|(_, intents)| intents.contains(&intent)).map(|(need, _)| *need)
}

/// One sentence that says why not, and what can be done instead.
fn refused(turn: &mut Turn<'_>, need: &Need) -> Reply {
    let Need { needed, why, instead } = need;
    let ways: &[&str] = match *why {
        needs::KNOWLEDGE => &[
            "I can't do that: it needs {needed}, and I only know what is on this computer; but {instead}.",
            "That needs {needed}, and I only know what you have told me; but {instead}.",
        ],
        UNABLE => &["I can't do that, since I have no {needed}; but {instead}."],
        _ => &[
            "I can't do that: it needs {needed}, and I work offline, on this computer only; but {instead}.",
            "That needs {needed}, and I work offline, on this computer only; but {instead}.",
        ],
    };
    let text = turn.vary(ways).replace("{instead}", instead);
    let needed = if *why == UNABLE { needed.trim_start_matches("a ") } else { needed };
    Reply { refused: Some(why), ..Reply::say(text.replace("{needed}", needed)) }
}
