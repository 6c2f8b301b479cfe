//! A till's folder in the mirror, as its worker writes it: appended to and never overwritten, but for an end that was torn.

use super::lines::{Line, journal_file, journal_files, pack_file};
use counterfoil_store::{Outgoing, StoreError};
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file is ended once it would grow beyond this, in bytes: what is read of a mirror at a start is never more.
const MOST_BYTES: u64 = 8 << 20;

/// Why nothing could be mirrored. What is in the mirror stays as it is.
#[derive(Debug, thiserror::Error)]
pub(super) enum MirrorError {
    /// The folder isn't there, or can't be read or written.
    #[error("{path}: {source}")]
    Folder { path: PathBuf, source: io::Error },
    /// It has an entry that this till doesn't have: another till of the same identity writes there, or this store was restored.
    #[error("entry {0} of the mirror isn't this till's")]
    OtherEntries(u64),
    /// An earlier part of it is missing.
    #[error("{0} isn't where the mirror begins or goes on")]
    Gap(PathBuf),
    /// The till's own side.
    #[error("the journal can't be read: {0}")]
    Store(#[from] StoreError),
    /// The till is closing.
    #[error("the till is closing")]
    Closing,
}

impl MirrorError {
    /// The code of its words in the status line; none where there is nothing to say.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            MirrorError::Folder { source, .. } if matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => {
                Some("mirror-full")
            }
            MirrorError::Folder { .. } => Some("mirror-unreachable"),
            MirrorError::OtherEntries(_) => Some("mirror-other-entries"),
            MirrorError::Gap(_) => Some("mirror-damaged"),
            MirrorError::Store(_) | MirrorError::Closing => None,
        }
    }
}

fn at(path: &Path) -> impl Fn(io::Error) -> MirrorError {
    move |source| MirrorError::Folder { path: path.to_owned(), source }
}

/// What the mirror's worker asks of its till. The till isn't held while the folder is written, so that one that doesn't answer
/// holds up nothing else.
pub(super) trait Own {
    /// The entry of that number.
    fn entry(&self, seq: u64) -> Result<Option<Outgoing>, MirrorError>;
    /// The packs of the journal, by the hash that names them.
    fn packs(&self) -> Result<Vec<String>, MirrorError>;
    /// A pack's files.
    fn pack(&self, sha256: &str) -> Result<Option<Vec<u8>>, MirrorError>;
}

/// A till's folder in the mirror.
#[derive(Debug)]
pub(super) struct MirrorFolder {
    folder: PathBuf,
    /// The file that is being written, and the bytes in it; none before the first entry.
    file: Option<(PathBuf, u64)>,
    /// The last entry in the mirror.
    last: u64,
}

impl MirrorFolder {
    /// Looks at what is there: it must be this till's own, and its end is cut off where it was torn.
    ///
    /// The folder of all mirrors must be there: making it could mean writing beside a share that isn't connected.
    pub fn open(root: &Path, till_id: &str, own: &dyn Own) -> Result<MirrorFolder, MirrorError> {
        let folder = root.join(till_id);
        if !std::fs::metadata(root).map_err(at(root))?.is_dir() {
            return Err(at(root)(ErrorKind::NotADirectory.into()));
        }
        if !folder.is_dir() {
            std::fs::create_dir(&folder).map_err(at(&folder))?;
            sync_names(root)?;
        }
        let mut files = journal_files(&folder).map_err(at(&folder))?;
        if let Some((first, path)) = files.first().filter(|(first, _)| *first != 1) {
            tracing::error!(first, "the beginning of the mirror is missing");
            return Err(MirrorError::Gap(path.clone()));
        }
        let mut mirror = MirrorFolder { folder, file: None, last: 0 };
        while let Some((first, path)) = files.pop() {
            if let Some((last, length)) = kept(first, &path, own)? {
                (mirror.last, mirror.file) = (last, Some((path, length)));
                break;
            }
        }
        mirror.add_packs(own)?;
        Ok(mirror)
    }

    /// The last entry in the mirror.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// Has nobody else written here since this till did?
    pub fn is_as_left(&self) -> Result<bool, MirrorError> {
        let files = journal_files(&self.folder).map_err(at(&self.folder))?;
        let newest = files.last().map(|(_, path)| path);
        let Some((path, length)) = &self.file else { return Ok(newest.is_none()) };
        Ok(newest == Some(path) && std::fs::metadata(path).map_err(at(path))?.len() == *length)
    }

    /// Appends entries that follow the last one. They are on the disk when this is answered.
    pub fn append(&mut self, entries: &[Outgoing], own: &dyn Own) -> Result<(), MirrorError> {
        let Some((first, last)) = entries.first().zip(entries.last()) else { return Ok(()) };
        if entries.iter().any(names_a_pack) {
            // A pack comes before the entry that names it: what names a pack can be restored.
            self.add_packs(own)?;
        }
        let mut bytes = Vec::new();
        for entry in entries {
            Line { seq: entry.seq, hash: entry.hash, body: &entry.body }.write(&mut bytes);
        }
        let going_on = self.file.take().filter(|(_, length)| length + bytes.len() as u64 <= MOST_BYTES);
        let (path, length) = match going_on {
            Some((path, length)) => {
                write(OpenOptions::new().append(true), &path, &bytes)?;
                (path, length)
            }
            None => {
                let path = self.folder.join(journal_file(first.seq));
                write(OpenOptions::new().write(true).create_new(true), &path, &bytes)?;
                sync_names(&self.folder)?;
                (path, 0)
            }
        };
        (self.last, self.file) = (last.seq, Some((path, length + bytes.len() as u64)));
        Ok(())
    }

    /// Puts the packs beside the journal that aren't there yet: whole or not at all.
    fn add_packs(&self, own: &dyn Own) -> Result<(), MirrorError> {
        for sha256 in own.packs()? {
            let path = self.folder.join(pack_file(&sha256));
            let Some(bundle) = own.pack(&sha256)?.filter(|_| !path.exists()) else { continue };
            let part = path.with_extension("part");
            write(OpenOptions::new().write(true).create(true).truncate(true), &part, &bundle)?;
            std::fs::rename(&part, &path).map_err(at(&path))?;
            sync_names(&self.folder)?;
        }
        Ok(())
    }
}

fn names_a_pack(entry: &Outgoing) -> bool {
    const FACT: &[u8] = b"\"pack_applied\"";
    entry.body.windows(FACT.len()).any(|window| window == FACT)
}

fn write(options: &OpenOptions, path: &Path, bytes: &[u8]) -> Result<(), MirrorError> {
    let mut file = options.open(path).map_err(at(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at(path))
}

/// A name in a folder is on the disk once the folder is; Windows sees to that by itself.
fn sync_names(folder: &Path) -> Result<(), MirrorError> {
    #[cfg(unix)]
    std::fs::File::open(folder).and_then(|file| file.sync_all()).map_err(at(folder))?;
    let _ = folder;
    Ok(())
}

/// The last entry of a file, and the bytes up to its end; what follows that was torn, and is cut off. A file of which nothing
/// is left is taken away: none.
fn kept(first: u64, path: &Path, own: &dyn Own) -> Result<Option<(u64, u64)>, MirrorError> {
    let bytes = std::fs::read(path).map_err(at(path))?;
    let (last, length) = judged(first, path, &bytes, own)?;
    if length == 0 {
        std::fs::remove_file(path).map_err(at(path))?;
        return Ok(None);
    }
    if length < bytes.len() {
        tracing::warn!(bytes = bytes.len() - length, after = last, "the end of the mirror was torn, and is written again");
        let file = OpenOptions::new().write(true).open(path).map_err(at(path))?;
        file.set_len(length as u64).and_then(|()| file.sync_all()).map_err(at(path))?;
    }
    Ok(Some((last, length as u64)))
}

/// How far a file is what this till wrote: its last entry and the bytes up to there. Beyond that there may be what a crash left
/// behind, but no entry of anybody else's.
fn judged(first: u64, path: &Path, bytes: &[u8], own: &dyn Own) -> Result<(u64, usize), MirrorError> {
    let (mut last, mut length, mut torn) = (first - 1, 0, false);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let entry = line.strip_suffix(b"\n").and_then(Line::read);
        let Some(entry) = entry else {
            torn = true;
            continue;
        };
        match own.entry(entry.seq)?.filter(|own| own.hash == entry.hash) {
            None => return Err(MirrorError::OtherEntries(entry.seq)),
            Some(_) if torn => {}
            Some(_) if entry.seq != last + 1 => return Err(MirrorError::Gap(path.to_owned())),
            Some(own) if own.body == entry.body => (last, length) = (entry.seq, length + line.len()),
            Some(_) => torn = true,
        }
    }
    Ok((last, length))
}
