//! A text as words, digits and marks: what the grammars walk over.

use std::borrow::Cow;
use std::ops::Range;

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters of any script.
    Letters,
    /// Digits 0 to 9.
    Digits,
    /// One other character.
    Mark,
}

struct Word<'t> {
    text: &'t str,
    lower: Cow<'t, str>,
    start: usize,
    shape: Shape,
    glued: bool,
}

/// The words of a text, by number. Numbers past the end are allowed everywhere, and there is nothing there.
pub(super) struct Words<'t> {
    list: Vec<Word<'t>>,
}

impl<'t> Words<'t> {
    /// Cuts `text` at white space and wherever letters, digits and marks meet.
    pub fn new(text: &'t str) -> Words<'t> {
        let mut list: Vec<Word<'t>> = Vec::new();
        let mut glued = false;
        for (start, c) in text.char_indices() {
            if c.is_whitespace() {
                glued = false;
                continue;
            }
            let shape = match c {
                '0'..='9' => Shape::Digits,
                c if c.is_alphabetic() => Shape::Letters,
                _ => Shape::Mark,
            };
            match list.last_mut() {
                Some(last) if glued && shape == last.shape && shape != Shape::Mark => {
                    last.text = text.get(last.start..start + c.len_utf8()).unwrap_or(last.text);
                }
                _ => {
                    let word = text.get(start..start + c.len_utf8()).unwrap_or("");
                    list.push(Word { text: word, lower: Cow::Borrowed(""), start, shape, glued });
                }
            }
            glued = true;
        }
        for word in &mut list {
            let capital = word.text.contains(|c: char| c.is_ascii_uppercase());
            word.lower =
                if capital { Cow::Owned(word.text.to_ascii_lowercase()) } else { Cow::Borrowed(word.text) };
        }
        Words { list }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Word `at` with ASCII letters in lower case; empty past the end.
    pub fn lower(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |word| &word.lower)
    }

    /// Word `at` as written; empty past the end.
    pub fn written(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |word| word.text)
    }

    /// What word `at` is made of.
    pub fn shape(&self, at: usize) -> Option<Shape> {
        self.list.get(at).map(|word| word.shape)
    }

    /// Word `at` if it is made of digits.
    pub fn digits(&self, at: usize) -> Option<&'t str> {
        self.list.get(at).filter(|word| word.shape == Shape::Digits).map(|word| word.text)
    }

    /// Whether no white space stands between word `at` and the one before it.
    pub fn glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|word| word.glued)
    }

    /// Whether word `at` is `mark` and glued to the one before it.
    pub fn joined_by(&self, at: usize, mark: &str) -> bool {
        self.glued(at) && self.written(at) == mark
    }

    /// The digits that are glued after a `mark` at `at`.
    pub fn digits_after(&self, at: usize, mark: &str) -> Option<&'t str> {
        self.digits(at + 1).filter(|_| self.joined_by(at, mark) && self.glued(at + 1))
    }

    /// The number after `phrase`, if it stands at `at`; a space in `phrase` is a border between words.
    pub fn after(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut next = at;
        for word in phrase.split(' ') {
            if self.lower(next) != word {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The number after the first of `phrases` that stands at `at`.
    pub fn after_any(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().find_map(|phrase| self.after(at, phrase))
    }

    /// Stretch of text in bytes from word `start` to before word `end`.
    pub fn bytes(&self, start: usize, end: usize) -> Range<usize> {
        let from = self.list.get(start).map_or(0, |word| word.start);
        let to = end.checked_sub(1).and_then(|last| self.list.get(last));
        from..to.map_or(from, |word| word.start + word.text.len())
    }

    /// Whether the words from `start` to before `end` stand alone: no letter or digit touches either side.
    pub fn alone(&self, start: usize, end: usize) -> bool {
        let before = self.glued(start) && start.checked_sub(1).is_some_and(|before| self.touches(before));
        !before && self.ends(end)
    }

    /// Whether what ends before word `at` is not touched by a letter or digit there.
    pub fn ends(&self, at: usize) -> bool {
        !(self.glued(at) && self.touches(at))
    }

    fn touches(&self, at: usize) -> bool {
        !matches!(self.shape(at), None | Some(Shape::Mark)) || self.lower(at) == "_"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_digits_and_marks() {
        let words = Words::new("At 9:30pm, Zoë's über-café\u{a0}…");
        let list: Vec<&str> = (0..words.len()).map(|at| words.lower(at)).collect();
        assert_eq!(list, ["at", "9", ":", "30", "pm", ",", "zoë", "'", "s", "über", "-", "café", "…"]);
        assert!(words.glued(3) && !words.glued(6));
        assert_eq!(words.digits_after(2, ":"), Some("30"));
        assert_eq!(words.after(0, "at 9"), Some(2));
        assert_eq!(words.bytes(0, 2), 0..4);
        assert!(!words.alone(3, 4) && words.alone(1, 5));
        assert_eq!(words.lower(99), "");
    }
}
