//! A store of an earlier version, brought to this one before anything opens it, so that whoever waits can be told how far it is.

use crate::connection::{self, Opening};
use crate::damage;
use crate::error::StoreError;
use crate::lock::TillLock;
use crate::migrations;
use crate::replacing::finish_replacing;

/// How far an upgrade has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpgradeProgress {
    /// The store as it was is copied beside itself: pages done, pages in all.
    Copying {
        /// Done.
        done: u64,
        /// In all.
        of: u64,
    },
    /// A change of the schema is made.
    Changing {
        /// Its number.
        number: u32,
        /// The last one's.
        last: u32,
    },
}

/// Is a data folder's store of an earlier version?
pub fn is_to_be_upgraded(place: &Opening) -> bool {
    let version = connection::reader(&place.file()).and_then(|reader| migrations::version(&reader));
    version.is_ok_and(|version| version > 0 && version < migrations::LATEST)
}

/// Brings a data folder's store to this version's schema, with a copy of it as it was beside it. Without a store, and with one of this
/// version, nothing is done.
///
/// # Errors
/// The folder in use; a later version's file; a damaged one; no room. The store is then as it was.
pub fn upgrade(place: &Opening, tell: &mut dyn FnMut(UpgradeProgress)) -> Result<(), StoreError> {
    let file = place.file();
    if !place.folder.is_dir() {
        return Ok(());
    }
    let _lock = TillLock::take(&place.folder)?;
    finish_replacing(place)?;
    // A file that can't be read, and a later version's, are refused where the store is opened.
    if !is_to_be_upgraded(place) {
        return Ok(());
    }
    damage::examine(&file)?;
    let mut writer = connection::writer(&file)?;
    migrations::migrate(&mut writer, &file, migrations::ALL, tell)
}
