//! The disk of the mirror is full: the counter goes on, it is told, and the mirror catches up once there is space.

#![allow(clippy::disallowed_methods, reason = "the end of patience with another process is a matter of real time")]

use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_tests::small_disk::SmallDisk;
use counterfoil_till::surroundings::{Machine, Surroundings};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long the worker may take to tell of something. Nothing is timed by it.
const PATIENCE: Duration = Duration::from_secs(120);

fn sell(rpc: &mut Rpc) {
    rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "0.34")).expect("taken");
}

/// Sells until the status line tells these troubles of the mirror.
fn sells_until(rpc: &mut Rpc, wanted: &[&str]) {
    let since = Instant::now();
    loop {
        sell(rpc);
        let status = rpc.call("till.status", &json!({})).expect("status");
        let told: Vec<&str> = status["troubles"].as_array().expect("troubles").iter().filter_map(Value::as_str).collect();
        if told == wanted {
            return;
        }
        assert!(since.elapsed() < PATIENCE, "{told:?} instead of {wanted:?}");
    }
}

/// The bodies of a till's journal, in order.
fn journal(data: &Path) -> Vec<Vec<u8>> {
    let store = Connection::open(data.join("till.db")).expect("store");
    let mut statement = store.prepare("SELECT body FROM journal ORDER BY seq").expect("query");
    statement.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("row")).collect()
}

/// The bodies in the only till's mirror.
fn mirrored(root: &Path) -> Vec<Vec<u8>> {
    let till = std::fs::read_dir(root).expect("mirror").next().expect("a till").expect("item").path();
    let mut files: Vec<_> = std::fs::read_dir(till).expect("till").map(|item| item.expect("item").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "lines"));
    files.sort();
    let lines = files.iter().flat_map(|path| std::fs::read_to_string(path).expect("file").lines().map(str::to_owned).collect::<Vec<_>>());
    lines.map(|line| line.splitn(3, ' ').nth(2).expect("a body").as_bytes().to_vec()).collect()
}

#[test]
fn a_mirror_without_room_is_told_holds_up_no_payment_and_catches_up_once_there_is_space() {
    let folder = tempfile::tempdir().expect("folder");
    let disk = SmallDisk::mounted(&folder.path().join("disk"));
    let (data, mirror) = (folder.path().join("data"), disk.path("mirror"));
    std::fs::create_dir(&mirror).expect("mirror");
    std::fs::create_dir(&data).expect("data");
    std::fs::write(data.join("settings.json"), json!({ "mirror_folder": mirror }).to_string()).expect("settings");
    let mut rpc = Rpc::start(&data).expect("rpc");
    let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } });
    rpc.call("start.set_up", &set_up).expect("set up");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    sells_until(&mut rpc, &[]);
    disk.fill(0);
    sells_until(&mut rpc, &["mirror-full"]);
    disk.give_space();
    sells_until(&mut rpc, &[]);
    rpc.close().expect("closed");
    assert!(mirrored(&mirror) == journal(&data), "the mirror isn't the journal");
}
