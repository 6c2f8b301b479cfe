//! What of a journal goes to an IMS.

use crate::common;
use crate::common::simple;
use counterfoil_domain::correction::{Correction, CorrectionKind, ReasonGiven};
use counterfoil_domain::entry::{ENTRY_VERSION, Entry, Fact};
use counterfoil_ledger_client::localgov_ims::{Delivery, DeliveryState, LastRefusal, OutgoingReceipt};

fn entry(fact: Fact) -> Entry {
    let day = simple(1).taken_at.date();
    Entry { v: ENTRY_VERSION, id: "id".to_owned(), at_ms: 0, day, by: Some("12".to_owned()), session: Some(1), approved_by: None, fact }
}

#[test]
fn receipts_and_corrections_go_out_and_nothing_else_does() {
    let own = simple(2);
    let out = |fact| OutgoingReceipt::from_entry(&entry(fact), own.taken_at);
    let taken = Fact::ReceiptTaken { receipt: own.receipt.clone(), content: String::new() };
    assert_eq!(out(taken), Some(own.clone()));

    let reason = ReasonGiven { code: "R".to_owned(), text: String::new() };
    let correction = Correction { kind: CorrectionKind::Void, of: "CH07-0000001".to_owned(), of_serial: 1, lines: Vec::new(), reason };
    let corrected = out(Fact::ReceiptCorrected { receipt: own.receipt.clone(), correction, content: String::new() }).unwrap();
    assert_eq!(corrected.corrects, Some((CorrectionKind::Void, "CH07-0000001".to_owned())));

    assert_eq!(out(Fact::SignedIn), None);
    assert_eq!(out(Fact::ReceiptReprinted { number: own.receipt.number.clone() }), None);
}

#[test]
fn how_far_a_receipt_got_is_read_as_it_was_written_and_an_older_state_is_still_read() {
    let last = LastRefusal { posting: 1, status: 400, said: Some("No".to_owned()) };
    let state = DeliveryState { in_doubt_until_ms: Some(5), refusals: 2, last_refusal: Some(last), ..DeliveryState::default() };
    let written = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<DeliveryState>(&written).unwrap(), state);
    assert_eq!(serde_json::from_str::<DeliveryState>("{}").unwrap(), DeliveryState::default());
}

#[tokio::test]
async fn a_receipt_without_postings_has_nothing_to_tell() {
    let ims = common::ims();
    let mut empty = simple(1);
    empty.receipt.postings.clear();
    let attempt = common::attempt(&ims, &common::client(&ims), &empty, DeliveryState::default(), 0).await;
    assert_eq!(attempt.delivery, Delivery::Delivered { references: Vec::new() });
    assert_eq!(ims.counters().searches, 0);
}
