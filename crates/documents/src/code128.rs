//! Code 128 of a receipt's number: which code sets carry it, how wide it is, and its bars.
//!
//! Code set B has every printable ASCII character, code set C two digits in the room of one. Source: ISO/IEC 15417.

use barcoders::sym::code128::Code128;

/// The longest text: `GS k` gives the length in one byte, and nothing longer fits a receipt.
const MAX_TEXT: usize = 48;
/// Modules of one symbol.
const SYMBOL: usize = 11;
/// Modules of the stop symbol with its closing bar.
const STOP: usize = 13;
/// Modules that must stay white on both sides together.
pub const QUIET_ZONES: usize = 20;

/// A run of characters in one code set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run<'a> {
    /// Printable ASCII, a symbol each.
    B(&'a str),
    /// An even number of digits, a symbol a pair.
    C(&'a str),
}

/// Can Code 128 carry it here: 1 to 48 printable ASCII characters?
pub fn can_carry(text: &str) -> bool {
    (1..=MAX_TEXT).contains(&text.len()) && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The whole text in code set B, which every printer knows.
pub fn simple(text: &str) -> Vec<Run<'_>> {
    vec![Run::B(text)]
}

/// The text in the code sets that make it shortest: digits go in pairs where a run of them is long enough to pay for the
/// change, four at either end and six between. An odd digit stays before its run.
pub fn shortest(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut kept = 0;
    let mut place = 0;
    while place < text.len() {
        let digits = text[place..].bytes().take_while(u8::is_ascii_digit).count();
        let at_an_end = place == 0 || place + digits == text.len();
        let pays = digits >= if at_an_end { 4 } else { 6 };
        if pays {
            let start = place + digits % 2;
            if start > kept {
                runs.push(Run::B(&text[kept..start]));
            }
            runs.push(Run::C(&text[start..place + digits]));
            kept = place + digits;
        }
        place += digits.max(1);
    }
    if kept < text.len() {
        runs.push(Run::B(&text[kept..]));
    }
    runs
}

/// Modules from the first bar to the last: start and changes of code set, data, check symbol, stop.
pub fn modules(runs: &[Run<'_>]) -> usize {
    let symbols: usize = runs
        .iter()
        .map(|run| match run {
            Run::B(text) => 1 + text.len(),
            Run::C(digits) => 1 + digits.len() / 2,
        })
        .sum();
    (symbols + 1) * SYMBOL + STOP
}

/// The modules from the first bar to the last, `1` is black and `0` white; `None` for a text that Code 128 can't carry.
pub fn bars(text: &str) -> Option<String> {
    if !can_carry(text) {
        return None;
    }
    // The crate's own notation: Ɓ and Ć begin code sets B and C.
    let marked: String = shortest(text)
        .iter()
        .map(|run| match run {
            Run::B(text) => format!("\u{0181}{text}"),
            Run::C(digits) => format!("\u{0106}{digits}"),
        })
        .collect();
    let code = Code128::new(&marked).ok()?;
    Some(code.encode().into_iter().map(|module| if module == 1 { '1' } else { '0' }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_go_in_pairs_where_that_is_shorter() {
        assert_eq!(shortest("CH07-0000042"), [Run::B("CH07-0"), Run::C("000042")]);
        assert_eq!(shortest("1234AB"), [Run::C("1234"), Run::B("AB")]);
        assert_eq!(shortest("A12345B"), [Run::B("A12345B")]);
        assert_eq!(shortest("A123456B"), [Run::B("A"), Run::C("123456"), Run::B("B")]);
        assert_eq!(shortest("12345"), [Run::B("1"), Run::C("2345")]);
        assert_eq!(shortest("123"), [Run::B("123")]);
    }

    #[test]
    fn the_width_that_is_reckoned_is_the_width_that_is_drawn() {
        for text in ["CH07-0000042", "1234AB", "A", "12", "CH/07/12345678", "A123456B9999"] {
            assert_eq!(bars(text).map(|bars| bars.len()), Some(modules(&shortest(text))), "{text}");
        }
    }

    #[test]
    fn what_code_128_cannot_carry_has_no_bars() {
        for text in ["", "£5", "a\nb", &"9".repeat(49)] {
            assert_eq!(bars(text), None, "{text}");
        }
    }
}
