//! The worker that empties the outbox: a thread of its own with a small runtime, begun anew whenever what it needs has changed.

use super::enrolling;
use super::outbox::TillOutbox;
use crate::error::TillError;
use crate::settings::LedgerSettings;
use crate::till::{Core, Till};
use counterfoil_ledger_client::hub_transport::ToHub;
use counterfoil_ledger_client::pump::{self, Transport, Wake};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// The worker, if there is a ledger to send to.
pub(crate) struct Pumping {
    sends: bool,
    wake: Arc<Wake>,
    running: Mutex<Option<Running>>,
}

struct Running {
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
            Ok(now) => *running = now,
            Err(error) => {
                tracing::error!(code = %error.code, detail = %error.detail, "takings can't be sent");
                core.trouble("ledger-not-usable");
            }
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

fn begin(core: &Arc<Core>, wake: &Arc<Wake>) -> Result<Option<Running>, TillError> {
    let Some(transport) = transport(core)? else { return Ok(None) };
    let internal = |error: std::io::Error| TillError::not_done("internal").because(error);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(internal)?;
    let (outbox, wake) = (Arc::new(TillOutbox(core.clone())), wake.clone());
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
    Ok(Some(Running { stop, thread }))
}

/// The way to the ledger as it is set up; none while there is none, or the till isn't known to it yet.
fn transport(core: &Core) -> Result<Option<Box<dyn Transport>>, TillError> {
    match core.settings().ledger {
        None => Ok(None),
        Some(LedgerSettings::Hub { .. }) => {
            let Some((who, ledger_key)) = enrolling::credentials(core)? else { return Ok(None) };
            Ok(Some(Box::new(ToHub { hub: enrolling::hub(core)?, who, ledger_key })))
        }
    }
}
