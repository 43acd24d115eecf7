//! Understanding: tokenise, run SqueezeBERT on tract, decode, and let exact syntax have the last word.

use std::ops::Range;
use std::path::Path;

use jiff::ZonedDateTime;

use crate::{Analysis, Embedding, Entity, Label, ModelVersion, Polarity, Result, Sentiment, SentimentScores};

mod card;
mod decode;
mod encoder;
mod entities;
mod fused;
mod import;
mod pack;
mod rules;
mod tokens;
mod vocabulary;
mod windows;

pub use card::{Card, Score};
pub use encoder::{Outputs, RequestOutputs};
pub use fused::Engine;
pub use import::{ImportedModel, import_model};
pub use pack::{EncoderShape, FileStamp, Head, IntentHead, Pack};

use decode::{Mean, Named, Tags, softmax};
use encoder::Encoder;
use tokens::{Token, Tokens};

/// What the rules alone find in `text`: dates, times, durations, numbers ...
pub(crate) fn exact(text: &str, now: &ZonedDateTime) -> Vec<Entity> {
    entities::joined(text, Vec::new(), rules::find(text, now))
}

/// What place in an order a text names, 1 to 99: `3rd`, `first`, `twenty-first`.
pub(crate) fn ordinal(text: &str) -> Option<i64> {
    rules::ordinal(text)
}

/// The text with its numbers in digits: `twenty-five plus 3` becomes `25 plus 3`.
pub(crate) fn in_digits(text: &str) -> String {
    rules::in_digits(text)
}

/// What a text asks an assistant to do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Requested {
    /// The likeliest requests, best first: `timer.start`, `refused.network`, `nothing`.
    pub ranking: Vec<Label>,
    /// The words that say what with, in order.
    pub slots: Vec<Slot>,
    /// Probability that the least certain word is in its slot, or in none, 0 to 1.
    pub certainty: f32,
}

/// Words that fill a slot of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// `item`, `when`, `length` ...
    pub kind: String,
    /// The words as they stand in the text.
    pub text: String,
    /// Where they begin, in bytes.
    pub start: usize,
}

/// A loaded model pack; one serves all threads.
pub struct Nlu {
    pack: Pack,
    tokens: Tokens,
    tags: Tags,
    slots: Option<Tags>,
    encoder: Encoder,
}

impl Nlu {
    /// Loads the pack in `dir`, for the fastest engine of this machine, and runs it once.
    ///
    /// Fails with [`Code::Pack`](crate::Code::Pack) if a file is missing, truncated, of another version, or at
    /// odds with the others; the message names it.
    pub fn load(dir: &Path) -> Result<Nlu> {
        Nlu::load_on(dir, None)
    }

    /// Loads the pack in `dir` as [`Nlu::load`] does, for `engine` if one is given; [`Nlu::engine`] says what it
    /// runs on.
    pub fn load_on(dir: &Path, engine: impl Into<Option<Engine>>) -> Result<Nlu> {
        let pack = Pack::read(dir)?;
        let engine = engine.into().unwrap_or_else(|| Engine::best(pack.int8));
        let tokens = Tokens::load(dir, pack.encoder.vocabulary_size)?;
        let encoder = Encoder::load(dir, &pack, engine)?;
        let tags = Tags::new(&pack.entity);
        let slots = pack.slot.as_ref().map(Tags::new);
        Ok(Nlu { pack, tokens, tags, slots, encoder })
    }

    /// Analyses one message; dates and times are resolved against `now` and its time zone.
    ///
    /// Any text has an analysis. That of one that says nothing (empty, white space, control characters) is out of
    /// scope, neutral, and without entities. A text that is longer than the model reads is read in windows that end between sentences where
    /// they can; none of it is left out. The same text and `now` give the same analysis on every thread.
    ///
    /// Fails with [`Code::Inference`](crate::Code::Inference) only if the model itself fails.
    pub fn analyze(&self, text: &str, now: &ZonedDateTime) -> Result<Analysis> {
        let tokens = self.tokens.of(text)?;
        self.analysis(text, &tokens, now, |ids| self.encoder.run_heads(ids), |_, _| ())
    }

    /// What [`Nlu::analyze`] and [`Nlu::embed`] give, from one pass of the model.
    pub fn understand(&self, text: &str, now: &ZonedDateTime) -> Result<(Analysis, Embedding)> {
        let tokens = self.tokens.of(text)?;
        let mut meaning = Mean::new(self.pack.encoder.embedding());
        let run = |ids: &[u32]| self.encoder.run(ids);
        let analysis = self.analysis(text, &tokens, now, run, |part, weight| meaning.add(part, weight))?;
        let meaning = if tokens.is_empty() { self.embed(text)? } else { of_length_one(meaning.get()) };
        Ok((analysis, self.embedding(meaning)))
    }

    /// The analysis of a text from what `run` says of each of its windows, with each embedding to `embedded`.
    fn analysis(
        &self,
        text: &str,
        tokens: &[Token],
        now: &ZonedDateTime,
        run: impl Fn(&[u32]) -> Result<Outputs>,
        mut embedded: impl FnMut(&[f32], f32),
    ) -> Result<Analysis> {
        if tokens.is_empty() {
            return Ok(self.nothing_said());
        }
        let Pack { intent, act, sentiment, .. } = &self.pack;
        let mut of_intent = Mean::new(intent.head.labels.len());
        let mut of_act = Mean::new(act.labels.len());
        let mut of_sentiment = Mean::new(sentiment.labels.len());
        let mut named = Vec::new();
        self.read(text, tokens, run, |part, weight, outputs| {
            of_intent.add(&softmax(&outputs.intent, intent.head.temperature), weight);
            of_act.add(&softmax(&outputs.act, act.temperature), weight);
            of_sentiment.add(&softmax(&outputs.sentiment, sentiment.temperature), weight);
            embedded(&outputs.embedding, weight);
            // The row of [CLS] comes first.
            let rows = outputs.entity.get(self.pack.entity.labels.len()..).unwrap_or_default();
            named.extend(self.tags.decode(part, rows));
        })?;
        let (intent, intent_ranking) = decode::intent(intent, &of_intent.get());
        Ok(Analysis {
            intent,
            intent_ranking,
            act: decode::best(act, &of_act.get()),
            sentiment: decode::sentiment(sentiment, &of_sentiment.get()),
            entities: entities::joined(text, named, rules::find(text, now)),
            model: self.version(),
        })
    }

    /// What the model by itself names in `text`, without the rules; for judging the model.
    pub fn named(&self, text: &str) -> Result<Vec<Entity>> {
        let tokens = self.tokens.of(text)?;
        let mut named = Vec::new();
        self.read(
            text,
            &tokens,
            |ids| self.encoder.run_heads(ids),
            |part, _, outputs| {
                let rows = outputs.entity.get(self.pack.entity.labels.len()..).unwrap_or_default();
                named.extend(self.tags.decode(part, rows));
            },
        )?;
        Ok(entities::joined(text, named, Vec::new()))
    }

    /// What `text` asks an assistant to do, and the words that fill its slots.
    ///
    /// Empty if the pack cannot tell, if nothing is said, and of a text that is too long to be read at once.
    pub fn requested(&self, text: &str) -> Result<Requested> {
        let tokens = self.tokens.of(text)?;
        let Some(head) = &self.pack.request else { return Ok(Requested::default()) };
        if tokens.is_empty() || tokens.len() + 2 > self.pack.encoder.max_tokens {
            return Ok(Requested::default());
        }
        let Some(outputs) = self.request_outputs(&self.tokens.input(&tokens))? else {
            return Ok(Requested::default());
        };
        let ranking = decode::ranked(head, &softmax(&outputs.request, head.temperature));
        let Some(tags) = &self.slots else { return Ok(Requested { ranking, ..Requested::default() }) };
        let (named, certainty) = tags.decode_all(&tokens, outputs.slot.get(tags.len()..).unwrap_or_default());
        let slot = |named: Named| {
            let Range { start, end } = whole_words(text, named.bytes);
            // The "t" of "don't" is no word.
            let mut before = text.get(..start)?.chars().rev();
            let cut = before.next().is_some_and(|c| matches!(c, '\'' | '’'))
                && before.next().is_some_and(char::is_alphabetic);
            (!cut).then_some(Slot { kind: named.kind, text: text.get(start..end)?.to_owned(), start })
        };
        Ok(Requested { ranking, slots: named.into_iter().filter_map(slot).collect(), certainty })
    }

    /// What [`Nlu::embed`] gives, with the model that gave it.
    pub fn embedding_of(&self, text: &str) -> Result<Embedding> {
        Ok(self.embedding(self.embed(text)?))
    }

    fn embedding(&self, vector: Vec<f32>) -> Embedding {
        let ModelVersion { name, version } = self.version();
        Embedding { model: format!("{name} {version}"), vector }
    }

    /// Sentence embedding of `text`: `[embedding size]`, of length 1.
    ///
    /// That of a text of several windows is the direction of their mean, weighted by tokens, as the model itself
    /// averages over tokens. Fails as [`Nlu::analyze`] does.
    pub fn embed(&self, text: &str) -> Result<Vec<f32>> {
        let tokens = self.tokens.of(text)?;
        let mut mean = Mean::new(self.pack.encoder.embedding());
        let mut windows = 0;
        self.read(
            text,
            &tokens,
            |ids| self.encoder.run(ids),
            |_, weight, outputs| {
                mean.add(&outputs.embedding, weight);
                windows += 1;
            },
        )?;
        let embedding = mean.get();
        Ok(if windows > 1 { of_length_one(embedding) } else { embedding })
    }

    /// What the pack says of itself.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// What computes the network: the engine that was asked for, or tract if the pack's graph has no step that the
    /// kernels know.
    pub fn engine(&self) -> Engine {
        self.encoder.engine()
    }

    /// Name and version of the pack.
    pub fn version(&self) -> ModelVersion {
        self.pack.model_version()
    }

    /// The kinds of entities that an analysis can hold: the model's, then those that
    /// only rules find.
    pub fn entity_kinds(&self) -> Vec<&str> {
        let labels = self.pack.entity.labels.iter();
        let mut kinds: Vec<&str> = labels.filter_map(|label| label.strip_prefix("B-")).collect();
        for kind in rules::Kind::ALL.map(rules::Kind::as_str) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// Token ids of the whole of `text` as the model reads them, `[CLS]` first and `[SEP]` last.
    pub fn token_ids(&self, text: &str) -> Result<Vec<u32>> {
        Ok(self.tokens.input(&self.tokens.of(text)?))
    }

    /// The raw outputs for token ids `[S]`; for holding the model to its golden file.
    ///
    /// Fails with [`Code::Inference`](crate::Code::Inference) if S is 0 or more than the model's limit, or an id
    /// is not in the vocabulary.
    pub fn outputs(&self, ids: &[u32]) -> Result<Outputs> {
        self.encoder.run(ids)
    }

    /// The raw outputs for what is asked for, likewise; none if the pack cannot tell.
    pub fn request_outputs(&self, ids: &[u32]) -> Result<Option<RequestOutputs>> {
        self.encoder.run_request(ids)
    }

    /// The analysis of a text without a token. The model was never taught what such a text is.
    fn nothing_said(&self) -> Analysis {
        let certain = |name: &str| Label { name: name.to_owned(), confidence: 1.0 };
        let intent = certain(&self.pack.intent.out_of_scope);
        let acts = &self.pack.act.labels;
        let act = acts.iter().find(|act| *act == "other").or(acts.last()).map_or("", String::as_str);
        Analysis {
            intent_ranking: vec![intent.clone()],
            intent,
            act: certain(act),
            sentiment: Sentiment {
                name: Polarity::Neutral,
                confidence: 1.0,
                scores: SentimentScores { negative: 0.0, neutral: 1.0, positive: 0.0 },
            },
            entities: Vec::new(),
            model: self.version(),
        }
    }

    /// Hands what `run` says of every window of `tokens` of `text` to `take` with its weight: its share of the
    /// tokens, which for a text of one window is exactly 1.
    fn read(
        &self,
        text: &str,
        tokens: &[Token],
        run: impl Fn(&[u32]) -> Result<Outputs>,
        mut take: impl FnMut(&[Token], f32, Outputs),
    ) -> Result<()> {
        let room = self.pack.encoder.max_tokens.saturating_sub(2);
        for window in windows::windows(text, tokens, room) {
            let part = tokens.get(window).unwrap_or_default();
            let outputs = run(&self.tokens.input(part))?;
            let weight =
                if part.len() == tokens.len() { 1.0 } else { part.len() as f32 / tokens.len() as f32 };
            take(part, weight, outputs);
        }
        Ok(())
    }
}

/// The stretch with the rest of the words that it cuts, as the tokenizer cuts "to-dos", "4.50" and "7:20".
fn whole_words(text: &str, stretch: Range<usize>) -> Range<usize> {
    let joins = |c: char| matches!(c, '-' | '.' | ':' | '/');
    let grown = |rest: &mut dyn Iterator<Item = char>| {
        let (mut length, mut joint) = (0, 0);
        for c in rest {
            match c {
                c if c.is_alphanumeric() => (length, joint) = (length + joint + c.len_utf8(), 0),
                c if joins(c) && joint == 0 => joint = c.len_utf8(),
                _ => break,
            }
        }
        length
    };
    let before = text.get(..stretch.start).unwrap_or_default();
    let after = text.get(stretch.end..).unwrap_or_default();
    stretch.start - grown(&mut before.chars().rev())..stretch.end + grown(&mut after.chars())
}

fn of_length_one(mut direction: Vec<f32>) -> Vec<f32> {
    let length = direction.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    direction.iter_mut().for_each(|x| *x /= length);
    direction
}
