//! The till's side of the ledger: the worker that empties the outbox, what is shown of it, what a person decides.
//!
//! The worker only ever reads the journal and writes down what the ledger answered: no payment waits for it.

mod commands;
mod enrolling;
mod ims;
mod outbox;
mod proof;
mod pumping;
mod reference;
mod state;

use crate::error::TillError;
use counterfoil_ledger_client::outbox::Alarm;
use counterfoil_store::{LedgerNote, Reading};

pub use commands::is_in_the_clear;
pub(crate) use commands::{Enrolling, ask, enrol, release, release_receipt, settle_receipt, show, whole_path};
pub(crate) use enrolling::{Answered, Asking, hub_at, hub_credentials, key_for_enrolling, key_was_accepted, wait_for};
pub use ims::{ImsDay, UseIms};
pub use proof::LedgerDifference;
pub(crate) use proof::{line, of_receipt, of_session};
pub(crate) use pumping::Pumping;
pub(crate) use state::LedgerState;

/// The alarm that stands, if one does.
fn alarm(reading: &Reading<'_>) -> Result<Option<Alarm>, TillError> {
    let kept = reading.ledger_note(LedgerNote::Alarm)?;
    kept.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| TillError::not_done("internal").because(error))
}
