//! Killed again and again while it pays into a LocalGov IMS that answers slowly or not at all: none lost, none twice.

#![allow(clippy::disallowed_methods, reason = "the end of patience with another process is a matter of real time")]

use counterfoil_simulators::ims::{Behaviour, Call, Fault, StandInIms, Tables};
use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often it is killed.
const KILLS: usize = 12;
/// How long the rest may take to arrive. Nothing is timed by it.
const PATIENCE: Duration = Duration::from_secs(120);

fn set_up(data: &Path, ims: &StandInIms) {
    let mut rpc = Rpc::start(data).expect("rpc");
    let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } });
    rpc.call("start.set_up", &set_up).expect("set up");
    rpc.close().expect("closed");
    let file = data.join("settings.json");
    let mut settings: Value = serde_json::from_slice(&std::fs::read(&file).expect("settings")).expect("JSON");
    settings["ledger"] = json!({ "kind": "localgov-ims", "url": ims.base_url(), "pace": { "settle_ms": 400 } });
    std::fs::write(&file, settings.to_string()).expect("written");
}

fn started(data: &Path) -> Rpc {
    let mut rpc = Rpc::start(data).expect("rpc");
    let start = rpc.call("start.show", &json!({})).expect("start");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    if start["session"].is_null() {
        rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    }
    rpc
}

fn take(rpc: &mut Rpc) {
    rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "0.34")).expect("taken");
}

/// Until the IMS has been asked to store so many, whatever came of it; the till is then in the middle of one or between two.
fn posts_reach(ims: &StandInIms, rpc: &mut Rpc, posts: u64) {
    let since = Instant::now();
    while ims.counters().posts < posts {
        assert!(since.elapsed() < PATIENCE, "nothing is posted");
        rpc.call("ledger.ask", &json!({})).expect("asked");
    }
}

fn everything_has_arrived(rpc: &mut Rpc) {
    let since = Instant::now();
    loop {
        let shown = rpc.call("ledger.show", &json!({})).expect("shown");
        assert_eq!(shown["quarantined"], json!([]), "nothing is put aside");
        if shown["unsent_receipts"] == json!(0) {
            return;
        }
        assert!(since.elapsed() < PATIENCE, "it never arrives: {shown}");
        std::thread::yield_now();
    }
}

#[test]
fn a_till_killed_in_the_middle_of_a_delivery_loses_nothing_and_sends_nothing_twice() {
    let ims = StandInIms::start(Tables::demonstration(), Behaviour::default()).expect("a stand-in");
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    set_up(&data, &ims);
    let mut chance = SmallRng::seed_from_u64(20_261_125);
    let mut taken = 0;
    for _ in 0..KILLS {
        let mut rpc = started(&data);
        let posts = ims.counters().posts;
        for _ in 0..3 {
            ims.tell(Call::Post, if chance.random_range(0..3) == 0 { Fault::DropReply } else { Fault::AnswerSlowly { after_ms: 40 } });
            take(&mut rpc);
            taken += 1;
        }
        posts_reach(&ims, &mut rpc, posts + chance.random_range(1..4));
        rpc.kill().expect("kill");
    }
    let mut rpc = started(&data);
    everything_has_arrived(&mut rpc);
    rpc.close().expect("closed");
    let mut rows: Vec<String> = ims.rows().into_iter().filter_map(|row| row.psp_reference).collect();
    rows.sort();
    let wanted: Vec<String> = (1..=taken).map(|serial| format!("CH07-{serial:07}")).collect();
    assert_eq!(rows, wanted);
}
