//! One whole pass over the network, on every engine of this machine by turns.
//!
//! `cargo bench --no-default-features --bench pass` prints a table of medians in milliseconds and of ratios to tract.
//! With `-- serve`, it reads lines `ENGINE TOKENS PASSES` and answers each with the time of every pass in
//! microseconds, so that `training/bench_onnxruntime.py` can take turns between Sotto and ONNX Runtime.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use sotto::{Engine, Nlu};

const ENGINES: [&str; 9] = [
    "tract",
    "avx2",
    "avx2+int8",
    "avxvnni+int8",
    "avx512",
    "avx512+int8",
    "neon",
    "neon+int8",
    "dotprod+int8",
];
const TOKENS: [usize; 5] = [8, 16, 32, 64, 128];

fn main() {
    let pack = std::env::var_os("SOTTO_MODEL_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("models/squeezebert"), PathBuf::from);
    let mut loaded = BTreeMap::new();
    for name in ENGINES {
        if let Some(engine) = Engine::named(name) {
            let nlu = Nlu::load_on(&pack, engine).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(nlu.engine(), engine, "the pack's graph is not one that the kernels know");
            loaded.insert(name, nlu);
        }
    }
    if std::env::args().any(|argument| argument == "serve") { serve(&loaded) } else { compare(&loaded) }
}

/// Microseconds of `passes` passes over `tokens` tokens.
fn time(nlu: &Nlu, tokens: usize, passes: usize) -> Vec<f64> {
    let words = nlu.pack().encoder.vocabulary_size as u32;
    let ids: Vec<u32> = (0..tokens as u32).map(|at| (1996 + at * 131) % words).collect();
    let pass = || {
        let start = Instant::now();
        std::hint::black_box(nlu.outputs(&ids)).unwrap_or_else(|error| panic!("{error}"));
        start.elapsed().as_secs_f64() * 1e6
    };
    (0..passes).map(|_| pass()).collect()
}

fn serve(loaded: &BTreeMap<&str, Nlu>) {
    println!("{}", loaded.keys().copied().collect::<Vec<_>>().join(" "));
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap_or_default();
        let words: Vec<&str> = line.split_whitespace().collect();
        let [engine, tokens, passes] = words[..] else { return };
        let (Some(nlu), Ok(tokens), Ok(passes)) = (loaded.get(engine), tokens.parse(), passes.parse()) else {
            return;
        };
        let times: Vec<String> = time(nlu, tokens, passes).iter().map(|time| format!("{time:.1}")).collect();
        println!("{}", times.join(" "));
        let _ = std::io::stdout().flush();
    }
}

fn compare(loaded: &BTreeMap<&str, Nlu>) {
    println!("{:>12} {:>8} {:>10} {:>8}", "engine", "tokens", "ms", "to tract");
    for tokens in TOKENS {
        let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for _ in 0..60 {
            for (name, nlu) in loaded {
                times.entry(name).or_default().extend(time(nlu, tokens, 5).into_iter().skip(1));
            }
        }
        let median = |times: &mut Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2] / 1e3
        };
        let medians: BTreeMap<&str, f64> =
            times.iter_mut().map(|(name, times)| (*name, median(times))).collect();
        for (name, ms) in &medians {
            println!("{name:>12} {tokens:>8} {ms:>10.3} {:>8.2}", ms / medians["tract"]);
        }
    }
}
