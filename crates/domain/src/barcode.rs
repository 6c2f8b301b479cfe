//! What a council's barcode means: templates from its pack.

use crate::Pence;
use crate::reference::CheckDigitScheme;

/// What a scanner sends for FNC1 between the elements of a GS1 barcode.
pub const FNC1: char = '\u{1d}';

/// The longest text that is looked at, in characters: no layout is longer than half of it.
const LONGEST: usize = 400;

/// A barcode layout: which characters are what. Places count from 0, after FNC1 and what is ignored have been left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarcodeTemplate {
    /// Its name in the pack.
    pub name: String,
    /// How many characters the barcode has.
    pub length: usize,
    /// What it begins with.
    pub prefix: String,
    /// Characters that are left out before anything else is looked at.
    pub ignored: String,
    /// Where the reference stands.
    pub reference: Slice,
    /// Where the amount stands, in pence.
    pub amount: Option<Slice>,
    /// The fund, where the layout belongs to one.
    pub fund_code: Option<String>,
    /// Where the fund stands, where the barcode says it.
    pub fund: Option<FundInBarcode>,
    /// Characters to be left out of the reference, such as leading padding.
    pub strip_leading: Option<char>,
    /// The barcode's own check digit.
    pub check: Option<BarcodeCheck>,
    /// Only from this symbology, by its AIM identifier such as `]C0`, or its first two characters.
    pub symbology: Option<String>,
}

/// A fund that the barcode itself says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundInBarcode {
    /// Where it stands.
    pub at: Slice,
    /// What stands there for which fund code.
    pub codes: Vec<(String, String)>,
}

/// A barcode's own check digit, which tells a misread one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarcodeCheck {
    /// How it is worked out.
    pub scheme: CheckDigitScheme,
    /// Over which characters; the last of them is the check digit.
    pub over: Slice,
}

/// A run of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The first character's place.
    pub start: usize,
    /// How many characters.
    pub length: usize,
}

/// What a barcode says by one template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// The template's name.
    pub template: String,
    /// The reference.
    pub reference: String,
    /// The amount, if the layout carries one above zero.
    pub amount: Option<Pence>,
    /// The fund, if the layout names one.
    pub fund_code: Option<String>,
}

/// What all templates make of a barcode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    /// By each template that fits, in the pack's order.
    pub scanned: Vec<Scanned>,
    /// A template fits but for its check digit: the scanner has misread it.
    pub misread: bool,
}

/// Splits an AIM symbology identifier (`]C0`) from what follows it.
pub fn split_symbology(text: &str) -> (Option<&str>, &str) {
    let bytes = text.as_bytes();
    match bytes {
        [b']', letter, modifier, ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
            (text.get(..3), text.get(3..).unwrap_or_default())
        }
        _ => (None, text),
    }
}

/// What was scanned as people would type it: without the symbology's identifier and without FNC1.
pub fn plain(scanned: &str) -> String {
    let (_, text) = split_symbology(scanned.trim());
    text.chars().take(LONGEST).filter(|c| *c != FNC1).collect::<String>().trim().to_owned()
}

/// Reads what was scanned by every template that fits.
pub fn read(templates: &[BarcodeTemplate], scanned: &str) -> Readings {
    let (symbology, _) = split_symbology(scanned.trim());
    let text = plain(scanned);
    let mut readings = Readings::default();
    for template in templates {
        match template.read(symbology, &text) {
            Reading::Is(scanned) => readings.scanned.push(scanned),
            Reading::Misread => readings.misread = true,
            Reading::IsNot => {}
        }
    }
    readings
}

enum Reading {
    Is(Scanned),
    Misread,
    IsNot,
}

impl BarcodeTemplate {
    fn read(&self, symbology: Option<&str>, text: &str) -> Reading {
        // A scanner that doesn't say the symbology can't be held to it.
        let other_symbology = self.symbology.as_deref().zip(symbology).is_some_and(|(asked, sent)| !sent.starts_with(asked));
        let kept: Vec<char> = text.chars().filter(|c| !self.ignored.contains(*c)).collect();
        if other_symbology || kept.len() != self.length || !self.prefix.chars().eq(kept.iter().copied().take(self.prefix.chars().count())) {
            return Reading::IsNot;
        }
        let Some((amount, fund_code)) = self.amount_of(&kept).zip(self.fund_of(&kept)) else { return Reading::IsNot };
        if !self.check.as_ref().is_none_or(|check| check.holds(&kept)) {
            return Reading::Misread;
        }
        let reference = cut(&kept, self.reference);
        let reference = match self.strip_leading {
            Some(padding) => reference.trim_start_matches(padding),
            None => &reference,
        };
        Reading::Is(Scanned { template: self.name.clone(), reference: reference.to_owned(), amount, fund_code })
    }

    /// None where no amount can be read although there should be one.
    fn amount_of(&self, text: &[char]) -> Option<Option<Pence>> {
        let Some(slice) = self.amount else { return Some(None) };
        let digits = cut(text, slice);
        let pence = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok().map(Pence))??;
        Some(Some(pence).filter(|pence| pence.is_positive()))
    }

    /// None where the barcode says a fund that the template doesn't know.
    fn fund_of(&self, text: &[char]) -> Option<Option<String>> {
        let Some(fund) = &self.fund else { return Some(self.fund_code.clone()) };
        let said = cut(text, fund.at);
        fund.codes.iter().find(|(code, _)| *code == said).map(|(_, fund_code)| Some(fund_code.clone()))
    }
}

impl BarcodeCheck {
    fn holds(&self, text: &[char]) -> bool {
        self.scheme.holds(&cut(text, self.over).to_uppercase(), self.over.length.saturating_sub(1))
    }
}

fn cut(text: &[char], slice: Slice) -> String {
    text.iter().skip(slice.start).take(slice.length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{ResultSubstitution, Scheme};

    fn bill() -> BarcodeTemplate {
        BarcodeTemplate {
            name: "bill".into(),
            length: 21,
            prefix: "9826".into(),
            ignored: String::new(),
            reference: Slice { start: 4, length: 9 },
            amount: Some(Slice { start: 13, length: 8 }),
            fund_code: Some("23".into()),
            fund: None,
            strip_leading: None,
            check: None,
            symbology: Some("]C0".into()),
        }
    }

    /// The fund, the reference, and a check digit as GS1 works it out.
    fn slip() -> BarcodeTemplate {
        let weights = [3, 1].into_iter().cycle().take(11).chain([0]).collect();
        BarcodeTemplate {
            name: "slip".into(),
            length: 12,
            prefix: "7".into(),
            ignored: " -".into(),
            reference: Slice { start: 2, length: 9 },
            amount: None,
            fund_code: None,
            fund: Some(FundInBarcode {
                at: Slice { start: 1, length: 1 },
                codes: vec![("1".into(), "CTAX".into()), ("2".into(), "RENT".into())],
            }),
            check: Some(BarcodeCheck {
                over: Slice { start: 0, length: 12 },
                scheme: CheckDigitScheme {
                    name: "slip".into(),
                    scheme: Scheme::WeightedSum { source_substitution: None, subtract: true },
                    modulus: 10,
                    weights,
                    result_substitutions: vec![ResultSubstitution { from: 10, to: "0".into() }],
                },
            }),
            symbology: None,
            ..bill()
        }
    }

    fn only(templates: &[BarcodeTemplate], text: &str) -> Option<Scanned> {
        let mut readings = read(templates, text);
        assert!(readings.scanned.len() <= 1, "{readings:?}");
        readings.scanned.pop()
    }

    #[test]
    fn a_bill_s_barcode_gives_reference_amount_and_fund() {
        let wanted =
            Scanned { template: "bill".into(), reference: "501234566".into(), amount: Some(Pence(18_450)), fund_code: Some("23".into()) };
        assert_eq!(only(&[bill()], "982650123456600018450"), Some(wanted.clone()));
        assert_eq!(only(&[bill()], "]C0982650123456600018450"), Some(wanted.clone()));
        let any_modifier = BarcodeTemplate { symbology: Some("]C".into()), ..bill() };
        assert_eq!(only(&[any_modifier], "]C1982650123456600018450"), Some(wanted));
    }

    #[test]
    fn another_symbology_length_prefix_or_amount_is_no_such_barcode() {
        for text in [
            "]Q3982650123456600018450",
            "98265012345660001845",
            "112650123456600018450",
            "]C",
            "501234566",
            "9826501234566000184£0",
            "9826501234566+0018450",
        ] {
            assert_eq!(read(&[bill()], text), Readings::default(), "{text}");
        }
    }

    #[test]
    fn fnc1_and_ignored_characters_are_left_out_before_places_are_counted() {
        let wanted = Scanned { template: "slip".into(), reference: "501234566".into(), amount: None, fund_code: Some("CTAX".into()) };
        // 7×3+1×1+5×3+0+1×3+2+3×3+4+5×3+6+6×3 = 94, so the check digit is 6.
        for text in ["715012345666", "71-501 234 566-6", "]C1715012345666", "]C1\u{1d}71501\u{1d}2345666\u{1d}"] {
            assert_eq!(only(&[slip()], text), Some(wanted.clone()), "{text}");
        }
        assert_eq!(plain("]C1\u{1d}71501\u{1d}2345666"), "715012345666");
    }

    #[test]
    fn a_misread_barcode_is_told_and_a_fund_that_it_does_not_know_is_another_barcode() {
        assert_eq!(read(&[slip()], "715012345667"), Readings { scanned: Vec::new(), misread: true });
        // 9 stands for no fund: whatever this is, it wasn't misread.
        assert_eq!(read(&[slip()], "795012345667"), Readings::default());
    }

    #[test]
    fn every_template_that_fits_is_told_in_the_pack_s_order() {
        let other = BarcodeTemplate { name: "other".into(), fund_code: Some("5".into()), ..bill() };
        let readings = read(&[bill(), other], "982650123456600018450");
        assert_eq!(readings.scanned.iter().map(|one| one.template.as_str()).collect::<Vec<_>>(), ["bill", "other"]);
    }

    #[test]
    fn an_amount_of_nothing_is_no_amount() {
        assert_eq!(only(&[bill()], "982650123456600000000").and_then(|scanned| scanned.amount), None);
    }

    #[test]
    fn no_text_whatever_makes_reading_panic_and_what_is_read_is_part_of_it() {
        let templates = [bill(), slip()];
        let letters: Vec<char> = "0123456789 -]CQ£\u{1d}\u{2}\nAé\u{10ffff}".chars().collect();
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..1_000_000 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let mut seed = state;
            let mut text = String::from(["", "9826", "71", "]C0"][(state >> 60) as usize % 4]);
            for _ in 0..(state % 26) {
                text.push(letters[(seed % 10) as usize + if seed.is_multiple_of(97) { letters.len() - 10 } else { 0 }]);
                seed = seed.rotate_right(5) ^ state;
            }
            for scanned in read(&templates, &text).scanned {
                assert!(text.contains(&scanned.reference) || text.contains([' ', '-', FNC1]), "{text:?}");
            }
        }
    }
}
