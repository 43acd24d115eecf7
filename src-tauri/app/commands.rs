//! What the page can ask for: each command hands on to the core.

use std::path::PathBuf;

use jiff::ZonedDateTime;
use sotto::{Card, Conversation, Exchange, Line, Moved, Preferences, Restored, Result, Settings, Status};
use tauri::ipc::Channel;
use tauri::{AppHandle, State, WebviewWindow};

use crate::bell::Bell;
use crate::chosen::Chosen;
use crate::desk::Desk;
use crate::{export, settings};

/// All conversations, the one last spoken in first.
#[tauri::command]
pub async fn conversations(desk: State<'_, Desk>) -> Result<Vec<Conversation>> {
    desk.ask(|assistant| assistant.conversations()).await
}

/// Starts a conversation.
#[tauri::command]
pub async fn new_conversation(desk: State<'_, Desk>) -> Result<Conversation> {
    desk.ask(|assistant| assistant.new_conversation(&ZonedDateTime::now())).await
}

/// At most `limit` messages, oldest first: the latest, or those before `before`.
#[tauri::command]
pub async fn messages(
    desk: State<'_, Desk>,
    conversation: i64,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Line>> {
    desk.ask(move |assistant| assistant.messages(conversation, before, limit)).await
}

/// Stores, tags and answers what the user typed.
#[tauri::command]
pub async fn send(desk: State<'_, Desk>, conversation: i64, text: String) -> Result<Exchange> {
    desk.ask(move |assistant| assistant.send(conversation, &text, &ZonedDateTime::now())).await
}

/// Tells `ear` of the timers, alarms and reminders that go off: the messages that
/// say so.
#[tauri::command]
pub async fn listen(bell: State<'_, Bell>, ear: Channel<Vec<Line>>) -> Result<()> {
    bell.listen(ear);
    Ok(())
}

/// Asks where to, and writes the conversation there as JSON Lines: the path, or
/// nothing if the user thought better of it.
#[tauri::command]
pub async fn export_conversation(
    desk: State<'_, Desk>,
    window: WebviewWindow,
    conversation: i64,
) -> Result<Option<String>> {
    desk.ask(move |assistant| export::ask_and_write(assistant, &window, conversation)).await
}

/// How the store and the model stand.
#[tauri::command]
pub async fn status(desk: State<'_, Desk>) -> Result<Status> {
    Ok(desk.status())
}

/// What the user chose for this computer.
#[tauri::command]
pub async fn preferences(chosen: State<'_, Chosen>) -> Result<Preferences> {
    Ok(chosen.get())
}

/// Chooses anew. Not `async`: trays are made on the main thread.
#[tauri::command]
pub fn choose(app: AppHandle, preferences: Preferences) -> Result<Preferences> {
    settings::choose(&app, preferences)
}

/// What the settings show.
#[tauri::command]
pub async fn settings(app: AppHandle) -> Result<Settings> {
    settings::show(app).await
}

/// Lets the system start Sotto when its user logs in, or no longer.
#[tauri::command]
pub async fn start_at_login(app: AppHandle, on: bool) -> Result<()> {
    settings::start_at_login(&app, on)
}

/// Opens the data folder in the system's file manager.
#[tauri::command]
pub async fn open_data(app: AppHandle) -> Result<()> {
    settings::open_data(&app)
}

/// Asks for a folder and moves the data there.
#[tauri::command]
pub async fn move_data(window: WebviewWindow, title: String, remove: bool) -> Result<Option<Moved>> {
    settings::move_data(window, title, remove).await
}

/// Asks for a model pack and goes on with it.
#[tauri::command]
pub async fn choose_model(window: WebviewWindow, title: String) -> Result<Option<Card>> {
    settings::choose_model(window, title).await
}

/// Goes on with the model pack that came with Sotto.
#[tauri::command]
pub async fn use_shipped_model(window: WebviewWindow) -> Result<Card> {
    settings::use_shipped_model(window).await
}

/// Asks where to, and writes everything there as one file.
#[tauri::command]
pub async fn back_up(window: WebviewWindow, title: String) -> Result<Option<PathBuf>> {
    settings::back_up(window, title).await
}

/// Asks for a backup and puts it in the place of everything.
#[tauri::command]
pub async fn restore(window: WebviewWindow, title: String) -> Result<Option<Restored>> {
    settings::restore(window, title).await
}
