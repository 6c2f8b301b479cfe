//! Killed at any moment, the till's mirror is its journal again as soon as the till has been opened and closed: nothing is
//! missing, nothing is there twice, nothing was written over.

use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// How often it is killed.
const KILLS: usize = 30;

fn started(data: &Path) -> Rpc {
    let mut rpc = Rpc::start(data).expect("rpc");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc
}

fn set_up(data: &Path, mirror: &Path) {
    fs::create_dir(mirror).expect("mirror");
    let mut rpc = Rpc::start(data).expect("rpc");
    let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } });
    rpc.call("start.set_up", &set_up).expect("set up");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    rpc.close().expect("closed");
    fs::write(data.join("settings.json"), json!({ "mirror_folder": mirror }).to_string()).expect("settings");
}

/// Sends sales until the program is killed under it, without waiting for the last answer.
fn sell_until_killed(rpc: &mut Rpc, rounds: u32) {
    for round in 0..=rounds {
        let sent = rpc.send("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "0.34"));
        if round == rounds || sent.is_err() {
            break;
        }
        rpc.answer().expect("an answer");
    }
    rpc.kill().expect("killed");
}

fn files(mirror: &Path) -> Vec<PathBuf> {
    let Some(till) = fs::read_dir(mirror).expect("mirror").next() else { return Vec::new() };
    let items = fs::read_dir(till.expect("item").path()).expect("till").map(|item| item.expect("item").path());
    let mut files: Vec<PathBuf> = items.filter(|path| path.extension().is_some_and(|ending| ending == "lines")).collect();
    files.sort();
    files
}

fn mirrored(mirror: &Path) -> Vec<u8> {
    files(mirror).iter().flat_map(|file| fs::read(file).expect("file")).collect()
}

fn journal(data: &Path) -> Vec<u8> {
    let store = Connection::open(data.join("till.db")).expect("store");
    let mut statement = store.prepare("SELECT seq || ' ' || lower(hex(hash)) || ' ', body FROM journal ORDER BY seq").expect("query");
    let line = |row: &rusqlite::Row<'_>| Ok([row.get::<_, String>(0)?.into_bytes(), row.get(1)?, vec![b'\n']].concat());
    statement.query_map([], line).expect("rows").flat_map(|row| row.expect("row")).collect()
}

#[test]
fn the_mirror_is_the_journal_after_every_kill_and_is_never_ahead_of_it() {
    let folder = tempfile::tempdir().expect("folder");
    let (data, mirror) = (folder.path().join("data"), folder.path().join("mirror"));
    set_up(&data, &mirror);
    let mut chance = SmallRng::seed_from_u64(20_261_125);
    for kill in 0..KILLS {
        let mut rpc = started(&data);
        sell_until_killed(&mut rpc, chance.random_range(0..8));
        drop(rpc);
        // What a power cut can do to the end of a file that was being written.
        if let Some(last) = files(&mirror).last().filter(|_| kill % 3 == 0) {
            let bytes = fs::read(last).expect("file");
            let kept = bytes.len() - chance.random_range(0..bytes.len().min(900));
            fs::write(last, &bytes[..kept]).expect("torn");
        }
        if kill % 5 == 4 {
            let rpc = started(&data);
            rpc.close().expect("closed");
            assert!(mirrored(&mirror) == journal(&data), "after kill {kill} the mirror isn't the journal");
        } else {
            let whole = journal(&data);
            let complete = mirrored(&mirror);
            let complete = &complete[..complete.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1)];
            assert!(whole.starts_with(complete), "after kill {kill} the mirror has what the journal hasn't");
        }
    }
}
