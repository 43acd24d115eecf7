//! A [Slack workspace export](https://slack.com/help/articles/220556107): a zip
//! with `users.json`, `channels.json` and a folder a channel with a file a day.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::Deserialize;
use serde_json::Value;

use super::archive;
use super::document::Document;
use super::found::{Identity, Record};
use super::input::{Head, Input};
use super::json_fields::{first_text, list, milliseconds, written};
use super::{Format, Reader, SYSTEM};
use crate::Result;

pub(super) struct Slack;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Message {
    subtype: Option<String>,
    user: Option<String>,
    username: Option<String>,
    bot_id: Option<String>,
    text: Option<String>,
    #[serde(deserialize_with = "written")]
    ts: Option<String>,
    #[serde(deserialize_with = "written")]
    thread_ts: Option<String>,
    edited: Option<Value>,
    user_profile: Option<Value>,
    bot_profile: Option<Value>,
    comment: Option<Value>,
    #[serde(deserialize_with = "list")]
    blocks: Vec<Value>,
    #[serde(deserialize_with = "list")]
    attachments: Vec<Value>,
    #[serde(deserialize_with = "list")]
    files: Vec<Value>,
}

impl Reader for Slack {
    fn format(&self) -> Format {
        Format::Slack
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Archive(names) = head else { return false };
        let has = |wanted: &str| names.iter().any(|name| name.rsplit('/').next() == Some(wanted));
        has("users.json") && ["channels.json", "groups.json", "dms.json", "mpims.json"].into_iter().any(has)
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let workspace = Workspace::read(input, record)?;
        let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in input.archive()?.names.clone() {
            let Some((folder, file)) = name.rsplit_once('/') else { continue };
            if file.ends_with(".json") && !workspace.lists.contains(&name) {
                days.entry(folder.to_owned()).or_default().push(name);
            }
        }
        for (folder, mut files) in days {
            files.sort();
            let folder = folder.rsplit('/').next().unwrap_or_default();
            let room = workspace.rooms.get(folder);
            let title = room.map_or_else(|| format!("#{folder}"), |room| room.title.clone());
            let id = room.map_or(folder, |room| room.id.as_str());
            record.conversation(title, Identity::Id(id.to_owned()))?;
            for file in files {
                let text = archive::text(input, &file)?;
                record.entry = Some(file.clone());
                match Document::parse(text, file.as_ref()) {
                    Ok(document) => workspace.day(&document, record)?,
                    Err(error) => record.warn(None, error.to_string())?,
                }
                record.entry = None;
            }
        }
        Ok(())
    }
}

/// A channel, group or direct conversation.
struct Room {
    id: String,
    title: String,
}

struct Workspace {
    /// Files at the root of the export.
    lists: Vec<String>,
    users: HashMap<String, String>,
    /// By the name of their folder.
    rooms: HashMap<String, Room>,
    channels: HashMap<String, String>,
}

impl Workspace {
    fn read(input: &mut Input, record: &mut Record<'_>) -> Result<Workspace> {
        let mut workspace = Workspace {
            lists: Vec::new(),
            // Slack's own voice is in no list.
            users: HashMap::from([("USLACKBOT".to_owned(), "Slackbot".to_owned())]),
            rooms: HashMap::new(),
            channels: HashMap::new(),
        };
        let names = input.archive()?.names.clone();
        let find = |wanted: &str| names.iter().find(|name| name.rsplit('/').next() == Some(wanted)).cloned();
        for (file, kind) in [
            ("users.json", ""),
            ("channels.json", "#"),
            ("groups.json", "#"),
            ("dms.json", "@"),
            ("mpims.json", "@"),
        ] {
            let Some(name) = find(file) else { continue };
            let text = archive::text(input, &name)?;
            let list: Vec<Value> = match serde_json::from_str(&text) {
                Ok(list) => list,
                Err(error) => {
                    record.warn(None, format!("{name} could not be read: {error}"))?;
                    Vec::new()
                }
            };
            for one in &list {
                workspace.learn(kind, one);
            }
            workspace.lists.push(name);
        }
        Ok(workspace)
    }

    fn learn(&mut self, kind: &str, one: &Value) {
        let Some(id) = first_text(one, &["id"]) else { return };
        match kind {
            "" => {
                if let Some(name) = user_name(one) {
                    self.users.insert(id.to_owned(), name);
                }
            }
            "#" => {
                let name = first_text(one, &["name"]).unwrap_or(id);
                self.channels.insert(id.to_owned(), name.to_owned());
                let room = Room { id: id.to_owned(), title: format!("#{name}") };
                self.rooms.insert(name.to_owned(), room);
            }
            _ => {
                let members = one.get("members").and_then(Value::as_array).into_iter().flatten();
                let members = members.filter_map(Value::as_str).map(|member| self.user(member));
                let title = members.collect::<Vec<_>>().join(", ");
                // Direct conversations have their number as folder, groups their name.
                let folder = first_text(one, &["name"]).unwrap_or(id);
                self.rooms.insert(folder.to_owned(), Room { id: id.to_owned(), title });
            }
        }
    }

    fn user(&self, id: &str) -> String {
        self.users.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn day(&self, document: &Document, record: &mut Record<'_>) -> Result<()> {
        for raw in document.elements()? {
            let Some(message) = document.one::<Message>(raw, record)? else { continue };
            let time = message.ts.as_deref().and_then(|ts| milliseconds(ts.parse().ok()?));
            let Some(time) = time else {
                record.warn(document.line(raw), "a message without a time that can be read; passed over")?;
                continue;
            };
            if message.edited.is_some() {
                record.count("edited messages stand in their last wording");
            }
            if message.thread_ts.is_some() && message.thread_ts != message.ts {
                record.count("replies in threads stand in their channel by their time");
            }
            let (speaker, text) = (self.speaker(&message), self.said(&message, record));
            match message.subtype.as_deref() {
                None
                | Some(
                    "bot_message"
                    | "me_message"
                    | "thread_broadcast"
                    | "file_share"
                    | "file_comment"
                    | "reply_broadcast"
                    | "slackbot_response"
                    | "assistant_app_thread"
                    | "document_mention",
                ) => record.say(speaker, time, text)?,
                Some(_) => {
                    let told = if text.contains(&speaker) || speaker == SYSTEM {
                        text
                    } else {
                        format!("{speaker}: {text}")
                    };
                    record.system(time, told)?;
                }
            }
        }
        Ok(())
    }

    fn speaker(&self, message: &Message) -> String {
        let commenter = message.comment.as_ref().and_then(|comment| first_text(comment, &["user"]));
        if let Some(id) = message.user.as_deref().or(commenter) {
            let profile = message.user_profile.as_ref();
            let own = || profile.and_then(|p| first_text(p, &["display_name", "real_name", "name"]));
            let known = self.users.get(id).map(String::as_str).or_else(own);
            return known.unwrap_or(id).to_owned();
        }
        let named = message.username.as_deref().filter(|name| !name.is_empty());
        let bot = || message.bot_profile.as_ref().and_then(|bot| first_text(bot, &["name"]));
        named.or_else(bot).or(message.bot_id.as_deref()).unwrap_or(SYSTEM).to_owned()
    }

    /// The text with its mentions resolved; of a bot's message without one, the
    /// texts of its attachments.
    fn said(&self, message: &Message, record: &mut Record<'_>) -> String {
        let text = match message.text.as_deref().unwrap_or_default() {
            "" => message.blocks.iter().map(|block| self.block(block)).collect::<Vec<_>>().join("\n"),
            text => self.resolved(text),
        };
        let text = text.trim().to_owned();
        let files = message
            .files
            .iter()
            .map(|file| format!("[file {}]", first_text(file, &["name", "title"]).unwrap_or_default()));
        if !text.is_empty() {
            files.for_each(|_| record.count("attachments beside a text were left out"));
            return text;
        }
        let attached = message.attachments.iter().flat_map(|attachment| {
            let parts = [
                first_text(attachment, &["pretext"]),
                first_text(attachment, &["text", "fallback", "title"]),
            ];
            parts.into_iter().flatten().map(|part| self.resolved(part)).collect::<Vec<_>>()
        });
        attached.chain(files).collect::<Vec<_>>().join("\n")
    }

    /// What a reader sees of a [block](https://api.slack.com/reference/block-kit/blocks), a part of one, or a part of
    /// that, in the order in which they stand.
    fn block(&self, block: &Value) -> String {
        let named = |key| first_text(block, &[key]);
        match (named("type"), block.get("text")) {
            (Some("user"), _) => format!("@{}", self.user(named("user_id").unwrap_or_default())),
            (Some("channel"), _) => self.link(&format!("#{}", named("channel_id").unwrap_or_default())),
            (Some("emoji"), _) => format!(":{}:", named("name").unwrap_or_default()),
            (Some("link"), None) => named("url").unwrap_or_default().to_owned(),
            (Some("mrkdwn"), Some(Value::String(text))) => self.resolved(text),
            (_, Some(Value::String(text))) => text.clone(),
            (_, Some(inner)) => self.block(inner),
            _ => {
                let parts =
                    ["elements", "fields"].into_iter().filter_map(|key| block.get(key)?.as_array()).flatten();
                parts.map(|part| self.block(part)).collect()
            }
        }
    }

    /// [Slack's markup](https://api.slack.com/reference/surfaces/formatting) as
    /// what a reader of the channel sees.
    fn resolved(&self, text: &str) -> String {
        static MARKUP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<([^<>\n]+)>").ok());
        let shown = match MARKUP.as_ref() {
            Some(markup) => markup.replace_all(text, |found: &Captures<'_>| self.link(&found[1])),
            None => text.into(),
        };
        shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    fn link(&self, inside: &str) -> String {
        let (target, label) = match inside.split_once('|') {
            Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
            None => (inside, None),
        };
        if let Some(user) = target.strip_prefix('@') {
            return format!("@{}", self.users.get(user).map(String::as_str).or(label).unwrap_or(user));
        }
        if let Some(channel) = target.strip_prefix('#') {
            return format!(
                "#{}",
                self.channels.get(channel).map(String::as_str).or(label).unwrap_or(channel)
            );
        }
        if let Some(group) = target.strip_prefix('!') {
            let word = group.split('^').next().unwrap_or(group);
            return label.map_or_else(|| format!("@{word}"), str::to_owned);
        }
        let address = target.strip_prefix("mailto:").unwrap_or(target);
        match label {
            Some(label) if !address.contains(label) => format!("{label} ({address})"),
            _ => address.to_owned(),
        }
    }
}

fn user_name(user: &Value) -> Option<String> {
    let profile = user.get("profile");
    let shown = profile.and_then(|profile| first_text(profile, &["display_name"]));
    let real = || first_text(user, &["real_name"]).or_else(|| first_text(profile?, &["real_name"]));
    shown.or_else(real).or_else(|| first_text(user, &["name"])).map(str::to_owned)
}
