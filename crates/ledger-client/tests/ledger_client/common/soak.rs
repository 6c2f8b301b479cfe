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

/// What came of sending them all.
pub struct PaidIn {
    /// Postings that the IMS hasn't.
    pub lost: usize,
    /// Rows of the IMS beyond the receipts' postings.
    pub twice: usize,
    /// Does the client's own reconciliation find both sides the same?
    pub agrees: bool,
}

/// Sends them all, then lets every late write come, then holds both sides against each other.
pub async fn pay_in(seed: u64, count: u64, percent: u32, stops_per_thousand: u32) -> PaidIn {
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
    let complete = (report.receipts, queue.delivered.len() as u64) == (count, count);
    let (wanted, there) = (expected(&receipts), stored(&ims));
    let beyond = |of: &BTreeMap<(String, i64), usize>, other: &BTreeMap<(String, i64), usize>| -> usize {
        of.iter().map(|(row, count)| count.saturating_sub(other.get(row).copied().unwrap_or_default())).sum()
    };
    PaidIn {
        lost: beyond(&wanted, &there),
        twice: beyond(&there, &wanted),
        agrees: complete && report.agrees() && report.till == report.ims,
    }
}

/// As [`pay_in`], for a test.
pub async fn none_lost_none_twice(seed: u64, count: u64, percent: u32, stops_per_thousand: u32) {
    let PaidIn { lost, twice, agrees } = pay_in(seed, count, percent, stops_per_thousand).await;
    assert_eq!((lost, twice, agrees), (0, 0, true));
}
