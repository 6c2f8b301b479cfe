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
    fn cutting_a_text_leaves_no_card_s_number_at_its_end() {
        for before in 100..MOST_KEPT {
            let text = kept(&format!("{}4111111111111111{}", "x".repeat(before), "1".repeat(10)));
            assert!(!holds_card_number(&text), "{text}");
        }
    }
}
