//! Exports that other projects test their readers with.
//!
//! They are not part of this project and may be missing, so these tests are
//! ignored unless asked for, as `cargo xtask core` does where the exports are;
//! `import` tries the same kinds without them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sotto::logs::{self, DayOrder, Format, Input, Options, Utterance};

use super::options;

fn shared(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/chat-exports").join(name)
}

/// All messages of a log and the number of its warnings.
fn messages(path: &Path, options: &Options, format: Format) -> (Vec<Utterance>, u64) {
    let mut messages = Vec::new();
    let mut warnings = 0;
    logs::read(&mut Input::open(path).unwrap(), options, &mut |found| {
        match found {
            logs::Found::Begin { format: found, .. } => assert_eq!(found, format),
            logs::Found::Order { certain, .. } => assert!(certain),
            logs::Found::Utterance(said) => messages.push(said),
            logs::Found::Warning(_) => warnings += 1,
            logs::Found::Conversation { .. } => {}
        }
        Ok(())
    })
    .unwrap();
    (messages, warnings)
}

fn utc() -> Options {
    Options { timezone: TimeZone::UTC, ..options() }
}

fn line(said: &Utterance) -> String {
    let text: String = said.text.chars().take(30).collect();
    format!("{} {}: {text}", Timestamp::from_millisecond(said.time).unwrap(), said.speaker)
}

fn count(messages: &[Utterance], speaker: &str) -> usize {
    messages.iter().filter(|said| said.speaker == speaker).count()
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn whatsapp_with_the_day_first() {
    let path = shared("joweich_chat-miner--test_ddmmyy_24hrs.txt");
    let (messages, warnings) = messages(&path, &utc(), Format::WhatsApp);
    assert_eq!((messages.len(), warnings), (9, 0));
    assert_eq!(line(&messages[1]), "2019-01-20T11:23:00Z John Doe: .");
    assert_eq!(messages[2].text.lines().count(), 2);
    assert_eq!(line(&messages[3]), "2020-06-10T15:55:00Z John-John Doe: Lorem ipsum : dolor sit amet.");
    assert_eq!(line(&messages[4]), "2020-06-20T00:08:00Z system: +12 345 578 created group \"Gro");
    assert_eq!(line(&messages[7]), "2021-12-20T12:10:00Z 🤓: Lorem ipsum 🤓");
    let people = ["John Doe", "Jahn Doe", "John-John Doe", "John Doe 🤓", "🤓", "system"];
    assert_eq!(people.map(|name| count(&messages, name)), [3, 1, 1, 1, 1, 2]);
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn whatsapp_of_a_group() {
    let path = shared("lucasrodes_whatstk--pokemon.txt");
    let (messages, warnings) = messages(&path, &utc(), Format::WhatsApp);
    assert_eq!((messages.len(), warnings), (20, 0));
    assert_eq!(line(&messages[2]), "2016-08-06T13:23:00Z Ash Ketchum: Hey guys!");
    assert_eq!(line(&messages[19]), "2016-10-31T12:23:00Z Wobbuffet: Wo-bbu-ffet");
    let people = [
        "system",
        "Ash Ketchum",
        "Brock",
        "Misty",
        "Prof. Oak",
        "Jessie & James",
        "Raichu",
        "Meowth",
        "Wobbuffet",
    ];
    assert_eq!(people.map(|name| count(&messages, name)), [2, 4, 3, 4, 2, 1, 2, 1, 1]);
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn whatsapp_whose_dates_can_be_read_either_way() {
    let path = shared("mlomb_chat-analytics--4A_11M.txt");
    assert!(super::preview(&path, &utc()).order_undecided);
    let chosen = Options { order: Some(DayOrder::DayFirst), ..utc() };
    let (messages, warnings) = messages(&path, &chosen, Format::WhatsApp);
    assert_eq!((messages.len(), warnings), (14, 0));
    assert_eq!(line(&messages[0]), "2020-09-12T23:55:00Z system: Messages and calls are end-to-");
    assert_eq!(line(&messages[11]), "2020-09-12T23:55:00Z Trent: 👩🏻‍⚖️");
    let people = ["system", "Alice", "Bob", "Eve", "Mallory", "Trent"];
    assert_eq!(people.map(|name| count(&messages, name)), [3, 3, 2, 2, 2, 2]);
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn signal() {
    let path = shared("joweich_chat-miner--test_export.txt");
    let (messages, _) = messages(&path, &utc(), Format::Signal);
    let lines: Vec<_> = messages.iter().map(line).collect();
    assert_eq!(
        lines,
        ["2019-12-24T12:23:00Z Jane Doe: Hello John!", "2020-01-17T21:49:00Z John Doe: Hello\nJane!"]
    );
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn telegram() {
    let path = shared("mlomb_chat-analytics--DM_2A_7M.json");
    let (messages, warnings) = messages(&path, &utc(), Format::Telegram);
    let lines: Vec<_> = messages.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2019-07-05T16:55:32Z system: Bob joined telegram",
            "2019-07-12T16:55:32Z Bob: https://google.com 👀",
            "2022-03-08T13:07:42Z Alice: hello world",
            "2022-05-09T22:23:53Z Bob: world?",
            "2022-05-09T23:26:09Z Alice: blah blah",
            "2022-06-10T22:06:38Z Alice: [photo]",
            "2022-06-10T22:06:39Z Alice: [photo]",
            "2023-08-11T02:11:02Z system: Alice phone call (56 s)",
        ]
    );
    assert_eq!(warnings, 0);
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn discord() {
    let path = shared("mlomb_chat-analytics--DM_2A_2M.json");
    let (messages, warnings) = messages(&path, &utc(), Format::Discord);
    let lines: Vec<_> = messages.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2019-01-04T17:52:39.762Z mlomb: blah",
            "2019-01-25T00:11:04.083Z Someones nickname: something something text",
            "2020-07-17T17:03:14.366Z system: Someones nickname: Started a c",
        ]
    );
    assert_eq!(warnings, 0);
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn slack() {
    let path = shared("hfaran_slack-export-viewer--testarchive.zip");
    let log = super::preview(&path, &utc());
    assert_eq!(log.conversations["#enrique"], 102);
    assert_eq!(log.conversations["#traveling-sailor"], 56);
    let (messages, _) = messages(&path, &utc(), Format::Slack);
    assert_eq!(messages.len(), 158);
    assert!(messages.iter().all(|said| !said.text.is_empty() && !said.text.contains("<@U")));
    assert_eq!(count(&messages, "system"), 11);
    let bots = messages.iter().filter(|said| said.speaker.starts_with('B')).count();
    assert_eq!(bots, 94);
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn captions() {
    {
        let path = shared("glut23_webvtt-py--sample.vtt");
        let (messages, _) = messages(&path, &options(), Format::WebVtt);
        assert_eq!(messages.len(), 16);
        assert_eq!(line(&messages[15]), "2026-01-01T00:01:01.35Z speaker: Caption text #16");
    }
    {
        let path = shared("glut23_webvtt-py--cue_tags.vtt");
        let (messages, _) = messages(&path, &options(), Format::WebVtt);
        let texts: Vec<_> = messages.iter().map(|said| said.text.as_str()).collect();
        assert_eq!(texts, ["When the moon hits your eye", "Like a big-a pizza pie", "That's amore"]);
    }
    {
        let path = shared("glut23_webvtt-py--sample.srt");
        let (messages, _) = messages(&path, &options(), Format::Srt);
        assert_eq!(messages.len(), 5);
        assert_eq!(line(&messages[4]), "2026-01-01T00:00:21.58Z speaker: Caption text #5");
    }
    {
        let path = shared("byroot_pysrt--bom-utf-16-le.srt");
        let (messages, warnings) = messages(&path, &options(), Format::Srt);
        assert_eq!((messages.len(), warnings), (7, 0));
        assert!(messages[0].text.starts_with("About 2 months ago I found myself on\nthe comment"));
    }
}

#[test]
#[ignore = "needs exports that are not part of this project"]
fn whisper() {
    let first = "I'm all around my business and";
    for (name, segments, start, end) in [
        ("accurate.tiny", 18, format!("2026-01-01T00:00:00.6Z speaker: {first}"), "2026-01-01T00:01:26.6Z"),
        (
            "naive",
            6,
            "2026-01-01T00:00:00.54Z speaker: Apollo 11, Houston we got a re".into(),
            "2026-01-01T00:01:25.2Z",
        ),
    ] {
        let name = format!("linto-ai_whisper-timestamped--{name}_apollo11.mp3.words.json");
        let path = shared(&name);
        let (messages, warnings) = messages(&path, &options(), Format::Whisper);
        assert_eq!((messages.len(), warnings), (segments, 0), "{name}");
        assert_eq!(line(&messages[0]), start);
        assert!(line(&messages[segments - 1]).starts_with(end));
    }
}
