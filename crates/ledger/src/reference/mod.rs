//! Reference data going down: the council pack and the extract of account holders.

mod chunks;
mod differences;
mod extract;
mod pack;
mod stream;

pub use extract::put_extract;
pub(crate) use pack::{get as get_pack, load_pack};
pub use pack::{put_pack, read_pack};
pub(crate) use stream::get as get_extract;

use crate::caller::Signed;
use crate::error::{LedgerError, Refused};
use crate::ledger::Ledger;
use axum::Json;
use axum::extract::{Query, State};
use counterfoil_wire::Hash;
use counterfoil_wire::entries::TillState;
use counterfoil_wire::reference::{ExtractOffer, PackOffer, Reference, Stream};
use deadpool_postgres::{GenericClient, Object};
use serde::Deserialize;
use tokio_postgres::Row;

/// The newest of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Newest {
    /// The pack's SHA-256.
    pub pack: Option<Hash>,
    /// The extract's version.
    pub extract: Option<i64>,
}

impl Newest {
    /// As it is now.
    pub async fn now(client: &impl GenericClient) -> Result<Newest, LedgerError> {
        let statement =
            client.prepare_cached("SELECT (SELECT sha256 FROM packs ORDER BY put_order DESC LIMIT 1), (SELECT max(version) FROM extracts)");
        let row = client.query_one(&statement.await?, &[]).await?;
        let pack = row.get::<_, Option<&[u8]>>(0).map(sha256).transpose()?;
        Ok(Newest { pack, extract: row.get(1) })
    }

    /// Is one of them not what the till has?
    pub fn is_waiting_for(&self, state: &TillState) -> bool {
        let pack = state.pack_sha256.as_deref().and_then(Hash::from_hex);
        let is_older = |version: i64| state.extract_version.is_none_or(|have| have < version.cast_unsigned());
        self.pack.is_some_and(|newest| pack != Some(newest)) || self.extract.is_some_and(is_older)
    }
}

/// What the till has.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Have {
    have_pack: Option<String>,
    have_extract: Option<u64>,
}

/// `GET /v1/reference?have_pack=SHA256&have_extract=VERSION`.
pub(crate) async fn get(State(ledger): State<Ledger>, Query(have): Query<Have>, _signed: Signed) -> Result<Json<Reference>, Refused> {
    let client = ledger.database().await?;
    let newest = Newest::now(&client).await?;
    let have_pack = have.have_pack.as_deref().and_then(Hash::from_hex);
    let pack = match newest.pack.filter(|sha256| have_pack != Some(*sha256)) {
        None => None,
        Some(sha256) => {
            let sql = "SELECT pack_version, length(bundle)::bigint FROM packs WHERE sha256 = $1";
            let row = client.query_one(sql, &[&sha256.0.as_slice()]).await?;
            Some(PackOffer { pack_version: row.get(0), sha256, bytes: row.get::<_, i64>(1).cast_unsigned() })
        }
    };
    let have_extract = have.have_extract.and_then(|version| i64::try_from(version).ok());
    let extract = match newest.extract.filter(|version| have_extract.is_none_or(|have| have < *version)) {
        None => None,
        Some(version) => Some(offer(&client, version, have_extract).await?),
    };
    Ok(Json(Reference { pack, extract }))
}

async fn offer(client: &Object, version: i64, have: Option<i64>) -> Result<ExtractOffer, Refused> {
    let rows: i64 = client.query_one("SELECT rows FROM extracts WHERE version = $1", &[&version]).await?.get(0);
    let sql =
        "SELECT sha256, bytes, since FROM extract_streams WHERE version = $1 AND (since IS NULL OR since = $2) ORDER BY since NULLS FIRST";
    let streams = client.query(sql, &[&version, &have]).await?;
    let mut streams = streams.iter().map(of_row);
    let snapshot = streams.next().ok_or(LedgerError::Stored("an extract without its rows"))??;
    let changes = streams.next().transpose()?.filter(|changes| changes.bytes < snapshot.bytes);
    Ok(ExtractOffer { version: version.cast_unsigned(), rows: rows.cast_unsigned(), snapshot, changes })
}

fn of_row(row: &Row) -> Result<Stream, LedgerError> {
    Ok(Stream { sha256: sha256(row.get(0))?, bytes: row.get::<_, i64>(1).cast_unsigned() })
}

fn sha256(bytes: &[u8]) -> Result<Hash, LedgerError> {
    bytes.try_into().map(Hash).map_err(|_| LedgerError::Stored("a hash of another length"))
}
