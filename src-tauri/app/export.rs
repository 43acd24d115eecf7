//! The way of a conversation into a file of the user's choice.

use sotto::{Assistant, Code, Error, Result};
use tauri::{Manager, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

/// How many characters of a title go into a file name.
const NAME_LENGTH: usize = 60;

/// Asks with the system's save dialog where to, and writes the conversation
/// there: the path, or `None` if the dialog was called off.
pub fn ask_and_write(
    assistant: &Assistant,
    window: &WebviewWindow,
    conversation: i64,
) -> Result<Option<String>> {
    let title = title(assistant, conversation)?;
    let mut dialog = window
        .dialog()
        .file()
        .set_parent(window)
        .set_title("Export the conversation")
        .set_file_name(file_name(&title))
        .add_filter("JSON Lines", &["jsonl"]);
    if let Ok(documents) = window.path().document_dir().or_else(|_| window.path().home_dir()) {
        dialog = dialog.set_directory(documents);
    }
    let Some(chosen) = dialog.blocking_save_file() else {
        return Ok(None);
    };
    let path = chosen.into_path().map_err(|error| {
        Error::new(Code::File, "this place is not a folder on the disk; choose another").because(error)
    })?;
    assistant.export(Some(conversation), &path)?;
    Ok(Some(path.display().to_string()))
}

fn title(assistant: &Assistant, conversation: i64) -> Result<String> {
    let conversations = assistant.conversations()?;
    let open = conversations.into_iter().find(|each| each.id == conversation);
    open.map(|each| each.title).ok_or_else(|| {
        Error::new(Code::NotFound, format!("there is no conversation {conversation}; open another one"))
    })
}

/// A name that every file system takes, from the beginning of `title`.
fn file_name(title: &str) -> String {
    let refused = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let plain: String = title.chars().map(|c| if refused(c) { ' ' } else { c }).take(NAME_LENGTH).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    format!("{}.jsonl", if name.is_empty() { "Conversation" } else { name })
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_title_becomes_a_name_that_every_file_system_takes() {
        assert_eq!(file_name("What time is it?"), "What time is it.jsonl");
        assert_eq!(file_name("../../etc/passwd"), "etc passwd.jsonl");
        assert_eq!(file_name("  \n\0 "), "Conversation.jsonl");
        assert_eq!(file_name(&"é".repeat(100)), format!("{}.jsonl", "é".repeat(60)));
    }
}
