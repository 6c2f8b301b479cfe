//! What card payments that aren't over mean for a sale, and for its session.

use super::settling::intent;
use crate::api::people::Approval;
use crate::approvals::second_person_for;
use crate::error::TillError;
use crate::sales::as_kept;
use crate::till::{Caller, Till};
use counterfoil_domain::card_payment::{Approval as Approved, ApprovedCard, CardState, GivenBack};
use counterfoil_domain::receipt::{CardDetails, IncomeLine, Receipt, Tender, TenderDetails};
use counterfoil_domain::rights::Right;
use counterfoil_domain::sale::{Settled, TenderDraft};
use counterfoil_domain::{Code, Council, Pence, Refusal};
use counterfoil_store::{CardRow, Reading};
use std::collections::BTreeMap;

/// The card payments of the till's own terminal in a sale.
pub(super) fn cards_of(settled: &Settled) -> impl Iterator<Item = &str> {
    cards_among(&settled.tenders)
}

fn cards_among(tenders: &[Tender]) -> impl Iterator<Item = &str> {
    tenders.iter().filter_map(|tender| match &tender.details {
        TenderDetails::Card(card) if !card.transaction_id.is_empty() => Some(card.transaction_id.as_str()),
        _ => None,
    })
}

/// The approved payments that tenders name, as far as they are still there.
pub(crate) fn approved_for(reading: &Reading<'_>, tenders: &[TenderDraft]) -> Result<Vec<ApprovedCard>, TillError> {
    let mut approved = Vec::new();
    for tender in tenders {
        let TenderDraft::Terminal { transaction_id, .. } = tender else { continue };
        let row = reading.card_payment(transaction_id)?.filter(|row| row.state == CardState::Approved && row.reverses.is_none());
        let Some(row) = row else { continue };
        let Some(approval) = reading.approval(&row)? else { continue };
        let details = approval.details(transaction_id);
        approved.push(ApprovedCard { transaction_id: row.transaction_id, mop_code: row.mop_code, amount: row.approved, details });
    }
    Ok(approved)
}

/// What the terminal has given back of a receipt's card payments, and no receipt says yet.
pub(crate) fn given_back_of(reading: &Reading<'_>, receipt: &Receipt) -> Result<Vec<GivenBack>, TillError> {
    let payments: Vec<&str> = cards_among(&receipt.tenders).collect();
    if payments.is_empty() {
        return Ok(Vec::new());
    }
    let mut given_back = Vec::new();
    for row in reading.open_card_payments()?.into_iter().filter(|row| row.state == CardState::Approved) {
        let Some(of) = row.reverses.clone().filter(|of| payments.contains(&of.as_str())) else { continue };
        let Some(approval) = reading.approval(&row)? else { continue };
        let payment = reading.card_payment(&of)?.map(|payment| reading.approval(&payment)).transpose()?.flatten().unwrap_or_default();
        let details = told_by_the_payment(approval.details(&row.transaction_id), &payment);
        given_back.push(GivenBack { of, amount: row.approved, details });
    }
    Ok(given_back)
}

/// What a terminal doesn't say of a reversal is what it said of the payment: it is the same card at the same terminal.
fn told_by_the_payment(details: CardDetails, payment: &Approved) -> CardDetails {
    let or = |said: String, before: &String| if said.is_empty() { before.clone() } else { said };
    CardDetails {
        terminal: or(details.terminal, &payment.terminal_id),
        authorisation: or(details.authorisation, &payment.authorisation),
        last_four: or(details.last_four, &payment.last_four),
        scheme: or(details.scheme, &payment.scheme),
        entry_mode: or(details.entry_mode, &payment.entry_mode),
        merchant_id: or(details.merchant_id, &payment.merchant_id),
        aid: or(details.aid, &payment.aid),
        ..details
    }
}

/// What terminals have given back of a receipt's card payments that receipts say already, by payment.
pub(crate) fn returned_of(reading: &Reading<'_>, receipt: &Receipt) -> Result<BTreeMap<String, Pence>, TillError> {
    cards_among(&receipt.tenders).map(|payment| Ok((payment.to_owned(), reading.returned(payment)?))).collect()
}

/// May a receipt be corrected so? Not while a card payment of it goes back, or may have gone back, in a way that this correction doesn't
/// have: the customer would be paid twice.
pub(crate) fn no_other_way_back(reading: &Reading<'_>, receipt: &Receipt, correction: &Settled) -> Result<(), TillError> {
    let payments: Vec<&str> = cards_among(&receipt.tenders).collect();
    let own: Vec<&str> = cards_of(correction).collect();
    nothing_goes_back(reading, &payments, &own)
}

/// None of these payments is on its way back, but by what is the asker's own.
pub(super) fn nothing_goes_back(reading: &Reading<'_>, payments: &[&str], own: &[&str]) -> Result<(), TillError> {
    if payments.is_empty() {
        return Ok(());
    }
    for row in reading.open_card_payments()? {
        if !row.reverses.as_ref().is_some_and(|of| payments.contains(&of.as_str())) {
            continue;
        }
        let code = match row.state {
            CardState::Approved if own.contains(&row.transaction_id.as_str()) => continue,
            CardState::Approved => "card-reversal-not-used",
            CardState::Unresolved => "card-reversal-unresolved",
            _ => "card-reversal-in-progress",
        };
        return Err(TillError::not_done(code).with("amount", row.amount));
    }
    Ok(())
}

fn open_of_sale(reading: &Reading<'_>, sale_id: &str) -> Result<Vec<CardRow>, TillError> {
    let rows = reading.open_card_payments()?.into_iter();
    Ok(rows.filter(|row| row.sale_id == sale_id && row.reverses.is_none()).collect())
}

/// A sale's approved payments that are in no receipt.
pub(crate) fn approved_of(reading: &Reading<'_>, sale_id: &str) -> Result<Vec<CardRow>, TillError> {
    Ok(open_of_sale(reading, sale_id)?.into_iter().filter(|row| row.state == CardState::Approved).collect())
}

fn in_progress(row: &CardRow) -> Result<(), TillError> {
    match row.state {
        CardState::Intended | CardState::Sent | CardState::Signature | CardState::Reversing => {
            Err(TillError::not_done("card-payment-in-progress").with("amount", row.amount))
        }
        _ => Ok(()),
    }
}

fn unresolved(row: &CardRow) -> TillError {
    TillError::not_done("card-payment-unresolved").with("amount", row.amount)
}

/// No card is charged for a sale while nobody knows whether one was.
pub(super) fn no_card_is_unclear(reading: &Reading<'_>, sale_id: &str) -> Result<(), TillError> {
    let unclear = open_of_sale(reading, sale_id)?.into_iter().find(|row| row.state == CardState::Unresolved);
    unclear.map_or(Ok(()), |row| Err(TillError::not_done("card-payment-unresolved-no-card").with("amount", row.amount)))
}

/// The card payments that aren't over and are for the account of one of these lines, each with that line's place: the same bill, perhaps,
/// typed again after its card was charged.
pub(crate) fn charged_perhaps(
    reading: &Reading<'_>,
    council: &Council,
    lines: &[Option<IncomeLine>],
) -> Result<Vec<(usize, CardRow)>, TillError> {
    let mut found = Vec::new();
    for row in reading.open_card_payments()?.into_iter().filter(|row| row.reverses.is_none()) {
        let Some((_, intent)) = intent(reading, &row)? else { continue };
        let accounts: Vec<_> = intent.lines.iter().filter_map(|line| as_kept(council, line)).collect();
        let same = |line: &IncomeLine| accounts.iter().any(|(fund, kept)| fund.code == line.fund_code && *kept == line.reference);
        let places = lines.iter().enumerate().filter(|(_, line)| line.as_ref().is_some_and(same));
        found.extend(places.map(|(place, _)| (place, row.clone())));
    }
    Ok(found)
}

/// No card is charged for another sale's account while nobody knows whether one was, or what was charged is in no receipt: that is for a
/// supervisor to allow.
pub(super) fn charged_for_another(
    reading: &Reading<'_>,
    council: &Council,
    sale_id: &str,
    lines: &[Option<IncomeLine>],
) -> Result<Option<CardRow>, TillError> {
    Ok(charged_perhaps(reading, council, lines)?.into_iter().map(|(_, row)| row).find(|row| row.sale_id != sale_id))
}

/// May the sale be taken with these tenders? None of its card payments may be under way; whether one that is unclear may be paid in
/// another way is a supervisor's to say, and never by another card; and one that was approved must be among the tenders.
pub(crate) fn may_be_taken(reading: &Reading<'_>, sale_id: &str, tenders: &[TenderDraft], supervised: bool) -> Result<(), TillError> {
    let rows = open_of_sale(reading, sale_id)?;
    if tenders.iter().any(|tender| matches!(tender, TenderDraft::Card { .. })) {
        no_card_is_unclear(reading, sale_id)?;
    }
    let named = |row: &CardRow| {
        tenders.iter().any(|tender| matches!(tender, TenderDraft::Terminal { transaction_id, .. } if *transaction_id == row.transaction_id))
    };
    for row in &rows {
        in_progress(row)?;
        match row.state {
            CardState::Unresolved if !supervised => return Err(unresolved(row)),
            CardState::Approved if !named(row) => {
                return Err(TillError::not_done("card-payment-not-used").with("amount", row.approved));
            }
            _ => {}
        }
    }
    let used = rows.iter().filter(|row| row.state == CardState::Approved && named(row)).count();
    let wanted = tenders.iter().filter(|tender| matches!(tender, TenderDraft::Terminal { .. })).count();
    if used == wanted { Ok(()) } else { Err(Refusal::new(Code::CardPaymentNotApproved).into()) }
}

/// May the sale be put aside? Not while its customer is at the terminal.
pub(crate) fn may_be_parked(reading: &Reading<'_>, sale_id: &str, supervised: bool) -> Result<(), TillError> {
    for row in open_of_sale(reading, sale_id)? {
        in_progress(&row)?;
        if row.state == CardState::Unresolved && !supervised {
            return Err(unresolved(&row));
        }
    }
    Ok(())
}

/// May the parked sale be given up? Not while somebody's money is in it.
pub(crate) fn may_be_abandoned(reading: &Reading<'_>, sale_id: &str) -> Result<(), TillError> {
    for row in open_of_sale(reading, sale_id)? {
        in_progress(&row)?;
        if row.state == CardState::Approved {
            return Err(TillError::not_done("card-payment-not-used").with("amount", row.approved));
        }
    }
    Ok(())
}

/// Who answers for going on with a sale whose card payment is unclear; nobody where none is, or nobody was asked.
pub(crate) fn supervised(till: &Till, caller: &Caller, sale_id: &str, approval: Option<&Approval>) -> Result<Option<String>, TillError> {
    let rows = till.core.store.read(|reading| open_of_sale(reading, sale_id))?;
    let unclear = rows.iter().find(|row| row.state == CardState::Unresolved);
    match (unclear, approval) {
        (Some(row), Some(_)) => supervisor(till, caller, approval, &row.user_code),
        _ => Ok(None),
    }
}

/// Somebody who supervises sessions and isn't the cashier: the second person named, or nobody where it is whoever is signed in.
pub(super) fn supervisor(till: &Till, caller: &Caller, approval: Option<&Approval>, cashier: &str) -> Result<Option<String>, TillError> {
    let (council, user) = (caller.council()?, caller.user()?);
    let supervises = council.may(user, Right::SuperviseSessions) && !user.code.eq_ignore_ascii_case(cashier);
    if approval.is_none() && supervises {
        return Ok(None);
    }
    let code = second_person_for(till, caller, approval, &[cashier.to_owned()])?;
    let may = council.user(&code).is_some_and(|person| council.may(person, Right::SuperviseSessions));
    if may { Ok(Some(code)) } else { Err(TillError::not_done("approver-may-not")) }
}

/// A session with a card payment that isn't over can't be counted.
pub(crate) fn nothing_open(reading: &Reading<'_>) -> Result<(), TillError> {
    let open = reading.open_card_payments()?.len();
    if open > 0 { Err(TillError::not_done("card-payments-open").with("count", open)) } else { Ok(()) }
}
