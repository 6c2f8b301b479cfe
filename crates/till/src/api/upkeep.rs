//! Looking after a till: the check-up and the support bundle.

use crate::doctor::Check;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Begin a check-up.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
pub struct BeginCheckUp {
    /// Look at the whole journal, and not only at its end.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub full: bool,
}

/// Where a check-up stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct CheckUpView {
    /// What was looked at so far.
    pub checks: Vec<Check>,
    /// How much is looked at in all.
    pub of: u32,
    /// Is it under way?
    pub running: bool,
}

/// A support bundle that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SupportBundle {
    /// Where it is.
    pub path: String,
}
