//! Every importer against libFuzzer.

use std::path::Path;

use xshell::{Shell, cmd};

use crate::Outcome;

/// What libFuzzer needs the compiler to mark.
const MARKS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
                     -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
                     --cfg fuzzing -Ccodegen-units=1";

/// Runs each importer, or those named, for so many seconds: `fuzz 600`, `fuzz 60 whatsapp csv`. What makes one fail
/// is kept in `fuzz/artifacts`; what it has learnt in `fuzz/corpus`.
pub fn run(shell: &Shell, arguments: &[String]) -> Outcome {
    let (seconds, named) = match arguments.split_first() {
        Some((first, rest)) if first.parse::<u64>().is_ok() => (first.clone(), rest),
        _ => ("60".to_owned(), arguments),
    };
    let manifest: toml::Table = shell.read_file("fuzz/Cargo.toml")?.parse()?;
    let bins = manifest.get("bin").and_then(toml::Value::as_array).ok_or("fuzz/Cargo.toml has no [[bin]]")?;
    let all = bins.iter().filter_map(|bin| bin.get("name")?.as_str().map(str::to_owned));
    let importers: Vec<String> = all.filter(|name| named.is_empty() || named.contains(name)).collect();

    let host = cmd!(shell, "rustc --print host-tuple").quiet().read()?;
    // Named, so that build scripts go without the marks.
    cmd!(shell, "cargo build --release --manifest-path fuzz/Cargo.toml --target {host} --bins")
        .env("CARGO_TARGET_DIR", "target/fuzz")
        .env("RUSTFLAGS", MARKS)
        .run()?;
    let mut failed = Vec::new();
    for importer in &importers {
        println!("\n── {importer}, {seconds} s");
        let corpus = format!("fuzz/corpus/{importer}");
        let artifacts = format!("fuzz/artifacts/{importer}/");
        shell.create_dir(&corpus)?;
        shell.create_dir(&artifacts)?;
        let program = Path::new("target/fuzz").join(&host).join("release").join(importer);
        let limits =
            ["-timeout=1", "-rss_limit_mb=512", "-max_len=65536", "-print_final_stats=1", "-verbosity=0"];
        let seeds =
            ["tests/logs/samples", "tests/logs/found"].into_iter().filter(|seed| shell.path_exists(seed));
        let run = cmd!(
            shell,
            "{program} {limits...} -max_total_time={seconds} -artifact_prefix={artifacts} {corpus} {seeds...}"
        );
        if run.run().is_err() {
            failed.push(importer.as_str());
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("look into fuzz/artifacts: {} failed", failed.join(", ")).into())
}
