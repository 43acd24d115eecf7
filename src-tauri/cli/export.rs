//! `sotto export`: conversations with their tags, for other tools.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use sotto::Result;

use crate::DataOption;
use crate::stdio::{output, written};

/// Export conversations with their tags as JSON Lines, a message a line
#[derive(Args)]
#[command(after_help = "Examples:
  sotto export > everything.jsonl
  sotto export --conversation 3 --output boiler.jsonl")]
pub struct Export {
    /// Only this conversation
    #[arg(long, value_name = "NUMBER")]
    conversation: Option<i64>,
    /// File to write, whole or not at all [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: DataOption,
}

impl Export {
    pub fn run(self) -> Result<()> {
        let assistant = self.data.assistant()?;
        match self.output.as_deref().filter(|path| *path != Path::new("-")) {
            Some(path) => {
                let lines = assistant.export(self.conversation, path)?;
                eprintln!("{lines} messages written to {}", path.display());
                Ok(())
            }
            None => {
                let mut out = output();
                assistant.export_to(self.conversation, &mut out, Path::new("standard output"))?;
                written(out.flush())
            }
        }
    }
}
