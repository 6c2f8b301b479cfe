//! What is over and what is short: an over in one MOP never hides a short in another, on whichever screen or paper. And what the
//! audit trail shows is found by it.

use crate::common::day::{pieces, tax};
use crate::common::{Counter, MORNING_MS};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

const DAY_MS: i64 = 24 * 3_600_000;

/// Cash is £10 short and the card terminal £10 over; supervisor 20 approves the close.
fn short_in_cash_and_over_by_card(counter: &Counter) -> Value {
    let begun = counter.call("cash_up.begin", json!({}));
    let terminals = json!([{ "mop_code": "92", "text": "10" }]);
    let count = json!({ "count_id": begun["count_id"], "cash": pieces(&[("10", 9)]), "terminals": terminals });
    let given = counter.call("cash_up.give", count);
    let approval = json!({ "user_code": "20", "secret": "2020" });
    let close = json!({ "session": begun["session"]["number"], "attempt": given["attempt"], "reason": "not-known", "approval": approval });
    counter.call("cash_up.close", close)
}

fn report(counter: &Counter, name: &str, also: Value) -> Value {
    let mut request = also;
    request["report"] = json!(name);
    counter.call("report.run", request)
}

#[test]
fn a_short_in_cash_is_not_made_good_by_an_over_on_the_card_terminal() {
    let counter = Counter::open();
    short_in_cash_and_over_by_card(&counter);
    counter.sign_in("20", "2020");
    let z = counter.call("z.list", json!({}))[0].clone();
    assert_eq!((&z["over"], &z["short"]), (&json!(1_000), &json!(1_000)));
    let listed = report(&counter, "over-and-short", json!({}));
    assert_eq!(listed["totals"][7], "£10.00 over, £10.00 short");
    assert_eq!(listed["picture"], json!([{ "label": "23/11/2026 · Sam Cashier (12)", "amount": 2_000 }]));
    let trail = report(&counter, "audit-trail", json!({ "kind": "sessions", "text": "Z 1" }));
    assert_eq!(trail["rows"][0][5], "Z 1 · Cash -£10.00 · Card £10.00 · Cause not known");
}

#[test]
fn how_far_off_each_cashier_was_is_drawn_by_day_by_week_and_by_month() {
    let counter = Counter::open();
    for (day, user, secret) in [(0, "12", "1212"), (1, "14", "1414"), (9, "12", "1212")] {
        counter.clock.now_ms.store(MORNING_MS + day * DAY_MS, Ordering::Relaxed);
        counter.sign_in(user, secret);
        if day > 0 {
            counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
        }
        short_in_cash_and_over_by_card(&counter);
    }
    counter.sign_in("20", "2020");
    let labels = |from: &str, to: &str| -> Vec<Value> {
        let shown = report(&counter, "over-and-short", json!({ "period": "days", "from": from, "to": to }));
        shown["picture"].as_array().expect("a picture").iter().map(|point| json!([point["label"], point["amount"]])).collect()
    };
    let (sam, alex) = ("Sam Cashier (12)", "Alex Cashier (14)");
    let each = |label: &str, who: &str, pence: i64| json!([format!("{label} · {who}"), pence]);
    assert_eq!(
        labels("23/11/2026", "02/12/2026"),
        [each("23/11/2026", sam, 2_000), each("24/11/2026", alex, 2_000), each("02/12/2026", sam, 2_000)]
    );
    assert_eq!(
        labels("01/11/2026", "31/12/2026"),
        [each("Week from 23/11/2026", sam, 2_000), each("Week from 23/11/2026", alex, 2_000), each("Week from 30/11/2026", sam, 2_000)]
    );
    assert_eq!(
        labels("01/01/2026", "31/12/2026"),
        [each("11/2026", sam, 2_000), each("11/2026", alex, 2_000), each("12/2026", sam, 2_000)]
    );
}

#[test]
fn whatever_the_audit_trail_shows_is_found_by_searching_for_it() {
    let counter = Counter::open();
    let mut line = tax("1234.50");
    line[0]["narrative"] = json!("for \"No. 12\"");
    counter.call("sale.take", counter.sale(line.clone(), json!([{ "kind": "cash", "mop_code": "1", "tendered": "1234.50" }])));
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", "0.05"));
    counter.call("drawer.open", json!({ "reason": "give-change", "text": "for a £20 \"note\", twice" }));
    let id = counter.call("cash.begin", json!({}))["movement_id"].clone();
    counter.call("cash.lift", json!({ "movement_id": id, "bag": "SB-1", "counts": pieces(&[("20", 2)]) }));
    let id = counter.call("receipt.correctable", json!({ "number": "CH07-0000002" }))["correction_id"].clone();
    let void = json!({ "correction_id": id, "number": "CH07-0000002", "lines": [{ "line": 0 }], "reason": { "code": "keyed-wrong", "text": "meant 70" } });
    counter.call("receipt.void", void);
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    counter.call("sale.park", json!({ "sale_id": sale_id, "label": "blue coat", "lines": line }));
    counter.call("sale.abandon", json!({ "sale_id": sale_id }));
    short_in_cash_and_over_by_card(&counter);
    counter.sign_in("20", "2020");
    let rows = |text: &str| report(&counter, "audit-trail", json!({ "text": text }))["rows"].as_array().expect("rows").clone();
    let all = rows("");
    assert!(all.len() > 12, "{all:?}");
    for row in &all {
        let (what, details) = (row[4].as_str().expect("words"), row[5].as_str().expect("words"));
        let inside: Vec<&str> = details.split(' ').collect();
        let pairs = inside.windows(2).map(|pair| pair.join(" "));
        let parts = details.split(" · ").chain(inside.iter().copied()).map(str::to_owned);
        for text in parts.chain(pairs).chain([what.to_owned(), details.chars().take(100).collect()]) {
            assert!(rows(&text).iter().any(|found| found[0] == row[0]), "{text} of {row:?}");
        }
    }
    for part in ["1,2", "34.5", "£1,2", "0.0", "coat", "given UP", "20 \"note\"", "-£1,20"] {
        assert!(!rows(part).is_empty(), "{part}");
    }
    assert!(rows("nothing like it").is_empty());
}

#[test]
fn the_sign_ins_of_the_last_year_are_listed_and_older_ones_are_left_to_the_audit_trail() {
    let counter = Counter::fresh();
    counter.sign_in("12", "1212");
    counter.clock.now_ms.fetch_add(367 * DAY_MS, Ordering::Relaxed);
    counter.sign_in("20", "2020");
    let listed = counter.call("user.history", json!({}));
    let codes: Vec<&Value> = listed.as_array().expect("events").iter().map(|event| &event["user_code"]).collect();
    assert_eq!(codes, ["20"]);
}
