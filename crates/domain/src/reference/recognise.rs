//! Which fund a reference belongs to, when the cashier hasn't said.

use super::{MAX_REFERENCE, Validator};
use crate::card_number::holds_card_number;
use crate::council::{Council, Fund};
use crate::refusal::{Code, Refusal};
use crate::text::is_plain;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether the extract has an account, asked by fund code and reference (upper case).
pub type AccountLookUp<'a> = dyn FnMut(&str, &str) -> bool + 'a;

/// How much speaks for a fund. Stronger comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Almost any text would fit.
    Open,
    /// The mask or pattern fits.
    Shape,
    /// The check digit holds.
    CheckDigit,
    /// The account is in the extract.
    Account,
}

/// Why a fund doesn't take a reference. For administrators only: a cashier is never shown the expected form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Misfit {
    /// Too short or too long.
    Length,
    /// Characters of another class.
    Characters,
    /// The pattern doesn't match.
    Pattern,
    /// The mask doesn't fit.
    Mask,
    /// The check digit is another.
    CheckDigit,
    /// The account must exist and doesn't.
    AccountUnknown,
    /// It looks like a payment card's number, and nothing says that it is a reference.
    CardNumber,
}

/// A fund's answer to a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It takes it, as this reference, for this reason.
    Fits {
        /// The reference as it will be kept: upper case, without what the bill prints around it.
        reference: String,
        /// How much speaks for the fund.
        strength: Strength,
    },
    /// It doesn't.
    Misfits(Misfit),
}

/// A fund that takes a reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FundFit {
    /// The fund.
    pub fund_code: String,
    /// The reference as it will be kept.
    pub reference: String,
    /// How much speaks for it.
    pub strength: Strength,
}

/// What was typed or scanned, as it is compared: trimmed, in upper case.
///
/// # Errors
/// Empty, longer than any reference or printed form could be, or with characters that can't be printed. A swiped card is that
/// too, and is called what it is.
pub fn readable(typed: &str) -> Result<String, Refusal> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Refusal::new(Code::ReferenceMissing));
    }
    // A printed form can be longer than the reference in it; twice the longest reference is room enough.
    if text.len() > 2 * MAX_REFERENCE || !is_plain(text) {
        return Err(Refusal::new(if holds_card_number(text) { Code::CardNumberTyped } else { Code::ReferenceUnreadable }));
    }
    Ok(text.to_uppercase())
}

/// A fund's answer to a reference (from [`readable`]).
///
/// The order is that of LocalGov IMS: length, character class, regex, then **either** the account must exist **or** mask and
/// check digit. A fund whose account needn't exist still counts an account that does as the strongest sign. What looks like a
/// payment card's number is a reference only where an account or the validator says so: it would be kept for years.
pub fn fit_fund(council: &Council, fund: &Fund, reference: &str, account_exists: &mut AccountLookUp<'_>) -> Fit {
    let validator = fund.validator.as_deref().and_then(|name| council.validator(name));
    let reference = validator.map_or(reference, |validator| validator.unprinted(reference));
    if reference.chars().count() > MAX_REFERENCE {
        return Fit::Misfits(Misfit::Length);
    }
    if let Some(validator) = validator {
        if !validator.length_fits(reference) {
            return Fit::Misfits(Misfit::Length);
        }
        if !validator.characters_fit(reference) {
            return Fit::Misfits(Misfit::Characters);
        }
        if !validator.regex_fits(reference) {
            return Fit::Misfits(Misfit::Pattern);
        }
    }
    let fits = |strength| Fit::Fits { reference: reference.to_owned(), strength };
    if account_exists(&fund.code, reference) {
        return fits(Strength::Account);
    }
    if fund.account_must_exist {
        return Fit::Misfits(Misfit::AccountUnknown);
    }
    if holds_card_number(reference) && !validator.is_some_and(Validator::tells_from_others) {
        return Fit::Misfits(Misfit::CardNumber);
    }
    let Some(validator) = validator else { return fits(Strength::Open) };
    if !validator.mask_fits(reference) {
        return Fit::Misfits(Misfit::Mask);
    }
    if !validator.check_digit_holds(reference) {
        return Fit::Misfits(Misfit::CheckDigit);
    }
    let shaped = validator.regex.is_some() || validator.mask.as_ref().is_some_and(|mask| !mask.is_open());
    fits(match (&validator.check_digit, shaped) {
        (Some(_), _) => Strength::CheckDigit,
        (None, true) => Strength::Shape,
        (None, false) => Strength::Open,
    })
}

/// Every fund at the counter that takes the reference, the strongest first; funds of equal strength stay in the pack's order.
pub fn propose(council: &Council, reference: &str, account_exists: &mut AccountLookUp<'_>) -> Vec<FundFit> {
    let mut fits: Vec<FundFit> = council
        .funds
        .iter()
        .filter(|fund| fund.at_counter)
        .filter_map(|fund| match fit_fund(council, fund, reference, account_exists) {
            Fit::Fits { reference, strength } => Some(FundFit { fund_code: fund.code.clone(), reference, strength }),
            Fit::Misfits(_) => None,
        })
        .collect();
    fits.sort_by_key(|fit| std::cmp::Reverse(fit.strength));
    fits
}
