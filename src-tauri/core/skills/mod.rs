//! What Sotto can do, one file a skill.
//!
//! To add a skill: write its file, and add it to [`ALL`].

mod calculator;
mod date;
mod goodbye;
mod greeting;
mod help;
mod offline;
mod thanks;
mod time;

use jiff::ZonedDateTime;

use crate::Analysis;

/// A message to answer.
struct Turn<'a> {
    /// The text as received.
    text: &'a str,
    /// What was understood of it.
    analysis: &'a Analysis,
    /// The user's present moment and time zone.
    now: &'a ZonedDateTime,
}

/// Code that serves a family of intents.
trait Skill: Sync {
    /// The intents that it serves, by the names of the model pack.
    fn intents(&self) -> &'static [&'static str];

    /// Whether the text, by its exact syntax, is meant for this skill whatever
    /// the model says.
    fn claims(&self, _text: &str) -> bool {
        false
    }

    /// The answer, or `None` if this is not for this skill after all.
    fn answer(&self, turn: &Turn<'_>) -> Option<String>;
}

/// Every skill; the first that claims a text or serves its intent answers.
const ALL: &[&dyn Skill] = &[
    &calculator::Calculator,
    &time::Time,
    &date::Date,
    &greeting::Greeting,
    &thanks::Thanks,
    &goodbye::Goodbye,
    &help::Help,
    &offline::Offline,
];

/// Answers a message: by exact syntax, then by intent, then with an honest no.
pub(crate) fn answer(text: &str, analysis: &Analysis, now: &ZonedDateTime) -> String {
    let turn = Turn { text, analysis, now };
    let intent = analysis.intent.name.as_str();
    let claimed = ALL.iter().filter(|skill| skill.claims(text));
    let serving = ALL.iter().filter(|skill| skill.intents().contains(&intent));
    claimed.chain(serving).find_map(|skill| skill.answer(&turn)).unwrap_or_else(|| no_skill(analysis))
}

/// What is said when there is nothing to be done.
fn no_skill(analysis: &Analysis) -> String {
    match analysis.intent.name.as_str() {
        "out_of_scope" => "I kept that, but I don't know what to do with it. Ask “what can you do?” to see \
                           what I can answer."
            .to_owned(),
        intent => format!(
            "I think this is about “{}”, and I can't do that yet. I kept your message.",
            intent.replace('_', " ")
        ),
    }
}

#[cfg(test)]
mod tests;
