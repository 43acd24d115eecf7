//! The user's word on tags: taken, checked, and kept beside the model's.

use jiff::ZonedDateTime;
use serde::Serialize;

use crate::assistant::when;
use crate::{Assistant, Code, Correction, Error, Line, Mark, Message, Polarity, Result, nlu};

/// The tags that a message can be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Labels {
    /// What can be wanted.
    pub intents: Vec<String>,
    /// How it can be said.
    pub acts: Vec<String>,
    /// How it can feel.
    pub sentiments: Vec<Polarity>,
    /// What can be named.
    pub entities: Vec<String>,
}

/// What rules find by exact syntax, beside what the model finds.
const RULED: [&str; 10] =
    ["date", "time", "datetime", "duration", "number", "money", "percentage", "email", "phone", "url"];

impl Assistant {
    /// Sets what the user says of a message's tags, in place of all that they said
    /// before, and gives the message as it stands then. To take it back, set what
    /// was there before.
    ///
    /// Texts and values of the marks are found here: a value by the rules, as they
    /// read the message at its time in the time zone of `now`, else it is the text.
    ///
    /// # Errors
    /// [`Code::Input`] if the message has no tags yet, or a mark does not fit it;
    /// [`Code::NotFound`] if there is no such message.
    pub fn correct(&self, message: i64, correction: &Correction, now: &ZonedDateTime) -> Result<Line> {
        let mut store = self.store_of(message);
        let said = store.message(message)?;
        if said.analysis.is_none() {
            return Err(Error::new(
                Code::Input,
                format!("message {message} has no tags yet; correct it when it is tagged"),
            ));
        }
        let checked = checked(&said, correction, now)?;
        Ok(store.correct(message, &checked)?.into())
    }

    /// The tags to choose from.
    ///
    /// # Errors
    /// [`Code::Pack`] if there is no model.
    pub fn labels(&self) -> Result<Labels> {
        let nlu = self.nlu.wait().as_ref().map_err(|error| Error::new(Code::Pack, error.to_string()))?;
        let pack = nlu.pack();
        let named = pack.entity.labels.iter().filter_map(|label| label.strip_prefix("B-"));
        let mut entities: Vec<String> = named.chain(RULED).map(str::to_owned).collect();
        entities.sort_unstable();
        entities.dedup();
        Ok(Labels {
            intents: pack.intent.head.labels.clone(),
            acts: pack.act.labels.clone(),
            sentiments: vec![Polarity::Negative, Polarity::Neutral, Polarity::Positive],
            entities,
        })
    }
}

/// The correction with what its marks say, or what is wrong with it.
fn checked(said: &Message, correction: &Correction, now: &ZonedDateTime) -> Result<Correction> {
    let wrong = |what: String| Error::new(Code::Input, format!("{what} of message {}", said.id));
    for (field, label) in [("intent", &correction.intent), ("act", &correction.act)] {
        if label.as_ref().is_some_and(|label| label.trim().is_empty()) {
            return Err(wrong(format!("there is no name for the {field}")));
        }
    }
    let letters: Vec<char> = said.text.chars().collect();
    let moment = when(said, now);
    let mut entities: Vec<Mark> = Vec::new();
    for mark in &correction.entities {
        let Mark { start, end, .. } = *mark;
        let Some(stretch) = letters.get(start..end).filter(|stretch| !stretch.is_empty()) else {
            return Err(wrong(format!("letters {start} to {end} are no stretch of the text")));
        };
        if mark.entity.as_ref().is_some_and(|kind| kind.trim().is_empty()) {
            return Err(wrong(format!("there is no kind for letters {start} to {end}")));
        }
        let text: String = stretch.iter().collect();
        let value = match &mark.entity {
            Some(kind) => value(said, &text, start, kind, &moment),
            None => String::new(),
        };
        entities.push(Mark { text, value, ..mark.clone() });
    }
    entities.sort_by_key(|mark| mark.start);
    for (one, other) in entities.iter().zip(entities.iter().skip(1)) {
        if one.end > other.start {
            return Err(wrong(format!("“{}” and “{}” share letters", one.text, other.text)));
        }
    }
    Ok(Correction { entities, ..correction.clone() })
}

/// What the rules make of a stretch: where it stands, by itself, or as people say
/// a time; else the stretch itself.
fn value(said: &Message, stretch: &str, start: usize, kind: &str, moment: &ZonedDateTime) -> String {
    let length = stretch.chars().count();
    let resolved = |text: &str, start: usize, end: usize| {
        let found = nlu::exact(text, moment);
        let exact = found.into_iter().find(|one| (one.start, one.end) == (start, end) && one.entity == kind);
        exact.map(|entity| entity.value)
    };
    let alone = |before: &str| {
        let text = format!("{before}{stretch}");
        resolved(&text, 0, before.chars().count() + length)
    };
    resolved(&said.text, start, start + length)
        .or_else(|| ["", "at ", "on "].into_iter().find_map(alone))
        .unwrap_or_else(|| stretch.to_owned())
}
