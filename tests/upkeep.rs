//! What a person does with what is kept: correcting, editing, deleting, off the record.

use std::path::Path;

use sotto::{Arrangement, Assistant, Code, Correction, Mark, Polarity, Store, TagSource};

use crate::setting::{assistant, now};

/// A mark as the window sends it: what it says is found by the core.
fn mark(start: usize, end: usize, kind: Option<&str>) -> Mark {
    Mark { start, end, text: String::new(), entity: kind.map(str::to_owned), value: String::new() }
}

fn holds(dir: &Path, text: &str) -> bool {
    let text = text.to_lowercase().into_bytes();
    let files = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).any(|path| {
        std::fs::read(path).unwrap().to_ascii_lowercase().windows(text.len()).any(|window| window == text)
    })
}

#[test]
fn a_corrected_tag_holds_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let assistant_ = assistant(dir.path());
    let id = assistant_.new_conversation(&now()).unwrap().id;
    let said = assistant_.send(id, "👩‍👩‍👧 Zoë sees me on Friday, 9", &now()).unwrap().message.message;
    let at = |text: &str| {
        let before = said.text.split_once(text).unwrap().0.chars().count();
        (before, before + text.chars().count())
    };
    let ((name, name_end), (day, day_end), (hour, hour_end)) = (at("Zoë"), at("Friday"), at("9"));
    let correction = Correction {
        intent: Some("meeting_schedule".into()),
        sentiment: Some(Polarity::Positive),
        entities: vec![
            mark(hour, hour_end, Some("time")),
            mark(name, name_end, Some("person")),
            mark(day, day_end, Some("date")),
        ],
        ..Correction::default()
    };
    let line = assistant_.correct(said.id, &correction, &now()).unwrap();
    assert_eq!(line.message.analysis, said.analysis, "the model's word stands");
    let kept = line.message.correction.as_ref().unwrap();
    let values: Vec<_> = kept.entities.iter().map(|mark| (mark.text.as_str(), mark.value.as_str())).collect();
    assert_eq!(values, [("Zoë", "Zoë"), ("Friday", "2026-11-27"), ("9", "2026-11-23T21:00:00+01:00")]);
    let shown: Vec<_> = line.segments.iter().filter_map(|segment| segment.entity.as_ref()).collect();
    assert_eq!(shown.len(), 3);
    assert!(shown.iter().all(|entity| entity.source == TagSource::User));
    drop(assistant_);

    let reopened = Assistant::new(Store::open(dir.path()).unwrap());
    assert_eq!(reopened.messages(id, None, 9).unwrap()[0], line);
    let nothing = reopened.correct(said.id, &Correction::default(), &now()).unwrap();
    assert_eq!(nothing.message, said);
}

#[test]
fn a_correction_that_does_not_fit_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let assistant = assistant(dir.path());
    let id = assistant.new_conversation(&now()).unwrap().id;
    let said = assistant.send(id, "hello", &now()).unwrap();
    let wrong = |entities: Vec<Mark>| {
        let correction = Correction { entities, ..Correction::default() };
        let error = assistant.correct(said.message.message.id, &correction, &now()).unwrap_err();
        assert_eq!(error.code(), Code::Input);
        error.to_string()
    };
    assert!(wrong(vec![mark(3, 9, Some("person"))]).contains("letters 3 to 9"));
    assert!(wrong(vec![mark(3, 3, Some("person"))]).contains("letters 3 to 3"));
    assert!(wrong(vec![mark(4, 2, Some("person"))]).contains("letters 4 to 2"));
    assert!(wrong(vec![mark(0, 2, Some(" "))]).contains("no kind"));
    assert!(
        wrong(vec![mark(0, 3, Some("person")), mark(2, 4, None)]).contains("“hel” and “ll” share letters")
    );
    let reply = said.reply.message.id;
    let error = assistant.correct(reply, &Correction::default(), &now()).unwrap_err();
    assert!(error.to_string().contains("has no tags yet"), "{error}");
    assert_eq!(assistant.correct(999, &Correction::default(), &now()).unwrap_err().code(), Code::NotFound);
}

#[test]
fn an_edited_message_is_tagged_again() {
    let dir = tempfile::tempdir().unwrap();
    let assistant = assistant(dir.path());
    let id = assistant.new_conversation(&now()).unwrap().id;
    let said = assistant.send(id, "the zeppelin was lovely", &now()).unwrap();
    let line = assistant.edit_message(said.message.message.id, "what time is it in Tokyo", &now()).unwrap();
    assert_eq!(line.message.analysis.as_ref().unwrap().intent.name, "time");
    assert!(line.message.edited.is_some());
    assert!(!holds(dir.path(), "zeppelin"));
    let error = assistant.edit_message(said.reply.message.id, "x", &now()).unwrap_err();
    assert_eq!(error.code(), Code::Input);
    assert_eq!(assistant.edit_message(line.message.id, " \n", &now()).unwrap_err().code(), Code::Input);
}

#[test]
fn what_is_off_the_record_is_in_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let assistant = assistant(dir.path());
    let kept = assistant.new_conversation(&now()).unwrap();
    let id = assistant.new_off_record_conversation(&now()).unwrap().id;
    for text in
        ["note that zeppelin is my password", "remind me of the zeppelin in 5 minutes", "what are my notes"]
    {
        assistant.send(id, text, &now()).unwrap();
    }
    let lines = assistant.messages(id, None, 9).unwrap();
    assert_eq!(lines.len(), 6);
    assert!(lines[5].message.text.contains("zeppelin"), "{}", lines[5].message.text);
    let line = assistant.edit_message(lines[0].message.id, "note that zeppelin", &now()).unwrap();
    let greeting = Correction { intent: Some("greeting".into()), ..Correction::default() };
    assistant.correct(line.message.id, &greeting, &now()).unwrap();
    let listed = assistant.conversations().unwrap();
    assert_eq!(
        listed.iter().map(|each| (each.id, each.off_record)).collect::<Vec<_>>(),
        [(id, true), (kept.id, false)]
    );
    let later = now().checked_add(jiff::Span::new().minutes(6)).unwrap();
    assert_eq!(assistant.due(&later).unwrap().len(), 1, "a reminder rings all the same");
    assert!(!holds(dir.path(), "zeppelin"));
    // What is kept is not seen from there, nor the other way about.
    let notes = assistant.send(kept.id, "what are my notes", &now()).unwrap();
    assert!(!notes.reply.message.text.contains("zeppelin"), "{}", notes.reply.message.text);

    assert_eq!(assistant.delete_conversation(id, &now()).unwrap().undo, None);
    assert_eq!(assistant.messages(id, None, 9).unwrap_err().code(), Code::NotFound);
    let again = assistant.new_off_record_conversation(&now()).unwrap().id;
    let notes = assistant.send(again, "what are my notes", &now()).unwrap();
    assert!(!notes.reply.message.text.contains("zeppelin"), "{}", notes.reply.message.text);
}

#[test]
fn a_deleted_note_is_gone_when_the_program_ends() {
    let dir = tempfile::tempdir().unwrap();
    let assistant = assistant(dir.path());
    let id = assistant.new_conversation(&now()).unwrap().id;
    let said = assistant.send(id, "note that the zeppelin leaves at dawn", &now()).unwrap();
    let deleted = assistant.send(id, "delete all my notes", &now()).unwrap();
    let answered = assistant.send(id, "yes", &now()).unwrap();
    for message in [said.message.message.id, deleted.message.message.id, answered.message.message.id] {
        assistant.delete_message(message, &now()).unwrap();
    }
    assert!(holds(dir.path(), "zeppelin"), "undo could still bring it back");
    assistant.close().unwrap();
    assert!(!holds(dir.path(), "zeppelin"));
}

#[test]
fn a_conversation_is_named_pinned_put_away_and_walked_through() {
    let dir = tempfile::tempdir().unwrap();
    let assistant = assistant(dir.path());
    let id = assistant.new_conversation(&now()).unwrap().id;
    for n in 0..5 {
        assistant.send(id, &format!("number {n}"), &now()).unwrap();
    }
    let wish = Arrangement { title: Some(" Counting ".into()), pinned: Some(true), ..Arrangement::default() };
    let arranged = assistant.arrange(id, &wish).unwrap();
    assert_eq!((arranged.title.as_str(), arranged.pinned, arranged.archived), ("Counting", true, false));
    let wish = Arrangement { title: Some(String::new()), archived: Some(true), ..Arrangement::default() };
    let arranged = assistant.arrange(id, &wish).unwrap();
    assert_eq!((arranged.title.as_str(), arranged.pinned, arranged.archived), ("number 0", true, true));
    assert_eq!(assistant.arrange(99, &wish).unwrap_err().code(), Code::NotFound);

    let page = assistant.messages_from(id, 4, 3).unwrap();
    assert_eq!(page.len(), 3);
    assert_eq!(page[0].message.text, "number 2");
    assert_eq!(assistant.place(page[1].message.id).unwrap(), (id, 5));
    assert_eq!(assistant.messages_from(id, 10, 3).unwrap(), []);
}
