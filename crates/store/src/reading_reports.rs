//! What reports read. Every question is limited to the runs of the series that its days have, so that an old store answers as
//! fast as a young one.

use crate::error::StoreError;
use crate::reading::{RECEIPT, Reading, ReceiptRow, receipt_row};
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_domain::entry::Entry;
use rusqlite::Row;
use std::collections::BTreeMap;

/// What takings are added up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouped {
    /// The postings' funds.
    Fund,
    /// The postings' MOPs.
    Mop,
    /// The postings' VAT codes.
    Vat,
    /// Whoever took the receipts.
    Cashier,
    /// The receipts' days.
    Day,
}

/// Takings under one key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakingsRow {
    /// The fund, MOP, VAT code, person or day.
    pub key: String,
    /// Postings of a fund, MOP or VAT code; receipts of takings of a person or a day.
    pub count: u64,
    /// What was taken, less what was taken back; no over or short.
    pub amount: Pence,
    /// What voids and refunds took back of it, below zero; told of persons and days only.
    pub taken_back: Pence,
    /// The VAT in it; told of funds, MOPs and VAT codes only.
    pub vat: Pence,
    /// Over and short, which isn't in the others.
    pub over_short: Pence,
}

/// Takings of a quarter of an hour: no time zone has a finer difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourRow {
    /// When it began, ms since 1970 UTC.
    pub from_ms: i64,
    /// Receipts of takings.
    pub count: u64,
    /// Takings, less what was taken back.
    pub amount: Pence,
}

/// What a Z read expected and counted of one MOP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedRow {
    /// The Z read.
    pub z: u64,
    /// The council's date of the close.
    pub day: String,
    /// Whose session it was.
    pub user_code: String,
    /// The MOP; empty for a float that isn't what the Z read before left in the drawer.
    pub mop_code: String,
    /// What the till expected; what was left.
    pub expected: Pence,
    /// What was counted.
    pub counted: Pence,
    /// Why they differ; empty where no reason was given.
    pub reason_code: String,
    /// Free text.
    pub reason_text: String,
}

/// A day's over and short in one person's sessions, each above zero: one doesn't make the other good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverShortRow {
    /// The council's date of the closes.
    pub day: NaiveDate,
    /// Whose sessions.
    pub user_code: String,
    /// What was over.
    pub over: Pence,
    /// What was short.
    pub short: Pence,
}

/// The drawer, opened for something else than a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawerRow {
    /// When, ms since 1970 UTC.
    pub at_ms: i64,
    /// In which session.
    pub session: u64,
    /// By whom.
    pub user_code: String,
    /// `no-sale`, `lift`, `top-up` or `exchange`.
    pub kind: String,
    /// What the drawer held more by.
    pub amount: Pence,
    /// Why; empty for a movement of cash.
    pub reason_code: String,
    /// Free text, or a lift's bag.
    pub text: String,
}

/// The places and days that a question is limited to.
type Span = (u64, u64, String, String);

impl Reading<'_> {
    /// Takings of the days from `from` to `to`, both included, in the order of their keys.
    pub fn takings(&self, from: NaiveDate, to: NaiveDate, by: Grouped) -> Result<Vec<TakingsRow>, StoreError> {
        let Some(span) = self.span(from, to)? else { return Ok(Vec::new()) };
        match by {
            Grouped::Fund => self.takings_of_postings(&span, "fund_code"),
            Grouped::Mop => self.takings_of_postings(&span, "mop_code"),
            Grouped::Vat => self.takings_of_postings(&span, "vat_code"),
            Grouped::Cashier => self.takings_of_receipts(&span, "user_code"),
            Grouped::Day => self.takings_of_receipts(&span, "day"),
        }
    }

    fn span(&self, from: NaiveDate, to: NaiveDate) -> Result<Option<Span>, StoreError> {
        Ok(self.serials_of_days(from, to)?.map(|(first, last)| (first, last, from.to_string(), to.to_string())))
    }

    /// All postings are added up, then the few of over and short are taken out: no row of receipts has to be looked at.
    fn takings_of_postings(&self, span: &Span, key: &str) -> Result<Vec<TakingsRow>, StoreError> {
        let all = format!(
            "SELECT {key}, count(*), sum(amount_pence), sum(vat_pence) FROM postings
             WHERE serial BETWEEN ?1 AND ?2 AND day BETWEEN ?3 AND ?4 GROUP BY {key}"
        );
        let over_short = format!(
            "SELECT p.{key}, count(*), sum(p.amount_pence), sum(p.vat_pence)
             FROM receipts r INDEXED BY receipts_not_takings JOIN postings p ON p.serial = r.serial
             WHERE r.serial BETWEEN ?1 AND ?2 AND r.kind <> 0 AND r.kind = 4 AND r.day BETWEEN ?3 AND ?4 GROUP BY p.{key}"
        );
        let mut rows: BTreeMap<String, TakingsRow> = BTreeMap::new();
        for (sql, is_over_short) in [(all, false), (over_short, true)] {
            let mut statement = self.0.prepare_cached(&sql)?;
            let mut found = statement.query(span.clone())?;
            while let Some(row) = found.next()? {
                let (key, count, amount, vat): (String, u64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                let place = rows.entry(key.clone()).or_insert_with(|| TakingsRow { key, ..TakingsRow::default() });
                if is_over_short {
                    place.count = place.count.saturating_sub(count);
                    place.amount = place.amount.minus(Pence(amount));
                    place.vat = place.vat.minus(Pence(vat));
                    place.over_short = Pence(amount);
                } else {
                    (place.count, place.amount, place.vat) = (count, Pence(amount), Pence(vat));
                }
            }
        }
        Ok(rows.into_values().collect())
    }

    fn takings_of_receipts(&self, span: &Span, key: &str) -> Result<Vec<TakingsRow>, StoreError> {
        let sql = format!(
            "SELECT {key}, sum(kind = 0), sum(iif(kind = 4, 0, total_pence)), sum(iif(kind IN (1, 2), total_pence, 0)),
                    sum(iif(kind = 4, total_pence, 0))
             FROM receipts WHERE serial BETWEEN ?1 AND ?2 AND day BETWEEN ?3 AND ?4 GROUP BY {key} ORDER BY {key}"
        );
        let read = |row: &Row<'_>| {
            Ok(TakingsRow {
                key: row.get(0)?,
                count: row.get(1)?,
                amount: Pence(row.get(2)?),
                taken_back: Pence(row.get(3)?),
                vat: Pence::ZERO,
                over_short: Pence(row.get(4)?),
            })
        };
        Ok(self.0.prepare_cached(&sql)?.query_map(span.clone(), read)?.collect::<Result<_, _>>()?)
    }

    /// Takings by the quarter of an hour, in order; over and short isn't in them.
    pub fn takings_by_quarter_hour(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<HourRow>, StoreError> {
        let Some(span) = self.span(from, to)? else { return Ok(Vec::new()) };
        let sql = "SELECT at_ms / 900000 * 900000, sum(kind = 0), sum(total_pence) FROM receipts
                   WHERE serial BETWEEN ?1 AND ?2 AND day BETWEEN ?3 AND ?4 AND kind <> 4 GROUP BY 1 ORDER BY 1";
        let read = |row: &Row<'_>| Ok(HourRow { from_ms: row.get(0)?, count: row.get(1)?, amount: Pence(row.get(2)?) });
        Ok(self.0.prepare_cached(sql)?.query_map(span, read)?.collect::<Result<_, _>>()?)
    }

    /// The voids and refunds of some days, in order, until `take` has enough and answers false.
    pub fn each_taken_back<E: From<StoreError>>(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        take: impl FnMut(ReceiptRow) -> Result<bool, E>,
    ) -> Result<(), E> {
        let sql = format!(
            "SELECT {RECEIPT} FROM receipts INDEXED BY receipts_not_takings
             WHERE serial BETWEEN ?1 AND ?2 AND kind <> 0 AND kind IN (1, 2) AND day BETWEEN ?3 AND ?4 ORDER BY serial"
        );
        let Some(span) = self.span(from, to)? else { return Ok(()) };
        self.each(&sql, span, receipt_row, take)
    }

    /// What the voids and refunds of some days come to.
    pub fn taken_back(&self, from: NaiveDate, to: NaiveDate) -> Result<Pence, StoreError> {
        let sql = "SELECT coalesce(sum(total_pence), 0) FROM receipts INDEXED BY receipts_not_takings
                   WHERE serial BETWEEN ?1 AND ?2 AND kind <> 0 AND kind IN (1, 2) AND day BETWEEN ?3 AND ?4";
        let Some(span) = self.span(from, to)? else { return Ok(Pence::ZERO) };
        Ok(Pence(self.0.prepare_cached(sql)?.query_row(span, |row| row.get(0))?))
    }

    /// The receipts of some days that have postings under one of these MOPs, each with what those come to, in order, until `take`
    /// answers false.
    pub fn each_receipt_of_mops<E: From<StoreError>>(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        mops: &[String],
        take: impl FnMut((ReceiptRow, Pence)) -> Result<bool, E>,
    ) -> Result<(), E> {
        // Few of the year's postings are under these MOPs; only their receipts are looked up, and know their day.
        let columns = RECEIPT.split(", ").map(|column| format!("r.{column}")).collect::<Vec<_>>().join(", ");
        let places = (0..mops.len()).map(|place| format!("?{}", place + 5)).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT {columns}, sum(p.amount_pence) FROM postings p CROSS JOIN receipts r ON r.serial = p.serial
             WHERE p.serial BETWEEN ?1 AND ?2 AND p.mop_code IN ({places}) AND r.day BETWEEN ?3 AND ?4 GROUP BY p.serial"
        );
        let Some((first, last, from, to)) = self.span(from, to)? else { return Ok(()) };
        // All as text, which a column of integers compares as integers.
        let bounds = [first.to_string(), last.to_string(), from, to];
        let read = |row: &Row<'_>| Ok((receipt_row(row)?, Pence(row.get(9)?)));
        self.each(&sql, rusqlite::params_from_iter(bounds.iter().chain(mops)), read, take)
    }

    /// What each Z read of some days expected and counted, in order, until `take` answers false.
    pub fn each_counted<E: From<StoreError>>(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        take: impl FnMut(CountedRow) -> Result<bool, E>,
    ) -> Result<(), E> {
        let sql = "SELECT z, day, user_code, mop_code, expected_pence, counted_pence, reason_code, reason_text FROM counted
                   WHERE seq BETWEEN ?1 AND ?2 AND day BETWEEN ?3 AND ?4 ORDER BY seq, n";
        let Some(span) = self.entry_span(from, to)? else { return Ok(()) };
        let read = |row: &Row<'_>| {
            Ok(CountedRow {
                z: row.get(0)?,
                day: row.get(1)?,
                user_code: row.get(2)?,
                mop_code: row.get(3)?,
                expected: Pence(row.get(4)?),
                counted: Pence(row.get(5)?),
                reason_code: row.get(6)?,
                reason_text: row.get(7)?,
            })
        };
        self.each(sql, span, read, take)
    }

    /// Over and short by day and by the person whose session it was, in order.
    pub fn over_and_short_by_person(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<OverShortRow>, StoreError> {
        let sql = "SELECT day, user_code, sum(max(counted_pence - expected_pence, 0)), sum(max(expected_pence - counted_pence, 0))
                   FROM counted WHERE seq BETWEEN ?1 AND ?2 AND day BETWEEN ?3 AND ?4 AND mop_code <> ''
                   GROUP BY day, user_code ORDER BY day, user_code";
        let Some(span) = self.entry_span(from, to)? else { return Ok(Vec::new()) };
        let read = |row: &Row<'_>| {
            let (day, user_code): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(OverShortRow { day: day.parse().unwrap_or(from), user_code, over: Pence(row.get(2)?), short: Pence(row.get(3)?) })
        };
        Ok(self.0.prepare_cached(sql)?.query_map(span, read)?.collect::<Result<_, _>>()?)
    }

    /// Each time that the drawer was opened for something else than a sale, in order, until `take` answers false.
    pub fn each_drawer_opening<E: From<StoreError>>(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        take: impl FnMut(DrawerRow) -> Result<bool, E>,
    ) -> Result<(), E> {
        let sql = "SELECT seq, at_ms, session, user_code, iif(reason_code = '', 'drawer-test', 'no-sale'), 0, reason_code, reason_text FROM drawer_openings
                   WHERE seq BETWEEN ?1 AND ?2 AND day BETWEEN ?3 AND ?4
                   UNION ALL
                   SELECT seq, at_ms, session, user_code, kind, amount_pence, '', bag FROM cash_movements
                   WHERE seq BETWEEN ?1 AND ?2 AND day BETWEEN ?3 AND ?4 ORDER BY 1";
        let Some(span) = self.entry_span(from, to)? else { return Ok(()) };
        let read = |row: &Row<'_>| {
            Ok(DrawerRow {
                at_ms: row.get(1)?,
                session: row.get(2)?,
                user_code: row.get(3)?,
                kind: row.get(4)?,
                amount: Pence(row.get(5)?),
                reason_code: row.get(6)?,
                text: row.get(7)?,
            })
        };
        self.each(sql, span, read, take)
    }

    /// Between which entries those of the days from `from` to `to` are; none when they have none.
    fn entry_span(&self, from: NaiveDate, to: NaiveDate) -> Result<Option<Span>, StoreError> {
        let runs = self.entry_runs(from, to)?;
        let ends = runs.first().zip(runs.last());
        Ok(ends.map(|(first, last)| (first.0, last.1, from.to_string(), to.to_string())))
    }

    /// Where in the journal the days' entries are, as the first and last of each run. A clock that was wrong once makes several
    /// runs, and what lies between them isn't read.
    fn entry_runs(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<(u64, u64)>, StoreError> {
        let sql = "SELECT first_seq, coalesce((SELECT min(next.first_seq) - 1 FROM entry_days next WHERE next.first_seq > run.first_seq),
                                              (SELECT max(seq) FROM journal))
                   FROM entry_days run WHERE day BETWEEN ?1 AND ?2 ORDER BY first_seq";
        let mut runs: Vec<(u64, u64)> = Vec::new();
        let days = (from.to_string(), to.to_string());
        self.each(
            sql,
            days,
            |row| Ok((row.get(0)?, row.get(1)?)),
            |run: (u64, u64)| {
                match runs.last_mut() {
                    Some(before) if before.1 + 1 == run.0 => before.1 = run.1,
                    _ => runs.push(run),
                }
                Ok::<_, StoreError>(true)
            },
        )?;
        Ok(runs)
    }

    /// The journal's entries of some days, the newest first, below `before` if it is given, until `take` answers false. `likely`
    /// is asked first, of an entry's bytes: what can't be wanted isn't made sense of.
    pub fn each_entry_of_days_back<E: From<StoreError>>(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        before: Option<u64>,
        mut likely: impl FnMut(&[u8]) -> bool,
        mut take: impl FnMut(u64, Entry) -> Result<bool, E>,
    ) -> Result<(), E> {
        let sql = "SELECT seq, body FROM journal WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq DESC";
        let mut statement = self.0.prepare_cached(sql).map_err(StoreError::from)?;
        for (first, last) in self.entry_runs(from, to)?.into_iter().rev() {
            let last = before.map_or(last, |before| last.min(before.saturating_sub(1)));
            let mut rows = statement.query((first, last)).map_err(StoreError::from)?;
            while let Some(row) = rows.next().map_err(StoreError::from)? {
                let body = row.get_ref(1).map_err(StoreError::from)?;
                let body = body.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
                if !likely(body) {
                    continue;
                }
                let entry: Entry = serde_json::from_slice(body).map_err(StoreError::from)?;
                if !take(row.get(0).map_err(StoreError::from)?, entry)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn each<T, E: From<StoreError>>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
        mut take: impl FnMut(T) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut statement = self.0.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            if !take(read(row).map_err(StoreError::from)?)? {
                break;
            }
        }
        Ok(())
    }
}
