//! What goes on in the background: one import or export that can be called off,
//! and the tagging of what was imported, which can be paused.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::ZonedDateTime;
use serde::Serialize;
use sotto::{Assistant, Code, Error, Problem, Result, Tagging};
use tauri::ipc::Channel;

/// Nobody sees progress that changes more often than this.
const GLANCE: Duration = Duration::from_millis(100);

/// The import or export under way.
#[derive(Default)]
pub struct Work {
    called_off: Mutex<Arc<AtomicBool>>,
}

impl Work {
    /// Begins something that [`Work::call_off`] ends: what to ask now and then, with
    /// how many messages are done, for it to be told and called off.
    pub fn begin(&self, told: Channel<u64>) -> impl FnMut(u64) -> Result<()> + Send + use<> {
        let called_off = Arc::new(AtomicBool::new(false));
        *lock(&self.called_off) = Arc::clone(&called_off);
        let mut last: Option<Instant> = None;
        move |done| {
            if called_off.load(Ordering::Relaxed) {
                return Err(Error::new(Code::Input, "called off; nothing was changed"));
            }
            if last.is_none_or(|last| last.elapsed() > GLANCE) {
                last = Some(Instant::now());
                // A page that is gone needs no telling.
                let _ = told.send(done);
            }
            Ok(())
        }
    }

    /// Ends what is under way.
    pub fn call_off(&self) {
        lock(&self.called_off).store(true, Ordering::Relaxed);
    }
}

/// The tagging of imported messages.
#[derive(Default)]
pub struct Tagger {
    running: AtomicBool,
    again: AtomicBool,
    paused: AtomicBool,
    seen: Mutex<(Tagging, Option<Problem>)>,
}

/// How the tagging of imported messages stands.
#[derive(Debug, Clone, Serialize)]
pub struct TaggingState {
    tagged: u64,
    failed: u64,
    total: u64,
    running: bool,
    paused: bool,
    problem: Option<Problem>,
}

impl Tagger {
    /// Tags what is untagged, on a thread of its own; if one is at it, it looks
    /// again when it is done.
    pub fn start(self: &Arc<Self>, assistant: &Arc<Assistant>) {
        self.again.store(true, Ordering::SeqCst);
        if self.running.swap(true, Ordering::SeqCst) {
            return;
        }
        let (tagger, assistant) = (Arc::clone(self), Arc::clone(assistant));
        thread::spawn(move || {
            loop {
                while tagger.again.swap(false, Ordering::SeqCst) && !tagger.paused.load(Ordering::SeqCst) {
                    tagger.run(&assistant);
                }
                tagger.running.store(false, Ordering::SeqCst);
                // Somebody may have asked between the last look and the line above.
                let asked = tagger.again.load(Ordering::SeqCst) && !tagger.paused.load(Ordering::SeqCst);
                if !asked || tagger.running.swap(true, Ordering::SeqCst) {
                    return;
                }
            }
        });
    }

    fn run(&self, assistant: &Assistant) {
        // One core is left for who is talking meanwhile.
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let threads = NonZeroUsize::new(cores - 1).unwrap_or(NonZeroUsize::MIN);
        let done = assistant.tag_imported(threads, &ZonedDateTime::now(), &mut |tagging| {
            lock(&self.seen).0 = tagging;
            !self.paused.load(Ordering::Relaxed)
        });
        let mut seen = lock(&self.seen);
        match done {
            Ok(done) => {
                tracing::info!("{} imported messages tagged", done.tagged);
                *seen = (done, None);
            }
            Err(error) => {
                tracing::error!("{error}");
                seen.1 = Some(Problem::from(&error));
            }
        }
    }

    /// Stops after what is under way, and stays stopped.
    pub fn pause(&self) {
        self.paused.store(true, Ordering::SeqCst);
    }

    /// Goes on where it stopped.
    pub fn resume(self: &Arc<Self>, assistant: &Arc<Assistant>) {
        self.paused.store(false, Ordering::SeqCst);
        self.start(assistant);
    }

    /// How it stands.
    pub fn state(&self) -> TaggingState {
        let (Tagging { tagged, failed, total }, problem) = lock(&self.seen).clone();
        let running = self.running.load(Ordering::SeqCst);
        let paused = self.paused.load(Ordering::SeqCst);
        TaggingState { tagged, failed, total, running, paused, problem }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
