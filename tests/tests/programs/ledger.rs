//! A till's real client against a real hub on a real PostgreSQL: whatever the line does, takings arrive once.

use counterfoil_simulators::ims::{Behaviour, StandInIms, Tables};
use counterfoil_testkit::faulty_way::FaultyWay;
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::postgres::Cluster;
use counterfoil_testkit::till::{cash_sale, open_session, set_up, sign_in};
use counterfoil_tests::sending::{SendingTill, hub};
use counterfoil_till::api::ledger::EnrolTill;
use counterfoil_till::surroundings::{Machine, Surroundings};
use counterfoil_till::{ImsAuth, TillError, UseIms};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;

/// A fault in so many of a thousand requests.
const BAD_LINE: u64 = 300;

/// As a till's store is changed by somebody who shouldn't.
fn tamper(data: &Path, sql: &str) {
    Connection::open(data.join("till.db")).expect("open").execute_batch(sql).expect("tampered");
}

#[test]
fn takings_arrive_once_over_a_line_that_loses_doubles_cuts_and_mixes_up() {
    for seed in [1, 2, 3] {
        println!("seed {seed}");
        let (hub, _folder, code) = hub();
        let way = FaultyWay::to(&[hub.address()], seed, BAD_LINE).expect("a way");
        let mut counter = SendingTill::enrolled(&way.url(), &code);
        for round in 0..12 {
            counter.sell(5);
            counter.ledger(|view| view["unsent_receipts"].as_u64() < Some(5));
            if round % 4 == 3 {
                counter.sell(1);
                counter = counter.restarted();
            }
        }
        counter.all_sent();
        way.set_share(0);
        assert_eq!(counter.agrees(), 63);
        assert_eq!(counter.call("ledger.show", json!({}))["alarm"], json!(null));
    }
}

#[test]
fn a_hub_that_is_restarted_and_a_database_that_is_switched_off_lose_nothing() {
    let cluster = Cluster::start().expect("a cluster of its own");
    let database = cluster.database().expect("a database");
    let folder = tempfile::tempdir().expect("folder");
    let first = Hub::start(&database, folder.path()).expect("a hub");
    let way = FaultyWay::to(&[first.address()], 1, 0).expect("a way");
    let code = first.enrolment_code("CH", "07", None).expect("a code");
    let counter = SendingTill::enrolled(&way.url(), &code);
    counter.sell(5);
    counter.all_sent();
    cluster.stop().expect("stopped");
    counter.sell(5);
    counter.ledger(|view| view["line"]["state"] == "down" && view["unsent_receipts"] == 5);
    first.stop().ok();
    cluster.start_again().expect("started");
    let second = Hub::start(&database, folder.path()).expect("a hub");
    way.lead_to(&[second.address()]);
    counter.all_sent();
    assert_eq!(counter.agrees(), 10);
}

#[test]
fn two_hubs_on_one_database_are_one_ledger() {
    let (first, folder, code) = hub();
    let second = Hub::start(&first.settings().database_url, folder.path()).expect("another copy");
    let way = FaultyWay::to(&[first.address(), second.address()], 5, BAD_LINE).expect("a way");
    let counter = SendingTill::enrolled(&way.url(), &code);
    for _ in 0..10 {
        counter.sell(4);
        counter.ledger(|view| view["unsent_receipts"].as_u64() < Some(4));
    }
    counter.all_sent();
    way.set_share(0);
    assert_eq!(counter.agrees(), 40);
}

#[test]
fn two_tills_with_one_identity_raise_an_alarm_and_go_on_trading() {
    let (hub, _folder, code) = hub();
    let first = SendingTill::enrolled(hub.url(), &code);
    first.sell(1);
    first.all_sent();
    let (data, kept) = first.closed();
    // Somebody has copied a till's disk.
    let folder = tempfile::tempdir().expect("folder");
    let copied = folder.path().join("till");
    std::fs::create_dir(&copied).expect("folder");
    for file in std::fs::read_dir(&data).expect("data").flatten().filter(|file| file.path().is_file()) {
        std::fs::copy(file.path(), copied.join(file.file_name())).expect("copied");
    }
    let first = SendingTill::reopened((data, kept));
    first.sell(1);
    first.all_sent();
    let second = SendingTill::reopened((copied, Some(folder)));
    second.sell(1);
    let view = second.ledger(|view| view["alarm"] != json!(null));
    assert!(["conflict", "head-not-ours"].contains(&view["alarm"]["code"].as_str().unwrap_or_default()), "{view}");
    second.sell(1);
    assert_eq!(second.call("ledger.show", json!({}))["line"]["state"], "halted");
    first.sell(1);
    first.all_sent();
}

#[test]
fn a_changed_byte_in_an_old_entry_is_a_conflict_and_never_passes() {
    let (hub, _folder, code) = hub();
    let counter = SendingTill::enrolled(hub.url(), &code);
    counter.sell(3);
    counter.all_sent();
    let (data, kept) = counter.closed();
    tamper(
        &data,
        "DROP TRIGGER journal_is_never_changed;
         UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '\"amount\":34', '\"amount\":33') AS BLOB)
         WHERE seq = (SELECT min(seq) FROM receipts);
         DELETE FROM meta WHERE name = 'ledger-acknowledged';",
    );
    let counter = SendingTill::reopened((data, kept));
    let view = counter.ledger(|view| view["alarm"] != json!(null));
    assert_eq!(view["alarm"]["code"], "conflict", "{view}");
    counter.sell(1);
}

#[test]
fn an_alarm_that_a_supervisor_has_looked_at_lets_sending_go_on() {
    let (hub, _folder, code) = hub();
    let counter = SendingTill::enrolled(hub.url(), &code);
    counter.sell(1);
    counter.all_sent();
    let (data, kept) = counter.closed();
    let alarm = r#"{"code":"conflict","seq":7,"at_ms":1,"detail":""}"#;
    tamper(&data, &format!("INSERT INTO meta (name, value) VALUES ('ledger-alarm', '{alarm}')"));
    let counter = SendingTill::reopened((data, kept));
    counter.sell(1);
    counter.ledger(|view| view["line"]["state"] == "halted" && view["unsent_receipts"] == 1);
    let refused = counter.till.call("ledger.release", json!({ "text": "Looked at" })).expect_err("a cashier may not");
    assert_eq!(refused.code, "right-missing");
    counter.call("user.sign_in", json!({ "user_code": "20", "secret": "2020" }));
    let refused = counter.till.call("ledger.release", json!({ "text": " " })).expect_err("nothing said");
    assert_eq!(refused.code, "ledger-release-text");
    counter.call("ledger.release", json!({ "text": "The ledger was restored from its backup" }));
    sign_in(&counter.till).expect("signed in");
    counter.all_sent();
    assert_eq!(counter.agrees(), 2);
}

#[test]
fn a_receipt_is_proved_by_the_ledger_s_reference_and_the_close_by_count_and_value() {
    let (hub, _folder, code) = hub();
    let way = FaultyWay::to(&[hub.address()], 1, 0).expect("a way");
    let counter = SendingTill::enrolled(&way.url(), &code);
    way.set_down(true);
    let taken = counter.call("sale.take", cash_sale(&Machine.new_id(), "BJ12345673", "12.00"));
    let number = taken["receipt"]["number"].clone();
    let proof = |counter: &SendingTill| counter.call("receipt.show", json!({ "number": number }))["ledger"].clone();
    counter.ledger(|view| view["line"]["state"] == "down");
    assert_ne!(proof(&counter)["state"], "in-ledger");
    way.set_down(false);
    counter.all_sent();
    let proved = proof(&counter);
    assert_eq!(proved["state"], "in-ledger");
    assert!(proved["reference"].as_str().is_some_and(|reference| reference.starts_with("1-")), "{proved}");
    way.set_down(true);
    counter.sell(1);
    let begun = counter.call("cash_up.begin", json!({}));
    let terminals: Vec<Value> =
        begun["terminals"].as_array().expect("terminals").iter().map(|mop| json!({ "mop_code": mop, "text": "0" })).collect();
    let pieces = |code: &str, count: &str| json!({ "denomination": code, "text": count });
    let cash = json!([pieces("20", "5"), pieces("10", "1"), pieces("2-pounds", "1")]);
    let give = json!({ "count_id": begun["count_id"], "ticked": [], "terminals": terminals, "cash": cash });
    let given = counter.call("cash_up.give", give);
    let close = json!({ "session": 1, "attempt": given["attempt"], "float_left": "100", "reason": "wrong-change",
        "approval": { "user_code": "20", "secret": "2020" } });
    let closed = counter.call("cash_up.close", close);
    assert_eq!((&closed["ledger"]["receipts"], &closed["ledger"]["in_ledger"]), (&json!(3), &json!(1)), "{}", closed["ledger"]);
    way.set_down(false);
    counter.all_sent();
    counter.agrees();
}

#[test]
fn a_ledger_that_came_back_from_an_older_backup_is_sent_what_it_lost() {
    let (hub, _folder, code) = hub();
    let counter = SendingTill::enrolled(hub.url(), &code);
    counter.sell(3);
    let view = counter.all_sent();
    assert_eq!(view["line"]["differs"], json!(null));
    let database = hub.settings().database_url.clone();
    counter.sell(2);
    counter.all_sent();
    // What the ledger says of itself is what counts: the till goes back to the head that it names.
    let (data, kept) = counter.closed();
    tamper(&data, "UPDATE meta SET value = '{\"seq\":2,\"serial\":0,\"running_pence\":0}' WHERE name = 'ledger-acknowledged'");
    let counter = SendingTill::reopened((data, kept));
    counter.all_sent();
    assert_eq!(counter.agrees(), 5, "sent again, and each there once: {database}");
}

#[test]
fn a_till_whose_clock_is_a_day_out_sends_by_the_ledger_s() {
    struct Yesterday;
    impl Surroundings for Yesterday {
        fn now_ms(&self) -> i64 {
            Machine.now_ms() - 24 * 60 * 60 * 1000
        }
        fn new_id(&self) -> String {
            Machine.new_id()
        }
        fn random(&self) -> [u8; 32] {
            Machine.random()
        }
    }
    let (hub, _folder, code) = hub();
    let counter = SendingTill::enrolled(hub.url(), &code);
    let (data, kept) = counter.closed();
    let counter = SendingTill::with(&data, kept, Box::new(Yesterday));
    sign_in(&counter.till).expect("signed in");
    counter.sell(2);
    counter.all_sent();
}

/// A till of the demonstration council that nothing was taken on, and nobody has signed in at.
fn unused() -> (SendingTill, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("folder");
    let till = SendingTill::open(&folder.path().join("till"), None);
    set_up(&till.till, &json!({ "kind": "none" })).expect("set up");
    (till, folder)
}

fn enrol(till: &SendingTill, hub: &Hub, code: &str, take_name: bool) -> Result<(), TillError> {
    till.till.enrol(None, &EnrolTill { url: hub.url().into(), code: code.into(), take_name, ..EnrolTill::default() })
}

#[test]
fn a_till_takes_the_ledger_s_name_only_while_it_is_unused_and_only_when_somebody_has_agreed() {
    let (hub, _folder, _) = hub();
    let (till, _kept) = unused();
    let code = hub.enrolment_code("CH", "08", None).expect("a code");
    let refused = enrol(&till, &hub, &code, false).expect_err("somebody is asked");
    assert_eq!((refused.code.as_str(), refused.args["till"].as_str(), refused.args["office"].as_str()), ("ledger-take-name", "08", "CH"));
    assert_eq!(till.call("start.show", json!({}))["till"]["till_code"], "07");
    // The same code again, for an answer may be lost and a question takes its time.
    enrol(&till, &hub, &code, true).expect("enrolled");
    assert_eq!(till.call("start.show", json!({}))["till"]["till_code"], "08");
    sign_in(&till.till).expect("signed in");
    open_session(&till.till).expect("open");
    till.sell(1);
    till.all_sent();
    till.call("user.sign_out", json!({}));

    // Once something was taken receipts are numbered by the name, and nobody is asked.
    let (used, _kept) = unused();
    sign_in(&used.till).expect("signed in");
    open_session(&used.till).expect("open");
    used.sell(1);
    let another = hub.enrolment_code("CH", "09", None).expect("a code");
    for take_name in [false, true] {
        assert_eq!(enrol(&used, &hub, &another, take_name).expect_err("refused").code, "ledger-other-till");
    }
    assert_eq!(used.call("start.show", json!({}))["till"]["till_code"], "07");

    // Nor is one asked about an office that the pack doesn't have.
    let (stray, _kept) = unused();
    let nowhere = hub.enrolment_code("ZZ", "07", None).expect("a code");
    assert_eq!(enrol(&stray, &hub, &nowhere, true).expect_err("refused").code, "ledger-other-till");
}

#[test]
fn leaving_an_ims_for_the_hub_is_in_the_journal_and_what_was_taken_before_reaches_the_hub() {
    let (hub, _folder, code) = hub();
    let ims = StandInIms::start(Tables::demonstration(), Behaviour::default()).expect("a stand-in");
    let (till, _kept) = unused();
    let at = UseIms { url: ims.base_url().into(), auth: ImsAuth::None, secret: None, authority: None, client_certificate: None };
    assert_eq!(till.till.use_ims(&at).expect("the IMS is set"), None);
    enrol(&till, &hub, &code, false).expect("enrolled");
    sign_in(&till.till).expect("signed in");
    open_session(&till.till).expect("open");
    till.sell(1);
    till.all_sent();
    till.agrees();
    let bodies = till.till.store().read(|reading| reading.outgoing(0, 100, usize::MAX)).expect("entries");
    let changes: Vec<Value> = bodies
        .iter()
        .map(|entry| serde_json::from_slice::<Value>(&entry.body).expect("JSON")["fact"]["ledger_changed"].clone())
        .filter(|change| !change.is_null())
        .collect();
    assert_eq!(
        changes,
        [
            json!({ "kind": "localgov-ims", "address": ims.base_url() }),
            json!({ "kind": "hub", "address": hub.url(), "before": ims.base_url() })
        ]
    );
}

#[test]
fn a_hub_that_is_reached_another_way_needs_no_new_code_from_a_till_that_it_knows() {
    let (hub, _folder, code) = hub();
    let counter = SendingTill::enrolled(hub.url(), &code);
    let way = FaultyWay::to(&[hub.address()], 1, 0).expect("a way");
    let another = |url: &str| EnrolTill { url: url.into(), ..EnrolTill::default() };
    way.set_down(true);
    assert_eq!(counter.till.enrol(None, &another(&way.url())).expect_err("nobody answers").code, "ledger-unreachable");
    assert_eq!(counter.call("ledger.show", json!({}))["address"], hub.url());
    way.set_down(false);
    counter.till.enrol(None, &another(&way.url())).expect("it knows this till");
    assert_eq!(counter.call("ledger.show", json!({}))["address"], way.url());
    counter.sell(2);
    counter.all_sent();
    assert_eq!(counter.agrees(), 2);
    let (stranger, _kept) = unused();
    assert_eq!(stranger.till.enrol(None, &another(hub.url())).expect_err("unknown").code, "ledger-code-wrong");
}
