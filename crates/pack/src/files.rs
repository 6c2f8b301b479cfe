//! A pack's files as bytes: from a folder, from the program itself, or from the form that the till stores.

use crate::problem::{PackProblem, codes};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The most bytes that one file may have.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes that all files together may have.
pub const MAX_TOTAL_BYTES: usize = 32 * 1024 * 1024;
/// The most entries that the folder may have.
pub const MAX_FILES: usize = 200;

/// Every file that a pack of format 1 can have.
pub const FILE_NAMES: [&str; 18] = [
    "barcodes.toml",
    "brand.toml",
    "council.toml",
    "denominations.toml",
    "funds.toml",
    "localgov_ims.toml",
    "logo.png",
    "logo.svg",
    "messages.csv",
    "mops.csv",
    "offices.csv",
    "policies.toml",
    "reasons.toml",
    "receipt.toml",
    "roles.toml",
    "users.csv",
    "validators.toml",
    "vat.csv",
];

/// What else may lie in a pack's folder without being read: notes for people, demonstration data, the desktop's own.
fn is_beside_the_pack(name: &str) -> bool {
    let named = |start: &str| name.get(..start.len()).is_some_and(|front| front.eq_ignore_ascii_case(start));
    name.starts_with('.') || named("README") || named("LICENSE") || matches!(name, "demonstration" | "Thumbs.db" | "desktop.ini")
}

/// A pack's files, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackFiles(pub(crate) BTreeMap<String, Vec<u8>>);

impl PackFiles {
    /// Takes files that are already in memory, such as a pack built into a program. What lies beside a pack (`README.md`,
    /// `demonstration/…`) is left out.
    ///
    /// # Errors
    /// Names that no pack has; files that are too many or too large.
    pub fn from_files(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<PackFiles, Vec<PackProblem>> {
        let mut gathering = Gathering::default();
        for (name, bytes) in files {
            let top = name.split('/').next().unwrap_or_default();
            match is_beside_the_pack(top) {
                true => {}
                false if FILE_NAMES.contains(&name.as_str()) => gathering.keep(name, bytes),
                false => gathering.unknown(&name),
            }
        }
        gathering.finish()
    }

    /// Reads a pack's folder. Only the files that a pack can have are opened.
    ///
    /// # Errors
    /// Everything that was found wrong: a folder or file that can't be read, a name that no pack has, files that are too many
    /// or too large. What the files say is [`crate::check`]'s concern.
    pub fn read_dir(folder: &Path) -> Result<PackFiles, Vec<PackProblem>> {
        let unreadable = |file: &str, error: &std::io::Error| vec![PackProblem::of_file(file, codes::UNREADABLE, in_words(error))];
        let entries = std::fs::read_dir(folder).map_err(|error| unreadable("pack", &error))?;
        let mut names = Vec::new();
        for entry in entries.take(MAX_FILES + 1) {
            let entry = entry.map_err(|error| unreadable("pack", &error))?;
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        // Folders list their files in no order; problems are listed in one.
        names.sort();
        let mut gathering = Gathering::default();
        if names.len() > MAX_FILES {
            gathering.problem("pack", codes::TOO_LARGE, format!("has more than {MAX_FILES} files; is this the pack's folder?"));
            return gathering.finish();
        }
        for name in names.into_iter().filter(|name| !is_beside_the_pack(name)) {
            if !FILE_NAMES.contains(&name.as_str()) {
                gathering.unknown(&name);
                continue;
            }
            match read_file(&folder.join(&name)) {
                Ok(bytes) => gathering.keep(name, bytes),
                Err(error) => gathering.problem(&name, codes::UNREADABLE, in_words(&error)),
            }
        }
        gathering.finish()
    }

    /// One file's bytes.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// The names of the files that are there, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The SHA-256 of [`PackFiles::to_bundle`], in hexadecimal: the same files have the same.
    pub fn sha256(&self) -> String {
        Sha256::digest(self.to_bundle()).iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

fn in_words(error: &std::io::Error) -> String {
    format!("can't be read: {}", error.kind())
}

/// At most one byte more than a file may have, which is enough to know that it is too large.
fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Files as they come in, held to the limits.
#[derive(Default)]
pub(crate) struct Gathering {
    files: BTreeMap<String, Vec<u8>>,
    total: usize,
    problems: Vec<PackProblem>,
}

impl Gathering {
    pub(crate) fn problem(&mut self, file: &str, code: &'static str, reason: impl Into<String>) {
        self.problems.push(PackProblem::of_file(file, code, reason));
    }

    pub(crate) fn unknown(&mut self, name: &str) {
        let reason = format!("isn't a file of a pack; a pack has {}", FILE_NAMES.join(", "));
        self.problem(&name.escape_debug().to_string(), codes::FILE_UNKNOWN, reason);
    }

    pub(crate) fn keep(&mut self, name: String, bytes: Vec<u8>) {
        self.total = self.total.saturating_add(bytes.len());
        if bytes.len() > MAX_FILE_BYTES {
            self.problem(&name, codes::TOO_LARGE, "is larger than 4 MiB");
        } else if self.total > MAX_TOTAL_BYTES {
            self.problem(&name, codes::TOO_LARGE, "takes the pack above 32 MiB");
        } else {
            self.files.insert(name, bytes);
        }
    }

    pub(crate) fn finish(self) -> Result<PackFiles, Vec<PackProblem>> {
        if self.problems.is_empty() { Ok(PackFiles(self.files)) } else { Err(self.problems) }
    }
}
