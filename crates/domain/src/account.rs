//! Account holders: who owes on a reference, as of the last extract.

use crate::Pence;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One row of an extract. Columns as in LocalGov IMS's AccountHolder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountHolder {
    /// The fund.
    pub fund_code: String,
    /// The reference, upper case.
    pub reference: String,
    /// Mr, Mrs, Dr…
    pub title: String,
    /// First names.
    pub forename: String,
    /// Surname, or a firm's name.
    pub surname: String,
    /// Address, without its empty lines.
    pub address: Vec<String>,
    /// Postcode.
    pub postcode: String,
    /// Owed as at `as_at`; below zero is in credit.
    pub balance: Pence,
    /// The day of the balance.
    #[ts(type = "string")]
    pub as_at: NaiveDate,
    /// A fund message's id.
    pub message_id: Option<u32>,
}

impl AccountHolder {
    /// `Mrs A Example`: title, forename and surname.
    pub fn full_name(&self) -> String {
        [&self.title, &self.forename, &self.surname].into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    /// The address on one line, postcode last.
    pub fn address_line(&self) -> String {
        self.address.iter().chain([&self.postcode]).filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// American Soundex of a surname, as SQL Server's `SOUNDEX` works it out (LocalGov IMS's SurnameSoundex): letter and three
/// digits; `h` and `w` don't part equal codes, vowels do. Empty when there is no letter.
pub fn soundex(surname: &str) -> String {
    let letters: Vec<char> = surname.chars().map(unaccented).filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect();
    let Some((first, rest)) = letters.split_first() else { return String::new() };
    let mut code = String::from(*first);
    let mut last = digit_of(*first);
    for letter in rest {
        let digit = digit_of(*letter);
        if let Some(digit) = digit.filter(|digit| Some(*digit) != last) {
            code.push(digit);
        }
        if !matches!(letter, 'H' | 'W') {
            last = digit;
        }
        if code.len() == 4 {
            break;
        }
    }
    format!("{code:0<4}")
}

fn digit_of(letter: char) -> Option<char> {
    match letter {
        'B' | 'F' | 'P' | 'V' => Some('1'),
        'C' | 'G' | 'J' | 'K' | 'Q' | 'S' | 'X' | 'Z' => Some('2'),
        'D' | 'T' => Some('3'),
        'L' => Some('4'),
        'M' | 'N' => Some('5'),
        'R' => Some('6'),
        _ => None,
    }
}

/// The letter without its accent, for the letters that British names have.
pub fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' => 'a',
        'À'..='Å' | 'Ā' => 'A',
        'ç' => 'c',
        'Ç' => 'C',
        'è'..='ë' => 'e',
        'È'..='Ë' => 'E',
        'ì'..='ï' => 'i',
        'Ì'..='Ï' => 'I',
        'ñ' | 'ń' => 'n',
        'Ñ' => 'N',
        'ò'..='ö' | 'ø' => 'o',
        'Ò'..='Ö' | 'Ø' => 'O',
        'ù'..='ü' => 'u',
        'Ù'..='Ü' => 'U',
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' => 'y',
        'Ý' | 'Ŷ' | 'Ÿ' | 'Ỳ' => 'Y',
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => 'w',
        'Ŵ' | 'Ẁ' | 'Ẃ' | 'Ẅ' => 'W',
        'ł' => 'l',
        'Ł' => 'L',
        'ś' | 'š' => 's',
        'Ś' | 'Š' => 'S',
        'ź' | 'ż' | 'ž' => 'z',
        'Ź' | 'Ż' | 'Ž' => 'Z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike_share_a_code() {
        for (name, code) in [
            ("Robert", "R163"),
            ("Rupert", "R163"),
            ("Ashcraft", "A261"),
            ("Ashcroft", "A261"),
            ("Tymczak", "T522"),
            ("Pfister", "P236"),
            ("Honeyman", "H555"),
            ("Smith", "S530"),
            ("Smyth", "S530"),
            ("O'Brien", "O165"),
            ("Siân", "S500"),
            ("Lee", "L000"),
            ("1st Choice", "S322"),
            ("", ""),
            ("٣", ""),
        ] {
            assert_eq!(soundex(name), code, "{name}");
        }
    }
}
