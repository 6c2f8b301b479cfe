//! Card payments at a terminal that the till drives: a thread for each, and the rule that nobody is charged twice.
//!
//! A payment is written down before it is sent, and sent once. When no answer comes, the terminal is asked what became of it, never
//! to do it again; what can't be learnt waits for a supervisor. No thread holds the store, nor the till, while it waits.

mod beginning;
mod commands;
mod course;
mod pairing;
mod resolving;
mod sale;
mod settling;
mod totals;

pub(crate) use beginning::begin;
pub(crate) use commands::{abort, ask_again, list, progress, reverse, set_aside, signature, terminal_check};
pub(crate) use commands::{give_back, terminal_line, views_of};
pub(crate) use pairing::{pair, random_service_id, terminal_may_change, unpair};
pub(crate) use resolving::resolve;
pub(crate) use sale::{approved_for, approved_of, charged_perhaps, given_back_of, may_be_abandoned, may_be_parked, may_be_taken};
pub(crate) use sale::{no_other_way_back, nothing_open, returned_of, supervised};
pub(crate) use settling::{given_back, may_have_been_sent};
pub(crate) use totals::{driven, read_totals};

use crate::error::TillError;
use crate::printing::PrintWake;
use crate::secrets::TERMINAL_PASSPHRASE;
use crate::settings::{CardPatience, CardTerminalSettings};
use crate::till::Core;
use counterfoil_domain::card_payment::CardState;
use counterfoil_store::CardRow;
use counterfoil_terminals::{CardTerminal, Opening, TerminalFault, TerminalTarget};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What goes on at the terminal, as far as it isn't in the journal.
pub(crate) struct Cards {
    shared: Arc<Shared>,
}

struct Shared {
    /// Held while a thread writes; false once the till has gone, and then nothing is written any more.
    till_is_open: Mutex<bool>,
    terminal: Mutex<Option<InUse>>,
    going_on: Mutex<BTreeMap<String, GoingOn>>,
    /// What was the matter when the terminal was last used.
    fault: Mutex<Option<String>>,
    /// In which session, at which terminal, the totals before the first payment were asked for. One that gives none isn't asked again.
    totals_asked: Mutex<Option<(u64, String)>>,
    woken: Condvar,
    wake: PrintWake,
}

struct InUse {
    settings: CardTerminalSettings,
    terminal: Arc<dyn CardTerminal>,
}

/// A payment that a thread is at.
#[derive(Clone, Debug, Default)]
struct GoingOn {
    shows: String,
    fault: Option<String>,
    aborting: bool,
    /// Why the terminal wasn't told to give up.
    abort_fault: Option<String>,
    /// Ask now rather than later.
    ask_now: bool,
    /// An earlier run has left it, and the terminal hasn't been asked about it in this one yet.
    left: bool,
}

impl GoingOn {
    /// Does the terminal not answer? It was asked and didn't, or couldn't say; or it can't even be told to give up while its answer is waited
    /// for: the line may be dead, and nobody would hear of that before the wait is over. An abort that broke off says nothing of the kind.
    fn is_silent(&self) -> bool {
        let no_line = [TerminalFault::Unreachable, TerminalFault::TimedOut].map(TerminalFault::code);
        self.fault.is_some() || self.abort_fault.as_deref().is_some_and(|fault| no_line.contains(&fault))
    }
}

impl Cards {
    /// Goes on with what an earlier run has left. Nothing is taken at a terminal before its earlier payments are clear.
    pub fn start(core: &Arc<Core>, wake: PrintWake, works: bool) -> Result<Cards, TillError> {
        let cards = Cards {
            shared: Arc::new(Shared {
                till_is_open: Mutex::new(true),
                terminal: Mutex::default(),
                going_on: Mutex::default(),
                fault: Mutex::default(),
                totals_asked: Mutex::default(),
                woken: Condvar::new(),
                wake,
            }),
        };
        if works {
            settling::tidy_up(core)?;
            for row in core.store.read(|reading| reading.open_card_payments())? {
                if matches!(row.state, CardState::Sent | CardState::Unresolved) {
                    cards.work_from(core, row, GoingOn { left: true, ..GoingOn::default() })?;
                }
            }
        }
        Ok(cards)
    }

    /// A thread for what is to be sent, to be asked about, or to become its receipt. One that is at it already is told to look now.
    fn work(&self, core: &Arc<Core>, row: CardRow) -> Result<(), TillError> {
        self.work_from(core, row, GoingOn::default())
    }

    fn work_from(&self, core: &Arc<Core>, row: CardRow, from: GoingOn) -> Result<(), TillError> {
        let mut going_on = self.shared.going_on();
        if let Some(going_on) = going_on.get_mut(&row.transaction_id) {
            going_on.ask_now = true;
            self.shared.woken.notify_all();
            return Ok(());
        }
        going_on.insert(row.transaction_id.clone(), from);
        drop(going_on);
        let transaction_id = row.transaction_id.clone();
        let course = course::Course { core: Arc::downgrade(core), shared: self.shared.clone(), row };
        let thread = std::thread::Builder::new().name("card".into()).spawn(move || course.run());
        thread.map(|_| ()).map_err(|error| {
            self.shared.going_on().remove(&transaction_id);
            TillError::not_done("internal").because(error)
        })
    }

    /// What an earlier run has left and the terminal is being asked about for the first time: no longer than one question takes.
    fn left(&self) -> BTreeSet<String> {
        self.shared.going_on().iter().filter(|(_, going_on)| going_on.left).map(|(id, _)| id.clone()).collect()
    }

    fn is_going_on(&self, transaction_id: &str) -> Option<GoingOn> {
        self.shared.going_on().get(transaction_id).cloned()
    }
}

impl Drop for Cards {
    fn drop(&mut self) {
        // A thread that waits for a terminal is left alone: whatever it hears, the next start asks for.
        *self.shared.till_is_open() = false;
        self.shared.woken.notify_all();
    }
}

impl Shared {
    fn till_is_open(&self) -> MutexGuard<'_, bool> {
        self.till_is_open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn going_on(&self) -> MutexGuard<'_, BTreeMap<String, GoingOn>> {
        self.going_on.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, transaction_id: &str, change: impl FnOnce(&mut GoingOn)) {
        if let Some(going_on) = self.going_on().get_mut(transaction_id) {
            change(going_on);
        }
    }

    fn note_fault(&self, fault: Option<&str>) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault.map(str::to_owned);
    }

    /// Waits, but not when somebody asks for an answer now; true when it was the whole wait.
    fn waits(&self, transaction_id: &str, wait: Duration) -> bool {
        let not_asked = |going_on: &mut BTreeMap<String, GoingOn>| {
            going_on.get(transaction_id).is_some_and(|going_on| !going_on.ask_now) && *self.till_is_open()
        };
        let waited = self.woken.wait_timeout_while(self.going_on(), wait, not_asked);
        let (mut going_on, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        if let Some(going_on) = going_on.get_mut(transaction_id) {
            going_on.ask_now = false;
        }
        waited.timed_out()
    }

    /// The terminal that a payment was begun at, if it is still the one that the till has, and knows the till by the same name: under
    /// another it would say that it never heard of it.
    fn terminal_of(&self, core: &Core, row: &CardRow) -> Result<Arc<dyn CardTerminal>, String> {
        let known_as = core.store.read(|reading| settling::known_as(reading, row)).map_err(|error| error.code)?;
        let settings = core.settings().card_terminal.ok_or("card-terminal-missing")?;
        if !known_as.is_empty() && known_as != settings.target.known_as() {
            return Err("card-terminal-changed".to_owned());
        }
        self.terminal(core, &row.terminal)
    }

    /// Is this the first time in the session that the terminal's totals are wanted?
    fn wants_totals(&self, session: u64, terminal: &str) -> bool {
        let now = Some((session, terminal.to_owned()));
        let mut asked = self.totals_asked.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *asked, now.clone()) != now
    }

    /// Paired anew it may have another key under the same settings: it is opened again when it is wanted next.
    fn forget_terminal(&self) {
        *self.terminal.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The terminal of that name, if it is still the one that the till has.
    fn terminal(&self, core: &Core, name: &str) -> Result<Arc<dyn CardTerminal>, String> {
        let settings = core.settings().card_terminal.ok_or("card-terminal-missing")?;
        if settings.target.name() != name {
            return Err("card-terminal-changed".to_owned());
        }
        let mut in_use = self.terminal.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(in_use) = in_use.as_ref().filter(|in_use| in_use.settings == settings) {
            return Ok(in_use.terminal.clone());
        }
        let passphrase = core.secrets.get(TERMINAL_PASSPHRASE).map_err(|_| "terminal-bad-settings")?;
        let opening = Opening { folder: core.store.folder(), passphrase: passphrase.as_deref() };
        let terminal: Arc<dyn CardTerminal> = match settings.target.open(opening) {
            Ok(terminal) => terminal.into(),
            Err(error) => {
                tracing::error!(%error, "the card terminal can't be used as it is set up");
                return Err(error.fault.code().to_owned());
            }
        };
        *in_use = Some(InUse { settings, terminal: terminal.clone() });
        Ok(terminal)
    }
}

/// How patient to be with the terminal that the till has now.
fn patience(core: &Core) -> CardPatience {
    core.settings().card_terminal.and_then(|settings| settings.patience).unwrap_or_default()
}

/// Does no money move there? A simulator's never does, nor that of a terminal for tests.
fn is_simulated(target: &TerminalTarget) -> bool {
    match target {
        TerminalTarget::Simulator => true,
        TerminalTarget::Nexo(target) => !target.live,
    }
}
