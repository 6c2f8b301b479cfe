//! The days of a till that are long over: each a session with its payments, some of them by cheque and some voided, the drawer
//! opened without a sale, a Z read with a difference now and then, and a deposit.

use crate::Outcome;
use crate::history::{RECEIPTS_A_DAY, Template};
use chrono::{Days, Local, NaiveDate};
use counterfoil_domain::Pence;
use counterfoil_domain::cash_up::MopCount;
use counterfoil_domain::correction::{CorrectedLine, Correction, CorrectionKind, ReasonGiven};
use counterfoil_domain::day_end::{Deposit, SessionTotals, ZRead};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::{ChequeDetails, Receipt, TenderDetails};
use counterfoil_till::surroundings::{Machine, Surroundings};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// One receipt in so many is paid by cheque.
const A_CHEQUE_IN: u64 = 25;
/// One receipt in so many voids the one before it.
const A_VOID_IN: u64 = 100;
/// How often a day the drawer is opened without a sale.
const OPENINGS: u64 = 4;
const FLOAT: Pence = Pence(10_000);

/// Every entry of as many receipts, in order, the last of them yesterday.
pub fn each_entry(template: &Template, receipts: u64, take: &mut dyn FnMut(&Entry) -> Outcome) -> Outcome {
    let days = receipts.div_ceil(RECEIPTS_A_DAY);
    for day in 0..days {
        let past = Past { template, number: day + 1, ago: days - day };
        let (first, last) = (day * RECEIPTS_A_DAY + 1, ((day + 1) * RECEIPTS_A_DAY).min(receipts));
        take(&past.entry(Fact::SessionOpened { number: day + 1, float: FLOAT, counts: Vec::new(), left: None, reason: None })?)?;
        for serial in first..=last {
            take(&past.receipt(serial, serial == first)?)?;
        }
        for _ in 0..OPENINGS {
            take(&past.entry(Fact::DrawerOpened { reason: ReasonGiven { code: "give-change".into(), text: String::new() } })?)?;
        }
        take(&past.entry(Fact::SessionClosed { z: Box::new(past.z_read(last - first + 1)) })?)?;
        take(&past.entry(Fact::DepositMade { deposit: Box::new(past.deposit()), content: String::new() })?)?;
    }
    Ok(())
}

/// One of those days: which session it is, and how many days ago.
struct Past<'a> {
    template: &'a Template,
    number: u64,
    ago: u64,
}

impl Past<'_> {
    fn day(&self) -> Outcome<NaiveDate> {
        Ok(Local::now().date_naive().checked_sub_days(Days::new(self.ago)).ok_or("no such day")?)
    }

    fn entry(&self, fact: Fact) -> Outcome<Entry> {
        let at_ms = self.template.entry.at_ms - i64::try_from(self.ago)? * DAY_MS;
        let entry = self.template.entry.clone();
        Ok(Entry { id: Machine.new_id(), at_ms, day: self.day()?, session: Some(self.number), fact, ..entry })
    }

    fn receipt(&self, serial: u64, first: bool) -> Outcome<Entry> {
        let void = serial.is_multiple_of(A_VOID_IN) && !first;
        let Fact::ReceiptTaken { mut receipt, content } = self.template.receipt(if void { serial - 1 } else { serial })?.fact else {
            return Err("no receipt".into());
        };
        if serial % A_CHEQUE_IN == 1 {
            by_cheque(&mut receipt, self.day()?);
        }
        if !void {
            return self.entry(Fact::ReceiptTaken { receipt, content });
        }
        let amount = receipt.total;
        let correction = Correction {
            kind: CorrectionKind::Void,
            of: receipt.number.clone(),
            of_serial: receipt.serial,
            lines: vec![CorrectedLine { line: 0, amount }],
            reason: ReasonGiven { code: "keyed-wrong".into(), text: String::new() },
        };
        let (number, serial) = (self.template.number_of(&receipt, serial)?, serial);
        let receipt = Receipt { number, serial, ..turned(receipt) };
        self.entry(Fact::ReceiptCorrected { receipt, correction, content })
    }

    fn z_read(&self, receipts: u64) -> ZRead {
        let off = if self.number.is_multiple_of(5) { Pence(-100) } else { Pence::ZERO };
        let expected = FLOAT.plus(Pence(i64::try_from(receipts).unwrap_or_default() * 3_500));
        let mop = |code: &str, expected: Pence, counted: Pence| MopCount { mop_code: code.into(), expected, counted };
        ZRead {
            number: self.number,
            session: self.number,
            user_code: "12".into(),
            office_code: "CH".into(),
            till_code: "07".into(),
            opened_at_ms: self.template.entry.at_ms,
            float: FLOAT,
            totals: SessionTotals::default(),
            attempt: 1,
            mops: vec![mop("1", expected, expected.plus(off)), mop("92", Pence::ZERO, Pence::ZERO)],
            driven: Vec::new(),
            cash: Vec::new(),
            ticked: Vec::new(),
            reason: (!off.is_zero()).then(|| ReasonGiven { code: "not-known".into(), text: String::new() }),
            over_short: None,
            float_left: FLOAT,
            head_seq: 0,
            head_hash: String::new(),
        }
    }

    fn deposit(&self) -> Deposit {
        Deposit {
            number: self.number,
            slip: format!("S{:06}", self.number),
            z_reads: vec![self.number],
            cash: Vec::new(),
            cash_total: Pence(1_000_000),
            bags: Vec::new(),
            cheques: Vec::new(),
            cheque_total: Pence(70_000),
            postal_order_total: Pence::ZERO,
            cash_expected: Pence(1_000_000),
            kept_back: Pence::ZERO,
            reason: None,
        }
    }
}

fn by_cheque(receipt: &mut Receipt, dated: NaiveDate) {
    if let Some(tender) = receipt.tenders.first_mut() {
        tender.mop_code = "24".into();
        tender.details = TenderDetails::Cheque(ChequeDetails {
            sort_code: "200000".into(),
            account: "12345678".into(),
            number: "000123".into(),
            drawer: "A Payer".into(),
            dated,
        });
    }
}

/// What gives all of a receipt back.
fn turned(mut receipt: Receipt) -> Receipt {
    receipt.total = receipt.total.negated();
    for line in &mut receipt.lines {
        (line.amount, line.vat) = (line.amount.negated(), line.vat.negated());
    }
    for tender in &mut receipt.tenders {
        tender.amount = tender.amount.negated();
        if let TenderDetails::Cash { tendered, .. } = &mut tender.details {
            *tendered = tender.amount;
        }
    }
    for posting in &mut receipt.postings {
        (posting.amount, posting.vat) = (posting.amount.negated(), posting.vat.negated());
    }
    receipt
}
