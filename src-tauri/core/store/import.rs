//! Taking in a log: all of it or nothing, and nothing twice.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, named_params};

use super::{Draft, Store, corrections, insert_analysis, insert_message, title, trouble};
use crate::{Analysis, Correction, Result};

/// Kilobytes of the file that are held in memory during an import, and otherwise.
const CACHE: i64 = 48 << 10;
const USUAL_CACHE: i64 = 2000;

/// A log under way into the store.
pub struct Import<'a> {
    change: &'a Transaction<'a>,
    store: &'a std::path::Path,
    /// The highest message number before this import.
    before: i64,
}

/// What became of an imported message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New,
    /// An earlier import brought it.
    Known,
    /// This very import brought one under the same key.
    Repeated,
}

impl Store {
    /// Takes in what `fill` hands over, in one transaction: an error from `fill`
    /// leaves nothing behind.
    pub fn import<T>(&mut self, fill: impl FnOnce(&mut Import<'_>) -> Result<T>) -> Result<T> {
        let file = self.file.clone();
        let failed = |error| trouble(&file, error);
        // With fewer, SQLite would write pages out that the next message needs again.
        self.connection.pragma_update(None, "cache_size", -CACHE).map_err(failed)?;
        let filled = self.import_all(fill);
        self.connection.pragma_update(None, "cache_size", -USUAL_CACHE).map_err(failed)?;
        filled
    }

    fn import_all<T>(&mut self, fill: impl FnOnce(&mut Import<'_>) -> Result<T>) -> Result<T> {
        let file = self.file.clone();
        let failed = |error| trouble(&file, error);
        let change =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let before = change
            .query_row("SELECT coalesce(max(id), 0) FROM message", [], |row| row.get(0))
            .map_err(failed)?;
        let filled = fill(&mut Import { change: &change, store: &file, before })?;
        change.commit().map_err(failed)?;
        Ok(filled)
    }
}

impl Import<'_> {
    /// The conversation that is known by `origin`; made, and begun at `created`,
    /// if there is none.
    pub fn conversation(&mut self, origin: &[u8], title: &str, created: i64) -> Result<i64> {
        self.run(|change| {
            let known = change
                .prepare_cached("SELECT id FROM conversation WHERE origin = :origin")?
                .query_row(named_params! {":origin": origin}, |row| row.get(0))
                .optional()?;
            if let Some(id) = known {
                return Ok(id);
            }
            change
                .prepare_cached(
                    "INSERT INTO conversation (title, created, origin) VALUES (:title, :created, :origin)",
                )?
                .execute(named_params! {":title": title, ":created": created, ":origin": origin})?;
            Ok(change.last_insert_rowid())
        })
    }

    /// Adds a message with its analysis and what the user said of that, if there is
    /// any, unless one is there that is known by `origin`.
    pub fn message(
        &mut self,
        draft: Draft<'_>,
        origin: &[u8],
        analysis: Option<&Analysis>,
        correction: Option<&Correction>,
    ) -> Result<Added> {
        let before = self.before;
        self.run(|change| {
            let known: Option<i64> = change
                .prepare_cached("SELECT id FROM message WHERE origin = :origin")?
                .query_row(named_params! {":origin": origin}, |row| row.get(0))
                .optional()?;
            if let Some(id) = known {
                return Ok(if id > before { Added::Repeated } else { Added::Known });
            }
            let message = insert_message(change, draft, Some(origin))?;
            if let Some(analysis) = analysis {
                insert_analysis(change, message.id, analysis)?;
                if let Some(correction) = correction {
                    corrections::put(change, message.id, correction)?;
                }
            }
            Ok(Added::New)
        })
    }

    /// Titles a conversation that has none after the first words in it.
    pub fn name(&mut self, conversation: i64, text: &str) -> Result<()> {
        self.run(|change| {
            change
                .prepare_cached("UPDATE conversation SET title = :title WHERE id = :id AND title = ''")?
                .execute(named_params! {":title": title(text), ":id": conversation})?;
            Ok(())
        })
    }

    fn run<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T> {
        work(self.change).map_err(|error| trouble(self.store, error))
    }
}
