//! Cash that no session counts: the float between two sessions, and coin that stays in the safe between two deposits.

use crate::common::day::pieces;
use crate::common::{Counter, assets};
use counterfoil_till::apply_pack;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn by(user: &str, secret: &str) -> Value {
    json!({ "user_code": user, "secret": secret })
}

fn float(twenties: u32) -> Value {
    json!({ "counts": [{ "denomination": "20", "pieces": twenties }] })
}

fn with(mut request: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().expect("an object") {
        request[key] = value.clone();
    }
    request
}

/// Cashier 12 takes £1,000, counts all of it and leaves this much in the drawer.
fn leaves(pounds: &str) -> Counter {
    let counter = Counter::open();
    counter.call("sale.take", counter.cash_sale("23", "501234566", "1000"));
    counter.close_session(pieces(&[("20", 55)]), pounds);
    counter
}

fn report(counter: &Counter, name: &str) -> Value {
    counter.call("report.run", json!({ "report": name }))["rows"].clone()
}

#[test]
fn a_float_far_from_what_was_left_needs_a_reason_and_somebody_whose_cash_it_was_not() {
    let counter = leaves("1000");
    let error = counter.till().call("session.open", float(5)).expect_err("£900 are gone");
    assert_eq!((error.code.as_str(), &*error.args["left"], &*error.args["counted"]), ("float-not-as-left", "£1,000.00", "£100.00"));
    let asked = with(float(5), json!({ "reason": "not-known", "text": "the safe is empty too" }));
    assert_eq!(counter.refused("session.open", with(float(5), json!({ "reason": "keyed-wrong" }))), "reason-missing");
    assert_eq!(counter.refused("session.open", asked.clone()), "approval-needed");
    assert_eq!(counter.refused("session.open", with(asked.clone(), json!({ "approval": by("12", "1212") }))), "approver-is-requester");
    counter.sign_in("14", "1414");
    assert_eq!(counter.refused("session.open", with(asked.clone(), json!({ "approval": by("12", "1212") }))), "approver-is-cashier");
    counter.call("session.open", with(asked, json!({ "approval": by("20", "2020") })));
    counter.sign_in("20", "2020");
    let rows = report(&counter, "over-and-short");
    let carried = json!([
        "2026-11-23",
        "1",
        "Alex Cashier (14)",
        "Float, as left before",
        100_000,
        10_000,
        -90_000,
        "Cause not known: the safe is empty too"
    ]);
    assert!(rows.as_array().expect("rows").contains(&carried), "{rows}");
    let trail = counter.call("report.run", json!({ "report": "audit-trail", "text": "safe is empty" }));
    assert_eq!((&trail["rows"][0][3], &trail["rows"][0][4]), (&json!("20"), &json!("Session opened")));
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn a_float_near_what_was_left_needs_nobody_and_its_difference_is_kept_all_the_same() {
    let counter = leaves("100");
    counter.call("session.open", float(4));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("20", "2020");
    let rows = report(&counter, "over-and-short");
    let carried: Vec<&Value> =
        rows.as_array().expect("rows").iter().filter(|row| row[3] == "Float, as left before").map(|row| &row[6]).collect();
    assert_eq!(carried, [-2_000]);
    // It is nobody's session that was short.
    assert_eq!(counter.call("report.run", json!({ "report": "over-and-short" }))["totals"][7], "£0.00 over, £0.00 short");
}

#[test]
fn a_float_that_is_what_was_left_is_no_difference() {
    let counter = leaves("100");
    counter.call("session.open", float(5));
    counter.sign_in("20", "2020");
    let rows = report(&counter, "over-and-short");
    assert!(!rows.to_string().contains("Float"), "{rows}");
}

/// Closes a session of cashier 12 with so much for the bank, and leaves supervisor 20 signed in.
fn session_for_the_bank(counter: &Counter, pounds: u32) {
    counter.sign_in("12", "1212");
    counter.call("session.open", float(5));
    counter.call("sale.take", counter.cash_sale("23", "501234566", &pounds.to_string()));
    counter.close_session(pieces(&[("20", 5), ("1-pound", pounds)]), "100");
    counter.sign_in("20", "2020");
}

fn deposit(counter: &Counter, z: u64, pounds: u32, also: Value) -> Value {
    let id = counter.call("banking.ready", json!({}))["deposit_id"].clone();
    let request = json!({
        "deposit_id": id, "z_reads": [z], "slip": format!("S{z}"), "cash": pieces(&[("1-pound", pounds)]),
        "bags": [{ "number": "B1" }], "approval": by("21", "2121"),
    });
    with(request, also)
}

#[test]
fn coin_that_fills_no_bag_stays_in_sight_until_it_is_banked() {
    let counter = Counter::fresh();
    session_for_the_bank(&counter, 50);
    let first = counter.call("banking.make", deposit(&counter, 1, 40, json!({ "reason": "loose-coin-kept" })));
    assert_eq!((&first["difference"], &first["kept_back"]), (&json!(-1_000), &json!(1_000)));
    session_for_the_bank(&counter, 50);
    assert_eq!(counter.call("banking.ready", json!({}))["kept_back"], 1_000);
    assert_eq!(counter.refused("banking.make", deposit(&counter, 2, 40, json!({}))), "reason-missing");
    // All that was counted and all that was kept back: nothing is left to explain.
    let second = counter.call("banking.make", deposit(&counter, 2, 60, json!({})));
    assert_eq!((&second["difference"], &second["kept_back"], &second["deposit"]["reason"]), (&json!(1_000), &json!(0), &Value::Null));
    assert_eq!(counter.call("banking.ready", json!({}))["kept_back"], 0);
    assert_eq!(
        report(&counter, "deposits"),
        json!([["2026-11-23", "1", "S1", 0, 5_000, 4_000, -1_000, 1_000], ["2026-11-23", "2", "S2", 0, 5_000, 6_000, 1_000, 0],])
    );
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

/// The demonstration's pack with one of its files changed.
fn changed_pack(folder: &Path, file: &str, change: impl Fn(&str) -> String) {
    let from = assets().join("packs/barnsley-demo");
    for entry in fs::read_dir(&from).expect("the pack").map(|entry| entry.expect("a file").path()).filter(|path| path.is_file()) {
        fs::copy(&entry, folder.join(entry.file_name().expect("a name"))).expect("copied");
    }
    let text = fs::read_to_string(from.join(file)).expect("a file");
    fs::write(folder.join(file), change(&text)).expect("written");
}

#[test]
fn a_pack_that_would_make_something_else_of_money_that_is_not_banked_yet_is_refused() {
    let counter = Counter::open();
    counter.take_cheque("40", "A Payer");
    let folder = tempfile::tempdir().expect("folder");
    let apply = |change: &dyn Fn(&str) -> String| {
        changed_pack(folder.path(), "mops.csv", change);
        apply_pack(counter.till(), folder.path()).map_err(|error| (error.code.clone(), error.args.get("mop").cloned()))
    };
    let refused = Err(("pack-changes-mop".to_owned(), Some("24".to_owned())));
    let dropped = |text: &str| text.lines().filter(|line| !line.starts_with("24,")).map(|line| format!("{line}\n")).collect::<String>();
    let other_kind = |text: &str| text.replace("24,Cheque,Siec,cheque", "24,Cheque,Siec,card");
    let disabled = |text: &str| text.replace("24,Cheque,Siec,cheque,0.00,9999999.99,no", "24,Cheque,Siec,cheque,0.00,9999999.99,yes");
    assert_eq!(apply(&dropped), refused);
    assert_eq!(apply(&other_kind), refused);
    // Taken no more, but counted and banked as before.
    assert_eq!(apply(&disabled), Ok(()));
    counter.close_session(pieces(&[("20", 5)]), "100");
    assert_eq!(apply(&dropped), refused, "closed, but not banked");
    counter.sign_in("20", "2020");
    counter.call("banking.make", with(deposit(&counter, 1, 0, json!({})), json!({ "cash": [], "bags": [] })));
    assert_eq!(apply(&dropped), Ok(()));
}
