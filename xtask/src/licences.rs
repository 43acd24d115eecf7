//! Holds the licence of every crate to the allow-list of `deny.toml`.
//!
//! The release workflow runs cargo-deny itself over the same file; building that
//! takes minutes, and this takes a second.

use std::collections::BTreeSet;
use std::error::Error;

use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};
use xshell::{Shell, cmd};

use crate::Outcome;

/// Fails on the crates whose licence is not allowed.
pub fn check(shell: &Shell, _: &[String]) -> Outcome {
    let allowed = allowed(&shell.read_file("deny.toml")?)?;
    let metadata = cmd!(shell, "cargo metadata --format-version 1 --locked").quiet().read()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let mut refused = Vec::new();
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        let fits = Expression::parse_mode(licence, ParseMode::LAX)
            .is_ok_and(|expression| expression.evaluate(|needed| allowed.contains(&plain(needed))));
        if !fits {
            refused.push(format!("{} {}: {licence}", package["name"], package["version"]));
        }
    }
    if !refused.is_empty() {
        return Err(format!("deny.toml does not allow the licence of\n  {}", refused.join("\n  ")).into());
    }
    println!("{} crates, each under a licence that deny.toml allows", packages.len());
    Ok(())
}

/// The allow-list, each entry as [`plain`] writes it.
fn allowed(deny: &str) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let deny: toml::Table = deny.parse()?;
    let list = deny.get("licenses").and_then(|licenses| licenses.get("allow")?.as_array());
    let list = list.ok_or("deny.toml has no list `allow` under [licenses]")?;
    Ok(list.iter().filter_map(|each| each.as_str()).map(str::to_owned).collect())
}

fn plain(needed: &LicenseReq) -> String {
    needed.to_string()
}
