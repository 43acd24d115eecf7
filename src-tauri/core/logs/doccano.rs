//! [doccano](https://doccano.github.io/doccano/)'s JSONL for sequence labelling:
//! offsets in code points, the rest as metadata.

use serde_json::json;

use super::export::{Writer, json_line, utc};
use crate::{Conversation, Message};

pub(super) struct Doccano;

impl Writer for Doccano {
    fn conversation(&mut self, _: &Conversation, _: &mut String) {}

    fn message(&mut self, message: &Message, _: &str, out: &mut String) {
        let analysis = message.analysis.as_ref();
        let entities = analysis.into_iter().flat_map(|analysis| &analysis.entities);
        let label: Vec<_> = entities.map(|entity| json!([entity.start, entity.end, entity.entity])).collect();
        let line = json!({
            "id": message.id,
            "text": message.text,
            "label": label,
            "conversation": message.conversation,
            "speaker": message.speaker,
            "time": utc(message.time),
            "intent": analysis.map(|analysis| &analysis.intent.name),
            "act": analysis.map(|analysis| &analysis.act.name),
            "sentiment": analysis.map(|analysis| analysis.sentiment.name),
        });
        out.push_str(&json_line(line.to_string()));
        out.push('\n');
    }
}
