//! Damaged stores: found at opening, left exactly as they are, read as far as they can be, set aside on request.

use chrono::NaiveDate;
use counterfoil_domain::entry::{ENTRY_VERSION, Entry, Fact};
use counterfoil_store::{Decision, Opening, Store, StoreError, look_at_whole, set_aside};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Enough for a journal of many pages.
const ENTRIES: u64 = 400;

fn opening(folder: &Path) -> Opening {
    Opening { folder: folder.to_owned() }
}

fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(opening(folder), "till-under-test")
}

fn id(number: u64) -> String {
    format!("00000000-0000-7000-8000-{number:012x}")
}

fn write(store: &Store, number: u64) {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("day");
    let fact = Fact::SaleAbandoned { sale_id: id(number) };
    let entry = Entry {
        v: ENTRY_VERSION,
        id: id(number),
        at_ms: 1_795_430_520_000,
        day,
        by: Some("12".into()),
        session: None,
        approved_by: None,
        fact,
    };
    store.commit(|_| Ok::<_, StoreError>(Decision::Write(Box::new(entry), None))).expect("written");
}

/// A closed store with its entries in the file.
fn filled(folder: &Path) -> PathBuf {
    let store = open(folder).expect("store");
    (1..=ENTRIES).for_each(|number| write(&store, number));
    folder.join("till.db")
}

/// Changes one byte of an entry's body in the file, as a failing disk does.
fn spoil(file: &Path, number: u64) {
    let mut bytes = std::fs::read(file).expect("read");
    let body = format!("\"id\":\"{}\"", id(number));
    // Pages that were split keep old copies of what was in them: all are changed.
    let found = |(place, window): (usize, &[u8])| (window == body.as_bytes()).then_some(place);
    let places: Vec<usize> = bytes.windows(body.len()).enumerate().filter_map(found).collect();
    assert!(!places.is_empty(), "the entry isn't in the file");
    places.into_iter().for_each(|place| bytes[place + 10] ^= 1);
    std::fs::write(file, bytes).expect("written");
}

fn cut(file: &Path, length: u64) {
    std::fs::OpenOptions::new().write(true).open(file).expect("file").set_len(length).expect("cut");
}

/// Every file of a folder with its bytes; the log's index, which is made from the log, left out.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry"));
    let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("read")));
    named.filter(|(name, bytes)| !name.ends_with("-shm") && !bytes.is_empty()).collect()
}

/// Opening is refused as damaged, twice, and changes nothing.
fn refused_and_left_alone(folder: &Path) {
    let before = bytes_of(folder);
    for _ in 0..2 {
        let refused = open(folder).err().expect("refused");
        assert!(matches!(refused, StoreError::Damaged(_) | StoreError::ChainBroken { .. }), "{refused}");
    }
    assert_eq!(bytes_of(folder), before);
}

#[test]
fn a_file_cut_short_is_refused_and_read_up_to_where_it_ends() {
    let folder = tempfile::tempdir().expect("folder");
    let file = filled(folder.path());
    let whole = std::fs::metadata(&file).expect("file").len();
    cut(&file, whole * 2 / 3 / 4096 * 4096);
    refused_and_left_alone(folder.path());
    let broken = Store::read_only(&file).expect("its beginning is there").verify().expect_err("its end isn't");
    assert!(matches!(broken, StoreError::ChainBroken { seq: 2..=ENTRIES, .. }), "{broken}");
    cut(&file, 50);
    refused_and_left_alone(folder.path());
    let refused = Store::read_only(&file).err().expect("nothing can be read");
    assert!(matches!(refused, StoreError::Damaged(_)), "{refused:?}");
}

#[test]
fn a_file_of_garbage_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("till.db"), b"this was once a store, before the disk failed ".repeat(200)).expect("written");
    refused_and_left_alone(folder.path());
    assert!(matches!(Store::read_only(&folder.path().join("till.db")), Err(StoreError::Damaged(_))));
}

#[test]
fn a_store_without_its_journal_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    let file = filled(folder.path());
    rusqlite::Connection::open(&file).expect("database").execute_batch("DROP TABLE journal").expect("dropped");
    refused_and_left_alone(folder.path());
    assert!(matches!(Store::read_only(&file).expect("the rest").verify(), Err(StoreError::Damaged(_))));
}

#[test]
fn another_program_s_database_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    let other = rusqlite::Connection::open(folder.path().join("till.db")).expect("database");
    other.execute_batch("CREATE TABLE notes (text TEXT)").expect("table");
    drop(other);
    refused_and_left_alone(folder.path());
}

#[test]
fn a_changed_byte_in_the_last_entry_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    let file = filled(folder.path());
    spoil(&file, ENTRIES);
    refused_and_left_alone(folder.path());
    let broken = Store::read_only(&file).expect("readable").verify().expect_err("broken");
    assert!(matches!(broken, StoreError::ChainBroken { seq: ENTRIES, .. }), "{broken}");
}

#[test]
fn a_changed_byte_in_an_older_entry_is_found_by_verifying() {
    let folder = tempfile::tempdir().expect("folder");
    let file = filled(folder.path());
    spoil(&file, 7);
    let broken = open(folder.path()).expect("its end holds").verify().expect_err("broken");
    assert!(matches!(broken, StoreError::ChainBroken { seq: 7, .. }), "{broken}");
    set_aside(&opening(folder.path()), "20261123T104200Z").expect("such a store can be set aside");
}

/// Fills a page in the middle of the file with zeros.
fn blank(file: &Path) {
    let mut bytes = std::fs::read(file).expect("read");
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0);
    std::fs::write(file, bytes).expect("written");
}

#[test]
fn a_page_of_zeros_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    blank(&filled(folder.path()));
    refused_and_left_alone(folder.path());
}

#[test]
fn a_large_file_opens_at_once_and_is_looked_at_whole_afterwards() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    let fact = Fact::PackApplied { council_code: "TEST".into(), pack_version: "1".into(), sha256: "00".into() };
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let entry = Entry { v: ENTRY_VERSION, id: id(1), at_ms: 1_795_430_520_000, day, by: None, session: None, approved_by: None, fact };
    store.apply_pack(entry, &vec![b'p'; 40 << 20]).expect("a pack as large as years of receipts");
    drop(store);
    look_at_whole(&opening(folder.path())).expect("it is sound");
    blank(&folder.path().join("till.db"));
    let store = open(folder.path()).expect("its ends hold");
    let found = look_at_whole(&opening(folder.path())).expect_err("its middle doesn't");
    assert!(matches!(found, StoreError::Damaged(_)), "{found}");
    drop(store);
}

#[test]
fn a_log_whose_file_is_gone_is_kept() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    write(&store, 1);
    let log = std::fs::read(folder.path().join("till.db-wal")).expect("a log");
    drop(store);
    for end in ["missing", "empty"] {
        std::fs::remove_file(folder.path().join("till.db")).expect("gone");
        std::fs::write(folder.path().join("till.db-wal"), &log).expect("left behind");
        if end == "empty" {
            std::fs::write(folder.path().join("till.db"), b"").expect("empty");
        }
        refused_and_left_alone(folder.path());
        std::fs::write(folder.path().join("till.db"), b"").expect("for the next round");
    }
}

#[test]
fn a_damaged_store_that_had_not_been_closed_keeps_its_log() {
    let folder = tempfile::tempdir().expect("folder");
    let (data, left) = (folder.path().join("data"), folder.path().join("left"));
    filled(&data);
    let store = open(&data).expect("store");
    (1..=20).for_each(|number| write(&store, ENTRIES + number));
    // What is on the disk when the power fails: the file, and the log with the last payments.
    std::fs::create_dir(&left).expect("folder");
    for name in ["till.db", "till.db-wal"] {
        std::fs::copy(data.join(name), left.join(name)).expect("copied");
    }
    drop(store);
    std::fs::write(left.join("till.lock"), b"").expect("lock");
    blank(&left.join("till.db"));
    let log = std::fs::read(left.join("till.db-wal")).expect("log");
    refused_and_left_alone(&left);
    let aside = set_aside(&opening(&left), "20261123T104200Z").expect("set aside");
    assert_eq!(aside, left.join("till.damaged-20261123T104200Z.db"));
    assert_eq!(std::fs::read(left.join("till.damaged-20261123T104200Z.db-wal")).expect("its log"), log);
    open(&left).expect("a fresh store");
}

#[test]
fn a_closed_store_is_one_file_even_after_it_was_read() {
    let folder = tempfile::tempdir().expect("folder");
    let store = open(folder.path()).expect("store");
    write(&store, 1);
    assert_eq!(store.head().expect("head").seq, 1);
    drop(store);
    assert!(!folder.path().join("till.db-wal").exists(), "its log is still there");
}

#[test]
fn what_was_set_aside_is_whole_and_a_fresh_store_takes_its_place() {
    let folder = tempfile::tempdir().expect("folder");
    let file = filled(folder.path());
    spoil(&file, ENTRIES);
    let damaged = std::fs::read(&file).expect("read");
    let aside = set_aside(&opening(folder.path()), "20261123T104200Z").expect("set aside");
    let fresh = open(folder.path()).expect("a fresh store");
    write(&fresh, 1);
    assert_eq!(fresh.verify().expect("holds").entries, 1);
    assert_eq!(std::fs::read(&aside).expect("read"), damaged);
    let kept = Store::read_only(&aside).expect("readable");
    assert!(matches!(kept.verify(), Err(StoreError::ChainBroken { seq: ENTRIES, .. })));
    let refused = kept.commit(|_| Err::<Decision, _>(StoreError::DiskFull)).expect_err("refused");
    assert!(matches!(refused, StoreError::ReadOnly(_) | StoreError::DiskFull), "{refused}");
    assert_eq!(std::fs::read(&aside).expect("read"), damaged, "reading changed it");
}

#[test]
fn a_sound_store_one_in_use_and_none_at_all_are_not_set_aside() {
    let folder = tempfile::tempdir().expect("folder");
    let aside = |folder: &Path| set_aside(&opening(folder), "20261123T104200Z").expect_err("refused");
    assert!(matches!(aside(folder.path()), StoreError::File { .. }), "there is none");
    let store = open(folder.path()).expect("store");
    write(&store, 1);
    assert!(matches!(aside(folder.path()), StoreError::InUse));
    drop(store);
    assert!(matches!(aside(folder.path()), StoreError::Sound));
    let store = open(folder.path()).expect("as it was");
    assert_eq!(store.verify().expect("holds").entries, 1);
}
