//! Which of the pack's heads a checkpoint's classifier becomes.

use super::checkpoint::{Checkpoint, wrong};
use crate::Result;

/// The label of what no intent fits.
pub const OUT_OF_SCOPE: &str = "out_of_scope";
/// A logit that leaves all others no probability, or, below zero, gets none itself.
const CERTAIN: f32 = 30.0;

/// One head of the pack: a dense layer.
pub struct Output {
    /// Names of its logits.
    pub labels: Vec<String>,
    /// `[hidden, labels]`
    pub weights: Vec<f32>,
    /// `[labels]`
    pub bias: Vec<f32>,
    /// Whether it reads the checkpoint's own summary of a text rather than the mean of its tokens.
    pub pooled: bool,
}

/// All heads of the pack.
pub struct Heads {
    pub intent: Output,
    pub act: Output,
    pub sentiment: Output,
    pub entity: Output,
    /// What became of the checkpoint's head.
    pub report: String,
}

impl Heads {
    pub fn of(checkpoint: &Checkpoint) -> Result<Heads> {
        let hidden = checkpoint.config.hidden_size;
        let constant = |labels: &[&str], bias: &[f32]| Output {
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
            weights: vec![0.0; hidden * labels.len()],
            bias: bias.to_vec(),
            pooled: false,
        };
        let mut heads = Heads {
            intent: constant(&[OUT_OF_SCOPE, "none"], &[CERTAIN, 0.0]),
            act: constant(&["other"], &[0.0]),
            sentiment: constant(&["negative", "neutral", "positive"], &[0.0, CERTAIN, 0.0]),
            entity: constant(&["O"], &[0.0]),
            report: String::new(),
        };
        let architecture = checkpoint.config.architectures.iter().flatten().next().map_or("", String::as_str);
        let classifier = checkpoint.tensors.shape("classifier.bias").and_then(|shape| shape.first().copied());
        let (Some(count), true) = (classifier, architecture.contains("Classification")) else {
            heads.report = format!(
                "It has no head for texts or tokens ({}), so that only its embeddings say something.",
                if architecture.is_empty() { "no architecture is named" } else { architecture }
            );
            return Ok(heads);
        };
        let labels = labels(checkpoint, count)?;
        let (weights, bias) = checkpoint.dense("classifier", hidden, count)?;
        let named = labels.join(", ");
        let mut found = Output { labels, weights, bias, pooled: true };
        if architecture.contains("TokenClassification") {
            found.pooled = false;
            heads.entity = found;
            heads.report = format!("Its head for tokens names entities: {named}.");
        } else if let Some(polarities) = polarities(&found.labels) {
            found.labels = polarities;
            for name in ["negative", "neutral", "positive"] {
                found.never(name, hidden);
            }
            heads.sentiment = found;
            heads.report = format!("Its head for texts tells sentiment: {named}.");
        } else {
            found.never(OUT_OF_SCOPE, hidden);
            heads.intent = found;
            heads.report = format!("Its head for texts tells intents: {named}.");
        }
        Ok(heads)
    }
}

impl Output {
    /// Adds the label `name`, if there is none, with no probability.
    fn never(&mut self, name: &str, hidden: usize) {
        if self.labels.iter().any(|label| label == name) {
            return;
        }
        let width = self.labels.len();
        self.weights = (self.weights.chunks(width).take(hidden))
            .flat_map(|row| row.iter().copied().chain([0.0]))
            .collect();
        self.labels.push(name.to_owned());
        self.bias.push(-CERTAIN);
    }
}

/// The labels of the checkpoint's `count` logits.
fn labels(checkpoint: &Checkpoint, count: usize) -> Result<Vec<String>> {
    let named = &checkpoint.config.id2label;
    if !named.is_empty() && !named.keys().copied().eq(0..count) {
        let config = checkpoint.tensors.file.with_file_name("config.json");
        return Err(wrong(&config, format!("names {} labels, and the classifier has {count}", named.len())));
    }
    // As transformers calls them.
    Ok((0..count).map(|at| named.get(&at).cloned().unwrap_or_else(|| format!("LABEL_{at}"))).collect())
}

/// The labels as polarities, if all are.
fn polarities(labels: &[String]) -> Option<Vec<String>> {
    let polarity = |label: &String| match label.to_lowercase().as_str() {
        "negative" | "neg" => Some("negative".to_owned()),
        "neutral" | "neu" => Some("neutral".to_owned()),
        "positive" | "pos" => Some("positive".to_owned()),
        _ => None,
    };
    labels.iter().map(polarity).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_never_comes_is_added_once() {
        let mut output = Output {
            labels: vec!["a".into(), "b".into()],
            weights: vec![1.0, 2.0, 3.0, 4.0],
            bias: vec![5.0, 6.0],
            pooled: true,
        };
        output.never("b", 2);
        output.never("c", 2);
        assert_eq!(output.labels, ["a", "b", "c"]);
        assert_eq!(output.weights, [1.0, 2.0, 0.0, 3.0, 4.0, 0.0]);
        assert_eq!(output.bias, [5.0, 6.0, -CERTAIN]);
    }

    #[test]
    fn polarities_are_all_or_nothing() {
        let labels = |all: &[&str]| all.iter().map(|it| it.to_string()).collect::<Vec<_>>();
        assert_eq!(polarities(&labels(&["NEG", "Positive"])), Some(labels(&["negative", "positive"])));
        assert_eq!(polarities(&labels(&["negative", "angry"])), None);
    }
}
