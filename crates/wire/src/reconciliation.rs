//! Both sides of the money: `GET /v1/tills/{till}/reconciliation?from=DAY&to=DAY`.

use counterfoil_domain::Pence;
use serde::{Deserialize, Serialize};

/// What one side has of a till's days, sorted by session, MOP and fund.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reconciliation {
    /// Up to and with this entry.
    pub up_to_seq: u64,
    /// One a session, MOP and fund.
    pub rows: Vec<ReconciliationRow>,
}

/// Postings of one session, MOP and fund, as the till posted them; over and short included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReconciliationRow {
    /// The session's number.
    pub session: u64,
    /// The MOP's code.
    pub mop_code: String,
    /// The fund's code.
    pub fund_code: String,
    /// How many postings.
    pub count: u64,
    /// Σ postings.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub amount_pence: Pence,
}
