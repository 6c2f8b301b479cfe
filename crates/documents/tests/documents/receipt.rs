//! What a receipt says, in both languages.

use crate::common;
use crate::common::{card, cash, council, document, line, mixed, simple, taken};
use counterfoil_documents::lay_out;
use counterfoil_documents::receipt::{KEYS, Phrases};
use counterfoil_domain::council::Council;
use counterfoil_domain::receipt::Receipt;
use counterfoil_domain::text::Language;

fn text_of(council: &Council, receipt: &Receipt, copy: bool) -> String {
    lay_out(&document(council, receipt, copy), 42).to_text()
}

/// The text with single spaces, so that a line can be looked for without counting.
fn said(council: &Council, receipt: &Receipt, copy: bool) -> String {
    let text = text_of(council, receipt, copy);
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

#[track_caller]
fn assert_says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|printed| printed == *line), "{line} is missing from\n{text}");
    }
}

#[test]
fn every_phrase_exists_in_both_languages_and_no_other() {
    for (language, source) in [
        (Language::English, include_str!("../../../../assets/locales/en-GB/receipt.ftl")),
        (Language::Welsh, include_str!("../../../../assets/locales/cy/receipt.ftl")),
    ] {
        let words = common::Shipped::in_language(language);
        let filled = [("number", "1"), ("till", "2"), ("session", "3"), ("code", "4"), ("rate", "5%")];
        assert!(KEYS.iter().all(|key| !words.phrase(key, &filled).is_empty()));
        let mut written: Vec<&str> = source.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
        let mut asked = KEYS.to_vec();
        written.sort_unstable();
        asked.sort_unstable();
        assert_eq!(written, asked);
    }
}

#[test]
fn a_one_line_cash_receipt_says_who_what_how_much_and_the_change() {
    let text = said(&council(), &simple(Language::English), false);
    assert_says(
        &text,
        &[
            "Aberwen County Council",
            "12 Harbour Street",
            "aberwen.example · 01234 567890",
            "Receipt number CH07-0000042",
            "Date 23/11/2026 10:42",
            "Office Civic Hall",
            "Till 07, session 3 Cashier 12",
            "Council Tax £184.50",
            "Account number: 501234566",
            "Total £184.50",
            "Cash £184.50",
            "Tendered £200.00",
            "Change £15.50",
            "Thank you. Please keep this receipt as",
        ],
    );
}

#[test]
fn whoever_paid_without_an_account_is_named_with_the_line_and_nobody_else() {
    let mut receipt = simple(Language::English);
    assert!(!said(&council(), &receipt, false).contains("Paid by"));
    receipt.lines[0].payer_name = "Mr A Builder".into();
    receipt.lines[0].payer_address = "7 Mill Lane, Barnsley".into();
    assert_says(&said(&council(), &receipt, false), &["Account number: 501234566", "Paid by: Mr A Builder", "7 Mill Lane, Barnsley"]);
}

#[test]
fn a_welsh_receipt_is_welsh_throughout() {
    let text = said(&council(), &simple(Language::Welsh), true);
    assert_says(
        &text,
        &[
            "COPI",
            "Cyngor Sir Aberwen",
            "Rhif y dderbynneb CH07-0000042",
            "Swyddfa Neuadd y Ddinas",
            "Treth y Cyngor £184.50",
            "Rhif y cyfrif: 501234566",
            "Cyfanswm £184.50",
            "Arian parod £184.50",
            "Newid £15.50",
        ],
    );
    for english in ["Council", "Total", "Cash", "Change", "Receipt", "COPY"] {
        assert!(!text.contains(english), "{english} in\n{text}");
    }
}

#[test]
fn each_kind_of_tender_shows_its_own_details_and_no_more() {
    let text = said(&council(), &mixed(Language::English), false);
    assert_says(
        &text,
        &[
            "Cheque £100.00",
            "Cheque number 000123",
            "Card £100.00",
            "Card number **** 4242",
            "Authorisation code A1B2C3",
            "Postal order £52.50",
            "Postal order number PO998877",
        ],
    );
    for private in ["A Drawer", "401199", "87654321"] {
        assert!(!text.contains(private), "{private} in\n{text}");
    }
}

#[test]
fn a_copy_says_so_and_an_original_does_not() {
    for language in Language::ALL {
        let receipt = simple(language);
        let (original, copy) = (text_of(&council(), &receipt, false), text_of(&council(), &receipt, true));
        let word = if language == Language::English { "COPY" } else { "COPI" };
        assert!(!original.contains(word));
        assert!(copy.trim_start().starts_with(word));
        assert!(copy.contains(original.trim()), "a copy says everything that the original says");
    }
}

#[test]
fn a_demonstration_s_receipt_is_no_receipt() {
    let mut council = council();
    assert!(!text_of(&council, &simple(Language::English), false).contains("not a receipt"));
    council.identity.demonstration = true;
    assert_eq!(text_of(&council, &simple(Language::English), false).matches("Demonstration – not a receipt").count(), 2);
}

#[test]
fn without_vat_there_is_no_word_of_it() {
    assert!(!text_of(&council(), &simple(Language::English), false).contains("VAT"));
}

#[test]
fn up_to_250_pounds_the_simplified_vat_receipt_is_given() {
    let receipt = taken(vec![line("41", "BW1", 25_000, "0.2", "")], vec![card(25_000)], Language::English);
    let text = said(&council(), &receipt, false);
    assert_says(&text, &["VAT number GB 123 4567 89", "Total including VAT at 20% £250.00"]);
    assert!(!text.contains("Before VAT"), "{text}");
}

#[test]
fn above_250_pounds_net_and_vat_are_given_for_each_rate() {
    let receipt = taken(vec![line("41", "BW1", 25_001, "0.2", "")], vec![card(25_001)], Language::English);
    assert_says(&said(&council(), &receipt, false), &["Total including VAT at 20% £250.01", "Before VAT £208.34", "VAT £41.67"]);
    // 20 %: £120.00 and £6.00; 5 %: £42.00; Council Tax carries none.
    assert_says(
        &said(&council(), &mixed(Language::English), false),
        &[
            "Total including VAT at 20% £126.00",
            "Before VAT £105.00",
            "VAT £21.00",
            "Total including VAT at 5% £42.00",
            "Before VAT £40.00",
            "VAT £2.00",
        ],
    );
}

#[test]
fn a_rate_of_half_a_per_cent_is_not_rounded() {
    let receipt = taken(vec![line("41", "BW1", 1_000, "0.175", "")], vec![cash(1_000, 1_000)], Language::English);
    assert_says(&said(&council(), &receipt, false), &["Total including VAT at 17.5% £10.00"]);
}

#[test]
fn a_fund_or_mop_that_the_pack_no_longer_has_is_named_by_its_code() {
    let mut receipt = taken(vec![line("99", "X1", 500, "0", "")], vec![cash(500, 500)], Language::English);
    receipt.tenders[0].mop_code = "88".into();
    assert_says(&said(&council(), &receipt, false), &["99 £5.00", "Reference: X1", "88 £5.00"]);
}
