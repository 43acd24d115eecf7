//! What the window works on: the assistant, or the reason why there is none.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;

use jiff::ZonedDateTime;
use sotto::{Assistant, Code, Error, Moved, Nlu, Problem, Restored, Result, Status, Store, folders};
use tauri::async_runtime::spawn_blocking;

use crate::work::Tagger;

/// Where things are as this Sotto was started.
pub struct Places {
    /// The data folder named on the command line.
    pub data: Option<PathBuf>,
    /// The data folder of the preferences.
    pub moved: Option<PathBuf>,
    /// The model pack named on the command line.
    pub model: Option<PathBuf>,
    /// The model pack of the preferences.
    pub chosen: Option<PathBuf>,
    /// The application's resources.
    pub resources: Option<PathBuf>,
    /// The running program.
    pub program: PathBuf,
}

/// The assistant over the data folder.
///
/// A folder that cannot be used is no reason to stay shut: the window opens and
/// every command says what is wrong.
pub struct Desk {
    places: Places,
    data: RwLock<PathBuf>,
    assistant: RwLock<Result<Arc<Assistant>>>,
    /// The model pack at work.
    pack: Mutex<Result<PathBuf>>,
    tagger: Arc<Tagger>,
}

impl Desk {
    /// Opens the data folder and finds the model pack, without loading it.
    pub fn open(places: Places) -> Desk {
        let dir = folders::data_dir(places.data.clone().or_else(|| places.moved.clone()));
        let data = dir.as_ref().cloned().unwrap_or_default();
        let store = dir.and_then(|dir| Store::open(&dir));
        let assistant = store.map(|store| seated(&places, store));
        if let Err(error) = &assistant {
            tracing::error!("{error}");
        }
        let named = places.model.clone().or_else(|| places.chosen.clone());
        let pack = folders::model_dir(named, places.resources.as_deref(), &places.program);
        Desk {
            places,
            data: RwLock::new(data),
            assistant: RwLock::new(assistant),
            pack: Mutex::new(pack),
            tagger: Arc::default(),
        }
    }

    /// Loads the model pack on a thread of its own, so that the window and its
    /// history need not wait for it.
    pub fn load(&self) {
        let (Ok(assistant), pack) = (self.assistant(), self.pack()) else { return };
        let tagger = Arc::clone(&self.tagger);
        thread::spawn(move || {
            let nlu = pack.and_then(|dir| Nlu::load(&dir));
            if let Err(error) = &nlu {
                tracing::error!("{error}");
            }
            put_to_work(&assistant, nlu, &tagger);
        });
    }

    /// Goes on with another model, which is loaded already.
    pub fn change_model(&self, dir: PathBuf, nlu: Nlu) -> Result<()> {
        let assistant = self.assistant()?;
        *self.pack.lock().unwrap_or_else(PoisonError::into_inner) = Ok(dir);
        let tagger = Arc::clone(&self.tagger);
        thread::spawn(move || put_to_work(&assistant, Ok(nlu), &tagger));
        Ok(())
    }

    /// Asks the assistant away from the threads that serve the window: it waits
    /// for the model, the disk and the save dialog.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Assistant) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let assistant = self.assistant()?;
        spawn_blocking(move || question(&assistant)).await.unwrap_or_else(|error| {
            Err(Error::new(Code::Inference, "Sotto could not finish this; try again, or restart it")
                .because(error))
        })
    }

    /// The assistant.
    pub fn assistant(&self) -> Result<Arc<Assistant>> {
        repeated(&self.assistant.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.data.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the data folder was named on the command line.
    pub fn data_fixed(&self) -> bool {
        self.places.data.is_some()
    }

    /// The model pack at work.
    pub fn pack(&self) -> Result<PathBuf> {
        repeated(&self.pack.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the model pack was named on the command line.
    pub fn model_fixed(&self) -> bool {
        self.places.model.is_some()
    }

    /// The model pack that came with Sotto.
    pub fn shipped_pack(&self) -> Result<PathBuf> {
        folders::model_dir(None, self.places.resources.as_deref(), &self.places.program)
    }

    /// Moves the data to folder `dir`; `settle` notes where it is from then on.
    pub fn move_to(&self, dir: &Path, remove: bool, settle: impl FnOnce() -> Result<()>) -> Result<Moved> {
        if self.data_fixed() {
            return Err(Error::new(
                Code::Input,
                "the data folder was named when Sotto was started; start it without --data-dir to move the data",
            ));
        }
        let moved = self.assistant()?.move_to(dir, remove, settle)?;
        dir.clone_into(&mut self.data.write().unwrap_or_else(PoisonError::into_inner));
        Ok(moved)
    }

    /// Puts the backup `from` in the place of the data, also of data that cannot
    /// be opened.
    pub fn restore(&self, from: &Path, now: &ZonedDateTime) -> Result<Restored> {
        if let Ok(assistant) = self.assistant() {
            return assistant.restore(from, now);
        }
        let (store, restored) = Store::recover(&self.data(), from, now)?;
        *self.assistant.write().unwrap_or_else(PoisonError::into_inner) = Ok(seated(&self.places, store));
        self.load();
        Ok(restored)
    }

    /// Tags imported messages that are not tagged, unless that is paused. While the
    /// model loads, nothing: once it is there, it looks for itself.
    pub fn tag(&self) {
        if let Some(assistant) = self.ready() {
            self.tagger.start(&assistant);
        }
    }

    /// Goes on with the tagging after a pause.
    pub fn go_on_tagging(&self) {
        if let Some(assistant) = self.ready() {
            self.tagger.resume(&assistant);
        }
    }

    fn ready(&self) -> Option<Arc<Assistant>> {
        let assistant = self.assistant().ok()?;
        assistant.model()?.is_ok().then_some(assistant)
    }

    /// The tagging of imported messages.
    pub fn tagger(&self) -> &Arc<Tagger> {
        &self.tagger
    }

    /// To be called as the program ends.
    pub fn close(&self) {
        let Ok(assistant) = self.assistant() else { return };
        if let Err(error) = assistant.close() {
            tracing::error!("{error}");
        }
    }

    /// How the store and the model stand.
    pub fn status(&self) -> Status {
        let (model, problem) = match self.assistant().map(|assistant| assistant.model()) {
            Ok(None) => (None, None),
            Ok(Some(Ok(version))) => (Some(version), None),
            Ok(Some(Err(error))) | Err(error) => (None, Some(Problem::from(&error))),
        };
        Status { data: self.data().display().to_string(), model, problem }
    }
}

/// The assistant over a store, with a place for what is exported by chat.
fn seated(places: &Places, store: Store) -> Arc<Assistant> {
    let assistant = Assistant::new(store);
    Arc::new(match folders::exports_dir(None, places.data.as_deref()) {
        Ok(exports) => assistant.exporting_to(exports),
        Err(_) => assistant,
    })
}

/// Hands over the model, and tags what an import left to be tagged and an earlier
/// run did not finish.
fn put_to_work(assistant: &Arc<Assistant>, nlu: Result<Nlu>, tagger: &Arc<Tagger>) {
    let there = nlu.is_ok();
    if let Err(error) = assistant.install(nlu, &ZonedDateTime::now()) {
        tracing::error!("{error}");
    }
    if there {
        tagger.start(assistant);
    }
}

/// The same once more; an error without what lies underneath, but with its words.
fn repeated<T: Clone>(result: &Result<T>) -> Result<T> {
    result.as_ref().cloned().map_err(|error| Error::new(error.code(), error.to_string()))
}
