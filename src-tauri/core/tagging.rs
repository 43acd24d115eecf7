//! Tags what is stored, on many cores.

use std::num::NonZeroUsize;

use crossbeam_channel::{Receiver, Sender, unbounded};
use jiff::ZonedDateTime;
use serde::Serialize;

use crate::assistant::when;
use crate::{Analysis, Assistant, Code, Embedding, Error, Message, Nlu, Result};

/// How many messages are read from the store at a time.
const PAGE: u32 = 1024;

/// How many analyses go into one write: a write waits for the disk.
const WRITE: usize = 256;

/// How many messages a core takes at a time.
const CHUNK: usize = 16;

/// Chunks under way for each core: enough to go on with while the store writes.
const AHEAD: usize = 4;

/// How far the tagging of stored messages is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tagging {
    /// Messages tagged so far.
    pub tagged: u64,
    /// Messages that the model could not tag; they are tried again next time.
    pub failed: u64,
    /// Messages that there were to tag at the beginning.
    pub total: u64,
}

/// What a core made of a chunk.
struct Done {
    analyses: Vec<(i64, Analysis, Embedding)>,
    failed: u64,
}

impl Assistant {
    /// Analyses the stored messages that the model at work has not analysed yet,
    /// be it that nothing has or that another model pack did, on `threads` cores;
    /// each at its own time, in the time zone of `now`. `progress` is told how far
    /// it is after every few hundred messages, and stops it by giving `false`;
    /// what is analysed by then is kept, and the next call goes on there. The
    /// store is free meanwhile, but for moments.
    ///
    /// # Errors
    /// [`Code::Pack`] if there is no model.
    pub fn tag_stored(
        &self,
        threads: NonZeroUsize,
        now: &ZonedDateTime,
        progress: &mut dyn FnMut(Tagging) -> bool,
    ) -> Result<Tagging> {
        let nlu = self.nlu.wait().as_ref().map_err(|error| Error::new(Code::Pack, error.to_string()))?;
        let total = self.store().untagged_count(&nlu.version())?;
        let mut tagging = Tagging { total, ..Tagging::default() };
        if !progress(tagging) || total == 0 {
            return Ok(tagging);
        }
        let (jobs, work) = unbounded::<Vec<Message>>();
        let (finished, results) = unbounded::<Done>();
        std::thread::scope(|scope| {
            for _ in 0..threads.get() {
                let (work, finished) = (work.clone(), finished.clone());
                scope.spawn(move || analyse(nlu, &work, &finished, now));
            }
            // Held here, they would keep the results open after the last core is done.
            drop((work, finished));
            self.hand_out(nlu, jobs, &results, threads.get() * AHEAD, &mut tagging, progress)
        })?;
        Ok(tagging)
    }

    /// Hands chunks to the cores and stores what comes back, until there is nothing
    /// more or `progress` stops it.
    fn hand_out(
        &self,
        nlu: &Nlu,
        jobs: Sender<Vec<Message>>,
        results: &Receiver<Done>,
        most: usize,
        tagging: &mut Tagging,
        progress: &mut dyn FnMut(Tagging) -> bool,
    ) -> Result<()> {
        let mut chunks = Chunks { after: 0, page: Vec::new().into_iter(), ended: false };
        let mut under_way = 0;
        let mut ready = Vec::with_capacity(WRITE + CHUNK);
        loop {
            while under_way < most
                && let Some(chunk) = chunks.next(self, nlu)?
                && jobs.send(chunk).is_ok()
            {
                under_way += 1;
            }
            if under_way == 0 {
                break;
            }
            let Ok(done) = results.recv() else { break };
            under_way -= 1;
            tagging.failed += done.failed;
            ready.extend(done.analyses);
            if ready.len() >= WRITE {
                self.keep(&mut ready, tagging)?;
                if !progress(*tagging) {
                    break;
                }
            }
        }
        drop(jobs);
        for done in results {
            tagging.failed += done.failed;
            ready.extend(done.analyses);
        }
        self.keep(&mut ready, tagging)?;
        progress(*tagging);
        Ok(())
    }

    fn keep(&self, ready: &mut Vec<(i64, Analysis, Embedding)>, tagging: &mut Tagging) -> Result<()> {
        self.store().add_analyses(ready)?;
        tagging.tagged += ready.len() as u64;
        ready.clear();
        Ok(())
    }
}

/// The messages that are still to be tagged, a few at a time.
struct Chunks {
    after: i64,
    page: std::vec::IntoIter<Message>,
    ended: bool,
}

impl Chunks {
    fn next(&mut self, assistant: &Assistant, nlu: &Nlu) -> Result<Option<Vec<Message>>> {
        if self.page.len() == 0 && !self.ended {
            let page = assistant.store().untagged(&nlu.version(), self.after, PAGE)?;
            self.ended = page.is_empty();
            self.after = page.last().map_or(self.after, |last| last.id);
            self.page = page.into_iter();
        }
        let chunk: Vec<_> = self.page.by_ref().take(CHUNK).collect();
        Ok((!chunk.is_empty()).then_some(chunk))
    }
}

/// One core at work.
fn analyse(nlu: &Nlu, work: &Receiver<Vec<Message>>, finished: &Sender<Done>, now: &ZonedDateTime) {
    for chunk in work {
        let mut done = Done { analyses: Vec::with_capacity(chunk.len()), failed: 0 };
        for message in &chunk {
            match nlu.understand(&message.text, &when(message, now)) {
                Ok((analysis, embedding)) => done.analyses.push((message.id, analysis, embedding)),
                Err(_) => done.failed += 1,
            }
        }
        // Nobody waits for it only when the store has failed.
        let _ = finished.send(done);
    }
}
