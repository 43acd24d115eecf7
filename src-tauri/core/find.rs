//! Searching, counting and taking out what is found, beside whatever else the
//! assistant does: none of it waits for the others.

use std::io::Write;
use std::path::Path;

use jiff::ZonedDateTime;
use serde::{Deserialize, Serialize};

use crate::assistant::redaction;
use crate::insight::Insight;
use crate::logs::export::{Choices, Export, FORMATS, Format};
use crate::logs::pseudonyms;
use crate::query::{Calendar, Cursor, Excerpt, Order, Query, excerpt, parse};
use crate::store::Page;
use crate::{Assistant, Code, Embedding, Error, Exported, Message, Result, Store, logs, nlu, skills};

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Found {
    /// A page of messages.
    pub hits: Vec<Hit>,
    /// Where to go on, if there is more.
    pub next: Option<Cursor>,
    /// How many there are altogether, if that is known: counting what half of all
    /// messages have would take longer than anyone wants to wait.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub total: Option<u64>,
}

/// A message that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Hit {
    /// The message.
    #[serde(flatten)]
    #[cfg_attr(test, ts(flatten))]
    pub message: Message,
    /// The title of its conversation.
    pub title: String,
    /// The part of its text that was found.
    pub excerpt: Vec<Excerpt>,
}

/// What is exported, and how.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Outgoing {
    /// Which messages: as typed into the search box.
    pub query: String,
    /// The name of an export format.
    pub format: String,
    /// Whose tags.
    pub tags: Tags,
    /// Whether names, places, numbers and addresses are replaced.
    pub redact: bool,
    /// Whether what each pseudonym stands for is kept in a file beside the export,
    /// and those of an earlier one go on.
    pub pseudonyms: bool,
    /// By how many days every time is moved; back if negative.
    pub shift_days: i32,
    /// Whether a table begins with the mark by which Excel knows UTF-8.
    pub excel: bool,
}

/// Whose tags are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Tags {
    /// Those that hold: the user's where there is one, else the model's.
    #[default]
    Effective,
    /// The model's, as if the user had corrected nothing.
    Model,
}

impl Outgoing {
    /// The format.
    ///
    /// # Errors
    /// [`Code::Input`] if there is none of that name.
    pub fn format(&self) -> Result<Format> {
        let named = FORMATS.into_iter().find(|format| format.name() == self.format);
        named.ok_or_else(|| {
            let names = FORMATS.map(Format::name).join(", ");
            Error::new(Code::Input, format!("there is no format {:?}; there are {names}", self.format))
        })
    }

    fn choices(&self, now: &ZonedDateTime) -> Result<Choices> {
        Ok(Choices {
            redact: self.redact,
            excel: self.excel,
            shift_days: self.shift_days.into(),
            uncorrected: self.tags == Tags::Model,
            timezone: now.time_zone().clone(),
            ..Choices::new(self.format()?)
        })
    }
}

impl Query {
    /// Reads what was typed into the search box; relative dates are counted from
    /// `now`, on its clock.
    ///
    /// # Errors
    /// [`Code::Input`] with a sentence about what cannot be read.
    ///
    /// ```
    /// use sotto::Query;
    ///
    /// let now = "2026-11-25T10:00[Europe/Berlin]".parse().unwrap();
    /// assert!(Query::parse("boiler from:anna after:last week", &now).is_ok());
    /// let error = Query::parse("before:frogday", &now).unwrap_err();
    /// assert!(error.to_string().contains("is no date"));
    /// ```
    pub fn parse(text: &str, now: &ZonedDateTime) -> Result<Query> {
        let spoken = |phrase: &str| skills::spoken(now, &|text| nlu::exact(text, now), phrase);
        parse(text, &Calendar { now, spoken: &spoken })
    }
}

impl Assistant {
    /// Finds at most `limit` messages, in `order`, after `after`.
    ///
    /// # Errors
    /// [`Code::Input`] if the query cannot be read, or says nothing whose meaning
    /// could be looked for; [`Code::Pack`] if a meaning is looked for without a
    /// model.
    pub fn search(
        &self,
        query: &str,
        order: Order,
        after: Option<Cursor>,
        limit: u32,
        now: &ZonedDateTime,
    ) -> Result<Found> {
        let query = Query::parse(query, now)?;
        let meaning = match order {
            Order::Similar => Some(self.meaning(&query.words())?),
            _ => None,
        };
        self.reading(&query, |store| {
            let Page { messages, next, total } =
                store.find(&query, order, meaning.as_ref(), after, limit as usize)?;
            let highlights = query.highlights();
            let hits = messages.into_iter().map(|message| {
                let title = store.title_of(message.conversation)?;
                let excerpt = excerpt(&message.text, &highlights);
                Ok(Hit { message, title, excerpt })
            });
            Ok(Found { hits: hits.collect::<Result<_>>()?, next, total })
        })
    }

    /// How many messages a query finds.
    pub fn count(&self, query: &str, now: &ZonedDateTime) -> Result<u64> {
        let query = Query::parse(query, now)?;
        self.reading(&query, |store| store.count_found(&query))
    }

    /// Counts what `query` finds, but for the assistant's own messages.
    pub fn insight(&self, query: &str, now: &ZonedDateTime) -> Result<Insight> {
        let query = Query::parse(query, now)?;
        self.reading(&query, |store| store.insight(&query))
    }

    /// Writes what is found to the file `path`, whole or not at all, and its
    /// pseudonyms to the one [beside](pseudonyms::beside) it, if wanted. `progress` is told now and then how many messages are written; an error from it cancels
    /// the export and leaves what was there.
    pub fn export_found(
        &self,
        outgoing: &Outgoing,
        path: &Path,
        now: &ZonedDateTime,
        progress: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<Exported> {
        let query = Query::parse(&outgoing.query, now)?;
        let mut choices = outgoing.choices(now)?;
        let key = (outgoing.redact && outgoing.pseudonyms).then(|| pseudonyms::beside(path));
        if let Some(key) = &key {
            choices.pseudonyms = pseudonyms::read(key)?;
        }
        let exported =
            logs::write_whole(path, |out| self.export_query(&query, &choices, (out, path), None, progress))?;
        if let Some(key) = &key {
            pseudonyms::write(key, &exported.pseudonyms)?;
        }
        Ok(exported)
    }

    /// The beginning of an export as text: its first `limit` messages.
    pub fn preview_export(&self, outgoing: &Outgoing, limit: u64, now: &ZonedDateTime) -> Result<String> {
        let query = Query::parse(&outgoing.query, now)?;
        let mut choices = outgoing.choices(now)?;
        // The table that it packs, for eyes.
        if choices.format.is_binary() {
            choices.format = Format::Csv;
        }
        let mut out = Vec::new();
        let place: (&mut dyn Write, &Path) = (&mut out, Path::new("the preview"));
        self.export_query(&query, &choices, place, Some(limit), &mut |_| Ok(()))?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    /// Writes the messages that `query` finds, only its first `limit` if given, as far as `choices` take them, to `out`,
    /// which errors call `name`. `progress` is told now and then how many are written; an error from it ends the export.
    pub fn export_query(
        &self,
        query: &Query,
        choices: &Choices,
        (out, name): (&mut dyn Write, &Path),
        limit: Option<u64>,
        progress: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<Exported> {
        self.reading(query, |store| {
            let mut redaction = redaction(store, None, choices)?;
            let mut messages = 0;
            let mut export = Export::begin(choices, redaction.as_mut(), out, name)?;
            let mut current = None;
            store.each_found(query, limit, |message| {
                if !choices.selection.takes(&message) {
                    return Ok(());
                }
                if current != Some(message.conversation) {
                    current = Some(message.conversation);
                    export.conversation(&store.conversation(message.conversation)?)?;
                }
                if messages % 256 == 0 {
                    progress(messages)?;
                }
                messages += 1;
                export.message(&message)
            })?;
            export.end()?;
            progress(messages)?;
            let pseudonyms = redaction.map(|redaction| redaction.mapping().clone()).unwrap_or_default();
            Ok(Exported { messages, pseudonyms })
        })
    }

    /// Reads on a connection of its own; what is off the record has only one.
    fn reading<T>(&self, query: &Query, work: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        match query.places().find(|id| self.is_off_record(*id)) {
            Some(id) => work(&self.store_of(id)),
            None => {
                // In a statement of its own: the store is free again before the work begins.
                let beside = self.store().beside()?;
                work(&beside)
            }
        }
    }

    fn meaning(&self, words: &str) -> Result<Embedding> {
        if words.trim().is_empty() {
            return Err(Error::new(Code::Input, "write some words, and what means the same is looked for"));
        }
        match self.nlu.get() {
            Some(Ok(nlu)) => nlu.embedding_of(words),
            Some(Err(error)) => Err(Error::new(Code::Pack, error.to_string())),
            None => Err(Error::new(Code::Pack, "the model is still loading; try again in a moment")),
        }
    }
}
