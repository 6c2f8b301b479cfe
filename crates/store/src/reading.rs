//! What is read from the store, each question once.

use crate::error::StoreError;
use crate::journal;
use crate::print_jobs::{self, PrintJob};
use counterfoil_domain::Pence;
use counterfoil_domain::entry::Entry;
use counterfoil_domain::sale::LineDraft;
use counterfoil_wire::Head;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Deserialize;

/// The store, for reading: all answers are of one moment.
pub struct Reading<'a>(pub(crate) &'a Connection);

/// The till's name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TillName {
    /// Where it stands.
    pub office_code: String,
    /// What it is called.
    pub till_code: String,
}

/// The extract in use.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ExtractNow {
    /// Its number.
    pub generation: u64,
    /// Its rows.
    pub taken: u64,
    /// The newest balance's date.
    pub as_at: Option<chrono::NaiveDate>,
    /// The ledger's version of it, where it came from there.
    #[serde(default)]
    pub ledger_version: Option<u64>,
}

/// A user's failures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInRow {
    /// Whose.
    pub user_code: String,
    /// Since the last success.
    pub failures: u32,
    /// May not try again until released.
    pub locked: bool,
}

/// A receipt in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Its place in the series.
    pub serial: u64,
    /// Its entry.
    pub seq: u64,
    /// Its number.
    pub number: String,
    /// Its session.
    pub session: u64,
    /// By whom.
    pub user_code: String,
    /// When, ms since 1970 UTC.
    pub at_ms: i64,
    /// The council's date.
    pub day: String,
    /// Its total.
    pub total: Pence,
    /// What it is: a taking, a correction, an over or short.
    pub kind: ReceiptKind,
}

/// What a receipt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptKind {
    /// Money taken.
    Taken = 0,
    /// Taken back in its own session.
    Void = 1,
    /// Paid back later.
    Refund = 2,
    /// Moved to another account.
    Transfer = 3,
    /// A session's difference.
    OverOrShort = 4,
}

impl ReceiptKind {
    pub(crate) fn from_number(number: u8) -> ReceiptKind {
        match number {
            0 => ReceiptKind::Taken,
            1 => ReceiptKind::Void,
            2 => ReceiptKind::Refund,
            3 => ReceiptKind::Transfer,
            _ => ReceiptKind::OverOrShort,
        }
    }
}

/// A posting with what an export needs of its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingRow {
    /// The receipt.
    pub number: String,
    /// Its entry.
    pub seq: u64,
    /// Its place among the receipt's postings.
    pub n: u64,
    /// The council's date.
    pub day: String,
    /// When, ms since 1970 UTC.
    pub at_ms: i64,
    /// By whom.
    pub user_code: String,
    /// The fund.
    pub fund_code: String,
    /// The account reference.
    pub reference: String,
    /// The MOP.
    pub mop_code: String,
    /// The share.
    pub amount: Pence,
    /// The VAT code.
    pub vat_code: String,
    /// The share's VAT.
    pub vat: Pence,
}

/// A parked sale.
#[derive(Clone, Debug, PartialEq)]
pub struct ParkedRow {
    /// Its id.
    pub sale_id: String,
    /// By whom.
    pub user_code: String,
    /// What it is called.
    pub label: String,
    /// What it came to.
    pub total: Pence,
    /// Its lines as typed.
    pub lines: Vec<LineDraft>,
    /// When, ms since 1970 UTC.
    pub parked_at_ms: i64,
}

/// Among the newest receipts only, as many as the second parameter says.
const NEWEST: &str = "serial > (SELECT max(serial) FROM receipts) - ?2";

pub(crate) const RECEIPT: &str = "serial, seq, number, session, user_code, at_ms, day, total_pence, kind";

pub(crate) fn receipt_row(row: &Row<'_>) -> rusqlite::Result<ReceiptRow> {
    Ok(ReceiptRow {
        serial: row.get(0)?,
        seq: row.get(1)?,
        number: row.get(2)?,
        session: row.get(3)?,
        user_code: row.get(4)?,
        at_ms: row.get(5)?,
        day: row.get(6)?,
        total: Pence(row.get(7)?),
        kind: ReceiptKind::from_number(row.get(8)?),
    })
}

/// A lost till's journal was brought here: numbers after `here`, up to and with `last_serial`, stay unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Restored {
    pub last_serial: u64,
    pub here: u64,
}

impl Reading<'_> {
    /// The journal's end.
    pub fn head(&self) -> Result<Head, StoreError> {
        journal::head(self.0)
    }

    /// An entry, with its sequence number, by id.
    pub fn entry_by_id(&self, id: &[u8; 16]) -> Result<Option<(u64, Entry)>, StoreError> {
        let found: Option<(u64, Vec<u8>)> = self
            .0
            .prepare_cached("SELECT seq, body FROM journal WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(seq, body)| Ok((seq, serde_json::from_slice(&body)?))).transpose()
    }

    /// An entry by its sequence number.
    pub fn entry(&self, seq: u64) -> Result<Option<Entry>, StoreError> {
        let body: Option<Vec<u8>> =
            self.0.prepare_cached("SELECT body FROM journal WHERE seq = ?1")?.query_row([seq], |row| row.get(0)).optional()?;
        body.map(|body| Ok(serde_json::from_slice(&body)?)).transpose()
    }

    pub(crate) fn latest<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let value: Option<String> =
            self.0.prepare_cached("SELECT value FROM latest WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?;
        value.map(|value| Ok(serde_json::from_str(&value)?)).transpose()
    }

    /// The till's name, once it has one.
    pub fn till_name(&self) -> Result<Option<TillName>, StoreError> {
        self.latest("till")
    }

    /// The extract in use, once there is one.
    pub fn extract(&self) -> Result<Option<ExtractNow>, StoreError> {
        self.latest("extract")
    }

    /// The applied pack's hash, in hexadecimal, once one is applied.
    pub fn pack_sha256(&self) -> Result<Option<String>, StoreError> {
        #[derive(Deserialize)]
        struct Which {
            sha256: String,
        }
        Ok(self.latest::<Which>("pack")?.map(|which| which.sha256))
    }

    /// The applied pack's files, once one is applied.
    pub fn pack_bundle(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(sha256) = self.pack_sha256()? else { return Ok(None) };
        self.bundle_of_pack(&sha256)
    }

    /// The hashes of all packs that were ever applied, in hexadecimal.
    pub fn packs(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT sha256 FROM packs ORDER BY sha256")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The files of a pack that was applied once.
    pub fn bundle_of_pack(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bundle FROM packs WHERE sha256 = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([sha256], |row| row.get(0)).optional()?)
    }

    /// The number that the ledger knows this till by, once it is enrolled.
    pub fn till_number(&self) -> Result<Option<u32>, StoreError> {
        #[derive(Deserialize)]
        struct Enrolment {
            till_number: u32,
        }
        Ok(self.latest::<Enrolment>("enrolment")?.map(|enrolment| enrolment.till_number))
    }

    /// A user's failures, if any were ever counted.
    pub fn sign_in(&self, user_code: &str) -> Result<Option<SignInRow>, StoreError> {
        Ok(self.locked_or("user_code = ?1", [user_code])?.pop())
    }

    /// Everybody who is locked.
    pub fn locked_users(&self) -> Result<Vec<SignInRow>, StoreError> {
        self.locked_or("locked = 1 ORDER BY user_code", [])
    }

    fn locked_or(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<SignInRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT user_code, failures, locked FROM sign_ins WHERE {condition}"))?;
        let rows =
            statement.query_map(params, |row| Ok(SignInRow { user_code: row.get(0)?, failures: row.get(1)?, locked: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Where the series of receipts goes on after a lost till's journal was brought here.
    pub(crate) fn restored(&self) -> Result<Option<Restored>, StoreError> {
        self.latest("restored")
    }

    /// The next place in the receipts' series.
    pub fn next_serial(&self) -> Result<u64, StoreError> {
        let given_out = self.restored()?.map_or(0, |restored| restored.last_serial);
        let last: u64 = self.0.prepare_cached("SELECT coalesce(max(serial), 0) FROM receipts")?.query_row([], |row| row.get(0))?;
        Ok(last.max(given_out) + 1)
    }

    /// What this till took on an account after the end of `day`'s extract (that day's own takings count: an extract is made
    /// before the counter opens).
    pub fn taken_since(&self, fund_code: &str, reference: &str, day: chrono::NaiveDate) -> Result<Pence, StoreError> {
        let sql = "SELECT coalesce(sum(amount_pence), 0) FROM postings WHERE reference = ?1 AND fund_code = ?2 AND day >= ?3
                     AND serial >= (SELECT min(first_serial) FROM day_runs WHERE day >= ?3)";
        let sum = self.0.prepare_cached(sql)?.query_row((reference, fund_code, day.to_string()), |row| row.get(0))?;
        Ok(Pence(sum))
    }

    /// A receipt by its number.
    ///
    /// The number ends in the serial, with zeros before it; so each run of digits at its end is tried as the key.
    pub fn receipt_by_number(&self, number: &str) -> Result<Option<ReceiptRow>, StoreError> {
        let digits: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
        for run in digits {
            for start in 0..run.len() {
                let Ok(serial) = run[start..].parse::<u64>() else { continue };
                if let Some(row) = self.receipt(serial)?.filter(|row| row.number.eq_ignore_ascii_case(number)) {
                    return Ok(Some(row));
                }
            }
        }
        Ok(None)
    }

    /// A receipt by its place in the series.
    pub fn receipt(&self, serial: u64) -> Result<Option<ReceiptRow>, StoreError> {
        let Ok(serial) = i64::try_from(serial) else { return Ok(None) };
        let sql = format!("SELECT {RECEIPT} FROM receipts WHERE serial = ?1");
        Ok(self.0.prepare_cached(&sql)?.query_row([serial], receipt_row).optional()?)
    }

    /// The newest receipts.
    pub fn latest_receipts(&self, most: u32) -> Result<Vec<ReceiptRow>, StoreError> {
        self.receipts("1 ORDER BY serial DESC LIMIT ?1", [most])
    }

    /// Receipts of exactly this total, among so many of the newest: an index would make every payment slower for a question that
    /// is asked a few times a day, and nearly always of a receipt of this week.
    pub fn receipts_by_total(&self, total: Pence, among: u64, most: u32) -> Result<Vec<ReceiptRow>, StoreError> {
        let condition = format!("{NEWEST} AND total_pence = ?3 ORDER BY serial DESC LIMIT ?1");
        self.receipts(&condition, (most, among, total.0))
    }

    /// Receipts paid with a card that ends so, whichever of its cards it is, among so many of the newest.
    pub fn receipts_by_last_four(&self, last_four: &str, among: u64, most: u32) -> Result<Vec<ReceiptRow>, StoreError> {
        let condition = format!("{NEWEST} AND instr(' ' || last_four || ' ', ' ' || ?3 || ' ') > 0 ORDER BY serial DESC LIMIT ?1");
        self.receipts(&condition, (most, among, last_four))
    }

    /// Receipts with a line on a reference that begins so.
    pub fn receipts_by_reference(&self, prefix: &str, most: u32) -> Result<Vec<ReceiptRow>, StoreError> {
        let condition = "serial IN (SELECT serial FROM postings WHERE reference >= ?1 AND reference < ?1 || char(1114111))
                         ORDER BY serial DESC LIMIT ?2";
        self.receipts(condition, (prefix, most))
    }

    /// Receipts of a day taken between two moments, ms since 1970 UTC.
    pub fn receipts_between(&self, day: chrono::NaiveDate, from_ms: i64, to_ms: i64, most: u32) -> Result<Vec<ReceiptRow>, StoreError> {
        let Some((first, last)) = self.serials_of_days(day, day)? else { return Ok(Vec::new()) };
        let condition = "serial BETWEEN ?1 AND ?2 AND at_ms >= ?3 AND at_ms < ?4 ORDER BY serial DESC LIMIT ?5";
        self.receipts(condition, (first, last, from_ms, to_ms, most))
    }

    fn receipts(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<ReceiptRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT {RECEIPT} FROM receipts WHERE {condition}"))?;
        Ok(statement.query_map(params, receipt_row)?.collect::<Result<_, _>>()?)
    }

    /// The postings of the days from `from` to `to`, both included, in journal order, one after the other.
    pub fn each_posting<E: From<StoreError>>(
        &self,
        from: chrono::NaiveDate,
        to: chrono::NaiveDate,
        mut take: impl FnMut(PostingRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT r.number, r.seq, p.n, p.day, r.at_ms, r.user_code, p.fund_code, p.reference, p.mop_code, p.amount_pence,
                          p.vat_code, p.vat_pence
                   FROM postings p JOIN receipts r ON r.serial = p.serial
                   WHERE p.serial BETWEEN ?3 AND ?4 AND p.day BETWEEN ?1 AND ?2 ORDER BY p.serial, p.n";
        let Some((first, last)) = self.serials_of_days(from, to)? else { return Ok(()) };
        let mut statement = self.0.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = statement.query((from.to_string(), to.to_string(), first, last)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(posting_row(row).map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// Parked sales, the oldest first.
    pub fn parked(&self) -> Result<Vec<ParkedRow>, StoreError> {
        self.parked_where("1 ORDER BY seq", [])
    }

    /// One parked sale.
    pub fn parked_sale(&self, sale_id: &str) -> Result<Option<ParkedRow>, StoreError> {
        Ok(self.parked_where("sale_id = ?1", [sale_id])?.pop())
    }

    fn parked_where(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<ParkedRow>, StoreError> {
        let sql = format!("SELECT sale_id, user_code, label, total_pence, lines, parked_at_ms FROM parked_sales WHERE {condition}");
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map(params, |row| {
            let lines: String = row.get(4)?;
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, Pence(row.get(3)?), lines, row.get(5)?))
        })?;
        rows.map(|row| {
            let (sale_id, user_code, label, total, lines, parked_at_ms) = row?;
            Ok(ParkedRow { sale_id, user_code, label, total, lines: serde_json::from_str(&lines)?, parked_at_ms })
        })
        .collect()
    }

    /// The job that has to come out next: the oldest of the till's own printer, before those of the other one. Those of either may be
    /// passed over.
    pub fn next_print_job(&self, passed_over: [bool; 2]) -> Result<Option<PrintJob>, StoreError> {
        print_jobs::next(self.0, passed_over)
    }

    /// The newest job of an entry's document, if one has still to come out.
    pub fn print_job_of(&self, seq: u64) -> Result<Option<PrintJob>, StoreError> {
        print_jobs::latest_for(self.0, seq)
    }

    /// The jobs that have still to come out, the oldest first.
    pub fn print_jobs(&self, most: u32) -> Result<Vec<PrintJob>, StoreError> {
        print_jobs::all(self.0, most)
    }

    /// How many jobs wait, how many were given up, and the trouble of one that has any.
    pub fn print_summary(&self) -> Result<(u64, u64, Option<String>), StoreError> {
        print_jobs::summary(self.0)
    }

    /// The printers that have answered, as [`crate::Store::keep_printers_that_answered`] was told.
    pub fn printers_that_answered(&self) -> Result<Option<String>, StoreError> {
        print_jobs::answered(self.0)
    }
}

fn posting_row(row: &Row<'_>) -> rusqlite::Result<PostingRow> {
    Ok(PostingRow {
        number: row.get(0)?,
        seq: row.get(1)?,
        n: row.get(2)?,
        day: row.get(3)?,
        at_ms: row.get(4)?,
        user_code: row.get(5)?,
        fund_code: row.get(6)?,
        reference: row.get(7)?,
        mop_code: row.get(8)?,
        amount: Pence(row.get(9)?),
        vat_code: row.get(10)?,
        vat: Pence(row.get(11)?),
    })
}
