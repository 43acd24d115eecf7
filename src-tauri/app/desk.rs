//! What the window works on: the assistant, or the reason why there is none.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use jiff::ZonedDateTime;
use sotto::{Assistant, Code, Error, Nlu, Problem, Result, Status, Store, folders};
use tauri::async_runtime::spawn_blocking;

/// The assistant over the data folder.
///
/// A folder that cannot be used is no reason to stay shut: the window opens and
/// every command says what is wrong.
pub struct Desk {
    data: String,
    assistant: Result<Arc<Assistant>>,
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
        Desk { data, assistant }
    }

    /// Loads the model pack on a thread of its own, so that the window and its
    /// history need not wait for it.
    pub fn load(&self, pack: Result<PathBuf>) {
        let Ok(assistant) = &self.assistant else { return };
        let assistant = Arc::clone(assistant);
        thread::spawn(move || {
            let nlu = pack.and_then(|dir| Nlu::load(&dir));
            let now = ZonedDateTime::now();
            if let Err(error) = assistant.install(nlu, &now) {
                tracing::error!("{error}");
            }
            // One core is left for who is talking meanwhile.
            let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
            let threads = NonZeroUsize::new(cores - 1).unwrap_or(NonZeroUsize::MIN);
            match assistant.model() {
                Some(Err(error)) => tracing::error!("{error}"),
                // What an import left to be tagged, and an earlier run did not finish.
                _ => match assistant.tag_imported(threads, &now, &mut |_| true) {
                    Ok(done) => tracing::info!("{} imported messages tagged", done.tagged),
                    Err(error) => tracing::error!("{error}"),
                },
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
