//! # From the till to the central ledger
//!
//! What lives here: the pump that empties the outbox, and the two ways to a ledger: the [`hub`], which takes the journal itself, and
//! [`localgov_ims`], which takes receipts one by one. What the till keeps is reached through [`Outbox`], so that the pump knows no
//! database.
//!
//! What never will: a database, a window, the clock, random numbers, rules about money. What was sent and how far it got is
//! handed in and handed back as data, so that whoever keeps it can be stopped at any moment. The counter waits for nothing here.
//!
//! Where to start reading: [`pump`], then [`outbox`], then `hub_transport.rs`; `localgov_ims/course.rs` decides, the rest of it
//! performs.

pub mod backoff;
pub mod batch;
pub mod hub;
pub mod hub_transport;
pub mod ims_transport;
pub mod localgov_ims;
pub mod outbox;
pub mod probe;
pub mod pump;
pub mod reason;
pub mod reference;
mod tls;
pub mod turns;

pub use outbox::{Outbox, OutboxError};
pub use tls::TlsNotUsable;
