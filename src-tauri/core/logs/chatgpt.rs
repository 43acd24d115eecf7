//! ChatGPT's `conversations.json`, from "Export data": each conversation is a
//! tree of messages, of which the branch that is shown is read.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::document::Document;
use super::found::{Identity, Record};
use super::input::{Head, Input};
use super::json_fields::{first_text, milliseconds};
use super::{Format, Reader};
use crate::Result;

pub(super) struct ChatGpt;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Conversation {
    title: Option<String>,
    create_time: Option<f64>,
    mapping: HashMap<String, Node>,
    current_node: Option<String>,
    conversation_id: Option<String>,
    id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Node {
    message: Option<Message>,
    parent: Option<String>,
    children: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Message {
    author: Value,
    create_time: Option<f64>,
    content: Value,
    metadata: Value,
}

impl Reader for ChatGpt {
    fn format(&self) -> Format {
        Format::ChatGpt
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let (Head::Array(keys) | Head::Object(keys, _)) = head else { return false };
        keys.iter().any(|key| key == "mapping")
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let document = input.document()?;
        if document.is_array {
            for raw in document.elements()? {
                one(document, raw, record)?;
            }
            return Ok(());
        }
        one(document, document.outer()?, record)
    }
}

fn one(document: &Document, raw: &RawValue, record: &mut Record<'_>) -> Result<()> {
    let Some(conversation) = document.one::<Conversation>(raw, record)? else { return Ok(()) };
    let id = conversation.conversation_id.as_ref().or(conversation.id.as_ref());
    let identity = id.cloned().map_or(Identity::Beginning, Identity::Id);
    record.conversation(conversation.title.clone().unwrap_or_default(), identity)?;

    let branch = branch(&conversation);
    let mut before = conversation.create_time.and_then(milliseconds).unwrap_or(record.options.start);
    for message in branch.iter().filter_map(|node| node.message.as_ref()) {
        let time = message.create_time.and_then(milliseconds).unwrap_or(before);
        before = time;
        let text = said(&message.content);
        let hidden = message.metadata.get("is_visually_hidden_from_conversation");
        if hidden.and_then(Value::as_bool) == Some(true) && !text.is_empty() {
            record.count("messages that ChatGPT does not show were left out");
            continue;
        }
        if text.is_empty() {
            record.count("steps of ChatGPT without a text were left out");
            continue;
        }
        let role = first_text(&message.author, &["role"]).unwrap_or("unknown");
        record.say(first_text(&message.author, &["name"]).unwrap_or(role), time, text)?;
    }
    let shown = branch.iter().filter(|node| node.message.is_some()).count();
    let all = conversation.mapping.values().filter(|node| node.message.is_some()).count();
    for _ in shown..all {
        record.count(
            "messages that were edited or asked again, so that another branch is shown, were left out",
        );
    }
    Ok(())
}

/// From the root to the node that was last shown.
fn branch(conversation: &Conversation) -> Vec<&Node> {
    let mapping = &conversation.mapping;
    let latest = || {
        let leaves = mapping.iter().filter(|(_, node)| node.children.is_empty());
        let time = |node: &Node| node.message.as_ref().and_then(|message| message.create_time).unwrap_or(0.0);
        leaves.max_by(|(a, x), (b, y)| time(x).total_cmp(&time(y)).then_with(|| a.cmp(b))).map(|(id, _)| id)
    };
    let mut branch = Vec::new();
    let mut next = conversation.current_node.as_ref().filter(|id| mapping.contains_key(*id)).or_else(latest);
    while let Some(node) = next.and_then(|id| mapping.get(id)) {
        branch.push(node);
        // A ring of parents would never end.
        if branch.len() > mapping.len() {
            break;
        }
        next = node.parent.as_ref();
    }
    branch.reverse();
    branch
}

/// The text of any of [the kinds of
/// content](https://help.openai.com/en/articles/7260999) that have one.
fn said(content: &Value) -> String {
    if first_text(content, &["content_type"]) == Some("reasoning_recap") {
        return String::new();
    }
    let part = |part: &Value| match part {
        Value::String(text) => Some(text.clone()),
        Value::Object(_) => {
            let kind = first_text(part, &["content_type"]).unwrap_or("attachment");
            let kind = kind.strip_suffix("_asset_pointer").unwrap_or(kind).replace('_', " ");
            Some(first_text(part, &["text"]).map_or_else(|| format!("[{kind}]"), str::to_owned))
        }
        _ => None,
    };
    let parts = content.get("parts").and_then(Value::as_array).into_iter().flatten();
    let spoken = |part: &Value| first_text(part, &["content_type"]) == Some("audio_transcription");
    // Of what was spoken there is the sound beside its words.
    let words = parts.clone().any(spoken);
    let parts = parts.filter(|part| !words || spoken(part) || part.is_string());
    let parts: Vec<_> = parts.filter_map(part).filter(|text| !text.is_empty()).collect();
    if parts.is_empty() {
        return first_text(content, &["text", "result", "content"]).unwrap_or_default().to_owned();
    }
    parts.join("\n")
}
