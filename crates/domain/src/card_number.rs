//! Payment card numbers never enter: free text that holds one is refused before it is kept anywhere.

/// The most digits that a card's number has.
const MOST_DIGITS: usize = 19;
/// The fewest.
const FEWEST_DIGITS: usize = 13;

/// Schemes' prefixes and lengths, from ISO/IEC 7812 issuer ranges as the schemes publish them: Visa 4; Mastercard 51–55 and
/// 2221–2720; American Express 34, 37; Diners 36, 38; JCB 3528–3589; Maestro 50, 56–58; 6 Maestro, Discover and UnionPay.
fn is_of_a_scheme(digits: &[u8]) -> bool {
    let lead = |count: usize| digits.iter().take(count).fold(0u32, |number, digit| number * 10 + u32::from(*digit));
    let length = digits.len();
    match (lead(1), lead(2), lead(4)) {
        (4, ..) => matches!(length, 13 | 16 | 19),
        (_, 51..=55, _) | (.., 2221..=2720) => length == 16,
        (_, 34 | 37, _) => length == 15,
        (_, 36 | 38, _) => (14..=MOST_DIGITS).contains(&length),
        (.., 3528..=3589) => (16..=MOST_DIGITS).contains(&length),
        (6, ..) | (_, 50 | 56..=58, _) => (FEWEST_DIGITS..=MOST_DIGITS).contains(&length),
        _ => false,
    }
}

fn passes_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, doubled) if doubled > 9 => doubled - 9,
                (_, doubled) => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// What people and documents put between the groups of a number: any space, and any dash.
fn is_between_groups(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// True when `text` holds what looks like a card number: 13 to 19 digits that pass Luhn and have the prefix and the length of a
/// scheme's numbers. Spaces and dashes between its digits don't hide it, and neither do other numbers before or after it.
pub fn holds_card_number(text: &str) -> bool {
    let mut groups: Vec<Vec<u8>> = vec![Vec::new()];
    for c in text.chars() {
        match (c.to_digit(10), groups.last_mut()) {
            (Some(digit), Some(group)) => group.push(u8::try_from(digit).unwrap_or_default()),
            (None, Some(group)) if is_between_groups(c) => {
                if !group.is_empty() {
                    groups.push(Vec::new());
                }
            }
            _ => {
                if groups_hold_card_number(&groups) {
                    return true;
                }
                groups = vec![Vec::new()];
            }
        }
    }
    groups_hold_card_number(&groups)
}

/// Is one of the groups a card's number, or several that follow one another?
fn groups_hold_card_number(groups: &[Vec<u8>]) -> bool {
    (0..groups.len()).any(|first| begins_with_card_number(&groups[first..]))
}

fn begins_with_card_number(groups: &[Vec<u8>]) -> bool {
    let mut digits = Vec::with_capacity(MOST_DIGITS);
    for group in groups {
        if digits.len() + group.len() > MOST_DIGITS {
            return false;
        }
        digits.extend(group);
        if is_of_a_scheme(&digits) && passes_luhn(&digits) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemes_published_test_numbers_are_found_however_they_are_spaced() {
        for text in [
            "4111111111111111",
            "paid by 5555 5555 5555 4444 today",
            "3782-822463-10005",
            "x2223003122003222",
            "6011000990139424",
            "30569309025904 is none of these, 36070500001020 is",
            "4111\u{a0}1111\u{a0}1111\u{a0}1111",
            "4111\u{202f}1111\u{2009}1111\t1111",
            "4111\u{2010}1111\u{2013}1111\u{2212}1111",
            "4111\u{2014}1111 \u{2015} 1111\n1111",
        ] {
            assert!(holds_card_number(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_beside_it_do_not_hide_it() {
        for text in ["flat 12 4111111111111111", "4111 1111 1111 1111 7", "1-4111-1111-1111-1111-12/29", "12 - 4111111111111111"] {
            assert!(holds_card_number(text), "{text}");
        }
    }

    #[test]
    fn ordinary_narratives_and_references_pass() {
        for text in [
            "",
            " - ",
            "501234566",
            "4111111111111112",
            "invoice 1234567890123",
            "12345678901234567890",
            "40-47-84 12345674",
            "4111111111111111111111111111111111111111",
        ] {
            assert!(!holds_card_number(text), "{text}");
        }
    }

    #[test]
    fn a_long_text_of_many_numbers_takes_no_time() {
        assert!(!holds_card_number(&"1 ".repeat(100_000)));
    }
}
