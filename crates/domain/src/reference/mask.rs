//! Masks: the shape of a reference, one character each.
//!
//! `$` letter, `#` digit, `?` letter or digit, `*` letter, digit, space, `/` or `-`, `@` check digit, anything else itself.
//! Source: LocalGov IMS.

/// The shape of a reference. Compared in upper case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask(Vec<char>);

impl Mask {
    /// The mask as the pack writes it.
    pub fn new(text: &str) -> Mask {
        Mask(text.to_uppercase().chars().collect())
    }

    /// True when every character of `reference` (upper case) is one that the mask allows at its place. A reference may be
    /// shorter than a mask that ends in `*`: those places are optional, and the validator's lengths decide.
    pub fn fits(&self, reference: &str) -> bool {
        let count = reference.chars().count();
        if count > self.0.len() || self.0.iter().skip(count).any(|place| *place != '*') {
            return false;
        }
        reference.chars().zip(&self.0).all(|(c, place)| allows(*place, c))
    }

    /// Where the check digit stands, counted from 0.
    pub fn check_digit_place(&self) -> Option<usize> {
        self.0.iter().position(|place| *place == '@')
    }

    /// True when the mask takes `c` (upper case) at `place`, counted from 0.
    pub fn allows_at(&self, place: usize, c: char) -> bool {
        self.0.get(place).is_some_and(|wanted| allows(*wanted, c))
    }

    /// True when the mask says nothing but a length: every place takes letters and digits alike.
    pub fn is_open(&self) -> bool {
        self.0.iter().all(|place| matches!(place, '*' | '?'))
    }

    /// True when no place takes letters and digits alike.
    pub fn is_closed(&self) -> bool {
        self.0.iter().all(|place| !matches!(place, '*' | '?'))
    }
}

fn allows(place: char, c: char) -> bool {
    match place {
        '$' => c.is_ascii_alphabetic(),
        '#' => c.is_ascii_digit(),
        '?' | '@' => c.is_ascii_alphanumeric(),
        '*' => c.is_ascii_alphanumeric() || matches!(c, ' ' | '/' | '-'),
        literal => literal == c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mask_character_takes_what_it_says_and_nothing_else() {
        for (mask, fits, misfits) in [
            ("$", "A", "1"),
            ("#", "7", "A"),
            ("?", "A", "-"),
            ("*", "/", "."),
            ("@", "A", "-"),
            ("BJ#", "BJ1", "BK1"),
            ("ALS/####/####", "ALS/1234/5678", "ALS-1234-5678"),
        ] {
            assert!(Mask::new(mask).fits(fits), "{mask} takes {fits}");
            assert!(!Mask::new(mask).fits(misfits), "{mask} refuses {misfits}");
        }
    }

    #[test]
    fn only_stars_at_the_end_may_be_left_out() {
        assert!(Mask::new("#****").fits("1AB"));
        assert!(!Mask::new("####").fits("123"));
        assert!(!Mask::new("####").fits("12345"));
    }

    #[test]
    fn digits_of_other_scripts_are_not_digits() {
        assert!(!Mask::new("#").fits("٣"));
    }
}
