//! The tagger that ships, over many messages at once.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use sotto::{Analysis, Entity, Error, Nlu};

/// What is said of one message.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What the app and `sotto tag` show.
    pub analysis: Analysis,
    /// The entities that the model names by itself, before exact syntax has its say; none unless asked for.
    pub named: Vec<Entity>,
    /// Sentence embedding of length 1.
    pub embedding: Vec<f32>,
}

/// A loaded pack and the moment at which everything is said.
pub struct Tagger<'a> {
    pub nlu: &'a Nlu,
    threads: NonZeroUsize,
    now: ZonedDateTime,
}

impl<'a> Tagger<'a> {
    pub fn new(nlu: &'a Nlu, threads: NonZeroUsize) -> Tagger<'a> {
        // Which moment it is matters to the values of dates alone, and those are not judged.
        Tagger { nlu, threads, now: Timestamp::UNIX_EPOCH.to_zoned_datetime(TimeZone::UTC) }
    }

    /// An answer for each text, in order; with what the model names `by_itself`, for another pass.
    pub fn answers<T: AsRef<str> + Sync>(&self, texts: &[T], by_itself: bool) -> Result<Vec<Answer>, Error> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let Some(text) = texts.get(n) else { break };
                done.push((n, self.answer(text.as_ref(), by_itself)?));
            }
            Ok::<_, Error>(done)
        };
        let mut all = Vec::with_capacity(texts.len());
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.threads.get()).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                all.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok::<_, Error>(())
        })?;
        all.sort_by_key(|(n, _)| *n);
        Ok(all.into_iter().map(|(_, answer)| answer).collect())
    }

    fn answer(&self, text: &str, by_itself: bool) -> Result<Answer, Error> {
        let (analysis, embedding) = self.nlu.understand(text, &self.now)?;
        let named = if by_itself { self.nlu.named(text)? } else { Vec::new() };
        Ok(Answer { analysis, named, embedding: embedding.vector })
    }
}
