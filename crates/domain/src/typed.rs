//! What is typed with a line or a tender, held against the form that it has on paper.

use crate::card_number::holds_card_number;
use crate::receipt::CardDetails;
use crate::refusal::{Code, Refusal};
use crate::text::{MAX_NARRATIVE, is_plain, squeeze};
use chrono::{Months, NaiveDate};

/// Free text as it is kept: single spaces, no control characters, no card number.
///
/// # Errors
/// [`Code::CardNumberTyped`], [`Code::NarrativeNotValid`].
pub fn free_text(typed: &str) -> Result<String, Refusal> {
    short_text(typed, MAX_NARRATIVE)
}

/// The same, of at most so many characters.
pub(crate) fn short_text(typed: &str, maximum: usize) -> Result<String, Refusal> {
    if holds_card_number(typed) {
        return Err(Refusal::new(Code::CardNumberTyped));
    }
    let text = squeeze(typed);
    if text.chars().count() > maximum || !is_plain(typed) {
        return Err(Refusal::new(Code::NarrativeNotValid).with("maximum", maximum));
    }
    Ok(text)
}

pub(crate) fn drawer_name(typed: &str) -> Result<String, Refusal> {
    let name = free_text(typed)?;
    if name.is_empty() { Err(Refusal::new(Code::ChequeDrawer)) } else { Ok(name) }
}

/// Exactly `count` digits; spaces and dashes between them are as people write sort codes.
pub(crate) fn digits(typed: &str, count: usize, code: Code) -> Result<String, Refusal> {
    let text: String = typed.chars().filter(|c| !matches!(c, ' ' | '-')).take(count + 1).collect();
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(text) } else { Err(Refusal::new(code)) }
}

/// What is kept of a terminal's slip.
///
/// # Errors
/// The code of the first part that isn't as slips have it.
pub fn card_slip(terminal: &str, authorisation: &str, last_four: &str) -> Result<CardDetails, Refusal> {
    let (authorisation, last_four) = (card_authorisation(authorisation)?, card_last_four(last_four)?);
    Ok(CardDetails { terminal: card_terminal(terminal)?, authorisation, last_four, ..CardDetails::default() })
}

pub(crate) fn card_terminal(typed: &str) -> Result<String, Refusal> {
    code_text(typed, 16, Code::CardTerminal)
}

pub(crate) fn card_authorisation(typed: &str) -> Result<String, Refusal> {
    code_text(typed, 12, Code::CardAuthorisation)
}

pub(crate) fn card_last_four(typed: &str) -> Result<String, Refusal> {
    digits(typed, 4, Code::CardLastFour)
}

pub(crate) fn code_text(typed: &str, most: usize, code: Code) -> Result<String, Refusal> {
    let text = typed.trim().to_uppercase();
    if holds_card_number(&text) {
        return Err(Refusal::new(Code::CardNumberTyped));
    }
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if fits { Ok(text) } else { Err(Refusal::new(code)) }
}

/// Not in the future, and not older than the council takes (six months is bank practice).
pub(crate) fn cheque_date(typed: &str, today: NaiveDate, max_age_months: u32) -> Result<NaiveDate, Refusal> {
    let date = read_date(typed).ok_or_else(|| Refusal::new(Code::ChequeDateNotValid))?;
    if date > today {
        return Err(Refusal::new(Code::ChequePostDated));
    }
    let oldest = today.checked_sub_months(Months::new(max_age_months));
    if oldest.is_some_and(|oldest| date < oldest) {
        return Err(Refusal::new(Code::ChequeOutOfDate).with("months", max_age_months));
    }
    Ok(date)
}

/// A date as a form sends it (`2026-11-23`) or as people write it (`23/11/2026`, `23/11/26`, `23.11.2026`).
pub fn read_date(typed: &str) -> Option<NaiveDate> {
    let text = typed.trim();
    if text.len() > 10 {
        return None;
    }
    let numbers: Option<Vec<i32>> =
        text.split(['-', '/', '.']).map(|part| part.parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()))).collect();
    let (year, month, day) = match (numbers?.as_slice(), text.find('-')) {
        ([year, month, day], Some(4)) => (*year, *month, *day),
        ([day, month, year], None) if *year >= 100 => (*year, *month, *day),
        ([day, month, year], None) => (2000 + *year, *month, *day),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    (2000..2100).contains(&year).then_some(date)
}
