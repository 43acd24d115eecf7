//! Plain data: what is said, who said it, and what was understood of it.
//!
//! The same structs are the rows of the store, the JSON on the wire, and the
//! lines of an export.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Correction, Problem};

/// An ordered list of messages with a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Conversation {
    /// Key in the store.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// What the list shows; the beginning of the first message until renamed.
    pub title: String,
    /// When it was started: UTC, milliseconds since the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub created: i64,
    /// Time of the latest message, or `created` while there is none.
    #[cfg_attr(test, ts(type = "number"))]
    pub updated: i64,
    /// How many messages it holds.
    #[cfg_attr(test, ts(type = "number"))]
    pub messages: i64,
    /// Whether it is to stand above the others.
    pub pinned: bool,
    /// Whether it is put away.
    pub archived: bool,
    /// Whether it is off the record: in memory only, and gone with the program.
    pub off_record: bool,
}

/// How a message came into the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Source {
    /// Typed by the user.
    Typed,
    /// Spoken by the user and transcribed.
    Dictated,
    /// Read from a log.
    Imported,
    /// Written by the assistant.
    Assistant,
}

/// One utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Message {
    /// Key in the store; messages of one conversation are ordered by it.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// The conversation it belongs to.
    #[cfg_attr(test, ts(type = "number"))]
    pub conversation: i64,
    /// Who said it: `"user"`, `"assistant"`, or a name from an imported log.
    pub speaker: String,
    /// When it was said: UTC, milliseconds since the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: i64,
    /// How it came into the store.
    pub source: Source,
    /// The text exactly as received; never normalised.
    pub text: String,
    /// What the model made of it; `None` for the assistant's own messages and
    /// for a message that has not been analysed yet.
    pub analysis: Option<Analysis>,
    /// The tags that the user set instead; [`Message::effective`] is what holds.
    #[serde(default)]
    pub correction: Option<Correction>,
    /// When the user last changed the text; `None` for never.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "number | null"))]
    pub edited: Option<i64>,
}

/// What was understood of one message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Analysis {
    /// What is wanted; `out_of_scope` when it is none of the known intents.
    pub intent: Label,
    /// The five likeliest intents, best first.
    pub intent_ranking: Vec<Label>,
    /// How it is said: greeting, question, request ...
    pub act: Label,
    /// How it feels.
    pub sentiment: Sentiment,
    /// What it names, ordered by `start`, never overlapping.
    pub entities: Vec<Entity>,
    /// The pack that made this analysis.
    pub model: ModelVersion,
}

/// A label with the calibrated probability that it is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Label {
    /// One of the labels of the pack.
    pub name: String,
    /// Probability, 0 to 1.
    pub confidence: f32,
}

/// The likeliest polarity and the probabilities of all three.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Sentiment {
    /// The likeliest of the three.
    pub name: Polarity,
    /// Its probability, 0 to 1.
    pub confidence: f32,
    /// All three probabilities; they sum to 1.
    pub scores: SentimentScores,
}

/// Negative, neutral or positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Polarity {
    /// Bad, sad, angry.
    Negative,
    /// Neither.
    Neutral,
    /// Good, glad, grateful.
    Positive,
}

/// Probabilities of the three polarities.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SentimentScores {
    /// Probability of [`Polarity::Negative`].
    pub negative: f32,
    /// Probability of [`Polarity::Neutral`].
    pub neutral: f32,
    /// Probability of [`Polarity::Positive`].
    pub positive: f32,
}

/// A named stretch of the text: `text[start..end]` in Unicode code points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Entity {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The stretch itself, as it stands in the message.
    pub text: String,
    /// Kind: `person`, `location`, `date`, `email` ...
    pub entity: String,
    /// Probability, 0 to 1; exactly 1 for what a rule found.
    pub confidence: f32,
    /// What it stands for: an ISO 8601 time, a number, or the text itself.
    pub value: String,
    /// Who found it.
    pub source: TagSource,
}

/// Who set a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum TagSource {
    /// The neural model.
    Model,
    /// A rule with exact syntax.
    Rule,
    /// The user, correcting.
    User,
}

/// Name and version of the pack behind an analysis.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ModelVersion {
    /// For example `sotto-squeezebert-s`.
    pub name: String,
    /// For example `0.1.0`.
    pub version: String,
}

/// A text with its analysis beside it: the line that `sotto tag` prints, a
/// superset of [Rasa's parse result](https://rasa.com/docs/rasa/nlu-only/).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tagged {
    /// The text exactly as received.
    pub text: String,
    /// What was understood of it.
    #[serde(flatten)]
    pub analysis: Analysis,
}

/// A stretch of a message, for drawing it without any offsets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Segment {
    /// The stretch; the segments of a message concatenate to its text.
    pub text: String,
    /// What it names, if anything.
    pub entity: Option<Entity>,
}

/// A message as the window draws it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Line {
    /// The message.
    #[serde(flatten)]
    #[cfg_attr(test, ts(flatten))]
    pub message: Message,
    /// Its text, cut at the entities that hold.
    pub segments: Vec<Segment>,
}

/// What was said and what Sotto answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Exchange {
    /// The user's message with its analysis.
    pub message: Line,
    /// The assistant's answer.
    pub reply: Line,
    /// What was done, in order; empty if nothing was.
    pub actions: Vec<Action>,
    /// What is asked back, if anything.
    pub question: Option<Question>,
    /// Why nothing can be done, if so: it needs a `"network"`, a `"device"`, or
    /// `"knowledge"` that a program without a language model does not have.
    pub refused: Option<String>,
}

/// One thing that was done; `docs/skills.md` lists them all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Action {
    /// The skill, for example `timer`.
    pub skill: String,
    /// What it did, for example `start`.
    pub verb: String,
    /// With what, for example `duration_s` 300.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub slots: BTreeMap<String, serde_json::Value>,
}

/// A question back to the user; the next message answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Question {
    /// What is missing, for example `duration`.
    pub slot: String,
    /// The answers to choose from; empty if it can be anything.
    pub choices: Vec<String>,
}

/// How the program stands, for the window to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Status {
    /// The data folder.
    pub data: String,
    /// The model at work; `None` while it is loading or when there is none.
    pub model: Option<ModelVersion>,
    /// What keeps the model or the store from working, if anything.
    pub problem: Option<Problem>,
}

impl From<Message> for Line {
    fn from(message: Message) -> Line {
        let segments = message.segments();
        Line { message, segments }
    }
}

impl Message {
    /// The text cut at its entities; the pieces concatenate to the text.
    ///
    /// An entity that does not fit the text, or overlaps the one before it, is
    /// passed over.
    pub fn segments(&self) -> Vec<Segment> {
        let plain = |text: &str| Segment { text: text.to_owned(), entity: None };
        let mut segments = Vec::new();
        let mut rest = self.text.as_str();
        let mut at = 0;
        let holds = self.effective();
        for entity in holds.iter().flat_map(|analysis| &analysis.entities) {
            if entity.start < at || entity.end <= entity.start {
                continue;
            }
            let Some((before, named, after)) = cut(rest, entity.start - at, entity.end - at) else {
                continue;
            };
            if !before.is_empty() {
                segments.push(plain(before));
            }
            segments.push(Segment { text: named.to_owned(), entity: Some(entity.clone()) });
            rest = after;
            at = entity.end;
        }
        if !rest.is_empty() || segments.is_empty() {
            segments.push(plain(rest));
        }
        segments
    }
}

/// Splits `text` before code point `start` and before code point `end`, or
/// gives `None` if it is shorter than that.
fn cut(text: &str, start: usize, end: usize) -> Option<(&str, &str, &str)> {
    let mut bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let first = bytes.nth(start)?;
    let last = bytes.nth(end - start - 1)?;
    Some((&text[..first], &text[first..last], &text[last..]))
}
