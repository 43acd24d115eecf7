//! Zip files, read within limits, and folders: what is in them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, SeekFrom};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use flate2::read::DeflateDecoder;
use rawzip::{
    CompressionMethod, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipLocator,
};

use super::found::Record;
use super::input::{Bytes, Input};
use super::{read_one, recognised};
use crate::{Code, Error, Result};

/// One file of an archive may unpack to this much.
const LARGEST_ENTRY: u64 = 2 << 30;

/// A file that unpacks to more than this many times its size is a bomb; below
/// [`HARMLESS`] bytes it does no harm.
const HIGHEST_RATIO: u64 = 200;
const HARMLESS: u64 = 32 << 20;

/// All files together may unpack to this much.
const LARGEST_ARCHIVE: u64 = 16 << 30;

/// More files than this are not a chat export.
const MOST_ENTRIES: u64 = 500_000;

/// The endings of the files that may hold a conversation.
const READABLE: [&str; 7] = ["txt", "json", "jsonl", "csv", "tsv", "vtt", "srt"];

/// Folders within folders deeper than this are not looked into.
const DEEPEST: usize = 16;

/// A file of which any place can be read.
struct Shared(Mutex<Box<dyn Bytes>>);

impl ReaderAt for Shared {
    fn read_at(&self, out: &mut [u8], offset: u64) -> std::io::Result<usize> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bytes.seek(SeekFrom::Start(offset))?;
        bytes.read(out)
    }
}

/// An open zip file, or a folder.
pub(super) struct Archive {
    /// Names in the order of the archive.
    pub(super) names: Vec<String>,
    content: Content,
    unpacked: u64,
}

enum Content {
    Zip {
        zip: Box<ZipArchive<Shared>>,
        entries: HashMap<String, (CompressionMethod, ZipArchiveEntryWayfinder)>,
    },
    Folder(PathBuf),
}

impl Archive {
    /// The files in a folder and below.
    ///
    /// # Errors
    /// [`Code::File`] if it cannot be read; [`Code::Input`] if there are too many.
    pub(super) fn folder(path: &Path) -> Result<Archive> {
        let mut names = Vec::new();
        let mut folders = vec![(path.to_owned(), String::new(), 0)];
        while let Some((folder, before, depth)) = folders.pop() {
            let failed = |error| Error::file("cannot read", &folder, error);
            for entry in std::fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let name = format!("{before}{}", entry.file_name().to_string_lossy());
                // A link might lead out, or in a circle.
                let kind = entry.file_type().map_err(failed)?;
                if kind.is_dir() && depth < DEEPEST {
                    folders.push((entry.path(), format!("{name}/"), depth + 1));
                } else if kind.is_file() {
                    names.push(name);
                }
            }
            if names.len() as u64 > MOST_ENTRIES {
                let why = format!("{} holds too many files for a chat export", path.display());
                return Err(Error::new(Code::Input, why));
            }
        }
        names.sort();
        Ok(Archive { names, content: Content::Folder(path.to_owned()), unpacked: 0 })
    }

    /// Reads the list of files.
    ///
    /// # Errors
    /// [`Code::Input`] if it is damaged, if a name points outside of the archive,
    /// or if there are too many.
    pub(super) fn open(mut bytes: Box<dyn Bytes>, path: &Path) -> Result<Archive> {
        let refuse = |why: String| Err(Error::new(Code::Input, format!("{} {why}; refused", path.display())));
        let failed = |error| damaged(path, error);
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let unreadable = |error| Error::file("cannot read", path, error);
        let end = bytes.seek(SeekFrom::End(0)).map_err(unreadable)?;
        let zip = ZipLocator::new()
            .locate_in_reader(Shared(Mutex::new(bytes)), &mut buffer, end)
            .map_err(|(_, error)| failed(error))?;
        if zip.entries_hint() > MOST_ENTRIES {
            return refuse(format!("holds {} files, too many for a chat export", zip.entries_hint()));
        }
        let (mut names, mut entries) = (Vec::new(), HashMap::new());
        let mut list = zip.entries(&mut buffer);
        while let Some(entry) = list.next_entry().map_err(failed)? {
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).replace('\\', "/");
            if !stays_inside(&name) {
                return refuse(format!("holds {name:?}, which points outside of it"));
            }
            if names.len() as u64 > MOST_ENTRIES {
                return refuse("holds more files than it says".to_owned());
            }
            if !entry.is_dir() {
                let found = (entry.compression_method(), entry.wayfinder());
                if entries.insert(name.clone(), found).is_none() {
                    names.push(name);
                }
            }
        }
        Ok(Archive { names, content: Content::Zip { zip: Box::new(zip), entries }, unpacked: 0 })
    }

    /// One file in it, ready to be read as a log.
    fn open_entry(&mut self, name: &str, path: &Path, shown: &Path) -> Result<Input> {
        match &self.content {
            Content::Folder(folder) => Input::open(&folder.join(name)),
            Content::Zip { .. } => Input::from_reader(self.entry(name, path)?, shown),
        }
    }

    /// One file in it, as it is unpacked; an error once it grows beyond the
    /// limits, or if its checksum is wrong.
    fn entry<'a>(&'a mut self, name: &str, path: &Path) -> Result<Limited<'a>> {
        let failed = |error| damaged(path, error);
        let (zip, entries) = match &self.content {
            Content::Zip { zip, entries } => (zip, entries),
            Content::Folder(folder) => {
                let file = folder.join(name);
                let opened = File::open(&file).map_err(|error| Error::file("cannot open", &file, error))?;
                return Ok(Limited {
                    reader: Box::new(opened),
                    left: LARGEST_ENTRY,
                    unpacked: &mut self.unpacked,
                });
            }
        };
        let Some((method, place)) = entries.get(name).copied() else {
            return Err(Error::new(Code::Input, format!("{} has no {name}", path.display())));
        };
        let packed: Box<dyn Read + 'a> = {
            let entry = zip.get_entry(place).map_err(failed)?;
            match method {
                CompressionMethod::STORE => Box::new(entry.verifying_reader(entry.reader())),
                CompressionMethod::DEFLATE => {
                    Box::new(entry.verifying_reader(DeflateDecoder::new(entry.reader())))
                }
                other => {
                    return Err(Error::new(
                        Code::Input,
                        format!(
                            "{name} in {} is packed with {other}; unpack it and pack it again",
                            path.display()
                        ),
                    ));
                }
            }
        };
        let allowed =
            place.compressed_size_hint().saturating_mul(HIGHEST_RATIO).clamp(HARMLESS, LARGEST_ENTRY);
        let left = allowed.min(LARGEST_ARCHIVE.saturating_sub(self.unpacked));
        Ok(Limited { reader: packed, left, unpacked: &mut self.unpacked })
    }
}

/// Whether a name leads nowhere but into the archive.
fn stays_inside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    !drive
        && Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Trusts no size that the archive states.
struct Limited<'a> {
    reader: Box<dyn Read + 'a>,
    left: u64,
    unpacked: &'a mut u64,
}

impl Read for Limited<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(out)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            std::io::Error::other("it unpacks to far more than it should; this may be a zip bomb, refused")
        })?;
        *self.unpacked += read as u64;
        Ok(read)
    }
}

/// The text of one file in it.
pub(super) fn text(input: &mut Input, name: &str) -> Result<String> {
    let path = input.name().to_owned();
    let mut bytes = Vec::new();
    let mut entry = input.archive()?.entry(name, &path)?;
    entry.read_to_end(&mut bytes).map_err(|error| Error::file("cannot unpack", &path.join(name), error))?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// Reads every conversation in an archive that is not of a format of its own:
/// a chat with its media, a download of an account.
pub(super) fn read(input: &mut Input, record: &mut Record<'_>) -> Result<()> {
    let path = input.name().to_owned();
    let mut names = input.archive()?.names.clone();
    let in_folder = matches!(input.archive()?.content, Content::Folder(_));
    names.retain(|name| {
        let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
        ending.is_some_and(|ending| READABLE.contains(&ending.as_str()) || (in_folder && ending == "zip"))
    });
    if !in_folder && names.iter().any(|name| is_whatsapp(name)) {
        // What lies beside a chat was sent in it.
        let all = names.len();
        names.retain(|name| is_whatsapp(name));
        (names.len()..all).for_each(|_| record.count("files that were sent in the chat were left out"));
    }
    in_reading_order(&mut names);
    let only = names.len() == 1;
    let mut read = 0;
    for name in names {
        // "_chat.txt" says nothing; the archive around it has the chat's name.
        let shown = match name.rsplit('/').next() {
            Some("_chat.txt" | "result.json" | "conversations.json") => {
                path.with_extension(Path::new(&name).extension().unwrap_or_default())
            }
            _ => Path::new(&name).to_owned(),
        };
        let opened = input.archive()?.open_entry(&name, &path, &shown);
        record.entry = Some(name);
        match opened {
            Ok(mut inner) if inner.is_archive() => match super::read_any(&mut inner, record) {
                Ok(()) => read += 1,
                Err(error) if error.code() == Code::Input && !only => record.warn(None, error.to_string())?,
                Err(error) => return Err(error),
            },
            Ok(mut inner) => {
                if only || recognised(&mut inner, record)? {
                    read_one(&mut inner, record)?;
                    read += 1;
                } else {
                    record.count("files in the archive hold no conversation that can be read");
                }
            }
            Err(error) if error.code() == Code::Input && !only => record.warn(None, error.to_string())?,
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

/// Whether a file is the text of a chat that WhatsApp has packed with its media.
fn is_whatsapp(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    file == "_chat.txt" || (file.contains("whatsapp") && file.ends_with(".txt"))
}

/// By folder; in it the highest number first, as Messenger numbers its files
/// from the newest to the oldest.
fn in_reading_order(names: &mut [String]) {
    names.sort_by_key(|name| {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let number =
            file.strip_prefix("message_").and_then(|rest| rest.strip_suffix(".json")?.parse::<i64>().ok());
        (folder.to_owned(), number.map_or(0, |number| -number), file.to_owned())
    });
}

fn damaged(path: &Path, error: rawzip::Error) -> Error {
    Error::new(Code::Input, format!("{} is a damaged zip file; export it again", path.display()))
        .because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out() {
        for name in ["../x", "/etc/passwd", "a/../../x", "C:/x"] {
            assert!(!stays_inside(name), "{name}");
        }
        assert!(stays_inside("./a/b.txt"));
    }

    #[test]
    fn messengers_newest_file_comes_last() {
        let mut names = ["b/message_1.json", "a/message_1.json", "a/message_10.json", "a/message_2.json"]
            .map(str::to_owned);
        in_reading_order(&mut names);
        assert_eq!(names, ["a/message_10.json", "a/message_2.json", "a/message_1.json", "b/message_1.json"]);
    }
}
