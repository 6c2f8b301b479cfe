//! Ways through a day for the tests of the till: sessions that are counted and closed.

use super::{Counter, cheque};
use serde_json::{Value, json};

/// A Council Tax line.
pub fn tax(pounds: &str) -> Value {
    json!([{ "fund_code": "23", "reference": "501234566", "amount": pounds }])
}

impl Counter {
    /// Takes a Council Tax payment by cheque.
    pub fn take_cheque(&self, pounds: &str, drawer: &str) -> Value {
        let mut given = cheque(pounds);
        given["drawer"] = json!(drawer);
        self.call("sale.take", self.sale(tax(pounds), json!([given])))
    }

    /// The signed-in cashier counts the session with this cash and every cheque there, and supervisor 20 approves the close.
    pub fn close_session(&self, cash: Value, float_left: &str) -> Value {
        let begun = self.call("cash_up.begin", json!({}));
        let ticked: Vec<Value> = begun["tenders"].as_array().expect("tenders").iter().map(|tick| tick["key"].clone()).collect();
        let terminals: Vec<Value> =
            begun["terminals"].as_array().expect("terminals").iter().map(|mop| json!({ "mop_code": mop, "text": "0" })).collect();
        let count = json!({ "count_id": begun["count_id"], "cash": cash, "ticked": ticked, "terminals": terminals });
        let given = self.call("cash_up.give", count);
        self.call(
            "cash_up.close",
            json!({
                "session": begun["session"]["number"], "attempt": given["attempt"], "reason": "wrong-change", "text": "",
                "float_left": float_left, "approval": { "user_code": "20", "secret": "2020" },
            }),
        )
    }
}

/// Boxes of a count, by number of pieces.
pub fn pieces(counts: &[(&str, u32)]) -> Value {
    counts.iter().map(|(code, pieces)| json!({ "denomination": code, "text": pieces.to_string() })).collect()
}
