//! LocalGov IMS as the central ledger: receipts are paid into it through its Web API, as `docs/localgov-ims.md` tells.
//!
//! Its POST isn't idempotent and nothing in it is unique, so a receipt is searched for before any of it is posted, and what
//! isn't clearly stored stays in doubt until a search after the settle time has shown it. [`LocalGovIms::deliver`] takes one
//! receipt one attempt further; `course` decides each step of it and does nothing else, `connection` asks and says what the
//! answer means, `client` performs the one with the other.

mod api;
mod client;
mod configuration;
mod connection;
mod course;
#[cfg(test)]
mod course_tests;
mod outgoing;
mod progress;
mod reconciliation;
mod rows;
mod settings;

pub use client::{Clock, LocalGovIms};
pub use configuration::ConfigurationDifference;
pub use connection::NotUsable;
pub use outgoing::OutgoingReceipt;
pub use progress::{Accepted, Attempt, Delivery, DeliveryState, Fault, LastRefusal, Trouble};
pub use reconciliation::{CountAndValue, ReceiptDifference, Reconciliation};
pub use settings::{Auth, Pace, Secret, Settings};
