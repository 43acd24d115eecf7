//! The file beside an export that says what each of its pseudonyms stands for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::write_whole;
use crate::{Code, Error, Result};

/// Where the pseudonyms of an export to `path` are kept: `chat.pseudonyms.json`
/// beside `chat.csv`.
pub fn beside(path: &Path) -> PathBuf {
    path.with_extension("pseudonyms.json")
}

/// What an earlier export wrote to `path`; nothing if there is no such file.
///
/// # Errors
/// [`Code::File`] if it cannot be read, [`Code::Input`] if it is something else.
pub fn read(path: &Path) -> Result<BTreeMap<String, String>> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(Error::file("cannot read", path, error)),
    };
    serde_json::from_slice(&text).map_err(|error| {
        let path = path.display();
        let sentence = format!("{path} is no file of pseudonyms; name another file, or move it away");
        Error::new(Code::Input, sentence).because(error)
    })
}

/// Writes a JSON object of pseudonyms and what they stand for, whole or not at all.
///
/// # Errors
/// [`Code::File`] if it cannot be written.
pub fn write(path: &Path, pseudonyms: &BTreeMap<String, String>) -> Result<()> {
    write_whole(path, |out| {
        let failed = |error| Error::file("cannot write", path, error);
        serde_json::to_writer_pretty(&mut *out, pseudonyms).map_err(|error| failed(error.into()))?;
        writeln!(out).map_err(failed)
    })
}
