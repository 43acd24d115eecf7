//! Every format that is written, and redaction.

use std::path::Path;

use sotto::logs::export::{Choices, Export, FORMATS, Format};
use sotto::logs::redact::Redaction;
use sotto::{Conversation, Message, Source};

use super::{analysis, options};

fn message(id: i64, speaker: &str, text: &str, entities: Option<&[(usize, usize, &str)]>) -> Message {
    Message {
        id,
        conversation: 1,
        speaker: speaker.into(),
        time: 1_769_880_600_000 + id * 1000,
        source: Source::Imported,
        text: text.into(),
        analysis: entities.map(|entities| analysis(text, entities)),
        correction: None,
        edited: None,
    }
}

/// Emoji, CJK, right to left, double spaces, line breaks, markup of every kind.
fn messages() -> Vec<Message> {
    vec![
        message(
            1,
            "Anna",
            "call  Bob Lee 👩‍👩‍👧 in 東京\nby 10:30",
            Some(&[(6, 13, "person"), (23, 25, "location"), (29, 34, "time")]),
        ),
        message(2, "Bob", "=SUM(A1) <b>*x*</b> [y](z) \"q\"; שלום", Some(&[])),
        message(3, "system", "Bob left", None),
    ]
}

fn written(format: Format, messages: &[Message], redaction: Option<&mut Redaction>) -> String {
    let choices = Choices { timezone: options().timezone, ..Choices::new(format) };
    let conversation = Conversation {
        id: 1,
        title: "A # title".into(),
        created: 0,
        updated: 0,
        messages: 3,
        pinned: false,
        archived: false,
        off_record: false,
    };
    let mut out = Vec::new();
    let mut export = Export::begin(&choices, redaction, &mut out, Path::new("out")).unwrap();
    export.conversation(&conversation).unwrap();
    for message in messages {
        export.message(message).unwrap();
    }
    export.end().unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn json_lines_are_the_messages() {
    let text = written(Format::Jsonl, &messages(), None);
    let back: Vec<Message> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(back, messages());
}

#[test]
fn a_table_is_quoted_and_computes_nothing() {
    let text = written(Format::Csv, &messages(), None);
    let mut rows = text.split("\r\n");
    assert!(rows.next().unwrap().starts_with("conversation,id,time,speaker,source,text,intent,"));
    assert!(
        rows.next().unwrap().starts_with(
            "1,1,2026-01-31T17:30:01Z,Anna,imported,\"call  Bob Lee 👩‍👩‍👧 in 東京\nby 10:30\",reminder,0.5,request,0.5,neutral,0.5,\"[{"
        ),
        "{text}"
    );
    assert!(text.contains(",\"'=SUM(A1) <b>*x*</b> [y](z) \"\"q\"\"; שלום\","), "{text}");
    assert!(text.ends_with("1,3,2026-01-31T17:30:03Z,system,imported,Bob left,,,,,,,\r\n"), "{text}");
    let choices = Choices { excel: true, ..Choices::new(Format::Csv) };
    let mut out = Vec::new();
    Export::begin(&choices, None, &mut out, Path::new("out")).unwrap().end().unwrap();
    assert!(out.starts_with(b"\xef\xbb\xbfconversation,"));
}

#[test]
fn a_table_comes_back_as_it_was() {
    let text = written(Format::Csv, &messages(), None);
    let mut texts = Vec::new();
    let mut input = super::input("t.csv", text.as_bytes());
    sotto::logs::read(&mut input, &options(), &mut |found| {
        if let sotto::logs::Found::Utterance(said) = found {
            texts.push((said.speaker, said.time, said.text));
        }
        Ok(())
    })
    .unwrap();
    let expected: Vec<_> = messages().into_iter().map(|said| (said.speaker, said.time, said.text)).collect();
    assert_eq!(texts, expected);
}

#[test]
fn conll_has_a_token_a_line() {
    let text = written(Format::Conll, &messages()[..1], None);
    assert_eq!(
        text,
        "-DOCSTART- -X- O O\n\ncall -X- O O\nBob -X- O B-PER\nLee -X- O I-PER\n👩‍👩‍👧 -X- O O\nin -X- O O\n\
         東京 -X- O B-LOC\nby -X- O O\n10:30 -X- O B-TIME\n\n"
    );
}

#[test]
fn doccano_counts_code_points() {
    let text = written(Format::Doccano, &messages(), None);
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(
        first["label"],
        serde_json::json!([[6, 13, "person"], [23, 25, "location"], [29, 34, "time"]])
    );
    assert_eq!(text.lines().count(), 3);
}

#[test]
fn label_studio_gets_predictions() {
    let tasks: serde_json::Value =
        serde_json::from_str(&written(Format::LabelStudio, &messages(), None)).unwrap();
    assert_eq!(tasks.as_array().unwrap().len(), 3);
    let prediction = &tasks[0]["predictions"][0];
    assert_eq!(prediction["model_version"], "m 1");
    let label = &prediction["result"][3];
    assert_eq!(
        label["value"],
        serde_json::json!({"start": 6, "end": 13, "text": "Bob Lee", "labels": ["person"]})
    );
    assert_eq!(label["score"], 0.75);
    assert_eq!(tasks[2]["predictions"], serde_json::json!([]));
    let none: serde_json::Value = serde_json::from_str(&written(Format::LabelStudio, &[], None)).unwrap();
    assert_eq!(none, serde_json::json!([]));
}

#[test]
fn rasa_gets_examples_by_intent() {
    let text = written(Format::Rasa, &messages(), None);
    assert_eq!(
        text,
        "version: \"3.1\"\nnlu:\n- intent: \"reminder\"\n  examples: |\n    \
         - =SUM(A1) <b>*x*</b> [y] (z) \"q\"; שלום\n    \
         - call  [Bob Lee](person) 👩‍👩‍👧 in [東京](location)\\nby [10:30](time)\n"
    );
    assert_eq!(written(Format::Rasa, &[], None), "version: \"3.1\"\nnlu: []\n");
}

#[test]
fn people_can_read_text_markdown_and_html() {
    let text = written(Format::Text, &messages(), None);
    assert_eq!(
        text,
        "== A # title ==\n\n[2026-01-31 18:30:01] Anna: call  Bob Lee 👩‍👩‍👧 in 東京\n    by 10:30\n\
         [2026-01-31 18:30:02] Bob: =SUM(A1) <b>*x*</b> [y](z) \"q\"; שלום\n[2026-01-31 18:30:03] system: Bob left\n"
    );
    let markdown = written(Format::Markdown, &messages(), None);
    assert!(markdown.starts_with("# A # title\n\n**Anna** · 2026-01-31 18:30:01 · *reminder 50 % · request · neutral*\n\n> call  **Bob Lee** (person)"), "{markdown}");
    assert!(markdown.contains("> \\=SUM(A1) \\<b\\>\\*x\\*\\</b\\> \\[y\\](z)"), "{markdown}");
    let html = written(Format::Html, &messages(), None);
    assert!(html.contains("call  <mark>Bob Lee<small>person</small></mark> 👩‍👩‍👧 in "), "{html}");
    assert!(html.contains("&lt;b&gt;*x*&lt;/b&gt;") && !html.contains("<script"), "{html}");
    assert!(html.ends_with("</section>\n</body>\n</html>\n"));
}

#[test]
fn redaction_is_consistent_and_its_entities_fit() {
    let mut redaction = Redaction::new(["Anna", "Bob Lee", "system", "user"]).unwrap();
    let said = [
        message(
            1,
            "Anna",
            "😀 BOB lee, mail bob.lee@example.org or +49 30 1234567, www.example.org/x.",
            Some(&[(2, 9, "person")]),
        ),
        message(
            2,
            "Bob Lee",
            "Berlin at 10:30 with bob, 250 € and 250",
            Some(&[(0, 6, "location"), (10, 15, "time")]),
        ),
        message(3, "system", "Annabel is planned, anna!", None),
    ];
    let redacted: Vec<Message> = said.iter().map(|message| redaction.apply(message)).collect();
    let lines: Vec<_> = redacted.iter().map(|one| format!("{}: {}", one.speaker, one.text)).collect();
    assert_eq!(
        lines,
        [
            "PERSON_1: 😀 PERSON_2, mail EMAIL_1 or PHONE_1, URL_1.",
            "PERSON_2: PLACE_1 at 10:30 with PERSON_2, NUMBER_1 € and NUMBER_1",
            "system: Annabel is planned, PERSON_1!",
        ]
    );
    for message in &redacted {
        let letters: Vec<char> = message.text.chars().collect();
        for entity in message.analysis.iter().flat_map(|analysis| &analysis.entities) {
            let span: String = letters[entity.start..entity.end].iter().collect();
            assert_eq!(span, entity.text);
        }
    }
    let entities = &redacted[1].analysis.as_ref().unwrap().entities;
    assert_eq!((entities[0].text.as_str(), entities[0].value.as_str()), ("PLACE_1", "PLACE_1"));
    assert_eq!((entities[1].text.as_str(), entities[1].start), ("10:30", 11));
    assert_eq!(redaction.mapping()["EMAIL_1"], "bob.lee@example.org");
    assert_eq!(redaction.mapping()["PERSON_2"], "Bob Lee");
}

#[test]
fn nothing_redacted_is_left_in_any_format() {
    for format in FORMATS {
        let mut redaction = Redaction::new(["Anna", "Bob", "system"]).unwrap();
        let text = written(format, &messages(), Some(&mut redaction));
        for secret in ["Anna", "Bob", "東京", "A # title", "A \\# title"] {
            assert!(!text.contains(secret), "{secret} in {}: {text}", format.name());
        }
    }
}
