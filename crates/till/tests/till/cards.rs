//! Card payments at the simulated terminal: what the till does with each of its answers, and after a crash at each step.

use crate::common::Counter;
use crate::common::terminal::{
    SUPERVISOR, at_rest, at_terminal, begin, books, direct, line, open_cards, receipts, resolve, restart, settings, state, until,
    with_simulator as counter,
};
use counterfoil_terminals::simulator::Simulator;
use counterfoil_terminals::{CardTerminal, Payment, PaymentIds, Watch};
use counterfoil_till::Pence;
use serde_json::{Value, json};

#[test]
fn an_approved_payment_of_all_that_is_due_is_a_receipt_with_what_the_terminal_said() {
    let counter = counter(&json!({}));
    let (sale_id, payment) = begin(&counter, "12.50");
    let done = until(&counter, &payment, "used");
    let receipt = &done["taken"]["receipt"];
    assert_eq!((receipt["total"].clone(), receipt["tenders"].as_array().map(Vec::len)), (json!(1_250), Some(1)));
    let details = &receipt["tenders"][0]["details"];
    let kept = ["kind", "last_four", "scheme", "entry_mode", "terminal", "merchant_id", "aid", "terminal_reference"];
    let said = ["card", "4242", "visa", "contactless", "SIM00001", "SIMMERCHANT", "A0000000031010", "SIM-1"];
    assert_eq!(kept.map(|field| details[field].as_str().unwrap_or_default()), said);
    assert_eq!(details["transaction_id"], json!(payment));
    // Asked for once more, as after a lost answer, it is the same receipt.
    let again = json!({ "sale_id": sale_id, "lines": [line("12.50")],
        "tenders": [{ "kind": "terminal", "mop_code": "92", "transaction_id": payment }] });
    assert_eq!(counter.call("sale.take", again)["receipt"]["number"], receipt["number"]);
    assert_eq!((at_terminal(&counter), receipts(&counter), open_cards(&counter)), (1_250, 1, 0));
    let printed = counter.call("receipt.show", json!({ "number": receipt["number"] }))["sheet"].to_string();
    assert!(printed.contains("CARDHOLDER COPY") && !printed.contains("MERCHANT COPY"), "the customer's copy comes with our receipt");
}

#[test]
fn a_decline_frees_the_sale_and_the_terminal_s_word_is_told() {
    let counter = counter(&json!({}));
    let (sale_id, payment) = begin(&counter, "10.61");
    assert_eq!(until(&counter, &payment, "free")["payment"]["why"], json!("Refusal"));
    let cash =
        json!({ "sale_id": sale_id, "lines": [line("10.61")], "tenders": [{ "kind": "cash", "mop_code": "1", "tendered": "10.61" }] });
    counter.call("sale.take", cash);
    assert_eq!((at_terminal(&counter), receipts(&counter), open_cards(&counter)), (0, 1, 0));
}

#[test]
fn a_payment_that_is_given_up_is_over_when_the_terminal_says_so() {
    let counter = counter(&json!({}));
    let (_, payment) = begin(&counter, "10.62");
    counter.until("at the terminal", |counter| (state(counter, &payment)["shows"] != json!("")).then_some(()));
    counter.call("card.abort", json!({ "transaction_id": payment }));
    assert_eq!(until(&counter, &payment, "free")["payment"]["why"], json!("aborted"));
    assert_eq!(at_terminal(&counter), 0);
}

#[test]
fn a_lost_answer_is_asked_for_and_never_sent_again() {
    for pounds in ["10.63", "10.64"] {
        let counter = counter(&json!({}));
        let (_, payment) = begin(&counter, pounds);
        until(&counter, &payment, "used");
        assert_eq!((books(&counter).len(), receipts(&counter)), (1, 1), "{pounds}");
    }
}

#[test]
fn a_payment_that_the_terminal_never_heard_of_is_free_again() {
    let counter = counter(&json!({}));
    let (_, payment) = begin(&counter, "10.65");
    assert_eq!(until(&counter, &payment, "free")["payment"]["why"], json!("not-found"));
    let unreachable = self::counter(&json!({ "payments": ["unreachable"] }));
    let (_, payment) = begin(&unreachable, "10.00");
    assert_eq!(until(&unreachable, &payment, "free")["payment"]["why"], json!("terminal-unreachable"));
    assert_eq!((at_terminal(&counter), at_terminal(&unreachable)), (0, 0));
}

#[test]
fn a_part_that_was_approved_is_taken_with_the_rest_or_given_back_and_never_left_out() {
    let counter = counter(&json!({}));
    let (sale_id, payment) = begin(&counter, "10.67");
    assert_eq!(until(&counter, &payment, "approved")["payment"]["approved"], json!(533));
    let sale = |tenders: Value| json!({ "sale_id": sale_id, "lines": [line("10.67")], "tenders": tenders });
    let cash = |pounds: &str| json!({ "kind": "cash", "mop_code": "1", "tendered": pounds });
    let card = json!({ "kind": "terminal", "mop_code": "92", "transaction_id": payment });
    assert_eq!(counter.refused("sale.take", sale(json!([cash("10.67")]))), "card-payment-not-used");
    assert_eq!(counter.refused("sale.take", sale(json!([card, card, cash("0.01")]))), "card-payment-not-approved");
    let other =
        json!({ "sale_id": counter.call("sale.begin", json!({}))["sale_id"], "lines": [line("10.67")], "tenders": [card, cash("5.34")] });
    assert_eq!(counter.refused("sale.take", other), "card-payment-not-approved", "another sale's payment");
    counter.call("sale.take", sale(json!([card, cash("5.34")])));
    assert_eq!(state(&counter, &payment)["payment"]["standing"], json!("used"));
    assert_eq!((at_terminal(&counter), open_cards(&counter)), (533, 0));
}

#[test]
fn an_abandoned_sale_s_payment_is_given_back_at_the_terminal() {
    let counter = counter(&json!({}));
    let (_, payment) = begin(&counter, "10.67");
    until(&counter, &payment, "approved");
    let reversal = counter.call("card.reverse", json!({ "transaction_id": payment }))["transaction_id"].as_str().expect("id").to_owned();
    until(&counter, &reversal, "used");
    assert_eq!(state(&counter, &payment)["payment"]["standing"], json!("reversed"));
    assert_eq!(counter.refused("card.reverse", json!({ "transaction_id": payment })), "card-payment-not-approved");
    assert_eq!((at_terminal(&counter), books(&counter).len(), receipts(&counter), open_cards(&counter)), (0, 2, 0, 0));
}

#[test]
fn a_signature_is_looked_at_before_the_receipt_and_a_refused_one_gives_the_money_back() {
    let counter = counter(&json!({}));
    let (sale_id, payment) = begin(&counter, "10.68");
    until(&counter, &payment, "signature");
    assert_eq!(
        counter.refused("card.begin", json!({ "sale_id": sale_id, "lines": [line("10.68")], "mop_code": "92" })),
        "card-payment-in-progress"
    );
    let signed = counter.call("card.signature", json!({ "transaction_id": payment, "matches": true }));
    assert_eq!(signed["reversal"], Value::Null);
    assert_eq!(state(&counter, &payment)["payment"]["standing"], json!("used"));
    let (_, refused) = begin(&counter, "20.68");
    until(&counter, &refused, "signature");
    let unsigned = counter.call("card.signature", json!({ "transaction_id": refused, "matches": false }));
    until(&counter, unsigned["reversal"].as_str().expect("what gives it back"), "used");
    until(&counter, &refused, "reversed");
    assert_eq!((at_terminal(&counter), receipts(&counter), open_cards(&counter)), (1_068, 1, 0));
}

#[test]
fn while_a_payment_is_unclear_its_sale_takes_no_other_card_and_the_next_customer_is_served() {
    let counter = counter(&json!({}));
    let (sale_id, payment) = begin(&counter, "10.69");
    assert_eq!(until(&counter, &payment, "unresolved")["payment"]["why"], json!("terminal-timed-out"));
    let card = json!({ "sale_id": sale_id, "lines": [line("10.69")], "mop_code": "92" });
    assert_eq!(counter.refused("card.begin", card), "card-payment-unresolved-no-card");
    let sale = |tender: Value| json!({ "sale_id": sale_id, "lines": [line("10.69")], "tenders": [tender] });
    let keyed = json!({ "kind": "card", "mop_code": "92", "amount": "10.69", "amount_again": "10.69", "terminal": "T1", "authorisation": "A1",
        "last_four": "1234" });
    assert_eq!(counter.refused("sale.take", sale(keyed.clone())), "card-payment-unresolved-no-card");
    let cash = json!({ "kind": "cash", "mop_code": "1", "tendered": "10.69" });
    assert_eq!(counter.refused("sale.take", sale(cash.clone())), "card-payment-unresolved");
    assert_eq!(counter.refused("sale.park", json!({ "sale_id": sale_id, "lines": [line("10.69")] })), "card-payment-unresolved");
    let by = |user: &str, secret: &str| json!({ "user_code": user, "secret": secret });
    let with = |tender: Value, approval: Value| {
        let mut sale = sale(tender);
        sale["approval"] = approval;
        sale
    };
    assert_eq!(counter.refused("sale.take", with(keyed, by(SUPERVISOR.0, SUPERVISOR.1))), "card-payment-unresolved-no-card");
    // Somebody else's sale goes on at once, at the same terminal too.
    let next = json!({ "sale_id": counter.call("sale.begin", json!({}))["sale_id"], "lines": [other_line("5.00")], "mop_code": "92" });
    let next = counter.call("card.begin", next)["transaction_id"].as_str().expect("id").to_owned();
    until(&counter, &next, "used");
    let taken = counter.call("sale.take", with(cash, by(SUPERVISOR.0, SUPERVISOR.1)));
    assert_eq!(taken["receipt"]["total"], json!(1_069));
    assert_eq!((open_cards(&counter), receipts(&counter)), (1, 2), "the card may have been charged all the same");
}

/// Another customer's.
fn other_line(pounds: &str) -> Value {
    json!({ "fund_code": "23", "reference": "501234566", "amount": pounds })
}

#[test]
fn the_same_bill_typed_again_is_charged_to_a_card_only_by_a_supervisor_while_nobody_knows_whether_one_was() {
    let mut counter = counter(&json!({ "payments": ["hold-after"], "dead": true }));
    let (_, payment) = begin(&counter, "10.00");
    counter.until("at the terminal", |counter| (books(counter).len() == 1).then_some(()));
    restart(&mut counter);
    until(&counter, &payment, "unresolved");
    at_rest(&counter, &payment);
    let warnings = |line: Value| counter.call("sale.price", json!({ "lines": [other_line("1"), line] }))["warnings"].clone();
    assert_eq!(warnings(line("10.00")), json!([{ "line": 1, "number": "", "taken_at": "2026-11-23 10:42", "unclear": 1_000 }]));
    assert_eq!(warnings(other_line("10.00")), json!([]));
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    // Typed otherwise, of another amount and not alone, it is the same account.
    let mut again = json!({ "sale_id": sale_id, "lines": [other_line("1"), { "fund_code": "11", "reference": " bj12345673 ", "amount": "4" }],
        "mop_code": "92" });
    assert_eq!(counter.refused("card.begin", again.clone()), "card-account-unresolved");
    again["approval"] = json!({ "user_code": "12", "secret": "1212" });
    assert_eq!(counter.refused("card.begin", again.clone()), "approver-is-requester");
    assert_eq!(books(&counter).len(), 1);
    again["approval"] = json!({ "user_code": SUPERVISOR.0, "secret": SUPERVISOR.1 });
    let begun = counter.call("card.begin", again)["transaction_id"].as_str().expect("id").to_owned();
    let taken = until(&counter, &begun, "used")["taken"]["receipt"]["number"].clone();
    assert_eq!(counter.call("receipt.show", json!({ "number": taken }))["approved_by"], json!(SUPERVISOR.0));
    // Cash is no card.
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "10.00" }]);
    let other = counter.call("sale.begin", json!({}))["sale_id"].clone();
    counter.call("sale.take", json!({ "sale_id": other, "lines": [line("10.00")], "tenders": cash }));
    assert_eq!((books(&counter).len(), receipts(&counter), open_cards(&counter)), (2, 2, 1));
}

#[test]
fn an_unclear_payment_blocks_the_count_until_a_supervisor_says_what_became_of_it() {
    let counter = counter(&json!({}));
    let (_, payment) = begin(&counter, "10.69");
    until(&counter, &payment, "unresolved");
    let begun = counter.call("cash_up.begin", json!({}));
    assert_eq!(begun["cards"][0]["transaction_id"], json!(payment));
    let count = json!({ "count_id": begun["count_id"], "cash": [{ "denomination": "20", "text": "5" }], "ticked": [],
        "terminals": [{ "mop_code": "92", "text": "10.69" }] });
    assert_eq!(counter.refused("cash_up.give", count.clone()), "card-payments-open");
    let mut alone = resolve(&payment, true, "10.69");
    alone.as_object_mut().expect("an object").remove("approval");
    assert_eq!(counter.refused("card.resolve", alone), "approval-needed");
    assert_eq!(counter.refused("card.resolve", resolve(&payment, true, "10.70")), "tender-above-due");
    let mut wordless = resolve(&payment, true, "10.69");
    wordless["text"] = json!(" ");
    assert_eq!(counter.refused("card.resolve", wordless), "finding-missing");
    counter.call("card.resolve", resolve(&payment, true, "10.69"));
    // The sale that it paid is taken by itself, and the terminal and the till agree.
    assert_eq!(state(&counter, &payment)["payment"]["standing"], json!("used"));
    assert_eq!((receipts(&counter), at_terminal(&counter)), (1, 1_069));
    assert_eq!(counter.refused("card.resolve", resolve(&payment, false, "")), "card-payment-not-unresolved");
    counter.call("cash_up.give", count);
}

#[test]
fn a_supervisor_s_word_stands_though_the_receipt_cannot_be_written_yet_and_the_receipt_follows_by_itself() {
    let counter = counter(&json!({}));
    let (_, payment) = begin(&counter, "10.69");
    until(&counter, &payment, "unresolved");
    at_rest(&counter, &payment);
    let no_room = counter.without_room("receipts");
    counter.call("card.resolve", resolve(&payment, true, "10.69"));
    assert_eq!((receipts(&counter), state(&counter, &payment)["payment"]["standing"].clone()), (0, json!("approved")));
    counter.until("it was tried again", |counter| state(counter, &payment)["fault"].is_string().then_some(()));
    no_room.ends();
    until(&counter, &payment, "used");
    assert_eq!((receipts(&counter), open_cards(&counter)), (1, 0));
}

#[test]
fn an_unclear_payment_that_was_not_taken_leaves_the_sale_as_it_was() {
    let counter = counter(&json!({ "payments": ["silent-not-taken"] }));
    let (sale_id, payment) = begin(&counter, "10.00");
    until(&counter, &payment, "unresolved");
    counter.call("card.resolve", resolve(&payment, false, ""));
    let again = counter.call("card.begin", json!({ "sale_id": sale_id, "lines": [line("10.00")], "mop_code": "92" }));
    let again = again["transaction_id"].as_str().expect("id").to_owned();
    until(&counter, &again, "used");
    assert_eq!((at_terminal(&counter), receipts(&counter), open_cards(&counter)), (1_000, 1, 0));
}

#[test]
fn a_cashier_never_resolves_their_own_payment_even_as_a_supervisor() {
    let mut counter = counter(&json!({}));
    counter.call("user.sign_out", json!({}));
    let begun = counter.till().call("session.open", json!({})).map(|_| ());
    assert!(begun.is_err(), "cashier 12's session is still open");
    counter.sign_in("12", "1212");
    let (_, payment) = begin(&counter, "10.69");
    until(&counter, &payment, "unresolved");
    counter.restart();
    counter.sign_in(SUPERVISOR.0, SUPERVISOR.1);
    let mut by_themselves = resolve(&payment, false, "");
    by_themselves["approval"] = json!({ "user_code": "12", "secret": "1212" });
    assert_eq!(counter.refused("card.resolve", by_themselves.clone()), "approver-is-cashier");
    by_themselves.as_object_mut().expect("an object").remove("approval");
    counter.call("card.resolve", by_themselves);
    assert_eq!(open_cards(&counter), 0);
}

#[test]
fn after_a_crash_at_each_step_the_customer_is_charged_at_most_once_and_both_sides_agree() {
    // What the terminal was at when the till died, what it takes, and how the payment stands once the till is back.
    for (behaviour, taken, standing) in [("hold-before", 0, "free"), ("hold-after", 1_000, "used"), ("in-progress", 1_000, "used")] {
        let mut counter = counter(&json!({ "payments": [behaviour] }));
        let (sale_id, payment) = begin(&counter, "10.00");
        counter.until("at the terminal", |counter| {
            let sent = state(counter, &payment)["payment"]["standing"] != json!("intended");
            (sent && (taken == 0 || !books(counter).is_empty())).then_some(())
        });
        restart(&mut counter);
        until(&counter, &payment, standing);
        assert_eq!((at_terminal(&counter), books(&counter).len() <= 1), (taken, true), "{behaviour}");
        assert_eq!((receipts(&counter), open_cards(&counter)), (usize::from(taken > 0), 0), "{behaviour}");
        let again = counter.till().call("card.begin", json!({ "sale_id": sale_id, "lines": [line("10.00")], "mop_code": "92" }));
        assert_eq!(again.is_ok(), taken == 0, "a sale that is paid is not paid again: {behaviour}");
        at_rest(&counter, &payment);
        assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
    }
}

#[test]
fn a_part_that_was_approved_before_a_crash_is_parked_with_its_sale_and_taken_up_again() {
    let mut counter = counter(&json!({}));
    let (sale_id, payment) = begin(&counter, "10.67");
    until(&counter, &payment, "approved");
    restart(&mut counter);
    let parked = counter.call("sale.parked", json!({}));
    assert_eq!((parked[0]["sale_id"].clone(), parked.as_array().map(Vec::len)), (json!(sale_id), Some(1)));
    assert_eq!(counter.refused("sale.abandon", json!({ "sale_id": sale_id })), "card-payment-not-used");
    let resumed = counter.call("sale.resume", json!({ "sale_id": sale_id }));
    assert_eq!(resumed["cards"][0]["approved"], json!(533));
    let tenders = json!([{ "kind": "terminal", "mop_code": "92", "transaction_id": payment }, { "kind": "cash", "mop_code": "1", "tendered": "5.34" }]);
    counter.call("sale.take", json!({ "sale_id": sale_id, "lines": resumed["lines"], "tenders": tenders }));
    assert_eq!((receipts(&counter), open_cards(&counter), at_terminal(&counter)), (1, 0, 533));
}

/// Begins a card payment of four pounds of a sale of ten.
fn begin_part(counter: &Counter) -> (Value, String) {
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    let sale = json!({ "sale_id": sale_id, "lines": [line("10.00")], "mop_code": "92", "amount": "4.00" });
    (sale_id, counter.call("card.begin", sale)["transaction_id"].as_str().expect("id").to_owned())
}

#[test]
fn a_part_that_is_learnt_of_after_a_crash_is_parked_with_its_sale_whoever_says_that_it_was_approved() {
    let parked = |counter: &Counter| {
        counter.call("sale.parked", json!({})).as_array().map(|all| all.iter().map(|one| one["sale_id"].clone()).collect())
    };
    let mut counter = counter(&json!({ "payments": ["hold-after", "silent"] }));
    let (sale_id, payment) = begin_part(&counter);
    counter.until("at the terminal", |counter| (books(counter).len() == 1).then_some(()));
    restart(&mut counter);
    until(&counter, &payment, "approved");
    at_rest(&counter, &payment);
    assert_eq!(parked(&counter), Some(vec![sale_id.clone()]));
    let resumed = counter.call("sale.resume", json!({ "sale_id": sale_id }));
    let tenders = json!([{ "kind": "terminal", "mop_code": "92", "transaction_id": payment }, { "kind": "cash", "mop_code": "1", "tendered": "6.00" }]);
    counter.call("sale.take", json!({ "sale_id": sale_id, "lines": resumed["lines"], "tenders": tenders }));
    let (sale_id, payment) = begin_part(&counter);
    until(&counter, &payment, "unresolved");
    restart(&mut counter);
    at_rest(&counter, &payment);
    assert_eq!(parked(&counter), Some(vec![]));
    counter.call("card.resolve", resolve(&payment, true, "4.00"));
    assert_eq!(parked(&counter), Some(vec![sale_id]));
}

#[test]
fn a_payment_that_was_taken_after_a_supervisor_called_it_not_charged_makes_no_receipt_and_is_given_back() {
    let mut counter = counter(&json!({ "payments": ["lose-reply"], "dead": true }));
    settings(&counter, |settings| settings["card_terminal"]["patience"]["look_up_for_ms"] = json!(600_000));
    restart(&mut counter);
    let (_, payment) = begin(&counter, "10.00");
    counter.until("silent", |counter| state(counter, &payment)["fault"].is_string().then_some(()));
    counter.call("card.set_aside", json!({ "transaction_id": payment }));
    counter.call("card.resolve", resolve(&payment, false, ""));
    let other = counter.call("sale.begin", json!({}))["sale_id"].clone();
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "10.00" }]);
    counter.call("sale.take", json!({ "sale_id": other, "lines": [line("10.00")], "tenders": cash }));
    // The terminal is there again, and says what it did.
    direct(&counter, &json!({ "payments": ["lose-reply"], "reversals": ["decline"] }));
    until(&counter, &payment, "approved");
    at_rest(&counter, &payment);
    assert_eq!((receipts(&counter), state(&counter, &payment)["payment"]["why"].clone()), (1, json!("taken-after-all")));
    let reverse = |counter: &Counter, standing: &str| {
        let reversal =
            counter.call("card.reverse", json!({ "transaction_id": payment }))["transaction_id"].as_str().expect("id").to_owned();
        until(counter, &reversal, standing);
    };
    reverse(&counter, "free");
    restart(&mut counter);
    assert_eq!((receipts(&counter), counter.call("sale.parked", json!({}))), (1, json!([])), "nor at the next start");
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
    reverse(&counter, "used");
    assert_eq!((at_terminal(&counter), receipts(&counter), open_cards(&counter)), (0, 1, 0));
}

#[test]
fn a_terminal_that_was_changed_says_nothing_of_what_another_took() {
    let mut counter = counter(&json!({}));
    let (_, payment) = begin(&counter, "10.69");
    until(&counter, &payment, "unresolved");
    settings(&counter, |settings| drop(settings.as_object_mut().expect("an object").remove("card_terminal")));
    restart(&mut counter);
    at_rest(&counter, &payment);
    assert_eq!((state(&counter, &payment)["payment"]["standing"].clone(), open_cards(&counter)), (json!("unresolved"), 1));
    assert_eq!(
        counter.refused("card.begin", json!({ "sale_id": payment, "lines": [line("1.00")], "mop_code": "92" })),
        "card-terminal-missing"
    );
}

struct Nobody;
impl Watch for Nobody {
    fn shows(&self, _: &str) {}
}

/// The session after one payment of ten pounds at the terminal, and of so much there by somebody's hand: what its count says, and how it
/// is closed without a word.
fn counted(counter: &Counter, by_hand: Pence) -> (Value, Value) {
    let (_, payment) = begin(counter, "10.00");
    until(counter, &payment, "used");
    if by_hand.is_positive() {
        let ids = PaymentIds { service_id: "BYHAND".into(), transaction_id: "by hand".into(), at_ms: 0 };
        Simulator::new(&counter.folder.path().join("data")).pay(&Payment { ids, amount: by_hand }, &Nobody).expect("paid");
    }
    totals_are_read_again(counter);
    counts(counter, "10.00")
}

/// The cashier begins to count, and the terminal's totals are read again.
fn totals_are_read_again(counter: &Counter) {
    counter.call("cash_up.begin", json!({}));
    counter.until("the totals are read again", |counter| {
        let readings = counter.till().store().read(|reading| reading.terminal_readings()).expect("read");
        readings.filter(|readings| readings.last.0 > readings.first.0)
    });
}

#[test]
fn a_terminal_that_says_another_total_than_the_till_knows_of_needs_a_reason_and_a_second_person_at_the_close() {
    let agreed = counter(&json!({}));
    let (given, close) = counted(&agreed, Pence::ZERO);
    assert_eq!(given["driven"], json!([{ "terminal": "simulator", "says": 1_000, "known": 1_000 }]));
    assert_eq!(given["beyond_tolerance"], json!(false));
    agreed.call("cash_up.close", close);
    let counter = counter(&json!({}));
    let (given, mut close) = counted(&counter, Pence(500));
    assert_eq!(given["driven"], json!([{ "terminal": "simulator", "says": 1_500, "known": 1_000 }]));
    assert_eq!(given["beyond_tolerance"], json!(true));
    assert_eq!(counter.refused("cash_up.close", close.clone()), "reason-missing");
    close["reason"] = json!("wrong-change");
    assert_eq!(counter.refused("cash_up.close", close.clone()), "approval-needed");
    close["approval"] = json!({ "user_code": SUPERVISOR.0, "secret": SUPERVISOR.1 });
    counter.call("cash_up.close", close);
    counter.call("user.sign_out", json!({}));
    counter.sign_in(SUPERVISOR.0, SUPERVISOR.1);
    let shown = counter.call("z.show", json!({ "number": 1 })).to_string();
    assert!(shown.contains("15.00") && shown.contains("simulator"), "the Z read says it too: {shown}");
}

/// Counts what was taken by card, and answers the count and how it is closed without a word.
fn counts(counter: &Counter, pounds: &str) -> (Value, Value) {
    let begun = counter.call("cash_up.begin", json!({}));
    let count = json!({ "count_id": begun["count_id"], "cash": [{ "denomination": "20", "text": "5" }], "ticked": [],
        "terminals": [{ "mop_code": "92", "text": pounds }] });
    let close =
        json!({ "session": begun["session"]["number"], "attempt": begun["attempt"], "reason": "", "text": "", "float_left": "100" });
    (counter.call("cash_up.give", count), close)
}

#[test]
fn a_terminal_that_did_not_say_its_totals_after_its_last_payment_is_called_not_compared_and_the_close_needs_a_reason() {
    let counter = counter(&json!({}));
    until(&counter, &begin(&counter, "10.00").1, "used");
    // Nothing was said since before the first payment.
    direct(&counter, &json!({ "dead": true }));
    let (given, _) = counts(&counter, "10.00");
    let not_compared = |known: i64| json!([{ "terminal": "simulator", "says": 0, "known": known, "not_compared": true }]);
    assert_eq!((given["driven"].clone(), given["beyond_tolerance"].clone()), (not_compared(1_000), json!(true)));
    let reject =
        json!({ "attempt": 1, "reason": "wrong-change", "text": "", "approval": { "user_code": SUPERVISOR.0, "secret": SUPERVISOR.1 } });
    counter.call("cash_up.reject", reject);
    // The totals are read, and then the cashier goes on.
    direct(&counter, &json!({}));
    totals_are_read_again(&counter);
    direct(&counter, &json!({ "dead": true }));
    until(&counter, &begin(&counter, "20.00").1, "used");
    let (given, mut close) = counts(&counter, "30.00");
    assert_eq!((given["driven"].clone(), given["beyond_tolerance"].clone()), (not_compared(3_000), json!(true)));
    assert_eq!(counter.refused("cash_up.close", close.clone()), "reason-missing");
    close["reason"] = json!("wrong-change");
    assert_eq!(counter.refused("cash_up.close", close.clone()), "approval-needed");
    close["approval"] = json!({ "user_code": SUPERVISOR.0, "secret": SUPERVISOR.1 });
    counter.call("cash_up.close", close.clone());
    assert_eq!(counter.call("cash_up.close", close)["z"]["driven"], not_compared(3_000), "asked for again it is the same close");
    counter.call("user.sign_out", json!({}));
    counter.sign_in(SUPERVISOR.0, SUPERVISOR.1);
    let shown = counter.call("z.show", json!({ "number": 1 })).to_string();
    assert!(shown.contains("Not compared") && shown.contains("30.00"), "the Z read says it too: {shown}");
}

#[test]
fn a_terminal_that_took_nothing_and_is_not_there_in_the_evening_needs_no_second_person_at_the_close() {
    let counter = counter(&json!({}));
    until(&counter, &begin(&counter, "10.61").1, "free");
    let readings = counter.till().store().read(|reading| reading.terminal_readings()).expect("read");
    assert!(readings.is_some(), "it said its totals before");
    direct(&counter, &json!({ "dead": true }));
    let (given, close) = counts(&counter, "0");
    assert_eq!((given["driven"].clone(), given["beyond_tolerance"].clone()), (json!([]), json!(false)));
    counter.call("cash_up.close", close);
}
