//! What reports read, against a model that adds everything up by hand.

use chrono::{Days, NaiveDate};
use counterfoil_domain::Pence;
use counterfoil_domain::entry::{ENTRY_VERSION, Entry, Fact};
use counterfoil_domain::posting::Posting;
use counterfoil_domain::receipt::Receipt;
use counterfoil_domain::text::Language;
use counterfoil_store::{Decision, Grouped, Opening, Store, StoreError, TakingsRow};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

/// A taking: how many days after the first, by whom, under which fund, how much.
type Taking = (u64, u8, u8, i64);

fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|first| first.checked_add_days(Days::new(after))).expect("day")
}

fn entry(number: u64, taking: Taking, fact: Fact) -> Entry {
    Entry {
        v: ENTRY_VERSION,
        id: format!("00000000-0000-7000-8000-{number:012x}"),
        at_ms: 1_795_430_520_000,
        day: day(taking.0),
        by: Some(taking.1.to_string()),
        session: Some(1),
        approved_by: None,
        fact,
    }
}

fn receipt(serial: u64, (_, _, fund, pence): Taking) -> Fact {
    let line = json!({ "fund_code": fund.to_string(), "reference": "1", "amount": pence, "vat_code": "S", "vat_rate": "0.2",
                       "vat": pence / 6, "narrative": "" });
    let tender = json!({ "mop_code": "1", "amount": pence, "details": { "kind": "cash", "tendered": pence, "change": 0 } });
    let receipt = Receipt {
        number: format!("CH07-{serial:07}"),
        serial,
        office_code: "CH".into(),
        till_code: "07".into(),
        total: Pence(pence),
        lines: vec![serde_json::from_value(line).expect("a line")],
        tenders: vec![serde_json::from_value(tender).expect("a tender")],
        postings: vec![Posting { line: 0, tender: 0, amount: Pence(pence), vat: Pence(pence / 6) }],
        language: Language::English,
    };
    Fact::ReceiptTaken { receipt, content: "0".repeat(64) }
}

fn filled(folder: &std::path::Path, takings: &[Taking]) -> Store {
    let store = Store::open(Opening { folder: folder.to_owned() }, "till-under-test").expect("store");
    for (place, taking) in takings.iter().enumerate() {
        let serial = place as u64 + 1;
        for (number, fact) in [(serial * 2, receipt(serial, *taking)), (serial * 2 + 1, Fact::SignedIn)] {
            store.commit(|_| Ok::<_, StoreError>(Decision::Write(Box::new(entry(number, *taking, fact)), None))).expect("written");
        }
    }
    store
}

fn added_up<K: ToString>(takings: &[Taking], from: u64, to: u64, key: impl Fn(Taking) -> K) -> BTreeMap<String, (u64, Pence)> {
    let mut sums: BTreeMap<String, (u64, Pence)> = BTreeMap::new();
    for taking in takings.iter().filter(|taking| (from..=to).contains(&taking.0)) {
        let sum = sums.entry(key(*taking).to_string()).or_default();
        *sum = (sum.0 + 1, sum.1.plus(Pence(taking.3)));
    }
    sums
}

fn read(rows: Vec<TakingsRow>) -> BTreeMap<String, (u64, Pence)> {
    rows.into_iter().map(|row| (row.key, (row.count, row.amount))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Days that come twice are a clock that was wrong.
    #[test]
    fn takings_are_those_of_the_days_asked_for_whatever_the_clock_did(
        takings in prop::collection::vec((0u64..6, 12u8..15, 0u8..3, 1i64..100_000), 0..30),
        from in 0u64..6,
        length in 0u64..6,
    ) {
        let folder = tempfile::tempdir().expect("folder");
        let store = filled(folder.path(), &takings);
        let to = from + length;
        let asked = |by| store.read(|reading| reading.takings(day(from), day(to), by)).expect("takings");
        prop_assert_eq!(read(asked(Grouped::Fund)), added_up(&takings, from, to, |taking| taking.2));
        prop_assert_eq!(read(asked(Grouped::Cashier)), added_up(&takings, from, to, |taking| taking.1));
        prop_assert_eq!(read(asked(Grouped::Day)), added_up(&takings, from, to, |taking| day(taking.0)));
        let mut entries = Vec::new();
        let every = |seq, entry: Entry| {
            entries.push((seq, entry.day));
            Ok::<_, StoreError>(true)
        };
        store.read(|reading| reading.each_entry_of_days_back((day(from), day(to)), None, |_| true, every)).expect("entries");
        let wanted: Vec<_> = takings.iter().enumerate().rev().filter(|(_, taking)| (from..=to).contains(&taking.0))
            .flat_map(|(place, taking)| [(place as u64 * 2 + 2, day(taking.0)), (place as u64 * 2 + 1, day(taking.0))]).collect();
        prop_assert_eq!(entries, wanted);
        prop_assert_eq!(store.rebuild().expect("rebuilt"), vec![]);
    }
}
