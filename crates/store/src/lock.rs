//! One program at a time: a lock on a file of the data folder, held for as long as the program lives.

use crate::error::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// The held lock. Dropping it, or the end of the process however it comes, releases it.
#[derive(Debug)]
pub struct TillLock(File);

impl TillLock {
    /// Takes the lock of a data folder, made if it isn't there.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another program holds it; [`StoreError::ReadOnly`] when the folder can't be made or written,
    /// whatever the system calls it: a file in its place, a folder above that isn't there, no right to; [`StoreError::DiskFull`].
    pub fn take(folder: &Path) -> Result<TillLock, StoreError> {
        let in_folder = |error: Error| match error.kind() {
            ErrorKind::StorageFull => StoreError::DiskFull,
            _ => StoreError::ReadOnly(format!("{}: {error}", folder.display())),
        };
        std::fs::create_dir_all(folder).map_err(in_folder)?;
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("till.lock")).map_err(in_folder)?;
        match file.try_lock() {
            Ok(()) => Ok(TillLock(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(source)) => Err(in_folder(source)),
        }
    }
}

impl Drop for TillLock {
    fn drop(&mut self) {
        // Closing the file releases the lock as well; this is only sooner.
        let _ = self.0.unlock();
    }
}
