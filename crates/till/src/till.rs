//! The till itself: its store, its council, who sits at it.

use crate::accounts::Importing;
use crate::api::Changed;
use crate::api::start::FirstStartView;
use crate::backups::BackingUp;
use crate::cards::Cards;
use crate::error::{Outcome, TillError};
use crate::ledger::{LedgerState, Pumping};
use crate::mirror::Mirroring;
use crate::printing::Printing;
use crate::scanning::Scanning;
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::settings_in_force::{Layers, SettingsInForce};
use crate::surroundings::Surroundings;
use crate::unsent_note::UnsentNote;
use crate::upkeep::CheckingUp;
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use counterfoil_domain::Council;
use counterfoil_domain::council::User;
use counterfoil_domain::entry::{ENTRY_VERSION, Entry, Fact};
use counterfoil_store::extract::Extract;
use counterfoil_store::{Committed, Decision, SessionRow, Store, extract, look_at_whole};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// Told after a commit what to read again.
pub type Listener = Box<dyn Fn(&[Changed]) + Send + Sync>;

/// What a till needs to begin.
pub struct Opening {
    /// Its data folder.
    pub folder: PathBuf,
    /// Where the program's own files are: the demonstration pack lies in `packs/barnsley-demo`.
    pub resources: PathBuf,
    /// Clock and ids.
    pub surroundings: Box<dyn Surroundings>,
    /// Told after a commit what to read again.
    pub listener: Listener,
    /// Should print jobs be worked off and the scanner be read? The command line leaves that to the counter.
    pub prints: bool,
    /// Should takings be sent to the ledger, and the journal to its mirror? The command line leaves that to the counter too.
    pub sends: bool,
    /// Where keys and tokens are kept.
    pub secrets: Box<dyn Secrets>,
    /// What policy and installation say of this machine's settings.
    pub layers: Layers,
}

/// Who sits at the till.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seat {
    pub user_code: Option<String>,
    pub locked: bool,
}

impl Seat {
    /// Does somebody sit there who can use the counter?
    pub fn is_taken(&self) -> bool {
        self.user_code.is_some() && !self.locked
    }
}

/// One counter position.
pub struct Till {
    // The first to be dropped: what is left to mirror is mirrored while the journal is still open.
    pub(crate) _mirroring: Mirroring,
    // Its threads let go of the journal before anything else does.
    pub(crate) cards: Cards,
    pub(crate) core: Arc<Core>,
    pub(crate) printing: Printing,
    pub(crate) importing: Importing,
    pub(crate) pumping: Pumping,
    pub(crate) scanning: Scanning,
    /// Is this the counter, whose devices are worked, or a command line beside it?
    pub(crate) works_devices: bool,
    pub(crate) backing_up: BackingUp,
    pub(crate) checking_up: CheckingUp,
}

/// What the till's workers share with it.
pub(crate) struct Core {
    pub store: Store,
    pub surroundings: Box<dyn Surroundings>,
    pub resources: PathBuf,
    pub listener: Listener,
    pub council: RwLock<Option<Arc<Council>>>,
    pub extract: RwLock<Option<Arc<Extract>>>,
    pub settings: RwLock<SettingsInForce>,
    /// Held while the settings are changed.
    pub changing_settings: Mutex<()>,
    pub secrets: Box<dyn Secrets>,
    pub ledger: LedgerState,
    /// Held while an extract is read.
    pub reading_extract: Mutex<()>,
    pub seat: Mutex<Seat>,
    pub session: RwLock<Option<SessionRow>>,
    /// What is wrong with the till's own data, as codes of words for a cashier.
    pub troubles: RwLock<Vec<&'static str>>,
    pub unsent_note: UnsentNote,
    /// How the first start fares, while it isn't over.
    pub first_start: RwLock<Option<FirstStartView>>,
}

impl Till {
    /// Opens the till's store and starts its workers.
    ///
    /// # Errors
    /// The store's (in use, newer, damaged, not writable), unreadable settings. A pack that this version can't read any more is no
    /// error: the till then has no council, says so, and takes another pack.
    pub fn open(opening: Opening) -> Result<Till, TillError> {
        let id = opening.surroundings.new_id();
        let place = counterfoil_store::Opening { folder: opening.folder.clone() };
        let file = place.file();
        let store = Store::open(place, &id).map_err(|error| TillError::of_file(error, &file))?;
        let settings = SettingsInForce::read(&opening.folder, &opening.layers)?;
        let (council, mut troubles) = crate::setting_up::applied_council(&store)?;
        let in_use = store.read(|reading| reading.extract())?.map(|now| now.generation);
        let extract = match in_use.map(|generation| Extract::open(&extract::file(&opening.folder, generation))).transpose() {
            Ok(extract) => extract,
            Err(error) => {
                // Money can be taken without account holders, and they can be imported again.
                tracing::error!(code = error.code(), %error, "the extract of account holders can't be read");
                troubles.push("accounts-unreadable");
                None
            }
        };
        troubles.extend(settings_trouble(&settings));
        extract::remove_others(&opening.folder, in_use);
        let open_session = store.read(|reading| reading.open_session())?;
        let core = Arc::new(Core {
            store,
            surroundings: opening.surroundings,
            resources: opening.resources,
            listener: opening.listener,
            council: RwLock::new(council.map(Arc::new)),
            extract: RwLock::new(extract.map(Arc::new)),
            settings: RwLock::new(settings),
            changing_settings: Mutex::new(()),
            secrets: opening.secrets,
            ledger: LedgerState::default(),
            reading_extract: Mutex::new(()),
            seat: Mutex::new(Seat::default()),
            session: RwLock::new(open_session),
            troubles: RwLock::new(troubles),
            unsent_note: UnsentNote::of(&opening.folder),
            first_start: RwLock::default(),
        });
        core.unsent_note.keep(&core.store);
        look_at_store(&core)?;
        let printing = Printing::start(&core, opening.prints)?;
        let cards = Cards::start(&core, printing.to_wake(), opening.prints)?;
        let pumping = Pumping::start(&core, opening.sends);
        let _mirroring = Mirroring::start(&core, opening.sends)?;
        let backing_up = BackingUp::start(&core, opening.sends)?;
        let till = Till {
            _mirroring,
            cards,
            importing: Importing::default(),
            printing,
            pumping,
            scanning: Scanning::default(),
            works_devices: opening.prints,
            backing_up,
            checking_up: CheckingUp::default(),
            core,
        };
        till.settle_scanner();
        Ok(till)
    }

    /// Reads the scanner that the settings name now.
    pub(crate) fn settle_scanner(&self) {
        if self.works_devices {
            self.scanning.settle(&self.core);
        }
    }

    /// The data folder's journal, for checks.
    pub fn store(&self) -> &Store {
        &self.core.store
    }
}

/// A setting that can't be used, of a policy or of the installation: the counter works by the next place's, and says so.
fn settings_trouble(settings: &SettingsInForce) -> Option<&'static str> {
    for wrong in &settings.wrong {
        tracing::error!(place = wrong.place, reason = wrong.reason, "a setting can't be used");
    }
    settings.wrong.iter().any(|wrong| !wrong.unknown).then_some("settings-refused")
}

/// Reading a gigabyte while the window opens would keep the cashier waiting for it.
const BEFORE_LOOKING: Duration = Duration::from_secs(60);

/// Looks at the whole of a large store while the counter works, and says what it finds.
fn look_at_store(core: &Arc<Core>) -> Result<(), TillError> {
    let (opening, core) = (counterfoil_store::Opening { folder: core.store.folder().to_owned() }, Arc::downgrade(core));
    let look = move || {
        std::thread::park_timeout(BEFORE_LOOKING);
        let Err(error) = look_at_whole(&opening) else { return };
        tracing::error!(code = error.code(), %error, "the till's data is damaged");
        if let Some(core) = core.upgrade() {
            core.troubles.write().unwrap_or_else(PoisonError::into_inner).insert(0, error.code());
            core.tell(&[Changed::Configuration]);
        }
    };
    std::thread::Builder::new().name("store check".into()).spawn(look).map_err(|error| TillError::not_done("internal").because(error))?;
    Ok(())
}

impl Core {
    /// The council, once a pack is applied.
    pub fn council(&self) -> Result<Arc<Council>, TillError> {
        self.council.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(|| TillError::not_done("council-missing"))
    }

    pub fn extract(&self) -> Option<Arc<Extract>> {
        self.extract.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn settings(&self) -> Settings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).settings.clone()
    }

    /// Does a policy or the installation decide this setting? Then it can't be changed here.
    pub fn fixed_by_policy(&self, name: &str) -> bool {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).fixed_by_policy(name)
    }

    /// The settings with where each comes from.
    pub fn settings_in_force(&self) -> SettingsInForce {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the settings: written to the machine's file, and used from then on. One change at a time, each made to what the one
    /// before it left, and none held back by whoever waits for a network: that is done before. Answers the settings before and after.
    ///
    /// # Errors
    /// What `change` refuses; `setting-fixed`; `card-terminal-in-use`; a file that can't be written. The settings are then as they were.
    pub fn change_settings(&self, change: impl FnOnce(&mut Settings) -> Result<(), TillError>) -> Result<(Settings, Settings), TillError> {
        self.change_settings_with(change, |_, _| Ok(()))
    }

    /// The same, with something that is done once the change is allowed and before it is made. It is given the settings before and after;
    /// where it fails nothing is changed.
    ///
    /// # Errors
    /// As above; those of `first`.
    pub fn change_settings_with(
        &self,
        change: impl FnOnce(&mut Settings) -> Result<(), TillError>,
        first: impl FnOnce(&Settings, &Settings) -> Result<(), TillError>,
    ) -> Result<(Settings, Settings), TillError> {
        self.change_settings_between(change, first, || Ok(()))
    }

    /// The same, with something more that is done once the change is written. Where it fails, what was there before is written again.
    ///
    /// # Errors
    /// As above; those of `then`; in doubt where what was there before can't be written again.
    pub fn change_settings_between(
        &self,
        change: impl FnOnce(&mut Settings) -> Result<(), TillError>,
        first: impl FnOnce(&Settings, &Settings) -> Result<(), TillError>,
        then: impl FnOnce() -> Result<(), TillError>,
    ) -> Result<(Settings, Settings), TillError> {
        let _one_at_a_time = self.changing_settings.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.settings_in_force();
        let mut allowed = Ok(());
        let changed = self.changed_settings(&now, |settings| allowed = change(settings));
        allowed?;
        let changed = changed?;
        first(&now.settings, &changed.settings)?;
        changed.write(self.store.folder())?;
        if let Err(error) = then() {
            now.write(self.store.folder()).map_err(|error| TillError { outcome: Outcome::InDoubt, ..error })?;
            return Err(error);
        }
        let after = changed.settings.clone();
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = changed;
        Ok((now.settings, after))
    }

    /// Could these settings be changed so? Asked before something is done that can't be taken back.
    ///
    /// # Errors
    /// `setting-fixed`; `card-terminal-in-use`.
    pub fn could_change_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<(), TillError> {
        self.changed_settings(&self.settings_in_force(), change).map(drop)
    }

    fn changed_settings(&self, now: &SettingsInForce, change: impl FnOnce(&mut Settings)) -> Result<SettingsInForce, TillError> {
        let changed = now.changed(change)?;
        crate::cards::terminal_may_change(self, now.settings.card_terminal.as_ref(), changed.settings.card_terminal.as_ref())?;
        Ok(changed)
    }

    pub fn seat(&self) -> MutexGuard<'_, Seat> {
        self.seat.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open session, without asking the store: every command is checked against it.
    pub fn session(&self) -> Option<SessionRow> {
        self.session.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// After a commit that opened or closed a session.
    pub fn read_session_again(&self) -> Result<Option<SessionRow>, TillError> {
        let open = self.store.read(|reading| reading.open_session())?;
        self.session.write().unwrap_or_else(PoisonError::into_inner).clone_from(&open);
        Ok(open)
    }

    /// Something is wrong that the status line should say, once.
    pub fn trouble(&self, code: &'static str) {
        let mut troubles = self.troubles.write().unwrap_or_else(PoisonError::into_inner);
        if troubles.contains(&code) {
            return;
        }
        troubles.push(code);
        drop(troubles);
        self.tell(&[Changed::Configuration]);
    }

    /// Something is wrong no longer.
    pub fn trouble_is_over(&self, code: &'static str) {
        let mut troubles = self.troubles.write().unwrap_or_else(PoisonError::into_inner);
        let before = troubles.len();
        troubles.retain(|trouble| *trouble != code);
        let is_over = troubles.len() < before;
        drop(troubles);
        if is_over {
            self.tell(&[Changed::Configuration]);
        }
    }

    pub fn tell(&self, changed: &[Changed]) {
        if changed.iter().any(|what| matches!(what, Changed::Receipts | Changed::Ledger)) {
            self.unsent_note.keep(&self.store);
        }
        (self.listener)(changed);
    }

    /// What is wrong with the till's own data, as codes.
    pub fn trouble_codes(&self) -> Vec<String> {
        self.troubles.read().unwrap_or_else(PoisonError::into_inner).iter().map(|code| (*code).to_owned()).collect()
    }

    /// The council's own time at a moment.
    pub fn local(&self, at_ms: i64) -> NaiveDateTime {
        let zone = self
            .council
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .and_then(|council| council.identity.time_zone.parse().ok());
        DateTime::from_timestamp_millis(at_ms).unwrap_or_default().with_timezone(&zone.unwrap_or(Tz::Europe__London)).naive_local()
    }

    /// The council's date now.
    pub fn today(&self) -> NaiveDate {
        self.local(self.surroundings.now_ms()).date()
    }

    /// An entry of this moment.
    pub fn entry(&self, id: String, by: Option<&str>, session: Option<u64>, fact: Fact) -> Entry {
        let at_ms = self.surroundings.now_ms();
        Entry { v: ENTRY_VERSION, id, at_ms, day: self.local(at_ms).date(), by: by.map(str::to_owned), session, approved_by: None, fact }
    }

    /// Writes a fact that needs no number from the store.
    pub fn note(&self, by: Option<&str>, session: Option<u64>, fact: Fact) -> Result<Committed, TillError> {
        self.write(self.entry(self.surroundings.new_id(), by, session, fact))
    }

    /// Writes an entry that needs nothing decided.
    pub fn write(&self, entry: Entry) -> Result<Committed, TillError> {
        self.store.commit(|_| Ok(Decision::Write(Box::new(entry), None)))
    }
}

/// Whoever called: checked by the table before the use case runs.
pub struct Caller {
    /// The council, if there is one.
    pub(crate) council: Option<Arc<Council>>,
    /// The signed-in person.
    pub(crate) user: Option<User>,
    /// The open session, if it is theirs.
    pub(crate) session: Option<u64>,
}

impl Caller {
    pub(crate) fn council(&self) -> Result<&Arc<Council>, TillError> {
        self.council.as_ref().ok_or_else(|| TillError::not_done("council-missing"))
    }

    pub(crate) fn user(&self) -> Result<&User, TillError> {
        self.user.as_ref().ok_or_else(|| TillError::not_done("signed-out"))
    }

    pub(crate) fn session(&self) -> Result<u64, TillError> {
        self.session.ok_or_else(|| TillError::not_done("session-needed"))
    }
}
