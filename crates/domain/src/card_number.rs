//! Payment card numbers never enter: free text that holds one is refused before it is kept anywhere.

/// Schemes' prefixes and lengths, from ISO/IEC 7812 issuer ranges as the schemes publish them: Visa 4; Mastercard 51–55 and
/// 2221–2720; American Express 34, 37; Maestro 50, 56–58, 6; Diners 36, 38; JCB 3528–3589.
fn has_scheme_prefix(digits: &[u8]) -> bool {
    let lead = |count: usize| digits.iter().take(count).fold(0u32, |number, digit| number * 10 + u32::from(*digit));
    matches!(lead(1), 4 | 6) || matches!(lead(2), 34 | 36..=38 | 50..=58) || matches!(lead(4), 2221..=2720 | 3528..=3589)
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

/// True when `text` holds what looks like a card number: a run of 13 to 19 digits (spaces and dashes between them don't
/// hide it) that passes Luhn and begins as a scheme's numbers do.
pub fn holds_card_number(text: &str) -> bool {
    let mut run: Vec<u8> = Vec::new();
    let mut runs: Vec<Vec<u8>> = Vec::new();
    for c in text.chars() {
        match c.to_digit(10) {
            Some(digit) => run.push(u8::try_from(digit).unwrap_or_default()),
            None if matches!(c, ' ' | '-') => {}
            None => runs.push(std::mem::take(&mut run)),
        }
    }
    runs.push(run);
    runs.iter().any(|run| (13..=19).contains(&run.len()) && has_scheme_prefix(run) && passes_luhn(run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemes_published_test_numbers_are_found_however_they_are_spaced() {
        for text in ["4111111111111111", "paid by 5555 5555 5555 4444 today", "3782-822463-10005", "x2223003122003222"] {
            assert!(holds_card_number(text), "{text}");
        }
    }

    #[test]
    fn ordinary_narratives_and_references_pass() {
        for text in ["", "501234566", "4111111111111112", "invoice 1234567890123", "12345678901234567890"] {
            assert!(!holds_card_number(text), "{text}");
        }
    }
}
