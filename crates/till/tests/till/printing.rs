//! Receipts on a printer that has its troubles: the drawer opens once and at once or not at all, and what may have come out
//! already says COPY.

use crate::common::printer::{counter_at, given_up, in_trouble, prints, take_cash};
use crate::common::{Counter, PATIENCE};
use counterfoil_simulators::escpos_reader::{Piece, read};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use serde_json::{Value, json};
use std::time::Duration;

fn take_by_card(counter: &Counter, pounds: &str) {
    let line = json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": pounds }]);
    let card = json!([{ "kind": "card", "mop_code": "92", "amount": pounds, "amount_again": pounds, "terminal": "PDQ1", "authorisation": "123456", "last_four": "4242" }]);
    counter.call("sale.take", counter.sale(line, card));
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
    // A try that was under way still finds no paper.
    counter.printer(|line| line["failed"] == 0 && line["waiting"] == 0, || drop(counter.call("print.retry", json!({}))));
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

/// Names another printer in the settings, and what is at the till's drawer.
fn with_other(counter: &mut Counter, other: &SimulatedPrinter) {
    let file = counter.folder.path().join("data/settings.json");
    let mut settings: Value = serde_json::from_str(&std::fs::read_to_string(&file).expect("settings")).expect("settings");
    settings["other_printer"] = json!({ "kind": "tcp", "host": other.address().ip(), "port": other.address().port() });
    settings["other_profile"] = json!({ "model": "generic-58mm" });
    settings["profile"] = json!({ "model": "tm-t88", "drawer_open_level": "high" });
    std::fs::write(&file, settings.to_string()).expect("written");
    prints(counter);
}

fn administrator(counter: &Counter) {
    counter.call("user.sign_out", json!({}));
    counter.sign_in("90", "9090");
}

fn text_of(printer: &SimulatedPrinter) -> String {
    read(&printer.next_job(PATIENCE).expect("a job")).expect("a printout").text()
}

#[test]
fn a_cashier_may_try_neither_the_printer_nor_the_drawer() {
    let counter = Counter::open();
    for name in ["print.test", "drawer.test"] {
        assert_eq!(counter.refused(name, json!({})), "right-missing", "{name}");
    }
}

#[test]
fn a_test_page_shows_money_and_welsh_and_opens_no_drawer() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    administrator(&counter);
    counter.call("print.test", json!({}));
    let printout = read(&printer.next_job(PATIENCE).expect("a job")).expect("a printout");
    assert!(printout.text().contains("£ €") && printout.text().contains("The drawer was not opened"), "{}", printout.text());
    assert!(printout.pieces.iter().any(|piece| matches!(piece, Piece::Barcode { text, .. } if text.starts_with("TEST-"))));
    assert!(!printout.pieces.iter().any(|piece| matches!(piece, Piece::Drawer { .. })));
    assert_eq!(counter.refused("print.test", json!({ "other": true })), "printer-other-missing");
}

#[test]
fn a_test_page_a_check_up_and_an_x_read_that_come_again_say_copy_as_receipts_do() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    for (user, secret, name) in [("90", "9090", "print.test"), ("90", "9090", "doctor.print"), ("20", "2020", "session.x_print")] {
        counter.call("user.sign_out", json!({}));
        counter.sign_in(user, secret);
        // What it would ask of the printer is asked before its troubles.
        counter.call("support.write", json!({}));
        while printer.next_job(Duration::ZERO).is_some() {}
        printer.set_manner(Manner::ChangesDuringTheJob(State::PaperOut));
        counter.call(name, json!({}));
        counter.printer(in_trouble, || {});
        printer.set_manner(Manner::Answers(State::Ready));
        counter.printer(|line| line["waiting"] == 0 && line["failed"] == 0, || drop(counter.call("print.retry", json!({}))));
        let jobs: Vec<Vec<u8>> = std::iter::from_fn(|| printer.next_job(Duration::ZERO)).collect();
        let says_copy = |job: &Vec<u8>| job.windows(4).any(|part| part == b"COPY");
        assert_eq!(jobs.iter().map(says_copy).collect::<Vec<_>>(), [false, true], "{name}");
        assert!(read(&jobs[1]).expect("a printout").text().trim_start().starts_with("COPY"), "{name}");
    }
}

#[test]
fn a_drawer_that_is_tested_is_in_the_report_of_drawer_openings_with_who_tested_it() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    administrator(&counter);
    counter.call("drawer.test", json!({}));
    assert_eq!(next(&printer).0, 1);
    let asked = json!({ "report": "drawer-openings", "from": "2026-11-23", "to": "2026-11-23" });
    let report = counter.call("report.run", asked).to_string();
    assert!(report.contains("Opened to test it") && report.contains("90"), "{report}");
}

#[test]
fn what_waits_for_a_printer_out_of_paper_comes_out_of_the_other_one_at_one_key_and_no_drawer_opens_there() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::PaperOut)).expect("a printer");
    let other = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("another");
    let mut counter = counter_at(&printer);
    with_other(&mut counter, &other);
    take_cash(&counter, "1");
    counter.printer(in_trouble, || {});
    take_cash(&counter, "2");
    counter.call("print.elsewhere", json!({ "to": "other-printer" }));
    for _ in 0..2 {
        let printout = read(&other.next_job(PATIENCE).expect("a job")).expect("a printout");
        assert!(!printout.text().contains("COPY") && printout.widest() == 32, "{}", printout.text());
        assert!(!printout.pieces.iter().any(|piece| matches!(piece, Piece::Drawer { .. })));
    }
    counter.printer(|line| line["waiting"] == 0, || {});
}

#[test]
fn what_is_for_the_other_printer_does_not_wait_behind_a_printer_out_of_paper() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::PaperOut)).expect("a printer");
    let other = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("another");
    let mut counter = counter_at(&printer);
    with_other(&mut counter, &other);
    take_cash(&counter, "1");
    counter.printer(in_trouble, || {});
    counter.call(
        "receipt.reprint",
        json!({ "number": counter.call("receipt.last", json!({}))["receipt"]["receipt"]["number"], "other_printer": true }),
    );
    assert!(text_of(&other).contains("COPY"));
    counter.printer(|line| line["waiting"] == 1, || {});
}

#[test]
fn what_waits_becomes_pdf_at_one_key_once_and_the_printer_prints_none_of_it_later() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::PaperOut)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    take_cash(&counter, "1");
    counter.printer(in_trouble, || {});
    counter.call("print.elsewhere", json!({ "to": "pdf" }));
    counter.printer(|line| line["waiting"] == 0 && line["failed"] == 0, || {});
    let files: Vec<_> = std::fs::read_dir(counter.folder.path().join("data/receipts")).expect("receipts").collect();
    assert_eq!(files.len(), 1);
    printer.set_manner(Manner::Answers(State::Ready));
    take_by_card(&counter, "2");
    assert!(text_of(&printer).contains("£2.00"));
    assert_eq!(counter.refused("print.elsewhere", json!({ "to": "other-printer" })), "printer-other-missing");
}

#[test]
fn paper_near_its_end_and_an_open_drawer_are_known_without_a_receipt_and_what_nobody_knows_is_unknown() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::PaperNearEnd)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    let line = counter.printer(|line| line["paper_near_end"] == true, || {});
    assert_eq!((&line["state"], &line["drawer_open"]), (&json!("ready"), &Value::Null));
    let silent = SimulatedPrinter::start(Manner::Silent).expect("a clone");
    with_other(&mut counter, &silent);
    let line = counter.printer(|line| line["drawer_open"] == false, || {});
    assert_eq!(line["paper_near_end"], true);
    let status = counter.until("the other printer was asked", |counter| {
        let status = counter.call("printer.status", json!({}));
        status["other"]["heard_at_ms"].is_number().then_some(status)
    });
    assert_eq!((&status["till"]["state"], &status["till"]["paper"]), (&json!("ready"), &json!("near-end")));
    assert_eq!((&status["other"]["state"], &status["other"]["paper"]), (&json!("unknown"), &json!("unknown")));
}

#[test]
fn somebody_who_looks_at_the_drawer_says_which_level_means_open_and_whoever_was_wrong_says_it_again() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    administrator(&counter);
    let seen = counter.until("the printer was asked", |counter| {
        let seen = counter.call("printer.status", json!({}))["till"].clone();
        (!seen["drawer_high"].is_null()).then_some(seen)
    });
    assert_eq!((&seen["drawer_high"], &seen["drawer_open"]), (&json!(false), &Value::Null));
    let says = |high: bool, open: bool| counter.call("devices.drawer_level", json!({ "high": high, "open": open }));
    let is_open = || counter.call("till.status", json!({}))["printer"]["drawer_open"].clone();
    assert_eq!(says(false, true)["profile"]["drawer_open_level"], json!("low"));
    assert_eq!(is_open(), json!(true));
    assert_eq!(says(false, false)["profile"]["drawer_open_level"], json!("high"));
    assert_eq!(is_open(), json!(false));
    // The level that somebody was shown counts, whatever is heard of it meanwhile.
    assert_eq!(says(true, false)["profile"], json!({ "model": "any", "drawer_open_level": "low" }));
    counter.restart();
    counter.sign_in("90", "9090");
    assert_eq!(counter.printer(|line| line["drawer_open"] == true, || {})["state"], json!("ready"));
    assert_eq!(counter.call("devices.show", json!({}))["printer_before"], Value::Null, "the printer is the same");
}

#[test]
fn which_level_means_open_is_not_said_at_the_till_where_a_policy_says_what_the_printer_can_do() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut counter = counter_at(&printer);
    counter.layers.policy.values.insert("profile".into(), json!({ "model": "tm-t88" }));
    prints(&mut counter);
    administrator(&counter);
    assert_eq!(counter.refused("devices.drawer_level", json!({ "high": true, "open": true })), "setting-fixed");
}
