//! Zip files: what is in them, read within limits.

use std::io::Read;
use std::path::Path;

use super::found::Record;
use super::input::Input;
use super::read_one;
use crate::{Code, Error, Result};

/// One file of an archive may unpack to this much.
const LARGEST_ENTRY: u64 = 2 << 30;

/// A file that unpacks to more than this many times its size is a bomb; below
/// [`HARMLESS`] bytes it does no harm.
const HIGHEST_RATIO: u64 = 200;
const HARMLESS: u64 = 32 << 20;

/// More files than this are not a chat export.
const MOST_ENTRIES: usize = 500_000;

/// The endings of the files that may hold a conversation.
const READABLE: [&str; 7] = ["txt", "json", "jsonl", "csv", "tsv", "vtt", "srt"];

/// The names of the files in it, in order.
///
/// # Errors
/// [`Code::Input`] if a name points outside of the archive, or if there are
/// too many.
pub(super) fn names(input: &mut Input) -> Result<Vec<String>> {
    let path = input.name().to_owned();
    let refuse = |why: String| Err(Error::new(Code::Input, format!("{} {why}; refused", path.display())));
    let archive = input.archive()?;
    if archive.len() > MOST_ENTRIES {
        return refuse(format!("holds {} files, too many for a chat export", archive.len()));
    }
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| damaged(&path, error))?;
        if entry.enclosed_name().is_none() {
            let name = entry.name().to_owned();
            drop(entry);
            return refuse(format!("holds {name:?}, which points outside of it"));
        }
        if entry.is_file() {
            names.push(entry.name().to_owned());
        }
    }
    Ok(names)
}

/// The text of one file in it.
pub(super) fn text(input: &mut Input, entry: &str) -> Result<String> {
    let path = input.name().to_owned();
    let mut bytes = Vec::new();
    open(input, entry)?.read_to_end(&mut bytes).map_err(|error| Error::file("cannot unpack", &path, error))?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// One file in it, as it is unpacked; an error once it grows beyond the limits.
fn open<'a>(input: &'a mut Input, name: &str) -> Result<impl Read + 'a> {
    let path = input.name().to_owned();
    let entry = input.archive()?.by_name(name).map_err(|error| damaged(&path, error))?;
    let allowed = entry.compressed_size().saturating_mul(HIGHEST_RATIO).clamp(HARMLESS, LARGEST_ENTRY);
    Ok(Limited { reader: entry, left: allowed })
}

/// Trusts no size that the archive states.
struct Limited<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(out)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            std::io::Error::other("it unpacks to far more than it should; this may be a zip bomb, refused")
        })?;
        Ok(read)
    }
}

/// Reads every conversation in an archive that is not of a format of its own:
/// a chat with its media, a download of an account.
pub(super) fn read(input: &mut Input, record: &mut Record<'_>) -> Result<()> {
    let path = input.name().to_owned();
    let mut names = names(input)?;
    names.retain(|name| {
        let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
        ending.is_some_and(|ending| READABLE.contains(&ending.as_str()))
    });
    in_reading_order(&mut names);
    let only = names.len() == 1;
    let mut read = 0;
    for name in names {
        // "_chat.txt" says nothing; the archive around it has the chat's name.
        let shown = match name.rsplit('/').next() {
            Some("_chat.txt" | "result.json" | "conversations.json") if only || name.ends_with("_chat.txt") => {
                path.with_extension(Path::new(&name).extension().unwrap_or_default())
            }
            _ => Path::new(&name).to_owned(),
        };
        let mut inner = match open(input, &name).and_then(|bytes| Input::from_reader(bytes, &shown)) {
            Ok(inner) => inner,
            Err(error) if error.code() == Code::Input => {
                record.warn(None, format!("{name}: {error}"))?;
                continue;
            }
            Err(error) => return Err(error),
        };
        record.entry = Some(name.clone());
        match read_one(&mut inner, record) {
            Ok(_) => read += 1,
            Err(error) if error.code() == Code::Input && !only => record.count("files in the archive hold no conversation that can be read"),
            Err(error) => return Err(error),
        }
        record.entry = None;
    }
    if read == 0 {
        return Err(Error::new(
            Code::Input,
            format!("{} holds no conversation that Sotto can read", path.display()),
        ));
    }
    Ok(())
}

/// By folder; in it the highest number first, as Messenger numbers its files
/// from the newest to the oldest.
fn in_reading_order(names: &mut [String]) {
    names.sort_by_key(|name| {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let number = file.strip_prefix("message_").and_then(|rest| rest.strip_suffix(".json")?.parse::<i64>().ok());
        (folder.to_owned(), -number.unwrap_or(0), file.to_owned())
    });
}

fn damaged(path: &Path, error: zip::result::ZipError) -> Error {
    Error::new(Code::Input, format!("{} is a damaged zip file; export it again", path.display())).because(error)
}
