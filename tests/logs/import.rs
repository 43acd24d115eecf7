//! Every format, whole, damaged and hostile.

use sotto::Code;
use sotto::logs::{self, Columns, DayOrder, Format, Input};

use super::{input, options, preview, read, sample, zip};

#[test]
fn every_sample_is_read_as_expected() {
    let mut seen = 0;
    for entry in std::fs::read_dir(sample("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "expected") {
            let log = path.with_extension("");
            let found = read(&mut Input::open(&log).unwrap(), &options()).unwrap();
            assert_eq!(found, std::fs::read_to_string(&path).unwrap(), "{}", log.display());
            seen += 1;
        }
    }
    assert!(seen >= 20, "only {seen} samples");
}

#[test]
fn the_name_of_a_file_does_not_matter() {
    for (name, format) in
        [("signal.txt", Format::Signal), ("zoom.vtt", Format::WebVtt), ("lines.jsonl", Format::Jsonl)]
    {
        let bytes = std::fs::read(sample(name)).unwrap();
        let log = logs::preview(&mut input("holiday.jpg", &bytes), &options()).unwrap();
        assert_eq!(log.format, Some(format));
    }
}

#[test]
fn a_preview_says_who_when_and_how_much() {
    let log = preview(&sample("whatsapp-us.txt"), &options());
    assert_eq!(log.format, Some(Format::WhatsApp));
    assert_eq!(log.messages, 7);
    assert_eq!(log.participants["Anna"], 1);
    assert_eq!(log.participants["Bob"], 2);
    assert_eq!(log.participants["system"], 3);
    assert_eq!(log.beginning.len(), 7);
    assert_eq!((log.order, log.order_undecided), (Some(DayOrder::MonthFirst), false));
    assert!(log.first < log.last);
}

#[test]
fn an_order_that_the_log_leaves_open_is_said_and_can_be_chosen() {
    let text = b"3/4/25, 10:00 - Anna: hi\n3/4/25, 10:01 - Bob: ho\n";
    let open = logs::preview(&mut input("chat.txt", text), &options()).unwrap();
    assert!(open.order_undecided);
    let chosen = logs::Options { order: Some(DayOrder::MonthFirst), ..options() };
    let found = read(&mut input("chat.txt", text), &chosen).unwrap();
    assert!(found.contains("month first\n"), "{found}");
    assert!(found.contains("2025-03-04T09:00:00Z Anna: hi"), "{found}");
}

#[test]
fn a_whatsapp_archive_has_the_name_of_its_chat() {
    let chat = std::fs::read(sample("whatsapp-iphone.txt")).unwrap();
    let bytes = zip(&[("_chat.txt", &chat), ("00000001-PHOTO.jpg", b"\xff\xd8")]);
    let found = read(&mut input("WhatsApp Chat - Familie.zip", &bytes), &options()).unwrap();
    let expected = std::fs::read_to_string(sample("whatsapp-iphone.txt.expected")).unwrap();
    assert_eq!(found, expected.replace("# whatsapp-iphone", "# Familie"));
}

#[test]
fn what_was_sent_in_a_whatsapp_chat_is_not_another_chat() {
    let chat = std::fs::read(sample("whatsapp-us.txt")).unwrap();
    let bytes = zip(&[
        ("WhatsApp Chat with Anna.txt", &chat),
        ("minutes.txt", b"Anna: hi\nBob: ho\n"),
        ("a.opus", b"x"),
    ]);
    let log = logs::preview(&mut input("WhatsApp Chat with Anna.zip", &bytes), &options()).unwrap();
    assert_eq!((log.messages, log.conversations.len()), (7, 1));
    assert!(log.warnings[0].what.contains("files that were sent in the chat"), "{:?}", log.warnings);
}

#[test]
fn an_account_of_many_files_is_read_thread_by_thread() {
    let page = |time: u64, text: &str| {
        format!(
            r#"{{"participants":[{{"name":"Anna"}}],"title":"Anna","thread_path":"inbox/anna",
                "messages":[{{"sender_name":"Anna","timestamp_ms":{time},"content":"{text}"}}]}}"#
        )
    };
    let (new, old) = (page(1_769_880_602_000, "new"), page(1_769_880_600_000, "old"));
    let bytes = zip(&[
        ("messages/inbox/anna/message_1.json", new.as_bytes()),
        ("messages/inbox/anna/message_2.json", old.as_bytes()),
        ("profile.json", br#"{"name": "Me"}"#),
        ("cut.json", br#"{"messages": ["#),
    ]);
    let found = read(&mut input("facebook.zip", &bytes), &options()).unwrap();
    assert_eq!(
        found,
        "format messenger, UTF-8\n\
         ! cut.json: cut.json is not whole JSON; export it again, the file may be cut short: \
         EOF while parsing a list at line 1 column 14\n\
         # Anna\n2026-01-31T17:30:00Z Anna: old\n# Anna\n2026-01-31T17:30:02Z Anna: new\n\
         ! 1 files in the archive hold no conversation that can be read\n"
    );
}

#[test]
fn a_slack_export_has_its_people_and_channels() {
    let users = br#"[{"id":"U1","name":"anna","profile":{"display_name":"Anna Li"}},
                     {"id":"U2","name":"bob","real_name":"Bob Lee","profile":{"display_name":""}}]"#;
    let channels = br#"[{"id":"C1","name":"general","members":["U1","U2"]}]"#;
    let dms = br#"[{"id":"D1","members":["U1","U2"]}]"#;
    let first = br#"[
      {"type":"message","subtype":"channel_join","user":"U2","text":"<@U2> has joined the channel","ts":"1769880600.000100"},
      {"type":"message","user":"U1","text":"hi <@U2>, see <#C1|general> &amp; <https://example.org|the site> <!here>","ts":"1769880601.000200","edited":{}},
      {"type":"message","user":"U2","text":"in the thread","ts":"1769880602.5","thread_ts":"1769880601.000200"},
      {"type":"message","subtype":"bot_message","username":"CI","text":"","attachments":[{"pretext":"Build","text":"<https://example.org/1>"}],"ts":"1769880603.0"},
      {"type":"message","user":"U1","text":"","files":[{"name":"plan.pdf"}],"ts":"1769880604.0"},
      {"type":"message","user":"U1","text":"","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"for "},{"type":"user","user_id":"U2"}]}]}],"ts":"1769880604.5"},
      {"type":"message","user":"U9","text":"a guest","user_profile":{"display_name":"Guest"},"ts":"x"}
    ]"#;
    let second = br#"[{"type":"message","user":"U9","text":"a guest","user_profile":{"display_name":"Guest"},"ts":"1769967000"}]"#;
    let bytes = zip(&[
        ("users.json", users),
        ("channels.json", channels),
        ("dms.json", dms),
        ("general/2026-02-01.json", second),
        ("general/2026-01-31.json", first),
        ("D1/2026-01-31.json", br#"[{"type":"message","user":"U1","text":"psst","ts":"1769880605"}]"#),
        ("D1/2026-02-01.json", b"[{"),
    ]);
    let found = read(&mut input("slack.zip", &bytes), &options()).unwrap();
    assert_eq!(
        found,
        "format slack, UTF-8\n\
         # Anna Li, Bob Lee\n\
         2026-01-31T17:30:05Z Anna Li: psst\n\
         ! D1/2026-02-01.json: D1/2026-02-01.json is not whole JSON; export it again, the file may be cut \
         short: EOF while parsing an object at line 1 column 2\n\
         # #general\n\
         2026-01-31T17:30:00Z system: @Bob Lee has joined the channel\n\
         2026-01-31T17:30:01Z Anna Li: hi @Bob Lee, see #general & the site (https://example.org) @here\n\
         2026-01-31T17:30:02.5Z Bob Lee: in the thread\n\
         2026-01-31T17:30:03Z CI: Build⏎https://example.org/1\n\
         2026-01-31T17:30:04Z Anna Li: [file plan.pdf]\n\
         2026-01-31T17:30:04.5Z Anna Li: for @Bob Lee\n\
         ! line 8 of general/2026-01-31.json: a message without a time that can be read; passed over\n\
         2026-02-01T17:30:00Z Guest: a guest\n\
         ! 1 edited messages stand in their last wording\n\
         ! 1 replies in threads stand in their channel by their time\n"
    );
}

#[test]
fn columns_can_be_named() {
    let text = b"Who,Said,When\nAnna,hi,2026-01-31 18:30\n";
    let columns = Columns::parse("text=Said,speaker=Who,time=When").unwrap();
    let chosen = logs::Options { columns, format: Some(Format::Csv), ..options() };
    let found = read(&mut input("t.csv", text), &chosen).unwrap();
    assert_eq!(found, "format csv, UTF-8\n# t\n2026-01-31T17:30:00Z Anna: hi\n");

    let columns = Columns::parse("text=Nothing").unwrap();
    let chosen = logs::Options { columns, format: Some(Format::Csv), ..options() };
    let error = read(&mut input("t.csv", text), &chosen).unwrap_err();
    assert!(error.to_string().contains("the columns are Who, Said, When"), "{error}");
}

#[test]
fn a_few_broken_bytes_are_damage_and_not_another_encoding() {
    let text = b"24/12/2025, 10:00 - Anna: sch\xc3\xb6n, \xc3\xa4h \xff\n";
    let found = read(&mut input("chat.txt", text), &options()).unwrap();
    assert_eq!(
        found,
        "format whatsapp, UTF-8, day first\n# chat\n\
         ! line 1: holds bytes that are not text; they became \u{fffd}\n\
         2025-12-24T09:00:00Z Anna: schön, äh \u{fffd}\n"
    );
}

#[test]
fn utf_16_with_and_without_a_mark() {
    let text = "Anna: größer\nBob: 😀 kleiner\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> =
        [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    for (bytes, encoding) in [(little, "UTF-16LE"), (big, "UTF-16BE")] {
        let found = read(&mut input("chat.txt", &bytes), &options()).unwrap();
        assert!(found.starts_with(&format!("format text, {encoding}\n")), "{found}");
        assert!(found.contains("Bob: 😀 kleiner"), "{found}");
    }
}

#[test]
fn what_is_no_log_is_refused_in_one_sentence() {
    let cases: [(&[u8], &str); 8] = [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a conversation"),
        (b"Dear diary,\ntoday nothing happened.\n", "is not a conversation"),
        (b"{\"messages\": [", "is not whole JSON"),
        (b"[{\"a\": 1}]", "is not a conversation"),
        (b"SQLite format 3\0xxxxxxxxxxxx", "is a database"),
        (b"PK\x03\x04 but then nothing", "is a damaged zip file"),
    ];
    for (bytes, expected) in cases {
        let error = Input::from_reader(bytes, "odd.bin".as_ref())
            .and_then(|mut input| read(&mut input, &options()))
            .unwrap_err();
        assert_eq!(error.code(), Code::Input, "{error}");
        assert!(error.to_string().starts_with("odd.bin "), "{error}");
        assert!(error.to_string().contains(expected), "{expected}: {error}");
    }
}

#[test]
fn bombs_and_names_that_lead_out_are_refused() {
    let bomb = zip(&[("_chat.txt", &vec![b' '; 80 << 20])]);
    assert!(bomb.len() < 1 << 20);
    let error = read(&mut input("bomb.zip", &bomb), &options()).unwrap_err();
    assert!(error.to_string().contains("zip bomb"), "{error}");

    for name in ["../../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt"] {
        let outside = zip(&[(name, b"Anna: hi\nBob: ho\n")]);
        let error = Input::from_reader(outside.as_slice(), "evil.zip".as_ref()).err().unwrap();
        assert!(error.to_string().contains("points outside of it; refused"), "{error}");
    }
}

#[test]
fn a_forced_format_reads_lines_that_name_no_one() {
    let plain = logs::Options { format: Some(Format::Text), ..options() };
    let found = read(&mut input("diary.txt", b"one\n\ntwo: three\n"), &plain).unwrap();
    assert_eq!(
        found,
        "format text, UTF-8\n# diary\n2026-01-01T00:00:00Z speaker: one\n2026-01-01T00:00:00Z two: three\n"
    );
    let wrong = logs::Options { format: Some(Format::Telegram), ..options() };
    let error = read(&mut input("diary.txt", b"one\n"), &wrong).unwrap_err();
    assert!(error.to_string().contains("cannot be read as telegram"), "{error}");
}

/// Each was found by `cargo xtask fuzz`, which says what for; named after its importer.
#[test]
fn what_the_fuzzer_found_is_read_or_refused_in_a_moment() {
    let Ok(found) = std::fs::read_dir(sample("../found")) else { return };
    for entry in found {
        let path = entry.unwrap().path();
        let importer = path.file_stem().unwrap().to_str().unwrap().split('-').next().unwrap();
        let format = Format::all().find(|format| format.name() == importer);
        let bytes = std::fs::read(&path).unwrap();
        let began = std::time::Instant::now();
        let _ = Input::from_reader(bytes.as_slice(), "found".as_ref())
            .and_then(|mut input| read(&mut input, &logs::Options { format, ..options() }));
        assert!(began.elapsed().as_secs() < 5, "{}", path.display());
    }
}

#[test]
fn no_log_of_bytes_makes_a_reader_panic() {
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(sample("")).unwrap() {
        samples.push(std::fs::read(entry.unwrap().path()).unwrap());
    }
    // A small generator, so that every run tries the same damage.
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    for bytes in &samples {
        for _ in 0..40 {
            let mut bytes = bytes.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(3) {
                    0 => bytes.truncate(at),
                    1 => bytes[at..].iter_mut().take(1).for_each(|byte| *byte = next(256) as u8),
                    _ => bytes.insert(at, b"\0\"\n:<{[\\"[next(8)]),
                }
            }
            let _ = Input::from_reader(bytes.as_slice(), "damaged".as_ref())
                .and_then(|mut input| read(&mut input, &options()));
        }
    }
}
