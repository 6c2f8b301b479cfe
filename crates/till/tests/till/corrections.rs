//! Voids, refunds, transfers, suspense, and the policies of a sale: what is asked for is done once, by whom it may be, with the
//! second person it needs, and never beyond what was taken.

use crate::common::{Counter, MORNING_MS, cheque};
use counterfoil_domain::Pence;
use counterfoil_domain::money::parse_amount;
use serde_json::{Value, json};
use std::sync::Barrier;
use std::sync::atomic::Ordering;

const PARKING: &str = "BJ12345673";

fn jo() -> Value {
    json!({ "user_code": "20", "secret": "2020" })
}

fn with(mut request: Value, field: &str, value: Value) -> Value {
    request[field] = value;
    request
}

/// A sale of these lines in cash; its receipt's number.
fn paid(counter: &Counter, lines: &[(&str, &str, &str)]) -> String {
    let drafts: Vec<Value> =
        lines.iter().map(|(fund, reference, pounds)| json!({ "fund_code": fund, "reference": reference, "amount": pounds })).collect();
    let total: Pence = lines.iter().map(|(_, _, pounds)| parse_amount(pounds).expect("pounds")).sum();
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": total.plain() }]);
    let taken = counter.call("sale.take", counter.sale(json!(drafts), cash));
    taken["receipt"]["number"].as_str().expect("number").to_owned()
}

fn correctable(counter: &Counter, number: &str) -> Value {
    counter.call("receipt.correctable", json!({ "number": number }))
}

fn request(counter: &Counter, number: &str, lines: Value, reason: &str) -> Value {
    let id = correctable(counter, number)["correction_id"].clone();
    json!({ "correction_id": id, "number": number, "lines": lines, "reason": { "code": reason } })
}

fn void_of(counter: &Counter, number: &str, lines: Value) -> Value {
    request(counter, number, lines, "keyed-wrong")
}

/// A refund in cash.
fn refund_of(counter: &Counter, number: &str, lines: Value) -> Value {
    with(request(counter, number, lines, "paid-twice"), "by", json!({ "mop_code": "1" }))
}

fn transfer_of(counter: &Counter, number: &str, part: Value, fund: &str, reference: &str) -> Value {
    let id = correctable(counter, number)["correction_id"].clone();
    json!({
        "correction_id": id, "number": number, "part": part, "to": { "fund_code": fund, "reference": reference, "narrative": "moved" },
        "reason": { "code": "posted-to-wrong-account" },
    })
}

/// Counts and closes the open session of cashier 12, with a difference where there is one, and opens another.
fn next_session(counter: &Counter) {
    let begun = counter.call("cash_up.begin", json!({}));
    let ticked: Vec<&Value> = begun["tenders"].as_array().expect("tenders").iter().map(|tender| &tender["key"]).collect();
    let count = json!({ "count_id": begun["count_id"], "cash": [{ "denomination": "20", "text": "5" }], "ticked": ticked, "terminals": [{ "mop_code": "92", "text": "0" }] });
    counter.call("cash_up.give", count);
    let close = json!({ "session": begun["session"]["number"], "attempt": 1, "reason": "not-known", "approval": jo() });
    counter.call("cash_up.close", close);
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
}

/// The rebuilt projections are the live ones.
fn rebuilds(counter: &Counter) {
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn one_line_of_a_receipt_is_voided_linked_both_ways_and_printed() {
    let mut counter = Counter::open();
    counter.prints = true;
    counter.restart();
    counter.sign_in("12", "1212");
    let number = paid(&counter, &[("11", PARKING, "15"), ("23", "501234566", "30")]);
    let done = counter.call("receipt.void", void_of(&counter, &number, json!([{ "line": 0 }])));
    assert_eq!(done["receipt"]["total"], -1500);
    assert_eq!(done["receipt"]["tenders"][0]["amount"], -1500);
    assert_eq!(done["approved_by"], Value::Null);
    let voiding = done["receipt"]["number"].as_str().expect("number");
    let original = counter.call("receipt.show", json!({ "number": number }));
    assert_eq!(original["corrections"], json!([{ "number": voiding, "kind": "void", "amount": 1500 }]));
    let shown = counter.call("receipt.show", json!({ "number": voiding }));
    assert_eq!((&shown["kind"], &shown["corrects"]["number"]), (&json!("void"), &json!(number)));
    let left: Vec<Value> =
        correctable(&counter, &number)["lines"].as_array().expect("lines").iter().map(|line| line["left"].clone()).collect();
    assert_eq!(left, [0, 3000]);
    counter.printer(|line| line["waiting"] == 0, || {});
    let strips = counter.call("print.paper", json!({}))["strips"].clone();
    assert_eq!((&strips[0]["number"], &strips[0]["drawer"]), (&json!(voiding), &json!(true)));
    assert!(strips[0]["sheet"].to_string().contains("VOID") && strips[0]["sheet"].to_string().contains(&number));
    let kinds: Vec<Value> = counter.call("receipt.find", json!({ "text": "" }))["receipts"]
        .as_array()
        .expect("receipts")
        .iter()
        .map(|one| one["kind"].clone())
        .collect();
    assert_eq!(kinds, ["void", "taken"]);
    rebuilds(&counter);
}

#[test]
fn a_void_above_the_councils_amount_needs_somebody_else_and_their_code_is_written_down() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "20.01")]);
    let void = void_of(&counter, &number, json!([{ "line": 0 }]));
    assert_eq!(counter.refused("receipt.void", void.clone()), "approval-needed");
    let by = |code: &str, secret: &str| with(void.clone(), "approval", json!({ "user_code": code, "secret": secret }));
    assert_eq!(counter.refused("receipt.void", by("12", "1212")), "approver-is-requester");
    assert_eq!(counter.refused("receipt.void", by("14", "1414")), "approver-may-not");
    assert_eq!(counter.refused("receipt.void", by("20", "9999")), "sign-in-failed");
    assert_eq!(counter.call("receipt.void", by("20", "2020"))["approved_by"], "20");
    assert_eq!(counter.call("receipt.last", json!({}))["receipt"]["approved_by"], "20");
}

#[test]
fn a_request_that_can_not_be_met_is_refused_before_anybody_is_asked_to_approve_it() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "50")]);
    for (void, code) in [
        (void_of(&counter, &number, json!([])), "correction-empty"),
        (void_of(&counter, &number, json!([{ "line": 0, "amount": "50.01" }])), "correction-above-remainder"),
        (void_of(&counter, &number, json!([{ "line": 0, "amount": "0" }])), "correction-empty"),
        (void_of(&counter, &number, json!([{ "line": 0, "amount": "-1" }])), "amount-signed"),
        (void_of(&counter, &number, json!([{ "line": 9 }])), "correction-empty"),
        (void_of(&counter, &number, json!([{ "line": 0 }, { "line": 0 }])), "correction-empty"),
        (request(&counter, &number, json!([{ "line": 0 }]), "paid-twice"), "reason-missing"),
        (with(void_of(&counter, &number, json!([{ "line": 0 }])), "correction_id", json!("?")), "request-unreadable"),
    ] {
        assert_eq!(counter.refused("receipt.void", void.clone()), code, "{void}");
    }
    assert_eq!(counter.refused("receipt.correctable", json!({ "number": "CH07-9999999" })), "receipt-unknown");
    assert_eq!(counter.refused("receipt.refund", refund_of(&counter, &number, json!([{ "line": 0 }]))), "refund-same-session");
}

#[test]
fn a_card_or_a_cheque_goes_back_the_way_it_came() {
    let counter = Counter::open();
    let line = json!([{ "fund_code": "11", "reference": PARKING, "amount": "15" }]);
    let card = json!({ "kind": "card", "mop_code": "92", "amount": "5", "amount_again": "5", "terminal": "T1", "authorisation": "A1", "last_four": "1234" });
    let cash = json!({ "kind": "cash", "mop_code": "1", "tendered": "10" });
    let number = counter.call("sale.take", counter.sale(line.clone(), json!([card, cash])))["receipt"]["number"].clone();
    let void = void_of(&counter, number.as_str().expect("number"), json!([{ "line": 0 }]));
    assert_eq!(counter.refused("receipt.void", void.clone()), "card-reversal-needed");
    let slip = json!([{ "tender": 0, "terminal": "T1", "authorisation": "R9", "last_four": "1234" }]);
    let done = counter.call("receipt.void", with(void, "slips", slip));
    let back: Vec<(Value, Value)> = done["receipt"]["tenders"]
        .as_array()
        .expect("tenders")
        .iter()
        .map(|one| (one["mop_code"].clone(), one["amount"].clone()))
        .collect();
    assert_eq!(back, [(json!("92"), json!(-500)), (json!("1"), json!(-1000))]);
    let number = counter.call("sale.take", counter.sale(line, json!([cheque("15")])))["receipt"]["number"].clone();
    let number = number.as_str().expect("number");
    assert_eq!(counter.refused("receipt.void", void_of(&counter, number, json!([{ "line": 0, "amount": "5" }]))), "cheque-not-divisible");
    assert_eq!(counter.call("receipt.void", void_of(&counter, number, json!([{ "line": 0 }])))["receipt"]["tenders"][0]["amount"], -1500);
}

#[test]
fn a_refund_is_of_an_earlier_session_and_of_no_more_than_is_left() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "30")]);
    next_session(&counter);
    let state = correctable(&counter, &number);
    assert_eq!((&state["void"], &state["refund"]), (&json!("void-other-session"), &Value::Null));
    // Nothing of it was paid by card.
    let methods: Vec<&Value> = state["methods"].as_array().expect("methods").iter().map(|method| &method["mop_code"]).collect();
    assert_eq!(methods, ["1", "RQ"]);
    assert_eq!(counter.refused("receipt.void", void_of(&counter, &number, json!([{ "line": 0 }]))), "void-other-session");
    let refund = |amount: &str| with(refund_of(&counter, &number, json!([{ "line": 0, "amount": amount }])), "approval", jo());
    assert_eq!(counter.refused("receipt.refund", refund("30.01")), "correction-above-remainder");
    let done = counter.call("receipt.refund", refund("12.50"));
    assert_eq!((&done["receipt"]["total"], &done["approved_by"]), (&json!(-1250), &json!("20")));
    assert_eq!(counter.refused("receipt.refund", refund("17.51")), "correction-above-remainder");
    let by_card = |request: Value| {
        with(request, "by", json!({ "mop_code": "92", "slip": { "terminal": "T1", "authorisation": "A", "last_four": "1234" } }))
    };
    assert_eq!(counter.refused("receipt.refund", by_card(refund("5"))), "refund-above-paid-by-card");
    let request = |payee: &str| with(refund(""), "by", json!({ "mop_code": "RQ", "payee": payee }));
    assert_eq!(counter.refused("receipt.refund", request(" ")), "payee-missing");
    let done = counter.call("receipt.refund", request("Mrs A Example"));
    assert_eq!((&done["receipt"]["total"], &done["receipt"]["tenders"][0]["details"]["payee"]), (&json!(-1750), &json!("Mrs A Example")));
    assert_eq!(counter.refused("receipt.refund", refund("")), "correction-nothing-left");
    rebuilds(&counter);
}

#[test]
fn what_takes_money_back_is_not_taken_back_and_a_difference_is_never_corrected() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "15")]);
    let void = counter.call("receipt.void", void_of(&counter, &number, json!([{ "line": 0, "amount": "5" }])));
    let voiding = void["receipt"]["number"].as_str().expect("number").to_owned();
    for (of, code) in [(&voiding, "correction-of-correction"), (&number, "refund-same-session")] {
        assert_eq!(counter.refused("receipt.refund", with(refund_of(&counter, of, json!([{ "line": 0 }])), "approval", jo())), code);
    }
    assert_eq!(counter.refused("receipt.void", void_of(&counter, &voiding, json!([{ "line": 0 }]))), "correction-of-correction");
    next_session(&counter);
    // £10 short: the last receipt is the session's difference.
    let short = counter.call("receipt.last", json!({}))["receipt"].clone();
    assert_eq!(short["kind"], "over-or-short");
    let short = short["receipt"]["number"].as_str().expect("number").to_owned();
    let refund = with(refund_of(&counter, &short, json!([{ "line": 0 }])), "approval", jo());
    assert_eq!(counter.refused("receipt.refund", refund), "correction-of-over-short");
    assert_eq!(correctable(&counter, &short)["transfer"], "correction-of-over-short");
}

#[test]
fn a_lost_answer_is_asked_for_again_and_other_content_under_its_id_is_refused() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "50")]);
    let void = with(void_of(&counter, &number, json!([{ "line": 0, "amount": "30" }])), "approval", jo());
    let first = counter.call("receipt.void", void.clone());
    // Without the second person too: what is done is answered, not done again.
    for again in [void.clone(), with(void.clone(), "approval", Value::Null)] {
        let again = counter.call("receipt.void", again);
        assert_eq!((&again["receipt"]["number"], &again["again"]), (&first["receipt"]["number"], &json!(true)));
    }
    let other = with(void, "lines", json!([{ "line": 0, "amount": "20" }]));
    assert_eq!(counter.refused("receipt.void", other.clone()), "correction-id-with-other-content");
    assert_eq!(counter.refused("receipt.refund", with(other, "by", json!({ "mop_code": "1" }))), "correction-id-with-other-content");
    assert_eq!(correctable(&counter, &number)["left"], 2000);
}

#[test]
fn of_two_callers_at_once_only_one_finds_something_left() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "20")]);
    for _ in 0..10 {
        let requests = [0, 1].map(|_| void_of(&counter, &number, json!([{ "line": 0, "amount": "1.50" }])));
        let before = correctable(&counter, &number)["left"].as_i64().expect("left");
        let start = Barrier::new(2);
        let done = std::thread::scope(|scope| {
            let calls = requests.map(|request| {
                let (till, start) = (counter.till(), &start);
                scope.spawn(move || {
                    start.wait();
                    till.call("receipt.void", request).map_err(|error| error.code)
                })
            });
            calls.map(|call| call.join().expect("answered")).into_iter().filter(Result::is_ok).count()
        });
        let left = correctable(&counter, &number)["left"].as_i64().expect("left");
        assert_eq!(left, before - 150 * i64::try_from(done).expect("two"));
        assert!(left >= 0);
    }
    let rest = correctable(&counter, &number)["left"].as_i64().expect("left");
    assert_eq!(rest, 50, "2000 less thirteen times 150");
}

#[test]
fn a_line_moves_to_another_account_by_the_rules_of_a_sale_and_moves_on_from_there() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "100"), ("23", "501234566", "30")]);
    let to = |part: Value, fund: &str, reference: &str| with(transfer_of(&counter, &number, part, fund, reference), "approval", jo());
    assert_eq!(counter.refused("receipt.transfer", to(json!({ "line": 0 }), "23", "501234567")), "reference-not-valid-for-fund");
    assert_eq!(counter.refused("receipt.transfer", to(json!({ "line": 0 }), "XT", "1")), "fund-not-available");
    assert_eq!(counter.refused("receipt.transfer", to(json!({ "line": 0 }), "11", "bj12345673")), "transfer-to-itself");
    assert_eq!(
        counter.refused("receipt.transfer", to(json!({ "line": 0, "amount": "100.01" }), "23", "501234566")),
        "correction-above-remainder"
    );
    assert_eq!(counter.refused("receipt.transfer", to(json!({ "line": 0 }), "5", "12345678914")), "account-on-stop");
    let unapproved = transfer_of(&counter, &number, json!({ "line": 0 }), "23", "501234566");
    assert_eq!(counter.refused("receipt.transfer", unapproved), "approval-needed");
    let before = counter.call("account.show", json!({ "fund_code": "23", "reference": "501234566" }))["taken_since"].clone();
    let moved = counter.call("receipt.transfer", to(json!({ "line": 0, "amount": "60" }), "23", "501234566"));
    let amounts: Vec<Value> = moved["receipt"]["lines"].as_array().expect("lines").iter().map(|line| line["amount"].clone()).collect();
    assert_eq!((amounts, &moved["receipt"]["total"]), (vec![json!(-6000), json!(6000)], &json!(0)));
    let after = counter.call("account.show", json!({ "fund_code": "23", "reference": "501234566" }))["taken_since"].clone();
    assert_eq!(after.as_i64().zip(before.as_i64()).map(|(after, before)| after - before), Some(6000));
    let moving = moved["receipt"]["number"].as_str().expect("number").to_owned();
    assert_eq!(counter.refused("receipt.void", void_of(&counter, &moving, json!([{ "line": 1 }]))), "void-of-transfer");
    let out = with(transfer_of(&counter, &moving, json!({ "line": 0 }), "23", "501234566"), "approval", jo());
    assert_eq!(counter.refused("receipt.transfer", out), "correction-empty");
    let on = with(transfer_of(&counter, &moving, json!({ "line": 1, "amount": "20" }), "11", PARKING), "approval", jo());
    counter.call("receipt.transfer", on);
    // What is left of the moved line can still be voided, and no more of it.
    let void = with(void_of(&counter, &number, json!([{ "line": 0 }])), "approval", jo());
    assert_eq!(counter.call("receipt.void", void)["receipt"]["total"], -4000);
    next_session(&counter);
    let refund = with(refund_of(&counter, &moving, json!([{ "line": 1 }])), "approval", jo());
    assert_eq!(counter.call("receipt.refund", refund)["receipt"]["total"], -4000);
    assert_eq!(correctable(&counter, &moving)["left"], 0);
    rebuilds(&counter);
}

#[test]
fn money_that_nobody_can_place_waits_in_suspense_and_is_placed_in_parts() {
    let counter = Counter::open();
    let found = counter.call("reference.recognise", json!({ "text": "mr green", "suspense": true }));
    let candidate = &found["candidates"][0];
    assert_eq!((&candidate["fund_code"], &candidate["reference"]), (&json!("1"), &json!("MR GREEN")));
    let line = |narrative: &str| json!([{ "fund_code": "1", "reference": "MR GREEN", "amount": "80", "narrative": narrative }]);
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "80" }]);
    assert_eq!(counter.refused("sale.take", counter.sale(line(" "), cash.clone())), "narrative-missing");
    let taken = counter.call("sale.take", counter.sale(line("No bill; rent, he says"), cash));
    let number = taken["receipt"]["number"].as_str().expect("number").to_owned();
    let list = |text: &str| counter.call("suspense.list", json!({ "text": text }))["items"].clone();
    assert_eq!(
        list("")[0],
        json!({
            "number": number, "line": 0, "taken_at": "2026-11-23 10:42", "user_code": "12", "reference": "MR GREEN",
            "narrative": "No bill; rent, he says", "amount": 8000, "left": 8000,
        })
    );
    for (text, found) in [("green", 1), ("RENT", 1), ("80", 1), (&*number, 1), ("blue", 0), ("79", 0)] {
        assert_eq!(list(text).as_array().expect("items").len(), found, "{text}");
    }
    let place = |part: Value, fund: &str, reference: &str| {
        let transfer = transfer_of(&counter, &number, part, fund, reference);
        with(with(transfer, "reason", json!({ "code": "identified" })), "approval", jo())
    };
    counter.call("receipt.transfer", place(json!({ "line": 0, "amount": "50" }), "23", "501234566"));
    assert_eq!(list("")[0]["left"], 3000);
    assert_eq!(
        counter.refused("receipt.transfer", place(json!({ "line": 0, "amount": "30.01" }), "11", PARKING)),
        "correction-above-remainder"
    );
    counter.call("receipt.transfer", place(json!({ "line": 0 }), "11", PARKING));
    assert_eq!(list(""), json!([]));
    rebuilds(&counter);
}

#[test]
fn corrections_need_their_rights_and_ones_own_open_session() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "15")]);
    let void = void_of(&counter, &number, json!([{ "line": 0 }]));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("90", "9090");
    assert_eq!(correctable(&counter, &number)["void"], "right-missing");
    assert_eq!(counter.refused("receipt.void", void.clone()), "right-missing");
    assert_eq!(counter.refused("suspense.list", json!({})), "right-missing");
    counter.call("user.sign_out", json!({}));
    counter.sign_in("20", "2020");
    assert_eq!(correctable(&counter, &number)["void"], "session-of-another");
    assert_eq!(counter.refused("receipt.void", void), "session-of-another");
}

#[test]
fn a_counted_session_takes_nothing_back() {
    let counter = Counter::open();
    let number = paid(&counter, &[("11", PARKING, "15")]);
    let void = void_of(&counter, &number, json!([{ "line": 0 }]));
    let begun = counter.call("cash_up.begin", json!({}));
    counter.call("cash_up.give", json!({ "count_id": begun["count_id"], "cash": [{ "denomination": "20", "text": "5" }], "terminals": [{ "mop_code": "92", "text": "0" }] }));
    assert_eq!(counter.refused("receipt.void", void), "session-counted");
}

/// A line on the demonstration's stopped account.
fn stopped(reason: &str) -> Value {
    json!([{ "fund_code": "5", "reference": "12345678914", "amount": "10", "override_stop": true, "override_reason": reason }])
}

#[test]
fn a_cashier_overrides_a_stop_only_with_somebody_who_may_and_for_a_reason() {
    let counter = Counter::open();
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "10" }]);
    assert_eq!(counter.refused("sale.take", counter.sale(stopped(""), cash.clone())), "reason-missing");
    let sale = counter.sale(stopped("service-agreed"), cash);
    assert_eq!(counter.refused("sale.take", sale.clone()), "approval-needed");
    let by = |code: &str, secret: &str| with(sale.clone(), "approval", json!({ "user_code": code, "secret": secret }));
    assert_eq!(counter.refused("sale.take", by("14", "1414")), "approver-may-not");
    let taken = counter.call("sale.take", by("20", "2020"));
    assert_eq!(taken["receipt"]["lines"][0]["override_reason"], "service-agreed");
    assert_eq!(counter.call("receipt.last", json!({}))["receipt"]["approved_by"], "20");
    // The answer was lost: it is the same sale, whoever approves it now.
    assert_eq!(counter.call("sale.take", sale)["again"], true);
}

#[test]
fn a_supervisor_needs_another_one_where_the_pack_says_so() {
    let counter = Counter::fresh();
    counter.sign_in("20", "2020");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    let sale = counter.sale(stopped("service-agreed"), json!([{ "kind": "cash", "mop_code": "1", "tendered": "10" }]));
    assert_eq!(counter.refused("sale.take", with(sale.clone(), "approval", jo())), "approver-is-requester");
    counter.call("sale.take", with(sale, "approval", json!({ "user_code": "21", "secret": "2121" })));
}

#[test]
fn cash_is_limited_across_a_days_receipts_and_the_next_day_begins_anew() {
    let counter = Counter::open();
    paid(&counter, &[("23", "501234566", "4900")]);
    let sale = counter.cash_sale("23", "501234566", "100.01");
    let error = counter.till().call("sale.take", sale).expect_err("refused");
    assert_eq!((error.code.as_str(), error.args.len()), ("cash-not-accepted", 0));
    paid(&counter, &[("11", PARKING, "100.01")]);
    paid(&counter, &[("23", "501234566", "100")]);
    counter.clock.now_ms.store(MORNING_MS + 24 * 3_600_000, Ordering::Relaxed);
    paid(&counter, &[("23", "501234566", "100.01")]);
}

#[test]
fn cash_divided_among_the_accounts_of_one_holder_is_one_customers_cash() {
    // The extract has 23 500813878 and 25 89168897 under the same name at the same postcode, and 23 501234566 under another.
    let counter = Counter::open();
    paid(&counter, &[("23", "500813878", "4900")]);
    let refused = |counter: &Counter, lines: &[(&str, &str, &str)]| {
        let drafts: Vec<Value> =
            lines.iter().map(|(fund, reference, pounds)| json!({ "fund_code": fund, "reference": reference, "amount": pounds })).collect();
        let total: Pence = lines.iter().map(|(_, _, pounds)| parse_amount(pounds).expect("pounds")).sum();
        let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": total.plain() }]);
        let sale = counter.sale(json!(drafts), cash);
        let priced = counter.call("sale.price", json!({ "lines": sale["lines"], "tenders": sale["tenders"] }));
        let error = counter.till().call("sale.take", sale).expect_err("refused");
        (error.code, error.args.len(), priced["ready"].clone())
    };
    let limited = ("cash-not-accepted".to_owned(), 0, json!(false));
    assert_eq!(refused(&counter, &[("25", "89168897", "100.01")]), limited);
    // Both accounts in one basket count once.
    assert_eq!(refused(&counter, &[("25", "89168897", "50.01"), ("23", "500813878", "50")]), limited);
    paid(&counter, &[("25", "89168897", "50"), ("23", "500813878", "50")]);
    paid(&counter, &[("23", "501234566", "100.01")]);
}

#[test]
fn the_same_amount_on_the_same_account_today_is_said_and_stands_in_nobodys_way() {
    let counter = Counter::open();
    let first = paid(&counter, &[("23", "501234566", "30")]);
    let warnings = |reference: &str, fund: &str, pounds: &str| {
        counter.call("sale.price", json!({ "lines": [{ "fund_code": fund, "reference": reference, "amount": pounds }] }))["warnings"]
            .clone()
    };
    assert_eq!(warnings("501234566", "23", "30.00"), json!([{ "line": 0, "number": first, "taken_at": "2026-11-23 10:42" }]));
    assert_eq!(warnings("501234566", "23", "31"), json!([]));
    assert_eq!(warnings(PARKING, "11", "30"), json!([]));
    paid(&counter, &[("23", "501234566", "30")]);
    counter.call("receipt.void", with(void_of(&counter, &first, json!([{ "line": 0 }])), "approval", jo()));
    assert_eq!(warnings("501234566", "23", "30").as_array().map(Vec::len), Some(1), "a voided payment is none");
    counter.clock.now_ms.store(MORNING_MS + 24 * 3_600_000, Ordering::Relaxed);
    assert_eq!(warnings("501234566", "23", "30"), json!([]));
}
