//! What the user chose for this computer, at hand while Sotto runs.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sotto::{Code, Error, Preferences, Problem, Result, folders};

/// The preferences and the file they are kept in.
pub struct Chosen {
    file: Result<PathBuf>,
    problem: Option<Problem>,
    preferences: Mutex<Preferences>,
}

impl Chosen {
    /// Reads what was chosen. A file that cannot be read is no reason to stay
    /// shut: Sotto goes on with the usual and says what is wrong.
    pub fn read() -> Chosen {
        Chosen::from(folders::preferences_file())
    }

    fn from(file: Result<PathBuf>) -> Chosen {
        let read = match &file {
            Ok(file) => Preferences::read(file),
            Err(_) => Ok(Preferences::default()),
        };
        if let Err(error) = &read {
            tracing::error!("{error}");
        }
        let problem = read.as_ref().err().map(Problem::from);
        Chosen { file, problem, preferences: Mutex::new(read.unwrap_or_default()) }
    }

    /// What is chosen now.
    pub fn get(&self) -> Preferences {
        self.lock().clone()
    }

    /// Why the file could not be read, if so.
    pub fn problem(&self) -> Option<Problem> {
        self.problem.clone()
    }

    /// The file it is kept in.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref().ok()
    }

    /// Changes what is chosen: on the disk first.
    pub fn change(&self, change: impl FnOnce(&mut Preferences)) -> Result<Preferences> {
        let file = self.file.as_ref().map_err(|error| Error::new(Code::File, error.to_string()))?;
        let mut preferences = self.lock();
        let mut changed = preferences.clone();
        change(&mut changed);
        if self.problem.is_some() {
            // What was in it may be of use to whoever wrote it.
            let _ = std::fs::rename(file, file.with_extension("damaged.json"));
        }
        changed.write(file)?;
        preferences.clone_from(&changed);
        Ok(changed)
    }

    fn lock(&self) -> MutexGuard<'_, Preferences> {
        self.preferences.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_there_at_the_next_start() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("settings.json");
        let chosen = Chosen::from(Ok(file.clone()));
        chosen.change(|preferences| preferences.text_size = 150).unwrap();
        assert_eq!(chosen.get().text_size, 150);
        assert_eq!(Chosen::from(Ok(file)).get().text_size, 150);
    }

    #[test]
    fn a_change_that_cannot_be_written_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let chosen = Chosen::from(Ok(dir.path().join("settings.json")));
        assert!(chosen.change(|preferences| preferences.text_size = 1).is_err());
        assert_eq!(chosen.get().text_size, 100);
    }

    #[test]
    fn a_broken_file_is_told_and_kept_when_it_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("settings.json");
        std::fs::write(&file, "by hand, and wrong").unwrap();
        let chosen = Chosen::from(Ok(file.clone()));
        assert!(chosen.problem().is_some());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "by hand, and wrong", "not touched by itself");
        chosen.change(|preferences| preferences.tray = true).unwrap();
        assert!(Chosen::from(Ok(file)).get().tray);
        let kept = std::fs::read_to_string(dir.path().join("settings.damaged.json")).unwrap();
        assert_eq!(kept, "by hand, and wrong");
    }
}
