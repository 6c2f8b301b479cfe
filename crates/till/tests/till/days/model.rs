//! What a day should come to, written without looking at the store.

use serde_json::{Value, json};
use std::collections::BTreeMap;

pub const CASH: &str = "1";
pub const CARD: &str = "92";
pub const CHEQUE: &str = "24";
pub const POSTAL_ORDER: &str = "PO";
pub const TRANSFER: &str = "JR";
pub const REQUEST: &str = "RQ";
/// A fund with VAT at 20 %, one without, the one for suspense, and the VAT codes that they have.
pub const FUNDS: [(&str, &str); 3] = [("13", "W0"), ("32", "N0"), ("1", "M0")];
/// Where money goes that nobody can place.
pub const SUSPENSE: usize = 2;

/// Half a penny goes to the even one.
pub fn half_even(numerator: i64, denominator: i64) -> i64 {
    let (whole, rest) = (numerator / denominator, numerator % denominator * 2);
    if rest > denominator || (rest == denominator && whole % 2 == 1) { whole + 1 } else { whole }
}

#[derive(Clone, Debug)]
pub struct Line {
    pub fund: usize,
    pub amount: i64,
    pub vat: i64,
    pub back: i64,
}

impl Line {
    /// Takes so much back and answers the VAT in it.
    pub fn take_back(&mut self, pence: i64) -> i64 {
        let share = |pence: i64| half_even(self.vat * pence, self.amount);
        let vat = share(self.back + pence) - share(self.back);
        self.back += pence;
        vat
    }

    pub fn left(&self) -> i64 {
        self.amount - self.back
    }
}

#[derive(Clone, Debug)]
pub struct Sold {
    pub number: String,
    pub serial: u64,
    pub session: u64,
    pub lines: Vec<Line>,
    pub tenders: Vec<(&'static str, i64)>,
    /// What refunds paid back in cash.
    pub refunded_in_cash: i64,
}

impl Sold {
    /// Which line is paid by which tender, poured out by hand.
    pub fn shares(&self) -> Vec<(usize, &'static str, i64)> {
        let mut shares = Vec::new();
        let mut pots = self.tenders.clone();
        for (place, line) in self.lines.iter().enumerate() {
            let mut due = line.amount;
            for (mop, pot) in &mut pots {
                let share = due.min(*pot);
                if share > 0 {
                    shares.push((place, *mop, share));
                }
                due -= share;
                *pot -= share;
            }
        }
        shares
    }

    /// Each line is one posting: how VAT is shared among several is shown by the rules' own tests.
    pub fn unmixed(&self) -> bool {
        self.shares().len() == self.lines.len()
    }

    pub fn by_alone(&self, only: &str) -> bool {
        self.tenders.iter().all(|(mop, _)| *mop == only)
    }

    /// From which tenders the next `pence` of a line come, after what is back already.
    pub fn next_shares(&self, line: usize, pence: i64) -> Vec<(&'static str, i64)> {
        let (mut skip, mut wanted) = (self.lines[line].back, pence);
        let mut next = Vec::new();
        for (_, mop, share) in self.shares().into_iter().filter(|share| share.0 == line) {
            let skipped = skip.min(share);
            let taken = (share - skipped).min(wanted);
            skip -= skipped;
            wanted -= taken;
            if taken > 0 {
                next.push((mop, taken));
            }
        }
        next
    }
}

/// What a session should come to.
#[derive(Clone, Debug, Default)]
pub struct Session {
    pub number: u64,
    pub float: i64,
    pub moved: i64,
    /// Amount and how many postings.
    pub mops: BTreeMap<&'static str, (i64, u64)>,
    /// Amount, VAT, how many postings.
    pub funds: BTreeMap<&'static str, (i64, i64, u64)>,
    /// Gross and VAT.
    pub vat: BTreeMap<&'static str, (i64, i64)>,
    pub tallies: BTreeMap<&'static str, (u64, i64)>,
    pub openings: u64,
    pub first: String,
    pub last: String,
    /// Cheques and postal orders in the drawer, by receipt and tender.
    pub papers: BTreeMap<(u64, usize), (&'static str, i64)>,
    /// What went to the safe.
    pub lifted: i64,
    pub attempts: u32,
}

impl Session {
    pub fn post(&mut self, fund: usize, mop: &'static str, amount: i64, vat: i64) {
        let (fund, vat_code) = FUNDS[fund];
        let by_mop = self.mops.entry(mop).or_default();
        *by_mop = (by_mop.0 + amount, by_mop.1 + 1);
        let by_fund = self.funds.entry(fund).or_default();
        *by_fund = (by_fund.0 + amount, by_fund.1 + vat, by_fund.2 + 1);
        let by_vat = self.vat.entry(vat_code).or_default();
        *by_vat = (by_vat.0 + amount, by_vat.1 + vat);
    }

    pub fn tally(&mut self, what: &'static str, amount: i64) {
        let tally = self.tallies.entry(what).or_default();
        *tally = (tally.0 + 1, tally.1 + amount);
    }

    pub fn numbered(&mut self, number: &str) {
        if self.first.is_empty() {
            number.clone_into(&mut self.first);
        }
        number.clone_into(&mut self.last);
    }

    pub fn taken(&self, mop: &str) -> i64 {
        self.mops.get(mop).map_or(0, |taken| taken.0)
    }

    pub fn drawer(&self) -> i64 {
        self.float + self.taken(CASH) + self.moved
    }

    /// The body of its Z read.
    pub fn totals(&self) -> Value {
        let tally = |what: &str| {
            let (count, amount) = self.tallies.get(what).copied().unwrap_or_default();
            json!({ "count": count, "amount": amount })
        };
        let mops: Vec<Value> =
            self.mops.iter().map(|(mop, (amount, count))| json!({ "mop_code": mop, "amount": amount, "count": count })).collect();
        let funds: Vec<Value> = self
            .funds
            .iter()
            .map(|(fund, (amount, vat, count))| json!({ "fund_code": fund, "amount": amount, "vat": vat, "count": count }))
            .collect();
        let vat: Vec<Value> = self.vat.iter().map(|(code, (gross, vat))| json!({ "vat_code": code, "gross": gross, "vat": vat })).collect();
        json!({
            "mops": mops, "funds": funds, "vat": vat, "receipts": tally("receipts"), "voids": tally("voids"), "refunds": tally("refunds"),
            "transfers": tally("transfers"), "lifts": tally("lifts"), "top_ups": tally("top-ups"), "drawer_openings": self.openings,
            "first_receipt": self.first, "last_receipt": self.last,
        })
    }
}
