//! The list of an extract's bad rows: every one by its line and reason, and nothing of what is in it.

use crate::error::StoreError;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;

/// The list, begun with the first bad row. Without one there is no file.
pub(super) struct RefusedRows<'a> {
    path: &'a Path,
    list: Option<BufWriter<File>>,
}

impl<'a> RefusedRows<'a> {
    /// None yet; the list of the import before goes.
    pub(super) fn fresh(path: &'a Path) -> RefusedRows<'a> {
        // One that can't be removed is overwritten, or says so then.
        let _ = std::fs::remove_file(path);
        RefusedRows { path, list: None }
    }

    pub(super) fn add(&mut self, line: u64, reason: &str, column: &str) -> Result<(), StoreError> {
        let path = self.path;
        let row = |list: &mut BufWriter<File>| writeln!(list, "{line},{reason},{column}");
        match &mut self.list {
            Some(list) => row(list),
            None => begun(path).and_then(|list| row(self.list.insert(list))),
        }
        .map_err(|source| StoreError::File { path: path.to_owned(), source })
    }

    /// Everything listed is in the file.
    pub(super) fn end(&mut self) -> Result<(), StoreError> {
        let ended = self.list.as_mut().map_or(Ok(()), BufWriter::flush);
        ended.map_err(|source| StoreError::File { path: self.path.to_owned(), source })
    }
}

fn begun(path: &Path) -> Result<BufWriter<File>, std::io::Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).or_else(|error| if error.kind() == ErrorKind::AlreadyExists { Ok(()) } else { Err(error) })?;
    }
    let mut list = BufWriter::new(File::create(path)?);
    writeln!(list, "Line,Reason,Column")?;
    Ok(list)
}
