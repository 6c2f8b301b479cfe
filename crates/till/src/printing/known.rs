//! How the printers were when last heard of: from what they said with the last job, or when they were looked at.

use super::{Printing, Shared};
use crate::settings::Settings;
use counterfoil_devices::{PrintFault, PrinterStatus, PrinterTarget};
use std::sync::PoisonError;

/// How one printer was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub target: PrinterTarget,
    /// What it said.
    pub status: PrinterStatus,
    /// Why it can't print; also what it couldn't say, such as that it isn't there.
    pub fault: Option<PrintFault>,
    /// When that was, ms since 1970 UTC.
    pub at_ms: i64,
}

impl Shared {
    /// Notes how a printer is; true when that is news.
    pub fn heard(&self, now: Known) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.iter_mut().find(|before| before.target == now.target);
        let news = before.as_ref().is_none_or(|before| (before.status, before.fault) != (now.status, now.fault));
        match before {
            Some(before) => *before = now,
            None => known.push(now),
        }
        news
    }

    /// Is a printer that bytes are sent to well, as far as is known?
    pub fn is_well(&self, target: &PrinterTarget) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let well = known.iter().all(|known| known.target != *target || known.fault.is_none());
        well && matches!(target, PrinterTarget::Tcp { .. } | PrinterTarget::Serial { .. })
    }

    /// Forgets printers that the settings no longer name.
    pub fn forget_others(&self, settings: &Settings) {
        let named = |target: &PrinterTarget| *target == settings.printer || settings.other_printer.as_ref() == Some(target);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).retain(|known| named(&known.target));
    }

    /// Should the till's printer be looked at again although nothing is printed: its trouble may have been put right, its drawer shut.
    /// How the other one is, is asked when somebody wants to know.
    pub fn may_change(&self, settings: &Settings) -> bool {
        let profile = settings.profile();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().filter(|known| known.target == settings.printer).any(|known| {
            let open = known.status.drawer_high.and_then(|high| profile.drawer_is_open(high));
            known.fault.is_some() || open == Some(true)
        })
    }
}

impl Printing {
    /// How the printer at a target was; nothing when it was never heard of.
    pub fn known(&self, target: &PrinterTarget) -> Option<Known> {
        self.shared.known.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|known| known.target == *target).cloned()
    }
}
