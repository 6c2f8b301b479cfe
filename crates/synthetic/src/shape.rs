//! From a validator to references that pass it, each different from the others, without remembering any of them.
//!
//! A shape says which characters each place may have. Its references are numbered in a mixed radix, and the numbers are
//! walked in steps that share no factor with their count: so each comes once, and neighbours don't look alike.

use counterfoil_domain::reference::{MAX_REFERENCE, Mask, Validator};
use regex_syntax::hir::{Class, Hir, HirKind};

/// How long a reference is made where the validator leaves it open.
const USUAL_LENGTH: usize = 8;

/// How many references of a shape are tried before it is given up.
const TRIES: u64 = 500;

/// More references than anybody will ask for, and few enough to multiply with each other in 128 bits.
const MOST_REFERENCES: u128 = 1 << 60;

/// The references of one validator.
#[derive(Clone, Debug)]
pub struct Shape {
    validator: Option<Validator>,
    /// What each place may have; never empty.
    choices: Vec<Vec<char>>,
    /// Where the check character stands, which is worked out rather than chosen.
    check_place: Option<usize>,
    /// How many there are to choose from.
    count: u128,
    step: u128,
    start: u128,
}

impl Shape {
    /// The shape of a validator's references (or of 8 digits where there is none), walked in the order that `seed` gives.
    /// None when no reference that passes was found.
    pub fn of(validator: Option<&Validator>, seed: u64) -> Option<Shape> {
        candidates(validator).into_iter().map(|choices| Shape::new(validator, choices, seed)).find(|shape| shape.some_pass())
    }

    /// How many references there are at most.
    pub fn count(&self) -> u64 {
        u64::try_from(self.count).unwrap_or(u64::MAX)
    }

    /// The reference with this number, below [`Shape::count`]; no two numbers have the same. None when no check character
    /// completes it, or the validator refuses it after all.
    pub fn reference(&self, number: u64) -> Option<String> {
        let mut rest = (u128::from(number) * self.step + self.start) % self.count;
        let mut places: Vec<char> = self.choices.iter().map(|choices| choices[0]).collect();
        for (place, choices) in self.choices.iter().enumerate().rev() {
            if Some(place) != self.check_place {
                let radix = choices.len() as u128;
                places[place] = choices[usize::try_from(rest % radix).unwrap_or(0)];
                rest /= radix;
            }
        }
        self.completed(places)
    }

    fn new(validator: Option<&Validator>, choices: Vec<Vec<char>>, seed: u64) -> Shape {
        let check_place = validator.filter(|validator| validator.check_digit.is_some()).map(|validator| {
            let by_mask = validator.mask.as_ref().and_then(Mask::check_digit_place);
            by_mask.unwrap_or(choices.len().saturating_sub(1))
        });
        let chosen = choices.iter().enumerate().filter(|(place, _)| Some(*place) != check_place);
        let count = chosen.fold(1u128, |count, (_, choices)| count.saturating_mul(choices.len() as u128)).min(MOST_REFERENCES);
        // The golden section spreads neighbours far apart.
        let step = sharing_no_factor(count / 1_000_003 * 618_037 + count % 1_000_003 + 7, count);
        let start = u128::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) % count;
        Shape { validator: validator.cloned(), choices, check_place, count, step, start }
    }

    fn some_pass(&self) -> bool {
        (0..TRIES.min(self.count())).any(|number| self.reference(number).is_some())
    }

    fn completed(&self, mut places: Vec<char>) -> Option<String> {
        let Some(check_place) = self.check_place else {
            let reference: String = places.into_iter().collect();
            return self.passes(&reference).then_some(reference);
        };
        let scheme = self.validator.as_ref()?.check_digit.as_ref()?;
        if check_place >= places.len() {
            return None;
        }
        // Nearly always the check character has no weight of its own, and the scheme says it at once.
        places[check_place] = '0';
        let expected = scheme.expected(&places.iter().collect::<String>()).and_then(|text| text.chars().next());
        let others = ('0'..='9').chain('A'..='Z');
        expected.into_iter().chain(others).find_map(|candidate| {
            places[check_place] = candidate;
            let reference: String = places.iter().collect();
            self.passes(&reference).then_some(reference)
        })
    }

    fn passes(&self, reference: &str) -> bool {
        self.validator.as_ref().is_none_or(|validator| passes(validator, reference))
    }
}

/// True when the reference passes everything that the validator asks of its shape, and is the whole of what a bill prints.
pub fn passes(validator: &Validator, reference: &str) -> bool {
    validator.unprinted(reference) == reference
        && validator.length_fits(reference)
        && validator.characters_fit(reference)
        && validator.regex_fits(reference)
        && validator.mask_fits(reference)
        && validator.check_digit_holds(reference)
}

/// What the places may have, the likeliest first.
fn candidates(validator: Option<&Validator>) -> Vec<Vec<Vec<char>>> {
    let digits = |length: usize| vec![('0'..='9').collect::<Vec<char>>(); length];
    let Some(validator) = validator else { return vec![digits(USUAL_LENGTH)] };
    let mut found = Vec::new();
    let lengths = lengths(validator);
    if let Some(pattern) = validator.regex.as_ref().and_then(|regex| regex_syntax::parse(regex.as_str()).ok()) {
        found.extend((0..=MAX_REFERENCE).map(|extra| places_of_pattern(&pattern, extra)));
    }
    if let Some(mask) = &validator.mask {
        found.extend(lengths.iter().map(|length| (0..*length).map(|place| places_of_mask(mask, place)).collect()));
    } else if validator.characters_fit("A") && !validator.characters_fit("0") {
        found.extend(lengths.iter().map(|length| vec![('A'..='Z').collect(); *length]));
    } else {
        found.extend(lengths.iter().map(|length| digits(*length)));
    }
    found.retain(|places: &Vec<Vec<char>>| !places.is_empty() && places.iter().all(|choices| !choices.is_empty()));
    found.into_iter().flat_map(|places| [without_leading_nought(&places), places]).collect()
}

/// The lengths that the validator allows, the usual one first.
fn lengths(validator: &Validator) -> Vec<usize> {
    let most = validator.max_length.min(MAX_REFERENCE);
    let first = USUAL_LENGTH.clamp(validator.min_length.min(most), most);
    std::iter::once(first).chain(validator.min_length.max(1)..=most).collect()
}

/// A number that starts with a nought is read as another by half of the world's spreadsheets.
fn without_leading_nought(places: &[Vec<char>]) -> Vec<Vec<char>> {
    let mut places = places.to_vec();
    if let Some(first) = places.first_mut().filter(|first| first.len() > 1) {
        first.retain(|c| *c != '0');
    }
    places
}

/// Letters and digits where the mask wants them; digits where it takes nearly anything.
fn places_of_mask(mask: &Mask, place: usize) -> Vec<char> {
    let allowed: Vec<char> = (' '..='~').filter(|c| !c.is_ascii_lowercase() && mask.allows_at(place, *c)).collect();
    let takes_anything = allowed.len() > 36;
    let wanted: Vec<char> =
        allowed.iter().copied().filter(|c| if takes_anything { c.is_ascii_digit() } else { c.is_ascii_alphanumeric() }).collect();
    if wanted.is_empty() { allowed } else { wanted }
}

/// The places of one text that the pattern matches; each repetition is done `extra` times more than it must, if it may.
fn places_of_pattern(pattern: &Hir, extra: usize) -> Vec<Vec<char>> {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => Vec::new(),
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).chars().map(|c| vec![c.to_ascii_uppercase()]).collect(),
        HirKind::Class(class) => vec![characters_of(class)],
        HirKind::Capture(group) => places_of_pattern(&group.sub, extra),
        HirKind::Concat(parts) => parts.iter().flat_map(|part| places_of_pattern(part, extra)).collect(),
        HirKind::Alternation(parts) => parts.first().map(|part| places_of_pattern(part, extra)).unwrap_or_default(),
        HirKind::Repetition(repetition) => {
            let fewest = repetition.min as usize;
            let most = repetition.max.map_or(MAX_REFERENCE, |most| most as usize).min(MAX_REFERENCE);
            let once = places_of_pattern(&repetition.sub, extra);
            (0..fewest.saturating_add(extra).min(most.max(fewest)).min(MAX_REFERENCE)).flat_map(|_| once.clone()).collect()
        }
    }
}

/// Digits where the class has them, else capital letters, else whatever else can be printed.
fn characters_of(class: &Class) -> Vec<char> {
    let has = |c: char| match class {
        Class::Unicode(class) => class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c)),
        Class::Bytes(class) => class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&(c as u8))),
    };
    let digits: Vec<char> = ('0'..='9').filter(|c| has(*c)).collect();
    if !digits.is_empty() {
        return digits;
    }
    let letters: Vec<char> = ('A'..='Z').filter(|c| has(*c)).collect();
    if letters.is_empty() { (' '..='~').filter(|c| !c.is_ascii_lowercase() && has(*c)).collect() } else { letters }
}

/// The first number from `from` on that shares no factor with `count`.
fn sharing_no_factor(from: u128, count: u128) -> u128 {
    let mut step = from.max(1);
    while greatest_common_divisor(step, count) != 1 {
        step += 1;
    }
    step
}

fn greatest_common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_domain::reference::{CharacterClass, CheckDigitScheme, ResultSubstitution, Scheme};
    use regex::Regex;
    use std::collections::HashSet;

    fn validator(min_length: usize, max_length: usize) -> Validator {
        Validator {
            name: "test".into(),
            min_length,
            max_length,
            characters: CharacterClass::Any,
            regex: None,
            mask: None,
            check_digit: None,
            printed_form: None,
        }
    }

    fn weighted(modulus: u32, weights: &[u32], source: Option<&str>, ten: Option<&str>) -> Option<CheckDigitScheme> {
        Some(CheckDigitScheme {
            name: "test".into(),
            scheme: Scheme::WeightedSum { source_substitution: source.map(Into::into), subtract: false },
            modulus,
            weights: weights.to_vec(),
            result_substitutions: ten.map(|to| ResultSubstitution { from: 10, to: to.into() }).into_iter().collect(),
        })
    }

    fn many(validator: &Validator) -> Vec<String> {
        let shape = Shape::of(Some(validator), 1).expect("a shape");
        (0..shape.count().min(20_000)).filter_map(|number| shape.reference(number)).collect()
    }

    fn all_pass_and_differ(validator: &Validator) -> Vec<String> {
        let references = many(validator);
        assert!(references.iter().all(|reference| passes(validator, reference)), "{validator:?}");
        assert_eq!(references.iter().collect::<HashSet<_>>().len(), references.len(), "{validator:?}");
        references
    }

    #[test]
    fn every_reference_of_a_mask_with_a_check_digit_passes_and_comes_once() {
        let parking = Validator {
            mask: Some(Mask::new("BJ#######@")),
            check_digit: weighted(11, &[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], Some("05"), Some("A")),
            ..validator(10, 10)
        };
        let references = all_pass_and_differ(&parking);
        assert_eq!(references.len(), 20_000);
        assert!(references.iter().any(|reference| reference.ends_with('A')));
    }

    #[test]
    fn a_number_that_no_character_completes_is_left_out() {
        let refusing_ten = Validator {
            mask: Some(Mask::new("#######@")),
            check_digit: weighted(11, &[8, 7, 6, 5, 4, 3, 2, 0], None, None),
            ..validator(8, 8)
        };
        let left = all_pass_and_differ(&refusing_ten).len();
        assert!((17_000..19_500).contains(&left), "one in eleven has no check digit: {left}");
    }

    #[test]
    fn patterns_masks_classes_and_open_validators_all_give_references() {
        let pattern = |text: &str| Some(Regex::new(text).unwrap());
        for validator in [
            Validator { regex: pattern(r"^5\d{8}$"), printed_form: pattern(r"^(\d{9})/\d{3}/\d{3}$"), ..validator(9, 9) },
            Validator { regex: pattern(r"^(?:PL|BC)/\d{2}/[A-Z]\d+$"), ..validator(12, 16) },
            Validator { regex: pattern(r"^[45]\d{6}$"), mask: Some(Mask::new("#######")), ..validator(7, 7) },
            Validator { characters: CharacterClass::Letters, ..validator(6, 6) },
            Validator { characters: CharacterClass::Digits, ..validator(12, 14) },
            Validator { mask: Some(Mask::new("?##########")), ..validator(11, 11) },
            Validator { mask: Some(Mask::new("ALS/####/####")), ..validator(13, 13) },
            Validator { mask: Some(Mask::new("#*****************************")), ..validator(5, 30) },
            validator(1, 30),
        ] {
            assert!(all_pass_and_differ(&validator).len() > 5_000, "{validator:?}");
        }
    }

    #[test]
    fn a_validator_that_nothing_passes_has_no_shape() {
        let contradiction = Validator { regex: Some(Regex::new("^A$").unwrap()), ..validator(5, 5) };
        assert!(Shape::of(Some(&contradiction), 1).is_none());
    }

    #[test]
    fn another_seed_gives_other_references() {
        let eight = validator(8, 8);
        let first = |seed| Shape::of(Some(&eight), seed).and_then(|shape| shape.reference(0));
        assert_ne!(first(1), first(2));
        assert_eq!(first(1), first(1));
    }
}
