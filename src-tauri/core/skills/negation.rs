//! "Don't": nothing is done, and what is already planned can be called off.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};
use super::{alarm, reminder};

pub(super) struct Negation;

const NOT: &str = r"(?:please )?(?:don't|do not|dont|never|you (?:don't|do not|needn't) (?:need|have)? ?to|no need to|there's no need to|i (?:don't|do not) want you to|i (?:don't|do not) want to|i'd rather you didn't|better not|please don't|you (?:shouldn't|should not|must not)|stop)";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let remind = format!(
        r"{NOT} (?:remind|reminding|ping|nudge|notify) me(?: any ?more| again)?(?<what>.*?)(?: ?any ?more| any longer| again)?"
    );
    let other = format!(
        r"{NOT} (?:set|start|add|put|wake|cancel|delete|remove|take|make|create|note|write|pause|clear|call|roll|flip|play|turn|send|schedule|stop|resume|change|move|use|do|run|begin|give|tick|check|mark|erase|snooze|save|record|buy|order|book|time)\b.*"
    );
    let wake = format!(r"{NOT} wake (?:me|us)(?: up)?(?: .*)?");
    Grammar::new(&[
        (wake.as_str(), wake_not),
        (r"(?:stop|quit) waking (?:me|us)(?: up)?(?: .*)?", wake_not),
        (r"no alarms? (?:for )?(?:{t}|this time)", wake_not),
        (r"no (?:more )?(?:timers?|alarms?|reminders?|notes?|lists?)(?: for me)?", not),
        (
            r"(?:keep|leave) (?:the|my|that|this|all|both|these|those)(?: .+)? (?:reminders?|timers?|alarms?|notes?|lists?)(?: on| running| alone| as (?:it|they) (?:is|are)| there)?",
            not,
        ),
        (remind.as_str(), remind_not),
        (other.as_str(), not),
        (
            r"i (?:don't|do not) (?:want|need) (?:a|an|any|the|another) (?:timer|alarm|reminder|note|list)s?(?: .*)?",
            unneeded,
        ),
    ])
});

impl Skill for Negation {
    fn name(&self) -> &'static str {
        "negation"
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }
}

fn wake_not(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    alarm::unwanted(turn).or_else(|| not(turn, found))
}

fn remind_not(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let what = found.text(&["what"]).unwrap_or_default();
    reminder::unwanted(turn, &what).or_else(|| not(turn, found))
}

fn not(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(turn.vary(&["Okay, I won't.", "All right, I won't.", "Okay, I'll leave it."])))
}

/// "I don't need the pasta timer" is for the timer, if there is one.
fn unneeded(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.whole().to_lowercase();
    let definite = said.contains(" the ") || said.contains("any more") || said.contains("anymore");
    if definite { None } else { not(turn, found) }
}
