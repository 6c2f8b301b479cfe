//! Random days at a counter against a model that was written without looking at the store: what the drawer holds, what a Z read
//! says, and what is posted are what the model says, whatever happens in which order.

mod bank;
mod drawer;
mod model;
mod takes_back;

use crate::common::{Counter, cheque};
use model::{CARD, CASH, CHEQUE, FUNDS, Line, POSTAL_ORDER, REQUEST, Session, Sold, TRANSFER, half_even};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// What somebody does. Numbers that are too large for the moment are brought down to what is possible.
#[derive(Clone, Debug)]
enum Step {
    Sale {
        lines: Vec<(bool, i64)>,
        card: i64,
        cheque: i64,
        postal: bool,
        extra: i64,
    },
    Suspense(i64),
    VoidOfSeveralTenders(usize, i64),
    RefundToCard(usize, i64),
    RefundByRequest(usize, i64),
    /// So many of the closed sessions go to the bank, with what was kept back before or without it.
    Deposit(usize, bool),
    Void(usize),
    VoidPart(usize, i64),
    Refund(usize, i64),
    Transfer(usize, i64),
    Lift(i64),
    TopUp(i64),
    Exchange(i64),
    OpenDrawer,
    Restart,
    Wait(i64),
    /// A count that is off by so much cash and so much on the terminal, with or without the last cheque; rejected so often
    /// before; the till restarted while it stands.
    CashUp {
        cash_off: i64,
        card_off: i64,
        lost_cheque: bool,
        rejected: u32,
        restart: bool,
        left: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let lines = prop::collection::vec((any::<bool>(), 1i64..20_000), 1..3);
    let off = || prop_oneof![3 => Just(0i64), 1 => -100i64..=100, 1 => -3_000i64..3_000];
    prop_oneof![
        8 => (lines, 0i64..15_000, 0i64..15_000, any::<bool>(), 0i64..2_000).prop_map(|(lines, card, cheque, postal, extra)| {
            Step::Sale { lines, card: (card - 7_000).max(0), cheque: (cheque - 9_000).max(0), postal, extra }
        }),
        1 => (1i64..20_000).prop_map(Step::Suspense),
        1 => (any::<usize>(), 1i64..20_000).prop_map(|(which, pence)| Step::VoidOfSeveralTenders(which, pence)),
        1 => (any::<usize>(), 1i64..20_000).prop_map(|(which, pence)| Step::RefundToCard(which, pence)),
        1 => (any::<usize>(), 1i64..20_000).prop_map(|(which, pence)| Step::RefundByRequest(which, pence)),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(many, brought)| Step::Deposit(many, brought)),
        1 => any::<usize>().prop_map(Step::Void),
        1 => (any::<usize>(), 1i64..20_000).prop_map(|(which, pence)| Step::VoidPart(which, pence)),
        2 => (any::<usize>(), 1i64..20_000).prop_map(|(which, pence)| Step::Refund(which, pence)),
        1 => (any::<usize>(), 1i64..20_000).prop_map(|(which, pence)| Step::Transfer(which, pence)),
        1 => (1i64..20).prop_map(Step::Lift),
        1 => (1i64..20).prop_map(Step::TopUp),
        1 => (1i64..5).prop_map(Step::Exchange),
        1 => Just(Step::OpenDrawer),
        1 => Just(Step::Restart),
        1 => (-2i64..30).prop_map(Step::Wait),
        2 => (off(), off(), any::<bool>(), 0u32..2, any::<bool>(), 0i64..20_000).prop_map(
            |(cash_off, card_off, lost_cheque, rejected, restart, left)| {
                Step::CashUp { cash_off, card_off, lost_cheque, rejected, restart, left }
            }
        ),
    ]
}

/// The counter and the model beside it.
struct Day {
    counter: Counter,
    session: Session,
    sold: Vec<Sold>,
    /// References are each used once, so that no customer comes near the limit for cash.
    customers: u64,
    receipts: u64,
    z_reads: u64,
    /// What everything that was counted says should be posted, by MOP.
    posted: BTreeMap<&'static str, i64>,
    /// What is left in the drawer for the next session.
    left: i64,
    bank: bank::Bank,
    /// Refunds that were asked for as cheques.
    requested: i64,
}

fn pounds(pence: i64) -> String {
    format!("{}{}.{:02}", if pence < 0 { "-" } else { "" }, pence.abs() / 100, pence.abs() % 100)
}

fn supervisor() -> Value {
    json!({ "user_code": "20", "secret": "2020" })
}

fn boxes(denomination: &str, pieces: i64) -> Value {
    json!([{ "denomination": denomination, "by": "number", "text": pieces.to_string() }])
}

fn mop<'a>(count: &'a Value, code: &str) -> Option<&'a Value> {
    count["mops"].as_array().expect("MOPs").iter().find(|mop| mop["mop_code"] == code)
}

impl Day {
    fn begins() -> Day {
        let mut day = Day {
            counter: Counter::fresh(),
            session: Session::default(),
            sold: Vec::new(),
            customers: 0,
            receipts: 0,
            z_reads: 0,
            posted: BTreeMap::new(),
            left: 10_000,
            bank: bank::Bank::default(),
            requested: 0,
        };
        day.open();
        day
    }

    fn sign_in(&self) {
        let (user, secret) = if self.session.number % 2 == 1 { ("12", "1212") } else { ("14", "1414") };
        self.counter.sign_in(user, secret);
    }

    fn open(&mut self) {
        self.session = Session { number: self.session.number + 1, float: self.left, ..Session::default() };
        self.sign_in();
        let pieces = |code: &str, pieces: i64| json!({ "denomination": code, "pieces": pieces });
        let counts = json!([pieces("20", self.left / 2_000), pieces("1p", self.left % 2_000)]);
        self.counter.call("session.open", json!({ "counts": counts }));
    }

    fn restart(&mut self) {
        self.counter.restart();
        self.sign_in();
    }

    fn next_number(&mut self) -> String {
        self.receipts += 1;
        format!("CH07-{:07}", self.receipts)
    }

    fn does(&mut self, step: &Step) {
        match step {
            Step::Sale { lines, card, cheque, postal, extra } => self.sells(lines, *card, (*cheque, *postal), *extra),
            Step::Suspense(pence) => self.takes_for_suspense(*pence),
            Step::VoidOfSeveralTenders(which, pence) => self.voids_of_several_tenders(*which, *pence),
            Step::RefundToCard(which, pence) => self.refunds_to_card(*which, *pence),
            Step::RefundByRequest(which, pence) => self.refunds_by_request(*which, *pence),
            Step::Deposit(many, brought) => self.banks(*many, *brought),
            Step::Void(which) => self.voids(*which),
            Step::VoidPart(which, pence) => self.voids_part(*which, *pence),
            Step::Refund(which, pence) => self.refunds(*which, *pence),
            Step::Transfer(which, pence) => self.transfers(*which, *pence),
            Step::Lift(twenties) => self.lifts(*twenties),
            Step::TopUp(fives) => self.tops_up(*fives),
            Step::Exchange(twenties) => self.exchanges(*twenties),
            Step::OpenDrawer => {
                self.counter.call("drawer.open", json!({ "reason": "give-change" }));
                self.session.openings += 1;
            }
            Step::Restart => self.restart(),
            Step::Wait(hours) => {
                self.counter.clock.now_ms.fetch_add(hours * 3_600_000, Ordering::Relaxed);
            }
            Step::CashUp { .. } => self.cashes_up(step),
        }
    }

    fn sells(&mut self, lines: &[(bool, i64)], card: i64, (by_paper, postal): (i64, bool), extra: i64) {
        let total: i64 = lines.iter().map(|(_, pence)| pence).sum();
        let card = card.min(total);
        let by_paper = by_paper.min(total - card);
        let cash = total - card - by_paper;
        let asked: Vec<Value> = lines
            .iter()
            .map(|(with_vat, pence)| {
                self.customers += 1;
                let (fund, _) = FUNDS[usize::from(!with_vat)];
                json!({ "fund_code": fund, "reference": format!("{:011}", self.customers), "amount": pounds(*pence) })
            })
            .collect();
        let mut tenders = Vec::new();
        if cash > 0 {
            tenders.push((CASH, cash, json!({ "kind": "cash", "mop_code": CASH, "tendered": pounds(cash + extra) })));
        }
        if card > 0 {
            let slip = json!({ "kind": "card", "mop_code": CARD, "amount": pounds(card), "amount_again": pounds(card), "terminal": "PDQ1", "authorisation": "A1", "last_four": "4242" });
            tenders.push((CARD, card, slip));
        }
        if by_paper > 0 && postal {
            let order = json!({ "kind": "postal-order", "mop_code": POSTAL_ORDER, "amount": pounds(by_paper), "number": "P1" });
            tenders.push((POSTAL_ORDER, by_paper, order));
        } else if by_paper > 0 {
            tenders.push((CHEQUE, by_paper, cheque(&pounds(by_paper))));
        }
        let given: Vec<Value> = tenders.iter().map(|tender| tender.2.clone()).collect();
        self.counter.call("sale.take", self.counter.sale(json!(asked), json!(given)));
        let sold = Sold {
            number: self.next_number(),
            serial: self.receipts,
            session: self.session.number,
            lines: lines
                .iter()
                .map(|(with_vat, pence)| Line {
                    fund: usize::from(!with_vat),
                    amount: *pence,
                    vat: if *with_vat { half_even(*pence, 6) } else { 0 },
                    back: 0,
                })
                .collect(),
            tenders: tenders.iter().map(|tender| (tender.0, tender.1)).collect(),
            refunded_in_cash: 0,
        };
        self.keeps(sold);
    }

    /// A receipt of money that was taken.
    fn keeps(&mut self, sold: Sold) {
        self.posts(&sold, 1);
        self.session.tally("receipts", sold.lines.iter().map(|line| line.amount).sum());
        self.session.numbered(&sold.number);
        for (place, (mop, pence)) in sold.tenders.iter().enumerate().filter(|(_, tender)| [CHEQUE, POSTAL_ORDER].contains(&tender.0)) {
            self.session.papers.insert((sold.serial, place), (mop, *pence));
        }
        self.sold.push(sold);
    }

    /// All of a receipt, or all of it back. A line's VAT is counted with its first share: only sums are looked at.
    fn posts(&mut self, sold: &Sold, sign: i64) {
        let mut told = vec![false; sold.lines.len()];
        for (line, mop, share) in sold.shares() {
            let vat = if told[line] { 0 } else { sold.lines[line].vat };
            told[line] = true;
            self.session.post(sold.lines[line].fund, mop, sign * share, sign * vat);
        }
    }

    /// One of the receipts that satisfy this, by a random number.
    fn one_of(&self, which: usize, fits: impl Fn(&Sold) -> bool) -> Option<usize> {
        let fitting: Vec<usize> = (0..self.sold.len()).filter(|place| fits(&self.sold[*place])).collect();
        fitting.get(which % fitting.len().max(1)).copied()
    }

    fn correction(&self, number: &str, reason: &str) -> Value {
        let id = self.counter.call("receipt.correctable", json!({ "number": number }))["correction_id"].clone();
        json!({ "correction_id": id, "number": number, "reason": { "code": reason }, "approval": supervisor() })
    }

    fn voids(&mut self, which: usize) {
        let session = self.session.number;
        let whole = |sold: &Sold| sold.session == session && sold.lines.iter().all(|line| line.back == 0);
        let Some(place) = self.one_of(which, whole) else { return };
        let sold = self.sold[place].clone();
        // A drawer that has been emptied can't give cash back.
        let cash: i64 = sold.tenders.iter().filter(|tender| tender.0 == CASH).map(|tender| tender.1).sum();
        let mut asked = self.correction(&sold.number, "keyed-wrong");
        asked["lines"] = (0..sold.lines.len()).map(|line| json!({ "line": line })).collect();
        let cards = sold.tenders.iter().enumerate().filter(|(_, tender)| tender.0 == CARD);
        asked["slips"] =
            cards.map(|(tender, _)| json!({ "tender": tender, "terminal": "PDQ1", "authorisation": "B2", "last_four": "4242" })).collect();
        if cash > self.session.drawer() {
            assert_eq!(self.counter.refused("receipt.void", asked), "not-enough-cash");
            return;
        }
        self.counter.call("receipt.void", asked);
        self.posts(&sold, -1);
        let number = self.next_number();
        self.session.tally("voids", -sold.lines.iter().map(|line| line.amount).sum::<i64>());
        self.session.numbered(&number);
        self.session.papers.retain(|(serial, _), _| *serial != sold.serial);
        for line in &mut self.sold[place].lines {
            line.back = line.amount;
        }
    }

    /// A part of a line that was paid in cash alone, and goes back in cash.
    fn part_back(&mut self, place: usize, pence: i64, mop: &'static str) -> (usize, i64) {
        let sold = &mut self.sold[place];
        let line = sold.lines.iter().position(|line| line.left() > 0).expect("something left");
        let pence = pence.min(sold.lines[line].left());
        let vat = sold.lines[line].take_back(pence);
        let fund = sold.lines[line].fund;
        self.session.post(fund, mop, -pence, -vat);
        (line, pence)
    }

    fn voids_part(&mut self, which: usize, pence: i64) {
        let (session, drawer) = (self.session.number, self.session.drawer());
        let fits = |sold: &Sold| sold.session == session && sold.by_alone(CASH) && sold.lines.iter().any(|line| line.left() > 0);
        let Some(place) = self.one_of(which, fits).filter(|_| drawer > 0) else { return };
        let number = self.sold[place].number.clone();
        let mut asked = self.correction(&number, "keyed-wrong");
        let (line, pence) = self.part_back(place, pence.min(drawer), CASH);
        asked["lines"] = json!([{ "line": line, "amount": pounds(pence) }]);
        self.counter.call("receipt.void", asked);
        let number = self.next_number();
        self.session.tally("voids", -pence);
        self.session.numbered(&number);
    }

    fn refunds(&mut self, which: usize, pence: i64) {
        let (session, drawer) = (self.session.number, self.session.drawer());
        let fits = |sold: &Sold| {
            let left = sold.lines.iter().any(|line| line.left() > 0) && sold.refunded_in_cash < 5_000;
            sold.session < session && sold.by_alone(CASH) && left
        };
        let Some(place) = self.one_of(which, fits).filter(|_| drawer > 0) else { return };
        let number = self.sold[place].number.clone();
        let mut asked = self.correction(&number, "paid-twice");
        // The council refunds no more than £50 of a payment in cash.
        let most = 5_000 - self.sold[place].refunded_in_cash;
        let (line, pence) = self.part_back(place, pence.min(drawer).min(most), CASH);
        self.sold[place].refunded_in_cash += pence;
        asked["lines"] = json!([{ "line": line, "amount": pounds(pence) }]);
        asked["by"] = json!({ "mop_code": CASH });
        self.counter.call("receipt.refund", asked);
        let number = self.next_number();
        self.session.tally("refunds", -pence);
        self.session.numbered(&number);
    }

    fn transfers(&mut self, which: usize, pence: i64) {
        let fits = |sold: &Sold| sold.unmixed() && sold.lines.iter().any(|line| line.left() > 0);
        let Some(place) = self.one_of(which, fits) else { return };
        let number = self.sold[place].number.clone();
        let mut asked = self.correction(&number, "posted-to-wrong-account");
        let (line, pence) = self.part_back(place, pence, TRANSFER);
        self.customers += 1;
        asked["part"] = json!({ "line": line, "amount": pounds(pence) });
        asked["to"] = json!({ "fund_code": FUNDS[1].0, "reference": format!("{:011}", self.customers) });
        self.counter.call("receipt.transfer", asked);
        self.session.post(1, TRANSFER, pence, 0);
        let number = self.next_number();
        self.session.tally("transfers", pence);
        self.session.numbered(&number);
    }

    /// Counts so much cash, in notes as far as they go and in pennies for the rest.
    fn gives(&self, cash: i64, terminal: i64, ticked: &[(u64, usize)]) -> Value {
        let begun = self.counter.call("cash_up.begin", json!({}));
        let listed: Vec<Value> = begun["tenders"].as_array().expect("tenders").iter().map(|tender| tender["key"].clone()).collect();
        let model: Vec<Value> = self.session.papers.keys().map(|(serial, tender)| json!({ "serial": serial, "tender": tender })).collect();
        assert_eq!(listed, model, "the cheques that are in the drawer");
        let counts = json!([
            { "denomination": "20", "by": "number", "text": (cash / 2_000).to_string() },
            { "denomination": "1p", "by": "value", "text": pounds(cash % 2_000) },
        ]);
        let keys: Vec<Value> = ticked.iter().map(|(serial, tender)| json!({ "serial": serial, "tender": tender })).collect();
        let terminals = json!([{ "mop_code": CARD, "text": pounds(terminal) }]);
        self.counter.call("cash_up.give", json!({ "count_id": begun["count_id"], "cash": counts, "ticked": keys, "terminals": terminals }))
    }

    fn cashes_up(&mut self, step: &Step) {
        let Step::CashUp { cash_off, card_off, lost_cheque, rejected, restart, left } = step else { return };
        for _ in 0..*rejected {
            self.session.attempts += 1;
            let keys: Vec<_> = self.session.papers.keys().copied().collect();
            let count = self.gives(self.session.drawer() + 7, self.session.taken(CARD), &keys);
            assert_eq!(count["attempt"], self.session.attempts);
            let asked = json!({ "attempt": self.session.attempts, "reason": "counting-error", "approval": supervisor() });
            self.counter.call("cash_up.reject", asked);
        }
        self.session.attempts += 1;
        let cash = (self.session.drawer() + cash_off).max(0);
        let terminal = self.session.taken(CARD) + card_off;
        let mut ticked: Vec<(u64, usize)> = self.session.papers.keys().copied().collect();
        if *lost_cheque {
            ticked.pop();
        }
        let there: Vec<(&str, i64)> = ticked.iter().map(|key| self.session.papers[key]).collect();
        let count = self.gives(cash, terminal, &ticked);
        let mut expected = vec![(CASH, self.session.drawer(), cash), (CARD, self.session.taken(CARD), terminal)];
        for paper in [CHEQUE, POSTAL_ORDER].into_iter().filter(|paper| self.session.mops.contains_key(paper)) {
            let counted = there.iter().filter(|(mop, _)| *mop == paper).map(|(_, pence)| pence).sum();
            expected.push((paper, self.session.taken(paper), counted));
        }
        for (code, should, counted) in &expected {
            let found = mop(&count, code).unwrap_or_else(|| panic!("no {code} in {count}"));
            assert_eq!((&found["expected"], &found["counted"]), (&json!(should), &json!(counted)), "{code}");
        }
        assert_eq!(count["mops"].as_array().expect("MOPs").len(), expected.len());
        if *restart {
            self.restart();
        }
        let head = self.counter.till().store().head().expect("head");
        self.left = cash.min(*left);
        let closed = self.counter.call(
            "cash_up.close",
            json!({ "session": self.session.number, "attempt": self.session.attempts, "reason": "not-known", "approval": supervisor(),
                    "float_left": pounds(self.left) }),
        );
        let papers = there.iter().map(|(_, pence)| pence).sum();
        self.bank.closed(self.session.number, (cash, self.session.lifted, self.left), papers);
        self.compares(&closed["z"], &expected, &head.hash.to_string());
        for (code, _, counted) in &expected {
            let own = if *code == CASH { self.session.float + self.session.moved } else { 0 };
            *self.posted.entry(code).or_default() += counted - own;
        }
        self.open();
    }

    /// Every figure of a Z read.
    fn compares(&mut self, z: &Value, expected: &[(&'static str, i64, i64)], head: &str) {
        self.z_reads += 1;
        let session = &self.session;
        assert_eq!((&z["number"], &z["session"], &z["attempt"]), (&json!(self.z_reads), &json!(session.number), &json!(session.attempts)));
        assert_eq!((&z["float"], &z["head_hash"]), (&json!(session.float), &json!(head)));
        assert_eq!(z["totals"], session.totals());
        for (code, should, counted) in expected {
            let found = mop(z, code).expect("each MOP");
            assert_eq!((&found["expected"], &found["counted"]), (&json!(should), &json!(counted)));
        }
        let off: i64 = expected.iter().map(|(_, should, counted)| counted - should).sum();
        if expected.iter().all(|(_, should, counted)| should == counted) {
            assert_eq!(z["over_short"], Value::Null);
        } else {
            let number = self.next_number();
            assert_eq!((&z["over_short"]["number"], &z["over_short"]["total"]), (&json!(number), &json!(off)));
        }
        assert_eq!(z["float_left"], self.left);
    }

    /// The whole journal: what is posted is what was counted, and everything can be made again from it.
    fn ends(mut self) {
        self.cashes_up(&Step::CashUp { cash_off: 0, card_off: 0, lost_cheque: false, rejected: 0, restart: true, left: 10_000 });
        self.banks(usize::MAX, true);
        self.bank_agrees();
        self.suspense_agrees();
        let store = self.counter.till().store();
        assert_eq!(store.rebuild().expect("rebuilt"), []);
        store.verify().expect("the chain holds");
        let mut posted: BTreeMap<String, i64> = BTreeMap::new();
        let day = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
        let read = store.read(|reading| {
            reading.each_posting::<counterfoil_store::StoreError>(day(2026), day(2028), |row| {
                *posted.entry(row.mop_code).or_default() += row.amount.0;
                Ok(())
            })
        });
        read.expect("postings");
        // Transfers move no money: each nets to nothing.
        assert_eq!(posted.remove(TRANSFER).unwrap_or_default(), 0);
        // Nor do requests for a cheque, which somebody else pays.
        assert_eq!(posted.remove(REQUEST).unwrap_or_default(), -self.requested);
        self.posted.retain(|mop, pence| *pence != 0 || posted.contains_key(*mop));
        let counted: BTreeMap<String, i64> = self.posted.iter().map(|(mop, pence)| ((*mop).to_owned(), *pence)).collect();
        assert_eq!(posted, counted, "what is posted is what was counted");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_day_brings_the_model_agrees_with_every_figure(steps in prop::collection::vec(step(), 5..60)) {
        let mut day = Day::begins();
        for step in &steps {
            day.does(step);
        }
        day.ends();
    }
}
