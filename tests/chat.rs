//! Whole conversations over the real model and a real file.

use sotto::{Assistant, Code, Nlu, Store};

use crate::setting::{assistant, now, pack};

fn replies(said: &[&str]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let assistant = assistant(dir.path());
    let id = assistant.new_conversation(&now()).unwrap().id;
    said.iter().map(|text| assistant.send(id, text, &now()).unwrap().reply.message.text).collect()
}

#[test]
fn each_skill_is_chosen_by_the_models_intent() {
    let cases = [
        ("hello there", "Good morning!"),
        ("thanks a lot", "You're welcome."),
        ("goodbye", "Goodbye!"),
        ("What time is it?", "It is 10:00."),
        ("what is the date today", "Today is Monday, 23 November 2026."),
        ("What is 15% of 240?", "15% of 240 = 36"),
        ("what can you do for me", "I keep your timers"),
        ("what's the weather like", "needs weather reports"),
        ("how many penguins fit in a cathedral", "needs an encyclopedia"),
    ];
    let said = cases.map(|(text, _)| text);
    for ((text, expected), reply) in cases.iter().zip(replies(&said)) {
        assert!(reply.contains(expected), "{text}: {reply}");
    }
}

#[test]
fn a_conversation_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (id, before) = {
        let assistant = assistant(dir.path());
        let id = assistant.new_conversation(&now()).unwrap().id;
        assistant.send(id, "remind me to call Anna in Berlin tomorrow at 9", &now()).unwrap();
        assistant.send(id, "  two  spaces,\r\na line and 😀 ", &now()).unwrap();
        (id, assistant.messages(id, None, 10).unwrap())
    };
    let reopened = Assistant::new(Store::open(dir.path()).unwrap());
    let after = reopened.messages(id, None, 10).unwrap();
    assert_eq!(before, after);
    assert_eq!(after.len(), 4);
    assert_eq!(after[2].message.text, "  two  spaces,\r\na line and 😀 ");
    for line in &after {
        let pieces: String = line.segments.iter().map(|segment| segment.text.as_str()).collect();
        assert_eq!(pieces, line.message.text);
    }
    let conversations = reopened.conversations().unwrap();
    assert_eq!(conversations[0].title, "remind me to call Anna in Berlin tomorrow at 9");
}

#[test]
fn without_a_model_the_message_is_kept_and_tagged_later() {
    let dir = tempfile::tempdir().unwrap();
    let id = {
        let assistant = Assistant::new(Store::open(dir.path()).unwrap());
        assistant.install(Nlu::load(&dir.path().join("no pack")), &now()).unwrap();
        let id = assistant.new_conversation(&now()).unwrap().id;
        let exchange = assistant.send(id, "what time is it", &now()).unwrap();
        assert_eq!(exchange.message.message.analysis, None);
        let reply = exchange.reply.message.text;
        assert!(reply.starts_with("I kept your message but could not tag it: "), "{reply}");
        assert!(reply.contains("no pack"), "{reply}");
        id
    };
    let assistant = assistant(dir.path());
    let analysis = assistant.messages(id, None, 1000).unwrap()[0].message.analysis.clone().unwrap();
    assert_eq!(analysis.intent.name, "time");
}

#[test]
fn a_window_can_read_history_while_the_model_loads() {
    let dir = tempfile::tempdir().unwrap();
    let assistant = Assistant::new(Store::open(dir.path()).unwrap());
    assert!(assistant.model().is_none());
    let id = assistant.new_conversation(&now()).unwrap().id;
    assert_eq!(assistant.messages(id, None, 10).unwrap(), []);
    std::thread::scope(|scope| {
        let sent = scope.spawn(|| assistant.send(id, "hello", &now()).unwrap());
        assistant.install(Nlu::load(&pack()), &now()).unwrap();
        assert!(sent.join().unwrap().message.message.analysis.is_some());
    });
    assert!(assistant.model().unwrap().is_ok());
}

#[test]
fn an_empty_message_is_refused_and_nothing_stored() {
    let dir = tempfile::tempdir().unwrap();
    let assistant = assistant(dir.path());
    let id = assistant.new_conversation(&now()).unwrap().id;
    for text in ["", "  \n\t "] {
        assert_eq!(assistant.send(id, text, &now()).unwrap_err().code(), Code::Input);
    }
    assert_eq!(assistant.messages(id, None, 10).unwrap(), []);
}

#[test]
fn odd_messages_are_answered_and_kept_exactly() {
    let dir = tempfile::tempdir().unwrap();
    let assistant = assistant(dir.path());
    let id = assistant.new_conversation(&now()).unwrap().id;
    let odd = ["\0", "👩‍👩‍👧", "ä̈ö̈", "مرحبا بالعالم", &"word ".repeat(20_000), "'; DROP TABLE message; --"];
    for text in odd {
        let exchange = assistant.send(id, text, &now()).unwrap();
        assert_eq!(exchange.message.message.text, text);
        assert!(!exchange.reply.message.text.is_empty());
    }
    let stored = assistant.messages(id, None, 100).unwrap();
    let users: Vec<_> = stored.iter().filter(|line| line.message.speaker == "user").collect();
    assert_eq!(users.iter().map(|line| line.message.text.as_str()).collect::<Vec<_>>(), odd);
}
