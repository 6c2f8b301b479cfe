//! Alarms: what a person has to look at. Each is kept; settling one says who looked and why it is settled.

use deadpool_postgres::GenericClient;
use tokio_postgres::Error;

/// Other bytes at a number or under an id that the ledger holds: somebody changed a journal, or two tills have one identity.
pub const CONFLICT: &str = "conflict";
/// Something that isn't an entry.
pub const REFUSED: &str = "refused";
/// A till that was replaced still speaks.
pub const REPLACED_TILL: &str = "replaced-till";

/// Raises an alarm; one that is raised already is counted up.
///
/// # Errors
/// The database's.
pub async fn raise(client: &impl GenericClient, till_number: i32, kind: &str, seq: u64, detail: &str, now_ms: i64) -> Result<(), Error> {
    tracing::warn!(till_number, kind, seq, detail, "alarm");
    let sql = "INSERT INTO alarms (till_number, kind, seq, detail, first_at_ms, last_at_ms) VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (till_number, kind, seq) WHERE settled_at_ms IS NULL
        DO UPDATE SET times = alarms.times + 1, last_at_ms = excluded.last_at_ms";
    client.execute(sql, &[&till_number, &kind, &seq.cast_signed(), &detail, &now_ms]).await.map(drop)
}

/// Raises an alarm about what was there before: not again where somebody has settled it.
///
/// # Errors
/// The database's.
pub async fn raise_once(
    client: &impl GenericClient,
    till_number: i32,
    kind: &str,
    seq: u64,
    detail: &str,
    now_ms: i64,
) -> Result<(), Error> {
    let sql = "SELECT FROM alarms WHERE till_number = $1 AND kind = $2 AND seq = $3 LIMIT 1";
    match client.query_opt(sql, &[&till_number, &kind, &seq.cast_signed()]).await? {
        Some(_) => Ok(()),
        None => raise(client, till_number, kind, seq, detail, now_ms).await,
    }
}
