//! The UI's TypeScript types, generated from the Rust ones and committed.

use crate::checkout::Checkout;
use crate::programs::Programs;
use crate::shell::{self, Failure};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// Where they are.
const FOLDER: &str = "ui/src/generated";

/// Every file below a folder, with what is in it.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Writes them.
///
/// # Errors
/// The generator doesn't build or fails.
pub fn write(checkout: &Checkout) -> Result<(), Failure> {
    shell::run(&mut generator(checkout))
}

/// Fails when what is there isn't what would be written; what is there stays as it is.
///
/// # Errors
/// The stale files by name, or the generator's failure.
pub fn check(checkout: &Checkout) -> Result<(), Failure> {
    check_with(checkout, generator(checkout))
}

/// The same, with a generator that has been built already.
///
/// # Errors
/// As [`check`].
pub fn check_built(checkout: &Checkout, programs: &Programs) -> Result<(), Failure> {
    check_with(checkout, programs.command(checkout, "generate-types"))
}

fn generator(checkout: &Checkout) -> Command {
    checkout.cargo(["run", "--quiet", "--package", "counterfoil-testkit", "--bin", "generate-types"])
}

fn check_with(checkout: &Checkout, mut generator: Command) -> Result<(), Failure> {
    let folder = checkout.path(FOLDER);
    let at = |error: io::Error| Failure::at(&folder, &error);
    let committed = read_below(&folder).map_err(at)?;
    let outcome = shell::run(&mut generator);
    let generated = read_below(&folder).map_err(at)?;
    put_back(&committed, &generated).map_err(at)?;
    outcome?;
    let stale = differing(&committed, &generated);
    if stale.is_empty() {
        println!("{} generated files are as committed.", committed.len());
        return Ok(());
    }
    let names: Vec<String> = stale.iter().map(|path| checkout.short(path).display().to_string()).collect();
    Err(Failure::new(format!("stale, please run `cargo xtask generate` and commit: {}", names.join(", "))))
}

fn differing<'a>(one: &'a Files, other: &'a Files) -> Vec<&'a Path> {
    let differs = |path: &&PathBuf| one.get(*path) != other.get(*path);
    let mut paths: Vec<&Path> = one.keys().chain(other.keys()).filter(differs).map(PathBuf::as_path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// Makes the folder as it was. Files that didn't change keep their times, so that the UI isn't built again for nothing.
fn put_back(before: &Files, now: &Files) -> io::Result<()> {
    for path in differing(before, now) {
        match before.get(path) {
            Some(bytes) => fs::write(path, bytes)?,
            None => fs::remove_file(path)?,
        }
    }
    Ok(())
}

fn read_below(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(read_below(&path)?);
        } else {
            let bytes = fs::read(&path)?;
            files.insert(path, bytes);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_changed_a_new_and_a_vanished_file_are_all_stale() {
        let committed = files(&[("a.ts", "1"), ("b.ts", "1"), ("c.ts", "1")]);
        let generated = files(&[("a.ts", "1"), ("b.ts", "2"), ("d.ts", "1")]);
        assert_eq!(differing(&committed, &generated), ["b.ts", "c.ts", "d.ts"].map(Path::new));
        assert!(differing(&committed, &committed).is_empty());
    }
}
