//! How long a reply takes after the analysis, with 100,000 messages of history.
//!
//! `cargo bench --no-default-features --bench history`: each measurement is the time of [`Assistant::send`], with
//! its two commits to the disk, less that of the analysis of the same message.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{SignedDuration, ZonedDateTime};
use rusqlite::{Connection, params};
use sotto::{Assistant, FILE_NAME, Nlu, Store};

const MESSAGES: i64 = 100_000;

/// What is said, and what it makes the store do.
const SAID: [(&str, &str); 10] = [
    ("act", "set a pasta timer for 10 minutes"),
    ("list", "add milk and eggs to the shopping list"),
    ("sum", "what is 15% of 240"),
    ("words, found often", "what did I say about the garden"),
    ("words, found once", "what did I say about the heliotrope"),
    ("meaning", "what did I say about gardening tools"),
    ("last", "when did I last mention the garden"),
    ("count", "how often did I mention the garden"),
    ("day", "how was my day"),
    ("year", "how was this year"),
];

fn replies(criterion: &mut Criterion) {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/squeezebert");
    let dir = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let nlu = Nlu::load(&pack).unwrap_or_else(|error| panic!("{error}"));
    let assistant = Assistant::new(Store::open(dir.path()).unwrap_or_else(|error| panic!("{error}")));
    let mut now: ZonedDateTime =
        "2026-11-23T10:00:00+01:00[Europe/Berlin]".parse().unwrap_or_else(|error| panic!("{error}"));
    assistant.install(Nlu::load(&pack), &now).unwrap_or_else(|error| panic!("{error}"));
    let conversation = assistant.new_conversation(&now).unwrap_or_else(|error| panic!("{error}")).id;
    assistant.send(conversation, "hello", &now).unwrap_or_else(|error| panic!("{error}"));
    fill(&dir.path().join(FILE_NAME), conversation, &now).unwrap_or_else(|error| panic!("{error}"));

    let mut group = criterion.benchmark_group("reply after the analysis, 100,000 messages");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for (name, text) in SAID {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let mut spent = Duration::ZERO;
                for _ in 0..times {
                    now = now
                        .checked_add(SignedDuration::from_secs(1))
                        .unwrap_or_else(|error| panic!("{error}"));
                    let started = Instant::now();
                    black_box(nlu.analyze(text, &now)).unwrap_or_else(|error| panic!("{error}"));
                    let analysed = started.elapsed();
                    black_box(assistant.send(conversation, text, &now))
                        .unwrap_or_else(|error| panic!("{error}"));
                    spent += started.elapsed().saturating_sub(analysed * 2);
                }
                spent
            });
        });
    }
    group.finish();
}

/// Three years of messages, half of them the user's, each with an analysis and a meaning.
fn fill(file: &Path, conversation: i64, now: &ZonedDateTime) -> rusqlite::Result<()> {
    let mut connection = Connection::open(file)?;
    let (model, length): (String, usize) =
        connection.query_row("SELECT model, length(vector) FROM embedding LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? as usize))
        })?;
    let change = connection.transaction()?;
    let mut state = 1_u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let end = now.timestamp().as_millisecond() - 60_000;
    let step = 3 * 365 * 86_400_000 / MESSAGES;
    for at in 0..MESSAGES {
        let words = 4 + random() % 12;
        let mut text: Vec<String> = (0..words).map(|_| word(random(), random())).collect();
        if at == MESSAGES / 2 {
            text.push("heliotrope".to_owned());
        }
        let source = if at % 2 == 0 { "typed" } else { "assistant" };
        let speaker = if at % 2 == 0 { "user" } else { "assistant" };
        change
            .prepare_cached(
                "INSERT INTO message (conversation, speaker, time, source, text) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![conversation, speaker, end - (MESSAGES - at) * step, source, text.join(" ")])?;
        if at % 2 != 0 {
            continue;
        }
        let id = change.last_insert_rowid();
        let feeling = ["negative", "neutral", "neutral", "positive"][(random() % 4) as usize];
        change
            .prepare_cached(
                "INSERT INTO analysis (message, intent, intent_confidence, intent_ranking, act, act_confidence,
                                       sentiment, sentiment_confidence, sentiment_negative, sentiment_neutral,
                                       sentiment_positive, model_name, model_version)
                 VALUES (?1, 'out_of_scope', 0.9, '[]', 'inform', 0.9, ?2, 0.9, 0.1, 0.8, 0.1, 'm', '1')",
            )?
            .execute(params![id, feeling])?;
        let vector: Vec<u8> = (0..length).map(|_| random() as u8).collect();
        change
            .prepare_cached("INSERT INTO embedding (message, model, vector) VALUES (?1, ?2, ?3)")?
            .execute(params![id, model, vector])?;
    }
    change.commit()?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

/// A word, the earlier ones more often: one in some hundred is "garden".
fn word(a: u64, b: u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "xa", "zu"];
    let rank = (a % 4_000) * (b % 4_000) / 4_000;
    if rank == 7 {
        return "garden".to_owned();
    }
    let syllable = |at: u64| SYLLABLES[(rank >> (at * 4) & 15) as usize];
    [0, 1, 2].map(syllable).concat()
}

criterion_group!(benches, replies);
criterion_main!(benches);
