//! Facebook Messenger and Instagram, from "Download your information": JSON
//! whose texts are UTF-8 read as Latin-1, newest message first; and Messenger's
//! own download of encrypted chats, which is neither.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::found::{Identity, Record};
use super::input::{Head, Input};
use super::json_fields::{first_text, list};
use super::{Format, Reader};
use crate::Result;

pub(super) struct Messenger;

#[derive(Deserialize)]
struct Thread<'a> {
    #[serde(default)]
    participants: Vec<Value>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default, rename = "threadName")]
    thread_name: Option<String>,
    #[serde(default)]
    thread_path: Option<String>,
    #[serde(borrow)]
    messages: Vec<&'a RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Message {
    #[serde(alias = "senderName")]
    sender_name: String,
    timestamp_ms: Option<i64>,
    timestamp: Option<i64>,
    content: Option<String>,
    text: Option<String>,
    #[serde(alias = "isUnsent")]
    is_unsent: Option<bool>,
    is_geoblocked_for_viewer: Option<bool>,
    #[serde(deserialize_with = "list")]
    photos: Vec<Value>,
    #[serde(deserialize_with = "list")]
    videos: Vec<Value>,
    #[serde(deserialize_with = "list")]
    audio_files: Vec<Value>,
    #[serde(deserialize_with = "list")]
    gifs: Vec<Value>,
    #[serde(deserialize_with = "list")]
    files: Vec<Value>,
    #[serde(deserialize_with = "list")]
    media: Vec<Value>,
    sticker: Option<Value>,
    share: Option<Value>,
    call_duration: Option<u64>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl Reader for Messenger {
    fn format(&self) -> Format {
        Format::Messenger
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Object(keys, message) = head else { return false };
        let all = |keys: &[String], wanted: [&str; 2]| wanted.iter().all(|w| keys.iter().any(|key| key == w));
        all(keys, ["participants", "messages"])
            || all(message, ["sender_name", "timestamp_ms"])
            || all(message, ["senderName", "timestamp"])
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let stem = input.stem();
        let document = input.document()?;
        let thread: Thread<'_> = document.outer()?;
        let title =
            thread.title.as_deref().map(repaired).or(thread.thread_name).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| {
            let names =
                thread.participants.iter().filter_map(|one| first_text(one, &["name"]).or(one.as_str()));
            let names = names.map(repaired).collect::<Vec<_>>().join(", ");
            if names.is_empty() { stem } else { names }
        });
        record.conversation(title, thread.thread_path.map_or(Identity::Beginning, Identity::Id))?;

        let mut messages = Vec::new();
        for raw in thread.messages {
            let Some(message) = document.one::<Message>(raw, record)? else { continue };
            match message.timestamp_ms.or(message.timestamp) {
                Some(time) => messages.push((time, message)),
                None => record.warn(document.line(raw), "a message without a time; passed over")?,
            }
        }
        // Newest first in the file; of equal times the later in the file is older.
        messages.reverse();
        messages.sort_by_key(|(time, _)| *time);
        for (time, message) in messages {
            let text = said(&message, record);
            match message.kind.as_deref() {
                // Older exports mark who comes and goes.
                Some("Subscribe" | "Unsubscribe") => record.system(time, text)?,
                _ => record.say(repaired(&message.sender_name), time, text)?,
            }
        }
        Ok(())
    }
}

fn said(message: &Message, record: &mut Record<'_>) -> String {
    let attached: Vec<&str> = [
        (&message.photos, "photo"),
        (&message.videos, "video"),
        (&message.audio_files, "voice message"),
        (&message.gifs, "GIF"),
        (&message.files, "file"),
        (&message.media, "media"),
    ]
    .into_iter()
    .flat_map(|(list, word)| list.iter().map(move |_| word))
    .chain(message.sticker.as_ref().map(|_| "sticker"))
    .collect();
    let link =
        message.share.as_ref().and_then(|share| first_text(share, &["link", "share_text"])).map(repaired);
    if let Some(content) =
        message.content.as_deref().map(repaired).or(message.text.clone()).filter(|c| !c.is_empty())
    {
        attached.iter().for_each(|_| record.count("attachments beside a text were left out"));
        return match link {
            Some(link) if !content.contains(&link) => format!("{content}\n{link}"),
            _ => content,
        };
    }
    let brackets = attached.iter().map(|word| format!("[{word}]"));
    let call = message.call_duration.map(|seconds| format!("[call, {seconds} s]"));
    let text = brackets.chain(call).chain(link).collect::<Vec<_>>().join("\n");
    match text.is_empty() {
        true if message.is_unsent == Some(true) => "[unsent]".to_owned(),
        true if message.is_geoblocked_for_viewer == Some(true) => "[not shown in this country]".to_owned(),
        true => "[empty]".to_owned(),
        false => text,
    }
}

/// Undoes the reading of UTF-8 as Latin-1, where that is what happened.
fn repaired(text: &str) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(letter as u32).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn mojibake_is_undone_and_nothing_else() {
        assert_eq!(repaired("CafÃ\u{a9} \u{f0}\u{9f}\u{98}\u{80}"), "Café 😀");
        assert_eq!(repaired("plain"), "plain");
        assert_eq!(repaired("Café"), "Café");
        assert_eq!(repaired("😀 Ã\u{a9}"), "😀 Ã\u{a9}");
    }
}
