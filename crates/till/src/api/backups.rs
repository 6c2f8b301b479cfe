//! Copies of the till's data.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Make a copy now.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MakeBackup {
    /// Into this folder, which must be there. Without it: into the one that the machine's settings name.
    #[serde(default)]
    #[ts(optional)]
    pub folder: Option<String>,
}

/// How copies stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BackupView {
    /// Where one is made each day; none where the settings name no folder.
    pub folder: Option<String>,
    /// When the newest there was made, by the council's clock.
    pub latest: Option<String>,
    /// How many are there.
    #[ts(type = "number")]
    pub kept: u64,
    /// The one under way, or how the last one ended since the till was opened.
    pub progress: Option<BackupProgress>,
}

/// Where a copy stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BackupStage {
    /// Being written.
    #[default]
    Copying,
    /// Whole, and looked at.
    Done,
    /// Stopped by a person: there is no copy of it.
    Cancelled,
    /// Something went wrong: there is no copy of it.
    Failed,
}

/// A copy's progress, or how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct BackupProgress {
    /// The stage.
    pub stage: BackupStage,
    /// Per cent written.
    pub percent: u32,
    /// Where it is, once it is done.
    pub file: Option<String>,
    /// Why there is none: an error's code.
    pub error: Option<String>,
}
