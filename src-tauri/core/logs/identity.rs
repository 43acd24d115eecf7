//! What makes a message the same one when its log is read again.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::found::{Found, Identity, Utterance};
use crate::Result;

/// Names a conversation or a message across imports.
pub(crate) type Key = [u8; 16];

/// How many bytes of a message's key are its time. Keys in the order of the log go
/// to the end of the store's index; in no order, each would go to a page of its own.
const TIME: usize = 6;

/// What was found, named.
pub(crate) enum Keyed {
    /// The conversation of the utterances that follow.
    Conversation {
        /// Its name.
        origin: Key,
        /// Its title.
        title: String,
        /// Time of its first message: UTC, milliseconds.
        first: i64,
    },
    /// A message of it.
    Utterance {
        /// The message.
        said: Utterance,
        /// What its key is made of.
        base: Key,
        /// How many messages with the same base came before it.
        repeat: u32,
    },
}

/// Names what is found, in order.
pub(crate) struct Keys {
    start: i64,
    format: &'static str,
    open: Option<Open>,
    named: HashMap<String, Key>,
    /// How often each message of the present time came: in many chats a time is
    /// a minute, and "ok" can be said twice in it.
    repeats: HashMap<Key, u32>,
    time: i64,
}

struct Open {
    title: String,
    identity: Identity,
    origin: Option<Key>,
    told: bool,
    held: Vec<Utterance>,
}

impl Keys {
    /// For a log without dates that begins at `start`.
    pub(crate) fn new(start: i64) -> Keys {
        Keys { start, format: "", open: None, named: HashMap::new(), repeats: HashMap::new(), time: i64::MIN }
    }

    /// The key of a message: its base and which of its repetitions it is.
    pub(crate) fn key(base: &Key, repeat: u32) -> Key {
        let mut key = hash(&[base, &repeat.to_le_bytes()]);
        key[..TIME].copy_from_slice(&base[..TIME]);
        key
    }

    /// Names the next piece; hands over what can be named now.
    pub(crate) fn take(&mut self, found: Found, out: &mut dyn FnMut(Keyed) -> Result<()>) -> Result<()> {
        match found {
            Found::Conversation { title, identity } => {
                self.flush(out)?;
                let origin = match &identity {
                    Identity::Id(id) => Some(hash(&[b"id", self.format.as_bytes(), id.as_bytes()])),
                    Identity::Origin(origin) => Some(*origin),
                    Identity::File(digest) => Some(hash(&[b"file", digest])),
                    Identity::Named(name) => self.named.get(name).copied(),
                    Identity::Beginning => None,
                };
                self.open = Some(Open { title, identity, origin, told: false, held: Vec::new() });
                Ok(())
            }
            Found::Utterance(said) => {
                let open = self.open.get_or_insert_with(|| Open {
                    title: String::new(),
                    identity: Identity::Beginning,
                    origin: None,
                    told: false,
                    held: Vec::new(),
                });
                open.held.push(said);
                if open.origin.is_some() || open.held.len() == 2 { self.flush(out) } else { Ok(()) }
            }
            Found::Begin { format, .. } => {
                self.format = format.name();
                Ok(())
            }
            Found::Order { .. } | Found::Warning(_) => Ok(()),
        }
    }

    /// Names what still waits for its conversation's second message.
    pub(crate) fn flush(&mut self, out: &mut dyn FnMut(Keyed) -> Result<()>) -> Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let Some(first) = open.held.first() else { return Ok(()) };
        let origin = match open.origin {
            Some(origin) => origin,
            None => {
                let name = match &open.identity {
                    Identity::Named(name) => name.as_str(),
                    _ => "",
                };
                let mut parts = vec![b"beginning".to_vec(), name.as_bytes().to_vec()];
                for said in &open.held {
                    parts.extend([said.speaker.as_bytes().to_vec(), said.time.to_le_bytes().to_vec()]);
                    parts.push(said.text.as_bytes().to_vec());
                }
                let origin = hash(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>());
                if let Identity::Named(name) = &open.identity {
                    self.named.insert(name.clone(), origin);
                }
                *open.origin.insert(origin)
            }
        };
        if !std::mem::replace(&mut open.told, true) {
            out(Keyed::Conversation { origin, title: open.title.clone(), first: first.time })?;
        }
        let undated = matches!(open.identity, Identity::File(_));
        for said in std::mem::take(&mut open.held) {
            if said.time != self.time {
                self.time = said.time;
                self.repeats.clear();
            }
            let time = if undated { said.time.wrapping_sub(self.start) } else { said.time };
            let mut base =
                hash(&[&origin, said.speaker.as_bytes(), &time.to_le_bytes(), said.text.as_bytes()]);
            base[..TIME].copy_from_slice(&time.to_be_bytes()[8 - TIME..]);
            let count = self.repeats.entry(base).or_default();
            let repeat = std::mem::replace(count, count.saturating_add(1));
            out(Keyed::Utterance { said, base, repeat })?;
        }
        Ok(())
    }
}

/// A conversation of that name in a file without dates.
pub(super) fn part(digest: [u8; 32], name: &str) -> Identity {
    if name.is_empty() {
        return Identity::File(digest);
    }
    Identity::File(Sha256::new().chain_update(digest).chain_update(name).finalize().into())
}

/// Each part with its length before it, so that no two lists of parts are alike.
fn hash(parts: &[&[u8]]) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut key = Key::default();
    key.copy_from_slice(&digest[..16]);
    key
}
