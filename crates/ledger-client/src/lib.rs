//! # How takings leave the till
//!
//! What lives here: the till's side of the central ledger. [`localgov_ims`] pays receipts into a LocalGov IMS through its Web
//! API; [`backoff`] says how long to leave a ledger alone that doesn't answer.
//!
//! What never will: the store, screens, the clock, random numbers. What was sent and how far it got is handed in and handed
//! back as data, so that whoever keeps it can be stopped at any moment.
//!
//! Where to start reading: [`localgov_ims`], then `localgov_ims/course.rs`: it decides, the rest performs.

pub mod backoff;
pub mod localgov_ims;
