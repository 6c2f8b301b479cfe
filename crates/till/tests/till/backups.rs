//! Copies of a till's data, and a till that comes back from one: nothing that was taken is left out unsaid, nothing is deleted, no
//! receipt number is given out twice.

#![allow(clippy::disallowed_methods, reason = "the end of patience with a worker is a matter of real time")]

use crate::common::terminal::written_down;
use crate::common::{Counter, PATIENCE};
use counterfoil_store::Store;
use counterfoil_till::secrets::SecretsFile;
use counterfoil_till::surroundings::Machine;
use counterfoil_till::{BackupRestored, BroughtBack, Outcome, RestoreBackup, Till, TillError, restore_backup};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

const DAY_MS: i64 = 86_400_000;

fn data(counter: &Counter) -> PathBuf {
    counter.folder.path().join("data")
}

fn copies(counter: &Counter) -> PathBuf {
    let folder = counter.folder.path().join("copies");
    fs::create_dir_all(&folder).expect("folder");
    folder
}

/// Puts these settings beside those of the file.
fn set(counter: &Counter, name: &str, value: &Value) {
    let path = data(counter).join("settings.json");
    let mut settings: Value = serde_json::from_slice(&fs::read(&path).expect("settings")).expect("JSON");
    settings[name] = value.clone();
    fs::write(path, settings.to_string()).expect("written");
}

fn takes(counter: &Counter, pounds: &str) -> String {
    let taken = counter.call("sale.take", counter.cash_sale("11", "BJ12345673", pounds));
    taken["receipt"]["number"].as_str().expect("a number").to_owned()
}

/// A copy made by the command line beside the open counter.
fn backed_up(counter: &Counter) -> PathBuf {
    let folder = copies(counter);
    let mut told = Vec::new();
    let made = reading(counter).back_up(&folder, &mut |percent| told.push(percent)).expect("made");
    assert!(told.is_sorted());
    made.file
}

fn reading(counter: &Counter) -> Till {
    let data = data(counter);
    Till::read_only(&data.join("till.db"), Box::new(Machine), Box::new(SecretsFile::of(&data))).expect("till")
}

fn brought_back(folder: &Path, file: &Path, leave_out: Option<&str>, last_receipt: Option<&str>) -> Result<BroughtBack, TillError> {
    match restored(folder, file, leave_out, last_receipt)? {
        BackupRestored::Now(back) => Ok(back),
        earlier => panic!("nothing was decided before: {earlier:?}"),
    }
}

fn restored(folder: &Path, file: &Path, leave_out: Option<&str>, last_receipt: Option<&str>) -> Result<BackupRestored, TillError> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let from = RestoreBackup { file: file.to_owned(), leave_out: owned(leave_out), last_receipt: owned(last_receipt) };
    restore_backup(folder, &from, Box::new(Machine), Box::new(SecretsFile::of(folder)), &mut |_, _| {})
}

/// Waits until the copy has ended, and answers how.
fn ended(counter: &Counter) -> Value {
    let until = Instant::now() + PATIENCE;
    loop {
        let now = counter.call("backup.show", json!({}))["progress"].clone();
        if !now.is_null() && now["stage"] != "copying" {
            return now;
        }
        assert!(Instant::now() < until, "the copy never ended: {now}");
        std::thread::yield_now();
    }
}

#[test]
fn a_copy_is_made_from_the_window_by_an_administrator_and_by_nobody_else() {
    let counter = Counter::open();
    takes(&counter, "20.00");
    assert_eq!(counter.refused("backup.begin", json!({})), "right-missing");
    counter.call("user.sign_out", json!({}));
    counter.sign_in("90", "9090");
    assert_eq!(counter.refused("backup.begin", json!({})), "backup-where");
    assert_eq!(counter.refused("backup.begin", json!({ "folder": counter.folder.path().join("not-connected") })), "backup-folder-missing");
    counter.call("backup.begin", json!({ "folder": copies(&counter) }));
    let end = ended(&counter);
    assert_eq!((&end["stage"], &end["percent"], &end["error"]), (&json!("done"), &json!(100), &Value::Null));
    let copy = Store::read_only(Path::new(end["file"].as_str().expect("a file"))).expect("copy");
    assert_eq!(copy.head().expect("head").seq, counter.till().store().head().expect("head").seq);
}

#[test]
fn each_day_a_copy_is_made_where_the_settings_say_and_only_the_newest_are_kept() {
    let mut counter = Counter::open();
    takes(&counter, "20.00");
    let folder = copies(&counter);
    set(&counter, "backup_folder", &json!(folder));
    set(&counter, "backup_keep", &json!(2));
    counter.sends = true;
    let mut kept = Vec::new();
    for _ in 0..4 {
        counter.restart();
        counter.sign_in("90", "9090");
        assert_eq!(ended(&counter)["stage"], "done");
        let view = counter.call("backup.show", json!({}));
        kept.push(view["kept"].as_u64().expect("a number"));
        assert_eq!(view["folder"], json!(folder));
        counter.clock.now_ms.fetch_add(DAY_MS, Ordering::Relaxed);
    }
    assert_eq!(kept, [1, 2, 2, 2]);
}

#[test]
fn a_daily_copy_that_cannot_be_made_is_told_in_the_status_line_and_the_counter_goes_on() {
    let mut counter = Counter::open();
    set(&counter, "backup_folder", &json!(counter.folder.path().join("not-connected")));
    counter.sends = true;
    counter.restart();
    counter.sign_in("90", "9090");
    assert_eq!(ended(&counter)["error"], "backup-folder-missing");
    let until = Instant::now() + PATIENCE;
    while !counter.call("till.status", json!({}))["troubles"].as_array().expect("troubles").contains(&json!("backup-failed")) {
        assert!(Instant::now() < until, "nobody is told");
        std::thread::yield_now();
    }
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
    takes(&counter, "20.00");
}

#[test]
fn a_till_whose_disk_died_comes_back_from_its_backup_without_giving_a_number_out_twice() {
    let counter = Counter::open();
    takes(&counter, "20.00");
    let file = backed_up(&counter);
    let lost = takes(&counter, "5.00");
    let fresh = counter.folder.path().join("fresh");
    let back = brought_back(&fresh, &file, None, Some(&lost)).expect("back");
    assert!(back.hash_checked && back.aside.is_none());
    let next =
        |number: &str| format!("{}{:07}", &number[..number.len() - 7], number[number.len() - 7..].parse::<u64>().expect("digits") + 1);
    assert_eq!(back.next_number, next(&lost), "receipts go on after the last that somebody has in their hand");
    assert_eq!(back.left_out, Some((lost.clone(), lost)));
    let restored = Store::read_only(&fresh.join("till.db")).expect("store");
    assert_eq!(restored.verify().expect("its chain holds").entries, back.entries + 1, "one more entry says that it was brought back");
    let other = counter.folder.path().join("other");
    let blind = brought_back(&other, &file, None, None).expect("back");
    assert!(blind.left_out.is_some(), "where nobody says the last receipt, a day's worth is left out");
}

#[test]
fn a_backup_that_is_older_than_the_till_s_data_is_refused_with_what_would_be_lost() {
    let mut counter = Counter::open();
    takes(&counter, "20.00");
    let file = backed_up(&counter);
    takes(&counter, "1.50");
    let store = counter.till().store();
    store.acknowledge(store.head().expect("head").seq, None).expect("the ledger has the first of the two");
    let last = takes(&counter, "2.25");
    assert_eq!(brought_back(&data(&counter), &file, None, None).expect_err("in use").code, "store-in-use");
    counter.till = None;
    let before = fs::read(data(&counter).join("till.db")).expect("store");
    let refused = brought_back(&data(&counter), &file, None, None).expect_err("older");
    assert_eq!(refused.code, "backup-older");
    assert_eq!((refused.args["entries"].as_str(), refused.args["receipts"].as_str(), refused.args["value"].as_str()), ("2", "2", "£3.75"));
    assert_eq!(refused.args["delivered"], "1", "what the ledger has must not be entered by hand");
    assert!(refused.message.contains("--leave-out 2"), "{}", refused.message);
    for wrong in ["1", "3", "yes", "unknown"] {
        assert_eq!(brought_back(&data(&counter), &file, Some(wrong), None).expect_err(wrong).code, "backup-older");
    }
    assert_eq!(fs::read(data(&counter).join("till.db")).expect("store"), before, "nothing was changed");
    let back = brought_back(&data(&counter), &file, Some("2"), None).expect("forced");
    let aside = back.aside.expect("what was replaced is kept");
    assert_eq!(fs::read(&aside).expect("aside"), before);
    assert_eq!(back.left_out.map(|(_, last)| last), Some(last), "the numbers that were given out aren't given out again");
    counter.restart();
    counter.sign_in("12", "1212");
    assert_eq!(takes(&counter, "9.00"), back.next_number);
}

#[test]
fn a_later_backup_that_undoes_a_mistaken_restore_names_what_was_taken_since() {
    let mut counter = Counter::open();
    takes(&counter, "20.00");
    let monday = backed_up(&counter);
    takes(&counter, "1.50");
    takes(&counter, "2.25");
    // The data that the mistake sets aside has to stay the longer of the two.
    for name in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"] {
        let parked = counter.cash_sale("11", "BJ12345673", "4.00");
        counter.call("sale.park", json!({ "sale_id": parked["sale_id"], "label": name, "lines": parked["lines"] }));
    }
    counter.till = None;
    let lost = brought_back(&data(&counter), &monday, None, None).expect_err("older").args["entries"].clone();
    let tuesday = brought_back(&data(&counter), &monday, Some(&lost), None).expect("the mistake").aside.expect("kept");
    counter.restart();
    counter.sign_in("12", "1212");
    let three = ["7.00", "8.00", "9.00"].map(|pounds| takes(&counter, pounds));
    counter.till = None;
    let head = |file: &Path| Store::read_only(file).expect("store").head().expect("head").seq;
    let since = data(&counter).join("till.db");
    assert!(head(&since) < head(&tuesday), "the backup is the longer journal");
    let refused = brought_back(&data(&counter), &tuesday, None, None).expect_err("three receipts would be left out");
    assert_eq!((refused.code.as_str(), &*refused.args["receipts"], &*refused.args["value"]), ("backup-other-entries", "3", "£24.00"));
    assert_eq!(brought_back(&data(&counter), &tuesday, Some("3"), None).expect_err("entries, not receipts").code, "backup-other-entries");
    let back = brought_back(&data(&counter), &tuesday, Some(&refused.args["entries"]), None).expect("named");
    assert_eq!(back.left_out, Some((three[0].clone(), three[2].clone())), "and their numbers aren't given out again");
    let aside = Store::read_only(&back.aside.expect("kept")).expect("store");
    assert!(three.iter().all(|number| aside.read(|reading| reading.receipt_by_number(number)).expect("read").is_some()));
}

#[test]
fn a_log_whose_file_is_gone_may_have_the_last_payments_and_is_set_aside_only_when_somebody_says_so() {
    let mut counter = Counter::open();
    takes(&counter, "20.00");
    let file = backed_up(&counter);
    counter.till = None;
    let (store, log) = (data(&counter).join("till.db"), data(&counter).join("till.db-wal"));
    fs::remove_file(&store).expect("lost");
    for empty in [false, true] {
        if empty {
            fs::write(&store, "").expect("SQLite has begun it anew");
        }
        fs::write(&log, "the last payments").expect("its log");
        let refused = brought_back(&data(&counter), &file, None, None).expect_err("a log");
        assert_eq!((refused.code.as_str(), &*refused.args["file"]), ("backup-older-unknown", log.to_str().expect("a path")));
        assert_eq!(fs::read_to_string(&log).expect("read"), "the last payments", "nothing was changed");
    }
    fs::remove_file(&store).expect("gone");
    let back = brought_back(&data(&counter), &file, Some("unknown"), None).expect("forced");
    assert_eq!(fs::read_to_string(back.aside.expect("told where")).expect("kept"), "the last payments");
}

#[test]
fn a_restore_that_is_decided_and_cannot_be_carried_through_yet_is_not_told_as_not_done() {
    let mut counter = Counter::open();
    takes(&counter, "20.00");
    let file = backed_up(&counter);
    counter.till = None;
    let (built, in_the_way) = (data(&counter).join("restoring"), data(&counter).join("till.replaced-now.db"));
    fs::create_dir(&built).expect("folder");
    fs::copy(&file, built.join("till.db")).expect("built");
    fs::write(built.join("decided"), "till.replaced-now.db").expect("decided");
    fs::write(&in_the_way, "another program's").expect("in the way");
    let refused = brought_back(&data(&counter), &file, None, None).expect_err("it can't be moved");
    assert_eq!((refused.code.as_str(), refused.outcome), ("restore-decided", Outcome::InDoubt));
    assert!(built.join("decided").exists() && data(&counter).join("till.db").exists());
    fs::remove_file(in_the_way).expect("gone");
    counter.restart();
    assert!(!built.exists() && data(&counter).join("till.replaced-now.db").exists(), "the next start carries it through");
}

#[test]
fn a_decided_restore_is_carried_through_once_and_another_backup_has_to_be_asked_for_again() {
    let mut counter = Counter::open();
    takes(&counter, "20.00");
    let (monday, payment) = (backed_up(&counter), written_down(&counter));
    let tuesday = backed_up(&counter);
    takes(&counter, "1.50");
    counter.till = None;
    let data = data(&counter);
    for asked in [&tuesday, &monday] {
        // As the power leaves it when it fails once Tuesday's backup was decided to come back.
        let lost = brought_back(&data, &tuesday, None, None).expect_err("older").args["entries"].clone();
        let aside = brought_back(&data, &tuesday, Some(&lost), None).expect("back").aside.expect("kept");
        let (built, set_aside) = (data.join("restoring"), data.join(format!("till.replaced-{lost}.db")));
        fs::create_dir(&built).expect("folder");
        fs::rename(data.join("till.db"), built.join("till.db")).expect("built");
        fs::rename(aside, data.join("till.db")).expect("not yet replaced");
        fs::write(built.join("decided"), set_aside.file_name().expect("name").as_encoded_bytes()).expect("decided");
        let before = fs::read(data.join("till.db")).expect("store");
        let ended = restored(&data, asked, Some(&lost), None);
        if asked == &tuesday {
            assert_eq!(ended.expect("carried through"), BackupRestored::Earlier { aside: Some(set_aside.clone()) });
        } else {
            let refused = ended.expect_err("another backup");
            assert_eq!((refused.code.as_str(), refused.args["aside"].as_str()), ("restore-other-first", set_aside.to_str().expect("path")));
        }
        assert_eq!(fs::read(set_aside).expect("aside"), before);
        counter.restart();
        counter.sign_in("12", "1212");
        let open = counter.call("card.unresolved", json!({}));
        assert_eq!(open[0]["transaction_id"], json!(payment), "Tuesday's data, and what the restore wrote into it");
        takes(&counter, "2.25");
        counter.till = None;
    }
    let lost = brought_back(&data, &monday, None, None).expect_err("older").args["entries"].clone();
    brought_back(&data, &monday, Some(&lost), None).expect("asked for again");
}

#[test]
fn a_backup_of_all_that_was_taken_comes_back_without_a_question_and_what_had_still_to_be_printed_says_copy() {
    let mut counter = Counter::open();
    let last = takes(&counter, "20.00");
    let file = backed_up(&counter);
    counter.till = None;
    let back = brought_back(&data(&counter), &file, None, None).expect("back");
    assert_eq!(back.left_out, None, "{last}");
    let restored = Store::read_only(&data(&counter).join("till.db")).expect("store");
    let jobs = restored.read(|reading| reading.print_jobs(9)).expect("jobs");
    assert!(!jobs.is_empty() && jobs.iter().all(|job| job.handed_over && !job.drawer), "{jobs:?}");
}

#[test]
fn a_backup_that_was_changed_or_is_another_till_s_is_refused_and_damaged_data_needs_a_word_of_its_own() {
    let mut counter = Counter::open();
    takes(&counter, "20.00");
    let file = backed_up(&counter);
    let mut bytes = fs::read(&file).expect("backup");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let changed = counter.folder.path().join("changed.db");
    fs::write(&changed, bytes).expect("written");
    fs::copy(file.with_extension("db.sha256"), changed.with_extension("db.sha256")).expect("copied");
    let fresh = counter.folder.path().join("fresh");
    assert_eq!(brought_back(&fresh, &changed, None, None).expect_err("changed").code, "backup-not-whole");
    assert_eq!(brought_back(&fresh, &fresh.join("none.db"), None, None).expect_err("none").code, "file-not-found");
    assert!(!fresh.join("till.db").exists());
    let mut stranger = Counter::fresh();
    stranger.till = None;
    let other = Store::read_only(&data(&stranger).join("till.db")).expect("store").till_id().to_owned();
    if other != counter.till().store().till_id() {
        assert_eq!(brought_back(&data(&stranger), &file, None, None).expect_err("another's").code, "backup-other-till");
    }
    counter.till = None;
    fs::write(data(&counter).join("till.db"), b"this was once a store ".repeat(400)).expect("damaged");
    assert_eq!(brought_back(&data(&counter), &file, None, None).expect_err("damaged").code, "backup-older-unknown");
    let back = brought_back(&data(&counter), &file, Some("unknown"), None).expect("forced");
    assert!(fs::read(back.aside.expect("kept")).expect("aside").starts_with(b"this was once a store"));
    assert!(back.left_out.is_some(), "nobody knows how far the series had come");
}

#[test]
fn a_card_payment_that_the_backup_knows_only_as_written_down_may_have_been_sent_and_ids_at_the_terminal_begin_elsewhere() {
    let mut counter = Counter::open();
    counter.till().store().next_service_id(4_000).expect("an id");
    let payment = written_down(&counter);
    let file = backed_up(&counter);
    let given_out_later = counter.till().store().next_service_id(4_000).expect("an id");
    counter.till = None;
    brought_back(&data(&counter), &file, None, None).expect("back");
    counter.restart();
    counter.sign_in("12", "1212");
    let open = counter.call("card.unresolved", json!({}));
    assert_eq!((&open[0]["transaction_id"], &open[0]["standing"]), (&json!(payment), &json!("sent")));
    assert_ne!(counter.till().store().next_service_id(1_000_000).expect("an id"), given_out_later);
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn a_clock_that_was_wrong_for_a_day_costs_no_copy_of_the_days_after_it() {
    let mut counter = Counter::open();
    let folder = copies(&counter);
    set(&counter, "backup_folder", &json!(folder));
    set(&counter, "backup_keep", &json!(1));
    counter.sends = true;
    let made = |counter: &mut Counter| {
        counter.restart();
        counter.sign_in("90", "9090");
        let end = ended(counter);
        assert_eq!(end["stage"], "done");
        PathBuf::from(end["file"].as_str().expect("a file"))
    };
    counter.clock.now_ms.fetch_add(365 * DAY_MS, Ordering::Relaxed);
    let ahead = made(&mut counter);
    counter.clock.now_ms.fetch_sub(365 * DAY_MS, Ordering::Relaxed);
    let today = made(&mut counter);
    assert!(today.exists() && !ahead.exists());
    counter.clock.now_ms.fetch_sub(DAY_MS, Ordering::Relaxed);
    let before = made(&mut counter);
    assert!(before.exists(), "the copy that was just made is kept, whatever the clock says of the others");
}

#[test]
fn what_copies_that_were_cut_off_have_left_is_taken_away_before_the_day_s_copy() {
    let mut counter = Counter::open();
    let folder = copies(&counter);
    set(&counter, "backup_folder", &json!(folder));
    let id = counter.till().store().till_id().to_owned();
    let rests = ["20261001T080000Z.db.part", "20261002T080000Z.db.sha256", "20261123T100000Z.db.part"];
    let [half, hash, on_its_way] = rests.map(|rest| folder.join(format!("till-{id}-{rest}")));
    [&half, &hash, &on_its_way].into_iter().for_each(|path| fs::write(path, "of a copy that isn't whole").expect("written"));
    counter.sends = true;
    counter.restart();
    counter.sign_in("90", "9090");
    assert_eq!(ended(&counter)["stage"], "done");
    assert!(!half.exists() && !hash.exists());
    assert!(on_its_way.exists(), "one that was begun this morning may still be on its way");
}

#[test]
fn what_only_looks_like_a_copy_is_none_and_only_the_daily_copy_takes_older_ones_away() {
    let mut counter = Counter::open();
    takes(&counter, "20.00");
    let folder = copies(&counter);
    set(&counter, "backup_folder", &json!(folder));
    set(&counter, "backup_keep", &json!(1));
    let id = counter.till().store().till_id().to_owned();
    let named = |rest: &str| folder.join(format!("till-{id}-{rest}.db"));
    // A clock that was wrong has left a copy of a later day, and one of this evening.
    let (stray, old, later, evening) =
        (named("zz-of-mine"), named("20261001T080000Z"), named("20270101T080000Z"), named("20261123T180000Z"));
    [&stray, &old, &later, &evening].into_iter().for_each(|path| fs::write(path, "").expect("written"));
    let by_hand = backed_up(&counter);
    assert!(old.exists(), "a copy that somebody asks for takes none away");
    fs::remove_file(by_hand).expect("taken away");
    counter.sends = true;
    counter.restart();
    counter.sign_in("90", "9090");
    assert_eq!(ended(&counter)["stage"], "done", "today's isn't made by what is of another moment");
    assert!(stray.exists() && !old.exists(), "what isn't a copy is left alone");
    assert_eq!(counter.call("backup.show", json!({}))["kept"], 1);
    assert!(!data(&counter).join("copying").exists() || fs::read_dir(data(&counter).join("copying")).expect("folder").next().is_none());
}
