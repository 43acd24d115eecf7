//! Sotto's importers without the rest of Sotto, which would take minutes to build with the fuzzer's marks in it.

use std::io::Write;
use std::path::Path;

use jiff::tz::TimeZone;

#[allow(dead_code)]
#[path = "../src-tauri/core/correction.rs"]
mod correction;
#[path = "../src-tauri/core/error.rs"]
mod error;
#[allow(dead_code, unused_imports)]
#[path = "../src-tauri/core/logs/mod.rs"]
mod logs;
#[path = "../src-tauri/core/message.rs"]
mod message;

pub use correction::{Correction, Mark};
pub use error::{Code, Error, Problem, Result};
pub use message::{
    Action, Analysis, Conversation, Entity, Exchange, Label, Line, Message, ModelVersion, Polarity, Question,
    Segment, Sentiment, SentimentScores, Source, Status, TagSource, Tagged,
};

use logs::{Format, Input, Options};

/// Reads `bytes` with the importer of that name: `archive` is a zip file as it is, `any` is whatever it seems to be.
pub fn read(importer: &str, bytes: &[u8]) {
    let format = Format::all().find(|format| format.name() == importer);
    let slack = (format == Some(Format::Slack)).then(|| workspace(bytes));
    let bytes = slack.as_deref().unwrap_or(bytes);
    let mut options = Options::new(TimeZone::UTC, 1_767_225_600_000);
    options.format = format;
    if let Ok(mut input) = Input::from_reader(bytes, Path::new("fuzz")) {
        let mut keys = logs::Keys::new(options.start);
        let mut held = 0;
        let _ = logs::read(&mut input, &options, &mut |found| {
            keys.take(found, &mut |_| {
                held += 1;
                Ok(())
            })
        });
        let _ = keys.flush(&mut |_| Ok(()));
    }
}

/// A Slack export made of the parts of `bytes` between NULs: checksums would stop the fuzzer at the zip file.
fn workspace(bytes: &[u8]) -> Vec<u8> {
    let names = ["users.json", "channels.json", "dms.json", "general/2026-01-31.json", "D1/2026-01-31.json"];
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    for (name, content) in names.into_iter().zip(bytes.split(|byte| *byte == 0)) {
        let name = rawzip::path::EntryPath::verbatim(name.as_bytes());
        let Ok((mut entry, config)) = archive.new_file(name).start() else { continue };
        let mut writer = config.wrap(&mut entry);
        let _ = writer.write_all(content);
        if let Ok((_, descriptor)) = writer.finish() {
            let _ = entry.finish(descriptor);
        }
    }
    let _ = archive.finish();
    out
}
