//! Funds, methods of payment, VAT codes and messages.

use super::{entries, must_exist, rows};
use crate::pack::{Loaded, RawPack};
use crate::problem::{Report, codes};
use crate::raw::FundsFile;
use crate::raw::income::{FundEntry, MopKindText};
use crate::raw::text::{YesNo, words};
use counterfoil_domain::Pence;
use counterfoil_domain::council::{Fund, FundMessage, Mop, VatCode};
use rust_decimal::Decimal;

pub(super) fn funds(raw: &RawPack, report: &mut Report) -> Vec<Fund> {
    let Some(file) = &raw.funds else { return Vec::new() };
    let list = &file.data.funds;
    report.duplicates(&file.source, entries("funds", list).map(|(path, fund)| (format!("{path}.code"), &*fund.code)));
    one_suspense_fund(file, report);
    if !list.iter().any(|fund| fund.at_counter && !fund.disabled) {
        report.at(&file.source, "funds", codes::NOT_COMPLETE, "no fund is offered at the counter");
    }
    entries("funds", list).map(|(path, entry)| fund(raw, file, &path, entry, report)).collect()
}

fn one_suspense_fund(file: &Loaded<FundsFile>, report: &mut Report) {
    let suspense: Vec<_> = entries("funds", &file.data.funds).filter(|(_, fund)| fund.suspense).collect();
    if suspense.is_empty() {
        let reason = "no fund is marked suspense = true; money that can't be identified must have somewhere to go";
        report.at(&file.source, "funds", codes::NOT_COMPLETE, reason);
    }
    for (path, _) in suspense.iter().skip(1) {
        report.at(&file.source, &format!("{path}.suspense"), codes::DUPLICATE, "another fund is the suspense fund already");
    }
    for (path, _) in suspense.iter().filter(|(_, fund)| fund.disabled) {
        report.at(&file.source, &format!("{path}.disabled"), codes::CONTRADICTION, "the suspense fund can't be disabled");
    }
}

fn fund(raw: &RawPack, file: &Loaded<FundsFile>, path: &str, entry: &FundEntry, report: &mut Report) -> Fund {
    let source = &file.source;
    let vat_path = format!("{path}.vat_code");
    let vat_codes = raw.vat.as_ref().map(|vat| vat.data.iter().map(|row| &*row.code));
    must_exist(report, file, &vat_path, &entry.vat_code, vat_codes, "VAT code");
    let vat = raw.vat.as_ref().and_then(|vat| vat.data.iter().find(|row| row.code == entry.vat_code));
    if !entry.disabled && vat.is_some_and(|row| row.disabled.is_some_and(YesNo::is_yes)) {
        report.at(source, &vat_path, codes::CONTRADICTION, format!("VAT code {} is disabled", &*entry.vat_code));
    }
    if let Some(name) = &entry.validator {
        let names = raw.validators.as_ref().map(|file| file.data.validators.iter().map(|validator| &*validator.name));
        must_exist(report, file, &format!("{path}.validator"), name, names, "validator");
    }
    let maximum = report.amount(source, &format!("{path}.maximum"), &entry.maximum);
    let at_counter = entry.at_counter && !entry.disabled;
    if at_counter && maximum.is_zero() {
        report.at(source, &format!("{path}.maximum"), codes::CONTRADICTION, "a fund at the counter must take more than 0.00");
    }
    Fund {
        code: entry.code.0.clone(),
        name: entry.name.words(),
        reference_label: entry.reference_label.as_ref().map(|label| label.words()),
        reference_hint: entry.reference_hint.as_ref().map(|hint| hint.words()),
        vat_code: entry.vat_code.0.clone(),
        vat_override: entry.vat_override,
        maximum,
        may_overpay: entry.may_overpay,
        account_must_exist: entry.account_must_exist,
        address_needed: entry.address_needed,
        validator: entry.validator.as_ref().map(|name| name.0.clone()),
        at_counter,
        gl_code: entry.gl_code.as_ref().map(|code| code.0.clone()),
        suspense: entry.suspense,
    }
}

pub(super) fn mops(raw: &RawPack, report: &mut Report) -> Vec<Mop> {
    let Some(file) = &raw.mops else { return Vec::new() };
    report.duplicates(&file.source, rows(Some(file)).map(|(path, row)| (format!("{path}.code"), &*row.code)));
    let mut mops = Vec::new();
    for (path, row) in rows(Some(file)) {
        let maximum = report.amount(&file.source, &format!("{path}.maximum"), &row.maximum);
        let minimum_path = format!("{path}.minimum");
        let minimum = row.minimum.as_ref().map_or(Pence::ZERO, |text| report.amount(&file.source, &minimum_path, text));
        let disabled = row.disabled.is_some_and(YesNo::is_yes);
        if minimum > maximum {
            report.at(&file.source, &minimum_path, codes::CONTRADICTION, "is above the maximum");
        }
        if maximum.is_zero() && !disabled && row.kind != MopKindText::Internal {
            report.at(&file.source, &format!("{path}.maximum"), codes::CONTRADICTION, "a MOP at the counter must take more than 0.00");
        }
        let name = words(&row.name, row.name_cy.as_deref());
        mops.push(Mop { code: row.code.0.clone(), name, kind: row.kind.kind(), maximum, minimum, disabled });
    }
    if !file.data.iter().any(|row| row.kind == MopKindText::Cash && !row.disabled.is_some_and(YesNo::is_yes)) {
        report.at(&file.source, "", codes::NOT_COMPLETE, "no MOP in use is of the kind cash");
    }
    mops
}

pub(super) fn vat_codes(raw: &RawPack, report: &mut Report) -> Vec<VatCode> {
    let Some(file) = &raw.vat else { return Vec::new() };
    report.duplicates(&file.source, rows(Some(file)).map(|(path, row)| (format!("{path}.code"), &*row.code)));
    let codes: Vec<VatCode> = rows(Some(file))
        .map(|(path, row)| VatCode {
            code: row.code.0.clone(),
            rate: share(file, &format!("{path}.rate"), &row.rate, report),
            disabled: row.disabled.is_some_and(YesNo::is_yes),
        })
        .collect();
    let charged = codes.iter().any(|vat| vat.rate > Decimal::ZERO && !vat.disabled);
    if let Some(council) = raw.council.as_ref().filter(|council| charged && council.data.vat_number.is_none()) {
        let reason = "is missing, and vat.csv has a rate above 0: a receipt with VAT must carry it";
        report.at(&council.source, "vat_number", codes::NOT_COMPLETE, reason);
    }
    codes
}

/// A share between 0 and 1; zero stands in for one that isn't.
pub(super) fn share<T>(file: &Loaded<T>, path: &str, text: &str, report: &mut Report) -> Decimal {
    match text.parse::<Decimal>() {
        Ok(share) if share <= Decimal::ONE && !share.is_sign_negative() => share,
        _ => {
            report.at(&file.source, path, codes::OUT_OF_BOUNDS, "must be between 0 and 1: 0.2 is 20 %");
            Decimal::ZERO
        }
    }
}

pub(super) fn messages(raw: &RawPack, report: &mut Report) -> Vec<FundMessage> {
    let Some(file) = &raw.messages else { return Vec::new() };
    let keys: Vec<String> = file.data.iter().map(|row| format!("message {} of fund {}", &*row.id, &*row.fund_code)).collect();
    report.duplicates(&file.source, rows(Some(file)).zip(&keys).map(|((path, _), key)| (format!("{path}.id"), key.as_str())));
    rows(Some(file))
        .map(|(path, row)| {
            let codes = raw.funds.as_ref().map(|file| file.data.funds.iter().map(|fund| &*fund.code));
            must_exist(report, file, &format!("{path}.fund_code"), &row.fund_code, codes, "fund");
            FundMessage {
                // At most nine digits, by the schema.
                id: row.id.parse().unwrap_or_default(),
                fund_code: row.fund_code.0.clone(),
                text: words(&row.text, row.text_cy.as_deref()),
                stops_payments: row.stops_payments.is_yes(),
                stops_cheques: row.stops_cheques.is_yes(),
            }
        })
        .collect()
}
