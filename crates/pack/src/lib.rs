//! # The council pack: a folder of readable files that becomes a council
//!
//! What lives here: the pack format and its versions, its published JSON Schemas, and the checks that name every mistake by
//! file, line, path and reason. [`check`] gives a whole [`Council`] or every problem found, never half of either.
//!
//! What never will: the rules of taking money (the `domain` crate's), and where a till keeps its pack (the `store` crate's).
//! Nothing here writes to a disk.
//!
//! Where to start reading: `docs/pack-format.md` for the format in words; then [`PackFiles`] (bytes), the `raw` module (the
//! files, field by field), `source` (bytes to values with their lines), `schema` (values held against the schemas), and
//! `council` (values to the domain's own, with the checks that look across files).

mod bundle;
mod council;
mod files;
mod pack;
pub mod problem;
mod raw;
mod schema;
mod source;

pub use files::{FILE_NAMES, MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, PackFiles};
pub use problem::{PackProblem, codes};
pub use schema::{schema_of, schemas, violations};

use counterfoil_domain::Council;
use problem::Report;

/// The version of the pack format that this program reads.
pub const FORMAT: i64 = 1;

/// Reads a pack and checks all of it.
///
/// # Errors
/// Every problem that could be found, in the order of the files' names. Where a file can't be read at all, what others say
/// about it isn't checked: put right what is listed and check again. A pack of a newer format has that one problem only.
pub fn check(files: &PackFiles) -> Result<Council, Vec<PackProblem>> {
    let mut report = Report::default();
    let raw = match pack::read(files, &mut report) {
        Ok(raw) => raw,
        Err(newer) => return Err(vec![newer]),
    };
    let council = council::council(&raw, files, &mut report);
    if report.is_empty() { Ok(council) } else { Err(report.into_problems()) }
}
