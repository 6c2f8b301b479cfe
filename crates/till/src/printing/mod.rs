//! Printing: jobs come out after the payment is on the disk, by a worker that nobody waits for.

pub(crate) mod commands;
mod known;
pub(crate) mod slips;
mod worker;

use crate::api::printing::PaperStrip;
use crate::error::TillError;
use crate::till::Core;
pub(crate) use known::Known;
use slips::Slips;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use worker::Worker;
pub(crate) use worker::asks;

/// How many strips the on-screen printer keeps.
const STRIPS: usize = 20;

/// Wakes the printing worker, from any thread and for as long as there is one.
#[derive(Clone, Default)]
pub(crate) struct PrintWake(Arc<Mutex<Option<SyncSender<()>>>>);

impl PrintWake {
    /// There may be something to print.
    pub fn wake(&self) {
        if let Some(wake) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            // A full channel means that the worker will look anyway.
            let _ = wake.try_send(());
        }
    }

    fn set(&self, wake: Option<SyncSender<()>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = wake;
    }
}

/// The printing worker.
pub(crate) struct Printing {
    wake: PrintWake,
    worker: Option<JoinHandle<()>>,
    shared: Arc<Shared>,
}

/// What the worker and the commands tell each other.
#[derive(Default)]
struct Shared {
    /// What the on-screen printer has printed, the newest first.
    strips: Mutex<VecDeque<PaperStrip>>,
    /// How the printers were when last heard of.
    known: Mutex<Vec<Known>>,
    /// Somebody wants to know how the printers are.
    look: AtomicBool,
    /// What waits is to go to PDF.
    to_pdf: AtomicBool,
    /// A receipt is about to be printed: the printer is to be got ready.
    expected: AtomicBool,
    /// The worker has nothing to do, and the till's printer is well as far as is known: what is committed now is printed at once.
    at_leisure: AtomicBool,
    /// The slip that was asked for last.
    slips: Mutex<Slips>,
}

impl Shared {
    fn put_out(&self, strip: PaperStrip) {
        let mut strips = self.strips.lock().unwrap_or_else(PoisonError::into_inner);
        strips.push_front(strip);
        strips.truncate(STRIPS);
    }
}

impl Printing {
    /// Starts the worker. Jobs that were in the printer's hands when the till died may have come out: they say COPY now. None of
    /// an earlier run opens the drawer: its customer has gone.
    pub fn start(core: &Arc<Core>, prints: bool) -> Result<Printing, TillError> {
        let shared = Arc::new(Shared::default());
        if !prints {
            return Ok(Printing { wake: PrintWake::default(), worker: None, shared });
        }
        let (wake, woken) = sync_channel(1);
        let mut worker = Worker::new(core, shared.clone())?;
        let thread = std::thread::Builder::new()
            .name("printing".into())
            .spawn(move || worker.run(&woken))
            .map_err(|error| TillError::not_done("internal").because(error))?;
        let printing = Printing { wake: PrintWake::default(), worker: Some(thread), shared };
        printing.wake.set(Some(wake));
        printing.look();
        Ok(printing)
    }

    /// There may be something to print.
    pub fn wake(&self) {
        self.wake.wake();
    }

    /// A receipt is about to be committed: the printer is connected to and asked meanwhile. True when its job is the next that is
    /// printed and can be written down as handed over with it.
    pub fn expects_one(&self) -> bool {
        let at_leisure = self.shared.at_leisure.load(Ordering::Acquire);
        if at_leisure {
            self.shared.expected.store(true, Ordering::Release);
            self.wake();
        }
        at_leisure
    }

    /// To be woken from other threads.
    pub fn to_wake(&self) -> PrintWake {
        self.wake.clone()
    }

    /// Asks the printers how they are, once nothing waits to be printed.
    pub fn look(&self) {
        self.shared.look.store(true, Ordering::Release);
        self.wake();
    }

    /// Everything that waits or was given up goes to PDF.
    pub fn to_pdf(&self) {
        self.shared.to_pdf.store(true, Ordering::Release);
        self.wake();
    }
}

impl Drop for Printing {
    fn drop(&mut self) {
        self.wake.set(None);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}
