//! One error for the whole core: a code for programs, a sentence for people.

use std::fmt;
use std::path::Path;

use serde::{Serialize, Serializer};

/// What kind of thing went wrong; stable, for programs to match on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A model pack is missing, truncated, of another version, or at odds with itself.
    Pack,
    /// The model could not run on a text.
    Inference,
    /// The database could not be read or written.
    Store,
    /// The database was written by a newer Sotto.
    NewerStore,
    /// There is no conversation or message of that number.
    NotFound,
    /// A file or folder could not be read or written.
    File,
    /// What was given cannot be used: an empty message, a line that is not JSON.
    Input,
}

impl Code {
    /// The code as it crosses the wire, for example `newer_store`.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Pack => "pack",
            Code::Inference => "inference",
            Code::Store => "store",
            Code::NewerStore => "newer_store",
            Code::NotFound => "not_found",
            Code::File => "file",
            Code::Input => "input",
        }
    }
}

/// A code, one sentence that names the file, row or field and what to do next,
/// and the error underneath, if any.
#[derive(Debug)]
pub struct Error {
    code: Code,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The core's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error with nothing underneath.
    pub fn new(code: Code, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), source: None }
    }

    /// The same error, with the one that caused it.
    pub fn because(self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error { source: Some(source.into()), ..self }
    }

    /// A file or folder that could not be read or written; `what` is what was
    /// being done to it, as in "cannot open".
    pub fn file(what: &str, path: &Path, source: std::io::Error) -> Error {
        Error::new(Code::File, format!("{what} {}", path.display())).because(source)
    }

    /// What the operating system said, if it was that which failed.
    pub fn io_kind(&self) -> Option<std::io::ErrorKind> {
        self.source.as_deref()?.downcast_ref::<std::io::Error>().map(std::io::Error::kind)
    }

    /// What kind of thing went wrong.
    pub fn code(&self) -> Code {
        self.code
    }
}

/// The sentence, and after a colon what lies underneath.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// An error as it crosses the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Problem {
    /// See [`Code::as_str`].
    pub code: &'static str,
    /// One sentence.
    pub message: String,
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Problem {
        Problem { code: error.code.as_str(), message: error.to_string() }
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        Problem::from(self).serialize(serializer)
    }
}
