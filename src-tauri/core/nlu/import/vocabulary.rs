//! A checkpoint's vocabulary as the `tokenizer.json` of a pack.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::pack::TOKENIZER;
use super::checkpoint::wrong;
use crate::{Error, Result};

/// What `tokenizer_config.json` says of a vocabulary without a tokenizer.
#[derive(Deserialize)]
#[serde(default)]
struct Manner {
    do_lower_case: bool,
    strip_accents: Option<bool>,
    tokenize_chinese_chars: bool,
}

impl Default for Manner {
    fn default() -> Manner {
        Manner { do_lower_case: true, strip_accents: None, tokenize_chinese_chars: true }
    }
}

/// The file that the vocabulary of the checkpoint in `dir` came from, and the tokenizer.
pub fn tokenizer(dir: &Path) -> Result<(PathBuf, Vec<u8>)> {
    let path = dir.join(TOKENIZER);
    if path.exists() {
        let whole = fs::read(&path).map_err(|e| Error::file("cannot read", &path, e))?;
        return Ok((path, whole));
    }
    let path = dir.join("vocab.txt");
    if !path.exists() {
        return Err(wrong(
            dir,
            format!("holds neither {TOKENIZER} nor vocab.txt; save the tokenizer with the model"),
        ));
    }
    let words = fs::read_to_string(&path).map_err(|e| Error::file("cannot read", &path, e))?;
    let manner_path = dir.join("tokenizer_config.json");
    let manner = match fs::read(&manner_path) {
        Ok(text) => serde_json::from_slice(&text)
            .map_err(|e| wrong(&manner_path, format!("is not the configuration of a tokenizer ({e})")))?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Manner::default(),
        Err(e) => return Err(Error::file("cannot read", &manner_path, e)),
    };
    let json = wordpiece(words.lines(), &manner).map_err(|what| wrong(&path, what))?;
    Ok((path, json.to_string().into_bytes()))
}

/// BERT's tokenizer for `words`, or what is wrong with them.
fn wordpiece<'w>(words: impl Iterator<Item = &'w str>, manner: &Manner) -> Result<Value, String> {
    let vocabulary: Map<String, Value> =
        words.zip(0..).map(|(word, id)| (word.to_owned(), Value::from(id))).collect();
    let special = |word: &str| {
        let id = vocabulary.get(word).ok_or_else(|| format!("has no line {word}"))?;
        Ok(json!({"id": id, "content": word, "single_word": false, "lstrip": false, "rstrip": false,
                  "normalized": false, "special": true}))
    };
    let special: Vec<Value> =
        ["[UNK]", "[CLS]", "[SEP]"].into_iter().map(special).collect::<Result<_, String>>()?;
    Ok(json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": true,
                       "handle_chinese_chars": manner.tokenize_chinese_chars,
                       "strip_accents": manner.strip_accents, "lowercase": manner.do_lower_case},
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": vocabulary},
    }))
}
