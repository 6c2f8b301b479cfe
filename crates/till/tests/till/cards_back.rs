//! What goes back of a card payment: voids, refunds and reversals at the simulated terminal, and that nobody is paid back twice.

use crate::common;
use crate::common::Counter;
use crate::common::day::pieces;
use crate::common::terminal::{
    SUPERVISOR, at_rest, at_terminal, begin, books, direct, open_cards, receipts, resolve, restart, settings, until, void,
    with_simulator as counter, write,
};
use counterfoil_domain::card_payment::{Approval, CardOutcome};
use counterfoil_domain::entry::Fact;
use counterfoil_simulators::escpos_reader::{Piece, read};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use counterfoil_till::Pence;
use serde_json::{Value, json};

#[test]
fn a_receipt_that_was_paid_at_the_terminal_is_voided_once_the_terminal_has_given_the_money_back() {
    let mut counter = counter(&json!({ "reversals": ["decline", "lose-reply"] }));
    let (_, payment) = begin(&counter, "10.00");
    let number = until(&counter, &payment, "used")["taken"]["receipt"]["number"].clone();
    let asked = void(&counter, &number);
    let begun = |counter: &Counter| {
        let error = counter.till().call("receipt.void", asked.clone()).expect_err("the terminal comes first");
        assert_eq!(error.code, "card-reversal-begun");
        error.args["transaction_id"].clone()
    };
    let declined = begun(&counter);
    until(&counter, &declined, "free");
    assert_eq!(
        (receipts(&counter), at_terminal(&counter), open_cards(&counter)),
        (1, 1_000, 0),
        "nothing was given back, nothing is voided"
    );
    let given_back = begun(&counter);
    counter.until("at the terminal", |counter| (books(counter).len() == 3).then_some(()));
    // The till dies before anybody has asked again: the money is back, and the void waits for somebody to write it.
    restart(&mut counter);
    until(&counter, &given_back, "approved");
    assert_eq!((at_terminal(&counter), open_cards(&counter)), (0, 1));
    assert_eq!(counter.call("card.unresolved", json!({}))[0]["receipt"], number, "whoever goes on with it is told which receipt");
    let voided = counter.call("receipt.void", asked.clone());
    let details = &voided["receipt"]["tenders"][0]["details"];
    assert_eq!((details["transaction_id"].clone(), details["terminal_reference"].clone()), (json!(given_back), json!("SIM-3")));
    assert_eq!((receipts(&counter), open_cards(&counter), books(&counter).len()), (2, 0, 3));
    assert_eq!(counter.call("receipt.void", asked.clone())["again"], json!(true));
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn without_its_terminal_a_void_still_asks_for_the_slip() {
    let counter = counter(&json!({}));
    let (_, payment) = begin(&counter, "10.00");
    let number = until(&counter, &payment, "used")["taken"]["receipt"]["number"].clone();
    let mut asked = void(&counter, &number);
    asked["at_terminal"] = json!(false);
    assert_eq!(counter.refused("receipt.void", asked.clone()), "card-reversal-needed");
    asked["slips"] = json!([{ "tender": 0, "terminal": "SIM00001", "authorisation": "R7", "last_four": "4242" }]);
    counter.call("receipt.void", asked);
    assert_eq!(receipts(&counter), 2);
}

/// What was paid at the terminal, taken back by the slip of a reversal that was done there by hand.
fn by_slip(asked: &Value) -> Value {
    let mut asked = asked.clone();
    asked["at_terminal"] = json!(false);
    asked["slips"] = json!([{ "tender": 0, "terminal": "SIM00001", "authorisation": "R7", "last_four": "4242" }]);
    asked
}

/// Pays, and begins the void of so much of it; answers the receipt's number, what was asked, and the reversal.
fn being_voided(counter: &Counter, pounds: &str, part: &str) -> (Value, Value, String) {
    let (_, payment) = begin(counter, pounds);
    let number = until(counter, &payment, "used")["taken"]["receipt"]["number"].clone();
    let mut asked = void(counter, &number);
    asked["lines"][0]["amount"] = json!(part);
    let begun = counter.till().call("receipt.void", asked.clone()).expect_err("the terminal comes first");
    assert_eq!(begun.code, "card-reversal-begun");
    (number, asked, begun.args["transaction_id"].clone())
}

#[test]
fn while_nobody_knows_whether_a_payment_went_back_nothing_else_goes_back_for_its_receipt() {
    // Given back, and not, though the terminal says neither.
    for (behaviour, taken) in [("silent", true), ("silent-not-taken", false)] {
        let counter = counter(&json!({ "reversals": [behaviour] }));
        let (_, asked, reversal) = being_voided(&counter, "10.00", "");
        until(&counter, &reversal, "unresolved");
        assert_eq!(counter.refused("receipt.void", by_slip(&asked)), "card-reversal-unresolved", "{behaviour}");
        assert_eq!(counter.refused("receipt.void", asked.clone()), "card-reversal-unresolved", "{behaviour}");
        assert_eq!((receipts(&counter), open_cards(&counter)), (1, 1), "{behaviour}");
        counter.call("card.resolve", resolve(&reversal, taken, "10.00"));
        // Once it is known the money goes back the way that is left, and once.
        counter.call("receipt.void", if taken { asked } else { by_slip(&asked) });
        assert_eq!((receipts(&counter), open_cards(&counter)), (2, 0), "{behaviour}");
        assert_eq!(at_terminal(&counter), if taken { 0 } else { 1_000 }, "{behaviour}");
    }
}

#[test]
fn what_went_back_at_the_terminal_already_is_not_paid_out_another_way_and_a_supervisor_can_close_it() {
    let counter = counter(&json!({}));
    let (_, part, reversal) = being_voided(&counter, "10.00", "4.00");
    until(&counter, &reversal, "approved");
    let mut whole = by_slip(&part);
    whole["lines"][0]["amount"] = json!("10.00");
    assert_eq!(counter.refused("receipt.void", whole.clone()), "card-reversal-not-used");
    // The cashier changes their mind, and the customer keeps the four pounds: no correction will take them.
    assert_eq!(counter.refused("card.resolve", resolve(&reversal, false, "")), "card-payment-not-unresolved");
    let mut alone = resolve(&reversal, true, "");
    alone.as_object_mut().expect("an object").remove("approval");
    assert_eq!(counter.refused("card.resolve", alone), "approval-needed");
    counter.call("card.resolve", resolve(&reversal, true, ""));
    assert_eq!((open_cards(&counter), receipts(&counter), at_terminal(&counter)), (0, 1, 600));
    counter.close_session(pieces(&[("20", 5)]), "100");
    assert_eq!(counter.till().store().rebuild().expect("rebuilt"), []);
}

#[test]
fn what_a_closed_reversal_gave_back_does_not_go_back_a_second_time_and_the_rest_still_can() {
    let counter = counter(&json!({}));
    let (number, part, reversal) = being_voided(&counter, "10.00", "4.00");
    until(&counter, &reversal, "approved");
    counter.call("card.resolve", resolve(&reversal, true, ""));
    let mut whole = part.clone();
    whole["lines"][0]["amount"] = json!("10.00");
    assert_eq!(counter.refused("receipt.void", whole), "card-given-back-already");
    let mut rest = part;
    rest["lines"][0]["amount"] = json!("6.00");
    let begun = counter.till().call("receipt.void", rest.clone()).expect_err("the terminal comes first");
    assert_eq!(begun.code, "card-reversal-begun");
    until(&counter, &begun.args["transaction_id"], "approved");
    counter.call("receipt.void", rest);
    let mut more = void(&counter, &number);
    more["lines"][0]["amount"] = json!("1.00");
    assert_eq!(counter.refused("receipt.void", more), "card-given-back-already");
    assert_eq!((at_terminal(&counter), books(&counter).len(), open_cards(&counter)), (0, 3, 0));
}

/// Asks for so much of a receipt to be refunded in this way.
fn refund(counter: &Counter, number: &Value, part: &str, by: Value) -> Value {
    let mut asked = void(counter, number);
    asked["reason"]["code"] = json!("paid-twice");
    asked["lines"][0]["amount"] = json!(part);
    asked["by"] = by;
    asked
}

#[test]
fn what_a_closed_reversal_gave_back_goes_out_in_no_other_way_in_its_session_or_the_next() {
    let counter = counter(&json!({}));
    let (number, part, reversal) = being_voided(&counter, "10.00", "4.00");
    until(&counter, &reversal, "approved");
    counter.call("card.resolve", resolve(&reversal, true, ""));
    let mut whole = by_slip(&part);
    whole["lines"][0]["amount"] = json!("10.00");
    assert_eq!(counter.refused("receipt.void", whole), "card-given-back-already");
    counter.close_session(pieces(&[("20", 5)]), "100");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    let ways = counter.call("receipt.correctable", json!({ "number": number }))["methods"].clone();
    assert!(ways.as_array().is_some_and(|ways| ways.len() == 3 && ways.iter().all(|way| way["maximum"] == json!(600))), "{ways}");
    let request = || json!({ "mop_code": "RQ", "payee": "Mrs A Example" });
    for by in [json!({ "mop_code": "1" }), request()] {
        assert_eq!(counter.refused("receipt.refund", refund(&counter, &number, "6.01", by)), "card-given-back-already");
    }
    counter.call("receipt.refund", refund(&counter, &number, "6.00", request()));
    assert_eq!(counter.refused("receipt.refund", refund(&counter, &number, "4.00", request())), "card-given-back-already");
    assert_eq!((at_terminal(&counter), open_cards(&counter)), (600, 0));
}

#[test]
fn the_slip_of_a_closed_reversal_takes_nothing_from_what_is_left_of_a_receipt_that_was_paid_partly_in_cash() {
    let counter = counter(&json!({}));
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    let mut sale = json!({ "sale_id": sale_id, "lines": [common::terminal::line("30.00")], "mop_code": "92", "amount": "10.00" });
    let payment = counter.call("card.begin", sale.clone())["transaction_id"].as_str().expect("id").to_owned();
    until(&counter, &payment, "approved");
    let at_terminal = json!({ "kind": "terminal", "mop_code": "92", "transaction_id": payment });
    sale = json!({ "sale_id": sale_id, "lines": sale["lines"],
        "tenders": [at_terminal, { "kind": "cash", "mop_code": "1", "tendered": "20.00" }] });
    let number = counter.call("sale.take", sale)["receipt"]["number"].clone();
    let begun = counter.till().call("receipt.void", void(&counter, &number)).expect_err("the terminal comes first");
    until(&counter, &begun.args["transaction_id"], "approved");
    counter.call("card.resolve", resolve(&begun.args["transaction_id"], true, ""));
    // The customer has had ten pounds, and gets twenty, whatever slip is typed.
    let mut rest = by_slip(&void(&counter, &number));
    assert_eq!(counter.refused("receipt.void", rest.clone()), "card-given-back-already");
    rest["lines"][0]["amount"] = json!("20.00");
    let voided = counter.call("receipt.void", rest);
    let tenders: Vec<_> = voided["receipt"]["tenders"].as_array().expect("tenders").iter().collect();
    assert_eq!((tenders.len(), &tenders[0]["amount"], &tenders[0]["details"]["kind"]), (1, &json!(-2_000), &json!("cash")));
}

#[test]
fn while_one_of_a_receipt_s_payments_is_unclear_no_other_goes_back_for_a_void_that_could_not_be_written() {
    let counter = counter(&json!({ "reversals": ["silent"] }));
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    let mut sale = json!({ "sale_id": sale_id, "lines": [common::terminal::line("10.00"), common::terminal::line("7.00")],
        "mop_code": "92", "amount": "10.00" });
    let first = counter.call("card.begin", sale.clone())["transaction_id"].as_str().expect("id").to_owned();
    until(&counter, &first, "approved");
    sale["tenders"] = json!([{ "kind": "terminal", "mop_code": "92", "transaction_id": first }]);
    sale["amount"] = json!("");
    let second = counter.call("card.begin", sale)["transaction_id"].as_str().expect("id").to_owned();
    let number = until(&counter, &second, "used")["taken"]["receipt"]["number"].clone();
    let mut asked = void(&counter, &number);
    asked["lines"][0]["line"] = json!(1);
    let begun = counter.till().call("receipt.void", asked.clone()).expect_err("the terminal comes first");
    assert_eq!((begun.code.as_str(), begun.args["amount"].as_str()), ("card-reversal-begun", "£7.00"));
    until(&counter, &begun.args["transaction_id"], "unresolved");
    let mut other = void(&counter, &number);
    other["lines"][0]["line"] = json!(0);
    assert_eq!(counter.refused("receipt.void", other), "card-reversal-unresolved");
    assert_eq!(books(&counter).len(), 3, "nothing more was sent");
}

#[test]
fn a_payment_that_was_taken_after_all_when_its_session_is_closed_goes_back_in_the_next_one() {
    let counter = counter(&json!({}));
    let (_, payment) = begin(&counter, "10.69");
    until(&counter, &payment, "unresolved");
    counter.call("card.resolve", resolve(&payment, false, ""));
    counter.close_session(pieces(&[("20", 5)]), "100");
    // The terminal's answer comes when everybody has gone home.
    let approval = Box::new(Approval { amount: Pence(1_069), terminal_reference: "SIM-1".into(), ..Approval::default() });
    let fact = Fact::CardPaymentSettled { transaction_id: payment.clone(), outcome: CardOutcome::Approved { approval } };
    write(&counter, "019ab000-0000-7000-8000-ffffffffffff", fact);
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    assert_eq!(counter.refused("card.reverse", json!({ "transaction_id": payment })), "right-missing");
    counter.call("user.sign_out", json!({}));
    counter.sign_in(SUPERVISOR.0, SUPERVISOR.1);
    let reversal = counter.call("card.reverse", json!({ "transaction_id": payment }))["transaction_id"].as_str().expect("id").to_owned();
    until(&counter, &reversal, "used");
    assert_eq!((at_terminal(&counter), open_cards(&counter), receipts(&counter)), (0, 0, 0));
}

/// A counter with the simulator whose receipts come out of this printer.
fn printing_at(printer: &SimulatedPrinter, script: &Value) -> Counter {
    let mut counter = counter(script);
    settings(&counter, |settings| {
        settings["printer"] = json!({ "kind": "tcp", "host": printer.address().ip(), "port": printer.address().port() });
    });
    restart(&mut counter);
    counter
}

/// A sale of ten pounds: four in cash, the rest at the terminal.
fn partly_in_cash(counter: &Counter) -> String {
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].clone();
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "4.00" }]);
    let sale = json!({ "sale_id": sale_id, "lines": [common::terminal::line("10.00")], "tenders": cash, "mop_code": "92" });
    counter.call("card.begin", sale)["transaction_id"].as_str().expect("id").to_owned()
}

/// How often the drawer opened with the next receipt.
fn pulses(printer: &SimulatedPrinter) -> usize {
    let printout = read(&printer.next_job(common::PATIENCE).expect("a job")).expect("a printout");
    printout.pieces.iter().filter(|piece| matches!(piece, Piece::Drawer { .. })).count()
}

#[test]
fn the_drawer_opens_for_the_cash_of_a_sale_only_while_its_customer_is_at_the_terminal() {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
    let mut counter = printing_at(&printer, &json!({ "payments": ["approve", "hold-after", "lose-reply"] }));
    until(&counter, &partly_in_cash(&counter), "used");
    assert_eq!(pulses(&printer), 1);
    // The till was killed meanwhile.
    let payment = partly_in_cash(&counter);
    counter.until("at the terminal", |counter| (books(counter).len() == 2).then_some(()));
    restart(&mut counter);
    until(&counter, &payment, "used");
    assert_eq!(pulses(&printer), 0);
    // The terminal was silent, and the next customer was served.
    direct(&counter, &json!({ "payments": ["approve", "hold-after", "lose-reply"], "dead": true }));
    let payment = partly_in_cash(&counter);
    until(&counter, &payment, "unresolved");
    at_rest(&counter, &payment);
    direct(&counter, &json!({ "payments": ["approve", "hold-after", "lose-reply"] }));
    counter.call("card.ask_again", json!({ "transaction_id": payment }));
    until(&counter, &payment, "used");
    assert_eq!(pulses(&printer), 0);
}
