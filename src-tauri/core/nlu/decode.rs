//! Logits to labels, probabilities and named stretches.

use std::ops::Range;

use super::pack::{Head, IntentHead};
use super::tokens::Token;
use crate::{Label, Polarity, Sentiment, SentimentScores};

/// How many intents a ranking has.
const RANKING: usize = 5;

/// Probabilities of `logits` divided by `temperature`: none negative, summing to 1.
pub(super) fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| ((logit - top) / temperature).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// Probabilities of one head, gathered over the windows of a text.
///
/// Windows are combined by the mean of their probabilities, weighted by their tokens: the probability that a
/// word of the text picked at random stands in a stretch of that label. A mean of logits would be a product of
/// opinions, in which one window that is sure of itself outvotes all others.
pub(super) struct Mean {
    sums: Vec<f32>,
    weight: f32,
}

impl Mean {
    /// Nothing gathered yet, of `size` numbers.
    pub fn new(size: usize) -> Mean {
        Mean { sums: vec![0.0; size], weight: 0.0 }
    }

    /// Adds the numbers of one window.
    pub fn add(&mut self, numbers: &[f32], weight: f32) {
        for (sum, number) in self.sums.iter_mut().zip(numbers) {
            *sum += weight * number;
        }
        self.weight += weight;
    }

    /// The weighted mean. That of one window is its numbers, bit for bit.
    pub fn get(mut self) -> Vec<f32> {
        for sum in &mut self.sums {
            *sum /= self.weight;
        }
        self.sums
    }
}

/// The label of the greatest probability.
pub(super) fn best(head: &Head, probabilities: &[f32]) -> Label {
    ranked(head, probabilities).into_iter().next().unwrap_or(Label { name: String::new(), confidence: 0.0 })
}

/// The likeliest labels, best first; of equals the one that the pack lists first.
pub(super) fn ranked(head: &Head, probabilities: &[f32]) -> Vec<Label> {
    let mut labels: Vec<(&String, f32)> = head.labels.iter().zip(probabilities.iter().copied()).collect();
    labels.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    labels.truncate(RANKING);
    labels.into_iter().map(|(name, confidence)| Label { name: name.clone(), confidence }).collect()
}

/// The intent and the ranking.
///
/// The intent is `out_of_scope` if that label is the likeliest, with its probability; or if the best real
/// intent's probability among the real ones is below the threshold, with the probability that this best real
/// intent is wrong. The ranking is the distribution as it is, so that in the second case it begins with the
/// intent that was not trusted: what to ask about in "did you mean ...".
pub(super) fn intent(head: &IntentHead, probabilities: &[f32]) -> (Label, Vec<Label>) {
    let ranking = ranked(&head.head, probabilities);
    let Some(first) = ranking.first().cloned() else {
        return (Label { name: head.out_of_scope.clone(), confidence: 1.0 }, ranking);
    };
    if first.name == head.out_of_scope {
        return (first, ranking);
    }
    let outside = head.head.labels.iter().position(|label| *label == head.out_of_scope);
    let outside = outside.and_then(|at| probabilities.get(at)).copied().unwrap_or(0.0);
    // Written so that a division by almost nothing trusts the intent, which is then almost all of the rest.
    if first.confidence < head.threshold * (1.0 - outside) {
        return (Label { name: head.out_of_scope.clone(), confidence: 1.0 - first.confidence }, ranking);
    }
    (first, ranking)
}

/// The sentiment.
pub(super) fn sentiment(head: &Head, probabilities: &[f32]) -> Sentiment {
    let of = |name: &str| {
        let found = head.labels.iter().zip(probabilities).find(|(label, _)| *label == name);
        found.map_or(0.0, |(_, probability)| *probability)
    };
    let scores =
        SentimentScores { negative: of("negative"), neutral: of("neutral"), positive: of("positive") };
    let (name, confidence) = [
        (Polarity::Neutral, scores.neutral),
        (Polarity::Negative, scores.negative),
        (Polarity::Positive, scores.positive),
    ]
    .into_iter()
    .reduce(|best, other| if other.1 > best.1 { other } else { best })
    .unwrap_or((Polarity::Neutral, 0.0));
    Sentiment { name, confidence, scores }
}

/// A named stretch that the model found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// Stretch of the text in bytes, on character boundaries.
    pub bytes: Range<usize>,
    /// `person`, `location` ...
    pub kind: String,
    /// Probability, 0 to 1: that of the least certain word, as the stretch is right only if every word is.
    pub confidence: f32,
}

/// What a tag says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Outside,
    Begin(usize),
    Inside(usize),
}

impl Tag {
    fn kind(self) -> Option<usize> {
        match self {
            Tag::Outside => None,
            Tag::Begin(kind) | Tag::Inside(kind) => Some(kind),
        }
    }

    /// Whether a word with this tag may stand after one with tag `before`; `None` is the beginning.
    fn may_follow(self, before: Option<Tag>) -> bool {
        match self {
            Tag::Inside(kind) => before.and_then(Tag::kind) == Some(kind),
            _ => true,
        }
    }
}

/// The entity tags of a pack.
pub(super) struct Tags {
    tags: Vec<Tag>,
    kinds: Vec<String>,
    temperature: f32,
}

impl Tags {
    /// The tags that `head` lists; anything but `B-` and `I-` counts as outside.
    pub fn new(head: &Head) -> Tags {
        let mut kinds: Vec<String> = Vec::new();
        let mut number = |kind: &str| {
            kinds.iter().position(|known| known == kind).unwrap_or_else(|| {
                kinds.push(kind.to_owned());
                kinds.len() - 1
            })
        };
        let tags = head.labels.iter().map(|label| match label.split_once('-') {
            Some(("B", kind)) => Tag::Begin(number(kind)),
            Some(("I", kind)) => Tag::Inside(number(kind)),
            _ => Tag::Outside,
        });
        Tags { tags: tags.collect(), kinds, temperature: head.temperature }
    }

    /// How many tags there are.
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// The named stretches among `tokens`, in order; `logits` has a row of tags for every token.
    ///
    /// A word is judged by its first piece, and the most probable sequence of tags in which no stretch goes on
    /// that has not begun is taken.
    pub fn decode(&self, tokens: &[Token], logits: &[f32]) -> Vec<Named> {
        self.decode_all(tokens, logits).0
    }

    /// As [`Tags::decode`], with the probability of the least certain word, in a stretch or not.
    pub fn decode_all(&self, tokens: &[Token], logits: &[f32]) -> (Vec<Named>, f32) {
        let mut words: Vec<(Range<usize>, Vec<f32>)> = Vec::new();
        let mut last = None;
        for (token, row) in tokens.iter().zip(logits.chunks_exact(self.tags.len().max(1))) {
            match words.last_mut() {
                Some((bytes, _)) if last == Some(token.word) => bytes.end = bytes.end.max(token.bytes.end),
                _ => words.push((token.bytes.clone(), softmax(row, self.temperature))),
            }
            last = Some(token.word);
        }
        let rows: Vec<&[f32]> = words.iter().map(|(_, row)| row.as_slice()).collect();
        let mut found: Vec<Named> = Vec::new();
        let (mut open, mut certainty) = (None, 1f32);
        for (tag, (bytes, row)) in self.likeliest(&rows).into_iter().zip(&words) {
            let alike = self.tags.iter().zip(row).filter(|(other, _)| other.kind() == tag.kind());
            let confidence = alike.map(|(_, p)| p).sum::<f32>().min(1.0);
            certainty = certainty.min(confidence);
            if let Some(kind) = tag.kind() {
                match found.last_mut() {
                    Some(named) if tag == Tag::Inside(kind) && open == Some(kind) => {
                        named.bytes.end = named.bytes.end.max(bytes.end);
                        named.confidence = named.confidence.min(confidence);
                    }
                    _ => {
                        let kind = self.kinds.get(kind).cloned().unwrap_or_default();
                        found.push(Named { bytes: bytes.clone(), kind, confidence });
                    }
                }
            }
            open = tag.kind();
        }
        (found, certainty)
    }

    /// The valid sequence of tags with the greatest product of probabilities (Viterbi).
    fn likeliest(&self, rows: &[&[f32]]) -> Vec<Tag> {
        let mut scores: Vec<f32> = Vec::new();
        let mut came_from: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
        for row in rows {
            let mut next = Vec::with_capacity(self.tags.len());
            let mut from = Vec::with_capacity(self.tags.len());
            for (tag, probability) in self.tags.iter().zip(*row) {
                let before = if came_from.is_empty() {
                    Some((0, 0.0)).filter(|_| tag.may_follow(None))
                } else {
                    let open = self.tags.iter().zip(&scores).enumerate();
                    open.filter(|(_, (before, _))| tag.may_follow(Some(**before)))
                        .map(|(at, (_, score))| (at, *score))
                        .reduce(|best, other| if other.1 > best.1 { other } else { best })
                };
                let (at, score) = before.unwrap_or((0, f32::NEG_INFINITY));
                next.push(score + probability.max(f32::MIN_POSITIVE).ln());
                from.push(at);
            }
            scores = next;
            came_from.push(from);
        }
        let last = scores.iter().copied().enumerate();
        let mut at =
            last.reduce(|best, other| if other.1 > best.1 { other } else { best }).map_or(0, |(at, _)| at);
        let mut path: Vec<Tag> = Vec::with_capacity(rows.len());
        for from in came_from.iter().rev() {
            path.push(self.tags.get(at).copied().unwrap_or(Tag::Outside));
            at = from.get(at).copied().unwrap_or(0);
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn head(labels: &[&str]) -> Head {
        Head { labels: labels.iter().map(|l| l.to_string()).collect(), temperature: 1.0 }
    }

    fn intents(threshold: f32) -> IntentHead {
        IntentHead { head: head(&["a", "b", "c", "oos"]), out_of_scope: "oos".into(), threshold }
    }

    #[test]
    fn softmax_bears_any_size_of_logit() {
        assert_eq!(softmax(&[1e30, -1e30, 0.0], 0.5), [1.0, 0.0, 0.0]);
        assert_eq!(softmax(&[-1e30, -1e30], 1.0), [0.5, 0.5]);
        let warm = softmax(&[2.0, 0.0], 2.0);
        assert!((warm[0] - 1.0 / (1.0 + (-1.0f32).exp())).abs() < 1e-6);
    }

    #[test]
    fn one_window_is_its_own_mean() {
        let mut mean = Mean::new(3);
        mean.add(&[0.1, 0.2, 0.7], 1.0);
        assert_eq!(mean.get(), [0.1, 0.2, 0.7]);
        let mut mean = Mean::new(1);
        mean.add(&[0.0], 1.0);
        mean.add(&[1.0], 3.0);
        assert_eq!(mean.get(), [0.75]);
    }

    #[test]
    fn out_of_scope_by_label_or_by_threshold() {
        let (label, ranking) = intent(&intents(0.5), &[0.6, 0.2, 0.1, 0.1]);
        assert_eq!((label.name.as_str(), label.confidence), ("a", 0.6));
        assert_eq!(ranking.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "oos"]);
        let (label, _) = intent(&intents(0.0), &[0.3, 0.1, 0.1, 0.5]);
        assert_eq!((label.name.as_str(), label.confidence), ("oos", 0.5));
        // 0.4 of the 0.9 that is not out of scope is below 0.5.
        let (label, ranking) = intent(&intents(0.5), &[0.4, 0.3, 0.2, 0.1]);
        assert_eq!((label.name.as_str(), label.confidence), ("oos", 0.6));
        assert_eq!(ranking[0].name, "a");
        // 0.4 of 0.7 is not.
        assert_eq!(intent(&intents(0.5), &[0.4, 0.2, 0.1, 0.3]).0.name, "a");
    }

    #[test]
    fn sentiment_goes_by_name_and_doubts_towards_neutral() {
        let felt = sentiment(&head(&["positive", "neutral", "negative"]), &[0.7, 0.2, 0.1]);
        assert_eq!((felt.name, felt.confidence, felt.scores.negative), (Polarity::Positive, 0.7, 0.1));
        assert_eq!(
            sentiment(&head(&["negative", "neutral", "positive"]), &[0.4, 0.4, 0.2]).name,
            Polarity::Neutral
        );
    }

    const TAGS: [&str; 5] = ["O", "B-person", "I-person", "B-place", "I-place"];

    /// One token a character, `word` by word; each row prefers the tag of that number.
    fn decoded(words: &[u32], tags: &[usize]) -> Vec<(Range<usize>, String)> {
        let token = |(at, word): (usize, &u32)| Token { id: 0, bytes: at..at + 1, word: *word };
        let tokens: Vec<Token> = words.iter().enumerate().map(token).collect();
        let logits: Vec<f32> = tags
            .iter()
            .flat_map(|&tag| (0..5).map(move |n| if n == tag { 5.0 } else { n as f32 * 0.01 }))
            .collect();
        Tags::new(&head(&TAGS)).decode(&tokens, &logits).into_iter().map(|n| (n.bytes, n.kind)).collect()
    }

    #[test]
    fn stretches_are_joined_and_valid() {
        let person = |bytes| (bytes, "person".to_owned());
        let place = |bytes| (bytes, "place".to_owned());
        assert_eq!(decoded(&[0, 1, 2, 3], &[0, 1, 2, 0]), [person(1..3)]);
        assert_eq!(decoded(&[0, 1, 2, 3], &[1, 1, 2, 3]), [person(0..1), person(1..3), place(3..4)]);
        // A stretch that has not begun is made to begin.
        assert_eq!(decoded(&[0, 1], &[2, 2]), [person(0..2)]);
        // Later pieces of a word have no say.
        assert_eq!(decoded(&[0, 0, 0, 1], &[1, 3, 0, 0]), [person(0..3)]);
        assert_eq!(decoded(&[], &[]), []);
    }

    proptest! {
        #[test]
        fn any_logits_give_ordered_stretches(rows in prop::collection::vec(prop::array::uniform5(-20f32..20.0), 0..40)) {
            let tokens: Vec<Token> =
                (0..rows.len()).map(|at| Token { id: 0, bytes: at..at + 1, word: at as u32 / 2 }).collect();
            let logits: Vec<f32> = rows.concat();
            let found = Tags::new(&head(&TAGS)).decode(&tokens, &logits);
            let mut at = 0;
            for named in found {
                prop_assert!(named.bytes.start >= at && named.bytes.end > named.bytes.start);
                prop_assert!((0.0..=1.0).contains(&named.confidence));
                at = named.bytes.end;
            }
            prop_assert!(at <= rows.len());
        }
    }
}
