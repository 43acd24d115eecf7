//! Understanding: tokenise, run SqueezeBERT on tract, decode.

use std::path::Path;

use jiff::ZonedDateTime;

use crate::{Analysis, Code, Error, Result};

/// A loaded model pack.
pub struct Nlu {}

impl Nlu {
    /// Loads the pack in `dir`.
    pub fn load(dir: &Path) -> Result<Nlu> {
        Err(Error::new(Code::Pack, format!("no pack in {}", dir.display())))
    }

    /// Name and version of the pack.
    pub fn version(&self) -> crate::ModelVersion {
        crate::ModelVersion { name: String::new(), version: String::new() }
    }

    /// Analyses one message; dates and times are resolved against `now`.
    pub fn analyze(&self, _text: &str, _now: &ZonedDateTime) -> Result<Analysis> {
        Err(Error::new(Code::Inference, "no model"))
    }
}
