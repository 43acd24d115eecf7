//! The recipes that people and CI share: `cargo xtask NAME`.
//!
//! A recipe sets up what it needs by itself, so each also works alone on a fresh
//! machine that has Rust and Node.

mod bundle;
mod fuzz;
mod licences;
mod page;
mod proofs;
mod system;
mod window;

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use xshell::{Shell, cmd};

type Outcome = Result<(), Box<dyn Error>>;

struct Recipe {
    name: &'static str,
    what: &'static str,
    cook: fn(&Shell, &[String]) -> Outcome,
}

const RECIPES: &[Recipe] = &[
    Recipe { name: "run", what: "set up, build, and open the window", cook: window::run },
    Recipe { name: "test", what: "all of the checks below, in this order", cook: test },
    Recipe { name: "fmt", what: "check: the Rust sources are formatted", cook: fmt },
    Recipe {
        name: "licences",
        what: "check: deny.toml allows the licence of every crate",
        cook: licences::check,
    },
    Recipe { name: "core", what: "check: core and command line, tested with no webview", cook: core },
    Recipe {
        name: "proofs",
        what: "check: other programs read the exports (spaCy, Label Studio, Rasa, pandas, Spark ...)",
        cook: proofs::check,
    },
    Recipe { name: "page", what: "check: the page's types and unit tests, and its build", cook: page::check },
    Recipe { name: "clippy", what: "check: no lint in any build", cook: clippy },
    Recipe { name: "desktop", what: "check: the desktop builds, its unit tests pass", cook: window::check },
    Recipe { name: "e2e", what: "check: the real window, driven from outside", cook: window::drive },
    Recipe { name: "a11y", what: "check: axe finds nothing serious on any screen", cook: page::check_access },
    Recipe {
        name: "fuzz",
        what: "every importer against libFuzzer: `fuzz SECONDS [IMPORTER...]`",
        cook: fuzz::run,
    },
    Recipe {
        name: "miri",
        what: "the kernels under Miri, which sees what unsafe code may not do",
        cook: miri,
    },
    Recipe {
        name: "eval",
        what: "docs/evaluation.md: the model over every test set in --data DIR",
        cook: evaluate,
    },
    Recipe {
        name: "screenshots",
        what: "make the pictures in docs/ from the real window",
        cook: window::photograph,
    },
    Recipe { name: "bundle", what: "build the packages that people install", cook: bundle::bundle },
    Recipe {
        name: "install-test",
        what: "install the .deb, chat without a network, take it away again",
        cook: bundle::trial,
    },
];

/// The checks of `test`: the quick ones first; each build before what needs it.
const CHECKS: &[&str] = &["fmt", "licences", "core", "proofs", "page", "a11y", "clippy", "desktop", "e2e"];

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let Some(recipe) = find(&name) else {
        eprintln!("cargo xtask NAME, where NAME is one of");
        for Recipe { name, what, .. } in RECIPES {
            eprintln!("  {name:12} {what}");
        }
        return ExitCode::from(2);
    };
    match Shell::new().map_err(Into::into).and_then(|shell| {
        shell.change_dir(root());
        (recipe.cook)(&shell, &rest)
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn find(name: &str) -> Option<&'static Recipe> {
    RECIPES.iter().find(|recipe| recipe.name == name)
}

/// The root of the checkout that this runs in.
fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    here.parent().map(Path::to_owned).unwrap_or(here)
}

/// Runs every check, also after one has failed, and counts them.
fn test(shell: &Shell, _: &[String]) -> Outcome {
    let begin = Instant::now();
    let mut done = Vec::new();
    for recipe in CHECKS.iter().filter_map(|name| find(name)) {
        println!("\n── {} ({})", recipe.name, recipe.what);
        let begin = Instant::now();
        let outcome = (recipe.cook)(shell, &[]);
        if let Err(error) = &outcome {
            println!("{}: {error}", recipe.name);
        }
        println!("── {}: {}", recipe.name, seconds(begin.elapsed()));
        done.push((recipe.name, begin.elapsed(), outcome.is_ok()));
    }

    println!("\n── all: {}", seconds(begin.elapsed()));
    for (name, time, passed) in &done {
        println!("{:>8}  {name:10} {}", seconds(*time), if *passed { "passed" } else { "FAILED" });
    }
    let failed = done.iter().filter(|(.., passed)| !passed).count();
    println!("checks: {} passed, {failed} failed", done.len() - failed);
    if failed > 0 { Err("run a failed check by itself with `cargo xtask NAME`".into()) } else { Ok(()) }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn fmt(shell: &Shell, _: &[String]) -> Outcome {
    Ok(cmd!(shell, "cargo fmt --all --check").run()?)
}

/// Builds and tests without the feature `desktop`: what compiles there cannot
/// name Tauri, and needs no webview on the machine.
fn core(shell: &Shell, _: &[String]) -> Outcome {
    system::need(shell, system::BUILD)?;
    let types = Path::new("ui/src/lib/types");
    let before = contents(shell, types)?;
    cmd!(shell, "cargo test --package sotto-kernels").run()?;
    cmd!(shell, "cargo test --no-default-features").run()?;
    if shell.path_exists("../shared/data/chat-exports") {
        cmd!(shell, "cargo test --no-default-features --test tests logs::shared -- --ignored").run()?;
    }
    if contents(shell, types)? != before {
        return Err("ui/src/lib/types was not what the Rust types say; it is now, so commit it".into());
    }
    Ok(())
}

/// Judges the model pack with the tagger that ships; `arguments` go on to it.
fn evaluate(shell: &Shell, arguments: &[String]) -> Outcome {
    system::need(shell, system::BUILD)?;
    let report = "docs/evaluation.md";
    let run = cmd!(shell, "cargo run --no-default-features --example evaluate --");
    Ok(run.args(["--output", report]).args(arguments).run()?)
}

/// Lints the library without the window, and everything with it.
/// The kernels' tests, smaller, in Miri: on this machine's kind of CPU with all the instructions that Miri knows, or
/// for the target that is named. Miri comes with nightly Rust: `rustup toolchain install nightly -c miri,rust-src`.
fn miri(shell: &Shell, targets: &[String]) -> Outcome {
    let x86 = targets.first().map_or(cfg!(target_arch = "x86_64"), |target| target.starts_with("x86_64"));
    let features = "-Ctarget-feature=+avx2,+fma,+avx512f,+avx512bw,+avx512vl,+avx512vnni";
    let target = targets.first().map(|target| format!("--target={target}"));
    // NEON's products of bytes are among what Miri does not know.
    let skipped = (!x86).then_some("--skip=bytes");
    cmd!(shell, "cargo +nightly miri test --package sotto-kernels --tests {target...} -- {skipped...}")
        .env("RUSTFLAGS", if x86 { features } else { "" })
        .run()?;
    Ok(())
}

fn clippy(shell: &Shell, _: &[String]) -> Outcome {
    system::need(shell, system::WINDOW)?;
    page::build(shell)?;
    cmd!(shell, "cargo clippy --no-default-features --all-targets -- -D warnings").run()?;
    Ok(cmd!(shell, "cargo clippy --workspace --all-targets -- -D warnings").run()?)
}

/// The files in `dir` and below, in order of their names.
fn files_below(shell: &Shell, dir: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for path in shell.read_dir(dir)? {
        if path.is_dir() {
            files.extend(files_below(shell, &path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// Every file in `dir` and below with its text; none if there is no such folder.
fn contents(shell: &Shell, dir: &Path) -> Result<Vec<(PathBuf, String)>, Box<dyn Error>> {
    if !shell.path_exists(dir) {
        return Ok(Vec::new());
    }
    let files = files_below(shell, dir)?.into_iter();
    files.map(|file| Ok((file.clone(), shell.read_file(&file)?))).collect()
}
