//! Long texts, cut into stretches that the model can read.

use std::ops::Range;

use super::tokens::Token;

/// How good a place between two tokens is for a cut; the greater the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seam {
    Piece,
    Word,
    Space,
    Sentence,
}

/// Cuts `tokens` of `text` into ranges of at most `room` tokens, in order and without a gap.
///
/// A window that has to end early ends after a sentence if one ends in its second half, else at white space,
/// else between words, else anywhere. A text without tokens has one empty window.
pub(super) fn windows(text: &str, tokens: &[Token], room: usize) -> Vec<Range<usize>> {
    let room = room.max(1);
    let mut windows = Vec::with_capacity(tokens.len() / room + 1);
    let mut start = 0;
    while tokens.len() - start > room {
        let end = start + room;
        // The last of the best.
        let cut = (start + room / 2 + 1..=end).max_by_key(|&at| seam(text, tokens, at)).unwrap_or(end);
        windows.push(start..cut);
        start = cut;
    }
    windows.push(start..tokens.len());
    windows
}

/// The seam before token `at`.
fn seam(text: &str, tokens: &[Token], at: usize) -> Seam {
    let Some([before, after]) = at.checked_sub(1).and_then(|last| tokens.get(last..=at)) else {
        return Seam::Sentence;
    };
    if before.word == after.word {
        return Seam::Piece;
    }
    let gap = text.get(before.bytes.end..after.bytes.start).unwrap_or("");
    if !gap.contains(char::is_whitespace) {
        return Seam::Word;
    }
    let ends =
        text.get(before.bytes.clone()).is_some_and(|t| t.ends_with(['.', '!', '?', '…', '。', '！', '？']));
    if ends || gap.contains(['\n', '\r', '\u{2028}', '\u{2029}']) { Seam::Sentence } else { Seam::Space }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as tokens, a mark at the end of a word as a token of its own, no two pieces of one word.
    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            if let Some(from) = start.filter(|_| !c.is_alphanumeric()) {
                tokens.push(from..at);
                start = None;
            }
            if c.is_alphanumeric() {
                start.get_or_insert(at);
            } else if !c.is_whitespace() {
                tokens.push(at..at + c.len_utf8());
            }
        }
        let number = |(word, bytes): (usize, Range<usize>)| Token { id: 0, bytes, word: word as u32 };
        tokens.into_iter().enumerate().map(number).collect()
    }

    fn cut(text: &str, room: usize) -> Vec<&str> {
        let tokens = tokens(text);
        windows(text, &tokens, room)
            .into_iter()
            .map(|window| match &tokens[window] {
                [] => "",
                part => &text[part[0].bytes.start..part[part.len() - 1].bytes.end],
            })
            .collect()
    }

    #[test]
    fn a_short_text_is_one_window() {
        assert_eq!(cut("", 4), [""]);
        assert_eq!(cut("one two three four", 4), ["one two three four"]);
    }

    #[test]
    fn a_cut_prefers_sentences_then_white_space_then_words() {
        assert_eq!(cut("go on. then we stop here now", 6), ["go on. then we stop", "here now"]);
        assert_eq!(cut("go on then. we stop here now", 6), ["go on then.", "we stop here now"]);
        assert_eq!(cut("go on then we\nstop here now", 6), ["go on then we", "stop here now"]);
        assert_eq!(cut("a-b-c-d e-f-g", 8), ["a-b-c-d", "e-f-g"]);
        assert_eq!(cut("a-b-c-d-e", 4), ["a-b-", "c-d-", "e"]);
    }

    #[test]
    fn pieces_of_one_word_stay_together_while_they_fit() {
        let piece = |word, at| Token { id: 0, bytes: at..at + 1, word };
        let tokens: Vec<Token> =
            [0, 1, 2, 2, 2, 2, 2, 2, 2, 2].into_iter().zip(0..).map(|(w, at)| piece(w, at)).collect();
        assert_eq!(windows("abcdefghij", &tokens[..5], 3), [0..2, 2..5]);
        assert_eq!(windows("abcdefghij", &tokens, 4), [0..4, 4..8, 8..10]);
    }

    proptest::proptest! {
        #[test]
        fn windows_hold_every_token_once_and_in_order(text in "[a-c.! \\n-]{0,200}", room in 1usize..20) {
            let tokens = tokens(&text);
            let windows = windows(&text, &tokens, room);
            let mut at = 0;
            for window in &windows {
                assert_eq!(window.start, at);
                assert!(window.len() <= room && (window.len() > room / 2 || window.end == tokens.len()));
                at = window.end;
            }
            assert_eq!(at, tokens.len());
        }
    }
}
