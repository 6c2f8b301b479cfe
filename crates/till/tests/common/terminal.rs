//! A counter with the simulated terminal.

use super::Counter;
use counterfoil_terminals::simulator::{Booked, SCRIPT_FILE, Simulator};
use serde_json::{Value, json};

/// Cashier 12 in an open session, with the simulator; `script` says what the simulator does.
pub fn with_simulator(script: &Value) -> Counter {
    let mut counter = Counter::open();
    counter.prints = true;
    let file = counter.folder.path().join("data/settings.json");
    let mut settings: Value = serde_json::from_slice(&std::fs::read(&file).unwrap_or_else(|_| b"{}".to_vec())).expect("settings");
    settings["card_terminal"] = json!({
        "target": { "kind": "simulator" },
        "patience": { "first_wait_ms": 1, "longest_wait_ms": 2, "look_up_for_ms": 8 },
    });
    std::fs::write(file, settings.to_string()).expect("settings");
    direct(&counter, script);
    counter.restart();
    counter.sign_in("12", "1212");
    counter
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
    let begun = counter.till().call("card.begin", json!({ "sale_id": sale_id, "lines": [line(pounds)], "mop_code": "92" }));
    begun.map(|begun| begun["transaction_id"].as_str().expect("id").to_owned()).map_err(|error| error.code)
}

pub fn state(counter: &Counter, transaction_id: &str) -> Value {
    counter.call("card.state", json!({ "transaction_id": transaction_id }))
}

pub fn books(counter: &Counter) -> Vec<Booked> {
    Simulator::books(&counter.folder.path().join("data")).expect("books").booked
}
