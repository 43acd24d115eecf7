//! Words as the search index sees them: whatever their case and accents.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Excerpt;

/// An excerpt is about this long, in characters.
const EXCERPT: usize = 240;

/// So much of it stands before what was found.
const LEAD: usize = 60;

/// What is looked for in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Needle {
    /// Words in this order; the last one may go on.
    Words { words: Vec<String>, prefix: bool },
    /// Signs in this order, wherever they stand: symbols, and scripts without spaces.
    Piece(String),
}

/// A text as its words.
struct Folded {
    words: Vec<(String, Range<usize>)>,
}

impl Folded {
    fn new(text: &str) -> Folded {
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (start, in_word(c)) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    words.push((folded(&text[from..at]), from..at));
                    start = None;
                }
                _ => {}
            }
        }
        Folded { words }
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Without case and accents.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a script has no spaces between its words, so that the index knows only whole clauses.
fn unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x2E80..=0x2FFF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

impl Needle {
    /// What `text` looks for; with `prefix`, its last word may go on. `None` for no text at all.
    pub fn new(text: &str, prefix: bool) -> Option<Needle> {
        let text = text.trim();
        let words: Vec<String> = Folded::new(text).words.into_iter().map(|(word, _)| word).collect();
        if text.is_empty() {
            None
        } else if words.iter().all(String::is_empty) || text.chars().any(unspaced) {
            Some(Needle::Piece(folded(text)))
        } else {
            Some(Needle::Words { words, prefix })
        }
    }

    /// The same for the search index, if that can find it.
    pub fn indexed(&self) -> Option<String> {
        match self {
            Needle::Words { words, prefix } => {
                Some(format!("\"{}\"{}", words.join(" "), if *prefix { " *" } else { "" }))
            }
            Needle::Piece(_) => None,
        }
    }

    /// As one would say it.
    pub fn written(&self) -> String {
        match self {
            Needle::Words { words, .. } => words.join(" "),
            Needle::Piece(piece) => piece.clone(),
        }
    }

    /// Whether `text` holds it.
    pub fn is_in(&self, text: &str) -> bool {
        match self {
            Needle::Words { .. } => !self.words_in(&Folded::new(text), true).is_empty(),
            Needle::Piece(piece) => folded(text).contains(piece.as_str()),
        }
    }

    /// Where in `text` it is, in bytes.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        match self {
            Needle::Words { .. } => self.words_in(&Folded::new(text), false),
            Needle::Piece(piece) => pieces(text, piece),
        }
    }

    fn words_in(&self, text: &Folded, first: bool) -> Vec<Range<usize>> {
        let Needle::Words { words, prefix } = self else { return Vec::new() };
        let Some((last, before)) = words.split_last() else { return Vec::new() };
        let mut found = Vec::new();
        for window in text.words.windows(words.len()) {
            let Some(((end, place), start)) = window.split_last() else { continue };
            let fits = if *prefix { end.starts_with(last.as_str()) } else { end == last };
            if fits && start.iter().map(|(word, _)| word).eq(before) {
                found.push(start.first().map_or(place.start, |(_, first)| first.start)..place.end);
                if first {
                    break;
                }
            }
        }
        found
    }
}

/// Where `text` holds the signs of `piece`, in bytes.
fn pieces(text: &str, piece: &str) -> Vec<Range<usize>> {
    if piece.is_empty() {
        return Vec::new();
    }
    let mut flat = String::new();
    // For each byte of `flat`, the character of `text` that it came from.
    let mut from = Vec::new();
    for (at, c) in text.char_indices() {
        let before = flat.len();
        flat += &folded(c.encode_utf8(&mut [0; 4]));
        from.extend(std::iter::repeat_n(at..at + c.len_utf8(), flat.len() - before));
    }
    let found = flat.match_indices(piece);
    found.filter_map(|(at, _)| Some(from.get(at)?.start..from.get(at + piece.len() - 1)?.end)).collect()
}

/// The part of `text` around what was looked for, cut at it; the whole of a short text.
pub(crate) fn excerpt(text: &str, needles: &[Needle]) -> Vec<Excerpt> {
    let mut places: Vec<Range<usize>> = needles.iter().flat_map(|needle| needle.places(text)).collect();
    places.sort_by_key(|place| (place.start, place.end));
    let window = window(text, places.first());
    let mut cut = Vec::new();
    let mut push = |part: &str, hit| {
        if !part.is_empty() {
            cut.push(Excerpt { text: part.to_owned(), hit });
        }
    };
    if window.start > 0 {
        push("…", false);
    }
    let mut at = window.start;
    for place in places {
        let (start, end) = (place.start.max(at), place.end.min(window.end));
        if start >= end {
            continue;
        }
        push(&text[at..start], false);
        push(&text[start..end], true);
        at = end;
    }
    push(&text[at..window.end], false);
    if window.end < text.len() {
        push("…", false);
    }
    cut
}

/// The stretch of a long text that is shown, in bytes.
fn window(text: &str, first: Option<&Range<usize>>) -> Range<usize> {
    let Some((longest, _)) = text.char_indices().nth(EXCERPT) else { return 0..text.len() };
    let hit = first.map_or(0, |place| place.start);
    let Some((start, _)) = text[..hit].char_indices().nth_back(LEAD) else { return 0..longest };
    // Not in the middle of a word, if there is a space.
    let start = text[start..hit].find(char::is_whitespace).map_or(start, |space| {
        let after = &text[start + space..hit];
        start + space + (after.len() - after.trim_start().len())
    });
    let end = text[start..].char_indices().nth(EXCERPT).map_or(text.len(), |(length, _)| start + length);
    start..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn needle(text: &str) -> Needle {
        Needle::new(text, false).unwrap()
    }

    fn marked(text: &str, needles: &[Needle]) -> String {
        let cut = excerpt(text, needles).into_iter();
        cut.map(|part| if part.hit { format!("[{}]", part.text) } else { part.text }).collect()
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        for (text, looked_for) in [
            ("Un CAFÉ noir", "cafe"),
            ("un cafe noir", "Café"),
            ("Ångström", "angstrom"),
            ("e\u{301}te", "été"),
        ] {
            assert!(needle(looked_for).is_in(text), "{looked_for} in {text}");
        }
        assert!(!needle("caf").is_in("café"));
        assert!(Needle::new("caf", true).unwrap().is_in("Two Cafés"));
    }

    #[test]
    fn words_stand_in_their_order() {
        assert!(needle("hot water").is_in("no HOT, water"));
        assert!(!needle("hot water").is_in("water, hot"));
        assert_eq!(needle("it's").indexed().unwrap(), "\"it s\"");
        assert_eq!(Needle::new("boil", true).unwrap().indexed().unwrap(), "\"boil\" *");
    }

    #[test]
    fn what_has_no_words_is_found_by_its_signs() {
        assert!(needle("🌿").is_in("quiet 🌿 here"));
        assert!(needle("東京").is_in("私は東京に行く"));
        assert!(needle("?!").is_in("what?!"));
        assert_eq!(needle("🌿").indexed(), None);
        assert_eq!(Needle::new("  ", false), None);
    }

    #[test]
    fn an_excerpt_marks_what_was_found() {
        assert_eq!(marked("The Boiler, the boiler!", &[needle("boiler")]), "The [Boiler], the [boiler]!");
        assert_eq!(marked("hot water now", &[needle("hot water"), needle("water")]), "[hot water] now");
        assert_eq!(marked("in 東京 today", &[needle("東京")]), "in [東京] today");
        assert_eq!(marked("nothing", &[needle("boiler")]), "nothing");
        assert_eq!(marked("", &[needle("boiler")]), "");
    }

    #[test]
    fn a_long_text_is_cut_around_what_was_found() {
        let long = format!("{} boiler {}", "before ".repeat(200), "after ".repeat(200));
        let cut = marked(&long, &[needle("boiler")]);
        assert!(cut.starts_with("…before ") && cut.contains("[boiler]") && cut.ends_with('…'), "{cut}");
        assert!(cut.chars().count() <= EXCERPT + 4, "{cut}");
        let start = marked(&long, &[]);
        assert!(start.starts_with("before ") && start.ends_with('…'), "{start}");
    }

    proptest! {
        #[test]
        fn a_short_text_is_shown_to_the_letter(text in ".{0,200}", looked_for in ".{1,4}") {
            let needles: Vec<Needle> = Needle::new(&looked_for, true).into_iter().collect();
            let whole: String = excerpt(&text, &needles).into_iter().map(|part| part.text).collect();
            prop_assert_eq!(whole, text);
        }

        #[test]
        fn what_is_marked_is_what_is_in_it(text in "\\PC{0,400}", looked_for in "\\PC{1,3}") {
            if let Some(needle) = Needle::new(&looked_for, false) {
                let marks = !needle.places(&text).is_empty();
                // One sign at a time folds as the whole does, but for marks at its edges.
                if matches!(needle, Needle::Words { .. }) {
                    prop_assert_eq!(marks, needle.is_in(&text));
                }
                excerpt(&text, &[needle]);
            }
        }
    }
}
