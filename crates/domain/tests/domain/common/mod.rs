//! An invented council with what the tests of rules need.

use counterfoil_domain::Pence;
use counterfoil_domain::approval::{Action, ApprovalRule};
use counterfoil_domain::council::{
    Brand, Council, Fund, Identity, Mop, MopKind, Policies, Reason, ReasonKind, ReceiptTexts, RefundMethod, Role, SecretKind, User, VatCode,
};
use counterfoil_domain::ims_codes::ImsCodes;
use counterfoil_domain::money::MAX_AMOUNT;
use counterfoil_domain::rights::Right;
use counterfoil_domain::text::{Language, Words};
use rust_decimal::Decimal;

pub fn fund(code: &str, vat_code: &str) -> Fund {
    Fund {
        code: code.into(),
        name: Words::same(code),
        reference_label: None,
        reference_hint: None,
        vat_code: vat_code.into(),
        vat_override: false,
        maximum: MAX_AMOUNT,
        may_overpay: true,
        account_must_exist: false,
        address_needed: false,
        validator: None,
        at_counter: true,
        gl_code: None,
        suspense: false,
    }
}

fn mop(code: &str, kind: MopKind) -> Mop {
    Mop { code: code.into(), name: Words::same(code), kind, maximum: MAX_AMOUNT, minimum: Pence::ZERO, disabled: false }
}

fn user(code: &str, role: &str) -> User {
    User {
        code: code.into(),
        name: code.into(),
        roles: vec![role.into()],
        secret_kind: SecretKind::Pin,
        secret_hash: String::new(),
        language: None,
        disabled: false,
    }
}

fn role(code: &str, rights: &[Right]) -> Role {
    Role { code: code.into(), name: Words::same(code), rights: rights.to_vec() }
}

fn reason(code: &str, kind: ReasonKind) -> Reason {
    Reason { code: code.into(), kind, text: Words::same(code) }
}

pub fn council() -> Council {
    Council {
        identity: Identity { code: "TEST".into(), languages: vec![Language::English], ..Identity::default() },
        offices: Vec::new(),
        funds: vec![fund("CT", "Z"), fund("HIRE", "S"), Fund { at_counter: false, suspense: true, ..fund("SUSP", "Z") }],
        mops: vec![
            mop("CASH", MopKind::Cash),
            mop("CARD", MopKind::Card),
            mop("CHQ", MopKind::Cheque),
            mop("PO", MopKind::PostalOrder),
            mop("REQ", MopKind::Internal),
            mop("JR", MopKind::Internal),
        ],
        vat_codes: vec![
            VatCode { code: "Z".into(), rate: Decimal::ZERO, disabled: false },
            VatCode { code: "S".into(), rate: Decimal::new(2, 1), disabled: false },
        ],
        validators: Vec::new(),
        messages: Vec::new(),
        roles: vec![role("cashier", &[Right::TakePayments]), role("supervisor", &[Right::TakePayments, Right::Approve])],
        users: vec![user("12", "cashier"), user("20", "supervisor"), user("Sue", "supervisor")],
        reasons: vec![reason("keyed-wrong", ReasonKind::Void), reason("paid-twice", ReasonKind::Refund)],
        denominations: Vec::new(),
        policies: Policies {
            cash_limit: Some(Pence(100_000)),
            cheque_max_age_months: 6,
            float: Pence(10_000),
            float_tolerance: Pence::ZERO,
            variance_tolerance: Pence(100),
            sign_in_failures: 5,
            lock_after_minutes: 10,
            bad_rows_limit: Decimal::ZERO,
            quick_notes: Vec::new(),
            drawer_limit: None,
            over_short_fund: "CT".into(),
            transfer_mop: "JR".into(),
        },
        approvals: vec![
            ApprovalRule { action: Action::Void, above: Pence(2_000) },
            ApprovalRule { action: Action::Refund, above: Pence::ZERO },
        ],
        refund_methods: vec![
            RefundMethod { mop_code: "CASH".into(), maximum: Pence(5_000) },
            RefundMethod { mop_code: "CARD".into(), maximum: MAX_AMOUNT },
            RefundMethod { mop_code: "REQ".into(), maximum: MAX_AMOUNT },
        ],
        barcodes: Vec::new(),
        receipt: ReceiptTexts::default(),
        brand: Brand::default(),
        ims_codes: ImsCodes::default(),
    }
}
