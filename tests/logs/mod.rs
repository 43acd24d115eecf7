//! Logs in and out. `samples` holds a log of every format, written by hand, and
//! beside each what is to be found in it.

mod commands;
mod export;
mod import;
mod shared;
mod store;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sotto::logs::{self, DayOrder, Found, Input, Log, Options};
use sotto::{Analysis, Entity, Label, ModelVersion, Polarity, Result, Sentiment, SentimentScores, TagSource};

/// A sample by its name.
fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs/samples").join(name)
}

/// Berlin; logs without dates begin on New Year 2026.
fn options() -> Options {
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    Options::new(TimeZone::get("Europe/Berlin").unwrap(), start.as_millisecond())
}

/// A log of these bytes.
fn input(name: &str, bytes: &[u8]) -> Input {
    Input::from_reader(bytes, Path::new(name)).unwrap()
}

/// What is found, a line each.
fn read(input: &mut Input, options: &Options) -> Result<String> {
    let mut out = String::new();
    let mut head = String::new();
    logs::read(input, options, &mut |found| {
        match found {
            Found::Begin { format, encoding } => head = format!("format {}, {encoding}", format.name()),
            Found::Order { order, certain } => {
                let order = if order == DayOrder::DayFirst { "day first" } else { "month first" };
                head += &format!(", {order}{}", if certain { "" } else { "?" });
            }
            Found::Conversation { title, .. } => out += &format!("# {title}\n"),
            Found::Utterance(said) => {
                let time = Timestamp::from_millisecond(said.time).unwrap();
                out += &format!("{time} {}: {}\n", said.speaker, said.text.replace('\n', "⏎"));
            }
            Found::Warning(warning) => out += &format!("! {warning}\n"),
        }
        Ok(())
    })?;
    Ok(format!("{head}\n{out}"))
}

/// The summary of a file.
fn preview(path: &Path, options: &Options) -> Log {
    logs::preview(&mut Input::open(path).unwrap(), options).unwrap()
}

/// A zip file, packed.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;

    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in files {
        let name = rawzip::path::EntryPath::verbatim(name.as_bytes());
        let (mut entry, config) =
            archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE).start().unwrap();
        let mut writer =
            config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default()));
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

/// An analysis with these entities: `(start, end, kind)` in code points.
fn analysis(text: &str, entities: &[(usize, usize, &str)]) -> Analysis {
    let label = |name: &str| Label { name: name.into(), confidence: 0.5 };
    let letters: Vec<char> = text.chars().collect();
    let entities = entities.iter().map(|&(start, end, kind)| {
        let text: String = letters[start..end].iter().collect();
        Entity {
            start,
            end,
            value: text.clone(),
            text,
            entity: kind.into(),
            confidence: 0.75,
            source: TagSource::Model,
        }
    });
    Analysis {
        intent: label("reminder"),
        intent_ranking: vec![label("reminder")],
        act: label("request"),
        sentiment: Sentiment {
            name: Polarity::Neutral,
            confidence: 0.5,
            scores: SentimentScores { negative: 0.25, neutral: 0.5, positive: 0.25 },
        },
        entities: entities.collect(),
        model: ModelVersion { name: "m".into(), version: "1".into() },
    }
}
