//! SubRip captions: a number, times, text, a blank line.

use super::found::Record;
use super::input::{Head, Input};
use super::transcript::{Cue, bare, tell, timing};
use super::{Format, Reader};
use crate::Result;

pub(super) struct Srt;

impl Reader for Srt {
    fn format(&self) -> Format {
        Format::Srt
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Lines(text) = head else { return false };
        let mut lines = text.lines().map(str::trim).skip_while(|line| line.is_empty());
        let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
        timing(first).is_some() || (number && timing(second).is_some())
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let (title, digest) = (input.stem(), input.digest());
        let mut cues: Vec<Cue> = Vec::new();
        // The last line that was only a number may be the next caption's.
        let mut number: Option<(u64, String)> = None;
        let mut text: Option<(u64, i64, Vec<String>)> = None;
        let mut lines = input.lines()?;
        while let Some(line) = lines.next(record)? {
            if let Some(start) = timing(&line.text) {
                finish(&mut cues, text.take(), record)?;
                number = None;
                text = Some((line.number, start, Vec::new()));
                continue;
            }
            if let Some((at, digits)) = number.take() {
                push(&mut text, at, digits, record)?;
            }
            let trimmed = line.text.trim();
            if !trimmed.is_empty() && trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
                number = Some((line.number, line.text));
            } else {
                push(&mut text, line.number, line.text, record)?;
            }
        }
        if let Some((at, digits)) = number {
            push(&mut text, at, digits, record)?;
        }
        finish(&mut cues, text, record)?;
        tell(title, digest, cues, record)
    }
}

type Open = Option<(u64, i64, Vec<String>)>;

fn push(text: &mut Open, number: u64, line: String, record: &mut Record<'_>) -> Result<()> {
    match text {
        Some((_, _, lines)) => lines.push(line),
        None if line.trim().is_empty() => {}
        None => record.warn(number, "stands before the first caption; passed over")?,
    }
    Ok(())
}

fn finish(cues: &mut Vec<Cue>, text: Open, record: &mut Record<'_>) -> Result<()> {
    let Some((number, start, lines)) = text else { return Ok(()) };
    let text = bare(&lines.join("\n"));
    if text.is_empty() {
        return record.warn(number, "is a caption without a text; passed over");
    }
    cues.push(Cue { start, speaker: None, text });
    Ok(())
}
