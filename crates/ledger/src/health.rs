//! Is this copy alive, and can it serve? For a balancer and a supervisor of processes.

use crate::error::Refused;
use crate::exposure;
use crate::ledger::Ledger;
use axum::extract::State;

/// `GET /health/live`: the process answers.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: the database answers too. What everybody on the network can read is said in a line for each.
///
/// # Errors
/// It doesn't.
pub async fn ready(State(ledger): State<Ledger>) -> Result<String, Refused> {
    ledger.database().await?.simple_query("SELECT 1").await?;
    let warnings = ledger.exposed().iter().map(|code| format!("warning: {}\n", exposure::told(code)));
    Ok(std::iter::once("ready\n".to_owned()).chain(warnings).collect())
}
