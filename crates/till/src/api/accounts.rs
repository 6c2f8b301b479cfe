//! Taking in an extract of account holders.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Take in an extract.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ImportAccounts {
    /// The CSV file on this machine.
    pub path: String,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImportStage {
    /// Reading rows.
    #[default]
    Reading,
    /// Making them findable.
    Indexing,
    /// In use.
    Done,
    /// Too many bad rows, or not an extract: the extract before it stays in use.
    Refused,
    /// Stopped by a person: the extract before it stays in use.
    Cancelled,
    /// Something went wrong on this machine: the extract before it stays in use.
    Failed,
}

/// An import's progress, or how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ImportProgress {
    /// The stage.
    pub stage: ImportStage,
    /// Rows read.
    #[ts(type = "number")]
    pub rows: u64,
    /// Rows that are good.
    #[ts(type = "number")]
    pub taken: u64,
    /// Rows that are bad.
    #[ts(type = "number")]
    pub refused: u64,
    /// Bytes read.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Bytes in all.
    #[ts(type = "number")]
    pub total_bytes: u64,
    /// The first hundred bad rows.
    pub bad_rows: Vec<BadRow>,
    /// The file that lists every bad row by its line and reason, where there are any.
    pub refused_file: Option<String>,
    /// Why it ended without success: an error's code.
    pub error: Option<String>,
}

/// One bad row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BadRow {
    /// Its line in the file, from 1.
    #[ts(type = "number")]
    pub line: u64,
    /// Its reason's code, such as `balance-not-an-amount`.
    pub reason: String,
    /// The column it is about.
    pub column: String,
}
