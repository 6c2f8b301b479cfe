//! What hasn't come out of the printer yet, by name: whoever cashes up knows which customer went without a receipt.

use crate::api::cash_up::{Unprinted, UnprintedKind};
use crate::error::TillError;
use counterfoil_domain::correction::CorrectionKind;
use counterfoil_domain::day_end::MovementKind;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_store::{JobState, Reading};

/// The most that are named; the others are counted.
const NAMED: u32 = 20;

/// The documents that still have to come out, the oldest first.
pub(crate) fn named(reading: &Reading<'_>) -> Result<Vec<Unprinted>, TillError> {
    let mut list = Vec::new();
    for job in reading.print_jobs(NAMED)? {
        let Some(entry) = reading.entry(job.prints)? else { continue };
        let (kind, number) = name(entry);
        list.push(Unprinted { kind, number, failed: job.state == JobState::Failed });
    }
    Ok(list)
}

fn name(entry: Entry) -> (UnprintedKind, String) {
    let session = entry.session.unwrap_or_default();
    match entry.fact {
        Fact::ReceiptTaken { receipt, .. } => (UnprintedKind::Receipt, receipt.number),
        Fact::ReceiptCorrected { receipt, correction, .. } => (of_correction(correction.kind), receipt.number),
        Fact::SessionClosed { z } => (UnprintedKind::ZRead, z.number.to_string()),
        Fact::XReadPrinted { .. } => (UnprintedKind::XRead, session.to_string()),
        Fact::CashMoved { movement, .. } => (of_movement(movement.kind), movement.bag),
        Fact::CardPaymentSettled { .. } => (UnprintedKind::CardSlip, String::new()),
        Fact::PrinterTested { .. } => (UnprintedKind::TestPage, String::new()),
        Fact::CheckUpPrinted { .. } => (UnprintedKind::CheckUp, String::new()),
        _ => (UnprintedKind::Drawer, String::new()),
    }
}

fn of_correction(kind: CorrectionKind) -> UnprintedKind {
    match kind {
        CorrectionKind::Void => UnprintedKind::Void,
        CorrectionKind::Refund => UnprintedKind::Refund,
        CorrectionKind::Transfer => UnprintedKind::Transfer,
    }
}

fn of_movement(kind: MovementKind) -> UnprintedKind {
    match kind {
        MovementKind::Lift => UnprintedKind::Lift,
        MovementKind::TopUp => UnprintedKind::TopUp,
        MovementKind::Exchange => UnprintedKind::Exchange,
    }
}
