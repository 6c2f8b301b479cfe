//! `counterfoil journal restore` as IT types it: what it says, its exit codes, and that the restored folder is a till's.

use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::program;
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A till that took three payments and was mirrored.
fn three_payments(data: &Path, mirror: &Path) {
    fs::create_dir(mirror).expect("mirror");
    fs::create_dir(data).expect("data");
    fs::write(data.join("settings.json"), json!({ "mirror_folder": mirror }).to_string()).expect("settings");
    let mut rpc = Rpc::start(data).expect("rpc");
    let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } });
    rpc.call("start.set_up", &set_up).expect("set up");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    for pounds in ["1.00", "2.00", "3.00"] {
        rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", pounds)).expect("taken");
    }
    rpc.close().expect("closed");
}

fn counterfoil(data: &Path, arguments: &[&str]) -> Output {
    Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil")).arg("--data").arg(data).args(arguments).output().expect("counterfoil")
}

#[test]
fn a_till_is_restored_once_and_says_what_is_to_be_done_next() {
    let folder = tempfile::tempdir().expect("folder");
    let [data, mirror, fresh] = ["data", "mirror", "fresh"].map(|name| folder.path().join(name));
    three_payments(&data, &mirror);
    let mirror = mirror.to_str().expect("a path");
    let restore = ["journal", "restore", "--mirror", mirror, "--last-receipt", "CH07-0000004"];
    let output = counterfoil(&fresh, &restore);
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}{wrong}");
    for words in [
        "entries restored",
        "Till 07 at office CH.",
        "numbers CH07-0000004 to CH07-0000004 are left out",
        "The next receipt is CH07-0000005.",
        "Session 1 of 12 is open.",
    ] {
        assert!(said.contains(words), "it doesn't say {words}: {said}");
    }
    let verified = counterfoil(&fresh, &["journal", "verify"]);
    assert!(String::from_utf8_lossy(&verified.stdout).contains("the chain holds"));
    let again = counterfoil(&fresh, &restore);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("(restore-not-fresh)"));
}

#[test]
fn what_can_t_be_restored_from_has_its_exit_code() {
    let folder = tempfile::tempdir().expect("folder");
    let fresh = folder.path().join("fresh");
    assert_eq!(counterfoil(&fresh, &["journal", "restore"]).status.code(), Some(1));
    assert_eq!(counterfoil(&fresh, &["journal", "restore", "--url", "http://127.0.0.1:9"]).status.code(), Some(2));
    let unreachable = counterfoil(&fresh, &["journal", "restore", "--url", "http://127.0.0.1:9", "--code", "AAAA"]);
    assert_eq!(unreachable.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unreachable.stderr).contains("(ledger-unreachable)"));
    assert!(!fresh.join("till.db").exists());
}
