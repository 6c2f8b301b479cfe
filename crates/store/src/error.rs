//! What can go wrong with the store, as values with stable codes.

use std::path::PathBuf;

/// Something went wrong with the store. Unless it says otherwise, nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the data folder.
    #[error("the data folder is in use by another Counterfoil")]
    InUse,
    /// The file is of a later version of this program.
    #[error("the store is of version {found}, and this program knows up to {known}")]
    Newer {
        /// The file's schema.
        found: u32,
        /// This program's.
        known: u32,
    },
    /// A migration that was applied isn't the one this program knows.
    #[error("migration {0} of the store is not the one that this program knows")]
    MigrationDiffers(u32),
    /// SQLite found the file damaged.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// Nothing is wrong with the store, so it isn't set aside.
    #[error("the store is sound")]
    Sound,
    /// The folder or file can't be written.
    #[error("the data folder can't be written: {0}")]
    ReadOnly(String),
    /// No room.
    #[error("the disk is full")]
    DiskFull,
    /// A pragma didn't take: the till must not trade.
    #[error("SQLite did not keep {pragma}: wanted {wanted}, found {found}")]
    PragmaNotKept {
        /// Which.
        pragma: &'static str,
        /// What was asked for.
        wanted: String,
        /// What it reads back as.
        found: String,
    },
    /// The chain doesn't hold at this sequence number.
    #[error("the journal's chain breaks at entry {seq}: {reason}")]
    ChainBroken {
        /// The first entry that doesn't hold.
        seq: u64,
        /// In what way.
        reason: &'static str,
    },
    /// A person stopped it.
    #[error("it was cancelled")]
    Cancelled,
    /// An entry with this id and other content is there already.
    #[error("an entry with this id and other content is in the journal")]
    IdTaken,
    /// The commit failed and it can't be told whether it took.
    #[error("it is not certain that the entry was written: {0}")]
    InDoubt(String),
    /// A file of the data folder.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A store that takes another's place, as was decided, isn't in it yet: a file can't be moved. The next opening carries it through.
    #[error("a restore is decided and isn't carried through yet: {path}: {source}")]
    NotYetReplaced {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another program, which knows nothing of this one's lock, holds the file; nothing was written.
    #[error("another program holds the file")]
    Locked,
    /// Anything else that SQLite says.
    #[error("SQLite: {0}")]
    Sqlite(rusqlite::Error),
    /// An entry's bytes can't be read or written.
    #[error("entry: {0}")]
    Entry(#[from] serde_json::Error),
}

impl StoreError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::InUse => "store-in-use",
            StoreError::Newer { .. } => "store-newer",
            StoreError::MigrationDiffers(_) => "store-migration-differs",
            StoreError::Damaged(_) => "store-damaged",
            StoreError::Sound => "store-sound",
            StoreError::ReadOnly(_) => "store-read-only",
            StoreError::DiskFull => "disk-full",
            StoreError::PragmaNotKept { .. } => "store-pragma",
            StoreError::ChainBroken { .. } => "journal-chain-broken",
            StoreError::Cancelled => "cancelled",
            StoreError::IdTaken => "id-taken",
            StoreError::InDoubt(_) => "store-in-doubt",
            StoreError::File { source, .. } => match source.kind() {
                std::io::ErrorKind::StorageFull => "disk-full",
                std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => "store-read-only",
                std::io::ErrorKind::NotFound => "file-not-found",
                _ => "store-file",
            },
            StoreError::NotYetReplaced { .. } => "restore-decided",
            StoreError::Locked => "store-locked",
            StoreError::Sqlite(_) => "store-failed",
            StoreError::Entry(_) => "entry-unreadable",
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseCorrupt, DiskFull, NotADatabase, PermissionDenied, ReadOnly};
        // What isn't told as a full disk: the index of the log can't be made longer.
        if error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return StoreError::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(DiskFull) => StoreError::DiskFull,
            Some(ReadOnly | PermissionDenied | CannotOpen) => StoreError::ReadOnly(error.to_string()),
            Some(DatabaseBusy) => StoreError::Locked,
            Some(DatabaseCorrupt | NotADatabase) => StoreError::Damaged(error.to_string()),
            _ => StoreError::Sqlite(error),
        }
    }
}
