//! The mirror: what is in it is what is in the journal, whatever happens to till, share and file; and what isn't this till's is
//! never written over.

use crate::common::{Counter, PATIENCE};
use counterfoil_store::Store;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// A counter in an open session whose journal is mirrored.
fn mirrored() -> Counter {
    let mut counter = Counter::open();
    fs::create_dir(root(&counter)).expect("mirror");
    set_mirror(&counter.folder.path().join("data"), &root(&counter));
    counter.sends = true;
    counter.restart();
    counter.sign_in("12", "1212");
    counter
}

fn sell(counter: &Counter, pounds: &str) {
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", pounds));
}

fn set_mirror(data: &Path, root: &Path) {
    let file = data.join("settings.json");
    let mut settings: serde_json::Value = serde_json::from_slice(&fs::read(&file).expect("settings")).expect("JSON");
    settings["mirror_folder"] = json!(root);
    fs::write(&file, settings.to_string()).expect("settings");
}

fn root(counter: &Counter) -> PathBuf {
    counter.folder.path().join("mirror")
}

fn store(data: &Path) -> Store {
    Store::read_only(&data.join("till.db")).expect("store")
}

/// The files of the only till in the mirror, in order.
fn files(root: &Path) -> Vec<PathBuf> {
    let tills: Vec<PathBuf> = fs::read_dir(root).expect("mirror").map(|item| item.expect("item").path()).collect();
    let mut files: Vec<PathBuf> = fs::read_dir(&tills[0]).expect("till").map(|item| item.expect("item").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "lines"));
    files.sort();
    files
}

fn last_file(root: &Path) -> PathBuf {
    files(root).pop().expect("a file")
}

fn mirror(root: &Path) -> Vec<u8> {
    files(root).iter().flat_map(|path| fs::read(path).expect("file")).collect()
}

/// What the mirror should hold, from the journal.
fn journal(data: &Path) -> Vec<u8> {
    let entries = store(data).read(|reading| reading.outgoing(0, usize::MAX >> 1, usize::MAX)).expect("entries");
    let line = |entry: &counterfoil_store::Outgoing| [format!("{} {} ", entry.seq, entry.hash).as_bytes(), &entry.body, b"\n"].concat();
    entries.iter().flat_map(line).collect()
}

/// Closes the till and holds its mirror against its journal.
fn closed_as_written(counter: &mut Counter) {
    counter.till = None;
    let (mirror, journal) = (mirror(&root(counter)), journal(&counter.folder.path().join("data")));
    assert!(mirror == journal, "the mirror isn't the journal:\n{}", String::from_utf8_lossy(&mirror));
}

/// Waits until the status line tells these troubles of the mirror.
fn troubles(counter: &Counter, wanted: &[&str]) {
    for _ in 0..100 {
        let status = counter.call("till.status", json!({}));
        let told = status["troubles"].as_array().expect("troubles").iter().filter_map(|code| code.as_str());
        let told: Vec<&str> = told.filter(|code| code.starts_with("mirror-")).collect();
        if told == wanted {
            return;
        }
        counter.told.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{told:?} instead of {wanted:?}"));
    }
}

#[test]
fn the_mirror_is_the_journal_byte_for_byte_with_its_packs() {
    let mut counter = mirrored();
    for pounds in ["1.00", "22.00", "333.00"] {
        sell(&counter, pounds);
    }
    closed_as_written(&mut counter);
    let till = store(&counter.folder.path().join("data"));
    let (sha256, bundle) =
        till.read(|reading| Ok::<_, counterfoil_store::StoreError>((reading.pack_sha256()?, reading.pack_bundle()?))).expect("pack");
    let pack = last_file(&root(&counter)).with_file_name(format!("pack-{}.bin", sha256.expect("applied")));
    assert_eq!(fs::read(pack).ok(), bundle);
}

#[test]
fn an_end_torn_anywhere_is_cut_off_and_written_again() {
    let mut counter = mirrored();
    sell(&counter, "1.00");
    closed_as_written(&mut counter);
    let whole = fs::read(last_file(&root(&counter))).expect("file");
    for cut in [1, 2, 70, 500, 5_000, whole.len()] {
        let mut torn = whole[..whole.len() - cut.min(whole.len())].to_vec();
        torn.extend_from_slice(if cut % 2 == 0 { b"" } else { &[0; 64] });
        fs::write(last_file(&root(&counter)), torn).expect("torn");
        counter.restart();
        closed_as_written(&mut counter);
    }
}

#[test]
fn a_changed_byte_in_the_newest_file_is_put_right_from_the_journal() {
    let mut counter = mirrored();
    sell(&counter, "1.00");
    closed_as_written(&mut counter);
    let file = last_file(&root(&counter));
    let mut bytes = fs::read(&file).expect("file");
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    fs::write(&file, bytes).expect("spoilt");
    counter.restart();
    closed_as_written(&mut counter);
}

#[test]
fn a_share_that_is_gone_is_told_and_catches_up_when_it_is_back() {
    let mut counter = mirrored();
    troubles(&counter, &[]);
    let elsewhere = counter.folder.path().join("elsewhere");
    fs::rename(root(&counter), &elsewhere).expect("gone");
    sell(&counter, "1.00");
    troubles(&counter, &["mirror-unreachable"]);
    sell(&counter, "2.00");
    fs::rename(&elsewhere, root(&counter)).expect("back");
    troubles(&counter, &[]);
    closed_as_written(&mut counter);
}

#[test]
fn the_folder_of_all_mirrors_is_never_made() {
    let mut counter = Counter::open();
    set_mirror(&counter.folder.path().join("data"), &root(&counter));
    counter.sends = true;
    counter.restart();
    counter.sign_in("12", "1212");
    troubles(&counter, &["mirror-unreachable"]);
    counter.till = None;
    assert!(!root(&counter).exists());
}

#[test]
fn two_tills_with_one_identity_are_an_alarm_and_neither_writes_over_the_other() {
    let mut counter = mirrored();
    counter.till = None;
    let data = counter.folder.path().join("data");
    let copy = counter.folder.path().join("copy");
    fs::create_dir(&copy).expect("copy");
    for file in fs::read_dir(&data).expect("data").map(|item| item.expect("item").path()).filter(|path| path.is_file()) {
        fs::copy(&file, copy.join(file.file_name().expect("name"))).expect("copied");
    }
    counter.restart();
    counter.sign_in("12", "1212");
    sell(&counter, "1.00");
    closed_as_written(&mut counter);
    let before = mirror(&root(&counter));
    // The copy has fewer entries at first, and then others.
    fs::rename(&data, counter.folder.path().join("first")).expect("aside");
    fs::rename(&copy, &data).expect("in its place");
    counter.restart();
    counter.sign_in("12", "1212");
    troubles(&counter, &["mirror-other-entries"]);
    sell(&counter, "7.00");
    troubles(&counter, &["mirror-other-entries"]);
    counter.till = None;
    assert!(mirror(&root(&counter)) == before, "the mirror was written to");
}

#[test]
fn a_mirror_without_its_beginning_is_told_and_left() {
    let mut counter = mirrored();
    counter.till = None;
    let file = last_file(&root(&counter));
    fs::rename(&file, file.with_file_name("journal-000000004.lines")).expect("renamed");
    counter.restart();
    counter.sign_in("12", "1212");
    troubles(&counter, &["mirror-damaged"]);
}

#[test]
fn a_mirror_in_many_files_goes_on_in_the_last() {
    let mut counter = mirrored();
    sell(&counter, "1.00");
    closed_as_written(&mut counter);
    let file = last_file(&root(&counter));
    let bytes = fs::read(&file).expect("file");
    // As if the file had been ended after its third entry.
    let ends: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1).collect();
    fs::write(&file, &bytes[..ends[2]]).expect("first");
    fs::write(file.with_file_name("journal-000000004.lines"), &bytes[ends[2]..ends[4]]).expect("second");
    fs::write(file.with_file_name("journal-000000006.lines"), b"6 torn").expect("third");
    counter.restart();
    closed_as_written(&mut counter);
    assert_eq!(files(&root(&counter)).len(), 2);
}

/// Puts a pipe in place of the newest file: whoever opens it to read waits until somebody opens it to write.
#[cfg(unix)]
fn hangs(counter: &mut Counter) -> PathBuf {
    counter.till = None;
    let file = last_file(&root(counter));
    fs::remove_file(&file).expect("removed");
    assert!(std::process::Command::new("mkfifo").arg(&file).status().expect("mkfifo").success());
    counter.restart();
    counter.sign_in("12", "1212");
    file
}

#[cfg(unix)]
#[test]
fn a_share_that_doesn_t_answer_holds_up_no_payment() {
    let mut counter = mirrored();
    let file = hangs(&mut counter);
    sell(&counter, "1.00");
    sell(&counter, "2.00");
    drop(fs::OpenOptions::new().write(true).open(&file).expect("it answers"));
    closed_as_written(&mut counter);
}

#[cfg(unix)]
#[test]
fn a_till_closes_without_a_share_that_never_answers_and_opens_again_with_everything() {
    let mut counter = mirrored();
    let file = hangs(&mut counter);
    sell(&counter, "1.00");
    counter.till = None;
    // It has closed, and its folder is free.
    let (data, another) = (counter.folder.path().join("data"), counter.folder.path().join("another"));
    fs::create_dir(&another).expect("folder");
    set_mirror(&data, &another);
    counter.restart();
    counter.sign_in("12", "1212");
    sell(&counter, "2.00");
    counter.till = None;
    assert!(mirror(&another) == journal(&data), "the new mirror isn't the journal");
    drop(fs::OpenOptions::new().write(true).open(&file).expect("the worker that was left behind hears of it and ends"));
}
