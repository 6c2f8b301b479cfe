//! # What a till and the ledger say to each other
//!
//! What lives here: the chain's hash, the shapes of every message between a till and the hub, how a till signs a request and
//! how the hub signs a head. Both sides use these and nothing else, so that they can't drift apart. The shapes are promises:
//! fields are only ever added, with a default; `docs/ledger-protocol.md` describes them for other programs.
//!
//! What never will: sockets, files, databases, the clock, random numbers. Keys and moments come in as arguments.
//!
//! Where to start reading: [`entries`] (takings going up), then [`chain`] and [`signing`]; [`reference`] is what comes down.

pub mod chain;
pub mod enrolment;
pub mod entries;
pub mod problem;
pub mod reconciliation;
pub mod reference;
pub mod signing;

pub use chain::{Hash, Head};
