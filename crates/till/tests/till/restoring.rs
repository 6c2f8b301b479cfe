//! A lost till restored from its mirror alone: the same journal, the same open session, and no receipt number twice. What fails
//! leaves the folder without a store.

use crate::common;
use crate::common::Counter;
use counterfoil_store::{Outgoing, Store};
use counterfoil_till::secrets::SecretsFile;
use counterfoil_till::surroundings::Machine;
use counterfoil_till::{RestoreFrom, Restored, TillError, restore};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A counter that took some payments and died in its session; its mirror is in `mirror`.
fn lost() -> Counter {
    let mut counter = Counter::open();
    let (data, mirror) = (counter.folder.path().join("data"), counter.folder.path().join("mirror"));
    fs::create_dir(&mirror).expect("mirror");
    let settings: Value = serde_json::from_slice(&fs::read(data.join("settings.json")).expect("settings")).expect("JSON");
    let settings = json!({ "printer": settings["printer"], "mirror_folder": mirror });
    fs::write(data.join("settings.json"), settings.to_string()).expect("settings");
    counter.sends = true;
    counter.restart();
    counter.sign_in("12", "1212");
    for pounds in ["1.00", "22.00", "333.00"] {
        counter.call("sale.take", counter.cash_sale("11", "BJ12345673", pounds));
    }
    let parked = counter.cash_sale("11", "BJ12345673", "4.00");
    counter.call("sale.park", json!({ "sale_id": parked["sale_id"], "label": "red coat", "lines": parked["lines"] }));
    counter.till = None;
    counter
}

/// Restores into `fresh`, beside the lost till's folder.
fn restored(counter: &Counter, from: &RestoreFrom) -> Result<Restored, TillError> {
    let fresh = fresh(counter);
    restore(&fresh, from, Box::new(Machine), Box::new(SecretsFile::of(&fresh)), &mut |_| {})
}

fn fresh(counter: &Counter) -> PathBuf {
    counter.folder.path().join("fresh")
}

fn from_mirror(counter: &Counter, last_receipt: Option<&str>) -> RestoreFrom {
    let mirror = Some(counter.folder.path().join("mirror"));
    RestoreFrom { mirror, ledger: None, last_receipt: last_receipt.map(str::to_owned) }
}

fn refused(counter: &Counter, from: &RestoreFrom) -> TillError {
    let error = restored(counter, from).expect_err("refused");
    let left: Vec<_> = fs::read_dir(fresh(counter)).expect("folder").map(|item| item.expect("item").file_name()).collect();
    assert_eq!(left, ["till.lock"], "something was left behind");
    error
}

fn entries(data: &Path) -> Vec<Outgoing> {
    let store = Store::read_only(&data.join("till.db")).expect("store");
    store.read(|reading| reading.outgoing(0, usize::MAX >> 1, usize::MAX)).expect("entries")
}

/// The only file of lines in the mirror.
fn lines(counter: &Counter) -> PathBuf {
    let till = fs::read_dir(counter.folder.path().join("mirror")).expect("mirror").next().expect("a till").expect("item").path();
    till.join("journal-000000001.lines")
}

/// The counter on the restored folder.
fn replaced(mut counter: Counter) -> Counter {
    let data = counter.folder.path().join("data");
    fs::rename(&data, counter.folder.path().join("lost")).expect("lost");
    fs::rename(fresh(&counter), &data).expect("replaced");
    counter.sends = false;
    counter.restart();
    counter.sign_in("12", "1212");
    counter
}

#[test]
fn a_till_restored_from_its_mirror_has_the_same_journal_and_goes_on_in_the_open_session() {
    let counter = lost();
    let lost_entries = entries(&counter.folder.path().join("data"));
    let report = restored(&counter, &from_mirror(&counter, Some("CH07-0000005"))).expect("restored");
    assert_eq!((report.entries, report.only_mirror, report.only_ledger), (lost_entries.len() as u64, lost_entries.len() as u64, 0));
    assert_eq!((report.next_number.as_str(), report.pack_missing, report.enrolled), ("CH07-0000006", false, false));
    assert_eq!(report.left_out, Some(("CH07-0000004".into(), "CH07-0000005".into())));
    assert_eq!(report.open_session, Some((1, "12".into())));
    let brought = entries(&fresh(&counter));
    assert_eq!(brought[..lost_entries.len()], lost_entries);
    assert_eq!(brought.len(), lost_entries.len() + 1, "and one entry says that it was restored");
    let counter = replaced(counter);
    let start = counter.call("start.show", json!({}));
    assert_eq!((start["till"]["till_code"].clone(), start["session"]["number"].clone()), (json!("07"), json!(1)));
    assert_eq!(counter.call("sale.parked", json!({})).as_array().map_or(0, Vec::len), 1);
    let taken = counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "5.00"));
    assert_eq!(taken["receipt"]["number"], json!("CH07-0000006"));
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
    counter.till().store().verify().expect("the chain holds");
}

#[test]
fn without_a_last_receipt_a_day_s_worth_of_numbers_is_left_out() {
    let counter = lost();
    let report = restored(&counter, &from_mirror(&counter, None)).expect("restored");
    assert_eq!(report.next_number, "CH07-0001004");
    let counter = replaced(counter);
    assert_eq!(counter.call("till.status", json!({}))["unsent_receipts"], json!(3), "numbers left out aren't receipts to be sent");
}

#[test]
fn a_till_can_be_lost_twice() {
    let counter = lost();
    restored(&counter, &from_mirror(&counter, Some("3"))).expect("restored");
    let mut counter = replaced(counter);
    let data = counter.folder.path().join("data");
    fs::write(data.join("settings.json"), json!({ "mirror_folder": counter.folder.path().join("mirror") }).to_string()).expect("settings");
    counter.sends = true;
    counter.restart();
    counter.sign_in("12", "1212");
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "5.00"));
    counter.till = None;
    let report = restored(&counter, &from_mirror(&counter, Some("4"))).expect("restored again");
    assert_eq!((report.entries, report.next_number.as_str()), (entries(&data).len() as u64, "CH07-0000005"));
}

#[test]
fn an_end_that_was_torn_when_the_till_died_is_no_entry() {
    let counter = lost();
    let whole = fs::read(lines(&counter)).expect("lines");
    fs::write(lines(&counter), &whole[..whole.len() - 9]).expect("torn");
    let report = restored(&counter, &from_mirror(&counter, None)).expect("restored");
    assert_eq!(report.entries, entries(&counter.folder.path().join("data")).len() as u64 - 1);
}

#[test]
fn a_changed_byte_with_entries_after_it_is_named_and_nothing_is_restored() {
    let counter = lost();
    let mut bytes = fs::read(lines(&counter)).expect("lines");
    let place = bytes.windows(10).position(|window| window == b"BJ12345673").expect("the first payment");
    bytes[place + 9] = b'4';
    fs::write(lines(&counter), bytes).expect("changed");
    let error = refused(&counter, &from_mirror(&counter, None));
    assert_eq!(error.code, "restore-mirror-broken");
    assert!(error.args["seq"].parse::<u64>().is_ok_and(|seq| seq > 4), "{error}");
}

#[test]
fn a_folder_with_a_till_in_it_is_refused() {
    let counter = lost();
    let data = counter.folder.path().join("data");
    let before = fs::read(data.join("till.db")).expect("store");
    let from = from_mirror(&counter, None);
    let error = restore(&data, &from, Box::new(Machine), Box::new(SecretsFile::of(&data)), &mut |_| {}).expect_err("refused");
    assert_eq!(error.code, "restore-not-fresh");
    assert!(fs::read(data.join("till.db")).expect("store") == before);
}

#[test]
fn what_can_t_be_restored_from_is_refused_and_nothing_is_left_behind() {
    let counter = lost();
    let code = |from: &RestoreFrom| refused(&counter, from).code;
    assert_eq!(code(&RestoreFrom::default()), "restore-from-what");
    assert_eq!(code(&from_mirror(&counter, Some("CH07-9999999"))), "restore-last-receipt");
    let mirror = counter.folder.path().join("mirror");
    let nothing = RestoreFrom { mirror: Some(counter.folder.path().to_owned()), ..RestoreFrom::default() };
    assert_eq!(code(&nothing), "restore-mirror-none");
    let nowhere = RestoreFrom { mirror: Some(mirror.join("nowhere")), ..RestoreFrom::default() };
    assert_eq!(code(&nowhere), "restore-mirror-unreadable");
    let lines = lines(&counter);
    fs::create_dir(mirror.join("another")).expect("another");
    fs::copy(lines, mirror.join("another/journal-000000001.lines")).expect("copied");
    let several = refused(&counter, &from_mirror(&counter, None));
    assert_eq!(several.code, "restore-mirror-several");
    // A journal is bound to its till: under another name nothing of it holds.
    let renamed = RestoreFrom { mirror: Some(mirror.join("another")), ..RestoreFrom::default() };
    assert_eq!(code(&renamed), "restore-mirror-broken");
}

#[test]
fn a_pin_given_out_at_the_lost_till_is_to_be_given_out_again() {
    let mut counter = lost();
    counter.restart();
    counter.sign_in("20", "2020");
    counter.call("user.reset_secret", json!({ "user_code": "12", "secret": "9876", "secret_again": "9876" }));
    counter.till = None;
    let report = restored(&counter, &from_mirror(&counter, Some("3"))).expect("restored");
    assert_eq!(report.shut_out, ["12"]);
}

#[test]
fn a_card_payment_that_a_lost_till_had_written_down_last_may_have_been_sent() {
    let mut counter = lost();
    counter.restart();
    let payment = common::terminal::written_down(&counter);
    counter.till = None;
    restored(&counter, &from_mirror(&counter, Some("3"))).expect("restored");
    let counter = replaced(counter);
    let open = counter.call("card.unresolved", json!({}));
    assert_eq!((&open[0]["transaction_id"], &open[0]["standing"]), (&json!(payment), &json!("sent")));
}

#[test]
fn a_backup_that_was_decided_to_come_back_before_the_power_failed_comes_back_first_and_is_not_restored_over() {
    let counter = lost();
    let (fresh, data) = (fresh(&counter), counter.folder.path().join("data"));
    let built = fresh.join("restoring");
    fs::create_dir_all(&built).expect("folder");
    fs::copy(data.join("till.db"), built.join("till.db")).expect("copied");
    fs::write(built.join("decided"), "till.replaced-20261123T104200Z.db").expect("decided");
    let refused = restored(&counter, &from_mirror(&counter, None)).expect_err("another was decided");
    assert_eq!(refused.code, "restore-other-first");
    assert!(!built.exists(), "it was carried through");
    Store::read_only(&fresh.join("till.db")).expect("the backup").verify().expect("its chain holds");
}
