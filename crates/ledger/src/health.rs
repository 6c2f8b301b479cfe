//! Is this copy alive, and can it serve? For a balancer and a supervisor of processes.

use crate::error::Refused;
use crate::ledger::Ledger;
use axum::extract::State;

/// `GET /health/live`: the process answers.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: the database answers too.
///
/// # Errors
/// It doesn't.
pub async fn ready(State(ledger): State<Ledger>) -> Result<&'static str, Refused> {
    ledger.database().await?.simple_query("SELECT 1").await?;
    Ok("ready\n")
}
