//! Lifts and cash movements, the blind count, the close and its Z read, through the table of commands.

use crate::common::{Counter, MORNING_MS, cheque};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

fn pieces(denomination: &str, count: u32) -> Value {
    json!({ "denomination": denomination, "by": "number", "text": count.to_string() })
}

fn by(secret: &str, user: &str) -> Value {
    json!({ "user_code": user, "secret": secret })
}

fn supervisor() -> Value {
    by("2020", "20")
}

/// A count of these notes and coins, every cheque there, and the terminal's total.
fn count(counter: &Counter, cash: Value, terminal: &str) -> Value {
    let begun = counter.call("cash_up.begin", json!({}));
    let ticked: Vec<Value> = begun["tenders"].as_array().expect("tenders").iter().map(|tender| tender["key"].clone()).collect();
    json!({ "count_id": begun["count_id"], "cash": cash, "ticked": ticked, "terminals": [{ "mop_code": "92", "text": terminal }] })
}

fn give(counter: &Counter, cash: Value, terminal: &str) -> Value {
    counter.call("cash_up.give", count(counter, cash, terminal))
}

fn mop<'a>(view: &'a Value, code: &str) -> &'a Value {
    view["mops"].as_array().expect("MOPs").iter().find(|mop| mop["mop_code"] == code).unwrap_or_else(|| panic!("no {code} in {view}"))
}

fn card_sale(counter: &Counter, pounds: &str) -> Value {
    let line = json!({ "fund_code": "11", "reference": "BJ12345673", "amount": pounds });
    let card = json!({ "kind": "card", "mop_code": "92", "amount": pounds, "amount_again": pounds, "terminal": "PDQ1", "authorisation": "123456", "last_four": "4242" });
    counter.sale(json!([line]), json!([card]))
}

fn take_cash(counter: &Counter, pounds: &str) {
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", pounds));
}

fn movement(counter: &Counter) -> Value {
    counter.call("cash.begin", json!({}))["movement_id"].clone()
}

fn lift(counter: &Counter, bag: &str, counts: Value) -> Value {
    json!({ "movement_id": movement(counter), "bag": bag, "counts": counts })
}

fn close(counter: &Counter, attempt: u32) -> Value {
    counter.call("cash_up.close", json!({ "session": 1, "attempt": attempt }))
}

#[test]
fn lifts_top_ups_and_exchanges_are_in_what_a_count_should_find() {
    let counter = Counter::open();
    take_cash(&counter, "1000");
    let asked = lift(&counter, "sb-001", json!([{ "denomination": "20", "by": "value", "text": "500" }]));
    let moved = counter.call("cash.lift", asked.clone());
    assert_eq!((&moved["bag"], &moved["value"], &moved["again"]), (&json!("SB-001"), &json!(50_000), &json!(false)));
    let again = counter.call("cash.lift", asked.clone());
    assert_eq!(again["again"], true, "a lost answer moves nothing twice");
    let mut other = asked;
    other["bag"] = json!("SB-002");
    assert_eq!(counter.refused("cash.lift", other), "id-with-other-content");
    let top_up = json!({ "movement_id": movement(&counter), "counts": [{ "denomination": "1-pound", "by": "bags", "text": "2" }] });
    assert_eq!(counter.refused("cash.top_up", top_up.clone()), "approval-needed");
    let mut approved = top_up;
    approved["approval"] = supervisor();
    counter.call("cash.top_up", approved);
    let exchange =
        json!({ "movement_id": movement(&counter), "out": [pieces("20", 1)], "in": [pieces("50p", 40)], "approval": supervisor() });
    counter.call("cash.exchange", exchange);
    // £100 float + £1,000 − £500 + £40.
    let view = give(&counter, json!([pieces("20", 32)]), "0");
    assert_eq!(mop(&view, "1"), &json!({ "mop_code": "1", "expected": 64_000, "counted": 64_000, "difference": 0 }));
}

#[test]
fn cash_that_can_not_move_so_does_not() {
    let counter = Counter::open();
    let refused = |request: Value| counter.refused("cash.lift", request);
    assert_eq!(refused(lift(&counter, "1", json!([pieces("20", 6)]))), "above-drawer");
    assert_eq!(refused(lift(&counter, "", json!([pieces("20", 5)]))), "bag-number-not-valid");
    assert_eq!(refused(lift(&counter, "1", json!([]))), "nothing-moved");
    assert_eq!(refused(lift(&counter, "1", json!([{ "denomination": "20", "by": "value", "text": "30" }]))), "count-does-not-divide");
    assert_eq!(refused(lift(&counter, "1", json!([{ "denomination": "20", "by": "number", "text": "-1" }]))), "count-not-valid");
    assert_eq!(refused(json!({ "movement_id": "x", "bag": "1", "counts": [pieces("20", 1)] })), "request-unreadable");
    let exchange = json!({ "movement_id": movement(&counter), "out": [pieces("20", 1)], "in": [pieces("5", 3)], "approval": supervisor() });
    assert_eq!(counter.refused("cash.exchange", exchange), "exchange-uneven");
    let own = json!({ "movement_id": movement(&counter), "counts": [pieces("20", 1)], "approval": by("1212", "12") });
    assert_eq!(counter.refused("cash.top_up", own), "approver-is-requester");
    let view = give(&counter, json!([pieces("20", 5)]), "0");
    assert_eq!(mop(&view, "1")["difference"], 0);
}

#[test]
fn the_drawer_opens_without_a_sale_for_a_reason_and_prints_nothing() {
    let mut counter = Counter::fresh();
    counter.prints = true;
    counter.restart();
    counter.sign_in("12", "1212");
    counter.call("session.open", json!({ "counts": [pieces_opened("20", 5)] }));
    assert_eq!(counter.refused("drawer.open", json!({ "reason": "not-known" })), "reason-missing");
    counter.call("drawer.open", json!({ "reason": "give-change", "text": "for the parking meter" }));
    counter.printer(|line| line["waiting"] == 0, || {});
    let paper = counter.call("print.paper", json!({}));
    assert_eq!((&paper["strips"][0]["drawer"], &paper["strips"][0]["sheet"]), (&json!(true), &Value::Null));
    counter.call("cash.lift", lift(&counter, "B7", json!([pieces("20", 1)])));
    counter.printer(|line| line["waiting"] == 0, || {});
    let paper = counter.call("print.paper", json!({}));
    assert!(paper["strips"][0]["sheet"].to_string().contains("B7"), "{paper}");
}

fn pieces_opened(denomination: &str, count: u32) -> Value {
    json!({ "denomination": denomination, "pieces": count })
}

#[test]
fn a_lift_is_due_above_the_policy_and_the_status_line_never_says_by_how_much() {
    let counter = Counter::open();
    take_cash(&counter, "900");
    assert_eq!(counter.call("till.status", json!({}))["lift_due"], false);
    take_cash(&counter, "0.01");
    let status = counter.call("till.status", json!({}));
    assert_eq!(status["lift_due"], true);
    assert!(!status.to_string().contains("100001"), "{status}");
    counter.call("cash.lift", lift(&counter, "1", json!([pieces("20", 10)])));
    assert_eq!(counter.call("till.status", json!({}))["lift_due"], false);
}

#[test]
fn a_count_is_blind_until_it_is_given_and_frozen_after() {
    let counter = Counter::open();
    take_cash(&counter, "123.45");
    counter.call("sale.take", card_sale(&counter, "67.89"));
    let begun = counter.call("cash_up.begin", json!({})).to_string();
    for told in ["12345", "22345", "6789"] {
        assert!(!begun.contains(told), "{told} in {begun}");
    }
    assert_eq!(counter.refused("session.x_read", json!({})), "right-missing");
    let asked = count(&counter, json!([pieces("20", 11), pieces("1-pound", 3), pieces("20p", 2), pieces("5p", 1)]), "67.89");
    let view = counter.call("cash_up.give", asked.clone());
    assert_eq!((&mop(&view, "1")["expected"], &mop(&view, "1")["difference"]), (&json!(22_345), &json!(0)));
    assert_eq!((&mop(&view, "92")["expected"], &mop(&view, "92")["difference"]), (&json!(6_789), &json!(0)));
    assert_eq!((&view["beyond_tolerance"], &view["float_left"], &view["clues"]), (&json!(false), &json!(10_000), &json!([])));
    assert_eq!(counter.call("cash_up.give", asked.clone())["mops"], view["mops"], "a lost answer is answered again");
    let mut other = asked;
    other["terminals"][0]["text"] = json!("67.90");
    assert_eq!(counter.refused("cash_up.give", other), "id-with-other-content");
    assert_eq!(counter.refused("cash_up.begin", json!({})), "session-counted");
    assert_eq!(counter.refused("sale.take", counter.cash_sale("11", "BJ12345673", "5")), "session-counted");
    assert_eq!(counter.refused("cash.lift", lift(&counter, "1", json!([pieces("20", 1)]))), "session-counted");
    assert_eq!(counter.refused("drawer.open", json!({ "reason": "give-change" })), "session-counted");
    let park = json!({ "sale_id": counter.call("sale.begin", json!({}))["sale_id"], "lines": [{ "fund_code": "11", "reference": "BJ12345673", "amount": "5" }] });
    assert_eq!(counter.refused("sale.park", park), "session-counted");
    assert_eq!(counter.call("till.status", json!({}))["session"]["counted"], true);
}

#[test]
fn what_was_typed_wrongly_is_refused_and_the_count_stays_open() {
    let counter = Counter::open();
    counter.call("sale.take", card_sale(&counter, "10"));
    let asked = count(&counter, json!([pieces("20", 5)]), "10");
    for (change, code) in [
        (json!({ "cash": [{ "denomination": "20", "by": "value", "text": "90" }] }), "count-does-not-divide"),
        (json!({ "cash": [{ "denomination": "20", "by": "bags", "text": "1" }] }), "count-not-valid"),
        (json!({ "cash": [{ "denomination": "7", "text": "1" }] }), "count-not-valid"),
        (json!({ "cash": [{ "denomination": "1p", "text": "100001" }] }), "count-not-valid"),
        (json!({ "terminals": [] }), "amount-missing"),
        (json!({ "terminals": [{ "mop_code": "92", "text": "ten" }] }), "amount-not-a-number"),
        (json!({ "ticked": [{ "serial": 1, "tender": 0 }] }), "tick-not-valid"),
        (json!({ "count_id": "not an id" }), "request-unreadable"),
    ] {
        let mut wrong = asked.clone();
        for (name, value) in change.as_object().expect("fields") {
            wrong[name] = value.clone();
        }
        assert_eq!(counter.refused("cash_up.give", wrong), code, "{change}");
    }
    assert_eq!(counter.call("cash_up.give", asked)["attempt"], 1);
}

#[test]
fn a_cheque_that_is_not_there_is_short_and_ticked_twice_is_refused() {
    let counter = Counter::open();
    let line = json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": "35" }]);
    counter.call("sale.take", counter.sale(line.clone(), json!([cheque("35")])));
    counter.call("sale.take", counter.sale(line, json!([cheque("35")])));
    let mut asked = count(&counter, json!([pieces("20", 5)]), "0");
    assert_eq!(asked["ticked"].as_array().expect("ticks").len(), 2);
    asked["ticked"][1] = asked["ticked"][0].clone();
    assert_eq!(counter.refused("cash_up.give", asked.clone()), "tick-not-valid");
    asked["ticked"].as_array_mut().expect("ticks").pop();
    let view = counter.call("cash_up.give", asked);
    assert_eq!(mop(&view, "24"), &json!({ "mop_code": "24", "expected": 7_000, "counted": 3_500, "difference": -3_500 }));
    assert_eq!(view["clues"][0]["kind"], "same-amount");
}

#[test]
fn a_parked_sale_is_named_and_stops_the_count_until_it_is_given_up() {
    let counter = Counter::open();
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    let lines = json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": "35" }]);
    counter.call("sale.park", json!({ "sale_id": sale_id, "label": "blue coat", "lines": lines }));
    assert_eq!(counter.call("cash_up.begin", json!({}))["parked"][0]["label"], "blue coat");
    assert_eq!(counter.refused("cash_up.give", count(&counter, json!([pieces("20", 5)]), "0")), "sales-parked");
    counter.call("sale.abandon", json!({ "sale_id": sale_id }));
    give(&counter, json!([pieces("20", 5)]), "0");
    assert_eq!(close(&counter, 1)["z"]["number"], 1);
}

#[test]
fn an_unprinted_document_is_named_and_does_not_stop_the_close() {
    let counter = Counter::open();
    take_cash(&counter, "20");
    assert_eq!(counter.call("cash_up.begin", json!({}))["waiting"], 1);
    give(&counter, json!([pieces("20", 6)]), "0");
    close(&counter, 1);
}

#[test]
fn a_difference_beyond_the_tolerance_needs_a_reason_and_a_second_person_and_is_posted() {
    let counter = Counter::open();
    take_cash(&counter, "40");
    let view = give(&counter, json!([pieces("20", 6)]), "0");
    assert_eq!((&mop(&view, "1")["difference"], &view["beyond_tolerance"]), (&json!(-2_000), &json!(true)));
    assert_eq!(counter.refused("cash_up.close", json!({ "session": 1, "attempt": 1 })), "reason-missing");
    let mut asked = json!({ "session": 1, "attempt": 1, "reason": "not-known", "text": "drawer searched" });
    assert_eq!(counter.refused("cash_up.close", asked.clone()), "approval-needed");
    asked["approval"] = by("1212", "12");
    assert_eq!(counter.refused("cash_up.close", asked.clone()), "approver-is-requester");
    asked["approval"] = by("1414", "14");
    assert_eq!(counter.refused("cash_up.close", asked.clone()), "approver-may-not");
    asked["approval"] = supervisor();
    let closed = counter.call("cash_up.close", asked.clone());
    let z = &closed["z"];
    assert_eq!((&closed["approved_by"], &z["reason"]["code"]), (&json!("20"), &json!("not-known")));
    let posted = &z["over_short"];
    assert_eq!((&posted["number"], &posted["total"]), (&json!("CH07-0000002"), &json!(-2_000)));
    assert_eq!((&posted["lines"][0]["fund_code"], &posted["lines"][0]["reference"]), (&json!("SP"), &json!("CH07-Z0001")));
    assert_eq!(z["totals"]["mops"], json!([{ "mop_code": "1", "amount": 4_000, "count": 1 }]), "over and short aren't takings");
    assert_eq!(counter.call("cash_up.close", asked.clone())["z"], *z, "a lost answer is answered again");
    asked["float_left"] = json!("20");
    assert_eq!(counter.refused("cash_up.close", asked), "session-closed");
    assert_eq!(counter.refused("sale.begin", json!({})), "session-needed");
    counter.call("session.open", json!({ "counts": [pieces_opened("20", 5)] }));
    take_cash(&counter, "1");
    assert_eq!(counter.call("receipt.last", json!({}))["receipt"]["receipt"]["number"], "CH07-0000003");
    assert_eq!(counter.call("receipt.show", json!({ "number": "CH07-0000002" }))["receipt"]["total"], -2_000);
}

#[test]
fn within_the_tolerance_the_difference_is_posted_all_the_same() {
    let counter = Counter::open();
    give(&counter, json!([pieces("20", 5), pieces("1-pound", 1)]), "0");
    let z = close(&counter, 1)["z"].clone();
    assert_eq!((&z["over_short"]["total"], &z["reason"]), (&json!(100), &Value::Null));
}

#[test]
fn what_stays_in_the_drawer_is_at_most_what_was_counted() {
    let counter = Counter::open();
    counter.call("cash.lift", lift(&counter, "1", json!([pieces("20", 2)])));
    let view = give(&counter, json!([pieces("20", 3)]), "0");
    assert_eq!(view["float_left"], 6_000, "the council's float is more than there is");
    let asked = |left: &str| json!({ "session": 1, "attempt": 1, "float_left": left });
    assert_eq!(counter.refused("cash_up.close", asked("60.01")), "float-left-above-count");
    assert_eq!(counter.refused("cash_up.close", asked("-1")), "amount-signed");
    assert_eq!(counter.call("cash_up.close", asked("20"))["z"]["float_left"], 2_000);
}

#[test]
fn a_rejected_count_is_kept_and_a_recount_is_a_new_one() {
    let mut counter = Counter::open();
    take_cash(&counter, "40");
    give(&counter, json!([pieces("20", 6)]), "0");
    let reject =
        |approval: Value| json!({ "attempt": 1, "reason": "counting-error", "text": "a note under the tray", "approval": approval });
    assert_eq!(counter.refused("cash_up.reject", json!({ "attempt": 1, "reason": "counting-error" })), "approval-needed");
    assert_eq!(counter.refused("cash_up.reject", reject(by("1212", "12"))), "approver-is-requester");
    assert_eq!(
        counter.refused("cash_up.reject", json!({ "attempt": 2, "reason": "counting-error", "approval": supervisor() })),
        "count-needed"
    );
    counter.call("cash_up.reject", reject(supervisor()));
    assert_eq!(counter.refused("cash_up.reject", reject(supervisor())), "count-needed");
    assert_eq!(counter.refused("cash_up.close", json!({ "session": 1, "attempt": 1 })), "count-needed");
    take_cash(&counter, "20");
    assert_eq!(counter.call("cash_up.begin", json!({}))["attempt"], 2);
    counter.restart();
    counter.sign_in("12", "1212");
    let view = give(&counter, json!([pieces("20", 8)]), "0");
    assert_eq!((&view["attempt"], &mop(&view, "1")["difference"]), (&json!(2), &json!(0)));
    assert_eq!(close(&counter, 2)["z"]["attempt"], 2);
    let bodies = counter.till().store().read(|reading| {
        let mut facts = Vec::new();
        reading.each_entry_back::<counterfoil_store::StoreError>(|_, entry| {
            facts.push(format!("{:?}", entry.fact));
            Ok(true)
        })?;
        Ok::<_, counterfoil_store::StoreError>(facts)
    });
    let kept = bodies.expect("the journal").iter().filter(|fact| fact.starts_with("CountGiven")).count();
    assert_eq!(kept, 2, "both counts are in the journal");
}

#[test]
fn a_supervisor_rejects_with_another_s_approval_and_not_their_own() {
    let counter = Counter::open();
    give(&counter, json!([pieces("20", 4)]), "0");
    counter.sign_in("20", "2020");
    let reject = |approval: Value| json!({ "attempt": 1, "reason": "counting-error", "approval": approval });
    assert_eq!(counter.refused("cash_up.reject", reject(supervisor())), "approver-is-requester");
    counter.call("cash_up.reject", reject(by("2121", "21")));
}

#[test]
fn a_restart_in_the_middle_finds_the_count_as_it_was_given() {
    let mut counter = Counter::open();
    take_cash(&counter, "40");
    let view = give(&counter, json!([pieces("20", 5)]), "0");
    counter.restart();
    counter.sign_in("12", "1212");
    let state = counter.call("cash_up.state", json!({}));
    assert_eq!((&state["count"], &state["session"]["counted"]), (&view, &json!(true)));
    assert_eq!(counter.call("start.show", json!({}))["session"]["counted"], true);
    assert_eq!(counter.refused("sale.take", counter.cash_sale("11", "BJ12345673", "5")), "session-counted");
    let asked = json!({ "session": 1, "attempt": 1, "reason": "not-known", "approval": supervisor() });
    assert_eq!(counter.call("cash_up.close", asked)["z"]["number"], 1);
}

#[test]
fn only_its_cashier_or_somebody_who_supervises_counts_a_session() {
    let counter = Counter::open();
    take_cash(&counter, "40");
    counter.sign_in("14", "1414");
    for name in ["cash_up.begin", "cash_up.state"] {
        assert_eq!(counter.refused(name, json!({})), "session-of-another", "{name}");
    }
    counter.sign_in("90", "9090");
    assert_eq!(counter.refused("cash_up.begin", json!({})), "session-of-another");
    counter.sign_in("20", "2020");
    let x = counter.call("session.x_read", json!({}));
    assert!(x["expected"].as_array().expect("MOPs").contains(&json!({ "mop_code": "1", "amount": 14_000 })), "{x}");
    give(&counter, json!([pieces("20", 6)]), "0");
    let mut asked = json!({ "session": 1, "attempt": 1, "reason": "not-known", "approval": supervisor() });
    assert_eq!(counter.refused("cash_up.close", asked.clone()), "approver-is-requester", "nobody is their own second person");
    asked["approval"] = by("2121", "21");
    let closed = counter.call("cash_up.close", asked);
    assert_eq!((&closed["closed_by"], &closed["z"]["user_code"]), (&json!("20"), &json!("12")));
}

#[test]
fn a_session_left_open_overnight_or_over_a_clock_set_back_closes_with_both_times() {
    for (hours, closed_at) in [(31, "2026-11-24 17:42"), (-14, "2026-11-22 20:42")] {
        let mut counter = Counter::open();
        take_cash(&counter, "40");
        counter.clock.now_ms.store(MORNING_MS + hours * 3_600_000, Ordering::Relaxed);
        counter.restart();
        counter.sign_in("12", "1212");
        take_cash(&counter, "20");
        let view = give(&counter, json!([pieces("20", 8)]), "0");
        assert_eq!(mop(&view, "1")["difference"], 0);
        let closed = close(&counter, 1);
        assert_eq!(closed["closed_at"], closed_at);
        assert_eq!(closed["z"]["totals"]["receipts"], json!({ "count": 2, "amount": 6_000 }));
        assert!(closed["sheet"].to_string().contains("23/11/2026 10:42"), "{}", closed["sheet"]);
        assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
    }
}

#[test]
fn a_session_over_the_end_of_summer_time_closes_by_the_clock_on_the_wall() {
    // 25 October 2026, 00:30 UTC is 01:30 summer time; two hours later it is 02:30 winter time.
    let night = 1_792_888_200_000;
    let counter = Counter::fresh();
    counter.clock.now_ms.store(night, Ordering::Relaxed);
    counter.sign_in("12", "1212");
    counter.call("session.open", json!({ "counts": [pieces_opened("20", 5)] }));
    counter.clock.now_ms.store(night + 2 * 3_600_000, Ordering::Relaxed);
    give(&counter, json!([pieces("20", 5)]), "0");
    let closed = close(&counter, 1);
    assert_eq!(closed["closed_at"], "2026-10-25 02:30");
    assert!(closed["sheet"].to_string().contains("25/10/2026 01:30"));
}

#[test]
fn z_reads_are_numbered_without_gaps_name_the_journal_s_end_and_are_printed_again_as_a_copy() {
    let mut counter = Counter::open();
    for session in 1..=3 {
        if session > 1 {
            counter.call("session.open", json!({ "counts": [pieces_opened("20", 5)] }));
        }
        give(&counter, json!([pieces("20", 5)]), "0");
        let head = counter.till().store().head().expect("head");
        let z = counter.call("cash_up.close", json!({ "session": session, "attempt": 1 }))["z"].clone();
        assert_eq!((&z["number"], &z["session"]), (&json!(session), &json!(session)));
        assert_eq!((&z["head_seq"], &z["head_hash"]), (&json!(head.seq), &json!(head.hash.to_string())));
    }
    assert_eq!(counter.refused("z.list", json!({})), "right-missing");
    counter.prints = true;
    counter.restart();
    counter.sign_in("20", "2020");
    let numbers: Vec<Value> = counter.call("z.list", json!({})).as_array().expect("list").iter().map(|z| z["number"].clone()).collect();
    assert_eq!(numbers, [json!(3), json!(2), json!(1)]);
    assert_eq!(counter.refused("z.show", json!({ "number": 4 })), "z-unknown");
    counter.call("z.reprint", json!({ "number": 2 }));
    counter.printer(|line| line["waiting"] == 0, || {});
    let strip = counter.call("print.paper", json!({}))["strips"][0]["sheet"].to_string();
    assert!(strip.contains("COPY") && strip.contains("Z READ 2"), "{strip}");
}

#[test]
fn of_many_callers_at_once_one_gives_the_count_one_closes_and_nothing_is_taken_after() {
    let counter = Counter::open();
    take_cash(&counter, "40");
    let till = counter.till();
    let together = |name: &str, requests: Vec<Value>| -> Vec<String> {
        let calls = |request: Value| match till.call(name, request) {
            Ok(_) => "done".to_owned(),
            Err(error) => error.code,
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = requests.into_iter().map(|request| scope.spawn(|| calls(request))).collect();
            threads.into_iter().map(|thread| thread.join().expect("a caller")).collect()
        })
    };
    let counts = (0..6).map(|n| count(&counter, json!([pieces("20", 5 + n)]), "0")).collect();
    let given = together("cash_up.give", counts);
    assert_eq!(given.iter().filter(|code| *code == "done").count(), 1, "{given:?}");
    assert!(given.iter().all(|code| code == "done" || code == "session-counted"), "{given:?}");
    let mut requests: Vec<Value> = (0..4)
        .map(|n| json!({ "session": 1, "attempt": 1, "reason": "not-known", "float_left": n.to_string(), "approval": supervisor() }))
        .collect();
    requests.push(json!({ "session": 1, "attempt": 1, "reason": "not-known", "approval": by("2121", "21") }));
    let closed = together("cash_up.close", requests);
    assert_eq!(closed.iter().filter(|code| *code == "done").count(), 1, "{closed:?}");
    assert_eq!(till.store().rebuild().expect("rebuilt"), []);
}

#[test]
fn a_payment_and_a_count_at_once_agree_on_what_was_there() {
    for _ in 0..4 {
        let counter = Counter::open();
        let (sale, given) = (counter.cash_sale("11", "BJ12345673", "20"), count(&counter, json!([pieces("20", 5)]), "0"));
        let till = counter.till();
        let taken = std::thread::scope(|scope| {
            let taking = scope.spawn(|| till.call("sale.take", sale).map_err(|error| error.code));
            till.call("cash_up.give", given).expect("the count");
            taking.join().expect("a caller")
        });
        let state = counter.call("cash_up.state", json!({}));
        let expected = match taken {
            Ok(_) => 12_000,
            Err(code) => {
                assert_eq!(code, "session-counted");
                10_000
            }
        };
        assert_eq!(mop(&state["count"], "1")["expected"], expected);
    }
}

#[test]
fn the_finder_names_what_explains_a_short_till() {
    let counter = Counter::open();
    // £36 was taken and £63 keyed.
    take_cash(&counter, "63");
    counter.call("sale.take", card_sale(&counter, "12.50"));
    let view = give(&counter, json!([pieces("20", 6), pieces("10", 1), pieces("5", 1), pieces("1-pound", 1)]), "12.50");
    assert_eq!(mop(&view, "1")["difference"], -2_700);
    assert_eq!(view["clues"], json!([{ "kind": "transposed", "number": "CH07-0000001", "amount": 6_300, "meant": 3_600 }]));
}
