//! Other programs reading what Sotto writes: spaCy, Label Studio, Rasa, pandas,
//! Arrow, Spark, each as its makers publish it.

use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

use crate::{Outcome, system, window};

/// What is installed: `rasa.txt` without what it asks for.
const WANTED: [&str; 2] = ["tests/proofs/requirements.txt", "tests/proofs/rasa.txt"];

/// Exports with the command line and reads the exports with the other programs;
/// `arguments` go to pytest.
pub fn check(shell: &Shell, arguments: &[String]) -> Outcome {
    if cfg!(not(unix)) {
        return Err("the other programs are tried on Linux and macOS; run this there".into());
    }
    system::need(shell, system::BUILD)?;
    system::need_for(shell, &["python3", "-c", "import ensurepip, venv"], system::PYTHON)?;
    system::need_for(shell, &["java", "-version"], system::JAVA)?;
    cmd!(shell, "cargo build --no-default-features --bin sotto").run()?;
    let target = window::target(shell)?;
    let python = environment(shell, &target.join("proofs"))?;
    let quiet = ["-q", "-p", "no:cacheprovider", "-W", "ignore::DeprecationWarning"];
    Ok(cmd!(
        shell,
        "{python} -m pytest {quiet...} tests/proofs training/tests/test_taxonomy.py {arguments...}"
    )
    .env("SOTTO", target.join("debug/sotto"))
    .env("PYTHONDONTWRITEBYTECODE", "1")
    .run()?)
}

/// A Python with what is wanted: its path. Made again when what is wanted changes.
fn environment(shell: &Shell, folder: &Path) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let python = folder.join("bin/python");
    let installed = folder.join("installed.txt");
    let wanted = WANTED.iter().map(|file| shell.read_file(file)).collect::<Result<Vec<_>, _>>()?.concat();
    if shell.read_file(&installed).is_ok_and(|had| had == wanted) {
        return Ok(python);
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    let [requirements, rasa] = WANTED;
    cmd!(shell, "python3 -m venv --clear {folder}").run()?;
    cmd!(shell, "{python} {pip...} --requirement {requirements}").run()?;
    cmd!(shell, "{python} {pip...} --no-deps --ignore-requires-python --requirement {rasa}").run()?;
    shell.write_file(&installed, wanted)?;
    Ok(python)
}
