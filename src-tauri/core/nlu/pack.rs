//! What a pack says of itself: `labels.json`, read and checked.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Code, Error, ModelVersion, Result};

/// The only layout of a pack that this Sotto reads.
pub(super) const FORMAT: u32 = 1;
/// The file with the network.
pub(super) const MODEL: &str = "model.onnx";
/// The file with the vocabulary.
pub(super) const TOKENIZER: &str = "tokenizer.json";
/// The file with the description.
pub(super) const LABELS: &str = "labels.json";
/// `[CLS]`, `[SEP]` and at least one token between them.
const FEWEST_TOKENS: usize = 3;

/// The content of a pack's `labels.json`: what the model is, what it can say, and which files carry it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// Layout of the pack; this Sotto reads 1.
    pub format: u32,
    /// For example `sotto-squeezebert-s`.
    pub name: String,
    /// For example `0.1.0`.
    pub version: String,
    /// Licence of the weights.
    pub licence: String,
    /// Language that the model was taught, as in `en`.
    pub language: String,
    /// Whether the encoder's weights may be kept as bytes: scores were measured so, and are as good.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub int8: bool,
    /// Sizes of the network.
    pub encoder: EncoderShape,
    /// What a message can ask for.
    pub intent: IntentHead,
    /// How a message can be said.
    pub act: Head,
    /// How a message can feel: `negative`, `neutral` and `positive`, in the model's order.
    pub sentiment: Head,
    /// Tags of a word: `O`, and `B-` and `I-` of every kind of entity.
    pub entity: Head,
    /// What a message asks an assistant to do: `skill.verb`, `refused.why` or `nothing`; not every pack can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Head>,
    /// Tags of a word: `O`, and `B-` and `I-` of every slot that a request can have; beside `request`, or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Head>,
    /// Size and checksum of every other file of the pack, by name.
    pub files: BTreeMap<String, FileStamp>,
}

/// Sizes of a SqueezeBERT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncoderShape {
    /// Transformer blocks.
    pub layers: usize,
    /// Channels of a token.
    pub hidden_size: usize,
    /// Length of a sentence embedding; that of a token where the pack does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_size: Option<usize>,
    /// Attention heads of a block.
    pub attention_heads: usize,
    /// Neurons between the two feed-forward products.
    pub intermediate_size: usize,
    /// Blocks into which the grouped products are cut.
    pub groups: usize,
    /// Rows of the embedding table.
    pub vocabulary_size: usize,
    /// Longest input in tokens, `[CLS]` and `[SEP]` included.
    pub max_tokens: usize,
}

/// The labels of one output, in the order of its logits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Names, one a logit.
    pub labels: Vec<String>,
    /// Divides the logits before the softmax, so that probabilities are calibrated.
    pub temperature: f32,
}

/// The labels of the intent output and the rule for what is none of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IntentHead {
    /// Labels and temperature.
    #[serde(flatten)]
    pub head: Head,
    /// The label of messages that ask for nothing known.
    pub out_of_scope: String,
    /// A message is out of scope when its best real intent is less probable than this among the real ones.
    pub threshold: f32,
}

/// Size and checksum of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl FileStamp {
    /// That of a file with this content.
    pub fn of(content: &[u8]) -> FileStamp {
        FileStamp { bytes: content.len() as u64, sha256: hexadecimal(&Sha256::digest(content)) }
    }
}

impl EncoderShape {
    /// Length of a sentence embedding.
    pub fn embedding(&self) -> usize {
        self.embedding_size.unwrap_or(self.hidden_size)
    }
}

impl Pack {
    /// Reads and checks the pack in `dir`, without loading the model.
    ///
    /// Every failure has [`Code::Pack`] and says which file is wrong, in what way, and what to do. The sizes of
    /// the files are checked here; their checksums, which cost a read of every byte, in [`Pack::verify`].
    pub fn read(dir: &Path) -> Result<Pack> {
        if !dir.is_dir() {
            return Err(broken(format!("there is no model pack at {}", dir.display())));
        }
        let path = dir.join(LABELS);
        let text =
            std::fs::read(&path).map_err(|e| broken(format!("{} cannot be read ({e})", path.display())))?;
        let pack = Pack::parse(&text).map_err(|wrong| broken(format!("{} {wrong}", path.display())))?;
        for (name, stamp) in &pack.files {
            let path = dir.join(name);
            let found = std::fs::metadata(&path)
                .map_err(|e| broken(format!("{} cannot be read ({e})", path.display())))?;
            if found.len() != stamp.bytes {
                return Err(broken(format!(
                    "{} is truncated or of another version: it has {} bytes and {LABELS} says {}",
                    path.display(),
                    found.len(),
                    stamp.bytes
                )));
            }
        }
        Ok(pack)
    }

    /// Compares the checksum of every file of the pack in `dir` with the one that the pack states.
    ///
    /// Fails with [`Code::Pack`], naming the first file that cannot be read or has changed.
    pub fn verify(&self, dir: &Path) -> Result<()> {
        for (name, stamp) in &self.files {
            let path = dir.join(name);
            let found =
                sha256(&path).map_err(|e| broken(format!("{} cannot be read ({e})", path.display())))?;
            if !found.eq_ignore_ascii_case(&stamp.sha256) {
                return Err(broken(format!(
                    "{} is damaged or of another version: its SHA-256 is {found} and {LABELS} says {}",
                    path.display(),
                    stamp.sha256
                )));
            }
        }
        Ok(())
    }

    /// Name and version, as every analysis carries them.
    pub fn model_version(&self) -> ModelVersion {
        ModelVersion { name: self.name.clone(), version: self.version.clone() }
    }

    /// The pack in a `labels.json`, or what is wrong with it as the end of a sentence.
    fn parse(text: &[u8]) -> Result<Pack, String> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        // The number first: a later format may have other fields, and is not "missing" them.
        let Format { format } =
            serde_json::from_slice(text).map_err(|e| format!("is not the description of a pack ({e})"))?;
        if format != FORMAT {
            return Err(format!("has format {format}, and this Sotto reads format {FORMAT}"));
        }
        let pack: Pack = serde_json::from_slice(text).map_err(|e| format!("is incomplete or wrong ({e})"))?;
        pack.check()?;
        Ok(pack)
    }

    /// Whether the description agrees with itself.
    fn check(&self) -> Result<(), String> {
        let heads = [
            ("intent", &self.intent.head),
            ("act", &self.act),
            ("sentiment", &self.sentiment),
            ("entity", &self.entity),
        ];
        let request = self.request.iter().map(|head| ("request", head));
        let slot = self.slot.iter().map(|head| ("slot", head));
        for (name, head) in heads.into_iter().chain(request).chain(slot.clone()) {
            if head.labels.is_empty() {
                return Err(format!("has no {name} labels"));
            }
            if let Some(twice) = repeated(&head.labels) {
                return Err(format!("has the {name} label \"{twice}\" twice"));
            }
            if !(head.temperature.is_finite() && head.temperature > 0.0) {
                return Err(format!("has the {name} temperature {}, which is not above 0", head.temperature));
            }
        }
        if !(0.0..=1.0).contains(&self.intent.threshold) {
            return Err(format!("has the threshold {}, which is not between 0 and 1", self.intent.threshold));
        }
        if !self.intent.head.labels.contains(&self.intent.out_of_scope) || self.intent.head.labels.len() < 2 {
            return Err(format!("has no intent \"{}\" beside another", self.intent.out_of_scope));
        }
        if self.sentiment.labels.len() != 3
            || ["negative", "neutral", "positive"]
                .iter()
                .any(|name| !self.sentiment.labels.iter().any(|l| l == name))
        {
            return Err("has sentiment labels other than negative, neutral and positive".to_owned());
        }
        if self.slot.is_some() && self.request.is_none() {
            return Err("has slot tags and no request labels".to_owned());
        }
        for (name, head) in std::iter::once(("entity", &self.entity)).chain(slot) {
            if !head.labels.iter().any(|tag| tag == "O") {
                return Err(format!("has no {name} tag \"O\""));
            }
            for tag in head.labels.iter().filter(|tag| *tag != "O") {
                let begins =
                    tag.strip_prefix("I-").is_none_or(|kind| head.labels.contains(&format!("B-{kind}")));
                if !begins || !(tag.starts_with("B-") || tag.starts_with("I-")) {
                    return Err(format!(
                        "has the {name} tag \"{tag}\", which is not O, B-kind, or I-kind beside B-kind"
                    ));
                }
            }
        }
        if self.encoder.max_tokens < FEWEST_TOKENS {
            return Err(format!("allows {} tokens, which leaves no room for text", self.encoder.max_tokens));
        }
        for name in [MODEL, TOKENIZER] {
            if !self.files.contains_key(name) {
                return Err(format!("does not list {name}"));
            }
        }
        if let Some(name) = self.files.keys().find(|name| name.contains(['/', '\\']) || name.starts_with('.'))
        {
            return Err(format!("lists {name}, which is not a plain file name"));
        }
        Ok(())
    }
}

/// A pack error; `wrong` names the file and what is wrong with it.
pub(super) fn broken(wrong: impl std::fmt::Display) -> Error {
    Error::new(Code::Pack, format!("{wrong}; install Sotto again or choose another model pack"))
}

fn repeated(labels: &[String]) -> Option<&str> {
    let mut seen = HashSet::new();
    labels.iter().find(|label| !seen.insert(label.as_str())).map(String::as_str)
}

/// SHA-256 of a file in lower-case hexadecimal.
fn sha256(path: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    io::copy(&mut File::open(path)?, &mut digest)?;
    Ok(hexadecimal(&digest.finalize()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A pack description that is in order.
    pub fn description() -> serde_json::Value {
        serde_json::json!({
            "format": 1, "name": "test", "version": "0.1.0", "licence": "MIT", "language": "en",
            "encoder": {"layers": 6, "hidden_size": 384, "attention_heads": 12, "intermediate_size": 1536,
                        "groups": 4, "vocabulary_size": 30522, "max_tokens": 128},
            "intent": {"labels": ["greeting", "timer", "out_of_scope"], "temperature": 1.5,
                       "out_of_scope": "out_of_scope", "threshold": 0.4},
            "act": {"labels": ["question", "other"], "temperature": 1.0},
            "sentiment": {"labels": ["negative", "neutral", "positive"], "temperature": 1.0},
            "entity": {"labels": ["O", "B-person", "I-person", "B-date", "I-date"], "temperature": 1.0},
            "files": {"model.onnx": {"bytes": 5, "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},
                      "tokenizer.json": {"bytes": 2, "sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}}
        })
    }

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(LABELS), description().to_string()).unwrap();
        std::fs::write(dir.path().join(MODEL), "hello").unwrap();
        std::fs::write(dir.path().join(TOKENIZER), "{}").unwrap();
        dir
    }

    fn failure(dir: &Path) -> String {
        let error = Pack::read(dir).unwrap_err();
        assert_eq!(error.code(), Code::Pack);
        error.to_string()
    }

    #[test]
    fn a_pack_in_order_is_read_and_verified() {
        let dir = folder();
        let pack = Pack::read(dir.path()).unwrap();
        assert_eq!(pack.model_version(), ModelVersion { name: "test".into(), version: "0.1.0".into() });
        assert_eq!(serde_json::to_value(&pack).unwrap()["intent"]["labels"][2], "out_of_scope");
        pack.verify(dir.path()).unwrap();
        std::fs::write(dir.path().join(MODEL), "hellO").unwrap();
        let error = pack.verify(dir.path()).unwrap_err().to_string();
        assert!(error.contains("model.onnx is damaged"), "{error}");
    }

    #[test]
    fn a_missing_or_truncated_file_is_named() {
        let dir = folder();
        assert!(failure(&dir.path().join("none")).contains("no model pack at"));
        std::fs::write(dir.path().join(MODEL), "hell").unwrap();
        assert!(
            failure(dir.path()).contains("model.onnx is truncated or of another version: it has 4 bytes")
        );
        std::fs::remove_file(dir.path().join(MODEL)).unwrap();
        assert!(failure(dir.path()).contains("model.onnx cannot be read"));
        std::fs::remove_file(dir.path().join(LABELS)).unwrap();
        assert!(failure(dir.path()).contains("labels.json cannot be read"));
    }

    #[test]
    fn each_wrong_field_has_its_sentence() {
        let dir = folder();
        let cases = [
            ("", serde_json::json!("text"), "is not the description of a pack"),
            ("/format", 2.into(), "has format 2, and this Sotto reads format 1"),
            ("/name", serde_json::Value::Null, "is incomplete or wrong"),
            ("/act/labels", serde_json::json!([]), "has no act labels"),
            ("/act/labels", serde_json::json!(["a", "a"]), "has the act label \"a\" twice"),
            ("/act/temperature", 0.into(), "act temperature 0"),
            ("/intent/threshold", 1.5.into(), "threshold 1.5"),
            ("/intent/out_of_scope", "oos".into(), "has no intent \"oos\""),
            ("/sentiment/labels", serde_json::json!(["bad", "good", "neutral"]), "sentiment labels other"),
            ("/entity/labels", serde_json::json!(["B-person"]), "no entity tag \"O\""),
            ("/entity/labels", serde_json::json!(["O", "I-person"]), "entity tag \"I-person\""),
            ("/entity/labels", serde_json::json!(["O", "person"]), "entity tag \"person\""),
            ("/encoder/max_tokens", 2.into(), "allows 2 tokens"),
            ("/files", serde_json::json!({}), "does not list model.onnx"),
        ];
        for (pointer, value, expected) in cases {
            let mut json = description();
            *json.pointer_mut(pointer).unwrap() = value;
            std::fs::write(dir.path().join(LABELS), json.to_string()).unwrap();
            let sentence = failure(dir.path());
            assert!(sentence.contains(expected), "{sentence}");
        }
        std::fs::write(dir.path().join(LABELS), "{\"format\":").unwrap();
        assert!(failure(dir.path()).contains("is not the description of a pack"));
    }
}
