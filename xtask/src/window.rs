//! The window: built, opened, driven from outside, photographed.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use xshell::{Shell, cmd};

use crate::{Outcome, page, system};

/// The driver that stands between the test and WebKitWebDriver.
const DRIVER: &str = "2.1.0";

/// Opens the window; `arguments` go to Sotto.
pub fn run(shell: &Shell, arguments: &[String]) -> Outcome {
    let window = build(shell)?;
    Ok(cmd!(shell, "{window} {arguments...}").run()?)
}

/// Builds the window and runs its unit tests.
pub fn check(shell: &Shell, _: &[String]) -> Outcome {
    build(shell)?;
    Ok(cmd!(shell, "cargo test --bin sotto-desktop").run()?)
}

/// Drives the real window through what people do with it; `files` of the tests,
/// or all of them, one after another on the one screen.
pub fn drive(shell: &Shell, files: &[String]) -> Outcome {
    let mut files = files.to_vec();
    if files.is_empty() {
        let all = shell.read_dir("tests/desktop")?.into_iter().map(|path| path.display().to_string());
        files.extend(all.filter(|path| path.ends_with(".test.js")));
        files.sort();
    }
    let how = ["--test", "--test-concurrency=1", "--test-reporter=spec"].map(str::to_owned);
    on_a_screen_in_memory(shell, &[how.as_slice(), files.as_slice()].concat())
}

/// Makes the pictures in `docs/` from the real window.
pub fn photograph(shell: &Shell, _: &[String]) -> Outcome {
    system::need(shell, system::PICTURING)?;
    on_a_screen_in_memory(shell, &["tests/desktop/photograph.js".to_owned(), "docs".to_owned()])
}

/// Builds the window: the program.
///
/// With the profile `dev`, because its dependencies are optimised there too: the
/// window is as quick as a release, and tests and first start share one build,
/// where a release would compile everything again for several minutes.
fn build(shell: &Shell) -> Result<PathBuf, Box<dyn Error>> {
    system::need(shell, system::WINDOW)?;
    page::build(shell)?;
    cmd!(shell, "cargo build --bin sotto-desktop").run()?;
    Ok(target(shell)?.join("debug").join(format!("sotto-desktop{}", std::env::consts::EXE_SUFFIX)))
}

fn on_a_screen_in_memory(shell: &Shell, script: &[String]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Err("the window is driven under Xvfb, on Linux; run this there".into());
    }
    let window = build(shell)?;
    system::need(shell, system::DRIVING)?;
    let driver = driver(shell)?;
    page::install(shell, "tests/desktop")?;
    let screen = Screen::start()?;
    Ok(cmd!(shell, "node {script...}")
        .env("DISPLAY", &screen.display)
        .env_remove("WAYLAND_DISPLAY")
        .env("SOTTO_DESKTOP", window)
        .env("TAURI_DRIVER", driver)
        .run()?)
}

/// An X server without a screen, the size of Sotto's window, gone when dropped.
pub struct Screen {
    server: Child,
    /// What `DISPLAY` is to say.
    pub display: String,
}

impl Screen {
    /// Starts it.
    pub fn start() -> Result<Screen, Box<dyn Error>> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1100x760x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        // It says which display number was free once it can be reached there.
        let mut number = String::new();
        if let Some(said) = server.stdout.as_mut() {
            BufReader::new(said).read_line(&mut number)?;
        }
        let screen = Screen { server, display: format!(":{}", number.trim()) };
        if number.trim().is_empty() {
            return Err("Xvfb did not start; run `Xvfb :99` to see why".into());
        }
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The path of tauri-driver, which is built on first use.
fn driver(shell: &Shell) -> Result<PathBuf, Box<dyn Error>> {
    let tools = target(shell)?.join("tools").join(DRIVER);
    let driver = tools.join("bin/tauri-driver");
    if !shell.path_exists(&driver) {
        // Unoptimised: it hands on a few hundred small requests.
        let quick = ["--locked", "--debug"];
        cmd!(shell, "cargo install tauri-driver --version ={DRIVER} {quick...} --root {tools}").run()?;
    }
    Ok(driver)
}

/// Where cargo builds to, which is a matter of configuration.
pub fn target(shell: &Shell) -> Result<PathBuf, Box<dyn Error>> {
    let metadata = cmd!(shell, "cargo metadata --format-version 1 --no-deps").quiet().read()?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let target = metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
    Ok(target.into())
}
