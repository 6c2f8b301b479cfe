//! # From the till to the central ledger
//!
//! What lives here: the pump that empties the outbox, and the two ways to a ledger: the hub ([`hub`]) and a council's LocalGov
//! IMS. What the till keeps is reached through [`Outbox`], so that the pump knows no database.
//!
//! What never will: a database, a window, rules about money. Nothing here is ever waited for by the counter.
//!
//! Where to start reading: [`pump`], then [`outbox`], then a transport.

pub mod backoff;
pub mod http;
pub mod hub;
pub mod hub_transport;
pub mod outbox;
pub mod pump;
pub mod reference;

pub use outbox::{Outbox, OutboxError};
