//! A data folder that can't be written: refused in words, and nothing in it is touched.

use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::{Value, json};
use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

fn allow(path: &Path, mode: u32) {
    set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
}

/// Starts `rpc` as somebody for whom permissions count: nobody, where the tests are run by root.
fn start_without_rights(folder: &Path, data: &Path) -> Rpc {
    let who = Command::new("id").arg("-u").output().expect("id");
    if who.stdout.trim_ascii() != b"0" {
        return Rpc::start(data).expect("rpc");
    }
    // The checkout may lie where nobody may look.
    let program = folder.join("rpc");
    if !program.exists() {
        std::fs::copy(Rpc::program(), &program).expect("rpc");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(program);
    Rpc::start_as(command, data).expect("rpc")
}

/// Whatever is asked is refused alike.
fn refused(mut rpc: Rpc, data: &Path) {
    let sale = cash_sale(&Machine.new_id(), "BJ12345673", "1.00");
    for (command, payload) in [("start.show", json!({})), ("start.try_demonstration", json!({})), ("sale.take", sale)] {
        let error = rpc.call(command, &payload).expect_err(command);
        assert_eq!((&error["code"], &error["outcome"]), (&json!("store-read-only"), &json!("not_done")), "{error}");
        assert_eq!(error["args"]["file"], json!(data.join("till.db")), "{error}");
    }
    rpc.close().expect("closed");
}

fn take(rpc: &mut Rpc) -> Value {
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "1.00")).expect("taken")["receipt"]["number"].clone()
}

#[test]
fn a_till_whose_folder_or_file_has_become_read_only_refuses_in_words_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    allow(folder.path(), 0o755);
    let data = folder.path().join("data");
    let file = data.join("till.db");
    let mut rpc = Rpc::start(&data).expect("rpc");
    let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": { "kind": "screen" } });
    rpc.call("start.set_up", &set_up).expect("set up");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    assert_eq!(take(&mut rpc), "CH07-0000001");
    rpc.close().expect("closed");
    let before = std::fs::read(&file).expect("read");

    allow(&file, 0o444);
    allow(&data.join("till.lock"), 0o444);
    allow(&data, 0o555);
    refused(start_without_rights(folder.path(), &data), &data);

    allow(&data, 0o777);
    allow(&data.join("till.lock"), 0o666);
    refused(start_without_rights(folder.path(), &data), &data);
    assert_eq!(std::fs::read(&file).expect("read"), before, "the file was changed");

    allow(&file, 0o644);
    let mut rpc = Rpc::start(&data).expect("rpc");
    assert_eq!(take(&mut rpc), "CH07-0000002");
    assert_eq!(rpc.call("till.status", &json!({})).expect("status")["unsent_receipts"], 2);
    rpc.close().expect("closed");
}

#[test]
fn a_folder_that_cannot_be_made_is_refused_even_for_root() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("file"), "a file, and no folder").expect("written");
    for data in [folder.path().join("file"), folder.path().join("file/data"), "/proc/counterfoil".into(), "/sys/counterfoil".into()] {
        refused(Rpc::start(&data).expect("rpc"), &data);
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("file")).expect("read"), "a file, and no folder");
}

#[test]
fn data_of_an_earlier_version_in_a_folder_without_rights_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("folder");
    allow(folder.path(), 0o755);
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("folder");
    let file = data.join("till.db");
    let dump = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/store/tests/released/0001.sql");
    let earlier = rusqlite::Connection::open(&file).expect("open");
    earlier.execute_batch(&std::fs::read_to_string(dump).expect("the dump")).expect("a store");
    earlier.close().expect("closed");
    let before = std::fs::read(&file).expect("read");
    allow(&data, 0o555);
    refused(start_without_rights(folder.path(), &data), &data);
    assert_eq!(std::fs::read(&file).expect("read"), before, "the file was changed");
    allow(&data, 0o755);
    Rpc::start(&data).expect("rpc").call("start.show", &json!({})).expect("with rights it is upgraded");
    assert!(data.join("till.before-upgrade-from-1.db").exists());
}
