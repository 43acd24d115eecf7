//! The same messages as people type them in a hurry, for the perturbed copy of each test set.
//!
//! None of this shares code with the noise of the training, so that it is a test of it.

use fastrand::Rng;

use crate::corpus::{Row, Span};

/// A way to write a message differently.
pub struct Noise {
    pub name: &'static str,
    /// What becomes of the letter (text, place), or `None` to keep it.
    change: fn(&[char], usize, &mut Rng) -> Option<String>,
    /// What is put behind the message.
    after: fn(&mut Rng) -> &'static str,
}

/// All ways.
pub const NOISES: &[Noise] = &[
    Noise { name: "lower case", change: |t, n, _| Some(t[n].to_lowercase().collect()), after: nothing },
    Noise { name: "upper case", change: |t, n, _| Some(t[n].to_uppercase().collect()), after: nothing },
    Noise { name: "no punctuation", change: unmarked, after: nothing },
    Noise { name: "a slip in every tenth letter or so", change: slipped, after: nothing },
    Noise { name: "drawn-out vowels", change: drawn_out, after: nothing },
    Noise { name: "an emoji behind it", change: |_, _, _| None, after: emoji },
];

fn nothing(_: &mut Rng) -> &'static str {
    ""
}

/// None of these says how it feels.
fn emoji(chance: &mut Rng) -> &'static str {
    chance.choice([" 🙂", " 👀", " 🤷", "🤔", " 📱", " 🙃"]).unwrap_or_default()
}

fn unmarked(text: &[char], n: usize, _: &mut Rng) -> Option<String> {
    let inside_number =
        n > 0 && text[n - 1].is_ascii_digit() && text.get(n + 1).is_some_and(char::is_ascii_digit);
    (".,!?;:'’\"".contains(text[n]) && !inside_number).then(String::new)
}

fn slipped(text: &[char], n: usize, chance: &mut Rng) -> Option<String> {
    let inner = n > 0 && text[n - 1].is_alphabetic() && text.get(n + 1).is_some_and(|c| c.is_alphabetic());
    if !text[n].is_ascii_alphabetic() || !inner || chance.f32() > 0.1 {
        return None;
    }
    Some(match chance.u8(0..3) {
        0 => String::new(),
        1 => format!("{0}{0}", text[n]),
        _ => chance.char('a'..='z').to_string(),
    })
}

fn drawn_out(text: &[char], n: usize, chance: &mut Rng) -> Option<String> {
    let last = text.get(n + 1).is_none_or(|c| !c.is_alphabetic());
    let vowel = "aeiouy".contains(text[n].to_ascii_lowercase());
    (vowel && last && chance.f32() < 0.2).then(|| text[n].to_string().repeat(chance.usize(3..6)))
}

impl Noise {
    /// The row written this way: spans stay on their words; the same for the same `seed`.
    pub fn of(&self, row: &Row, seed: u64) -> Row {
        let mut chance = Rng::with_seed(seed);
        let letters: Vec<char> = row.text.chars().collect();
        // Where each code point of the old text begins in the new one.
        let mut begins = Vec::with_capacity(letters.len() + 1);
        let (mut text, mut length) = (String::new(), 0);
        for (n, letter) in letters.iter().enumerate() {
            begins.push(length);
            let new = (self.change)(&letters, n, &mut chance).unwrap_or_else(|| letter.to_string());
            length += new.chars().count();
            text.push_str(&new);
        }
        begins.push(length);
        text.push_str((self.after)(&mut chance));
        let moved = |at: usize| begins.get(at).copied().unwrap_or(length);
        let spans = row.spans.iter();
        let spans = spans.map(|s| Span { start: moved(s.start), end: moved(s.end), kind: s.kind.clone() });
        Row { text, spans: spans.collect(), ..row.clone() }
    }
}
