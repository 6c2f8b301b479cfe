//! Who is calling: a request signed by an enrolled till.

use crate::alarms;
use crate::error::{LedgerError, Refused};
use crate::ledger::Ledger;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::{HeaderMap, StatusCode};
use counterfoil_wire::entries::MAX_BATCH_BYTES;
use counterfoil_wire::signing::{self, DATE_HEADER, DATE_WINDOW_MS, PublicKey, SIGNATURE_HEADER, TILL_HEADER};
use std::time::Duration;

/// The most bytes of a body. What doesn't compress grows a little by it.
const MAX_BODY_BYTES: usize = MAX_BATCH_BYTES + 64 * 1024;
/// How long a body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(60);

/// An enrolled till.
#[derive(Clone, Debug)]
pub struct Till {
    /// Its number here.
    pub number: i32,
    /// Its id.
    pub id: String,
    /// Its key.
    pub public_key: PublicKey,
}

/// A request that an enrolled till signed, and for its own path where the path names a till.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The till.
    pub till: Till,
    /// When it signed, by its own word.
    pub date_ms: i64,
    /// Headers, of which only those of the signature are signed.
    pub headers: HeaderMap,
    /// The body as it was sent.
    pub body: Bytes,
}

impl FromRequest<Ledger> for Signed {
    type Rejection = Refused;

    async fn from_request(request: Request, ledger: &Ledger) -> Result<Signed, Refused> {
        let (mut parts, body) = request.into_parts();
        let in_path =
            <Path<Vec<(String, String)>>>::from_request_parts(&mut parts, ledger).await.map_or_else(|_| Vec::new(), |path| path.0);
        let till_id = header(&parts.headers, TILL_HEADER)?;
        let date_ms: i64 = header(&parts.headers, DATE_HEADER)?.parse().map_err(|_| unsigned())?;
        let signature = header(&parts.headers, SIGNATURE_HEADER)?;
        // Before the body is read: what can be told to be wrong already costs nothing.
        if ledger.now_ms().abs_diff(date_ms) > DATE_WINDOW_MS.unsigned_abs() {
            return Err(Refused::new(StatusCode::UNAUTHORIZED, "date-wrong", "The request's date is too far from the ledger's clock."));
        }
        if in_path.iter().any(|(name, value)| name == "till" && value != till_id) {
            return Err(Refused::new(StatusCode::FORBIDDEN, "till-wrong", "A till speaks for itself only."));
        }
        let found = find(ledger, till_id).await?.ok_or_else(|| Refused::new(StatusCode::UNAUTHORIZED, "till-unknown", "No such till."))?;
        let body = read(body).await?;
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let request = signing::Request { till_id, method: parts.method.as_str(), path, date_ms, body: &body };
        found.check(ledger, &request, signature).await?;
        Ok(Signed { till: found.till, date_ms, headers: parts.headers, body })
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, Refused> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or_else(unsigned)
}

fn unsigned() -> Refused {
    Refused::new(StatusCode::UNAUTHORIZED, "signature-wrong", "The request isn't signed by the till that it names.")
}

/// A revoked till is told so, and nothing else.
pub fn revoked() -> Refused {
    Refused::new(StatusCode::FORBIDDEN, "till-revoked", "This till may no longer speak to the ledger.")
}

async fn read(body: Body) -> Result<Bytes, Refused> {
    let too_large =
        |_| Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The body is larger than a batch may be, or broke off.");
    let slow = |_| Refused::new(StatusCode::REQUEST_TIMEOUT, "body-slow", "The body didn't arrive in time.");
    tokio::time::timeout(BODY_PATIENCE, to_bytes(body, MAX_BODY_BYTES)).await.map_err(slow)?.map_err(too_large)
}

struct Found {
    till: Till,
    is_revoked: bool,
}

async fn find(ledger: &Ledger, till_id: &str) -> Result<Option<Found>, LedgerError> {
    let client = ledger.database().await?;
    let statement = client.prepare_cached("SELECT number, id, public_key, revoked_at_ms IS NOT NULL FROM tills WHERE id = $1").await?;
    let row = client.query_opt(&statement, &[&till_id]).await?;
    Ok(row.map(|row| {
        let till = Till { number: row.get(0), id: row.get(1), public_key: PublicKey(row.get(2)) };
        Found { till, is_revoked: row.get(3) }
    }))
}

impl Found {
    async fn check(&self, ledger: &Ledger, request: &signing::Request<'_>, signature: &str) -> Result<(), Refused> {
        if !request.is_signed_by(&self.till.public_key, signature) {
            return Err(self.not_signed(ledger, request, signature).await);
        }
        if self.is_revoked { Err(revoked()) } else { Ok(()) }
    }

    /// Signed with a key that was replaced: that till is told why, and people are told that it is still about.
    async fn not_signed(&self, ledger: &Ledger, request: &signing::Request<'_>, signature: &str) -> Refused {
        match self.speaks_with_retired_key(ledger, request, signature).await {
            Ok(true) => Refused::new(StatusCode::FORBIDDEN, "till-revoked", "Another till has taken this one's place."),
            Ok(false) => unsigned(),
            Err(fault) => fault.into(),
        }
    }

    async fn speaks_with_retired_key(&self, ledger: &Ledger, request: &signing::Request<'_>, signature: &str) -> Result<bool, LedgerError> {
        let client = ledger.database().await?;
        let rows = client.query("SELECT public_key FROM retired_keys WHERE till_number = $1", &[&self.till.number]).await?;
        let is_retired = rows.iter().any(|row| request.is_signed_by(&PublicKey(row.get(0)), signature));
        if is_retired {
            alarms::raise(&client, self.till.number, alarms::REPLACED_TILL, 0, "", ledger.now_ms()).await?;
        }
        Ok(is_retired)
    }
}
