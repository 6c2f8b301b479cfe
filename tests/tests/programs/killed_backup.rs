//! Killed at any moment while a backup is made or brought back: the till's data is what it was or what the backup is, whole; what is called a
//! backup is one.

#![allow(clippy::disallowed_methods, reason = "the end of patience with a worker is a matter of real time")]

use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::program;
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use counterfoil_till::{STORE_FILE, verify_file};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// How often each is killed.
const KILLS: u32 = 12;
/// Between two looks at whether a restore is decided.
const LOOKING: std::time::Duration = std::time::Duration::from_millis(1);
/// After how much of its usual work it is killed, at most: in per cent of the time that it takes when it isn't.
const UP_TO_PERCENT: u32 = 120;

struct Folders {
    folder: tempfile::TempDir,
}

impl Folders {
    /// A till that took money, closed.
    fn of_a_till() -> Folders {
        let folders = Folders { folder: tempfile::tempdir().expect("folder") };
        fs::create_dir(folders.copies()).expect("folder");
        let mut rpc = Rpc::start(&folders.data()).expect("rpc");
        let printer = json!({ "kind": "none" });
        let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": printer });
        rpc.call("start.set_up", &set_up).expect("set up");
        rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
        rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
        for _ in 0..40 {
            rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "0.34")).expect("taken");
        }
        rpc.close().expect("closed");
        folders
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn copies(&self) -> PathBuf {
        self.folder.path().join("copies")
    }

    fn backups(&self) -> Vec<PathBuf> {
        let items = fs::read_dir(self.copies()).expect("folder").map(|item| item.expect("item").path());
        items.filter(|path| path.extension().is_some_and(|ending| ending == "db")).collect()
    }
}

fn started(data: &Path, words: &[&str]) -> Child {
    let mut command = Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil"));
    command.arg("--data").arg(data).args(words).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program")
}

fn whole(data: &Path, words: &[&str]) -> std::time::Duration {
    let begun = std::time::Instant::now();
    assert!(started(data, words).wait().expect("its end").success(), "{words:?}");
    begun.elapsed()
}

fn entries(file: &Path) -> u64 {
    verify_file(Path::new("."), Some(file)).expect("its chain holds").entries
}

#[test]
fn whatever_is_called_a_backup_after_a_kill_is_whole() {
    let folders = Folders::of_a_till();
    let copies = folders.copies();
    let words = ["backup", "--to", copies.to_str().expect("a path")];
    let usual = whole(&folders.data(), &words);
    let taken = entries(&folders.data().join(STORE_FILE));
    let mut chance = SmallRng::seed_from_u64(7);
    for _ in 0..KILLS {
        let mut child = started(&folders.data(), &words);
        std::thread::park_timeout(usual * chance.random_range(0..UP_TO_PERCENT) / 100);
        let _ = child.kill();
        child.wait().expect("its end");
        for backup in folders.backups() {
            assert_eq!(entries(&backup), taken, "{}", backup.display());
        }
    }
    whole(&folders.data(), &words);
}

#[test]
fn a_restore_that_was_killed_leaves_the_data_as_it_was_or_is_carried_through_at_the_next_start() {
    let folders = Folders::of_a_till();
    let copies = folders.copies();
    whole(&folders.data(), &["backup", "--to", copies.to_str().expect("a path")]);
    let backup = folders.backups().pop().expect("a backup");
    let words = ["restore", "--from", backup.to_str().expect("a path")];
    let usual = whole(&folders.data(), &words);
    let mut before = entries(&folders.data().join(STORE_FILE));
    let mut chance = SmallRng::seed_from_u64(11);
    let decided = folders.data().join("restoring").join("decided");
    let mut carried = 0;
    for kill in 0..KILLS {
        // One entry says of each restore that it was; without it the backup is older, and is refused.
        let mut rpc = Rpc::start(&folders.data()).expect("rpc");
        rpc.call("start.show", &json!({})).expect("it opens");
        rpc.close().expect("closed");
        let leave_out = (before - entries(&backup)).to_string();
        let mut child = started(&folders.data(), &[&words[..], &["--leave-out", &leave_out]].concat());
        if kill == 0 {
            // However busy the machine is, one is killed once it was decided.
            while !decided.exists() && child.try_wait().expect("its state").is_none() {
                std::thread::park_timeout(LOOKING);
            }
        } else {
            std::thread::park_timeout(usual * chance.random_range(0..UP_TO_PERCENT) / 100);
        }
        let _ = child.kill();
        child.wait().expect("its end");
        let mut rpc = Rpc::start(&folders.data()).expect("rpc");
        rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("the till opens, and knows who works at it");
        rpc.close().expect("closed");
        let now = entries(&folders.data().join(STORE_FILE));
        carried += u32::from(now <= before);
        assert!(!decided.exists(), "it was carried through");
        before = now;
    }
    assert!(carried > 0, "no restore ever got as far");
    let kept = fs::read_dir(folders.data())
        .expect("folder")
        .filter(|item| item.as_ref().is_ok_and(|item| item.file_name().to_string_lossy().starts_with("till.replaced-")));
    assert!(kept.count() > 0, "what was replaced is kept");
}
