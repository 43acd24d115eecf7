//! A `tokenizer.json` whose words are read once.
//!
//! The tokenizers crate finds out what kind of vocabulary a file holds by reading it three times into trees of JSON,
//! which for thirty thousand words is half the time and memory that it takes to start.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokenizers::Tokenizer;
use tokenizers::models::wordpiece::WordPiece;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The vocabulary of BERT and its kin.
#[derive(Clone, Serialize, Deserialize)]
struct Words {
    r#type: String,
    unk_token: String,
    continuing_subword_prefix: String,
    max_input_chars_per_word: usize,
    vocab: HashMap<String, u32>,
}

/// A token that is no piece of a word.
#[derive(Deserialize)]
struct Added {
    id: u32,
    content: String,
}

/// The tokenizer in a `tokenizer.json`.
pub fn tokenizer(text: &[u8]) -> Result<Tokenizer> {
    match wordpiece(text)? {
        Some(tokenizer) => Ok(tokenizer),
        None => Tokenizer::from_bytes(text),
    }
}

/// The tokenizer, if it is of BERT's kind.
fn wordpiece(text: &[u8]) -> Result<Option<Tokenizer>> {
    let mut parts: HashMap<String, &RawValue> = serde_json::from_slice(text)?;
    let model = parts.get("model").and_then(|model| serde_json::from_str(model.get()).ok());
    let Some(mut manner) = model.filter(|words: &Words| words.r#type == "WordPiece") else { return Ok(None) };
    let vocab = std::mem::take(&mut manner.vocab);
    // All else first, over a vocabulary that holds no more than the added tokens and their numbers.
    let added: Vec<Added> =
        parts.get("added_tokens").map_or(Ok(vec![]), |it| serde_json::from_str(it.get()))?;
    if added.iter().any(|token| vocab.get(&token.content) != Some(&token.id)) {
        return Ok(None);
    }
    let few = added.into_iter().map(|token| (token.content, token.id)).collect();
    let few = serde_json::value::to_raw_value(&Words { vocab: few, ..manner.clone() })?;
    parts.insert("model".to_owned(), &few);
    let mut tokenizer = Tokenizer::from_bytes(serde_json::to_vec(&parts)?)?;
    // The crate's own kind of map.
    let mut words = WordPiece::read_bytes(b"")?;
    words.extend(vocab);
    let model = WordPiece::builder()
        .vocab(words)
        .unk_token(manner.unk_token)
        .continuing_subword_prefix(manner.continuing_subword_prefix)
        .max_input_chars_per_word(manner.max_input_chars_per_word)
        .build()?;
    tokenizer.with_model(model);
    Ok(Some(tokenizer))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn it_is_what_the_crate_reads() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/squeezebert/tokenizer.json");
        let text = std::fs::read(path).unwrap();
        let (ours, theirs) = (wordpiece(&text).unwrap().unwrap(), Tokenizer::from_bytes(&text).unwrap());
        assert_eq!(serde_json::to_value(&ours).unwrap(), serde_json::to_value(&theirs).unwrap());
        for text in ["Unbelievable! [CLS] naïve Zoë, 漢字 at 9:30 👩‍🚀", "[SEP][MASK] x"] {
            assert_eq!(ours.encode(text, true).unwrap(), theirs.encode(text, true).unwrap());
        }
        assert_eq!(ours.get_vocab_size(true), theirs.get_vocab_size(true));
    }

    #[test]
    fn another_kind_is_left_to_the_crate() {
        let other = br#"{"version": "1.0", "added_tokens": [], "normalizer": null, "pre_tokenizer": null,
            "post_processor": null, "decoder": null, "truncation": null, "padding": null,
            "model": {"type": "WordLevel", "vocab": {"a": 0, "[UNK]": 1}, "unk_token": "[UNK]"}}"#;
        assert!(wordpiece(other).unwrap().is_none());
        assert_eq!(tokenizer(other).unwrap().get_vocab_size(true), 2);
        assert!(tokenizer(b"{}").is_err() && tokenizer(b"[1").is_err());
    }
}
