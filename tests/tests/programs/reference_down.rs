//! A council pack and account holders come down from the hub: checked, whole, and used between customers.

use counterfoil_ledger::reference::{put_extract, put_pack, read_pack};
use counterfoil_pack::PackFiles;
use counterfoil_synthetic::{Settings, write_extract};
use counterfoil_testkit::faulty_way::FaultyWay;
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_tests::sending::{SendingTill, hub};
use counterfoil_till::surroundings::{Machine, Surroundings};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// How often a till is killed.
const KILLS: usize = 10;

/// The demonstration pack with another version, and one thing of it changed.
fn pack_with(folder: &Path, from: &str, to: &str, file: &str) -> PathBuf {
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

/// Two versions of an extract: of the second every ninth row is gone, every seventh has another name, and some are new.
fn two_versions(folder: &Path) -> [PathBuf; 2] {
    let council = counterfoil_pack::check(&PackFiles::read_dir(&demonstration_pack()).expect("files")).expect("a pack");
    let as_at = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    let mut bytes = Vec::new();
    write_extract(&council, &Settings { rows: 3_000, seed: 1, bad_per_million: 2_000, as_at }, &mut bytes).expect("an extract");
    let first = String::from_utf8(bytes).expect("text");
    let mut lines = first.lines();
    let header = lines.next().expect("a header");
    let [reference, surname] = ["AccountReference", "Surname"].map(|name| header.split(',').position(|one| one == name).expect("a column"));
    let mut second = format!("{header}\n");
    for (place, line) in lines.enumerate() {
        let with = |column: usize, text: &str| {
            let mut fields: Vec<&str> = line.split(',').collect();
            fields[column] = text;
            fields.join(",")
        };
        let plain = !line.contains('"');
        match place {
            place if place % 9 == 0 => {}
            place if place % 7 == 0 && plain => second += &format!("{}\n", with(surname, "Renamed")),
            place if place % 100 == 1 && plain => second += &format!("{line}\n{}\n", with(reference, &format!("NEW{place}"))),
            _ => second += &format!("{line}\n"),
        }
    }
    let files = ["first.csv", "second.csv"].map(|name| folder.join(name));
    std::fs::write(&files[0], &first).expect("written");
    std::fs::write(&files[1], second).expect("written");
    files
}

fn put_accounts(hub: &Hub, csv: &Path) {
    hub.as_administrator(async |ledger| put_extract(ledger, csv).await).expect("put");
}

/// Changes the hub's database behind its back.
fn meddle(hub: &Hub, sql: &str) {
    hub.as_administrator(async |ledger| Ok(ledger.database().await?.batch_execute(sql).await?)).expect("meddled");
}

/// Every account that a till has, from the one file that is left of its extracts.
fn accounts(data: &Path) -> Vec<Vec<String>> {
    let files: Vec<PathBuf> = std::fs::read_dir(data.join("accounts")).expect("accounts").map(|item| item.expect("item").path()).collect();
    let [file] = files.as_slice() else { panic!("one is left: {files:?}") };
    let store = Connection::open(file).expect("open");
    let sql = "SELECT fund_code, reference, title, forename, surname, address, postcode, CAST(balance_pence AS TEXT), as_at,
        CAST(coalesce(message_id, 0) AS TEXT) FROM accounts ORDER BY 1, 2";
    let mut statement = store.prepare(sql).expect("query");
    let rows = statement.query_map([], |row| (0..10).map(|place| row.get(place)).collect()).expect("rows");
    rows.map(|row| row.expect("row")).collect()
}

/// What a till has that takes this file in by itself.
fn taken_in(csv: &Path) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().expect("folder");
    let till = counterfoil_testkit::till::open(folder.path(), false).expect("till");
    counterfoil_testkit::till::set_up(&till, &json!({ "kind": "none" })).expect("set up");
    let taken = till.import_accounts(csv, &mut |_| {}).expect("imported");
    assert!(taken.taken > 2_000 && taken.refused > 0, "{taken:?}");
    drop(till);
    accounts(folder.path())
}

fn version(till: &SendingTill) -> Option<u64> {
    till.till.store().read(|reading| reading.extract()).expect("read").and_then(|extract| extract.ledger_version)
}

const SNAPSHOT: &str = "(SELECT id FROM extract_streams WHERE version = 2 AND since IS NULL)";
const CHANGES: &str = "(SELECT id FROM extract_streams WHERE version = 2 AND since = 1)";

#[test]
fn only_what_changed_comes_down_to_a_till_that_has_the_version_before_and_makes_what_the_whole_makes() {
    let (hub, folder, code) = hub();
    let [first, second] = two_versions(folder.path());
    let way = FaultyWay::to(&[hub.address()], 1, 0).expect("a way");
    let till = SendingTill::enrolled(&way.url(), &code);
    put_accounts(&hub, &first);
    till.ledger(|_| version(&till) == Some(1));
    till.call("sale.begin", json!({}));
    // The whole can't be had: what arrives has come as changes.
    put_spoilt(&hub, &way, &second, &format!("DELETE FROM extract_chunks WHERE stream = {SNAPSHOT}"));
    for _ in 0..5 {
        till.call("ledger.ask", json!({}));
        till.all_sent();
    }
    assert_eq!(version(&till), Some(1), "a sale under way keeps the account holders that it began with");
    till.call("sale.take", cash_sale(&Machine.new_id(), "BJ12345673", "0.34"));
    till.ledger(|_| version(&till) == Some(2));
    let found = till.call("account.find", json!({ "text": "renamed" }));
    assert!(found["hits"].as_array().is_some_and(|hits| !hits.is_empty()), "{found}");
    let (data, kept) = till.closed();
    assert!(accounts(&data) == taken_in(&second), "the changes made something else than the whole");
    drop(kept);
}

#[test]
fn changes_that_are_not_what_was_offered_or_do_not_fit_are_left_and_the_whole_comes_down() {
    for spoilt in [
        // Other bytes than the hash says; a count that isn't the result's; changes that are gone.
        format!("UPDATE extract_streams SET sha256 = sha256(sha256) WHERE id = {CHANGES}"),
        "UPDATE extracts SET rows = rows + 1 WHERE version = 2".to_owned(),
        format!("DELETE FROM extract_chunks WHERE stream = {CHANGES}"),
    ] {
        let (hub, folder, code) = hub();
        let [first, second] = two_versions(folder.path());
        let way = FaultyWay::to(&[hub.address()], 1, 0).expect("a way");
        let till = SendingTill::enrolled(&way.url(), &code);
        put_accounts(&hub, &first);
        till.ledger(|_| version(&till) == Some(1));
        put_spoilt(&hub, &way, &second, &spoilt);
        till.ledger(|_| version(&till) == Some(2));
        let (data, kept) = till.closed();
        assert!(accounts(&data) == taken_in(&second), "{spoilt}");
        drop(kept);
    }
}

/// Puts an extract, spoilt before the till hears of it.
fn put_spoilt(hub: &Hub, way: &FaultyWay, csv: &Path, spoilt: &str) {
    way.set_down(true);
    put_accounts(hub, csv);
    meddle(hub, spoilt);
    way.set_down(false);
}

#[test]
fn a_till_killed_while_changes_come_down_has_the_one_before_or_the_next_and_in_the_end_the_next() {
    let seed = 11;
    println!("seed {seed}");
    let mut chance = SmallRng::seed_from_u64(seed);
    let (hub, folder, code) = hub();
    let files = two_versions(folder.path());
    let till = SendingTill::enrolled(hub.url(), &code);
    put_accounts(&hub, &files[0]);
    till.ledger(|_| version(&till) == Some(1));
    let (data, kept) = till.closed();
    let whole = files.each_ref().map(|file| taken_in(file));
    let mut seen = 1;
    for round in 0..KILLS {
        // To and fro, so that there is always something to come down.
        put_accounts(&hub, &files[(round + 1) % 2]);
        let mut rpc = Rpc::start(&data).expect("rpc");
        rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
        for _ in 0..chance.random_range(0..60) {
            rpc.call("ledger.ask", &json!({})).expect("asked");
            rpc.call("till.status", &json!({})).expect("status");
        }
        rpc.kill().expect("killed");
        drop(rpc);
        let till = SendingTill::open(&data, None);
        let now = version(&till).expect("an extract");
        assert!(now >= seen && now <= round as u64 + 2, "{now} after {seen}");
        seen = now;
        let found = till.till.store().read(|reading| reading.extract()).expect("read").expect("an extract");
        drop(till);
        assert_eq!(found.taken, whole[(now as usize + 1) % 2].len() as u64);
    }
    let till = SendingTill::reopened((data, kept));
    till.ledger(|_| version(&till) == Some(KILLS as u64 + 1));
    let (data, kept) = till.closed();
    assert!(accounts(&data) == whole[KILLS % 2], "what is there in the end isn't the newest");
    drop(kept);
}
