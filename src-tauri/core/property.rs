//! The data as the user's property: counted, backed up, restored, moved.

use std::path::{Path, PathBuf};

use jiff::ZonedDateTime;
use serde::Serialize;

use crate::store::Contents;
use crate::{Assistant, FILE_NAME, Restored, Result, Store};

/// What became of a move to another folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Moved {
    /// Where the data is now.
    pub to: PathBuf,
    /// Where it was before.
    pub from: PathBuf,
    /// Why what was to be deleted of the old data is still there, if it is.
    pub left: Option<String>,
}

impl Assistant {
    /// What the store holds.
    pub fn contents(&self) -> Result<Contents> {
        self.store().contents()
    }

    /// When the next timer, alarm or reminder is due: UTC, milliseconds since the
    /// Unix epoch.
    pub fn next_due(&self) -> Result<Option<i64>> {
        self.store().next_due()
    }

    /// As [`Store::back_up`].
    pub fn back_up(&self, to: &Path) -> Result<Contents> {
        self.store().back_up(to)
    }

    /// As [`Store::restore`]; the present data is kept in a file beside the
    /// database that is named after `now`.
    pub fn restore(&self, from: &Path, now: &ZonedDateTime) -> Result<Restored> {
        let mut store = self.store();
        let aside = aside(store.file(), "before-restore", now);
        let contents = store.restore(from, &aside)?;
        Ok(Restored { contents, aside })
    }

    /// As [`Store::move_to`]; what is said meanwhile waits for it and goes to the
    /// new place. `remove` deletes the old data once the new is at work.
    pub fn move_to(&self, dir: &Path, remove: bool, settle: impl FnOnce() -> Result<()>) -> Result<Moved> {
        let from = self.store().move_to(dir, settle)?;
        let left = if remove { Store::remove(&from).err().map(|error| error.to_string()) } else { None };
        Ok(Moved { to: dir.to_owned(), from, left })
    }
}

/// A name beside `file` that says why and when it was kept.
fn aside(file: &Path, why: &str, now: &ZonedDateTime) -> PathBuf {
    file.with_extension(format!("{why}-{}.db", now.strftime("%Y-%m-%d-%H%M%S")))
}

impl Store {
    /// As [`Store::replace_damaged`]; the damaged database is renamed after `now`.
    pub fn recover(dir: &Path, from: &Path, now: &ZonedDateTime) -> Result<(Store, Restored)> {
        let aside = aside(&dir.join(FILE_NAME), "before-recovery", now);
        let store = Store::replace_damaged(dir, from, &aside)?;
        let contents = store.contents()?;
        Ok((store, Restored { contents, aside }))
    }
}
