//! A counter and its printer, for the tests of printing.

use super::{Counter, assets};
use counterfoil_simulators::printer::SimulatedPrinter;
use serde_json::{Value, json};

/// A counter in an open session whose receipts come out of this printer, once it prints.
pub fn counter_at(printer: &SimulatedPrinter) -> Counter {
    counter_with(&json!({ "kind": "tcp", "host": printer.address().ip(), "port": printer.address().port() }))
}

/// The same with a printer that is anywhere.
pub fn counter_with(target: &Value) -> Counter {
    let counter = Counter::fresh();
    counter.sign_in("90", "9090");
    let pack = assets().join("packs/barnsley-demo");
    counter.call("start.set_up", json!({ "folder": pack, "office_code": "CH", "till_code": "07", "printer": target }));
    counter.call("user.sign_out", json!({}));
    counter.sign_in("12", "1212");
    counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    counter
}

/// The counter begins anew, and prints.
pub fn prints(counter: &mut Counter) {
    counter.prints = true;
    counter.restart();
    counter.sign_in("12", "1212");
}

/// Takes a parking fine.
pub fn take_cash(counter: &Counter, pounds: &str) {
    counter.call("sale.take", counter.cash_sale("11", "BJ12345673", pounds));
}

/// Does the status line say that something is wrong with the printer?
pub fn in_trouble(line: &Value) -> bool {
    line["state"] != "ready"
}

/// Tries the oldest receipt until it is given up.
pub fn given_up(counter: &Counter) {
    counter.printer(|line| line["failed"] == 1, || drop(counter.call("print.retry", json!({}))));
}
