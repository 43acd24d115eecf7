//! What the page can ask for: each command hands on to the core.

use jiff::ZonedDateTime;
use sotto::{Conversation, Exchange, Line, Result, Status};
use tauri::{State, WebviewWindow};

use crate::desk::Desk;
use crate::export;

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
