//! How good the model pack is: the tagger that ships, over every test set, as a table.
//!
//! `cargo xtask eval --data DIR` runs it and writes `docs/evaluation.md`. Nothing is tuned here, and a test set is
//! read for this table alone.

mod bias;
mod corpus;
mod noise;
mod probe;
mod report;
mod score;
mod sets;
mod tagger;

use std::error::Error;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sotto::{Engine, Nlu, folders};

use crate::corpus::Corpora;
use crate::report::Report;
use crate::tagger::Tagger;

/// Tags every test set and writes the table of scores.
#[derive(Debug, Parser)]
struct Options {
    /// Folder with test/, eval-only/ and train/, each with .jsonl.xz files
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The model pack [default: the one that ships]
    #[arg(long, value_name = "DIR", env = "SOTTO_MODEL_DIR")]
    model: Option<PathBuf>,
    /// The engine: tract, avx2, avx512, avx512+int8 ... [default: the fastest that the pack allows]
    #[arg(long, value_name = "ENGINE", env = "SOTTO_CPU")]
    cpu: Option<String>,
    /// Where to write the report; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// At most so many messages of a set, for a first look; such a table is marked as partial
    #[arg(long, value_name = "N")]
    most: Option<usize>,
    /// How many messages to tag at a time [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("evaluate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let pack = folders::model_dir(options.model.clone(), None, &std::env::current_exe()?)?;
    let named =
        |name: &String| Engine::named(name).ok_or_else(|| format!("this machine has no engine {name}"));
    let engine = options.cpu.as_ref().map(named).transpose()?;
    let nlu = Nlu::load_on(&pack, engine)?;
    let threads = options.threads.or(std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let corpora = Corpora::new(&options.data, options.most);
    let tagger = Tagger::new(&nlu, threads);

    let mut report = Report::new(&nlu, options.most);
    report.sets = sets::all(&corpora, &tagger, true)?;
    if options.cpu.is_none() && nlu.pack().int8 {
        let exact = Nlu::load_on(&pack, Engine::best(false))?;
        report.exact = sets::all(&corpora, &Tagger::new(&exact, threads), false)?;
    }
    report.bias = bias::table(&tagger)?;
    report.dialect = bias::dialect(&tagger)?;
    let text = report.markdown();
    if options.output.as_os_str() == "-" {
        print!("{text}");
    } else {
        std::fs::write(&options.output, text).map_err(|e| format!("{}: {e}", options.output.display()))?;
    }
    Ok(())
}
