//! What the page can ask for about all messages: searching, counting, taking out
//! and taking in.

use std::path::Path;

use jiff::ZonedDateTime;
use sotto::logs::export::{FORMATS, Format};
use sotto::{Cursor, Found, Imported, Insight, Order, Outgoing, Preview, Reading, Result};
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

use crate::desk::Desk;
use crate::export::{self, Saved};
use crate::intake::{self, Dropping, Drops};
use crate::work::{TaggingState, Work};

/// At most `limit` messages that `query` finds, after `after`.
#[tauri::command]
pub async fn search(
    desk: State<'_, Desk>,
    query: String,
    order: Order,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Found> {
    desk.ask(move |assistant| assistant.search(&query, order, after, limit, &ZonedDateTime::now())).await
}

/// How many messages `query` finds.
#[tauri::command]
pub async fn count(desk: State<'_, Desk>, query: String) -> Result<u64> {
    desk.ask(move |assistant| assistant.count(&query, &ZonedDateTime::now())).await
}

/// Numbers over what `query` finds.
#[tauri::command]
pub async fn insight(desk: State<'_, Desk>, query: String) -> Result<Insight> {
    desk.ask(move |assistant| assistant.insight(&query, &ZonedDateTime::now())).await
}

/// The formats that can be written, by name.
#[tauri::command]
pub fn export_formats() -> Vec<&'static str> {
    FORMATS.map(Format::name).to_vec()
}

/// The beginning of an export, as text.
#[tauri::command]
pub async fn preview_export(desk: State<'_, Desk>, outgoing: Outgoing, limit: u64) -> Result<String> {
    desk.ask(move |assistant| assistant.preview_export(&outgoing, limit, &ZonedDateTime::now())).await
}

/// Asks where to, and writes there what is asked for; tells how many messages are written.
#[tauri::command]
pub async fn export(
    desk: State<'_, Desk>,
    work: State<'_, Work>,
    window: WebviewWindow,
    outgoing: Outgoing,
    title: String,
    told: Channel<u64>,
) -> Result<Option<Saved>> {
    let mut progress = work.begin(told);
    desk.ask(move |assistant| export::ask_and_write(assistant, &window, &outgoing, &title, &mut progress))
        .await
}

/// Asks which files to take in.
#[tauri::command]
pub async fn choose_logs(desk: State<'_, Desk>, window: WebviewWindow) -> Result<Vec<String>> {
    desk.ask(move |_| Ok(intake::choose(&window))).await
}

/// Tells the page from now on of files on the window.
#[tauri::command]
pub fn watch_drops(drops: State<'_, Drops>, told: Channel<Dropping>) {
    drops.tell(told);
}

/// What is in a file; nothing is stored.
#[tauri::command]
pub async fn preview_log(
    desk: State<'_, Desk>,
    work: State<'_, Work>,
    path: String,
    reading: Reading,
    told: Channel<u64>,
) -> Result<Preview> {
    let mut progress = work.begin(told);
    desk.ask(move |_| Ok(Preview::of(Path::new(&path), &reading, &ZonedDateTime::now(), &mut progress))).await
}

/// Takes in a file, all of it or nothing, and has it tagged.
#[tauri::command]
pub async fn import_log(
    desk: State<'_, Desk>,
    work: State<'_, Work>,
    path: String,
    reading: Reading,
    told: Channel<u64>,
) -> Result<Imported> {
    let mut progress = work.begin(told);
    let imported = desk
        .ask(move |assistant| {
            assistant.import_file(Path::new(&path), &reading, &ZonedDateTime::now(), &mut progress)
        })
        .await?;
    desk.tag();
    Ok(imported)
}

/// Ends the import, export or preview that is under way.
#[tauri::command]
pub fn call_off(work: State<'_, Work>) {
    work.call_off();
}

/// How the tagging of imported messages stands.
#[tauri::command]
pub fn tagging(desk: State<'_, Desk>) -> TaggingState {
    desk.tagger().state()
}

/// Stops tagging, or goes on with it.
#[tauri::command]
pub fn pause_tagging(desk: State<'_, Desk>, paused: bool) {
    if paused { desk.tagger().pause() } else { desk.go_on_tagging() }
}
