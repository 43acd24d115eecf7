//! Searching among a million messages: how long the first page takes.
//!
//! `cargo bench --no-default-features --bench search` makes the store in `target/bench-search` once, some minutes, and
//! prints the median and the slowest of 21 searches for each query. `SOTTO_MESSAGES` sets another size.
//!
//! The texts are words of the model's vocabulary, as frequent as words of English are: the n-th with a share of 1/n.

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::ZonedDateTime;
use sotto::{
    Analysis, Assistant, Draft, Embedding, Entity, Label, ModelVersion, Nlu, Order, Polarity, Sentiment,
    SentimentScores, Source, Store, TagSource,
};

const ROUNDS: usize = 21;
const BATCH: u64 = 20_000;
const PEOPLE: [&str; 8] = ["Anna", "Omar", "Marie", "Björn", "Chen", "Zoë", "Ravi", "Ingeborg"];
const INTENTS: [&str; 12] = [
    "out_of_scope",
    "weather",
    "reminder_update",
    "timer",
    "play_music",
    "alarm",
    "calculator",
    "translate",
    "todo_list",
    "calendar",
    "definition",
    "oil_change_how",
];
const ACTS: [&str; 5] = ["inform", "question", "request", "opinion", "apology"];

/// Queries: what common and rare words, tags and people come to.
const QUERIES: [(&str, Order); 28] = [
    ("the ", Order::Newest),
    ("house ", Order::Newest),
    ("boiler ", Order::Newest),
    ("zebra ", Order::Newest),
    ("boiler", Order::Newest),
    ("boi*", Order::Newest),
    ("th* ", Order::Newest),
    ("in the house ", Order::Newest),
    ("\"in the\" ", Order::Newest),
    ("\"boiler room\" ", Order::Newest),
    ("boiler -house ", Order::Newest),
    ("nowhereatall ", Order::Newest),
    ("intent:weather ", Order::Newest),
    ("intent:oil_change_how ", Order::Newest),
    ("sentiment:negative act:question ", Order::Newest),
    ("person:Ingeborg ", Order::Newest),
    ("person:Zoe sentiment:negative boiler ", Order::Newest),
    ("entity:person after:2026-06 ", Order::Newest),
    ("from:Omar boiler before:2020 ", Order::Newest),
    ("in:7 ", Order::Newest),
    ("in:7 house ", Order::Newest),
    ("on:2019-05-01 ", Order::Newest),
    ("boiler ", Order::Best),
    ("the house ", Order::Best),
    ("the heating is broken", Order::Similar),
    ("the heating is broken in:7", Order::Similar),
    ("the heating is broken from:Omar", Order::Similar),
    ("the heating is broken hour:9-17", Order::Similar),
];

fn main() {
    let messages: u64 =
        std::env::var("SOTTO_MESSAGES").ok().and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("target/bench-search/{messages}"));
    let store = Store::open(&dir).unwrap_or_else(|error| panic!("{error}"));
    let nlu = Nlu::load(&pack()).unwrap_or_else(|error| panic!("{error}"));
    let like = nlu.embedding_of("like this").unwrap_or_else(|error| panic!("{error}"));
    let store = if dir.join("whole").exists() { store } else { fill(store, messages, &dir, &like) };
    let assistant = Assistant::new(store);
    let now: ZonedDateTime = "2026-11-25T10:00[UTC]".parse().unwrap_or_else(|error| panic!("{error}"));

    assistant.install(Ok(nlu), &now).unwrap_or_else(|error| panic!("{error}"));

    println!("{messages} messages, {} MB", size(&dir) / 1_000_000);
    println!("{:>9} {:>9} {:>9}  query", "median ms", "worst ms", "found");
    for (query, order) in QUERIES {
        let mut times = Vec::new();
        let mut total = None;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let found = assistant
                .search(query, order, None, 30, &now)
                .unwrap_or_else(|error| panic!("{query}: {error}"));
            times.push(start.elapsed().as_secs_f64() * 1e3);
            total = found.total.or(if found.hits.len() < 30 { Some(found.hits.len() as u64) } else { None });
        }
        times.sort_by(f64::total_cmp);
        let total = total.map_or_else(|| "many".to_owned(), |total| total.to_string());
        let best = match order {
            Order::Best => " (best first)",
            Order::Similar => " (similar in meaning)",
            Order::Newest => "",
        };
        println!("{:>9.1} {:>9.1} {total:>9}  {query}{best}", times[ROUNDS / 2], times[ROUNDS - 1]);
    }
    let start = Instant::now();
    let insight = assistant.insight("", &now).unwrap_or_else(|error| panic!("{error}"));
    println!("insight over all {} messages: {:.2} s", insight.messages, start.elapsed().as_secs_f64());
}

fn size(dir: &Path) -> u64 {
    let files = std::fs::read_dir(dir).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|data| data.len()).sum()
}

fn pack() -> PathBuf {
    std::env::var_os("SOTTO_MODEL_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("models/squeezebert"), PathBuf::from)
}

/// The words of the vocabulary, the most frequent first.
fn words() -> Vec<String> {
    let text =
        std::fs::read_to_string(pack().join("tokenizer.json")).unwrap_or_else(|error| panic!("{error}"));
    let tokenizer: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let mut words: Vec<(u64, String)> = tokenizer["model"]["vocab"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(word, _)| word.bytes().all(|letter| letter.is_ascii_lowercase()))
        .map(|(word, id)| (id.as_u64().unwrap_or_default(), word.clone()))
        .collect();
    words.sort();
    words.into_iter().map(|(_, word)| word).collect()
}

/// Randomness that is the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: usize) -> usize {
        (self.roll() * count as f64) as usize
    }

    /// The n-th of `count` with a share of 1/n.
    fn frequent(&mut self, count: usize) -> usize {
        ((count as f64).powf(self.roll()) as usize - 1).min(count - 1)
    }
}

fn fill(mut store: Store, messages: u64, dir: &Path, like: &Embedding) -> Store {
    let words = words();
    assert!(words.len() > 10_000, "the model pack has no vocabulary");
    let mut dice = Dice(7);
    let start = Instant::now();
    let (first, last) = (1_500_000_000_000_i64, 1_764_000_000_000_i64);
    let step = (last - first) / messages.max(1) as i64;
    let mut names: Vec<(i64, &str)> = Vec::new();
    let conversations = 200;
    for batch in (0..messages).step_by(BATCH as usize) {
        store
            .import(|into| {
                for number in batch..messages.min(batch + BATCH) {
                    // One conversation is much longer than the others.
                    let place = if dice.roll() < 0.2 { 6 } else { dice.below(conversations) };
                    let origin = (place as u128).to_le_bytes();
                    let conversation = into.conversation(&origin, &format!("Chat {place}"), first)?;
                    let speaker = PEOPLE[dice.frequent(PEOPLE.len())];
                    let length = 3 + dice.frequent(40);
                    let mut text: Vec<&str> =
                        (0..length).map(|_| words[dice.frequent(words.len())].as_str()).collect();
                    let named = (dice.roll() < 0.15).then(|| PEOPLE[dice.frequent(PEOPLE.len())]);
                    if let Some(name) = named {
                        text[0] = name;
                        names.push((number as i64 + 1, name));
                    }
                    let text = text.join(" ");
                    let time = first + step * number as i64;
                    let draft = Draft { conversation, speaker, time, source: Source::Imported, text: &text };
                    into.message(draft, &(u128::from(number) << 64 | 1).to_le_bytes(), None, None)?;
                }
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    }
    println!("{messages} messages stored in {:.0} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let mut names = names.into_iter().peekable();
    for batch in (0..messages).step_by(BATCH as usize) {
        let analyses: Vec<_> = (batch..messages.min(batch + BATCH))
            .map(|number| {
                let id = number as i64 + 1;
                let name = names.next_if(|(message, _)| *message == id).map(|(_, name)| name);
                (id, analysis(&mut dice, name), meaning(&mut dice, like))
            })
            .collect();
        store.add_analyses(&analyses).unwrap_or_else(|error| panic!("{error}"));
    }
    println!("and tagged in {:.0} s", start.elapsed().as_secs_f64());
    std::fs::write(dir.join("whole"), "").unwrap_or_else(|error| panic!("{error}"));
    store
}

fn analysis(dice: &mut Dice, name: Option<&str>) -> Analysis {
    let label = |name: &str, confidence| Label { name: name.to_owned(), confidence };
    // The rarest intent is one in ten thousand.
    let rare = dice.roll() < 1e-4;
    let intent = if rare { INTENTS[INTENTS.len() - 1] } else { INTENTS[dice.frequent(INTENTS.len() - 1)] };
    let feeling = [Polarity::Neutral, Polarity::Positive, Polarity::Negative][dice.frequent(3)];
    let entities = name.map(|name| Entity {
        start: 0,
        end: name.chars().count(),
        text: name.to_owned(),
        entity: "person".to_owned(),
        confidence: 0.9,
        value: name.to_owned(),
        source: TagSource::Model,
    });
    Analysis {
        intent: label(intent, 0.9),
        intent_ranking: vec![label(intent, 0.9)],
        act: label(ACTS[dice.frequent(ACTS.len())], 0.8),
        sentiment: Sentiment {
            name: feeling,
            confidence: 0.8,
            scores: SentimentScores { negative: 0.1, neutral: 0.8, positive: 0.1 },
        },
        entities: entities.into_iter().collect(),
        model: ModelVersion { name: "bench".to_owned(), version: "1".to_owned() },
    }
}

/// Any direction of those that the model gives.
fn meaning(dice: &mut Dice, like: &Embedding) -> Embedding {
    let vector = like.vector.iter().map(|_| dice.roll() as f32 - 0.5).collect();
    Embedding { vector, ..like.clone() }
}
