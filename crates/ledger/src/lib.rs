//! # The hub: the ledger at the centre that tills send their takings to
//!
//! What lives here: the HTTP service on PostgreSQL that tills speak to (enrolment, entries, reference data, reconciliation),
//! the page for supervisors and finance, and the commands of whoever runs it. Every copy is stateless: what they share is the
//! database and one signing key.
//!
//! What never will: the rules of taking money at a counter (the `domain` crate's), the shapes that a till and the ledger
//! exchange (the `wire` crate's), and anything of the till's own store or window.
//!
//! Where to start reading: [`routes`] for what is answered, then [`entries`] (a batch from its bytes to its postings), whose
//! `append` is the one place that writes a journal. `migrations/` is the database.

mod alarms;
mod caller;
pub mod check;
mod council_clock;
mod database;
pub mod enrolment;
pub mod entries;
mod error;
mod exposure;
pub mod finance;
mod health;
mod ledger;
mod metrics;
mod migrations;
mod openapi;
mod page;
pub mod people;
mod reconciliation;
pub mod reference;
pub mod routes;
mod rules;
mod server;
mod settings;
mod signing_key;
pub mod surroundings;
mod totals;

pub use error::{LedgerError, Refused};
pub use ledger::Ledger;
pub use server::{serve, serve_opened};
pub use settings::{Settings, Tls};
