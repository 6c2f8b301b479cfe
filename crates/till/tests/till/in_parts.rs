//! What is taken back in parts, or after a transfer, comes under the same rules as what is taken back at once.

use crate::common::Counter;
use crate::common::day::pieces;
use counterfoil_till::{Rendering, render_receipt};
use serde_json::{Value, json};
use std::sync::Barrier;

const PARKING: &str = "BJ12345673";

fn jo() -> Value {
    json!({ "user_code": "20", "secret": "2020" })
}

fn with(mut request: Value, field: &str, value: Value) -> Value {
    request[field] = value;
    request
}

fn number_of(taken: &Value) -> String {
    taken["receipt"]["number"].as_str().expect("number").to_owned()
}

fn paid_in_cash(counter: &Counter, pounds: &str) -> String {
    number_of(&counter.call("sale.take", counter.cash_sale("11", PARKING, pounds)))
}

fn paid_by_card(counter: &Counter, pounds: &str) -> String {
    let line = json!([{ "fund_code": "11", "reference": PARKING, "amount": pounds }]);
    let card = json!([{ "kind": "card", "mop_code": "92", "amount": pounds, "amount_again": pounds, "terminal": "T1", "authorisation": "A1", "last_four": "4242" }]);
    number_of(&counter.call("sale.take", counter.sale(line, card)))
}

fn correctable(counter: &Counter, number: &str) -> Value {
    counter.call("receipt.correctable", json!({ "number": number }))
}

fn part(counter: &Counter, number: &str, line: usize, pounds: &str, reason: &str) -> Value {
    let id = correctable(counter, number)["correction_id"].clone();
    json!({ "correction_id": id, "number": number, "lines": [{ "line": line, "amount": pounds }], "reason": { "code": reason } })
}

fn void(counter: &Counter, number: &str, pounds: &str) -> Value {
    part(counter, number, 0, pounds, "keyed-wrong")
}

fn refund(counter: &Counter, number: &str, line: usize, pounds: &str, by: Value) -> Value {
    with(with(part(counter, number, line, pounds, "paid-twice"), "by", by), "approval", jo())
}

fn in_cash() -> Value {
    json!({ "mop_code": "1" })
}

fn to_card() -> Value {
    json!({ "mop_code": "92", "slip": { "terminal": "T1", "authorisation": "R1", "last_four": "4242" } })
}

/// Moves so much of a receipt's first line to Council Tax; the transfer's number.
fn transfer(counter: &Counter, number: &str, pounds: &str) -> String {
    let id = correctable(counter, number)["correction_id"].clone();
    let asked = json!({
        "correction_id": id, "number": number, "part": { "line": 0, "amount": pounds },
        "to": { "fund_code": "23", "reference": "501234566" }, "reason": { "code": "posted-to-wrong-account" }, "approval": jo(),
    });
    number_of(&counter.call("receipt.transfer", asked))
}

fn next_session(counter: &Counter, twenties: u32) {
    counter.close_session(pieces(&[("20", twenties)]), "100");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
}

#[test]
fn a_void_in_parts_needs_a_second_person_from_the_part_on_that_passes_the_councils_amount() {
    let counter = Counter::open();
    let number = paid_in_cash(&counter, "30");
    counter.call("receipt.void", void(&counter, &number, "15"));
    let second = void(&counter, &number, "5.01");
    assert_eq!(counter.refused("receipt.void", second.clone()), "approval-needed");
    assert_eq!(counter.call("receipt.void", with(second, "approval", jo()))["approved_by"], "20");
}

#[test]
fn of_two_parts_voided_at_once_the_one_that_passes_the_amount_is_asked_for_a_second_person() {
    let counter = Counter::open();
    let number = paid_in_cash(&counter, "30");
    let requests = [void(&counter, &number, "15"), void(&counter, &number, "15")];
    let (till, start) = (counter.till(), Barrier::new(2));
    let answers: Vec<Option<String>> = std::thread::scope(|scope| {
        let ask = |request| {
            start.wait();
            till.call("receipt.void", request).err().map(|error| error.code)
        };
        let callers: Vec<_> = requests.into_iter().map(|request| scope.spawn(move || ask(request))).collect();
        callers.into_iter().map(|caller| caller.join().expect("an answer")).collect()
    });
    assert_eq!(answers.iter().flatten().collect::<Vec<_>>(), ["approval-needed"], "{answers:?}");
}

#[test]
fn refunds_in_parts_come_to_no_more_than_the_councils_maximum_also_by_way_of_a_transfer() {
    let counter = Counter::open();
    let number = paid_in_cash(&counter, "100");
    next_session(&counter, 10);
    counter.call("receipt.refund", refund(&counter, &number, 0, "30", in_cash()));
    let cash = |number: &str| {
        let methods = correctable(&counter, number)["methods"].clone();
        methods.as_array().expect("methods").iter().find(|one| one["mop_code"] == "1").map(|one| one["maximum"].clone())
    };
    assert_eq!(cash(&number), Some(json!(2_000)));
    assert_eq!(counter.refused("receipt.refund", refund(&counter, &number, 0, "20.01", in_cash())), "refund-above-maximum");
    let moved = transfer(&counter, &number, "40");
    assert_eq!(counter.refused("receipt.refund", refund(&counter, &moved, 1, "20.01", in_cash())), "refund-above-maximum");
    counter.call("receipt.refund", refund(&counter, &moved, 1, "20", in_cash()));
    assert_eq!(counter.refused("receipt.refund", refund(&counter, &number, 0, "0.01", in_cash())), "refund-above-maximum");
    assert_eq!(cash(&number), None);
}

#[test]
fn a_transfer_is_no_way_round_the_rule_that_money_of_this_session_is_not_refunded() {
    let counter = Counter::open();
    let number = paid_in_cash(&counter, "30");
    let moved = transfer(&counter, &number, "30");
    assert_eq!(correctable(&counter, &moved)["refund"], "refund-transferred-same-session");
    assert_eq!(counter.refused("receipt.refund", refund(&counter, &moved, 1, "30", in_cash())), "refund-transferred-same-session");
    next_session(&counter, 6);
    counter.call("receipt.refund", refund(&counter, &moved, 1, "30", in_cash()));
}

#[test]
fn what_was_paid_by_card_goes_back_to_the_card_after_a_transfer_and_no_more_than_once() {
    let counter = Counter::open();
    let number = paid_by_card(&counter, "50");
    next_session(&counter, 5);
    counter.call("receipt.refund", refund(&counter, &number, 0, "10", to_card()));
    let moved = transfer(&counter, &number, "40");
    let methods = correctable(&counter, &moved)["methods"].clone();
    let card = methods.as_array().expect("methods").iter().find(|one| one["mop_code"] == "92").expect("the card");
    assert_eq!(card["maximum"], 4_000);
    counter.call("receipt.refund", refund(&counter, &moved, 1, "40", to_card()));
    assert_eq!(counter.refused("receipt.refund", refund(&counter, &moved, 1, "1", to_card())), "correction-nothing-left");
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn cash_that_is_not_in_the_drawer_does_not_go_back_and_how_much_there_is_stays_unsaid() {
    let counter = Counter::open();
    let number = paid_in_cash(&counter, "100");
    let id = counter.call("cash.begin", json!({}))["movement_id"].clone();
    counter.call("cash.lift", json!({ "movement_id": id, "bag": "B1", "counts": pieces(&[("20", 9)]) }));
    let asked = with(void(&counter, &number, "20.01"), "approval", jo());
    let error = counter.till().call("receipt.void", asked).expect_err("£20 is left");
    assert_eq!((error.code.as_str(), error.args.is_empty()), ("not-enough-cash", true));
    // Without a second person's word it isn't told whether there is enough.
    assert_eq!(counter.refused("receipt.void", void(&counter, &number, "20.01")), "approval-needed");
    counter.call("receipt.void", void(&counter, &number, "20"));
}

#[test]
fn a_copy_says_what_was_taken_back_of_the_receipt_since() {
    let counter = Counter::open();
    let number = paid_in_cash(&counter, "20");
    let copy = || String::from_utf8(render_receipt(counter.till(), &number, Rendering::Text).expect("text")).expect("UTF-8");
    assert!(!copy().contains("oided"), "{}", copy());
    let voiding = number_of(&counter.call("receipt.void", void(&counter, &number, "5")));
    let said = copy();
    let line = said.lines().find(|line| line.contains("Voided by")).unwrap_or_else(|| panic!("{said}"));
    assert!(line.contains(&voiding) && said.contains("£5.00"), "{said}");
    assert!(!counter.call("receipt.show", json!({ "number": number }))["sheet"].to_string().contains("Voided by"), "not a copy");
}
