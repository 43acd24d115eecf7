//! `sotto`: tag, chat, search, export and look at the model from a terminal.

mod chat;
mod export;
mod import;
mod model;
mod search;
mod stdio;
mod tag;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jiff::ZonedDateTime;
use sotto::{Assistant, Code, Engine, Error, Nlu, Preferences, Result, Store, folders};

/// A private chat assistant that tags what is said, offline.
#[derive(Parser)]
#[command(version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Tag(tag::Tag),
    Chat(chat::Chat),
    Import(import::Import),
    Search(search::Search),
    Export(export::Export),
    Model(model::Model),
}

/// Where the model pack is.
#[derive(Args)]
struct PackOption {
    /// Folder of the model pack [default: the one that came with Sotto]
    #[arg(long, value_name = "DIR", env = "SOTTO_MODEL_DIR")]
    model: Option<PathBuf>,
    /// What computes the network: tract, or the kernels for scalar, avx2, avxvnni, avx512, neon or dotprod; with +int8
    /// after it, on weights of one byte [default: the fastest that the pack allows]
    #[arg(long, value_name = "ENGINE", env = "SOTTO_CPU", value_parser = engine)]
    cpu: Option<Engine>,
}

fn engine(name: &str) -> std::result::Result<Engine, String> {
    Engine::named(name).ok_or_else(|| {
        "this machine has no such engine; there are tract, scalar, and with the instructions for it avx2, avxvnni, \
         avx512, neon, dotprod, each but the first also with +int8"
            .to_string()
    })
}

impl PackOption {
    fn dir(&self) -> Result<PathBuf> {
        let program = std::env::current_exe()
            .map_err(|error| Error::new(Code::File, "cannot tell where this program is").because(error))?;
        folders::model_dir(self.model.clone(), None, &program)
    }

    fn load(&self) -> Result<Nlu> {
        self.load_from(&self.dir()?)
    }

    fn load_from(&self, dir: &Path) -> Result<Nlu> {
        Nlu::load_on(dir, self.cpu)
    }
}

/// Where conversations are kept.
#[derive(Args)]
struct DataOption {
    /// Folder of the conversations [default: the platform's data folder]
    #[arg(long, value_name = "DIR", env = "SOTTO_DATA_DIR")]
    data_dir: Option<PathBuf>,
}

impl DataOption {
    fn assistant(&self) -> Result<Assistant> {
        // Where the window moved it, if it did.
        let moved = || Preferences::read(&folders::preferences_file().ok()?).ok()?.data;
        let dir = folders::data_dir(self.data_dir.clone().or_else(moved))?;
        Ok(Assistant::new(Store::open(&dir)?))
    }
}

/// The moment that relative dates refer to.
#[derive(Args)]
struct NowOption {
    /// Take this moment as now, for example 2026-11-24T09:00:00+01:00[Europe/Berlin]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<ZonedDateTime>,
}

impl NowOption {
    fn get(&self) -> ZonedDateTime {
        self.now.clone().unwrap_or_else(ZonedDateTime::now)
    }
}

/// Reads RFC 9557 with a time zone, or RFC 3339 with an offset only.
fn moment(text: &str) -> Result<ZonedDateTime, String> {
    let offset_only = || jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%.f%:z", text)?.to_zoned_datetime();
    text.parse()
        .or_else(|_| offset_only())
        .map_err(|_: jiff::Error| "write it like 2026-11-24T09:00:00+01:00".to_owned())
}

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::from_env("SOTTO_LOG");
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = match Cli::parse().verb {
        Verb::Tag(tag) => tag.run(),
        Verb::Chat(chat) => chat.run(),
        Verb::Import(import) => import.run(),
        Verb::Search(search) => search.run(),
        Verb::Export(export) => export.run(),
        Verb::Model(model) => model.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has enough of it, as `head` does.
        Err(error) if error.io_kind() == Some(std::io::ErrorKind::BrokenPipe) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sotto: {error}");
            ExitCode::FAILURE
        }
    }
}
