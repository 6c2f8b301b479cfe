//! Room on the disk. One that fills up in the middle of a build fails it in words that name a linker, and never the disk.

use crate::checkout::Checkout;
use crate::shell::Failure;
use std::fs;
use std::path::Path;

/// What `cargo xtask test` leaves below cargo's target folder, with some to spare, in bytes.
const NEEDED: u64 = 8_000_000_000;

/// Below this nothing is begun, whatever was built before: it may be of another toolchain or branch. In bytes.
const LEAST_FREE: u64 = 1_000_000_000;

/// Is there room for everything that is still to be built?
///
/// # Errors
/// There isn't; both figures are told.
pub fn check(checkout: &Checkout) -> Result<(), Failure> {
    let target = &checkout.target;
    fs::create_dir_all(target).map_err(|error| Failure::at(target, &error))?;
    let free = fs4::available_space(target).map_err(|error| Failure::at(target, &error))?;
    let built = ["deps", "build", "incremental"].iter().map(|folder| size(&target.join("debug").join(folder))).sum();
    let told = told(free, built);
    if is_too_little(free, built) {
        return Err(Failure::new(format!("{told}: make room, for instance with `cargo clean` here or in other checkouts")));
    }
    println!("{told}.");
    Ok(())
}

fn is_too_little(free: u64, built: u64) -> bool {
    free < LEAST_FREE || free.saturating_add(built) < NEEDED
}

fn told(free: u64, built: u64) -> String {
    let gigabytes = |bytes: u64| format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000);
    format!("{} free, {} built before; the tests need {}", gigabytes(free), gigabytes(built), gigabytes(NEEDED))
}

/// The bytes of all files below a folder; what can't be read counts for nothing.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let below = |entry: fs::DirEntry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => size(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    };
    entries.flatten().map(below).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_figures_are_told_in_gigabytes_of_one_decimal() {
        assert_eq!(told(11_450_000_000, 90_000_000), "11.4 GB free, 0.0 GB built before; the tests need 8.0 GB");
    }

    #[test]
    fn what_was_built_before_stands_in_for_room_but_not_for_the_last_of_it() {
        let cases = [(NEEDED, 0), (NEEDED - 1, 0), (LEAST_FREE, NEEDED), (LEAST_FREE - 1, 3 * NEEDED)];
        assert_eq!(cases.map(|(free, built)| is_too_little(free, built)), [false, true, false, true]);
    }

    #[test]
    fn a_folder_is_as_large_as_its_files_at_any_depth_and_one_that_is_not_there_is_empty() {
        let folder = std::env::temp_dir().join(format!("counterfoil-room-{}", std::process::id()));
        fs::create_dir_all(folder.join("a/b")).unwrap();
        fs::write(folder.join("one"), [0; 3]).unwrap();
        fs::write(folder.join("a/b/two"), [0; 4]).unwrap();
        assert_eq!((size(&folder), size(&folder.join("nowhere"))), (7, 0));
        fs::remove_dir_all(&folder).unwrap();
    }
}
