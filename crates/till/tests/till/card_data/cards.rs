//! Card payments at the simulated terminal, with card numbers in every text of their requests.

use super::{Watched, card, cash, jo, line};
use crate::common::cheque;
use crate::common::terminal::state;
use serde_json::{Value, json};

impl Watched {
    /// Waits until a payment stands so.
    fn until(&self, payment: &Value, standing: &str) {
        let payment = payment["transaction_id"].as_str().unwrap_or_else(|| panic!("no payment was begun: {:?}", self.refused));
        self.counter.until(standing, |counter| (state(counter, payment)["payment"]["standing"] == json!(standing)).then_some(()));
    }

    fn begins(&mut self, sale_id: &Value, pounds: &str, tenders: &Value, amount: &str) -> Value {
        let mut typed = line("23", "501234566");
        typed["vat_code"] = json!("N0");
        typed["amount"] = json!(pounds);
        let card = json!({ "sale_id": sale_id, "lines": [typed], "tenders": tenders, "mop_code": "92", "amount": amount, "language": "en-GB",
            "approval": jo() });
        self.tries("card.begin", card)
    }

    pub fn pays_at_the_terminal(&mut self) {
        let mut parts =
            json!([cash(), cheque("4"), card(), { "kind": "postal-order", "mop_code": "PO", "amount": "4", "number": "12345678" }]);
        for part in parts.as_array_mut().expect("tenders") {
            for amount in ["tendered", "amount", "amount_again"] {
                if part[amount].is_string() {
                    part[amount] = json!("4");
                }
            }
            let sale = self.id("sale.begin", "sale_id");
            let payment = self.begins(&sale, "10", &json!([part]), "");
            self.until(&payment, "used");
        }
        let sale = self.id("sale.begin", "sale_id");
        let first = self.begins(&sale, "10", &json!([]), "4");
        self.until(&first, "approved");
        let tender = json!([{ "kind": "terminal", "mop_code": "92", "transaction_id": first["transaction_id"] }]);
        self.tries("sale.price", json!({ "lines": [line("23", "501234566")], "tenders": tender }));
        let second = self.begins(&sale, "10", &tender, "");
        self.until(&second, "used");
        let both = json!([tender[0], { "kind": "terminal", "mop_code": "92", "transaction_id": second["transaction_id"] }]);
        let mut typed = line("23", "501234566");
        typed["vat_code"] = json!("N0");
        self.tries("sale.take", json!({ "sale_id": sale, "lines": [typed], "tenders": both, "language": "en-GB", "approval": jo() }));
    }

    /// What is said of payments: of one that is over, and of one that the terminal is silent about.
    pub fn says_what_became_of_payments(&mut self) {
        let sale = self.id("sale.begin", "sale_id");
        let silent = self.begins(&sale, "10.69", &json!([]), "");
        self.until(&silent, "unresolved");
        for name in ["card.state", "card.abort", "card.ask_again", "card.set_aside", "card.reverse"] {
            self.tries(name, json!({ "transaction_id": silent["transaction_id"] }));
        }
        self.tries("card.signature", json!({ "transaction_id": silent["transaction_id"], "matches": true }));
        self.until(&silent, "unresolved");
        let found = json!({ "transaction_id": silent["transaction_id"], "taken": true, "amount": "10.69", "authorisation": "A1", "last_four": "1111",
            "terminal": "T1", "text": "the slip says approved", "approval": jo() });
        self.tries("card.resolve", found);
        self.until(&silent, "used");
    }
}
