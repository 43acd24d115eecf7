//! A message cut into its clauses, for what is found in it without a grammar.

use super::reading::{Pattern, pattern};
use std::ops::Range;

/// What stands before a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// The end of a sentence, or the beginning of the message.
    Stop,
    Colon,
    /// Also a dash or a bracket.
    Comma,
    /// A word only: "so", "because", or who does something.
    Word,
}

/// A part of a sentence that may be a request, or the reason of one.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    pub text: &'a str,
    pub mark: Mark,
}

pattern!(
    BREAK,
    r"(?xi)(?<stop>[.!?;…]+(?:\s+|$)|\n+)|(?<colon>:\s+)|(?<comma>,\s+|\s+[-–—]+\s+|\s*[()]\s*)(?<then>(?:and\ )?(?:so|because|cause|cos|coz|cuz|otherwise|but)\ )?
    |\s+(?<word>(?:and\ )?so\ (?:that\ )?|because\ |cause\ |cos\ |coz\ |cuz\ |otherwise\ )
    |\s(?<who>(?:and\ |as\ |since\ |while\ |before\ |when\ |if\ )?(?:i|we|he|she|they|there|it)(?:'s|'m|'re|'ve|'ll|'d|\ is|\ was|\ has|\ have|\ had|\ are|\ am|\ need|\ needs|\ can|\ will|\ would)\ |\b(?:its|im|ive)\ |(?:and\ |please\ )*(?:add|put|pop|stick|jot|note|tick|cross|take|check|mark|write|get|strike|remove|delete)\ (?:it|that|them|those|this|these)\ )"
);

/// The clauses of a message, none of them empty.
pub(super) fn clauses(text: &str) -> Vec<Clause<'_>> {
    let mut clauses = Vec::new();
    let (mut begun, mut mark) = (0, Mark::Stop);
    let cuts = BREAK.as_ref().map(|cut| cut.captures_iter(text).collect::<Vec<_>>()).unwrap_or_default();
    for cut in cuts {
        let Some(whole) = cut.get(0) else { continue };
        let (end, next, follows) =
            match (cut.name("who"), cut.name("stop"), cut.name("colon"), cut.name("comma")) {
                (Some(who), ..) => (whole.start(), who.start(), Mark::Word),
                (_, Some(_), ..) => (whole.start(), whole.end(), Mark::Stop),
                (_, _, Some(_), _) => (whole.start(), whole.end(), Mark::Colon),
                (_, _, _, Some(_)) if cut.name("then").is_none() => (whole.start(), whole.end(), Mark::Comma),
                _ => (whole.start(), whole.end(), Mark::Word),
            };
        clauses.extend(clause(text, begun..end, mark));
        // Two marks in a row are as the stronger one: "milk, so I …".
        let empty = text.get(begun..end).is_none_or(|text| text.trim().is_empty());
        mark = if empty && follows == Mark::Word { mark } else { follows };
        begun = next;
    }
    clauses.extend(clause(text, begun..text.len(), mark));
    clauses
}

fn clause(text: &str, at: Range<usize>, mark: Mark) -> Option<Clause<'_>> {
    let text = text.get(at)?.trim();
    (!text.is_empty()).then_some(Clause { text, mark })
}

/// The words of a text in lower case, each with its place.
pub(super) fn tokens(text: &str) -> Vec<(Range<usize>, String)> {
    let part = |c: char| c.is_alphanumeric() || c == '\'' || c == '-' || c == '&';
    let mut words = Vec::new();
    let mut begun = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (begun, part(c)) {
            (None, true) => begun = Some(at),
            (Some(start), false) => {
                words.extend(text.get(start..at).map(|word| (start..at, word.to_lowercase())));
                begun = None;
            }
            _ => {}
        }
    }
    words
}

/// The text without what the pattern finds at its end, however often.
pub(super) fn without<'a>(pattern: &Pattern, mut text: &'a str) -> &'a str {
    while let Some(found) =
        pattern.as_ref().and_then(|pattern| pattern.find(text)).filter(|found| !found.is_empty())
    {
        text = text.get(..found.start()).unwrap_or_default().trim_end();
    }
    text
}
