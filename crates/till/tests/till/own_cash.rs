//! Nobody passes their own cash: whose session it was decides who may approve, read and count, whoever asks.

use crate::common::Counter;
use crate::common::day::pieces;
use serde_json::{Value, json};

fn jo() -> Value {
    json!({ "user_code": "20", "secret": "2020" })
}

fn robin() -> Value {
    json!({ "user_code": "21", "secret": "2121" })
}

/// Supervisor 20 is the cashier, and £20 of £140 is missing.
fn short_session_of_a_supervisor() -> Counter {
    let counter = Counter::fresh();
    counter.sign_in("20", "2020");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "40"));
    counter
}

fn gives(counter: &Counter, twenties: u32) -> Value {
    let begun = counter.call("cash_up.begin", json!({}));
    let terminals = json!([{ "mop_code": "92", "text": "0" }]);
    let count = json!({ "count_id": begun["count_id"], "cash": pieces(&[("20", twenties)]), "terminals": terminals });
    counter.call("cash_up.give", count)
}

fn close(approval: Value) -> Value {
    json!({ "session": 1, "attempt": 1, "reason": "not-known", "approval": approval })
}

#[test]
fn a_difference_is_not_approved_by_the_cashier_of_the_session_whoever_closes_it() {
    let counter = short_session_of_a_supervisor();
    gives(&counter, 6);
    counter.sign_in("21", "2121");
    assert_eq!(counter.refused("cash_up.close", close(jo())), "approver-is-cashier");
    counter.sign_in("20", "2020");
    let closed = counter.call("cash_up.close", close(robin()));
    assert_eq!((&closed["closed_by"], &closed["approved_by"]), (&json!("20"), &json!("21")));
}

#[test]
fn a_count_is_not_rejected_with_the_word_of_its_cashier_alone() {
    let counter = short_session_of_a_supervisor();
    gives(&counter, 6);
    let reject = |approval: Value| json!({ "attempt": 1, "reason": "counting-error", "approval": approval });
    counter.sign_in("21", "2121");
    assert_eq!(counter.refused("cash_up.reject", reject(jo())), "approver-is-cashier");
    counter.sign_in("20", "2020");
    counter.call("cash_up.reject", reject(robin()));
}

#[test]
fn a_deposit_is_not_approved_by_the_cashier_of_any_session_in_it() {
    let counter = short_session_of_a_supervisor();
    gives(&counter, 6);
    counter.call("cash_up.close", close(robin()));
    counter.sign_in("12", "1212");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "40"));
    counter.close_session(pieces(&[("20", 7)]), "100");
    counter.sign_in("21", "2121");
    let ready = counter.call("banking.ready", json!({}));
    let deposit = |z_reads: Value, twenties: u32, approval: Value| {
        json!({
            "deposit_id": ready["deposit_id"], "z_reads": z_reads, "slip": "000123", "cash": pieces(&[("20", twenties)]),
            "bags": [{ "number": "B1" }], "approval": approval,
        })
    };
    assert_eq!(counter.refused("banking.make", deposit(json!([1, 2]), 3, jo())), "approver-is-cashier");
    assert_eq!(counter.call("banking.make", deposit(json!([2]), 2, jo()))["approved_by"], "20");
}

#[test]
fn a_supervisor_gives_up_what_is_parked_in_a_session_that_was_left_open() {
    let counter = Counter::open();
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    let lines = json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": "35" }]);
    counter.call("sale.park", json!({ "sale_id": sale_id, "label": "blue coat", "lines": lines }));
    counter.sign_in("14", "1414");
    assert_eq!(counter.refused("cash_up.abandon", json!({ "sale_id": sale_id })), "session-of-another");
    counter.sign_in("20", "2020");
    assert_eq!(counter.call("cash_up.begin", json!({}))["parked"][0]["sale_id"], sale_id);
    counter.call("cash_up.abandon", json!({ "sale_id": sale_id }));
    assert_eq!(counter.refused("cash_up.abandon", json!({ "sale_id": sale_id })), "parked-sale-unknown");
    gives(&counter, 5);
    assert_eq!(counter.call("cash_up.close", json!({ "session": 1, "attempt": 1 }))["z"]["user_code"], "12");
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn what_the_drawer_holds_is_never_found_out_by_asking_alone() {
    let counter = Counter::open();
    let exchange = |out: u32, into: u32| {
        let id = counter.call("cash.begin", json!({}))["movement_id"].clone();
        json!({ "movement_id": id, "out": pieces(&[("20", out)]), "in": pieces(&[("10", into)]) })
    };
    // £100 is in the drawer: what it holds and what it doesn't are answered alike.
    assert_eq!(counter.refused("cash.exchange", exchange(5, 10)), "approval-needed");
    assert_eq!(counter.refused("cash.exchange", exchange(6, 12)), "approval-needed");
    assert_eq!(counter.refused("cash.exchange", exchange(6, 11)), "exchange-uneven");
    let mut approved = exchange(6, 12);
    approved["approval"] = jo();
    assert_eq!(counter.refused("cash.exchange", approved), "above-drawer");
}

#[test]
fn a_supervisor_does_not_read_what_their_own_session_comes_to_before_they_count_it() {
    let counter = short_session_of_a_supervisor();
    assert_eq!(counter.refused("session.x_read", json!({})), "x-read-of-own-session");
    counter.sign_in("21", "2121");
    counter.call("session.x_read", json!({}));
}
