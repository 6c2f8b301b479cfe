//! Entries going out again, to a till that takes a lost one's place: `GET /v1/tills/{till}/entries?after=SEQ`.

use crate::caller::Signed;
use crate::error::{LedgerError, Refused};
use crate::ledger::Ledger;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use counterfoil_wire::entries::{EntriesPage, MAX_BATCH_BYTES, MAX_ENTRIES};
use counterfoil_wire::signing::SignedHead;
use counterfoil_wire::{Hash, Head};
use serde::Deserialize;

/// After which entry.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct After {
    /// The last one that the till has; 0 for none.
    #[serde(default)]
    pub after: u64,
}

/// A page of the till's own journal, of a batch's size, compressed.
///
/// # Errors
/// The database can't be read at the moment.
pub async fn resend(State(ledger): State<Ledger>, Query(After { after }): Query<After>, signed: Signed) -> Result<Response, Refused> {
    let client = ledger.database().await?;
    let till = client.query_one("SELECT head_seq, head_hash FROM tills WHERE number = $1", &[&signed.till.number]).await?;
    let hash = till.get::<_, &[u8]>(1).try_into().map_err(|_| LedgerError::Stored("a hash of another length"))?;
    let head = Head { seq: till.get::<_, i64>(0).cast_unsigned(), hash: Hash(hash) };
    // Not beyond the head that is signed here: what came in since then is on the next page. And no more than fits, told from
    // the lengths before anything is sent; one entry always fits.
    let sql = "SELECT body FROM (
            SELECT seq, body, sum(length(body) + 1) OVER (ORDER BY seq) AS bytes FROM entries
            WHERE till_number = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4
        ) page WHERE bytes <= $5 OR seq = $2 + 1 ORDER BY seq";
    let after_seq = i64::try_from(after).map_err(|_| Refused::bad("No journal has so many entries."))?;
    let (most, bytes) = (MAX_ENTRIES as i64, MAX_BATCH_BYTES as i64);
    let rows = client.query(sql, &[&signed.till.number, &after_seq, &head.seq.cast_signed(), &most, &bytes]).await?;
    let page = EntriesPage { first_seq: after + 1, head: SignedHead::new(&signed.till.id, head, ledger.now_ms(), ledger.key()) };
    let mut lines = serde_json::to_vec(&page).map_err(|_| LedgerError::Stored("a page that can't be written"))?;
    for row in &rows {
        lines.push(b'\n');
        lines.extend_from_slice(row.get(0));
    }
    compressed(&lines)
}

fn compressed(lines: &[u8]) -> Result<Response, Refused> {
    let body = zstd::encode_all(lines, 3)?;
    Ok(([(CONTENT_TYPE, "application/x-ndjson"), (CONTENT_ENCODING, "zstd")], body).into_response())
}
