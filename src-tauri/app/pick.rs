//! The system's own dialogs: which file, which folder.

use std::path::PathBuf;

use sotto::{Code, Error, Result};
use tauri::{Manager, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

/// Asks for a folder; none if the dialog was called off.
pub fn folder(window: &WebviewWindow, title: &str) -> Result<Option<PathBuf>> {
    path(dialog(window, title).blocking_pick_folder())
}

/// Asks for a file that is there.
pub fn file(window: &WebviewWindow, title: &str, kind: (&str, &[&str])) -> Result<Option<PathBuf>> {
    path(dialog(window, title).add_filter(kind.0, kind.1).blocking_pick_file())
}

/// Asks where to write a file, which may be called `name`.
pub fn new_file(
    window: &WebviewWindow,
    title: &str,
    name: &str,
    kind: (&str, &[&str]),
) -> Result<Option<PathBuf>> {
    path(dialog(window, title).set_file_name(name).add_filter(kind.0, kind.1).blocking_save_file())
}

fn dialog(window: &WebviewWindow, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = window.dialog().file().set_parent(window).set_title(title);
    match window.path().document_dir().or_else(|_| window.path().home_dir()) {
        Ok(documents) => dialog.set_directory(documents),
        Err(_) => dialog,
    }
}

fn path(chosen: Option<FilePath>) -> Result<Option<PathBuf>> {
    let path = chosen.map(FilePath::into_path).transpose();
    path.map_err(|error| {
        Error::new(Code::File, "this place is not a folder on the disk; choose another").because(error)
    })
}
