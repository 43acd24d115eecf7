//! Joins the parts: what is said is stored, understood, answered and stored
//! again.

use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::ZonedDateTime;

use crate::skills::{Part, Scene, Told};
use crate::store::Draft;
use crate::{
    Code, Conversation, Entity, Error, Exchange, Line, ModelVersion, Nlu, Result, Source, Store, logs, nlu,
    skills,
};

/// A conversation partner over one store and one model pack.
///
/// The pack may be handed over later than the store, so that a window can show
/// its history while the model is still loading.
pub struct Assistant {
    store: Mutex<Store>,
    nlu: OnceLock<Result<Nlu>>,
}

impl Assistant {
    /// An assistant that waits for its model: [`Assistant::install`] hands it over.
    pub fn new(store: Store) -> Assistant {
        Assistant { store: Mutex::new(store), nlu: OnceLock::new() }
    }

    /// Hands over the loaded model, or the reason why there is none, and
    /// analyses what an earlier run stored but did not live to analyse. Only the
    /// first call counts.
    pub fn install(&self, nlu: Result<Nlu>, now: &ZonedDateTime) -> Result<()> {
        let Ok(nlu) = self.nlu.get_or_init(|| nlu) else {
            return Ok(());
        };
        let unanalysed = self.store().unanalysed()?;
        for message in unanalysed {
            let analysis = nlu.analyze(&message.text, now)?;
            self.store().add_analysis(message.id, &analysis)?;
        }
        Ok(())
    }

    /// The model at work: `None` while it is loading, then its version or the
    /// reason why there is none.
    pub fn model(&self) -> Option<Result<ModelVersion, &Error>> {
        Some(self.nlu.get()?.as_ref().map(Nlu::version))
    }

    /// All conversations, the one last spoken in first.
    pub fn conversations(&self) -> Result<Vec<Conversation>> {
        self.store().conversations()
    }

    /// Starts a conversation, as yet without a title.
    pub fn new_conversation(&self, now: &ZonedDateTime) -> Result<Conversation> {
        self.store().create_conversation("", now.timestamp().as_millisecond())
    }

    /// At most `limit` messages, oldest first: the latest, or those just before
    /// message `before`.
    pub fn messages(&self, conversation: i64, before: Option<i64>, limit: u32) -> Result<Vec<Line>> {
        let page = self.store().messages(conversation, before, limit)?;
        Ok(page.into_iter().map(Line::from).collect())
    }

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
        let time = now.timestamp().as_millisecond();
        let mut message = self.store().add_message(Draft {
            conversation,
            speaker: "user",
            time,
            source: Source::Typed,
            text,
        })?;
        let read = |text: &str| nlu::exact(text, now);
        let understood = self.understand(text, &read, now);
        let (reply, told) = match understood {
            Ok((whole, parts)) => {
                let analysis = whole.analysis.clone();
                let mut told = Told::default();
                let reply = self.store().act(&message, Some(&analysis), |memory| {
                    let seed = seed(now, message.id);
                    let scene = Scene { now, conversation, seed, read: &read };
                    told = skills::answer(&whole, &parts, memory, &scene);
                    told.text.clone()
                })?;
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
                (self.store().answer(message.id, None, reply)?, Told::default())
            }
        };
        let Told { actions, question, refused, .. } = told;
        Ok(Exchange { message: message.into(), reply: reply.into(), actions, question, refused })
    }

    /// Fires the timers, alarms and reminders that are due at `now`, each exactly
    /// once, and gives the messages that it wrote into their conversations.
    ///
    /// Call it at the start, which reports what was missed, and every second or
    /// so from then on: it is a glance at an index while nothing is due.
    pub fn due(&self, now: &ZonedDateTime) -> Result<Vec<Line>> {
        let fired = self.store().fire(now.timestamp().as_millisecond(), |task| skills::fire(task, now))?;
        Ok(fired.into_iter().map(Line::from).collect())
    }

    /// Writes one conversation, or all, as JSON Lines to the file `path`, whole
    /// or not at all, and gives the number of lines.
    pub fn export(&self, conversation: Option<i64>, path: &Path) -> Result<u64> {
        logs::write_whole(path, |out| self.export_to(conversation, out, path))
    }

    /// Writes one conversation, or all, as JSON Lines to `out`, which errors
    /// call `name`, and gives the number of lines.
    pub fn export_to(&self, conversation: Option<i64>, out: &mut dyn Write, name: &Path) -> Result<u64> {
        let mut lines = 0;
        self.store().each_message(conversation, |message| {
            lines += 1;
            logs::jsonl::write(&message, out).map_err(|error| Error::file("cannot write", name, error))
        })?;
        Ok(lines)
    }

    /// The message and the requests in it, each with its analysis.
    fn understand(
        &self,
        text: &str,
        read: &dyn Fn(&str) -> Vec<Entity>,
        now: &ZonedDateTime,
    ) -> Result<(Part, Vec<Part>), String> {
        let nlu = self.nlu.wait().as_ref().map_err(Error::to_string)?;
        let part = |text: String| {
            let analysis = nlu.analyze(&text, now).map_err(|error| error.to_string())?;
            Ok(Part { text, analysis })
        };
        let whole = part(text.to_owned())?;
        let parts = skills::parts(text, read);
        let parts = if parts.len() > 1 { parts } else { Vec::new() };
        Ok((whole, parts.into_iter().map(part).collect::<Result<_, String>>()?))
    }

    /// The store stays whole whatever a thread that held it came to: every
    /// change is a transaction.
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the randomness of a message begins: at its moment and its number, so
/// that the core needs none of its own and a test can foresee it.
fn seed(now: &ZonedDateTime, message: i64) -> u64 {
    let moment = now.timestamp().as_nanosecond() as u64;
    moment.rotate_left(17) ^ message.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
