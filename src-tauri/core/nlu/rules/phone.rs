//! Telephone numbers, by the forms in which people write them.

use std::ops::Range;

use super::{Found, Kind};

/// Digits of the shortest number that may be called.
const FEWEST_DIGITS: usize = 6;
/// Bytes of the longest way to write fifteen digits.
const LONGEST: usize = 48;

/// Every telephone number in `text`, in order.
///
/// A number counts as one if it begins with `+`, or with 0 or a bracket in groups, or has the groups of North
/// America (555-0199, 555 123 4567), or is long and follows a word such as "call". Dates, IP addresses, card
/// numbers and plain numbers do not.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut at = 0;
    while let Some(start) = text
        .get(at..)
        .and_then(|rest| rest.find(['+', '(', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
    {
        let start = at + start;
        let written = run(text.get(start..).unwrap_or(""));
        at = start + written.len().max(1);
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(start + written.len()..).and_then(|after| after.chars().next());
        let touched =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "_@#$€£¥.,-/:%+=*".contains(c));
        let ended = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "_@$€£¥/:%=*".contains(c));
        if written.len() < FEWEST_DIGITS || touched(before) || ended(after) {
            continue;
        }
        if let Some(value) = number(written, called(text.get(..start).unwrap_or(""))) {
            found.push(Found {
                bytes: Range { start, end: start + written.len() },
                kind: Kind::Phone,
                value,
            });
        }
    }
}

/// The longest beginning of `text` of digits, and single separators between them.
fn run(text: &str) -> &str {
    let mut end = 0;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => end = at + 1,
            '+' if at == 0 => {}
            '(' if at == 0 || matches!(last, ' ' | '-' | '/' | '0'..='9' | '+') => {}
            ')' if last.is_ascii_digit() => {}
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2011}' | '.' | '/'
                if last.is_ascii_digit() || last == ')' => {}
            _ => break,
        }
        last = c;
    }
    text.get(..end).unwrap_or("")
}

/// Digits of a telephone number with `+` if it is an international one.
fn number(written: &str, called: bool) -> Option<String> {
    if written.len() > LONGEST {
        return None;
    }
    let plain = written.replace("(0)", "");
    let groups: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let digits = groups.concat();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let plus = plain.starts_with('+');
    if plus {
        return (8..=15).contains(&digits.len()).then(|| format!("+{digits}"));
    }
    let dots = plain.contains('.');
    let dated = matches!(*lengths, [2, 2, 4] | [2, 2, 2] | [4, 2, 2] | [1, 2, 4] | [2, 1, 4] | [1, 1, 4])
        || plain.contains('/');
    if dated && !called || dots && lengths.len() >= 4 && lengths.iter().all(|l| *l <= 3) {
        return None;
    }
    let trunk = digits.starts_with('0')
        && (lengths.len() > 1 && lengths.first().is_some_and(|l| *l > 1)
            || (10..=12).contains(&digits.len()));
    let american = matches!(*lengths, [3, 3, 4] | [1, 3, 3, 4]) || *lengths == [3, 4] && plain.contains('-');
    let bracket = plain.starts_with('(') && plain.contains(')') && lengths.len() > 1;
    let fits = (american || trunk || bracket) && (7..=15).contains(&digits.len())
        || called && (FEWEST_DIGITS..=15).contains(&digits.len());
    fits.then(|| match digits.strip_prefix("00") {
        Some(international) => format!("+{international}"),
        None => digits,
    })
}

/// Whether the words before a number say that it is a telephone number.
fn called(before: &str) -> bool {
    // As far back as three words go; not the whole text for every number in it.
    let near = before.get(before.floor_char_boundary(before.len().saturating_sub(32))..).unwrap_or("");
    let mut words = near.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(3);
    words.any(|word| {
        ["call", "phone", "dial", "tel", "telephone", "mobile", "cell", "whatsapp", "ring", "fax"]
            .iter()
            .any(|cue| cue.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, String)> {
        let mut found = Vec::new();
        find(text, &mut found);
        found.into_iter().map(|f| (&text[f.bytes], f.value)).collect()
    }

    #[test]
    fn telephone_numbers() {
        for (text, written, value) in [
            ("ring +49 170 1234567 now", "+49 170 1234567", "+491701234567"),
            ("+44 (0)20 7946 0958", "+44 (0)20 7946 0958", "+442079460958"),
            ("0044 20 7946 0958", "0044 20 7946 0958", "+442079460958"),
            ("my number is 030 12345678.", "030 12345678", "03012345678"),
            ("0170/1234567 is mine, call 0170/1234567", "0170/1234567", "01701234567"),
            ("(555) 123-4567", "(555) 123-4567", "5551234567"),
            ("555-123-4567", "555-123-4567", "5551234567"),
            ("555.123.4567", "555.123.4567", "5551234567"),
            ("1-800-555-0199", "1-800-555-0199", "18005550199"),
            ("555-0199", "555-0199", "5550199"),
            ("07911 123456", "07911 123456", "07911123456"),
            ("call 5551234567", "5551234567", "5551234567"),
            ("01701234567", "01701234567", "01701234567"),
        ] {
            assert_eq!(read(text), [(written, value.to_owned())], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "5551234567",
            "24/12/2026",
            "2026-11-24",
            "24.12.2026",
            "24-12-2026",
            "01.02.2026",
            "192.168.0.1",
            "10.0.0.255",
            "4111 1111 1111 1111",
            "3.14159265",
            "1,234,567",
            "$555-1234",
            "call me at 5",
            "0.5",
            "10 000 000",
            "abc0170123456",
            "2026-11-24T09:00:00",
            "007",
            "+",
            "(",
            "+1",
            "I have 3 cats and 4 dogs",
            "9:30",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
