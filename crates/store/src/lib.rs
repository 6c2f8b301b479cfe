//! # The till's own store
//!
//! What lives here: one SQLite file with the journal, its hash chain and the projections that screens read; the extract of
//! account holders in a file beside it; migrations; the checks that all of it is as it should be.
//!
//! What never will: rules about money (they are in the `domain` crate), and any second way of writing. Everything that
//! matters is written by [`Store::commit`]: the entry's bytes, its projections, its print job, in one transaction.
//!
//! Where to start reading: [`Store`], then `journal` (the chain), `projections` (what an entry changes) and [`extract`].

mod backup;
mod card_payments;
mod comparing;
mod connection;
mod damage;
mod error;
pub mod extract;
mod journal;
mod lock;
mod looking;
mod migrations;
mod outbox;
mod print_jobs;
mod projections;
mod reading;
mod reading_accounts;
mod reading_reports;
mod reading_sessions;
mod replacing;
mod restoring;
mod store;
mod upgrading;

pub use backup::{BackedUp, CopyProgress, back_up, back_up_by_way_of, backups, check_hash, remove_backup, remove_cut_off};
pub use card_payments::{CardRow, TerminalReadings};
pub use comparing::Beyond;
pub use connection::{Opening, STORE_FILE};
pub use counterfoil_wire::Head;
pub use damage::{look_at_whole, set_aside};
pub use error::StoreError;
pub use journal::Verified;
pub use lock::TillLock;
pub use looking::{StoreLook, look_at, table_counts};
pub use migrations::{LATEST as LATEST_SCHEMA, Migration};
pub use outbox::{Acknowledged, DeliveryRow, DeliveryState, LedgerNote, Outgoing};
pub use print_jobs::{Job, JobState, PrintJob};
pub use projections::Difference;
pub use reading::{ExtractNow, ParkedRow, PostingRow, Reading, ReceiptKind, ReceiptRow, SignInRow, TillName};
pub use reading_accounts::{PaymentRow, SuspenseRow};
pub use reading_reports::{CountedRow, DrawerRow, Grouped, HourRow, OverShortRow, TakingsRow};
pub use reading_sessions::{CorrectionRow, CountRow, DepositRow, MovementRow, SessionRow};
pub use replacing::{BUILT_IN, decide_to_replace, finish_replacing};
pub use restoring::Restoring;
pub use store::{Committed, Decision, Store, uuid_bytes};
pub use upgrading::{UpgradeProgress, is_to_be_upgraded, upgrade};
