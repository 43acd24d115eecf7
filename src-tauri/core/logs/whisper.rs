//! JSON of [Whisper](https://github.com/openai/whisper), WhisperX (which names
//! speakers) and [whisper.cpp](https://github.com/ggml-org/whisper.cpp): a
//! segment a message.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::found::Record;
use super::input::{Head, Input};
use super::json_fields::{list, milliseconds};
use super::transcript::{Cue, tell};
use super::{Format, Reader};
use crate::Result;

pub(super) struct Whisper;

#[derive(Deserialize)]
struct Transcript<'a> {
    #[serde(borrow, default)]
    segments: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    transcription: Vec<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Segment {
    start: Option<f64>,
    offsets: Offsets,
    text: String,
    speaker: Option<String>,
    #[serde(deserialize_with = "list")]
    words: Vec<Value>,
}

/// Milliseconds, as whisper.cpp writes them.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Offsets {
    from: Option<i64>,
}

impl Reader for Whisper {
    fn format(&self) -> Format {
        Format::Whisper
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        match head {
            Head::Object(keys, _) => keys.iter().any(|key| key == "segments" || key == "transcription"),
            // The segments alone, as some tools cut them out.
            Head::Array(keys) => ["start", "end", "text"].iter().all(|key| keys.iter().any(|k| k == key)),
            _ => false,
        }
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let (title, digest) = (input.stem(), input.digest());
        let document = input.document()?;
        let transcript = match document.is_array {
            true => Transcript { segments: document.elements()?, transcription: Vec::new() },
            false => document.outer()?,
        };
        let mut cues = Vec::new();
        let mut latest = 0;
        for raw in transcript.segments.iter().chain(&transcript.transcription) {
            let Some(segment) = document.one::<Segment>(raw, record)? else { continue };
            let first_word = || segment.words.iter().find_map(|word| word.get("start")?.as_f64());
            let start = segment.start.or_else(first_word).and_then(milliseconds).or(segment.offsets.from);
            if start.is_none() {
                record.warn(
                    document.line(raw),
                    "a segment without a time; it stands at the time of the one before",
                )?;
            }
            latest = start.unwrap_or(latest);
            // Whisper's first token is the space before the first word.
            let text = segment.text.trim().to_owned();
            if text.is_empty() {
                record.count("segments without a text were left out");
                continue;
            }
            cues.push(Cue { start: latest, speaker: segment.speaker, text });
        }
        tell(title, digest, cues, record)
    }
}
