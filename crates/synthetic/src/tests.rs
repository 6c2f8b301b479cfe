//! What an extract promises, on a council made up here: it needs no pack, and no pack can weaken it.

use crate::extract::well_known;
use crate::{BadKind, COLUMNS, Settings, Written, write_extract};
use chrono::NaiveDate;
use counterfoil_domain::council::{Brand, Fund, FundMessage, Identity, Policies, ReceiptTexts};
use counterfoil_domain::ims_codes::ImsCodes;
use counterfoil_domain::reference::{
    CharacterClass, CheckDigitScheme, Fit, Mask, ResultSubstitution, Scheme, Validator, fit_fund, readable,
};
use counterfoil_domain::text::Words;
use counterfoil_domain::{Council, Pence};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

fn validator(name: &str, mask: &str, weights: &[u32]) -> Validator {
    let scheme = CheckDigitScheme {
        name: name.into(),
        scheme: Scheme::WeightedSum { source_substitution: None, subtract: true },
        modulus: 10,
        weights: weights.to_vec(),
        result_substitutions: vec![ResultSubstitution { from: 10, to: "0".into() }],
    };
    Validator {
        name: name.into(),
        min_length: mask.len(),
        max_length: mask.len(),
        characters: CharacterClass::Any,
        regex: None,
        mask: Some(Mask::new(mask)),
        check_digit: (!weights.is_empty()).then_some(scheme),
        printed_form: None,
    }
}

fn fund(code: &str, name: &str, validator: &str, account_must_exist: bool) -> Fund {
    Fund {
        code: code.into(),
        name: Words::same(name),
        reference_label: None,
        reference_hint: None,
        vat_code: "N0".into(),
        vat_override: false,
        maximum: Pence(99_999_999),
        may_overpay: true,
        account_must_exist,
        address_needed: false,
        validator: Some(validator.into()),
        at_counter: true,
        gl_code: None,
        suspense: false,
    }
}

fn message(fund_code: &str, id: u32) -> FundMessage {
    FundMessage { id, fund_code: fund_code.into(), text: Words::same("?"), stops_payments: false, stops_cheques: false }
}

/// The demonstration council's funds with accounts, as published, and one without.
fn council() -> Council {
    let bills = &[3, 7, 1, 3, 7, 1, 3, 7, 0];
    Council {
        identity: Identity { name: Words::same("Barnsley Council"), demonstration: true, ..Identity::default() },
        offices: Vec::new(),
        funds: vec![
            fund("23", "Council Tax", "bills", true),
            fund("24", "Business Rates", "bills", true),
            fund("5", "Housing Rents", "rents", true),
            fund("25", "Benefit Overpayments", "benefits", true),
            fund("2R", "Fixed Penalty Notice", "benefits", false),
        ],
        mops: Vec::new(),
        vat_codes: Vec::new(),
        validators: vec![
            validator("bills", "########@", bills),
            validator("rents", "##########@", &[0, 0, 9, 7, 1, 4, 6, 3, 2, 8, 0]),
            validator("benefits", "########", &[]),
        ],
        messages: vec![message("5", 1), message("5", 3), message("5", 4), message("2R", 7)],
        roles: Vec::new(),
        users: Vec::new(),
        reasons: Vec::new(),
        denominations: Vec::new(),
        policies: Policies {
            cash_limit: None,
            cheque_max_age_months: 6,
            float: Pence(10_000),
            float_tolerance: Pence::ZERO,
            variance_tolerance: Pence::ZERO,
            sign_in_failures: 5,
            lock_after_minutes: 10,
            bad_rows_limit: Decimal::ZERO,
            quick_notes: Vec::new(),
            drawer_limit: None,
            over_short_fund: String::new(),
            transfer_mop: String::new(),
        },
        approvals: Vec::new(),
        refund_methods: Vec::new(),
        barcodes: Vec::new(),
        receipt: ReceiptTexts::default(),
        brand: Brand::default(),
        ims_codes: ImsCodes::default(),
    }
}

fn as_at() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn settings(rows: u64, bad_per_million: u32) -> Settings {
    Settings { rows, seed: 7, bad_per_million, as_at: as_at() }
}

fn extract(council: &Council, settings: &Settings) -> (Written, Vec<u8>) {
    let mut bytes = Vec::new();
    let written = write_extract(council, settings, &mut bytes).unwrap();
    (written, bytes)
}

fn rows(bytes: &[u8]) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new().flexible(true).from_reader(bytes).records().map(Result::unwrap).collect()
}

#[test]
fn every_reference_is_one_that_its_fund_takes_and_none_comes_twice() {
    let council = council();
    let (written, bytes) = extract(&council, &settings(20_000, 0));
    assert_eq!(written, Written { good: 20_000, bad: Vec::new() });
    let rows = rows(&bytes);
    let mut seen = HashSet::new();
    for row in &rows {
        // As if the account needn't exist: then mask and check digit are asked too.
        let fund = Fund { account_must_exist: false, ..council.fund(&row[1]).expect("a fund of the council").clone() };
        let reference = readable(&row[0]).unwrap();
        let fit = fit_fund(&council, &fund, &reference, &mut |_, _| false);
        assert!(matches!(&fit, Fit::Fits { reference: kept, .. } if *kept == row[0]), "{} for {}: {fit:?}", &row[0], fund.code);
        assert!(seen.insert(row[0].to_owned()), "{} comes twice", &row[0]);
    }
    assert_eq!(rows.len(), 20_000);
}

#[test]
fn the_same_settings_give_the_same_bytes_and_another_seed_gives_others() {
    let council = council();
    let wanted = settings(500, 20_000);
    assert_eq!(extract(&council, &wanted), extract(&council, &wanted));
    assert_ne!(extract(&council, &wanted).1, extract(&council, &Settings { seed: 8, ..wanted.clone() }).1);
}

#[test]
fn most_owe_council_tax_and_nobody_owes_to_a_fund_without_accounts() {
    let (_, bytes) = extract(&council(), &settings(10_000, 0));
    let mut by_fund: HashMap<String, usize> = HashMap::new();
    for row in rows(&bytes) {
        *by_fund.entry(row[1].to_owned()).or_default() += 1;
    }
    assert!(by_fund["23"] > 6_500 && by_fund["5"] > 1_000 && by_fund["24"] > 200 && by_fund["25"] > 200, "{by_fund:?}");
    assert!(!by_fund.contains_key("2R"), "{by_fund:?}");
}

#[test]
fn messages_are_ones_that_the_fund_has() {
    let council = council();
    let (_, bytes) = extract(&council, &settings(10_000, 0));
    let with_message: Vec<_> = rows(&bytes).into_iter().filter(|row| !row[17].is_empty()).collect();
    assert!(with_message.len() > 10, "{}", with_message.len());
    for row in with_message {
        assert!(council.message(&row[1], row[17].parse().unwrap()).is_some(), "{row:?}");
    }
}

#[test]
fn the_demonstration_begins_with_the_holders_that_guides_name() {
    let (_, bytes) = extract(&council(), &settings(10, 0));
    let rows = rows(&bytes);
    let example = ["501234566", "23", "1204.50", "120.45", "0.00", "Mrs", "A", "Example", "12 High Street", "Barnsley"];
    assert_eq!(rows[0].iter().take(10).collect::<Vec<_>>(), example);
    let rents: Vec<(&str, &str, &str)> = rows[1..4].iter().map(|row| (&row[0], &row[1], &row[17])).collect();
    assert_eq!(rents, [("12345678902", "5", "4"), ("12345678914", "5", "1"), ("12345678926", "5", "3")]);
    assert!(rows.iter().all(|row| &row[18] == "2026-11-20"));
}

#[test]
fn another_council_has_none_of_them() {
    let elsewhere = Council { identity: Identity { demonstration: true, ..Identity::default() }, ..council() };
    assert!(well_known(&elsewhere, as_at()).is_empty());
}

#[test]
fn bad_rows_are_of_every_kind_and_told_by_their_line() {
    let (written, bytes) = extract(&council(), &settings(5_000, 50_000));
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len() as u64, 1 + written.good + written.bad.len() as u64);
    let kinds: HashSet<BadKind> = written.bad.iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds.len(), BadKind::ALL.len());
    let key = |line: &str| line.split(',').take(2).collect::<Vec<_>>().join(",");
    for (line, kind) in &written.bad {
        let text = lines[usize::try_from(*line).unwrap() - 1];
        let shows = match kind {
            BadKind::FundUnknown => text.contains(",?!,"),
            BadKind::ReferenceMissing => text.starts_with(','),
            BadKind::ReferenceTooLong => text.starts_with(&"9".repeat(31)),
            BadKind::ReferenceUnreadable => text.contains('\u{7}'),
            BadKind::ReferenceRepeated => lines.iter().filter(|other| key(other) == key(text)).count() > 1,
            BadKind::BalanceUnreadable => text.contains("12O4.5O"),
            BadKind::BalanceTooFine => text.contains("12.345"),
            BadKind::DateUnreadable => text.ends_with("2026-02-31"),
            BadKind::MessageUnknown => text.contains(",99999,"),
            BadKind::ColumnsMissing => text.split(',').count() < COLUMNS.len(),
        };
        assert!(shows, "line {line}, {kind:?}: {text}");
    }
}

#[test]
fn more_rows_than_references_is_an_error_and_not_an_endless_search() {
    let mut council = council();
    council.funds.truncate(1);
    council.validators[0] = validator("bills", "##@", &[3, 7, 0]);
    council.identity.demonstration = false;
    let mut bytes = Vec::new();
    assert!(write_extract(&council, &settings(1_000, 0), &mut bytes).is_err());
}
