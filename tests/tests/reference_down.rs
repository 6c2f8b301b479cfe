//! A council pack and account holders come down from the hub: checked, whole, and used between customers.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

use counterfoil_ledger::reference::{put_extract, put_pack, read_pack};
use counterfoil_pack::PackFiles;
use counterfoil_synthetic::{Settings, write_extract};
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::sending::{SendingTill, hub};
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::{Value, json};
use std::path::Path;

/// The demonstration pack with another version, and one thing of it changed.
fn pack_with(folder: &Path, from: &str, to: &str, file: &str) -> std::path::PathBuf {
    let pack = folder.join("pack");
    std::fs::create_dir_all(&pack).expect("folder");
    for entry in std::fs::read_dir(demonstration_pack()).expect("pack").flatten().filter(|entry| entry.path().is_file()) {
        std::fs::copy(entry.path(), pack.join(entry.file_name())).expect("copied");
    }
    let changed = pack.join(file);
    let text = std::fs::read_to_string(&changed).expect("read");
    assert!(text.contains(from), "{from}");
    std::fs::write(changed, text.replace(from, to)).expect("written");
    pack
}

fn put(hub: &Hub, pack: &Path) {
    let files = read_pack(pack).expect("a pack");
    hub.as_administrator(async |ledger| put_pack(ledger, &files).await).expect("put");
}

/// Waits until the council's name is as wanted.
fn council(till: &SendingTill, wanted: &str) -> Value {
    till.ledger(|_| name_of(till) == wanted)
}

fn name_of(till: &SendingTill) -> String {
    till.call("start.show", json!({}))["council"]["name"]["en-GB"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_pack_that_comes_down_is_used_once_the_customer_has_gone() {
    let (hub, folder, code) = hub();
    let till = SendingTill::enrolled(hub.url(), &code);
    till.all_sent();
    let before = name_of(&till);
    till.call("sale.begin", json!({}));
    put(&hub, &pack_with(folder.path(), &before, "Another Council", "council.toml"));
    // Something to send, so that the hub is asked again and says that a pack waits; the customer is still there.
    for _ in 0..5 {
        till.call("ledger.ask", json!({}));
        till.all_sent();
    }
    assert_eq!(name_of(&till), before, "a sale under way keeps what it began with");
    till.call("sale.take", cash_sale(&Machine.new_id(), "BJ12345673", "0.34"));
    council(&till, "Another Council");
    till.all_sent();
    till.agrees();
}

#[test]
fn account_holders_come_down_whole_and_carry_the_ledger_s_version() {
    let (hub, folder, code) = hub();
    let till = SendingTill::enrolled(hub.url(), &code);
    till.all_sent();
    let csv = folder.path().join("accounts.csv");
    let council = counterfoil_pack::check(&PackFiles::read_dir(&demonstration_pack()).expect("files")).expect("a pack");
    let as_at = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    let settings = Settings { rows: 2_000, seed: 1, bad_per_million: 0, as_at };
    write_extract(&council, &settings, &mut std::fs::File::create(&csv).expect("a file")).expect("an extract");
    hub.as_administrator(async |ledger| put_extract(ledger, &csv).await).expect("put");
    till.ledger(|_| till.call("till.status", json!({}))["account_holders"] == 2_000);
    till.sell(1);
    till.all_sent();
}
