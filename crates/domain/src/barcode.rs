//! What a council's barcode means: templates from its pack.

use crate::Pence;

/// A barcode layout: which characters are what. Places count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarcodeTemplate {
    /// Its name in the pack.
    pub name: String,
    /// How many characters the barcode has.
    pub length: usize,
    /// What it begins with.
    pub prefix: String,
    /// Where the reference stands.
    pub reference: Slice,
    /// Where the amount stands, in pence.
    pub amount: Option<Slice>,
    /// The fund, where the layout belongs to one.
    pub fund_code: Option<String>,
    /// Characters to be left out of the reference, such as leading padding.
    pub strip_leading: Option<char>,
    /// Only from this symbology, by its AIM identifier, such as `]C0`.
    pub symbology: Option<String>,
}

/// A run of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The first character's place.
    pub start: usize,
    /// How many characters.
    pub length: usize,
}

/// What a barcode says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// The reference.
    pub reference: String,
    /// The amount, if the layout carries one above zero.
    pub amount: Option<Pence>,
    /// The fund, if the layout names one.
    pub fund_code: Option<String>,
}

/// Splits an AIM symbology identifier (`]C0`) from what follows it.
pub fn split_symbology(text: &str) -> (Option<&str>, &str) {
    match text.char_indices().nth(3) {
        Some((end, _)) if text.starts_with(']') => (Some(&text[..end]), &text[end..]),
        _ => (None, text),
    }
}

/// Reads what was scanned by the first template that fits; `None` when it is no known barcode.
pub fn read(templates: &[BarcodeTemplate], scanned: &str) -> Option<Scanned> {
    let (symbology, text) = split_symbology(scanned.trim());
    templates.iter().find_map(|template| template.read(symbology, text))
}

impl BarcodeTemplate {
    fn read(&self, symbology: Option<&str>, text: &str) -> Option<Scanned> {
        let wrong_symbology = self.symbology.is_some() && symbology.is_some() && self.symbology.as_deref() != symbology;
        if wrong_symbology || text.chars().count() != self.length || !text.starts_with(&self.prefix) {
            return None;
        }
        let reference = cut(text, self.reference);
        let reference = match self.strip_leading {
            Some(padding) => reference.trim_start_matches(padding),
            None => &reference,
        };
        let amount = match self.amount {
            None => None,
            Some(slice) => Some(Pence(cut(text, slice).parse().ok()?)),
        };
        Some(Scanned {
            reference: reference.to_owned(),
            amount: amount.filter(|pence| pence.is_positive()),
            fund_code: self.fund_code.clone(),
        })
    }
}

fn cut(text: &str, slice: Slice) -> String {
    text.chars().skip(slice.start).take(slice.length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bill() -> BarcodeTemplate {
        BarcodeTemplate {
            name: "bill".into(),
            length: 21,
            prefix: "9826".into(),
            reference: Slice { start: 4, length: 9 },
            amount: Some(Slice { start: 13, length: 8 }),
            fund_code: Some("23".into()),
            strip_leading: None,
            symbology: Some("]C0".into()),
        }
    }

    #[test]
    fn a_bill_s_barcode_gives_reference_amount_and_fund() {
        let wanted = Scanned { reference: "501234566".into(), amount: Some(Pence(18_450)), fund_code: Some("23".into()) };
        assert_eq!(read(&[bill()], "982650123456600018450"), Some(wanted.clone()));
        assert_eq!(read(&[bill()], "]C0982650123456600018450"), Some(wanted));
    }

    #[test]
    fn another_symbology_length_or_prefix_is_no_such_barcode() {
        for text in
            ["]Q3982650123456600018450", "98265012345660001845", "112650123456600018450", "]C", "501234566", "9826501234566000184£0"]
        {
            assert_eq!(read(&[bill()], text), None, "{text}");
        }
    }

    #[test]
    fn an_amount_of_nothing_is_no_amount() {
        assert_eq!(read(&[bill()], "982650123456600000000").and_then(|scanned| scanned.amount), None);
    }
}
