//! A printer that is switched off, runs out of paper or stalls in the middle of receipts: every receipt comes out whole in the end,
//! and whatever comes out a second time says COPY.

use crate::common::printer::{counter_at, counter_with, given_up, in_trouble, prints, take_cash};
use crate::common::{Counter, PATIENCE};
use counterfoil_simulators::escpos_reader::read;
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use counterfoil_simulators::wire::Wire;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

/// What came out of a receipt: it, whole or in part, and whether it said COPY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Strip {
    whole: bool,
    copy: bool,
}

/// Everything that a printer put out, by receipt.
#[derive(Default)]
struct Paper(BTreeMap<String, Vec<Strip>>);

impl Paper {
    fn add(&mut self, job: &[u8]) {
        let at = at_number(job);
        let number = String::from_utf8_lossy(&job[at..at + 12]).into_owned();
        let copy = job.windows(4).any(|part| part == b"COPY");
        self.0.entry(number).or_default().push(Strip { whole: read(job).is_ok(), copy });
    }

    fn add_all(&mut self, printer: &SimulatedPrinter) {
        while let Some(job) = printer.next_job(Duration::ZERO) {
            self.add(&job);
        }
    }

    /// Nothing is lost, and nothing came twice unless it says so.
    fn is_right(&self, receipts: usize) {
        assert_eq!(self.0.len(), receipts, "{:?}", self.0);
        for (number, strips) in &self.0 {
            assert!(strips.iter().any(|strip| strip.whole), "{number} never came out whole: {strips:?}");
            assert!(strips[1..].iter().all(|strip| strip.copy), "{number} came out twice: {strips:?}");
        }
    }
}

fn all_out(counter: &Counter) {
    counter.printer(|line| line["waiting"] == 0 && line["failed"] == 0, || drop(counter.call("print.retry", json!({}))));
}

/// Where a receipt has its number for the first time.
fn at_number(job: &[u8]) -> usize {
    job.windows(5).position(|part| part == b"CH07-").unwrap_or_else(|| panic!("no receipt's number on {} bytes", job.len()))
}

/// How much of a receipt is taken so that its number is on the paper, and its end isn't.
fn half_of(job: &[u8]) -> usize {
    at_number(job) + 40
}

/// A printer whose plug is pulled in the middle of the second of three receipts, with the till on all the time or switched off as well.
fn plug_is_pulled(till_is_switched_off: bool) {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut paper = Paper::default();
    let mut counter = counter_at(&printer);
    prints(&mut counter);
    take_cash(&counter, "1");
    let first = printer.next_job(PATIENCE).expect("a receipt");
    paper.add(&first);
    // What it had taken is on the paper.
    printer.set_manner(Manner::DropsAfter(half_of(&first)));
    take_cash(&counter, "2");
    counter.printer(in_trouble, || {});
    paper.add_all(&printer);
    let address = printer.address();
    drop(printer);
    take_cash(&counter, "3");
    if till_is_switched_off {
        prints(&mut counter);
    }
    counter.printer(|line| line["waiting"] == 2, || {});
    let printer = SimulatedPrinter::start_at(address, Manner::Answers(State::Ready)).expect("on again");
    all_out(&counter);
    paper.add_all(&printer);
    paper.is_right(3);
    assert_eq!(paper.0.values().map(Vec::len).collect::<Vec<_>>(), [1, 2, 1]);
}

#[test]
fn a_receipt_that_was_cut_off_comes_out_again_as_a_copy_and_those_that_waited_come_out_once() {
    plug_is_pulled(false);
}

#[test]
fn a_till_that_was_switched_off_as_well_still_knows_which_receipt_was_cut_off() {
    plug_is_pulled(true);
}

#[test]
fn a_printer_on_a_wire_that_is_off_swallows_no_receipt_however_long_it_is_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let wire = Wire::plugged_in(folder.path(), ["printer", "till"]).expect("socat, which the tests need");
    let printer = SimulatedPrinter::on_serial(wire.end(0), Manner::Silent).expect("a port");
    let mut counter = counter_with(&json!({ "kind": "serial", "path": wire.end(1), "baud": 38_400 }));
    prints(&mut counter);
    for pounds in ["1", "2"] {
        take_cash(&counter, pounds);
    }
    given_up(&counter);
    assert_eq!(counter.call("till.status", json!({}))["printer"]["state"], "printer-timed-out");
    assert_eq!(printer.next_job(Duration::ZERO), None, "nothing is sent into the void");
    printer.set_manner(Manner::Answers(State::Ready));
    all_out(&counter);
    let mut paper = Paper::default();
    paper.add_all(&printer);
    paper.is_right(2);
    assert!(paper.0.values().flatten().all(|strip| !strip.copy), "{:?}", paper.0);
}

#[test]
fn whatever_happens_to_a_printer_on_the_network_or_on_a_wire_every_receipt_comes_out_once_or_says_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let wire = Wire::plugged_in(folder.path(), ["printer", "till"]).expect("socat, which the tests need");
    let wired = SimulatedPrinter::on_serial(wire.end(0), Manner::Answers(State::Ready)).expect("a port");
    let serial = json!({ "kind": "serial", "path": wire.end(1), "baud": 38_400 });
    let networked = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let tcp = json!({ "kind": "tcp", "host": networked.address().ip(), "port": networked.address().port() });
    for (printer, target) in [(networked, tcp), (wired, serial)] {
        let mut counter = counter_with(&target);
        prints(&mut counter);
        let mut paper = Paper::default();
        take_cash(&counter, "1");
        let first = printer.next_job(PATIENCE).expect("a receipt");
        paper.add(&first);
        let half = half_of(&first);
        let troubles = [
            Manner::Answers(State::PaperOut),
            Manner::ChangesDuringTheJob(State::PaperOut),
            Manner::ChangesDuringTheJob(State::CoverOpen),
            Manner::DropsAfter(half),
            Manner::StopsReading,
        ];
        for (pounds, trouble) in (2..).zip(troubles) {
            printer.set_manner(trouble);
            take_cash(&counter, &pounds.to_string());
            counter.printer(in_trouble, || {});
            printer.set_manner(Manner::Answers(State::Ready));
            all_out(&counter);
            counter.printer(|line| line["state"] == "ready", || drop(counter.call("print.retry", json!({}))));
            paper.add_all(&printer);
        }
        paper.is_right(1 + troubles.len());
    }
}
