//! Logs on their way in: chosen with the system's dialog, or dropped on the window.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{DragDropEvent, Manager, WebviewWindow, Window, WindowEvent};
use tauri_plugin_dialog::DialogExt;

/// What is held over the window, or dropped on it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "lowercase", tag = "what")]
pub enum Dropping {
    /// Files are over the window.
    Over,
    /// They went away again.
    Away,
    /// They were let go.
    Dropped {
        /// Where they are.
        paths: Vec<String>,
    },
}

/// Whom to tell of files on the window.
#[derive(Default)]
pub struct Drops(Mutex<Option<Channel<Dropping>>>);

impl Drops {
    /// From now on `page` is told.
    pub fn tell(&self, page: Channel<Dropping>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
    }
}

/// Tells the page of files on the window.
pub fn watch(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let dropping = match event {
        DragDropEvent::Enter { paths, .. } if !paths.is_empty() => Dropping::Over,
        DragDropEvent::Drop { paths, .. } if !paths.is_empty() => {
            Dropping::Dropped { paths: paths.iter().map(|path| path.display().to_string()).collect() }
        }
        DragDropEvent::Leave => Dropping::Away,
        _ => return,
    };
    let drops = window.state::<Drops>();
    if let Some(page) = &*drops.0.lock().unwrap_or_else(PoisonError::into_inner) {
        // A page that is gone needs no telling.
        let _ = page.send(dropping);
    }
}

/// Asks with the system's dialog for files: none if it was called off.
pub fn choose(window: &WebviewWindow) -> Vec<String> {
    let mut dialog = window.dialog().file().set_parent(window).set_title("Import conversations");
    if let Ok(downloads) = window.path().download_dir().or_else(|_| window.path().home_dir()) {
        dialog = dialog.set_directory(downloads);
    }
    let chosen = dialog.blocking_pick_files().unwrap_or_default();
    let paths = chosen.into_iter().filter_map(|chosen| chosen.into_path().ok());
    paths.map(|path: PathBuf| path.display().to_string()).collect()
}
