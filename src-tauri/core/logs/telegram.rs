//! Telegram Desktop's `result.json`, of one chat or of the whole account
//! ([its writer](https://github.com/telegramdesktop/tdesktop/blob/dev/Telegram/SourceFiles/export/output/export_output_json.cpp)).

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::document::Document;
use super::found::{Identity, Record};
use super::input::{Head, Input};
use super::json_fields::{first_text, list, written};
use super::{DayOrder, Format, Reader, times};
use crate::Result;

pub(super) struct Telegram;

/// The whole account.
#[derive(Deserialize)]
struct Account<'a> {
    #[serde(borrow, default)]
    chats: Chats<'a>,
    #[serde(borrow, default)]
    left_chats: Chats<'a>,
}

#[derive(Deserialize, Default)]
struct Chats<'a> {
    #[serde(borrow, default)]
    list: Vec<Chat<'a>>,
}

#[derive(Deserialize)]
struct Chat<'a> {
    #[serde(default)]
    name: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    id: Value,
    #[serde(borrow, default)]
    messages: Vec<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Message {
    #[serde(rename = "type")]
    kind: String,
    date: Option<String>,
    #[serde(deserialize_with = "written")]
    date_unixtime: Option<String>,
    edited: Option<Value>,
    edited_unixtime: Option<Value>,
    from: Option<String>,
    from_id: Option<Value>,
    actor: Option<String>,
    action: Option<String>,
    title: Option<String>,
    #[serde(deserialize_with = "list")]
    members: Vec<Value>,
    duration_seconds: Option<u64>,
    forwarded_from: Option<Value>,
    text: Value,
    text_entities: Value,
    media_type: Option<String>,
    sticker_emoji: Option<String>,
    photo: Option<Value>,
    file: Option<String>,
    file_name: Option<String>,
    poll: Option<Value>,
    location_information: Option<Value>,
    contact_information: Option<Value>,
    game_title: Option<String>,
    place_name: Option<String>,
    invoice_information: Option<Value>,
    dice: Option<Value>,
    inviter: Option<String>,
}

impl Reader for Telegram {
    fn format(&self) -> Format {
        Format::Telegram
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Object(keys, message) = head else { return false };
        let has = |key: &str| keys.iter().any(|k| k == key);
        let said = |key: &str| message.iter().any(|k| k == key);
        (has("messages") && has("type") && has("id"))
            || (said("type") && (said("date_unixtime") || said("from_id") || said("actor_id")))
            || has("chats")
            || has("left_chats")
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let stem = input.stem();
        let document = input.document()?;
        if document.keys.iter().any(|key| key == "messages") {
            return chat(document, &document.outer()?, &stem, record);
        }
        let account: Account<'_> = document.outer()?;
        for one in account.chats.list.iter().chain(&account.left_chats.list) {
            chat(document, one, "", record)?;
        }
        Ok(())
    }
}

fn chat(document: &Document, chat: &Chat<'_>, otherwise: &str, record: &mut Record<'_>) -> Result<()> {
    let title = match chat.kind.as_deref() {
        Some("saved_messages") if chat.name.is_none() => "Saved messages".to_owned(),
        _ => chat.name.clone().unwrap_or_else(|| otherwise.to_owned()),
    };
    let identity = match &chat.id {
        Value::Null => Identity::Beginning,
        id => Identity::Id(id.to_string()),
    };
    record.conversation(title, identity)?;
    for raw in &chat.messages {
        let Some(message) = document.one::<Message>(raw, record)? else { continue };
        let Some(time) = time(&message, record) else {
            record.warn(document.line(raw), "a message without a time that can be read; passed over")?;
            continue;
        };
        match message.kind.as_str() {
            "message" => {
                if message.edited.is_some() || message.edited_unixtime.is_some() {
                    record.count("edited messages stand in their last wording");
                }
                if message.forwarded_from.is_some() {
                    record.count("forwarded messages stand under the name of who forwarded them");
                }
                let text = said(&message, record);
                record.say(speaker(&message), time, text)?;
            }
            "service" => record.system(time, service(&message))?,
            "unsupported" => record.warn(document.line(raw), "a message that Telegram could not export")?,
            other => {
                record.warn(
                    document.line(raw),
                    format!("a message of the unknown kind {other:?}; passed over"),
                )?;
            }
        }
    }
    Ok(())
}

fn time(message: &Message, record: &Record<'_>) -> Option<i64> {
    let written = message.date_unixtime.as_deref().or(message.date.as_deref())?;
    times::parse(written, DayOrder::DayFirst, &record.options.timezone)
}

/// The name; for an account that is gone, its number.
fn speaker(message: &Message) -> String {
    let named = message.from.as_deref().filter(|name| !name.is_empty());
    named.map(str::to_owned).unwrap_or_else(|| match &message.from_id {
        Some(Value::String(id)) => id.clone(),
        Some(id) => id.to_string(),
        None => "Deleted Account".to_owned(),
    })
}

/// The text, or a word in brackets for a message that is something else.
fn said(message: &Message, record: &mut Record<'_>) -> String {
    let text = written_text(message);
    let Some(other) = attachment(message) else { return text };
    if text.is_empty() {
        return format!("[{other}]");
    }
    record.count("attachments beside a text were left out");
    text
}

/// The text; its pieces where it does not stand in one.
fn written_text(message: &Message) -> String {
    let whole = text(&message.text);
    if whole.is_empty() { text(&message.text_entities) } else { whole }
}

/// A string, or a list of strings and of objects with a "text".
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(text).collect(),
        Value::Object(part) => part.get("text").map(text).unwrap_or_default(),
        _ => String::new(),
    }
}

fn attachment(message: &Message) -> Option<String> {
    let kind = message.media_type.as_deref().map(|kind| kind.replace('_', " "));
    if let Some(poll) = &message.poll {
        return Some(format!("poll: {}", poll.get("question").map(text).unwrap_or_default()));
    }
    if let Some(contact) = &message.contact_information {
        let name = ["first_name", "last_name"].map(|key| first_text(contact, &[key]).unwrap_or_default());
        return Some(format!("contact {}", name.join(" ").trim()));
    }
    match (&kind, &message.sticker_emoji, &message.file_name) {
        (Some(kind), Some(emoji), _) => Some(format!("{kind} {emoji}")),
        (Some(kind), None, _) => Some(kind.clone()),
        (None, _, Some(name)) => Some(format!("file {name}")),
        _ if message.photo.is_some() => Some("photo".to_owned()),
        _ if message.file.is_some() => Some("file".to_owned()),
        _ if message.place_name.is_some() => message.place_name.as_ref().map(|name| format!("place {name}")),
        _ if message.location_information.is_some() => Some("location".to_owned()),
        _ if message.game_title.is_some() => message.game_title.as_ref().map(|name| format!("game {name}")),
        _ if message.invoice_information.is_some() => Some("invoice".to_owned()),
        _ if message.dice.is_some() => Some("dice".to_owned()),
        _ => None,
    }
}

/// "Anna invite members Bob, Carol", from the fields of the action.
fn service(message: &Message) -> String {
    let mut words = vec![message.actor.clone().unwrap_or_default()];
    words.push(message.action.as_deref().unwrap_or("did something").replace('_', " "));
    words.extend(message.title.as_ref().map(|title| format!("“{title}”")));
    let members: Vec<_> = message.members.iter().filter_map(Value::as_str).collect();
    words.extend((!members.is_empty()).then(|| members.join(", ")));
    words.extend(message.duration_seconds.map(|seconds| format!("({seconds} s)")));
    words.extend(message.inviter.as_ref().map(|name| format!("of {name}")));
    let told = written_text(message);
    words.extend((!told.is_empty()).then_some(told));
    words.join(" ").trim().to_owned()
}
