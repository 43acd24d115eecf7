//! The bytes of a log: their encoding, their lines, their kind.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

use super::archive::Archive;
use super::backup::Database;
use super::document::Document;
use super::found::Record;
use crate::{Code, Error, Result};

/// A line longer than this is passed over instead of filling the memory.
const LONGEST_LINE: u64 = 16 << 20;

/// A JSON document larger than this is refused: it is held whole.
const LARGEST_DOCUMENT: u64 = 1 << 30;

/// What is piped in, or lies in an archive, is kept in memory up to here and in
/// a nameless temporary file beyond.
const IN_MEMORY: usize = 16 << 20;

/// How much of a text is looked at to recognise it.
const HEAD: u64 = 64 << 10;

/// Something that can be read more than once.
pub(super) trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// A log that is about to be read.
pub struct Input {
    name: PathBuf,
    body: Body,
    encoding: Letters,
    digest: [u8; 32],
}

/// The kinds of files that logs come in.
enum Body {
    Lines(Box<dyn Bytes>),
    Document(Document),
    Archive(Archive),
    Database(Database),
}

/// What a log begins like.
pub(super) enum Head<'a> {
    /// The beginning of a text.
    Lines(String),
    /// The keys of a JSON object, and of the first of its `messages`.
    Object(&'a [String], &'a [String]),
    /// The keys of the first object of a JSON array.
    Array(&'a [String]),
    /// The names in an archive.
    Archive(Vec<String>),
    /// A database of Sotto's.
    Database,
}

impl Input {
    /// Opens a file and looks at all of it, to know its encoding; or a folder of
    /// logs, or of one unpacked export.
    ///
    /// # Errors
    /// [`Code::File`] if it cannot be read; [`Code::Input`] if it is empty, a
    /// database, or JSON that is cut short.
    pub fn open(path: &Path) -> Result<Input> {
        let failed = |error| Error::file("cannot open", path, error);
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Ok(Input {
                name: path.to_owned(),
                body: Body::Archive(Archive::folder(path)?),
                encoding: Letters::UTF_8,
                digest: Sha256::digest(b"").into(),
            });
        }
        Input::new(Box::new(BufReader::with_capacity(1 << 16, file)), path, true)
    }

    /// Takes all that `reader` gives, as from a pipe; errors call it `name`.
    ///
    /// # Errors
    /// As [`Input::open`].
    pub fn from_reader(mut reader: impl Read, name: &Path) -> Result<Input> {
        let mut spool = SpooledTempFile::new(IN_MEMORY);
        io::copy(&mut reader, &mut spool).map_err(|error| Error::file("cannot read", name, error))?;
        Input::new(Box::new(BufReader::with_capacity(1 << 16, spool)), name, false)
    }

    fn new(mut bytes: Box<dyn Bytes>, name: &Path, on_disk: bool) -> Result<Input> {
        let failed = |error| Error::file("cannot read", name, error);
        let refuse = |what: &str| Err(Error::new(Code::Input, format!("{} {what}", name.display())));
        let start = beginning(&mut bytes, 16).map_err(failed)?;
        if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            let digest = Sha256::digest(b"").into();
            let archive = Archive::open(bytes, name)?;
            return Ok(Input {
                name: name.to_owned(),
                body: Body::Archive(archive),
                encoding: Letters::UTF_8,
                digest,
            });
        }
        if start.starts_with(b"SQLite format 3\0") {
            let database =
                if on_disk { Database::At(name.to_owned()) } else { copied(&mut bytes).map_err(failed)? };
            if !database.is_ours() {
                return refuse(
                    "is a database of another program, or damaged; export the chat from that program",
                );
            }
            let (body, digest) = (Body::Database(database), Sha256::digest(b"").into());
            return Ok(Input { name: name.to_owned(), body, encoding: Letters::UTF_8, digest });
        }
        let Probe { encoding, digest, size } = Probe::run(&mut bytes).map_err(failed)?;
        if size == encoding.mark {
            return refuse("is empty");
        }
        let mut input = Input { name: name.to_owned(), body: Body::Lines(bytes), encoding, digest };
        if input.is_document()? {
            if size > LARGEST_DOCUMENT {
                return refuse("is larger than 1 GiB, too large for one JSON document; export it in parts");
            }
            let text = input.whole_text()?;
            input.body = Body::Document(Document::parse(text, name)?);
        }
        Ok(input)
    }

    /// What errors call it.
    pub fn name(&self) -> &Path {
        &self.name
    }

    /// The file's name without folder and ending.
    pub(super) fn stem(&self) -> String {
        self.name.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The encoding of its letters.
    pub fn encoding(&self) -> &'static str {
        self.encoding.name
    }

    /// SHA-256 of its bytes.
    pub(super) fn digest(&self) -> [u8; 32] {
        self.digest
    }

    pub(super) fn is_archive(&self) -> bool {
        matches!(self.body, Body::Archive(_))
    }

    pub(super) fn head(&mut self) -> Result<Head<'_>> {
        if matches!(self.body, Body::Lines(_)) {
            return Ok(Head::Lines(self.head_text()?));
        }
        Ok(match &self.body {
            Body::Document(document) if document.is_array => Head::Array(&document.keys),
            Body::Document(document) => Head::Object(&document.keys, &document.message_keys),
            Body::Archive(archive) => Head::Archive(archive.names.clone()),
            Body::Database(_) => Head::Database,
            Body::Lines(_) => Head::Lines(String::new()),
        })
    }

    /// Its lines, from the first.
    pub(super) fn lines(&mut self) -> Result<Lines<'_>> {
        let (name, encoding) = (self.name.as_path(), self.encoding);
        let reader: Box<dyn BufRead + '_> = match &mut self.body {
            Body::Lines(bytes) => {
                encoding.reader(bytes).map_err(|error| Error::file("cannot read", name, error))?
            }
            Body::Document(document) => Box::new(document.text.as_bytes()),
            Body::Archive(_) | Body::Database(_) => Box::new(io::empty()),
        };
        Ok(Lines { reader, name, number: 0 })
    }

    /// All of its text as a reader of UTF-8.
    pub(super) fn reader(&mut self) -> Result<Box<dyn BufRead + '_>> {
        Ok(self.lines()?.reader)
    }

    pub(super) fn document(&self) -> Result<&Document> {
        match &self.body {
            Body::Document(document) => Ok(document),
            _ => Err(Error::new(Code::Input, format!("{} is not a JSON document", self.name.display()))),
        }
    }

    pub(super) fn database(&self) -> Result<&Database> {
        match &self.body {
            Body::Database(database) => Ok(database),
            _ => Err(Error::new(Code::Input, format!("{} is not a database", self.name.display()))),
        }
    }

    pub(super) fn archive(&mut self) -> Result<&mut Archive> {
        match &mut self.body {
            Body::Archive(archive) => Ok(archive),
            _ => Err(Error::new(Code::Input, format!("{} is not a zip file", self.name.display()))),
        }
    }

    fn head_text(&mut self) -> Result<String> {
        let mut head = Vec::new();
        let name = self.name.clone();
        self.reader()?
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(|error| Error::file("cannot read", &name, error))?;
        Ok(String::from_utf8_lossy(&head).into_owned())
    }

    fn whole_text(&mut self) -> Result<String> {
        let mut bytes = Vec::new();
        let name = self.name.clone();
        self.reader()?.read_to_end(&mut bytes).map_err(|error| Error::file("cannot read", &name, error))?;
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// Whether it is one JSON document and not a JSON object a line.
    fn is_document(&mut self) -> Result<bool> {
        let head = self.head_text()?;
        let head = head.trim_start();
        if let Some(array) = head.strip_prefix('[') {
            return Ok(array.trim_start().starts_with(['{', ']']));
        }
        if !head.starts_with('{') {
            return Ok(false);
        }
        let name = self.name.clone();
        let mut reader = self.reader()?;
        let mut first = Vec::new();
        while first.trim_ascii().is_empty() {
            let read = (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut first);
            if read.map_err(|error| Error::file("cannot read", &name, error))? == 0 {
                break;
            }
        }
        if serde_json::from_slice::<serde::de::IgnoredAny>(&first).is_err() {
            return Ok(true);
        }
        let mut after = Vec::new();
        reader
            .take(HEAD)
            .read_to_end(&mut after)
            .map_err(|error| Error::file("cannot read", &name, error))?;
        Ok(after.trim_ascii().is_empty())
    }
}

fn copied(bytes: &mut dyn Bytes) -> io::Result<Database> {
    let mut file = tempfile::NamedTempFile::new()?;
    bytes.seek(SeekFrom::Start(0))?;
    io::copy(bytes, &mut file)?;
    Ok(Database::Copied(file.into_temp_path()))
}

fn beginning(bytes: &mut dyn Bytes, length: u64) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    bytes.seek(SeekFrom::Start(0))?;
    bytes.take(length).read_to_end(&mut start)?;
    bytes.seek(SeekFrom::Start(0))?;
    Ok(start)
}

/// An encoding and the length of the mark that stands before the text.
#[derive(Debug, Clone, Copy)]
struct Letters {
    encoding: &'static Encoding,
    mark: u64,
    name: &'static str,
}

impl Letters {
    const UTF_8: Letters = Letters { encoding: UTF_8, mark: 0, name: "UTF-8" };

    /// The text as UTF-8, from its first letter.
    fn reader<'a>(self, bytes: &'a mut Box<dyn Bytes>) -> io::Result<Box<dyn BufRead + 'a>> {
        bytes.seek(SeekFrom::Start(self.mark))?;
        if self.encoding == UTF_8 {
            return Ok(Box::new(BufReader::with_capacity(1 << 16, bytes)));
        }
        let decoder = self.encoding.new_decoder_without_bom_handling();
        let decoded = Decoded {
            bytes,
            decoder,
            input: vec![0; 1 << 14],
            from: 0,
            to: 0,
            ended: false,
            finished: false,
        };
        Ok(Box::new(BufReader::with_capacity(1 << 16, decoded)))
    }
}

/// Turns another encoding into UTF-8 while it is read.
struct Decoded<'a> {
    bytes: &'a mut Box<dyn Bytes>,
    decoder: Decoder,
    input: Vec<u8>,
    from: usize,
    to: usize,
    /// The bytes are at their end.
    ended: bool,
    /// So is the decoder, which must not be asked again.
    finished: bool,
}

impl Read for Decoded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // The longest character that the decoder may have to write at once.
        if out.len() < 8 {
            return Err(io::Error::from(io::ErrorKind::InvalidInput));
        }
        while !self.finished {
            if self.from == self.to && !self.ended {
                (self.from, self.to) = (0, self.bytes.read(&mut self.input)?);
                self.ended = self.to == 0;
            }
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.input[self.from..self.to], out, self.ended);
            self.from += read;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// What one look at all the bytes tells.
struct Probe {
    encoding: Letters,
    digest: [u8; 32],
    size: u64,
}

impl Probe {
    fn run(bytes: &mut Box<dyn Bytes>) -> io::Result<Probe> {
        let start = beginning(bytes, 4096)?;
        let marked = match start.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => {
                Some(Letters { encoding: UTF_8, mark: 3, name: "UTF-8 with byte order mark" })
            }
            [0xff, 0xfe, ..] => Some(Letters { encoding: UTF_16LE, mark: 2, name: "UTF-16LE" }),
            [0xfe, 0xff, ..] => Some(Letters { encoding: UTF_16BE, mark: 2, name: "UTF-16BE" }),
            _ => without_mark(&start),
        };
        let mut hash = Sha256::new();
        let mut size = 0;
        let mut census = Census::default();
        let mut chunk = vec![0; 1 << 16];
        loop {
            let read = bytes.read(&mut chunk)?;
            if read == 0 {
                break;
            }
            hash.update(&chunk[..read]);
            size += read as u64;
            if marked.is_none() {
                census.count(&chunk[..read]);
            }
        }
        // A few broken letters in a text that is UTF-8 otherwise are damage; a
        // text in which they outnumber the good ones is of another encoding.
        let latin = census.bad > census.good;
        let found = if latin {
            Letters { encoding: WINDOWS_1252, mark: 0, name: "Latin-1 (Windows-1252)" }
        } else {
            Letters::UTF_8
        };
        Ok(Probe { encoding: marked.unwrap_or(found), digest: hash.finalize().into(), size })
    }
}

/// UTF-16 without a byte order mark: Latin letters leave every other byte zero.
fn without_mark(start: &[u8]) -> Option<Letters> {
    let zeros = |offset| start.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), start.len() / 2);
    match half {
        0..4 => None,
        _ if odd > half / 3 && even < odd / 4 => {
            Some(Letters { encoding: UTF_16LE, mark: 0, name: "UTF-16LE" })
        }
        _ if even > half / 3 && odd < even / 4 => {
            Some(Letters { encoding: UTF_16BE, mark: 0, name: "UTF-16BE" })
        }
        _ => None,
    }
}

/// Counts the letters beyond ASCII that are and that are not UTF-8.
#[derive(Default)]
struct Census {
    good: u64,
    bad: u64,
    carried: Vec<u8>,
}

impl Census {
    fn count(&mut self, chunk: &[u8]) {
        let mut joined = std::mem::take(&mut self.carried);
        joined.extend_from_slice(chunk);
        let mut rest = joined.as_slice();
        loop {
            let (valid, error) = match std::str::from_utf8(rest) {
                Ok(valid) => (valid.len(), None),
                Err(error) => (error.valid_up_to(), Some(error.error_len())),
            };
            self.good += rest[..valid].iter().filter(|&&byte| byte >= 0xc0).count() as u64;
            match error {
                None => return,
                // Cut in two by the end of the chunk.
                Some(None) => {
                    self.carried = rest[valid..].to_vec();
                    return;
                }
                Some(Some(length)) => {
                    self.bad += 1;
                    rest = &rest[valid + length..];
                }
            }
        }
    }
}

/// The lines of a text.
pub(super) struct Lines<'a> {
    reader: Box<dyn BufRead + 'a>,
    name: &'a Path,
    number: u64,
}

/// One line.
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u64,
    /// Without its end.
    pub(super) text: String,
}

impl Lines<'_> {
    /// The next line that can be read; what is wrong with it, or with lines
    /// passed over, is a warning.
    pub(super) fn next(&mut self, record: &mut Record<'_>) -> Result<Option<Line>> {
        loop {
            let mut line = Vec::new();
            let read = (&mut self.reader).take(LONGEST_LINE).read_until(b'\n', &mut line);
            if read.map_err(|error| Error::file("cannot read", self.name, error))? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if line.last() == Some(&b'\n') {
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
            } else if line.len() as u64 == LONGEST_LINE {
                self.reader
                    .skip_until(b'\n')
                    .map_err(|error| Error::file("cannot read", self.name, error))?;
                record.warn(self.number, "longer than 16 MiB; passed over")?;
                continue;
            }
            let text = match String::from_utf8(line) {
                Ok(text) => text,
                Err(error) => {
                    record.warn(self.number, "holds bytes that are not text; they became \u{fffd}")?;
                    String::from_utf8_lossy(error.as_bytes()).into_owned()
                }
            };
            return Ok(Some(Line { number: self.number, text }));
        }
    }
}
