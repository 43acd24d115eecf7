//! Conversation logs, one file a format.

pub mod jsonl;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::{Error, Result};

/// Writes a file whole or not at all: `fill` writes to a file beside `path`,
/// which takes its place when everything is on the disk.
pub fn write_whole<T>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let failed = |error: io::Error| Error::file("cannot write", path, error);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = BufWriter::new(tempfile::NamedTempFile::new_in(folder).map_err(failed)?);
    let filled = fill(&mut file)?;
    let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[test]
    fn an_error_half_way_leaves_the_old_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log.jsonl");
        std::fs::write(&path, "old").unwrap();
        let error = write_whole(&path, |out| {
            out.write_all(b"half").unwrap();
            Err::<(), _>(Error::new(Code::Store, "stopped"))
        })
        .unwrap_err();
        assert_eq!(error.to_string(), "stopped");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing else is left behind");

        write_whole(&path, |out| out.write_all(b"new").map_err(|e| Error::file("cannot write", &path, e)))
            .unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("gone").join("log.jsonl");
        let error = write_whole(&path, |_| Ok(())).unwrap_err();
        assert_eq!(error.code(), Code::File);
        assert!(error.to_string().contains("log.jsonl"), "{error}");
    }
}
