//! Council packs: put by an administrator, fetched by tills, and read for the rules that postings are held against.

use crate::caller::Signed;
use crate::council_clock::CouncilClock;
use crate::error::{LedgerError, Refused};
use crate::ledger::{Ledger, OfPack};
use crate::rules::Rules;
use axum::extract::{Path, State};
use counterfoil_pack::{PackFiles, PackProblem, check};
use counterfoil_wire::Hash;
use deadpool_postgres::GenericClient;
use std::path::Path as FilePath;
use std::sync::Arc;

/// Keeps a pack and makes it the newest. Answers its SHA-256.
///
/// # Errors
/// Everything that is wrong with the pack; the database's.
pub async fn put_pack(ledger: &Ledger, files: &PackFiles) -> Result<Hash, LedgerError> {
    let council = check(files).map_err(|problems| listed(&problems))?;
    let bundle = files.to_bundle();
    let sha256 = Hash::of(&bundle);
    let sql = "INSERT INTO packs (sha256, put_at_ms, council_code, pack_version, bundle) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (sha256) DO UPDATE SET put_order = nextval('pack_order'), put_at_ms = excluded.put_at_ms";
    let (identity, now_ms) = (&council.identity, ledger.now_ms());
    let client = ledger.database().await?;
    client.execute(sql, &[&sha256.0.as_slice(), &now_ms, &identity.code, &identity.pack_version, &bundle]).await?;
    Ok(sha256)
}

/// A pack's folder, or its bundle.
///
/// # Errors
/// What is wrong with it.
pub fn read_pack(path: &FilePath) -> Result<PackFiles, LedgerError> {
    if path.is_dir() {
        return PackFiles::read_dir(path).map_err(|problems| listed(&problems));
    }
    let bundle = std::fs::read(path).map_err(|error| LedgerError::File { path: path.display().to_string(), error })?;
    PackFiles::from_bundle(&bundle).map_err(|problems| listed(&problems))
}

/// The problems, a line each.
fn listed(problems: &[PackProblem]) -> LedgerError {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    LedgerError::Setting(format!("the pack isn't right:\n{}", lines.join("\n")))
}

/// What the hub takes from a pack that is held. Of a pack of a later format that is nothing: nothing is judged by what can't be read.
pub(crate) async fn load_pack(client: &impl GenericClient, sha256: Hash) -> Result<OfPack, LedgerError> {
    let row = client.query_opt("SELECT bundle FROM packs WHERE sha256 = $1", &[&sha256.0.as_slice()]).await?;
    let council = row.and_then(|row| PackFiles::from_bundle(row.get(0)).and_then(|files| check(&files)).ok());
    Ok(council.map_or_else(OfPack::default, |council| OfPack {
        rules: Rules::of(&council).map(Arc::new),
        clock: CouncilClock::of(&council.identity),
    }))
}

/// `GET /v1/reference/pack/{sha256}`: the bundle.
pub(crate) async fn get(State(ledger): State<Ledger>, Path(sha256): Path<String>, _signed: Signed) -> Result<Vec<u8>, Refused> {
    let none = || Refused::not_found("No such pack.");
    let sha256 = Hash::from_hex(&sha256).ok_or_else(none)?;
    let client = ledger.database().await?;
    let row = client.query_opt("SELECT bundle FROM packs WHERE sha256 = $1", &[&sha256.0.as_slice()]).await?;
    Ok(row.ok_or_else(none)?.get(0))
}
