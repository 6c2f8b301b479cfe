//! Scanning: what a serial scanner reads waits here until the window takes it.

use crate::api::scanning::{Scan, ScannerState, Scans};
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::till::{Caller, Core, Till};
use counterfoil_devices::ScannerTarget;
use counterfoil_devices::scanner::{Heard, SerialScanner};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// The most barcodes that wait. More come only while nobody takes them, and then the oldest help nobody.
const MOST_WAITING: usize = 8;

/// The scanner that is being read.
#[derive(Default)]
pub(crate) struct Scanning {
    reader: Mutex<Option<Reader>>,
    heard: Arc<Mutex<Held>>,
}

struct Reader {
    target: ScannerTarget,
    _scanner: SerialScanner,
}

#[derive(Default)]
struct Held {
    scans: VecDeque<Scan>,
    state: ScannerState,
}

impl Scanning {
    /// Reads the scanner that the settings name, and none other. A till that never reads any is the command line's.
    pub fn settle(&self, core: &Arc<Core>) {
        let target = core.settings().scanner;
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if reader.as_ref().is_some_and(|reader| reader.target == target) {
            return;
        }
        // The port is let go before another opens it.
        *reader = None;
        *held(&self.heard) = Held::default();
        if let ScannerTarget::Serial { path, baud } = &target {
            held(&self.heard).state = ScannerState::Missing;
            let (heard, core) = (self.heard.clone(), Arc::downgrade(core));
            match SerialScanner::start(path, *baud, move |said| hear(&heard, &core, said)) {
                Ok(scanner) => *reader = Some(Reader { target, _scanner: scanner }),
                Err(error) => tracing::error!(%error, "the scanner can't be read"),
            }
        }
    }

    /// How the serial scanner is.
    pub fn state(&self) -> ScannerState {
        held(&self.heard).state
    }
}

fn held(heard: &Mutex<Held>) -> MutexGuard<'_, Held> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

fn hear(heard: &Mutex<Held>, core: &Weak<Core>, said: Heard) {
    {
        let mut held = held(heard);
        match said {
            Heard::Connected => held.state = ScannerState::Ready,
            Heard::Missing => held.state = ScannerState::Missing,
            Heard::Scan(text) => held.scans.push_back(Scan { text }),
            Heard::TooLong => held.scans.push_back(Scan { text: String::new() }),
        }
        if held.scans.len() > MOST_WAITING {
            held.scans.pop_front();
        }
    }
    if let Some(core) = core.upgrade() {
        core.tell(&[Changed::Scanned]);
    }
}

/// `scan.next`.
pub(crate) fn next(till: &Till, _: &Caller, _: Nothing) -> Result<Scans, TillError> {
    Ok(Scans { scans: held(&till.scanning.heard).scans.drain(..).collect() })
}
