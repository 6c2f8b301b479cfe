//! VAT as contained in a gross amount.

use crate::Pence;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// The VAT contained in `gross` at `rate` (a fraction: 0.2 is 20 %): `gross − gross / (1 + rate)`, to the penny, halves
/// to the even penny.
///
/// Source: LocalGov IMS uses .NET's `decimal.Round`, which rounds halves to even, and a council's pennies must agree.
pub fn vat_within(gross: Pence, rate: Decimal) -> Pence {
    if rate <= Decimal::ZERO {
        return Pence::ZERO;
    }
    let gross = Decimal::from(gross.0);
    let vat = gross - gross / (Decimal::ONE + rate);
    let pence = vat.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    // In range: the VAT is smaller than the gross, which was an i64.
    Pence(pence.to_i64().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(text: &str) -> Decimal {
        text.parse().expect("a rate")
    }

    #[test]
    fn twenty_per_cent_is_a_sixth_of_the_gross_with_halves_to_even() {
        for (gross, vat) in [(12_000, 2_000), (100, 17), (3, 0), (9, 2), (15, 2), (21, 4), (27, 4)] {
            assert_eq!(vat_within(Pence(gross), rate("0.2")), Pence(vat), "{gross}");
        }
    }

    #[test]
    fn no_rate_means_no_vat() {
        assert_eq!(vat_within(Pence(12_000), Decimal::ZERO), Pence::ZERO);
    }

    proptest! {
        #[test]
        fn vat_is_the_same_for_a_reversal_and_never_more_than_the_gross(gross in 0i64..=999_999_999, percent in 0i64..=100) {
            let rate = Decimal::new(percent, 2);
            let vat = vat_within(Pence(gross), rate);
            prop_assert_eq!(vat_within(Pence(-gross), rate), vat.negated());
            prop_assert!(vat.0 >= 0 && vat.0 <= gross);
        }
    }
}
