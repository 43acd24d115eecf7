//! `sotto export`: conversations with their tags, for other tools.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use sotto::logs::export::{self, Choices};
use sotto::{Error, Exported, Result};

use crate::DataOption;
use crate::stdio::{output, written};

/// Export conversations with their tags: JSON Lines, CSV, CoNLL, Label Studio ...
#[derive(Args)]
#[command(after_help = "Examples:
  sotto export > everything.jsonl
  sotto export --conversation 3 --output boiler.jsonl
  sotto export --format csv --excel --output chats.csv
  sotto export --format conll --redact --pseudonyms key.json > train.conll

Without a window on it, redaction is what the model and the rules see: names,
places, organisations, numbers, mail addresses, phone numbers, web addresses.
Read the result before you hand it on.")]
pub struct Export {
    /// How to write it
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// Only this conversation
    #[arg(long, value_name = "NUMBER")]
    conversation: Option<i64>,
    /// Replace names, places, numbers and addresses by PERSON_1, PLACE_2 ...
    #[arg(long)]
    redact: bool,
    /// Write what each pseudonym stands for to this file
    #[arg(long, value_name = "FILE", requires = "redact")]
    pseudonyms: Option<PathBuf>,
    /// Begin a table with the mark by which Excel knows its encoding
    #[arg(long)]
    excel: bool,
    /// Time zone of the times that people read [default: the system's]
    #[arg(long, value_name = "ZONE", value_parser = crate::import::timezone)]
    timezone: Option<TimeZone>,
    /// File to write, whole or not at all [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: DataOption,
}

/// The formats by the names that the core gives them.
#[derive(Clone, Copy)]
struct Format(export::Format);

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        const ALL: [Format; export::FORMATS.len()] = {
            let mut all = [Format(export::Format::Jsonl); export::FORMATS.len()];
            let mut index = 0;
            while index < all.len() {
                all[index] = Format(export::FORMATS[index]);
                index += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}

impl Export {
    pub fn run(self) -> Result<()> {
        let assistant = self.data.assistant()?;
        let choices = Choices {
            redact: self.redact,
            excel: self.excel,
            timezone: self.timezone.clone().unwrap_or_else(TimeZone::system),
            ..Choices::new(self.format.0)
        };
        let exported = match self.output.as_deref().filter(|path| *path != Path::new("-")) {
            Some(path) => {
                let exported = assistant.export(self.conversation, &choices, path)?;
                eprintln!("{} messages written to {}", exported.messages, path.display());
                exported
            }
            None => {
                let mut out = output();
                let exported = assistant.export_to(
                    self.conversation,
                    &choices,
                    &mut out,
                    Path::new("standard output"),
                )?;
                written(out.flush())?;
                exported
            }
        };
        self.keep_pseudonyms(&exported)
    }

    fn keep_pseudonyms(&self, exported: &Exported) -> Result<()> {
        let Some(path) = &self.pseudonyms else { return Ok(()) };
        sotto::logs::write_whole(path, |out| {
            let failed = |error| Error::file("cannot write", path, error);
            serde_json::to_writer_pretty(&mut *out, &exported.pseudonyms)
                .map_err(|error| failed(error.into()))?;
            writeln!(out).map_err(failed)
        })
    }
}
