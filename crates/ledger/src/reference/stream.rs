//! An extract going down, chunk by chunk: one chunk in memory at a time, however many rows there are.

use super::chunks::{decompressed, read};
use crate::caller::Signed;
use crate::error::{LedgerError, Refused};
use crate::ledger::Ledger;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use serde::Deserialize;

/// Since which version.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Since {
    from: Option<i64>,
}

/// `GET /v1/reference/extract/{version}[?from=VERSION]`.
pub(crate) async fn get(
    State(ledger): State<Ledger>,
    Path(version): Path<i64>,
    Query(since): Query<Since>,
    signed: Signed,
) -> Result<Response, Refused> {
    let client = ledger.database().await?;
    let sql = "SELECT id FROM extract_streams WHERE version = $1 AND since IS NOT DISTINCT FROM $2";
    let row = client.query_opt(sql, &[&version, &since.from]).await?;
    let stream: i64 = row.ok_or_else(|| Refused::not_found("No such extract, or no changes since that one."))?.get(0);
    drop(client);
    let takes = signed.headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes_zstd = takes.split(',').any(|one| one.trim().starts_with("zstd"));
    let body = Body::from_stream(try_unfold(0, move |place| next(ledger.clone(), stream, place, takes_zstd)));
    let content = [(CONTENT_TYPE, "text/csv")];
    Ok(if takes_zstd { (content, [(CONTENT_ENCODING, "zstd")], body).into_response() } else { (content, body).into_response() })
}

/// The next chunk. The connection goes back to the pool while it is sent: a slow till holds none.
async fn next(ledger: Ledger, stream: i64, place: i32, takes_zstd: bool) -> Result<Option<(Bytes, i32)>, LedgerError> {
    let client = ledger.database().await?;
    let Some(chunk) = read(&client, stream, place).await? else { return Ok(None) };
    let chunk = if takes_zstd { chunk } else { decompressed(&chunk)? };
    Ok(Some((chunk.into(), place + 1)))
}
