//! Sessions: one cashier's period on one till, from float to cash-up.

use crate::Pence;
use crate::council::{Council, Denomination};
use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most pieces of one denomination that a count can hold; more is a slip of the hand.
pub(crate) const MAX_PIECES: i64 = 100_000;

/// How many of one denomination were counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountedDenomination {
    /// The denomination's code in the pack.
    pub denomination: String,
    /// Pieces, not value.
    #[ts(type = "number")]
    pub pieces: i64,
}

/// What a count is worth, by the council's denominations.
///
/// # Errors
/// [`Code::CountNotValid`] for an unknown denomination, one named twice, or a negative or absurd number.
pub fn counted_value(denominations: &[Denomination], counts: &[CountedDenomination]) -> Result<Pence, Refusal> {
    let mut total = Pence::ZERO;
    for (index, count) in counts.iter().enumerate() {
        let twice = counts[..index].iter().any(|earlier| earlier.denomination == count.denomination);
        let denomination = denominations.iter().find(|denomination| denomination.code == count.denomination);
        let Some(denomination) = denomination.filter(|_| !twice && (0..=MAX_PIECES).contains(&count.pieces)) else {
            return Err(Refusal::new(Code::CountNotValid));
        };
        total = total.plus(Pence(denomination.value.0.saturating_mul(count.pieces)));
    }
    Ok(total)
}

/// The counted float, held against the council's policy.
///
/// # Errors
/// As [`counted_value`], and [`Code::FloatOutsidePolicy`] when it is further from the council's float than its tolerance.
pub fn opening_float(council: &Council, counts: &[CountedDenomination]) -> Result<Pence, Refusal> {
    let counted = counted_value(&council.denominations, counts)?;
    let policies = &council.policies;
    if counted.minus(policies.float).0.abs() > policies.float_tolerance.0 {
        return Err(Refusal::new(Code::FloatOutsidePolicy).with("float", policies.float).with("counted", counted));
    }
    Ok(counted)
}

impl Council {
    /// Is a float so far from what was left in the drawer that somebody has to say why?
    pub fn float_astray(&self, left: Pence, float: Pence) -> bool {
        float.minus(left).0.saturating_abs() > self.policies.float_tolerance.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::MoneyForm;
    use proptest::prelude::*;

    fn kinds() -> Vec<Denomination> {
        let kind =
            |code: &str, value| Denomination { code: code.into(), name: None, value: Pence(value), form: MoneyForm::Note, bag: None };
        vec![kind("50", 5_000), kind("1p", 1)]
    }

    fn counted(code: &str, pieces: i64) -> CountedDenomination {
        CountedDenomination { denomination: code.into(), pieces }
    }

    #[test]
    fn a_count_is_worth_the_sum_of_its_pieces() {
        assert_eq!(counted_value(&kinds(), &[counted("50", 3), counted("1p", 7)]), Ok(Pence(15_007)));
        assert_eq!(counted_value(&kinds(), &[]), Ok(Pence::ZERO));
    }

    #[test]
    fn what_can_not_be_counted_so_is_refused() {
        for wrong in [
            vec![counted("50", -1)],
            vec![counted("50", MAX_PIECES + 1)],
            vec![counted("60", 1)],
            vec![counted("50", 1), counted("50", 1)],
            vec![counted("1p", i64::MAX)],
        ] {
            assert_eq!(counted_value(&kinds(), &wrong).map_err(|refusal| refusal.code), Err(Code::CountNotValid), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn every_count_in_bounds_is_worth_what_arithmetic_says(fifties in 0..=MAX_PIECES, pennies in 0..=MAX_PIECES) {
            prop_assert_eq!(counted_value(&kinds(), &[counted("50", fifties), counted("1p", pennies)]), Ok(Pence(fifties * 5_000 + pennies)));
        }
    }
}
