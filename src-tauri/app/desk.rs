//! What the window works on: the assistant, or the reason why there is none.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use jiff::ZonedDateTime;
use sotto::{Assistant, Code, Error, Nlu, Problem, Result, Status, Store, folders};
use tauri::async_runtime::spawn_blocking;

use crate::work::Tagger;

/// The assistant over the data folder.
///
/// A folder that cannot be used is no reason to stay shut: the window opens and
/// every command says what is wrong.
pub struct Desk {
    data: String,
    assistant: Result<Arc<Assistant>>,
    tagger: Arc<Tagger>,
}

impl Desk {
    /// Opens the data folder: the `chosen` one or the platform's own.
    pub fn open(chosen: Option<PathBuf>) -> Desk {
        let exports = folders::exports_dir(None, chosen.as_deref());
        let dir = folders::data_dir(chosen);
        let data = dir.as_ref().map(|dir| dir.display().to_string()).unwrap_or_default();
        let assistant = dir.and_then(|dir| Store::open(&dir)).map(Assistant::new);
        let assistant = assistant.map(|assistant| match exports {
            Ok(exports) => Arc::new(assistant.exporting_to(exports)),
            Err(_) => Arc::new(assistant),
        });
        if let Err(error) = &assistant {
            tracing::error!("{error}");
        }
        Desk { data, assistant, tagger: Arc::default() }
    }

    /// Loads the model pack on a thread of its own, so that the window and its
    /// history need not wait for it.
    pub fn load(&self, pack: Result<PathBuf>) {
        let Ok(assistant) = &self.assistant else { return };
        let (assistant, tagger) = (Arc::clone(assistant), Arc::clone(&self.tagger));
        thread::spawn(move || {
            let nlu = pack.and_then(|dir| Nlu::load(&dir));
            let now = ZonedDateTime::now();
            if let Err(error) = assistant.install(nlu, &now) {
                tracing::error!("{error}");
            }
            match assistant.model() {
                Some(Err(error)) => tracing::error!("{error}"),
                // What an import left to be tagged, and an earlier run did not finish.
                _ => tagger.start(&assistant),
            }
        });
    }

    /// Asks the assistant away from the threads that serve the window: it waits
    /// for the model, the disk and the save dialog.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Assistant) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let assistant = match &self.assistant {
            Ok(assistant) => Arc::clone(assistant),
            Err(error) => return Err(Error::new(error.code(), error.to_string())),
        };
        spawn_blocking(move || question(&assistant)).await.unwrap_or_else(|error| {
            Err(Error::new(Code::Inference, "Sotto could not finish this; try again, or restart it")
                .because(error))
        })
    }

    /// Tags imported messages that are not tagged, unless that is paused. While the
    /// model loads, nothing: once it is there, it looks for itself.
    pub fn tag(&self) {
        if let Some(assistant) = self.ready() {
            self.tagger.start(assistant);
        }
    }

    /// Goes on with the tagging after a pause.
    pub fn go_on_tagging(&self) {
        if let Some(assistant) = self.ready() {
            self.tagger.resume(assistant);
        }
    }

    fn ready(&self) -> Option<&Arc<Assistant>> {
        let assistant = self.assistant.as_ref().ok()?;
        assistant.model()?.is_ok().then_some(assistant)
    }

    /// The tagging of imported messages.
    pub fn tagger(&self) -> &Arc<Tagger> {
        &self.tagger
    }

    /// To be called as the program ends.
    pub fn close(&self) {
        let Ok(assistant) = &self.assistant else { return };
        if let Err(error) = assistant.close() {
            tracing::error!("{error}");
        }
    }

    /// How the store and the model stand.
    pub fn status(&self) -> Status {
        let (model, problem) = match &self.assistant {
            Err(error) => (None, Some(Problem::from(error))),
            Ok(assistant) => match assistant.model() {
                None => (None, None),
                Some(Ok(version)) => (Some(version), None),
                Some(Err(error)) => (None, Some(Problem::from(error))),
            },
        };
        Status { data: self.data.clone(), model, problem }
    }
}
