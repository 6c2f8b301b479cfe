//! Many takings into an IMS that fails three times in ten: none is lost, none is there twice, and the reconciliation shows it. Twenty
//! thousand of them are measured by `cargo xtask bench ims`.

use crate::common::soak::{expected, none_lost_none_twice, plan, stored};
use crate::common::{Queue, SETTLE_MS, ims, settings, takings};
use counterfoil_ledger_client::localgov_ims::{LocalGovIms, Pace, Settings};
use counterfoil_simulators::ims::Plan;

#[tokio::test]
async fn three_thousand_takings_with_faults_in_three_of_ten_requests_arrive_once_each() {
    none_lost_none_twice(20_261_120, 3_000, 30, 0).await;
}

#[tokio::test]
async fn a_till_that_is_stopped_again_and_again_sends_nothing_twice() {
    none_lost_none_twice(7, 500, 30, 50).await;
}

#[tokio::test]
async fn requests_that_hang_are_given_up_and_their_takings_arrive_once_each() {
    let ims = ims();
    let pace = Pace { request_timeout_ms: 250, settle_ms: SETTLE_MS, ..Pace::default() };
    let client = LocalGovIms::new(Settings { pace, ..settings(&ims) }).unwrap();
    let receipts = takings(3, 15);
    ims.plan(Some(Plan { hangs_per_thousand: 1_000, ..plan(3, 30) }));
    let mut queue = Queue::new(&ims, &client, &receipts);
    queue.work_off().await;
    ims.plan(None);
    assert!(ims.counters().faults["hung"] > 3);
    assert!(client.reconcile(&receipts).await.agrees());
    assert_eq!(stored(&ims), expected(&receipts));
}
