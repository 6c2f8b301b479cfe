//! Reference data going down.

use counterfoil_wire::entries::TillState;
use deadpool_postgres::Transaction;
use tokio_postgres::Error;

/// Is there a pack or an extract that is newer than what the till has?
///
/// # Errors
/// The database's.
pub async fn is_waiting(_transaction: &Transaction<'_>, _state: &TillState) -> Result<bool, Error> {
    Ok(false)
}
