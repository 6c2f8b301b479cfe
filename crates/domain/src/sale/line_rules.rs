//! What a line as typed is held against: its fund, its account, and what stands on the account.

use super::{LineDraft, Standing};
use crate::Pence;
use crate::card_number::holds_card_number;
use crate::council::{Council, Fund, FundMessage, ReasonKind};
use crate::money::parse_amount;
use crate::reference::{Fit, fit_fund, readable};
use crate::refusal::{Code, Refusal};
use crate::typed::{free_text, short_text};
use rust_decimal::Decimal;

/// The longest name or address of a payer, in characters.
const MAX_PAYER: usize = 150;

/// The message on an account, if its fund has it.
pub fn message_of<'a>(council: &'a Council, fund: &Fund, standing: &Standing) -> Option<&'a FundMessage> {
    let id = standing.holder.as_ref()?.message_id?;
    council.message(&fund.code, id)
}

/// Where the council has reasons for overriding a stop, one of them is needed; what is none of them is never kept.
pub(super) fn override_reason(council: &Council, draft: &LineDraft) -> Result<(), Refusal> {
    let mut reasons = council.reasons.iter().filter(|reason| reason.kind == ReasonKind::OverrideStop).peekable();
    let none_needed = !draft.override_stop || reasons.peek().is_none();
    let fits = reasons.any(|reason| reason.code == draft.override_reason) || (none_needed && draft.override_reason.is_empty());
    if fits { Ok(()) } else { Err(Refusal::new(Code::ReasonMissing)) }
}

/// Money that nobody can place needs words by which it may be placed later.
pub(super) fn narrative_for(fund: &Fund, typed: &str) -> Result<String, Refusal> {
    let text = free_text(typed)?;
    if fund.suspense && text.is_empty() { Err(Refusal::new(Code::NarrativeMissing)) } else { Ok(text) }
}

/// Is the payer to be asked who they are? Where the fund wants to know and the account doesn't say it; not for money that nobody
/// can place, of which a narrative says what is known.
fn asks_for_payer(fund: &Fund, standing: &Standing) -> bool {
    fund.address_needed && !fund.suspense && standing.holder.is_none()
}

/// The payer's name. What isn't asked for isn't kept.
pub(super) fn payer_name_for(fund: &Fund, draft: &LineDraft, standing: &Standing) -> Result<String, Refusal> {
    payer(&draft.payer_name, asks_for_payer(fund, standing), Code::PayerNameMissing)
}

/// The payer's address. What isn't asked for isn't kept.
pub(super) fn payer_address_for(fund: &Fund, draft: &LineDraft, standing: &Standing) -> Result<String, Refusal> {
    payer(&draft.payer_address, asks_for_payer(fund, standing), Code::PayerAddressMissing)
}

fn payer(typed: &str, asked: bool, missing: Code) -> Result<String, Refusal> {
    let text = short_text(typed, MAX_PAYER).map_err(|refusal| match refusal.code {
        Code::NarrativeNotValid => Refusal { code: Code::PayerNotValid, ..refusal },
        _ => refusal,
    })?;
    match (asked, text.is_empty()) {
        (true, true) => Err(Refusal::new(missing)),
        (true, false) => Ok(text),
        (false, _) => Ok(String::new()),
    }
}

pub(super) fn reference_for(council: &Council, fund: &Fund, typed: &str, standing: &Standing) -> Result<String, Refusal> {
    let text = readable(typed)?;
    let known = standing.holder.as_ref().map(|holder| holder.reference.as_str());
    match fit_fund(council, fund, &text, &mut |_, reference| known == Some(reference)) {
        // One that is recognised may look like a card's number, but nothing around it may.
        Fit::Fits { reference, .. } if !holds_card_number(typed) || holds_card_number(&reference) => Ok(reference),
        _ if holds_card_number(typed) => Err(Refusal::new(Code::CardNumberTyped)),
        _ => Err(Refusal::new(Code::ReferenceNotValidForFund)),
    }
}

pub(super) fn positive_amount(typed: &str) -> Result<Pence, Refusal> {
    let amount = parse_amount(typed)?;
    if amount.is_zero() { Err(Refusal::new(Code::AmountZero)) } else { Ok(amount) }
}

/// `paid_before` is what lines before this one in the basket pay on the same account.
pub(super) fn line_amount(fund: &Fund, typed: &str, standing: &Standing, paid_before: Pence) -> Result<Pence, Refusal> {
    let amount = positive_amount(typed)?;
    if amount > fund.maximum {
        return Err(Refusal::new(Code::AmountAboveFundMaximum).with("maximum", fund.maximum));
    }
    let owed = standing.holder.as_ref().map(|holder| holder.balance.minus(standing.taken_since).minus(paid_before));
    match owed {
        Some(owed) if !fund.may_overpay && amount > owed => Err(Refusal::new(Code::AmountAboveBalance).with("owed", Pence(owed.0.max(0)))),
        _ => Ok(amount),
    }
}

pub(super) fn vat_for(council: &Council, fund: &Fund, chosen: Option<&str>) -> Result<(String, Decimal), Refusal> {
    let code = chosen.unwrap_or(&fund.vat_code);
    if code != fund.vat_code && !fund.vat_override {
        return Err(Refusal::new(Code::VatCodeFixed));
    }
    let vat = council.vat_code(code).filter(|vat| !vat.disabled).ok_or_else(|| Refusal::new(Code::VatCodeNotAvailable))?;
    Ok((vat.code.clone(), vat.rate))
}
