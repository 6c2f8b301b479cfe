//! What a terminal says, as it is kept: never long, never with a card's number.

use counterfoil_domain::card_number::{holds_card_number, is_digit};
use serde::{Deserialize, Deserializer};

/// The longest text that is kept, in characters: a line of a receipt is shorter.
const MOST_KEPT: usize = 160;

/// Text from a terminal: cut to a length that has a reason, without control characters, its digits starred out when it holds what
/// looks like a card's number.
pub(super) fn kept(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).take(MOST_KEPT).collect();
    if holds_card_number(&text) { text.chars().map(|c| if is_digit(c) { '*' } else { c }).collect() } else { text }
}

/// Stands in a reference that is kept, between digits that would look like a card's number together.
const PARTED: char = '~';
/// So many digits stand together at most where they are parted.
const TOGETHER: usize = 6;

/// The terminal's reference of a transaction, which it has to be told again as it was: see [`as_it_was`]. One with letters, such as
/// `BVq3001643892070004` with the time in it, can look like a card's number by chance, and is none: its digits are parted. Nothing is
/// kept of one of which nothing could be made again: one in whose digits alone there may be a card's number, or one that is too long.
pub(super) fn kept_reference(text: &str) -> String {
    if text.contains(PARTED) || text.chars().count() > MOST_KEPT || text.chars().any(char::is_control) {
        return String::new();
    }
    if !holds_card_number(text) {
        return text.to_owned();
    }
    let parted: String = text.split_inclusive(|c: char| !c.is_alphanumeric()).map(parted).collect();
    if holds_card_number(&parted) { String::new() } else { parted }
}

/// A part of a reference: as it is where it is digits alone.
fn parted(part: &str) -> String {
    if !part.chars().any(char::is_alphabetic) {
        return part.to_owned();
    }
    let letters: Vec<char> = part.chars().collect();
    letters.chunks(TOGETHER).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>().join(&PARTED.to_string())
}

/// A reference as the terminal gave it.
pub(super) fn as_it_was(reference: &str) -> String {
    reference.replace(PARTED, "")
}

/// A text as it is kept; anything but a text is as if it weren't there.
pub(super) fn kept_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Text>::deserialize(deserializer)?.and_then(|text| match text {
        Text::Said(text) => Some(kept(&text)),
        Text::Other(_) => None,
    }))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Said(String),
    Other(serde::de::IgnoredAny),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_s_number_is_starred_out_and_the_rest_stands() {
        assert_eq!(kept("Card 4111 1111 1111 1111 thanks"), "Card **** **** **** **** thanks");
        assert_eq!(kept("4111.1111.1111.\u{ff11}\u{ff11}\u{ff11}\u{ff11}"), "****.****.****.****");
        assert_eq!(kept("************1111"), "************1111");
        assert_eq!(kept(&"x".repeat(500)).chars().count(), MOST_KEPT);
    }

    #[test]
    fn a_reference_is_told_back_as_it_was_though_its_digits_may_look_like_a_card_s_number() {
        let looks_like_one = "BVq3001643892070004.VMSPC3FQ2V6XNN82";
        for reference in ["simu001.275479597", "4r7i001556529591000.8515565295894301", looks_like_one] {
            let kept = kept_reference(reference);
            assert_eq!((as_it_was(&kept).as_str(), holds_card_number(&kept)), (reference, false), "{kept}");
        }
        assert!(holds_card_number(looks_like_one), "this is what it is about");
        for number in ["4111111111111111", "ref.4111111111111111", "4111.1111.1111.1111", "a~b", &"x".repeat(MOST_KEPT + 1), "a\n"] {
            assert_eq!(kept_reference(number), "", "{number}");
        }
    }

    #[test]
    fn cutting_a_text_leaves_no_card_s_number_at_its_end() {
        for before in 100..MOST_KEPT {
            let text = kept(&format!("{}4111111111111111{}", "x".repeat(before), "1".repeat(10)));
            assert!(!holds_card_number(&text), "{text}");
        }
    }
}
