//! The UI's packages and its build: done again only when something that they are made from has changed.

use crate::checkout::Checkout;
use crate::shell::{self, Failure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{fs, io};

/// What `ui/dist` is made from.
const SOURCES: &[&str] = &[
    "ui/src",
    "ui/public",
    "ui/index.html",
    "ui/package-lock.json",
    "ui/vite.config.ts",
    "ui/svelte.config.js",
    "ui/tsconfig.json",
    "assets/locales",
    "assets/fonts",
    "assets/icons",
];

/// The oldest Node that the UI's tools run on.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// `npm ci`, when the installed packages are older than the lock file.
///
/// # Errors
/// Node is missing or too old, or npm fails.
pub fn install(checkout: &Checkout) -> Result<(), Failure> {
    check_node()?;
    // npm writes this file last, so a torn install is done again.
    let installed = newest(&checkout.path("ui/node_modules/.package-lock.json"))?;
    if installed.is_some() && installed >= newest(&checkout.path("ui/package-lock.json"))? {
        println!("npm packages: up to date.");
        return Ok(());
    }
    shell::run(npm(checkout).args(["ci", "--no-audit", "--no-fund"]))
}

/// `npm run build`, when `ui/dist` is older than what it is made from.
///
/// # Errors
/// The build fails.
pub fn build(checkout: &Checkout) -> Result<(), Failure> {
    let built = newest(&checkout.path("ui/dist/index.html"))?;
    let mut sources = None;
    for source in SOURCES {
        sources = sources.max(newest(&checkout.path(source))?);
    }
    if built.is_some() && built >= sources {
        println!("ui/dist: up to date.");
        return Ok(());
    }
    script(checkout, "build")
}

/// `npm run …`.
///
/// # Errors
/// There is no such script, or it fails.
pub fn script(checkout: &Checkout, name: &str) -> Result<(), Failure> {
    shell::run(npm(checkout).args(["run", name]))
}

/// True when `ui/package.json` has this script.
///
/// # Errors
/// The file isn't there or isn't JSON.
pub fn has_script(checkout: &Checkout, name: &str) -> Result<bool, Failure> {
    let path = checkout.path("ui/package.json");
    let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, &error))?;
    let package: Value = serde_json::from_str(&text).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    Ok(package["scripts"][name].is_string())
}

fn npm(checkout: &Checkout) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(checkout.path("ui"));
    command
}

fn check_node() -> Result<(), Failure> {
    let (major, minor) = OLDEST_NODE;
    let said = shell::output(Command::new("node").arg("--version"))
        .map_err(|_| Failure::new(format!("Node {major}.{minor} or later is needed, and `node` was not found")))?;
    match node_version(&said) {
        Some(version) if version >= OLDEST_NODE => Ok(()),
        _ => Err(Failure::new(format!("Node {major}.{minor} or later is needed; this is {}", said.trim()))),
    }
}

fn node_version(said: &str) -> Option<(u32, u32)> {
    let mut parts = said.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// When the file, or the newest file below the folder, was last written. None when there is nothing.
fn newest(path: &Path) -> Result<Option<SystemTime>, Failure> {
    let at = |error: io::Error| Failure::at(path, &error);
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(at(error)),
    };
    if !about.is_dir() {
        return about.modified().map(Some).map_err(at);
    }
    let mut newest_below = None;
    for entry in fs::read_dir(path).map_err(at)? {
        let below: PathBuf = entry.map_err(at)?.path();
        newest_below = newest_below.max(newest(&below)?);
    }
    // A folder's own time tells of a file that was taken away.
    Ok(newest_below.max(about.modified().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_says_its_version_with_a_v() {
        assert_eq!(node_version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(node_version("twenty"), None);
        assert!(node_version("v18.19.0") < Some(OLDEST_NODE));
    }

    #[test]
    fn what_is_not_there_has_no_time_and_a_folder_is_as_new_as_its_newest_file() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(newest(&here.join("no-such-file")).unwrap(), None);
        let this_file = newest(&here.join("src/ui.rs")).unwrap();
        assert!(this_file.is_some() && newest(&here.join("src")).unwrap() >= this_file);
    }
}
