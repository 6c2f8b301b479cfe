//! Takings coming in: `POST /v1/tills/{till}/entries`, and going out to a replacement: `GET` of the same.

mod append;
mod chained;
mod copy;
mod late;
mod read;
mod resend;
mod rows;

pub use append::append;
pub use late::catch_up;
pub use read::{KINDS, Kept, KeptPosting, OVER_SHORT, read_entry};
pub use resend::resend;

use crate::caller::Signed;
use crate::error::Refused;
use crate::ledger::Ledger;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_ENCODING;
use counterfoil_wire::entries::{BatchUnreadable, EntriesReply, MAX_BATCH_BYTES, read_batch};
use std::borrow::Cow;
use std::io::Read;

/// `POST /v1/tills/{till}/entries`.
///
/// # Errors
/// The batch can't be read, or the ledger can't append to it at the moment.
pub async fn post(State(ledger): State<Ledger>, signed: Signed) -> Result<Json<EntriesReply>, Refused> {
    let lines = lines(&signed)?;
    let (header, bodies) = read_batch(&lines).map_err(unreadable)?;
    append(&ledger, &signed.till, signed.date_ms, &header, &bodies).await.map(Json)
}

/// The batch as it was before compression, never more of it than a batch may have.
fn lines(signed: &Signed) -> Result<Cow<'_, [u8]>, Refused> {
    match signed.headers.get(CONTENT_ENCODING).map(|value| value.as_bytes()) {
        None | Some(b"identity") => Ok(Cow::Borrowed(&signed.body)),
        Some(b"zstd") => decompressed(&signed.body).map(Cow::Owned),
        Some(_) => Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "encoding-unknown", "Content-Encoding is zstd or nothing.")),
    }
}

/// A few bytes can decompress to gigabytes: reading stops one byte beyond what is allowed.
fn decompressed(body: &[u8]) -> Result<Vec<u8>, Refused> {
    let damaged = |_| Refused::new(StatusCode::BAD_REQUEST, "batch-unreadable", "The batch can't be decompressed.");
    let mut lines = Vec::new();
    let mut decoder = zstd::stream::read::Decoder::with_buffer(body).map_err(damaged)?;
    decoder.window_log_max(23).map_err(damaged)?;
    decoder.take(MAX_BATCH_BYTES as u64 + 1).read_to_end(&mut lines).map_err(damaged)?;
    Ok(lines)
}

fn unreadable(why: BatchUnreadable) -> Refused {
    let status = match why {
        BatchUnreadable::TooLarge | BatchUnreadable::TooMany => StatusCode::PAYLOAD_TOO_LARGE,
        BatchUnreadable::Header | BatchUnreadable::Newer(_) => StatusCode::BAD_REQUEST,
    };
    Refused::new(status, "batch-unreadable", format!("The batch can't be read: {why}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decompression_bomb_is_read_no_further_than_a_batch_may_go() {
        let bomb = zstd::encode_all(std::io::repeat(b' ').take(300 * 1024 * 1024), 3).unwrap();
        assert!(bomb.len() < 64 * 1024);
        assert_eq!(decompressed(&bomb).unwrap().len(), MAX_BATCH_BYTES + 1);
    }
}
