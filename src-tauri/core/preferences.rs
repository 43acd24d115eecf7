//! What the user chose for this computer: a small JSON file in the configuration
//! folder.
//!
//! It is a file because it must be known before the database opens: where the
//! data is, which model reads it, in which language and colours the window is
//! drawn. What belongs to the data, such as how long messages are kept, is in the
//! database and goes where the data goes.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::{Code, Error, Result};

/// The smallest and the largest text, in percent of the usual.
const TEXT_SIZES: std::ops::RangeInclusive<u16> = 75..=200;

/// The colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Theme {
    /// Light or dark, as the system is, with high contrast if the system asks for it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Light or dark, as the system is, with high contrast.
    Contrast,
}

/// What the user chose for this computer. Everything has a default, so that an
/// older or a newer Sotto's file is read as far as it is understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Preferences {
    /// The data folder; the platform's own if none is named.
    pub data: Option<PathBuf>,
    /// The model pack; the one that came with Sotto if none is named.
    pub model: Option<PathBuf>,
    /// The language of the window, as in `de`; the system's if none is named.
    pub language: Option<String>,
    /// The colours of the window.
    pub theme: Theme,
    /// The size of all text, in percent of the usual.
    pub text_size: u16,
    /// Whether timers, alarms and reminders show a notification of the system.
    pub notify: bool,
    /// Whether Sotto stays in the system's tray when its window is closed.
    pub tray: bool,
    /// The keys that bring Sotto to the front from anywhere, as in `Ctrl+Shift+Space`.
    pub shortcut: Option<String>,
}

impl Default for Preferences {
    fn default() -> Preferences {
        Preferences {
            data: None,
            model: None,
            language: None,
            theme: Theme::System,
            text_size: 100,
            notify: true,
            tray: false,
            shortcut: None,
        }
    }
}

impl Preferences {
    /// Reads `file`; where there is none, nothing was chosen yet.
    ///
    /// # Errors
    /// [`Code::File`] if it cannot be read, [`Code::Input`] if it is not what
    /// Sotto writes.
    pub fn read(file: &Path) -> Result<Preferences> {
        let text = match std::fs::read(file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Preferences::default()),
            Err(error) => return Err(Error::file("cannot read the settings in", file, error)),
        };
        let wrong = format!(
            "{} does not hold Sotto's settings, which are the usual ones until you mend or delete it",
            file.display()
        );
        serde_json::from_slice(&text).map_err(|error| Error::new(Code::Input, wrong).because(error))
    }

    /// Writes `file`, whole or not at all, and makes its folder if need be.
    ///
    /// # Errors
    /// [`Code::Input`] if the text would be too small or too large to read;
    /// [`Code::File`] if the file cannot be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        if !TEXT_SIZES.contains(&self.text_size) {
            return Err(Error::new(
                Code::Input,
                format!(
                    "a text size of {} % cannot be read; choose one from {} to {} %",
                    self.text_size,
                    TEXT_SIZES.start(),
                    TEXT_SIZES.end()
                ),
            ));
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        let write = || {
            std::fs::create_dir_all(folder)?;
            let mut unfinished = NamedTempFile::new_in(folder)?;
            serde_json::to_writer_pretty(&mut unfinished, self)?;
            unfinished.write_all(b"\n")?;
            unfinished.as_file().sync_all()?;
            unfinished.persist(file).map_err(|error| error.error)?;
            Ok(())
        };
        write().map_err(|error| Error::file("cannot write the settings to", file, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("new/settings.json");
        let chosen = Preferences {
            data: Some("/media/safe".into()),
            language: Some("de".into()),
            theme: Theme::Contrast,
            text_size: 125,
            shortcut: Some("Ctrl+Shift+Space".into()),
            ..Preferences::default()
        };
        chosen.write(&file).unwrap();
        assert_eq!(Preferences::read(&file).unwrap(), chosen);
        chosen.write(&file).unwrap();
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_chosen_is_the_default_and_the_tray_is_off() {
        let dir = tempfile::tempdir().unwrap();
        let read = Preferences::read(&dir.path().join("settings.json")).unwrap();
        assert_eq!(read, Preferences::default());
        assert!(!read.tray && read.shortcut.is_none());
    }

    #[test]
    fn an_older_and_a_newer_file_are_read_as_far_as_they_go() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("settings.json");
        std::fs::write(&file, r#"{"theme":"dark","scent":"lavender"}"#).unwrap();
        let read = Preferences::read(&file).unwrap();
        assert_eq!(read, Preferences { theme: Theme::Dark, ..Preferences::default() });
    }

    #[test]
    fn a_broken_file_is_one_sentence_that_names_it() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("settings.json");
        std::fs::write(&file, "{\"theme\":").unwrap();
        let error = Preferences::read(&file).unwrap_err();
        assert_eq!(error.code(), Code::Input);
        assert!(error.to_string().contains("settings.json"), "{error}");
    }

    #[test]
    fn text_that_nobody_can_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("settings.json");
        let tiny = Preferences { text_size: 3, ..Preferences::default() };
        assert_eq!(tiny.write(&file).unwrap_err().code(), Code::Input);
        assert!(!file.exists());
    }
}
