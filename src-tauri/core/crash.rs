//! Dying at any point of any act: at every statement, in the middle of any of them, with a full disk, and with
//! only a part of the write-ahead log on the disk. Whatever happens, the store is consistent, the act is wholly
//! done or not at all, and what was acknowledged is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::ZonedDateTime;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::types::Value;

use crate::skills::{Part, Scene, Told};
use crate::store::Draft;
use crate::{
    Analysis, Embedding, Label, ModelVersion, Polarity, Result, Sentiment, SentimentScores, Source, Store,
    nlu, skills,
};

/// What is there before an act.
const BEFORE: &[&str] = &[
    "set a tea timer for 4 minutes",
    "wake me at 7 every weekday",
    "remind me to call Anna tomorrow at 9",
    "add milk, eggs and bread to the shopping list",
    "note that the boiler code is 4711",
    "when I say marco, answer polo",
];

/// Every kind of act, each with the skill and verb that it comes to.
const ACTS: &[(&str, &str)] = &[
    ("set a timer for 10 minutes", "timer.start"),
    ("add 5 minutes to the tea timer", "timer.add"),
    ("pause the tea timer", "timer.pause"),
    ("cancel the tea timer", "timer.cancel"),
    ("set an alarm for 6:30", "alarm.set"),
    ("move my alarm to 7:15", "alarm.change"),
    ("remind me every Monday at 8 pm to put the bins out", "reminder.set"),
    ("cancel all reminders", "reminder.cancel"),
    ("add apples and pears to the packing list", "list.add"),
    ("check off milk", "list.complete"),
    ("remove eggs from the shopping list", "list.remove"),
    ("delete the shopping list", "list.delete"),
    ("note that Bob has the ladder", "note.take"),
    ("delete my last note", "note.delete"),
    ("call me Sam", "name.set"),
    ("when I say ping, answer pong", "answer.teach"),
    ("undo", "undo.undo"),
    ("add butter to the shopping list and set a timer for 3 minutes", "list.add"),
    ("what is 2 + 2", "calculator.calculate"),
];

fn now() -> ZonedDateTime {
    "2026-11-23T10:00:00+01:00[Europe/Berlin]".parse().unwrap()
}

fn moment(minutes: i64) -> ZonedDateTime {
    now().checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap()
}

/// As the model might see it: what is tried here does not depend on it.
fn analysis() -> Analysis {
    let label = |name: &str| Label { name: name.to_owned(), confidence: 0.5 };
    Analysis {
        intent: label("out_of_scope"),
        intent_ranking: vec![label("out_of_scope")],
        act: label("request"),
        sentiment: Sentiment {
            name: Polarity::Neutral,
            confidence: 1.0,
            scores: SentimentScores { negative: 0.0, neutral: 1.0, positive: 0.0 },
        },
        entities: nlu::exact("tomorrow at 9", &now()),
        model: ModelVersion { name: "m".into(), version: "1".into() },
    }
}

/// A message and its answer, as `Assistant::send` does it but for the model; `kept` is called when the message is
/// acknowledged.
fn send(store: &mut Store, text: &str, now: &ZonedDateTime, kept: impl FnOnce()) -> Result<Told> {
    let time = now.timestamp().as_millisecond();
    let draft = Draft { conversation: 1, speaker: "user", time, source: Source::Typed, text };
    let message = store.add_message(draft)?;
    kept();
    let read = |text: &str| nlu::exact(text, now);
    let part = |text: &str| Part { text: text.to_owned(), analysis: analysis() };
    let parts: Vec<Part> =
        skills::parts(text, &read, &|_| Rc::default()).iter().map(|text| part(text)).collect();
    let embedding = Embedding { model: "m".into(), vector: vec![0.5; 16] };
    let mut told = Told::default();
    store.act(&message, Some((&analysis(), &embedding)), |memory, past| {
        let scene = Scene {
            now,
            conversation: 1,
            seed: 7,
            read: &read,
            past,
            embed: &|_| None,
            analyze: &|_| None,
            requested: &|_| Rc::default(),
            export: &|_| Err(crate::Error::new(crate::Code::File, "no folder")),
        };
        told = skills::answer(&part(text), &parts, memory, &scene);
        told.text.clone()
    })?;
    Ok(told)
}

/// A store in `dir` in which all of [`BEFORE`] was said.
fn prepare(dir: &Path) {
    let mut store = Store::open(dir).unwrap();
    store.create_conversation("", now().timestamp().as_millisecond()).unwrap();
    for (minute, text) in BEFORE.iter().enumerate() {
        let told = send(&mut store, text, &moment(minute as i64 - 6), || ()).unwrap();
        assert!(!told.actions.is_empty(), "{text}: {}", told.text);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        // The shared memory is made anew, as after a crash of the machine.
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

type Dump = BTreeMap<String, Vec<Vec<Value>>>;

/// All rows of all tables, once the file has been found whole.
fn dump(dir: &Path) -> Dump {
    let mut store = Store::open(dir).unwrap();
    let connection = store.connection();
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    let strays = connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap();
    assert!(!strays, "a row refers to one that is gone");
    connection
        .execute("INSERT INTO message_text (message_text, rank) VALUES ('integrity-check', 1)", [])
        .unwrap();
    let tables: Vec<String> = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'message_text%' ORDER BY name",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    let rows = |table: &String| {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\" ORDER BY 1, 2")).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|at| row.get::<_, Value>(at)).collect());
        rows.unwrap().collect::<rusqlite::Result<Vec<Vec<Value>>>>().unwrap()
    };
    tables.iter().map(|table| (table.clone(), rows(table))).collect()
}

/// How the store stands before an act, once its message is acknowledged, and after it.
struct Stages {
    before: Dump,
    kept: Dump,
    done: Dump,
}

fn stages(prepared: &Path, text: &str, expected: &str) -> Stages {
    let dir = tempfile::tempdir().unwrap();
    copy(prepared, dir.path());
    let before = dump(dir.path());
    let mut kept = None;
    let told = {
        let mut store = Store::open(dir.path()).unwrap();
        send(&mut store, text, &now(), || kept = Some(dump(dir.path()))).unwrap()
    };
    let did: Vec<String> =
        told.actions.iter().map(|action| format!("{}.{}", action.skill, action.verb)).collect();
    assert_eq!(did.first().map(String::as_str), Some(expected), "{text}: {}", told.text);
    Stages { before, kept: kept.unwrap(), done: dump(dir.path()) }
}

const DIE_IN: &str = "SOTTO_TEST_DIE_IN";
const DIE_AT: &str = "SOTTO_TEST_DIE_AT";
const DIE_OF: &str = "SOTTO_TEST_DIE_OF";

/// Run in a process of its own by the test below: dies when its n-th statement begins.
#[test]
fn dies_if_told_to() {
    let Ok(dir) = std::env::var(DIE_IN) else { return };
    let number = |name| std::env::var(name).unwrap().parse::<usize>().unwrap();
    let (dir, at) = (Path::new(&dir), number(DIE_AT));
    let (text, _) = ACTS[number(DIE_OF)];
    let mut store = Store::open(dir).unwrap();
    let mut begun = 0;
    let die = move |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(..) = event {
            begun += 1;
            if begun == at {
                std::process::abort();
            }
        }
    };
    store.connection().trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(die)).unwrap();
    send(&mut store, text, &now(), || fs::write(dir.join("kept"), "").unwrap()).unwrap();
    fs::write(dir.join("done"), "").unwrap();
}

#[test]
fn killed_at_any_statement_of_any_act() {
    let prepared = tempfile::tempdir().unwrap();
    prepare(prepared.path());
    for (number, (text, expected)) in ACTS.iter().enumerate() {
        let stages = stages(prepared.path(), text, expected);
        let mut deaths = 0;
        for at in 1.. {
            let dir = tempfile::tempdir().unwrap();
            copy(prepared.path(), dir.path());
            let status = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "crash::dies_if_told_to"])
                .env(DIE_IN, dir.path())
                .env(DIE_AT, at.to_string())
                .env(DIE_OF, number.to_string())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap();
            let there = |name: &str| dir.path().join(name).exists();
            let (kept, done) = (there("kept"), there("done"));
            let found = dump(dir.path());
            let place = format!("“{text}”, statement {at}");
            match (kept, done) {
                (false, _) => {
                    assert!(found == stages.before || found == stages.kept, "{place}: half a message")
                }
                (true, false) => {
                    assert!(found == stages.kept || found == stages.done, "{place}: half an act")
                }
                (true, true) => assert!(found == stages.done, "{place}: an acknowledged act is lost"),
            }
            if status.success() {
                assert!(done, "{place}");
                break;
            }
            deaths += 1;
        }
        assert!(deaths > 10, "“{text}”: only {deaths} statements");
    }
}

#[test]
fn stopped_in_the_middle_of_any_statement() {
    let prepared = tempfile::tempdir().unwrap();
    prepare(prepared.path());
    for (text, expected) in ACTS {
        let stages = stages(prepared.path(), text, expected);
        let mut stopped = 0;
        // Every so many steps of SQLite's machine; a prime, so that no kind of step is passed over each time.
        for at in (1..).step_by(211) {
            let dir = tempfile::tempdir().unwrap();
            copy(prepared.path(), dir.path());
            let mut store = Store::open(dir.path()).unwrap();
            let steps = Arc::new(AtomicUsize::new(0));
            let counted = Arc::clone(&steps);
            let stop = move || counted.fetch_add(1, Ordering::Relaxed) + 1 == at;
            store.connection().progress_handler(1, Some(stop)).unwrap();
            let mut kept = false;
            let outcome = send(&mut store, text, &now(), || kept = true);
            let reached = steps.load(Ordering::Relaxed) >= at;
            store.connection().progress_handler(1, None::<fn() -> bool>).unwrap();
            drop(store);
            let found = dump(dir.path());
            // The last step of a COMMIT is asked for once more when it is through: then it counts.
            let (expected, through) = match (&outcome, kept) {
                (Ok(_), _) => (&stages.done, &stages.done),
                (Err(_), true) => (&stages.kept, &stages.done),
                (Err(_), false) => (&stages.before, &stages.kept),
            };
            assert!(found == *expected || found == *through, "“{text}”, step {at}: {outcome:?}");
            if !reached {
                break;
            }
            stopped += 1;
        }
        assert!(stopped > 2, "“{text}”: stopped {stopped} times");
    }
}

#[test]
fn a_full_disk_at_any_point() {
    let prepared = tempfile::tempdir().unwrap();
    prepare(prepared.path());
    for (text, expected) in ACTS {
        let stages = stages(prepared.path(), text, expected);
        for room in 0.. {
            let dir = tempfile::tempdir().unwrap();
            copy(prepared.path(), dir.path());
            let mut store = Store::open(dir.path()).unwrap();
            let pages: i64 = store.connection().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
            store
                .connection()
                .query_row(&format!("PRAGMA max_page_count = {}", pages + room), [], |row| {
                    row.get::<_, i64>(0)
                })
                .unwrap();
            let mut kept = false;
            let outcome = send(&mut store, text, &now(), || kept = true);
            drop(store);
            let found = dump(dir.path());
            match outcome {
                Ok(_) => {
                    assert!(found == stages.done, "“{text}” with {room} pages");
                    break;
                }
                Err(error) => {
                    assert!(error.to_string().contains("the disk is full"), "{error}");
                    let expected = if kept { &stages.kept } else { &stages.before };
                    assert!(found == *expected, "“{text}” with {room} pages");
                }
            }
        }
    }
}

/// A power cut: of the write-ahead log only a beginning has reached the disk.
#[test]
fn with_only_a_part_of_the_log_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    prepare(dir.path());
    let database = dir.path().join(crate::FILE_NAME);
    let log = dir.path().join(format!("{}-wal", crate::FILE_NAME));
    let mut store = Store::open(dir.path()).unwrap();
    store
        .connection()
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0;")
        .unwrap();
    let base = fs::read(&database).unwrap();
    let state = |log: &[u8]| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(crate::FILE_NAME), &base).unwrap();
        fs::write(dir.path().join(format!("{}-wal", crate::FILE_NAME)), log).unwrap();
        dump(dir.path())
    };
    // What had been acknowledged when the log was so long.
    let mut acknowledged = vec![(0, state(&[]))];
    let mut note = |text: &str, store: &mut Store| {
        let mut lengths = Vec::new();
        send(store, text, &now(), || lengths.push(fs::metadata(&log).unwrap().len() as usize)).unwrap();
        lengths.push(fs::metadata(&log).unwrap().len() as usize);
        let whole = fs::read(&log).unwrap();
        acknowledged.extend(lengths.into_iter().map(|length| (length, state(&whole[..length]))));
    };
    for (text, _) in ACTS.iter().take(6) {
        note(text, &mut store);
    }
    let whole = fs::read(&log).unwrap();
    // A frame is a page and 24 bytes; the log begins with 32 bytes.
    let frames = (whole.len() - 32) / (4096 + 24);
    assert!(frames > 30, "{frames} frames");
    for frame in 0..=frames {
        for torn in [0, 12, 2000] {
            let length = (32 + frame * (4096 + 24) + torn).min(whole.len());
            let found = state(&whole[..length]);
            let last = acknowledged.iter().rfind(|(needed, _)| *needed <= length).unwrap();
            let next = acknowledged.iter().find(|(needed, _)| *needed > length);
            let fits = found == last.1 || next.is_some_and(|(_, next)| found == *next);
            assert!(fits, "of {frames} frames {frame} and {torn} bytes: neither before nor after an act");
        }
    }
}
