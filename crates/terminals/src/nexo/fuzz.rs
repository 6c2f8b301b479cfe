//! Messages that no terminal would send. `cargo xtask fuzz` runs these a million times each, the ordinary tests a few hundred times.

use super::answers;
use super::crypto::{Keys, NONCE};
use super::envelope::{self, Header};
use crate::{Known, NexoTarget, Outcome};
use counterfoil_domain::Pence;
use counterfoil_domain::card_number::holds_card_number;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::of("a passphrase"));
static TARGET: LazyLock<NexoTarget> = LazyLock::new(|| NexoTarget {
    host: "192.0.2.9".into(),
    port: 8443,
    poi_id: "P400Plus-275479597".into(),
    sale_id: "till-07".into(),
    key_identifier: "key".into(),
    key_version: 1,
    authority: "root.pem".into(),
    live: false,
    answer_timeout_ms: 150_000,
});

/// An answer as a terminal would close it: what the driver's own request looks like, with the names of a response.
static ANSWER: LazyLock<(Header, String, Vec<u8>)> = LazyLock::new(|| {
    let asked = Header::of(&TARGET, "Payment", "A1");
    let answered = Header { message_type: "Response".into(), ..asked.clone() };
    let inside = json!({ "SaleToPOIResponse": {
        "MessageHeader": answered, "PaymentResponse": { "Response": { "Result": "Failure", "ErrorCondition": "Refusal" } },
    } });
    let closed = KEYS.close(inside.to_string().as_bytes(), [9; NONCE]).expect("closed");
    let request = envelope::close(&answered, "X", "{}", &KEYS, &TARGET, [9; NONCE]).expect("closed");
    let mut outside: Value = serde_json::from_str(&request).expect("JSON");
    let mut message = outside["SaleToPOIRequest"].take();
    message["NexoBlob"] = json!(base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &closed.blob));
    message["SecurityTrailer"]["Hmac"] = json!(base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &closed.hmac));
    let outside = json!({ "SaleToPOIResponse": message }).to_string();
    (asked, inside.to_string(), outside.into_bytes())
});

#[test]
fn the_answer_that_is_spoilt_below_is_a_good_one() {
    let (asked, inside, outside) = &*ANSWER;
    assert_eq!(&*envelope::open(outside, asked, &KEYS, &TARGET).expect("opens"), inside.as_bytes());
}

/// Names of fields and words that answers have, and a few that they don't.
const NAMES: [&str; 34] = [
    "Response",
    "Result",
    "ErrorCondition",
    "AdditionalResponse",
    "SaleData",
    "SaleTransactionID",
    "TransactionID",
    "TimeStamp",
    "POIData",
    "POITransactionID",
    "PaymentResult",
    "PaymentInstrumentData",
    "CardData",
    "EntryMode",
    "MaskedPan",
    "PaymentBrand",
    "SensitiveCardData",
    "ProtectedCardData",
    "PaymentAcquirerData",
    "ApprovalCode",
    "AmountsResp",
    "AuthorizedAmount",
    "Currency",
    "PaymentReceipt",
    "OutputContent",
    "OutputText",
    "Text",
    "RepeatedMessageResponse",
    "RepeatedResponseMessageBody",
    "PaymentResponse",
    "ReversalResponse",
    "TransactionTotals",
    "PaymentTotals",
    "MessageReference",
];
const WORDS: [&str; 16] = [
    "Success",
    "Partial",
    "Failure",
    "Aborted",
    "InProgress",
    "NotFound",
    "GBP",
    "our-A1",
    "till-07",
    "A1",
    "P400Plus-275479597",
    "name=Card&value=4111111111111111&key=pan",
    "4111 1111 1111 1111",
    "tid=5555555555554444&AID=A0",
    "Tapped",
    "Debit",
];

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => proptest::sample::select(&WORDS[..]).prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => "[ -~]{0,20}".prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            3 => proptest::collection::btree_map(proptest::sample::select(&NAMES[..]).prop_map(str::to_owned), inner.clone(), 0..5)
                .prop_map(|fields| fields.into_iter().collect::<Value>()),
            1 => proptest::collection::vec(inner, 0..4).prop_map(Value::from),
        ]
    })
}

/// A payment's answer of the right form, with anything in its texts and its amount.
fn nearly_a_payment() -> impl Strategy<Value = Value> {
    let text = || prop_oneof![proptest::sample::select(&WORDS[..]).prop_map(str::to_owned), any::<String>()];
    (text(), text(), text(), text(), any_json(), any_json()).prop_map(|(result, word, form, line, amount, odd)| {
        json!({
            "Response": { "Result": result, "ErrorCondition": word, "AdditionalResponse": form },
            "SaleData": { "SaleTransactionID": { "TransactionID": "our-A1" } },
            "POIData": { "POITransactionID": { "TransactionID": word, "TimeStamp": line } },
            "PaymentReceipt": [{ "DocumentQualifier": word, "OutputContent": { "OutputText": [{ "Text": line }, { "Text": form }] } }],
            "PaymentResult": {
                "PaymentInstrumentData": { "CardData": { "MaskedPan": line, "PaymentBrand": form, "EntryMode": [word], "SensitiveCardData": odd } },
                "PaymentAcquirerData": { "ApprovalCode": line, "MerchantID": word },
                "AmountsResp": { "Currency": "GBP", "AuthorizedAmount": amount },
            },
        })
    })
}

/// All that can be read of a body is, and none of it holds a card's number.
fn is_survived(plain: &[u8]) -> Result<(), TestCaseError> {
    let Ok(body) = answers::body(plain) else { return Ok(()) };
    let mut kept = Vec::new();
    kept.extend(body.payment_response.as_ref().and_then(|answer| answer.answer("our-A1", Pence(1_000)).ok()));
    kept.extend(body.reversal_response.as_ref().and_then(|answer| answer.answer(Pence(1_000)).ok()));
    if let Some(Ok(outcome)) = body.payment_response.map(|answer| answer.outcome("our-A1", Pence(1_000))) {
        if let Outcome::Approved(approval) = &outcome {
            prop_assert!((1..=1_000).contains(&approval.amount.0));
        }
        kept.push(outcome);
    }
    if let Some(Ok(outcome)) = body.reversal_response.map(|answer| answer.outcome(Pence(1_000))) {
        if let Outcome::Approved(approval) = &outcome {
            prop_assert_eq!(approval.amount, Pence(1_000));
        }
        kept.push(outcome);
    }
    let reversal = Header { message_category: "Reversal".into(), ..ANSWER.0.clone() };
    for asked in [&ANSWER.0, &reversal] {
        let known = body.transaction_status_response.as_ref().map(|answer| answer.known(asked, "our-A1", Pence(1_000)));
        if let Some(Known::Settled(outcome)) = known {
            kept.push(outcome);
        }
    }
    let _ = body.diagnosis_response.map(|answer| answer.health(true));
    let _ = body.get_totals_response.map(|answer| answer.totals());
    for outcome in kept {
        for text in texts(&serde_json::to_value(outcome).map_err(|error| TestCaseError::fail(error.to_string()))?) {
            prop_assert!(!holds_card_number(&text), "{}", text);
        }
    }
    Ok(())
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn message(name: &str, body: &Value) -> Vec<u8> {
    json!({ "SaleToPOIResponse": { name: body } }).to_string().into_bytes()
}

proptest! {
    #[test]
    fn fuzz_any_message_is_survived(
        name in proptest::sample::select(&["PaymentResponse", "ReversalResponse", "TransactionStatusResponse", "DiagnosisResponse", "GetTotalsResponse"][..]),
        body in any_json(),
    ) {
        is_survived(&message(name, &body))?;
    }

    #[test]
    fn fuzz_any_payment_s_answer_is_survived_and_keeps_no_card_number(body in nearly_a_payment(), repeated in any::<bool>()) {
        if repeated {
            let header = Header { message_type: "Response".into(), ..ANSWER.0.clone() };
            let body = json!({ "Response": { "Result": "Success" }, "RepeatedMessageResponse": {
                "MessageHeader": header, "RepeatedResponseMessageBody": { "PaymentResponse": body },
            } });
            is_survived(&message("TransactionStatusResponse", &body))?;
        } else {
            is_survived(&message("PaymentResponse", &body))?;
        }
    }

    #[test]
    fn fuzz_bytes_instead_of_a_message_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..80), at in any::<usize>(), put in any::<u8>()) {
        is_survived(&bytes)?;
        let mut spoilt = ANSWER.1.clone().into_bytes();
        let at = at % spoilt.len();
        spoilt[at] = put;
        is_survived(&spoilt)?;
        prop_assert!(envelope::open(&bytes, &ANSWER.0, &KEYS, &TARGET).is_err());
    }

    /// Whatever is changed of an envelope, what opens is what the terminal said.
    #[test]
    fn fuzz_a_spoilt_envelope_never_opens_to_something_else(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..4)) {
        let (asked, inside, outside) = &*ANSWER;
        let mut spoilt = outside.clone();
        for (at, put) in changes {
            let at = at % spoilt.len();
            spoilt[at] = put;
        }
        if let Ok(plain) = envelope::open(&spoilt, asked, &KEYS, &TARGET) {
            prop_assert_eq!(&*plain, inside.as_bytes());
        }
    }
}
