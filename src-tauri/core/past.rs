//! What was said before, as skills may ask for it: plain data, and the questions
//! that the store answers.

use std::ops::Range;

use crate::{Conversation, Message, Result};

/// Where a text points among all meanings, as one model sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    /// Name and version of the model: meanings of two models do not compare.
    pub model: String,
    /// The direction, of length 1.
    pub vector: Vec<f32>,
}

/// A message that was said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub id: i64,
    pub time: i64,
    pub text: String,
}

/// How many of the user's messages were said with which feeling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Feelings {
    pub negative: i64,
    pub neutral: i64,
    pub positive: i64,
}

impl Feelings {
    pub fn total(self) -> i64 {
        self.negative + self.neutral + self.positive
    }
}

/// What skills may ask of what was said. Times are in milliseconds since the
/// Unix epoch; messages of the assistant itself are left out but for an export.
pub(crate) trait Past {
    /// At most `limit` messages that hold a word with each of these beginnings,
    /// the latest first.
    fn holding(&self, beginnings: &[String], within: Range<i64>, limit: u32) -> Result<Vec<Said>>;

    /// At most `limit` messages of the user that are closest in meaning, each
    /// with the cosine of the angle between them, the closest first.
    fn like(&self, meaning: &Embedding, within: Range<i64>, limit: usize) -> Result<Vec<(Said, f32)>>;

    /// At most `limit` messages of the user, the latest first.
    fn said(&self, within: Range<i64>, limit: u32) -> Result<Vec<Said>>;

    /// How the user's messages felt.
    fn feelings(&self, within: Range<i64>) -> Result<Feelings>;

    /// What the user's messages named, the most frequent first.
    fn named(&self, within: Range<i64>, limit: u32) -> Result<Vec<String>>;

    /// The conversations in which something was said, in order.
    fn conversations(&self, within: Range<i64>) -> Result<Vec<Conversation>>;

    /// Hands every message of a conversation, the assistant's too, to `each`.
    fn each(
        &self,
        conversation: i64,
        within: Range<i64>,
        each: &mut dyn FnMut(Message) -> Result<()>,
    ) -> Result<()>;
}
