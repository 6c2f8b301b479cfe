//! Account holders: one extract in a file of its own, made beside the one in use and swapped in by one journal entry.
//!
//! A file of its own means that taking in a million rows never stands in the way of a payment, and that an import that is
//! cancelled, refused or killed leaves nothing behind but a file that nobody names.

mod changes;
mod import;
mod lines;
mod refused;
mod row;
mod search;
mod table;

pub use changes::{Made, change};
pub use import::{BadRow, Imported, Progress, Settings, import, remove_others};
pub use row::{BadField, Columns};
pub use search::{Extract, Found};

use std::path::{Path, PathBuf};

/// The list of the last extract's bad rows, where it had any.
pub fn refused_file(folder: &Path) -> PathBuf {
    folder.join("extract-refused.csv")
}

/// The file of an extract's generation.
pub fn file(folder: &Path, generation: u64) -> PathBuf {
    folder.join("accounts").join(format!("extract-{generation}.db"))
}
