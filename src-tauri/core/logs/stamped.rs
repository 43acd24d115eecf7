//! Lines that begin with a date and a time, as WhatsApp and Signal write them.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::DateTime;
use regex::Regex;

use super::found::{Identity, Record};
use super::input::Input;
use super::notices;
use super::times::{Date, DayOrder, Evidence, moment};
use crate::Result;

/// A message longer than this is cut in two instead of filling the memory.
const LONGEST_MESSAGE: usize = 16 << 20;

/// More speakers than this are not a chat; no more are remembered.
const MOST_SPEAKERS: usize = 100_000;

/// Marks of direction, which no one sees and some phones put everywhere.
pub(super) const MARKS: [char; 12] = [
    '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}',
];

/// Matches nothing only if it is written wrongly, which the tests would show.
static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(GRAMMAR).ok());

const GRAMMAR: &str = r"(?xs)^
    [\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]*
    (?P<open>\[)?
    [\u{200e}\u{200f}]*
    (?P<a>\d{1,4}) \x{200f}? (?P<separator>\.\s? | / | - | 年\s? | 년\s?)
    (?P<b>\d{1,2}) \x{200f}? (?: \.\s? | / | - | 月\s? | 월\s?)
    (?P<c>\d{1,4}) (?: \. | 日 | 일 | \s?г\.)?
    (?: [,،]?\s+(?:at|um|à|alle|om|kl\.?|klo|às|a\ las)\s+ | [,،]?[\s\u{200e}\u{200f}]+ | [T,] )
    (?P<before> \p{L}[\p{L}\p{M}.]* \s?)?
    (?P<hour>\d{1,2}) (?: [:.] | \s?h\s?) (?P<minute>\d{2}) (?: (?: [:.] | \s?min\s?) (?P<second>\d{2}) (?:\s?s)? )?
    (?: \s? (?:ч\. | [Uu]hr | hod\. | h) )?
    (?: [\s\u{200e}\u{200f}]* (?P<after> \p{L}[\p{L}\p{M}.״׳]* (?:\s[mM]\.?)? ) )?
    (?P<end> [\u{200e}\u{200f}]* \] \s* | \s+[-–—]\s+ | ,\s+ | [\u{200e}\u{200f}]*$ )
    (?P<rest>.*)$";

/// A line that begins with the clock, as in Vietnam: "18:03, 24/12/2025 - Anna: x".
static CLOCK_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?s)^(?P<open>[\u{200e}\u{200f}]*\[?)(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?:\s\p{L}{2})?),?\s+",
        r"(?P<day>\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?P<rest>(?:\]\s*|\s+[-–—]\s+).*)$"
    ))
    .ok()
});

/// When a line says that it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) date: Date,
    hour: i8,
    minute: i8,
    second: i8,
    pub(super) has_seconds: bool,
    pub(super) bracket: bool,
    pub(super) hyphens: bool,
}

impl Stamp {
    /// The stamp of a line and what follows it.
    pub(super) fn of_line(line: &str) -> Option<(Stamp, &str)> {
        Stamp::day_first(line).or_else(|| {
            // Cheaper than the grammar here too.
            if !line
                .trim_start_matches(MARKS)
                .starts_with(|first: char| first == '[' || first.is_ascii_digit())
            {
                return None;
            }
            let found = CLOCK_FIRST.as_ref()?.captures(line)?;
            let turned =
                format!("{}{}, {}{}", &found["open"], &found["day"], &found["clock"], &found["rest"]);
            let (stamp, rest) = Stamp::day_first(&turned)?;
            Some((stamp, &line[line.len() - rest.len()..]))
        })
    }

    fn day_first(line: &str) -> Option<(Stamp, &str)> {
        let (stamp, end, rest) = Stamp::parse(line)?;
        let end = end.trim_matches(MARKS).trim();
        let closed = match end {
            "]" => stamp.bracket,
            // Only Korean writes a comma here; elsewhere it is someone's sentence.
            "," => !stamp.bracket && line.contains(['년', '.']),
            _ => !stamp.bracket && !end.is_empty(),
        };
        closed.then_some((stamp, rest))
    }

    /// The stamp that fills a whole cell of a table.
    pub(super) fn of_cell(cell: &str) -> Option<(Stamp, &str)> {
        let (stamp, end, rest) = Stamp::parse(cell)?;
        (end.trim_matches(MARKS).is_empty() && rest.is_empty() && !stamp.bracket).then_some((stamp, rest))
    }

    fn parse(line: &str) -> Option<(Stamp, &str, &str)> {
        // Cheaper than the grammar, and true of most lines that are no stamp.
        let first = line.trim_start_matches(MARKS).chars().next()?;
        if first != '[' && !first.is_numeric() {
            return None;
        }
        let found = STAMP.as_ref()?.captures(line)?;
        let number = |name| found.name(name).and_then(|digits| number(digits.as_str()));
        let (a, c) = (found.name("a")?.as_str(), found.name("c")?.as_str());
        let separator = found.name("separator")?.as_str().trim();
        let year_first = a.chars().count() == 4 || matches!(separator, "年" | "년");
        if c.chars().count() == 3 || a.chars().count() == 3 || (year_first && c.chars().count() > 2) {
            return None;
        }
        let half = |name| found.name(name).map(|word| Half::named(word.as_str()));
        let half = match (half("before"), half("after")) {
            (None, None) => None,
            (Some(half), None) | (None, Some(half)) => Some(half?),
            _ => return None,
        };
        let hour = number("hour")?;
        let hour = match half {
            Some(Half::Am) if hour == 12 => 0,
            Some(Half::Pm) if hour < 12 => hour + 12,
            _ => hour,
        };
        let second = number("second");
        let stamp = Stamp {
            date: Date {
                numbers: [number("a")?, number("b")?, number("c")?],
                year_first,
                dots: separator == "." && !year_first,
            },
            hour: i8::try_from(hour).ok()?,
            minute: i8::try_from(number("minute")?).ok()?,
            second: i8::try_from(second.unwrap_or(0)).ok()?,
            has_seconds: second.is_some(),
            bracket: found.name("open").is_some(),
            hyphens: separator == "-",
        };
        let rest = found.name("rest")?;
        Some((stamp, found.name("end")?.as_str(), rest.as_str()))
    }

    /// The local time, or `None` for one that no clock shows.
    pub(super) fn local(self, order: DayOrder) -> Option<DateTime> {
        let date = self.date.read(order)?;
        let time = jiff::civil::Time::new(self.hour, self.minute, self.second, 0).ok()?;
        Some(date.to_datetime(time))
    }
}

/// Digits of any script as a number.
fn number(digits: &str) -> Option<u16> {
    digits.chars().try_fold(0_u16, |number, digit| {
        let value = match digit {
            '\u{660}'..='\u{669}' => digit as u32 - 0x660,
            '\u{6f0}'..='\u{6f9}' => digit as u32 - 0x6f0,
            '\u{966}'..='\u{96f}' => digit as u32 - 0x966,
            '\u{9e6}'..='\u{9ef}' => digit as u32 - 0x9e6,
            _ => digit.to_digit(10)?,
        };
        number.checked_mul(10)?.checked_add(u16::try_from(value).ok()?)
    })
}

/// A half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

impl Half {
    fn named(word: &str) -> Option<Half> {
        let word: String = word.to_lowercase().chars().filter(|letter| letter.is_alphabetic()).collect();
        match word.as_str() {
            "am"
            | "vorm"
            | "vormittags"
            | "öö"
            | "πμ"
            | "ص"
            | "上午"
            | "早上"
            | "凌晨"
            | "清晨"
            | "오전"
            | "午前"
            | "de"
            | "fm"
            | "sa"
            | "pd"
            | "पवहन"
            | "पूरवाहन"
            | "ap"
            | "дп"
            | "قظ"
            | "לפנהצ"
            | "pg"
            | "проб" => Some(Half::Am),
            "pm" | "nachm" | "nachmittags" | "ös" | "μμ" | "م" | "下午" | "晚上" | "中午" | "傍晚"
            | "오후" | "午後" | "du" | "em" | "ch" | "md" | "अपरहन" | "अपराहन" | "ip" | "пп" | "بظ"
            | "אחהצ" | "ptg" | "слоб" => Some(Half::Pm),
            _ => None,
        }
    }
}

/// A chat in which each message begins with a stamp.
#[derive(Default)]
pub(super) struct Chat {
    speakers: HashMap<String, Voice>,
    pending: Option<Pending>,
}

/// What a chat has under one name.
#[derive(Default, Clone, Copy)]
struct Voice {
    /// Something that a person wrote: without a mark before it.
    person: bool,
    /// WhatsApp's notice of encryption.
    notice: bool,
}

struct Pending {
    speaker: Option<String>,
    time: i64,
    text: String,
    blank_lines: usize,
}

impl Chat {
    /// Reads all of it, twice: first for the order of the dates and the names of
    /// the speakers, then for the messages.
    pub(super) fn read(title: String, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        let mut chat = Chat::default();
        let order = chat.survey(input, record)?;
        let timezone = record.options.timezone.clone();
        record.conversation(title, Identity::Beginning)?;
        let mut lines = input.lines()?;
        while let Some(line) = lines.next(record)? {
            let stamped = Stamp::of_line(&line.text);
            let time = stamped.and_then(|(stamp, _)| moment(stamp.local(order)?, &timezone));
            match (stamped, time) {
                (Some((_, rest)), Some(time)) => {
                    chat.flush(record)?;
                    let (speaker, text) = chat.speaker(rest);
                    chat.pending = Some(Pending {
                        speaker: speaker.map(str::to_owned),
                        time,
                        text: text.to_owned(),
                        blank_lines: 0,
                    });
                }
                (stamped, _) => {
                    if stamped.is_some() {
                        record.warn(
                            line.number,
                            "has a date that no calendar has; read as part of the message before",
                        )?;
                    }
                    chat.go_on(&line.text, line.number, record)?;
                }
            }
        }
        chat.flush(record)
    }

    /// Looks at all stamps. Warnings wait for the second reading.
    fn survey(&mut self, input: &mut Input, record: &mut Record<'_>) -> Result<DayOrder> {
        let mut evidence = Evidence::default();
        let options = record.options.clone();
        let mut silent = |_| Ok(());
        let mut silently = Record::new(&options, &mut silent);
        let mut lines = input.lines()?;
        while let Some(line) = lines.next(&mut silently)? {
            let Some((stamp, rest)) = Stamp::of_line(&line.text) else { continue };
            evidence.see(stamp.date);
            let Some(said) = named(rest) else { continue };
            if !self.speakers.contains_key(said.name) && self.speakers.len() < MOST_SPEAKERS {
                self.speakers.insert(said.name.to_owned(), Voice::default());
            }
            if let Some(voice) = self.speakers.get_mut(said.name) {
                let notice = notices::is_notice(said.text);
                voice.notice |= notice;
                voice.person |= !said.marked && !notice;
            }
        }
        let Some((order, certain)) = evidence.decide(options.order) else {
            return Ok(DayOrder::DayFirst);
        };
        record.order(order, certain)?;
        Ok(order)
    }

    /// Who says what follows a stamp; no one where a program speaks.
    fn speaker<'a>(&self, rest: &'a str) -> (Option<&'a str>, &'a str) {
        if let Some(said) = named(rest) {
            let program = notices::is_notice(said.text)
                || (said.marked && (notices::is_told(said.name, said.text) || self.is_the_group(said.name)));
            return if program { (None, said.text) } else { (Some(said.name), said.text) };
        }
        // "Anna:hello", and "Anna:" before an empty message.
        match rest.split_once(':').map(|(name, text)| (bare(name), text)) {
            Some((name, text)) if self.speakers.contains_key(name) => (Some(name), text),
            _ => (None, rest.trim_start_matches(MARKS)),
        }
    }

    /// Whether a name is that of the group: iPhones put into its mouth what happens
    /// in it, and nothing else. Where only two have a name it is a person, of whom
    /// there happen to be only pictures.
    fn is_the_group(&self, name: &str) -> bool {
        let voice = self.speakers.get(name).copied().unwrap_or_default();
        voice.notice && !voice.person && self.speakers.len() > 2
    }

    /// A line that belongs to the message before it.
    fn go_on(&mut self, line: &str, number: u64, record: &mut Record<'_>) -> Result<()> {
        let Some(pending) = &mut self.pending else {
            if !line.trim_matches(MARKS).trim().is_empty() {
                record.warn(number, "stands before the first message; passed over")?;
            }
            return Ok(());
        };
        // Phones send nothing that ends in blank lines: those at a message's end
        // are the file's.
        if line.is_empty() {
            pending.blank_lines += 1;
            return Ok(());
        }
        for _ in 0..=std::mem::take(&mut pending.blank_lines) {
            pending.text.push('\n');
        }
        pending.text.push_str(line);
        if pending.text.len() > LONGEST_MESSAGE {
            record.warn(number, "belongs to a message longer than 16 MiB, which is cut in two here")?;
            let (speaker, time) = (pending.speaker.clone(), pending.time);
            self.flush(record)?;
            self.pending = Some(Pending { speaker, time, text: String::new(), blank_lines: 0 });
        }
        Ok(())
    }

    fn flush(&mut self, record: &mut Record<'_>) -> Result<()> {
        match self.pending.take() {
            Some(Pending { speaker: Some(speaker), time, text, .. }) => {
                let mut text = unmarked(text);
                if let Some(said) = notices::before_edited(&text) {
                    record.count("edited messages stand in their last wording");
                    text.truncate(said.trim_end().len());
                }
                record.say(speaker, time, text)
            }
            Some(Pending { speaker: None, time, text, .. }) => record.system(time, text),
            None => Ok(()),
        }
    }
}

/// The text without the marks that iPhones put before a word of WhatsApp's own: "Look at this \u{200e}image omitted".
fn unmarked(text: String) -> String {
    if !text.contains('\u{200e}') {
        return text;
    }
    text.replace(" \u{200e}", " ").replace("\n\u{200e}", "\n")
}

/// Words under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said<'a> {
    name: &'a str,
    text: &'a str,
    /// Whether an unseen mark stands before the text, as iPhones put it before what
    /// no one typed.
    marked: bool,
}

/// The speaker before the first ": ", and what is said after it.
fn named(rest: &str) -> Option<Said<'_>> {
    const LONGEST_NAME: usize = 100;
    let (name, text) = rest.split_once(": ").or_else(|| Some((rest.strip_suffix(':')?, "")))?;
    let name = bare(name);
    // A quotation mark: `Anna changed the subject to "Lunch: where"`.
    let plausible = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.contains(['"', '“', '„', '«', '「', '『']);
    plausible.then(|| Said {
        name,
        text: text.trim_start_matches(MARKS),
        marked: text.starts_with('\u{200e}'),
    })
}

/// A name without marks, and without the tilde before who is not in the contacts.
fn bare(name: &str) -> &str {
    let name = name.trim_matches(|letter| MARKS.contains(&letter) || letter == ' ');
    name.strip_prefix("~\u{202f}")
        .or_else(|| name.strip_prefix("~\u{a0}"))
        .or_else(|| name.strip_prefix("~ "))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(line: &str) -> Option<String> {
        let (stamp, rest) = Stamp::of_line(line)?;
        Some(format!("{} | {rest}", stamp.local(DayOrder::DayFirst)?))
    }

    #[test]
    fn stamps_of_many_countries() {
        for (line, expected) in [
            ("24/12/2025, 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("24.12.25, 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("[24.12.25, 18:03:10] Anna: x", "2025-12-24T18:03:10"),
            ("\u{200e}[24/12/25, 6:03:10\u{202f}PM] Anna: x", "2025-12-24T18:03:10"),
            ("24/12/25, 6:03\u{202f}p. m. - Anna: x", "2025-12-24T18:03:00"),
            ("24/12/25 6:03 p.m. - Anna: x", "2025-12-24T18:03:00"),
            ("24/12/2025, 12:03 am - Anna: x", "2025-12-24T00:03:00"),
            ("2025/12/24 下午6:03 - Anna: x", "2025-12-24T18:03:00"),
            ("2025. 12. 24. 오후 6:03, Anna: x", "2025-12-24T18:03:00"),
            ("2025년 12월 24일 오후 6:03, Anna: x", "2025-12-24T18:03:00"),
            ("2025-12-24, 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("[2025-12-24, 18:03] Anna: x", "2025-12-24T18:03:00"),
            ("24-12-2025 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("24.12.2025 klo 18.03 - Anna: x", "2025-12-24T18:03:00"),
            ("24.12.2025, 18.03 - Anna: x", "2025-12-24T18:03:00"),
            ("24.12.2025 um 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("24/12/2025 à 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("\u{200f}٢٤\u{200f}/١٢\u{200f}/٢٠٢٥، ٦:٠٣ م - Anna: x", "2025-12-24T18:03:00"),
            ("٢٤/١٢/٢٠٢٥، ٦:٠٣ م - Anna: x", "2025-12-24T18:03:00"),
            ("24/12/2568 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("24.12.25 г., 18:03 ч. - Anna: x", "2025-12-24T18:03:00"),
            ("2025-12-24 18 h 03 - Anna: x", "2025-12-24T18:03:00"),
            ("[2025-12-24 18 h 03 min 10 s] Anna: x", "2025-12-24T18:03:10"),
            ("24.12.25, 18:03 Uhr - Anna: x", "2025-12-24T18:03:00"),
            ("[24/12/2025, 下午6:03:10] Anna: x", "2025-12-24T18:03:10"),
            ("[2025/12/24 上午12:03:10] Anna: x", "2025-12-24T00:03:10"),
            ("24.12.2025, 6:03 אחה״צ - Anna: x", "2025-12-24T18:03:00"),
            ("24/12/2025 6:03 अपराह्न - Anna: x", "2025-12-24T18:03:00"),
            ("24/12/25, 6:03 a. m. - Anna: x", "2025-12-24T06:03:00"),
            ("2025. 12. 24. 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("24. 12. 2025 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("[24/12/25 18:03:10] Anna: x", "2025-12-24T18:03:10"),
            ("24/12/2025 às 18:03 - Anna: x", "2025-12-24T18:03:00"),
            ("[24/12/2025 18:03:10] Anna: x", "2025-12-24T18:03:10"),
            ("18:03, 24/12/2025 - Anna: x", "2025-12-24T18:03:00"),
            ("[18:03:10, 24/12/2025] Anna: x", "2025-12-24T18:03:10"),
            ("6:03 CH, 24/12/2025 - Anna: x", "2025-12-24T18:03:00"),
        ] {
            let read = local(line).unwrap_or("none".into());
            let expected =
                if expected == "none" { "none".to_owned() } else { format!("{expected} | Anna: x") };
            assert_eq!(read, expected, "{line}");
        }
    }

    #[test]
    fn what_is_no_stamp() {
        for line in [
            "",
            "hello",
            "10/10 would do it again",
            "24/12/2025 is a Wednesday - really",
            "24/12/2025, 18:03 Anna: x",
            "[24/12/2025, 18:03 - Anna: x",
            "24/12/2025, 18:03 blah - Anna: x",
            "3.4 at 10:30, maybe",
            "12/12/2025, 10:30, or later?",
            "10:30, 12/12/2025, or later?",
            "18:03 Anna: x",
        ] {
            assert_eq!(local(line), None, "{line}");
        }
    }

    #[test]
    fn names() {
        let said = |name, text, marked| Some(Said { name, text, marked });
        assert_eq!(named("Anna: hi: you"), said("Anna", "hi: you", false));
        assert_eq!(
            named("\u{200e}~\u{202f}Anna Li: \u{200e}image omitted"),
            said("Anna Li", "image omitted", true)
        );
        assert_eq!(named("Anna changed the subject to “Lunch: where”"), None);
        assert_eq!(named("Anna left"), None);
        assert_eq!(named("Anna:"), said("Anna", "", false));
        assert_eq!(named("Anna changed it to 「Lunch: where」"), None);
    }
}
