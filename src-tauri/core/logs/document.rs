//! A JSON document, held whole; its messages are parsed one by one, so that one
//! that is odd costs only itself.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use super::found::Record;
use super::json_fields::wrong;
use crate::{Code, Error, Result};

type Keys = BTreeMap<String, IgnoredAny>;

/// What the first of the messages looks like from outside.
fn first_message(text: &str) -> Option<Keys> {
    #[derive(Deserialize)]
    struct Log<'a> {
        #[serde(borrow)]
        messages: Vec<&'a RawValue>,
    }
    let log: Log<'_> = serde_json::from_str(text).ok()?;
    serde_json::from_str(log.messages.first()?.get()).ok()
}

/// The text of a JSON document and what it looks like from outside.
pub(super) struct Document {
    pub(super) text: String,
    pub(super) is_array: bool,
    /// Of the object, or of the array's first object.
    pub(super) keys: Vec<String>,
    /// Of the first of its `messages`, if it has any.
    pub(super) message_keys: Vec<String>,
    /// A byte of the text and its line, so that lines are counted only once.
    known: Cell<(usize, u64)>,
}

impl Document {
    pub(super) fn parse(text: String, name: &Path) -> Result<Document> {
        let broken = |error: serde_json::Error| {
            Error::new(
                Code::Input,
                format!("{} is not whole JSON; export it again, the file may be cut short", name.display()),
            )
            .because(error)
        };
        let is_array = text.trim_start().starts_with('[');
        let keys: Keys = if is_array {
            let elements: Vec<&RawValue> = serde_json::from_str(&text).map_err(broken)?;
            elements.first().and_then(|first| serde_json::from_str(first.get()).ok()).unwrap_or_default()
        } else {
            serde_json::from_str(&text).map_err(broken)?
        };
        let message_keys = match keys.contains_key("messages") {
            true => first_message(&text).unwrap_or_default().into_keys().collect(),
            false => Vec::new(),
        };
        let keys = keys.into_keys().collect();
        Ok(Document { is_array, keys, message_keys, text, known: Cell::new((0, 1)) })
    }

    /// The elements of the document, which is an array.
    pub(super) fn elements(&self) -> Result<Vec<&RawValue>> {
        self.outer()
    }

    /// The document as `T`, which borrows what it does not look into.
    pub(super) fn outer<'a, T: serde::Deserialize<'a>>(&'a self) -> Result<T> {
        serde_json::from_str(&self.text).map_err(|error| {
            Error::new(Code::Input, "the JSON does not have the fields that its kind has; export it again")
                .because(error)
        })
    }

    /// One value of the document, or a warning with its line.
    pub(super) fn one<T: DeserializeOwned>(
        &self,
        raw: &RawValue,
        record: &mut Record<'_>,
    ) -> Result<Option<T>> {
        match serde_json::from_str(raw.get()) {
            Ok(value) => Ok(Some(value)),
            Err(error) => {
                record
                    .warn(self.line(raw), format!("a message that could not be read: {}", wrong(&error)))?;
                Ok(None)
            }
        }
    }

    /// The line on which a value of this document begins.
    pub(super) fn line(&self, raw: &RawValue) -> u64 {
        let at =
            (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        let (from, line) = match self.known.get() {
            (from, line) if from <= at => (from, line),
            _ => (0, 1),
        };
        let newlines = self.text.as_bytes()[from..at].iter().filter(|&&byte| byte == b'\n').count();
        self.known.set((at, line + newlines as u64));
        self.known.get().1
    }
}
