//! Conversation logs in and out, one file a format.
//!
//! [`read`] recognises a log by its content and hands over what it finds, piece
//! by piece; [`preview`] reads the same way and keeps a summary:
//!
//! ```
//! use std::path::Path;
//!
//! use jiff::tz::TimeZone;
//! use sotto::logs::{self, Format, Input, Options};
//!
//! # fn main() -> sotto::Result<()> {
//! let text = "[24/12/2025, 18:03:10] Anna: Merry Christmas!\n[24/12/2025, 18:04:00] Bob: And to you";
//! let mut input = Input::from_reader(text.as_bytes(), Path::new("_chat.txt"))?;
//! let log = logs::preview(&mut input, &Options::new(TimeZone::UTC, 0))?;
//! assert_eq!(log.format, Some(Format::WhatsApp));
//! assert_eq!(log.participants["Anna"], 1);
//! assert_eq!(log.beginning[1].text, "And to you");
//! # Ok(())
//! # }
//! ```
//!
//! To add a format: write its file, and add it to `READERS` or
//! [`export::FORMATS`].

mod archive;
mod backup;
mod chatgpt;
mod conll;
mod csv;
mod discord;
mod doccano;
mod document;
pub mod export;
mod found;
mod headings;
mod html;
mod identity;
mod input;
mod json_fields;
pub mod jsonl;
mod label_studio;
mod markdown;
mod messenger;
mod notices;
mod parquet;
pub mod pseudonyms;
mod rasa;
pub mod redact;
mod selection;
mod shift;
mod signal;
mod slack;
mod srt;
mod stamped;
mod telegram;
mod text;
mod times;
mod transcript;
mod webvtt;
mod whatsapp;
mod whisper;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Serialize;

pub use csv::{Columns, table_headings as headings};
pub use found::{Found, Identity, Log, Utterance, Warning};
pub(crate) use identity::{Keyed, Keys};
pub use input::Input;
pub use times::DayOrder;

use found::Record;
use input::Head;

use crate::{Code, Error, Result};

/// The speaker of lines that a program wrote: "Anna was added".
pub const SYSTEM: &str = "system";

/// The speaker of lines of which the log does not say who said them.
pub const UNNAMED: &str = "speaker";

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "LogFormat"))]
pub enum Format {
    /// WhatsApp's "Export chat": a text, alone or in a zip with its media.
    WhatsApp,
    /// Telegram Desktop's `result.json`, of one chat or of the whole account.
    Telegram,
    /// A Slack workspace export: a zip with a folder a channel.
    Slack,
    /// JSON of [DiscordChatExporter](https://github.com/Tyrrrz/DiscordChatExporter).
    Discord,
    /// JSON of Facebook Messenger or Instagram, `message_1.json`.
    Messenger,
    /// Text of signal-export: `[2026-01-31, 18:30] Anna: hello`.
    Signal,
    /// ChatGPT's `conversations.json`.
    ChatGpt,
    /// [WebVTT](https://www.w3.org/TR/webvtt1/) captions; Zoom and Teams write them.
    WebVtt,
    /// SubRip captions.
    Srt,
    /// JSON of Whisper, WhisperX or whisper.cpp.
    Whisper,
    /// [JSON Lines](https://jsonlines.org), Sotto's own export among them.
    Jsonl,
    /// A table with a header row.
    Csv,
    /// Plain text, `Anna: hello`.
    Text,
    /// Sotto's own database: a backup.
    Sotto,
}

impl Format {
    /// Every format, in the order in which they are tried.
    pub fn all() -> impl Iterator<Item = Format> {
        READERS.iter().map(|reader| reader.format())
    }

    /// What it is called on the command line and in the window.
    pub fn name(self) -> &'static str {
        match self {
            Format::WhatsApp => "whatsapp",
            Format::Telegram => "telegram",
            Format::Slack => "slack",
            Format::Discord => "discord",
            Format::Messenger => "messenger",
            Format::Signal => "signal",
            Format::ChatGpt => "chatgpt",
            Format::WebVtt => "webvtt",
            Format::Srt => "srt",
            Format::Whisper => "whisper",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Text => "text",
            Format::Sotto => "sotto",
        }
    }
}

/// What a log does not say of itself.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where local times without an offset were written.
    pub timezone: TimeZone,
    /// The moment at which a log without dates begins: UTC, milliseconds since
    /// the Unix epoch.
    pub start: i64,
    /// How to read 3/4/2025; inferred from the whole log when `None`.
    pub order: Option<DayOrder>,
    /// The format, when its content does not tell.
    pub format: Option<Format>,
    /// Which columns of a table hold what.
    pub columns: Columns,
}

impl Options {
    /// Local times are of `timezone`, a log without dates begins at `start`, and
    /// all else is found out.
    pub fn new(timezone: TimeZone, start: i64) -> Options {
        Options { timezone, start, order: None, format: None, columns: Columns::default() }
    }
}

/// A format that can be read.
trait Reader: Sync {
    /// Which one.
    fn format(&self) -> Format;

    /// Whether this is what a log of this format begins like.
    fn recognises(&self, head: &Head<'_>) -> bool;

    /// Hands all of it to `record`.
    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()>;
}

/// Every format; the first that recognises a log reads it.
const READERS: &[&dyn Reader] = &[
    &backup::Backup,
    &slack::Slack,
    &discord::Discord,
    &messenger::Messenger,
    &telegram::Telegram,
    &chatgpt::ChatGpt,
    &whisper::Whisper,
    &webvtt::WebVtt,
    &srt::Srt,
    &signal::Signal,
    &whatsapp::WhatsApp,
    &jsonl::Jsonl,
    &csv::Csv,
    &text::Text,
];

/// Reads a log and hands what it finds to `each`, in order; stops at the first
/// error that `each` gives. Texts, tables and JSON Lines are read in constant
/// memory; a JSON document is held whole.
///
/// # Errors
/// [`Code::Input`] if no format recognises it, if it is damaged beyond reading
/// on, or if an archive would unpack to more than is sane; [`Code::File`] if it
/// cannot be read. Damage that can be read around is a [`Found::Warning`].
pub fn read(input: &mut Input, options: &Options, each: &mut dyn FnMut(Found) -> Result<()>) -> Result<()> {
    let mut record = Record::new(options, each);
    read_any(input, &mut record)?;
    record.finish()
}

/// Reads a log, or an archive of logs.
fn read_any(input: &mut Input, record: &mut Record<'_>) -> Result<()> {
    if input.is_archive() && !slack::Slack.recognises(&input.head()?) {
        return archive::read(input, record);
    }
    read_one(input, record)
}

/// Whether there is a format for it.
fn recognised(input: &mut Input, record: &Record<'_>) -> Result<bool> {
    Ok(reader(&input.head()?, record.options).is_some())
}

fn reader(head: &Head<'_>, options: &Options) -> Option<&'static dyn Reader> {
    let fitting = |reader: &&&'static dyn Reader| match options.format {
        Some(format) => reader.format() == format && reader.fits(head),
        None => reader.recognises(head),
    };
    READERS.iter().find(fitting).copied()
}

/// Reads one log that is not an archive of others.
fn read_one(input: &mut Input, record: &mut Record<'_>) -> Result<()> {
    let chosen = record.options.format;
    let Some(reader) = reader(&input.head()?, record.options) else {
        let names = Format::all().map(Format::name).collect::<Vec<_>>().join(", ");
        let name = input.name().display();
        let sentence = match chosen {
            Some(format) => {
                format!("{name} cannot be read as {}; leave the format out to have it found", format.name())
            }
            None => format!(
                "{name} is not a conversation that Sotto can read; choose a format if it is one of {names}"
            ),
        };
        return Err(Error::new(Code::Input, sentence));
    };
    let format = reader.format();
    record.begin(format, input.encoding())?;
    reader.read(input, record)
}

impl dyn Reader {
    /// Whether it could be this format at all: lines for a text, a JSON document
    /// for the rest.
    fn fits(&self, head: &Head<'_>) -> bool {
        match head {
            Head::Lines(_) => matches!(
                self.format(),
                Format::WhatsApp
                    | Format::Signal
                    | Format::WebVtt
                    | Format::Srt
                    | Format::Jsonl
                    | Format::Csv
                    | Format::Text
            ),
            _ => self.recognises(head),
        }
    }
}

/// Reads a log and keeps what there is to say of it before anything is stored.
///
/// # Errors
/// As [`read`].
pub fn preview(input: &mut Input, options: &Options) -> Result<Log> {
    let mut log = Log::default();
    read(input, options, &mut |found| {
        log.note(&found);
        Ok(())
    })?;
    Ok(log)
}

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
