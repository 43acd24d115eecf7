//! Conversations named, pinned and put away, and the places of messages in them.

use rusqlite::{OptionalExtension, Transaction, named_params};
use serde::Deserialize;

use super::{MESSAGE_COLUMNS, Store, message, no_message, title, with_entities};
use crate::{Conversation, Message, Result};

/// What is to change about a conversation; `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Arrangement {
    /// Its title; if empty, the beginning of its first message.
    #[cfg_attr(test, ts(optional))]
    pub title: Option<String>,
    /// Whether it is to stand above the others.
    #[cfg_attr(test, ts(optional))]
    pub pinned: Option<bool>,
    /// Whether it is put away.
    #[cfg_attr(test, ts(optional))]
    pub archived: Option<bool>,
}

impl Store {
    /// Names, pins or puts away a conversation.
    pub fn arrange(&mut self, id: i64, wish: &Arrangement) -> Result<Conversation> {
        self.conversation(id)?;
        self.change(|change| {
            change
                .prepare_cached(
                    "UPDATE conversation SET title = coalesce(:title, title), pinned = coalesce(:pinned, pinned),
                                             archived = coalesce(:archived, archived)
                     WHERE id = :id",
                )?
                .execute(named_params! {
                    ":id": id,
                    ":title": wish.title.as_deref().map(str::trim),
                    ":pinned": wish.pinned,
                    ":archived": wish.archived,
                })?;
            name_after_first(change, id)
        })?;
        self.conversation(id)
    }

    /// At most `limit` messages of a conversation, oldest first, from the one on
    /// that has `first` before it.
    pub fn messages_from(&self, conversation: i64, first: u32, limit: u32) -> Result<Vec<Message>> {
        self.conversation(conversation)?;
        self.read(|connection| {
            // The ids alone are counted off in the index; rows are read for the page only.
            connection
                .prepare_cached(&format!(
                    "{MESSAGE_COLUMNS} WHERE message.id IN
                         (SELECT id FROM message WHERE conversation = :conversation
                          ORDER BY id LIMIT :limit OFFSET :first)
                     ORDER BY message.id"
                ))?
                .query_map(
                    named_params! {":conversation": conversation, ":first": first, ":limit": limit},
                    message,
                )?
                .map(|message| with_entities(connection, message?))
                .collect()
        })
    }

    /// The conversation of a message, and how many messages stand before it there.
    pub fn place(&self, id: i64) -> Result<(i64, u32)> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT message.conversation,
                            (SELECT count(*) FROM message AS earlier
                             WHERE earlier.conversation = message.conversation AND earlier.id < message.id)
                     FROM message WHERE message.id = :id",
                )?
                .query_row(named_params! {":id": id}, |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })?
        .ok_or_else(|| no_message(id))
    }
}

/// Gives a conversation without a title that of its first words.
pub(super) fn name_after_first(change: &Transaction<'_>, conversation: i64) -> rusqlite::Result<()> {
    let first: Option<String> = change
        .prepare_cached(
            "SELECT text FROM message WHERE conversation = :conversation AND source <> 'assistant'
             ORDER BY id LIMIT 1",
        )?
        .query_row(named_params! {":conversation": conversation}, |row| row.get(0))
        .optional()?;
    change
        .prepare_cached("UPDATE conversation SET title = :title WHERE id = :id AND title = ''")?
        .execute(named_params! {":id": conversation, ":title": title(first.as_deref().unwrap_or_default())})
        .map(drop)
}

/// Takes the title from a conversation that has it from the words `text`.
pub(super) fn unname(change: &Transaction<'_>, conversation: i64, text: &str) -> rusqlite::Result<()> {
    change
        .prepare_cached("UPDATE conversation SET title = '' WHERE id = :id AND title = :title")?
        .execute(named_params! {":id": conversation, ":title": title(text)})
        .map(drop)
}
