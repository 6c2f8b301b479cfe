//! A validator: everything that a fund asks of the shape of a reference.

use super::check_digit::CheckDigitScheme;
use super::mask::Mask;
use regex::Regex;

/// Which characters a reference may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CharacterClass {
    /// Any that can be printed.
    #[default]
    Any,
    /// 0–9.
    Digits,
    /// A–Z.
    Letters,
    /// 0–9 and A–Z.
    Alphanumeric,
}

/// The shape of a fund's references.
#[derive(Clone, Debug)]
pub struct Validator {
    /// Its name in the pack.
    pub name: String,
    /// Fewest characters.
    pub min_length: usize,
    /// Most characters, never above 30.
    pub max_length: usize,
    /// Which characters.
    pub characters: CharacterClass,
    /// A pattern that the whole reference must match, in upper case.
    pub regex: Option<Regex>,
    /// Character by character.
    pub mask: Option<Mask>,
    /// How its check digit is worked out.
    pub check_digit: Option<CheckDigitScheme>,
    /// Some bills print more than the reference (`501231231/123/123`): the first group of this pattern is the reference.
    pub printed_form: Option<Regex>,
}

impl Validator {
    /// The reference within what a bill prints, or `reference` itself.
    pub fn unprinted<'a>(&self, reference: &'a str) -> &'a str {
        self.printed_form
            .as_ref()
            .and_then(|pattern| pattern.captures(reference))
            .and_then(|groups| groups.get(1))
            .map_or(reference, |group| group.as_str())
    }

    /// True when the length is right.
    pub fn length_fits(&self, reference: &str) -> bool {
        (self.min_length..=self.max_length).contains(&reference.chars().count())
    }

    /// True when every character is of the class.
    pub fn characters_fit(&self, reference: &str) -> bool {
        reference.chars().all(|c| match self.characters {
            CharacterClass::Any => true,
            CharacterClass::Digits => c.is_ascii_digit(),
            CharacterClass::Letters => c.is_ascii_alphabetic(),
            CharacterClass::Alphanumeric => c.is_ascii_alphanumeric(),
        })
    }

    /// True when the pattern matches, or there is none.
    pub fn regex_fits(&self, reference: &str) -> bool {
        self.regex.as_ref().is_none_or(|pattern| pattern.is_match(reference))
    }

    /// True when the mask fits, or there is none.
    pub fn mask_fits(&self, reference: &str) -> bool {
        self.mask.as_ref().is_none_or(|mask| mask.fits(reference))
    }

    /// True when what it takes is told from other references and numbers: by a check digit, a pattern, or a mask that says of each
    /// place what stands there.
    pub fn tells_from_others(&self) -> bool {
        self.check_digit.is_some() || self.regex.is_some() || self.mask.as_ref().is_some_and(Mask::is_closed)
    }

    /// True when the check digit holds, or there is none. It stands where the mask says, or last.
    pub fn check_digit_holds(&self, reference: &str) -> bool {
        let Some(scheme) = &self.check_digit else { return true };
        let last = reference.chars().count().saturating_sub(1);
        let place = self.mask.as_ref().and_then(Mask::check_digit_place).unwrap_or(last);
        scheme.holds(reference, place)
    }
}
