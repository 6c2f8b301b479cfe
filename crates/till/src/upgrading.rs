//! A till's data of an earlier version, brought to this one before the till is opened, so that whoever waits can be told.

use crate::error::TillError;
use counterfoil_store::{Opening, UpgradeProgress};
use serde::Serialize;
use std::path::Path;

/// How far an upgrade is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Upgrading {
    /// A copy of the data as it was is made first.
    Copying {
        /// Per cent written.
        percent: u32,
    },
    /// The data is brought up to date.
    Changing,
}

/// Is a data folder's store of an earlier version, so that opening it takes its time?
pub fn is_to_be_upgraded(folder: &Path) -> bool {
    counterfoil_store::is_to_be_upgraded(&Opening { folder: folder.to_owned() })
}

/// Brings a data folder's store to this version, with a copy of it as it was beside it. Without a store, and with one of this version,
/// nothing is done.
///
/// # Errors
/// `store-in-use`, `store-damaged`, `disk-full`. The data is then as it was.
pub fn upgrade(folder: &Path, tell: &mut dyn FnMut(Upgrading)) -> Result<(), TillError> {
    let place = Opening { folder: folder.to_owned() };
    let file = place.file();
    let mut told = None;
    let mut say = |now: Upgrading| {
        if told != Some(now) {
            told = Some(now);
            tell(now);
        }
    };
    let done = counterfoil_store::upgrade(&place, &mut |progress| match progress {
        UpgradeProgress::Copying { done, of } => say(Upgrading::Copying { percent: u32::try_from(done * 100 / of.max(1)).unwrap_or(100) }),
        UpgradeProgress::Changing { .. } => say(Upgrading::Changing),
    });
    done.map_err(|error| TillError::of_file(error, &file))
}
