//! Plain text: `Anna: hello`, with or without a clock time before it, and on
//! the way out a log to be read by people.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::export::Writer;
use super::found::{Identity, Record};
use super::input::{Head, Input};
use super::transcript::{clock, prefix};
use super::{Format, Reader, UNNAMED};
use crate::{Conversation, Message, Result};

pub(super) struct Text;

impl Reader for Text {
    fn format(&self) -> Format {
        Format::Text
    }

    /// Two lines or more, and a quarter of all, that begin with a name.
    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Lines(text) = head else { return false };
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let (mut named, mut all) = (0, 0);
        for line in lines {
            named += usize::from(prefix(timed(line).1).is_some());
            all += 1;
        }
        !text.contains('\0') && named >= 2 && named * 4 >= all
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        record.conversation(input.stem(), Identity::File(input.digest()))?;
        let start = record.options.start;
        let mut named = false;
        let mut pending: Option<(String, i64, String)> = None;
        let mut blank_lines = 0;
        let mut lines = input.lines()?;
        while let Some(line) = lines.next(record)? {
            if line.text.trim().is_empty() {
                blank_lines += 1;
                continue;
            }
            // Under a name that stands alone, as Zoom writes it.
            if let (Some((_, _, text)), Some(said)) = (&mut pending, line.text.strip_prefix('\t'))
                && text.is_empty()
            {
                text.push_str(said);
                continue;
            }
            let (offset, rest) = timed(&line.text);
            let at = start.saturating_add(offset.unwrap_or(0));
            let begins = match prefix(rest) {
                Some((speaker, text)) => {
                    named = true;
                    let (speaker, time) = match offset.and_then(|clock| Some((in_meeting(speaker)?, clock))) {
                        Some((speaker, clock)) => {
                            (speaker, last_time_of_day(start, clock, &record.options.timezone))
                        }
                        None => (speaker, at),
                    };
                    Some((speaker.to_owned(), time, text.to_owned()))
                }
                // Until someone is named, and where a line has its own time,
                // every line is a message.
                None if !named || offset.is_some() => Some((UNNAMED.to_owned(), at, rest.to_owned())),
                None => None,
            };
            match (begins, &mut pending) {
                (Some(begun), _) => {
                    if let Some((speaker, time, text)) = pending.replace(begun) {
                        record.say(speaker, time, text)?;
                    }
                }
                (None, Some((_, _, text))) => {
                    (0..=blank_lines).for_each(|_| text.push('\n'));
                    text.push_str(&line.text);
                }
                (None, None) => record.warn(line.number, "belongs to no message; passed over")?,
            }
            blank_lines = 0;
        }
        if let Some((speaker, time, text)) = pending {
            record.say(speaker, time, text)?;
        }
        Ok(())
    }
}

/// The speaker in Zoom's chat, which has "From Anna Li to Everyone" for a name.
fn in_meeting(speaker: &str) -> Option<&str> {
    let from = speaker.strip_prefix("From ")?;
    Some(from.find(" to ").or_else(|| from.find(" To ")).map_or(from, |at| &from[..at]).trim())
}

/// The last time before `end` that a clock on the wall showed `clock`, all in milliseconds: Zoom's chat is kept when
/// the meeting is over, and its times are those of the day.
fn last_time_of_day(end: i64, clock: i64, timezone: &TimeZone) -> i64 {
    let Ok(end) = Timestamp::from_millisecond(end) else { return end };
    let end = end.to_zoned_datetime(timezone.clone());
    let on = |date: Date| {
        let time = date.at(0, 0, 0, 0).checked_add(SignedDuration::from_millis(clock)).ok()?;
        time.to_zoned_datetime(timezone.clone()).ok()
    };
    on(end.date())
        .filter(|time| *time <= end)
        .or_else(|| on(end.date().yesterday().ok()?))
        .unwrap_or(end)
        .timestamp()
        .as_millisecond()
}

/// The clock time before a line, in brackets or not, and what follows.
fn timed(line: &str) -> (Option<i64>, &str) {
    let trimmed = line.trim_start();
    let (inside, rest) = match trimmed.chars().next() {
        Some('[') => trimmed[1..].split_once(']').unwrap_or(("", line)),
        Some('(') => trimmed[1..].split_once(')').unwrap_or(("", line)),
        _ => trimmed.split_once(char::is_whitespace).unwrap_or(("", line)),
    };
    match clock(inside) {
        Some(offset) => (Some(offset), rest.trim_start_matches([' ', '\t', '-', '–'])),
        None => (None, line),
    }
}

/// `[2026-01-31 18:30:00] Anna: hello`, lines of a message that has several
/// indented.
#[derive(Default)]
pub(super) struct TextLog {
    begun: bool,
}

impl Writer for TextLog {
    fn conversation(&mut self, conversation: &Conversation, out: &mut String) {
        if std::mem::replace(&mut self.begun, true) {
            out.push('\n');
        }
        out.push_str(&format!("== {} ==\n\n", super::export::one_line(&conversation.title)));
    }

    fn message(&mut self, message: &Message, moment: &str, out: &mut String) {
        let text = message.text.replace("\r\n", "\n").replace(['\n', '\r'], "\n    ");
        out.push_str(&format!("[{moment}] {}: {text}\n", super::export::one_line(&message.speaker)));
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::{in_meeting, last_time_of_day, timed};

    #[test]
    fn clocks_before_a_line() {
        assert_eq!(timed("[00:01:02] Anna: x"), (Some(62_000), "Anna: x"));
        assert_eq!(timed("(01:02) - Anna: x"), (Some(62_000), "Anna: x"));
        assert_eq!(timed("01:02 Anna: x"), (Some(62_000), "Anna: x"));
        assert_eq!(timed("[sic] Anna: x"), (None, "[sic] Anna: x"));
        assert_eq!(timed(""), (None, ""));
    }

    #[test]
    fn who_says_it_in_a_meeting() {
        assert_eq!(in_meeting("From Anna Li to Everyone"), Some("Anna Li"));
        assert_eq!(in_meeting("From  Tom Topps "), Some("Tom Topps"));
        assert_eq!(in_meeting("Anna to Bob"), None);
    }

    #[test]
    fn a_meeting_lies_before_its_end() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
        // A meeting over midnight: kept at 00:20 of the 24th.
        let end = at("2026-11-24T00:20:00+01:00");
        assert_eq!(last_time_of_day(end, 62_000, &berlin), at("2026-11-24T00:01:02+01:00"));
        assert_eq!(last_time_of_day(end, 86_340_000, &berlin), at("2026-11-23T23:59:00+01:00"));
    }
}
