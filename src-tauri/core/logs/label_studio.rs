//! [Label Studio](https://labelstud.io/guide/predictions) tasks: a list of
//! messages, what the model said of them as predictions with scores. The
//! labelling interface names its tags `label`, `intent`, `act` and `sentiment`,
//! and its text `text`.

use serde_json::{Value, json};

use super::export::{Writer, utc, wire_name};
use crate::{Analysis, Conversation, Message};

#[derive(Default)]
pub(super) struct LabelStudio {
    begun: bool,
}

impl Writer for LabelStudio {
    fn begin(&mut self, out: &mut String) {
        out.push('[');
    }

    fn conversation(&mut self, _: &Conversation, _: &mut String) {}

    fn message(&mut self, message: &Message, _: &str, out: &mut String) {
        out.push_str(if std::mem::replace(&mut self.begun, true) { ",\n" } else { "\n" });
        let predictions = message.analysis.as_ref().map(|analysis| prediction(message.id, analysis));
        let task = json!({
            "data": {
                "text": message.text,
                "speaker": message.speaker,
                "time": utc(message.time),
                "conversation": message.conversation,
                "message": message.id,
            },
            "predictions": predictions.into_iter().collect::<Vec<_>>(),
        });
        out.push_str(&task.to_string());
    }

    fn end(&mut self, out: &mut String) {
        out.push_str("\n]\n");
    }
}

fn prediction(id: i64, analysis: &Analysis) -> Value {
    let choice = |name: &str, label: &str, score: f32| {
        json!({
            "id": format!("{id}-{name}"), "from_name": name, "to_name": "text", "type": "choices",
            "value": {"choices": [label]}, "score": score,
        })
    };
    let mut result = vec![
        choice("intent", &analysis.intent.name, analysis.intent.confidence),
        choice("act", &analysis.act.name, analysis.act.confidence),
        choice("sentiment", &wire_name(&analysis.sentiment.name), analysis.sentiment.confidence),
    ];
    result.extend(analysis.entities.iter().map(|entity| {
        json!({
            "id": format!("{id}-{}", entity.start), "from_name": "label", "to_name": "text", "type": "labels",
            "value": {
                "start": entity.start, "end": entity.end, "text": entity.text, "labels": [entity.entity],
            },
            "score": entity.confidence,
        })
    }));
    json!({
        "model_version": format!("{} {}", analysis.model.name, analysis.model.version),
        "score": analysis.intent.confidence,
        "result": result,
    })
}
