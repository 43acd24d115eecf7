//! Joins the parts: what is said is stored, understood, answered and stored
//! again.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicI64;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::{Timestamp, ZonedDateTime};
use serde::Serialize;

use crate::logs::export::{Choices, Export};
use crate::logs::redact::Redaction;
use crate::logs::{Found, Input, Keyed, Keys, Log, Options};
use crate::model::Model;
use crate::store::{Added, Draft, Import};
use crate::{Code, Conversation, Error, Line, Message, ModelVersion, Nlu, Result, Store, logs};

/// Numbers of conversations and messages off the record begin here: far above any
/// on the disk, and exact in JavaScript.
const OFF_RECORD: i64 = 1 << 52;

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Imported {
    /// What there is to say of the log.
    pub log: Log,
    /// How many messages are new.
    #[cfg_attr(test, ts(type = "number"))]
    pub added: u64,
    /// How many an earlier import had brought already.
    #[cfg_attr(test, ts(type = "number"))]
    pub known: u64,
    /// The conversations it went to, those that were there already included.
    #[cfg_attr(test, ts(type = "number[]"))]
    pub conversations: Vec<i64>,
}

/// A conversation partner over one store and one model pack.
///
/// The pack may be handed over later than the store, so that a window can show
/// its history while the model is still loading.
pub struct Assistant {
    store: Mutex<Store>,
    /// What is off the record, if anything is.
    unrecorded: OnceLock<Mutex<Store>>,
    /// When it was last looked for what is too old.
    pub(crate) forgot: AtomicI64,
    pub(crate) nlu: Model,
    /// Where what is exported by chat is written.
    pub(crate) exports: Option<PathBuf>,
}

impl Assistant {
    /// An assistant that waits for its model: [`Assistant::install`] hands it over.
    pub fn new(store: Store) -> Assistant {
        Assistant {
            store: Mutex::new(store),
            unrecorded: OnceLock::new(),
            forgot: AtomicI64::new(0),
            nlu: Model::default(),
            exports: None,
        }
    }

    /// Lets "export this chat" write into folder `dir`, which is made when it is
    /// needed. Without one, such a request is answered with how else to export.
    pub fn exporting_to(self, dir: PathBuf) -> Assistant {
        Assistant { exports: Some(dir), ..self }
    }

    /// Hands over the loaded model, or the reason why there is none, and
    /// analyses what the user said in an earlier run that did not live to analyse
    /// it. A later call changes the model for another. Imported messages are left
    /// to [`Assistant::tag_stored`]: there may be millions.
    pub fn install(&self, nlu: Result<Nlu>, now: &ZonedDateTime) -> Result<()> {
        let Ok(nlu) = self.nlu.put(nlu) else {
            return Ok(());
        };
        let unanalysed = self.store().unanalysed()?;
        for message in unanalysed {
            let (analysis, embedding) = nlu.understand(&message.text, &when(&message, now))?;
            self.store().add_analyses(&[(message.id, analysis, embedding)])?;
        }
        Ok(())
    }

    /// The model at work: `None` while it is loading, then its version or the
    /// reason why there is none.
    pub fn model(&self) -> Option<Result<ModelVersion>> {
        Some(self.nlu.get()?.map(|nlu| nlu.version()))
    }

    /// All conversations, the one last spoken in first; those off the record before
    /// the others.
    pub fn conversations(&self) -> Result<Vec<Conversation>> {
        let kept = self.store().conversations()?;
        let Some(unrecorded) = self.off_record() else { return Ok(kept) };
        let unrecorded = self.lock(unrecorded).conversations()?;
        let unrecorded = unrecorded.into_iter().map(|each| Conversation { off_record: true, ..each });
        Ok(unrecorded.chain(kept).collect())
    }

    /// Starts a conversation, as yet without a title.
    pub fn new_conversation(&self, now: &ZonedDateTime) -> Result<Conversation> {
        self.store().create_conversation("", now.timestamp().as_millisecond())
    }

    /// At most `limit` messages, oldest first: the latest, or those just before
    /// message `before`.
    pub fn messages(&self, conversation: i64, before: Option<i64>, limit: u32) -> Result<Vec<Line>> {
        let page = self.store_of(conversation).messages(conversation, before, limit)?;
        Ok(page.into_iter().map(Line::from).collect())
    }

    /// Takes in a log, all of it or nothing; what an earlier import brought is not
    /// added again. `progress` is told now and then how many messages are read;
    /// an error from it cancels the import and leaves nothing.
    ///
    /// The store is at work for this until it is done.
    ///
    /// # Errors
    /// As [`logs::read`]; [`Code::Input`] also if the log's dates can be read with
    /// the day or the month first and [`Options::order`] does not say which.
    pub fn import(
        &self,
        input: &mut Input,
        options: &Options,
        progress: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<Imported> {
        let name = input.name().display().to_string();
        self.store().import(|into| {
            let mut taking = Taking { into, log: Log::default(), added: 0, known: 0, conversations: BTreeMap::new(), current: 0 };
            let mut keys = Keys::new(options.start);
            logs::read(input, options, &mut |found| {
                if matches!(found, Found::Order { certain: false, .. }) {
                    return Err(Error::new(
                        Code::Input,
                        format!(
                            "the dates in {name} can be read either way, as day/month or as month/day; say which \
                             with --day-first or --month-first"
                        ),
                    ));
                }
                taking.log.note(&found);
                if taking.log.messages.is_multiple_of(1024) {
                    progress(taking.log.messages)?;
                }
                keys.take(found, &mut |keyed| taking.take(keyed))
            })?;
            keys.flush(&mut |keyed| taking.take(keyed))?;
            progress(taking.log.messages)?;
            let Taking { log, added, known, conversations, .. } = taking;
            Ok(Imported { log, added, known, conversations: conversations.into_keys().collect() })
        })
    }

    /// Writes what [`Choices::selection`] takes of one conversation, or of all, to
    /// the file `path`, whole or not at all, and gives the number of messages and what each pseudonym stands for.
    pub fn export(&self, conversation: Option<i64>, choices: &Choices, path: &Path) -> Result<Exported> {
        logs::write_whole(path, |out| self.export_to(conversation, choices, out, path))
    }

    /// Writes what [`Choices::selection`] takes of one conversation, or of all, to
    /// `out`, which errors call `name`, and gives the number of messages and what each pseudonym stands for.
    pub fn export_to(
        &self,
        conversation: Option<i64>,
        choices: &Choices,
        out: &mut dyn Write,
        name: &Path,
    ) -> Result<Exported> {
        self.export_telling(conversation, choices, out, name, &mut |_| ())
    }

    /// As [`Assistant::export_to`]; `progress` is told now and then how many
    /// messages are written.
    pub fn export_telling(
        &self,
        conversation: Option<i64>,
        choices: &Choices,
        out: &mut dyn Write,
        name: &Path,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Exported> {
        let store = match conversation {
            Some(conversation) => self.store_of(conversation),
            None => self.store(),
        };
        let mut redaction = redaction(&store, conversation, choices)?;
        for &id in &choices.selection.conversations {
            store.conversation(id)?;
        }
        let mut messages = 0_u64;
        let mut export = Export::begin(choices, redaction.as_mut(), out, name)?;
        let mut current = None;
        store.each_message(conversation, |message| {
            if !choices.selection.takes(&message) {
                return Ok(());
            }
            if current != Some(message.conversation) {
                current = Some(message.conversation);
                export.conversation(&store.conversation(message.conversation)?)?;
            }
            messages += 1;
            if messages.is_multiple_of(1024) {
                progress(messages);
            }
            export.message(&message)
        })?;
        export.end()?;
        let pseudonyms = redaction.map(|redaction| redaction.mapping().clone()).unwrap_or_default();
        Ok(Exported { messages, pseudonyms })
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.lock(&self.store)
    }

    /// The store of a conversation or message, by its number.
    pub(crate) fn store_of(&self, id: i64) -> MutexGuard<'_, Store> {
        match self.off_record() {
            Some(store) if self.is_off_record(id) => self.lock(store),
            _ => self.store(),
        }
    }

    /// Whether the conversation or message of this number is off the record.
    pub(crate) fn is_off_record(&self, id: i64) -> bool {
        id >= OFF_RECORD
    }

    /// What is off the record, if anything is or was.
    pub(crate) fn off_record(&self) -> Option<&Mutex<Store>> {
        self.unrecorded.get()
    }

    /// What is off the record, made if there is nothing yet.
    pub(crate) fn open_off_record(&self) -> Result<MutexGuard<'_, Store>> {
        if self.unrecorded.get().is_none() {
            // Whoever was quicker has made one as good.
            let _ = self.unrecorded.set(Mutex::new(Assistant::off_record_store()?));
        }
        Ok(self.store_of(OFF_RECORD))
    }

    pub(crate) fn off_record_store() -> Result<Store> {
        Store::in_memory(OFF_RECORD)
    }

    /// A store stays whole whatever a thread that held it came to: every change is
    /// a transaction.
    pub(crate) fn lock<'a>(&self, store: &'a Mutex<Store>) -> MutexGuard<'a, Store> {
        store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Exported {
    /// How many messages.
    pub messages: u64,
    /// What each pseudonym stands for, where it was redacted: not for the eyes of
    /// those who get the export.
    pub pseudonyms: BTreeMap<String, String>,
}

/// An import under way.
struct Taking<'a, 'b> {
    into: &'a mut Import<'b>,
    log: Log,
    added: u64,
    known: u64,
    /// By number; whether it still needs a title.
    conversations: BTreeMap<i64, bool>,
    current: i64,
}

impl Taking<'_, '_> {
    fn take(&mut self, keyed: Keyed) -> Result<()> {
        match keyed {
            Keyed::Conversation { origin, title, first } => {
                self.current = self.into.conversation(&origin, &title, first)?;
                self.conversations.insert(self.current, title.is_empty());
            }
            Keyed::Utterance { said, base, mut repeat } => {
                let draft = Draft {
                    conversation: self.current,
                    speaker: &said.speaker,
                    time: said.time,
                    source: said.source,
                    text: &said.text,
                };
                loop {
                    let key = Keys::key(&base, repeat);
                    let (analysis, correction) = (said.analysis.as_deref(), said.correction.as_deref());
                    match self.into.message(draft, &key, analysis, correction)? {
                        Added::New => self.added += 1,
                        Added::Known => self.known += 1,
                        // The same words at the same time, further on in the log.
                        Added::Repeated => {
                            repeat += 1;
                            continue;
                        }
                    }
                    break;
                }
                if self.conversations.insert(self.current, false) == Some(true) {
                    self.into.name(self.current, &said.text)?;
                }
            }
        }
        Ok(())
    }
}

/// The moment of a message, on the user's clock: "tomorrow" is the day after it.
pub(crate) fn when(message: &Message, now: &ZonedDateTime) -> ZonedDateTime {
    match Timestamp::from_millisecond(message.time) {
        Ok(moment) => moment.to_zoned_datetime(now.time_zone().clone()),
        Err(_) => now.clone(),
    }
}

/// What hides the names of an export, if it is to: those of the whole store, since
/// an answer may repeat what was said elsewhere.
pub(crate) fn redaction(
    store: &Store,
    conversation: Option<i64>,
    choices: &Choices,
) -> Result<Option<Redaction>> {
    if !choices.redact {
        return Ok(None);
    }
    let speakers = store.speakers(conversation)?;
    let redaction = Redaction::going_on(&choices.pseudonyms, speakers.iter().map(String::as_str))?;
    let redaction = redaction.naming(store.named()?);
    Ok(Some(if choices.shift_days == 0 { redaction } else { redaction.hiding_dates() }))
}
