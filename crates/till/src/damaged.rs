//! When a till's store is damaged: what is in its file can be read, and it can be set aside so that a fresh till can be made.

use crate::accounts::Importing;
use crate::backups::BackingUp;
use crate::cards::Cards;
use crate::error::TillError;
use crate::ledger::{LedgerState, Pumping};
use crate::mirror::Mirroring;
use crate::people;
use crate::printing::Printing;
use crate::scanning::Scanning;
use crate::secrets::Secrets;
use crate::settings_in_force::{Layers, SettingsInForce};
use crate::surroundings::Surroundings;
use crate::till::{Core, Seat, Till};
use crate::unsent_note::UnsentNote;
use crate::upkeep::CheckingUp;
use chrono::DateTime;
use counterfoil_store::{Opening, Store, Verified, set_aside};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

/// Puts a damaged store's files aside, in the data folder, and answers where they are. Nothing is deleted.
///
/// # Errors
/// `store-sound` for a store that isn't damaged; `store-in-use`; `file-not-found`; files that can't be moved.
pub fn set_store_aside(folder: &Path, surroundings: &dyn Surroundings) -> Result<PathBuf, TillError> {
    let stamp = DateTime::from_timestamp_millis(surroundings.now_ms()).unwrap_or_default().format("%Y%m%dT%H%M%SZ").to_string();
    Ok(set_aside(&Opening { folder: folder.to_owned() }, &stamp)?)
}

/// Recomputes every hash of the journal in a store's file, the data folder's own unless another is named. Nothing is changed, and
/// the counter may be open.
///
/// # Errors
/// `journal-chain-broken` names the first entry that doesn't hold; those before it do. `file-not-found`, `store-damaged`.
pub fn verify_file(folder: &Path, file: Option<&Path>) -> Result<Verified, TillError> {
    let file = file.map_or_else(|| Opening { folder: folder.to_owned() }.file(), Path::to_owned);
    Store::read_only(&file).and_then(|store| store.verify()).map_err(|error| TillError::of_file(error, &file))
}

impl Till {
    /// Opens a store's file for reading only: a damaged one, one that was set aside, or a copy. Nothing about it is changed, no
    /// lock is taken, nothing is printed; what would write is refused with `store-read-only`.
    ///
    /// # Errors
    /// `file-not-found`, `store-newer`, `store-damaged` when nothing in it can be read.
    pub fn read_only(file: &Path, surroundings: Box<dyn Surroundings>, secrets: Box<dyn Secrets>) -> Result<Till, TillError> {
        let store = Store::read_only(file).map_err(|error| TillError::of_file(error, file))?;
        let (council, troubles) = crate::setting_up::applied_council(&store)?;
        // The machine's settings only say how wide its paper is.
        let layers = Layers::default();
        let settings = SettingsInForce::read(store.folder(), &layers).or_else(|_| SettingsInForce::without_file(&layers))?;
        let folder = store.folder().to_owned();
        let core = Arc::new(Core {
            store,
            surroundings,
            resources: PathBuf::new(),
            listener: Box::new(|_| {}),
            council: RwLock::new(council.map(Arc::new)),
            extract: RwLock::new(None),
            settings: RwLock::new(settings),
            changing_settings: Mutex::new(()),
            secrets,
            ledger: LedgerState::default(),
            reading_extract: Mutex::new(()),
            seat: Mutex::new(Seat::default()),
            session: RwLock::new(None),
            troubles: RwLock::new(troubles),
            unsent_note: UnsentNote::of(&folder),
            first_start: RwLock::default(),
        });
        let printing = Printing::start(&core, false)?;
        let cards = Cards::start(&core, printing.to_wake(), false)?;
        let pumping = Pumping::start(&core, false);
        let _mirroring = Mirroring::start(&core, false)?;
        let backing_up = BackingUp::start(&core, false)?;
        Ok(Till {
            _mirroring,
            cards,
            importing: Importing::default(),
            printing,
            pumping,
            scanning: Scanning::default(),
            works_devices: false,
            backing_up,
            checking_up: CheckingUp::default(),
            core,
        })
    }

    /// Signs somebody in at a store that is read only: nothing is written down, and a failure isn't counted.
    ///
    /// # Errors
    /// `sign-in-failed`, `user-locked`, `council-missing`.
    pub fn sign_in_to_read(&self, user_code: &str, secret: &str) -> Result<(), TillError> {
        let council = self.core.council()?;
        let user = people::person(self, &council, user_code)?;
        let proven = people::proven(user.as_ref(), secret);
        let user = user.filter(|_| proven).ok_or_else(|| TillError::not_done("sign-in-failed"))?;
        if self.core.store.read(|reading| reading.sign_in(&user.code))?.is_some_and(|row| row.locked) {
            return Err(TillError::not_done("user-locked"));
        }
        self.core.seat().user_code = Some(user.code.clone());
        Ok(())
    }
}
