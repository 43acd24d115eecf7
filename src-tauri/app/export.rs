//! The way of what was found into a file of the user's choice.

use jiff::ZonedDateTime;
use serde::Serialize;
use sotto::logs::pseudonyms;
use sotto::{Assistant, Code, Error, Outgoing, Result};
use tauri::{Manager, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

/// How many characters of a title go into a file name.
const NAME_LENGTH: usize = 60;

/// A file that was written.
#[derive(Debug, Serialize)]
pub struct Saved {
    path: String,
    messages: u64,
    /// The file of its pseudonyms, if one was wanted.
    pseudonyms: Option<String>,
}

/// Asks with the system's save dialog where to, and writes there what is asked
/// for: the file, or `None` if the dialog was called off.
pub fn ask_and_write(
    assistant: &Assistant,
    window: &WebviewWindow,
    outgoing: &Outgoing,
    title: &str,
    progress: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Option<Saved>> {
    let ending = ending(&outgoing.format);
    let mut dialog = window
        .dialog()
        .file()
        .set_parent(window)
        .set_title("Export the conversation")
        .set_file_name(format!("{}.{ending}", file_name(title)))
        .add_filter(&outgoing.format, &[ending]);
    if let Ok(documents) = window.path().document_dir().or_else(|_| window.path().home_dir()) {
        dialog = dialog.set_directory(documents);
    }
    let Some(chosen) = dialog.blocking_save_file() else {
        return Ok(None);
    };
    let path = chosen.into_path().map_err(|error| {
        Error::new(Code::File, "this place is not a folder on the disk; choose another").because(error)
    })?;
    let exported = assistant.export_found(outgoing, &path, &ZonedDateTime::now(), progress)?;
    let kept = (outgoing.redact && outgoing.pseudonyms).then(|| pseudonyms::beside(&path));
    Ok(Some(Saved {
        path: path.display().to_string(),
        messages: exported.messages,
        pseudonyms: kept.map(|path| path.display().to_string()),
    }))
}

/// The usual ending of a file in a format.
fn ending(format: &str) -> &str {
    match format {
        "jsonl" | "doccano" => "jsonl",
        "markdown" => "md",
        "text" => "txt",
        "label-studio" => "json",
        "rasa" => "yml",
        same => same,
    }
}

/// A name that every file system takes, from the beginning of `title`.
fn file_name(title: &str) -> String {
    let refused = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let plain: String = title.chars().map(|c| if refused(c) { ' ' } else { c }).take(NAME_LENGTH).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if name.is_empty() { "Conversation".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_title_becomes_a_name_that_every_file_system_takes() {
        assert_eq!(file_name("What time is it?"), "What time is it");
        assert_eq!(file_name("../../etc/passwd"), "etc passwd");
        assert_eq!(file_name("  \n\0 "), "Conversation");
        assert_eq!(file_name(&"é".repeat(100)), "é".repeat(60));
    }
}
