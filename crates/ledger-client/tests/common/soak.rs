//! Takings sent into an IMS that fails, and both sides held against each other in the end.

use super::{Queue, SETTLE_MS, ims, settings, takings};
use counterfoil_ledger_client::localgov_ims::{LocalGovIms, OutgoingReceipt};
use counterfoil_simulators::ims::{Plan, StandInIms};
use std::collections::BTreeMap;

pub fn plan(seed: u64, percent: u32) -> Plan {
    Plan { seed, percent, latest_ms: SETTLE_MS, hangs_per_thousand: 0 }
}

/// Rows by number and amount, in pence.
pub fn expected(receipts: &[OutgoingReceipt]) -> BTreeMap<(String, i64), usize> {
    let mut rows = BTreeMap::new();
    for receipt in receipts.iter().map(|outgoing| &outgoing.receipt) {
        receipt.postings.iter().for_each(|posting| *rows.entry((receipt.number.clone(), posting.amount.0)).or_default() += 1);
    }
    rows
}

pub fn stored(ims: &StandInIms) -> BTreeMap<(String, i64), usize> {
    let mut rows = BTreeMap::new();
    for row in ims.rows() {
        let pence = row.amount.unwrap().to_string().replace('.', "").parse().unwrap();
        *rows.entry((row.psp_reference.unwrap(), pence)).or_default() += 1;
    }
    rows
}

/// Sends them all, then lets every late write come, then holds both sides against each other.
pub async fn none_lost_none_twice(seed: u64, count: u64, percent: u32, stops_per_thousand: u32) {
    eprintln!("seed {seed}, {count} takings");
    let ims = ims();
    let client = LocalGovIms::new(settings(&ims)).unwrap();
    let receipts = takings(seed, count);
    ims.plan(Some(plan(seed, percent)));
    let mut queue = Queue::new(&ims, &client, &receipts).stopping(stops_per_thousand, seed);
    queue.work_off().await;
    ims.plan(None);
    ims.set_clock(i64::MAX);
    eprintln!("{} attempts, {} stops, {} put aside and released; {:?}", queue.attempts, queue.stops, queue.put_aside.len(), ims.counters());

    let report = client.reconcile(&receipts).await;
    assert!(report.agrees(), "{:?} {:?}", report.differences, report.not_known);
    assert_eq!((report.receipts, report.till), (count, report.ims));
    assert_eq!(stored(&ims), expected(&receipts));
    assert_eq!(queue.delivered.len() as u64, count);
}
