//! [Label Studio](https://labelstud.io/guide/predictions) tasks: a list of
//! messages, what the model said of them as predictions with scores, and the
//! labelling interface that they fit.

use serde_json::{Value, json};

use super::export::{Writer, utc, wire_name};
use super::html::escaped;
use crate::{Analysis, Conversation, Message};

/// The [labelling interface](https://labelstud.io/guide/setup) for the tasks, with
/// these labels to choose from.
pub fn interface(entities: &[&str], intents: &[String], acts: &[String]) -> String {
    let polarities = ["negative", "neutral", "positive"].map(str::to_owned);
    let values = |tag: &str, values: &mut dyn Iterator<Item = &str>| -> String {
        values.map(|value| format!("    <{tag} value=\"{}\"/>\n", escaped(value))).collect()
    };
    let choices = |name: &str, of: &[String]| {
        let list = values("Choice", &mut of.iter().map(String::as_str));
        format!("  <Choices name=\"{name}\" toName=\"text\" choice=\"single\">\n{list}  </Choices>\n")
    };
    format!(
        "<View>\n  <Header value=\"$speaker\"/>\n  <Text name=\"text\" value=\"$text\"/>\n  \
         <Labels name=\"label\" toName=\"text\">\n{}  </Labels>\n{}{}{}</View>\n",
        values("Label", &mut entities.iter().copied()),
        choices("intent", intents),
        choices("act", acts),
        choices("sentiment", &polarities),
    )
}

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
