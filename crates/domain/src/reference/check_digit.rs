//! Check digits: the two schemes of LocalGov IMS, from their published configuration.

/// How a check digit is worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckDigitScheme {
    /// Its name in the pack.
    pub name: String,
    /// Which of the two.
    pub scheme: Scheme,
    /// The modulus.
    pub modulus: u32,
    /// Weight by place in the whole reference, check digit included (its own weight is 0).
    pub weights: Vec<u32>,
    /// Results that are written another way, such as 10 as `A`.
    pub result_substitutions: Vec<ResultSubstitution>,
}

/// The scheme, with what only it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Σ digit × weight, modulus.
    WeightedSum {
        /// Digits that stand for the reference's first characters (`BJ` → `05`).
        source_substitution: Option<String>,
        /// modulus − remainder, rather than the remainder.
        subtract: bool,
    },
    /// The library cards' scheme.
    DynixLibrary,
}

/// A result that is written another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultSubstitution {
    /// The number worked out.
    pub from: u32,
    /// How it is written.
    pub to: String,
}

impl CheckDigitScheme {
    /// The check character that `reference` (upper case) should have, as text. `None` when the scheme can't say: modulus 0,
    /// or no characters to work on.
    pub fn expected(&self, reference: &str) -> Option<String> {
        if self.modulus == 0 || reference.is_empty() {
            return None;
        }
        let result = match &self.scheme {
            Scheme::WeightedSum { source_substitution, subtract } => {
                let remainder = self.weighted_sum(reference, source_substitution.as_deref()) % self.modulus;
                if *subtract { self.modulus - remainder } else { remainder }
            }
            Scheme::DynixLibrary => self.modulus - self.dynix_sum(reference) % self.modulus,
        };
        let written = self.result_substitutions.iter().find(|substitution| substitution.from == result);
        Some(written.map_or_else(|| result.to_string(), |substitution| substitution.to.clone()))
    }

    /// True when the character at `place` is the one expected.
    pub fn holds(&self, reference: &str, place: usize) -> bool {
        let given = reference.chars().nth(place).map(String::from);
        given.is_some() && given == self.expected(reference)
    }

    fn weight(&self, place: usize) -> u32 {
        self.weights.get(place).copied().unwrap_or(0)
    }

    /// Each digit × the weight at its place; anything else is skipped but keeps its place.
    fn weighted_sum(&self, reference: &str, source_substitution: Option<&str>) -> u32 {
        let front = source_substitution.unwrap_or("");
        let rest = reference.chars().skip(front.chars().count());
        front
            .chars()
            .chain(rest)
            .enumerate()
            .filter_map(|(place, c)| c.to_digit(10).map(|digit| digit.saturating_mul(self.weight(place))))
            .fold(0, u32::saturating_add)
    }

    /// Over all but the last character. Odd places (from 0) add the digit; even places add digit × weight, less 10 when
    /// that is above 10, and 1 more when the digit is above 4.
    fn dynix_sum(&self, reference: &str) -> u32 {
        let count = reference.chars().count();
        reference
            .chars()
            .take(count.saturating_sub(1))
            .enumerate()
            .filter_map(|(place, c)| c.to_digit(10).map(|digit| (place, digit)))
            .map(|(place, digit)| {
                if place % 2 == 1 {
                    return digit;
                }
                let weighted = digit.saturating_mul(self.weight(place));
                let value = if weighted > 10 { weighted - 10 } else { weighted };
                if digit > 4 { value.saturating_add(1) } else { value }
            })
            .fold(0, u32::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weighted(modulus: u32, weights: &[u32], source: Option<&str>, subtract: bool, ten: &str) -> CheckDigitScheme {
        CheckDigitScheme {
            name: "test".into(),
            scheme: Scheme::WeightedSum { source_substitution: source.map(Into::into), subtract },
            modulus,
            weights: weights.to_vec(),
            result_substitutions: vec![ResultSubstitution { from: 10, to: ten.into() }],
        }
    }

    fn council_tax() -> CheckDigitScheme {
        weighted(10, &[3, 7, 1, 3, 7, 1, 3, 7, 0], None, true, "0")
    }

    fn housing_rents() -> CheckDigitScheme {
        weighted(10, &[0, 0, 9, 7, 1, 4, 6, 3, 2, 8, 0], None, true, "0")
    }

    fn parking() -> CheckDigitScheme {
        weighted(11, &[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], Some("05"), false, "A")
    }

    fn penalty() -> CheckDigitScheme {
        weighted(11, &[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], Some("12"), false, "A")
    }

    fn library() -> CheckDigitScheme {
        CheckDigitScheme {
            name: "library".into(),
            scheme: Scheme::DynixLibrary,
            modulus: 10,
            weights: vec![2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0],
            result_substitutions: vec![ResultSubstitution { from: 10, to: "0".into() }],
        }
    }

    #[test]
    fn the_published_references_hold() {
        for (scheme, reference) in [
            (council_tax(), "501234566"),
            (council_tax(), "123456780"),
            (housing_rents(), "12345678902"),
            (parking(), "BJ12345673"),
            (penalty(), "FP1234567A"),
        ] {
            assert!(scheme.holds(reference, reference.len() - 1), "{reference}");
        }
    }

    #[test]
    fn a_library_card_s_check_digit_is_worked_out_by_hand() {
        // 2 1 9 2 7 0 0 1 2 3 4 5 6: even places 2→4, 9→18−10+1=9, 7→14−10+1=5, 0→0, 2→4, 4→8, 6→12−10+1=3 = 33;
        // odd places 1+2+0+1+3+5 = 12; 45 mod 10 = 5; 10 − 5 = 5.
        assert_eq!(library().expected("21927001234560"), Some("5".into()));
        // 5 at an even place doubles to exactly 10, which is not above 10: 10 + 1 = 11, and the check is 9.
        assert_eq!(library().expected("50000000000000"), Some("9".into()));
        assert_eq!(library().expected("00000000000000"), Some("0".into()));
    }

    proptest! {
        #[test]
        fn exactly_one_check_character_completes_any_council_tax_number(first in "[0-9]{8}") {
            let holding = ('0'..='9').filter(|c| council_tax().holds(&format!("{first}{c}"), 8)).count();
            prop_assert_eq!(holding, 1);
        }

        #[test]
        fn one_wrong_digit_never_passes_a_modulus_of_eleven(first in "[0-9]{7}", place in 2usize..9, step in 1u32..10) {
            let scheme = parking();
            let check = scheme.expected(&format!("BJ{first}0")).unwrap_or_default();
            let right = format!("BJ{first}{check}");
            let wrong: String = right.chars().enumerate().map(|(at, c)| match (at == place, c.to_digit(10)) {
                (true, Some(digit)) => char::from_digit((digit + step) % 10, 10).unwrap_or(c),
                _ => c,
            }).collect();
            prop_assert!(scheme.holds(&right, 9));
            prop_assert!(!scheme.holds(&wrong, 9));
        }

        #[test]
        fn no_reference_makes_a_scheme_panic(reference in "\\PC{0,40}", place in 0usize..50) {
            for scheme in [council_tax(), housing_rents(), parking(), penalty(), library()] {
                let _ = scheme.holds(&reference, place);
            }
        }
    }
}
