//! [Rasa](https://rasa.com/docs/rasa/training-data-format/) NLU training data:
//! examples by intent, entities marked in them. Messages without an analysis
//! are no examples.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::export::Writer;
use crate::{Conversation, Entity, Message};

#[derive(Default)]
pub(super) struct Rasa {
    intents: BTreeMap<String, BTreeSet<String>>,
}

impl Writer for Rasa {
    fn conversation(&mut self, _: &Conversation, _: &mut String) {}

    fn message(&mut self, message: &Message, _: &str, _: &mut String) {
        let Some(analysis) = &message.analysis else { return };
        let mut example = String::new();
        for segment in message.segments() {
            match segment.entity.as_ref().and_then(|entity| marked(&segment.text, entity)) {
                Some(marked) => {
                    // "][" would begin Rasa's list of several entities.
                    if example.ends_with(']') {
                        example.push(' ');
                    }
                    example.push_str(&marked);
                }
                None => example.push_str(&plain(&segment.text)),
            }
        }
        if !example.trim().is_empty() {
            self.intents.entry(analysis.intent.name.clone()).or_default().insert(example.trim().to_owned());
        }
    }

    fn end(&mut self, out: &mut String) {
        out.push_str("version: \"3.1\"\nnlu:\n");
        for (intent, examples) in &self.intents {
            out.push_str(&format!("- intent: {}\n  examples: |\n", json!(intent)));
            for example in examples {
                out.push_str(&format!("    - {example}\n"));
            }
        }
        if self.intents.is_empty() {
            out.truncate(out.len() - "nlu:\n".len());
            out.push_str("nlu: []\n");
        }
    }
}

/// `[Berlin](location)`; with a value of its own, `[9]{"entity": …, "value": …}`.
/// Rasa has no way to write a name with a closing bracket in it.
fn marked(text: &str, entity: &Entity) -> Option<String> {
    let written = !text.is_empty() && text.trim() == text && !text.contains([']', '[']);
    if !written || entity.entity.contains([':', ')', '(', '{', '}', '[', ']', '"', '\\']) {
        return None;
    }
    let text = on_one_line(text);
    if entity.value == entity.text || entity.value.contains(['}', ']']) {
        return Some(format!("[{text}]({})", entity.entity));
    }
    let tag = json!({"entity": entity.entity, "value": entity.value});
    Some(format!("[{text}]{}", on_one_line(&tag.to_string())))
}

/// Text in which Rasa finds no entity: a space parts the brackets that would look
/// like one, and a bracket that is never closed, which would take in the next
/// entity, becomes round.
fn plain(text: &str) -> String {
    let text = on_one_line(text);
    let text =
        ["](", "]{", "]["].iter().fold(text, |text, mark| text.replace(mark, &format!("] {}", &mark[1..])));
    let closed = text.rfind(']').map_or(0, |at| at + 1);
    text[..closed].to_owned() + &text[closed..].replace('[', "(")
}

/// Line breaks as Rasa writes them; characters that YAML forbids as �.
fn on_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            letter if letter.is_control() => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}
