//! System packages: what a build needs besides Rust and Node, and why.

use std::error::Error;

use xshell::{Shell, cmd};

use crate::Outcome;

/// A Debian package with what it is for.
pub struct Package {
    name: &'static str,
    why: &'static str,
}

const fn package(name: &'static str, why: &'static str) -> Package {
    Package { name, why }
}

/// For the core and the command line.
pub const BUILD: &[Package] = &[
    package("build-essential", "compiles SQLite and links programs"),
    package("pkg-config", "finds the libraries below"),
];

/// For the window.
pub const WINDOW: &[Package] = &[
    package("build-essential", "compiles SQLite and links programs"),
    package("pkg-config", "finds the libraries below"),
    package("libwebkit2gtk-4.1-dev", "the web view that draws the window, with GTK 3"),
];

/// For driving the window without a screen.
pub const DRIVING: &[Package] = &[
    package("webkit2gtk-driver", "WebKitWebDriver, which presses the window's buttons"),
    package("xvfb", "a screen in memory, so that no test window pops up on yours"),
    package("xdotool", "types into the save dialog, which is not part of the page"),
    package("imagemagick", "photographs the screen"),
];

/// For looking at the page in a browser.
pub const BROWSING: &[Package] = &[
    package("chromium", "a browser that draws the page for axe, which looks at its contrast"),
    package("chromium-driver", "ChromeDriver, which tells the browser what to open"),
];

/// For making packages.
pub const BUNDLING: &[Package] = &[
    package("libayatana-appindicator3-dev", "the tray icon, whose library the packages recommend"),
    package("librsvg2-dev", "draws the icons"),
    package("rpm", "makes .rpm packages"),
];

/// For pictures of the window.
pub const PICTURING: &[Package] = &[
    package("fonts-noto-color-emoji", "draws the bells and clocks of the answers"),
    package("pngquant", "makes the pictures small"),
];

/// For watching an installed program.
pub const WATCHING: &[Package] = &[
    package("strace", "lists the sockets that a program opens"),
    package("util-linux", "unshare, which starts a program without a network"),
];
/// For the other programs that read Sotto's exports.
pub const PYTHON: &[Package] = &[
    package("python3", "runs the programs that read Sotto's exports"),
    package("python3-venv", "keeps them in a folder of their own"),
];

/// For one of them.
pub const JAVA: &[Package] = &[package("default-jre-headless", "runs Apache Spark")];

/// Installs `packages` unless `program`, wherever it comes from, can be started.
pub fn need_for(shell: &Shell, program: &[&str], packages: &[Package]) -> Outcome {
    let [name, arguments @ ..] = program else { return Ok(()) };
    match cmd!(shell, "{name} {arguments...}").quiet().ignore_stdout().ignore_stderr().run() {
        Ok(()) => Ok(()),
        Err(_) => need(shell, packages),
    }
}

/// Installs what is missing of `packages`, where that is possible.
pub fn need(shell: &Shell, packages: &[Package]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Ok(());
    }
    if cmd!(shell, "apt-get --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        return elsewhere(shell, packages);
    }
    let missing = missing(shell, packages)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("Sotto needs system packages that are not installed:");
    for package in &missing {
        println!("  {:24} {}", package.name, package.why);
    }
    install(shell, &missing)
}

fn missing<'a>(shell: &Shell, packages: &'a [Package]) -> Result<Vec<&'a Package>, Box<dyn Error>> {
    let mut missing = Vec::new();
    for package in packages {
        let name = package.name;
        let format = "${Status}";
        let state = cmd!(shell, "dpkg-query --show --showformat={format} {name}");
        let state = state.quiet().ignore_stderr().ignore_status().read()?;
        if !state.ends_with("ok installed") {
            missing.push(package);
        }
    }
    Ok(missing)
}

fn install(shell: &Shell, packages: &[&Package]) -> Outcome {
    let root = cmd!(shell, "id -u").quiet().read()? == "0";
    let launcher = if root { "env" } else { "sudo" };
    if !root {
        println!("apt-get installs them as root, through sudo, which may ask for your password:");
    }
    cmd!(shell, "{launcher} apt-get update --quiet").run()?;
    let names: Vec<_> = packages.iter().map(|package| package.name).collect();
    let list = names.join(", ");
    let quietly = "DEBIAN_FRONTEND=noninteractive";
    let install = ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends"];
    cmd!(shell, "{launcher} {quietly} {install...} {names...}")
        .run()
        .map_err(|error| format!("{error}; install {list} by hand, then run this again").into())
}

/// Not Debian: says what to install unless all of it seems to be there.
fn elsewhere(shell: &Shell, packages: &[Package]) -> Outcome {
    let there = |package: &Package| {
        let test = match package.name {
            "build-essential" => cmd!(shell, "cc --version"),
            "pkg-config" => cmd!(shell, "pkg-config --version"),
            "libwebkit2gtk-4.1-dev" => cmd!(shell, "pkg-config --exists webkit2gtk-4.1"),
            "webkit2gtk-driver" => cmd!(shell, "WebKitWebDriver --version"),
            "xvfb" => cmd!(shell, "Xvfb -help"),
            "xdotool" => cmd!(shell, "xdotool version"),
            "chromium" => cmd!(shell, "chromium --version"),
            "chromium-driver" => cmd!(shell, "chromedriver --version"),
            "libayatana-appindicator3-dev" => cmd!(shell, "pkg-config --exists ayatana-appindicator3-0.1"),
            "librsvg2-dev" => cmd!(shell, "pkg-config --exists librsvg-2.0"),
            "rpm" => cmd!(shell, "rpm --version"),
            "fonts-noto-color-emoji" => cmd!(shell, "fc-list :lang=und-zsye --format=x"),
            "pngquant" => cmd!(shell, "pngquant --version"),
            "strace" => cmd!(shell, "strace --version"),
            "util-linux" => cmd!(shell, "unshare --version"),
            "python3" => cmd!(shell, "python3 --version"),
            "python3-venv" => cmd!(shell, "python3 -m venv --help"),
            "default-jre-headless" => cmd!(shell, "java -version"),
            _ => return true,
        };
        test.quiet().ignore_stdout().ignore_stderr().run().is_ok()
    };
    let missing: Vec<_> = packages.iter().filter(|package| !there(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list: Vec<_> = missing.iter().map(|each| format!("{} ({})", each.name, each.why)).collect();
    Err(format!(
        "this system has no apt-get; install what its own package manager calls {}, then run this again",
        list.join(", ")
    )
    .into())
}
