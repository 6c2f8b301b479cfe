//! What was scanned: the council's layouts, several that fit, none, a misread one.

use crate::common::{Counter, copy_pack};
use serde_json::{Value, json};

/// A till whose pack has further layouts.
fn with_layouts(layouts: &str) -> Counter {
    let counter = Counter::open();
    let pack = counter.folder.path().join("pack");
    copy_pack(&pack);
    let file = pack.join("barcodes.toml");
    let text = std::fs::read_to_string(&file).expect("read");
    std::fs::write(&file, format!("{text}\n{layouts}")).expect("written");
    counterfoil_till::apply_pack(counter.till(), &pack).expect("applied");
    counter
}

fn scan(counter: &Counter, text: &str) -> Value {
    counter.call("reference.recognise", json!({ "text": text, "scanned": true }))
}

fn told(candidate: &Value) -> [&Value; 4] {
    ["fund_code", "reference", "proposed_amount", "barcode"].map(|field| &candidate[field])
}

#[test]
fn fund_reference_and_amount_come_from_the_barcode_whatever_the_scanner_sends_around_them() {
    let counter = Counter::open();
    for text in ["9828 1 03769511470 00006000 3", "]C09828103769511470000060003", "]C1\u{1d}98281037695114700000\u{1d}60003"] {
        let found = scan(&counter, text);
        let candidate = &found["candidates"][0];
        assert_eq!(told(candidate), [&json!("19"), &json!("3769511470"), &json!(6_000), &json!("Invoice")], "{text:?}");
        assert_eq!((&found["equally_likely"], &found["from_barcode"]), (&json!(1), &json!(true)));
    }
}

#[test]
fn a_misread_barcode_an_unknown_one_and_one_with_a_wrong_reference_are_told_apart() {
    let counter = Counter::open();
    for (text, wanted) in [
        ("9828103769511470000060004", "barcode-misread"),
        ("982650123456700018450", "barcode-reference-not-valid"),
        ("https://example.gov.uk/pay?reference=501234566&amount=184.50&much=more", "barcode-unknown"),
        ("\u{2}\u{6}", "barcode-unknown"),
        ("%B4111111111111111^EXAMPLE/A^2512?", "card-number-typed"),
    ] {
        assert_eq!(counter.refused("reference.recognise", json!({ "text": text, "scanned": true })), wanted, "{text:?}");
    }
    // Typed, the same is a reference that isn't valid.
    assert_eq!(counter.refused("reference.recognise", json!({ "text": "982650123456700018450" })), "reference-not-valid");
}

#[test]
fn a_plain_reference_in_a_barcode_is_as_if_it_were_typed() {
    let counter = Counter::open();
    for text in ["501234566", "]C0501234566", "]C1\u{1d}501234566"] {
        let found = scan(&counter, text);
        assert_eq!(told(&found["candidates"][0]), [&json!("23"), &json!("501234566"), &json!(120_450), &Value::Null], "{text:?}");
        assert_eq!(found["from_barcode"], json!(false));
    }
}

#[test]
fn which_of_several_layouts_is_meant_is_asked_whatever_speaks_for_one_of_them() {
    let counter = with_layouts(
        r#"
        [[barcodes]]
        name = "Old bill"
        length = 21
        prefix = "98"
        reference = { start = 4, length = 9 }
        amount = { start = 13, length = 6 }
        fund_code = "32"
        "#,
    );
    let found = scan(&counter, "982650123456600018450");
    assert_eq!(found["equally_likely"], json!(2));
    let candidates = found["candidates"].as_array().expect("a list");
    assert_eq!(told(&candidates[0]), [&json!("23"), &json!("501234566"), &json!(18_450), &json!("Council Tax bill")]);
    assert_eq!(told(&candidates[1]), [&json!("32"), &json!("501234566"), &json!(184), &json!("Old bill")]);
}

#[test]
fn of_several_layouts_only_those_whose_fund_takes_the_reference_are_offered() {
    let counter = with_layouts(
        r#"
        [[barcodes]]
        name = "Rent of a bill's length"
        length = 21
        prefix = "98"
        reference = { start = 4, length = 11 }
        fund_code = "5"
        "#,
    );
    let found = scan(&counter, "982650123456600018450");
    assert_eq!((&found["equally_likely"], &found["candidates"][0]["fund_code"]), (&json!(1), &json!("23")));
}
