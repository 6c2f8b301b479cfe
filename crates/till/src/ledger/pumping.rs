//! The worker that empties the outbox: a thread of its own with a small runtime, begun anew whenever what it needs has changed.

use super::outbox::{TillOutbox, stands};
use super::{enrolling, ims};
use crate::error::TillError;
use crate::settings::LedgerSettings;
use crate::till::{Core, Till};
use counterfoil_domain::ims_codes::ImsCodes;
use counterfoil_ledger_client::hub_transport::ToHub;
use counterfoil_ledger_client::ims_transport::ToIms;
use counterfoil_ledger_client::outbox::Standing;
use counterfoil_ledger_client::pump::{self, Transport, Wake};
use counterfoil_ledger_client::reason::Reason;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// What the status line says of a ledger that can't be used as it is set up.
const NOT_USABLE: &str = "ledger-not-usable";

/// The worker, if there is a ledger to send to.
pub(crate) struct Pumping {
    sends: bool,
    wake: Arc<Wake>,
    running: Mutex<Option<Running>>,
}

struct Running {
    /// The codes that it pays into an IMS by.
    codes: Option<ImsCodes>,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Running {
    fn end(self) {
        // A worker that has ended by itself has nobody to hear this.
        let _ = self.stop.send(());
        let _ = self.thread.join();
    }
}

impl Pumping {
    /// Starts the worker. A ledger that can't be used as it is set up is a trouble of the status line, and no till stays closed for it.
    pub fn start(core: &Arc<Core>, sends: bool) -> Pumping {
        let pumping = Pumping { sends, wake: Arc::default(), running: Mutex::new(None) };
        let wake = pumping.wake.clone();
        core.store.after_commits(move || wake.committed.notify_one());
        pumping.begin_anew(core);
        pumping
    }

    /// Ends the worker and starts one with what is set now.
    pub fn begin_anew(&self, core: &Arc<Core>) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = running.take() {
            before.end();
        }
        if !self.sends {
            return;
        }
        match begin(core, &self.wake) {
            Ok(now) => {
                *running = now;
                core.trouble_is_over(NOT_USABLE);
            }
            Err(error) => {
                tracing::error!(code = %error.code, detail = %error.detail, "takings can't be sent");
                stands(core, Standing::Down(Reason::NotUsable));
                core.trouble(NOT_USABLE);
            }
        }
    }

    /// A pack was applied. An IMS is paid by the pack's codes: where they are others now the worker begins anew, and only then, for
    /// whatever it was sending counts as in doubt after that.
    pub fn pack_applied(&self, core: &Arc<Core>) {
        let codes = codes(core);
        let same = |running: &Running| running.codes == codes;
        let unchanged = self.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(same);
        if codes.is_some() && !unchanged {
            self.begin_anew(core);
        }
    }

    /// A person asks for a try now.
    pub fn ask(&self) {
        self.wake.asked.notify_one();
    }
}

impl Till {
    /// The customer has gone: what has come down from the ledger meanwhile is used now, by its worker.
    pub(crate) fn customer_served(&self) {
        let mut now = self.core.ledger.now();
        now.serving_ms = None;
        if !now.waiting.is_empty() {
            self.pumping.ask();
        }
    }
}

impl Drop for Pumping {
    fn drop(&mut self) {
        if let Some(running) = self.running.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            running.end();
        }
    }
}

/// The codes that an IMS is paid by; none where the ledger is none, or takes the journal itself.
fn codes(core: &Core) -> Option<ImsCodes> {
    let Some(LedgerSettings::LocalgovIms(_)) = core.settings().ledger else { return None };
    core.council().ok().map(|council| council.ims_codes.clone())
}

fn begin(core: &Arc<Core>, wake: &Arc<Wake>) -> Result<Option<Running>, TillError> {
    let Some(transport) = transport(core)? else { return Ok(None) };
    let internal = |error: std::io::Error| TillError::not_done("internal").because(error);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(internal)?;
    let (outbox, wake) = (Arc::new(TillOutbox(core.clone())), wake.clone());
    let codes = codes(core);
    let (stop, stopped) = oneshot::channel();
    let work = move || {
        runtime.block_on(async {
            tokio::select! {
                () = pump::run(outbox, transport, wake) => {}
                _ = stopped => {}
            }
        });
    };
    let thread = std::thread::Builder::new().name("ledger".into()).spawn(work).map_err(internal)?;
    Ok(Some(Running { codes, stop, thread }))
}

/// The way to the ledger as it is set up; none while there is none, or the till isn't known to it yet.
fn transport(core: &Core) -> Result<Option<Box<dyn Transport>>, TillError> {
    match core.settings().ledger {
        None => Ok(None),
        Some(LedgerSettings::Hub { .. }) => {
            let Some((who, ledger_key)) = enrolling::credentials(core)? else { return Ok(None) };
            Ok(Some(Box::new(ToHub::new(enrolling::hub(core)?, who, ledger_key))))
        }
        Some(LedgerSettings::LocalgovIms(_)) if core.council().is_err() => Ok(None),
        Some(LedgerSettings::LocalgovIms(_)) => Ok(Some(Box::new(ToIms::new(ims::ims(core)?)))),
    }
}
