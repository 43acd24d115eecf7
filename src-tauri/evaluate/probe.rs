//! A linear probe: how much a simple classifier can read from what the pack says of a message.

use crate::tagger::Answer;

/// Rounds over the training messages, and the step of the first.
const ROUNDS: usize = 25;
const RATE: f32 = 2.0;
/// Pull of the weights towards 0.
const DECAY: f32 = 1e-5;

/// Softmax regression from features to classes.
pub struct Probe {
    classes: Vec<String>,
    /// `[classes, features + 1]`, the last for the bias.
    weights: Vec<f32>,
    width: usize,
}

impl Probe {
    /// Learns to tell `labels` from the embeddings of `answers` by gradient descent, one message at a time.
    pub fn learn(answers: &[Answer], labels: &[String]) -> Probe {
        let mut classes = labels.to_vec();
        classes.sort();
        classes.dedup();
        let rows: Vec<Vec<f32>> = answers.iter().map(features).collect();
        let width = rows.first().map_or(1, Vec::len);
        let mut probe = Probe { weights: vec![0.0; classes.len() * width], classes, width };
        let wanted: Vec<Option<usize>> =
            labels.iter().map(|label| probe.classes.iter().position(|class| class == label)).collect();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut chance = fastrand::Rng::with_seed(0);
        for round in 0..ROUNDS {
            chance.shuffle(&mut order);
            let rate = RATE * (1.0 - round as f32 / ROUNDS as f32);
            for &n in &order {
                let off = probe.probabilities(&rows[n]);
                for (class, mut off) in off.into_iter().enumerate() {
                    off -= f32::from(u8::from(wanted[n] == Some(class)));
                    let weights = &mut probe.weights[class * width..(class + 1) * width];
                    for (weight, x) in weights.iter_mut().zip(&rows[n]) {
                        *weight -= rate * (off * x + DECAY * *weight);
                    }
                }
            }
        }
        probe
    }

    /// The likeliest class.
    pub fn class(&self, answer: &Answer) -> &str {
        let probabilities = self.probabilities(&features(answer));
        let best = probabilities.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
        best.and_then(|(n, _)| self.classes.get(n)).map_or("", String::as_str)
    }

    fn probabilities(&self, row: &[f32]) -> Vec<f32> {
        let scores = self.weights.chunks_exact(self.width);
        let scores: Vec<f32> = scores.map(|w| w.iter().zip(row).map(|(w, x)| w * x).sum()).collect();
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
        let sum: f32 = powers.iter().sum();
        powers.into_iter().map(|power| power / sum).collect()
    }
}

/// The embedding and a constant.
fn features(answer: &Answer) -> Vec<f32> {
    answer.embedding.iter().copied().chain([0.1]).collect()
}
