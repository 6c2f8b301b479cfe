//! A store for tests, and entries to write into it.

use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_domain::entry::{ENTRY_VERSION, Entry, Fact};
use counterfoil_domain::posting::Posting;
use counterfoil_domain::receipt::{IncomeLine, Receipt, Tender, TenderDetails};
use counterfoil_domain::text::Language;
use counterfoil_store::{Decision, Opening, Store, StoreError};
use std::path::Path;

pub fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(Opening { folder: folder.to_owned() }, "till-under-test")
}

pub fn id(number: u64) -> String {
    format!("00000000-0000-7000-8000-{number:012x}")
}

pub fn entry(number: u64, fact: Fact) -> Entry {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("day");
    Entry {
        v: ENTRY_VERSION,
        id: id(number),
        at_ms: 1_795_430_520_000,
        day,
        by: Some("12".into()),
        session: Some(1),
        approved_by: None,
        fact,
    }
}

pub fn receipt(serial: u64, reference: &str, pence: i64) -> Fact {
    let line = IncomeLine {
        fund_code: "23".into(),
        reference: reference.into(),
        amount: Pence(pence),
        vat_code: "N0".into(),
        vat_rate: rust_decimal(),
        vat: Pence(0),
        narrative: String::new(),
        stop_overridden: None,
        override_reason: String::new(),
        payer_name: String::new(),
        payer_address: String::new(),
        in_suspense: false,
    };
    let tender =
        Tender { mop_code: "1".into(), amount: Pence(pence), details: TenderDetails::Cash { tendered: Pence(pence), change: Pence(0) } };
    let receipt = Receipt {
        number: format!("CH07-{serial:07}"),
        serial,
        office_code: "CH".into(),
        till_code: "07".into(),
        total: Pence(pence),
        lines: vec![line],
        tenders: vec![tender],
        postings: vec![Posting { line: 0, tender: 0, amount: Pence(pence), vat: Pence(0) }],
        language: Language::English,
    };
    Fact::ReceiptTaken { receipt, content: "0".repeat(64) }
}

pub fn rust_decimal() -> rust_decimal::Decimal {
    rust_decimal::Decimal::ZERO
}

pub fn write(store: &Store, entry: Entry) -> Result<u64, StoreError> {
    store.commit(|_| Ok(Decision::Write(Box::new(entry), None))).map(|committed| committed.seq)
}
