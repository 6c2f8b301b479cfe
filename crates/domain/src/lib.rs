//! # The rules of taking money at a council counter
//!
//! What lives here: money, VAT, references and their checks, accounts, the basket and its tenders, postings, receipts,
//! sessions, rights, and the journal's entries as data. Everything is a value or a function of values.
//!
//! What never will: files, databases, sockets, screens, the clock, random numbers. Time, ids and randomness arrive as
//! arguments, so that any moment of a day at the counter can be replayed exactly.
//!
//! Where to start reading: [`money`] (the one type that money has), then [`reference`] (what a cashier types or scans),
//! [`sale`] (basket and tenders become a settled sale), [`posting`] (the waterfall), and [`entry`] (what is written down).

pub mod account;
pub mod approval;
pub mod banking;
pub mod barcode;
pub mod card_number;
pub mod card_payment;
pub mod cash_up;
pub mod correction;
pub mod council;
pub mod day_end;
pub mod entry;
pub mod ims_codes;
pub mod money;
pub mod posting;
pub mod receipt;
pub mod reference;
pub mod refusal;
pub mod rights;
pub mod sale;
pub mod session;
pub mod text;
pub mod typed;
pub mod vat;

pub use council::Council;
pub use money::Pence;
pub use refusal::{Code, Refusal};
