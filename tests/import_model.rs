//! A checkpoint of `transformers` becomes a pack that says what PyTorch said.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sotto::{Code, Engine, ImportedModel, Nlu, import_model};

use crate::setting::{errors, now, run};

#[derive(Deserialize)]
struct Answer {
    ids: Vec<u32>,
    logits: Vec<f32>,
}

fn checkpoint(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/checkpoints").join(name)
}

/// The pack of a checkpoint, in a folder that goes with the test.
fn imported(from: &Path) -> (tempfile::TempDir, PathBuf, ImportedModel) {
    let dir = tempfile::tempdir().unwrap();
    let pack = dir.path().join("pack");
    let made = import_model(from, &pack).unwrap();
    (dir, pack, made)
}

/// Greatest difference of the first `labels` logits to PyTorch's, on every engine of this machine.
fn difference(from: &Path, pack: &Path, labels: usize, logits: impl Fn(sotto::Outputs) -> Vec<f32>) -> f32 {
    let answers: Vec<Answer> =
        serde_json::from_slice(&std::fs::read(from.join("answers.json")).unwrap()).unwrap();
    let engines = ["tract", "scalar", "avx2", "avx512", "neon"].into_iter().filter_map(Engine::named);
    let mut most = 0f32;
    for engine in engines {
        let nlu = Nlu::load_on(pack, engine).unwrap();
        assert_eq!(nlu.engine(), engine, "the kernels do not know the graph");
        for Answer { ids, logits: wanted } in &answers {
            let found = logits(nlu.outputs(ids).unwrap());
            assert_eq!(found.len() % labels, 0);
            let wanted_rows = wanted.chunks(wanted.len() / (found.len() / labels));
            for (found, wanted) in found.chunks(labels).zip(wanted_rows) {
                most = wanted.iter().zip(found).map(|(a, b)| (a - b).abs()).fold(most, f32::max);
            }
        }
    }
    println!("{}: greatest difference to PyTorch {most:e}", from.display());
    most
}

#[test]
fn a_sentiment_checkpoint_says_what_pytorch_said() {
    let from = checkpoint("sentiment");
    let (_dir, pack, made) = imported(&from);
    assert_eq!(made.pack.sentiment.labels, ["positive", "negative", "neutral"]);
    assert_eq!(made.head, "Its head for texts tells sentiment: POSITIVE, NEGATIVE.");
    assert_eq!((made.pack.encoder.layers, made.pack.encoder.hidden_size), (2, 32));
    assert!(difference(&from, &pack, 3, |outputs| outputs.sentiment) <= 1e-4);
    let nlu = Nlu::load(&pack).unwrap();
    let analysis = nlu.analyze("it was a bad book", &now()).unwrap();
    assert!(analysis.sentiment.scores.neutral < 1e-6 && analysis.sentiment.confidence > 0.0);
    assert_eq!((analysis.intent.name.as_str(), analysis.act.name.as_str()), ("out_of_scope", "other"));
    assert!((nlu.embed("a book").unwrap().iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-5);
    nlu.pack().verify(&pack).unwrap();
}

#[test]
fn a_token_checkpoint_says_what_pytorch_said() {
    for name in ["entity", "entity-onnx"] {
        let from = checkpoint(name);
        let (_dir, pack, made) = imported(&from);
        assert_eq!(made.pack.entity.labels, ["O", "B-person", "I-person", "B-place"]);
        assert!(difference(&from, &pack, 4, |outputs| outputs.entity) <= 1e-4, "{name}");
    }
}

#[test]
fn an_onnx_export_says_what_pytorch_said() {
    let from = checkpoint("intent-onnx");
    let (_dir, pack, made) = imported(&from);
    assert_eq!(made.pack.intent.head.labels, ["greet", "book", "call", "out_of_scope"]);
    assert!(made.weights.ends_with("model.onnx") && made.vocabulary.ends_with("vocab.txt"));
    assert!(difference(&from, &pack, 4, |outputs| outputs.intent) <= 1e-4);
    let nlu = Nlu::load(&pack).unwrap();
    assert_ne!(nlu.analyze("call anna", &now()).unwrap().intent.name, "out_of_scope");
    assert_eq!(nlu.token_ids("Call Anna!").unwrap(), [2, 16, 17, 25, 3]);
}

/// One of any size, 12 x 768 for example, made by `training/make_checkpoints.py --base`.
#[test]
#[ignore = "needs a folder with checkpoints in SOTTO_CHECKPOINTS"]
fn a_checkpoint_of_any_size_says_what_pytorch_said() {
    let from = PathBuf::from(std::env::var_os("SOTTO_CHECKPOINTS").unwrap()).join("base");
    let (_dir, pack, made) = imported(&from);
    let labels = made.pack.intent.head.labels.len();
    assert!(difference(&from, &pack, labels, |outputs| outputs.intent) <= 1e-4);
}

/// A copy of a checkpoint that a test may damage.
fn copy(name: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(checkpoint(name)).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, dir.path().join(path.file_name().unwrap())).unwrap();
    }
    dir
}

fn failure(dir: &Path) -> String {
    let pack = dir.join("pack");
    let error = import_model(dir, &pack).unwrap_err();
    assert!(!pack.exists(), "a pack is left of what could not be imported");
    error.to_string()
}

/// Changes a value of config.json, and gives what is said about it.
fn failure_with(name: &str, key: &str, value: serde_json::Value) -> String {
    let dir = copy(name);
    let path = dir.path().join("config.json");
    let mut config: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    config[key] = value;
    std::fs::write(&path, config.to_string()).unwrap();
    failure(dir.path())
}

#[test]
fn what_is_not_a_squeezebert_is_refused_by_name() {
    let cases = [
        ("model_type", "bert".into(), "a model of the type \"bert\""),
        ("hidden_act", "relu".into(), "the activation \"relu\""),
        ("embedding_size", 16.into(), "embeddings of 16 and layers of 32"),
        ("num_attention_heads", 5.into(), "32 channels into 5 attention heads"),
        ("q_groups", 0.into(), "32 channels into 0 groups"),
        ("hidden_size", serde_json::json!("many"), "is not the configuration of a model"),
        (
            "intermediate_size",
            128.into(),
            "encoder.layers.0.intermediate.conv1d.weight in the shape [64, 8, 1]",
        ),
        ("num_hidden_layers", 3.into(), "has no transformer.encoder.layers.2.attention.query.weight"),
        (
            "vocab_size",
            28.into(),
            "word_embeddings.weight in the shape [27, 32], and config.json asks for [28, 32]",
        ),
        ("id2label", serde_json::json!({"0": "a"}), "names 1 labels, and the classifier has 2"),
    ];
    for (key, value, expected) in cases {
        let sentence = failure_with("sentiment", key, value);
        assert!(sentence.contains(expected), "{sentence}");
    }
    let sentence =
        failure_with("entity", "id2label", serde_json::json!({"0": "O", "1": "x", "2": "y", "3": "z"}));
    assert!(sentence.contains("entity tag \"x\""), "{sentence}");
}

#[test]
fn a_checkpoint_without_a_part_names_it() {
    let dir = copy("sentiment");
    let at = dir.path();
    let weights = std::fs::read(at.join("model.safetensors")).unwrap();
    std::fs::write(at.join("model.safetensors"), &weights[..weights.len() / 2]).unwrap();
    assert!(failure(at).contains("model.safetensors is truncated or not a safetensors file"));
    let mut bad = weights.clone();
    let last = bad.len() - 4;
    bad[last..].copy_from_slice(&f32::NAN.to_le_bytes());
    std::fs::write(at.join("model.safetensors"), bad).unwrap();
    assert!(failure(at).contains("that is not a number"));
    std::fs::remove_file(at.join("model.safetensors")).unwrap();
    assert!(failure(at).contains("holds neither model.safetensors nor model.onnx"));
    std::fs::write(at.join("model.safetensors"), &weights).unwrap();
    std::fs::write(at.join("vocab.txt"), "[UNK]\n[CLS]\n").unwrap();
    assert!(failure(at).contains("vocab.txt has no line [SEP]"));
    std::fs::remove_file(at.join("vocab.txt")).unwrap();
    assert!(failure(at).contains("holds neither tokenizer.json nor vocab.txt"));
    std::fs::remove_file(at.join("config.json")).unwrap();
    assert!(failure(at).contains("config.json"));
    let error = import_model(&checkpoint("sentiment"), at).unwrap_err();
    assert!(error.code() == Code::File && error.to_string().contains("exists already"));
}

#[test]
fn the_command_line_reports_what_it_found() {
    let dir = tempfile::tempdir().unwrap();
    let (from, pack) = (checkpoint("entity"), dir.path().join("made"));
    let output = run(&["model", "import", from.to_str().unwrap(), "--output", pack.to_str().unwrap()], b"");
    assert!(output.status.success(), "{}", errors(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    for expected in
        ["entity ", "2 layers x 32, 4 heads", "names entities: O, B-person", "vocab.txt, 27 words"]
    {
        assert!(text.contains(expected), "{expected:?} in {text}");
    }
    let output = run(&["tag", "--model", pack.to_str().unwrap()], b"call anna\n");
    assert!(output.status.success(), "{}", errors(&output));
    let again = run(&["model", "import", from.to_str().unwrap(), "--output", pack.to_str().unwrap()], b"");
    assert!(!again.status.success() && errors(&again).contains("exists already"), "{}", errors(&again));
}
