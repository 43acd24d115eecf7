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

/// Exports with these options: the texts.
fn texts(data: &str, options: &[&str]) -> Vec<String> {
    let output =
        run(&[&["export", "--data-dir", data, "--timezone", "Europe/Berlin"], options].concat(), b"");
    assert!(output.status.success(), "{}", errors(&output));
    json_lines(&output).iter().map(|line| line["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn filters_add_up() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let chat = b"24/12/25, 10:00 - Anna: the boiler is broken\n25/12/25, 10:00 - Bob Lee: which boiler?\n\
                 26/12/25, 10:00 - Anna: the one in Berlin\n";
    assert!(import(data, &["--tag", "-"], chat).status.success());
    assert!(
        import(data, &["-"], b"1/1/26, 10:00 - Carla: boil me an egg\n13/1/26, 10:00 - Anna: no\n")
            .status
            .success()
    );
    let all = texts(data, &[]);
    assert_eq!(all.len(), 5);
    assert_eq!(texts(data, &["--speaker", "Anna"]).len(), 3);
    assert_eq!(texts(data, &["--speaker", "Anna", "--speaker", "Bob Lee"]).len(), 4);
    assert_eq!(texts(data, &["--conversation", "2"]), all[3..]);
    assert_eq!(texts(data, &["--search", "boil"]).len(), 3);
    assert_eq!(texts(data, &["--search", "BOILER which"]), all[1..2]);
    assert_eq!(texts(data, &["--query", "boil* from:anna"]), [all[0].clone()]);
    assert_eq!(texts(data, &["--query", "boil*", "--speaker", "Bob Lee"]), all[1..2]);
    assert_eq!(texts(data, &["--from", "2025-12-25", "--until", "2025-12-26"]), all[1..2]);
    assert_eq!(texts(data, &["--min-confidence", "0"]), all[..3]);
    assert_eq!(texts(data, &["--corrected"]).len(), 0);
    let named = texts(data, &["--tag", "entity=location"]);
    assert!(named.len() < 3, "{named:?}");

    let wrong = run(&["export", "--data-dir", data, "--tag", "colour=red"], b"");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(errors(&wrong).contains("intent=reminder"), "{}", errors(&wrong));
    let unread = run(&["export", "--data-dir", data, "--query", "before:frogday"], b"");
    assert_eq!(unread.status.code(), Some(1));
    assert!(errors(&unread).contains("is no date"), "{}", errors(&unread));
    let nowhere = run(&["export", "--data-dir", data, "--conversation", "99"], b"");
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(errors(&nowhere).contains("there is no conversation 99"), "{}", errors(&nowhere));
}

#[test]
fn pseudonyms_keep_their_meaning_from_export_to_export() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let key = dir.path().join("key.json");
    let export = || texts(data, &["--redact", "--pseudonyms", key.to_str().unwrap()]);
    assert!(
        import(data, &["-"], b"24/12/25, 10:00 - Zoe: hi Bob\n24/12/25, 10:01 - Bob: hi Zoe\n")
            .status
            .success()
    );
    assert_eq!(export(), ["hi PERSON_1", "hi PERSON_2"]);
    assert!(
        import(data, &["-"], b"24/12/25, 11:00 - Anna: hi Bob\n24/12/25, 11:01 - Bob: hi Anna\n")
            .status
            .success()
    );
    assert_eq!(export(), ["hi PERSON_1", "hi PERSON_2", "hi PERSON_1", "hi PERSON_3"]);
    std::fs::write(&key, "[]").unwrap();
    let output = run(&["export", "--data-dir", data, "--redact", "--pseudonyms", key.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("no file of pseudonyms"), "{}", errors(&output));
}

#[test]
fn a_folder_is_taken_with_all_that_is_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let folder = dir.path().join("exports");
    std::fs::create_dir_all(folder.join("captions")).unwrap();
    std::fs::copy(sample("telegram-chat.json"), folder.join("result.json")).unwrap();
    std::fs::copy(sample("captions.srt"), folder.join("captions/talk.srt")).unwrap();
    std::fs::write(folder.join("photo.jpg"), b"\xff\xd8").unwrap();
    std::fs::write(folder.join("notes.txt"), "nothing that anyone said").unwrap();
    let chat = std::fs::read(sample("signal.txt")).unwrap();
    std::fs::write(folder.join("chat.zip"), super::zip(&[("chat.txt", &chat), ("a.txt", b"x")])).unwrap();
    let output = import(data.to_str().unwrap(), &["--json", folder.to_str().unwrap()], b"");
    assert!(output.status.success(), "{}", errors(&output));
    let shown = &json_lines(&output)[0];
    let (telegram, captions, signal) = (6, 2, 2);
    assert_eq!(shown["added"], telegram + captions + signal, "{shown}");
    let again = import(data.to_str().unwrap(), &["--json", folder.to_str().unwrap()], b"");
    assert_eq!(json_lines(&again)[0]["added"], 0);
}

#[test]
fn a_backup_comes_back_with_its_tags_from_a_file_and_from_a_pipe() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new, piped) = (dir.path().join("old"), dir.path().join("new"), dir.path().join("piped"));
    let [old, new, piped] = [&old, &new, &piped].map(|path| path.to_str().unwrap());
    run(&["chat", "--data-dir", old], b"remind me to call Anna tomorrow\n");
    assert!(import(old, &["--tag", sample("signal.txt").to_str().unwrap()], b"").status.success());
    let backup = std::path::Path::new(old).join(sotto::FILE_NAME);

    let first = import(new, &["--json", backup.to_str().unwrap()], b"");
    assert!(first.status.success(), "{}", errors(&first));
    assert_eq!(
        (json_lines(&first)[0]["added"].clone(), json_lines(&first)[0]["log"]["format"].clone()),
        (4.into(), "sotto".into())
    );
    assert_eq!(json_lines(&import(new, &["--json", backup.to_str().unwrap()], b""))[0]["added"], 0);
    // What was imported into the old one is the same when it is imported into the new one.
    let again = import(new, &["--json", sample("signal.txt").to_str().unwrap()], b"");
    assert_eq!(
        (json_lines(&again)[0]["added"].clone(), json_lines(&again)[0]["known"].clone()),
        (0.into(), 2.into())
    );
    assert_eq!(
        run(&["export", "--data-dir", new], b"").stdout,
        run(&["export", "--data-dir", old], b"").stdout
    );

    let bytes = std::fs::read(&backup).unwrap();
    assert_eq!(json_lines(&import(piped, &["--json", "-"], &bytes))[0]["added"], 4);
}

#[test]
fn parquet_and_the_schema_go_through_pipes() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    assert!(import(data, &[sample("signal.txt").to_str().unwrap()], b"").status.success());
    let output = run(&["export", "--data-dir", data, "--format", "parquet", "--output", "-"], b"");
    assert!(
        output.status.success() && output.stdout.starts_with(b"PAR1") && output.stdout.ends_with(b"PAR1")
    );
    let output = run(&["export", "--schema"], b"");
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let message: Value = serde_json::from_slice(
        run(&["export", "--data-dir", data], b"").stdout.split(|byte| *byte == b'\n').next().unwrap(),
    )
    .unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&schema["properties"]), keys(&message));
}

#[test]
fn what_is_stored_can_be_tagged_later() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    assert!(import(data, &[sample("signal.txt").to_str().unwrap()], b"").status.success());
    for expected in ["2 messages tagged", "0 messages tagged"] {
        let output = run(&["tag", "--stored", "--data-dir", data], b"");
        assert!(output.status.success() && output.stdout.is_empty());
        assert!(errors(&output).contains(expected), "{}", errors(&output));
    }
    let lines = json_lines(&run(&["export", "--data-dir", data], b""));
    assert!(lines.iter().all(|line| line["analysis"] != Value::Null));
}
