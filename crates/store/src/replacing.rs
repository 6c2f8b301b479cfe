//! A store that takes the place of another: the one before it is set aside, never deleted. Once it is decided it is carried through at
//! the next opening, wherever the power failed in between.

use crate::connection::{self, Opening, STORE_FILE};
use crate::error::StoreError;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where the new store is built, in the data folder.
pub const BUILT_IN: &str = "restoring";
/// In that folder: it is decided. It says under which name the store before it is set aside.
const DECIDED: &str = "decided";
/// What belongs to a store's file, the file first: without its log it would look sound with its last payments gone.
const FILES: [&str; 3] = ["", "-wal", "-shm"];

/// Decides that the store that was built, and is closed again, takes the place of what is there. `stamp` is the moment, as a part of a
/// file's name. Then [`finish_replacing`] does it.
///
/// # Errors
/// The store that was built isn't closed ([`StoreError::InUse`]); a file that can't be written. Nothing is decided then.
pub fn decide_to_replace(place: &Opening, stamp: &str) -> Result<(), StoreError> {
    let built = place.folder.join(BUILT_IN);
    if std::fs::metadata(built.join(format!("{STORE_FILE}-wal"))).is_ok_and(|log| log.len() > 0) {
        return Err(StoreError::InUse);
    }
    let (part, decided) = (built.join("decided.part"), built.join(DECIDED));
    let write = || {
        let mut file = std::fs::File::create(&part)?;
        file.write_all(free_name(&place.folder, stamp).as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&part, &decided)
    };
    write().map_err(at(&decided))?;
    connection::sync_folder(&built)
}

/// What the store before is called: two that are replaced within the same second don't get in each other's way.
fn free_name(folder: &Path, stamp: &str) -> String {
    let taken = |name: &str| FILES.iter().any(|ending| beside(&folder.join(name), ending).exists());
    let mut name = format!("till.replaced-{stamp}.db");
    let mut at = 2;
    while taken(&name) {
        name = format!("till.replaced-{stamp}-{at}.db");
        at += 1;
    }
    name
}

/// Carries a decided replacement through, and answers where the store before it is now; none if nothing was decided. The caller holds
/// the folder's lock. It may be stopped anywhere and called again.
///
/// # Errors
/// [`StoreError::NotYetReplaced`]: a file that can't be moved, because another program holds it. It stays decided.
pub fn finish_replacing(place: &Opening) -> Result<Option<PathBuf>, StoreError> {
    let built = place.folder.join(BUILT_IN);
    let name = match std::fs::read_to_string(built.join(DECIDED)) {
        Ok(name) => name,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(at(&built)(source)),
    };
    let aside = place.folder.join(name);
    put_in_place(place, &built.join(STORE_FILE), &aside).map_err(|error| match error {
        StoreError::File { path, source } => StoreError::NotYetReplaced { path, source },
        other => other,
    })?;
    // Nothing of the store is in it any more. What a virus scanner still holds there keeps no till from opening, and is taken away the
    // next time.
    drop(std::fs::remove_dir_all(&built));
    Ok(Some(aside))
}

/// As long as the new store is where it was built, what lies in its place is what is to be set aside.
fn put_in_place(place: &Opening, fresh: &Path, aside: &Path) -> Result<(), StoreError> {
    let file = place.file();
    if !fresh.try_exists().map_err(at(fresh))? {
        return Ok(());
    }
    for ending in FILES {
        set_aside(&beside(&file, ending), &beside(aside, ending))?;
    }
    connection::sync_folder(&place.folder)?;
    std::fs::rename(fresh, &file).map_err(at(fresh))?;
    connection::sync_folder(&place.folder)
}

/// Never over one that is there.
fn set_aside(from: &Path, to: &Path) -> Result<(), StoreError> {
    if !from.try_exists().map_err(at(from))? {
        return Ok(());
    }
    if to.try_exists().map_err(at(to))? {
        return Err(at(to)(ErrorKind::AlreadyExists.into()));
    }
    std::fs::rename(from, to).map_err(at(from))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn at(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    move |source| StoreError::File { path: path.to_owned(), source }
}
