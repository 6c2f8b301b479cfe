//! What became of a payment is written down, and what follows from it: the receipt, what is printed.

use crate::error::TillError;
use crate::sales::numbered;
use crate::sessions::still_open;
use crate::settings::MerchantCopy;
use crate::till::Core;
use counterfoil_domain::card_payment::{CardIntent, CardOutcome, CardState};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::sale::parked_label;
use counterfoil_store::{CardRow, Decision, Job, Reading, uuid_bytes};

fn unknown() -> TillError {
    TillError::not_done("card-payment-unknown")
}

pub(super) fn row(reading: &Reading<'_>, transaction_id: &str) -> Result<CardRow, TillError> {
    reading.card_payment(transaction_id)?.ok_or_else(unknown)
}

/// Nothing is to be written.
fn as_it_is(reading: &Reading<'_>, row: &CardRow) -> Result<Decision, TillError> {
    Ok(Decision::Already(row.seq, Box::new(reading.entry(row.seq)?.ok_or_else(unknown)?)))
}

/// An entry about a payment, of whoever began it.
fn about(core: &Core, row: &CardRow, fact: Fact) -> Entry {
    let by = Some(row.user_code.as_str()).filter(|code| !code.is_empty());
    core.entry(core.surroundings.new_id(), by, Some(row.session), fact)
}

/// Writes what became of it. Said twice, it is written once; and a supervisor's word stands, but for money that the terminal has
/// taken after all.
pub(super) fn settled(core: &Core, transaction_id: &str, outcome: &CardOutcome) -> Result<(), TillError> {
    core.store.commit(|reading| {
        let row = row(reading, transaction_id)?;
        let taken_after_all = row.is_called_free() && matches!(outcome, CardOutcome::Approved { .. });
        let waits_for_it = matches!(row.state, CardState::Intended | CardState::Sent | CardState::Unresolved);
        if !waits_for_it && !taken_after_all {
            return as_it_is(reading, &row);
        }
        let fact = Fact::CardPaymentSettled { transaction_id: transaction_id.to_owned(), outcome: outcome.clone() };
        let job = prints(core, reading, &row, outcome)?.then(Job::default);
        Ok::<_, TillError>(Decision::Write(Box::new(about(core, &row, fact)), job))
    })?;
    Ok(())
}

/// Writes that it was given up before anything was sent; false where it has been sent, or something else was written of it.
pub(super) fn given_up(core: &Core, transaction_id: &str) -> Result<bool, TillError> {
    let committed = core.store.commit(|reading| {
        let row = row(reading, transaction_id)?;
        if row.state != CardState::Intended {
            return as_it_is(reading, &row);
        }
        let outcome = CardOutcome::NotSent { why: "aborted".to_owned() };
        let fact = Fact::CardPaymentSettled { transaction_id: transaction_id.to_owned(), outcome };
        Ok::<_, TillError>(Decision::Write(Box::new(about(core, &row, fact)), None))
    })?;
    Ok(!committed.again)
}

/// Does something come out of the printer at once? The customer's copy of a payment comes with our receipt.
fn prints(core: &Core, reading: &Reading<'_>, row: &CardRow, outcome: &CardOutcome) -> Result<bool, TillError> {
    let policy = core.settings().card_terminal.map(|settings| settings.merchant_copy).unwrap_or_default();
    let copies = |customer: bool| outcome.receipts().iter().any(|copy| copy.customer == customer);
    Ok(match outcome {
        CardOutcome::Approved { approval } => {
            let wanted = match policy {
                MerchantCopy::Always => true,
                MerchantCopy::WhenSigned => approval.signature,
                MerchantCopy::Never => false,
            };
            (wanted && copies(false)) || (given_back(reading, row)? && copies(true))
        }
        _ => copies(true),
    })
}

/// An abandoned sale's payment is given back: no receipt of ours will say it.
pub(crate) fn given_back(reading: &Reading<'_>, row: &CardRow) -> Result<bool, TillError> {
    let Some(of) = &row.reverses else { return Ok(false) };
    let payment = reading.card_payment(of)?.ok_or_else(unknown)?;
    Ok(matches!(payment.state, CardState::Reversing | CardState::Reversed))
}

/// Writes that it couldn't be learnt.
pub(super) fn unresolved(core: &Core, transaction_id: &str, why: &str) -> Result<(), TillError> {
    core.store.commit(|reading| {
        let row = row(reading, transaction_id)?;
        if row.state != CardState::Sent {
            return as_it_is(reading, &row);
        }
        let fact = Fact::CardPaymentUnresolved { transaction_id: transaction_id.to_owned(), why: why.to_owned() };
        Ok::<_, TillError>(Decision::Write(Box::new(about(core, &row, fact)), None))
    })?;
    Ok(())
}

pub(super) fn intent(reading: &Reading<'_>, row: &CardRow) -> Result<Option<(Entry, CardIntent)>, TillError> {
    let entry = reading.entry(row.seq)?.ok_or_else(unknown)?;
    Ok(match &entry.fact {
        Fact::CardPaymentIntended { intent } => Some((entry.clone(), *intent.clone())),
        _ => None,
    })
}

/// What the till called itself at the terminal; empty where the terminal needs no name.
pub(super) fn known_as(reading: &Reading<'_>, row: &CardRow) -> Result<String, TillError> {
    let entry = reading.entry(row.seq)?.ok_or_else(unknown)?;
    Ok(match entry.fact {
        Fact::CardPaymentIntended { intent } => intent.known_as,
        Fact::CardReversalIntended { reversal } => reversal.known_as,
        _ => String::new(),
    })
}

/// Writes that it may have begun at the terminal from now on; false where something else was written of it meanwhile, and then it
/// mustn't be sent.
pub(super) fn sent(core: &Core, transaction_id: &str) -> Result<bool, TillError> {
    let committed = core.store.commit(|reading| {
        let row = row(reading, transaction_id)?;
        if row.state != CardState::Intended {
            return as_it_is(reading, &row);
        }
        let fact = Fact::CardPaymentSent { transaction_id: transaction_id.to_owned() };
        Ok::<_, TillError>(Decision::Write(Box::new(about(core, &row, fact)), None))
    })?;
    Ok(!committed.again)
}

/// In a copy of a till's data nobody knows what was sent meanwhile: what was only written down may have been.
pub(crate) fn may_have_been_sent(core: &Core) -> Result<(), TillError> {
    for row in core.store.read(|reading| reading.open_card_payments())? {
        sent(core, &row.transaction_id)?;
    }
    Ok(())
}

/// Commits the receipt that an approved payment completes, if that is still to be done. The drawer opens for its cash only while the
/// customer is there: not after a restart, nor for an answer that came when the next one was being served.
pub(super) fn completed(core: &Core, transaction_id: &str, customer_is_there: bool) -> Result<(), TillError> {
    core.store.commit(|reading| {
        let row = row(reading, transaction_id)?;
        let Some(entry) = completing(core, reading, &row)? else { return as_it_is(reading, &row) };
        let drawer = matches!(&entry.fact, Fact::ReceiptTaken { receipt, .. } if customer_is_there && receipt.has_cash());
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(Job { drawer, ..Job::default() })))
    })?;
    Ok(())
}

fn completing(core: &Core, reading: &Reading<'_>, row: &CardRow) -> Result<Option<Entry>, TillError> {
    if row.state != CardState::Approved || row.reverses.is_some() || row.is_taken_after_all() {
        return Ok(None);
    }
    let Some((intended, intent)) = intent(reading, row)? else { return Ok(None) };
    let sale_id = uuid_bytes(&intent.sale_id).ok_or_else(unknown)?;
    let (Some(draft), Some(approval)) = (&intent.completes, reading.approval(row)?) else { return Ok(None) };
    let Some(settled) = draft.settled(&row.transaction_id, &approval) else { return Ok(None) };
    // What is taken otherwise meanwhile, or has another approved payment's money, is a person's to sort out: with a reversal.
    if reading.entry_by_id(&sale_id)?.is_some() || still_open(reading, row.session).is_err() || others_gone(reading, row, &settled)? {
        return Ok(None);
    }
    let council = core.council()?;
    let receipt = numbered(reading, &council, settled, draft.language)?;
    let fact = Fact::ReceiptTaken { receipt, content: draft.content.clone() };
    let entry = core.entry(intent.sale_id, Some(&row.user_code), Some(row.session), fact);
    Ok(Some(Entry { approved_by: intended.approved_by, ..entry }))
}

/// Another card payment of the same sale that the draft counts on isn't there any more.
fn others_gone(reading: &Reading<'_>, own: &CardRow, settled: &counterfoil_domain::sale::Settled) -> Result<bool, TillError> {
    for other in super::sale::cards_of(settled).filter(|id| *id != own.transaction_id) {
        if reading.card_payment(other)?.is_none_or(|row| row.state != CardState::Approved) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// After a start, before the counter opens: what was never sent is over; what was approved becomes its receipt, or its sale is parked,
/// so that somebody can go on with it.
pub(super) fn tidy_up(core: &Core) -> Result<(), TillError> {
    for row in core.store.read(|reading| reading.open_card_payments())? {
        match row.state {
            CardState::Intended => {
                settled(core, &row.transaction_id, &CardOutcome::NotSent { why: "till-stopped".to_owned() })?;
            }
            CardState::Approved if row.reverses.is_none() && core.council().is_ok() => {
                completed(core, &row.transaction_id, false)?;
                parked(core, &row.transaction_id)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Parks the sale of an approved payment that is in no receipt, if it isn't somewhere already.
pub(super) fn parked(core: &Core, transaction_id: &str) -> Result<(), TillError> {
    core.store.commit(|reading| {
        let row = row(reading, transaction_id)?;
        let waits_for_its_sale = row.state == CardState::Approved && !row.is_taken_after_all();
        let intent = intent(reading, &row)?.map(|(_, intent)| intent).filter(|_| waits_for_its_sale);
        let Some(intent) = intent else { return as_it_is(reading, &row) };
        let sale_id = uuid_bytes(&intent.sale_id).ok_or_else(unknown)?;
        let is_somewhere = reading.entry_by_id(&sale_id)?.is_some() || reading.parked_sale(&intent.sale_id)?.is_some();
        if is_somewhere || still_open(reading, row.session).is_err() {
            return as_it_is(reading, &row);
        }
        let label = parked_label("", &intent.lines)?;
        let fact = Fact::SaleParked { sale_id: intent.sale_id, label, lines: intent.lines, total: row.approved };
        Ok::<_, TillError>(Decision::Write(Box::new(about(core, &row, fact)), None))
    })?;
    Ok(())
}
