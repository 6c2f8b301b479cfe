//! Slips: a line on the bill that was paid, and the back of a cheque, on what lies in the printer's slip station.

use crate::common;
use crate::common::printer::{counter_at, prints};
use crate::common::{Counter, PATIENCE};
use counterfoil_simulators::escpos_reader::{Piece, read};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use serde_json::{Value, json};
use std::time::Duration;

const READY: Manner = Manner::Answers(State::Ready);

/// A counter whose printer has a slip station; its first receipt, paid by cheque and in cash, is out.
fn counter_with_slips(printer: &SimulatedPrinter) -> (Counter, String) {
    let mut counter = counter_at(printer);
    let file = counter.folder.path().join("data/settings.json");
    let mut settings: Value = serde_json::from_str(&std::fs::read_to_string(&file).expect("settings")).expect("settings");
    settings["profile"] = json!({ "model": "tm-h6000" });
    std::fs::write(&file, settings.to_string()).expect("written");
    prints(&mut counter);
    let line = json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": "35" }]);
    let sale = counter.sale(line, json!([common::cheque("30"), { "kind": "cash", "mop_code": "1", "tendered": "5" }]));
    let taken = counter.call("sale.take", sale);
    printer.next_job(PATIENCE).expect("the receipt");
    (counter, taken["receipt"]["number"].as_str().expect("a number").to_owned())
}

fn slip(number: &str, kind: &str, place: usize) -> Value {
    json!({ "number": number, "kind": kind, "place": place })
}

/// Asks for a slip, and waits for what comes of it: printed, or why not.
fn asked_for(counter: &Counter, slip: Value) -> Result<(), String> {
    assert_eq!(counter.call("slip.print", slip)["progress"], "printing");
    let view = counter.until("the slip fared", |counter| {
        let view = counter.call("slip.show", json!({}));
        (view["progress"] != "printing").then_some(view)
    });
    assert_eq!(view["trouble"].is_null(), view["progress"] == "printed", "{view}");
    view["trouble"].as_str().map_or(Ok(()), |trouble| Err(trouble.to_owned()))
}

/// What came out of the slip station: its lines.
fn lines(printer: &SimulatedPrinter) -> Vec<String> {
    let printout = read(&printer.next_job(PATIENCE).expect("a slip")).expect("only what the reference describes");
    let [Piece::Slip, lines @ .., Piece::Ejected] = &printout.pieces[..] else { panic!("{:?}", printout.pieces) };
    assert!(lines.iter().all(|piece| matches!(piece, Piece::Line(_))), "{lines:?}");
    assert!(printout.widest() <= 45, "{lines:?}");
    printout.lines().map(|line| line.text.clone()).collect()
}

#[test]
fn a_bill_gets_its_line_and_a_cheque_its_back_on_what_was_put_in() {
    let printer = SimulatedPrinter::start(READY).expect("a printer");
    let (counter, number) = counter_with_slips(&printer);
    printer.put_slip();
    assert_eq!(asked_for(&counter, slip(&number, "validation", 0)), Ok(()));
    assert_eq!(lines(&printer), [format!("{number} 23/11/2026 £35.00 BJ12345673")]);
    printer.put_slip();
    assert_eq!(asked_for(&counter, slip(&number, "endorsement", 0)), Ok(()));
    let back = lines(&printer);
    assert!(back[0].contains("Barnsley"), "{back:?}");
    assert_eq!(back[1..], ["Account payee only".to_owned(), format!("Receipt {number}"), "23/11/2026 £30.00".to_owned()]);
}

#[test]
fn without_a_slip_nothing_is_printed_and_with_one_it_is_printed_when_asked_again() {
    let printer = SimulatedPrinter::start(READY).expect("a printer");
    let (counter, number) = counter_with_slips(&printer);
    assert_eq!(asked_for(&counter, slip(&number, "endorsement", 0)), Err("printer-slip-missing".into()));
    assert_eq!(printer.next_job(Duration::ZERO), None);
    // Nothing stands in the way of the next customer's receipt, nor of the drawer.
    common::printer::take_cash(&counter, "1");
    assert!(printer.next_job(PATIENCE).is_some());
    assert_eq!(counter.call("till.status", json!({}))["printer"]["state"], "ready");
    printer.put_slip();
    assert_eq!(asked_for(&counter, slip(&number, "endorsement", 0)), Ok(()));
    assert!(!lines(&printer)[0].contains("COPY"));
}

#[test]
fn a_slip_that_may_have_been_printed_says_copy_also_after_a_restart_and_another_one_does_not() {
    let printer = SimulatedPrinter::start(READY).expect("a printer");
    let (mut counter, number) = counter_with_slips(&printer);
    printer.put_slip();
    printer.set_manner(Manner::ChangesDuringTheJob(State::CoverOpen));
    assert_eq!(asked_for(&counter, slip(&number, "endorsement", 0)), Err("printer-cover-open".into()));
    printer.next_job(PATIENCE).expect("what came out of it");
    printer.set_manner(READY);
    prints(&mut counter);
    printer.put_slip();
    assert_eq!(asked_for(&counter, slip(&number, "endorsement", 0)), Ok(()));
    assert_eq!(lines(&printer)[0], "COPY");
    printer.put_slip();
    assert_eq!(asked_for(&counter, slip(&number, "validation", 0)), Ok(()));
    assert!(lines(&printer)[0].starts_with(&number));
}

#[test]
fn only_what_the_receipt_has_is_printed_where_the_printer_can_and_it_is_in_the_audit_trail() {
    let printer = SimulatedPrinter::start(READY).expect("a printer");
    let (counter, number) = counter_with_slips(&printer);
    assert_eq!(counter.call("start.show", json!({}))["has_slip_station"], true);
    assert_eq!(counter.refused("slip.print", slip(&number, "endorsement", 1)), "slip-unknown");
    assert_eq!(counter.refused("slip.print", slip(&number, "validation", 1)), "slip-unknown");
    assert_eq!(counter.refused("slip.print", slip("CH07-9", "validation", 0)), "receipt-unknown");
    printer.put_slip();
    assert_eq!(asked_for(&counter, slip(&number, "validation", 0)), Ok(()));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("20", "2020");
    let asked = json!({ "report": "audit-trail", "from": "2026-11-23", "to": "2026-11-23", "text": "slip" });
    let report = counter.call("report.run", asked).to_string();
    assert!(report.contains("Printed on a slip") && report.contains(&number), "{report}");
    let without = Counter::open();
    assert_eq!(without.call("start.show", json!({}))["has_slip_station"], false);
    assert_eq!(without.refused("slip.print", slip(&number, "validation", 0)), "printer-slip-none");
}
