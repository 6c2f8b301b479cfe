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
