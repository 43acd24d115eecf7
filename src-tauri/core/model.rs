//! The model at work: handed over some time after the start, and changed for
//! another when the user chooses one.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::{Error, Nlu, Result};

/// Nothing while the model is loading; then the model, or why there is none.
#[derive(Default)]
pub(crate) struct Model {
    nlu: Mutex<Option<Result<Arc<Nlu>>>>,
    there: Condvar,
}

impl Model {
    /// Puts a model, or the reason why there is none, in the place of what was there.
    pub fn put(&self, nlu: Result<Nlu>) -> Result<Arc<Nlu>> {
        let nlu = nlu.map(Arc::new);
        let given = shared(&nlu);
        *self.lock() = Some(nlu);
        self.there.notify_all();
        given
    }

    /// The model, if it is loaded.
    pub fn get(&self) -> Option<Result<Arc<Nlu>>> {
        self.lock().as_ref().map(shared)
    }

    /// The model, as soon as it is loaded.
    pub fn wait(&self) -> Result<Arc<Nlu>> {
        let mut nlu = self.lock();
        loop {
            match &*nlu {
                Some(nlu) => return shared(nlu),
                None => nlu = self.there.wait(nlu).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Result<Arc<Nlu>>>> {
        self.nlu.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The same once more; an error without what lies underneath, but with its words.
fn shared(nlu: &Result<Arc<Nlu>>) -> Result<Arc<Nlu>> {
    nlu.as_ref().map(Arc::clone).map_err(|error| Error::new(error.code(), error.to_string()))
}
