//! A counter with the simulated terminal.

use super::{Counter, MORNING_MS};
use counterfoil_domain::card_payment::CardIntent;
use counterfoil_domain::entry::{ENTRY_VERSION, Entry, Fact};
use counterfoil_store::{Decision, StoreError};
use counterfoil_terminals::simulator::{Booked, SCRIPT_FILE, Simulator};
use counterfoil_till::Pence;
use serde_json::{Value, json};

/// Cashier 12 in an open session, with the simulator; `script` says what the simulator does.
pub fn with_simulator(script: &Value) -> Counter {
    let mut counter = Counter::open();
    counter.prints = true;
    settings(&counter, |settings| {
        settings["card_terminal"] = json!({
            "target": { "kind": "simulator" },
            "patience": { "first_wait_ms": 1, "longest_wait_ms": 2, "look_up_for_ms": 8 },
        });
    });
    direct(&counter, script);
    counter.restart();
    counter.sign_in("12", "1212");
    counter
}

/// Changes the till's settings, as of its next start.
pub fn settings(counter: &Counter, change: impl FnOnce(&mut Value)) {
    let file = counter.folder.path().join("data/settings.json");
    let mut settings: Value = serde_json::from_slice(&std::fs::read(&file).unwrap_or_else(|_| b"{}".to_vec())).expect("settings");
    change(&mut settings);
    std::fs::write(file, settings.to_string()).expect("settings");
}

/// Tells the simulator what to do from now on.
pub fn direct(counter: &Counter, script: &Value) {
    let mut whole = json!({ "pace_ms": 0 });
    whole.as_object_mut().expect("an object").extend(script.as_object().expect("an object").clone());
    std::fs::write(counter.folder.path().join("data").join(SCRIPT_FILE), whole.to_string()).expect("script");
}

pub fn line(pounds: &str) -> Value {
    json!({ "fund_code": "11", "reference": "BJ12345673", "amount": pounds })
}

/// Begins a card payment of all that is due of a sale.
pub fn begin_sale(counter: &Counter, sale_id: &str, pounds: &str) -> Result<String, String> {
    begin_allowed(counter, sale_id, pounds, None)
}

/// The same, with somebody who allows it though an earlier card may have been charged for the account.
pub fn begin_allowed(counter: &Counter, sale_id: &str, pounds: &str, allowed_by: Option<(&str, &str)>) -> Result<String, String> {
    let approval = allowed_by.map(|(user_code, secret)| json!({ "user_code": user_code, "secret": secret }));
    let asked = json!({ "sale_id": sale_id, "lines": [line(pounds)], "mop_code": "92", "approval": approval });
    let begun = counter.till().call("card.begin", asked);
    begun.map(|begun| begun["transaction_id"].as_str().expect("id").to_owned()).map_err(|error| error.code)
}

pub fn state(counter: &Counter, transaction_id: &str) -> Value {
    counter.call("card.state", json!({ "transaction_id": transaction_id }))
}

pub fn books(counter: &Counter) -> Vec<Booked> {
    Simulator::books(&counter.folder.path().join("data")).expect("books").booked
}

pub fn restart(counter: &mut Counter) {
    counter.restart();
    counter.sign_in("12", "1212");
}

/// Begins a card payment of all that is due; answers the sale's id and the payment's.
pub fn begin(counter: &Counter, pounds: &str) -> (String, String) {
    let sale_id = counter.call("sale.begin", json!({}))["sale_id"].as_str().expect("id").to_owned();
    let begun = begin_sale(counter, &sale_id, pounds).expect("begun");
    (sale_id, begun)
}

/// Waits until a payment stands so.
pub fn until(counter: &Counter, transaction_id: &str, standing: &str) -> Value {
    counter.until(standing, |counter| {
        let now = state(counter, transaction_id);
        (now["payment"]["standing"] == json!(standing)).then_some(now)
    })
}

/// Waits until nobody asks the terminal about it any more.
pub fn at_rest(counter: &Counter, transaction_id: &str) -> Value {
    counter.until("at rest", |counter| {
        let now = state(counter, transaction_id);
        (now["payment"]["asking"] == json!(false)).then_some(now)
    })
}

/// What the terminal has taken, less what it gave back.
pub fn at_terminal(counter: &Counter) -> i64 {
    books(counter).iter().map(|booked| booked.moved().0).sum()
}

pub fn receipts(counter: &Counter) -> usize {
    counter.call("receipt.find", json!({ "text": "" }))["receipts"].as_array().map_or(0, Vec::len)
}

pub fn open_cards(counter: &Counter) -> usize {
    counter.call("card.unresolved", json!({})).as_array().map_or(0, Vec::len)
}

/// A supervisor of the demonstration council.
pub const SUPERVISOR: (&str, &str) = ("20", "2020");

/// What a supervisor says of a payment, with its slip in hand.
pub fn resolve(payment: &str, taken: bool, pounds: &str) -> Value {
    json!({ "transaction_id": payment, "taken": taken, "amount": pounds, "authorisation": "A1B2", "last_four": "4242", "terminal": "SIM00001",
            "text": "Slip 17 seen", "approval": { "user_code": SUPERVISOR.0, "secret": SUPERVISOR.1 } })
}

/// Asks for the receipt of a payment to be voided, at the terminal.
pub fn void(counter: &Counter, number: &Value) -> Value {
    let correctable = counter.call("receipt.correctable", json!({ "number": number }));
    let reason = counter.call("start.show", json!({}))["council"]["reasons"]
        .as_array()
        .and_then(|reasons| reasons.iter().find(|reason| reason["kind"] == json!("void")))
        .map_or(json!(""), |reason| reason["code"].clone());
    json!({ "correction_id": correctable["correction_id"], "number": number, "lines": [{ "line": 0, "amount": "" }], "slips": [],
            "reason": { "code": reason, "text": "" }, "at_terminal": true, "approval": { "user_code": SUPERVISOR.0, "secret": SUPERVISOR.1 } })
}

/// Writes an entry past the till, in its first session.
pub fn write(counter: &Counter, id: &str, fact: Fact) {
    let day = "2026-11-23".parse().expect("a day");
    let entry = Entry { v: ENTRY_VERSION, id: id.to_owned(), at_ms: MORNING_MS, day, by: None, session: Some(1), approved_by: None, fact };
    counter.till().store().commit(|_| Ok::<_, StoreError>(Decision::Write(Box::new(entry), None))).expect("written");
}

/// A payment at the simulator that is written down, and not sent yet; its id.
pub fn written_down(counter: &Counter) -> String {
    let transaction_id = "019ab000-0000-7000-8000-fffffffffff0".to_owned();
    let intent = CardIntent {
        transaction_id: transaction_id.clone(),
        service_id: "WRITTEN".into(),
        terminal: "simulator".into(),
        known_as: String::new(),
        mop_code: "92".into(),
        amount: Pence(1_000),
        sale_id: "019ab000-0000-7000-8000-fffffffffff1".into(),
        lines: Vec::new(),
        completes: None,
    };
    write(counter, &transaction_id, Fact::CardPaymentIntended { intent: Box::new(intent) });
    transaction_id
}
