//! Finding, counting and taking out, on the real model, real files and the command line.

use std::path::Path;

use sotto::{Assistant, Code, Correction, Error, Order, Outgoing, Polarity, Query, Reading, Tags};

use crate::setting::{assistant, errors, json_lines, now, run};

const SAID: [&str; 4] = [
    "The boiler is broken again and I am so angry",
    "Remind me to call Anna in Köln tomorrow at 9",
    "What a lovely evening, thank you",
    "The heating does not work any more",
];

/// Four messages and the answers to them, in one conversation.
fn talked(dir: &Path) -> (Assistant, i64) {
    let assistant = assistant(dir);
    let conversation = assistant.new_conversation(&now()).unwrap().id;
    for text in SAID {
        assistant.send(conversation, text, &now()).unwrap();
    }
    (assistant, conversation)
}

fn found(assistant: &Assistant, query: &str, order: Order) -> Vec<String> {
    let found = assistant.search(query, order, None, 20, &now()).unwrap();
    found.hits.into_iter().map(|hit| hit.message.text).collect()
}

fn outgoing(query: &str, format: &str) -> Outgoing {
    Outgoing {
        query: query.into(),
        format: format.into(),
        tags: Tags::Effective,
        redact: false,
        pseudonyms: false,
        shift_days: 0,
        excel: false,
    }
}

#[test]
fn what_was_found_stands_out_and_knows_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let (assistant, conversation) = talked(dir.path());
    let found = assistant.search("koln from:me", Order::Newest, None, 20, &now()).unwrap();
    assert_eq!((found.hits.len(), found.total, found.next), (1, Some(1), None));
    let hit = &found.hits[0];
    assert_eq!((hit.message.conversation, hit.title.as_str()), (conversation, SAID[0]));
    let marked: Vec<_> = hit.excerpt.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
    assert_eq!(marked, ["Köln"]);
    let (place, before) = assistant.place(hit.message.id).unwrap();
    assert_eq!((place, before), (conversation, 2));
}

#[test]
fn what_means_the_same_is_found_without_its_words() {
    let dir = tempfile::tempdir().unwrap();
    let (assistant, _) = talked(dir.path());
    let similar = found(&assistant, "our furnace stopped functioning from:me", Order::Similar);
    assert_eq!(similar.len(), SAID.len());
    let place = |text: &str| similar.iter().position(|found| found == text).unwrap();
    assert!(place(SAID[3]) < place(SAID[1]), "{similar:?}");
    assert!(place(SAID[3]) < place(SAID[2]), "{similar:?}");
    let error = assistant.search("from:me", Order::Similar, None, 9, &now()).unwrap_err();
    assert_eq!(error.code(), Code::Input);
}

#[test]
fn the_users_tag_is_the_one_that_is_found_counted_and_exported() {
    let dir = tempfile::tempdir().unwrap();
    let (assistant, conversation) = talked(dir.path());
    let scope = format!("in:{conversation}");
    let message =
        assistant.search("heating from:me", Order::Newest, None, 1, &now()).unwrap().hits[0].message.id;
    let correction = Correction {
        intent: Some("schedule_maintenance".into()),
        sentiment: Some(Polarity::Positive),
        ..Correction::default()
    };
    assistant.correct(message, &correction, &now()).unwrap();
    for query in [
        "intent:schedule_maintenance",
        "is:corrected",
        "sentiment:positive heating",
        "confidence:>0.999 heating from:me",
    ] {
        assert_eq!(found(&assistant, query, Order::Newest), [SAID[3]], "{query}");
    }
    let insight = assistant.insight(&scope, &now()).unwrap();
    assert!(insight.intents.iter().any(|count| count.name == "schedule_maintenance" && count.count == 1));

    let path = dir.path().join("tags.csv");
    let written = |tags| {
        let outgoing = Outgoing { tags, ..outgoing("heating from:me", "csv") };
        assistant.export_found(&outgoing, &path, &now(), &mut |_| Ok(())).unwrap();
        std::fs::read_to_string(&path).unwrap()
    };
    assert!(written(Tags::Effective).contains("schedule_maintenance"));
    assert!(!written(Tags::Model).contains("schedule_maintenance"));
}

#[test]
fn every_number_of_the_insight_leads_to_as_many_messages() {
    let dir = tempfile::tempdir().unwrap();
    let (assistant, _) = talked(dir.path());
    let insight = assistant.insight("", &now()).unwrap();
    assert_eq!((insight.messages, insight.tagged), (4, 4));
    let count = |query: String| assistant.count(&format!("{query} -from:sotto"), &now()).unwrap();
    for each in &insight.intents {
        assert_eq!(count(format!("intent:{}", each.name)), each.count, "{each:?}");
    }
    for each in &insight.acts {
        assert_eq!(count(format!("act:{}", each.name)), each.count, "{each:?}");
    }
    for each in &insight.names {
        assert_eq!(count(format!("{}:=\"{}\"", each.kind, each.name)), each.count, "{each:?}");
    }
}

#[test]
fn an_export_that_is_called_off_leaves_what_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let (assistant, _) = talked(dir.path());
    let path = dir.path().join("found.jsonl");
    std::fs::write(&path, "old").unwrap();
    let stop = &mut |_| Err(Error::new(Code::Input, "called off"));
    let error = assistant.export_found(&outgoing("", "jsonl"), &path, &now(), stop).unwrap_err();
    assert_eq!(error.to_string(), "called off");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");

    let mut told = Vec::new();
    let progress = &mut |done| {
        told.push(done);
        Ok(())
    };
    let exported = assistant.export_found(&outgoing("from:me", "jsonl"), &path, &now(), progress).unwrap();
    assert_eq!(exported.messages, 4);
    assert_eq!(told.last(), Some(&4));
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 4);
}

#[test]
fn the_preview_is_the_beginning_of_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let (assistant, _) = talked(dir.path());
    for format in sotto::logs::export::FORMATS.map(|format| format.name()) {
        if format == "parquet" {
            continue;
        }
        let whole = outgoing("from:me", format);
        let path = dir.path().join("whole");
        assistant.export_found(&whole, &path, &now(), &mut |_| Ok(())).unwrap();
        let file = std::fs::read_to_string(&path).unwrap();
        assert_eq!(assistant.preview_export(&whole, 9, &now()).unwrap(), file, "{format}");
        let begins = assistant.preview_export(&whole, 1, &now()).unwrap();
        assert!(begins.len() < file.len(), "{format}");
    }
    let redacted = Outgoing { redact: true, ..outgoing("", "text") };
    let text = assistant.preview_export(&redacted, 9, &now()).unwrap();
    let hidden = text.matches("PERSON_1").count();
    assert!(!text.contains("Anna") && !text.contains("Köln"), "the answers repeat them: {text}");
    assert!(hidden > 1, "in what was said and in the answer: {text}");
    let moved = Outgoing { shift_days: -1, ..outgoing("koln from:me", "jsonl") };
    let lines = assistant.preview_export(&moved, 1, &now()).unwrap();
    let line: serde_json::Value = serde_json::from_str(lines.trim_end()).unwrap();
    let yesterday = now().yesterday().unwrap().timestamp().as_millisecond();
    assert_eq!(line["time"].as_i64(), Some(yesterday), "{line}");
    let error = assistant.preview_export(&outgoing("", "docx"), 5, &now()).unwrap_err();
    assert!(error.to_string().contains("there are jsonl, csv"), "{error}");
}

#[test]
fn the_key_of_a_redacted_export_lies_beside_it_and_goes_on_in_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let (assistant, _) = talked(dir.path());
    let path = dir.path().join("chat.jsonl");
    let key = dir.path().join("chat.pseudonyms.json");
    let redacted = Outgoing { redact: true, ..outgoing("anna from:me", "jsonl") };
    assistant.export_found(&redacted, &path, &now(), &mut |_| Ok(())).unwrap();
    assert!(!key.exists(), "nobody asked for it");
    let earlier = serde_json::json!({"PERSON_7": "Anna"});
    std::fs::write(&key, earlier.to_string()).unwrap();
    let keyed = Outgoing { pseudonyms: true, ..redacted };
    assistant.export_found(&keyed, &path, &now(), &mut |_| Ok(())).unwrap();
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&key).unwrap()).unwrap();
    assert_eq!((&kept["PERSON_7"], &kept["PLACE_1"]), (&"Anna".into(), &"Köln".into()));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("call PERSON_7 in PLACE_1") && !text.contains("Anna"), "{text}");
    std::fs::write(&key, "a letter").unwrap();
    let error = assistant.export_found(&keyed, &path, &now(), &mut |_| Ok(())).unwrap_err();
    assert!(error.to_string().contains("chat.pseudonyms.json is no file of pseudonyms"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "the export is as it was");
}

#[test]
fn what_is_off_the_record_is_found_in_its_own_place_only() {
    let dir = tempfile::tempdir().unwrap();
    let (assistant, _) = talked(dir.path());
    let secret = assistant.new_off_record_conversation(&now()).unwrap().id;
    let sent = assistant.send(secret, "a secret boiler", &now()).unwrap().message.message.id;
    assert!(found(&assistant, "secret", Order::Newest).is_empty());
    assert_eq!(found(&assistant, &format!("in:{secret} secret from:me"), Order::Newest), ["a secret boiler"]);
    // As the window asks for what is selected.
    assert_eq!(found(&assistant, &format!("in:{secret} id:{sent}"), Order::Newest), ["a secret boiler"]);
}

#[test]
fn a_file_is_imported_as_its_preview_says() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("chat.txt");
    std::fs::write(&path, "24/12/25, 10:00 - Anna: hi\n24/12/25, 10:01 - Bob: ok\n").unwrap();
    let assistant = Assistant::new(sotto::Store::open(&dir.path().join("data")).unwrap());
    let reading = Reading::default();
    let preview = sotto::Preview::of(&path, &reading, &now(), &mut |_| Ok(()));
    let imported = assistant.import_file(&path, &reading, &now(), &mut |_| Ok(())).unwrap();
    assert_eq!(preview.log.unwrap().messages, imported.added);
    assert_eq!(found(&assistant, "from:bob", Order::Newest), ["ok"]);
    assert_eq!(assistant.count("", &now()).unwrap(), 2);
    assert!(Query::parse("from:bob", &now()).is_ok());
}

#[test]
fn the_command_line_finds_too() {
    let dir = tempfile::tempdir().unwrap();
    drop(talked(dir.path()));
    let data = dir.path().to_str().unwrap();
    let when = "2026-11-23T10:00:00+01:00[Europe/Berlin]";
    let search = |arguments: &[&str]| {
        let all: Vec<&str> =
            ["search", "--data-dir", data, "--now", when].iter().chain(arguments).copied().collect();
        run(&all, b"")
    };
    let output = search(&["boiler", "from:me", "on:today", "--json"]);
    assert!(output.status.success(), "{}", errors(&output));
    let lines = json_lines(&output);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["text"], SAID[0]);
    assert_eq!(lines[0]["excerpt"][1], serde_json::json!({"text": "boiler", "hit": true}));
    assert!(lines[0]["analysis"]["intent"]["name"].is_string());

    let output = search(&["boiler", "from:me"]);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        format!("2026-11-23 10:00  {0} · user: {0}\n", SAID[0])
    );
    assert_eq!(json_lines(&search(&["--json", "--limit", "3"])).len(), 3);
    assert_eq!(
        json_lines(&search(&["--json", "-n", "1", "--order", "similar", "radiator", "from:me"])).len(),
        1
    );
    let output = search(&["before:frogday"]);
    assert!(!output.status.success());
    assert!(errors(&output).contains("is no date that I know"), "{}", errors(&output));
}
