//! What the tests stand on: the shipped pack, a fixed moment, the command line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use jiff::ZonedDateTime;
use sotto::{Assistant, Nlu, Store};

/// The pack that ships.
pub fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/squeezebert")
}

/// The shipped model, loaded once.
pub fn nlu() -> &'static Nlu {
    static NLU: LazyLock<Nlu> = LazyLock::new(|| Nlu::load(&pack()).unwrap());
    &NLU
}

/// Monday, 23 November 2026, 10:00 in Berlin.
pub fn now() -> ZonedDateTime {
    "2026-11-23T10:00:00+01:00[Europe/Berlin]".parse().unwrap()
}

/// An assistant over a store in `dir`, with a model of its own.
pub fn assistant(dir: &Path) -> Assistant {
    let assistant = Assistant::new(Store::open(dir).unwrap()).exporting_to(dir.join("exports"));
    assistant.install(Nlu::load(&pack()), &now()).unwrap();
    assistant
}

/// The command line, with nothing from the environment around the test.
pub fn sotto(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sotto"));
    command
        .args(arguments)
        .env_remove("SOTTO_DATA_DIR")
        .env_remove("SOTTO_MODEL_DIR")
        .env("TZ", "Europe/Berlin");
    command
}

/// Runs the command line on `input`.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child =
        sotto(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A program that fails early closes its input.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// Standard output as one JSON value a line.
pub fn json_lines(output: &Output) -> Vec<serde_json::Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Standard error as text.
pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
