//! A message and its answer: stored, understood, acted on, answered; and what
//! comes due by itself.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use jiff::ZonedDateTime;

use crate::logs::export::{Choices, Export, FORMATS};
use crate::past::Past;
use crate::skills::{Part, Scene, Told, Wish, Written};
use crate::store::Draft;
use crate::{
    Assistant, Code, Embedding, Entity, Error, Exchange, Line, Requested, Result, Source, logs, nlu, skills,
};

impl Assistant {
    /// Takes what the user typed and answers it. The message is on the disk
    /// before it is analysed; its analysis and the reply follow together.
    ///
    /// Waits for the model while it is loading. Where there is none, the message
    /// is kept all the same and the reply says what is wrong.
    ///
    /// # Errors
    /// [`Code::Input`] for a message of white space only; [`Code::Store`] or
    /// [`Code::NotFound`] if it could not be kept.
    pub fn send(&self, conversation: i64, text: &str, now: &ZonedDateTime) -> Result<Exchange> {
        if text.trim().is_empty() {
            return Err(Error::new(Code::Input, "the message is empty; type something first"));
        }
        self.look_at_clock(now)?;
        let time = now.timestamp().as_millisecond();
        let mut message = self.store_of(conversation).add_message(Draft {
            conversation,
            speaker: "user",
            time,
            source: Source::Typed,
            text,
        })?;
        let read = |text: &str| nlu::exact(text, now);
        // Many may ask the same of one message, and it takes a pass of the model.
        let known = RefCell::new(HashMap::<String, Rc<Requested>>::new());
        let requested = |text: &str| {
            Rc::clone(
                known.borrow_mut().entry(text.to_owned()).or_insert_with(|| self.requested(text).into()),
            )
        };
        let understood = self.understand(text, &read, &requested, now);
        let (reply, told) = match understood {
            Ok(Understood { whole, parts, embedding }) => {
                let analysis = whole.analysis.clone();
                let mut told = Told::default();
                let reply = self.store_of(conversation).act(
                    &message,
                    Some((&analysis, &embedding)),
                    |memory, past| {
                        let scene = Scene {
                            now,
                            conversation,
                            seed: seed(now, message.id),
                            read: &read,
                            past,
                            embed: &|text| self.embed(text),
                            analyze: &|text| self.nlu.get()?.ok()?.analyze(text, now).ok(),
                            requested: &requested,
                            export: &|wish| self.write_wish(wish, past, now),
                        };
                        told = skills::answer(&whole, &parts, memory, &scene);
                        told.text.clone()
                    },
                )?;
                message.analysis = Some(analysis);
                (reply, told)
            }
            Err(problem) => {
                let text = format!("I kept your message but could not tag it: {problem}.");
                let reply = Draft {
                    conversation,
                    speaker: "assistant",
                    time,
                    source: Source::Assistant,
                    text: &text,
                };
                (self.store_of(conversation).answer(message.id, None, reply)?, Told::default())
            }
        };
        let Told { actions, question, refused, .. } = told;
        Ok(Exchange { message: message.into(), reply: reply.into(), actions, question, refused })
    }

    /// Fires the timers, alarms and reminders that are due at `now`, each exactly
    /// once, and gives the messages that it wrote into their conversations; and
    /// deletes for good what can no longer be undone, and what is older than is to
    /// be kept.
    ///
    /// Call it at the start, which reports what was missed, and every second or
    /// so from then on: it is a glance at an index while nothing is due.
    pub fn due(&self, now: &ZonedDateTime) -> Result<Vec<Line>> {
        self.look_at_clock(now)?;
        let moment = now.timestamp().as_millisecond();
        let mut fired = self.store().fire(moment, |task| skills::fire(task, now))?;
        self.store().forget(moment)?;
        self.tidy(now)?;
        if let Some(unrecorded) = self.off_record() {
            fired.extend(self.lock(unrecorded).fire(moment, |task| skills::fire(task, now))?);
        }
        Ok(fired.into_iter().map(Line::from).collect())
    }

    /// The message and the requests in it, each with its analysis.
    fn understand(
        &self,
        text: &str,
        read: &dyn Fn(&str) -> Vec<Entity>,
        requested: &dyn Fn(&str) -> Rc<Requested>,
        now: &ZonedDateTime,
    ) -> Result<Understood, String> {
        let nlu = self.nlu.wait().map_err(|error| error.to_string())?;
        let (analysis, embedding) = nlu.understand(text, now).map_err(|error| error.to_string())?;
        let whole = Part { text: text.to_owned(), analysis };
        let parts = skills::parts(text, read, requested);
        let parts = if parts.len() > 1 { parts } else { Vec::new() };
        let part = |text: String| {
            let analysis = nlu.analyze(&text, now).map_err(|error| error.to_string())?;
            Ok(Part { text, analysis })
        };
        Ok(Understood {
            whole,
            embedding,
            parts: parts.into_iter().map(part).collect::<Result<_, String>>()?,
        })
    }

    fn embed(&self, text: &str) -> Option<Embedding> {
        self.nlu.get()?.ok()?.embedding_of(text).ok()
    }

    fn requested(&self, text: &str) -> Requested {
        let nlu = self.nlu.get().and_then(Result::ok);
        nlu.and_then(|nlu| nlu.requested(text).ok()).unwrap_or_default()
    }

    /// Writes what was asked for by chat into the folder for exports, to a file
    /// that was not there.
    fn write_wish(&self, wish: &Wish, past: &dyn Past, now: &ZonedDateTime) -> Result<Written> {
        let dir = self.exports.as_deref().ok_or_else(|| {
            Error::new(Code::File, "I was given no folder to write to; use the export in the window")
        })?;
        std::fs::create_dir_all(dir)
            .map_err(|error| Error::file("cannot make the folder for exports", dir, error))?;
        let format = FORMATS
            .into_iter()
            .find(|format| format.name() == wish.format)
            .ok_or_else(|| Error::new(Code::Input, format!("there is no format {}", wish.format)))?;
        let path = free(dir, &wish.name, wish.extension);
        let choices = Choices { timezone: now.time_zone().clone(), ..Choices::new(format) };
        let messages = logs::write_whole(&path, |out| {
            let mut export = Export::begin(&choices, None, out, &path)?;
            let mut messages = 0;
            for conversation in past.conversations(wish.within.clone())? {
                if wish.conversation.is_some_and(|only| only != conversation.id) {
                    continue;
                }
                export.conversation(&conversation)?;
                past.each(conversation.id, wish.within.clone(), &mut |message| {
                    messages += 1;
                    export.message(&message)
                })?;
            }
            export.end()?;
            Ok(messages)
        })?;
        Ok(Written { path, messages })
    }
}

/// A message, the requests in it, and where it points among all meanings.
struct Understood {
    whole: Part,
    parts: Vec<Part>,
    embedding: Embedding,
}

/// A path in `dir` at which there is nothing yet: `name.csv`, `name 2.csv`.
fn free(dir: &Path, name: &str, extension: &str) -> PathBuf {
    let first = dir.join(format!("{name}.{extension}"));
    let others = (2..).map(|n| dir.join(format!("{name} {n}.{extension}")));
    std::iter::once(first.clone()).chain(others.take(10_000)).find(|path| !path.exists()).unwrap_or(first)
}

/// Where the randomness of a message begins: at its moment and its number, so
/// that the core needs none of its own and a test can foresee it.
fn seed(now: &ZonedDateTime, message: i64) -> u64 {
    let moment = now.timestamp().as_nanosecond() as u64;
    moment.rotate_left(17) ^ message.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
