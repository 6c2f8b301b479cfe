//! `name=Card&value=%2a1111&key=pan`: how a terminal writes lines of receipts and its additional answers.

use super::kept::kept;
use crate::ReceiptCopy;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

/// The most lines of a receipt, and the most receipts, that are kept.
const MOST_LINES: usize = 120;
const MOST_COPIES: usize = 8;

/// The value of one field of a form; nothing else of it is kept.
pub(super) fn field(form: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(form.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| kept(&value))
        .filter(|value| !value.is_empty())
}

/// Do an answer's additional words tell of a time-out? They are a form, or base64 of something else.
pub(super) fn tells_of_a_time_out(additional: &str) -> bool {
    let tells = |text: &str| {
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
        letters.contains("timeout") || letters.contains("timedout")
    };
    let inside = STANDARD.decode(additional.trim()).ok();
    url::form_urlencoded::parse(additional.as_bytes()).any(|(key, value)| tells(&key) || tells(&value))
        || inside.is_some_and(|inside| tells(&String::from_utf8_lossy(&inside)))
}

/// A receipt as the terminal sends it.
#[derive(Deserialize)]
pub(super) struct Receipt {
    #[serde(rename = "DocumentQualifier", default)]
    qualifier: Option<String>,
    #[serde(rename = "RequiredSignatureFlag", default)]
    signature: Option<bool>,
    #[serde(rename = "OutputContent", default)]
    content: Option<Content>,
}

#[derive(Deserialize)]
pub(super) struct Content {
    #[serde(rename = "OutputText", default)]
    texts: Option<Vec<OutputText>>,
}

#[derive(Deserialize)]
struct OutputText {
    #[serde(rename = "Text", default)]
    text: Option<String>,
}

/// The lines of the receipts, and whether one of them asks for a signature.
pub(super) fn copies(receipts: &[Receipt]) -> (Vec<ReceiptCopy>, bool) {
    let copies = receipts
        .iter()
        .take(MOST_COPIES)
        .map(|receipt| ReceiptCopy { customer: receipt.qualifier.as_deref() == Some("CustomerReceipt"), lines: receipt.lines() })
        .collect();
    (copies, receipts.iter().any(|receipt| receipt.signature == Some(true)))
}

/// The value of the first line with that key.
pub(super) fn line_of(receipts: &[Receipt], key: &str) -> Option<String> {
    receipts
        .iter()
        .flat_map(Receipt::texts)
        .find(|form| field(form, "key").as_deref() == Some(key))
        .and_then(|form| field(form, "value").or_else(|| field(form, "name")))
}

impl Receipt {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.content.iter().flat_map(|content| content.texts.iter().flatten()).filter_map(|line| line.text.as_deref()).take(MOST_LINES)
    }

    fn lines(&self) -> Vec<(String, String)> {
        self.texts().map(line).collect()
    }
}

/// A line has a name, a value, both or (a blank line) neither. What isn't a form is a name.
fn line(text: &str) -> (String, String) {
    if !text.contains('=') {
        return (kept(text), String::new());
    }
    let (name, value) = (field(text, "name").unwrap_or_default(), field(text, "value").unwrap_or_default());
    // A number that is in two halves is one all the same.
    let both = format!("{name} {value}");
    if kept(&both) == both { (name, value) } else { (kept(&both), String::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_as_the_terminal_wrote_them() {
        for (text, name, value) in [
            ("name=Card&value=%2a%2a%2a%2a3511&key=pan", "Card", "****3511"),
            ("name=APPROVED&key=approved", "APPROVED", ""),
            ("name=TOTAL&value=%c2%a3%c2%a01.00&key=totalAmount", "TOTAL", "£\u{a0}1.00"),
            ("key=filler", "", ""),
            ("Thank you", "Thank you", ""),
        ] {
            assert_eq!(line(text), (name.to_owned(), value.to_owned()));
        }
    }

    #[test]
    fn a_time_out_is_read_out_of_a_form_of_plain_words_and_of_base64() {
        for additional in [
            "refusalReason=Communication%20timeout",
            "message=TIME_OUT&tid=1",
            "warnings=Request+timed+out",
            "Communication time-out",
            "eyJyZWZ1c2FsUmVhc29uIjoiQ29tbXVuaWNhdGlvbiB0aW1lb3V0In0=",
        ] {
            assert!(tells_of_a_time_out(additional), "{additional}");
        }
        for additional in ["", "refusalReason=Refused&message=DECLINED", "time=10%3a00&out=1", "eyJyZWZ1c2FsUmVhc29uIjoiUmVmdXNlZCJ9"] {
            assert!(!tells_of_a_time_out(additional), "{additional}");
        }
    }

    #[test]
    fn a_card_s_number_in_a_line_is_starred_out_even_in_halves() {
        assert_eq!(line("name=Card&value=4111111111111111"), ("Card".into(), "*".repeat(16)));
        assert_eq!(line("name=41111111&value=11111111"), ("******** ********".into(), String::new()));
        assert_eq!(line("4111%201111=&name=a").0, "a");
    }

    proptest! {
        #[test]
        fn fuzz_any_receipt_is_survived(texts in proptest::collection::vec("(name|value|key|[a-z0-9%&= ]){0,12}", 0..6), text in any::<String>()) {
            for text in texts.iter().chain([&text]) {
                let (name, value) = line(text);
                prop_assert!(name.chars().count() <= 321 && value.chars().count() <= 160);
                let both = format!("{name} {value}");
                prop_assert!(!counterfoil_domain::card_number::holds_card_number(&both));
            }
        }
    }
}
