//! The clock was set back.

use rusqlite::named_params;

use super::Store;
use super::memory::{put, task};
use crate::Result;
use crate::memory::{Record, Task, TaskState};

/// What went off later than this after the present moment, in milliseconds, did
/// so by a clock that was wrong.
const AHEAD: i64 = 24 * 60 * 60 * 1000;

impl Store {
    /// Moves the ends of running timers back by `by` milliseconds, to the clock
    /// that shows `now`, and gives what recurs and went off by the wrong clock the
    /// time and rule that `again` finds for it.
    pub(crate) fn set_back(
        &mut self,
        by: i64,
        now: i64,
        mut again: impl FnMut(&Task) -> Option<(i64, String)>,
    ) -> Result<()> {
        self.change(|change| {
            change
                .prepare_cached(
                    "UPDATE task SET due = due - :by WHERE kind = 'timer' AND state = 'running'",
                )?
                .execute(named_params! {":by": by})?;
            let ahead: Vec<Task> = change
                .prepare_cached(
                    "SELECT * FROM task WHERE state = 'running' AND every <> '' AND fired > :ahead ORDER BY id",
                )?
                .query_map(named_params! {":ahead": now + AHEAD}, task)?
                .collect::<rusqlite::Result<_>>()?;
            for task in ahead {
                if let Some((due, every)) = again(&task) {
                    put(change, &Record::Task(Task { due, every, fired: now, state: TaskState::Running, ..task }))?;
                }
            }
            Ok(())
        })
    }
}
