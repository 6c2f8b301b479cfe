//! What a lost till's mirror holds, read entry by entry, each held against its hash and the one before it.

use super::lines::{Line, journal_files};
use crate::error::TillError;
use counterfoil_wire::Head;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The folder of one till: this one, or the only one in it.
///
/// # Errors
/// `restore-mirror-none`; `restore-mirror-several` names them.
pub(crate) fn till_folder(folder: &Path) -> Result<PathBuf, TillError> {
    if is_a_till_s(folder)? {
        return std::path::absolute(folder).map_err(|error| unreadable(folder, &error));
    }
    let mut tills = Vec::new();
    for item in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = item.map_err(|error| unreadable(folder, &error))?.path();
        if path.is_dir() && is_a_till_s(&path)? {
            tills.push(path);
        }
    }
    tills.sort();
    match tills.as_slice() {
        [] => Err(TillError::not_done("restore-mirror-none").with("folder", folder.display())),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<String> = several.iter().map(|path| till_id(path)).collect();
            Err(TillError::not_done("restore-mirror-several").with("folder", folder.display()).with("tills", names.join(", ")))
        }
    }
}

fn is_a_till_s(folder: &Path) -> Result<bool, TillError> {
    Ok(!journal_files(folder).map_err(|error| unreadable(folder, &error))?.is_empty())
}

fn unreadable(path: &Path, error: &io::Error) -> TillError {
    TillError::not_done("restore-mirror-unreadable").with("path", path.display()).because(error)
}

/// A till's folder in a mirror is named by its id.
fn till_id(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The entries of a mirror, from the first on.
pub(crate) struct MirrorReader {
    folder: PathBuf,
    till_id: String,
    files: VecDeque<(u64, PathBuf)>,
    open: Option<(PathBuf, BufReader<File>)>,
    head: Head,
}

impl MirrorReader {
    /// Of a till's folder.
    ///
    /// # Errors
    /// `restore-mirror-unreadable`.
    pub fn open(folder: &Path) -> Result<MirrorReader, TillError> {
        let files = journal_files(folder).map_err(|error| unreadable(folder, &error))?.into();
        Ok(MirrorReader { folder: folder.to_owned(), till_id: till_id(folder), files, open: None, head: Head::EMPTY })
    }

    /// Whose journal it is.
    pub fn till_id(&self) -> &str {
        &self.till_id
    }

    /// The mirror's folder of this till.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The last entry that was read.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The next entry's exact bytes; none at the end. An end that was torn when the till died is no entry.
    ///
    /// # Errors
    /// `restore-mirror-broken` names the first entry that doesn't hold, though others follow it; `restore-mirror-unreadable`.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>, TillError> {
        loop {
            let Some((path, mut lines)) = self.open.take() else {
                let Some((first, path)) = self.files.pop_front() else { return Ok(None) };
                if first != self.head.seq + 1 {
                    return Err(self.broken(&path));
                }
                let file = File::open(&path).map_err(|error| unreadable(&path, &error))?;
                self.open = Some((path, BufReader::with_capacity(1 << 20, file)));
                continue;
            };
            let mut line = Vec::new();
            if lines.read_until(b'\n', &mut line).map_err(|error| unreadable(&path, &error))? == 0 {
                continue;
            }
            if let Some((body, head)) = self.sound(&line) {
                self.head = head;
                self.open = Some((path, lines));
                return Ok(Some(body));
            }
            if self.files.is_empty() && !followed_by_entries(&mut lines).map_err(|error| unreadable(&path, &error))? {
                return Ok(None);
            }
            return Err(self.broken(&path));
        }
    }

    /// The entry of a line that goes on from the last one.
    fn sound(&self, line: &[u8]) -> Option<(Vec<u8>, Head)> {
        let line = Line::read(line.strip_suffix(b"\n")?)?;
        let head = self.head.after(&self.till_id, line.body);
        (line.seq == head.seq && line.hash == head.hash).then(|| (line.body.to_vec(), head))
    }

    fn broken(&self, path: &Path) -> TillError {
        TillError::not_done("restore-mirror-broken").with("path", path.display()).with("seq", self.head.seq + 1)
    }
}

fn followed_by_entries(lines: &mut impl BufRead) -> io::Result<bool> {
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if line.strip_suffix(b"\n").and_then(Line::read).is_some() {
            return Ok(true);
        }
        line.clear();
    }
    Ok(false)
}
