//! Users: a new PIN, disabling, letting in again, and who signed in when. Nobody is deleted, and nobody changes themselves.

use crate::common::{Counter, copy_pack};
use serde_json::{Value, json};

fn supervised() -> Counter {
    let counter = Counter::fresh();
    counter.sign_in("20", "2020");
    counter
}

fn reset(user: &str, secret: &str) -> Value {
    json!({ "user_code": user, "secret": secret, "secret_again": secret })
}

fn person(counter: &Counter, code: &str) -> Value {
    let people = counter.call("user.list", json!({}));
    people.as_array().expect("people").iter().find(|person| person["user_code"] == code).expect("listed").clone()
}

#[test]
fn a_new_pin_works_at_once_and_after_a_restart_and_the_old_one_no_longer() {
    let mut counter = supervised();
    counter.call("user.reset_secret", reset("12", "8642"));
    assert_eq!(person(&counter, "12")["own_secret"], true);
    counter.restart();
    assert_eq!(counter.refused("user.sign_in", json!({ "user_code": "12", "secret": "1212" })), "sign-in-failed");
    counter.sign_in("12", "8642");
}

#[test]
fn whoever_gets_a_new_pin_may_try_again_although_failures_had_locked_them() {
    let counter = supervised();
    for _ in 0..5 {
        counter.refused("user.sign_in", json!({ "user_code": "14", "secret": "0000" }));
    }
    counter.sign_in("20", "2020");
    assert_eq!(person(&counter, "14")["locked"], true);
    counter.call("user.reset_secret", reset("14", "8642"));
    assert_eq!(person(&counter, "14")["locked"], false);
    counter.sign_in("14", "8642");
}

#[test]
fn a_pin_is_digits_typed_twice_the_same_and_for_somebody_else() {
    let counter = supervised();
    for (request, code) in [
        (json!({ "user_code": "12", "secret": "8642", "secret_again": "8643" }), "secrets-differ"),
        (reset("12", "abcd"), "secret-not-valid"),
        (reset("12", "864"), "secret-not-valid"),
        (reset("20", "8642"), "user-is-oneself"),
        (reset("nobody", "8642"), "user-unknown"),
    ] {
        assert_eq!(counter.refused("user.reset_secret", request), code);
    }
    assert_eq!(counter.refused("user.disable", json!({ "user_code": "20" })), "user-is-oneself");
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
    for name in ["user.list", "user.history"] {
        assert_eq!(counter.refused(name, json!({})), "right-missing");
    }
    assert_eq!(counter.refused("user.reset_secret", reset("14", "8642")), "right-missing");
}

#[test]
fn a_disabled_person_cannot_sign_in_until_they_are_let_in_again_and_stays_listed() {
    let mut counter = supervised();
    counter.call("user.disable", json!({ "user_code": "12" }));
    assert_eq!(person(&counter, "12")["disabled"], true);
    counter.restart();
    assert_eq!(counter.refused("user.sign_in", json!({ "user_code": "12", "secret": "1212" })), "sign-in-failed");
    counter.sign_in("20", "2020");
    counter.call("user.enable", json!({ "user_code": "12" }));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
}

#[test]
fn whoever_the_pack_disables_is_out_at_once_and_works_again_when_they_are_let_in_at_this_till() {
    let counter = Counter::fresh();
    counter.sign_in("12", "1212");
    let pack = counter.folder.path().join("pack");
    copy_pack(&pack);
    let users = std::fs::read_to_string(pack.join("users.csv")).expect("users");
    let mut disabled: Vec<String> = users.lines().map(str::to_owned).collect();
    let row = disabled.iter_mut().find(|row| row.starts_with("12,")).expect("cashier 12");
    *row = format!("{},yes", row.rsplit_once(',').expect("columns").0);
    std::fs::write(pack.join("users.csv"), disabled.join("\n")).expect("written");
    counterfoil_till::apply_pack(counter.till(), &pack).expect("applied");
    assert_eq!(counter.call("start.show", json!({}))["signed_in"], Value::Null);
    assert_eq!(counter.refused("till.status", json!({})), "signed-out");
    counter.sign_in("20", "2020");
    assert_eq!(person(&counter, "12")["disabled"], true);
    counter.call("user.enable", json!({ "user_code": "12" }));
    counter.sign_in("12", "1212");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
}

#[test]
fn the_history_says_who_did_what_at_the_sign_in_screen_the_newest_first() {
    let counter = supervised();
    counter.call("user.disable", json!({ "user_code": "14" }));
    counter.call("user.enable", json!({ "user_code": "14" }));
    counter.call("user.reset_secret", reset("12", "8642"));
    counter.refused("user.sign_in", json!({ "user_code": "12", "secret": "1212" }));
    let history = |user: &str| -> Vec<(String, String, Value)> {
        let events = counter.call("user.history", json!({ "user_code": user }));
        let text = |event: &Value, field: &str| event[field].as_str().expect("words").to_owned();
        events
            .as_array()
            .expect("events")
            .iter()
            .map(|event| (text(event, "user_code"), text(event, "kind"), event["by"].clone()))
            .collect()
    };
    let event = |user: &str, kind: &str, by: Value| (user.to_owned(), kind.to_owned(), by);
    assert_eq!(history("12"), [event("12", "failed", Value::Null), event("12", "secret-reset", json!("20"))]);
    assert_eq!(history("14"), [event("14", "enabled", json!("20")), event("14", "disabled", json!("20"))]);
    assert_eq!(history("").len(), 5);
    let journal = counter.call("report.run", json!({ "report": "audit-trail", "kind": "users" })).to_string();
    assert!(journal.contains("New PIN or password given") && !journal.contains("8642") && !journal.contains("argon2"));
}

#[test]
fn why_somebody_was_disabled_let_in_or_given_a_new_pin_is_kept_where_it_was_written_down() {
    let counter = supervised();
    let why = |reason: &str| json!({ "user_code": "14", "reason": reason });
    counter.call("user.disable", why("  left the   council "));
    counter.call("user.enable", why(""));
    let mut request = reset("14", "8642");
    request["reason"] = json!("forgot it");
    counter.call("user.reset_secret", request);
    assert_eq!(counter.refused("user.disable", why("4111 1111 1111 1111")), "card-number-typed");
    let events = counter.call("user.history", json!({ "user_code": "14" }));
    let reasons: Vec<&Value> = events.as_array().expect("events").iter().map(|event| &event["reason"]).collect();
    assert_eq!(reasons, ["forgot it", "", "left the council"]);
    let found = counter.call("report.run", json!({ "report": "audit-trail", "text": "left the council" }));
    assert_eq!(found["rows"][0][5], "14 · left the council");
}
