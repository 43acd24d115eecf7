//! [CoNLL-2003](https://www.clips.uantwerpen.be/conll2003/ner/): a token a line
//! with its tag in IOB2, a message a sentence, a conversation a document. Part of
//! speech and chunk, which Sotto does not know, are `-X-` and `O`.

use super::export::Writer;
use crate::{Conversation, Message};

pub(super) struct Conll;

impl Writer for Conll {
    fn conversation(&mut self, _: &Conversation, out: &mut String) {
        out.push_str("-DOCSTART- -X- O O\n\n");
    }

    fn message(&mut self, message: &Message, _: &str, out: &mut String) {
        let mut any = false;
        for segment in message.segments() {
            let mut prefix = "B";
            for token in tokens(&segment.text) {
                match &segment.entity {
                    Some(entity) => {
                        out.push_str(&format!("{token} -X- O {prefix}-{}\n", kind(&entity.entity)))
                    }
                    None => out.push_str(&format!("{token} -X- O O\n")),
                }
                prefix = "I";
                any = true;
            }
        }
        if any {
            out.push('\n');
        }
    }
}

/// The names that CoNLL-2003 uses where it has one, else ours in capitals.
fn kind(entity: &str) -> String {
    match entity {
        "person" => "PER".to_owned(),
        "location" => "LOC".to_owned(),
        "organization" => "ORG".to_owned(),
        other => other.split_whitespace().collect::<Vec<_>>().join("_").to_uppercase(),
    }
}

/// Words, and each mark of punctuation on its own; no white space and nothing
/// that other programs take for it.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        let mut from = 0;
        for (at, letter) in word.char_indices() {
            if letter.is_ascii_punctuation() && letter != '_' && !joins(word, at) {
                tokens.push(&word[from..at]);
                tokens.push(&word[at..at + 1]);
                from = at + 1;
            }
        }
        tokens.push(&word[from..]);
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// An apostrophe, hyphen, dot or the like between two letters or digits.
fn joins(word: &str, at: usize) -> bool {
    let letter = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
    letter(word[..at].chars().next_back()) && letter(word[at + 1..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn words_and_marks() {
        assert_eq!(tokens("Don't go,  Anna\u{a0}Li! 3.5"), ["Don't", "go", ",", "Anna", "Li", "!", "3.5"]);
        assert_eq!(tokens("👩‍👩‍👧 東京\u{1c}x"), ["👩‍👩‍👧", "東京", "x"]);
        assert_eq!(tokens(" \n "), [""; 0]);
    }
}
