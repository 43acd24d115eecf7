//! What captions and transcripts share: cues with times from the beginning of a
//! recording, names before what is said, markup.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::UNNAMED;
use super::found::{Identity, Record};
use crate::Result;

/// A stretch of a recording.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cue {
    /// Milliseconds from the beginning.
    pub(super) start: i64,
    pub(super) speaker: Option<String>,
    pub(super) text: String,
}

/// Hands a whole recording to `record`, a cue a message.
pub(super) fn tell(
    title: String,
    digest: [u8; 32],
    mut cues: Vec<Cue>,
    record: &mut Record<'_>,
) -> Result<()> {
    record.conversation(title, Identity::File(digest))?;
    name_speakers(&mut cues);
    let start = record.options.start;
    for cue in cues {
        record.say(cue.speaker.as_deref().unwrap_or(UNNAMED), start.saturating_add(cue.start), cue.text)?;
    }
    Ok(())
}

/// Zoom writes "Anna Smith: hello" into the text. It is a name if the captions
/// name no one otherwise and most of them begin like this.
fn name_speakers(cues: &mut [Cue]) {
    if cues.iter().any(|cue| cue.speaker.is_some()) {
        return;
    }
    let named = cues.iter().filter(|cue| prefix(&cue.text).is_some()).count();
    if named == 0 || named * 2 < cues.len() {
        return;
    }
    for cue in cues {
        if let Some((name, text)) = prefix(&cue.text) {
            (cue.speaker, cue.text) = (Some(name.to_owned()), text.to_owned());
        }
    }
}

/// The name and the text of "Anna Smith: hello", or of "[SPEAKER_00]: hello".
pub(super) fn prefix(text: &str) -> Option<(&str, &str)> {
    const LONGEST_NAME: usize = 50;
    const MOST_WORDS: usize = 6;
    let (name, said) = text.split_once(':')?;
    let name = name.trim();
    let begins = name
        .chars()
        .next()
        .is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '+' | '@' | '<'))
        || (name.starts_with('[') && name.ends_with(']') && name.len() > 2);
    let short = name.chars().count() <= LONGEST_NAME && name.split_whitespace().count() <= MOST_WORDS;
    let sentence =
        name.contains(['.', '?', '!', ',', '"', '\n']) && !name.contains(". ") && !name.ends_with('.');
    let spaced = said.is_empty() || said.starts_with([' ', '\t', '\n', '\u{a0}']);
    (begins && short && !sentence && spaced)
        .then(|| (name.trim_matches(['<', '>', '[', ']']), said.trim_start()))
}

/// Hours, minutes, seconds and thousandths: `01:02:03.456`, `02:03,456`.
pub(super) fn clock(text: &str) -> Option<i64> {
    let (whole, fraction) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let mut seconds: i64 = 0;
    let mut parts = 0;
    for part in whole.split(':') {
        let digits = !part.is_empty() && part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit());
        seconds = seconds.checked_mul(60)?.checked_add(digits.then(|| part.parse::<i64>().ok())??)?;
        parts += 1;
    }
    if !(2..=3).contains(&parts) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    seconds.checked_mul(1000)?.checked_add(thousandths)
}

/// The beginning of `00:01.000 --> 00:02.000 align:start`.
pub(super) fn timing(line: &str) -> Option<i64> {
    let (from, to) = line.split_once("-->")?;
    clock(to.split_whitespace().next()?)?;
    clock(from)
}

/// Text without tags, with the characters that were escaped.
pub(super) fn bare(text: &str) -> String {
    static TAG: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"</?[a-zA-Z0-9][^<>]*>|\{\\[^{}]*\}").ok());
    let text = match TAG.as_ref() {
        Some(tag) => tag.replace_all(text, ""),
        None => text.into(),
    };
    unescaped(&text).trim().to_owned()
}

fn unescaped(text: &str) -> String {
    static ENTITY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"&(amp|lt|gt|nbsp|lrm|rlm|quot|#39);").ok());
    let Some(entity) = ENTITY.as_ref() else { return text.to_owned() };
    let letter = |found: &Captures<'_>| match &found[1] {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "nbsp" => "\u{a0}",
        "lrm" => "\u{200e}",
        "rlm" => "\u{200f}",
        "quot" => "\"",
        _ => "'",
    };
    entity.replace_all(text, letter).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks() {
        assert_eq!(clock("01:02:03.456"), Some(3_723_456));
        assert_eq!(clock("02:03,4"), Some(123_400));
        assert_eq!(clock("100:00:00"), Some(360_000_000));
        for bad in ["", "3.4", "1:2:3:4", "a:b", "1:-2", "99999999:00"] {
            assert_eq!(clock(bad), None, "{bad}");
        }
    }

    #[test]
    fn prefixes() {
        assert_eq!(prefix("Anna Smith: hello: you"), Some(("Anna Smith", "hello: you")));
        assert_eq!(prefix("Prof. Oak: hello"), Some(("Prof. Oak", "hello")));
        assert_eq!(prefix("[SPEAKER_00]: hello"), Some(("SPEAKER_00", "hello")));
        for text in
            ["no name", "http://example.org", "Well, I said: no", "at 10:30", "(laughs): ha", "[sic: yes"]
        {
            assert_eq!(prefix(text), None, "{text}");
        }
    }

    #[test]
    fn tags_go_and_letters_come_back() {
        assert_eq!(bare("<i>a</i> &lt; <00:01.000><c.red>b</c> {\\an8}&amp;lt; 1 < 2"), "a < b &lt; 1 < 2");
    }
}
