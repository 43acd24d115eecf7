//! `sotto tag`: order, errors by line, closed and full outputs.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};
use sotto::Tagged;

use crate::setting::{errors, json_lines, nlu, now, run, sotto};

const NOW: &str = "2026-11-23T10:00:00+01:00[Europe/Berlin]";

#[test]
fn the_contract_of_one_line() {
    let text = "remind me to call Anna in Berlin tomorrow at 9";
    let output = run(&["tag", "--now", NOW], text.as_bytes());
    assert!(output.status.success(), "{}", errors(&output));
    let tagged = &json_lines(&output)[0];
    assert_eq!(tagged["text"], text);
    assert_eq!(tagged["intent"], tagged["intent_ranking"][0]);
    assert_eq!(tagged["intent_ranking"].as_array().unwrap().len(), 5);
    assert!(tagged["intent"]["name"].as_str().unwrap().starts_with("reminder"), "{tagged}");
    let scores = tagged["sentiment"]["scores"].as_object().unwrap();
    assert!((scores.values().map(|score| score.as_f64().unwrap()).sum::<f64>() - 1.0).abs() < 1e-5);
    let entities = tagged["entities"].as_array().unwrap();
    let when = entities.iter().find(|entity| entity["entity"] == "datetime").unwrap();
    assert_eq!(
        when,
        &json!({"start": 33, "end": 46, "text": "tomorrow at 9", "entity": "datetime", "confidence": 1.0,
                "value": "2026-11-24T09:00:00+01:00", "source": "rule"})
    );
    assert!(tagged["model"]["version"].is_string());
}

#[test]
fn the_same_text_gives_the_same_analysis_everywhere() {
    let texts = ["what time is it", "I love this 😀", "book a table in Rome", "", "no"];
    let input = texts.join("\n").repeat(8);
    let alone = run(&["tag", "--now", NOW, "--threads", "1"], input.as_bytes());
    let together = run(&["tag", "--now", NOW, "--threads", "4"], input.as_bytes());
    assert_eq!(alone.stdout, together.stdout);
    let lines = std::str::from_utf8(&alone.stdout).unwrap().lines();
    let tagged: Vec<Tagged> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let expected: Vec<Tagged> = input
        .lines()
        .map(|text| Tagged { text: text.to_owned(), analysis: nlu().analyze(text, &now()).unwrap() })
        .collect();
    assert_eq!(tagged, expected);
}

#[test]
fn many_lines_keep_their_order() {
    let input: String = (0..600).map(|n| format!("message number {n}\n")).collect();
    let output = run(&["tag", "--threads", "3"], input.as_bytes());
    let texts: Vec<_> =
        json_lines(&output).iter().map(|line| line["text"].as_str().unwrap().to_owned()).collect();
    assert_eq!(texts, input.lines().collect::<Vec<_>>());
}

#[test]
fn bad_lines_are_named_and_the_rest_goes_on() {
    let output = run(&["tag"], b"first\n\xff\xfe broken\nthird\r\n\nfifth \0 with NUL");
    let texts: Vec<_> = json_lines(&output).iter().map(|line| line["text"].clone()).collect();
    assert_eq!(texts, ["first", "third", "", "fifth \0 with NUL"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("line 2: it is not UTF-8 text"), "{}", errors(&output));
}

#[test]
fn json_lines_keep_their_own_fields() {
    let input = b"{\"id\": 7, \"text\": \"hello there\"}\n\n{\"id\": 8}\nnot json\n{\"text\": 5}\n{\"text\": \"bye\"}";
    let output = run(&["tag", "--format", "jsonl"], input);
    let lines = json_lines(&output);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["id"], 7);
    assert_eq!(lines[0]["intent"]["name"], "greeting");
    assert_eq!(lines[1]["text"], "bye");
    assert_eq!(output.status.code(), Some(1));
    let errors = errors(&output);
    for expected in [
        "line 3: it has no string \"text\"",
        "line 4: it is not a JSON object",
        "line 5: it has no string \"text\"",
        "3 lines could not be tagged",
    ] {
        assert!(errors.contains(expected), "{expected:?} in {errors}");
    }
}

#[test]
fn long_and_odd_texts_just_work() {
    let family = "👩‍👩‍👧‍👦".repeat(500);
    let long = "All work and no play. ".repeat(4600);
    let texts = [
        long.as_str(),
        &"x".repeat(100_000),
        &family,
        "שלום עולם",
        "e\u{301}\u{301}\u{301} cafe\u{301}",
        " \t ",
        "\u{feff}bom",
    ];
    let output = run(&["tag"], texts.join("\n").as_bytes());
    assert!(output.status.success(), "{}", errors(&output));
    let lines = json_lines(&output);
    assert_eq!(lines.iter().map(|line| line["text"].as_str().unwrap()).collect::<Vec<_>>(), texts);
    for line in &lines {
        offsets_hold(line);
    }
}

fn offsets_hold(tagged: &Value) {
    let text: Vec<char> = tagged["text"].as_str().unwrap().chars().collect();
    for entity in tagged["entities"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(entity[key].as_u64().unwrap()).unwrap();
        let span: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(entity["text"], span);
    }
}

#[test]
fn a_line_beyond_reason_is_refused_and_the_next_one_read() {
    let mut input = vec![b'x'; (16 << 20) + 5];
    input.extend_from_slice(b"\nhello");
    let output = run(&["tag"], &input);
    assert_eq!(json_lines(&output)[0]["text"], "hello");
    assert!(errors(&output).contains("line 1: it is longer than 16 MiB"), "{}", errors(&output));
}

#[test]
fn a_closed_output_ends_it_quietly() {
    let mut child =
        sotto(&["tag"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || while stdin.write_all(b"hello there\n").is_ok() {});
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(first.contains("hello there"));
    assert!(output.status.success());
    assert_eq!(errors(&output), "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut child =
        sotto(&["tag"]).stdin(Stdio::piped()).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"hello\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).contains("cannot write to standard output: No space left"),
        "{}",
        errors(&output)
    );
}

#[test]
fn an_answer_comes_while_the_input_is_still_open() {
    let mut child = sotto(&["tag"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"hello\n").unwrap();
    stdin.flush().unwrap();
    let mut first = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut first).unwrap();
    assert!(first.contains("greeting"), "{first}");
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_missing_file_is_named() {
    let output = run(&["tag", "nowhere.txt"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("cannot open nowhere.txt"), "{}", errors(&output));
}
