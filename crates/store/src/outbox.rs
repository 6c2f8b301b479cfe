//! What has still to reach the ledger, and what the ledger has said. What was taken is in the journal already: the outbox is
//! a place in it, and nothing is copied.

use crate::error::StoreError;
use crate::reading::Reading;
use crate::store::Store;
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_wire::Hash;
use counterfoil_wire::entries::CodeTotal;
use counterfoil_wire::reconciliation::ReconciliationRow;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

/// How far the ledger has the journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Up to and with this entry.
    pub seq: u64,
    /// The last receipt up to there.
    pub serial: u64,
    /// The sum of all receipts up to there.
    pub running_pence: Pence,
}

/// An entry on its way to the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// Its exact bytes.
    pub body: Vec<u8>,
}

/// Where a receipt's delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Something of it may have arrived.
    UnderWay = 0,
    /// The ledger has it.
    Delivered = 1,
    /// It can't be delivered as it is; a person decides.
    Quarantined = 2,
}

/// A receipt that goes to a ledger one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Its entry.
    pub seq: u64,
    /// Its place in the series.
    pub serial: u64,
    /// Where it stands.
    pub state: DeliveryState,
    /// What the transport keeps of it, as JSON.
    pub detail: String,
}

/// What is kept of the ledger beside its acknowledgement, each as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerNote {
    /// The head that the ledger signed last.
    SignedHead,
    /// Who this till is to the ledger.
    Enrolment,
    /// Why sending has stopped until a person has looked.
    Alarm,
    /// This store's own first start has begun to make the till known, by the code that the installation was given; or it never shall.
    FirstStart,
}

impl LedgerNote {
    fn name(self) -> &'static str {
        match self {
            LedgerNote::SignedHead => "ledger-signed-head",
            LedgerNote::Enrolment => "ledger-enrolment",
            LedgerNote::Alarm => "ledger-alarm",
            LedgerNote::FirstStart => "ledger-first-start",
        }
    }
}

const ACKNOWLEDGED: &str = "ledger-acknowledged";

impl Reading<'_> {
    /// How far the ledger has the journal.
    pub fn acknowledged(&self) -> Result<Acknowledged, StoreError> {
        Ok(meta(self.0, ACKNOWLEDGED)?.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
    }

    /// What is kept of the ledger.
    pub fn ledger_note(&self, note: LedgerNote) -> Result<Option<String>, StoreError> {
        meta(self.0, note.name())
    }

    /// Receipts that the ledger hasn't acknowledged, or has refused: how many, and their value.
    pub fn unsent(&self) -> Result<(u64, Pence), StoreError> {
        let known = self.acknowledged()?;
        let sql = "SELECT serial, running_pence FROM receipts ORDER BY serial DESC LIMIT 1";
        let last = self.0.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, Pence(row.get(1)?)))).optional()?;
        let (serial, running): (u64, Pence) = last.unwrap_or((0, Pence::ZERO));
        let sql = "SELECT count(*), coalesce(sum(r.total_pence), 0) FROM deliveries d JOIN receipts r USING (serial)
                   WHERE d.state <> 1 AND d.seq <= ?1";
        let aside: (u64, i64) = self.0.prepare_cached(sql)?.query_row([known.seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let unused = self.restored()?.filter(|restored| known.serial <= restored.here && serial > restored.last_serial);
        let after = serial.saturating_sub(known.serial + unused.map_or(0, |restored| restored.last_serial - restored.here));
        Ok((after + aside.0, running.minus(known.running_pence).plus(Pence(aside.1))))
    }

    /// The entries after `after`, as many as fit: at most `most`, and `most_bytes` bytes with a line break for each.
    pub fn outgoing(&self, after: u64, most: usize, most_bytes: usize) -> Result<Vec<Outgoing>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT seq, hash, body FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
        let mut rows = statement.query((after, most as u64))?;
        let (mut outgoing, mut bytes) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let entry = Outgoing { seq: row.get(0)?, hash: Hash(row.get(1)?), body: row.get(2)? };
            bytes += entry.body.len() + 1;
            if bytes > most_bytes && !outgoing.is_empty() {
                break;
            }
            outgoing.push(entry);
        }
        Ok(outgoing)
    }

    /// The hash of an entry; of none, what the first names as the one before it.
    pub fn hash_at(&self, seq: u64) -> Result<Option<Hash>, StoreError> {
        if seq == 0 {
            return Ok(Some(Hash::NONE));
        }
        let sql = "SELECT hash FROM journal WHERE seq = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([seq], |row| row.get(0).map(Hash)).optional()?)
    }

    /// What is still to be delivered to a ledger that takes receipts one by one, in the order of the series: those under way, and
    /// after them those that nobody has tried yet. At most `most` of each.
    pub fn to_deliver(&self, most: u64) -> Result<Vec<DeliveryRow>, StoreError> {
        let sql = "SELECT seq, serial, state, detail FROM deliveries WHERE state = 0 ORDER BY seq LIMIT ?1";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query_map([most], delivery_row)?.collect::<Result<Vec<_>, _>>()?;
        let sql = "SELECT r.seq, r.serial, 0, '' FROM receipts r LEFT JOIN deliveries d USING (seq)
                   WHERE r.serial > ?1 AND d.seq IS NULL ORDER BY r.serial LIMIT ?2";
        let mut statement = self.0.prepare_cached(sql)?;
        let fresh = statement.query_map((self.acknowledged()?.serial, most), delivery_row)?;
        rows.extend(fresh.collect::<Result<Vec<_>, _>>()?);
        rows.sort_by_key(|row| row.seq);
        Ok(rows)
    }

    /// Where a receipt's delivery stands, for a ledger that takes them one by one.
    pub fn delivery(&self, seq: u64) -> Result<Option<DeliveryRow>, StoreError> {
        let sql = "SELECT seq, serial, state, detail FROM deliveries WHERE seq = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([seq], delivery_row).optional()?)
    }

    /// Receipts that wait for a person, the oldest first.
    pub fn quarantined(&self) -> Result<Vec<DeliveryRow>, StoreError> {
        let sql = "SELECT seq, serial, state, detail FROM deliveries WHERE state = 2 ORDER BY seq LIMIT 200";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map([], delivery_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Postings of a session by MOP and by fund, without over and short, up to an entry: what the ledger's totals are held against.
    pub fn ledger_totals(&self, session: u64, up_to_seq: u64) -> Result<(Vec<CodeTotal>, Vec<CodeTotal>), StoreError> {
        Ok((self.totals_by("mop_code", session, up_to_seq)?, self.totals_by("fund_code", session, up_to_seq)?))
    }

    /// Receipts of a session with their value, corrections included, and those of them that the ledger has.
    pub fn session_in_ledger(&self, session: u64) -> Result<(u64, Pence, u64, Pence), StoreError> {
        let known = self.acknowledged()?.seq;
        let sql = "SELECT count(*), coalesce(sum(r.total_pence), 0), count(here.serial), coalesce(sum(here.total_pence), 0)
                   FROM receipts r LEFT JOIN receipts here ON here.serial = r.serial AND here.seq <= ?2
                     AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.seq = here.seq AND d.state <> 1)
                   WHERE r.serial >= (SELECT first_serial FROM sessions WHERE number = ?1) AND r.session = ?1";
        let answer = |row: &Row<'_>| Ok((row.get(0)?, Pence(row.get(1)?), row.get(2)?, Pence(row.get(3)?)));
        Ok(self.0.prepare_cached(sql)?.query_row((session, known), answer)?)
    }

    fn totals_by(&self, column: &str, session: u64, up_to_seq: u64) -> Result<Vec<CodeTotal>, StoreError> {
        let sql = format!(
            "SELECT p.{column}, count(*), sum(p.amount_pence) FROM receipts r JOIN postings p USING (serial)
             WHERE r.serial >= (SELECT first_serial FROM sessions WHERE number = ?1) AND r.session = ?1 AND r.seq <= ?2 AND r.kind <> 4
             GROUP BY 1 ORDER BY 1"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let total = |row: &Row<'_>| Ok(CodeTotal { code: row.get(0)?, count: row.get(1)?, amount_pence: Pence(row.get(2)?) });
        let rows = statement.query_map((session, up_to_seq), total)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// This side of a reconciliation: postings by session, MOP and fund of these days, up to an entry.
    pub fn reconciliation(&self, from: NaiveDate, to: NaiveDate, up_to_seq: u64) -> Result<Vec<ReconciliationRow>, StoreError> {
        let sql = "SELECT r.session, p.mop_code, p.fund_code, count(*), sum(p.amount_pence)
                   FROM receipts r JOIN postings p USING (serial)
                   WHERE r.serial >= (SELECT min(first_serial) FROM day_runs WHERE day >= ?1) AND r.day BETWEEN ?1 AND ?2 AND r.seq <= ?3
                   GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map((from.to_string(), to.to_string(), up_to_seq), |row| {
            Ok(ReconciliationRow {
                session: row.get(0)?,
                mop_code: row.get(1)?,
                fund_code: row.get(2)?,
                count: row.get(3)?,
                amount_pence: Pence(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// The ledger has the journal up to and with this entry, and says so. Going back is for a ledger that has lost some.
    ///
    /// # Errors
    /// The store's own; nothing is then noted, and the same entries are sent again.
    pub fn acknowledge(&self, seq: u64, signed_head: Option<&str>) -> Result<Acknowledged, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let known = Reading(&transaction).acknowledged()?;
        let from = if seq < known.seq { 0 } else { known.serial };
        let sql = "SELECT serial, running_pence FROM receipts WHERE serial > ?1 AND seq <= ?2 ORDER BY serial DESC LIMIT 1";
        let last = transaction.query_row(sql, (from, seq), |row| Ok((row.get(0)?, Pence(row.get(1)?)))).optional()?;
        let (serial, running_pence) = last.unwrap_or(if from == 0 { (0, Pence::ZERO) } else { (known.serial, known.running_pence) });
        let now = Acknowledged { seq, serial, running_pence };
        note(&transaction, ACKNOWLEDGED, Some(&serde_json::to_string(&now)?))?;
        if let Some(head) = signed_head {
            note(&transaction, LedgerNote::SignedHead.name(), Some(head))?;
        }
        transaction.commit()?;
        Ok(now)
    }

    /// Keeps something of the ledger, or forgets it.
    ///
    /// # Errors
    /// The store's own.
    pub fn keep_ledger_note(&self, which: LedgerNote, text: Option<&str>) -> Result<(), StoreError> {
        note(&self.writer(), which.name(), text)
    }

    /// Writes down where a receipt's delivery stands. Whatever is certain of it, delivered or set aside for a person, moves the
    /// place up to which the ledger has the journal, in the same transaction.
    ///
    /// # Errors
    /// The store's own; the delivery is then looked into again, and nothing is posted twice by that.
    pub fn keep_delivery(&self, row: &DeliveryRow) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let sql = "INSERT INTO deliveries (seq, serial, state, detail) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (seq) DO UPDATE SET state = excluded.state, detail = excluded.detail";
        transaction.prepare_cached(sql)?.execute((row.seq, row.serial, row.state as u8, &row.detail))?;
        let known = Reading(&transaction).acknowledged()?;
        if row.state != DeliveryState::UnderWay && row.seq > known.seq {
            let sql = "SELECT running_pence FROM receipts WHERE serial = ?1";
            let running_pence = Pence(transaction.query_row(sql, [row.serial], |row| row.get(0))?);
            let now = Acknowledged { seq: row.seq, serial: row.serial, running_pence };
            note(&transaction, ACKNOWLEDGED, Some(&serde_json::to_string(&now)?))?;
        }
        Ok(transaction.commit()?)
    }
}

pub(crate) fn meta(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    Ok(connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?)
}

pub(crate) fn note(connection: &Connection, name: &str, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => {
            connection.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?.execute((name, value))?;
        }
        None => {
            connection.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([name])?;
        }
    }
    Ok(())
}

fn delivery_row(row: &Row<'_>) -> rusqlite::Result<DeliveryRow> {
    let state = match row.get::<_, u8>(2)? {
        0 => DeliveryState::UnderWay,
        1 => DeliveryState::Delivered,
        _ => DeliveryState::Quarantined,
    };
    Ok(DeliveryRow { seq: row.get(0)?, serial: row.get(1)?, state, detail: row.get(3)? })
}
