//! What the user says of a message's tags, beside what the model says of them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Analysis, Entity, Label, Message, Polarity, Sentiment, SentimentScores, TagSource};

/// The tags of one message that the user set. They stand beside the model's and
/// hold instead of them, also when a newer model tags the message again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Correction {
    /// What is wanted, if the user says so.
    pub intent: Option<String>,
    /// How it is said, if the user says so.
    pub act: Option<String>,
    /// How it feels, if the user says so.
    pub sentiment: Option<Polarity>,
    /// What is named, or not, in these stretches; ordered by `start`, never
    /// overlapping. What the model named elsewhere stands.
    pub entities: Vec<Mark>,
}

/// A stretch of the text, `text[start..end]` in Unicode code points, that names
/// what the user says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Mark {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The stretch itself; found by whoever stores the mark.
    #[serde(default)]
    pub text: String,
    /// Kind; `None` if nothing is named here, whatever the model found.
    pub entity: Option<String>,
    /// What it stands for: what the rules make of it, else the text itself; found
    /// by whoever stores the mark.
    #[serde(default)]
    pub value: String,
}

impl Correction {
    /// Whether nothing is corrected.
    pub fn is_empty(&self) -> bool {
        *self == Correction::default()
    }

    /// The tags that hold: the user's where there is one, certain, else those of
    /// `analysis`.
    pub fn apply(&self, analysis: &Analysis) -> Analysis {
        let mut holds = analysis.clone();
        let certain = |name: &String| Label { name: name.clone(), confidence: 1.0 };
        if let Some(intent) = &self.intent {
            holds.intent = certain(intent);
        }
        if let Some(act) = &self.act {
            holds.act = certain(act);
        }
        if let Some(name) = self.sentiment {
            let score = |polarity| if polarity == name { 1.0 } else { 0.0 };
            let scores = SentimentScores {
                negative: score(Polarity::Negative),
                neutral: score(Polarity::Neutral),
                positive: score(Polarity::Positive),
            };
            holds.sentiment = Sentiment { name, confidence: 1.0, scores };
        }
        let free = |entity: &Entity| {
            self.entities.iter().all(|mark| entity.end <= mark.start || mark.end <= entity.start)
        };
        holds.entities.retain(free);
        holds.entities.extend(self.entities.iter().filter_map(|mark| {
            Some(Entity {
                start: mark.start,
                end: mark.end,
                text: mark.text.clone(),
                entity: mark.entity.clone()?,
                confidence: 1.0,
                value: mark.value.clone(),
                source: TagSource::User,
            })
        }));
        holds.entities.sort_by_key(|entity| entity.start);
        holds
    }

    /// What is left of it when the text becomes another: marks in what stayed the
    /// same at both ends, at their new places.
    pub(crate) fn carried(&self, old: &str, new: &str) -> Correction {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let shorter = old.len().min(new.len()) - before;
        let after = old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(|(a, b)| a == b).count();
        let entities = self.entities.iter().filter_map(|mark| {
            if mark.end <= before {
                return Some(mark.clone());
            }
            let moved = |at: usize| at + new.len() - old.len();
            (mark.start >= old.len() - after).then(|| Mark {
                start: moved(mark.start),
                end: moved(mark.end),
                ..mark.clone()
            })
        });
        Correction { entities: entities.collect(), ..self.clone() }
    }
}

impl Message {
    /// The tags that hold: the user's where there is one, else the model's.
    pub fn effective(&self) -> Option<Cow<'_, Analysis>> {
        let analysis = self.analysis.as_ref()?;
        Some(match &self.correction {
            Some(correction) => Cow::Owned(correction.apply(analysis)),
            None => Cow::Borrowed(analysis),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, entity: Option<&str>) -> Mark {
        Mark { start, end, text: String::new(), entity: entity.map(str::to_owned), value: String::new() }
    }

    #[test]
    fn marks_stay_with_the_words_that_stay() {
        let correction = Correction {
            intent: Some("call".into()),
            entities: vec![mark(0, 4, Some("person")), mark(9, 13, None), mark(17, 20, Some("location"))],
            ..Correction::default()
        };
        let places = |new: &str| -> Vec<(usize, usize)> {
            let carried = correction.carried("Anna met Omar in 東京都", new);
            assert_eq!(carried.intent, correction.intent);
            carried.entities.iter().map(|mark| (mark.start, mark.end)).collect()
        };
        assert_eq!(places("Anna met Omar in 東京都"), [(0, 4), (9, 13), (17, 20)]);
        assert_eq!(places("Anna met Olga in 東京都"), [(0, 4), (17, 20)]);
        assert_eq!(places("Anna met him in 東京都"), [(0, 4), (16, 19)]);
        assert_eq!(places("Yesterday Anna met Omar in 東京都"), [(10, 14), (19, 23), (27, 30)]);
        assert_eq!(places(""), []);
    }
}
