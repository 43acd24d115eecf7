//! [JSON Lines](https://jsonlines.org): one message a line, as it stands in the
//! store and on the wire; also a JSON list of such objects, and objects of other
//! programs that name a text.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::export::{Writer, json_line, wire_json};
use super::found::{Identity, Record, Utterance};
use super::headings::{CONVERSATIONS, SPEAKERS, TEXTS, TIMES};
use super::identity::part;
use super::input::{Head, Input};
use super::json_fields::wrong;
use super::{DayOrder, Format, Reader, UNNAMED, times};
use crate::{Analysis, Conversation, Correction, Message, Result, Source};

/// Writes one message and the line's end.
pub fn write(message: &Message, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(json_line(serde_json::to_string(message)?).as_bytes())?;
    out.write_all(b"\n")
}

pub(super) struct Jsonl;

impl Reader for Jsonl {
    fn format(&self) -> Format {
        Format::Jsonl
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let texts = |keys: &[String]| keys.iter().any(|key| TEXTS.contains(&key.as_str()));
        match head {
            Head::Lines(text) => text.trim_start().starts_with('{'),
            Head::Array(keys) => texts(keys),
            Head::Object(keys, message) => texts(keys) || texts(message),
            Head::Archive(_) | Head::Database => false,
        }
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let mut state = State { stem: input.stem(), digest: input.digest(), ..State::default() };
        if !matches!(input.head()?, Head::Lines(_)) {
            let document = input.document()?;
            let objects = if document.is_array { document.elements()? } else { vec![document.outer()?] };
            for raw in objects {
                let Some(object) = document.one(raw, record)? else { continue };
                state.take(document.line(raw), object, record)?;
            }
            return Ok(());
        }
        let mut lines = input.lines()?;
        while let Some(line) = lines.next(record)? {
            if line.text.trim().is_empty() {
                continue;
            }
            match serde_json::from_str(&line.text) {
                Ok(object) => state.take(line.number, object, record)?,
                Err(error) => record.warn(line.number, format!("is not a JSON object: {}", wrong(&error)))?,
            }
        }
        Ok(())
    }
}

#[derive(Default)]
struct State {
    stem: String,
    digest: [u8; 32],
    /// The conversation that is open, by its name in the log.
    current: Option<String>,
    latest: Option<i64>,
    /// Whether a time was seen, on this line or before it.
    dated: bool,
    /// The name of the dialogue that is being read, in a log that has one a line.
    dialogue: Option<String>,
}

impl State {
    /// A line that holds a whole dialogue, as chat models are trained on.
    fn dialogue(&mut self, line: u64, turns: &[Value], record: &mut Record<'_>) -> Result<()> {
        if self.dialogue.is_some() {
            return record.warn(line, "has a dialogue within a dialogue; passed over");
        }
        self.dialogue = Some(line.to_string());
        for turn in turns {
            match turn {
                Value::Object(object) => self.take(line, object.clone(), record)?,
                _ => record.warn(line, "has a turn that is not a JSON object; passed over")?,
            }
        }
        self.dialogue = None;
        Ok(())
    }

    fn take(&mut self, line: u64, object: Map<String, Value>, record: &mut Record<'_>) -> Result<()> {
        let of =
            |names: &[&str]| names.iter().find_map(|name| object.get(*name).filter(|value| !value.is_null()));
        if let (None, Some(Value::Array(turns))) = (of(TEXTS), object.get("messages")) {
            return self.dialogue(line, turns, record);
        }
        let Some(text) = of(TEXTS).and_then(|text| words(text, record)) else {
            return record.warn(line, "has no string \"text\"; passed over");
        };
        let time = match of(TIMES) {
            Some(Value::String(written)) => times::parse(
                written,
                record.options.order.unwrap_or(DayOrder::DayFirst),
                &record.options.timezone,
            ),
            // Sotto's own times are whole milliseconds, also those of 1970.
            Some(Value::Number(number)) if object.contains_key("source") => number.as_i64(),
            Some(Value::Number(number)) => {
                times::parse(&number.to_string(), DayOrder::DayFirst, &record.options.timezone)
            }
            Some(_) => None,
            None => Some(self.latest.unwrap_or(record.options.start)),
        };
        let time = match time {
            Some(time) => time,
            None => {
                record
                    .warn(line, "has a time that cannot be read; it stands at that of the message before")?;
                self.latest.unwrap_or(record.options.start)
            }
        };
        self.latest = Some(time);
        self.dated |= of(TIMES).is_some();
        let plain = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let conversation = of(CONVERSATIONS).map(plain).or_else(|| self.dialogue.clone()).unwrap_or_default();
        if self.current.as_ref() != Some(&conversation) {
            let identity = match self.dated {
                true => Identity::Named(conversation.clone()),
                false => part(self.digest, &conversation),
            };
            record.conversation(format!("{} {conversation}", self.stem).trim(), identity)?;
            self.current = Some(conversation);
        }
        let speaker = match of(SPEAKERS) {
            Some(Value::Object(author)) => SPEAKERS.iter().find_map(|key| author.get(*key)).map(plain),
            speaker => speaker.map(plain),
        };
        // Our own fields, where they are ours.
        let read = |key: &str| object.get(key).cloned();
        let source = read("source").and_then(|source| serde_json::from_value::<Source>(source).ok());
        let analysis = read("analysis").filter(|analysis| !analysis.is_null());
        let analysis: Option<Analysis> = match analysis.map(serde_json::from_value) {
            Some(Ok(analysis)) if fits(&analysis, &text) => Some(analysis),
            Some(_) => {
                record.warn(line, "has tags that do not fit it; it will be tagged anew")?;
                None
            }
            None => None,
        };
        let correction = read("correction").filter(|correction| !correction.is_null());
        let correction: Option<Correction> = match correction.map(serde_json::from_value) {
            Some(Ok(correction)) if analysis.is_some() && marks_fit(&correction, &text) => Some(correction),
            Some(_) => {
                record.warn(line, "has corrections that do not fit it; they were left out")?;
                None
            }
            None => None,
        };
        record.utterance(Utterance {
            speaker: speaker.unwrap_or_else(|| UNNAMED.to_owned()),
            time,
            text,
            source: source.unwrap_or(Source::Imported),
            analysis: analysis.map(Box::new),
            correction: correction.map(Box::new),
        })
    }
}

/// A text, or the texts among the parts that chat models take it in: `[{"type": "text", "text": "…"}, …]`.
fn words(text: &Value, record: &mut Record<'_>) -> Option<String> {
    let parts = match text {
        Value::String(text) => return Some(text.clone()),
        Value::Array(parts) => parts,
        _ => return None,
    };
    let said = |part: &Value| part.as_str().or_else(|| part.get("text")?.as_str()).map(str::to_owned);
    let texts: Vec<String> = parts.iter().filter_map(said).collect();
    (texts.len()..parts.len())
        .for_each(|_| record.count("pictures and other parts beside a text were left out"));
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// Whether the entities are what stands at their places, in order.
fn fits(analysis: &Analysis, text: &str) -> bool {
    let entities = analysis.entities.iter();
    in_order(entities.map(|entity| (entity.start, entity.end, entity.text.as_str())), text)
}

/// Whether the user's marks are what stands at their places, in order.
fn marks_fit(correction: &Correction, text: &str) -> bool {
    let marks = correction.entities.iter();
    in_order(marks.map(|mark| (mark.start, mark.end, mark.text.as_str())), text)
}

fn in_order<'a>(mut spans: impl Iterator<Item = (usize, usize, &'a str)>, text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    spans.all(|(start, end, said)| {
        let after = start >= at && start < end;
        at = end;
        after && letters.get(start..end).is_some_and(|span| span.iter().copied().eq(said.chars()))
    })
}

/// The native format.
pub(super) struct JsonLines;

impl Writer for JsonLines {
    fn conversation(&mut self, _: &Conversation, _: &mut String) {}

    fn message(&mut self, message: &Message, _: &str, out: &mut String) {
        out.push_str(&json_line(wire_json(message)));
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, Label, Mark, ModelVersion, Polarity, Sentiment, SentimentScores, TagSource};

    fn message() -> Message {
        let label = || Label { name: "reminder".into(), confidence: 0.5 };
        let entity = Entity {
            start: 5,
            end: 9,
            text: "Anna".into(),
            entity: "person".into(),
            confidence: 0.5,
            value: "Anna".into(),
            source: TagSource::Model,
        };
        let scores = SentimentScores { negative: 0.25, neutral: 0.5, positive: 0.25 };
        Message {
            id: 1,
            conversation: 1,
            speaker: "user".into(),
            time: 5,
            source: Source::Typed,
            text: "call Anna".into(),
            analysis: Some(Analysis {
                intent: label(),
                intent_ranking: vec![label()],
                act: label(),
                sentiment: Sentiment { name: Polarity::Neutral, confidence: 0.5, scores },
                entities: vec![entity],
                model: ModelVersion { name: "m".into(), version: "1".into() },
            }),
            correction: Some(Correction {
                intent: Some("call".into()),
                act: Some("request".into()),
                sentiment: Some(Polarity::Positive),
                entities: vec![Mark {
                    start: 5,
                    end: 9,
                    text: "Anna".into(),
                    entity: Some("product".into()),
                    value: "Anna".into(),
                }],
            }),
            edited: Some(6),
        }
    }

    /// Whether a schema is for this type, or for it and null.
    fn is(schema: &Value, name: &str) -> bool {
        schema["type"] == name || schema["type"] == serde_json::json!([name, "null"])
    }

    /// Holds a value to its schema field by field; both must know the same ones.
    fn same(value: &Value, schema: &Value, root: &Value, path: &str) {
        let schema = schema.get("oneOf").map_or(schema, |one| &one[0]);
        let schema = match schema["$ref"].as_str() {
            Some(name) => root.pointer(name.trim_start_matches('#')).unwrap(),
            None => schema,
        };
        match value {
            Value::Object(object) => {
                let known = schema["properties"].as_object().unwrap();
                assert!(object.keys().eq(known.keys()), "{path}: {object:?} and {known:?}");
                let mut required: Vec<_> =
                    schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                required.sort_unstable();
                assert!(required.into_iter().eq(known.keys()), "{path}: every field is always there");
                object
                    .iter()
                    .for_each(|(key, value)| same(value, &known[key], root, &format!("{path}.{key}")));
            }
            Value::Array(list) => list.iter().for_each(|one| same(one, &schema["items"], root, path)),
            Value::String(text) if schema["enum"].is_array() => {
                assert!(schema["enum"].as_array().unwrap().iter().any(|one| one == text), "{path}: {text}");
            }
            Value::String(_) => assert!(is(schema, "string"), "{path}"),
            Value::Number(number) if number.is_f64() => assert!(is(schema, "number"), "{path}"),
            Value::Number(_) => assert!(is(schema, "integer"), "{path}"),
            other => panic!("{path}: {other}"),
        }
    }

    #[test]
    fn the_published_schema_knows_every_field_and_no_other() {
        let schema: Value =
            serde_json::from_str(include_str!("../../../docs/schema/message.schema.json")).unwrap();
        same(&serde_json::to_value(message()).unwrap(), &schema, &schema, "message");
    }
}
