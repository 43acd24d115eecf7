//! Markdown for people: a heading a conversation, the entities in bold.

use super::export::{Writer, one_line, summary};
use crate::{Conversation, Message};

#[derive(Default)]
pub(super) struct Markdown {
    begun: bool,
}

impl Writer for Markdown {
    fn conversation(&mut self, conversation: &Conversation, out: &mut String) {
        if std::mem::replace(&mut self.begun, true) {
            out.push('\n');
        }
        out.push_str(&format!("# {}\n", escaped(&one_line(&conversation.title))));
    }

    fn message(&mut self, message: &Message, moment: &str, out: &mut String) {
        out.push_str(&format!("\n**{}** · {moment}", escaped(&one_line(&message.speaker))));
        if let Some(analysis) = &message.analysis {
            out.push_str(&format!(" · *{}*", escaped(&summary(analysis))));
        }
        out.push_str("\n\n");
        let mut text = String::new();
        for segment in message.segments() {
            match segment.entity {
                // Bold ends only beside a letter, so not around white space.
                Some(entity)
                    if segment.text.trim() == segment.text && !segment.text.contains(['\n', '\r']) =>
                {
                    text.push_str(&format!("**{}** ({})", escaped(&segment.text), escaped(&entity.entity)));
                }
                _ => text.push_str(&escaped(&segment.text)),
            }
        }
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let quoted: Vec<String> = lines.split('\n').map(|line| format!("> {}", indented(line))).collect();
        out.push_str(&quoted.join("  \n"));
        out.push('\n');
    }
}

/// A line as it would stand in the middle of a paragraph: spaces before it would
/// make it code, some signs a list or a heading.
fn indented(line: &str) -> String {
    let text = line.trim_start_matches([' ', '\t']);
    let spaces = "&nbsp;".repeat(line.len() - text.len());
    let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let sign = match text[digits..].chars().next() {
        Some('#' | '+' | '-' | '=' | ':') if digits == 0 => true,
        Some('.' | ')') => digits > 0,
        _ => false,
    };
    format!("{spaces}{}{}{}", &text[..digits], if sign { "\\" } else { "" }, &text[digits..])
}

/// Every character that [CommonMark](https://spec.commonmark.org/0.31.2/#backslash-escapes)
/// might take for markup in the middle of a line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escaped("*a* _b_ [c](d) <e> & f\\"), "\\*a\\* \\_b\\_ \\[c\\](d) \\<e\\> \\& f\\\\");
        assert_eq!(indented("  - x"), "&nbsp;&nbsp;\\- x");
        assert_eq!(indented("10. x"), "10\\. x");
        assert_eq!(indented("10:30 - x."), "10:30 - x.");
        assert_eq!(indented(""), "");
    }
}
