//! Killed while receipts are on their way to a printer on the network: each comes out, and plainly at most once.

use counterfoil_simulators::escpos_reader;
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_tests::until;
use counterfoil_till::surroundings::{Machine, Surroundings};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// How often it is killed.
const KILLS: usize = 25;
/// Every time after so many it is killed while the printer holds on to a receipt.
const HELD: usize = 5;
/// The longest that is waited between a payment's answer and the kill: a receipt is out by then, or on its way.
const MOST_MICROS: u64 = 4_000;

fn started(data: &Path, printer: &SimulatedPrinter) -> Rpc {
    let mut rpc = Rpc::start(data).expect("rpc");
    let start = rpc.call("start.show", &json!({})).expect("start");
    if start["till"].is_null() {
        let target = json!({ "kind": "tcp", "host": printer.address().ip(), "port": printer.address().port() });
        let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": target });
        rpc.call("start.set_up", &set_up).expect("set up");
    }
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    if start["session"].is_null() {
        rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    }
    rpc
}

/// Where a receipt has its number for the first time, if so much of it came.
fn number_on(job: &[u8]) -> Option<String> {
    let at = job.windows(5).position(|part| part == b"CH07-")?;
    job.get(at..at + 12).map(|number| String::from_utf8_lossy(number).into_owned())
}

/// How many receipts may have come out, as the till would know of them after a power cut.
fn in_the_printer_s_hands(data: &Path) -> usize {
    let store = Connection::open_with_flags(data.join("till.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).expect("store");
    store.query_row("SELECT count(*) FROM print_jobs WHERE handed_over", [], |row| row.get(0)).expect("jobs")
}

#[test]
fn a_till_that_is_killed_while_it_prints_loses_no_receipt_and_prints_none_twice_without_saying_so() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let seed = std::process::id().into();
    println!("seed {seed}");
    let mut chance = SmallRng::seed_from_u64(seed);
    let mut taken = Vec::new();
    for kill in 1..=KILLS {
        let is_held = kill % HELD == 0;
        printer.set_manner(if is_held { Manner::StopsReading } else { Manner::Answers(State::Ready) });
        let mut rpc = started(&data, &printer);
        for _ in 0..chance.random_range(1..4) {
            let receipt = rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "0.34")).expect("taken");
            taken.push(receipt["receipt"]["number"].as_str().expect("a number").to_owned());
        }
        if is_held {
            until("the printer has a receipt", || (in_the_printer_s_hands(&data) > 0).then_some(()));
        } else {
            std::thread::park_timeout(Duration::from_micros(chance.random_range(0..MOST_MICROS)));
        }
        rpc.kill().expect("killed");
        assert!(!is_held || in_the_printer_s_hands(&data) > 0, "it isn't known any more that the printer had one");
    }
    printer.set_manner(Manner::Answers(State::Ready));
    let mut rpc = started(&data, &printer);
    until("everything is printed", || {
        let line = rpc.call("till.status", &json!({})).expect("status")["printer"].clone();
        (line["waiting"] == 0 && line["failed"] == 0).then_some(())
    });
    drop(rpc);
    let mut came: BTreeMap<String, Vec<(bool, bool)>> = BTreeMap::new();
    while let Some(job) = printer.next_job(Duration::ZERO) {
        if let Some(number) = number_on(&job) {
            let copy = job.windows(4).any(|part| part == b"COPY");
            came.entry(number).or_default().push((escpos_reader::read(&job).is_ok(), copy));
        }
    }
    for number in &taken {
        let strips = came.get(number).unwrap_or_else(|| panic!("{number} never came out"));
        assert!(strips.iter().any(|(whole, _)| *whole), "{number} never came out whole: {strips:?}");
        assert!(strips.iter().skip(1).all(|(_, copy)| *copy), "{number} came out twice: {strips:?}");
    }
    let plain = came.values().flatten().filter(|(_, copy)| !copy).count();
    let copies = came.values().map(Vec::len).sum::<usize>() - plain;
    println!("{} receipts, {plain} plainly, {copies} copies", taken.len());
    assert!(copies >= KILLS / HELD, "what the printer held when the till died comes out as a copy: {came:?}");
}
