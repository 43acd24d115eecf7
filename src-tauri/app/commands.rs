//! What the page can ask for: each command hands on to the core.

use jiff::ZonedDateTime;
use sotto::{Conversation, Exchange, Line, Result, Status};
use tauri::State;

use crate::desk::Desk;

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

/// Fires the timers, alarms and reminders that are due: the messages that say so.
#[tauri::command]
pub async fn due(desk: State<'_, Desk>) -> Result<Vec<Line>> {
    desk.ask(|assistant| assistant.due(&ZonedDateTime::now())).await
}

/// How the store and the model stand.
#[tauri::command]
pub async fn status(desk: State<'_, Desk>) -> Result<Status> {
    Ok(desk.status())
}
