//! Percentages: `15%`, `15 percent`, `fifteen per cent`.

use super::number::number;
use super::words::Words;

/// A percentage at word `at` as "15%", and the word after it.
pub(super) fn entity(words: &Words, at: usize) -> Option<(String, usize)> {
    let (value, next) = number(words, at)?;
    let next = words.after_any(next, &["%", "percent", "per cent", "pct"])?;
    words.alone(at, next).then(|| (format!("{value}%"), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages() {
        for (text, value) in [
            ("15%", "15%"),
            ("2.5 %", "2.5%"),
            ("fifteen percent", "15%"),
            ("3 per cent", "3%"),
            ("-1,5%", "-"),
        ] {
            let words = Words::new(text);
            let found = entity(&words, 0).map(|(value, _)| value);
            assert_eq!(found.as_deref(), Some(value).filter(|v| *v != "-"), "{text}");
        }
    }
}
