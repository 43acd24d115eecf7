//! Understanding, end to end with the pack of this repository: golden outputs, offsets, threads, broken packs.

use std::path::Path;
use std::time::Instant;

use proptest::prelude::*;
use prost::Message;
use serde::Deserialize;
use sotto::{Analysis, Code, Engine, Nlu, Pack, Polarity, TagSource};
use tract_onnx::pb::{GraphProto, ModelProto, TensorProto};

use crate::setting::{nlu, now, pack};

fn analyze(text: &str) -> Analysis {
    let analysis = nlu().analyze(text, &now()).unwrap();
    check(text, &analysis);
    analysis
}

/// What holds for every text.
fn check(text: &str, analysis: &Analysis) {
    let points: Vec<char> = text.chars().collect();
    let mut at = 0;
    for entity in &analysis.entities {
        assert!(entity.start >= at && entity.end > entity.start, "{entity:?} in {text:?}");
        assert_eq!(points[entity.start..entity.end].iter().collect::<String>(), entity.text);
        assert!((0.0..=1.0).contains(&entity.confidence), "{entity:?}");
        assert!(entity.source == TagSource::Model || entity.confidence == 1.0);
        at = entity.end;
    }
    let probability = |p: f32| (0.0..=1.0).contains(&p);
    assert!(probability(analysis.intent.confidence) && probability(analysis.act.confidence));
    assert!(nlu().pack().intent.head.labels.contains(&analysis.intent.name));
    assert!(nlu().pack().act.labels.contains(&analysis.act.name));
    assert!(analysis.intent_ranking.is_sorted_by(|a, b| a.confidence >= b.confidence));
    assert!(!analysis.intent_ranking.is_empty() && analysis.intent_ranking.len() <= 5);
    let scores = analysis.sentiment.scores;
    let sum = scores.negative + scores.neutral + scores.positive;
    assert!((sum - 1.0).abs() < 1e-5, "{scores:?}");
    assert_eq!(analysis.model, nlu().version());
}

#[derive(Deserialize)]
struct Golden {
    text: String,
    input_ids: Vec<u32>,
    intent_logits: Vec<f32>,
    act_logits: Vec<f32>,
    sentiment_logits: Vec<f32>,
    entity_logits: Vec<Vec<f32>>,
    embedding: Vec<f32>,
    request_logits: Vec<f32>,
    slot_logits: Vec<Vec<f32>>,
}

/// With its weights as they came, the model computes what PyTorch computed when it was exported.
#[test]
fn outputs_are_those_of_pytorch() {
    let exact = Nlu::load_on(&pack(), Engine::best(false)).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/parity.json");
    let golden: Vec<Golden> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert!(golden.len() >= 50);
    // The last heads read 1,536 numbers a token, where the others read 384.
    let mut furthest = [0f32; 2];
    for row in golden {
        let Golden { text, input_ids, intent_logits, act_logits, sentiment_logits, entity_logits, .. } = row;
        assert_eq!(nlu().token_ids(&text).unwrap(), input_ids, "{text}");
        let outputs = exact.outputs(&input_ids).unwrap();
        let requested = exact.request_outputs(&input_ids).unwrap().unwrap();
        for (which, ours, theirs) in [
            (0, &outputs.intent, &intent_logits),
            (0, &outputs.act, &act_logits),
            (0, &outputs.sentiment, &sentiment_logits),
            (0, &outputs.entity, &entity_logits.concat()),
            (0, &outputs.embedding, &row.embedding),
            (1, &requested.request, &row.request_logits),
            (1, &requested.slot, &row.slot_logits.concat()),
        ] {
            assert_eq!(ours.len(), theirs.len(), "{text}");
            let apart = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs());
            furthest[which] = apart.fold(furthest[which], f32::max);
        }
    }
    println!("greatest difference to PyTorch: {furthest:?}");
    assert!(furthest[0] <= 1e-4 && furthest[1] <= 2e-4, "{furthest:?}");
}

#[test]
fn rules_and_model_make_one_list() {
    let analysis = analyze("remind me to call Anna in Berlin tomorrow at 9");
    let last = analysis.entities.last().unwrap();
    assert_eq!((last.start, last.end, last.text.as_str()), (33, 46, "tomorrow at 9"));
    assert_eq!((last.entity.as_str(), last.value.as_str()), ("datetime", "2026-11-24T09:00:00+01:00"));
    assert_eq!((last.confidence, last.source), (1.0, TagSource::Rule));
}

#[test]
fn what_says_nothing_is_out_of_scope() {
    for text in ["", " ", "\n\t\r\n", "\0", "\u{200b}\u{feff}", "\u{7}\0\u{1b}"] {
        let analysis = analyze(text);
        assert_eq!(analysis.intent.name, nlu().pack().intent.out_of_scope, "{text:?}");
        assert_eq!((analysis.entities.len(), analysis.sentiment.name), (0, Polarity::Neutral));
        assert_eq!(nlu().embed(text).unwrap().len(), nlu().embed("some text").unwrap().len());
    }
}

#[test]
fn offsets_are_code_points_of_the_text_as_it_came() {
    for text in [
        "👩‍👩‍👧‍👦 met 🇩🇪 Zoe\u{308} at 5pm in Sa\u{303}o Paulo 👍🏽 tomorrow",
        "مرحبا call me غدا at 10:30 שלום",
        "日本語で tomorrow 한국어 안녕 3 cats 五月",
        "a\0b\rtomorrow\r\n at\u{a0}9\u{2028}mail me@example.org\u{7f}",
        "İstanbul ﬁfty ½ ǅ ß ẞ 5€ Å Å 10%",
        "e\u{301}\u{302}\u{303}\u{304} tomorrow\u{301} x\u{200d}y",
        "\u{301}tomorrow \u{fe0f}today",
    ] {
        let analysis = analyze(text);
        assert!(
            analysis.entities.iter().any(|entity| entity.source == TagSource::Rule),
            "{text:?}: {analysis:?}"
        );
    }
}

#[test]
fn special_tokens_are_text_when_typed() {
    let ids = nlu().token_ids("[SEP] [CLS] [PAD] [MASK]").unwrap();
    let [first, inner @ .., last] = ids.as_slice() else { panic!("{ids:?}") };
    assert!(!inner.contains(first) && !inner.contains(last) && !inner.contains(&0));
}

/// Long texts are read to the end, and in time that grows with their length alone.
#[test]
fn a_hundred_kilobytes_of_anything() {
    let sentence = "Please remind me to call Anna in Berlin, because she is waiting. ";
    let mut long = sentence.repeat(1_500);
    long.push_str("tomorrow at 9");
    let analysis = analyze(&long);
    assert_eq!(analysis.entities.last().unwrap().value, "2026-11-24T09:00:00+01:00");
    // Of what makes many tokens one is enough, above: most of the time is the model's.
    for piece in ["x", "😀", "👩‍👩‍👧‍👦", "e\u{301}", "ا", "\0", "\r", "7", "x\0"] {
        let started = Instant::now();
        let text = piece.repeat(100_000 / piece.len());
        analyze(&text);
        println!("{piece:?}: {:.1} s", started.elapsed().as_secs_f32());
    }
}

#[test]
fn an_embedding_has_length_one_and_means_the_same_everywhere() {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    let short = nlu().embed("set a timer for ten minutes").unwrap();
    let long = nlu().embed(&"set a timer for ten minutes. ".repeat(60)).unwrap();
    assert!((dot(&short, &short) - 1.0).abs() < 1e-5 && (dot(&long, &long) - 1.0).abs() < 1e-5);
}

#[test]
fn all_threads_agree() {
    let texts: Vec<String> =
        (1..40).map(|n| "what is the weather in Berlin at 5pm, Anna? ".repeat(n % 13)).collect();
    let alone: Vec<Analysis> = texts.iter().map(|text| analyze(text)).collect();
    std::thread::scope(|scope| {
        for start in 0..4 {
            let (texts, alone) = (&texts, &alone);
            scope.spawn(move || {
                for n in 0..texts.len() {
                    let n = (n + start * 7) % texts.len();
                    assert_eq!(analyze(&texts[n]), alone[n]);
                }
            });
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_an_analysis(text in any_text()) {
        analyze(&text);
    }
}

/// Arbitrary Unicode, mixed with what rules and tokenizer treat in their own way.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        3 => any::<String>(),
        2 => "[a-zA-Z]{1,8}",
        1 => "[0-9.,:/+-]{1,12}",
        4 => prop::sample::select(vec![
            " ", "\n", "\r", "\0", "\u{301}", "\u{200d}", "\u{fe0f}", "👩‍🚀", "漢字", "안녕", "שלום", "tomorrow at 9", "next friday", "at ",
            "$5", "5 %", "€", "me@example.org", "https://example.org/a(b)", "+49 170 1234567", "twenty five", "hundred", "half past ",
            "in 2 hours", "and a half", "2026-11-24", "T09:00", "3rd", "may ", "3 may", "-", ".", "@", "İ", "ﬁ", "½",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

/// A copy of the pack that a test may damage.
fn copy() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in ["labels.json", "model.onnx", "tokenizer.json"] {
        std::fs::copy(pack().join(file), dir.path().join(file)).unwrap();
    }
    dir
}

/// Changes labels.json of the pack in `dir`, and makes the stated sizes those of the files.
fn relabel(dir: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let path = dir.join("labels.json");
    let mut json: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    change(&mut json);
    for file in ["model.onnx", "tokenizer.json"] {
        json["files"][file]["bytes"] = std::fs::metadata(dir.join(file)).unwrap().len().into();
    }
    std::fs::write(path, json.to_string()).unwrap();
}

fn failure(dir: &Path) -> String {
    let error = Nlu::load(dir).map(|_| ()).unwrap_err();
    assert_eq!(error.code(), Code::Pack, "{error}");
    error.to_string()
}

#[test]
fn a_broken_pack_says_what_is_broken() {
    let dir = copy();
    let at = dir.path();
    let model = std::fs::read(at.join("model.onnx")).unwrap();
    std::fs::write(at.join("model.onnx"), &model[..model.len() / 2]).unwrap();
    assert!(failure(at).contains("model.onnx is truncated or of another version"));
    relabel(at, |_| ());
    assert!(failure(at).contains("model.onnx is not a model that Sotto can run"));
    // The outputs of the graph stand last in the file.
    let name = b"act_logits";
    let last = model.windows(name.len()).rposition(|bytes| bytes == name).unwrap();
    let mut unmade = model.clone();
    unmade[last..][..name.len()].copy_from_slice(b"no_logits!");
    std::fs::write(at.join("model.onnx"), unmade).unwrap();
    relabel(at, |_| ());
    assert!(failure(at).contains("nothing makes no_logits!"), "{}", failure(at));
    std::fs::write(at.join("model.onnx"), &model).unwrap();
    relabel(at, |json| {
        json["intent"]["labels"].as_array_mut().unwrap().push("one more".into());
    });
    let sentence = failure(at);
    assert!(sentence.contains("model.onnx does not fit labels.json: intent_logits"), "{sentence}");
    relabel(at, |json| {
        json["intent"]["labels"].as_array_mut().unwrap().pop();
    });
    std::fs::write(at.join("tokenizer.json"), "{}").unwrap();
    relabel(at, |_| ());
    assert!(failure(at).contains("tokenizer.json is not a tokenizer"));
    std::fs::remove_file(at.join("tokenizer.json")).unwrap();
    assert!(failure(at).contains("tokenizer.json cannot be read"));
    assert!(failure(&at.join("nowhere")).contains("there is no model pack at"));
}

/// Makes a change to the graph of the pack in `dir`, and gives what is said about it.
fn failure_with(change: impl FnOnce(&mut GraphProto)) -> String {
    let dir = copy();
    let path = dir.path().join("model.onnx");
    let mut model = ModelProto::decode(&std::fs::read(&path).unwrap()[..]).unwrap();
    change(model.graph.as_mut().unwrap());
    std::fs::write(&path, model.encode_to_vec()).unwrap();
    relabel(dir.path(), |_| ());
    let sentence = failure(dir.path());
    let error = Nlu::load_on(dir.path(), Engine::Tract).map(|_| ()).unwrap_err();
    assert_eq!(error.code(), Code::Pack, "tract: {error}");
    sentence
}

fn constant<'g>(graph: &'g mut GraphProto, name: &str) -> &'g mut TensorProto {
    graph.initializer.iter_mut().find(|constant| constant.name == name).unwrap()
}

#[test]
fn a_weight_that_is_no_number_is_named() {
    for (name, at, bytes) in [
        ("encoder.layer.3.intermediate.bias", 40, f32::NAN.to_le_bytes().to_vec()),
        ("heads.intent.weight", 200, vec![0x00, 0x7c]),
        ("encoder.layer.0.attention.key.weight.scale", 200, f32::NAN.to_le_bytes().to_vec()),
        ("embeddings.words.scale", 4 * 20_000, f32::INFINITY.to_le_bytes().to_vec()),
        ("embeddings.norm.weight", 0, f32::NEG_INFINITY.to_le_bytes().to_vec()),
    ] {
        let sentence = failure_with(|graph| {
            constant(graph, name).raw_data[at..][..bytes.len()].copy_from_slice(&bytes);
        });
        assert!(sentence.contains(name) && sentence.contains("not a number"), "{sentence}");
    }
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    // More is said than there is, less is there than the graph reads, and a layer of another width.
    let sentence = failure_with(|graph| constant(graph, "embeddings.positions.weight").dims[1] = 385);
    assert!(sentence.contains("is not a model that Sotto can run"), "{sentence}");
    failure_with(|graph| constant(graph, "encoder.layer.2.post_attention.bias").dims = vec![384, 2]);
    failure_with(|graph| {
        let bias = constant(graph, "encoder.layer.2.post_attention.bias");
        bias.dims = vec![383];
        bias.raw_data.truncate(4 * 383);
    });
    failure_with(|graph| constant(graph, "encoder.layer.1.output.weight").dims = vec![4, 96, 384]);
    failure_with(|graph| constant(graph, "embeddings.words.weight").dims = vec![384, 30_522]);
}

#[test]
fn a_model_of_more_than_two_gigabytes_is_refused() {
    let dir = copy();
    // What is not written takes no room on the disk.
    std::fs::File::options()
        .write(true)
        .open(dir.path().join("model.onnx"))
        .unwrap()
        .set_len(3 << 30)
        .unwrap();
    relabel(dir.path(), |_| ());
    let sentence = failure(dir.path());
    assert!(sentence.contains("less than 2 GiB"), "{sentence}");
}

#[test]
fn a_model_that_changes_under_its_reader_is_an_error_and_one_that_is_replaced_is_not() {
    let dir = copy();
    let nlu = Nlu::load(dir.path()).unwrap();
    let new = dir.path().join("new");
    std::fs::copy(dir.path().join("tokenizer.json"), &new).unwrap();
    std::fs::rename(&new, dir.path().join("model.onnx")).unwrap();
    nlu.analyze("an umbrella in the kitchen", &now()).unwrap();

    let dir = copy();
    let nlu = Nlu::load(dir.path()).unwrap();
    std::fs::File::options().write(true).open(dir.path().join("model.onnx")).unwrap().set_len(99).unwrap();
    let error = nlu.analyze("an umbrella in the kitchen", &now()).unwrap_err();
    assert!(error.code() == Code::Inference && error.to_string().contains("start again"), "{error}");
}

#[test]
fn the_pack_is_whole() {
    let read = Pack::read(&pack()).unwrap();
    read.verify(&pack()).unwrap();
    assert_eq!(&read, nlu().pack());
}
