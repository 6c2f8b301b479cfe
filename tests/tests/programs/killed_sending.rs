//! Killed while it sends, over a line that is bad too: the ledger has every acknowledged payment once.

use counterfoil_testkit::faulty_way::FaultyWay;
use counterfoil_testkit::till::cash_sale;
use counterfoil_tests::rpc::Rpc;
use counterfoil_tests::sending::{SendingTill, hub};
use counterfoil_till::surroundings::{Machine, Surroundings};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;

/// How often it is killed.
const KILLS: u64 = 40;

#[test]
fn a_till_killed_while_it_sends_loses_and_doubles_nothing_at_the_ledger() {
    let seed = 7;
    println!("seed {seed}");
    let mut chance = SmallRng::seed_from_u64(seed);
    let (hub, _folder, code) = hub();
    let way = FaultyWay::to(&[hub.address()], seed, 200).expect("a way");
    let (data, kept) = SendingTill::enrolled(&way.url(), &code).closed();
    let mut acknowledged = 0;
    for _ in 0..KILLS {
        let mut rpc = Rpc::start(&data).expect("rpc");
        rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
        for _ in 0..chance.random_range(1..6) {
            rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "0.34")).expect("taken");
            acknowledged += 1;
        }
        // A few questions more, so that the kill meets the sending at different places.
        for _ in 0..chance.random_range(0..30) {
            rpc.call("till.status", &json!({})).expect("status");
        }
        rpc.kill().expect("killed");
    }
    way.set_share(0);
    let till = SendingTill::reopened((data, kept));
    till.all_sent();
    assert_eq!(till.agrees(), acknowledged);
    assert_eq!(till.call("ledger.show", json!({}))["alarm"], json!(null));
}
