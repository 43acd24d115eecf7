//! A log on its way into the store: whole or not at all, and nothing twice.

use std::num::NonZeroUsize;

use sotto::logs::export::{self, Choices};
use sotto::logs::{DayOrder, Input, Options};
use sotto::{Assistant, Code, Error, Imported, Result, Source, Store};

use super::{input, options, sample};
use crate::setting::{now, pack};

fn empty() -> (tempfile::TempDir, Assistant) {
    let dir = tempfile::tempdir().unwrap();
    let assistant = Assistant::new(Store::open(dir.path()).unwrap());
    (dir, assistant)
}

fn take(assistant: &Assistant, mut input: Input, options: &Options) -> Result<Imported> {
    assistant.import(&mut input, options, &mut |_| Ok(()))
}

fn open(name: &str) -> Input {
    Input::open(&sample(name)).unwrap()
}

#[test]
fn every_sample_goes_in_once() {
    let (_dir, assistant) = empty();
    for entry in std::fs::read_dir(sample("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "expected") {
            continue;
        }
        let first = take(&assistant, Input::open(&path).unwrap(), &options()).unwrap();
        assert_eq!((first.added, first.known), (first.log.messages, 0), "{}", path.display());
        assert!(first.added > 0 && !first.conversations.is_empty());
        let before = assistant.conversations().unwrap();

        // The same bytes under another name, on another day.
        let bytes = std::fs::read(&path).unwrap();
        let later = Options { start: options().start + 86_400_000, ..options() };
        let again = take(&assistant, input("copy", &bytes), &later).unwrap();
        assert_eq!((again.added, again.known), (0, first.added), "{}", path.display());
        assert_eq!(again.conversations, first.conversations);
        assert_eq!(assistant.conversations().unwrap(), before);
    }
}

#[test]
fn what_comes_out_is_what_was_in_the_log() {
    let (_dir, assistant) = empty();
    let imported = take(&assistant, open("whatsapp-iphone.txt"), &options()).unwrap();
    let lines = assistant.messages(imported.conversations[0], None, 100).unwrap();
    assert_eq!(lines.len(), 6);
    let third = &lines[2].message;
    assert_eq!(third.text, "Frohe Weihnachten! 🎄\nKommt ihr morgen?\n\nBringt Plätzchen mit: die mit Zimt");
    assert_eq!((third.speaker.as_str(), third.source), ("Anna", Source::Imported));
    assert_eq!(third.time, 1_766_595_840_000);
    assert_eq!(third.analysis, None);
    assert_eq!(assistant.conversations().unwrap()[0].title, "whatsapp-iphone");
}

#[test]
fn a_longer_export_of_the_same_chat_adds_what_is_new() {
    let (_dir, assistant) = empty();
    let start = "24/12/25, 10:00 - Anna: hi\n24/12/25, 10:01 - Bob: ok\n24/12/25, 10:01 - Bob: ok\n";
    let longer = format!("{start}24/12/25, 10:01 - Bob: ok\n24/12/25, 10:02 - Anna: bye\n");
    let first = take(&assistant, input("chat.txt", start.as_bytes()), &options()).unwrap();
    assert_eq!((first.added, first.known), (3, 0));
    let second = take(&assistant, input("chat (1).txt", longer.as_bytes()), &options()).unwrap();
    assert_eq!((second.added, second.known), (2, 3));
    assert_eq!(second.conversations, first.conversations);
}

#[test]
fn two_chats_that_share_words_stay_two() {
    let (_dir, assistant) = empty();
    for with in ["Anna", "Bob"] {
        let text = format!("24/12/25, 10:00 - {with}: hi\n24/12/25, 10:01 - Me: ok\n");
        assert_eq!(take(&assistant, input("_chat.txt", text.as_bytes()), &options()).unwrap().added, 2);
    }
    assert_eq!(assistant.conversations().unwrap().len(), 2);
}

#[test]
fn the_same_words_at_the_same_time_further_on_are_kept() {
    let (_dir, assistant) = empty();
    let text =
        b"24/12/25, 10:00 - A: x\n24/12/25, 10:01 - B: y\n24/12/25, 10:00 - A: x\n24/12/25, 10:00 - A: x\n";
    let first = take(&assistant, input("chat.txt", text), &options()).unwrap();
    assert_eq!((first.added, first.known), (4, 0));
    let again = take(&assistant, input("chat.txt", text), &options()).unwrap();
    assert_eq!((again.added, again.known), (0, 4));
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let (_dir, assistant) = empty();
    let mut text = String::new();
    for n in 0..5000 {
        text += &format!("24/12/25, 10:00 - Anna: message {n}\n");
    }
    let mut asked = 0;
    let error = assistant
        .import(&mut input("chat.txt", text.as_bytes()), &options(), &mut |_| {
            asked += 1;
            if asked == 4 { Err(Error::new(Code::Input, "cancelled")) } else { Ok(()) }
        })
        .unwrap_err();
    assert_eq!(error.to_string(), "cancelled");
    assert_eq!(assistant.conversations().unwrap(), []);
    assert_eq!(take(&assistant, input("chat.txt", text.as_bytes()), &options()).unwrap().added, 5000);
}

#[test]
fn an_undecided_order_is_asked_about_and_nothing_stored() {
    let (_dir, assistant) = empty();
    let text = b"3/4/25, 10:00 - Anna: hi\n3/4/25, 10:01 - Bob: ho\n";
    let error = take(&assistant, input("chat.txt", text), &options()).unwrap_err();
    assert_eq!(error.code(), Code::Input);
    assert!(error.to_string().contains("--day-first or --month-first"), "{error}");
    assert_eq!(assistant.conversations().unwrap(), []);
    let chosen = Options { order: Some(DayOrder::DayFirst), ..options() };
    assert_eq!(take(&assistant, input("chat.txt", text), &chosen).unwrap().added, 2);
}

#[test]
fn our_own_export_comes_back_with_its_tags() {
    let (_dir, assistant) = empty();
    assistant.install(sotto::Nlu::load(&pack()), &now()).unwrap();
    let id = assistant.new_conversation(&now()).unwrap().id;
    assistant.send(id, "remind me to call Anna tomorrow", &now()).unwrap();
    assistant.send(id, "  two  spaces\r\n😀", &now()).unwrap();
    let mut bytes = Vec::new();
    assistant.export_to(None, &Choices::new(export::Format::Jsonl), &mut bytes, "out".as_ref()).unwrap();

    let (_dir, other) = empty();
    let imported = take(&other, input("backup.jsonl", &bytes), &options()).unwrap();
    assert_eq!((imported.added, imported.log.warning_count), (4, 0));
    let strip = |assistant: &Assistant, id: i64| {
        let lines = assistant.messages(id, None, 100).unwrap();
        lines
            .into_iter()
            .map(|mut line| {
                (line.message.id, line.message.conversation) = (0, 0);
                line.message
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(strip(&other, imported.conversations[0]), strip(&assistant, id));
}

#[test]
fn tags_that_do_not_fit_are_not_taken_over() {
    let (_dir, assistant) = empty();
    let mut message = serde_json::json!({
        "id": 1, "conversation": 1, "speaker": "user", "time": 5, "source": "typed", "text": "call Anna",
        "analysis": super::analysis("call Anna", &[(5, 9, "person")]),
    });
    let good = message.to_string();
    message["analysis"]["entities"][0]["end"] = 90.into();
    let imported =
        take(&assistant, input("l.jsonl", format!("{good}\n{message}\n").as_bytes()), &options()).unwrap();
    assert_eq!((imported.added, imported.log.warning_count), (2, 1));
    let lines = assistant.messages(imported.conversations[0], None, 9).unwrap();
    assert!(lines[0].message.analysis.is_some() && lines[1].message.analysis.is_none());
    assert_eq!((lines[0].message.source, lines[0].message.time), (Source::Typed, 5));
}

#[test]
fn imported_messages_are_tagged_on_all_cores_and_go_on_where_they_stopped() {
    let (dir, assistant) = empty();
    let mut text = String::new();
    for n in 0..600 {
        text += &format!("24/12/25, 10:00 - Anna: call Bob tomorrow, number {n}\n");
    }
    take(&assistant, input("chat.txt", text.as_bytes()), &options()).unwrap();
    assistant.install(sotto::Nlu::load(&pack()), &now()).unwrap();
    let threads = NonZeroUsize::new(3).unwrap();
    let stopped = assistant.tag_stored(threads, &now(), &mut |tagging| tagging.tagged == 0).unwrap();
    assert_eq!((stopped.total, stopped.failed), (600, 0));
    assert!(stopped.tagged > 0 && stopped.tagged < 600);
    drop(assistant);

    let assistant = Assistant::new(Store::open(dir.path()).unwrap());
    assistant.install(sotto::Nlu::load(&pack()), &now()).unwrap();
    let mut steps = Vec::new();
    let done = assistant
        .tag_stored(threads, &now(), &mut |tagging| {
            steps.push(tagging.tagged);
            true
        })
        .unwrap();
    assert_eq!(done.tagged, 600 - stopped.tagged);
    assert_eq!(done.total, done.tagged);
    assert!(steps.is_sorted() && steps.len() > 1);

    let id = assistant.conversations().unwrap()[0].id;
    let line = &assistant.messages(id, None, 1).unwrap()[0].message;
    let entities = &line.analysis.as_ref().unwrap().entities;
    let when = entities.iter().find(|entity| entity.entity == "date").unwrap();
    assert_eq!(when.value, "2025-12-25", "tomorrow is the day after the message, not after today");
}

#[test]
fn another_model_pack_tags_again_what_the_first_has_tagged() {
    let (dir, assistant) = empty();
    assistant.install(sotto::Nlu::load(&pack()), &now()).unwrap();
    let threads = NonZeroUsize::new(2).unwrap();
    take(
        &assistant,
        input("chat.txt", b"24/12/25, 10:00 - Anna: call Bob\n24/12/25, 10:01 - Bob: ok\n"),
        &options(),
    )
    .unwrap();
    let typed = assistant.new_conversation(&now()).unwrap().id;
    assistant.send(typed, "hello", &now()).unwrap();
    let tag = |assistant: &Assistant| assistant.tag_stored(threads, &now(), &mut |_| true).unwrap();
    assert_eq!(tag(&assistant).tagged, 2);
    assert_eq!(tag(&assistant).total, 0, "nothing is tagged twice");
    drop(assistant);

    let newer = dir.path().join("pack");
    std::fs::create_dir(&newer).unwrap();
    for file in ["model.onnx", "tokenizer.json"] {
        std::fs::copy(pack().join(file), newer.join(file)).unwrap();
    }
    let labels = std::fs::read_to_string(pack().join("labels.json")).unwrap();
    let mut labels: serde_json::Value = serde_json::from_str(&labels).unwrap();
    labels["version"] = "99.0.0".into();
    std::fs::write(newer.join("labels.json"), labels.to_string()).unwrap();

    let assistant = Assistant::new(Store::open(dir.path()).unwrap());
    assistant.install(sotto::Nlu::load(&newer), &now()).unwrap();
    assert_eq!(tag(&assistant).tagged, 3, "the user's own message too, the assistant's not");
    let conversations = assistant.conversations().unwrap();
    for conversation in conversations {
        for line in assistant.messages(conversation.id, None, 9).unwrap() {
            let version = line.message.analysis.map(|analysis| analysis.model.version);
            let expected = (line.message.source != Source::Assistant).then(|| "99.0.0".to_owned());
            assert_eq!(version, expected);
        }
    }
}
