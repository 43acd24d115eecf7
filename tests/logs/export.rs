//! Every format that is written, and redaction.

use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, TimestampMillisecondType, UInt32Type};
use arrow_array::{Array, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sotto::logs::export::{Choices, Export, FORMATS, Format, label_studio_interface};
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
    String::from_utf8(bytes(&choices, messages, redaction)).unwrap()
}

fn bytes(choices: &Choices, messages: &[Message], redaction: Option<&mut Redaction>) -> Vec<u8> {
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
    let mut export = Export::begin(choices, redaction, &mut out, Path::new("out")).unwrap();
    export.conversation(&conversation).unwrap();
    for message in messages {
        export.message(message).unwrap();
    }
    export.end().unwrap();
    out
}

/// The rows of a Parquet file.
fn rows(file: Vec<u8>) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(file)).unwrap();
    reader.build().unwrap().collect::<Result<_, _>>().unwrap()
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
    for format in FORMATS.into_iter().filter(|format| !format.is_binary()) {
        let mut redaction = Redaction::new(["Anna", "Bob", "system"]).unwrap();
        let text = written(format, &messages(), Some(&mut redaction));
        for secret in ["Anna", "Bob", "東京", "A # title", "A \\# title"] {
            assert!(!text.contains(secret), "{secret} in {}: {text}", format.name());
        }
    }
}

#[test]
fn parquet_has_a_row_a_message_and_no_secret() {
    let batches = rows(bytes(&Choices::new(Format::Parquet), &messages(), None));
    let [batch] = batches.as_slice() else { panic!("{} batches", batches.len()) };
    assert_eq!(batch.num_rows(), 3);
    let texts = batch["text"].as_string::<i32>();
    assert_eq!(
        texts.iter().flatten().collect::<Vec<_>>(),
        messages().iter().map(|m| m.text.as_str()).collect::<Vec<_>>()
    );
    assert_eq!(batch["id"].as_primitive::<Int64Type>().values(), &[1, 2, 3]);
    assert_eq!(batch["time"].as_primitive::<TimestampMillisecondType>().value(0), 1_769_880_601_000);
    assert_eq!(
        batch["intent"].as_string::<i32>().iter().collect::<Vec<_>>(),
        [Some("reminder"), Some("reminder"), None]
    );
    let entities = batch["entities"].as_list::<i32>();
    assert_eq!((0..3).map(|row| entities.is_null(row)).collect::<Vec<_>>(), [false, false, true]);
    let first = entities.value(0);
    let first = first.as_struct();
    assert_eq!(
        first["text"].as_string::<i32>().iter().flatten().collect::<Vec<_>>(),
        ["Bob Lee", "東京", "10:30"]
    );
    assert_eq!(first["start"].as_primitive::<UInt32Type>().values(), &[6, 23, 29]);

    let mut redaction = Redaction::new(["Anna", "Bob", "system"]).unwrap();
    let hidden = rows(bytes(&Choices::new(Format::Parquet), &messages(), Some(&mut redaction)));
    let shown = format!("{hidden:?}");
    assert!(shown.contains("PERSON_1") && shown.contains("PLACE_1"), "{shown}");
    for secret in ["Anna", "Bob", "東京"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn parquet_of_many_messages_is_written_piece_by_piece() {
    struct Counted(Vec<usize>);
    impl std::io::Write for Counted {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.push(bytes.len());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut out = Counted(Vec::new());
    let choices = Choices::new(Format::Parquet);
    let mut export = Export::begin(&choices, None, &mut out, Path::new("out")).unwrap();
    for id in 0..150_000 {
        export.message(&message(id, "Anna", &format!("message number {id}"), None)).unwrap();
    }
    export.end().unwrap();
    let pieces = out.0.iter().filter(|length| **length > 10_000).count();
    assert!(pieces >= 3, "{:?}", out.0);
}

#[test]
fn in_a_table_the_places_of_entities_are_those_in_its_cells() {
    let text = written(Format::Csv, &[message(1, "Anna", "=1 by Bob", Some(&[(6, 9, "person")]))], None);
    assert!(text.contains(",'=1 by Bob,"), "{text}");
    assert!(text.contains(r#"{""start"":7,""end"":10,""text"":""Bob"""#), "{text}");
}

#[test]
fn rasa_finds_every_name_between_brackets_of_others() {
    let text = "[x][Anna] [and Bob (Lee) {y}";
    let said = message(1, "A", text, Some(&[(4, 8, "person"), (15, 24, "person")]));
    assert_eq!(
        written(Format::Rasa, &[said], None),
        "version: \"3.1\"\nnlu:\n- intent: \"reminder\"\n  examples: |\n    \
         - [x] ([Anna](person)] (and [Bob (Lee)](person) {y}\n"
    );
}

#[test]
fn times_are_moved_and_days_that_tell_are_hidden() {
    let mut said =
        message(1, "Anna", "on 24 December or tomorrow", Some(&[(3, 14, "date"), (18, 26, "date")]));
    for (entity, value) in
        said.analysis.as_mut().unwrap().entities.iter_mut().zip(["2026-12-24", "2026-02-01"])
    {
        entity.value = value.into();
    }
    let choices = Choices { shift_days: -30, ..Choices::new(Format::Jsonl) };
    let read = |bytes: Vec<u8>| serde_json::from_slice::<Message>(&bytes).unwrap();
    let moved = read(bytes(&choices, std::slice::from_ref(&said), None));
    assert_eq!((moved.time, moved.text.as_str()), (said.time - 30 * 86_400_000, said.text.as_str()));
    let values = |message: &Message| {
        let entities = &message.analysis.as_ref().unwrap().entities;
        entities.iter().map(|entity| entity.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(values(&moved), ["2026-11-24", "2026-01-02"]);

    let mut redaction = Redaction::new(["Anna"]).unwrap().hiding_dates();
    let hidden = read(bytes(&choices, &[said], Some(&mut redaction)));
    assert_eq!(hidden.text, "on DATE_1 or tomorrow");
    assert_eq!(values(&hidden), ["DATE_1", "2026-01-02"]);
}

#[test]
fn names_that_an_answer_repeats_are_hidden_with_those_that_were_said() {
    let names = [
        ("location", "New York"),
        ("location", "York"),
        ("person", "Mia"),
        ("person", "U"),
        ("time", "noon"),
    ];
    let names = names.map(|(kind, name)| (kind.to_owned(), name.to_owned()));
    let mut redaction = Redaction::new([]).unwrap().naming(names);
    let hidden = redaction
        .apply(&message(1, "assistant", "MIA's train to new  York, or York, at noon: U and Miami", None))
        .text;
    assert_eq!(hidden, "PERSON_1's train to PLACE_1, or PLACE_2, at noon: U and Miami");
    assert_eq!(redaction.mapping()["PLACE_1"], "new  York");
    // The model has the word on what it has read.
    assert_eq!(redaction.apply(&message(2, "user", "Mia is here", Some(&[]))).text, "Mia is here");
}

#[test]
fn a_second_redaction_goes_on_where_the_first_stopped() {
    let mut first = Redaction::new(["Bob", "Anna"]).unwrap();
    first.apply(&message(1, "Anna", "250 for Bob", None));
    let mut second = Redaction::going_on(first.mapping(), ["Carl", "Anna"]).unwrap();
    let said = second.apply(&message(2, "Anna", "Carl owes Bob 250, not 300", None));
    assert_eq!(
        (said.speaker.as_str(), said.text.as_str()),
        ("PERSON_1", "PERSON_3 owes PERSON_2 NUMBER_1, not NUMBER_2")
    );
    let odd = [("Anna".to_owned(), "PERSON_1".to_owned())].into();
    assert!(Redaction::going_on(&odd, []).err().unwrap().to_string().contains("no pseudonym"));
}

#[test]
fn the_labelling_interface_names_what_the_tasks_name() {
    let (intents, acts) = (["a<b".to_owned()], ["inform".to_owned()]);
    let xml = label_studio_interface(&["person", "date"], &intents, &acts);
    for piece in [
        r#"<Text name="text" value="$text"/>"#,
        r#"<Labels name="label" toName="text">"#,
        r#"<Label value="date"/>"#,
        r#"<Choices name="intent" toName="text" choice="single">"#,
        r#"<Choice value="a&lt;b"/>"#,
        r#"<Choice value="positive"/>"#,
    ] {
        assert!(xml.contains(piece), "{piece} in {xml}");
    }
}
