//! A till with its pump against a LocalGov IMS: what is taken arrives once whatever the line does, and what can't waits for a person.

use crate::common::{Counter, copy_pack};
use counterfoil_simulators::ims::{Behaviour, Call, Fault, StandInIms, Tables, Transaction};
use counterfoil_till::{ImsAuth, UseIms, apply_pack};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Longer than the settle time.
const SETTLED_MS: i64 = 120_001;

fn ims() -> StandInIms {
    StandInIms::start(Tables::demonstration(), Behaviour::default()).expect("a stand-in")
}

fn at(ims: &StandInIms) -> UseIms {
    UseIms { url: ims.base_url().to_owned(), auth: ImsAuth::None, secret: None, authority: None, client_certificate: None }
}

/// Cashier 12 in an open session, at a till that pays into this IMS.
fn counter_at(ims: &StandInIms) -> Counter {
    let mut counter = Counter::fresh();
    counter.sends = true;
    counter.restart();
    assert_eq!(counter.till().use_ims(&at(ims)).expect("the IMS is set"), None);
    counter.sign_in("12", "1212");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    counter
}

fn take_cash(counter: &Counter, pounds: &str) -> String {
    taken(&counter.call("sale.take", counter.cash_sale("11", "BJ12345673", pounds)))
}

fn take_by_card(counter: &Counter, pounds: &str) -> String {
    let line = json!([{ "fund_code": "11", "reference": "BJ12345673", "amount": pounds }]);
    let card = json!([{ "kind": "card", "mop_code": "92", "amount": pounds, "amount_again": pounds, "terminal": "PDQ1", "authorisation": "123456", "last_four": "4242" }]);
    taken(&counter.call("sale.take", counter.sale(line, card)))
}

fn taken(answer: &Value) -> String {
    answer["receipt"]["number"].as_str().expect("a number").to_owned()
}

fn proof(counter: &Counter, number: &str) -> Value {
    counter.call("receipt.show", json!({ "number": number }))["ledger"].clone()
}

fn arrives(counter: &Counter, number: &str) -> String {
    counter.until(&format!("{number} is in the ledger"), |counter| {
        let proof = proof(counter, number);
        (proof["state"] == "in-ledger").then(|| proof["reference"].as_str().unwrap_or_default().to_owned())
    })
}

/// What the till keeps of a receipt's way.
fn way(counter: &Counter, number: &str) -> Value {
    let detail = counter.till().store().read(|reading| {
        let row = reading.receipt_by_number(number)?.expect("a receipt");
        reading.delivery(row.seq)
    });
    detail.expect("read").map_or(Value::Null, |row| serde_json::from_str(&row.detail).expect("JSON"))["way"].clone()
}

fn falls_into_doubt(counter: &Counter, number: &str) {
    counter.until(&format!("{number} is in doubt"), |counter| way(counter, number)["in_doubt_until_ms"].as_i64().map(drop));
}

fn settle_time_passes(counter: &Counter) {
    counter.clock.now_ms.fetch_add(SETTLED_MS, Ordering::Relaxed);
    counter.call("ledger.ask", json!({}));
}

fn quarantined(counter: &Counter) -> Option<Value> {
    counter.call("ledger.show", json!({}))["quarantined"].as_array().and_then(|list| list.first().cloned())
}

/// The day of [`common::MORNING_MS`].
fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
}

fn supervisor_instead(counter: &Counter) {
    counter.call("user.sign_out", json!({}));
    counter.sign_in("20", "2020");
}

#[test]
fn what_is_taken_arrives_once_and_shows_the_ims_s_references() {
    let ims = ims();
    let counter = counter_at(&ims);
    let numbers = ["10.00", "20.00", "30.00"].map(|pounds| take_cash(&counter, pounds));
    let references = numbers.each_ref().map(|number| arrives(&counter, number));
    for (number, reference) in numbers.iter().zip(references) {
        assert_eq!(ims.rows_of(number).into_iter().map(|row| row.reference).collect::<Vec<_>>(), [reference]);
    }
    let shown = counter.until("the line is up", |counter| {
        let shown = counter.call("ledger.show", json!({}));
        (shown["line"]["state"] == "up").then_some(shown)
    });
    assert_eq!((&shown["unsent_receipts"], &shown["address"], &shown["till_number"]), (&json!(0), &json!(ims.base_url()), &Value::Null));
    let today = today();
    let days = counter.till().reconcile_with_ims(today, today).expect("asked");
    assert!(days.len() == 1 && days[0].both.agrees(), "{days:?}");
    assert_eq!((days[0].both.receipts, days[0].both.till), (3, days[0].both.ims));
}

#[test]
fn a_receipt_whose_reply_was_lost_is_searched_for_while_those_after_it_go_on() {
    let ims = ims();
    let counter = counter_at(&ims);
    ims.tell(Call::Post, Fault::DropReply);
    let lost = take_cash(&counter, "10.00");
    falls_into_doubt(&counter, &lost);
    ims.tell(Call::Post, Fault::ServerError { stored: false });
    let refused = take_cash(&counter, "20.00");
    falls_into_doubt(&counter, &refused);
    let after = take_cash(&counter, "30.00");
    arrives(&counter, &after);
    assert_eq!((proof(&counter, &lost)["state"].clone(), ims.rows_of(&refused).len()), (json!("sent"), 0));
    settle_time_passes(&counter);
    [&lost, &refused].iter().for_each(|number| drop(arrives(&counter, number)));
    assert_eq!([&lost, &refused, &after].map(|number| ims.rows_of(number).len()), [1, 1, 1]);
}

#[test]
fn takings_wait_while_nobody_is_let_in_and_all_go_when_the_way_is_open_again() {
    let ims = ims();
    let counter = counter_at(&ims);
    ims.require_header(Some(("x-gateway".to_owned(), "shut".to_owned())));
    let numbers = ["10.00", "20.00", "30.00"].map(|pounds| take_cash(&counter, pounds));
    let line = |counter: &Counter| counter.call("ledger.show", json!({}))["line"].clone();
    let down = counter.until("the line is down", |counter| Some(line(counter)).filter(|line| line["state"] == "down"));
    assert!(down["down_since"].is_string(), "{down}");
    assert_eq!(ims.rows().len(), 0);
    ims.require_header(None);
    counter.call("ledger.ask", json!({}));
    numbers.iter().for_each(|number| drop(arrives(&counter, number)));
    counter.until("the line is up", |counter| (line(counter)["state"] == "up").then_some(()));
    assert_eq!(numbers.each_ref().map(|number| ims.rows_of(number).len()), [1, 1, 1]);
}

/// A card receipt that the IMS refuses until it is put aside, while cash goes on.
fn put_aside_for_its_mop(ims: &StandInIms, counter: &Counter) -> String {
    ims.change_tables(|tables| tables.mops.iter_mut().filter(|mop| mop.code == "92").for_each(|mop| mop.code = "CC".to_owned()));
    let card = take_by_card(counter, "5.00");
    for tries in 1..=5 {
        counter.until(&format!("refused {tries} times"), |counter| (way(counter, &card)["refusals"] == tries).then_some(()));
        // Others pass meanwhile, or it would be the IMS that is at fault.
        counter.clock.now_ms.fetch_add(1, Ordering::Relaxed);
        let cash = take_cash(counter, "1.00");
        arrives(counter, &cash);
        settle_time_passes(counter);
    }
    counter.until("the card receipt is put aside", |counter| quarantined(counter).map(drop));
    card
}

#[test]
fn a_method_that_the_ims_does_not_know_is_put_aside_and_goes_once_the_pack_says_what_it_is_there() {
    let ims = ims();
    let counter = counter_at(&ims);
    let card = put_aside_for_its_mop(&ims, &counter);
    let shown = quarantined(&counter).expect("put aside");
    assert_eq!((&shown["number"], &shown["fault"], &shown["can_be_settled"]), (&json!(card), &json!("refused"), &json!(false)));
    assert!(shown["words"].as_str().is_some_and(|words| words.contains("MOP 92")), "{shown}");
    assert_eq!(proof(&counter, &card)["state"], "quarantined");

    let said: Vec<String> = counter.till().compare_with_ims().expect("asked").iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|line| line.starts_with("method of payment 92 is 92 in the IMS, which doesn't have it")), "{said:?}");
    let pack = counter.folder.path().join("pack");
    copy_pack(&pack);
    let codes = std::fs::read_to_string(pack.join("localgov_ims.toml")).expect("codes");
    std::fs::write(pack.join("localgov_ims.toml"), codes + "\n[[mops]]\ncode = \"92\"\nims_code = \"CC\"\n").expect("written");
    apply_pack(counter.till(), &pack).expect("applied");

    supervisor_instead(&counter);
    let settle = json!({ "number": card, "text": "seen", "approval": { "user_code": "21", "secret": "2121" } });
    assert_eq!(counter.refused("ledger.settle_receipt", settle), "ledger-nothing-to-settle");
    counter.call("ledger.release_receipt", json!({ "number": card, "text": "The IMS calls it CC" }));
    settle_time_passes(&counter);
    arrives(&counter, &card);
    assert_eq!(ims.rows_of(&card).into_iter().map(|row| row.mop_code).collect::<Vec<_>>(), [Some("CC".to_owned())]);
    assert_eq!(quarantined(&counter), None);
}

#[test]
fn what_the_ims_has_otherwise_is_accepted_as_it_is_there_by_two_people_only() {
    let ims = ims();
    let counter = counter_at(&ims);
    let text = |text: &str| Some(text.to_owned());
    let other = ims.store(Transaction {
        psp_reference: text("CH07-0000001"),
        fund_code: text("11"),
        mop_code: text("1"),
        account_reference: text("BJ12345673"),
        amount: "9.00".parse().ok(),
        vat_amount: "0".parse().ok(),
        ..Transaction::default()
    });
    let number = take_cash(&counter, "10.00");
    let shown = counter.until("it is put aside", quarantined);
    assert_eq!((&shown["number"], &shown["fault"], &shown["can_be_settled"]), (&json!(number), &json!("differs"), &json!(true)));

    let mut settle = json!({ "number": number, "text": "Keyed at the IMS while the till was down" });
    assert_eq!(counter.refused("ledger.settle_receipt", settle.clone()), "right-missing");
    supervisor_instead(&counter);
    assert_eq!(counter.refused("ledger.settle_receipt", settle.clone()), "approval-needed");
    settle["approval"] = json!({ "user_code": "20", "secret": "2020" });
    assert_eq!(counter.refused("ledger.settle_receipt", settle.clone()), "approver-is-requester");
    settle["approval"] = json!({ "user_code": "21", "secret": "2121" });
    counter.call("ledger.settle_receipt", settle.clone());
    assert_eq!(counter.refused("ledger.settle_receipt", settle), "ledger-not-quarantined");

    assert_eq!(proof(&counter, &number), json!({ "state": "in-ledger", "reference": other.reference }));
    assert_eq!(counter.call("ledger.show", json!({}))["unsent_receipts"], 0);
    assert_eq!(ims.rows_of(&number).len(), 1, "nothing more is sent");
    let today = today();
    let days = counter.till().reconcile_with_ims(today, today).expect("asked");
    assert_eq!(days[0].both.differences.iter().map(|receipt| receipt.number.as_str()).collect::<Vec<_>>(), [number]);
}

#[test]
fn a_pack_with_the_same_codes_leaves_what_is_in_doubt_as_it_was() {
    let ims = ims();
    let counter = counter_at(&ims);
    ims.tell(Call::Post, Fault::DropReply);
    let lost = take_cash(&counter, "10.00");
    falls_into_doubt(&counter, &lost);
    let before = way(&counter, &lost);
    counter.clock.now_ms.fetch_add(1_000, Ordering::Relaxed);
    let pack = counter.folder.path().join("pack");
    copy_pack(&pack);
    apply_pack(counter.till(), &pack).expect("applied");
    let after = take_cash(&counter, "20.00");
    arrives(&counter, &after);
    assert_eq!(way(&counter, &lost), before);
}

#[test]
fn settings_that_cannot_be_used_are_refused_and_the_ledger_stays_as_it_was() {
    let ims = ims();
    let counter = counter_at(&ims);
    let before = counter.call("ledger.show", json!({}))["address"].clone();
    let refused = |request: UseIms| counter.till().use_ims(&request).expect_err("refused").code;
    assert_eq!(refused(UseIms { url: "ims.example".to_owned(), ..at(&ims) }), "ledger-ims-not-usable");
    let clear = UseIms { url: "http://ims.example".to_owned(), auth: ImsAuth::Bearer, secret: Some("hush".to_owned()), ..at(&ims) };
    assert_eq!(refused(clear), "ledger-ims-not-usable");
    assert_eq!(refused(UseIms { auth: ImsAuth::Bearer, ..at(&ims) }), "ledger-ims-secret-missing");
    let nowhere = counter.folder.path().join("nowhere.pem");
    assert_eq!(refused(UseIms { authority: Some(nowhere.clone()), ..at(&ims) }), "ledger-certificate");
    assert_eq!(refused(UseIms { client_certificate: Some(nowhere), ..at(&ims) }), "ledger-certificate");
    assert_eq!(counter.call("ledger.show", json!({}))["address"], before);
}

#[test]
fn a_token_is_kept_with_the_secrets_and_not_in_the_settings_and_lets_takings_in() {
    let ims = ims();
    ims.require_header(Some(("authorization".to_owned(), "Bearer hush".to_owned())));
    let counter = Counter::open();
    let request = UseIms { auth: ImsAuth::Bearer, secret: Some("hush".to_owned()), ..at(&ims) };
    assert_eq!(counter.till().use_ims(&request).expect("set"), None);
    let settings = std::fs::read_to_string(counter.folder.path().join("data/settings.json")).expect("settings");
    assert!(settings.contains("bearer") && !settings.contains("hush"), "{settings}");
    let mut counter = counter;
    counter.sends = true;
    counter.restart();
    counter.sign_in("12", "1212");
    let number = take_cash(&counter, "10.00");
    arrives(&counter, &number);
    assert_eq!(ims.rows_of(&number).len(), 1);
}
