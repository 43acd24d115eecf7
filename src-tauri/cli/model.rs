//! `sotto model`: what the model pack is and whether its files are whole; and a pack from a checkpoint.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;
use sotto::logs::export::label_studio_interface;
use sotto::{Result, import_model};

use crate::PackOption;
use crate::stdio::{output, written};

/// Show the model pack: version, labels, thresholds, licence
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Model {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Also compare the files with their checksums
    #[arg(long)]
    verify: bool,
    /// Print the labelling interface for what `sotto export --format label-studio` writes
    #[arg(long, conflicts_with = "json")]
    label_studio: bool,
    #[command(flatten)]
    pack: PackOption,
}

#[derive(Subcommand)]
enum Verb {
    Import(Import),
}

/// Make a model pack of a SqueezeBERT checkpoint of Hugging Face
#[derive(Args)]
#[command(after_help = "The folder holds config.json, model.safetensors or model.onnx, and tokenizer.json or
vocab.txt. A head that sorts texts becomes the pack's intents, or its sentiment if its
labels are negative, neutral and positive; a head that sorts tokens becomes its
entities.

Example:
  sotto model import ./my-squeezebert && sotto tag --model ./my-squeezebert-pack chat.txt")]
struct Import {
    /// Folder of the checkpoint
    dir: PathBuf,
    /// Folder to make for the pack [default: that of the checkpoint with -pack after its name]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Import {
    fn run(self) -> Result<()> {
        use std::io::Write;

        let to = self.output.unwrap_or_else(|| {
            let mut name = self.dir.components().as_path().as_os_str().to_owned();
            name.push("-pack");
            name.into()
        });
        let made = import_model(&self.dir, &to)?;
        let encoder = &made.pack.encoder;
        let mut out = output();
        let text = format!(
            "{} {}\n  folder      {}\n  weights     {}, {:.1} million\n  vocabulary  {}, {} words\n  \
             encoder     {} layers x {}, {} heads, {} groups, {} tokens a window\n  engine      {}\n\n{}",
            made.pack.name,
            made.pack.version,
            to.display(),
            made.weights.display(),
            made.parameters as f64 / 1e6,
            made.vocabulary.display(),
            encoder.vocabulary_size,
            encoder.layers,
            encoder.hidden_size,
            encoder.attention_heads,
            encoder.groups,
            encoder.max_tokens,
            made.engine,
            made.head,
        );
        written(writeln!(out, "{text}").and_then(|()| out.flush()))
    }
}

impl Model {
    pub fn run(self) -> Result<()> {
        use std::io::Write;

        if let Some(Verb::Import(import)) = self.verb {
            return import.run();
        }
        let dir = self.pack.dir()?;
        let nlu = self.pack.load_from(&dir)?;
        if self.verify {
            nlu.pack().verify(&dir)?;
        }
        let pack = nlu.pack();
        let mut out = output();
        if self.json {
            let shown = json!({"dir": dir, "verified": self.verify, "engine": nlu.engine().to_string(), "pack": pack});
            return written(writeln!(out, "{shown}").and_then(|()| out.flush()));
        }
        if self.label_studio {
            let acts = &pack.act.labels;
            let shown = label_studio_interface(&nlu.entity_kinds(), &pack.intent.head.labels, acts);
            return written(out.write_all(shown.as_bytes()).and_then(|()| out.flush()));
        }
        let encoder = &pack.encoder;
        let kinds: Vec<_> = pack.entity.labels.iter().filter_map(|label| label.strip_prefix("B-")).collect();
        let text = format!(
            "{} {} ({})\n  folder      {}\n  encoder     {} layers x {}, {} heads, {} groups, {} tokens a window\n  \
             engine      {}\n  intents     {}, out of scope below {:.2}\n  acts        {}\n  entities    {}\n  licence     {}{}",
            pack.name,
            pack.version,
            pack.language,
            dir.display(),
            encoder.layers,
            encoder.hidden_size,
            encoder.attention_heads,
            encoder.groups,
            encoder.max_tokens,
            nlu.engine(),
            pack.intent.head.labels.len(),
            pack.intent.threshold,
            pack.act.labels.join(", "),
            kinds.join(", "),
            pack.licence,
            if self.verify { "\n  checksums   right" } else { "" },
        );
        written(writeln!(out, "{text}").and_then(|()| out.flush()))
    }
}
