//! Money that nobody can place, refunds that aren't cash, and voids of a part that was paid in several ways.

use super::model::{CARD, CASH, FUNDS, Line, REQUEST, SUSPENSE, Sold};
use super::{Day, pounds};
use serde_json::{Value, json};

impl Day {
    pub fn takes_for_suspense(&mut self, pence: i64) {
        self.customers += 1;
        let reference = format!("UNKNOWN {}", self.customers);
        let line = json!([{ "fund_code": FUNDS[SUSPENSE].0, "reference": reference, "amount": pounds(pence), "narrative": "no bill" }]);
        let cash = json!([{ "kind": "cash", "mop_code": CASH, "tendered": pounds(pence) }]);
        self.counter.call("sale.take", self.counter.sale(line, cash));
        let sold = Sold {
            number: self.next_number(),
            serial: self.receipts,
            session: self.session.number,
            lines: vec![Line { fund: SUSPENSE, amount: pence, vat: 0, back: 0 }],
            tenders: vec![(CASH, pence)],
            refunded_in_cash: 0,
        };
        self.keeps(sold);
    }

    /// What the list says is left is what was taken and wasn't moved on or given back.
    pub fn suspense_agrees(&self) {
        let left: i64 = self.sold.iter().flat_map(|sold| &sold.lines).filter(|line| line.fund == SUSPENSE).map(Line::left).sum();
        assert_eq!(self.counter.call("suspense.list", json!({ "text": "" }))["left"], left);
    }

    pub fn refunds_to_card(&mut self, which: usize, pence: i64) {
        let slip = json!({ "terminal": "PDQ1", "authorisation": "R2", "last_four": "4242" });
        self.refunds_later(which, pence, CARD, |sold| sold.by_alone(CARD), json!({ "mop_code": CARD, "slip": slip }));
    }

    pub fn refunds_by_request(&mut self, which: usize, pence: i64) {
        let back = self.refunds_later(which, pence, REQUEST, Sold::unmixed, json!({ "mop_code": REQUEST, "payee": "Mrs A Example" }));
        self.requested += back;
    }

    /// A part of a receipt of an earlier session; answers how much.
    fn refunds_later(&mut self, which: usize, pence: i64, mop: &'static str, fits: impl Fn(&Sold) -> bool, by: Value) -> i64 {
        let session = self.session.number;
        let fits = |sold: &Sold| sold.session < session && fits(sold) && sold.lines.iter().any(|line| line.left() > 0);
        let Some(place) = self.one_of(which, fits) else { return 0 };
        let number = self.sold[place].number.clone();
        let mut asked = self.correction(&number, "paid-twice");
        let (line, pence) = self.part_back(place, pence, mop);
        asked["lines"] = json!([{ "line": line, "amount": pounds(pence) }]);
        asked["by"] = by;
        self.counter.call("receipt.refund", asked);
        let number = self.next_number();
        self.session.tally("refunds", -pence);
        self.session.numbered(&number);
        pence
    }

    /// A part of a line without VAT, whichever of cash and cards it was paid with.
    pub fn voids_of_several_tenders(&mut self, which: usize, pence: i64) {
        let session = self.session.number;
        let plain = |line: &Line| line.vat == 0 && line.left() > 0;
        let fits = |sold: &Sold| {
            let paid = sold.tenders.len() > 1 && sold.tenders.iter().all(|(mop, _)| [CASH, CARD].contains(mop));
            sold.session == session && paid && sold.lines.iter().any(plain)
        };
        let Some(place) = self.one_of(which, fits) else { return };
        let sold = self.sold[place].clone();
        let line = sold.lines.iter().position(plain).expect("a line");
        let pence = pence.min(sold.lines[line].left());
        let shares = sold.next_shares(line, pence);
        let mut asked = self.correction(&sold.number, "keyed-wrong");
        asked["lines"] = json!([{ "line": line, "amount": pounds(pence) }]);
        let cards = sold.tenders.iter().enumerate().filter(|(_, tender)| tender.0 == CARD);
        asked["slips"] =
            cards.map(|(tender, _)| json!({ "tender": tender, "terminal": "PDQ1", "authorisation": "B2", "last_four": "4242" })).collect();
        let cash: i64 = shares.iter().filter(|(mop, _)| *mop == CASH).map(|(_, share)| share).sum();
        if cash > self.session.drawer() {
            assert_eq!(self.counter.refused("receipt.void", asked), "not-enough-cash");
            return;
        }
        self.counter.call("receipt.void", asked);
        for (mop, share) in shares {
            self.session.post(sold.lines[line].fund, mop, -share, 0);
        }
        self.sold[place].lines[line].take_back(pence);
        let number = self.next_number();
        self.session.tally("voids", -pence);
        self.session.numbered(&number);
    }
}
