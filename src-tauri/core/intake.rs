//! A log in a file, looked at before it is taken in.

use std::path::Path;
use std::time::UNIX_EPOCH;

use jiff::ZonedDateTime;
use serde::{Deserialize, Serialize};

use crate::logs::{self, Columns, DayOrder, Format, Input, Log, Options};
use crate::{Assistant, Imported, Problem, Result};

/// What the user says of a log that the log does not say of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Reading {
    /// How to read 3/4/2025; `None` as the whole log says.
    pub order: Option<DayOrder>,
    /// Which columns of a table hold what; `None` as their headings say.
    pub columns: Option<Columns>,
}

/// What there is to say of a file before anything is stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Preview {
    /// The file.
    pub path: String,
    /// Its name, for people.
    pub name: String,
    /// What is in it, if it can be read.
    pub log: Option<Log>,
    /// Why it cannot be read, if so.
    pub problem: Option<Problem>,
    /// The columns of a table, to choose from; empty for what is none.
    pub headings: Vec<String>,
}

impl Reading {
    fn options(&self, path: &Path, now: &ZonedDateTime) -> Options {
        let start = modified(path).unwrap_or_else(|| now.timestamp().as_millisecond());
        Options {
            order: self.order,
            format: self.columns.as_ref().map(|_| Format::Csv),
            columns: self.columns.clone().unwrap_or_default(),
            ..Options::new(now.time_zone().clone(), start)
        }
    }
}

impl Preview {
    /// Reads the whole file, stores nothing, and says what is in it or why it
    /// cannot be read. `progress` is told now and then how many messages are read;
    /// an error from it stops the reading.
    pub fn of(
        path: &Path,
        reading: &Reading,
        now: &ZonedDateTime,
        progress: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Preview {
        let mut headings = Vec::new();
        let mut read = || -> Result<Log> {
            let mut input = Input::open(path)?;
            headings = logs::headings(&mut input)?;
            let mut log = Log::default();
            logs::read(&mut input, &reading.options(path, now), &mut |found| {
                log.note(&found);
                if log.messages.is_multiple_of(1024) { progress(log.messages) } else { Ok(()) }
            })?;
            Ok(log)
        };
        let (log, problem) = match read() {
            Ok(log) => (Some(log), None),
            Err(error) => (None, Some(Problem::from(&error))),
        };
        Preview {
            path: path.display().to_string(),
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            log,
            problem,
            headings,
        }
    }
}

impl Assistant {
    /// Takes in the log in the file `path`, as [`Assistant::import`] does.
    ///
    /// # Errors
    /// As [`Input::open`] and [`Assistant::import`].
    pub fn import_file(
        &self,
        path: &Path,
        reading: &Reading,
        now: &ZonedDateTime,
        progress: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<Imported> {
        self.import(&mut Input::open(path)?, &reading.options(path, now), progress)
    }
}

/// When the file was last written: UTC, milliseconds.
fn modified(path: &Path) -> Option<i64> {
    let modified = std::fs::metadata(path).ok()?.modified().ok()?;
    i64::try_from(modified.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> ZonedDateTime {
        "2026-11-25T10:00[Europe/Berlin]".parse().unwrap()
    }

    fn preview(name: &str, text: &str, reading: &Reading) -> Preview {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        Preview::of(&path, reading, &now(), &mut |_| Ok(()))
    }

    #[test]
    fn a_table_with_odd_headings_offers_them() {
        let text = "Case,Who,Said\n1,Anna,hello\n1,Bob,hi\n";
        let first = preview("odd.csv", text, &Reading::default());
        assert_eq!(first.headings, ["Case", "Who", "Said"]);
        let columns = Columns {
            text: Some("Said".into()),
            speaker: Some("Who".into()),
            conversation: Some("Case".into()),
            ..Columns::default()
        };
        let mapped = preview("odd.csv", text, &Reading { columns: Some(columns), order: None });
        let log = mapped.log.unwrap();
        assert_eq!((log.messages, log.participants["Anna"]), (2, 1));
        assert_eq!(log.format, Some(Format::Csv));
    }

    #[test]
    fn days_and_months_that_cannot_be_told_apart_are_asked_about() {
        let text = "3/4/25, 10:00 - Anna: hi\n4/5/25, 10:01 - Bob: ok\n";
        let log = preview("chat.txt", text, &Reading::default()).log.unwrap();
        assert!(log.order_undecided);
        let reading = Reading { order: Some(DayOrder::MonthFirst), columns: None };
        let log = preview("chat.txt", text, &reading).log.unwrap();
        assert!(!log.order_undecided);
        assert_eq!(log.order, Some(DayOrder::MonthFirst));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let preview = preview("empty.txt", "", &Reading::default());
        assert_eq!(preview.name, "empty.txt");
        assert!(preview.problem.unwrap().message.contains("is empty"));
        assert_eq!(preview.log, None);
    }

    #[test]
    fn a_reading_that_is_stopped_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("chat.txt");
        std::fs::write(&path, "24/12/25, 10:00 - Anna: hi\n").unwrap();
        let stop = &mut |_| Err(crate::Error::new(crate::Code::Input, "stopped"));
        let preview = Preview::of(&path, &Reading::default(), &now(), stop);
        assert_eq!(preview.problem.unwrap().message, "stopped");
    }
}
