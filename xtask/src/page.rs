//! The page inside the window: `ui/`.

use std::error::Error;
use std::path::Path;
use std::time::SystemTime;

use xshell::{Shell, cmd};

use crate::{Outcome, files_below, system};

/// The oldest Node that builds the page.
const NODE: (u32, u32) = (20, 19);

/// Checks the page's types and runs its unit tests, then builds it.
pub fn check(shell: &Shell, _: &[String]) -> Outcome {
    install(shell, "ui")?;
    cmd!(shell, "npm --prefix ui run check").run()?;
    cmd!(shell, "npm --prefix ui test").run()?;
    build(shell)
}

/// Lets axe look at every screen in a browser, in light, dark and high contrast.
pub fn check_access(shell: &Shell, _: &[String]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Err("the browser for this is found, or installed, on Linux; run this there".into());
    }
    build(shell)?;
    install(shell, "tests/desktop")?;
    // Whatever there is of the family: Ubuntu has no package of the name.
    let found = |names: &[&str]| {
        names.iter().find_map(|name| cmd!(shell, "which {name}").quiet().ignore_stderr().read().ok())
    };
    let (browsers, drivers) = (["chromium", "chromium-browser", "google-chrome"], ["chromedriver"]);
    if found(&browsers).is_none() || found(&drivers).is_none() {
        system::need(shell, system::BROWSING)?;
    }
    let browser = found(&browsers).ok_or("there is no Chromium; install it, then run this again")?;
    let driver = found(&drivers).ok_or("there is no ChromeDriver; install it, then run this again")?;
    Ok(cmd!(shell, "node --test --test-reporter=spec tests/desktop/axe.js")
        .env("CHROMIUM", browser)
        .env("CHROMEDRIVER", driver)
        .run()?)
}

/// Builds the page unless it is built already: a new page makes a new window.
pub fn build(shell: &Shell) -> Outcome {
    install(shell, "ui")?;
    let sources = files_below(shell, Path::new("ui/src"))?.into_iter();
    let mut newest = None;
    for file in sources.chain(["ui/index.html", "ui/package-lock.json", "ui/vite.config.ts"].map(Into::into))
    {
        newest = newest.max(changed(shell, &file));
    }
    let built = changed(shell, Path::new("ui/dist/index.html"));
    if built.is_none() || built < newest {
        cmd!(shell, "npm --prefix ui run build").run()?;
    }
    Ok(())
}

/// Installs what `package-lock.json` in `dir` says, unless it is there.
pub fn install(shell: &Shell, dir: &str) -> Outcome {
    check_node(shell)?;
    let wanted = changed(shell, &Path::new(dir).join("package-lock.json"));
    let installed = changed(shell, &Path::new(dir).join("node_modules/.package-lock.json"));
    if installed.is_none() || installed < wanted {
        cmd!(shell, "npm --prefix {dir} ci --no-audit --no-fund").run()?;
    }
    Ok(())
}

fn check_node(shell: &Shell) -> Outcome {
    let (major, minor) = NODE;
    let version = cmd!(shell, "node --version").quiet().read();
    let found = version.as_deref().unwrap_or("no Node");
    if parse(found).is_some_and(|version| version >= NODE) {
        return Ok(());
    }
    Err(format!("Sotto's page is built with Node {major}.{minor} or newer, and this machine has {found}; install it from your system's packages or nodejs.org, then run this again").into())
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim_start_matches('v').split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

fn changed(shell: &Shell, path: &Path) -> Option<SystemTime> {
    let changed = || -> Result<SystemTime, Box<dyn Error>> {
        Ok(shell.current_dir().join(path).metadata()?.modified()?)
    };
    changed().ok()
}
