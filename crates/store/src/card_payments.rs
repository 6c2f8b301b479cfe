//! Card payments at terminals: what entries make of them, and what is asked of them.

use crate::error::StoreError;
use crate::projections;
use crate::reading::Reading;
use crate::store::Store;
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::{Approval, CardIntent, CardOutcome, CardReversal, CardState, TerminalTally};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::{Receipt, TenderDetails};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior};
use serde::{Deserialize, Serialize};

/// An unknown name can only be a later program's, which would have refused this one the file.
fn state_of_name(name: &str) -> CardState {
    CardState::ALL.into_iter().find(|state| state.as_str() == name).unwrap_or(CardState::Unresolved)
}

/// A card payment or a reversal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRow {
    /// Our own id.
    pub transaction_id: String,
    /// The entry that begins it.
    pub seq: u64,
    /// What the terminal knows it by.
    pub service_id: String,
    /// Which terminal.
    pub terminal: String,
    /// In which session.
    pub session: u64,
    /// By whom.
    pub user_code: String,
    /// The sale.
    pub sale_id: String,
    /// The MOP.
    pub mop_code: String,
    /// When, ms since 1970 UTC.
    pub at_ms: i64,
    /// What was asked for.
    pub amount: Pence,
    /// A reversal: of which payment.
    pub reverses: Option<String>,
    /// Where it stands.
    pub state: CardState,
    /// What was approved.
    pub approved: Pence,
    /// The entry that has what is kept of the approval.
    pub approval_seq: Option<u64>,
    /// Why it is unresolved, or why no money moved; of an approved one, that a supervisor had said it was none.
    pub why: String,
}

/// Why no money moved: a supervisor said so.
const RESOLVED: &str = "resolved";
/// Said of what the terminal approved all the same.
const TAKEN_AFTER_ALL: &str = "taken-after-all";

impl CardRow {
    /// A supervisor's word is that no money moved.
    pub fn is_called_free(&self) -> bool {
        self.state == CardState::Free && self.why == RESOLVED
    }

    /// The terminal took it though a supervisor had said that it didn't. Its sale may have been paid otherwise meanwhile: what becomes of
    /// the money is for a person to say.
    pub fn is_taken_after_all(&self) -> bool {
        self.why == TAKEN_AFTER_ALL
    }
}

const COLUMNS: &str = "transaction_id, seq, service_id, terminal, session, user_code, sale_id, mop_code, at_ms, amount_pence, reverses,
    state, approved_pence, approval_seq, why";

fn card_row(row: &Row<'_>) -> rusqlite::Result<CardRow> {
    Ok(CardRow {
        transaction_id: row.get(0)?,
        seq: row.get(1)?,
        service_id: row.get(2)?,
        terminal: row.get(3)?,
        session: row.get(4)?,
        user_code: row.get(5)?,
        sale_id: row.get(6)?,
        mop_code: row.get(7)?,
        at_ms: row.get(8)?,
        amount: Pence(row.get(9)?),
        reverses: row.get(10)?,
        state: state_of_name(&row.get::<_, String>(11)?),
        approved: Pence(row.get(12)?),
        approval_seq: row.get(13)?,
        why: row.get(14)?,
    })
}

/// What a terminal's own books said in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalReadings {
    /// The session.
    pub session: u64,
    /// The terminal.
    pub terminal: String,
    /// The entry of the first reading, and what they said.
    pub first: (u64, TerminalTally),
    /// The same of the last.
    pub last: (u64, TerminalTally),
}

impl Reading<'_> {
    /// What the terminal's books said when they were read last, and in the same session first.
    pub fn terminal_readings(&self) -> Result<Option<TerminalReadings>, StoreError> {
        self.latest("terminal-totals")
    }

    /// What was approved at a terminal between two entries of the journal, less what it gave back.
    pub fn approved_between(&self, terminal: &str, after: u64, until: u64) -> Result<Pence, StoreError> {
        let sql = "SELECT coalesce(sum(CASE WHEN reverses IS NULL THEN approved_pence ELSE -approved_pence END), 0) FROM card_payments
                   WHERE terminal = ?1 AND approval_seq > ?2 AND approval_seq <= ?3";
        Ok(Pence(self.0.prepare_cached(sql)?.query_row((terminal, after, until), |row| row.get(0))?))
    }

    /// Was anything approved at a terminal after an entry of the journal, or given back there?
    pub fn approved_after(&self, terminal: &str, seq: u64) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM card_payments WHERE terminal = ?1 AND approval_seq > ?2)";
        Ok(self.0.prepare_cached(sql)?.query_row((terminal, seq), |row| row.get(0))?)
    }

    /// A card payment or a reversal.
    pub fn card_payment(&self, transaction_id: &str) -> Result<Option<CardRow>, StoreError> {
        read(self.0, transaction_id)
    }

    /// What a terminal has given back of a payment, as far as it is over.
    pub fn returned(&self, transaction_id: &str) -> Result<Pence, StoreError> {
        let sql = "SELECT coalesce(sum(approved_pence), 0) FROM card_payments WHERE reverses = ?1 AND state = 'used'";
        Ok(Pence(self.0.prepare_cached(sql)?.query_row([transaction_id], |row| row.get(0))?))
    }

    /// Everything that isn't over yet, the oldest first.
    pub fn open_card_payments(&self) -> Result<Vec<CardRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM card_payments WHERE open = 1 ORDER BY seq");
        Ok(self.0.prepare_cached(&sql)?.query_map([], card_row)?.collect::<Result<_, _>>()?)
    }

    /// What is kept of the approval of a payment or a reversal; none where it wasn't approved.
    pub fn approval(&self, row: &CardRow) -> Result<Option<Approval>, StoreError> {
        let Some(seq) = row.approval_seq else { return Ok(None) };
        Ok(self.entry(seq)?.and_then(|entry| match entry.fact {
            Fact::CardPaymentSettled { outcome: CardOutcome::Approved { approval }, .. } => Some(*approval),
            Fact::CardPaymentResolved { taken, .. } => taken.map(|approval| *approval),
            _ => None,
        }))
    }
}

fn read(connection: &Connection, transaction_id: &str) -> Result<Option<CardRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM card_payments WHERE transaction_id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([transaction_id], card_row).optional()?)
}

/// A card payment is written down.
pub(crate) fn intended(connection: &Connection, seq: u64, entry: &Entry, intent: &CardIntent) -> Result<(), StoreError> {
    let CardIntent { transaction_id, service_id, terminal, mop_code, amount, sale_id, .. } = intent;
    let begun = Begun { transaction_id, service_id, terminal, sale_id, mop_code, amount: *amount, reverses: None };
    insert(connection, seq, entry, &begun)
}

/// A reversal is written down: its payment is on the way back, unless it is in a receipt already.
pub(crate) fn reversal_intended(connection: &Connection, seq: u64, entry: &Entry, reversal: &CardReversal) -> Result<(), StoreError> {
    let CardReversal { transaction_id, service_id, terminal, of, amount, .. } = reversal;
    let Some(payment) = read(connection, of)? else { return Ok(()) };
    if matches!(payment.state, CardState::Approved | CardState::Signature) {
        becomes(connection, of, CardState::Reversing, &payment.why)?;
    }
    let (sale_id, mop_code) = (&payment.sale_id, &payment.mop_code);
    let begun = Begun { transaction_id, service_id, terminal, sale_id, mop_code, amount: *amount, reverses: Some(of) };
    insert(connection, seq, entry, &begun)
}

struct Begun<'a> {
    transaction_id: &'a str,
    service_id: &'a str,
    terminal: &'a str,
    sale_id: &'a str,
    mop_code: &'a str,
    amount: Pence,
    reverses: Option<&'a str>,
}

fn insert(connection: &Connection, seq: u64, entry: &Entry, begun: &Begun<'_>) -> Result<(), StoreError> {
    let sql = "INSERT INTO card_payments (transaction_id, seq, service_id, terminal, session, user_code, sale_id, mop_code, at_ms,
                   amount_pence, reverses, state, open, approved_pence, why)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'intended', 1, 0, '')";
    let (session, by) = (entry.session.unwrap_or_default(), entry.by.as_deref().unwrap_or_default());
    connection.prepare_cached(sql)?.execute((
        begun.transaction_id,
        seq,
        begun.service_id,
        begun.terminal,
        session,
        by,
        begun.sale_id,
        begun.mop_code,
        entry.at_ms,
        begun.amount.0,
        begun.reverses,
    ))?;
    Ok(())
}

/// It stands so from now on.
pub(crate) fn becomes(connection: &Connection, transaction_id: &str, state: CardState, why: &str) -> Result<(), StoreError> {
    let sql = "UPDATE card_payments SET state = ?2, open = ?3, why = ?4 WHERE transaction_id = ?1";
    connection.prepare_cached(sql)?.execute((transaction_id, state.as_str(), state.is_open(), why))?;
    Ok(())
}

/// The terminal has said what became of it, or nothing of it ever left.
pub(crate) fn settled(connection: &Connection, seq: u64, transaction_id: &str, outcome: &CardOutcome) -> Result<(), StoreError> {
    match outcome {
        CardOutcome::Approved { approval } => approved(connection, seq, transaction_id, approval),
        CardOutcome::Declined { condition, .. } => no_money_moved(connection, transaction_id, condition),
        CardOutcome::Aborted { .. } => no_money_moved(connection, transaction_id, "aborted"),
        CardOutcome::NotFound => no_money_moved(connection, transaction_id, "not-found"),
        CardOutcome::NotSent { why } => no_money_moved(connection, transaction_id, why),
    }
}

/// A person has said what became of it. What they say of a reversal that was approved already is that no correction will take it: it is
/// over.
pub(crate) fn resolved(connection: &Connection, seq: u64, transaction_id: &str, taken: Option<&Approval>) -> Result<(), StoreError> {
    let waits = read(connection, transaction_id)?.is_some_and(|row| row.reverses.is_some() && row.state == CardState::Approved);
    match taken {
        Some(_) if waits => becomes(connection, transaction_id, CardState::Used, ""),
        Some(approval) => approved(connection, seq, transaction_id, approval),
        None => {
            let sql = "UPDATE card_payments SET approved_pence = 0, approval_seq = NULL WHERE transaction_id = ?1";
            connection.prepare_cached(sql)?.execute([transaction_id])?;
            no_money_moved(connection, transaction_id, RESOLVED)
        }
    }
}

fn approved(connection: &Connection, seq: u64, transaction_id: &str, approval: &Approval) -> Result<(), StoreError> {
    let Some(row) = read(connection, transaction_id)? else { return Ok(()) };
    let why = if row.is_called_free() { TAKEN_AFTER_ALL } else { "" };
    let sql = "UPDATE card_payments SET approved_pence = min(amount_pence, ?2), approval_seq = ?3 WHERE transaction_id = ?1";
    connection.prepare_cached(sql)?.execute((transaction_id, approval.amount.0.max(0), seq))?;
    let payment = row.reverses.as_deref().map(|of| read(connection, of)).transpose()?.flatten();
    match payment {
        // An abandoned sale's: the payment and its reversal are over together; so they are when it was said meanwhile that nothing went
        // back.
        Some(payment) if matches!(payment.state, CardState::Reversing | CardState::Approved | CardState::Signature) => {
            becomes(connection, &payment.transaction_id, CardState::Reversed, "")?;
            becomes(connection, transaction_id, CardState::Used, "")
        }
        Some(_) => becomes(connection, transaction_id, CardState::Approved, ""),
        None if approval.signature => becomes(connection, transaction_id, CardState::Signature, why),
        None => becomes(connection, transaction_id, CardState::Approved, why),
    }
}

/// A payment that wasn't taken is over; one that wasn't given back is still there, as it was before.
fn no_money_moved(connection: &Connection, transaction_id: &str, why: &str) -> Result<(), StoreError> {
    let row = read(connection, transaction_id)?;
    becomes(connection, transaction_id, CardState::Free, why)?;
    let payment = row.and_then(|row| row.reverses).map(|of| read(connection, &of)).transpose()?.flatten();
    match payment {
        Some(payment) if payment.state == CardState::Reversing => back_again(connection, &payment),
        _ => Ok(()),
    }
}

fn back_again(connection: &Connection, payment: &CardRow) -> Result<(), StoreError> {
    let approval = Reading(connection).approval(payment)?;
    let accepted: bool = connection
        .prepare_cached("SELECT signature_accepted FROM card_payments WHERE transaction_id = ?1")?
        .query_row([&payment.transaction_id], |row| row.get(0))?;
    let unsigned = approval.is_some_and(|approval| approval.signature) && !accepted;
    let state = if unsigned { CardState::Signature } else { CardState::Approved };
    becomes(connection, &payment.transaction_id, state, &payment.why)
}

/// The cashier has looked at the customer's signature.
pub(crate) fn signature_accepted(connection: &Connection, transaction_id: &str) -> Result<(), StoreError> {
    let sql = "UPDATE card_payments SET signature_accepted = 1 WHERE transaction_id = ?1";
    connection.prepare_cached(sql)?.execute([transaction_id])?;
    let why = read(connection, transaction_id)?.map(|row| row.why).unwrap_or_default();
    becomes(connection, transaction_id, CardState::Approved, &why)
}

/// A terminal's totals were read: the first and the last reading in a session are kept.
pub(crate) fn totals_read(
    connection: &Connection,
    seq: u64,
    entry: &Entry,
    terminal: &str,
    tally: TerminalTally,
) -> Result<(), StoreError> {
    let session = entry.session.unwrap_or_default();
    let earlier = Reading(connection).terminal_readings()?.filter(|now| now.session == session && now.terminal == terminal);
    let first = earlier.map_or((seq, tally), |earlier| earlier.first);
    let value = TerminalReadings { session, terminal: terminal.to_owned(), first, last: (seq, tally) };
    projections::latest(connection, "terminal-totals", &serde_json::to_value(value)?)
}

/// Card payments and reversals that are in a receipt now.
pub(crate) fn in_receipt(connection: &Connection, receipt: &Receipt) -> Result<(), StoreError> {
    for tender in &receipt.tenders {
        let TenderDetails::Card(card) = &tender.details else { continue };
        if !card.transaction_id.is_empty() {
            becomes(connection, &card.transaction_id, CardState::Used, "")?;
        }
    }
    Ok(())
}

impl Store {
    /// The next id that a terminal knows something by: ten letters and digits, given out once, whatever becomes of it. `start` is
    /// where a store begins that has given out none: a till that was restored has lost its place, and must not go on from an earlier one.
    ///
    /// # Errors
    /// The store's own; the number may then be left out.
    pub fn next_service_id(&self, start: u64) -> Result<String, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let last: Option<String> =
            transaction.query_row("SELECT value FROM meta WHERE name = 'service_id'", [], |row| row.get(0)).optional()?;
        let next = last.and_then(|last| last.parse::<u64>().ok()).map_or(start % (SERVICE_IDS / 2), |last| (last + 1) % SERVICE_IDS);
        transaction.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('service_id', ?1)", [next.to_string()])?;
        transaction.commit()?;
        Ok(service_id(next))
    }
}

/// How many there are: ten places of 36.
const SERVICE_IDS: u64 = 36u64.pow(10);

fn service_id(mut number: u64) -> String {
    let mut digits = [b'0'; 10];
    for place in digits.iter_mut().rev() {
        let digit = u8::try_from(number % 36).unwrap_or_default();
        *place = if digit < 10 { b'0' + digit } else { b'A' + (digit - 10) };
        number /= 36;
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_id_has_ten_letters_and_digits() {
        assert_eq!(service_id(0), "0000000000");
        assert_eq!(service_id(35), "000000000Z");
        assert_eq!(service_id(SERVICE_IDS - 1), "ZZZZZZZZZZ");
    }

    #[test]
    fn every_state_has_its_own_name() {
        for state in CardState::ALL {
            assert_eq!(state_of_name(state.as_str()), state);
        }
    }
}
