//! Numbers as cards have them, written as people write them, and a search for them in bytes.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

/// A card number: a scheme's prefix and length, passing Luhn.
fn number() -> impl Strategy<Value = String> {
    let schemes: Vec<(&str, usize)> = vec![
        ("4", 13),
        ("4", 16),
        ("4", 19),
        ("51", 16),
        ("55", 16),
        ("2221", 16),
        ("2720", 16),
        ("34", 15),
        ("37", 15),
        ("50", 13),
        ("6011", 16),
        ("6759", 19),
        ("36", 14),
        ("3528", 16),
    ];
    (proptest::sample::select(schemes), proptest::collection::vec(0u32..10, 19)).prop_map(|((prefix, length), digits)| {
        let mut number = prefix.to_owned();
        number.extend(digits.iter().take(length - 1 - prefix.len()).filter_map(|digit| char::from_digit(*digit, 10)));
        let last = (0..10).find(|last| luhn(&format!("{number}{last}"))).expect("one of ten passes");
        format!("{number}{last}")
    })
}

fn luhn(number: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let digits = number.chars().rev().filter_map(|c| c.to_digit(10));
    digits.enumerate().map(|(at, digit)| if at % 2 == 1 { doubled(digit) } else { digit }).sum::<u32>().is_multiple_of(10)
}

/// One after another, each with a text that holds it.
pub struct Numbers {
    runner: TestRunner,
    /// Each with where it was typed.
    sent: BTreeMap<String, String>,
}

impl Numbers {
    pub fn new() -> Numbers {
        Numbers { runner: TestRunner::deterministic(), sent: BTreeMap::new() }
    }

    /// Bare, or written as people do.
    pub fn next(&mut self, into: &str, bare: bool) -> String {
        let written = (number(), if bare { 5..6 } else { 0..5usize }).new_tree(&mut self.runner).expect("a number").current();
        let (number, how) = written;
        let grouped = |by: &str| number.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group)).collect::<Vec<_>>().join(by);
        let text = match how {
            0 => grouped(" "),
            1 => grouped("-"),
            2 => format!("card {number} thanks"),
            3 => format!("flat 12 {number}"),
            4 => format!("{} 7", grouped(" ")),
            _ => number.clone(),
        };
        self.sent.insert(number, into.to_owned());
        text
    }

    /// Those of the numbers that stand in these bytes, with or without spaces and dashes.
    pub fn found_in(&self, bytes: &[u8]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut digits = String::new();
        for byte in bytes.iter().chain(b".") {
            match byte {
                b'0'..=b'9' => digits.push(char::from(*byte)),
                b' ' | b'-' if !digits.is_empty() => {}
                _ => {
                    self.found_among(&digits, &mut found);
                    digits.clear();
                }
            }
        }
        found
    }

    fn found_among(&self, digits: &str, found: &mut BTreeSet<String>) {
        for length in 13..=19 {
            for start in 0..(digits.len() + 1).saturating_sub(length) {
                if let Some((number, into)) = digits.get(start..start + length).and_then(|number| self.sent.get_key_value(number)) {
                    found.insert(format!("{number} of {into}"));
                }
            }
        }
    }
}
