//! Sotto understands what is said in a chat, offline, and keeps it.
//!
//! A message is stored, tagged by SqueezeBERT on tract with its intent, dialogue
//! act, sentiment and entities, answered by a skill, and handed back as a log:
//!
//! ```no_run
//! use std::path::Path;
//!
//! use jiff::ZonedDateTime;
//! use sotto::logs::export::{self, Choices};
//! use sotto::{Assistant, Nlu, Store};
//!
//! # fn main() -> sotto::Result<()> {
//! let now = ZonedDateTime::now();
//! let assistant = Assistant::new(Store::open(Path::new("data"))?);
//! assistant.install(Nlu::load(Path::new("models/squeezebert")), &now)?;
//!
//! let conversation = assistant.new_conversation(&now)?;
//! let exchange = assistant.send(conversation.id, "What is 15% of 240?", &now)?;
//! println!("{}", exchange.reply.message.text);
//! let jsonl = Choices::new(export::Format::Jsonl);
//! assistant.export(Some(conversation.id), &jsonl, Path::new("chat.jsonl"))?;
//! # Ok(())
//! # }
//! ```
//!
//! The core has no clock, prints nothing, and opens no file that it was not
//! given: time and paths come in as arguments.

mod assistant;
mod clock;
mod correction;
mod corrections;
#[cfg(test)]
mod crash;
mod error;
mod find;
pub mod folders;
mod holiday;
mod insight;
mod intake;
pub mod logs;
mod memory;
mod message;
mod model;
mod nlu;
mod past;
mod preferences;
mod property;
mod query;
mod settings;
mod skills;
mod store;
mod tagging;
mod talk;
mod upkeep;

pub use assistant::{Assistant, Exported, Imported};
pub use correction::{Correction, Mark};
pub use corrections::Labels;
pub use error::{Code, Error, Problem, Result};
pub use find::{Found, Hit, Outgoing, Tags};
pub use insight::{Activity, Count, Insight, Mood, Name, Step};
pub use intake::{Preview, Reading};
pub use message::{
    Action, Analysis, Conversation, Entity, Exchange, Label, Line, Message, ModelVersion, Polarity, Question,
    Segment, Sentiment, SentimentScores, Source, Status, TagSource, Tagged,
};
pub use nlu::{
    Card, EncoderShape, Engine, FileStamp, Head, ImportedModel, IntentHead, Nlu, Outputs, Pack,
    RequestOutputs, Requested, Score, Slot, import_model,
};
pub use past::Embedding;
pub use preferences::{Preferences, Theme};
pub use property::Moved;
pub use query::{Cursor, Excerpt, Order, Query};
pub use settings::{Restored, Settings};
pub use store::{Added, Arrangement, Contents, Deleted, Draft, FILE_NAME, Import, Store};
pub use tagging::Tagging;
