//! Text to WordPiece tokens, each with the stretch of text it came from.

use std::ops::Range;
use std::path::Path;

use tokenizers::Tokenizer;

use super::pack::{TOKENIZER, broken};
use super::vocabulary;
use crate::{Code, Error, Result};

/// A tokenizer that neither cuts nor pads.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    first: u32,
    last: u32,
}

/// One piece of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Row of the embedding table.
    pub id: u32,
    /// Stretch of the original text in bytes, on character boundaries. Several tokens may share a character.
    pub bytes: Range<usize>,
    /// Pieces of one word have one number; later words have greater numbers.
    pub word: u32,
}

impl Tokens {
    /// Reads `tokenizer.json` of the pack in `dir`; `rows` is the size of the model's embedding table.
    pub fn load(dir: &Path, rows: usize) -> Result<Tokens> {
        let path = dir.join(TOKENIZER);
        let wrong = |what: String| broken(format!("{} {what}", path.display()));
        let text = std::fs::read(&path).map_err(|e| wrong(format!("cannot be read ({e})")))?;
        let mut tokenizer =
            vocabulary::tokenizer(&text).map_err(|e| wrong(format!("is not a tokenizer ({e})")))?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|e| wrong(format!("cannot be used whole ({e})")))?;
        // "[SEP]" typed by a person is five characters of text.
        tokenizer.set_encode_special_tokens(true);
        let found = tokenizer.get_vocab_size(true);
        if found > rows {
            return Err(wrong(format!("has {found} tokens and the model {rows}")));
        }
        let special =
            |name: &str| tokenizer.token_to_id(name).ok_or_else(|| wrong(format!("has no token {name}")));
        let (first, last) = (special("[CLS]")?, special("[SEP]")?);
        Ok(Tokens { tokenizer, first, last })
    }

    /// The tokens of `text`, without the special ones around them.
    pub fn of(&self, text: &str) -> Result<Vec<Token>> {
        let encoding = self
            .tokenizer
            .encode(text, false)
            .map_err(|e| Error::new(Code::Inference, "the text cannot be cut into tokens").because(e))?;
        let mut tokens: Vec<Token> = encoding
            .get_ids()
            .iter()
            .zip(encoding.get_offsets())
            .zip(encoding.get_word_ids())
            .map(|((&id, &(start, end)), word)| {
                let bytes = text.floor_char_boundary(start)..text.ceil_char_boundary(end);
                Token { id, bytes, word: word.unwrap_or(0) }
            })
            .collect();
        let mut limit = text.len();
        for token in tokens.iter_mut().rev() {
            token.bytes.end += marks(text.get(token.bytes.end..limit).unwrap_or(""));
            limit = token.bytes.start;
        }
        Ok(tokens)
    }

    /// Token ids as the model reads them: `[CLS]`, `tokens`, `[SEP]`.
    pub fn input<'t>(&self, tokens: impl IntoIterator<Item = &'t Token>) -> Vec<u32> {
        let inner = tokens.into_iter().map(|token| token.id);
        [self.first].into_iter().chain(inner).chain([self.last]).collect()
    }
}

/// Length in bytes of the combining marks at the beginning of `gap`, text between two tokens.
///
/// The tokenizer drops accents, white space, control and format characters; what is none of the last three is
/// an accent, and belongs to the letter before it.
fn marks(gap: &str) -> usize {
    let other = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                         | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
    };
    gap.find(other).unwrap_or(gap.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A BERT tokenizer of a few words that is set to cut at 4 tokens and to pad.
    fn tokens() -> Tokens {
        let dir = tempfile::tempdir().unwrap();
        let words =
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "zoe", "##s", "sao", "a", ",", "漢", "[", "]", "sep"];
        let vocabulary: serde_json::Map<String, serde_json::Value> = words
            .iter()
            .zip(0..)
            .map(|(word, id)| ((*word).to_owned(), serde_json::Value::from(id)))
            .collect();
        let special = |id: usize| {
            serde_json::json!({"id": id, "content": words[id], "single_word": false, "lstrip": false, "rstrip": false,
                               "normalized": false, "special": true})
        };
        let json = serde_json::json!({
            "version": "1.0",
            "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
            "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
                        "pad_type_id": 0, "pad_token": "[PAD]"},
            "added_tokens": [special(0), special(1), special(2), special(3)],
            "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                           "strip_accents": null, "lowercase": true},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null, "decoder": null,
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": 100, "vocab": vocabulary},
        });
        std::fs::write(dir.path().join(TOKENIZER), json.to_string()).unwrap();
        assert!(
            Tokens::load(dir.path(), 12)
                .map(|_| ())
                .unwrap_err()
                .to_string()
                .contains("13 tokens and the model 12")
        );
        Tokens::load(dir.path(), 13).unwrap()
    }

    fn read(tokens: &Tokens, text: &str) -> Vec<(u32, String, u32)> {
        let found = tokens.of(text).unwrap();
        found.into_iter().map(|token| (token.id, text[token.bytes].to_owned(), token.word)).collect()
    }

    #[test]
    fn tokens_know_where_they_stood_in_the_original() {
        let tokens = tokens();
        let token = |id, text: &str, word| (id, text.to_owned(), word);
        assert_eq!(
            read(&tokens, "ZOËS, zoe"),
            [token(4, "ZOË", 0), token(5, "S", 0), token(8, ",", 1), token(4, "zoe", 2)]
        );
        assert_eq!(
            read(&tokens, "Sa\u{303}o Zoe\u{308}"),
            [token(6, "Sa\u{303}o", 0), token(4, "Zoe\u{308}", 1)]
        );
        assert_eq!(read(&tokens, "\0zo\0e\u{200f}\ta"), [token(4, "zo\0e", 0), token(7, "a", 1)]);
        assert_eq!(read(&tokens, "a漢a"), [token(7, "a", 0), token(9, "漢", 1), token(7, "a", 2)]);
        assert_eq!(read(&tokens, "👩‍🚀 a"), [token(1, "👩‍🚀", 0), token(7, "a", 1)]);
        assert_eq!(read(&tokens, " \r\n\0\u{200b}"), []);
    }

    #[test]
    fn nothing_is_cut_padded_or_taken_for_a_special_token() {
        let tokens = tokens();
        assert_eq!(tokens.of("a a a a a a").unwrap().len(), 6);
        let ids: Vec<u32> = read(&tokens, "[SEP]").into_iter().map(|(id, ..)| id).collect();
        assert_eq!(ids, [10, 12, 11]);
        assert_eq!(tokens.input(&tokens.of("a").unwrap()), [2, 7, 3]);
        assert_eq!(tokens.input(&[]), [2, 3]);
    }
}
