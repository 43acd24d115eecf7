//! Text to WordPiece tokens, each with the stretch of text it came from.

use std::ops::Range;
use std::path::Path;

use tokenizers::Tokenizer;

use super::pack::{TOKENIZER, broken};
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
        let mut tokenizer =
            Tokenizer::from_file(&path).map_err(|e| wrong(format!("is not a tokenizer ({e})")))?;
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
