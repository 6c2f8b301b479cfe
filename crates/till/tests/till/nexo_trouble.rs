//! A terminal that speaks nexo, and what stands in its way: a dead line, a time-out, an abort that is too early, a slip's word, no money.

use crate::common::Counter;
use crate::common::copy_pack;
use crate::common::terminal::{
    at_rest, begin, begin_sale, line, open_cards, receipts, resolve, restart, state, until, void, with_simulator,
};
use crate::nexo::{charged, edited, impatient, paired, pay, unclear};
use counterfoil_simulators::nexo::{Customer, Kind, Manner};
use serde_json::{Value, json};

#[test]
fn a_payment_that_is_said_to_have_timed_out_is_asked_about_and_its_card_is_charged_once() {
    let (mut counter, terminal) = paired();
    impatient(&mut counter);
    for (condition, additional) in [("UnreachableHost", ""), ("Refusal", "message=Communication%20timeout"), ("Something new", "")] {
        terminal.misbehave(Kind::Payment, Manner::SaysItFailed(condition.into(), additional.into()));
        assert_eq!(pay(&counter, "10")["payment"]["standing"], json!("used"), "{condition}");
    }
    assert_eq!((charged(&terminal), receipts(&counter)), (vec![(10_00, 0); 3], 3));
    terminal.expect(Customer::IsRefused("UnreachableHost".into()));
    assert_eq!(pay(&counter, "10")["payment"]["why"], json!("UnreachableHost"));
}

#[test]
fn a_terminal_that_is_busy_when_it_is_asked_is_asked_again() {
    let (mut counter, terminal) = paired();
    impatient(&mut counter);
    terminal.misbehave(Kind::Payment, Manner::LosesTheReply);
    for _ in 0..2 {
        terminal.misbehave(Kind::Status, Manner::IsBusy);
    }
    assert_eq!(pay(&counter, "10")["payment"]["standing"], json!("used"));
    assert_eq!((charged(&terminal).len(), terminal.heard().get(&Kind::Status).copied()), (1, Some(3)));
}

#[test]
fn a_payment_of_which_the_terminal_can_say_nothing_now_may_be_left_to_a_supervisor() {
    let (mut counter, terminal) = paired();
    edited(&mut counter, |terminal| terminal["patience"] = json!({ "first_wait_ms": 60_000 }));
    terminal.misbehave(Kind::Payment, Manner::LosesTheReply);
    terminal.misbehave(Kind::Status, Manner::IsBusy);
    let (_, payment) = begin(&counter, "10");
    counter.until("silent", |counter| state(counter, &payment)["fault"].is_string().then_some(()));
    let asked = json!({ "transaction_id": payment });
    counter.call("card.ask_again", asked.clone());
    let now = counter.until("an answer", |counter| Some(state(counter, &payment)).filter(|now| now["fault"] == json!("terminal-not-now")));
    assert_eq!((&now["silent"], &now["payment"]["standing"]), (&json!(true), &json!("sent")));
    assert_eq!(counter.call("till.status", json!({}))["terminal"]["fault"], json!("terminal-not-now"));
    counter.call("card.set_aside", asked.clone());
    assert_eq!(state(&counter, &payment)["payment"]["standing"], json!("unresolved"));
    // It is asked about all the same, and says by itself what became of it.
    counter.call("card.ask_again", asked);
    until(&counter, &payment, "used");
    assert_eq!(charged(&terminal), [(10_00, 0)]);
}

#[test]
fn a_dead_line_in_the_middle_of_a_payment_freezes_no_counter_and_what_the_terminal_says_later_is_written() {
    let (counter, mut terminal) = paired();
    terminal.expect(Customer::Dithers);
    let (sale_id, payment) = begin(&counter, "10");
    terminal.until_waiting(1);
    terminal.unplug();
    let asked = json!({ "transaction_id": payment });
    assert_eq!(counter.refused("card.set_aside", asked.clone()), "card-payment-in-progress", "nobody knows of it yet");
    counter.call("card.abort", asked.clone());
    let now = counter.until("silent", |counter| Some(state(counter, &payment)).filter(|now| now["silent"] == json!(true)));
    assert_eq!((&now["abort_fault"], &now["fault"]), (&json!("terminal-unreachable"), &Value::Null));
    counter.call("card.set_aside", asked);
    assert_eq!(state(&counter, &payment)["payment"]["standing"], json!("unresolved"));
    // Another tender can be taken, on a supervisor's word; a card can't.
    assert_eq!(begin_sale(&counter, &sale_id, "10"), Err("card-payment-unresolved-no-card".into()));
    let cash = json!([{ "kind": "cash", "mop_code": "1", "tendered": "10.00" }]);
    let mut sale = json!({ "sale_id": sale_id, "lines": [line("10")], "tenders": cash });
    assert_eq!(counter.refused("sale.take", sale.clone()), "card-payment-unresolved");
    sale["approval"] = json!({ "user_code": "20", "secret": "2020" });
    counter.call("sale.take", sale);
    // The line comes back: the card was charged after all, and somebody has money to give back.
    terminal.let_go();
    until(&counter, &payment, "approved");
    assert_eq!((charged(&terminal), receipts(&counter), open_cards(&counter)), (vec![(10_00, 0)], 1, 1));
}

#[test]
fn what_is_given_up_before_it_was_sent_is_over_at_once_and_is_not_sent() {
    let (counter, terminal) = paired();
    // The totals before the session's first payment hold it up.
    terminal.misbehave(Kind::Totals, Manner::RepliesLate);
    let (sale_id, payment) = begin(&counter, "10");
    terminal.until_waiting(1);
    counter.call("card.abort", json!({ "transaction_id": payment }));
    let now = state(&counter, &payment);
    assert_eq!((&now["payment"]["standing"], &now["payment"]["why"]), (&json!("free"), &json!("aborted")));
    terminal.let_go();
    at_rest(&counter, &payment);
    assert_eq!((charged(&terminal), terminal.heard().get(&Kind::Payment).copied()), (Vec::new(), None));
    until(&counter, &begin_sale(&counter, &sale_id, "10").expect("begun"), "used");
}

#[test]
fn a_terminal_that_took_no_notice_of_the_first_wish_to_give_up_takes_notice_of_the_second() {
    let (counter, terminal) = paired();
    terminal.expect(Customer::Dithers);
    let (_, payment) = begin(&counter, "10");
    terminal.until_waiting(1);
    terminal.misbehave(Kind::Abort, Manner::IsBusy);
    for heard in 1..=2 {
        counter.call("card.abort", json!({ "transaction_id": payment }));
        while terminal.heard().get(&Kind::Abort) != Some(&heard) {
            std::thread::yield_now();
        }
    }
    assert_eq!(until(&counter, &payment, "free")["payment"]["why"], json!("aborted"));
}

#[test]
fn a_payment_that_a_supervisor_said_by_its_slip_does_not_go_back_at_the_terminal_but_by_another_slip() {
    let (mut counter, terminal) = paired();
    impatient(&mut counter);
    let payment = unclear(&counter, &terminal, "10");
    counter.call("card.resolve", resolve(&payment, true, "10.00"));
    let number = until(&counter, &payment, "used")["taken"]["receipt"]["number"].clone();
    let mut asked = void(&counter, &number);
    assert_eq!(counter.refused("receipt.void", asked.clone()), "card-reference-missing");
    assert_eq!((terminal.heard().get(&Kind::Reversal), open_cards(&counter)), (None, 0), "nothing was begun");
    asked["at_terminal"] = json!(false);
    asked["slips"] = json!([{ "tender": 0, "terminal": "SIM00001", "authorisation": "A1B2", "last_four": "4242" }]);
    counter.call("receipt.void", asked);
    assert_eq!(receipts(&counter), 2);
}

#[test]
fn a_terminal_for_tests_is_said_to_be_one() {
    let (mut counter, _terminal) = paired();
    let simulated = |counter: &Counter| counter.call("till.status", json!({}))["terminal"]["simulated"].clone();
    assert_eq!(simulated(&counter), json!(true));
    edited(&mut counter, |terminal| terminal["target"]["live"] = json!(true));
    assert_eq!(simulated(&counter), json!(false));
}

#[test]
fn no_council_takes_its_payments_at_the_demonstration_s_simulator() {
    let mut counter = with_simulator(&json!({}));
    let folder = counter.folder.path().join("own");
    copy_pack(&folder);
    let council = std::fs::read_to_string(folder.join("council.toml")).expect("council");
    // Only a demonstration shows how to sign in.
    let own: Vec<&str> = council.lines().filter(|line| !line.starts_with("demonstration") && !line.starts_with("sign_in_hint")).collect();
    std::fs::write(folder.join("council.toml"), own.join("\n")).expect("council");
    // A pack that comes by itself leaves the terminal alone.
    counterfoil_till::apply_pack(counter.till(), &folder).expect("applied");
    let sale = counter.call("sale.begin", json!({}))["sale_id"].as_str().expect("id").to_owned();
    assert_eq!(begin_sale(&counter, &sale, "10"), Err("card-terminal-simulator".into()));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("90", "9090");
    counter.call("start.set_up", json!({ "folder": folder, "office_code": "CH", "till_code": "07", "printer": { "kind": "none" } }));
    assert_eq!(counter.call("till.status", json!({}))["terminal"], Value::Null);
    restart(&mut counter);
    assert_eq!(begin_sale(&counter, &sale, "10"), Err("card-terminal-missing".into()));
}
