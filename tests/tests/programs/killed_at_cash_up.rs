//! Killed around a void, a count and a close: what was answered is there once, what wasn't is there once or not at all, and sent
//! again it is answered as if nothing had been.

use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// Sessions from float to close, each with a kill around each of its three steps.
const SESSIONS: u64 = 12;

fn started(data: &Path) -> Rpc {
    let mut rpc = Rpc::start(data).expect("rpc");
    let start = rpc.call("start.show", &json!({})).expect("start");
    if start["till"].is_null() {
        let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } });
        rpc.call("start.set_up", &set_up).expect("set up");
    }
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc
}

/// Asks, is killed at some moment of the work or after it, and asks again: the answer is what one of the two was answered.
fn asked_through_a_kill(data: &Path, rpc: &mut Rpc, chance: &mut SmallRng, cmd: &str, request: &Value) -> Value {
    rpc.send(cmd, request).expect("sent");
    // How far it has come when the kill arrives is chance; nothing is decided by it.
    std::thread::park_timeout(Duration::from_micros(chance.random_range(0..6_000)));
    rpc.kill().expect("kill");
    let first = rpc.answer().ok().flatten();
    // The folder is free again once the killed program has really gone.
    while first.is_some() && matches!(rpc.answer(), Ok(Some(_))) {}
    *rpc = started(data);
    let again = rpc.call(cmd, request).unwrap_or_else(|error| panic!("{cmd} sent again: {error}"));
    if let Some(first) = first {
        let answered = first.get("ok").unwrap_or_else(|| panic!("{cmd}: {first}"));
        for key in ["receipt", "mops", "z"] {
            assert_eq!(answered.get(key), again.get(key), "{cmd} was answered twice, and differently");
        }
    }
    again
}

/// £20 and £15 in cash are taken, the £15 are voided, all of it is counted and closed.
fn a_session(data: &Path, rpc: &mut Rpc, chance: &mut SmallRng, number: u64) {
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "20")).expect("taken");
    let taken = rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "15")).expect("taken");
    let void = json!({
        "correction_id": Machine.new_id(), "number": taken["receipt"]["number"], "lines": [{ "line": 0 }],
        "reason": { "code": "keyed-wrong" },
    });
    let voided = asked_through_a_kill(data, rpc, chance, "receipt.void", &void);
    assert_eq!(voided["receipt"]["total"], -1_500);
    let count = json!({
        "count_id": Machine.new_id(), "cash": [{ "denomination": "20", "text": "6" }], "terminals": [{ "mop_code": "92", "text": "0" }],
    });
    let given = asked_through_a_kill(data, rpc, chance, "cash_up.give", &count);
    let cash = given["mops"].as_array().expect("MOPs").iter().find(|mop| mop["mop_code"] == "1").expect("cash");
    assert_eq!((&given["attempt"], &cash["difference"]), (&json!(1), &json!(0)), "counted once, and the void once");
    let closed = asked_through_a_kill(data, rpc, chance, "cash_up.close", &json!({ "session": number, "attempt": 1 }));
    assert_eq!((&closed["z"]["number"], &closed["z"]["session"]), (&json!(number), &json!(number)));
    assert_eq!(closed["z"]["totals"]["voids"], json!({ "count": 1, "amount": -1_500 }));
}

#[test]
fn voids_counts_and_closes_are_there_exactly_once_whenever_the_till_is_killed() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    let mut chance = SmallRng::seed_from_u64(20_261_125);
    let mut rpc = started(&data);
    for number in 1..=SESSIONS {
        a_session(&data, &mut rpc, &mut chance, number);
    }
    rpc.close().expect("closed");
    let till = counterfoil_testkit::till::open(&data, false).expect("till");
    till.store().verify().expect("the chain holds");
    assert_eq!(till.store().rebuild().expect("rebuild"), [], "the projections aren't what the journal says");
    let head = till.store().read(|reading| reading.closed_sessions(100)).expect("sessions").len() as u64;
    assert_eq!(head, SESSIONS);
}
