//! A till is lost and comes back on another machine: from the hub alone, from mirror and hub with either the longer one, and
//! never when the two disagree. The hub refuses the lost till from then on. The real till and the real hub on a real PostgreSQL.

use counterfoil_ledger::reference::put_pack;
use counterfoil_pack::PackFiles;
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::postgres;
use counterfoil_testkit::till::{assets, cash_sale, demonstration_pack, make_ready, sign_in};
use counterfoil_till::api::ledger::EnrolTill;
use counterfoil_till::secrets::SecretsFile;
use counterfoil_till::surroundings::{Machine, Surroundings};
use counterfoil_till::{Opening, RestoreFrom, RestoreLedger, Restored, Till, TillError, restore};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long nothing may happen before a test says so. Nothing is timed by it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A hub, and a place for tills and their mirror.
struct Council {
    hub: Hub,
    folder: tempfile::TempDir,
}

/// A till and what it tells.
struct Counter {
    till: Till,
    told: Receiver<()>,
}

impl Council {
    fn new() -> Council {
        let folder = tempfile::tempdir().expect("folder");
        fs::create_dir(folder.path().join("mirror")).expect("mirror");
        let database = postgres::shared().database().expect("database");
        Council { hub: Hub::start(&database, folder.path()).expect("hub"), folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The counter on a data folder; it sends to the hub, and to the mirror if it has one.
    fn open(&self, name: &str) -> Counter {
        let (tell, told) = channel();
        let opening = Opening {
            folder: self.path(name),
            resources: assets(),
            surroundings: Box::new(Machine),
            listener: Box::new(move |_| {
                let _ = tell.send(());
            }),
            prints: false,
            sends: true,
            secrets: Box::new(SecretsFile::of(&self.path(name))),
            layers: counterfoil_till::Layers::default(),
        };
        Counter { till: Till::open(opening).expect("the till opens"), told }
    }

    /// A till that is set up, mirrored and enrolled, with a session open.
    fn enrolled(&self, name: &str) -> Counter {
        fs::create_dir(self.path(name)).expect("data");
        self.mirror(name, true);
        let counter = self.open(name);
        make_ready(&counter.till, &json!({ "kind": "none" })).expect("ready");
        let code = self.hub.enrolment_code("CH", "07", None).expect("code");
        counter.till.enrol(None, &EnrolTill { url: self.hub.url().into(), code, ..EnrolTill::default() }).expect("enrolled");
        counter
    }

    /// Names the mirror in a till's settings, or doesn't.
    fn mirror(&self, name: &str, mirrored: bool) {
        let file = self.path(name).join("settings.json");
        let mut settings: Value = fs::read(&file).map_or_else(|_| json!({}), |bytes| serde_json::from_slice(&bytes).expect("JSON"));
        settings["mirror_folder"] = if mirrored { json!(self.path("mirror")) } else { Value::Null };
        fs::write(file, settings.to_string()).expect("settings");
    }

    /// Takes the ledger out of a till's settings, as a line that is down.
    fn cut_off(&self, name: &str) {
        let file = self.path(name).join("settings.json");
        let mut settings: Value = serde_json::from_slice(&fs::read(&file).expect("settings")).expect("JSON");
        settings["ledger"] = Value::Null;
        fs::write(file, settings.to_string()).expect("settings");
    }

    fn replacement_code(&self, of: &str) -> String {
        let till_id = till_id(&self.path(of));
        self.hub.enrolment_code("CH", "07", Some(&till_id)).expect("code")
    }

    fn restore(&self, into: &str, code: Option<&str>, from_mirror: bool) -> Result<Restored, TillError> {
        let ledger = code.map(|code| RestoreLedger { url: self.hub.url().into(), code: code.into(), authority: None });
        let from = RestoreFrom { mirror: from_mirror.then(|| self.path("mirror")), ledger, last_receipt: Some("3".into()) };
        let folder = self.path(into);
        restore(&folder, &from, Box::new(Machine), Box::new(SecretsFile::of(&folder)), &mut |_| {})
    }
}

impl Counter {
    fn take(&self, pounds: &str) -> String {
        let taken = self.till.call("sale.take", cash_sale(&Machine.new_id(), "BJ12345673", pounds)).expect("taken");
        taken["receipt"]["number"].as_str().expect("a number").to_owned()
    }

    /// Waits until the ledger has acknowledged the whole journal.
    fn all_sent(&self) {
        self.until(|till| {
            let known = till.store().read(|reading| reading.acknowledged()).expect("acknowledged").seq;
            known == till.store().head().expect("head").seq
        });
    }

    fn until(&self, is_so: impl Fn(&Till) -> bool) {
        while !is_so(&self.till) {
            self.told.recv_timeout(PATIENCE).expect("something happens");
        }
    }
}

fn till_id(data: &Path) -> String {
    let store = Connection::open(data.join("till.db")).expect("store");
    store.query_row("SELECT value FROM meta WHERE name = 'till_id'", [], |row| row.get(0)).expect("id")
}

fn bodies(data: &Path) -> Vec<Vec<u8>> {
    let store = Connection::open(data.join("till.db")).expect("store");
    let mut statement = store.prepare("SELECT body FROM journal ORDER BY seq").expect("query");
    statement.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("row")).collect()
}

/// What the restored till has of the lost one's journal, up to and with what it wrote itself about that: two entries.
fn same_journal(council: &Council, lost: &str, fresh: &str) {
    let (lost, fresh) = (bodies(&council.path(lost)), bodies(&council.path(fresh)));
    assert_eq!(fresh.len(), lost.len() + 2);
    assert!(fresh[..lost.len()] == lost, "the journals differ");
}

/// The replacement takes a payment, and the hub has everything of it.
fn goes_on(council: &Council, fresh: &str) {
    let counter = council.open(fresh);
    sign_in(&counter.till).expect("signed in");
    assert_eq!(counter.take("9.00"), "CH07-0000004");
    counter.all_sent();
    let day = chrono::NaiveDate::from_ymd_opt;
    let rows = counter.till.reconcile(day(2000, 1, 1).expect("day"), day(2100, 1, 1).expect("day")).expect("reconciled");
    assert!(!rows.is_empty() && rows.iter().all(|row| row.till == row.ledger), "{rows:?}");
    counter.till.store().verify().expect("the chain holds");
}

#[test]
fn a_till_restored_from_the_hub_alone_goes_on_and_the_lost_one_is_refused() {
    let council = Council::new();
    let counter = council.enrolled("lost");
    for pounds in ["1.00", "2.00", "3.00"] {
        counter.take(pounds);
    }
    counter.all_sent();
    drop(counter);
    let files = PackFiles::read_dir(&demonstration_pack()).expect("pack");
    council.hub.as_administrator(async |ledger| put_pack(ledger, &files).await).expect("put");
    let code = council.replacement_code("lost");
    let report = council.restore("fresh", Some(&code), false).expect("restored");
    assert_eq!((report.only_mirror, report.only_ledger, report.enrolled), (0, report.entries, true));
    assert!(!report.pack_missing, "the pack comes from the hub");
    same_journal(&council, "lost", "fresh");
    // The lost till is found again: nothing of it reaches the hub, and it says so.
    let lost = council.open("lost");
    lost.till.call("user.sign_in", json!({ "user_code": "20", "secret": "2020" })).expect("signed in");
    lost.until(|till| till.call("ledger.show", json!({})).expect("ledger")["alarm"]["code"] == json!("till-revoked"));
    goes_on(&council, "fresh");
}

#[test]
fn a_session_that_was_open_when_the_till_was_lost_is_counted_and_closed_at_the_replacement() {
    let council = Council::new();
    let counter = council.enrolled("lost");
    for pounds in ["1.00", "2.00", "3.00"] {
        counter.take(pounds);
    }
    counter.all_sent();
    drop(counter);
    let code = council.replacement_code("lost");
    council.restore("fresh", Some(&code), true).expect("restored");
    let counter = council.open("fresh");
    sign_in(&counter.till).expect("signed in");
    assert_eq!(counter.take("9.00"), "CH07-0000004");
    // The drawer has the float of before the loss, what was taken then, and what was taken here.
    let begun = counter.till.call("cash_up.begin", json!({})).expect("begun");
    let terminals: Vec<Value> =
        begun["terminals"].as_array().expect("terminals").iter().map(|mop| json!({ "mop_code": mop, "text": "0" })).collect();
    let pieces = |code: &str, count: &str| json!({ "denomination": code, "text": count });
    let cash = json!([pieces("20", "5"), pieces("10", "1"), pieces("2-pounds", "2"), pieces("1-pound", "1")]);
    let give = json!({ "count_id": begun["count_id"], "ticked": [], "terminals": terminals, "cash": cash });
    let given = counter.till.call("cash_up.give", give).expect("given");
    let close = json!({ "session": 1, "attempt": given["attempt"], "float_left": "100" });
    let closed = counter.till.call("cash_up.close", close).expect("it agrees and closes with no reason asked");
    assert_eq!(closed["ledger"]["receipts"], 4, "{closed}");
    counter.all_sent();
    let proof = counter.till.call("z.proof", json!({ "number": 1 })).expect("proof");
    assert_eq!((&proof["in_ledger"], &proof["value_in_ledger"], &proof["differs"]), (&json!(4), &json!(1500), &json!(false)), "{proof}");
    counter.till.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("the next session");
    assert_eq!(counter.take("4.00"), "CH07-0000005");
    counter.all_sent();
    counter.till.store().verify().expect("the chain holds");
}

#[test]
fn entries_that_only_the_mirror_had_are_sent_by_the_replacement() {
    let council = Council::new();
    let counter = council.enrolled("lost");
    counter.take("1.00");
    counter.all_sent();
    drop(counter);
    council.cut_off("lost");
    let counter = council.open("lost");
    sign_in(&counter.till).expect("signed in");
    counter.take("2.00");
    counter.take("3.00");
    drop(counter);
    let code = council.replacement_code("lost");
    let report = council.restore("fresh", Some(&code), true).expect("restored");
    assert_eq!((report.only_mirror, report.only_ledger, report.pack_missing), (3, 0, false));
    same_journal(&council, "lost", "fresh");
    goes_on(&council, "fresh");
}

#[test]
fn entries_that_only_the_ledger_had_are_brought_from_there() {
    let council = Council::new();
    let counter = council.enrolled("lost");
    counter.take("1.00");
    counter.all_sent();
    drop(counter);
    council.mirror("lost", false);
    let counter = council.open("lost");
    sign_in(&counter.till).expect("signed in");
    counter.take("2.00");
    counter.take("3.00");
    counter.all_sent();
    drop(counter);
    let code = council.replacement_code("lost");
    let report = council.restore("fresh", Some(&code), true).expect("restored");
    assert_eq!((report.only_mirror, report.only_ledger), (0, 3));
    same_journal(&council, "lost", "fresh");
    goes_on(&council, "fresh");
}

#[test]
fn mirror_and_ledger_that_disagree_are_refused_by_entry_and_the_same_code_can_be_used_again() {
    let council = Council::new();
    let counter = council.enrolled("lost");
    counter.take("1.00");
    counter.all_sent();
    drop(counter);
    let copy = council.path("copy");
    fs::create_dir(&copy).expect("copy");
    for name in ["till.db", "settings.json"] {
        fs::copy(council.path("lost").join(name), copy.join(name)).expect("copied");
    }
    // The till goes on with the ledger only, and a copy of it with the mirror only: the same numbers, other entries.
    council.mirror("lost", false);
    council.cut_off("copy");
    for (name, pounds) in [("lost", "2.00"), ("copy", "7.00")] {
        let counter = council.open(name);
        sign_in(&counter.till).expect("signed in");
        counter.take(pounds);
        if name == "lost" {
            counter.all_sent();
        }
    }
    let agreed = bodies(&council.path("lost")).iter().zip(bodies(&copy)).take_while(|(one, other)| **one == *other).count();
    let code = council.replacement_code("lost");
    let error = council.restore("fresh", Some(&code), true).expect_err("refused");
    assert_eq!((error.code.as_str(), error.args["seq"].as_str()), ("restore-disagree", (agreed + 1).to_string().as_str()));
    let mut left: Vec<_> = fs::read_dir(council.path("fresh")).expect("folder").map(|item| item.expect("item").file_name()).collect();
    left.sort();
    assert_eq!(left, ["secrets.json", "till.lock"], "only the key stays");
    // A person decides for the ledger.
    council.restore("fresh", Some(&code), false).expect("restored with the same code");
    same_journal(&council, "lost", "fresh");
}

#[test]
fn a_code_for_another_till_or_for_a_new_one_restores_nothing() {
    let council = Council::new();
    let counter = council.enrolled("lost");
    counter.take("1.00");
    counter.all_sent();
    drop(counter);
    let fresh_code = council.hub.enrolment_code("CH", "08", None).expect("code");
    assert_eq!(council.restore("fresh", Some(&fresh_code), true).expect_err("refused").code, "restore-not-a-replacement");
    let tills = council.path("mirror");
    let own = fs::read_dir(&tills).expect("mirror").next().expect("a till").expect("item").path();
    fs::rename(own, tills.join("another")).expect("renamed");
    let code = council.replacement_code("lost");
    // Under another name nothing of the mirror holds, and the code isn't used up by that.
    assert_eq!(council.restore("other", Some(&code), true).expect_err("refused").code, "restore-mirror-broken");
    let report = council.restore("other", Some(&code), false).expect("restored");
    assert!(report.pack_missing, "the pack was applied at the till, and the hub was never given it");
}
