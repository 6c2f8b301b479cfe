//! # The till
//!
//! What lives here: the use cases of a counter, one function each — sign in, open a session, recognise a reference, take a
//! payment, print it — and the one table of commands ([`table`]) through which every caller comes: the window, the command
//! line, the scripts of the tests. Rights are checked in the table, in Rust, for every caller.
//!
//! What never will: a window, a network server, rules about money (they are in `domain`), SQL (that is the `store`).
//!
//! Where to start reading: [`Till`], then [`table`], then `sales` for the main job.

mod accounts;
pub mod api;
mod approvals;
mod backups;
mod banking;
mod beside;
mod cards;
mod cash;
mod cash_limit;
mod cash_up;
mod corrections;
mod damaged;
mod deposit_papers;
mod devices;
mod doctor;
mod error;
mod exports;
mod first_start;
mod ledger;
mod mirror;
mod papers;
mod people;
mod phrases;
mod policy_templates;
mod printing;
mod read_files;
mod receipts;
mod references;
mod reports;
mod restoring;
mod sales;
mod scanning;
pub mod secrets;
mod sessions;
mod setting_up;
mod settings;
mod settings_in_force;
mod support_bundle;
pub mod surroundings;
mod suspense;
pub mod table;
#[cfg(test)]
mod test_counter;
mod till;
mod typescript;
mod unprinted;
mod unsent_note;
mod upgrading;
mod upkeep;
mod users;
mod views;
mod z_reads;

pub use counterfoil_domain::Pence;
pub use counterfoil_domain::text::Language;
pub use counterfoil_ledger_client::localgov_ims::{ConfigurationDifference, CountAndValue, Reconciliation};
pub use counterfoil_store::STORE_FILE;
pub use damaged::{set_store_aside, verify_file};
pub use doctor::{Check, Finding, Patient, check_names, check_up};
pub use error::{Outcome, TillError};
pub use exports::ExportedPosting;
pub use ledger::{ImsDay, LedgerDifference, UseIms, is_in_the_clear};
pub use people::hash_secret;
pub use phrases::{bilingual_message, english_message};
pub use policy_templates::{adml, admx};
pub use receipts::{Rendering, render_receipt};
pub use restoring::{BackupRestored, BroughtBack, RestoreBackup, restore_backup};
pub use restoring::{RestoreFrom, RestoreLedger, RestoreProgress, Restored, restore};
pub use setting_up::{apply_pack, check_pack};
pub use settings::{
    CardPatience, CardTerminalSettings, ImsAuth, ImsPace, ImsSettings, LedgerSettings, MerchantCopy, Settings, settings_schema,
};
pub use settings_in_force::{FirstStart, Layer, Layers, Origin, SettingInForce, SettingsInForce, WrongSetting};
pub use support_bundle::write_support_bundle;
pub use till::{Opening, Till};
pub use typescript::{commands_ts, types_ts};
pub use upgrading::{Upgrading, is_to_be_upgraded, upgrade};
