//! What is kept and how: messages edited and deleted, conversations arranged, off
//! the record or forgotten after a while.

use std::sync::atomic::Ordering::Relaxed;

use jiff::ZonedDateTime;

use crate::assistant::when;
use crate::store::{Arrangement, Deleted};
use crate::{Assistant, Code, Conversation, Error, Line, Nlu, Question, Result, Source};

/// How long it takes until what is too old is looked for again, in milliseconds.
const FORGET_EVERY: i64 = 60 * 60 * 1000;

impl Assistant {
    /// Starts a conversation that is never on the disk and gone when it is deleted
    /// or the program ends. What is asked for in it, such as a reminder or a note,
    /// is kept with it, and what is kept elsewhere is not seen from it.
    pub fn new_off_record_conversation(&self, now: &ZonedDateTime) -> Result<Conversation> {
        let mut store = self.open_off_record()?;
        let conversation = store.create_conversation("", now.timestamp().as_millisecond())?;
        Ok(Conversation { off_record: true, ..conversation })
    }

    /// Names, pins or puts away a conversation.
    pub fn arrange(&self, conversation: i64, wish: &Arrangement) -> Result<Conversation> {
        let arranged = self.store_of(conversation).arrange(conversation, wish)?;
        Ok(Conversation { off_record: self.is_off_record(conversation), ..arranged })
    }

    /// At most `limit` messages, oldest first, from the one on that has `first`
    /// before it.
    pub fn messages_from(&self, conversation: i64, first: u32, limit: u32) -> Result<Vec<Line>> {
        let page = self.store_of(conversation).messages_from(conversation, first, limit)?;
        Ok(page.into_iter().map(Line::from).collect())
    }

    /// The conversation of a message, and how many messages stand before it there.
    pub fn place(&self, message: i64) -> Result<(i64, u32)> {
        self.store_of(message).place(message)
    }

    /// The question that waits for its answer in a conversation, if one does.
    pub fn question(&self, conversation: i64) -> Result<Option<Question>> {
        let asked = self.store_of(conversation).asked(conversation)?;
        Ok(asked.map(|asked| Question { slot: asked.slot, choices: asked.choices }))
    }

    /// Changes the text of a message that somebody else than the assistant wrote,
    /// and tags it again. The old text is gone; what was done and answered stays.
    ///
    /// # Errors
    /// [`Code::Input`] for white space only or an answer of the assistant.
    pub fn edit_message(&self, message: i64, text: &str, now: &ZonedDateTime) -> Result<Line> {
        if text.trim().is_empty() {
            return Err(Error::new(Code::Input, "the message would be empty; delete it instead"));
        }
        let said = self.store_of(message).message(message)?;
        if said.source == Source::Assistant {
            return Err(Error::new(
                Code::Input,
                "what the assistant said cannot be changed; delete it instead",
            ));
        }
        let understand = |nlu: &Nlu| nlu.understand(text, &when(&said, now)).ok();
        let understood = self.nlu.wait().as_ref().ok().and_then(understand);
        let understood = understood.as_ref().map(|(analysis, embedding)| (analysis, embedding));
        let moment = now.timestamp().as_millisecond();
        Ok(self.store_of(message).edit(message, text, moment, understood)?.into())
    }

    /// Deletes a message, and with one of the user's the answer to it: gone from
    /// the file at once, and to be brought back for a while from memory.
    pub fn delete_message(&self, message: i64, now: &ZonedDateTime) -> Result<Deleted> {
        self.store_of(message).delete_message(message, now.timestamp().as_millisecond())
    }

    /// Deletes a conversation, as [`Assistant::delete_message`] does. One off the
    /// record cannot be brought back.
    pub fn delete_conversation(&self, conversation: i64, now: &ZonedDateTime) -> Result<Deleted> {
        if !self.is_off_record(conversation) {
            return self.store().delete_conversation(conversation, now.timestamp().as_millisecond());
        }
        let mut store = self.open_off_record()?;
        let deleted = store.delete_conversation(conversation, now.timestamp().as_millisecond())?;
        match store.conversations()?.is_empty() {
            // Timers and notes of that conversation go too.
            true => *store = Assistant::off_record_store()?,
            false => store.empty_trash(i64::MAX)?,
        }
        Ok(Deleted { undo: None, ..deleted })
    }

    /// Brings back what was deleted, and gives the number of its conversation.
    ///
    /// # Errors
    /// [`Code::NotFound`] if it is gone for good.
    pub fn bring_back(&self, undo: i64) -> Result<i64> {
        self.store().bring_back(undo)
    }

    /// For how many days what was said to Sotto is kept; `None` for as long as there
    /// is room. Imported logs stay until they are deleted.
    pub fn retention(&self) -> Result<Option<u32>> {
        self.store().retention()
    }

    /// Chooses for how many days it is kept; [`Assistant::due`] sees to it.
    ///
    /// # Errors
    /// [`Code::Input`] for 0 days.
    pub fn set_retention(&self, days: Option<u32>) -> Result<()> {
        self.store().set_retention(days)?;
        self.forgot.store(0, Relaxed);
        Ok(())
    }

    /// Deletes for good what is older than is chosen: how many messages.
    pub fn forget_older(&self, now: &ZonedDateTime) -> Result<u64> {
        let mut forgotten = 0;
        loop {
            match self.store().forget_older(now.timestamp().as_millisecond())? {
                0 => return Ok(forgotten),
                some => forgotten += some,
            }
        }
    }

    /// Deletes for good all that is kept, on the disk and off the record, and the
    /// backups that migrations made.
    pub fn delete_everything(&self) -> Result<()> {
        self.store().delete_everything()?;
        if let Some(store) = self.off_record() {
            let fresh = Assistant::off_record_store()?;
            *self.lock(store) = fresh;
        }
        Ok(())
    }

    /// To be called as the program ends: what was deleted and could still be
    /// brought back is gone for good.
    pub fn close(&self) -> Result<()> {
        self.store().let_go()
    }

    /// What is to be done every now and then: gives up the way back to what was
    /// deleted a while ago, and deletes what is too old, backups too.
    pub(crate) fn tidy(&self, now: &ZonedDateTime) -> Result<()> {
        let moment = now.timestamp().as_millisecond();
        self.store().empty_trash(moment)?;
        if moment.abs_diff(self.forgot.load(Relaxed)) >= FORGET_EVERY.unsigned_abs() {
            self.forgot.store(moment, Relaxed);
            self.forget_older(now)?;
            self.store().drop_old_backups(moment)?;
        }
        Ok(())
    }
}
