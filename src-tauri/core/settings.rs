//! What the window's settings show, as plain data.

use std::path::PathBuf;

use serde::Serialize;

use crate::{Card, Contents, Preferences, Problem};

/// What was chosen and what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Settings {
    /// What the user chose for this computer.
    pub preferences: Preferences,
    /// The file it is kept in.
    pub file: PathBuf,
    /// Why it could not be read, if so.
    pub problem: Option<Problem>,
    /// The version of Sotto.
    pub version: String,
    /// The data folder.
    pub data: PathBuf,
    /// Whether it was named on the command line, and so cannot be moved from here.
    pub data_fixed: bool,
    /// What is in it; `None` if it cannot be opened.
    pub contents: Option<Contents>,
    /// For how many days what was said is kept; `None` for as long as there is room.
    pub retention: Option<u32>,
    /// The model pack; `None` if there is none, or none that can be read.
    pub model: Option<Card>,
    /// Whether it was named on the command line, and so cannot be changed from here.
    pub model_fixed: bool,
    /// Whether the system starts Sotto when its user logs in.
    pub at_login: bool,
    /// Whether the system lets a program have keys that work everywhere.
    pub shortcuts: bool,
}

/// What became of a restored backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Restored {
    /// What it brought.
    pub contents: Contents,
    /// Where the data is kept that was there before.
    pub aside: PathBuf,
}
