//! A supervisor says what became of a payment that the terminal doesn't tell of, with its slip in hand.

use super::commands::finish;
use super::sale::supervisor;
use super::settling::row;
use crate::api::Nothing;
use crate::api::cards::ResolveCard;
use crate::error::TillError;
use crate::till::{Caller, Till};
use counterfoil_domain::card_payment::{Approval, CardState};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::money::parse_amount;
use counterfoil_domain::typed::{card_slip, free_text};
use counterfoil_domain::{Code, Refusal};
use counterfoil_store::{CardRow, Decision};

/// `card.resolve`.
pub(crate) fn resolve(till: &Till, caller: &Caller, request: ResolveCard) -> Result<Nothing, TillError> {
    let core = &till.core;
    let payment = core.store.read(|reading| row(reading, &request.transaction_id))?;
    can_be_resolved(&payment, request.taken)?;
    let text = free_text(&request.text)?;
    if text.is_empty() {
        return Err(TillError::not_done("finding-missing"));
    }
    let taken = match payment.state {
        _ if !request.taken => None,
        // The terminal has said itself what its slip says.
        CardState::Approved => {
            let unknown = || TillError::not_done("card-payment-unknown");
            Some(core.store.read(|reading| reading.approval(&payment))?.ok_or_else(unknown)?)
        }
        _ => Some(by_slip(&payment, &request)?),
    };
    let taken = taken.map(Box::new);
    let approved_by = supervisor(till, caller, request.approval.as_ref(), &payment.user_code)?;
    core.store.commit(|reading| {
        // The terminal can have said meanwhile what became of it: then the supervisor looks again.
        if row(reading, &request.transaction_id)?.state != payment.state {
            return Err(TillError::not_done("card-payment-not-unresolved"));
        }
        let fact = Fact::CardPaymentResolved { transaction_id: request.transaction_id.clone(), taken, text };
        let entry = core.entry(core.surroundings.new_id(), Some(&caller.user()?.code), Some(payment.session), fact);
        Ok::<_, TillError>(Decision::Write(Box::new(Entry { approved_by, ..entry }), None))
    })?;
    finish(till, &request.transaction_id, false);
    Ok(Nothing {})
}

/// What is unclear; an approved payment that was given back at the terminal by hand; and an approved reversal that no correction takes:
/// the money is back, and the difference that is left is for the cash-up to give a reason for.
fn can_be_resolved(payment: &CardRow, taken: bool) -> Result<(), TillError> {
    match payment.state {
        CardState::Unresolved => Ok(()),
        CardState::Approved if taken == payment.reverses.is_some() => Ok(()),
        _ => Err(TillError::not_done("card-payment-not-unresolved")),
    }
}

/// What the slip says.
fn by_slip(payment: &CardRow, request: &ResolveCard) -> Result<Approval, TillError> {
    let amount = parse_amount(&request.amount)?;
    if !amount.is_positive() || amount > payment.amount || (payment.reverses.is_some() && amount != payment.amount) {
        return Err(Refusal::new(Code::TenderAboveDue).with("due", payment.amount).into());
    }
    let slip = card_slip(&request.terminal, &request.authorisation, &request.last_four)?;
    Ok(Approval { amount, authorisation: slip.authorisation, last_four: slip.last_four, terminal_id: slip.terminal, ..Approval::default() })
}
