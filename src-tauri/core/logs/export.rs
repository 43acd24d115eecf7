//! Conversations on their way out, one file a format.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::redact::Redaction;
use super::{conll, csv, doccano, html, jsonl, label_studio, markdown, rasa, text};
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
}

/// Every format.
pub const FORMATS: [Format; 9] = [
    Format::Jsonl,
    Format::Csv,
    Format::Markdown,
    Format::Html,
    Format::Text,
    Format::Conll,
    Format::Doccano,
    Format::LabelStudio,
    Format::Rasa,
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
        }
    }

    fn writer(self, choices: &Choices) -> Box<dyn Writer> {
        match self {
            Format::Jsonl => Box::new(jsonl::JsonLines),
            Format::Csv => Box::new(csv::Table::new(choices)),
            Format::Markdown => Box::new(markdown::Markdown::default()),
            Format::Html => Box::new(html::Page::default()),
            Format::Text => Box::new(text::TextLog::default()),
            Format::Conll => Box::new(conll::Conll),
            Format::Doccano => Box::new(doccano::Doccano),
            Format::LabelStudio => Box::new(label_studio::LabelStudio::default()),
            Format::Rasa => Box::new(rasa::Rasa::default()),
        }
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
    /// Whether the model's tags are written where the user has corrected them. JSON
    /// Lines holds both.
    pub uncorrected: bool,
}

impl Choices {
    /// Plainly in `format`, times shown in UTC.
    pub fn new(format: Format) -> Choices {
        Choices { format, redact: false, excel: false, timezone: TimeZone::UTC, uncorrected: false }
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

/// An export under way: conversations, each followed by its messages, then
/// [`Export::end`].
pub struct Export<'a> {
    writer: Box<dyn Writer>,
    redaction: Option<&'a mut Redaction>,
    timezone: TimeZone,
    /// Whether the corrections are put in place of what they correct.
    corrected: bool,
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
        let writer = choices.format.writer(choices);
        let timezone = choices.timezone.clone();
        let corrected = !choices.uncorrected && choices.format != Format::Jsonl;
        let mut export = Export { writer, redaction, timezone, corrected, out, name, buffer: String::new() };
        export.writer.begin(&mut export.buffer);
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
        self.writer.conversation(&conversation, &mut self.buffer);
        self.flush()
    }

    /// The next message of the conversation.
    pub fn message(&mut self, message: &Message) -> Result<()> {
        let moment = shown(message.time, &self.timezone);
        let mut message = Cow::Borrowed(message);
        if let Some(redaction) = &mut self.redaction {
            message = Cow::Owned(redaction.apply(&message));
        }
        if let (true, Some(correction)) = (self.corrected, &message.correction) {
            let analysis = message.analysis.as_ref().map(|analysis| correction.apply(analysis));
            message = Cow::Owned(Message { analysis, ..message.into_owned() });
        }
        self.writer.message(&message, &moment, &mut self.buffer);
        self.flush()
    }

    /// What stands after everything.
    pub fn end(mut self) -> Result<()> {
        self.writer.end(&mut self.buffer);
        self.flush()
    }

    fn flush(&mut self) -> Result<()> {
        self.out
            .write_all(self.buffer.as_bytes())
            .map_err(|error| Error::file("cannot write", self.name, error))?;
        self.buffer.clear();
        Ok(())
    }
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
