//! [WebVTT](https://www.w3.org/TR/webvtt1/) captions, with voice tags or Zoom's
//! names.

use super::found::Record;
use super::input::{Head, Input, Line};
use super::transcript::{Cue, bare, tell, timing};
use super::{Format, Reader};
use crate::Result;

pub(super) struct WebVtt;

impl Reader for WebVtt {
    fn format(&self) -> Format {
        Format::WebVtt
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Lines(text) = head else { return false };
        text.strip_prefix("WEBVTT")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let (title, digest) = (input.stem(), input.digest());
        let mut cues = Vec::new();
        for block in blocks(input, record)? {
            let Some(first) = block.first() else { continue };
            let head = first.text.trim_start_matches('\u{feff}');
            let word = head.split_whitespace().next().unwrap_or_default();
            if matches!(word, "WEBVTT" | "NOTE" | "STYLE" | "REGION") && !head.contains("-->") {
                continue;
            }
            // The cue may have a name of its own before its times.
            let Some((at, start)) =
                block.iter().take(2).enumerate().find_map(|(at, line)| Some((at, timing(&line.text)?)))
            else {
                record.warn(first.number, "is no caption: it has no times; passed over")?;
                continue;
            };
            let text = block[at + 1..].iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
            let before = cues.len();
            cues.extend(voices(&text).into_iter().map(|(speaker, text)| Cue { start, speaker, text }));
            if cues.len() == before {
                record.warn(first.number, "is a caption without a text; passed over")?;
            }
        }
        tell(title, digest, cues, record)
    }
}

/// Lines that stand together. A line of blanks ends them only before their times: within a caption it is text, unless
/// the next caption begins right after it.
fn blocks(input: &mut Input, record: &mut Record<'_>) -> Result<Vec<Vec<Line>>> {
    let mut blocks = Vec::new();
    let mut block: Vec<Line> = Vec::new();
    let mut timed = false;
    let mut lines = input.lines()?;
    while let Some(line) = lines.next(record)? {
        let blank = line.text.trim().is_empty();
        if line.text.is_empty() || (blank && !timed) {
            blocks.push(std::mem::take(&mut block));
            timed = false;
            continue;
        }
        if timing(&line.text).is_some() {
            if timed {
                // It may have a name of its own, behind the blanks.
                let name = block.len().checked_sub(2).filter(|&at| block[at].text.trim().is_empty());
                let next = name.map_or(Vec::new(), |at| block.split_off(at + 1));
                blocks.push(std::mem::replace(&mut block, next));
            }
            timed = true;
        }
        block.push(line);
    }
    blocks.push(block);
    Ok(blocks)
}

/// What each voice says: `<v Anna>hello</v>`.
fn voices(text: &str) -> Vec<(Option<String>, String)> {
    let mut voices = Vec::new();
    let mut say = |speaker: Option<String>, text: &str| {
        let text = bare(text);
        if !text.is_empty() {
            voices.push((speaker, text));
        }
    };
    let mut rest = text;
    let mut speaker = None;
    while let Some(at) = voice_tag(rest) {
        say(speaker.take(), &rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        let tag = &rest[at + 2..at + end];
        let name = tag.split_once(char::is_whitespace).map(|(_, name)| bare(name));
        speaker = name.filter(|name| !name.is_empty());
        rest = &rest[at + end + 1..];
    }
    say(speaker, rest);
    voices
}

/// Where `<v Anna>` or `<v.loud Anna>` begins.
fn voice_tag(text: &str) -> Option<usize> {
    text.match_indices("<v").map(|(at, _)| at).find(|at| text[at + 2..].starts_with([' ', '.', '\t']))
}

#[cfg(test)]
mod tests {
    use super::voices;

    #[test]
    fn each_voice_has_its_say() {
        let said = voices("<v Anna Li>Hi <b>you</b></v>\n<v.loud Bob>No &amp; no");
        assert_eq!(said, [(Some("Anna Li".into()), "Hi you".into()), (Some("Bob".into()), "No & no".into())]);
        assert_eq!(voices("plain <00:01.000>words"), [(None, "plain words".into())]);
        assert_eq!(voices("<v Anna"), [(None, "<v Anna".into())]);
        assert_eq!(voices(""), []);
    }
}
