//! Slips: what is printed on a customer's own bill or on the back of a cheque, while both stand at the counter. It is no job: whoever
//! put the slip in waits for it, and what wasn't printed then is asked for anew.

use super::Shared;
use crate::api::printing::{PrintSlip, SlipProgress, SlipView};
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::papers;
use crate::till::{Caller, Core, Till};
use counterfoil_documents::{PrinterProfile, escpos};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_store::Reading;
use std::sync::{MutexGuard, PoisonError};

/// So many entries are looked through for an earlier slip; beyond them there may have been one.
const LOOKED_THROUGH: u64 = 5_000;

/// The slip that was asked for last.
#[derive(Default)]
pub(super) struct Slips {
    /// What is to be printed, and by whom.
    pub wanted: Option<Asked>,
    view: SlipView,
}

impl Slips {
    /// This one is to be printed; refused while the printer is still at the last, for one slip lies in it at a time.
    fn want(&mut self, asked: Asked) -> Result<SlipView, TillError> {
        if self.view.progress == SlipProgress::Printing {
            return Err(TillError::not_done("printer-slip-busy"));
        }
        self.wanted = Some(asked);
        self.view = SlipView { progress: SlipProgress::Printing, trouble: None };
        Ok(self.view.clone())
    }
}

/// A slip, and who asked for it.
#[derive(Clone)]
pub(super) struct Asked {
    pub slip: PrintSlip,
    pub by: String,
    pub session: Option<u64>,
}

impl Shared {
    pub fn slips(&self) -> MutexGuard<'_, Slips> {
        self.slips.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How the slip that was wanted fared.
    pub fn slip_fared(&self, fared: Result<(), String>) {
        let progress = if fared.is_ok() { SlipProgress::Printed } else { SlipProgress::Failed };
        self.slips().view = SlipView { progress, trouble: fared.err() };
    }
}

/// `slip.print`.
pub(crate) fn print(till: &Till, caller: &Caller, request: PrintSlip) -> Result<SlipView, TillError> {
    let core = &till.core;
    let settings = core.settings();
    let Some(columns) = settings.slip_columns() else { return Err(TillError::not_done("printer-slip-none")) };
    // Said at once if there is nothing to print, rather than by the worker. What is kept of the number is the receipt's own.
    let slip = core.store.read(|reading| {
        papers::slip(core, reading, &request, false, columns)?;
        let receipt = reading.receipt_by_number(request.number.trim())?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        Ok::<_, TillError>(PrintSlip { number: receipt.number, ..request })
    })?;
    let asked = Asked { slip, by: caller.user()?.code.clone(), session: caller.session };
    let view = till.printing.shared.slips().want(asked)?;
    till.printing.wake();
    Ok(view)
}

/// `slip.show`.
pub(crate) fn show(till: &Till, _: &Caller, _: Nothing) -> Result<SlipView, TillError> {
    Ok(till.printing.shared.slips().view.clone())
}

/// The bytes of a slip; it says COPY where it was printed before, or may have been.
pub(super) fn made(core: &Core, slip: &PrintSlip, profile: &PrinterProfile) -> Result<Vec<u8>, TillError> {
    let columns = profile.slip_columns.ok_or_else(|| TillError::not_done("printer-slip-none"))?;
    let sheet = core.store.read(|reading| {
        let copy = printed_before(reading, slip)?;
        papers::slip(core, reading, slip, copy, columns)
    })?;
    Ok(escpos::render_slip(&sheet, profile))
}

/// Written down before the first byte leaves, as a job is.
pub(super) fn note(core: &Core, asked: &Asked) -> Result<(), TillError> {
    let PrintSlip { number, kind, place } = asked.slip.clone();
    core.note(Some(&asked.by), asked.session, Fact::SlipPrinted { number, kind, place })?;
    core.tell(&[Changed::Printing]);
    Ok(())
}

/// Looks from the newest entry back to the receipt's own.
fn printed_before(reading: &Reading<'_>, slip: &PrintSlip) -> Result<bool, TillError> {
    let receipt = reading.receipt_by_number(&slip.number)?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
    let head = reading.head()?.seq;
    let last = receipt.seq.max(head.saturating_sub(LOOKED_THROUGH));
    for seq in (last..=head).rev() {
        if reading.entry(seq)?.is_some_and(|entry| is_slip(&entry, slip)) {
            return Ok(true);
        }
    }
    Ok(last > receipt.seq)
}

fn is_slip(entry: &Entry, slip: &PrintSlip) -> bool {
    matches!(&entry.fact, Fact::SlipPrinted { number, kind, place } if (number, kind, place) == (&slip.number, &slip.kind, &slip.place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_domain::receipt::SlipKind;

    #[test]
    fn a_slip_is_refused_while_the_printer_is_still_at_the_last_one() {
        let shared = Shared::default();
        let slip = PrintSlip { number: "CH07-000001".into(), kind: SlipKind::Validation, place: 0 };
        let asked = Asked { slip, by: "12".into(), session: None };
        shared.slips().want(asked.clone()).expect("the first");
        for begun in [false, true] {
            if begun {
                shared.slips().wanted.take();
            }
            let refused = shared.slips().want(asked.clone()).map(|view| view.progress);
            assert_eq!(refused.map_err(|error| error.code), Err("printer-slip-busy".into()));
        }
        shared.slip_fared(Ok(()));
        assert_eq!(shared.slips().view.progress, SlipProgress::Printed);
        shared.slips().want(asked).expect("the next");
    }
}
