//! Sotto understands what is said in a chat, offline, and keeps it.

mod error;
mod message;
mod nlu;

pub use error::{Code, Error, Result};
pub use message::{
    Analysis, Conversation, Entity, Exchange, Label, Line, Message, ModelVersion, Polarity, Segment,
    Sentiment, SentimentScores, Source, TagSource, Tagged,
};
pub use nlu::{EncoderShape, FileStamp, Head, IntentHead, Nlu, Outputs, Pack};
