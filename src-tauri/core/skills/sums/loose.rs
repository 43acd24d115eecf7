//! Sums in any words: what is done with the numbers is told by the words beside them.

use std::sync::LazyLock;

use regex::Regex;

use super::{number, percents};
use crate::skills::reading::{pattern, says};

pattern!(NUMBERS, r"\d[\d,]*(?:\.\d+)?");
pattern!(PERCENT, r"(?<n>\d+(?:[.,]\d+)?) ?%");
pattern!(ASKED_PERCENT, r"(?:^|[^\d ] ?|\pL )%");
pattern!(
    CHANGED,
    r"\b(?:from|went|gone|goes|going|up|down|rose|rise|grew|growth|increased?|decreased?|drop(?:ped)?|fell|changed?|was|were|now)\b"
);
// "What's that each?", "how much is in each dose?"
pattern!(
    SHARED,
    r"\beach (?:pays?|gets?|owes?|has|must|should|person|of (?:us|them))\b|\bper (?:person|head)\b|\b(?:split|share|shared|sharing|splitting|divid\w+|between|among|amongst|halve|ways|equally|evenly)\b|\b(?:how (?:much|many)|what(?:'s|s| is| does| do| will| would)?|comes? to)\b[^.?!]*\b(?:each|apiece|per|a head|every(?:one|body)|one)\b"
);
pattern!(
    AMONG,
    r"\b(?<n>\d+)(?: \pL+)?? (?:of us|of them|ways|people|friends|persons|kids|children|guests|mates|housemates|flatmates|roommates|colleagues|lads|girls|boys|students|players|doses|months|weeks|days|parts|portions|equal)\b|\b(?:by|between|among|amongst|over|into|with|across|us|we are|we're|there are|there's) (?:the |us |all )?(?<n2>\d+)\b"
);
pattern!(
    TIMES,
    r"\b(?:times|multipl\w+|product|each|apiece|per|@|lots|packs?|boxes|bags|rows|every|trays?|crates?|cartons?)\b|\b(?:an?|at) (?:\d|hour|day|week|month|piece|head|go|pop|night|kilo|litre|metre|mile)|\d (?:an?|per) \pL"
);
pattern!(
    TAKEN,
    r"\b(?:left|remain\w*|change|tak(?:e|ing|en)|spent|spend|spending|gave|give|minus|subtract\w*|deduct\w*|differen\w+|less|fewer|lost|used|ate|paid|away|short|owe|still|more than)\b"
);
pattern!(
    ADDED,
    r"\b(?:plus|add\w*|and|sum|total\w*|altogether|together|in all|all up|combined|on top|both)\b"
);
pattern!(AVERAGE, r"\b(?:average|mean|averages|averaged)\b");

/// What is done with an amount and a percentage of it, by the words beside them; the first that fits.
const OF: &[(&str, &str)] = &[
    (
        r"\btip\w*\b.*\b(?:total|altogether|all in|in all)\b|\b(?:total|altogether|in all|including)\b.*\btip\b",
        "A * (1 + P/100)",
    ),
    (r"\b(?:tip\w*|deposit|commission|down ?payment|fee|save|saving|savings|share)\b", "P% of A"),
    (
        r"\b(?:off|discount\w*|reduc\w+|sale|cheaper|less|minus|lower\w*|cut|drop\w*|fell|fall\w*|down|take|knock|deduct\w*|subtract\w*|shrink\w*|lose|loses|lost)\b",
        "A * (1 - P/100)",
    ),
    (
        r"\b(?:plus|add\w*|on top|up|increase\w*|rais\w+|rise\w*|rose|more|extra|mark-?up|grow\w*|with|including)\b",
        "A * (1 + P/100)",
    ),
    (r"", "P% of A"),
];

static RULES: LazyLock<Vec<(Regex, &'static str)>> =
    LazyLock::new(|| OF.iter().filter_map(|(words, sum)| Some((Regex::new(words).ok()?, *sum))).collect());

/// What is done with one number, in signs.
const SIGNS: &[(&str, &str)] = &[
    (r"\b(?:the )?square of (\d+(?:\.\d+)?)", "$1^2"),
    (r"\b(?:the )?square root of (\d+(?:\.\d+)?)", "$1^0.5"),
    (r"\b(\d+)/(\d+) of (\d+(?:\.\d+)?)", "($1 * $3 / $2)"),
    (r"\b(?:the )?cube of (\d+(?:\.\d+)?)", "$1^3"),
    (r"\b(?:twice|double) (\d+(?:\.\d+)?)", "(2 * $1)"),
    (r"\b(?:a )?half (?:of )?(\d+(?:\.\d+)?)", "($1 / 2)"),
    (r"\bto the (?:power of )?(\d+)(?:st|nd|rd|th)?(?: power)?\b", "^ $1"),
];

static SIGNED: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    SIGNS.iter().filter_map(|(words, sign)| Some((Regex::new(words).ok()?, *sign))).collect()
});

/// The text with what is done with one number in signs: "the square of 14 minus 6" is "14^2 minus 6".
pub(crate) fn signed(text: &str) -> String {
    let said = |text: String, (words, sign): &(Regex, &str)| words.replace_all(&text, *sign).into_owned();
    SIGNED.iter().fold(text.to_lowercase(), said)
}

/// How far from the outermost numbers a sum's own words may stand.
const NEAR: usize = 4;

/// Parts of a text that may be a sum on their own, with all its numbers, the longest first.
pub(crate) fn spans(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let counted = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let (Some(first), Some(last)) = (words.iter().position(counted), words.iter().rposition(counted)) else {
        return Vec::new();
    };
    let row = |from: usize, to: usize| {
        words
            .get(from..to)
            .map(|row| row.join(" ").trim_matches([',', '.', '?', '!', ';', ':', '=', '"', ' ']).to_owned())
    };
    let ends = last + 1..=words.len().min(last + 1 + NEAR);
    let mut spans: Vec<(usize, usize)> =
        ends.flat_map(|to| (first.saturating_sub(NEAR)..=first).map(move |from| (from, to))).collect();
    spans.sort_by_key(|(from, to)| from + words.len() - to);
    spans.into_iter().filter_map(|(from, to)| row(from, to)).collect()
}

/// What a text does with its numbers, in fend's notation with a sign that its value is read with; it asks for a sum.
pub(crate) fn loose(text: &str) -> Option<(String, &'static str)> {
    let text = percents(&text.to_lowercase());
    let text = text.trim_end_matches(['?', '!', '.', ' ']);
    let numbers: Vec<String> =
        NUMBERS.as_ref()?.find_iter(text).map(|found| number(found.as_str())).collect();
    let is = |pattern| says(pattern, text);
    if is(&AVERAGE) && numbers.len() > 1 {
        return Some((format!("({}) / {}", numbers.join(" + "), numbers.len()), ""));
    }
    let [a, b] = numbers.as_slice() else {
        let adds = is(&ADDED) && numbers.len() > 2 && !is(&TAKEN) && !is(&TIMES) && !is(&SHARED);
        return adds.then(|| (numbers.join(" + "), ""));
    };
    let (x, y): (f64, f64) = (a.parse().ok()?, b.parse().ok()?);
    let (small, large) = if x <= y { (a, b) } else { (b, a) };
    if let Some(percent) = PERCENT.as_ref()?.captures(text) {
        let percent = number(&percent["n"]);
        let of = if percent == *a { b } else { a };
        let (_, sum) = RULES.iter().find(|(words, _)| words.is_match(text))?;
        return Some((sum.replace('A', of).replace('P', &percent), ""));
    }
    if is(&ASKED_PERCENT) {
        let changed = is(&CHANGED) && !text.contains("out of");
        let sum = if changed {
            format!("(({b}) - ({a}))/({a}) * 100")
        } else {
            format!("({small})/({large}) * 100")
        };
        return Some((sum, "%"));
    }
    let sum = if is(&SHARED) {
        let among = AMONG.as_ref()?.captures(text);
        let among = among.and_then(|found| Some(number(found.name("n").or(found.name("n2"))?.as_str())));
        match among {
            Some(n) if n == *a => format!("{b} / {a}"),
            Some(n) if n == *b => format!("{a} / {b}"),
            _ => format!("{large} / {small}"),
        }
    } else if is(&TIMES) {
        format!("{a} * {b}")
    } else if is(&TAKEN) {
        format!("{large} - {small}")
    } else if is(&ADDED) {
        format!("{a} + {b}")
    } else {
        return None;
    };
    Some((sum, ""))
}

#[cfg(test)]
mod tests {
    use super::loose;

    #[test]
    fn sums_in_any_words() {
        for (text, expected) in [
            ("6 of us splitting 137.40, what's that each", "137.40 / 6"),
            ("18 pallets with 42 cartons on each how many cartons", "18 * 42"),
            ("120 milligrams over 8 doses, how much is in each dose", "120 / 8"),
            ("the rent went from 400 to 500, what percent is that", "((500) - (400))/(400) * 100"),
            ("jacket's 85 and there's 20 percent off", "85 * (1 - 20/100)"),
            ("what would 7.5 percent of my 1200 be", "7.5% of 1200"),
            ("had 50, spent 18, what is left", "50 - 18"),
            ("the average of 6, 7 and 9.5, please", "(6 + 7 + 9.5) / 3"),
        ] {
            assert_eq!(loose(text).map(|(sum, _)| sum).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(loose("3 wise men"), None);
    }
}
