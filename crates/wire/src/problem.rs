//! What the ledger answers when it doesn't do what was asked.

use serde::{Deserialize, Serialize};

/// A refusal, with the HTTP status that fits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Stable: `signature-wrong`, `date-wrong`, `till-unknown`, `till-revoked`, `code-wrong`, `batch-unreadable`, `busy`, …
    pub code: String,
    /// The words in English, without personal data.
    pub message: String,
    /// The ledger's clock: milliseconds since 1970, UTC.
    pub now_ms: i64,
}
