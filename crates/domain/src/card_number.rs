//! Payment card numbers never enter: free text that holds one is refused before it is kept anywhere.

/// The most digits that a card's number has.
const MOST_DIGITS: usize = 19;
/// The fewest.
const FEWEST_DIGITS: usize = 13;

/// Schemes' prefixes and lengths, from ISO/IEC 7812 issuer ranges as the schemes publish them: Visa 4; Mastercard 51–55 and
/// 2221–2720; American Express 34, 37; Diners 300–305, 309, 36, 38, 39; JCB 3528–3589; Maestro 50, 56–58; 6 Maestro, Discover and
/// UnionPay, and UnionPay 8100–8171 besides.
fn is_of_a_scheme(digits: &[u8]) -> bool {
    let lead = |count: usize| digits.iter().take(count).fold(0u32, |number, digit| number * 10 + u32::from(*digit));
    let length = digits.len();
    match (lead(1), lead(2), lead(3), lead(4)) {
        (4, ..) => matches!(length, 13 | 16 | 19),
        (_, 51..=55, ..) | (.., 2221..=2720) => length == 16,
        (_, 34 | 37, ..) => length == 15,
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305 | 309, _) => (14..=MOST_DIGITS).contains(&length),
        (.., 3528..=3589 | 8100..=8171) => (16..=MOST_DIGITS).contains(&length),
        (6, ..) | (_, 50 | 56..=58, ..) => (FEWEST_DIGITS..=MOST_DIGITS).contains(&length),
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

/// The noughts of all scripts' decimal digits, each followed by its one to nine: general category Nd of Unicode 14.
#[rustfmt::skip]
const NOUGHTS: [u32; 66] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090,
    0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
    0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950,
    0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// What a decimal digit of any script stands for.
fn digit(c: char) -> Option<u8> {
    let code = u32::from(c);
    let nought = NOUGHTS[..NOUGHTS.partition_point(|nought| *nought <= code)].last()?;
    u8::try_from(code - nought).ok().filter(|digit| *digit < 10)
}

/// Is it a decimal digit, of whatever script?
pub fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// What nobody sees, such as a soft hyphen or a space of no width: general category Cf, as far as it can stand in ordinary text.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'..='\u{e007f}')
}

/// How far apart two groups of digits are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// By nothing but spaces and dashes of any kind: what people and documents put between the groups of a number.
    None,
    /// By one sign that stands between the parts of amounts, dates and times just as well.
    Sign,
    /// By something else.
    Far,
}

impl Gap {
    /// With one character more.
    fn and(self, c: char) -> Gap {
        match c {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' if self == Gap::None => Gap::None,
            c if c.is_whitespace() && self == Gap::None => Gap::None,
            _ => Gap::Far,
        }
    }
}

/// Digits that stand together, and what stands before them.
struct Group {
    digits: Vec<u8>,
    gap: Gap,
}

impl Group {
    /// Could it be the next part of the number that `before` is a part of? Across a sign only groups as cards have them are: no pence, no
    /// day, no month, no thousands.
    fn goes_on_from(&self, before: &Group) -> bool {
        match self.gap {
            Gap::None => true,
            Gap::Sign => before.digits.len() >= 4 && self.digits.len() >= 3,
            Gap::Far => false,
        }
    }
}

/// The groups of a text's digits.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut gap, mut follows) = (Gap::Far, false);
    for c in text.chars().filter(|c| !is_unseen(*c)) {
        match (digit(c), groups.last_mut()) {
            (Some(digit), Some(group)) if follows => group.digits.push(digit),
            (Some(digit), _) => groups.push(Group { digits: vec![digit], gap }),
            (None, _) if follows && matches!(c, '.' | '/' | '_' | ',' | '*' | ':') => gap = Gap::Sign,
            (None, _) => gap = if follows { Gap::None.and(c) } else { gap.and(c) },
        }
        follows = is_digit(c);
    }
    groups
}

/// True when `text` holds what looks like a card number: 13 to 19 digits that pass Luhn and have the prefix and the length of a
/// scheme's numbers. Spaces, dashes and what nobody sees between its digits don't hide it, nor does one sign between its groups, nor
/// another script's digits, nor other numbers before or after it.
pub fn holds_card_number(text: &str) -> bool {
    let groups = groups(text);
    (0..groups.len()).any(|first| begins_with_card_number(&groups[first..]))
}

/// Is the first group a card's number, or with those that follow it?
fn begins_with_card_number(groups: &[Group]) -> bool {
    let mut digits = Vec::with_capacity(MOST_DIGITS);
    for (at, group) in groups.iter().enumerate() {
        let goes_on = at == 0 || group.goes_on_from(&groups[at - 1]);
        if !goes_on || digits.len() + group.digits.len() > MOST_DIGITS {
            return false;
        }
        digits.extend(&group.digits);
        if is_of_a_scheme(&digits) && passes_luhn(&digits) && !is_written_otherwise(&groups[..=at]) {
            return true;
        }
    }
    false
}

/// A sort code and an account's number, as in 30-00-84 12345678, or something that begins with a date, as 30-05-2026 does: no card's
/// digits are parted like that.
fn is_written_otherwise(groups: &[Group]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let at_most = |place: usize, most: &[u8]| groups.get(place).is_some_and(|group| group.digits[..] <= *most);
    matches!(lengths[..], [2, 2, 2, 8] | [6, 8]) || (matches!(lengths[..], [2, 2, 4, ..]) && at_most(0, &[3, 1]) && at_most(1, &[1, 2]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_schemes_published_test_numbers_are_found_however_they_are_spaced() {
        for text in [
            "4111111111111111",
            "paid by 5555 5555 5555 4444 today",
            "3782-822463-10005",
            "x2223003122003222",
            "6011000990139424",
            "30569309025904",
            "36070500001020",
            "3095 0000 0000 18",
            "39000000000005",
            "8171 9999 2766 0000",
            "4111\u{a0}1111\u{a0}1111\u{a0}1111",
            "4111\u{202f}1111\u{2009}1111\t1111",
            "4111\u{2010}1111\u{2013}1111\u{2212}1111",
            "4111\u{2014}1111 \u{2015} 1111\n1111",
            "4111.1111.1111.1111",
            "41 11 1111 1111 1111",
            "paid by 4111/1111/1111/1111, thanks",
            "4111_1111_1111_1111",
            "4111,1111,1111,1111",
            "4111*1111*1111*1111",
            "4111:1111:1111:1111",
            "3782.822463.10005",
            "4000/0000/0000/0000/006",
            "4111\u{200b}1111\u{2060}1111\u{ad}1111",
            "4111 \u{200e}1111\u{feff} 1111 1111",
            "\u{ff14}\u{ff11}\u{ff11}\u{ff11} 1111 1111 1111",
            "\u{664}\u{661}\u{661}\u{661}1111\u{967}\u{967}\u{967}\u{967}1111",
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
            "4111.1111 and 1111.1111",
            "4111..1111..1111..1111",
            "4,111,111,111,111,111.00",
            // These pass Luhn and have a scheme's prefix, were it not for how they are written.
            "30/05/2026 14:20:05",
            "30-05-2026 to 31-05-2025",
            "30-05-2026 - 31-05-2025",
            "30-00-84 12345602",
            "600084 12345605",
        ] {
            assert!(!holds_card_number(text), "{text}");
        }
    }

    #[test]
    fn a_long_text_of_many_numbers_takes_no_time() {
        assert!(!holds_card_number(&"1 ".repeat(100_000)));
    }

    proptest! {
        #[test]
        fn amounts_dates_times_and_sort_codes_in_ordinary_text_are_no_card(
            pounds in 0u32..10_000_000, pence in 0u32..100, day in 1u32..=31, month in 1u32..=12, year in 1990u32..2100,
            hour in 0u32..24, minute in 0u32..60, second in 0u32..60, account in 0u32..100_000_000, sign in "[./_:*-]", between in "( |, |; )",
        ) {
            let thousands = format!("{},{:03},{:03}", pounds / 1_000_000, pounds / 1_000 % 1_000, pounds % 1_000);
            let (date, time) = (format!("{day:02}{sign}{month:02}{sign}{year}"), format!("{hour:02}:{minute:02}:{second:02}"));
            let words = [format!("£{pounds}.{pence:02}"), format!("{thousands}.{pence:02}"), date, time, format!("{year}/{month:02}")];
            for first in &words {
                for second in &words {
                    let text = format!("{first}{between}{second}");
                    prop_assert!(!holds_card_number(&text), "{}", text);
                }
            }
            let bank = format!("{day:02}-{month:02}-{minute:02} {account:08}");
            prop_assert!(!holds_card_number(&bank), "{}", bank);
        }

        #[test]
        fn a_card_s_number_is_found_whatever_one_sign_stands_between_its_groups_and_whatever_digits_it_has(
            sign in "[ ./_,*:\u{2013}\u{200b}\u{2060}\u{ad}-]", script in proptest::sample::select(&NOUGHTS[..]), before in "[a-z£ ]{0,5}", after in "[a-z ]{0,5}",
        ) {
            let other = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(script + digit)).unwrap_or(c);
            for number in ["4111|1111|1111|1111", "5555|5555|5555|4444", "3782|822463|10005", "3056|930902|5904"] {
                let text: String = number.replace('|', &sign).chars().map(other).collect();
                prop_assert!(holds_card_number(&format!("{before}{text}{after}")), "{}", text);
            }
        }
    }
}
