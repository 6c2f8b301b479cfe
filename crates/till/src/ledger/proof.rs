//! What can be shown of takings at the ledger: of one receipt, of a session, of some days.

use super::enrolling::{self, wait_for};
use crate::api::ledger::{LedgerLine, LedgerLineState, ProofState, ReceiptProof, SessionProof};
use crate::error::TillError;
use crate::settings::LedgerSettings;
use crate::till::{Core, Till};
use crate::views;
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_ledger_client::ims_transport::Detail;
use counterfoil_ledger_client::outbox::Standing;
use counterfoil_store::{DeliveryState, LedgerNote, Reading};
use counterfoil_wire::enrolment::ledger_reference;
use counterfoil_wire::reconciliation::ReconciliationRow;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// The ledger's part of the status line.
pub(crate) fn line(core: &Core, reading: &Reading<'_>) -> Result<LedgerLine, TillError> {
    let alarm = super::alarm(reading)?;
    let known = reading.ledger_note(LedgerNote::Enrolment)?.is_some();
    let now = core.ledger.now();
    let state = match (core.settings().ledger, &now.standing) {
        (None, _) => LedgerLineState::None,
        (Some(LedgerSettings::Hub { .. }), _) if !known => LedgerLineState::NotEnrolled,
        _ if alarm.is_some() => LedgerLineState::Halted,
        (_, Standing::Starting) => LedgerLineState::Starting,
        (_, Standing::Up) => LedgerLineState::Up,
        (_, Standing::Down(_)) => LedgerLineState::Down,
        (_, Standing::Halted) => LedgerLineState::Halted,
    };
    let reason = match (state, &now.standing) {
        (LedgerLineState::Halted, _) => alarm.map(|alarm| alarm.code),
        (LedgerLineState::Down, Standing::Down(reason)) => Some(reason.code().to_owned()),
        _ => None,
    };
    Ok(LedgerLine {
        state,
        reason,
        down_since: now.down_since_ms.map(|at_ms| views::moment(core, at_ms)),
        quarantined: reading.quarantined()?.len() as u64,
        differs: now.differ.first().copied(),
    })
}

/// Where a receipt stands.
pub(crate) fn of_receipt(core: &Core, reading: &Reading<'_>, seq: u64) -> Result<ReceiptProof, TillError> {
    if core.settings().ledger.is_none() {
        return Ok(ReceiptProof { state: ProofState::Local, reference: None });
    }
    let acknowledged = reading.acknowledged()?.seq;
    let delivery = reading.delivery(seq)?;
    let state = match delivery.as_ref().map(|row| row.state) {
        Some(DeliveryState::Quarantined) => ProofState::Quarantined,
        Some(DeliveryState::UnderWay) => ProofState::Sent,
        Some(DeliveryState::Delivered) => ProofState::InLedger,
        None if seq <= acknowledged => ProofState::InLedger,
        None if seq <= core.ledger.sent_seq.load(Ordering::Relaxed) => ProofState::Sent,
        None => ProofState::Local,
    };
    let reference = match (state, delivery) {
        (ProofState::InLedger, Some(delivery)) => ims_references(&delivery.detail),
        (ProofState::InLedger, None) => reading.till_number()?.map(|number| ledger_reference(number, seq)),
        _ => None,
    };
    Ok(ReceiptProof { state, reference })
}

/// An IMS has a reference of its own for each posting.
fn ims_references(detail: &str) -> Option<String> {
    let detail: Detail = serde_json::from_str(detail).unwrap_or_default();
    (!detail.references.is_empty()).then(|| detail.references.join(", "))
}

/// What of a session is in the ledger.
pub(crate) fn of_session(core: &Core, reading: &Reading<'_>, session: u64) -> Result<Option<SessionProof>, TillError> {
    if core.settings().ledger.is_none() {
        return Ok(None);
    }
    let (receipts, value, in_ledger, value_in_ledger) = reading.session_in_ledger(session)?;
    let differs = core.ledger.now().differ.contains(&session);
    Ok(Some(SessionProof { receipts, value, in_ledger, value_in_ledger, differs }))
}

/// One place where the till and the ledger differ: a session, a MOP, a fund.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LedgerDifference {
    /// The session.
    pub session: u64,
    /// The MOP.
    pub mop_code: String,
    /// The fund.
    pub fund_code: String,
    /// Postings and their sum at the till.
    pub till: (u64, Pence),
    /// At the ledger.
    pub ledger: (u64, Pence),
}

impl Till {
    /// Holds these days at the till against the same days at the ledger: both sides in full, each row where they differ or not.
    ///
    /// # Errors
    /// No ledger, or it can't be reached.
    pub fn reconcile(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<LedgerDifference>, TillError> {
        let core = &self.core;
        let Some((who, _)) = enrolling::credentials(core)? else { return Err(TillError::not_done("ledger-not-enrolled")) };
        let hub = enrolling::hub(core)?;
        let (from_text, to_text) = (from.to_string(), to.to_string());
        let theirs = wait_for(hub.reconciliation(&who, core.surroundings.now_ms(), &from_text, &to_text))??;
        let ours = core.store.read(|reading| reading.reconciliation(from, to, u64::MAX >> 1))?;
        Ok(beside(ours, theirs.rows))
    }
}

/// Both sides, row by row.
fn beside(ours: Vec<ReconciliationRow>, theirs: Vec<ReconciliationRow>) -> Vec<LedgerDifference> {
    let mut rows: BTreeMap<(u64, String, String), [(u64, Pence); 2]> = BTreeMap::new();
    for (side, list) in [ours, theirs].into_iter().enumerate() {
        for row in list {
            let both = rows.entry((row.session, row.mop_code, row.fund_code)).or_default();
            if let Some(own) = both.get_mut(side) {
                *own = (row.count, row.amount_pence);
            }
        }
    }
    rows.into_iter()
        .map(|((session, mop_code, fund_code), [till, ledger])| LedgerDifference { session, mop_code, fund_code, till, ledger })
        .collect()
}
