//! Rules of the house that the compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} holds no Rust");
    files
}

#[test]
fn the_core_names_no_shell_no_clock_and_does_not_print() {
    for (path, text) in rust_files("src-tauri/core") {
        let code = text.split("#[cfg(test)]").next().unwrap();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for word in
                ["tauri", "tokio", "println!", "SystemTime::now", "ZonedDateTime::now", "Timestamp::now"]
            {
                assert!(!line.contains(word), "{} names {word}: {line}", path.display());
            }
        }
    }
}

#[test]
fn nlu_skills_and_store_do_not_know_each_other() {
    for (folder, stranger) in [
        ("src-tauri/core/nlu", "store"),
        ("src-tauri/core/store", "nlu"),
        ("src-tauri/core/skills", "store"),
        ("src-tauri/core/store", "skills"),
    ] {
        for (path, text) in rust_files(folder) {
            for form in [format!("crate::{stranger}"), format!("super::{stranger}")] {
                assert!(!text.contains(&form), "{} uses {form}", path.display());
            }
        }
    }
}

#[test]
fn the_changelog_knows_this_version() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let heading = format!("## {}", env!("CARGO_PKG_VERSION"));
    assert!(changelog.lines().any(|line| line.starts_with(&heading)), "CHANGELOG.md has no {heading}");
}

#[test]
fn the_bundle_keeps_its_identifier() {
    let config: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(root().join("tauri.conf.json")).unwrap()).unwrap();
    assert_eq!(config["identifier"], "app.sotto.desktop");
    assert_eq!(config["version"].as_str().unwrap_or(env!("CARGO_PKG_VERSION")), env!("CARGO_PKG_VERSION"));
}
