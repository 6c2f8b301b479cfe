//! The note that tells the installer of takings that no ledger has.

use crate::common::Counter;

fn note_is_there(counter: &Counter) -> bool {
    counter.folder.path().join("data/takings-unsent.txt").exists()
}

#[test]
fn the_note_is_there_from_the_first_taking_until_a_ledger_has_all_of_them() {
    let mut counter = Counter::open();
    assert!(!note_is_there(&counter));
    let sale = counter.cash_sale("11", "BJ12345673", "0.34");
    counter.call("sale.take", sale);
    assert!(note_is_there(&counter));

    std::fs::remove_file(counter.folder.path().join("data/takings-unsent.txt")).expect("removed");
    counter.restart();
    assert!(note_is_there(&counter), "somebody who deletes it has sent nothing");

    let last = counter.till().store().read(|reading| reading.outgoing(0, 10_000, 1 << 30)).expect("entries").len();
    counter.till().store().acknowledge(last as u64, None).expect("acknowledged");
    counter.restart();
    assert!(!note_is_there(&counter));
}
