//! Tables ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)), separated by
//! commas, semicolons, tabs or bars, with a row of headings.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use csv_core::{ReadRecordResult, ReaderBuilder};
use serde::Deserialize;

use super::export::{Choices, Writer};
use super::found::{Identity, Record};
use super::headings::{CLOCKS, CONVERSATIONS, DAYS, SPEAKERS, TEXTS, TIMES};
use super::identity::part;
use super::input::{Head, Input};
use super::times::{self, DayOrder, Evidence};
use super::{Format, Reader, UNNAMED};
use crate::{Code, Conversation, Entity, Error, Message, Result};

pub(super) struct Csv;

/// Which columns of a table hold what, by their headings; those not named are
/// found by the usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Columns {
    /// What is said.
    pub text: Option<String>,
    /// Who says it.
    pub speaker: Option<String>,
    /// When.
    pub time: Option<String>,
    /// The conversation it belongs to.
    pub conversation: Option<String>,
}

impl Columns {
    /// Reads `text=Body,speaker=Who,time=When,conversation=Case`.
    ///
    /// # Errors
    /// [`Code::Input`] for anything else.
    pub fn parse(text: &str) -> Result<Columns> {
        let mut columns = Columns::default();
        for pair in text.split(',') {
            let column = match pair.split_once('=').map(|(what, heading)| (what.trim(), heading.trim())) {
                Some(("text", heading)) => columns.text.replace(heading.to_owned()),
                Some(("speaker", heading)) => columns.speaker.replace(heading.to_owned()),
                Some(("time", heading)) => columns.time.replace(heading.to_owned()),
                Some(("conversation", heading)) => columns.conversation.replace(heading.to_owned()),
                _ => {
                    return Err(Error::new(
                        Code::Input,
                        format!(
                            "cannot read {pair:?}; write the columns like text=Body,speaker=Who,time=When"
                        ),
                    ));
                }
            };
            if column.is_some() {
                return Err(Error::new(
                    Code::Input,
                    format!("{pair:?} is the second column for the same thing"),
                ));
            }
        }
        Ok(columns)
    }
}

/// Where in a row things are.
struct Places {
    text: usize,
    speaker: Option<usize>,
    time: Option<usize>,
    /// Where the day stands, if the time is only that of the clock.
    day: Option<usize>,
    conversation: Option<usize>,
    /// What stands in for a text, as DiscordChatExporter writes it.
    attachments: Option<usize>,
}

impl Places {
    fn find(headings: &[String], columns: &Columns) -> Result<Option<Places>> {
        let plain: Vec<String> =
            headings.iter().map(|heading| heading.trim().to_lowercase().replace([' ', '-'], "_")).collect();
        let place = |chosen: &Option<String>, usual: &[&str]| match chosen {
            Some(chosen) => headings
                .iter()
                .position(|heading| heading.trim() == chosen.trim())
                .map(Some)
                .ok_or_else(|| {
                    let known = headings.join(", ");
                    Error::new(Code::Input, format!("there is no column {chosen:?}; the columns are {known}"))
                }),
            None => Ok(usual.iter().find_map(|name| plain.iter().position(|heading| heading == name))),
        };
        let text = place(&columns.text, TEXTS)?;
        let speaker = place(&columns.speaker, SPEAKERS)?;
        let time = place(&columns.time, TIMES)?;
        let conversation = place(&columns.conversation, CONVERSATIONS)?;
        let clock = time.is_some_and(|time| CLOCKS.contains(&plain[time].as_str()));
        let day = place(&None, DAYS)?.filter(|&day| clock && columns.time.is_none() && Some(day) != time);
        let attachments = place(&None, &["attachments"])?.filter(|place| Some(*place) != text);
        Ok(text.map(|text| Places { text, speaker, time, day, conversation, attachments }))
    }

    /// When a row says that it was written, if it says so.
    fn written(&self, row: &Row) -> Option<String> {
        let time = row.cell(self.time?);
        match self.day.map(|day| row.cell(day)) {
            Some(day) if !time.contains(['-', '/', 'T']) => Some(format!("{day} {time}")),
            _ => Some(time),
        }
    }
}

impl Reader for Csv {
    fn format(&self) -> Format {
        Format::Csv
    }

    /// A first row of short headings, one of which is a usual name for a text.
    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Lines(text) = head else { return false };
        let (_, headings) = headings(text);
        headings.len() > 1 && matches!(Places::find(&headings, &Columns::default()), Ok(Some(_)))
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let name = input.name().to_owned();
        let (stem, digest) = (input.stem(), input.digest());
        let timezone = record.options.timezone.clone();
        let start = record.options.start;
        let Head::Lines(head) = input.head()? else { return Ok(()) };
        let (separator, headings) = headings(&head);
        let before = 1 + usize::from(names_separator(&head));
        let Some(places) = Places::find(&headings, &record.options.columns)? else {
            return Err(Error::new(
                Code::Input,
                format!(
                    "cannot tell which column of {} holds the text; name it, as in text=Body",
                    name.display()
                ),
            ));
        };
        let mut evidence = Evidence::default();
        if places.time.is_some() {
            let mut rows = Rows::new(input.reader()?, separator, &name);
            rows.pass(before)?;
            while let Some(row) = rows.next()? {
                if let Some(date) = places.written(&row).and_then(|written| times::open_date(&written)) {
                    evidence.see(date);
                }
            }
        }
        let order = evidence.decide(record.options.order);
        if let Some((order, certain)) = order {
            record.order(order, certain)?;
        }
        let order = order.map_or(DayOrder::DayFirst, |(order, _)| order);

        if places.conversation.is_none() {
            let identity = if places.time.is_some() { Identity::Beginning } else { Identity::File(digest) };
            record.conversation(stem.clone(), identity)?;
        }
        let mut current = None;
        let mut latest = start;
        let mut rows = Rows::new(input.reader()?, separator, &name);
        rows.pass(before)?;
        while let Some(row) = rows.next()? {
            let line = row.line;
            if row.cells.len() != headings.len() {
                let what =
                    format!("has {} columns where the headings are {}", row.cells.len(), headings.len());
                record.warn(line, what)?;
            }
            if row.cells.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
                record.warn(line, "holds bytes that are not text; they became \u{fffd}")?;
            }
            let mut text = row.cell(places.text);
            if text.is_empty()
                && let Some(files) = places.attachments.map(|place| row.cell(place))
            {
                text = files.split(',').filter_map(file_name).collect::<Vec<_>>().join("\n");
            }
            if text.is_empty() {
                record.warn(line, "has no text; passed over")?;
                continue;
            }
            if let Some(place) = places.conversation {
                let name = row.cell(place);
                if current.as_ref() != Some(&name) {
                    let identity = if places.time.is_some() {
                        Identity::Named(name.clone())
                    } else {
                        part(digest, &name)
                    };
                    record.conversation(format!("{stem} {name}").trim(), identity)?;
                    current = Some(name);
                }
            }
            if let Some(written) = places.written(&row) {
                match times::parse(&written, order, &timezone) {
                    Some(time) => latest = time,
                    None => record.warn(
                        line,
                        format!("has the time {written:?}, which cannot be read; it stands at that of the row before"),
                    )?,
                }
            }
            let speaker =
                places.speaker.map(|place| row.cell(place)).filter(|speaker| !speaker.trim().is_empty());
            record.say(speaker.unwrap_or_else(|| UNNAMED.to_owned()), latest, unneutralised(&text))?;
        }
        Ok(())
    }
}

/// A row longer than this is refused: a quotation mark that is never closed
/// makes all that follows one cell.
const LONGEST_ROW: usize = 64 << 20;

/// The rows of a table.
struct Rows<'a> {
    reader: Box<dyn BufRead + 'a>,
    parser: csv_core::Reader,
    name: PathBuf,
    line: u64,
    output: Vec<u8>,
    ends: Vec<usize>,
}

/// One row.
struct Row {
    /// The line on which it begins, counted from 1.
    line: u64,
    cells: Vec<Vec<u8>>,
}

impl<'a> Rows<'a> {
    fn new(reader: Box<dyn BufRead + 'a>, separator: u8, name: &Path) -> Rows<'a> {
        let parser = ReaderBuilder::new().delimiter(separator).build();
        Rows { reader, parser, name: name.to_owned(), line: 1, output: vec![0; 1 << 12], ends: vec![0; 64] }
    }

    fn pass(&mut self, rows: usize) -> Result<()> {
        (0..rows).try_for_each(|_| self.next().map(drop))
    }

    fn next(&mut self) -> Result<Option<Row>> {
        let failed = |error| Error::file("cannot read", &self.name, error);
        let (line, mut written, mut fields) = (self.line, 0, 0);
        loop {
            let input = self.reader.fill_buf().map_err(failed)?;
            let (result, read, out, ends) =
                self.parser.read_record(input, &mut self.output[written..], &mut self.ends[fields..]);
            let carriage_return = read > 0 && input[read - 1] == b'\r';
            self.line += input[..read].iter().filter(|&&byte| byte == b'\n').count() as u64;
            self.reader.consume(read);
            written += out;
            fields += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.output.len() >= LONGEST_ROW => {
                    return Err(Error::new(
                        Code::Input,
                        format!(
                            "the row of {} that begins on line {line} is longer than 64 MiB; a quotation mark may \
                             be missing",
                            self.name.display()
                        ),
                    ));
                }
                ReadRecordResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    // The other half of a line's end, or the next row would seem
                    // to begin on this one.
                    if carriage_return && self.reader.fill_buf().map_err(failed)?.first() == Some(&b'\n') {
                        self.reader.consume(1);
                        self.line += 1;
                    }
                    let starts = std::iter::once(0).chain(self.ends[..fields].iter().copied());
                    let cells =
                        starts.zip(&self.ends[..fields]).map(|(from, &to)| self.output[from..to].to_vec());
                    return Ok(Some(Row { line, cells: cells.collect() }));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }
}

impl Row {
    fn cell(&self, place: usize) -> String {
        self.cells.get(place).map(|cell| String::from_utf8_lossy(cell)).unwrap_or_default().into_owned()
    }
}

/// The name of an attached file in brackets, of the address under which it lies.
fn file_name(address: &str) -> Option<String> {
    let path = address.trim().split(['?', '#']).next()?;
    let name = path.rsplit(['/', '\\']).next().filter(|name| !name.is_empty())?;
    Some(format!("[{name}]"))
}

/// "sep=;", which Excel wants before the headings where it would not guess right.
fn names_separator(head: &str) -> bool {
    let first = head.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    first.len() == 5 && first.is_ascii() && first[..4].eq_ignore_ascii_case("sep=")
}

/// The headings of what may be a table; none if it has no columns.
///
/// # Errors
/// [`Code::File`] if it cannot be read.
pub fn table_headings(input: &mut Input) -> Result<Vec<String>> {
    let Head::Lines(head) = input.head()? else { return Ok(Vec::new()) };
    let (_, headings) = headings(&head);
    Ok(if headings.len() > 1 { headings } else { Vec::new() })
}

/// The headings, and what separates them, of a table that begins like this.
fn headings(head: &str) -> (u8, Vec<String>) {
    let head = head.trim_start_matches('\u{feff}');
    let first = head.lines().next().unwrap_or_default();
    let separator = if names_separator(head) { first.as_bytes()[4] } else { delimiter(first) };
    let mut rows = Rows::new(Box::new(head.as_bytes()), separator, Path::new("the headings"));
    if names_separator(head) {
        let _ = rows.next();
    }
    let first = rows.next().ok().flatten();
    (
        separator,
        first.map_or_else(Vec::new, |row| (0..row.cells.len()).map(|place| row.cell(place)).collect()),
    )
}

/// The separator that cuts the headings into the most pieces.
fn delimiter(headings: &str) -> u8 {
    let pieces = |separator: &u8| headings.bytes().filter(|byte| byte == separator).count();
    let most = b",;\t|".iter().rev().max_by_key(|separator| pieces(separator));
    *most.unwrap_or(&b',')
}

/// What a spreadsheet would take for a formula begins with one of these.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A spreadsheet must never compute what someone wrote in a chat: a quote before
/// it makes it text (OWASP, "CSV injection"). A text that has the quote already
/// gets one more, so that reading it back gives the text as it was.
fn neutralised(text: &str) -> String {
    let inner = text.trim_start_matches('\'');
    if inner.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// Takes back what [`neutralised`] did.
fn unneutralised(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(inner) if inner.trim_start_matches('\'').starts_with(FORMULA) => inner,
        _ => text,
    }
}

/// A message a row: who, when and what, and what was understood of it.
pub(super) struct Table {
    mark: bool,
}

impl Table {
    pub(super) fn new(choices: &Choices) -> Table {
        Table { mark: choices.excel }
    }
}

impl Writer for Table {
    fn begin(&mut self, out: &mut String) {
        if self.mark {
            out.push('\u{feff}');
        }
        out.push_str(
            "conversation,id,time,speaker,source,text,intent,intent_confidence,act,act_confidence,sentiment,\
             sentiment_confidence,entities\r\n",
        );
    }

    fn conversation(&mut self, _: &Conversation, _: &mut String) {}

    fn message(&mut self, message: &Message, _: &str, out: &mut String) {
        let text = neutralised(&message.text);
        // The quote before a formula moves what stands behind it.
        let moved = usize::from(text.len() != message.text.len());
        let mut cells = vec![
            message.conversation.to_string(),
            message.id.to_string(),
            super::export::utc(message.time),
            neutralised(&message.speaker),
            super::export::wire_name(&message.source),
            text,
        ];
        if let Some(analysis) = &message.analysis {
            let sentiment = &analysis.sentiment;
            cells.extend([neutralised(&analysis.intent.name), analysis.intent.confidence.to_string()]);
            cells.extend([neutralised(&analysis.act.name), analysis.act.confidence.to_string()]);
            cells.extend([super::export::wire_name(&sentiment.name), sentiment.confidence.to_string()]);
            let entities = analysis.entities.iter().cloned().map(|entity| Entity {
                start: entity.start + moved,
                end: entity.end + moved,
                ..entity
            });
            cells.push(super::export::wire_json(&entities.collect::<Vec<_>>()));
        } else {
            cells.extend(std::iter::repeat_n(String::new(), 7));
        }
        let quoted = |cell: &String| match cell.contains([',', '"', '\n', '\r'])
            || cell.starts_with(' ')
            || cell.ends_with(' ')
        {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.clone(),
        };
        out.push_str(&cells.iter().map(quoted).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_come_back() {
        for text in ["=1+1", "+49 30", "-1", "@anna", "\tx", "'=1", "''=1", "'quoted'", "plain", "", "a=1"] {
            let safe = neutralised(text);
            assert!(!safe.starts_with(FORMULA), "{safe}");
            assert_eq!(unneutralised(&safe), text);
        }
    }

    #[test]
    fn separators() {
        assert_eq!(delimiter("a,b,c"), b',');
        assert_eq!(delimiter("a;b;\"c,d\""), b';');
        assert_eq!(delimiter("a\tb"), b'\t');
        assert_eq!(delimiter("text"), b',');
    }

    #[test]
    fn columns_by_hand() {
        let columns = Columns::parse("text=Body, speaker=Who").unwrap();
        assert_eq!((columns.text.as_deref(), columns.speaker.as_deref()), (Some("Body"), Some("Who")));
        assert!(Columns::parse("what=Body").is_err());
        assert!(Columns::parse("text=a,text=b").is_err());
    }
}
