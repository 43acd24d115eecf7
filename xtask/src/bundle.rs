//! The packages that people install, and a trial of one of them.

use std::error::Error;
use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

use crate::{Outcome, page, system, window};

/// What makes packages of a build.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";

/// Builds the packages of this system; `arguments` go to the Tauri CLI, for example
/// `--bundles appimage`, or `--debug` for packages of what is built already.
pub fn bundle(shell: &Shell, arguments: &[String]) -> Outcome {
    system::need(shell, system::WINDOW)?;
    system::need(shell, system::BUNDLING)?;
    page::install(shell, "ui")?;
    // An AppImage is made of things that are fetched from the network: the release workflow does that.
    let named = arguments.iter().any(|argument| argument == "--bundles");
    let bundles: &[&str] = if cfg!(target_os = "linux") && !named { &["--bundles", "deb,rpm"] } else { &[] };
    cmd!(shell, "npx --yes {TAURI_CLI} build --ci {bundles...} {arguments...}").run()?;
    let profile = if arguments.iter().any(|argument| argument == "--debug") { "debug" } else { "release" };
    for package in packages(shell, profile)? {
        if package.extension().is_some_and(|extension| extension == "deb") {
            press(shell, &package)?;
        }
        println!("{}", sized(&package)?);
    }
    Ok(())
}

/// Packs a `.deb` anew with xz: the Tauri CLI knows only gzip, which leaves it a quarter larger.
fn press(shell: &Shell, package: &Path) -> Outcome {
    let inside = shell.create_temp_dir()?;
    let inside = inside.path().join("package");
    cmd!(shell, "dpkg-deb --raw-extract {package} {inside}").run()?;
    Ok(cmd!(shell, "dpkg-deb -Zxz --root-owner-group --build {inside} {package}").run()?)
}

/// Installs the `.deb` that `arguments` name, or the released one, chats through
/// the installed program without a network, and takes it away again.
pub fn trial(shell: &Shell, arguments: &[String]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Err("a .deb is installed on Debian or Ubuntu; run this there".into());
    }
    let package = match arguments {
        [named, ..] => shell.current_dir().join(named),
        [] => released(shell)?,
    };
    println!("{}", sized(&package)?);
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

/// The `.deb` of a release, which is built if it is not there.
fn released(shell: &Shell) -> Result<PathBuf, Box<dyn Error>> {
    let find = || -> Result<Option<PathBuf>, Box<dyn Error>> {
        let is_deb = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "deb");
        Ok(packages(shell, "release")?.into_iter().rfind(is_deb))
    };
    if let Some(package) = find()? {
        return Ok(package);
    }
    bundle(shell, &[])?;
    find()?.ok_or_else(|| "`cargo xtask bundle` made no .deb".into())
}

/// The packages that were built with `profile`, in order of their kinds and names.
fn packages(shell: &Shell, profile: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folder = window::target(shell)?.join(profile).join("bundle");
    let mut packages = Vec::new();
    for kind in ["appimage", "deb", "dmg", "msi", "nsis", "rpm"] {
        let folder = folder.join(kind);
        if shell.path_exists(&folder) {
            packages.extend(shell.read_dir(&folder)?.into_iter().filter(|path| is_package(path)));
        }
    }
    Ok(packages)
}

fn sized(package: &Path) -> Result<String, Box<dyn Error>> {
    Ok(format!("{:.1} MB  {}", package.metadata()?.len() as f64 / 1e6, package.display()))
}

fn is_package(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    path.is_file() && ["AppImage", "deb", "dmg", "exe", "msi", "rpm"].contains(&extension)
}
