//! Conversations on their way out, one file a format.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

pub use super::label_studio::interface as label_studio_interface;
use super::redact::Redaction;
pub use super::selection::{Selection, Tag, TagKind};
use super::shift::shifted;
use super::{conll, csv, doccano, html, jsonl, label_studio, markdown, parquet, rasa, text};
use crate::{Conversation, Error, Message, Result};

/// The formats that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON Lines, the native format: everything, a message a line.
    Jsonl,
    /// A table ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)).
    Csv,
    /// Markdown for people.
    Markdown,
    /// One HTML page, to be printed.
    Html,
    /// Plain text for people.
    Text,
    /// [CoNLL-2003](https://www.clips.uantwerpen.be/conll2003/ner/) with IOB2 tags; spaCy reads it.
    Conll,
    /// [doccano](https://doccano.github.io/doccano/)'s JSONL for sequence labelling.
    Doccano,
    /// [Label Studio](https://labelstud.io/guide/predictions) tasks with predictions.
    LabelStudio,
    /// [Rasa](https://rasa.com/docs/rasa/training-data-format/) NLU training data.
    Rasa,
    /// [Apache Parquet](https://parquet.apache.org): typed columns for data frames.
    Parquet,
}

/// Every format.
pub const FORMATS: [Format; 10] = [
    Format::Jsonl,
    Format::Csv,
    Format::Markdown,
    Format::Html,
    Format::Text,
    Format::Conll,
    Format::Doccano,
    Format::LabelStudio,
    Format::Rasa,
    Format::Parquet,
];

impl Format {
    /// What it is called on the command line and in the window.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Text => "text",
            Format::Conll => "conll",
            Format::Doccano => "doccano",
            Format::LabelStudio => "label-studio",
            Format::Rasa => "rasa",
            Format::Parquet => "parquet",
        }
    }

    /// The usual ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jsonl | Format::Doccano => "jsonl",
            Format::Csv => "csv",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Text => "txt",
            Format::Conll => "conll",
            Format::LabelStudio => "json",
            Format::Rasa => "yml",
            Format::Parquet => "parquet",
        }
    }

    /// Whether it is for programs only: no terminal can show it.
    pub fn is_binary(self) -> bool {
        self == Format::Parquet
    }

    fn form(self, choices: &Choices) -> Result<Form> {
        Ok(Form::Text(match self {
            Format::Parquet => return Ok(Form::Columns(Box::new(parquet::Columns::begin()?))),
            Format::Jsonl => Box::new(jsonl::JsonLines),
            Format::Csv => Box::new(csv::Table::new(choices)),
            Format::Markdown => Box::new(markdown::Markdown::default()),
            Format::Html => Box::new(html::Page::default()),
            Format::Text => Box::new(text::TextLog::default()),
            Format::Conll => Box::new(conll::Conll),
            Format::Doccano => Box::new(doccano::Doccano),
            Format::LabelStudio => Box::new(label_studio::LabelStudio::default()),
            Format::Rasa => Box::new(rasa::Rasa::default()),
        }))
    }
}

/// How an export is to be written.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Which format.
    pub format: Format,
    /// Whether names, places, numbers and addresses are replaced.
    pub redact: bool,
    /// Whether a table begins with the mark by which Excel knows UTF-8.
    pub excel: bool,
    /// Where the times are shown that people read; other formats hold UTC.
    pub timezone: TimeZone,
    /// Which messages.
    pub selection: Selection,
    /// By how many days every time is moved.
    pub shift_days: i64,
    /// Pseudonyms of an earlier export that keep their meaning.
    pub pseudonyms: BTreeMap<String, String>,
    /// Whether the model's tags are written where the user has corrected them. JSON
    /// Lines holds both.
    pub uncorrected: bool,
}

impl Choices {
    /// Plainly in `format`, times shown in UTC.
    pub fn new(format: Format) -> Choices {
        Choices {
            format,
            redact: false,
            excel: false,
            timezone: TimeZone::UTC,
            selection: Selection::default(),
            shift_days: 0,
            pseudonyms: BTreeMap::new(),
            uncorrected: false,
        }
    }
}

/// A format that is written piece by piece.
pub(super) trait Writer {
    /// What stands before everything.
    fn begin(&mut self, _out: &mut String) {}

    /// What stands before the messages of a conversation.
    fn conversation(&mut self, conversation: &Conversation, out: &mut String);

    /// A message; `moment` is its time for people.
    fn message(&mut self, message: &Message, moment: &str, out: &mut String);

    /// What stands after everything.
    fn end(&mut self, _out: &mut String) {}
}

/// How a format is written.
enum Form {
    Text(Box<dyn Writer>),
    Columns(Box<parquet::Columns>),
}

/// An export under way: conversations, each followed by its messages, then
/// [`Export::end`].
pub struct Export<'a> {
    form: Form,
    redaction: Option<&'a mut Redaction>,
    shift_days: i64,
    timezone: TimeZone,
    /// Whether the corrections are put in place of what they correct.
    corrected: bool,
    /// Whether what is corrected stands beside what corrects it.
    both: bool,
    out: &'a mut dyn Write,
    name: &'a Path,
    buffer: String,
}

impl<'a> Export<'a> {
    /// Begins to write to `out`, which errors call `name`; what `redaction` hides
    /// is replaced.
    pub fn begin(
        choices: &Choices,
        redaction: Option<&'a mut Redaction>,
        out: &'a mut dyn Write,
        name: &'a Path,
    ) -> Result<Export<'a>> {
        let mut export = Export {
            form: choices.format.form(choices)?,
            redaction,
            shift_days: choices.shift_days,
            timezone: choices.timezone.clone(),
            corrected: !choices.uncorrected,
            both: choices.format == Format::Jsonl,
            out,
            name,
            buffer: String::new(),
        };
        if let Form::Text(writer) = &mut export.form {
            writer.begin(&mut export.buffer);
        }
        export.flush()?;
        Ok(export)
    }

    /// The conversation of the messages that follow.
    pub fn conversation(&mut self, conversation: &Conversation) -> Result<()> {
        let mut conversation = conversation.clone();
        if self.redaction.is_some() {
            // A title is made of what was said, or of a name.
            conversation.title = format!("Conversation {}", conversation.id);
        }
        if let Form::Text(writer) = &mut self.form {
            writer.conversation(&conversation, &mut self.buffer);
        }
        self.flush()
    }

    /// The next message of the conversation.
    pub fn message(&mut self, message: &Message) -> Result<()> {
        let mut message = Cow::Borrowed(message);
        if let Some(redaction) = &mut self.redaction {
            message = Cow::Owned(redaction.apply(&message));
        }
        if let (false, Some(correction)) = (self.both, &message.correction) {
            let apply = |analysis| if self.corrected { correction.apply(analysis) } else { analysis.clone() };
            let analysis = message.analysis.as_ref().map(apply);
            message = Cow::Owned(Message { analysis, correction: None, ..message.into_owned() });
        }
        if self.shift_days != 0 {
            message = Cow::Owned(shifted(message.into_owned(), self.shift_days));
        }
        match &mut self.form {
            Form::Text(writer) => {
                let moment = shown(message.time, &self.timezone);
                writer.message(&message, &moment, &mut self.buffer);
                self.flush()
            }
            Form::Columns(columns) => {
                let ready = columns.message(message.into_owned())?;
                write(self.out, self.name, &ready)
            }
        }
    }

    /// What stands after everything.
    pub fn end(mut self) -> Result<()> {
        match self.form {
            Form::Text(mut writer) => {
                writer.end(&mut self.buffer);
                write(self.out, self.name, self.buffer.as_bytes())
            }
            Form::Columns(columns) => write(self.out, self.name, &columns.end()?),
        }
    }

    fn flush(&mut self) -> Result<()> {
        write(self.out, self.name, self.buffer.as_bytes())?;
        self.buffer.clear();
        Ok(())
    }
}

fn write(out: &mut dyn Write, name: &Path, bytes: &[u8]) -> Result<()> {
    out.write_all(bytes).map_err(|error| Error::file("cannot write", name, error))
}

/// A time for people: `2026-01-31 18:30:00`.
fn shown(time: i64, timezone: &TimeZone) -> String {
    match Timestamp::from_millisecond(time) {
        Ok(moment) => timezone.to_datetime(moment).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Err(_) => format!("{time} ms"),
    }
}

/// A time for programs: `2026-01-31T17:30:00Z`.
pub(super) fn utc(time: i64) -> String {
    Timestamp::from_millisecond(time).map_or_else(|_| time.to_string(), |moment| moment.to_string())
}

/// JSON that cannot fail: our own types have string keys and finite numbers or
/// `null`.
pub(super) fn wire_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// JSON that stays on one line, also for programs that take U+2028 and the like for
/// a line's end, as Python's `splitlines` does.
pub(super) fn json_line(json: String) -> String {
    const ENDS: [(char, &str); 3] = [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
    if !json.contains(ENDS.map(|(end, _)| end)) {
        return json;
    }
    ENDS.iter().fold(json, |json, (end, escaped)| json.replace(*end, escaped))
}

/// The name on the wire of an enum without fields; JSON for anything else.
pub(super) fn wire_name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => wire_json(value),
    }
}

/// Text that has to stay on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "reminder 98 % · request · neutral": what was understood, for people.
pub(super) fn summary(analysis: &crate::Analysis) -> String {
    format!(
        "{} {:.0} % · {} · {}",
        analysis.intent.name,
        analysis.intent.confidence * 100.0,
        analysis.act.name,
        wire_name(&analysis.sentiment.name)
    )
}
