//! `sotto export`: conversations with their tags, for other tools.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use jiff::tz::TimeZone;
use jiff::{ZonedDateTime, civil};
use sotto::logs::export::{self, Choices, Selection, Tag};
use sotto::logs::pseudonyms;
use sotto::{Code, Error, Query, Result};

use crate::DataOption;
use crate::stdio::{output, written};

/// What each line of JSON Lines is.
const SCHEMA: &str = include_str!("../../docs/schema/message.schema.json");

/// Export conversations with their tags: JSON Lines, CSV, CoNLL, Label Studio ...
#[derive(Args)]
#[command(after_help = "Examples:
  sotto export > everything.jsonl
  sotto export --conversation 3 --output boiler.jsonl
  sotto export --speaker Anna --from 2026-01-01 --until 2026-02-01 --search boiler
  sotto export --query 'boiler from:anna after:\"last week\" -sentiment:positive'
  sotto export --tag intent=reminder --tag entity=person --min-confidence 0.8
  sotto export --format parquet --output chats.parquet
  sotto export --format csv --excel --output chats.csv
  sotto export --format conll --redact --pseudonyms key.json > train.conll
  sotto export --redact --shift-dates -400 | other-tool
  sotto export --corrected --tags model --format csv > what-the-model-said.csv
  sotto export --schema > message.schema.json

Filters add up: a message has to pass all of them; of --conversation, --speaker
and --tag of one kind any will do. Redaction hides what the model and the rules
see: names, places, organisations, numbers, mail addresses, phone numbers, web
addresses. Read the result before you hand it on. A file of pseudonyms that is
there already is gone on with, so that two exports name people alike.

The exit code is 0, or 1 if nothing could be written, with the reason.")]
pub struct Export {
    /// How to write it
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// Only this conversation; may be said several times
    #[arg(long, value_name = "NUMBER")]
    conversation: Vec<i64>,
    /// Only what this person says; may be said several times
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,
    /// Only from this day or time on, for example 2026-01-31 or 2026-01-31T18:30
    #[arg(long, value_name = "TIME")]
    from: Option<civil::DateTime>,
    /// Only before this day or time
    #[arg(long, value_name = "TIME")]
    until: Option<civil::DateTime>,
    /// Only messages that hold all of these words or beginnings of words
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Only what this search finds, in the language of the search box and of sotto search
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// Only messages with this tag: intent=, act=, sentiment= or entity= and a name
    #[arg(long, value_name = "TAG", value_parser = tag)]
    tag: Vec<Tag>,
    /// Only messages whose intent is at least this likely, from 0 to 1
    #[arg(long, value_name = "P", value_parser = probability)]
    min_confidence: Option<f32>,
    /// Only messages of which you corrected a tag
    #[arg(long)]
    corrected: bool,
    /// Whose tags to write; JSON Lines holds both
    #[arg(long, value_enum, default_value_t = Tags::Effective)]
    tags: Tags,
    /// Replace names, places, numbers and addresses by PERSON_1, PLACE_2 ...
    #[arg(long)]
    redact: bool,
    /// Keep what each pseudonym stands for in this file
    #[arg(long, value_name = "FILE", requires = "redact")]
    pseudonyms: Option<PathBuf>,
    /// Move every time by this many days, back if negative
    #[arg(
        long,
        value_name = "DAYS",
        allow_negative_numbers = true,
        default_value_t = 0,
        hide_default_value = true
    )]
    shift_dates: i32,
    /// Begin a table with the mark by which Excel knows its encoding
    #[arg(long)]
    excel: bool,
    /// Time zone of --from, --until and the times that people read [default: the system's]
    #[arg(long, value_name = "ZONE", value_parser = crate::import::timezone)]
    timezone: Option<TimeZone>,
    /// File to write, whole or not at all; - is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-", hide_default_value = true)]
    output: PathBuf,
    /// Print the JSON Schema of a line of JSON Lines, and nothing else
    #[arg(long)]
    schema: bool,
    #[command(flatten)]
    data: DataOption,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Tags {
    /// Yours where you corrected one, else the model's
    Effective,
    /// The model's, as if nothing had been corrected
    Model,
}

fn tag(text: &str) -> Result<Tag, String> {
    Tag::parse(text).map_err(|error| error.to_string())
}

fn probability(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "write a number from 0 to 1, such as 0.8".to_owned())
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
        let mut out = output();
        if self.schema {
            written(out.write_all(SCHEMA.as_bytes()))?;
            return written(out.flush());
        }
        let piped = self.output == Path::new("-");
        if piped && self.format.0.is_binary() && std::io::stdout().is_terminal() {
            let name = self.format.0.name();
            return Err(Error::new(
                Code::Input,
                format!("{name} is nothing for a terminal; name a file, as in --output chats.{name}"),
            ));
        }
        let assistant = self.data.assistant()?;
        let choices = self.choices()?;
        let bar = progress();
        let mut told = |messages| bar.set_position(messages);
        let now = ZonedDateTime::now().with_time_zone(choices.timezone.clone());
        let query = self.query.as_deref().map(|query| Query::parse(query, &now)).transpose()?;
        let mut write = |out: &mut dyn Write, name: &Path| match &query {
            Some(query) => assistant.export_query(query, &choices, (out, name), None, &mut |messages| {
                told(messages);
                Ok(())
            }),
            None => assistant.export_telling(None, &choices, out, name, &mut told),
        };
        let exported = if piped {
            let exported = write(&mut out, Path::new("standard output"))?;
            written(out.flush())?;
            exported
        } else {
            sotto::logs::write_whole(&self.output, |out| write(out, &self.output))?
        };
        bar.finish_and_clear();
        if !piped {
            eprintln!("{} messages written to {}", exported.messages, self.output.display());
        }
        self.pseudonyms.as_deref().map_or(Ok(()), |path| pseudonyms::write(path, &exported.pseudonyms))
    }

    fn choices(&self) -> Result<Choices> {
        let timezone = self.timezone.clone().unwrap_or_else(TimeZone::system);
        let moment = |time: Option<civil::DateTime>| {
            let moment = time.map(|time| timezone.to_timestamp(time)).transpose();
            moment.map(|moment| moment.map(|moment| moment.as_millisecond())).map_err(|error| {
                Error::new(Code::Input, "--from or --until is a time that no calendar has").because(error)
            })
        };
        let selection = Selection {
            conversations: self.conversation.clone(),
            speakers: self.speaker.clone(),
            from: moment(self.from)?,
            until: moment(self.until)?,
            words: self.search.iter().flat_map(|words| words.split_whitespace()).map(str::to_owned).collect(),
            tags: self.tag.clone(),
            confidence: self.min_confidence,
            corrected: self.corrected,
        };
        Ok(Choices {
            redact: self.redact,
            excel: self.excel,
            uncorrected: self.tags == Tags::Model,
            selection,
            shift_days: self.shift_dates.into(),
            pseudonyms: self.pseudonyms.as_deref().map(pseudonyms::read).transpose()?.unwrap_or_default(),
            timezone,
            ..Choices::new(self.format.0)
        })
    }
}

/// Something moves on the terminal while the export goes elsewhere.
fn progress() -> ProgressBar {
    if std::io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    crate::import::progress("{spinner} {pos} messages written  {elapsed}", None)
}
