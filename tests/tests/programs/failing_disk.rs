//! A disk that fails while a payment is written: nobody is told that nothing was taken, and asked again it is taken once.

use counterfoil_testkit::till::cash_sale;
use counterfoil_tests::journey::demonstration;
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::{Value, json};
use std::process::Command;

/// `rpc`, for which a write beyond the first megabyte of any file fails: to SQLite that is a disk that fails.
fn on_a_failing_disk() -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\""]).arg(Rpc::program());
    command
}

fn sale(sale_id: &str) -> Value {
    cash_sale(sale_id, "BJ12345673", "12.34")
}

fn sign_in(rpc: &mut Rpc) {
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
}

#[test]
fn a_payment_that_the_disk_failed_to_write_is_in_doubt_and_asked_again_it_is_taken_once() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    demonstration(&data).expect("a till");
    let mut rpc = Rpc::start_as(on_a_failing_disk(), &data).expect("rpc");
    sign_in(&mut rpc);
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    let failed = (0..2_000).find_map(|_| {
        let sale_id = Machine.new_id();
        rpc.call("sale.take", &sale(&sale_id)).err().map(|error| (sale_id, error))
    });
    let (sale_id, error) = failed.expect("the disk never failed");
    assert_eq!((&error["code"], &error["outcome"]), (&json!("store-in-doubt"), &json!("in_doubt")), "{error}");
    rpc.kill().expect("killed");
    drop(rpc);
    let mut rpc = Rpc::start(&data).expect("rpc");
    sign_in(&mut rpc);
    let first = rpc.call("sale.take", &sale(&sale_id)).expect("the disk is well");
    let second = rpc.call("sale.take", &sale(&sale_id)).expect("the disk is well");
    assert_eq!((&second["again"], &second["receipt"]["number"]), (&json!(true), &first["receipt"]["number"]));
    rpc.close().expect("closed");
}
