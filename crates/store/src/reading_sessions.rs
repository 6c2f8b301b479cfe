//! What is read of sessions, counts, cash and deposits, each question once.

use crate::error::StoreError;
use crate::reading::{RECEIPT, Reading, ReceiptKind, ReceiptRow, receipt_row};
use counterfoil_domain::Pence;
use counterfoil_domain::day_end::{FundTakings, MopTakings, SessionTotals, Tally, VatTakings};
use counterfoil_domain::entry::Entry;
use rusqlite::{OptionalExtension, Row};
use std::collections::BTreeMap;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Its number.
    pub number: u64,
    /// Whose it is.
    pub user_code: String,
    /// The counted float.
    pub float: Pence,
    /// When it was opened, ms since 1970 UTC.
    pub opened_at_ms: i64,
    /// The council's date then.
    pub day: String,
    /// Where its receipts begin in the series.
    pub first_serial: u64,
    /// Where they end, once it is closed.
    pub last_serial: Option<u64>,
    /// The entry that closed it.
    pub closed_seq: Option<u64>,
    /// Its Z read's number, once it is closed.
    pub z: Option<u64>,
    /// The deposit that took its money to the bank.
    pub deposit: Option<u64>,
}

const SESSION: &str = "number, user_code, float_pence, opened_at_ms, day, first_serial, last_serial, closed_seq, z, deposit";

/// A session's difference is in its run of the series, and is no taking. Asked once for all rows, of the few receipts that are
/// anything but a taking.
const NOT_OVER_OR_SHORT: &str = "serial NOT IN (SELECT serial FROM receipts INDEXED BY receipts_not_takings
                                 WHERE kind <> 0 AND kind = 4 AND serial BETWEEN ?1 AND ?2)";

fn session_row(row: &Row<'_>) -> rusqlite::Result<SessionRow> {
    Ok(SessionRow {
        number: row.get(0)?,
        user_code: row.get(1)?,
        float: Pence(row.get(2)?),
        opened_at_ms: row.get(3)?,
        day: row.get(4)?,
        first_serial: row.get(5)?,
        last_serial: row.get(6)?,
        closed_seq: row.get(7)?,
        z: row.get(8)?,
        deposit: row.get(9)?,
    })
}

/// A count of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// The first is 1.
    pub attempt: u32,
    /// Its entry.
    pub seq: u64,
    /// It doesn't stand.
    pub rejected: bool,
}

/// Cash between drawer and safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovementRow {
    /// Its entry.
    pub seq: u64,
    /// In which session.
    pub session: u64,
    /// `lift`, `top-up` or `exchange`.
    pub kind: String,
    /// What the drawer holds more by.
    pub amount: Pence,
    /// A lift's bag.
    pub bag: String,
    /// By whom.
    pub user_code: String,
    /// When, ms since 1970 UTC.
    pub at_ms: i64,
}

/// What was taken back of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorrectionRow {
    /// Which line of the corrected receipt, from 0.
    pub line: usize,
    /// The correcting receipt.
    pub serial: u64,
    /// What that is.
    pub kind: ReceiptKind,
    /// How much.
    pub amount: Pence,
}

/// A deposit in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepositRow {
    /// Its number.
    pub number: u64,
    /// Its entry.
    pub seq: u64,
    /// The council's date.
    pub day: String,
    /// The paying-in slip's number.
    pub slip: String,
    /// Cash banked.
    pub cash: Pence,
    /// Cash that the counts say there should be.
    pub cash_expected: Pence,
    /// Cheques banked.
    pub cheques: Pence,
    /// Postal orders banked.
    pub postal_orders: Pence,
    /// Cash that this deposit and those before it left unbanked of what was counted.
    pub kept_back: Pence,
}

impl Reading<'_> {
    /// The open session. One is open at a time, so that only the last can be.
    pub fn open_session(&self) -> Result<Option<SessionRow>, StoreError> {
        Ok(self.sessions("number = (SELECT max(number) FROM sessions) AND z IS NULL", [])?.pop())
    }

    /// A session.
    pub fn session(&self, number: u64) -> Result<Option<SessionRow>, StoreError> {
        Ok(self.sessions("number = ?1", [number])?.pop())
    }

    /// The session that a Z read closed.
    pub fn session_of_z(&self, z: u64) -> Result<Option<SessionRow>, StoreError> {
        Ok(self.sessions("z = ?1", [z])?.pop())
    }

    /// Closed sessions whose money isn't on its way to the bank, the oldest first.
    pub fn sessions_to_bank(&self) -> Result<Vec<SessionRow>, StoreError> {
        self.sessions("z IS NOT NULL AND deposit IS NULL ORDER BY number", [])
    }

    /// The latest closed sessions, the newest first.
    pub fn closed_sessions(&self, most: u32) -> Result<Vec<SessionRow>, StoreError> {
        self.sessions("z IS NOT NULL ORDER BY number DESC LIMIT ?1", [most])
    }

    fn sessions(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<SessionRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT {SESSION} FROM sessions WHERE {condition}"))?;
        Ok(statement.query_map(params, session_row)?.collect::<Result<_, _>>()?)
    }

    /// The next number in the sessions' series.
    pub fn next_session(&self) -> Result<u64, StoreError> {
        self.number("SELECT coalesce(max(number), 0) + 1 FROM sessions")
    }

    /// The next number in the Z reads' series.
    pub fn next_z(&self) -> Result<u64, StoreError> {
        self.number("SELECT coalesce(max(z), 0) + 1 FROM sessions")
    }

    /// The next number in the deposits' series.
    pub fn next_deposit(&self) -> Result<u64, StoreError> {
        self.number("SELECT coalesce(max(number), 0) + 1 FROM deposits")
    }

    fn number(&self, sql: &str) -> Result<u64, StoreError> {
        Ok(self.0.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// A session's receipts in order, corrections and its over or short among them.
    pub fn session_receipts(&self, session: &SessionRow) -> Result<Vec<ReceiptRow>, StoreError> {
        let mut statement =
            self.0.prepare_cached(&format!("SELECT {RECEIPT} FROM receipts WHERE serial BETWEEN ?1 AND ?2 ORDER BY serial"))?;
        Ok(statement.query_map(run(session), receipt_row)?.collect::<Result<_, _>>()?)
    }

    /// What a session comes to; its over or short isn't in it.
    pub fn session_totals(&self, session: &SessionRow) -> Result<SessionTotals, StoreError> {
        let (lifts, top_ups) = (self.moved(session, "lift")?, self.moved(session, "top-up")?);
        let (first_receipt, last_receipt) = self.first_and_last(session)?;
        let [receipts, voids, refunds] = self.receipts_by_kind(session)?;
        Ok(SessionTotals {
            receipts,
            voids,
            refunds,
            transfers: self.transferred(session)?,
            lifts: Tally { amount: lifts.amount.negated(), ..lifts },
            top_ups,
            drawer_openings: self
                .0
                .prepare_cached("SELECT count(*) FROM drawer_openings WHERE session = ?1")?
                .query_row([session.number], |row| row.get(0))?,
            first_receipt,
            last_receipt,
            ..self.takings_of_session(session)?
        })
    }

    /// Takings by MOP, without any over or short.
    pub fn mop_takings(&self, session: &SessionRow) -> Result<Vec<MopTakings>, StoreError> {
        let sql = format!(
            "SELECT mop_code, sum(amount_pence), count(*) FROM postings WHERE serial BETWEEN ?1 AND ?2 AND {NOT_OVER_OR_SHORT}
             GROUP BY mop_code ORDER BY mop_code"
        );
        let read = |row: &Row<'_>| Ok(MopTakings { mop_code: row.get(0)?, amount: Pence(row.get(1)?), count: row.get(2)? });
        Ok(self.0.prepare_cached(&sql)?.query_map(run(session), read)?.collect::<Result<_, _>>()?)
    }

    /// Takings by MOP, fund and VAT code, in one walk through the session's postings; nothing else is filled in.
    fn takings_of_session(&self, session: &SessionRow) -> Result<SessionTotals, StoreError> {
        let sql = format!(
            "SELECT mop_code, fund_code, vat_code, sum(amount_pence), sum(vat_pence), count(*)
             FROM postings WHERE serial BETWEEN ?1 AND ?2 AND {NOT_OVER_OR_SHORT} GROUP BY mop_code, fund_code, vat_code"
        );
        let (mut mops, mut funds, mut codes) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut statement = self.0.prepare_cached(&sql)?;
        let mut rows = statement.query(run(session))?;
        while let Some(row) = rows.next()? {
            let (amount, vat, count) = (Pence(row.get(3)?), Pence(row.get(4)?), row.get(5)?);
            for (sums, key) in [(&mut mops, row.get(0)?), (&mut funds, row.get(1)?), (&mut codes, row.get(2)?)] {
                let sum: &mut (Pence, Pence, u64) = sums.entry(key).or_default();
                *sum = (sum.0.plus(amount), sum.1.plus(vat), sum.2.saturating_add(count));
            }
        }
        let mop = |(mop_code, (amount, _, count)): (String, _)| MopTakings { mop_code, amount, count };
        let fund = |(fund_code, (amount, vat, count)): (String, _)| FundTakings { fund_code, amount, vat, count };
        let code = |(vat_code, (gross, vat, _)): (String, (Pence, Pence, u64))| VatTakings { vat_code, gross, vat };
        Ok(SessionTotals {
            mops: mops.into_iter().map(mop).collect(),
            funds: funds.into_iter().map(fund).collect(),
            vat: codes.into_iter().map(code).collect(),
            ..SessionTotals::default()
        })
    }

    /// Takings, voids and refunds.
    fn receipts_by_kind(&self, session: &SessionRow) -> Result<[Tally; 3], StoreError> {
        let sql = "SELECT kind, count(*), sum(total_pence) FROM receipts WHERE serial BETWEEN ?1 AND ?2 GROUP BY kind";
        let mut tallies = [Tally::default(); 3];
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(run(session))?;
        while let Some(row) = rows.next()? {
            if let Some(tally) = tallies.get_mut(row.get::<_, usize>(0)?) {
                *tally = Tally { count: row.get(1)?, amount: Pence(row.get(2)?) };
            }
        }
        Ok(tallies)
    }

    /// Transfers have no total of their own: what counts is what they took from the line.
    fn transferred(&self, session: &SessionRow) -> Result<Tally, StoreError> {
        let sql = "SELECT count(*), coalesce(sum(p.amount_pence), 0)
                   FROM receipts r INDEXED BY receipts_not_takings JOIN postings p ON p.serial = r.serial
                   WHERE r.serial BETWEEN ?1 AND ?2 AND r.kind <> 0 AND r.kind = 3 AND p.amount_pence > 0";
        Ok(self.0.prepare_cached(sql)?.query_row(run(session), tally)?)
    }

    fn moved(&self, session: &SessionRow, kind: &str) -> Result<Tally, StoreError> {
        let sql = "SELECT count(*), coalesce(sum(amount_pence), 0) FROM cash_movements WHERE session = ?1 AND kind = ?2";
        Ok(self.0.prepare_cached(sql)?.query_row((session.number, kind), tally)?)
    }

    fn first_and_last(&self, session: &SessionRow) -> Result<(String, String), StoreError> {
        let rows = "SELECT coalesce((SELECT number FROM receipts WHERE serial BETWEEN ?1 AND ?2 ORDER BY serial LIMIT 1), ''),
                           coalesce((SELECT number FROM receipts WHERE serial BETWEEN ?1 AND ?2 ORDER BY serial DESC LIMIT 1), '')";
        Ok(self.0.prepare_cached(rows)?.query_row(run(session), |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Cash between drawer and safe in a session, in order.
    pub fn cash_movements(&self, session: u64) -> Result<Vec<MovementRow>, StoreError> {
        let sql = "SELECT seq, session, kind, amount_pence, bag, user_code, at_ms FROM cash_movements WHERE session = ?1 ORDER BY seq";
        let read = |row: &Row<'_>| {
            Ok(MovementRow {
                seq: row.get(0)?,
                session: row.get(1)?,
                kind: row.get(2)?,
                amount: Pence(row.get(3)?),
                bag: row.get(4)?,
                user_code: row.get(5)?,
                at_ms: row.get(6)?,
            })
        };
        Ok(self.0.prepare_cached(sql)?.query_map([session], read)?.collect::<Result<_, _>>()?)
    }

    /// What cash movements put into a session's drawer, lifts below zero.
    pub fn cash_moved(&self, session: u64) -> Result<Pence, StoreError> {
        let sql = "SELECT coalesce(sum(amount_pence), 0) FROM cash_movements WHERE session = ?1";
        Ok(Pence(self.0.prepare_cached(sql)?.query_row([session], |row| row.get(0))?))
    }

    /// The counts of a session, in order.
    pub fn counts(&self, session: u64) -> Result<Vec<CountRow>, StoreError> {
        let sql = "SELECT attempt, seq, rejected FROM counts WHERE session = ?1 ORDER BY attempt";
        let read = |row: &Row<'_>| Ok(CountRow { attempt: row.get(0)?, seq: row.get(1)?, rejected: row.get(2)? });
        Ok(self.0.prepare_cached(sql)?.query_map([session], read)?.collect::<Result<_, _>>()?)
    }

    /// The count that stands in a session.
    pub fn standing_count(&self, session: u64) -> Result<Option<CountRow>, StoreError> {
        Ok(self.counts(session)?.into_iter().find(|count| !count.rejected))
    }

    /// A session's receipts with postings of some MOPs, in order, without its over or short.
    pub fn session_receipts_by_mops(&self, session: &SessionRow, mops: &[&str]) -> Result<Vec<ReceiptRow>, StoreError> {
        let places = (0..mops.len()).map(|place| format!("?{}", place + 3)).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT {RECEIPT} FROM receipts WHERE kind <> 4 AND serial IN
             (SELECT serial FROM postings WHERE serial BETWEEN ?1 AND ?2 AND mop_code IN ({places})) ORDER BY serial"
        );
        let (first, last) = run(session);
        // All as text, which a column of integers compares as integers.
        let bounds = [first.to_string(), last.to_string()];
        let params = bounds.iter().map(String::as_str).chain(mops.iter().copied());
        Ok(self.0.prepare_cached(&sql)?.query_map(rusqlite::params_from_iter(params), receipt_row)?.collect::<Result<_, _>>()?)
    }

    /// What was taken back of a receipt.
    pub fn corrections_of(&self, serial: u64) -> Result<Vec<CorrectionRow>, StoreError> {
        let sql = "SELECT of_line, serial, kind, amount_pence FROM corrections WHERE of_serial = ?1 ORDER BY serial, of_line";
        let read = |row: &Row<'_>| {
            let (line, serial, kind) = (row.get(0)?, row.get(1)?, ReceiptKind::from_number(row.get(2)?));
            Ok(CorrectionRow { line, serial, kind, amount: Pence(row.get(3)?) })
        };
        Ok(self.0.prepare_cached(sql)?.query_map([serial], read)?.collect::<Result<_, _>>()?)
    }

    /// Deposits, the newest first.
    pub fn deposits(&self, most: u32) -> Result<Vec<DepositRow>, StoreError> {
        self.deposits_where("1 ORDER BY number DESC LIMIT ?1", [most])
    }

    /// One deposit.
    pub fn deposit(&self, number: u64) -> Result<Option<DepositRow>, StoreError> {
        Ok(self.deposits_where("number = ?1", [number])?.pop())
    }

    /// Cash that was counted for deposits and not banked with any.
    pub fn kept_back(&self) -> Result<Pence, StoreError> {
        let sql = "SELECT coalesce(sum(expected_pence - cash_pence), 0) FROM deposits";
        Ok(Pence(self.0.prepare_cached(sql)?.query_row([], |row| row.get(0))?))
    }

    /// The deposits of some days, in order.
    pub fn deposits_of_days(&self, from: chrono::NaiveDate, to: chrono::NaiveDate) -> Result<Vec<DepositRow>, StoreError> {
        self.deposits_where("day BETWEEN ?1 AND ?2 ORDER BY number", (from.to_string(), to.to_string()))
    }

    /// Was a paying-in slip of this number used?
    pub fn slip_used(&self, slip: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM deposits WHERE slip = ?1)";
        Ok(self.0.prepare_cached(sql)?.query_row([slip], |row| row.get(0))?)
    }

    fn deposits_where(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<DepositRow>, StoreError> {
        let sql = format!(
            "SELECT * FROM (SELECT number, seq, day, slip, cash_pence, expected_pence, cheque_pence, postal_order_pence,
                                   sum(expected_pence - cash_pence) OVER (ORDER BY number) FROM deposits) WHERE {condition}"
        );
        let read = |row: &Row<'_>| {
            Ok(DepositRow {
                number: row.get(0)?,
                seq: row.get(1)?,
                day: row.get(2)?,
                slip: row.get(3)?,
                cash: Pence(row.get(4)?),
                cash_expected: Pence(row.get(5)?),
                cheques: Pence(row.get(6)?),
                postal_orders: Pence(row.get(7)?),
                kept_back: Pence(row.get(8)?),
            })
        };
        Ok(self.0.prepare_cached(&sql)?.query_map(params, read)?.collect::<Result<_, _>>()?)
    }

    /// Which receipts the days from `from` to `to` can have, as the first and last place in the series; none when they have none.
    pub fn serials_of_days(&self, from: chrono::NaiveDate, to: chrono::NaiveDate) -> Result<Option<(u64, u64)>, StoreError> {
        let sql = "SELECT min(first_serial), max(coalesce(
                       (SELECT min(next.first_serial) - 1 FROM day_runs next WHERE next.first_serial > run.first_serial),
                       (SELECT max(serial) FROM receipts)))
                   FROM day_runs run WHERE day BETWEEN ?1 AND ?2";
        let found: (Option<u64>, Option<u64>) =
            self.0.prepare_cached(sql)?.query_row((from.to_string(), to.to_string()), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.0.zip(found.1))
    }

    /// The journal from its end backwards, until `take` has enough and answers false.
    pub fn each_entry_back<E: From<StoreError>>(&self, mut take: impl FnMut(u64, Entry) -> Result<bool, E>) -> Result<(), E> {
        let mut statement = self.0.prepare_cached("SELECT seq, body FROM journal ORDER BY seq DESC").map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let seq = row.get(0).map_err(StoreError::from)?;
            let body: Vec<u8> = row.get(1).map_err(StoreError::from)?;
            if !take(seq, serde_json::from_slice(&body).map_err(StoreError::from)?)? {
                break;
            }
        }
        Ok(())
    }

    /// A supervisor's word at this till about whether somebody may sign in; none where the pack's holds.
    pub fn person_disabled(&self, user_code: &str) -> Result<Option<bool>, StoreError> {
        let sql = "SELECT disabled FROM people WHERE user_code = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([user_code], |row| row.get(0)).optional()?)
    }

    /// The hash of a secret that a supervisor gave out at this till.
    pub fn secret(&self, user_code: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT hash FROM secrets WHERE user_code = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([user_code], |row| row.get(0)).optional()?)
    }
}

/// Where a session's receipts are in the series; an open one's go on.
fn run(session: &SessionRow) -> (u64, i64) {
    (session.first_serial, session.last_serial.and_then(|last| i64::try_from(last).ok()).unwrap_or(i64::MAX))
}

fn tally(row: &Row<'_>) -> rusqlite::Result<Tally> {
    Ok(Tally { count: row.get(0)?, amount: Pence(row.get(1)?) })
}
