//! [signal-export](https://github.com/carderne/signal-export): its text,
//! `[2026-01-31, 18:30] Anna: hello`, and its `data.json`, a message a line.

use serde::Deserialize;
use serde_json::Value;

use super::found::{Identity, Record};
use super::input::{Head, Input};
use super::json_fields::{first_text, list, wrong};
use super::stamped::Chat;
use super::{DayOrder, Format, Reader, times, whatsapp};
use crate::Result;

pub(super) struct Signal;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Message {
    date: String,
    sender: String,
    body: Option<String>,
    sticker: Value,
    #[serde(deserialize_with = "list")]
    attachments: Vec<Value>,
    deleted: bool,
}

impl Reader for Signal {
    fn format(&self) -> Format {
        Format::Signal
    }

    /// The year first, in hyphens and brackets, and no seconds: no WhatsApp
    /// writes that. Or the names that signal-export gives its fields.
    fn recognises(&self, head: &Head<'_>) -> bool {
        let fields = |object: &str| {
            let object: Option<serde_json::Map<String, Value>> = serde_json::from_str(object).ok();
            object.is_some_and(|object| FIELDS.iter().all(|field| object.contains_key(*field)))
        };
        match head {
            Head::Object(keys, _) => FIELDS.iter().all(|field| keys.iter().any(|key| key == field)),
            Head::Lines(text) if text.starts_with('{') => text.lines().next().is_some_and(fields),
            Head::Lines(text) => whatsapp::stamps(text, |stamp| {
                stamp.bracket && stamp.date.year_first && stamp.hyphens && !stamp.has_seconds
            }),
            _ => false,
        }
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let title = title(input);
        let is_json = match input.head()? {
            Head::Lines(text) => text.starts_with('{'),
            _ => true,
        };
        if !is_json {
            return Chat::read(title, input, record);
        }
        record.conversation(title, Identity::Beginning)?;
        let mut lines = input.lines()?;
        while let Some(line) = lines.next(record)? {
            if line.text.trim().is_empty() {
                continue;
            }
            let message: Message = match serde_json::from_str(&line.text) {
                Ok(message) => message,
                Err(error) => {
                    record.warn(line.number, format!("is not a message: {}", wrong(&error)))?;
                    continue;
                }
            };
            match times::parse(&message.date, DayOrder::DayFirst, &record.options.timezone) {
                Some(time) => {
                    let text = said(&message, record);
                    record.say(message.sender, time, text)?;
                }
                None => record.warn(line.number, "has no time that can be read; passed over")?,
            }
        }
        Ok(())
    }
}

const FIELDS: [&str; 4] = ["date", "sender", "body", "reactions"];

/// Each chat has a folder of its name, in which all files are called alike.
fn title(input: &Input) -> String {
    let stem = input.stem();
    let folder = input.name().parent().and_then(|folder| folder.file_name());
    match folder {
        Some(folder) if matches!(stem.as_str(), "data" | "chat" | "index") => {
            folder.to_string_lossy().into_owned()
        }
        _ => stem,
    }
}

fn said(message: &Message, record: &mut Record<'_>) -> String {
    // signal-export ends each with two spaces, so that Markdown breaks the line.
    let body = message.body.as_deref().unwrap_or_default().trim_end();
    let files = message.attachments.iter().map(|file| first_text(file, &["name"]).unwrap_or("attachment"));
    if !body.is_empty() {
        files.for_each(|_| record.count("attachments beside a text were left out"));
        return body.to_owned();
    }
    let sticker = first_text(&message.sticker, &["emoji"]).or(message.sticker.as_str());
    let sticker = sticker.filter(|emoji| !emoji.is_empty()).map(|emoji| format!("[sticker {emoji}]"));
    let others: Vec<String> = files.map(|name| format!("[{name}]")).chain(sticker).collect();
    match others.is_empty() {
        true if message.deleted => "[deleted]".to_owned(),
        true => "[empty]".to_owned(),
        false => others.join("\n"),
    }
}
