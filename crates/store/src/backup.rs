//! Copies of a store, made while the counter works: whole, verified after writing, and named only once they are on the disk.

use crate::connection;
use crate::error::StoreError;
use crate::journal;
use crate::migrations;
use counterfoil_wire::Head;
use counterfoil_wire::chain::Hashing;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied at a time: half a megabyte or so. Between two of them the counter has the disk, and the copy can be cancelled.
const PAGES_AT_A_TIME: i32 = 128;
/// How long a step waits for a database that is busy.
const BUSY: Duration = Duration::from_millis(50);
/// How often in a row it waits before it gives up.
const MOST_WAITS: u32 = 200;

/// Asked between steps with the pages copied and the pages in all; false stops the copy.
pub type CopyProgress<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// A copy that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// The copy.
    pub file: PathBuf,
    /// The journal's end in it.
    pub head: Head,
    /// Its bytes.
    pub bytes: u64,
}

/// Copies a data folder's store into `folder` as `name`, as it is at one moment, and looks at the copy before it gets that name.
/// Its SHA-256 goes into a file beside it, in the form of `sha256sum`.
///
/// # Errors
/// The folder isn't there: it is never made, lest it be beside a share that isn't connected. No room; a store that is damaged; a copy
/// that isn't what was copied ([`StoreError::Damaged`]); [`StoreError::Cancelled`]. No copy of that name is there then.
pub fn back_up(store: &Path, folder: &Path, name: &str, progress: CopyProgress<'_>) -> Result<BackedUp, StoreError> {
    into_folder(folder, name, &mut |part| {
        let head = copy(&connection::reader(store)?, part, progress)?;
        let (hash, bytes) = hash(part)?;
        Ok(Whole { head, hash, bytes })
    })
}

/// The same by way of a folder on the store's own disk, which is made if need be: a share may be slow, and for as long as a store is
/// read its log can't be taken into its file.
///
/// # Errors
/// As above; the folder on the way can't be written.
pub fn back_up_by_way_of(way: &Path, store: &Path, folder: &Path, name: &str, progress: CopyProgress<'_>) -> Result<BackedUp, StoreError> {
    into_folder(folder, name, &mut |part| {
        std::fs::create_dir_all(way).map_err(at(way))?;
        let local = way.join(name);
        remove_whole(&local)?;
        let copied = connection::reader(store).and_then(|source| copy(&source, &local, &mut |done, of| progress(done, 2 * of)));
        let carried = copied.and_then(|head| {
            let (hash, bytes) = carry(&local, part, progress)?;
            Ok(Whole { head, hash, bytes })
        });
        // A virus scanner may still hold it. Whether the copy is good is another matter, and the next start takes away what is left.
        drop(remove_whole(&local));
        carried
    })
}

/// A copy that is whole and hasn't its name yet.
struct Whole {
    head: Head,
    hash: String,
    bytes: u64,
}

/// Has a copy made under a name that says it isn't whole, and gives it its own once it is.
fn into_folder(folder: &Path, name: &str, make: &mut dyn FnMut(&Path) -> Result<Whole, StoreError>) -> Result<BackedUp, StoreError> {
    if !folder.is_dir() {
        return Err(StoreError::File { path: folder.to_owned(), source: ErrorKind::NotFound.into() });
    }
    let file = folder.join(name);
    let part = with(&file, ".part");
    remove_whole(&part)?;
    let made = make(&part).and_then(|Whole { head, hash, bytes }| {
        write_hash(&hash, &with(&file, ".sha256"), name)?;
        Ok(BackedUp { file: file.clone(), head, bytes })
    });
    let named = made.and_then(|made| std::fs::rename(&part, &file).map_err(at(&file)).map(|()| made));
    match named {
        Ok(made) => connection::sync_folder(folder).map(|()| made),
        Err(error) => {
            // What is left of a copy that failed is of no use, and would fill the disk.
            if !file.exists() {
                drop(remove_whole(&part));
                drop(remove(&with(&file, ".sha256")));
            }
            Err(error)
        }
    }
}

/// Carries a copy that was looked at to where it belongs, and reads there what came of it. Answers its hash and its bytes.
fn carry(from: &Path, to: &Path, progress: CopyProgress<'_>) -> Result<(String, u64), StoreError> {
    let mut source = File::open(from).map_err(at(from))?;
    let of = source.metadata().map_err(at(from))?.len();
    let mut target = File::create(to).map_err(at(to))?;
    let (mut hasher, mut done, mut buffer) = (Hashing::default(), 0, vec![0; 1 << 20]);
    loop {
        let read = source.read(&mut buffer).map_err(at(from))?;
        if read == 0 {
            break;
        }
        target.write_all(&buffer[..read]).map_err(at(to))?;
        hasher.update(&buffer[..read]);
        done += read as u64;
        if !progress(of + done, 2 * of) {
            return Err(StoreError::Cancelled);
        }
    }
    target.sync_all().map_err(at(to))?;
    drop(target);
    let sent = (hasher.finish().to_string(), done);
    if hash(to)? == sent { Ok(sent) } else { Err(StoreError::Damaged("what was written isn't what was copied".into())) }
}

/// The copy alone, looked at when it is whole, and on the disk. It is one plain file, without a log.
pub(crate) fn copy(source: &Connection, to: &Path, progress: CopyProgress<'_>) -> Result<Head, StoreError> {
    // Held until the end: what is committed meanwhile is left for the next copy, and doesn't begin this one anew.
    let moment = source.unchecked_transaction()?;
    let head = if migrations::version(&moment)? == 0 { Head::EMPTY } else { journal::head(&moment)? };
    let mut target = Connection::open(to)?;
    target.pragma_update(None, "synchronous", "2")?;
    copy_pages(&moment, &mut target, progress)?;
    drop(moment);
    target.pragma_update(None, "journal_mode", "delete")?;
    let said: String = target.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(StoreError::Damaged(said));
    }
    if migrations::version(&target)? > 0 && journal::head(&target)? != head {
        return Err(StoreError::Damaged("the copy doesn't end where the journal ends".into()));
    }
    target.close().map_err(|(_, error)| error)?;
    connection::sync_file(to)?;
    Ok(head)
}

fn copy_pages(source: &Connection, target: &mut Connection, progress: CopyProgress<'_>) -> Result<(), StoreError> {
    let backup = Backup::new(source, target)?;
    let mut waits = 0;
    loop {
        let now = backup.progress();
        let (pages, left) = (u64::try_from(now.pagecount).unwrap_or(0), u64::try_from(now.remaining).unwrap_or(0));
        if !progress(pages.saturating_sub(left), pages) {
            return Err(StoreError::Cancelled);
        }
        match backup.step(PAGES_AT_A_TIME)? {
            StepResult::Done => return Ok(()),
            StepResult::More => waits = 0,
            _ if waits < MOST_WAITS => {
                waits += 1;
                std::thread::park_timeout(BUSY);
            }
            _ => return Err(StoreError::Locked),
        }
    }
}

/// A copy's hash as it was written down when it was made; none where nothing was.
///
/// # Errors
/// [`StoreError::Damaged`] when the file isn't what was written down.
pub fn check_hash(file: &Path) -> Result<Option<String>, StoreError> {
    let written = match std::fs::read_to_string(with(file, ".sha256")) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(StoreError::File { path: with(file, ".sha256"), source }),
    };
    let (found, _) = hash(file)?;
    match written.split_whitespace().next() {
        Some(wanted) if wanted == found => Ok(Some(found)),
        _ => Err(StoreError::Damaged("it isn't what was written when the backup was made".into())),
    }
}

fn write_hash(hash: &str, to: &Path, name: &str) -> Result<(), StoreError> {
    let write = || {
        let mut file = File::create(to)?;
        file.write_all(format!("{hash}  {name}\n").as_bytes())?;
        file.sync_all()
    };
    write().map_err(at(to))
}

fn hash(path: &Path) -> Result<(String, u64), StoreError> {
    let (mut file, mut hasher, mut bytes) = (File::open(path).map_err(at(path))?, Hashing::default(), 0);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer).map_err(at(path))?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        bytes += read as u64;
    }
    Ok((hasher.finish().to_string(), bytes))
}

fn at(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    move |source| StoreError::File { path: path.to_owned(), source }
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Takes away what SQLite makes beside a file as well.
fn remove_whole(path: &Path) -> Result<(), StoreError> {
    ["", "-journal", "-wal", "-shm"].iter().try_for_each(|ending| remove(&with(path, ending)))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

/// The files in a folder that could be copies by their names, which begin with `prefix`.
///
/// # Errors
/// The folder can't be read.
pub fn backups(folder: &Path, prefix: &str) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).map_err(at(folder))? {
        let path = item.map_err(at(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(prefix) && name.ends_with(".db") {
            found.push(path);
        }
    }
    Ok(found)
}

/// Takes a copy away, with its hash.
///
/// # Errors
/// It can't be taken away.
pub fn remove_backup(file: &Path) -> Result<(), StoreError> {
    remove(file)?;
    remove(&with(file, ".sha256"))
}

/// Takes away what copies that were cut off have left in a folder: those that aren't whole, and hashes whose copy isn't there. Their
/// names begin with `prefix`; `is_old` is asked about what comes after it, for another copy may be on its way.
///
/// # Errors
/// The folder can't be read; one can't be taken away.
pub fn remove_cut_off(folder: &Path, prefix: &str, is_old: impl Fn(&str) -> bool) -> Result<(), StoreError> {
    for item in std::fs::read_dir(folder).map_err(at(folder))? {
        let path = item.map_err(at(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((stamp, ending)) = name.strip_prefix(prefix).and_then(|rest| rest.split_once(".db.")) else { continue };
        let copy = folder.join(format!("{prefix}{stamp}.db"));
        let is_left = match ending {
            "part" | "part-journal" | "part-wal" | "part-shm" => true,
            "sha256" => !copy.try_exists().map_err(at(&copy))?,
            _ => false,
        };
        if is_left && is_old(stamp) {
            remove(&path)?;
        }
    }
    Ok(())
}
