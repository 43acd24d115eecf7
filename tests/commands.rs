//! `sotto chat`, `export` and `model`, and what they say when something is wrong.

use std::path::Path;

use serde_json::Value;

use crate::setting::{errors, json_lines, pack, run};

fn chat(dir: &Path, input: &str) -> Vec<Value> {
    let output = run(&["chat", "--json", "--data-dir", dir.to_str().unwrap()], input.as_bytes());
    assert!(output.status.success(), "{}", errors(&output));
    json_lines(&output)
}

#[test]
fn chat_then_export_then_read() {
    let dir = tempfile::tempdir().unwrap();
    let exchanges = chat(dir.path(), "hello\nwhat is 2 + 2\n");
    assert_eq!(exchanges.len(), 2);
    assert_eq!(exchanges[1]["reply"]["text"], "2 + 2 = 4");

    let data = dir.path().to_str().unwrap();
    let output = run(&["export", "--data-dir", data], b"");
    let lines = json_lines(&output);
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["text"], "hello");
    assert_eq!(lines[0]["source"], "typed");
    assert_eq!(lines[0]["analysis"]["intent"]["name"], "greeting");
    assert_eq!(lines[3]["text"], "2 + 2 = 4");
    assert_eq!(lines[3]["analysis"], Value::Null);

    let file = dir.path().join("log.jsonl");
    let conversation = lines[0]["conversation"].to_string();
    let arguments =
        ["export", "--data-dir", data, "--conversation", &conversation, "--output", file.to_str().unwrap()];
    assert!(run(&arguments, b"").status.success());
    assert_eq!(std::fs::read(&file).unwrap(), output.stdout);
}

#[test]
fn a_person_reads_tags_and_answers() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(&["chat", "--data-dir", dir.path().to_str().unwrap()], b"hello\n\n");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("  [greeting "), "{text}");
    assert!(text.contains("What can I do for you?"), "{text}");
}

#[test]
fn the_model_tells_its_version() {
    let output = run(&["model", "--json", "--verify"], b"");
    assert!(output.status.success(), "{}", errors(&output));
    let shown = &json_lines(&output)[0];
    assert_eq!(shown["verified"], true);
    assert_eq!(shown["pack"]["name"], "sotto-squeezebert-s");
    let output = run(&["model"], b"");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("6 layers x 384"), "{text}");
    assert!(text.contains(&format!("engine      {}", sotto::Engine::best(true))), "{text}");
    let output = run(&["model", "--json", "--cpu", "tract"], b"");
    assert_eq!(json_lines(&output)[0]["engine"], "tract");
    let output = run(&["model", "--cpu", "abacus"], b"");
    assert!(!output.status.success() && errors(&output).contains("no such engine"), "{}", errors(&output));
}

#[test]
fn a_broken_pack_is_one_clear_sentence() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["labels.json", "tokenizer.json", "model.onnx"] {
        std::fs::copy(pack().join(name), dir.path().join(name)).unwrap();
    }
    let file = std::fs::File::options().write(true).open(dir.path().join("model.onnx")).unwrap();
    file.set_len(1000).unwrap();
    let output = run(&["tag", "--model", dir.path().to_str().unwrap()], b"hello");
    assert_eq!(output.status.code(), Some(1));
    let errors = errors(&output);
    assert!(errors.contains("model.onnx is truncated"), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert_eq!(output.stdout, b"");
}

#[test]
fn a_database_of_a_newer_sotto_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    chat(dir.path(), "hello\n");
    let file = dir.path().join(sotto::FILE_NAME);
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let output = run(&["export", "--data-dir", dir.path().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("newer Sotto"), "{}", errors(&output));
}

/// As a user who may not write there: root may write anywhere.
#[test]
#[cfg(target_os = "linux")]
fn a_read_only_folder_is_named_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const NOBODY: u32 = 65534;

    let dir = tempfile::tempdir().unwrap();
    let locked = dir.path().join("locked");
    std::fs::create_dir(&locked).unwrap();
    let program = dir.path().join("sotto");
    std::fs::copy(env!("CARGO_BIN_EXE_sotto"), &program).unwrap();
    std::fs::set_permissions(dir.path(), PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::set_permissions(&locked, PermissionsExt::from_mode(0o555)).unwrap();

    let mut command = Command::new(&program);
    command.args(["export", "--data-dir"]).arg(&locked).current_dir(dir.path());
    if std::fs::write(locked.join("probe"), "").is_ok() {
        std::fs::remove_file(locked.join("probe")).unwrap();
        command.uid(NOBODY);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    assert!(errors(&output).contains("cannot be opened for writing"), "{}", errors(&output));
}

#[test]
fn a_killed_chat_loses_nothing_it_answered() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;

    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let mut child = crate::setting::sotto(&["chat", "--json", "--data-dir", data])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for n in 0..5 {
        writeln!(stdin, "message {n}").unwrap();
        answers.next().unwrap().unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let exported = json_lines(&run(&["export", "--data-dir", data], b""));
    assert_eq!(exported.len(), 10);
}

#[test]
fn a_killed_chat_has_done_each_thing_wholly_or_not_at_all() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;

    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    for round in 0..3 {
        let mut child = crate::setting::sotto(&["chat", "--json", "--data-dir", data])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
        for n in 0..60 {
            writeln!(stdin, "add thing {round} {n} to the shopping list").unwrap();
        }
        for _ in 0..2 + 5 * round {
            answers.next().unwrap().unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let store = rusqlite::Connection::open(dir.path().join(sotto::FILE_NAME)).unwrap();
    let count = |query: &str| store.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    let replies = count("SELECT count(*) FROM message WHERE source = 'assistant'");
    assert!(replies >= 2 + 7 + 12);
    assert_eq!(count("SELECT count(*) FROM item"), replies);
    // A message that was cut off is tagged at the next start, but not acted on.
    assert!(count("SELECT count(*) FROM analysis") >= replies);
    assert_eq!(count("SELECT count(*) FROM undo"), replies);
}

#[test]
fn the_machine_readable_front_says_what_was_done() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let at = |now: &str, input: &str| {
        let output = run(&["chat", "--json", "--now", now, "--data-dir", data], input.as_bytes());
        assert!(output.status.success(), "{}", errors(&output));
        json_lines(&output)
    };
    let morning = "2026-11-23T10:00:00+01:00[Europe/Berlin]";
    let said = at(morning, "set a tea timer for 5 minutes\nset a timer\nnever mind\nwill it rain tomorrow\n");
    assert_eq!(said[0]["text"], "set a tea timer for 5 minutes");
    assert_eq!(said[0]["analysis"]["entities"][0]["value"], "PT5M");
    assert_eq!(
        said[0]["actions"],
        serde_json::json!([{"skill": "timer", "verb": "start", "slots": {"duration_s": 300, "name": "tea"}}])
    );
    assert_eq!(said[1]["question"], serde_json::json!({"slot": "duration", "choices": []}));
    assert_eq!(said[1]["actions"], serde_json::json!([]));
    assert_eq!(said[2]["question"], Value::Null);
    assert_eq!(said[3]["refused"], "network");
    let said = at("2026-11-23T12:00:00+01:00[Europe/Berlin]", "hello\n");
    assert_eq!(
        said[0]["fired"][0]["text"],
        "⏰ The tea timer ended today at 10:05, while I was not running."
    );
}
