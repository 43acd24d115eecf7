//! Finding and counting on real files, one way of asking against another.

use jiff::ZonedDateTime;
use proptest::prelude::*;

use super::*;
use crate::insight::{Activity, Count, Mood, Step};
use crate::query::{Order, Query};
use crate::store::search::WALK;
use crate::{Entity, Label, ModelVersion, Polarity, Sentiment, SentimentScores, TagSource};

fn now() -> ZonedDateTime {
    "2026-11-25T10:00[Europe/Berlin]".parse().unwrap()
}

fn query(text: &str) -> Query {
    Query::parse(text, &now()).unwrap()
}

fn moment(text: &str) -> i64 {
    let local: jiff::civil::DateTime = text.parse().unwrap();
    local.to_zoned_datetime(now().time_zone().clone()).unwrap().timestamp().as_millisecond()
}

fn analysis(intent: &str, act: &str, sentiment: Polarity, names: &[(&str, &str)]) -> Analysis {
    let label = |name: &str| Label { name: name.into(), confidence: 0.75 };
    let entities = names.iter().enumerate().map(|(at, (kind, text))| Entity {
        start: at,
        end: at + 1,
        text: (*text).into(),
        entity: (*kind).into(),
        confidence: 0.9,
        value: (*text).into(),
        source: TagSource::Model,
    });
    Analysis {
        intent: label(intent),
        intent_ranking: vec![label(intent)],
        act: label(act),
        sentiment: Sentiment {
            name: sentiment,
            confidence: 0.8,
            scores: SentimentScores { negative: 0.1, neutral: 0.8, positive: 0.1 },
        },
        entities: entities.collect(),
        model: ModelVersion { name: "m".into(), version: "1".into() },
    }
}

/// Two conversations, of the user and of a log.
fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path()).unwrap();
    let home = store.create_conversation("Kitchen and boiler", 0).unwrap().id;
    let chat = store.create_conversation("Chat mit Zoë", 0).unwrap().id;
    let mut say = |conversation, speaker, time, source, text, analysis: Option<Analysis>| {
        let draft = Draft { conversation, speaker, time: moment(time), source, text };
        let message = store.add_message(draft).unwrap();
        if let Some(analysis) = analysis {
            store.add_analysis(message.id, &analysis).unwrap();
        }
    };
    let (negative, neutral, positive) = (Polarity::Negative, Polarity::Neutral, Polarity::Positive);
    let (typed, imported) = (Source::Typed, Source::Imported);
    let broken = analysis("out_of_scope", "inform", negative, &[]);
    say(home, "user", "2026-11-20T08:10", typed, "The boiler is BROKEN", Some(broken));
    say(home, "assistant", "2026-11-20T08:10", Source::Assistant, "Noted: the boiler.", None);
    let call = analysis("reminder_update", "request", neutral, &[("person", "Anna"), ("location", "Köln")]);
    say(home, "user", "2026-11-24T21:00", typed, "Remind me to call Anna in Köln", Some(call));
    let met = analysis("out_of_scope", "inform", positive, &[("person", "Anna Maria")]);
    say(chat, "Zoë", "2025-12-24T18:03", imported, "I met Anna Maria at the café", Some(met));
    say(chat, "Omar", "2025-12-24T18:04", imported, "ok 🎄", None);
    let tokyo = analysis("travel", "question", positive, &[("location", "東京")]);
    say(chat, "Zoë", "2025-12-25T09:00", imported, "私は東京に行く", Some(tokyo));
    (dir, store)
}

fn found(store: &Store, text: &str, order: Order) -> Vec<String> {
    let page = store.find(&query(text), order, None, None, 100).unwrap();
    page.messages.into_iter().map(|message| message.text).collect()
}

fn newest(store: &Store, text: &str) -> Vec<String> {
    found(store, text, Order::Newest)
}

const BROKEN: &str = "The boiler is BROKEN";
const NOTED: &str = "Noted: the boiler.";
const CALL: &str = "Remind me to call Anna in Köln";
const MET: &str = "I met Anna Maria at the café";
const OK: &str = "ok 🎄";
const TOKYO: &str = "私は東京に行く";

#[test]
fn every_kind_of_term_finds_what_it_says() {
    let (_dir, store) = store();
    for (text, expected) in [
        ("", vec![CALL, NOTED, BROKEN, TOKYO, OK, MET]),
        ("boiler", vec![NOTED, BROKEN]),
        ("BOIL*", vec![NOTED, BROKEN]),
        ("cafe", vec![MET]),
        ("\"the boiler\" ", vec![NOTED, BROKEN]),
        ("\"boiler the\" ", vec![]),
        ("boiler -broken ", vec![NOTED]),
        ("東京", vec![TOKYO]),
        ("🎄", vec![OK]),
        ("intent:reminder_update", vec![CALL]),
        ("intent:reminder*", vec![CALL]),
        ("intent:travel,reminder*", vec![CALL, TOKYO]),
        ("-intent:out_of_scope", vec![CALL, NOTED, TOKYO, OK]),
        ("act:question", vec![TOKYO]),
        ("sentiment:negative", vec![BROKEN]),
        ("entity:location", vec![CALL, TOKYO]),
        ("person:Anna", vec![CALL, MET]),
        ("person:\"anna maria\"", vec![MET]),
        ("person:=anna", vec![CALL]),
        ("from:=Omar", vec![OK]),
        ("from:=Oma", vec![]),
        ("place:koln", vec![CALL]),
        ("place:東京", vec![TOKYO]),
        ("-entity:person boiler*", vec![NOTED, BROKEN]),
        ("from:me", vec![CALL, BROKEN]),
        ("from:sotto", vec![NOTED]),
        ("from:zoe", vec![TOKYO, MET]),
        ("from:nobody", vec![]),
        ("in:1 anna", vec![CALL]),
        ("id:3,5-99", vec![CALL, TOKYO, OK]),
        ("-id:2-6", vec![BROKEN]),
        ("in:zoe", vec![TOKYO, OK, MET]),
        ("before:2026", vec![TOKYO, OK, MET]),
        ("after:2026-11-24", vec![CALL]),
        ("on:2025-12-24", vec![OK, MET]),
        ("on:yesterday", vec![CALL]),
        ("-on:2025-12-24 in:2", vec![TOKYO]),
        ("hour:8", vec![NOTED, BROKEN]),
        ("weekday:fri", vec![NOTED, BROKEN]),
        ("confidence:>0.7 person:anna", vec![CALL, MET]),
        ("confidence:<0.7", vec![]),
        ("is:imported", vec![TOKYO, OK, MET]),
        ("is:tagged from:omar,me", vec![CALL, BROKEN]),
    ] {
        assert_eq!(newest(&store, text), expected, "{text}");
        assert_eq!(store.count_found(&query(text)).unwrap(), expected.len() as u64, "{text}");
        let mut all = Vec::new();
        store
            .each_found(&query(text), None, |message| {
                all.push(message.text);
                Ok(())
            })
            .unwrap();
        all.sort();
        let mut expected: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
        expected.sort();
        assert_eq!(all, expected, "{text}");
    }
}

#[test]
fn the_best_fit_comes_first() {
    let (_dir, mut store) = store();
    let long = format!("boiler {}", "and other things ".repeat(40));
    let last = Draft {
        conversation: 1,
        speaker: "user",
        time: moment("2026-11-25T09:00"),
        source: Source::Typed,
        text: &long,
    };
    store.add_message(last).unwrap();
    assert_eq!(newest(&store, "boiler")[0], long);
    assert_eq!(found(&store, "boiler", Order::Best)[2], long);
}

#[test]
fn what_means_the_same_is_found_by_its_direction() {
    let (_dir, mut store) = store();
    let meaning = |a: f32, b: f32| Embedding { model: "m 1".into(), vector: vec![a, b] };
    let of = |text: &str, store: &Store| {
        store.find(&query(text), Order::Newest, None, None, 1).unwrap().messages[0].id
    };
    let rows: Vec<_> = [("broken", 1.0, 0.1), ("remind*", 0.6, 0.6), ("cafe", 0.0, 1.0)]
        .iter()
        .map(|(text, a, b)| {
            let id = of(text, &store);
            let analysis =
                store.find(&query(text), Order::Newest, None, None, 1).unwrap().messages[0].analysis.clone();
            (id, analysis.unwrap(), meaning(*a, *b))
        })
        .collect();
    store.add_analyses(&rows).unwrap();
    let like = |text: &str| {
        let page = store.find(&query(text), Order::Similar, Some(&meaning(1.0, 0.0)), None, 2).unwrap();
        page.messages.into_iter().map(|message| message.text).collect::<Vec<_>>()
    };
    assert_eq!(like("heating"), [BROKEN, CALL], "the words themselves need not be there");
    assert_eq!(like("heating from:zoe"), [MET]);
}

#[test]
fn the_nearest_in_meaning_are_found_wherever_they_stand() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path()).unwrap();
    let conversation = store.create_conversation("long", 0).unwrap().id;
    let mut state = 7_u64;
    let mut roll = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 24) as f32 - 0.5
    };
    let directions: Vec<Vec<f32>> = (0..3_001).map(|_| (0..64).map(|_| roll()).collect()).collect();
    let (wanted, directions) = directions.split_last().unwrap();
    let meaning = |vector: &Vec<f32>| Embedding { model: "m 1".into(), vector: vector.clone() };
    store
        .change(|change| {
            for (number, vector) in directions.iter().enumerate() {
                let speaker = if number % 3 == 0 { "Anna" } else { "Omar" };
                let draft = Draft { conversation, speaker, time: 0, source: Source::Imported, text: "x" };
                let id = insert_message(change, draft, None)?.id;
                insert_embedding(change, id, &meaning(vector))?;
            }
            Ok(())
        })
        .unwrap();
    let cosine = |a: &[f32]| {
        let dot: f32 = a.iter().zip(wanted).map(|(a, b)| a * b).sum();
        dot / a.iter().map(|x| x * x).sum::<f32>().sqrt()
    };
    for (text, step) in [("x", 1), ("x from:anna", 3)] {
        let mut expected: Vec<usize> = (0..directions.len()).step_by(step).collect();
        expected.sort_by(|a, b| cosine(&directions[*b]).total_cmp(&cosine(&directions[*a])));
        let page = store.find(&query(text), Order::Similar, Some(&meaning(wanted)), None, 10).unwrap();
        let found: Vec<usize> = page.messages.iter().map(|message| message.id as usize - 1).collect();
        assert_eq!(found[..5], expected[..5], "{text}");
    }
}

#[test]
fn pages_hold_every_message_once_whichever_way_they_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path()).unwrap();
    let conversation = store.create_conversation("long", 0).unwrap().id;
    let count = WALK + 500;
    store
        .change(|change| {
            for number in 0..count {
                // Many at the same time, and stored in another order than said.
                let time = (number * 7919 % count) / 3;
                let text = format!(
                    "word{} even{} {}",
                    number % 2,
                    number % 2,
                    if number % 900 == 0 { "rare" } else { "" }
                );
                insert_message(
                    change,
                    Draft { conversation, speaker: "Anna", time, source: Source::Imported, text: &text },
                    None,
                )?;
            }
            Ok(())
        })
        .unwrap();
    let rare = (count + 899) / 900;
    for (text, order, expected) in [
        ("word0 ", Order::Newest, count / 2),
        ("rare ", Order::Newest, rare),
        ("word0 rare ", Order::Best, rare),
        ("-word0 -rare ", Order::Newest, count / 2),
        ("-word0 -word1 ", Order::Newest, 0),
    ] {
        let (mut ids, mut times, mut after) = (Vec::new(), Vec::new(), None);
        loop {
            let page = store.find(&query(text), order, None, after, 97).unwrap();
            ids.extend(page.messages.iter().map(|message| message.id));
            times.extend(page.messages.iter().map(|message| message.time));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(ids.len() as i64, expected, "{text}");
        if order == Order::Newest {
            assert!(times.is_sorted_by(|a, b| a >= b), "{text}");
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len() as i64, expected, "{text}");
    }
    let page = store.find(&query("rare "), Order::Newest, None, None, 50).unwrap();
    assert_eq!(page.total, Some(rare as u64));
}

#[test]
fn what_is_written_here_is_seen_beside_and_nothing_is_written_there() {
    let (_dir, mut store) = store();
    let mut beside = store.beside().unwrap();
    assert_eq!(newest(&beside, "boiler").len(), 2);
    store
        .add_message(Draft {
            conversation: 1,
            speaker: "user",
            time: 1,
            source: Source::Typed,
            text: "boiler",
        })
        .unwrap();
    assert_eq!(newest(&beside, "boiler").len(), 3);
    assert!(beside.create_conversation("no", 0).is_err());
}

#[test]
fn the_numbers_are_those_of_the_messages() {
    let (_dir, store) = store();
    let all = store.insight(&query("")).unwrap();
    assert_eq!((all.messages, all.tagged), (5, 4), "the assistant's own are not counted");
    assert_eq!((all.first, all.last), (Some(moment("2025-12-24T18:03")), Some(moment("2026-11-24T21:00"))));
    let count = |name: &str, count| Count { name: name.into(), count };
    assert_eq!(all.intents, [count("out_of_scope", 2), count("reminder_update", 1), count("travel", 1)]);
    assert_eq!(all.acts, [count("inform", 2), count("question", 1), count("request", 1)]);
    assert_eq!(all.speakers, [count("Zoë", 2), count("user", 2), count("Omar", 1)]);
    let names: Vec<_> =
        all.names.iter().map(|name| (name.kind.as_str(), name.name.as_str(), name.count)).collect();
    assert_eq!(
        names,
        [
            ("person", "Anna", 1),
            ("person", "Anna Maria", 1),
            ("location", "Köln", 1),
            ("location", "東京", 1)
        ]
    );
    assert_eq!(all.step, Step::Week);
    assert_eq!(all.moods.iter().map(|mood| mood.negative + mood.neutral + mood.positive).sum::<u64>(), 4);
    assert_eq!(all.moods.first().unwrap().from, "2025-12-22", "a week begins on Monday");
    assert!(all.moods.len() > 40, "weeks without a message are there");

    let chat = store.insight(&query("in:2")).unwrap();
    assert_eq!((chat.messages, chat.step), (3, Step::Day));
    let eve =
        Mood { from: "2025-12-24".into(), until: "2025-12-25".into(), negative: 0, neutral: 0, positive: 1 };
    assert_eq!(chat.moods[0], eve);
    assert_eq!(chat.activity[1], Activity { weekday: 4, hour: 9, count: 1 });
    assert_eq!(chat.activity[0], Activity { weekday: 3, hour: 18, count: 2 });

    let none = store.insight(&query("nothing_such ")).unwrap();
    assert_eq!((none.messages, none.first, none.moods.len()), (0, None, 0));
}

#[test]
fn each_number_leads_to_as_many_messages() {
    let (_dir, store) = store();
    let all = store.insight(&query("")).unwrap();
    for each in &all.intents {
        assert_eq!(newest(&store, &format!("intent:{}", each.name)).len() as u64, each.count, "{each:?}");
    }
    for each in &all.names {
        let text = format!("{}:=\"{}\"", each.kind, each.name);
        assert_eq!(newest(&store, &text).len() as u64, each.count, "{text}");
    }
    for each in &all.activity {
        let day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][each.weekday as usize - 1];
        let text = format!("weekday:{day} hour:{} -from:sotto", each.hour);
        assert_eq!(newest(&store, &text).len() as u64, each.count, "{text}");
    }
    for each in &all.moods {
        let text = format!("sentiment:positive after:{} before:{}", each.from, each.until);
        assert_eq!(newest(&store, &text).len() as u64, each.positive, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The index and the walk see the same words.
    #[test]
    fn the_index_and_the_text_agree(
        texts in prop::collection::vec("[a-cA-C éÉ'.🌿東-]{0,12}", 1..12),
        looked_for in "[a-c é'🌿東\"*-]{1,6}",
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path()).unwrap();
        let conversation = store.create_conversation("t", 0).unwrap().id;
        for text in &texts {
            store.add_message(Draft { conversation, speaker: "x", time: 0, source: Source::Typed, text }).unwrap();
        }
        let walked = newest(&store, &looked_for).len() as u64;
        prop_assert_eq!(store.count_found(&query(&looked_for)).unwrap(), walked, "{}", looked_for);
    }
}
