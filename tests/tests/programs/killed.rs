//! Killed at any moment: what was answered is there exactly once, and nothing else but one that was in flight.

use counterfoil_simulators::escpos_reader;
use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// How often it is killed.
const KILLS: usize = 200;

fn started(data: &Path, paper: &Path) -> Rpc {
    let mut rpc = Rpc::start(data).expect("rpc");
    let start = rpc.call("start.show", &json!({})).expect("start");
    if start["till"].is_null() {
        let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": { "kind": "file", "folder": paper } });
        rpc.call("start.set_up", &set_up).expect("set up");
    }
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    if start["session"].is_null() {
        rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    }
    rpc
}

/// Sends sales until the program is killed under it; each that was answered is acknowledged, all others were in flight.
fn sell_until_killed(rpc: &mut Rpc, rounds: u32, acknowledged: &mut BTreeSet<String>, in_flight: &mut BTreeSet<String>) {
    for round in 0.. {
        let sale_id = Machine.new_id();
        in_flight.insert(sale_id.clone());
        if rpc.send("sale.take", &cash_sale(&sale_id, "BJ12345673", "0.34")).is_err() {
            return;
        }
        if round == rounds {
            // The request is on its way, and how far it has come when this arrives is chance.
            rpc.kill().expect("kill");
        }
        match rpc.answer() {
            Ok(Some(answer)) if answer.get("ok").is_some() => {
                in_flight.remove(&sale_id);
                acknowledged.insert(sale_id);
            }
            Ok(Some(answer)) => panic!("a sale was refused: {answer}"),
            Ok(None) | Err(_) => return,
        }
    }
}

/// Each receipt came out: plainly at most once, and any more often only as a copy.
fn every_receipt_came_out(paper: &Path, count: usize) {
    let mut plain = vec![0; count];
    let mut copies = vec![0; count];
    for job in std::fs::read_dir(paper).expect("paper").map(|job| job.expect("job").path()) {
        let printed = escpos_reader::read(&std::fs::read(&job).expect("a job")).expect("ESC/POS");
        let text = printed.text();
        let serial: usize =
            text.split("CH07-").nth(1).and_then(|rest| rest.get(..7)).and_then(|digits| digits.parse().ok()).expect("a number");
        if text.lines().any(|line| line.trim() == "COPY") { copies[serial - 1] += 1 } else { plain[serial - 1] += 1 }
    }
    for (place, (plain, copies)) in plain.iter().zip(&copies).enumerate() {
        assert!(*plain <= 1, "receipt {} came out plainly {plain} times", place + 1);
        assert!(plain + copies >= 1, "receipt {} never came out", place + 1);
    }
    // One job at a time is in the printer's hands: a kill makes at most one copy.
    assert!(copies.iter().sum::<usize>() <= KILLS, "{} copies of {KILLS} kills", copies.iter().sum::<usize>());
}

#[test]
fn every_answered_receipt_is_there_exactly_once_after_two_hundred_kills() {
    let folder = tempfile::tempdir().expect("folder");
    let (data, paper) = (folder.path().join("data"), folder.path().join("paper"));
    let mut chance = SmallRng::seed_from_u64(20_261_123);
    let (mut acknowledged, mut in_flight) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..KILLS {
        let mut rpc = started(&data, &paper);
        sell_until_killed(&mut rpc, chance.random_range(0..6), &mut acknowledged, &mut in_flight);
    }
    let rpc = started(&data, &paper);
    rpc.close().expect("closed");
    let store = Connection::open(data.join("till.db")).expect("store");
    let mut statement = store
        .prepare("SELECT r.serial, lower(hex(j.id)) FROM receipts r JOIN journal j ON j.seq = r.seq ORDER BY r.serial")
        .expect("query");
    let rows: Vec<(u64, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows").map(|row| row.expect("row")).collect();
    assert!(rows.iter().map(|(serial, _)| *serial).eq(1..=rows.len() as u64), "the numbers have a gap");
    let bare = |ids: &BTreeSet<String>| ids.iter().map(|id| id.replace('-', "")).collect::<BTreeSet<_>>();
    let kept: BTreeSet<String> = rows.iter().map(|(_, id)| id.clone()).collect();
    assert_eq!(kept.len(), rows.len(), "a receipt is there twice");
    assert!(bare(&acknowledged).is_subset(&kept), "an answered receipt is lost");
    let strangers: Vec<_> = kept.difference(&bare(&acknowledged)).filter(|id| !bare(&in_flight).contains(*id)).cloned().collect();
    assert!(strangers.is_empty(), "receipts that nobody sent: {strangers:?}");
    assert!(in_flight.len() <= KILLS, "more than one in flight at a time");
    every_receipt_came_out(&paper, rows.len());
    drop(statement);
    drop(store);
    let till = counterfoil_testkit::till::open(&data, false).expect("till");
    till.store().verify().expect("the chain holds");
    assert_eq!(till.store().rebuild().expect("rebuild"), [], "the projections aren't what the journal says");
}

#[test]
fn a_sale_sent_again_after_a_lost_answer_is_the_same_receipt() {
    let folder = tempfile::tempdir().expect("folder");
    let mut rpc = started(&folder.path().join("data"), &folder.path().join("paper"));
    let sale = cash_sale(&Machine.new_id(), "BJ12345673", "12.34");
    let first = rpc.call("sale.take", &sale).expect("taken");
    let again = rpc.call("sale.take", &sale).expect("answered again");
    assert_eq!((first["again"].clone(), again["again"].clone()), (json!(false), json!(true)));
    assert_eq!(first["receipt"], again["receipt"]);
    let mut other = sale;
    other["lines"][0]["amount"] = json!("99.99");
    other["tenders"][0]["tendered"] = json!("99.99");
    let alarm = rpc.call("sale.take", &other).expect_err("other content under the same id");
    assert_eq!((alarm["code"].clone(), alarm["outcome"].clone()), (json!("sale-id-with-other-content"), json!("not_done")));
    let status = rpc.call("till.status", &json!({})).expect("status");
    assert_eq!(status["unsent_receipts"], json!(1));
}
