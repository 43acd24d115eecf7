//! `sotto import`: conversations from other programs.

use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime, civil};
use serde_json::json;
use sotto::logs::{self, Columns, DayOrder, Input, Log, Options};
use sotto::{Assistant, Code, Error, Imported, Result};

use crate::stdio::{output, written};
use crate::{DataOption, NowOption, PackOption};

/// Import conversations: WhatsApp, Telegram, Slack, Discord, captions, tables ...
#[derive(Args)]
#[command(after_help = "Examples:
  sotto import --preview 'WhatsApp Chat with Anna.zip'
  sotto import chat.txt --day-first --timezone Europe/Berlin
  sotto import result.json slack-export.zip --tag
  sotto import cases.csv --columns text=Body,speaker=Who,time=When
  sotto import exports/ sotto.db
  unzip -p export.zip conversations.json | sotto import -

The format is found by the content; a folder is taken with all that is in it.
Each file is taken in whole or not at all,
and importing a file again adds only what is new in it. Lines that could not be
read are listed; the exit code is 1 if a file could not be imported, else 0.")]
pub struct Import {
    /// Files or folders to import; - is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Show what is in the files and change nothing
    #[arg(long)]
    preview: bool,
    /// Then tag the imported messages
    #[arg(long, conflicts_with = "preview")]
    tag: bool,
    /// Time zone of the times in the log, for example Europe/Berlin [default: the system's]
    #[arg(long, value_name = "ZONE", value_parser = timezone)]
    timezone: Option<TimeZone>,
    /// 3/4/2025 is 3 April
    #[arg(long, conflicts_with = "month_first")]
    day_first: bool,
    /// 3/4/2025 is March 4
    #[arg(long)]
    month_first: bool,
    /// When a log without dates begins, for example 2026-01-31T18:30 [default: the file's date]
    #[arg(long, value_name = "TIME")]
    start: Option<civil::DateTime>,
    /// Format of the files [default: found by their content]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Columns of a table, as in text=Body,speaker=Who,time=When,conversation=Case
    #[arg(long, value_name = "COLUMNS", value_parser = columns)]
    columns: Option<Columns>,
    /// Print one JSON object a file
    #[arg(long)]
    json: bool,
    /// How many messages to tag at a time [default: one a core]
    #[arg(long, value_name = "N", requires = "tag")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    now: NowOption,
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    pack: PackOption,
}

/// The formats by the names that the core gives them.
#[derive(Clone, Copy)]
struct Format(logs::Format);

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        use logs::Format as F;
        const ALL: [Format; 14] = [
            Format(F::WhatsApp),
            Format(F::Telegram),
            Format(F::Slack),
            Format(F::Discord),
            Format(F::Messenger),
            Format(F::Signal),
            Format(F::ChatGpt),
            Format(F::WebVtt),
            Format(F::Srt),
            Format(F::Whisper),
            Format(F::Jsonl),
            Format(F::Csv),
            Format(F::Text),
            Format(F::Sotto),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}

pub fn timezone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| "write it like Europe/Berlin or America/New_York".to_owned())
}

fn columns(text: &str) -> Result<Columns, String> {
    Columns::parse(text).map_err(|error| error.to_string())
}

impl Import {
    pub fn run(self) -> Result<()> {
        let assistant = if self.preview { None } else { Some(self.data.assistant()?) };
        let mut out = output();
        let mut bad = 0;
        for file in &self.files {
            if let Err(error) = self.one(file, assistant.as_ref(), &mut out) {
                // A pipe that is closed, or a full disk, is no matter of this file.
                if error.io_kind() == Some(std::io::ErrorKind::BrokenPipe) {
                    return Err(error);
                }
                eprintln!("sotto: {error}");
                bad += 1;
            }
        }
        written(out.flush())?;
        if let (true, Some(assistant)) = (self.tag, &assistant) {
            tag_stored(assistant, &self.pack, self.threads, &self.now.get())?;
        }
        match bad {
            0 => Ok(()),
            1 if self.files.len() == 1 => Err(Error::new(Code::Input, "nothing was imported")),
            _ => Err(Error::new(
                Code::Input,
                format!("{bad} of {} files were not imported; see above", self.files.len()),
            )),
        }
    }

    fn one(&self, file: &Path, assistant: Option<&Assistant>, out: &mut dyn Write) -> Result<()> {
        let mut input = if file == Path::new("-") {
            Input::from_reader(std::io::stdin(), Path::new("standard input"))?
        } else {
            Input::open(file)?
        };
        let options = self.options(file);
        let bar = progress("{spinner} {pos} messages read  {elapsed}", None);
        let imported = match assistant {
            None => Imported {
                log: logs::preview(&mut input, &options)?,
                added: 0,
                known: 0,
                conversations: Vec::new(),
            },
            Some(assistant) => assistant.import(&mut input, &options, &mut |messages| {
                bar.set_position(messages);
                Ok(())
            })?,
        };
        bar.finish_and_clear();
        if self.json {
            let mut shown = json!({"file": file, "log": imported.log});
            if assistant.is_some() {
                shown["added"] = imported.added.into();
                shown["known"] = imported.known.into();
                shown["conversations"] = imported.conversations.into();
            }
            return written(writeln!(out, "{shown}"));
        }
        let log = &imported.log;
        for warning in &log.warnings {
            eprintln!("sotto: {}: {warning}", file.display());
        }
        let more = log.warning_count.saturating_sub(log.warnings.len() as u64);
        if more > 0 {
            eprintln!("sotto: {}: {more} more warnings", file.display());
        }
        written(if assistant.is_some() {
            writeln!(
                out,
                "{}: {} messages imported, {} were there already ({}, {})",
                file.display(),
                imported.added,
                imported.known,
                name(log),
                log.encoding
            )
        } else {
            show(file, log, &options.timezone, out)
        })
    }

    fn options(&self, file: &Path) -> Options {
        let timezone = self.timezone.clone().unwrap_or_else(|| self.now.get().time_zone().clone());
        let given =
            self.start.and_then(|start| timezone.to_timestamp(start).ok()).map(Timestamp::as_millisecond);
        let start =
            given.or_else(|| modified(file)).unwrap_or_else(|| self.now.get().timestamp().as_millisecond());
        Options {
            order: match (self.day_first, self.month_first) {
                (true, _) => Some(DayOrder::DayFirst),
                (_, true) => Some(DayOrder::MonthFirst),
                _ => None,
            },
            format: self.format.map(|format| format.0),
            columns: self.columns.clone().unwrap_or_default(),
            ..Options::new(timezone, start)
        }
    }
}

/// Tags what is stored and was not tagged by this model pack.
pub fn tag_stored(
    assistant: &Assistant,
    pack: &PackOption,
    threads: Option<NonZeroUsize>,
    now: &ZonedDateTime,
) -> Result<()> {
    assistant.install(pack.load(), now)?;
    let threads = threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let bar = progress("{bar:30} {percent:>3} %  {pos} of {len} messages tagged  {eta} left", Some(0));
    let done = assistant.tag_stored(threads, now, &mut |tagging| {
        bar.set_length(tagging.total);
        bar.set_position(tagging.tagged);
        true
    })?;
    bar.finish_and_clear();
    eprintln!("{} messages tagged", done.tagged);
    match done.failed {
        0 => Ok(()),
        failed => Err(Error::new(Code::Inference, format!("{failed} messages could not be tagged"))),
    }
}

/// Something moves on the terminal, if there is one.
pub fn progress(template: &str, length: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = length.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// When the file was last written: UTC, milliseconds.
fn modified(file: &Path) -> Option<i64> {
    let modified = std::fs::metadata(file).ok()?.modified().ok()?;
    i64::try_from(modified.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}

fn name(log: &Log) -> &'static str {
    log.format.map_or("unknown", logs::Format::name)
}

/// A log for the eyes of a person.
fn show(file: &Path, log: &Log, timezone: &TimeZone, out: &mut dyn Write) -> std::io::Result<()> {
    let when = |time: i64| {
        let moment = Timestamp::from_millisecond(time).map(|moment| timezone.to_datetime(moment));
        moment.map_or_else(|_| time.to_string(), |local| local.strftime("%Y-%m-%d %H:%M:%S").to_string())
    };
    writeln!(out, "{}", file.display())?;
    writeln!(out, "  format         {} ({})", name(log), log.encoding)?;
    writeln!(out, "  messages       {}", log.messages)?;
    if let (Some(first), Some(last)) = (log.first, log.last) {
        writeln!(out, "  from           {}", when(first))?;
        writeln!(out, "  to             {}", when(last))?;
    }
    if let Some(order) = log.order {
        let order = match order {
            DayOrder::DayFirst => "day first",
            DayOrder::MonthFirst => "month first",
        };
        let sure =
            if log.order_undecided { " (a guess: say --day-first or --month-first to import)" } else { "" };
        writeln!(out, "  dates          {order}{sure}")?;
    }
    for (what, counts) in [("conversations", &log.conversations), ("speakers", &log.participants)] {
        let mut counts: Vec<_> = counts.iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (row, (name, count)) in counts.iter().take(20).enumerate() {
            writeln!(out, "  {:<14} {name} ({count})", if row == 0 { what } else { "" })?;
        }
        if counts.len() > 20 {
            writeln!(out, "  {:<14} and {} more", "", counts.len() - 20)?;
        }
    }
    for said in &log.beginning {
        let text: String = said.text.chars().take(100).collect();
        let text = text.replace(['\r', '\n'], " ⏎ ");
        writeln!(out, "    [{}] {}: {text}", when(said.time), said.speaker)?;
    }
    Ok(())
}
