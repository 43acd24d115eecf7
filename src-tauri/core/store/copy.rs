//! The whole store as one file: backed up, examined, restored, moved.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use tempfile::{NamedTempFile, TempDir};

use super::{FILE_NAME, Store, schema, trouble};
use crate::{Code, Error, Result};

/// How many pages are copied at a time: 16 MiB.
const PAGES: i32 = 4096;

/// What begins every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What a store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Contents {
    /// How many conversations.
    #[cfg_attr(test, ts(type = "number"))]
    pub conversations: u64,
    /// How many messages.
    #[cfg_attr(test, ts(type = "number"))]
    pub messages: u64,
    /// The size of the file in bytes.
    #[cfg_attr(test, ts(type = "number"))]
    pub bytes: u64,
}

impl Store {
    /// What it holds.
    pub fn contents(&self) -> Result<Contents> {
        contents(&self.connection, &self.file).map_err(|error| trouble(&self.file, error))
    }

    /// Writes the store as it is now to the file `to`, whole or not at all, in
    /// place of what was there, and reads it again to be sure of it.
    ///
    /// # Errors
    /// [`Code::File`] if it cannot be written; [`Code::Store`] if the store is
    /// damaged.
    pub fn back_up(&self, to: &Path) -> Result<Contents> {
        let same = |one: &Path, other: &Path| {
            one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
        };
        if same(to, &self.file) {
            return Err(Error::new(
                Code::Input,
                format!("{} is the database itself; choose another place for the backup", to.display()),
            ));
        }
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unfinished = NamedTempFile::new_in(folder)
            .map_err(|error| Error::file("cannot write a backup to", folder, error))?;
        let mut copy = Connection::open(unfinished.path()).map_err(|error| trouble(to, error))?;
        let fill = |copy: &mut Connection| {
            Backup::new(&self.connection, copy)?.run_to_completion(PAGES, std::time::Duration::ZERO, None)?;
            // One file, with no log beside it, that can be read from a medium that cannot be written.
            copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))
        };
        fill(&mut copy).map_err(|error| trouble(to, error))?;
        let contents = examine(&copy, to)?;
        drop(copy);
        let keep = || {
            unfinished.as_file().sync_all()?;
            unfinished.persist(to).map_err(|error| error.error)
        };
        keep().map_err(|error| Error::file("cannot write the backup", to, error))?;
        Ok(contents)
    }

    /// Puts the backup `from` in the place of all that the store holds, after the
    /// present data was written to the file `aside`. All of it or nothing.
    ///
    /// # Errors
    /// [`Code::Input`] if `from` is no whole backup of a Sotto's store,
    /// [`Code::NewerStore`] if a newer Sotto wrote it; as [`Store::back_up`] if
    /// the present data cannot be kept.
    pub fn restore(&mut self, from: &Path, aside: &Path) -> Result<Contents> {
        let copy = Copy::take(from, self.folder())?;
        let contents = copy.contents;
        self.back_up(aside)?;
        let fill = |into: &mut Connection| {
            Backup::new(&copy.connection, into)?.run_to_completion(PAGES, std::time::Duration::ZERO, None)
        };
        fill(&mut self.connection).map_err(|error| trouble(&self.file, error))?;
        schema::update(&mut self.connection, &self.file)?;
        Ok(contents)
    }

    /// Makes a store in `dir` of the backup `from`, where the database that is
    /// there cannot be opened: it is renamed to `aside`, and so is its log.
    ///
    /// # Errors
    /// As [`Store::restore`].
    pub fn replace_damaged(dir: &Path, from: &Path, aside: &Path) -> Result<Store> {
        std::fs::create_dir_all(dir)
            .map_err(|error| Error::file("cannot make the data folder", dir, error))?;
        let copy = Copy::take(from, dir)?;
        let file = dir.join(FILE_NAME);
        for (name, kept) in beside(&file).into_iter().zip(beside(aside)) {
            match std::fs::rename(&name, &kept) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Error::file("cannot rename the damaged database", &name, error));
                }
                _ => {}
            }
        }
        let Copy { connection, folder, .. } = copy;
        drop(connection);
        std::fs::rename(folder.path().join(FILE_NAME), &file)
            .map_err(|error| Error::file("cannot write the database", &file, error))?;
        Store::open(dir)
    }

    /// Goes on in folder `dir`: the store is copied there and verified, then
    /// `settle` notes where it is now, and only then is it worked on there. The
    /// old file stays. Gives the old folder.
    ///
    /// # Errors
    /// [`Code::Input`] if there is a database in `dir`; as [`Store::back_up`] if
    /// it cannot be copied; what `settle` says. Nothing has changed then.
    pub fn move_to(&mut self, dir: &Path, settle: impl FnOnce() -> Result<()>) -> Result<PathBuf> {
        std::fs::create_dir_all(dir)
            .map_err(|error| Error::file("cannot make the data folder", dir, error))?;
        let file = dir.join(FILE_NAME);
        if beside(&file).iter().any(|file| file.exists()) {
            return Err(Error::new(
                Code::Input,
                format!("there is a {FILE_NAME} in {} already; choose another folder", dir.display()),
            ));
        }
        self.back_up(&file)?;
        let moved = Store::open(dir).and_then(|store| settle().map(|()| store));
        match moved {
            Ok(store) => {
                let old = self.folder().to_owned();
                *self = store;
                Ok(old)
            }
            Err(error) => {
                // What is left would only be in the way of the next try.
                for file in beside(&file) {
                    let _ = std::fs::remove_file(file);
                }
                Err(error)
            }
        }
    }

    /// Deletes the store in folder `dir`, which nobody works on any more, with
    /// the copies that were made before migrations and restores.
    ///
    /// # Errors
    /// [`Code::File`] naming the first file that could not be deleted.
    pub fn remove(dir: &Path) -> Result<()> {
        let copies = Store::copies(dir)?;
        for file in beside(&dir.join(FILE_NAME)).into_iter().chain(copies) {
            match std::fs::remove_file(&file) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Error::file("cannot delete", &file, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The copies of the store that were made in its folder `dir` before
    /// migrations and restores.
    ///
    /// # Errors
    /// [`Code::File`] if the folder cannot be read.
    pub fn copies(dir: &Path) -> Result<Vec<PathBuf>> {
        let read = || -> std::io::Result<Vec<PathBuf>> {
            let mut copies = Vec::new();
            for entry in dir.read_dir()? {
                let path = entry?.path();
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                if name.starts_with("sotto.before-") {
                    copies.push(path);
                }
            }
            Ok(copies)
        };
        read().map_err(|error| Error::file("cannot read the data folder", dir, error))
    }

    fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }
}

/// A database and the files that SQLite keeps beside it.
fn beside(file: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|end| {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

/// A copy of a backup in a folder of its own, examined: the backup itself may be
/// where nothing can be written.
struct Copy {
    connection: Connection,
    contents: Contents,
    folder: TempDir,
}

impl Copy {
    fn take(from: &Path, near: &Path) -> Result<Copy> {
        let mut begin = [0; 16];
        let read = std::fs::File::open(from).and_then(|mut file| file.read_exact(&mut begin));
        match read {
            Ok(()) if &begin == MAGIC => {}
            Ok(()) => return Err(no_backup(from)),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(no_backup(from)),
            Err(error) => return Err(Error::file("cannot read the backup", from, error)),
        }
        let folder = tempfile::Builder::new().prefix("restoring-").tempdir_in(near);
        let folder = folder.map_err(|error| Error::file("cannot write to the data folder", near, error))?;
        let file = folder.path().join(FILE_NAME);
        // With its write-ahead log: somebody's backup is a copy of a running database.
        for (source, copy) in beside(from).iter().zip(beside(&file)).take(2) {
            match std::fs::copy(source, copy) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Error::file("cannot copy the backup", source, error));
                }
                _ => {}
            }
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(&file, flags).map_err(|error| no_backup(from).because(error))?;
        let contents = examine(&connection, from)?;
        Ok(Copy { connection, contents, folder })
    }
}

fn no_backup(file: &Path) -> Error {
    Error::new(
        Code::Input,
        format!("{} is not a backup of Sotto; choose a file that “Back up” wrote", file.display()),
    )
}

/// What is in the copy of a store that errors call `file`, once it is certain
/// that it is one and whole.
fn examine(connection: &Connection, file: &Path) -> Result<Contents> {
    let damaged = |what: String| {
        Error::new(Code::Input, format!("{} is damaged ({what}); choose another backup", file.display()))
    };
    schema::check(connection, file).map_err(|error| match error.code() {
        Code::Store => damaged("its head cannot be read".to_owned()),
        _ => error,
    })?;
    let check = || -> rusqlite::Result<(String, bool)> {
        let whole = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        let astray = connection.prepare("PRAGMA foreign_key_check")?.exists([])?;
        Ok((whole, astray))
    };
    match check() {
        Ok((whole, false)) if whole == "ok" => {}
        Ok((whole, false)) => return Err(damaged(whole)),
        Ok((_, true)) => return Err(damaged("a row that belongs to no other".to_owned())),
        Err(error) => return Err(damaged(error.to_string())),
    }
    contents(connection, file).map_err(|error| damaged(error.to_string()))
}

fn contents(connection: &Connection, file: &Path) -> rusqlite::Result<Contents> {
    connection.query_row(
        "SELECT (SELECT count(*) FROM conversation), (SELECT count(*) FROM message)",
        [],
        |row| {
            Ok(Contents {
                conversations: row.get(0)?,
                messages: row.get(1)?,
                bytes: beside(file)
                    .iter()
                    .take(2)
                    .filter_map(|file| file.metadata().ok())
                    .map(|file| file.len())
                    .sum(),
            })
        },
    )
}

#[cfg(test)]
mod tests;
