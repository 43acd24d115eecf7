//! The test sets, and how an answer is held against each.

use std::collections::HashSet;
use std::error::Error;

use sotto::{Entity, Polarity};

use crate::corpus::{Corpora, Row, Span};
use crate::noise::NOISES;
use crate::probe::Probe;
use crate::score::{accuracy, calibration_error, cosine, f1, macro_recall, spearman};
use crate::tagger::{Answer, Tagger};

/// How many messages of a set are also written in every other way.
const REWRITTEN: usize = 500;

/// A figure in the table.
pub struct Score {
    pub set: &'static str,
    pub measure: &'static str,
    pub messages: usize,
    pub percent: f64,
    /// The figure over the messages that were rewritten, as they were and in every way of [`NOISES`].
    pub rewritten: Option<(f64, Vec<f64>)>,
}

type Judge<'j> = &'j dyn Fn(&[Row], &[Answer]) -> f64;

/// Every set tagged and judged, each also `rewritten` if asked; says on standard error which one it is at.
pub fn all(corpora: &Corpora, tagger: &Tagger<'_>, rewritten: bool) -> Result<Vec<Score>, Box<dyn Error>> {
    let mut sheet = Sheet { tagger, rewritten, by_itself: false, scores: Vec::new() };
    intents(corpora, &mut sheet)?;
    moods(corpora, &mut sheet)?;
    entities(corpora, &mut sheet)?;
    acts(corpora, &mut sheet)?;
    similarity(corpora, &mut sheet)?;
    Ok(sheet.scores)
}

struct Sheet<'a> {
    tagger: &'a Tagger<'a>,
    rewritten: bool,
    /// Whether what the model names by itself is judged.
    by_itself: bool,
    scores: Vec<Score>,
}

impl Sheet<'_> {
    /// Tags the rows and judges them, some of them also rewritten; gives the answers for further figures.
    fn judge(
        &mut self,
        set: &'static str,
        measure: &'static str,
        rows: &[Row],
        judge: Judge<'_>,
    ) -> Result<Vec<Answer>, Box<dyn Error>> {
        eprintln!("{set}: {} messages", rows.len());
        let answers = self.answers(rows)?;
        let mut rewritten = None;
        if self.rewritten {
            let some = rows.len().min(REWRITTEN);
            let mut noisy = Vec::new();
            for noise in NOISES {
                let rows: Vec<Row> =
                    rows[..some].iter().zip(0..).map(|(row, seed)| noise.of(row, seed)).collect();
                noisy.push(judge(&rows, &self.answers(&rows)?));
            }
            rewritten = Some((judge(&rows[..some], &answers[..some]), noisy));
        }
        let percent = judge(rows, &answers);
        self.scores.push(Score { set, measure, messages: rows.len(), percent, rewritten });
        Ok(answers)
    }

    fn answers(&self, rows: &[Row]) -> Result<Vec<Answer>, Box<dyn Error>> {
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        Ok(self.tagger.answers(&texts, self.by_itself)?)
    }

    fn add(&mut self, set: &'static str, measure: &'static str, messages: usize, percent: f64) {
        self.scores.push(Score { set, measure, messages, percent, rewritten: None });
    }
}

fn intents(corpora: &Corpora, sheet: &mut Sheet<'_>) -> Result<(), Box<dyn Error>> {
    const CLINC: &str = "CLINC150";
    let outside = sheet.tagger.nlu.pack().intent.out_of_scope.clone();
    let likeliest = |answer: &Answer| answer.analysis.intent_ranking.first().cloned();
    let first = |row: &Row, answer: &Answer| likeliest(answer).is_some_and(|label| label.name == row.intent);
    let kept = |row: &Row, answer: &Answer| answer.analysis.intent.name == row.intent;

    let rows = corpora.rows("test/clinc150.test")?;
    let answers = sheet.judge(CLINC, "accuracy, turned away counts as wrong", &rows, &|rows, answers| {
        accuracy(rows.iter().zip(answers).map(|(row, answer)| kept(row, answer)))
    })?;
    let hits: Vec<bool> = rows.iter().zip(&answers).map(|(row, answer)| first(row, answer)).collect();
    sheet.add(CLINC, "accuracy of the likeliest intent", rows.len(), accuracy(hits.iter().copied()));

    let odd = corpora.rows("test/clinc150.oos_test")?;
    let strange = sheet.judge(CLINC, "out-of-scope recall", &odd, &|_, answers| {
        accuracy(answers.iter().map(|answer| answer.analysis.intent.name == outside))
    })?;
    let sure = |answer: &Answer| likeliest(answer).map_or(0.0, |label| label.confidence);
    let mut certain: Vec<(f32, bool)> = answers.iter().map(sure).zip(hits).collect();
    sheet.add(CLINC, "intent ECE, in scope", certain.len(), calibration_error(&certain));
    let named_so = |answer: &Answer| likeliest(answer).is_some_and(|label| label.name == outside);
    certain.extend(strange.iter().map(|answer| (sure(answer), named_so(answer))));
    sheet.add(CLINC, "intent ECE, with out-of-scope", certain.len(), calibration_error(&certain));

    let known = corpora.rows("train/hwu64.train")?;
    let labels: Vec<String> = known.iter().map(|row| row.intent.clone()).collect();
    let probe = Probe::learn(&sheet.answers(&known)?, &labels);
    let rows = corpora.rows("test/hwu64.test")?;
    sheet.judge("HWU64", "accuracy of a linear probe on the embedding", &rows, &|rows, answers| {
        accuracy(rows.iter().zip(answers).map(|(row, answer)| probe.class(answer) == row.intent))
    })?;
    Ok(())
}

fn polarity(row: &Row) -> Option<Polarity> {
    match row.sentiment.as_deref() {
        Some("negative") => Some(Polarity::Negative),
        Some("neutral") => Some(Polarity::Neutral),
        Some("positive") => Some(Polarity::Positive),
        _ => None,
    }
}

fn moods(corpora: &Corpora, sheet: &mut Sheet<'_>) -> Result<(), Box<dyn Error>> {
    let right = |row: &Row, answer: &Answer| polarity(row) == Some(answer.analysis.sentiment.name);
    let mean = |rows: &[Row], answers: &[Answer]| {
        macro_recall(
            rows.iter()
                .zip(answers)
                .map(|(row, answer)| (row.sentiment.as_deref().unwrap_or_default(), right(row, answer))),
        )
    };
    let share = |rows: &[Row], answers: &[Answer]| {
        accuracy(rows.iter().zip(answers).map(|(row, answer)| right(row, answer)))
    };
    let two = |rows: &[Row], answers: &[Answer]| {
        accuracy(rows.iter().zip(answers).map(|(row, answer)| {
            let scores = answer.analysis.sentiment.scores;
            let felt =
                if scores.positive > scores.negative { Polarity::Positive } else { Polarity::Negative };
            polarity(row) == Some(felt)
        }))
    };
    let sets: [(&str, &str, &str, Judge<'_>, bool); 5] = [
        ("SST-2 dev", "accuracy, negative against positive", "test/sst2.dev", &two, false),
        ("SST-3 test", "accuracy", "test/sst5.test", &share, true),
        ("TweetEval sentiment", "macro-recall", "test/tweeteval_sentiment.test", &mean, true),
        ("GoEmotions as sentiment", "macro-recall", "test/goemotions.test", &mean, true),
        ("MELD sentiment", "accuracy", "eval-only/meld.test", &share, false),
    ];
    for (set, measure, name, judge, calibrated) in sets {
        let mut rows = corpora.rows(name)?;
        rows.retain(|row| polarity(row).is_some());
        let answers = sheet.judge(set, measure, &rows, judge)?;
        if calibrated {
            let pairs: Vec<(f32, bool)> = rows
                .iter()
                .zip(&answers)
                .map(|(row, answer)| (answer.analysis.sentiment.confidence, right(row, answer)))
                .collect();
            sheet.add(set, "sentiment ECE", rows.len(), calibration_error(&pairs));
        }
    }
    Ok(())
}

/// Sotto's kind of a corpus' type of entity.
type Kinds = &'static [(&'static str, &'static str)];

const NAMES: Kinds = &[("PER", "person"), ("ORG", "organization"), ("LOC", "location")];
const NEWSWIRE: Kinds =
    &[("PER", "person"), ("ORG", "organization"), ("LOC", "location"), ("MISC", "product")];
const WNUT: Kinds = &[
    ("person", "person"),
    ("location", "location"),
    ("corporation", "organization"),
    ("group", "organization"),
    ("product", "product"),
    ("creative-work", "product"),
];
const HOME: Kinds = &[
    ("person", "person"),
    ("place_name", "location"),
    ("date", "date"),
    ("time", "time"),
    ("event_name", "event"),
    ("list_name", "list"),
];

fn entities(corpora: &Corpora, sheet: &mut Sheet<'_>) -> Result<(), Box<dyn Error>> {
    let sets: [(&str, &str, Kinds); 5] = [
        ("UD English EWT", "test/uner_ewt.test", NAMES),
        ("Broad Twitter Corpus", "test/btc.test", NAMES),
        ("WNUT 2017", "test/wnut17.test", WNUT),
        ("CoNLL-2003", "eval-only/conll2003.testb", NEWSWIRE),
        ("NLU-Eval slots, 6 types", "test/nlu_eval_home.test", HOME),
    ];
    sheet.by_itself = true;
    for (set, name, kinds) in sets {
        let rows = corpora.rows(name)?;
        sheet.judge(set, "F1 of exact entities", &rows, &|rows, answers| {
            let kind_of = |span: &Span| {
                kinds.iter().find(|(theirs, _)| *theirs == span.kind).map(|(_, ours)| (*ours).to_owned())
            };
            let judged = |entity: &&Entity| kinds.iter().any(|(_, ours)| *ours == entity.entity);
            let (mut gold, mut own) = (HashSet::new(), HashSet::new());
            for (n, (row, answer)) in rows.iter().zip(answers).enumerate() {
                gold.extend(row.spans.iter().filter_map(|s| Some((n, s.start, s.end, kind_of(s)?))));
                let named = answer.named.iter().filter(judged);
                own.extend(named.map(|e| (n, e.start, e.end, e.entity.clone())));
            }
            f1(&gold, &own)
        })?;
    }
    sheet.by_itself = false;
    Ok(())
}

/// NPS Chat's acts, and the acts that count as right. Its Emphasis, Continuer, Clarify, Other and System have none.
const NPS: &[(&str, &[&str])] = &[
    ("Greet", &["greeting"]),
    ("Bye", &["goodbye"]),
    ("ynQuestion", &["question"]),
    ("whQuestion", &["question"]),
    ("Accept", &["affirm"]),
    ("yAnswer", &["affirm"]),
    ("Reject", &["negate"]),
    ("nAnswer", &["negate"]),
    ("Statement", &["inform", "opinion", "request"]),
    ("Emotion", &["other"]),
];

fn acts(corpora: &Corpora, sheet: &mut Sheet<'_>) -> Result<(), Box<dyn Error>> {
    let mut rows = corpora.rows("eval-only/nps_chat.all")?;
    rows.retain(|row| NPS.iter().any(|(act, _)| *act == row.intent));
    let right = |row: &Row, answer: &Answer| {
        NPS.iter().any(|(act, ours)| *act == row.intent && ours.contains(&answer.analysis.act.name.as_str()))
    };
    let mean = |rows: &[Row], answers: &[Answer]| {
        macro_recall(rows.iter().zip(answers).map(|(row, answer)| (row.intent.as_str(), right(row, answer))))
    };
    let answers = sheet.judge("NPS Chat acts", "macro-recall of a mapping", &rows, &mean)?;
    let hits = rows.iter().zip(&answers).map(|(row, answer)| right(row, answer));
    sheet.add("NPS Chat acts", "accuracy of a mapping", rows.len(), accuracy(hits));
    Ok(())
}

fn similarity(corpora: &Corpora, sheet: &mut Sheet<'_>) -> Result<(), Box<dyn Error>> {
    let rows = corpora.rows("test/stsb.test")?;
    eprintln!("STS-B: {} pairs", rows.len());
    let one: Vec<&str> = rows.iter().map(|row| row.text1.as_str()).collect();
    let other: Vec<&str> = rows.iter().map(|row| row.text2.as_str()).collect();
    let (one, other) = (sheet.tagger.answers(&one, false)?, sheet.tagger.answers(&other, false)?);
    let close: Vec<f64> = one.iter().zip(&other).map(|(a, b)| cosine(&a.embedding, &b.embedding)).collect();
    let wanted: Vec<f64> = rows.iter().map(|row| row.score).collect();
    sheet.add("STS-B test", "Spearman's correlation of the embedding", rows.len(), spearman(&close, &wanted));
    Ok(())
}
