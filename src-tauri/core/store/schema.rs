//! Opening the file and bringing it up to date, one migration after another.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior, named_params};

use super::{meaning, trouble};
use crate::{Code, Error, Result};

/// Every migration there ever was, oldest first. They only grow: a migration
/// that has shipped is never changed. The file's `user_version` counts those
/// already applied.
const MIGRATIONS: &[&str] = &[
    include_str!("1.sql"),
    include_str!("2.sql"),
    include_str!("tasks.sql"),
    include_str!("skills.sql"),
    include_str!("corrections.sql"),
    include_str!("find.sql"),
    include_str!("meaning.sql"),
];

/// Marks a SQLite file as Sotto's: `SOTO` as four bytes, big-endian.
const APPLICATION_ID: i32 = 0x534f_544f;

/// Opens the database at `file`, making it if need be, and migrates it.
pub(super) fn open(file: &Path) -> Result<Connection> {
    open_at(file, MIGRATIONS)
}

/// Makes a database that is never on a disk, whose conversations and messages are
/// numbered from `first`.
pub(super) fn open_in_memory(first: i64) -> Result<Connection> {
    let name = Path::new("memory");
    let failed = |error| trouble(name, error);
    let connection = migrated(Connection::open_in_memory().map_err(failed)?, name, MIGRATIONS)?;
    connection
        .execute(
            "INSERT INTO sqlite_sequence (name, seq) VALUES ('conversation', :last), ('message', :last)",
            named_params! {":last": first - 1},
        )
        .map_err(failed)?;
    Ok(connection)
}

fn open_at(file: &Path, migrations: &[&str]) -> Result<Connection> {
    migrated(Connection::open(file).map_err(|error| trouble(file, error))?, file, migrations)
}

fn migrated(mut connection: Connection, file: &Path, migrations: &[&str]) -> Result<Connection> {
    configure(&connection, file)?;
    migrate(&mut connection, file, migrations).map_err(|error| failed(file, error))?;
    Ok(connection)
}

/// Migrates a database that is open already.
pub(super) fn update(connection: &mut Connection, file: &Path) -> Result<()> {
    migrate(connection, file, MIGRATIONS).map_err(|error| failed(file, error))
}

/// Whether a database is Sotto's and of a version that this Sotto reads.
pub(super) fn check(connection: &Connection, file: &Path) -> Result<()> {
    let read = || -> rusqlite::Result<(usize, i32)> {
        let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let owner = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        Ok((version, owner))
    };
    let (version, owner) = read().map_err(|error| trouble(file, error))?;
    if owner != APPLICATION_ID || version == 0 {
        return Err(Error::new(
            Code::Input,
            format!("{} is a database, but not one of Sotto; choose another file", file.display()),
        ));
    }
    if version > MIGRATIONS.len() { Err(newer(file, version, MIGRATIONS.len())) } else { Ok(()) }
}

fn newer(file: &Path, version: usize, known: usize) -> Error {
    Error::new(
        Code::NewerStore,
        format!(
            "{} was written by a newer Sotto (its format is {version}, this one knows up to {known}); \
             install the newer Sotto or choose another data folder",
            file.display(),
        ),
    )
}

fn configure(connection: &Connection, file: &Path) -> Result<()> {
    let settings = || {
        connection.busy_timeout(Duration::from_secs(10))?;
        // FULL: an acknowledged message survives a power cut, not only a crash.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY;",
        )
    };
    settings().map_err(|error| trouble(file, error))
}

enum Failed {
    Sql(rusqlite::Error),
    Other(Error),
}

fn failed(file: &Path, error: Failed) -> Error {
    match error {
        Failed::Sql(error) => trouble(file, error),
        Failed::Other(error) => error,
    }
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Failed {
        Failed::Sql(error)
    }
}

fn migrate(connection: &mut Connection, file: &Path, migrations: &[&str]) -> std::result::Result<(), Failed> {
    // Whoever writes to the file needs it.
    meaning::lend_signs(connection)?;
    let mut new = false;
    loop {
        // Taken before the version is read, so that two programs that start at
        // once do not both migrate.
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: usize = change.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let owner: i32 = change.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        if owner != APPLICATION_ID && (owner != 0 || version != 0) {
            return Err(Failed::Other(Error::new(
                Code::Store,
                format!("{} is a database of another program; choose another data folder", file.display()),
            )));
        }
        if version > migrations.len() {
            return Err(Failed::Other(newer(file, version, migrations.len())));
        }
        let Some(migration) = migrations.get(version) else {
            return Ok(());
        };
        new |= version == 0;
        if !new {
            back_up(file, version).map_err(|error| match error {
                Failed::Sql(error) => Failed::Other(trouble(&backup_path(file, version), error)),
                other => other,
            })?;
        }
        change.execute_batch(migration)?;
        change.pragma_update(None, "application_id", APPLICATION_ID)?;
        change.pragma_update(None, "user_version", version + 1)?;
        change.commit()?;
    }
}

fn backup_path(file: &Path, version: usize) -> PathBuf {
    file.with_extension(format!("before-{}.db", version + 1))
}

/// Copies the file as it is before migration `version + 1`; whole or not at all.
fn back_up(file: &Path, version: usize) -> std::result::Result<(), Failed> {
    let backup = backup_path(file, version);
    let unfinished = backup.with_extension("partial");
    let _ = std::fs::remove_file(&unfinished);
    // A second connection: the first one holds the migration's write lock, under
    // which SQLite refuses VACUUM INTO.
    let source = Connection::open(file)?;
    source.backup("main", &unfinished, None::<fn(rusqlite::backup::Progress)>)?;
    std::fs::rename(&unfinished, &backup)
        .map_err(|error| Failed::Other(Error::file("cannot write the backup", &backup, error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: &str = "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;";

    fn version(connection: &Connection) -> usize {
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn migrates_step_by_step_with_a_backup_before_each() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sotto.db");
        let first = open_at(&file, &MIGRATIONS[..1]).unwrap();
        first.execute("INSERT INTO conversation (title, created) VALUES ('kept', 1)", []).unwrap();
        drop(first);

        let grown = open_at(&file, &[MIGRATIONS[0], NEXT]).unwrap();
        assert_eq!(version(&grown), 2);

        let backup = Connection::open(backup_path(&file, 1)).unwrap();
        assert_eq!(version(&backup), 1);
        let title: String = backup.query_row("SELECT title FROM conversation", [], |row| row.get(0)).unwrap();
        assert_eq!(title, "kept");
    }

    #[test]
    fn a_new_file_needs_no_backup() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sotto.db");
        drop(open(&file).unwrap());
        assert!((0..MIGRATIONS.len()).all(|version| !backup_path(&file, version).exists()));
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sotto.db");
        drop(open_at(&file, &MIGRATIONS[..1]).unwrap());
        let broken = format!("{NEXT} CREATE TABLE extra (again TEXT);");
        let error = open_at(&file, &[MIGRATIONS[0], &broken]).unwrap_err();
        assert_eq!(error.code(), Code::Store);
        let connection = Connection::open(&file).unwrap();
        assert_eq!(version(&connection), 1);
        let extra: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(extra, 0);
    }

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sotto.db");
        let newer: Vec<_> = MIGRATIONS.iter().copied().chain([NEXT]).collect();
        drop(open_at(&file, &newer).unwrap());
        let error = open(&file).unwrap_err();
        assert_eq!(error.code(), Code::NewerStore);
        assert!(error.to_string().contains("newer Sotto"), "{error}");
        assert_eq!(version(&Connection::open(&file).unwrap()), newer.len());
    }

    #[test]
    fn what_is_there_survives_every_migration() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sotto.db");
        let first = open_at(&file, &MIGRATIONS[..1]).unwrap();
        first
            .execute_batch(
                "INSERT INTO conversation (title, created) VALUES ('kept', 1);
                 INSERT INTO message (conversation, speaker, time, source, text)
                 VALUES (1, 'user', 2, 'typed', 'hello');",
            )
            .unwrap();
        drop(first);
        let grown = open(&file).unwrap();
        assert_eq!(version(&grown), MIGRATIONS.len());
        let text: String = grown.query_row("SELECT text FROM message", [], |row| row.get(0)).unwrap();
        assert_eq!(text, "hello");
    }

    #[test]
    fn another_programs_database_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sotto.db");
        let other = Connection::open(&file).unwrap();
        other.execute_batch("PRAGMA user_version = 1; CREATE TABLE theirs (x)").unwrap();
        drop(other);
        let error = open(&file).unwrap_err();
        assert!(error.to_string().contains("another program"), "{error}");
    }
}
