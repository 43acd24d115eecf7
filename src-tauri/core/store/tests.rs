//! The store on real files: what goes in comes out, and bad files say so.

use super::*;
use crate::{Entity, Label, ModelVersion, Polarity, Sentiment, SentimentScores, TagSource};

pub(super) fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    (dir, store)
}

pub(super) fn typed(conversation: i64, text: &str) -> Draft<'_> {
    Draft { conversation, speaker: "user", time: 1_000, source: Source::Typed, text }
}

pub(super) fn reply(conversation: i64, text: &str) -> Draft<'_> {
    Draft { conversation, speaker: "assistant", time: 2_000, source: Source::Assistant, text }
}

pub(super) fn sample() -> Analysis {
    Analysis {
        intent: Label { name: "reminder".into(), confidence: 0.1 },
        intent_ranking: vec![
            Label { name: "reminder".into(), confidence: 0.1 },
            Label { name: "timer".into(), confidence: 1.0 / 3.0 },
        ],
        act: Label { name: "request".into(), confidence: 0.97 },
        sentiment: Sentiment {
            name: Polarity::Neutral,
            confidence: 0.8,
            scores: SentimentScores { negative: 0.1, neutral: 0.8, positive: 0.1 },
        },
        entities: vec![Entity {
            start: 2,
            end: 6,
            text: "Anna".into(),
            entity: "person".into(),
            confidence: 0.99,
            value: "Anna".into(),
            source: TagSource::Model,
        }],
        model: ModelVersion { name: "m".into(), version: "1".into() },
    }
}

#[test]
fn what_goes_in_comes_out_exactly() {
    let (dir, mut store) = store();
    let id = store.create_conversation("", 7).unwrap().id;
    let odd = "👩‍👩‍👧 Anna\0nul\r\n\u{202e}rtl e\u{301} \u{fffd}";
    let said = store.add_message(typed(id, odd)).unwrap();
    let answered = store.answer(said.id, Some(&sample()), reply(id, "ok")).unwrap();
    drop(store);

    let store = Store::open(dir.path()).unwrap();
    let messages = store.messages(id, None, 10).unwrap();
    assert_eq!(messages, [Message { analysis: Some(sample()), ..said }, answered]);
    assert_eq!(messages[0].text, odd);
    let conversation = store.conversation(id).unwrap();
    assert_eq!((conversation.updated, conversation.messages), (2_000, 2));
}

#[test]
fn pages_run_backwards_and_read_forwards() {
    let (_dir, mut store) = store();
    let id = store.create_conversation("t", 0).unwrap().id;
    let other = store.create_conversation("other", 0).unwrap().id;
    for n in 0..25 {
        store.add_message(typed(id, &n.to_string())).unwrap();
        store.add_message(typed(other, "elsewhere")).unwrap();
    }
    let texts = |page: &[Message]| page.iter().map(|m| m.text.clone()).collect::<Vec<_>>();
    let last = store.messages(id, None, 10).unwrap();
    assert_eq!(texts(&last), (15..25).map(|n| n.to_string()).collect::<Vec<_>>());
    let earlier = store.messages(id, Some(last[0].id), 10).unwrap();
    assert_eq!(texts(&earlier), (5..15).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn the_first_message_names_the_conversation() {
    let (_dir, mut store) = store();
    let id = store.create_conversation("", 0).unwrap().id;
    store
        .add_message(typed(
            id,
            "  \n remember the milk, the bread, the butter and all of the other things\nand more",
        ))
        .unwrap();
    store.add_message(typed(id, "second")).unwrap();
    let title = store.conversation(id).unwrap().title;
    assert_eq!(title, "remember the milk, the bread, the butter and all of the…");
}

#[test]
fn search_finds_words_whatever_their_case_and_accents() {
    let (_dir, mut store) = store();
    let id = store.create_conversation("t", 0).unwrap().id;
    for text in ["The boiler is broken again", "Café at noon", "nothing here", "a \"quoted\" word OR not"] {
        store.add_message(typed(id, text)).unwrap();
    }
    let found = |query: &str| {
        store.search(query, 9).unwrap().into_iter().map(|message| message.text).collect::<Vec<_>>()
    };
    assert_eq!(found("BROKEN boil"), ["The boiler is broken again"]);
    assert_eq!(found("cafe"), ["Café at noon"]);
    assert_eq!(found("\"quoted"), ["a \"quoted\" word OR not"]);
    assert_eq!(found("boiler OR noon"), [""; 0]);
    assert_eq!(found("  "), [""; 0]);
}

#[test]
fn a_message_without_analysis_is_found_again() {
    let (_dir, mut store) = store();
    let id = store.create_conversation("t", 0).unwrap().id;
    let first = store.add_message(typed(id, "lost in a crash")).unwrap();
    let second = store.add_message(typed(id, "answered")).unwrap();
    store.answer(second.id, Some(&sample()), reply(id, "ok")).unwrap();
    assert_eq!(store.unanalysed().unwrap(), std::slice::from_ref(&first));
    store.add_analysis(first.id, &sample()).unwrap();
    assert_eq!(store.unanalysed().unwrap(), []);
}

#[test]
fn a_failed_answer_leaves_neither_analysis_nor_reply() {
    let (_dir, mut store) = store();
    let id = store.create_conversation("t", 0).unwrap().id;
    let said = store.add_message(typed(id, "hello")).unwrap();
    let nowhere = reply(id + 1, "this conversation is not there");
    assert!(store.answer(said.id, Some(&sample()), nowhere).is_err());
    assert_eq!(store.messages(id, None, 9).unwrap(), [said]);
}

#[test]
fn a_full_disk_says_so_and_keeps_what_was_there() {
    let (_dir, mut store) = store();
    let id = store.create_conversation("t", 0).unwrap().id;
    store.add_message(typed(id, "kept")).unwrap();
    let pages: i64 = store.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    store.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    let error = store.add_message(typed(id, &"x".repeat(100_000))).unwrap_err();
    assert_eq!(error.code(), Code::Store);
    assert!(error.to_string().starts_with("the disk is full"), "{error}");
    let texts: Vec<_> = store.messages(id, None, 9).unwrap().into_iter().map(|m| m.text).collect();
    assert_eq!(texts, ["kept"]);
}

#[test]
fn a_damaged_file_says_so_and_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(FILE_NAME);
    let junk = b"this is not a database, however long one looks at it ".repeat(100);
    std::fs::write(&file, &junk).unwrap();
    let error = Store::open(dir.path()).err().unwrap();
    assert!(error.to_string().contains("damaged or not a Sotto database"), "{error}");
    assert_eq!(std::fs::read(&file).unwrap(), junk);
}

#[test]
fn a_file_where_the_folder_should_be_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("taken");
    std::fs::write(&file, "").unwrap();
    let error = Store::open(&file).err().unwrap();
    assert_eq!(error.code(), Code::File);
    assert!(error.to_string().contains("taken"), "{error}");
}

#[test]
fn two_programs_share_one_file() {
    let (dir, mut first) = store();
    let id = first.create_conversation("t", 0).unwrap().id;
    let path = dir.path().to_owned();
    let writers: Vec<_> = (0..2)
        .map(|writer| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut store = Store::open(&path).unwrap();
                for n in 0..20 {
                    let said = store.add_message(typed(id, &format!("{writer} {n}"))).unwrap();
                    store.answer(said.id, Some(&sample()), reply(id, "ok")).unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(first.conversation(id).unwrap().messages, 80);
}

#[test]
fn a_missing_conversation_is_named() {
    let (_dir, mut store) = store();
    for error in [
        store.messages(9, None, 1).unwrap_err(),
        store.add_message(typed(9, "x")).unwrap_err(),
        store.each_message(Some(9), |_| Ok(())).unwrap_err(),
    ] {
        assert_eq!(error.code(), Code::NotFound);
        assert_eq!(error.to_string(), "there is no conversation 9");
    }
}

mod acts {
    //! What skills change: whole or not at all, and fired once.

    use super::*;
    use crate::memory::{Change, Firing, Memory, Note, Record, Task, TaskKind, TaskState};
    use crate::past::Past;

    fn meaning() -> Embedding {
        Embedding { model: "m 1".to_owned(), vector: vec![0.6, -0.8] }
    }

    fn task(id: i64, due: i64, conversation: i64) -> Task {
        Task {
            id,
            kind: TaskKind::Reminder,
            name: "call Anna".into(),
            due,
            zone: "Europe/Berlin".into(),
            every: String::new(),
            state: TaskState::Running,
            length: 0,
            remaining: 0,
            fired: 0,
            conversation: Some(conversation),
            created: 0,
        }
    }

    fn note(memory: &mut Memory, text: &str) -> i64 {
        let id = memory.new_id();
        memory.put(Record::Note(Note { id, text: text.into(), created: 0 }));
        id
    }

    /// What the next turn sees.
    fn seen(store: &mut Store, said: &Message) -> Memory {
        let mut seen = Memory::default();
        store
            .act(said, None, |memory, _| {
                seen = memory.clone();
                "seen".to_owned()
            })
            .unwrap();
        seen
    }

    #[test]
    fn changes_dialogue_and_undo_are_there_in_the_next_turn() {
        let (_dir, mut store) = store();
        let id = store.create_conversation("", 0).unwrap().id;
        let said = store.add_message(typed(id, "note that x")).unwrap();
        let reply = store
            .act(&said, Some((&sample(), &meaning())), |memory, _| {
                note(memory, "x");
                "taking the note".clone_into(&mut memory.what);
                "Noted".to_owned()
            })
            .unwrap();
        assert_eq!((reply.text.as_str(), reply.speaker.as_str()), ("Noted", "assistant"));
        let memory = seen(&mut store, &said);
        assert_eq!(memory.notes.len(), 1);
        assert_eq!(memory.said.as_deref(), Some("Noted"));
        let undo = memory.undo.unwrap();
        assert_eq!(undo.what, "taking the note");
        assert_eq!(undo.inverse, [Change::Remove(crate::memory::Table::Note, memory.notes[0].id)]);
    }

    #[test]
    fn an_act_that_fails_leaves_nothing() {
        let (_dir, mut store) = store();
        let id = store.create_conversation("", 0).unwrap().id;
        let said = store.add_message(typed(id, "note that x")).unwrap();
        let nowhere = Message { conversation: 99, ..said.clone() };
        let act = |memory: &mut Memory, _: &dyn Past| {
            note(memory, "x");
            "Noted".to_owned()
        };
        store.act(&nowhere, Some((&sample(), &meaning())), act).unwrap_err();
        assert_eq!(seen(&mut store, &said).notes, []);
        assert_eq!(store.messages(id, None, 10).unwrap()[0].analysis, None);
    }

    #[test]
    fn what_is_due_fires_once_wherever_it_was_asked_for() {
        let (_dir, mut store) = store();
        let id = store.create_conversation("", 0).unwrap().id;
        let said = store.add_message(typed(id, "remind me")).unwrap();
        let put = |memory: &mut Memory, _: &dyn Past| {
            memory.put(Record::Task(task(1, 5_000, id)));
            memory.put(Record::Task(task(2, 9_000, id)));
            "ok".to_owned()
        };
        store.act(&said, None, put).unwrap();
        let say = |task: &Task| Firing { text: task.name.clone(), next: None };
        assert_eq!(store.next_due().unwrap(), Some(5_000));
        assert_eq!(store.fire(4_999, say).unwrap(), []);
        let fired = store.fire(5_000, say).unwrap();
        assert_eq!(
            fired.iter().map(|m| (m.conversation, m.text.as_str())).collect::<Vec<_>>(),
            [(id, "call Anna")]
        );
        assert_eq!(store.fire(6_000, say).unwrap(), []);

        store.connection.execute("DELETE FROM conversation", []).unwrap();
        let fired = store.fire(10_000, say).unwrap();
        assert_eq!(fired.len(), 1);
        assert_eq!(store.conversation(fired[0].conversation).unwrap().title, "Reminders");
        assert_eq!(store.next_due().unwrap(), None);
    }

    #[test]
    fn what_recurs_is_due_again() {
        let (_dir, mut store) = store();
        let id = store.create_conversation("", 0).unwrap().id;
        let said = store.add_message(typed(id, "remind me")).unwrap();
        store
            .act(&said, None, |memory, _| {
                memory.put(Record::Task(task(1, 5_000, id)));
                "ok".to_owned()
            })
            .unwrap();
        let again =
            |task: &Task| Firing { text: "x".into(), next: Some((task.due + 10_000, task.every.clone())) };
        assert_eq!(store.fire(5_000, again).unwrap().len(), 1);
        assert_eq!(store.fire(14_999, again).unwrap().len(), 0);
        assert_eq!(store.fire(15_000, again).unwrap().len(), 1);
    }
}
