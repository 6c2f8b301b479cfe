//! The two packs that are delivered, for the tests.

use counterfoil_domain::Council;
use counterfoil_pack::{PackFiles, PackProblem, check};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub const BARNSLEY: &str = "barnsley-demo";
pub const DYFFRYN: &str = "dyffryn-sample";
pub const BOTH: [&str; 2] = [BARNSLEY, DYFFRYN];

pub fn folder(pack: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/packs").join(pack)
}

pub fn files(pack: &str) -> PackFiles {
    PackFiles::read_dir(&folder(pack)).expect("the pack's folder")
}

pub fn council(pack: &str) -> Council {
    match check(&files(pack)) {
        Ok(council) => council,
        Err(problems) => panic!("{pack}: {}", lines(&problems)),
    }
}

pub fn lines(problems: &[PackProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The pack's files as they can be changed.
pub fn loose(pack: &str) -> BTreeMap<String, Vec<u8>> {
    let files = files(pack);
    files.names().map(|name| (name.to_owned(), files.get(name).expect("a listed file").to_vec())).collect()
}

/// The problems of a pack after a change.
pub fn problems_of(files: BTreeMap<String, Vec<u8>>) -> Vec<PackProblem> {
    match PackFiles::from_files(files).and_then(|files| check(&files)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems,
    }
}

/// One file's text after a change; the change must find what it changes.
pub fn changed(pack: &str, file: &str, from: &str, to: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = loose(pack);
    let text = String::from_utf8(files.remove(file).expect("the file")).expect("text");
    assert!(text.contains(from), "{file} has no {from}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}
