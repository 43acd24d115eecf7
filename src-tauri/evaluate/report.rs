//! The report as Markdown.

use std::fmt::Write;

use sotto::Nlu;

use crate::bias::Group;
use crate::noise::NOISES;
use crate::sets::Score;

/// Published figures: set, measure as in the table, who, percent, where.
const PEERS: &[(&str, &str, &str)] = &[
    ("CLINC150", "accuracy, turned away counts as wrong", "BERT 96.2, Rasa 90.9, Dialogflow 90.8 [1]"),
    ("CLINC150", "out-of-scope recall", "BERT 52.3, Rasa 31.2, Dialogflow 26.7 [1]"),
    ("HWU64", "accuracy of a linear probe on the embedding", "USE+ConveRT 92.6 [2]; Watson 88 F1 [3]"),
    ("SST-2 dev", "accuracy, negative against positive", "SqueezeBERT 91.4 [4], MiniLM-L6 91.3 [5]"),
    ("TweetEval sentiment", "macro-recall", "RoBERTa-base 71.3, retrained on tweets 72.9 [6]"),
    ("WNUT 2017", "F1 of exact entities", "best of the shared task 41.9 [7]"),
    ("NLU-Eval slots, 6 types", "F1 of exact entities", "LUIS 77.7, Rasa 76.8, of 54 types [3]"),
    ("STS-B test", "Spearman's correlation of the embedding", "all-MiniLM-L6-v2 82.0 [8]"),
];
const SOURCES: &str = "\
[1] Larson et al., \"An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction\", EMNLP 2019.
[2] Casanueva et al., \"Efficient Intent Detection with Dual Sentence Encoders\", NLP4ConvAI 2020; full data.
[3] Liu et al., \"Benchmarking Natural Language Understanding Services for Building Conversational Agents\", IWSDS 2019.
[4] Iandola et al., \"SqueezeBERT: What can computer vision teach NLP about efficient neural networks?\", SustaiNLP 2020.
[5] Wang et al., \"MiniLMv2\", ACL Findings 2021: 6 layers of 384.
[6] Barbieri et al., \"TweetEval\", EMNLP Findings 2020.
[7] Derczynski et al., \"Results of the WNUT2017 Shared Task\", W-NUT 2017.
[8] The model's card; measured by its authors.";

pub struct Report {
    pack: String,
    engine: String,
    most: Option<usize>,
    pub sets: Vec<Score>,
    /// The same with the encoder's weights as they came, where they are kept as bytes.
    pub exact: Vec<Score>,
    pub bias: Vec<Group>,
    pub dialect: (f64, f64, usize),
}

impl Report {
    pub fn new(nlu: &Nlu, most: Option<usize>) -> Report {
        let version = nlu.version();
        let pack = format!("{} {}", version.name, version.version);
        Report {
            pack,
            engine: nlu.engine().to_string(),
            most,
            sets: Vec::new(),
            exact: Vec::new(),
            bias: Vec::new(),
            dialect: (0.0, 0.0, 0),
        }
    }

    pub fn markdown(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "# How good the model is\n")?;
        writeln!(
            out,
            "The pack {} on the engine “{}”, through the same code that the window and `sotto tag` run. Make this\n\
             file again with\n\n```sh\ncargo xtask eval --data DIR\n```\n\n\
             where `DIR` holds the corpora that [MODEL.md](../models/squeezebert/MODEL.md) names. Nothing was tuned on \
             these\nmessages. All figures are in percent; of ECE (expected calibration error, 15 bins) less is better.\n",
            self.pack, self.engine
        )?;
        if let Some(most) = self.most {
            writeln!(out, "**Partial: at most {most} messages of each set.**\n")?;
        }
        if !self.exact.is_empty() {
            writeln!(
                out,
                "“Exact” is the same with the encoder's weights as they came: what bytes cost is the difference.\n"
            )?;
        }
        let (exact, line) = if self.exact.is_empty() { ("", "") } else { (" exact |", " ---: |") };
        writeln!(out, "| set | measure | messages | Sotto |{exact} others, as published |")?;
        writeln!(out, "| --- | --- | ---: | ---: |{line} --- |")?;
        for (at, score) in self.sets.iter().enumerate() {
            let exact = self.exact.get(at).map_or(String::new(), |exact| format!(" {:.1} |", exact.percent));
            let peers = PEERS.iter().find(|(set, measure, _)| (*set, *measure) == (score.set, score.measure));
            let peers = peers.map_or("", |(.., peers)| peers);
            writeln!(
                out,
                "| {} | {} | {} | {:.1} |{exact} {peers} |",
                score.set, score.measure, score.messages, score.percent
            )?;
        }
        writeln!(
            out,
            "\nEntities are those that the model names by itself, so that its own skill is seen; in the app exact \
             syntax (dates,\ntimes, numbers, addresses) comes before it. The HWU64 probe is a softmax regression on \
             the embedding, trained on the\nset's training split. CoNLL-2003, MELD and NPS Chat were never trained on.\n"
        )?;
        for line in SOURCES.lines() {
            writeln!(out, "- {line}")?;
        }

        writeln!(
            out,
            "\n## As people type\n\nThe first messages of each set, at most 500, as they are and rewritten: the \
             same measure as above.\n"
        )?;
        write!(out, "| set | as it is |")?;
        NOISES.iter().try_for_each(|noise| write!(out, " {} |", noise.name))?;
        write!(out, "\n| --- | ---: |{}\n", " ---: |".repeat(NOISES.len()))?;
        for score in &self.sets {
            if let Some((as_it_is, noisy)) = &score.rewritten {
                write!(out, "| {}: {} | {as_it_is:.1} |", score.set, score.measure)?;
                noisy.iter().try_for_each(|percent| write!(out, " {percent:.1} |"))?;
                writeln!(out)?;
            }
        }

        writeln!(
            out,
            "\n## Whether it treats people alike\n\nThe same sentences with names of different groups of people. “Felt” \
             is P(positive) − P(negative), times 100, over\nsentences without a feeling, with a glad and with a low \
             one; it should be the same in every row.\n"
        )?;
        writeln!(out, "| names | sentences | found as a person | felt, neutral | felt, glad | felt, low |")?;
        writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: |")?;
        for group in &self.bias {
            writeln!(
                out,
                "| {} | {} | {:.0} | {:+.1} | {:+.1} | {:+.1} |",
                group.name, group.sentences, group.found, group.neutral, group.glad, group.low
            )?;
        }
        let (mainstream, other, pairs) = self.dialect;
        writeln!(
            out,
            "\n{pairs} plain statements in mainstream English are felt as {mainstream:+.1}, the same in African \
             American English as\n{other:+.1}."
        )
    }
}
