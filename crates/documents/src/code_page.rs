//! Characters as bytes of a printer's code page, and what stands in for those that the page doesn't have.
//!
//! The table of substitutes, in order:
//!
//! | text | printed |
//! | --- | --- |
//! | a character of the code page | itself |
//! | ŵ ŷ Ŵ Ŷ and every other letter with an accent, where its line is not a picture | the letter |
//! | “ ” „ ″ « » and ‘ ’ ‚ ′ ` | `"` and `'` |
//! | – — ‐ ‑ − and other dashes | `-` |
//! | • · ● | `*` |
//! | × ≈ | `x` `~` |
//! | ł đ ø ı œ æ ß € and their capitals | l d o i o a s E |
//! | any other | `?` |
//!
//! One character always stands for one, so that columns stay columns. (An ellipsis was made three dots by the layout.)

use crate::profile::CodePage;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

impl CodePage {
    /// The `n` of `ESC t n`. Source: Epson's ESC/POS command reference.
    pub fn number(self) -> u8 {
        match self {
            CodePage::Wpc1252 => 16,
            CodePage::Pc858 => 19,
        }
    }

    /// The byte of `c`, if the page has it. Never a control character.
    pub fn byte(self, c: char) -> Option<u8> {
        match c {
            ' '..='~' => u8::try_from(c).ok(),
            _ if c.is_ascii() => None,
            _ => match self {
                CodePage::Wpc1252 => wpc1252(c),
                CodePage::Pc858 => upper_half(&PC858, 0x80, c),
            },
        }
    }

    /// Appends the bytes of `text`, substitutes where needed. Marks that belong to the letter before are left out.
    pub fn encode_into(self, text: &str, bytes: &mut Vec<u8>) {
        bytes.extend(carried(text, |c| self.byte(c)));
    }
}

/// Each character of `text` as `carry` carries it, or its substitute; marks that belong to the letter before are left out.
/// `carry` knows `?`.
pub(crate) fn carried<T>(text: &str, carry: impl Fn(char) -> Option<T>) -> impl Iterator<Item = T> {
    text.chars()
        .filter(|c| !is_combining_mark(*c))
        .filter_map(move |c| carry(c).or_else(|| carry(letter_below(c))).or_else(|| carry(look_alike(c))).or_else(|| carry('?')))
}

/// The letter under its accents: `ŵ` is `w` and a mark.
fn letter_below(c: char) -> char {
    let mut first = None;
    decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    first.unwrap_or(c)
}

/// What reads the same.
fn look_alike(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '´' | '‹' | '›' => '\'',
        '‐'..='―' | '−' | '⁃' => '-',
        '•' | '·' | '●' | '∙' => '*',
        '×' => 'x',
        '≈' => '~',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' | 'ð' => 'd',
        'Đ' | 'Ð' => 'D',
        'ø' | 'œ' => 'o',
        'Ø' | 'Œ' => 'O',
        'æ' => 'a',
        'Æ' => 'A',
        'ı' => 'i',
        'ß' => 's',
        '€' => 'E',
        other => other,
    }
}

/// Windows Latin 1: as Unicode from A0, and 27 characters of its own below.
fn wpc1252(c: char) -> Option<u8> {
    match c {
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => upper_half(&WPC1252_80_TO_9F, 0x80, c),
    }
}

fn upper_half(table: &[char], first: usize, c: char) -> Option<u8> {
    let place = table.iter().position(|entry| *entry == c && c != UNUSED)?;
    u8::try_from(first + place).ok()
}

/// Stands in the tables where a page has no character.
const UNUSED: char = '\u{fffd}';

/// 80 to 9F of Windows code page 1252.
#[rustfmt::skip]
const WPC1252_80_TO_9F: [char; 32] = [
    '€', UNUSED, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', UNUSED, 'Ž', UNUSED,
    UNUSED, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', UNUSED, 'ž', 'Ÿ',
];

/// 80 to FF of IBM code page 858 (850 with the euro at D5). Box drawing is left out: a receipt has none.
#[rustfmt::skip]
const PC858: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å',
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ',
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»',
    UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, 'Á', 'Â', 'À', '©', UNUSED, UNUSED, UNUSED, UNUSED, '¢', '¥', UNUSED,
    UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, 'ã', 'Ã', UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, '¤',
    'ð', 'Ð', 'Ê', 'Ë', 'È', '€', 'Í', 'Î', 'Ï', UNUSED, UNUSED, UNUSED, UNUSED, '¦', 'Ì', UNUSED,
    'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´',
    UNUSED, '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', UNUSED, UNUSED,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(page: CodePage, text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        page.encode_into(text, &mut bytes);
        bytes
    }

    #[test]
    fn pound_and_euro_stand_where_each_page_has_them() {
        assert_eq!(encoded(CodePage::Wpc1252, "£€"), [0xa3, 0x80]);
        assert_eq!(encoded(CodePage::Pc858, "£€"), [0x9c, 0xd5]);
    }

    #[test]
    fn welsh_letters_that_no_page_has_lose_only_their_accent() {
        for page in [CodePage::Wpc1252, CodePage::Pc858] {
            assert_eq!(encoded(page, "ŵŷŴŶẁẅỳ"), b"wyWYwwy");
        }
        assert_eq!(encoded(CodePage::Wpc1252, "âêîôû"), [0xe2, 0xea, 0xee, 0xf4, 0xfb]);
    }

    #[test]
    fn quotes_dashes_and_strangers_are_one_character_each() {
        assert_eq!(encoded(CodePage::Pc858, "“a” ‘b’ – — łódź 中"), b"\"a\" 'b' - - l\xa2dz ?");
    }

    #[test]
    fn no_text_becomes_a_command() {
        let all: String = (0..0x3000).filter_map(char::from_u32).collect();
        for page in [CodePage::Wpc1252, CodePage::Pc858] {
            assert!(encoded(page, &all).iter().all(|byte| *byte >= 0x20 && *byte != 0x7f));
        }
    }
}
