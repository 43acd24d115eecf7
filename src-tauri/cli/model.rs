//! `sotto model`: what the model pack is and whether its files are whole.

use clap::Args;
use serde_json::json;
use sotto::Result;
use sotto::logs::export::label_studio_interface;

use crate::PackOption;
use crate::stdio::{output, written};

/// Show the model pack: version, labels, thresholds, licence
#[derive(Args)]
pub struct Model {
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

impl Model {
    pub fn run(self) -> Result<()> {
        use std::io::Write;

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
