//! The tills: where they stand, when they were last heard, what they still have to send; and what has to be looked at.

use crate::error::LedgerError;
use crate::people::Person;
use deadpool_postgres::Object;

/// One till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetTill {
    /// Its number here.
    pub number: i32,
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub office_code: String,
    /// What it is called.
    pub till_code: String,
    /// May it no longer speak?
    pub revoked: bool,
    /// When it was last heard: milliseconds since 1970, UTC.
    pub heard_at_ms: Option<i64>,
    /// Receipts that it still has to send.
    pub unsent_receipts: i64,
    /// Their value.
    pub unsent_pence: i64,
    /// Its open session.
    pub open_session: Option<i64>,
    /// Its program's version.
    pub program_version: String,
    /// Its pack, as the pack's own version where the ledger holds it.
    pub pack: Option<String>,
    /// Its extract's version.
    pub extract_version: Option<i64>,
    /// Entries that the ledger has of it.
    pub entries: i64,
}

/// All tills, by office and code.
///
/// # Errors
/// The database's.
pub async fn tills(client: &Object) -> Result<Vec<FleetTill>, LedgerError> {
    let sql = "SELECT number, id, office_code, till_code, revoked_at_ms IS NOT NULL, heard_at_ms, unsent_receipts, unsent_pence,
            open_session, program_version, COALESCE(pack_version, left(pack_sha256, 8)), extract_version, head_seq
        FROM tills LEFT JOIN packs ON encode(sha256, 'hex') = pack_sha256 ORDER BY office_code, till_code, number";
    let rows = client.query(sql, &[]).await?;
    let tills = rows.iter().map(|row| FleetTill {
        number: row.get(0),
        id: row.get(1),
        office_code: row.get(2),
        till_code: row.get(3),
        revoked: row.get(4),
        heard_at_ms: row.get(5),
        unsent_receipts: row.get(6),
        unsent_pence: row.get(7),
        open_session: row.get(8),
        program_version: row.get(9),
        pack: row.get(10),
        extract_version: row.get(11),
        entries: row.get(12),
    });
    Ok(tills.collect())
}

/// An alarm that nobody has settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub till_number: i32,
    /// Where that till stands, and what it is called.
    pub till: (String, String),
    /// One of the kinds in the `alarms` module.
    pub kind: String,
    /// At which entry.
    pub seq: i64,
    /// A stable code.
    pub detail: String,
    /// How often.
    pub times: i64,
    /// Last when.
    pub last_at_ms: i64,
}

/// Alarms that are open, newest first.
///
/// # Errors
/// The database's.
pub async fn alarms(client: &Object) -> Result<Vec<Alarm>, LedgerError> {
    let sql = "SELECT a.id, a.till_number, t.office_code, t.till_code, kind, seq, detail, times, last_at_ms
        FROM alarms a JOIN tills t ON t.number = a.till_number WHERE settled_at_ms IS NULL ORDER BY last_at_ms DESC LIMIT 200";
    let rows = client.query(sql, &[]).await?;
    let alarms = rows.iter().map(|row| Alarm {
        id: row.get(0),
        till_number: row.get(1),
        till: (row.get(2), row.get(3)),
        kind: row.get(4),
        seq: row.get(5),
        detail: row.get(6),
        times: row.get(7),
        last_at_ms: row.get(8),
    });
    Ok(alarms.collect())
}

/// Settles an alarm, with who and why. False if somebody was first.
///
/// # Errors
/// The database's.
pub async fn settle(client: &Object, id: i64, by: &Person, why: &str, now_ms: i64) -> Result<bool, LedgerError> {
    let sql = "UPDATE alarms SET settled_at_ms = $2, settled_by = $3, settled_why = $4 WHERE id = $1 AND settled_at_ms IS NULL";
    Ok(client.execute(sql, &[&id, &now_ms, &by.code, &why]).await? == 1)
}
