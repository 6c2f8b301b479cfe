//! The general ledger's file: every posting of some days as CSV, with its fund's GL code.
//!
//! What left suspense is two rows on the day on which that was decided, one out of the fund for suspense and one into the
//! other; what was taken back is the same two the other way round. A day that was exported before says the same when it is exported
//! again.

use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::rules::Rules;
use axum::body::Bytes;
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_wire::enrolment::ledger_reference;
use deadpool_postgres::Transaction;
use tokio::sync::mpsc::Sender;
use tokio_postgres::{IsolationLevel, Row};

/// The columns.
pub const COLUMNS: [&str; 15] = [
    "Day",
    "LedgerReference",
    "ReceiptNumber",
    "Kind",
    "OfficeCode",
    "Till",
    "Session",
    "FundCode",
    "GLCode",
    "AccountReference",
    "MopCode",
    "VatCode",
    "Amount",
    "Vat",
    "SuspenseReason",
];

const ROWS_AT_ONCE: i32 = 2_000;

/// Postings where they are in the books, and what allocations moved; in the order of their days.
const SQL: &str = "
    SELECT p.day, p.till_number, p.seq, p.part, 0 AS allocation, 0 AS step, p.receipt_number, p.kind, p.office_code, t.till_code, p.session,
        COALESCE(p.held_fund, p.fund_code), p.reference, p.mop_code, p.vat_code, p.amount_pence, p.vat_pence, COALESCE(p.held_reason, '')
    FROM postings p JOIN tills t ON t.number = p.till_number WHERE p.day BETWEEN $1 AND $2
    UNION ALL
    SELECT a.day, p.till_number, p.seq, p.part, a.id, step, p.receipt_number,
        CASE WHEN a.undoes IS NULL THEN 'allocation' ELSE 'allocation-undone' END, p.office_code, t.till_code, p.session,
        CASE step WHEN 1 THEN COALESCE(p.held_fund, p.fund_code) ELSE a.fund_code END,
        CASE step WHEN 1 THEN p.reference ELSE a.reference END,
        p.mop_code, p.vat_code, CASE step WHEN 1 THEN -a.amount_pence ELSE a.amount_pence END,
        CASE step WHEN 1 THEN -a.vat_pence ELSE a.vat_pence END, COALESCE(p.held_reason, '')
    FROM allocations a JOIN postings p USING (till_number, seq, part) JOIN tills t ON t.number = p.till_number
        CROSS JOIN (VALUES (1), (2)) steps (step)
    WHERE a.day BETWEEN $1 AND $2
    ORDER BY 1, 2, 3, 4, 5, 6";

/// Sends the file piece by piece; a reader who went away ends it.
///
/// # Errors
/// The database's. What was sent until then is no whole file, and the connection breaks.
pub async fn send(ledger: &Ledger, from: NaiveDate, to: NaiveDate, out: &Sender<Result<Bytes, LedgerError>>) -> Result<(), LedgerError> {
    let mut client = ledger.database().await?;
    let rules = ledger.of_newest_pack(&client).await?.rules;
    let transaction = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start().await?;
    transaction.batch_execute("SET LOCAL statement_timeout = 0").await?;
    if out.send(Ok(line(COLUMNS.map(str::to_owned).as_slice())?.into())).await.is_err() {
        return Ok(());
    }
    rows(&transaction, rules.as_deref(), (from, to), out).await
}

async fn rows(
    transaction: &Transaction<'_>,
    rules: Option<&Rules>,
    (from, to): (NaiveDate, NaiveDate),
    out: &Sender<Result<Bytes, LedgerError>>,
) -> Result<(), LedgerError> {
    let portal = transaction.bind(SQL, &[&from, &to]).await?;
    loop {
        let rows = transaction.query_portal(&portal, ROWS_AT_ONCE).await?;
        let mut piece = Vec::new();
        for row in &rows {
            piece.extend(line(&fields(row, rules))?);
        }
        if rows.is_empty() || out.send(Ok(piece.into())).await.is_err() {
            return Ok(());
        }
    }
}

fn fields(row: &Row, rules: Option<&Rules>) -> [String; 15] {
    let text = |column: usize| plain(row.get(column));
    let fund: &str = row.get(11);
    let reference = ledger_reference(row.get::<_, i32>(1).cast_unsigned(), row.get::<_, i64>(2).cast_unsigned());
    [
        row.get::<_, NaiveDate>(0).to_string(),
        reference,
        text(6),
        text(7),
        text(8),
        text(9),
        row.get::<_, i64>(10).to_string(),
        plain(fund),
        plain(rules.and_then(|rules| rules.gl_code(fund)).unwrap_or_default()),
        text(12),
        text(13),
        text(14),
        Pence(row.get(15)).plain(),
        Pence(row.get(16)).plain(),
        text(17),
    ]
}

/// A spreadsheet takes a text that begins like a formula for one; an apostrophe before it makes it a text again.
fn plain(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

fn line(fields: &[String]) -> Result<Vec<u8>, LedgerError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(fields).map_err(std::io::Error::other)?;
    writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_spreadsheet_would_run_is_a_text() {
        assert_eq!(plain("=1+1"), "'=1+1");
        assert_eq!(plain("501234566"), "501234566");
        assert_eq!(line(&["a,b".into(), "c".into()]).unwrap(), b"\"a,b\",c\r\n");
    }
}
