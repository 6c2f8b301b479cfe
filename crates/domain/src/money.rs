//! Money: whole pence in one type, read and written as people at a counter read and write it.

use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use ts_rs::TS;

/// An amount of money in whole pence. Negative amounts exist only in reversing postings and credit balances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct Pence(pub i64);

/// The largest amount that may be typed: £9,999,999.99.
pub const MAX_AMOUNT: Pence = Pence(999_999_999);

/// The longest text that is looked at as an amount, in bytes. Anything longer is a paste gone wrong.
const MAX_AMOUNT_TEXT: usize = 32;

impl Pence {
    /// No money.
    pub const ZERO: Pence = Pence(0);

    /// The sum, or `None` beyond what 64 bits hold.
    pub fn checked_add(self, other: Pence) -> Option<Pence> {
        self.0.checked_add(other.0).map(Pence)
    }

    /// The difference, held at the ends of the range rather than wrapped round.
    pub fn minus(self, other: Pence) -> Pence {
        Pence(self.0.saturating_sub(other.0))
    }

    /// The sum, held at the ends of the range rather than wrapped round.
    pub fn plus(self, other: Pence) -> Pence {
        Pence(self.0.saturating_add(other.0))
    }

    /// The amount with its sign turned round.
    pub fn negated(self) -> Pence {
        Pence(self.0.saturating_neg())
    }

    /// Above zero?
    pub fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Exactly zero?
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// `1234.50`: for files and other programs; no pound sign, no separators.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pence = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", pence / 100, pence % 100)
    }
}

impl Sum for Pence {
    fn sum<I: Iterator<Item = Pence>>(amounts: I) -> Pence {
        amounts.fold(Pence::ZERO, Pence::plus)
    }
}

/// `£1,234.50`, as people read it.
impl fmt::Display for Pence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pence = self.0.unsigned_abs();
        write!(out, "{sign}£{}.{:02}", thousands(pence / 100), pence % 100)
    }
}

fn thousands(pounds: u64) -> String {
    let digits = pounds.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Reads an amount as people type it: `12`, `12.5`, `12.50`, `1,234.50`, with or without `£`.
///
/// # Errors
/// A [`Refusal`] that says which rule was broken: empty, a sign, more than two decimals, above £9,999,999.99, or not an
/// amount at all. Zero is an amount; whether it may be paid is the sale's question.
pub fn parse_amount(typed: &str) -> Result<Pence, Refusal> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Refusal::new(Code::AmountMissing));
    }
    if text.len() > MAX_AMOUNT_TEXT {
        return Err(Refusal::new(Code::AmountNotANumber));
    }
    if text.contains(['-', '+', '−', '(']) {
        return Err(Refusal::new(Code::AmountSigned));
    }
    let number = text.strip_prefix('£').unwrap_or(text).trim_start();
    let (pounds, decimals) = match number.split_once('.') {
        Some((pounds, decimals)) => (pounds, decimals),
        None => (number, ""),
    };
    if number.is_empty() || !grouped_digits(pounds) || !decimals.bytes().all(|byte| byte.is_ascii_digit()) || number.ends_with('.') {
        return Err(Refusal::new(Code::AmountNotANumber));
    }
    if decimals.len() > 2 {
        return Err(Refusal::new(Code::AmountTooPrecise));
    }
    let pounds: String = pounds.chars().filter(char::is_ascii_digit).collect();
    let pence: i64 =
        format!("{pounds}{decimals:0<2}").parse().map_err(|_| Refusal::new(Code::AmountTooLarge).with("maximum", MAX_AMOUNT))?;
    if pence > MAX_AMOUNT.0 {
        return Err(Refusal::new(Code::AmountTooLarge).with("maximum", MAX_AMOUNT));
    }
    Ok(Pence(pence))
}

/// `1234` or `1,234` or nothing before the point (`.50`); a comma anywhere but between thousands is a slip of the hand.
fn grouped_digits(pounds: &str) -> bool {
    let mut groups = pounds.split(',');
    let first = groups.next().unwrap_or("");
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    if !pounds.contains(',') {
        return all_digits(first);
    }
    (1..=3).contains(&first.len()) && all_digits(first) && groups.all(|group| group.len() == 3 && all_digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, pence) in [
            ("12", 1200),
            ("12.5", 1250),
            ("12.50", 1250),
            ("1,234.50", 123_450),
            ("£1,234.50", 123_450),
            (" £ 7 ", 700),
            (".50", 50),
            ("0", 0),
            ("9,999,999.99", 999_999_999),
        ] {
            assert_eq!(parse_amount(typed), Ok(Pence(pence)), "{typed}");
        }
    }

    #[test]
    fn a_refused_amount_says_which_rule_it_broke() {
        let ten_kilobytes = "9".repeat(10_000);
        for (typed, code) in [
            ("", Code::AmountMissing),
            ("-5", Code::AmountSigned),
            ("+5", Code::AmountSigned),
            ("1.234", Code::AmountTooPrecise),
            ("1e9", Code::AmountNotANumber),
            ("٣", Code::AmountNotANumber),
            ("12.", Code::AmountNotANumber),
            ("1,23.00", Code::AmountNotANumber),
            ("12,", Code::AmountNotANumber),
            ("1.2.3", Code::AmountNotANumber),
            ("££5", Code::AmountNotANumber),
            ("£", Code::AmountNotANumber),
            ("10000000", Code::AmountTooLarge),
            ("99999999999999999999999", Code::AmountTooLarge),
            (&ten_kilobytes, Code::AmountNotANumber),
        ] {
            assert_eq!(parse_amount(typed).map_err(|refusal| refusal.code), Err(code), "{typed:.20}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back_as_the_same_amount(pence in 0..=MAX_AMOUNT.0) {
            prop_assert_eq!(parse_amount(&Pence(pence).to_string()), Ok(Pence(pence)));
            prop_assert_eq!(parse_amount(&Pence(pence).plain()), Ok(Pence(pence)));
        }

        #[test]
        fn no_text_makes_reading_an_amount_panic(typed in "\\PC*") {
            let _ = parse_amount(&typed);
        }
    }
}
