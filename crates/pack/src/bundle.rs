//! The form in which a till stores a pack: one run of bytes, the same for the same files.
//!
//! `CFPACK` and the form's version (two bytes), then each file in the order of the names: length of the name (u16), the
//! name, length of the content (u32), the content. Numbers are big-endian. Nothing follows the last file.

use crate::files::{FILE_NAMES, Gathering, PackFiles};
use crate::problem::{PackProblem, codes};

const MAGIC: &[u8] = b"CFPACK";
/// The version of the stored form; no relation to the version of the pack format.
const VERSION: [u8; 2] = [0, 1];

impl PackFiles {
    /// The files as one run of bytes, for the till's own database.
    pub fn to_bundle(&self) -> Vec<u8> {
        let mut bytes = [MAGIC, &VERSION].concat();
        for (name, content) in &self.0 {
            // Names are FILE_NAMES and contents are held to MAX_FILE_BYTES: both lengths fit.
            bytes.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_be_bytes());
            bytes.extend(name.as_bytes());
            bytes.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend(content);
        }
        bytes
    }

    /// The files from what [`PackFiles::to_bundle`] gave.
    ///
    /// # Errors
    /// Bytes that aren't a bundle, are cut short or changed in their frame, or come from a newer program.
    pub fn from_bundle(bytes: &[u8]) -> Result<PackFiles, Vec<PackProblem>> {
        let not_valid = |reason: &str| vec![PackProblem::of_file("pack", codes::BUNDLE_NOT_VALID, reason)];
        let damaged = || not_valid("the stored pack is damaged");
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
        let mut rest = rest.strip_prefix(&VERSION).ok_or_else(|| not_valid("the stored pack was written by a newer program"))?;
        let mut gathering = Gathering::default();
        let mut last = String::new();
        while !rest.is_empty() {
            let (name, content, after) = file(rest).ok_or_else(damaged)?;
            if !FILE_NAMES.contains(&name) || name <= last.as_str() {
                return Err(damaged());
            }
            last = name.to_owned();
            gathering.keep(name.to_owned(), content.to_vec());
            rest = after;
        }
        gathering.finish()
    }
}

/// The first file of `bytes`: its name, its content, and what follows.
fn file(bytes: &[u8]) -> Option<(&str, &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    let (name, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (content, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    Some((std::str::from_utf8(name).ok()?, content, rest))
}
