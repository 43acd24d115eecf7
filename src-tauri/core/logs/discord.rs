//! JSON of [DiscordChatExporter](https://github.com/Tyrrrz/DiscordChatExporter).

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::found::{Identity, Record};
use super::input::{Head, Input};
use super::json_fields::{first_text, list, written};
use super::{DayOrder, Format, Reader, times};
use crate::Result;

pub(super) struct Discord;

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(default)]
    guild: Value,
    #[serde(default)]
    channel: Channel,
    #[serde(borrow)]
    messages: Vec<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Channel {
    #[serde(deserialize_with = "written")]
    id: Option<String>,
    #[serde(rename = "type", deserialize_with = "written")]
    kind: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Message {
    #[serde(rename = "type", deserialize_with = "written")]
    kind: Option<String>,
    timestamp: String,
    timestamp_edited: Option<String>,
    author: Author,
    #[serde(flatten)]
    own: Contents,
    /// What someone else wrote and this message passes on.
    forwarded_message: Option<Contents>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Contents {
    content: Option<String>,
    #[serde(deserialize_with = "list")]
    attachments: Vec<Value>,
    #[serde(deserialize_with = "list")]
    embeds: Vec<Value>,
    #[serde(deserialize_with = "list")]
    stickers: Vec<Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Author {
    name: Option<String>,
    nickname: Option<String>,
}

impl Reader for Discord {
    fn format(&self) -> Format {
        Format::Discord
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Object(keys, _) = head else { return false };
        ["guild", "channel", "messages"].iter().all(|key| keys.iter().any(|k| k == key))
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let document = input.document()?;
        let export: Export<'_> = document.outer()?;
        let channel = export.channel.name.unwrap_or_default();
        let direct = export.channel.kind.as_deref().is_some_and(|kind| kind.starts_with("Direct"));
        let title = match first_text(&export.guild, &["name"]) {
            Some(guild) if !direct => format!("{guild} #{channel}"),
            _ => channel,
        };
        let identity = export.channel.id.map_or(Identity::Beginning, Identity::Id);
        record.conversation(title, identity)?;
        for raw in export.messages {
            let Some(message) = document.one::<Message>(raw, record)? else { continue };
            let Some(time) = times::parse(&message.timestamp, DayOrder::DayFirst, &record.options.timezone)
            else {
                record.warn(document.line(raw), "a message without a time that can be read; passed over")?;
                continue;
            };
            if message.timestamp_edited.is_some() {
                record.count("edited messages stand in their last wording");
            }
            let mut text = said(&message.own, record);
            if let Some(forwarded) = &message.forwarded_message {
                record.count("forwarded messages stand under the name of who passed them on");
                text = [text, said(forwarded, record)].join("\n").trim().to_owned();
            }
            let speaker = message.author.nickname.filter(|name| !name.is_empty()).or(message.author.name);
            let speaker = speaker.unwrap_or_else(|| "Deleted User".to_owned());
            // Numbers are how older exporters wrote the kinds that are people's.
            match message.kind.as_deref() {
                None | Some("Default" | "Reply" | "0" | "19") => record.say(speaker, time, text)?,
                Some("ChatInputCommand" | "ContextMenuCommand" | "20" | "23") => {
                    record.say(speaker, time, text)?
                }
                Some(_) => record.system(time, format!("{speaker}: {text}"))?,
            }
        }
        Ok(())
    }
}

/// The content, or what stands in its place in brackets.
fn said(message: &Contents, record: &mut Record<'_>) -> String {
    let content = message.content.clone().unwrap_or_default();
    let attached = message.attachments.iter().map(|file| named(file, "fileName", "attachment"));
    let stickers = message
        .stickers
        .iter()
        .map(|sticker| format!("sticker {}", first_text(sticker, &["name"]).unwrap_or_default()));
    let others: Vec<String> = attached.chain(stickers).collect();
    if !content.is_empty() {
        others.iter().for_each(|_| record.count("attachments beside a text were left out"));
        return content;
    }
    let embedded = message.embeds.iter().flat_map(|embed| {
        ["title", "description"].into_iter().filter_map(|key| first_text(embed, &[key])).map(str::to_owned)
    });
    let embedded: Vec<String> = embedded.collect();
    let others = others.into_iter().map(|other| format!("[{other}]"));
    others.chain(embedded).collect::<Vec<_>>().join("\n")
}

fn named(value: &Value, key: &str, otherwise: &str) -> String {
    first_text(value, &[key]).unwrap_or(otherwise).to_owned()
}
