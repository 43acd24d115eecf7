//! `sotto import` and `sotto export`.

use serde_json::Value;

use super::sample;
use crate::setting::{errors, json_lines, run};

fn import(data: &str, arguments: &[&str], input: &[u8]) -> std::process::Output {
    run(&[&["import", "--data-dir", data, "--timezone", "Europe/Berlin"], arguments].concat(), input)
}

#[test]
fn a_preview_shows_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let file = sample("whatsapp-us.txt");
    let output = import(data.to_str().unwrap(), &["--preview", file.to_str().unwrap()], b"");
    assert!(output.status.success(), "{}", errors(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    for expected in [
        "whatsapp (UTF-8)",
        "messages       7",
        "month first",
        "Bob (2)",
        "[2025-07-04 23:59:00] Anna: Happy 4th",
    ] {
        assert!(text.contains(expected), "{expected:?} in {text}");
    }
    assert!(!data.exists());
}

#[test]
fn import_tag_export_from_files_and_pipes() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let (file, piped) = (sample("signal.txt"), std::fs::read(sample("telegram-chat.json")).unwrap());
    let output = import(data, &["--json", "--tag", file.to_str().unwrap(), "-"], &piped);
    assert!(output.status.success(), "{}", errors(&output));
    let shown = json_lines(&output);
    assert_eq!(shown.len(), 2);
    assert_eq!((shown[0]["added"].clone(), shown[1]["added"].clone()), (2.into(), 6.into()));
    assert_eq!(shown[1]["log"]["format"], "telegram");
    assert!(errors(&output).contains("8 messages tagged"), "{}", errors(&output));

    let lines = json_lines(&run(&["export", "--data-dir", data], b""));
    assert_eq!(lines.len(), 8);
    assert!(lines.iter().all(|line| line["source"] == "imported" && line["analysis"] != Value::Null));

    let again = import(data, &[file.to_str().unwrap()], b"");
    let text = String::from_utf8(again.stdout).unwrap();
    assert!(text.contains("0 messages imported, 2 were there already (signal, UTF-8)"), "{text}");
}

#[test]
fn each_file_stands_for_itself() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let (good, bad) = (sample("signal.txt"), dir.path().join("bad.bin"));
    std::fs::write(&bad, b"\0\x01\x02").unwrap();
    let files = ["nowhere.txt", bad.to_str().unwrap(), good.to_str().unwrap()];
    let output = import(data, &files, b"");
    assert_eq!(output.status.code(), Some(1));
    let errors = errors(&output);
    assert!(errors.contains("cannot open nowhere.txt"), "{errors}");
    assert!(errors.contains("bad.bin is not a conversation"), "{errors}");
    assert!(errors.contains("2 of 3 files were not imported"), "{errors}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("2 messages imported"));
}

#[test]
fn warnings_name_file_and_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = sample("whatsapp-odd.txt");
    let output = import(dir.path().to_str().unwrap(), &[file.to_str().unwrap()], b"");
    assert!(output.status.success());
    let errors = errors(&output);
    assert!(errors.contains("whatsapp-odd.txt: line 1: stands before the first message"), "{errors}");
}

#[test]
fn an_open_order_is_asked_about() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let text = b"3/4/25, 10:00 - Anna: hi\n3/4/25, 10:01 - Bob: ho\n";
    let output = import(data, &["-"], text);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("--day-first or --month-first"), "{}", errors(&output));
    assert!(import(data, &["--month-first", "-"], text).status.success());
    let lines = json_lines(&run(&["export", "--data-dir", data], b""));
    assert_eq!(lines[0]["time"], 1_741_078_800_000_i64);
}

#[test]
fn every_export_format_has_a_name_and_a_redacted_form() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let file = sample("whatsapp-us.txt");
    assert!(import(data, &["--tag", file.to_str().unwrap()], b"").status.success());
    let key = dir.path().join("key.json");
    for format in ["jsonl", "csv", "markdown", "html", "text", "conll", "doccano", "label-studio", "rasa"] {
        let arguments = [
            "export",
            "--data-dir",
            data,
            "--format",
            format,
            "--redact",
            "--pseudonyms",
            key.to_str().unwrap(),
        ];
        let output = run(&arguments, b"");
        assert!(output.status.success(), "{format}: {}", errors(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            !text.contains("Anna") && !text.contains("Bob") && !text.contains("555 010"),
            "{format}: {text}"
        );
    }
    let key: Value = serde_json::from_str(&std::fs::read_to_string(key).unwrap()).unwrap();
    assert_eq!(key["PERSON_2"], "Anna");
}

#[test]
fn help_has_examples() {
    for verb in ["import", "export"] {
        let text = String::from_utf8(run(&[verb, "--help"], b"").stdout).unwrap();
        assert!(text.contains(&format!("Examples:\n  sotto {verb} ")), "{text}");
    }
}
