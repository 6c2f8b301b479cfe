//! What an entry changes in the tables that screens and reports read. The same function serves a commit and a rebuild.

use crate::card_payments;
use crate::error::StoreError;
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::CardState;
use counterfoil_domain::correction::{Correction, CorrectionKind, ReasonGiven};
use counterfoil_domain::day_end::{CashMovement, Deposit, MovementKind, ZRead};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::{Receipt, TenderDetails};
use rusqlite::Connection;
use serde_json::json;

/// The tables that a rebuild empties and fills again.
const TABLES: &[&str] = &[
    "latest",
    "sign_ins",
    "sessions",
    "receipts",
    "postings",
    "parked_sales",
    "day_runs",
    "entry_days",
    "counted",
    "corrections",
    "suspense",
    "counts",
    "cash_movements",
    "drawer_openings",
    "deposits",
    "people",
    "card_payments",
];

/// Applies one entry.
pub(crate) fn apply(connection: &Connection, seq: u64, entry: &Entry) -> Result<(), StoreError> {
    let by = entry.by.as_deref().unwrap_or("");
    entry_day(connection, seq, entry)?;
    match &entry.fact {
        Fact::TillSetUp { office_code, till_code } => {
            latest(connection, "till", &json!({ "office_code": office_code, "till_code": till_code }))
        }
        Fact::PackApplied { sha256, .. } => latest(connection, "pack", &json!({ "sha256": sha256 })),
        Fact::ExtractImported { generation, taken, as_at, ledger_version, .. } => {
            let value = json!({ "generation": generation, "taken": taken, "as_at": as_at, "ledger_version": ledger_version });
            latest(connection, "extract", &value)
        }
        Fact::TillEnrolled { till_number, .. } => latest(connection, "enrolment", &json!({ "till_number": till_number })),
        Fact::JournalRestored { last_serial, .. } => {
            let sql = "SELECT coalesce(max(serial), 0) FROM receipts";
            let here: u64 = connection.query_row(sql, [], |row| row.get(0))?;
            latest(connection, "restored", &json!({ "last_serial": last_serial, "here": here }))
        }
        Fact::SignedIn => sign_in(connection, by, 0, false),
        Fact::SignedOut
        | Fact::ReceiptReprinted { .. }
        | Fact::PrinterTested { .. }
        | Fact::CheckUpPrinted { .. }
        | Fact::SlipPrinted { .. }
        | Fact::XReadPrinted { .. }
        | Fact::ZReadReprinted { .. }
        | Fact::LedgerChanged { .. }
        | Fact::LedgerReleased { .. }
        | Fact::DeviceSettingsChanged { .. } => Ok(()),
        // Whoever gets a new secret may try again with it.
        Fact::SecretReset { user_code, .. } => sign_in(connection, user_code, 0, false),
        Fact::UserDisabled { user_code, .. } => disabled(connection, user_code, true),
        Fact::UserEnabled { user_code, .. } => disabled(connection, user_code, false),
        Fact::SignInFailed { user_code, failures, locked } => sign_in(connection, user_code, *failures, *locked),
        Fact::UserReleased { user_code } => sign_in(connection, user_code, 0, false),
        Fact::SessionOpened { number, float, left, reason, .. } => {
            if let Some(left) = left.filter(|left| left != float) {
                carried(connection, seq, entry, by, (left, *float), reason.as_ref())?;
            }
            connection
                .prepare_cached(
                    "INSERT INTO sessions (number, user_code, float_pence, opened_at_ms, day, first_serial)
                     VALUES (?1, ?2, ?3, ?4, ?5, (SELECT coalesce(max(serial), 0) + 1 FROM receipts))",
                )?
                .execute((number, by, float.0, entry.at_ms, entry.day.to_string()))?;
            Ok(())
        }
        Fact::ReceiptTaken { receipt, .. } => {
            // A parked sale stays parked until it is taken or given up; taking it up again loses nothing.
            connection.prepare_cached("DELETE FROM parked_sales WHERE sale_id = ?1")?.execute([&entry.id])?;
            card_payments::in_receipt(connection, receipt)?;
            posted(connection, seq, entry, by, receipt, RECEIPT_TAKEN)
        }
        Fact::ReceiptCorrected { receipt, correction, .. } => {
            posted(connection, seq, entry, by, receipt, kind_number(correction.kind))?;
            card_payments::in_receipt(connection, receipt)?;
            corrected(connection, receipt.serial, correction)
        }
        Fact::CashMoved { movement, .. } => cash_moved(connection, seq, entry, by, movement),
        Fact::DrawerOpened { reason } => drawer_opened(connection, seq, entry, by, (&reason.code, &reason.text)),
        Fact::DrawerTested => drawer_opened(connection, seq, entry, by, ("", "")),
        Fact::CountGiven { count } => {
            let sql = "INSERT INTO counts (session, attempt, seq, rejected) VALUES (?1, ?2, ?3, 0)";
            connection.prepare_cached(sql)?.execute((entry.session.unwrap_or_default(), count.attempt, seq))?;
            Ok(())
        }
        Fact::CountRejected { attempt, .. } => {
            let sql = "UPDATE counts SET rejected = 1 WHERE session = ?1 AND attempt = ?2";
            connection.prepare_cached(sql)?.execute((entry.session.unwrap_or_default(), attempt))?;
            Ok(())
        }
        Fact::SessionClosed { z } => closed(connection, seq, entry, by, z),
        Fact::DepositMade { deposit, .. } => deposited(connection, seq, entry, deposit),
        Fact::SaleParked { sale_id, label, lines, total } => {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO parked_sales (sale_id, seq, user_code, label, total_pence, lines, parked_at_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute((sale_id, seq, by, label, total.0, serde_json::to_string(lines)?, entry.at_ms))?;
            Ok(())
        }
        Fact::SaleAbandoned { sale_id } => {
            connection.prepare_cached("DELETE FROM parked_sales WHERE sale_id = ?1")?.execute([sale_id])?;
            Ok(())
        }
        Fact::CardPaymentIntended { intent } => card_payments::intended(connection, seq, entry, intent),
        Fact::CardReversalIntended { reversal } => card_payments::reversal_intended(connection, seq, entry, reversal),
        Fact::CardPaymentSent { transaction_id } => card_payments::becomes(connection, transaction_id, CardState::Sent, ""),
        Fact::CardPaymentSettled { transaction_id, outcome } => card_payments::settled(connection, seq, transaction_id, outcome),
        Fact::CardPaymentUnresolved { transaction_id, why } => {
            card_payments::becomes(connection, transaction_id, CardState::Unresolved, why)
        }
        Fact::CardPaymentResolved { transaction_id, taken, .. } => {
            card_payments::resolved(connection, seq, transaction_id, taken.as_deref())
        }
        Fact::TerminalTotalsRead { terminal, tally } => card_payments::totals_read(connection, seq, entry, terminal, *tally),
        Fact::CardSignatureAccepted { transaction_id } => card_payments::signature_accepted(connection, transaction_id),
    }
}

/// A test has no reason: its code is empty.
fn drawer_opened(connection: &Connection, seq: u64, entry: &Entry, by: &str, (code, text): (&str, &str)) -> Result<(), StoreError> {
    let row = (seq, entry.session.unwrap_or_default(), entry.day.to_string(), code, text, by, entry.at_ms);
    let sql = "INSERT INTO drawer_openings (seq, session, day, reason_code, reason_text, user_code, at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// A row for each time that the day changes.
fn entry_day(connection: &Connection, seq: u64, entry: &Entry) -> Result<(), StoreError> {
    let sql = "INSERT INTO entry_days (first_seq, day)
               SELECT ?1, ?2 WHERE ?2 IS NOT (SELECT day FROM entry_days ORDER BY first_seq DESC LIMIT 1)";
    connection.prepare_cached(sql)?.execute((seq, entry.day.to_string()))?;
    Ok(())
}

pub(crate) fn latest(connection: &Connection, name: &str, value: &serde_json::Value) -> Result<(), StoreError> {
    connection.prepare_cached("INSERT OR REPLACE INTO latest (name, value) VALUES (?1, ?2)")?.execute((name, value.to_string()))?;
    Ok(())
}

fn sign_in(connection: &Connection, user_code: &str, failures: u32, locked: bool) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO sign_ins (user_code, failures, locked) VALUES (?1, ?2, ?3)")?
        .execute((user_code, failures, locked))?;
    Ok(())
}

/// The kinds of receipt, as the table `receipts` numbers them.
const RECEIPT_TAKEN: u8 = 0;
/// See above.
const OVER_OR_SHORT: u8 = 4;

fn kind_number(kind: CorrectionKind) -> u8 {
    match kind {
        CorrectionKind::Void => 1,
        CorrectionKind::Refund => 2,
        CorrectionKind::Transfer => 3,
    }
}

fn disabled(connection: &Connection, user_code: &str, disabled: bool) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO people (user_code, disabled) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((user_code, disabled))?;
    Ok(())
}

fn corrected(connection: &Connection, serial: u64, correction: &Correction) -> Result<(), StoreError> {
    let sql = "INSERT INTO corrections (of_serial, of_line, serial, kind, amount_pence) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = connection.prepare_cached(sql)?;
    let placed = "UPDATE suspense SET left_pence = left_pence - ?3 WHERE serial = ?1 AND line = ?2";
    let mut placed = connection.prepare_cached(placed)?;
    for part in &correction.lines {
        insert.execute((correction.of_serial, part.line, serial, kind_number(correction.kind), part.amount.0))?;
        placed.execute((correction.of_serial, part.line, part.amount.0))?;
    }
    Ok(())
}

fn cash_moved(connection: &Connection, seq: u64, entry: &Entry, by: &str, movement: &CashMovement) -> Result<(), StoreError> {
    let kind = match movement.kind {
        MovementKind::Lift => "lift",
        MovementKind::TopUp => "top-up",
        MovementKind::Exchange => "exchange",
    };
    let sql = "INSERT INTO cash_movements (seq, session, day, kind, amount_pence, bag, user_code, at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let day = entry.day.to_string();
    let row = (seq, entry.session.unwrap_or_default(), day, kind, movement.amount.0, &movement.bag, by, entry.at_ms);
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

fn closed(connection: &Connection, seq: u64, entry: &Entry, by: &str, z: &ZRead) -> Result<(), StoreError> {
    if let Some(receipt) = &z.over_short {
        posted(connection, seq, entry, by, receipt, OVER_OR_SHORT)?;
    }
    let sql = "UPDATE sessions SET z = ?2, closed_seq = ?3, last_serial = (SELECT coalesce(max(serial), 0) FROM receipts)
               WHERE number = ?1";
    connection.prepare_cached(sql)?.execute((z.session, z.number, seq))?;
    counted(connection, seq, entry, z)
}

fn counted(connection: &Connection, seq: u64, entry: &Entry, z: &ZRead) -> Result<(), StoreError> {
    let sql = "INSERT INTO counted (seq, n, z, day, user_code, mop_code, expected_pence, counted_pence, reason_code, reason_text)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let (day, reason) = (entry.day.to_string(), z.reason.as_ref());
    let (code, text) = reason.map_or(("", ""), |reason| (reason.code.as_str(), reason.text.as_str()));
    let mut insert = connection.prepare_cached(sql)?;
    for (n, mop) in z.mops.iter().enumerate() {
        insert.execute((seq, n as u64, z.number, &day, &z.user_code, &mop.mop_code, mop.expected.0, mop.counted.0, code, text))?;
    }
    Ok(())
}

/// A float that isn't what was left in the drawer stands with what was counted, under no MOP.
fn carried(
    connection: &Connection,
    seq: u64,
    entry: &Entry,
    by: &str,
    (left, float): (Pence, Pence),
    reason: Option<&ReasonGiven>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO counted (seq, n, z, day, user_code, mop_code, expected_pence, counted_pence, reason_code, reason_text)
               VALUES (?1, 0, (SELECT coalesce(max(z), 0) FROM sessions), ?2, ?3, '', ?4, ?5, ?6, ?7)";
    let (code, text) = reason.map_or(("", ""), |reason| (reason.code.as_str(), reason.text.as_str()));
    connection.prepare_cached(sql)?.execute((seq, entry.day.to_string(), by, left.0, float.0, code, text))?;
    Ok(())
}

fn deposited(connection: &Connection, seq: u64, entry: &Entry, deposit: &Deposit) -> Result<(), StoreError> {
    let sql = "INSERT INTO deposits (number, seq, day, slip, cash_pence, expected_pence, cheque_pence, postal_order_pence)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    connection.prepare_cached(sql)?.execute((
        deposit.number,
        seq,
        entry.day.to_string(),
        &deposit.slip,
        deposit.cash_total.0,
        deposit.cash_expected.0,
        deposit.cheque_total.0,
        deposit.postal_order_total.0,
    ))?;
    let mut banked = connection.prepare_cached("UPDATE sessions SET deposit = ?2 WHERE z = ?1")?;
    for z in &deposit.z_reads {
        banked.execute((z, deposit.number))?;
    }
    Ok(())
}

fn posted(connection: &Connection, seq: u64, entry: &Entry, by: &str, receipt: &Receipt, kind: u8) -> Result<(), StoreError> {
    let day = entry.day.to_string();
    let last_four = last_fours(receipt);
    in_suspense(connection, receipt)?;
    let new_day = "INSERT INTO day_runs (first_serial, day) SELECT ?1, ?2 WHERE ?2 IS NOT (SELECT day FROM receipts WHERE serial < ?1 ORDER BY serial DESC LIMIT 1)";
    connection.prepare_cached(new_day)?.execute((receipt.serial, &day))?;
    connection
        .prepare_cached(
            "INSERT INTO receipts (serial, seq, number, session, user_code, at_ms, day, total_pence, running_pence, last_four, kind)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,
                     ?8 + coalesce((SELECT running_pence FROM receipts WHERE serial < ?1 ORDER BY serial DESC LIMIT 1), 0), ?9, ?10)",
        )?
        .execute((
            receipt.serial,
            seq,
            &receipt.number,
            entry.session.unwrap_or_default(),
            by,
            entry.at_ms,
            &day,
            receipt.total.0,
            last_four,
            kind,
        ))?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO postings (serial, n, day, fund_code, reference, mop_code, amount_pence, vat_code, vat_pence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (n, posting) in receipt.postings.iter().enumerate() {
        let (Some(line), Some(tender)) = (receipt.lines.get(posting.line), receipt.tenders.get(posting.tender)) else { continue };
        insert.execute((
            receipt.serial,
            n as u64,
            &day,
            &line.fund_code,
            &line.reference,
            &tender.mop_code,
            posting.amount.0,
            &line.vat_code,
            posting.vat.0,
        ))?;
    }
    Ok(())
}

/// The last four digits of each card that paid, with spaces between; nothing where none did.
fn last_fours(receipt: &Receipt) -> Option<String> {
    let cards = receipt.tenders.iter().filter_map(|tender| match &tender.details {
        TenderDetails::Card(card) => Some(card.last_four.as_str()),
        _ => None,
    });
    let all = cards.collect::<Vec<_>>().join(" ");
    Some(all).filter(|all| !all.is_empty())
}

/// Lines of a receipt that nobody could place.
fn in_suspense(connection: &Connection, receipt: &Receipt) -> Result<(), StoreError> {
    for (line, item) in receipt.lines.iter().enumerate().filter(|(_, item)| item.in_suspense && item.amount.is_positive()) {
        let sql = "INSERT INTO suspense (serial, line, fund_code, reference, narrative, amount_pence, left_pence)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)";
        let row = (receipt.serial, line, &item.fund_code, &item.reference, &item.narrative, item.amount.0);
        connection.prepare_cached(sql)?.execute(row)?;
    }
    Ok(())
}

/// A table whose rebuilt rows aren't the live ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which table.
    pub table: String,
    /// Rows that only the live table has.
    pub only_live: u64,
    /// Rows that only the rebuilt table has.
    pub only_rebuilt: u64,
}

/// Rebuilds every projection from the journal, inside the caller's transaction, and answers where the live ones differed.
pub(crate) fn rebuild(connection: &Connection) -> Result<Vec<Difference>, StoreError> {
    for table in TABLES {
        connection.execute_batch(&format!("CREATE TEMP TABLE live_{table} AS SELECT * FROM main.{table}; DELETE FROM main.{table};"))?;
    }
    let mut statement = connection.prepare("SELECT seq, body FROM journal ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref(1)?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
        apply(connection, row.get(0)?, &serde_json::from_slice(body)?)?;
    }
    let mut differences = Vec::new();
    for table in TABLES {
        let count = |from: &str, other: &str| -> Result<u64, StoreError> {
            let sql = format!("SELECT count(*) FROM (SELECT * FROM {from} EXCEPT SELECT * FROM {other})");
            Ok(connection.query_row(&sql, [], |row| row.get(0))?)
        };
        let (live, rebuilt) = (format!("temp.live_{table}"), format!("main.{table}"));
        let (only_live, only_rebuilt) = (count(&live, &rebuilt)?, count(&rebuilt, &live)?);
        if only_live + only_rebuilt > 0 {
            differences.push(Difference { table: (*table).to_owned(), only_live, only_rebuilt });
        }
        connection.execute_batch(&format!("DROP TABLE temp.live_{table};"))?;
    }
    Ok(differences)
}
