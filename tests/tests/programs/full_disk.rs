//! A disk that fills up: what doesn't fit is refused, what was answered is there, and nothing is there twice.

use counterfoil_testkit::till::{cash_sale, demonstration_pack};
use counterfoil_tests::rpc::Rpc;
use counterfoil_tests::small_disk::SmallDisk;
use counterfoil_tests::until;
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

fn set_up(rpc: &mut Rpc, paper: &Path) {
    let printer = json!({ "kind": "file", "folder": paper });
    let set_up = json!({ "folder": demonstration_pack(), "office_code": "CH", "till_code": "07", "printer": printer });
    rpc.call("start.set_up", &set_up).expect("set up");
    sign_in(rpc);
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
}

fn sign_in(rpc: &mut Rpc) {
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
}

fn sale(sale_id: &str) -> Value {
    cash_sale(sale_id, "BJ12345673", "12.34")
}

/// Sells until so many payments in a row were refused for want of space. Answers the receipts by sale, and the sales refused.
fn sell_until_full(rpc: &mut Rpc, taken: &mut BTreeMap<String, Value>) -> Vec<String> {
    let mut refused = Vec::new();
    for _ in 0..20_000 {
        let sale_id = Machine.new_id();
        match rpc.call("sale.take", &sale(&sale_id)) {
            Ok(answer) => {
                refused.clear();
                taken.insert(sale_id, answer["receipt"]["number"].clone());
            }
            Err(error) => {
                assert_eq!((&error["code"], &error["outcome"]), (&json!("disk-full"), &json!("not_done")), "{error}");
                refused.push(sale_id);
            }
        }
        if refused.len() == 5 {
            return refused;
        }
    }
    panic!("the disk never filled up")
}

#[test]
fn payments_on_a_full_disk_are_refused_and_every_answered_receipt_is_there_exactly_once() {
    let folder = tempfile::tempdir().expect("folder");
    let disk = SmallDisk::mounted(&folder.path().join("disk"));
    let paper = folder.path().join("paper");
    let mut taken = BTreeMap::new();
    let mut rpc = disk.till();
    set_up(&mut rpc, &paper);
    disk.fill(1_000_000);
    let refused = sell_until_full(&mut rpc, &mut taken);
    assert!(taken.len() > 10, "the disk was full from the first: {}", taken.len());

    // The same program goes on once there is space, and a sale that was refused is taken once, however often it is sent.
    disk.give_space();
    for sale_id in refused.iter().chain(&refused) {
        let answer = rpc.call("sale.take", &sale(sale_id)).expect("there is space");
        let again = taken.insert(sale_id.clone(), answer["receipt"]["number"].clone());
        assert_eq!(answer["again"], json!(again.is_some()), "{sale_id}");
        assert!(again.is_none_or(|number| number == answer["receipt"]["number"]), "{sale_id}");
    }

    // Full again, and the power fails.
    disk.fill(200_000);
    let refused = sell_until_full(&mut rpc, &mut taken);
    rpc.kill().expect("killed");
    drop(rpc);
    let mut rpc = disk.till();
    if let Err(error) = rpc.call("start.show", &json!({})) {
        // A till that can't even begin for want of space says so, and leaves everything as it is.
        assert_eq!((&error["code"], &error["outcome"]), (&json!("disk-full"), &json!("not_done")), "{error}");
    }
    drop(rpc);
    disk.give_space();
    let mut rpc = disk.till();
    sign_in(&mut rpc);
    let answer = rpc.call("sale.take", &sale(&refused[0])).expect("there is space");
    assert_eq!(answer["again"], json!(false));
    taken.insert(refused[0].clone(), answer["receipt"]["number"].clone());
    rpc.close().expect("closed");

    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).expect("folder");
    std::fs::copy(disk.path("data/till.db"), copy.join("till.db")).expect("copied");
    let store = rusqlite::Connection::open(copy.join("till.db")).expect("store");
    let sql = "SELECT lower(hex(journal.id)), receipts.serial FROM receipts JOIN journal USING (seq) ORDER BY receipts.serial";
    let mut statement = store.prepare(sql).expect("query");
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?))).expect("rows");
    let kept: BTreeMap<String, Value> = rows.map(|row| row.expect("row")).map(|(id, n)| (id, json!(format!("CH07-{n:07}")))).collect();
    let answered: BTreeMap<String, Value> = taken.into_iter().map(|(id, number)| (id.replace('-', ""), number)).collect();
    assert_eq!(kept, answered, "what is kept isn't what was answered");
    drop(statement);
    drop(store);
    let till = counterfoil_testkit::till::open(&copy, false).expect("till");
    till.store().verify().expect("the chain holds");
    assert_eq!(till.store().rebuild().expect("rebuild"), [], "the projections aren't what the journal says");
}

/// Waits until the copy has ended, and answers how.
fn copied(rpc: &mut Rpc, folder: &Path) -> Value {
    rpc.call("backup.begin", &json!({ "folder": folder })).expect("begun");
    until("the copy has ended", || {
        let progress = rpc.call("backup.show", &json!({})).expect("progress")["progress"].clone();
        (progress["stage"] != "copying").then_some(progress)
    })
}

#[test]
fn a_backup_that_does_not_fit_is_refused_in_words_leaves_nothing_behind_and_stops_no_payment() {
    let folder = tempfile::tempdir().expect("folder");
    let disk = SmallDisk::mounted(&folder.path().join("disk"));
    // The till on the small disk, copied onto it; and a till with room beside it, copied onto the small disk.
    let own = folder.path().join("data");
    for (data, room) in [(folder.path().join("disk/data"), 200_000), (own.clone(), 60_000)] {
        let mut rpc = disk.till_at(&data);
        set_up(&mut rpc, &folder.path().join("paper"));
        rpc.call("sale.take", &sale(&Machine.new_id())).expect("taken");
        rpc.call("user.sign_out", &json!({})).expect("signed out");
        rpc.call("user.sign_in", &json!({ "user_code": "90", "secret": "9090" })).expect("sign in");
        let copies = folder.path().join("disk/copies");
        std::fs::create_dir_all(disk.path("copies")).expect("folder");
        disk.fill(room);
        let failed = copied(&mut rpc, &copies);
        assert_eq!((&failed["stage"], &failed["error"]), (&json!("failed"), &json!("backup-disk-full")), "{}", data.display());
        assert_eq!(std::fs::read_dir(disk.path("copies")).expect("folder").count(), 0, "something is left of it");
        rpc.call("user.sign_out", &json!({})).expect("signed out");
        sign_in(&mut rpc);
        rpc.call("sale.take", &sale(&Machine.new_id())).expect("money is taken meanwhile");
        disk.give_space();
        rpc.call("user.sign_out", &json!({})).expect("signed out");
        rpc.call("user.sign_in", &json!({ "user_code": "90", "secret": "9090" })).expect("sign in");
        assert_eq!(copied(&mut rpc, &copies)["stage"], "done", "{}", data.display());
        rpc.close().expect("closed");
        std::fs::remove_dir_all(disk.path("copies")).expect("taken away");
    }
    assert_eq!(std::fs::read_dir(own.join("copying")).expect("folder").count(), 0, "nothing stays on the way");
}
