//! Copies of a store, made while it is written to; a store that takes another's place; stores of earlier versions.

use crate::common::{entry, id, open, receipt, write};
use counterfoil_domain::entry::Fact;
use counterfoil_store::{
    BUILT_IN, LATEST_SCHEMA, Opening, STORE_FILE, Store, StoreError, TillLock, UpgradeProgress, back_up, back_up_by_way_of, backups,
    check_hash, decide_to_replace, finish_replacing, is_to_be_upgraded, look_at, remove_backup, remove_cut_off, upgrade,
};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

fn abandoned(store: &Store, number: u64) {
    write(store, entry(number, Fact::SaleAbandoned { sale_id: id(number) })).expect("written");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).expect("folder").map(|item| item.expect("item").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

struct Place {
    folder: tempfile::TempDir,
    copies: PathBuf,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("folder");
        let copies = folder.path().join("copies");
        std::fs::create_dir(&copies).expect("folder");
        Place { folder, copies }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn opening(&self) -> Opening {
        Opening { folder: self.data() }
    }

    fn store(&self) -> Store {
        open(&self.data()).expect("store")
    }
}

#[test]
fn a_copy_made_while_the_counter_works_is_one_moment_of_it_and_one_plain_file_with_its_hash() {
    let place = Place::new();
    let store = place.store();
    (1..=300).for_each(|number| abandoned(&store, number));
    let before = store.head().expect("head");
    let mut written = 300;
    let made = back_up(&place.opening().file(), &place.copies, "one.db", &mut |_, _| {
        // A payment between any two steps: the copy neither has it nor begins anew for it.
        written += 1;
        abandoned(&store, written);
        true
    })
    .expect("made");
    assert!(written > 300, "it was copied in steps");
    assert_eq!((made.head, made.file.clone()), (before, place.copies.join("one.db")));
    assert_eq!(names(&place.copies), ["one.db", "one.db.sha256"]);
    assert!(check_hash(&made.file).expect("the hash holds").is_some());
    let copy = Store::read_only(&made.file).expect("copy");
    assert_eq!(copy.verify().expect("its chain holds").entries, 300);
    assert_eq!(store.head().expect("head").seq, written);
}

#[test]
fn a_copy_that_is_cancelled_or_has_no_folder_leaves_nothing_and_spares_the_one_before_it() {
    let place = Place::new();
    let store = place.store();
    (1..=300).for_each(|number| abandoned(&store, number));
    let file = place.opening().file();
    back_up(&file, &place.copies, "one.db", &mut |_, _| true).expect("made");
    let cancelled = back_up(&file, &place.copies, "two.db", &mut |_, _| false).expect_err("cancelled");
    assert_eq!(cancelled.code(), "cancelled");
    assert_eq!(names(&place.copies), ["one.db", "one.db.sha256"]);
    let missing = place.copies.join("not-connected");
    assert_eq!(back_up(&file, &missing, "one.db", &mut |_, _| true).expect_err("no folder").code(), "file-not-found");
    assert!(!missing.exists(), "a share that isn't connected isn't made");
}

#[test]
fn what_killed_copies_left_is_taken_away_and_a_copy_that_was_changed_is_found() {
    let place = Place::new();
    let store = place.store();
    abandoned(&store, 1);
    let made = back_up(&place.opening().file(), &place.copies, "till-a-3.db", &mut |_, _| true).expect("made");
    let rests = ["till-a-1.db.part", "till-a-1.db.part-journal", "till-a-2.db.sha256"];
    let others = ["till-a-4.db.part", "till-b-1.db.part", "notes.db.part", "till-a-1.db.part.txt"];
    rests.iter().chain(&others).for_each(|name| std::fs::write(place.copies.join(name), "half a copy").expect("written"));
    remove_cut_off(&place.copies, "till-a-", |stamp| stamp != "4").expect("taken away");
    let left = ["notes.db.part", "till-a-1.db.part.txt", "till-a-3.db", "till-a-3.db.sha256", "till-a-4.db.part", "till-b-1.db.part"];
    assert_eq!(names(&place.copies), left);
    let mut bytes = std::fs::read(&made.file).expect("read");
    *bytes.last_mut().expect("a byte") ^= 1;
    std::fs::write(&made.file, bytes).expect("written");
    assert_eq!(check_hash(&made.file).expect_err("changed").code(), "store-damaged");
}

#[test]
fn copies_are_found_by_their_till_and_one_is_taken_away_with_its_hash() {
    let place = Place::new();
    for name in ["till-a-1.db", "till-a-1.db.sha256", "till-a-2.db", "till-a-3.db.part", "till-b-0.db", "notes.txt"] {
        std::fs::write(place.copies.join(name), "").expect("written");
    }
    let mut found = backups(&place.copies, "till-a-").expect("found");
    found.sort();
    assert_eq!(found, ["till-a-1.db", "till-a-2.db"].map(|name| place.copies.join(name)));
    remove_backup(&found[0]).expect("taken away");
    assert_eq!(names(&place.copies), ["notes.txt", "till-a-2.db", "till-a-3.db.part", "till-b-0.db"]);
}

#[test]
fn a_copy_by_way_of_the_store_s_own_disk_is_carried_whole_and_nothing_of_it_stays_on_the_way() {
    let place = Place::new();
    let store = place.store();
    abandoned(&store, 1);
    let (way, file) = (place.data().join("copying"), place.opening().file());
    let mut told = Vec::new();
    let made = back_up_by_way_of(&way, &file, &place.copies, "one.db", &mut |done, of| {
        told.push(done * 100 / of.max(1));
        true
    });
    let made = made.expect("made");
    assert!(told.is_sorted() && told.last() == Some(&100), "{told:?}");
    assert_eq!(made.head, store.head().expect("head"));
    assert!(check_hash(&made.file).expect("its hash").is_some());
    assert_eq!((names(&place.copies), names(&way)), (vec!["one.db".to_owned(), "one.db.sha256".to_owned()], Vec::new()));
    // Stopped on the second half of its way, when the store is read no longer.
    let stopped = back_up_by_way_of(&way, &file, &place.copies, "two.db", &mut |done, of| done * 2 <= of);
    assert_eq!(stopped.expect_err("stopped").code(), "cancelled");
    assert_eq!((names(&place.copies).len(), names(&way)), (2, Vec::new()));
}

#[cfg(unix)]
#[test]
fn a_copy_is_good_though_what_was_on_the_way_cannot_be_taken_away_and_what_went_wrong_is_told_as_it_was() {
    let place = Place::new();
    let store = place.store();
    abandoned(&store, 1);
    let (way, file) = (place.data().join("copying"), place.opening().file());
    // Once it is being carried, something stands in its place that can't be taken away as a file.
    let held = |name: &str| {
        let local = way.join(name);
        if local.is_file() {
            std::fs::remove_file(&local).expect("taken away");
            std::fs::create_dir(&local).expect("in its place");
        }
    };
    let made = back_up_by_way_of(&way, &file, &place.copies, "one.db", &mut |done, of| {
        if done * 2 > of {
            held("one.db");
        }
        true
    });
    assert!(check_hash(&made.expect("made").file).expect("its hash").is_some());
    let stopped = back_up_by_way_of(&way, &file, &place.copies, "two.db", &mut |done, of| {
        let carries = done * 2 > of;
        if carries {
            held("two.db");
        }
        !carries
    });
    assert_eq!(stopped.expect_err("stopped").code(), "cancelled");
    assert_eq!(
        (names(&place.copies), names(&way)),
        (vec!["one.db".to_owned(), "one.db.sha256".to_owned()], vec!["one.db".to_owned(), "two.db".to_owned()])
    );
}

/// A store of one entry with another, of two, built beside it.
fn built_beside() -> Place {
    let place = Place::new();
    abandoned(&place.store(), 1);
    let other = open(&place.data().join(BUILT_IN)).expect("built");
    (1..=2).for_each(|number| abandoned(&other, number));
    drop(other);
    place
}

#[test]
fn a_decided_replacement_is_carried_through_at_the_next_opening_wherever_it_was_stopped() {
    let aside = "till.replaced-20261123T104200Z.db";
    type Step = fn(&Path, &str);
    let before_anything: Step = |_, _| {};
    let old_moved: Step = |data, aside| std::fs::rename(data.join(STORE_FILE), data.join(aside)).expect("moved");
    let new_moved: Step = |data, aside| {
        std::fs::rename(data.join(STORE_FILE), data.join(aside)).expect("moved");
        std::fs::rename(data.join(BUILT_IN).join(STORE_FILE), data.join(STORE_FILE)).expect("moved");
    };
    for stopped in [before_anything, old_moved, new_moved] {
        let place = built_beside();
        decide_to_replace(&place.opening(), "20261123T104200Z").expect("decided");
        stopped(&place.data(), aside);
        assert_eq!(place.store().head().expect("head").seq, 2, "the new one is in its place");
        assert_eq!(Store::read_only(&place.data().join(aside)).expect("aside").head().expect("head").seq, 1, "the old one is kept");
        assert!(!place.data().join(BUILT_IN).exists());
        assert_eq!(finish_replacing(&place.opening()).expect("nothing more to do"), None);
    }
}

#[test]
fn without_a_decision_nothing_is_replaced_and_an_old_log_goes_aside_with_its_store() {
    let place = built_beside();
    assert_eq!(place.store().head().expect("head").seq, 1);
    decide_to_replace(&place.opening(), "now").expect("decided");
    std::fs::write(place.data().join("till.db-wal"), "the old store's last payments").expect("written");
    let aside = finish_replacing(&place.opening()).expect("done").expect("aside");
    assert_eq!(std::fs::read_to_string(aside.with_extension("db-wal")).expect("kept"), "the old store's last payments");
    assert!(!place.data().join("till.db-wal").exists());
}

#[test]
fn a_replacement_that_cannot_be_carried_through_stays_decided_and_says_so() {
    let place = built_beside();
    decide_to_replace(&place.opening(), "now").expect("decided");
    let in_the_way = place.data().join("till.replaced-now.db");
    std::fs::write(&in_the_way, "another program's").expect("written");
    assert_eq!(finish_replacing(&place.opening()).expect_err("in the way").code(), "restore-decided");
    assert_eq!(place_error(&place).code(), "restore-decided");
    std::fs::remove_file(&in_the_way).expect("gone");
    assert_eq!(place.store().head().expect("head").seq, 2);
}

/// Every schema before the latest, as a dump of a store that took money under it.
fn released(number: u32) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/released/{number:04}.sql"));
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing: every released schema is kept", path.display()))
}

fn schema(file: &Path) -> Vec<(String, Option<String>)> {
    let connection = Connection::open(file).expect("open");
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").expect("schema");
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("schema").map(|row| row.expect("row")).collect()
}

#[test]
fn a_store_of_every_released_schema_is_upgraded_to_what_a_fresh_one_is_and_loses_nothing() {
    let fresh = Place::new();
    drop(fresh.store());
    for number in 1..LATEST_SCHEMA.max(3) {
        let place = Place::new();
        std::fs::create_dir_all(place.data()).expect("folder");
        let file = place.opening().file();
        let old = Connection::open(&file).expect("open");
        old.execute_batch(&released(number)).expect("the dump");
        let entries: u64 = old.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).expect("entries");
        old.close().expect("closed");
        let mut steps = Vec::new();
        upgrade(&place.opening(), &mut |step| steps.push(step)).expect("upgraded");
        if number < LATEST_SCHEMA {
            assert!(steps.iter().any(|step| matches!(step, UpgradeProgress::Copying { .. })), "{number}: {steps:?}");
            assert!(steps.contains(&UpgradeProgress::Changing { number: LATEST_SCHEMA, last: LATEST_SCHEMA }), "{number}: {steps:?}");
            let copy = place.data().join(format!("till.before-upgrade-from-{number}.db"));
            assert_eq!(look_at(&copy).expect("the copy").schema, number);
        }
        assert_eq!(schema(&file), schema(&fresh.opening().file()), "{number}");
        let store = place.store();
        assert_eq!(store.verify().expect("its chain holds").entries, entries, "{number}");
        assert!(entries > 10, "{number}: a store that took money");
        assert_eq!(store.rebuild().expect("rebuilt"), [], "{number}");
    }
}

#[test]
fn an_upgrade_that_was_killed_while_copying_copies_again_and_a_later_version_s_store_is_left_alone() {
    let place = Place::new();
    std::fs::create_dir_all(place.data()).expect("folder");
    let file = place.opening().file();
    Connection::open(&file).expect("open").execute_batch(&released(1)).expect("the dump");
    std::fs::write(place.data().join("till.before-upgrade-from-1.part"), "half a copy").expect("written");
    upgrade(&place.opening(), &mut |_| {}).expect("upgraded");
    assert!(!place.data().join("till.before-upgrade-from-1.part").exists());
    assert_eq!(look_at(&place.data().join("till.before-upgrade-from-1.db")).expect("a whole copy").schema, 1);
    let newer = LATEST_SCHEMA + 1;
    Connection::open(&file).expect("open").pragma_update(None, "user_version", newer).expect("newer");
    upgrade(&place.opening(), &mut |_| {}).expect("nothing to do");
    assert!(matches!(place_error(&place), StoreError::Newer { found, .. } if found == newer));
    assert_eq!(look_at(&file).expect_err("newer").code(), "store-newer");
}

#[test]
fn an_upgrade_after_one_that_failed_copies_what_was_taken_since() {
    let place = Place::new();
    std::fs::create_dir_all(place.data()).expect("folder");
    let file = place.opening().file();
    Connection::open(&file).expect("open").execute_batch(&released(1)).expect("the dump");
    let copy = place.data().join("till.before-upgrade-from-1.db");
    std::fs::copy(&file, &copy).expect("of the upgrade that failed");
    let old = Connection::open(&file).expect("open");
    old.execute_batch("INSERT INTO meta (name, value) VALUES ('taken', 'since')").expect("written by the old version");
    old.close().expect("closed");
    upgrade(&place.opening(), &mut |_| {}).expect("upgraded");
    let taken = Connection::open(&copy).expect("copy").query_row("SELECT value FROM meta WHERE name = 'taken'", [], |row| row.get(0));
    assert_eq!(taken, Ok("since".to_owned()), "the copy is of the store as it was before this upgrade");
}

fn place_error(place: &Place) -> StoreError {
    open(&place.data()).err().expect("refused")
}

#[test]
fn an_upgrade_beside_a_program_that_has_the_store_waits_for_nothing_changes_nothing_and_goes_through_once_it_is_closed() {
    let place = Place::new();
    std::fs::create_dir_all(place.data()).expect("folder");
    let file = place.opening().file();
    Connection::open(&file).expect("open").execute_batch(&released(1)).expect("the dump");
    let before = std::fs::read(&file).expect("read");
    let running = TillLock::take(&place.data()).expect("the counter that is open");
    assert!(is_to_be_upgraded(&place.opening()));
    let mut told = 0;
    let refused = upgrade(&place.opening(), &mut |_| told += 1).expect_err("in use");
    assert_eq!((refused.code(), told), ("store-in-use", 0));
    assert_eq!(std::fs::read(&file).expect("read"), before);
    assert_eq!(names(&place.data()), ["till.db", "till.lock"]);
    drop(running);
    // Another program, which knows nothing of the counter's lock, holds the file for long.
    let reader = Connection::open(&file).expect("open");
    reader.execute_batch("BEGIN IMMEDIATE").expect("locked");
    assert_eq!(upgrade(&place.opening(), &mut |_| {}).expect_err("locked").code(), "store-locked");
    assert_eq!(look_at(&file).expect("the store").schema, 1);
    reader.execute_batch("ROLLBACK").expect("let go");
    upgrade(&place.opening(), &mut |_| {}).expect("upgraded");
    assert!(!is_to_be_upgraded(&place.opening()));
    assert_eq!(look_at(&file).expect("the store").schema, LATEST_SCHEMA);
}

#[test]
fn a_check_of_the_journal_s_end_finds_what_is_wrong_there_and_only_there() {
    let place = Place::new();
    let store = place.store();
    for serial in 1..=20 {
        write(&store, entry(serial, receipt(serial, "501234566", 100))).expect("written");
    }
    assert_eq!([store.verify_tail(5).expect("holds"), store.verify_tail(100).expect("holds")], [5, 20]);
    drop(store);
    let connection = Connection::open(place.opening().file()).expect("open");
    connection.execute_batch("DROP TRIGGER journal_is_never_changed; UPDATE journal SET body = x'7b7d' WHERE seq = 12").expect("changed");
    drop(connection);
    let store = Store::read_only(&place.opening().file()).expect("store");
    assert_eq!(store.verify_tail(5).expect("the end holds"), 5);
    assert!(matches!(store.verify_tail(15), Err(StoreError::ChainBroken { seq: 12, .. })));
}
