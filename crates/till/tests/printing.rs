//! Receipts on a printer that has its troubles: the drawer opens once and at once or not at all, and what may have come out
//! already says COPY.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

mod common;

use common::{Counter, PATIENCE, assets};
use counterfoil_simulators::escpos_reader::{Piece, read};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use serde_json::{Value, json};

/// A counter in an open session whose receipts come out of this printer, once it prints.
fn counter_at(printer: &SimulatedPrinter) -> Counter {
    let counter = Counter::fresh();
    counter.sign_in("90", "9090");
    let target = json!({ "kind": "tcp", "host": printer.address().ip(), "port": printer.address().port() });
    let pack = assets().join("packs/barnsley-demo");
    counter.call("start.set_up", json!({ "folder": pack, "office_code": "CH", "till_code": "07", "printer": target }));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    counter
}

fn prints(counter: &mut Counter) {
    counter.prints = true;
    counter.restart();
    counter.sign_in("12", "1212");
}

fn take_cash(counter: &Counter, pounds: &str) {
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", pounds));
}

fn take_by_card(counter: &Counter, pounds: &str) {
    let line = json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": pounds }]);
    let card = json!([{ "kind": "card", "mop_code": "92", "amount": pounds, "amount_again": pounds, "terminal": "PDQ1", "authorisation": "123456", "last_four": "4242" }]);
    counter.call("sale.take", counter.sale(line, card));
}

fn in_trouble(line: &Value) -> bool {
    line["state"] != "ready"
}

/// Tries the oldest receipt until it is given up.
fn given_up(counter: &Counter) {
    counter.printer(|line| line["failed"] == 1, || drop(counter.call("print.retry", json!({}))));
}

/// The next receipt that came: how often the drawer opened with it, and whether it says COPY.
fn next(printer: &SimulatedPrinter) -> (usize, bool) {
    let printout = read(&printer.next_job(PATIENCE).expect("a job")).expect("a printout");
    let pulses = printout.pieces.iter().filter(|piece| matches!(piece, Piece::Drawer { .. })).count();
    (pulses, printout.text().contains("COPY"))
}

#[test]
fn the_drawer_opens_once_with_cash_and_not_with_a_card() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    take_cash(&counter, "1");
    assert_eq!(next(&printer), (1, false));
    take_by_card(&counter, "2");
    assert_eq!(next(&printer), (0, false));
}

#[test]
fn a_drawer_that_could_not_open_at_once_stays_shut_when_paper_is_back_and_so_do_those_that_waited_behind_it() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::PaperOut)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    take_cash(&counter, "1");
    counter.printer(in_trouble, || {});
    take_cash(&counter, "2");
    given_up(&counter);
    printer.set_manner(Manner::Answers(State::Ready));
    counter.call("print.retry", json!({}));
    assert_eq!((next(&printer), next(&printer)), ((0, false), (0, false)));
    take_cash(&counter, "3");
    assert_eq!(next(&printer), (1, false));
}

#[test]
fn paper_that_ends_during_a_receipt_makes_the_next_try_a_copy_without_a_second_pulse() {
    let printer = SimulatedPrinter::start(Manner::ChangesDuringTheJob(State::PaperOut)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    take_cash(&counter, "1");
    assert_eq!(next(&printer), (1, false));
    counter.printer(in_trouble, || {});
    // What came out once stays a copy, though a later try never came so far.
    printer.set_manner(Manner::Answers(State::PaperOut));
    given_up(&counter);
    printer.set_manner(Manner::Answers(State::Ready));
    counter.call("print.retry", json!({}));
    assert_eq!(next(&printer), (0, true));
}

#[test]
fn receipts_that_waited_through_a_restart_come_out_plainly_and_open_no_drawer() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut counter = counter_at(&printer);
    take_cash(&counter, "1");
    take_cash(&counter, "2");
    prints(&mut counter);
    assert_eq!((next(&printer), next(&printer)), ((0, false), (0, false)));
}

#[test]
fn a_printer_that_never_says_how_it_is_is_asked_once_and_not_for_each_receipt() {
    let printer = SimulatedPrinter::start(Manner::Silent).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    for pounds in ["1", "2", "3"] {
        take_cash(&counter, pounds);
        assert_eq!(next(&printer), (1, false));
    }
    assert_eq!(printer.questions(), 1);
}
