//! Any order of answers, crashes, resolutions, reversals and voids: nobody is charged twice, nobody is paid back twice, and the terminal's
//! money is where the till says.

use crate::common;
use crate::common::Counter;
use crate::common::terminal::{SUPERVISOR, begin_allowed, books, direct, state, void, with_simulator};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Event {
    /// A customer pays so many pounds; the terminal does so.
    Pays(i64, &'static str),
    /// The same customer tries again.
    TriesAgain(&'static str),
    /// The till is killed and started.
    Crash,
    /// The oldest approved payment that is in no receipt is given back; the terminal does so.
    GivesBack(&'static str),
    /// The oldest unclear payment is resolved, as the terminal's books say.
    Resolved,
    /// The cashier looks at the oldest signature.
    Signed(bool),
    /// The last customer pays the rest in cash.
    RestInCash,
    /// The newest receipt of the terminal's is voided, or a pound of it; the terminal gives it back so.
    Voids(bool, &'static str),
    /// The same by the slip of a reversal that was done by hand.
    VoidsBySlip(bool),
}

const PAYMENTS: [&str; 12] = [
    "approve",
    "decline",
    "lose-reply",
    "in-progress",
    "not-found",
    "busy",
    "partial",
    "signature",
    "silent",
    "silent-not-taken",
    "hold-before",
    "hold-after",
];
const VOIDS: [&str; 8] = ["approve", "decline", "lose-reply", "not-found", "silent", "silent-not-taken", "hold-before", "hold-after"];
const REVERSALS: [&str; 6] = ["approve", "decline", "lose-reply", "not-found", "silent", "hold-after"];

fn event() -> impl Strategy<Value = Event> {
    let payment = || prop::sample::select(&PAYMENTS[..]);
    prop_oneof![
        4 => (1i64..50, payment()).prop_map(|(pounds, behaviour)| Event::Pays(pounds, behaviour)),
        2 => payment().prop_map(Event::TriesAgain),
        2 => Just(Event::Crash),
        2 => prop::sample::select(&REVERSALS[..]).prop_map(Event::GivesBack),
        1 => Just(Event::Resolved),
        1 => any::<bool>().prop_map(Event::Signed),
        1 => Just(Event::RestInCash),
        3 => (any::<bool>(), prop::sample::select(&VOIDS[..])).prop_map(|(part, behaviour)| Event::Voids(part, behaviour)),
        2 => any::<bool>().prop_map(Event::VoidsBySlip),
    ]
}

struct Run {
    counter: Counter,
    payments: Vec<&'static str>,
    reversals: Vec<&'static str>,
    /// The last customer's sale, and what it comes to.
    sale: Option<(String, i64)>,
}

impl Run {
    fn open(&self) -> Vec<Value> {
        self.counter.call("card.unresolved", json!({})).as_array().cloned().unwrap_or_default()
    }

    fn oldest(&self, standing: &str) -> Option<String> {
        let found = |row: &&Value| row["standing"] == json!(standing) && row["reverses"].is_null();
        self.open().iter().find(found).and_then(|row| row["transaction_id"].as_str().map(str::to_owned))
    }

    fn restart(&mut self) {
        self.counter.restart();
        self.counter.sign_in("12", "1212");
    }

    /// Lets the terminal come so far that it waits for somebody; one that holds on to a message waits for a crash.
    fn rests(&mut self, transaction_id: &str, behaviour: &str) {
        self.counter.until("at rest", |counter| {
            let now = state(counter, transaction_id);
            let held = match behaviour {
                "hold-before" => now["payment"]["standing"] != json!("intended"),
                "hold-after" => books(counter).iter().any(|booked| booked.ids.transaction_id == transaction_id),
                _ => false,
            };
            (held || now["payment"]["asking"] == json!(false)).then_some(())
        });
        if behaviour.starts_with("hold") {
            self.restart();
            self.counter.until("at rest", |counter| (state(counter, transaction_id)["payment"]["asking"] == json!(false)).then_some(()));
        }
    }

    fn pays(&mut self, sale_id: String, pounds: i64, behaviour: &'static str) {
        // Whether it reaches the terminal at all is for the till to say.
        let mut payments = self.payments.clone();
        payments.push(behaviour);
        direct(&self.counter, &json!({ "payments": payments, "reversals": self.reversals }));
        self.sale = Some((sale_id.clone(), pounds));
        if let Ok(begun) = begin_allowed(&self.counter, &sale_id, &format!("{pounds}.00"), Some(SUPERVISOR)) {
            self.payments = payments;
            self.rests(&begun, behaviour);
        }
    }

    fn gives_back(&mut self, behaviour: &'static str) {
        let Some(payment) = self.oldest("approved") else { return };
        let mut reversals = self.reversals.clone();
        reversals.push(behaviour);
        direct(&self.counter, &json!({ "payments": self.payments, "reversals": reversals }));
        let begun = self.counter.call("card.reverse", json!({ "transaction_id": payment }));
        self.reversals = reversals;
        self.rests(begun["transaction_id"].as_str().expect("id"), behaviour);
    }

    fn resolved(&mut self) {
        let unclear = self.open().into_iter().find(|row| row["standing"] == json!("unresolved"));
        let Some(row) = unclear else { return };
        let id = row["transaction_id"].as_str().expect("id");
        let moved =
            books(&self.counter).iter().filter(|booked| booked.ids.transaction_id == id).map(|booked| booked.moved().0.abs()).sum::<i64>();
        let pounds = format!("{}.{:02}", moved / 100, moved % 100);
        self.counter.call(
            "card.resolve",
            json!({ "transaction_id": id, "taken": moved != 0, "amount": pounds, "authorisation": "A1",
            "last_four": "4242", "terminal": "SIM00001", "text": "the terminal's list",
            "approval": { "user_code": "20", "secret": "2020" } }),
        );
    }

    fn signed(&mut self, matches: bool) {
        let Some(payment) = self.oldest("signature") else { return };
        if !matches {
            self.reversals.push("approve");
            direct(&self.counter, &json!({ "payments": self.payments, "reversals": self.reversals }));
        }
        self.counter.call("card.signature", json!({ "transaction_id": payment, "matches": matches }));
        self.counter.until("at rest", |counter| {
            let open = counter.call("card.unresolved", json!({}));
            open.as_array().expect("a list").iter().all(|row| row["asking"] == json!(false)).then_some(())
        });
    }

    /// The cashier takes what is approved for the sale and the rest in cash, if the till lets them.
    fn rest_in_cash(&mut self) {
        let Some((sale_id, pounds)) = self.sale.clone() else { return };
        let own = |row: &&Value| row["sale_id"] == json!(sale_id) && row["standing"] == json!("approved") && row["reverses"].is_null();
        let approved: Vec<Value> = self.open().iter().filter(own).cloned().collect();
        let by_card: i64 = approved.iter().map(|row| row["approved"].as_i64().unwrap_or_default()).sum();
        let rest = pounds * 100 - by_card;
        let mut tenders: Vec<Value> =
            approved.iter().map(|row| json!({ "kind": "terminal", "mop_code": "92", "transaction_id": row["transaction_id"] })).collect();
        if rest > 0 {
            tenders.push(json!({ "kind": "cash", "mop_code": "1", "tendered": format!("{}.{:02}", rest / 100, rest % 100) }));
        }
        let lines = json!([common::terminal::line(&format!("{pounds}.00"))]);
        let _ = self.counter.till().call("sale.take", json!({ "sale_id": sale_id, "lines": lines, "tenders": tenders }));
    }

    /// Asks for the newest receipt that was paid at the terminal, or a pound of it, to be voided.
    fn void_of_newest(&self, part: bool) -> Option<Value> {
        let found = self.counter.call("receipt.find", json!({ "text": "" }));
        let numbers = found["receipts"].as_array()?.iter().map(|summary| summary["number"].clone());
        numbers.into_iter().find_map(|number| {
            let shown = self.counter.call("receipt.show", json!({ "number": number }));
            let at_terminal = shown["receipt"]["tenders"].as_array()?.iter().any(|tender| tender["details"]["transaction_id"].is_string());
            let correctable = self.counter.call("receipt.correctable", json!({ "number": number }));
            let mut asked = void(&self.counter, &number);
            asked["lines"][0]["amount"] = json!(if part { "1.00" } else { "" });
            (at_terminal && correctable["void"].is_null()).then_some(asked)
        })
    }

    fn voids(&mut self, part: bool, behaviour: &'static str) {
        let Some(asked) = self.void_of_newest(part) else { return };
        // A receipt can have more than one payment of the terminal's; those after the first it gives back without trouble.
        for behaviour in [behaviour, "approve", "approve"] {
            let mut reversals = self.reversals.clone();
            reversals.push(behaviour);
            direct(&self.counter, &json!({ "payments": self.payments, "reversals": reversals }));
            let Err(error) = self.counter.till().call("receipt.void", asked.clone()) else { return };
            if error.code != "card-reversal-begun" {
                return;
            }
            self.reversals = reversals;
            self.rests(&error.args["transaction_id"], behaviour);
        }
    }

    fn voids_by_slip(&self, part: bool) {
        let Some(mut asked) = self.void_of_newest(part) else { return };
        let slip = |tender: usize| json!({ "tender": tender, "terminal": "SIM00001", "authorisation": "R7", "last_four": "4242" });
        asked["at_terminal"] = json!(false);
        asked["slips"] = (0..4).map(slip).collect();
        let _ = self.counter.till().call("receipt.void", asked);
    }

    fn happens(&mut self, event: &Event) {
        match event {
            Event::Pays(pounds, behaviour) => {
                let sale_id = self.counter.call("sale.begin", json!({}))["sale_id"].as_str().expect("id").to_owned();
                self.pays(sale_id, *pounds, behaviour);
            }
            Event::TriesAgain(behaviour) => {
                if let Some((sale_id, pounds)) = self.sale.clone() {
                    self.pays(sale_id, pounds, behaviour);
                }
            }
            Event::Crash => self.restart(),
            Event::GivesBack(behaviour) => self.gives_back(behaviour),
            Event::Resolved => self.resolved(),
            Event::Signed(matches) => self.signed(*matches),
            Event::RestInCash => self.rest_in_cash(),
            Event::Voids(part, behaviour) => self.voids(*part, behaviour),
            Event::VoidsBySlip(part) => self.voids_by_slip(*part),
        }
        self.agrees();
    }

    /// What the receipts say of card payments.
    fn in_receipts(&self) -> InReceipts {
        let found = self.counter.call("receipt.find", json!({ "text": "" }));
        let mut said = InReceipts::default();
        for summary in found["receipts"].as_array().expect("a list") {
            let shown = self.counter.call("receipt.show", json!({ "number": summary["number"] }));
            for tender in shown["receipt"]["tenders"].as_array().expect("a list") {
                let amount = tender["amount"].as_i64().expect("pence");
                match (tender["details"]["transaction_id"].as_str(), tender["details"]["kind"].as_str()) {
                    (Some(id), _) => {
                        let number = shown["corrects"]["number"].as_str().or(summary["number"].as_str()).expect("a number");
                        let before = said.moved.insert(id.to_owned(), (amount, number.to_owned()));
                        assert_eq!(before, None, "a card payment is in two receipts");
                    }
                    (None, Some("card")) => {
                        let number = shown["corrects"]["number"].as_str().expect("nobody pays by slip here").to_owned();
                        *said.back_by_slip.entry(number).or_default() -= amount;
                    }
                    _ => {}
                }
            }
        }
        said
    }

    /// The terminal's books, which know nothing of the till, against receipts and what is still open.
    fn agrees(&self) {
        self.counter.until("at rest", |counter| {
            let open = counter.call("card.unresolved", json!({}));
            open.as_array().expect("a list").iter().all(|row| row["asking"] == json!(false)).then_some(())
        });
        let (mut left, mut of) = (BTreeMap::<String, i64>::new(), BTreeMap::<String, String>::new());
        for booked in books(&self.counter) {
            let id = booked.ids.transaction_id.clone();
            let payment = booked.reverses.clone().unwrap_or(id.clone());
            *left.entry(payment.clone()).or_default() += booked.moved().0;
            assert_eq!(of.insert(id, payment), None, "sent twice: {booked:?}");
        }
        let open = self.open();
        let is = |row: &Value, field: &str, id: &str| row[field] == json!(id);
        let said = self.in_receipts();
        let mut of_receipt: BTreeMap<&str, i64> = BTreeMap::new();
        for (payment, left) in &left {
            assert!(*left >= 0, "more went back than was taken");
            let own = open.iter().find(|row| is(row, "transaction_id", payment));
            let in_receipts: i64 = said.moved.iter().filter(|(id, _)| of.get(*id) == Some(payment)).map(|(_, (amount, _))| amount).sum();
            // What is on its way back, or back and in no receipt yet, may be missing at the terminal already.
            let on_its_way: i64 = open.iter().filter(|row| is(row, "reverses", payment)).filter_map(|row| row["amount"].as_i64()).sum();
            match (said.moved.get(payment), own) {
                (Some((_, number)), None) => {
                    assert!((in_receipts - on_its_way..=in_receipts).contains(left), "{left} of {in_receipts}, {on_its_way} on its way");
                    *of_receipt.entry(number).or_default() += left;
                }
                (None, Some(row)) if row["standing"] == json!("approved") => assert_eq!(row["approved"], json!(left)),
                (None, Some(_)) => {}
                (None, None) => assert_eq!(*left, 0, "the terminal has money that the till doesn't know of: {payment}"),
                (Some(_), Some(row)) => panic!("in a receipt, and open: {row}"),
            }
        }
        assert!(said.moved.keys().all(|id| of.contains_key(id)), "a receipt of what the terminal never had");
        for (number, by_slip) in &said.back_by_slip {
            let left = of_receipt.get(number.as_str()).copied().unwrap_or_default();
            assert!(*by_slip <= left, "{number}: {by_slip} went back by hand, and only {left} was left to go back");
        }
    }
}

/// What the receipts say of card payments.
#[derive(Default)]
struct InReceipts {
    /// Of each payment and each reversal at the terminal: how much, and of which receipt that was paid.
    moved: BTreeMap<String, (i64, String)>,
    /// What went back by the slip of a reversal done by hand, by the receipt that was paid.
    back_by_slip: BTreeMap<String, i64>,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nobody_is_charged_or_paid_back_twice_and_both_sides_agree(events in prop::collection::vec(event(), 3..11)) {
        let mut run = Run { counter: with_simulator(&json!({})), payments: Vec::new(), reversals: Vec::new(), sale: None };
        for event in &events {
            run.happens(event);
        }
        run.restart();
        run.agrees();
        prop_assert_eq!(run.counter.till().store().rebuild().expect("rebuilt"), []);
    }
}
