//! What the settings do that takes more than one step.

use std::path::PathBuf;

use jiff::ZonedDateTime;
use sotto::{Card, Code, Error, Moved, Nlu, Pack, Preferences, Restored, Result, Settings};
use tauri::async_runtime::spawn_blocking;
use tauri::{AppHandle, Manager, WebviewWindow};
use tauri_plugin_autostart::ManagerExt;

use crate::chosen::Chosen;
use crate::desk::Desk;
use crate::{front, pick, platform};

/// What kind of file a backup is.
const BACKUP: (&str, &[&str]) = ("Sotto", &["db"]);

/// What was chosen and what is there.
pub async fn show(app: AppHandle) -> Result<Settings> {
    let (desk, chosen) = (app.state::<Desk>(), app.state::<Chosen>());
    Ok(Settings {
        preferences: chosen.get(),
        file: chosen.file().map(Into::into).unwrap_or_default(),
        problem: chosen.problem(),
        version: app.package_info().version.to_string(),
        data: desk.data(),
        data_fixed: desk.data_fixed(),
        contents: desk.ask(|assistant| assistant.contents()).await.ok(),
        retention: desk.ask(|assistant| assistant.retention()).await.ok().flatten(),
        model: desk.pack().and_then(|dir| Card::read(&dir)).ok(),
        model_fixed: desk.model_fixed(),
        at_login: app.autolaunch().is_enabled().unwrap_or(false),
        shortcuts: platform::check_shortcuts().is_ok(),
    })
}

/// Chooses anew; where the data and the model are is not chosen here. If the
/// system refuses something, all stays as it was.
pub fn choose(app: &AppHandle, wanted: Preferences) -> Result<Preferences> {
    let chosen = app.state::<Chosen>();
    let before = chosen.get();
    let wanted = Preferences { data: before.data.clone(), model: before.model.clone(), ..wanted };
    let settled =
        front::arrange(app, &wanted).and_then(|()| chosen.change(|preferences| *preferences = wanted));
    if settled.is_err() {
        // What was possible before is possible again.
        let _ = front::arrange(app, &before);
    }
    settled
}

/// Lets the system start Sotto when its user logs in, or no longer.
pub fn start_at_login(app: &AppHandle, on: bool) -> Result<()> {
    let launch = app.autolaunch();
    let done = if on { launch.enable() } else { launch.disable() };
    done.map_err(|error| {
        Error::new(Code::File, "the system does not let Sotto change what starts at login").because(error)
    })
}

/// Opens the data folder in the system's file manager.
pub fn open_data(app: &AppHandle) -> Result<()> {
    let dir = app.state::<Desk>().data();
    let name = dir.display().to_string();
    tauri_plugin_opener::open_path(dir, None::<&str>).map_err(|error| {
        Error::new(Code::File, format!("no file manager opens {name}; go there by hand")).because(error)
    })
}

/// Asks for a folder and moves the data there; deletes the old data if `remove`.
pub async fn move_data(window: WebviewWindow, title: String, remove: bool) -> Result<Option<Moved>> {
    away(window, move |window| {
        let Some(dir) = pick::folder(window, &title)? else { return Ok(None) };
        let (desk, chosen) = (window.state::<Desk>(), window.state::<Chosen>());
        desk.move_to(&dir, remove, || {
            chosen.change(|preferences| preferences.data = Some(dir.clone())).map(|_| ())
        })
        .map(Some)
    })
    .await
}

/// Asks for a model pack, tries it, and goes on with it; the old one stays if
/// anything is wrong with the new.
pub async fn choose_model(window: WebviewWindow, title: String) -> Result<Option<Card>> {
    away(window, move |window| {
        let Some(dir) = pick::folder(window, &title)? else { return Ok(None) };
        change_model(window, dir.clone(), Some(dir)).map(Some)
    })
    .await
}

/// Goes on with the model pack that came with Sotto.
pub async fn use_shipped_model(window: WebviewWindow) -> Result<Card> {
    away(window, |window| change_model(window, window.state::<Desk>().shipped_pack()?, None)).await
}

fn change_model(window: &WebviewWindow, dir: PathBuf, noted: Option<PathBuf>) -> Result<Card> {
    Pack::read(&dir)?.verify(&dir)?;
    let nlu = Nlu::load(&dir)?;
    let card = Card::read(&dir)?;
    window.state::<Chosen>().change(|preferences| preferences.model = noted)?;
    window.state::<Desk>().change_model(dir, nlu)?;
    Ok(card)
}

/// Asks where to, and writes everything there as one file.
pub async fn back_up(window: WebviewWindow, title: String) -> Result<Option<PathBuf>> {
    away(window, move |window| {
        let name = format!("Sotto {}.db", ZonedDateTime::now().date());
        let Some(path) = pick::new_file(window, &title, &name, BACKUP)? else { return Ok(None) };
        window.state::<Desk>().assistant()?.back_up(&path)?;
        Ok(Some(path))
    })
    .await
}

/// Asks for a backup and puts it in the place of everything, which is kept aside.
pub async fn restore(window: WebviewWindow, title: String) -> Result<Option<Restored>> {
    away(window, move |window| {
        let Some(path) = pick::file(window, &title, BACKUP)? else { return Ok(None) };
        window.state::<Desk>().restore(&path, &ZonedDateTime::now()).map(Some)
    })
    .await
}

/// Does `work`, which waits for dialogs and disks, away from the threads that
/// serve the window.
async fn away<T: Send + 'static>(
    window: WebviewWindow,
    work: impl FnOnce(&WebviewWindow) -> Result<T> + Send + 'static,
) -> Result<T> {
    spawn_blocking(move || work(&window)).await.unwrap_or_else(|error| {
        Err(Error::new(Code::File, "Sotto could not finish this; try again, or restart it").because(error))
    })
}
