//! Scanning: what a serial scanner reads waits here for the moment that the window needs to take it. It is of use to whoever scanned it,
//! there and then: what comes while nobody may use it, or is taken late, would come out at another customer, and is thrown away.

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
/// So long a barcode waits to be taken. The window takes it at once; where it couldn't, it has been typed or scanned again since.
const WAITS_MS: u64 = 10_000;

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
    /// With when each was read, ms since 1970 UTC.
    scans: VecDeque<(i64, Scan)>,
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

    /// What waits, each once.
    fn take(&self) -> VecDeque<(i64, Scan)> {
        std::mem::take(&mut held(&self.heard).scans)
    }

    /// Somebody else sits down: what was read before is nobody's.
    pub fn forget(&self) {
        self.take();
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
    let Some(core) = core.upgrade() else { return };
    match said {
        Heard::Connected => held(heard).state = ScannerState::Ready,
        Heard::Missing => held(heard).state = ScannerState::Missing,
        Heard::Scan(text) => keep(heard, &core, Scan { text }),
        Heard::TooLong => keep(heard, &core, Scan { text: String::new() }),
    }
    core.tell(&[Changed::Scanned]);
}

/// Keeps a barcode for whoever sits at the till; where nobody does, or the screen is locked, it is thrown away.
fn keep(heard: &Mutex<Held>, core: &Core, scan: Scan) {
    if !core.seat().is_taken() {
        return;
    }
    let mut held = held(heard);
    held.scans.push_back((core.surroundings.now_ms(), scan));
    if held.scans.len() > MOST_WAITING {
        held.scans.pop_front();
    }
}

/// `scan.next`.
pub(crate) fn next(till: &Till, _: &Caller, _: Nothing) -> Result<Scans, TillError> {
    let now_ms = till.core.surroundings.now_ms();
    let waited = till.scanning.take();
    let fresh = waited.into_iter().filter(|(read_ms, _)| now_ms.abs_diff(*read_ms) <= WAITS_MS);
    Ok(Scans { scans: fresh.map(|(_, scan)| scan).collect() })
}
