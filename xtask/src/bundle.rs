//! The packages that people install, and a trial of one of them.

use std::error::Error;
use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

use crate::{Outcome, page, system, window};

/// What makes packages of a build; the release workflow has the same.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";

/// Builds the packages of this system, or those that `arguments` name.
pub fn bundle(shell: &Shell, arguments: &[String]) -> Outcome {
    system::need(shell, system::WINDOW)?;
    system::need(shell, system::BUNDLING)?;
    page::install(shell, "ui")?;
    let bundles = match arguments {
        [] if cfg!(target_os = "linux") => vec!["--bundles".to_owned(), "deb,rpm".to_owned()],
        [] => Vec::new(),
        named => [vec!["--bundles".to_owned()], named.to_vec()].concat(),
    };
    cmd!(shell, "npx --yes {TAURI_CLI} build --ci {bundles...}").run()?;
    for package in packages(shell)? {
        println!("{:>7.1} MB  {}", package.metadata()?.len() as f64 / 1e6, package.display());
    }
    Ok(())
}

/// Installs the `.deb`, chats through the installed program without a network,
/// and takes it away again.
pub fn trial(shell: &Shell, _: &[String]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Err("a .deb is installed on Debian or Ubuntu; run this there".into());
    }
    let is_deb = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "deb");
    if !packages(shell)?.iter().any(is_deb) {
        bundle(shell, &[])?;
    }
    let package = packages(shell)?.into_iter().rfind(is_deb).ok_or("`cargo xtask bundle` made no .deb")?;
    println!("{:.1} MB  {}", package.metadata()?.len() as f64 / 1e6, package.display());
    system::need(shell, system::DRIVING)?;
    system::need(shell, system::WATCHING)?;
    let root = cmd!(shell, "id -u").quiet().read()? == "0";
    let launcher = if root { "env" } else { "sudo" };
    cmd!(shell, "{launcher} apt-get install --quiet --yes --reinstall --no-install-recommends {package}")
        .run()?;
    let screen = window::Screen::start()?;
    // A network of its own, in which not even the loopback device is up.
    let tried = cmd!(shell, "unshare --map-root-user --net -- node tests/desktop/installed.js")
        .env("DISPLAY", &screen.display)
        .env_remove("WAYLAND_DISPLAY")
        .run();
    cmd!(shell, "{launcher} apt-get remove --quiet --yes sotto").run()?;
    Ok(tried?)
}

/// The packages that were built, in order of their names.
fn packages(shell: &Shell) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folder = window::target(shell)?.join("release/bundle");
    let mut packages = Vec::new();
    for kind in ["appimage", "deb", "dmg", "msi", "nsis", "rpm"] {
        let folder = folder.join(kind);
        if shell.path_exists(&folder) {
            packages.extend(shell.read_dir(&folder)?.into_iter().filter(|path| is_package(path)));
        }
    }
    Ok(packages)
}

fn is_package(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    path.is_file() && ["AppImage", "deb", "dmg", "exe", "msi", "rpm"].contains(&extension)
}
