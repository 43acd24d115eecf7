//! What the page can ask for: each command hands on to the core.

use jiff::ZonedDateTime;
use sotto::{
    Arrangement, Conversation, Correction, Deleted, Exchange, Labels, Line, Question, Result, Status,
};
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

/// At most `limit` messages, oldest first, from the one on that has `first` before it.
#[tauri::command]
pub async fn messages_from(
    desk: State<'_, Desk>,
    conversation: i64,
    first: u32,
    limit: u32,
) -> Result<Vec<Line>> {
    desk.ask(move |assistant| assistant.messages_from(conversation, first, limit)).await
}

/// The conversation of a message, and how many messages stand before it there.
#[tauri::command]
pub async fn place(desk: State<'_, Desk>, message: i64) -> Result<(i64, u32)> {
    desk.ask(move |assistant| assistant.place(message)).await
}

/// The question that waits for its answer in a conversation.
#[tauri::command]
pub async fn question(desk: State<'_, Desk>, conversation: i64) -> Result<Option<Question>> {
    desk.ask(move |assistant| assistant.question(conversation)).await
}

/// Starts a conversation that is in memory only.
#[tauri::command]
pub async fn new_off_record_conversation(desk: State<'_, Desk>) -> Result<Conversation> {
    desk.ask(|assistant| assistant.new_off_record_conversation(&ZonedDateTime::now())).await
}

/// Names, pins or puts away a conversation.
#[tauri::command]
pub async fn arrange(desk: State<'_, Desk>, conversation: i64, wish: Arrangement) -> Result<Conversation> {
    desk.ask(move |assistant| assistant.arrange(conversation, &wish)).await
}

/// Deletes a conversation.
#[tauri::command]
pub async fn delete_conversation(desk: State<'_, Desk>, conversation: i64) -> Result<Deleted> {
    desk.ask(move |assistant| assistant.delete_conversation(conversation, &ZonedDateTime::now())).await
}

/// Deletes a message and the answer to it.
#[tauri::command]
pub async fn delete_message(desk: State<'_, Desk>, message: i64) -> Result<Deleted> {
    desk.ask(move |assistant| assistant.delete_message(message, &ZonedDateTime::now())).await
}

/// Brings back what was deleted: the number of its conversation.
#[tauri::command]
pub async fn bring_back(desk: State<'_, Desk>, undo: i64) -> Result<i64> {
    desk.ask(move |assistant| assistant.bring_back(undo)).await
}

/// Changes the text of a message and tags it again.
#[tauri::command]
pub async fn edit_message(desk: State<'_, Desk>, message: i64, text: String) -> Result<Line> {
    desk.ask(move |assistant| assistant.edit_message(message, &text, &ZonedDateTime::now())).await
}

/// Sets what the user says of a message's tags.
#[tauri::command]
pub async fn correct(desk: State<'_, Desk>, message: i64, correction: Correction) -> Result<Line> {
    desk.ask(move |assistant| assistant.correct(message, &correction, &ZonedDateTime::now())).await
}

/// The tags to choose from.
#[tauri::command]
pub async fn labels(desk: State<'_, Desk>) -> Result<Labels> {
    desk.ask(|assistant| assistant.labels()).await
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
