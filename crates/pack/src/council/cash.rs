//! Denominations and policies.

use super::{entries, income::share, must_exist};
use crate::pack::{Loaded, RawPack};
use crate::problem::{Report, codes};
use crate::raw::DenominationsFile;
use crate::raw::PoliciesFile;
use crate::raw::cash::{DenominationEntry, FormText};
use crate::raw::income::MopKindText;
use crate::raw::text::Amount;
use counterfoil_domain::Pence;
use counterfoil_domain::approval::ApprovalRule;
use counterfoil_domain::council::{Denomination, Policies, RefundMethod};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(super) fn denominations(raw: &RawPack, report: &mut Report) -> Vec<Denomination> {
    let Some(file) = &raw.denominations else { return Vec::new() };
    let list = &file.data.denominations;
    report.duplicates(&file.source, entries("denominations", list).map(|(path, entry)| (format!("{path}.code"), &*entry.code)));
    let mut denominations: Vec<Denomination> =
        entries("denominations", list).map(|(path, entry)| denomination(file, &path, entry, report)).collect();
    let mut seen = BTreeSet::new();
    for ((path, entry), denomination) in entries("denominations", list).zip(&denominations) {
        if entry.form != FormText::OtherNote && !seen.insert((denomination.value, entry.form == FormText::Coin)) {
            report.at(&file.source, &format!("{path}.value"), codes::DUPLICATE, "another of this form has the same value");
        }
    }
    // Largest first; the file's own order decides between equals.
    denominations.sort_by_key(|denomination| std::cmp::Reverse(denomination.value));
    denominations
}

fn denomination(file: &Loaded<DenominationsFile>, path: &str, entry: &DenominationEntry, report: &mut Report) -> Denomination {
    let source = &file.source;
    let value = report.amount(source, &format!("{path}.value"), &entry.value);
    if value.is_zero() {
        report.at(source, &format!("{path}.value"), codes::OUT_OF_BOUNDS, "must be more than 0.00");
    }
    let bag_path = format!("{path}.bag");
    let bag = entry.bag.as_ref().map(|text| report.amount(source, &bag_path, text));
    if bag.is_some() && entry.form != FormText::Coin {
        report.at(source, &bag_path, codes::CONTRADICTION, "notes aren't bagged by value");
    } else if bag.is_some_and(|bag| bag.is_zero() || (value.is_positive() && bag.0 % value.0 != 0)) {
        report.at(source, &bag_path, codes::CONTRADICTION, "must be a whole number of these coins");
    }
    let name = entry.name.as_ref().map(|name| name.words());
    Denomination { code: entry.code.0.clone(), name, value, form: entry.form.form(), bag }
}

pub(super) fn policies(raw: &RawPack, report: &mut Report) -> Policies {
    let Some(file) = &raw.policies else { return none() };
    let (source, data) = (&file.source, &file.data);
    let mut positive = |path: &str, text: &Amount| {
        let amount = report.amount(source, path, text);
        if amount.is_zero() {
            report.at(source, path, codes::OUT_OF_BOUNDS, "must be more than 0.00; leave the field out for no limit");
        }
        amount
    };
    let cash_limit = data.cash_limit.as_ref().map(|text| positive("cash_limit", text));
    let drawer_limit = data.drawer_limit.as_ref().map(|text| positive("drawer_limit", text));
    let quick_notes: Vec<Pence> =
        data.quick_notes.iter().enumerate().map(|(index, text)| positive(&format!("quick_notes[{index}]"), text)).collect();
    for (index, _) in quick_notes.iter().enumerate().filter(|(index, note)| quick_notes[..*index].contains(note)) {
        report.at(source, &format!("quick_notes[{index}]"), codes::DUPLICATE, "is there twice");
    }
    let float = report.amount(source, "float", &data.float);
    if drawer_limit.is_some_and(|limit| limit <= float) {
        report.at(source, "drawer_limit", codes::CONTRADICTION, "is not above the float: a lift would always be due");
    }
    let bad_rows_limit = share(file, "bad_rows_limit", &data.bad_rows_limit, report);
    if bad_rows_limit == Decimal::ONE {
        report.at(source, "bad_rows_limit", codes::OUT_OF_BOUNDS, "must be below 1: an extract of bad rows only is no extract");
    }
    fund_and_mop_exist(raw, file, report);
    Policies {
        cash_limit,
        cheque_max_age_months: data.cheque_max_age_months,
        float,
        float_tolerance: report.amount(source, "float_tolerance", &data.float_tolerance),
        variance_tolerance: report.amount(source, "variance_tolerance", &data.variance_tolerance),
        sign_in_failures: data.sign_in_failures,
        lock_after_minutes: data.lock_after_minutes,
        bad_rows_limit,
        quick_notes,
        drawer_limit,
        over_short_fund: data.over_short_fund.0.clone(),
        transfer_mop: data.transfer_mop.0.clone(),
    }
}

fn fund_and_mop_exist(raw: &RawPack, file: &Loaded<PoliciesFile>, report: &mut Report) {
    let funds = raw.funds.as_ref().map(|file| file.data.funds.iter().map(|fund| &*fund.code));
    must_exist(report, file, "over_short_fund", &file.data.over_short_fund, funds, "fund");
    let mops = raw.mops.as_ref().map(|file| file.data.iter().map(|mop| &*mop.code));
    must_exist(report, file, "transfer_mop", &file.data.transfer_mop, mops, "MOP");
    let mop = raw.mops.as_ref().and_then(|mops| mops.data.iter().find(|mop| mop.code == file.data.transfer_mop));
    if mop.is_some_and(|mop| mop.kind != MopKindText::Internal) {
        report.at(&file.source, "transfer_mop", codes::CONTRADICTION, "is a MOP for the counter; a transfer moves no money");
    }
}

pub(super) fn approvals(raw: &RawPack, report: &mut Report) -> Vec<ApprovalRule> {
    let Some(file) = &raw.policies else { return Vec::new() };
    let list = &file.data.approvals;
    for (path, entry) in entries("approvals", list) {
        if list.iter().filter(|other| other.action == entry.action).count() > 1 {
            report.at(&file.source, &format!("{path}.action"), codes::DUPLICATE, "is there twice");
        }
    }
    let above = |path: &str, text: &Option<Amount>, report: &mut Report| {
        text.as_ref().map_or(Pence::ZERO, |text| report.amount(&file.source, &format!("{path}.above"), text))
    };
    entries("approvals", list)
        .map(|(path, entry)| ApprovalRule { action: entry.action.action(), above: above(&path, &entry.above, report) })
        .collect()
}

pub(super) fn refund_methods(raw: &RawPack, report: &mut Report) -> Vec<RefundMethod> {
    let Some(file) = &raw.policies else { return Vec::new() };
    let list = &file.data.refund_methods;
    report.duplicates(&file.source, entries("refund_methods", list).map(|(path, entry)| (format!("{path}.mop"), &*entry.mop)));
    let mut methods = Vec::new();
    for (path, entry) in entries("refund_methods", list) {
        let codes_known = raw.mops.as_ref().map(|file| file.data.iter().map(|mop| &*mop.code));
        must_exist(report, file, &format!("{path}.mop"), &entry.mop, codes_known, "MOP");
        let mop = raw.mops.as_ref().and_then(|mops| mops.data.iter().find(|mop| mop.code == entry.mop));
        if mop.is_some_and(|mop| matches!(mop.kind, MopKindText::Cheque | MopKindText::PostalOrder)) {
            let reason = "nobody is paid with a cheque or postal order out of the drawer; name a MOP that isn't for the counter";
            report.at(&file.source, &format!("{path}.mop"), codes::CONTRADICTION, reason);
        }
        let maximum = report.amount(&file.source, &format!("{path}.maximum"), &entry.maximum);
        methods.push(RefundMethod { mop_code: entry.mop.0.clone(), maximum });
    }
    methods
}

/// Stands in for policies that couldn't be read.
fn none() -> Policies {
    Policies {
        cash_limit: None,
        cheque_max_age_months: 0,
        float: Pence::ZERO,
        float_tolerance: Pence::ZERO,
        variance_tolerance: Pence::ZERO,
        sign_in_failures: 0,
        lock_after_minutes: 0,
        bad_rows_limit: Decimal::ZERO,
        quick_notes: Vec::new(),
        drawer_limit: None,
        over_short_fund: String::new(),
        transfer_mop: String::new(),
    }
}
