//! A till whose data is damaged: what the window's program and the command line say, and how the till comes back to work.

use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::program;
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Sets a till up and takes three payments. Answers the last sale's id.
fn three_payments(data: &Path) -> String {
    let mut rpc = Rpc::start(data).expect("rpc");
    let printer = json!({ "kind": "none" });
    let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": printer });
    rpc.call("start.set_up", &set_up).expect("set up");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    let mut last = String::new();
    for pounds in ["1.00", "2.00", "3.00"] {
        last = Machine.new_id();
        rpc.call("sale.take", &cash_sale(&last, "BJ12345673", pounds)).expect("taken");
    }
    rpc.close().expect("closed");
    last
}

/// Changes a byte of an entry, wherever the file has it.
fn spoil(file: &Path, sale_id: &str) {
    let mut bytes = std::fs::read(file).expect("read");
    let id = format!("\"id\":\"{sale_id}\"");
    let found = |(place, window): (usize, &[u8])| (window == id.as_bytes()).then_some(place);
    let places: Vec<usize> = bytes.windows(id.len()).enumerate().filter_map(found).collect();
    assert!(!places.is_empty(), "the entry isn't in the file");
    places.into_iter().for_each(|place| bytes[place + 10] ^= 1);
    std::fs::write(file, bytes).expect("written");
}

fn counterfoil(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil"));
    command.env("COUNTERFOIL_SECRET", "9090").arg("--data").arg(data).args(arguments).output().expect("counterfoil")
}

/// The command fails with exit code 1 and says the words.
fn refused(data: &Path, arguments: &[&str], words: &[&str]) {
    let output = counterfoil(data, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
    for word in words {
        assert!(said.contains(word), "{arguments:?} doesn't say {word}: {said}");
    }
}

/// The command succeeds; what it writes.
fn done(data: &Path, arguments: &[&str]) -> String {
    let output = counterfoil(data, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn set_aside(data: &Path) -> PathBuf {
    let said = done(data, &["store", "set-aside"]);
    let names = std::fs::read_dir(data).expect("folder").map(|entry| entry.expect("entry").path());
    let aside = names.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "db") && !path.ends_with("till.db"));
    let aside = aside.expect("a file that was set aside");
    assert!(said.contains(&aside.display().to_string()) && said.contains("under a new name"), "{said}");
    aside
}

#[test]
fn a_damaged_till_is_explained_read_set_aside_and_set_up_anew() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path();
    let till_db = data.join("till.db");
    let last = three_payments(data);
    refused(data, &["store", "set-aside"], &["store-sound"]);
    assert!(done(data, &["journal", "verify"]).contains("the chain holds"));

    spoil(&till_db, &last);
    let damaged = std::fs::read(&till_db).expect("read");
    let mut rpc = Rpc::start(data).expect("rpc");
    let error = rpc.call("start.show", &json!({})).expect_err("the till doesn't start");
    assert_eq!((&error["code"], &error["outcome"]), (&json!("journal-chain-broken"), &json!("not_done")));
    assert_eq!(error["args"]["file"], json!(till_db), "the window can say where the file is");
    rpc.close().expect("closed");
    let place = till_db.display().to_string();
    let advice = [place.as_str(), "left exactly as it is", "counterfoil store set-aside"];
    refused(data, &["receipt", "show", "CH07-0000001"], &advice);
    refused(data, &["journal", "verify"], &advice);
    assert_eq!(std::fs::read(&till_db).expect("read"), damaged, "the damaged file was changed");

    let aside = set_aside(data);
    let file = aside.to_str().expect("a path");
    refused(data, &["journal", "verify"], &["file-not-found"]);
    refused(data, &["journal", "verify", "--file", file], &[file]);
    let receipt = done(data, &["receipt", "show", "CH07-0000002", "--file", file]);
    assert!(receipt.contains("COPY") && receipt.contains("2.00"), "{receipt}");
    let export = ["postings", "export", "--from", "2020-01-01", "--to", "2099-12-31", "--file", file, "--user"];
    let postings = done(data, &[&export[..], &["90"]].concat());
    assert_eq!(postings.lines().count(), 1 + 3, "{postings}");
    refused(data, &[&export[..], &["12"]].concat(), &["sign-in-failed"]);
    assert_eq!(std::fs::read(&aside).expect("read"), damaged, "reading changed the file");

    let mut rpc = Rpc::start(data).expect("rpc");
    assert_eq!(rpc.call("start.show", &json!({})).expect("a fresh till")["till"], Value::Null);
    rpc.close().expect("closed");
    assert_eq!(std::fs::read(&aside).expect("read"), damaged);
}

#[test]
fn a_till_whose_file_is_cut_short_or_garbage_keeps_its_file_and_comes_back_to_work() {
    let folder = tempfile::tempdir().expect("folder");
    for what in ["cut", "garbage"] {
        let data = folder.path().join(what);
        three_payments(&data);
        let till_db = data.join("till.db");
        let mut bytes = std::fs::read(&till_db).expect("read");
        match what {
            "cut" => bytes.truncate(bytes.len() / 2),
            _ => bytes.fill(0x55),
        }
        std::fs::write(&till_db, &bytes).expect("damaged");
        refused(&data, &["accounts", "import", "none.csv"], &["store-damaged", &till_db.display().to_string()]);
        refused(&data, &["journal", "verify"], &[&till_db.display().to_string()]);
        assert_eq!(std::fs::read(&till_db).expect("read"), bytes, "{what}: the damaged file was changed");
        let aside = set_aside(&data);
        assert_eq!(std::fs::read(aside).expect("read"), bytes, "{what}");
        three_payments(&data);
    }
}
