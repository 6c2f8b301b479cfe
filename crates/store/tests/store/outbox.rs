//! The outbox against what it promises: a place in the journal, and what is unsent after it.

use crate::common::{entry, open, receipt, write};
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_domain::entry::Fact;
use counterfoil_store::{Acknowledged, DeliveryRow, DeliveryState, LedgerNote, Store};
use counterfoil_wire::{Hash, Head};

/// Entry 1 is no receipt; entries 2 to 5 are receipts of £1, £2, £3 and £4.
fn with_four_receipts(folder: &std::path::Path) -> Store {
    let store = open(folder).expect("store");
    write(&store, entry(1, Fact::SignedIn)).expect("written");
    for serial in 1..=4 {
        write(&store, entry(serial + 1, receipt(serial, "501234566", 100 * serial as i64))).expect("written");
    }
    store
}

fn unsent(store: &Store) -> (u64, i64) {
    let (count, value) = store.read(|reading| reading.unsent()).expect("unsent");
    (count, value.0)
}

#[test]
fn what_the_ledger_has_acknowledged_is_no_longer_unsent_and_survives_a_restart() {
    let folder = tempfile::tempdir().expect("folder");
    let store = with_four_receipts(folder.path());
    assert_eq!(unsent(&store), (4, 1000));
    store.acknowledge(1, None).expect("noted");
    assert_eq!(unsent(&store), (4, 1000), "no receipt among what is acknowledged");
    store.acknowledge(3, Some("{}")).expect("noted");
    assert_eq!(unsent(&store), (2, 700));
    drop(store);
    let store = open(folder.path()).expect("store");
    assert_eq!(unsent(&store), (2, 700));
    let known = store.read(|reading| reading.acknowledged()).expect("known");
    assert_eq!(known, Acknowledged { seq: 3, serial: 2, running_pence: Pence(300) });
    assert_eq!(store.read(|reading| reading.ledger_note(LedgerNote::SignedHead)).expect("note").as_deref(), Some("{}"));
    store.acknowledge(5, None).expect("noted");
    assert_eq!(unsent(&store), (0, 0));
}

#[test]
fn a_ledger_that_has_lost_some_is_sent_them_again() {
    let folder = tempfile::tempdir().expect("folder");
    let store = with_four_receipts(folder.path());
    store.acknowledge(5, None).expect("noted");
    store.acknowledge(3, None).expect("back");
    assert_eq!(unsent(&store), (2, 700));
    store.acknowledge(0, None).expect("back to the beginning");
    assert_eq!(unsent(&store), (4, 1000));
}

#[test]
fn a_batch_goes_on_from_where_it_should_and_holds_its_limits() {
    let folder = tempfile::tempdir().expect("folder");
    let store = with_four_receipts(folder.path());
    let batch = |after, most, bytes| store.read(|reading| reading.outgoing(after, most, bytes)).expect("batch");
    let numbers = |after, most, bytes| batch(after, most, bytes).iter().map(|entry| entry.seq).collect::<Vec<_>>();
    assert_eq!(numbers(0, 500, 1 << 20), [1, 2, 3, 4, 5]);
    assert_eq!(numbers(3, 500, 1 << 20), [4, 5]);
    assert_eq!(numbers(0, 2, 1 << 20), [1, 2]);
    assert_eq!(numbers(0, 500, 1), [1], "one always goes");
    let mut head = Head::EMPTY;
    for entry in batch(0, 500, 1 << 20) {
        head = head.after(store.till_id(), &entry.body);
        assert_eq!((head.seq, head.hash), (entry.seq, entry.hash));
        assert_eq!(store.read(|reading| reading.hash_at(entry.seq)).expect("hash"), Some(head.hash));
    }
    assert_eq!(store.read(|reading| reading.hash_at(0)).expect("hash"), Some(Hash::NONE));
    assert_eq!(store.read(|reading| reading.hash_at(6)).expect("hash"), None);
}

#[test]
fn a_quarantined_receipt_stays_unsent_while_those_after_it_go() {
    let folder = tempfile::tempdir().expect("folder");
    let store = with_four_receipts(folder.path());
    let delivery = |seq: u64, state| DeliveryRow { seq, serial: seq - 1, state, detail: "{}".into() };
    store.keep_delivery(&delivery(2, DeliveryState::UnderWay)).expect("kept");
    assert_eq!(unsent(&store), (4, 1000));
    store.keep_delivery(&delivery(2, DeliveryState::Quarantined)).expect("kept");
    assert_eq!(unsent(&store), (4, 1000), "set aside is not sent");
    store.keep_delivery(&delivery(3, DeliveryState::Delivered)).expect("kept");
    assert_eq!(unsent(&store), (3, 800));
    let next = store.read(|reading| reading.to_deliver(9)).expect("next");
    assert_eq!(next.iter().map(|row| row.seq).collect::<Vec<_>>(), [4, 5], "what is set aside waits for a person");
    assert_eq!(store.read(|reading| reading.quarantined()).expect("aside"), [delivery(2, DeliveryState::Quarantined)]);
    store.keep_delivery(&delivery(2, DeliveryState::UnderWay)).expect("released");
    let next = store.read(|reading| reading.to_deliver(9)).expect("next");
    assert_eq!(next.iter().map(|row| row.seq).collect::<Vec<_>>(), [2, 4, 5]);
    assert_eq!(unsent(&store), (3, 800), "under way is not there yet");
    store.keep_delivery(&delivery(2, DeliveryState::Delivered)).expect("kept");
    assert_eq!(unsent(&store), (2, 700), "released and delivered, and the place isn't moved back");
}

#[test]
fn both_sides_of_a_reconciliation_count_the_same_postings() {
    let folder = tempfile::tempdir().expect("folder");
    let store = with_four_receipts(folder.path());
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("day");
    let rows = store.read(|reading| reading.reconciliation(day, day, 4)).expect("rows");
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].session, rows[0].mop_code.as_str(), rows[0].count, rows[0].amount_pence), (1, "1", 3, Pence(600)));
    let before = day.pred_opt().expect("day");
    assert_eq!(store.read(|reading| reading.reconciliation(before, before, 9)).expect("rows"), []);
}
