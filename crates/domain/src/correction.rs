//! Corrections: voids, refunds and transfers. Nothing is ever deleted: each is a receipt of its own that takes back a part of
//! an earlier one, line by line, and never more than what remains of it.

use crate::Pence;
use crate::council::{Council, MopKind, Reason, ReasonKind};
use crate::posting::{Posting, shared_out};
use crate::receipt::{CardDetails, IncomeLine, Receipt, Tender, TenderDetails};
use crate::refusal::{Code, Refusal};
use crate::sale::{Settled, free_text};
use crate::vat::vat_within;
use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a receipt corrects an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionKind {
    /// Reversed in the same session; the money goes back the way it came.
    Void,
    /// Reversed later; the money goes back in a way that the council's policy allows.
    Refund,
    /// Moved to another account; no money moves.
    Transfer,
}

/// What a correcting receipt takes back, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Correction {
    /// Which kind.
    pub kind: CorrectionKind,
    /// The corrected receipt's number.
    pub of: String,
    /// Its place in the till's series.
    #[ts(type = "number")]
    pub of_serial: u64,
    /// What is taken back of it.
    pub lines: Vec<CorrectedLine>,
    /// Why.
    pub reason: ReasonGiven,
}

/// A part of a line that is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CorrectedLine {
    /// Which line of the corrected receipt, from 0.
    pub line: usize,
    /// How much of it; above zero.
    pub amount: Pence,
}

/// A reason from the pack, and what was written beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReasonGiven {
    /// The reason's code.
    pub code: String,
    /// Free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A reason as chosen and typed, checked against the pack's list for its kind.
///
/// # Errors
/// [`Code::ReasonMissing`] for none or one of another kind; whatever is wrong with the text.
pub fn reason_given(council: &Council, kind: ReasonKind, code: &str, text: &str) -> Result<ReasonGiven, Refusal> {
    let known: Option<&Reason> = council.reasons.iter().find(|reason| reason.kind == kind && reason.code == code);
    let reason = known.ok_or_else(|| Refusal::new(Code::ReasonMissing))?;
    Ok(ReasonGiven { code: reason.code.clone(), text: free_text(text)? })
}

/// An earlier receipt with what is left of each of its lines.
#[derive(Clone, Copy, Debug)]
pub struct Correctable<'a> {
    /// The receipt.
    pub receipt: &'a Receipt,
    /// How much of each line was taken back already.
    pub corrected: &'a [Pence],
}

impl Correctable<'_> {
    /// What remains of a line; nothing of one that isn't there, or that takes money back itself.
    pub fn remains(&self, line: usize) -> Pence {
        let taken = self.receipt.lines.get(line).map_or(Pence::ZERO, |line| line.amount);
        let corrected = self.corrected.get(line).copied().unwrap_or_default();
        Pence(taken.minus(corrected).0.max(0))
    }

    /// What remains altogether.
    pub fn remains_altogether(&self) -> Pence {
        (0..self.receipt.lines.len()).map(|line| self.remains(line)).sum()
    }

    /// Each wanted line once, above zero, and no more than what remains of it.
    fn check(&self, wanted: &[CorrectedLine]) -> Result<(), Refusal> {
        if wanted.is_empty() {
            return Err(Refusal::new(Code::CorrectionEmpty));
        }
        for (index, part) in wanted.iter().enumerate() {
            let twice = wanted[..index].iter().any(|earlier| earlier.line == part.line);
            if twice || !part.amount.is_positive() {
                return Err(Refusal::new(Code::CorrectionEmpty));
            }
            if part.amount > self.remains(part.line) {
                return Err(Refusal::new(Code::CorrectionAboveRemainder).with("left", self.remains(part.line)));
            }
        }
        Ok(())
    }

    /// The line turned round, for so much of it. Its VAT is the difference of two cumulative shares, so that a line taken back
    /// in any number of parts gives back exactly its VAT.
    fn reversed(&self, part: CorrectedLine) -> Option<IncomeLine> {
        let line = self.receipt.lines.get(part.line)?;
        let done = self.corrected.get(part.line).copied().unwrap_or_default();
        let vat = vat_share(line, done.plus(part.amount)).minus(vat_share(line, done));
        Some(IncomeLine { amount: part.amount.negated(), vat: vat.negated(), stop_overridden: None, ..line.clone() })
    }

    /// From which tenders so much of a line came: its postings in order, after what was taken back already.
    fn shares(&self, part: CorrectedLine) -> Vec<(usize, Pence)> {
        let mut skip = self.corrected.get(part.line).copied().unwrap_or_default().0;
        let mut wanted = part.amount.0;
        let mut shares = Vec::new();
        for posting in self.receipt.postings.iter().filter(|posting| posting.line == part.line) {
            let left = (posting.amount.0 - skip).max(0);
            skip = (skip - posting.amount.0).max(0);
            let share = left.min(wanted);
            if share > 0 {
                shares.push((posting.tender, Pence(share)));
                wanted -= share;
            }
        }
        shares
    }
}

/// The VAT in the first `amount` of a line, halves to the even penny.
fn vat_share(line: &IncomeLine, amount: Pence) -> Pence {
    if line.amount.is_zero() {
        return Pence::ZERO;
    }
    let share = Decimal::from(line.vat.0) * Decimal::from(amount.0) / Decimal::from(line.amount.0);
    Pence(share.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven).to_i64().unwrap_or_default())
}

/// A void: the money goes back the way it came. A share that was paid by card needs the terminal's slip of its reversal; a
/// cheque or postal order is handed back, which can only be done whole.
///
/// # Errors
/// More than remains, nothing, a torn cheque, a missing slip.
pub fn void(of: Correctable<'_>, wanted: &[CorrectedLine], card: Option<&CardDetails>) -> Result<Settled, Refusal> {
    of.check(wanted)?;
    let mut postings = Vec::new();
    let mut by_tender = vec![Pence::ZERO; of.receipt.tenders.len()];
    let mut lines = Vec::new();
    for (index, part) in wanted.iter().enumerate() {
        let line = of.reversed(*part).ok_or_else(|| Refusal::new(Code::CorrectionEmpty))?;
        let shares = of.shares(*part);
        let vats = shared_out(line.vat.0, &shares.iter().map(|(_, share)| share.0).collect::<Vec<_>>());
        for ((tender, share), vat) in shares.into_iter().zip(vats) {
            let place = by_tender.get_mut(tender).ok_or_else(|| Refusal::new(Code::CorrectionEmpty))?;
            *place = place.plus(share);
            postings.push(Posting { line: index, tender, amount: share.negated(), vat: Pence(vat) });
        }
        lines.push(line);
    }
    let mut tenders = Vec::new();
    let mut places = vec![None; by_tender.len()];
    for (index, (tender, back)) in of.receipt.tenders.iter().zip(&by_tender).enumerate().filter(|(_, (_, back))| back.is_positive()) {
        places[index] = Some(tenders.len());
        tenders.push(handed_back(tender, *back, card)?);
    }
    for posting in &mut postings {
        posting.tender = places.get(posting.tender).copied().flatten().unwrap_or_default();
    }
    let total = lines.iter().map(|line| line.amount).sum();
    Ok(Settled { lines, tenders, postings, total })
}

/// A tender turned round, for so much of it.
fn handed_back(tender: &Tender, back: Pence, card: Option<&CardDetails>) -> Result<Tender, Refusal> {
    let amount = back.negated();
    let details = match &tender.details {
        TenderDetails::Cash { .. } => TenderDetails::Cash { tendered: amount, change: Pence::ZERO },
        TenderDetails::Card(_) => {
            TenderDetails::Card(card.cloned().ok_or_else(|| Refusal::new(Code::CardReversalNeeded).with("amount", back))?)
        }
        whole if back != tender.amount => {
            let code = if whole.kind() == MopKind::Cheque { Code::ChequeNotDivisible } else { Code::PostalOrderNotDivisible };
            return Err(Refusal::new(code).with("amount", tender.amount));
        }
        whole => whole.clone(),
    };
    Ok(Tender { mop_code: tender.mop_code.clone(), amount, details })
}

/// How a refund is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundBy {
    /// The MOP.
    pub mop_code: String,
    /// Its details.
    pub details: TenderDetails,
}

/// A refund: so much of some lines, paid back in one way that the council's policy allows.
///
/// # Errors
/// More than remains, nothing, a way or an amount that the policy doesn't allow.
pub fn refund(council: &Council, of: Correctable<'_>, wanted: &[CorrectedLine], by: RefundBy) -> Result<Settled, Refusal> {
    of.check(wanted)?;
    let lines: Vec<IncomeLine> = wanted.iter().filter_map(|part| of.reversed(*part)).collect();
    let total: Pence = lines.iter().map(|line| line.amount).sum();
    let method = council.refund_methods.iter().find(|method| method.mop_code == by.mop_code);
    let method = method.ok_or_else(|| Refusal::new(Code::RefundMethodNotAllowed))?;
    if total.negated() > method.maximum {
        return Err(Refusal::new(Code::RefundAboveMaximum).with("maximum", method.maximum));
    }
    let postings = lines.iter().enumerate().map(|(line, part)| Posting { line, tender: 0, amount: part.amount, vat: part.vat }).collect();
    let details = match by.details {
        TenderDetails::Cash { .. } => TenderDetails::Cash { tendered: total, change: Pence::ZERO },
        other => other,
    };
    Ok(Settled { lines, tenders: vec![Tender { mop_code: by.mop_code, amount: total, details }], postings, total })
}

/// Where a transfer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferTo {
    /// The fund.
    pub fund_code: String,
    /// The reference, as it is kept.
    pub reference: String,
    /// The fund's VAT code.
    pub vat_code: String,
    /// Its rate.
    pub vat_rate: Decimal,
    /// Free text.
    pub narrative: String,
}

/// A transfer: so much of one line goes to another account. Its two postings sum to zero, and no money moves.
///
/// # Errors
/// More than remains, nothing, or an account that is the line's own.
pub fn transfer(of: Correctable<'_>, part: CorrectedLine, to: TransferTo, mop_code: &str) -> Result<Settled, Refusal> {
    of.check(&[part])?;
    let from = of.reversed(part).ok_or_else(|| Refusal::new(Code::CorrectionEmpty))?;
    if from.fund_code == to.fund_code && from.reference == to.reference {
        return Err(Refusal::new(Code::TransferToItself));
    }
    let line = IncomeLine {
        fund_code: to.fund_code,
        reference: to.reference,
        amount: part.amount,
        vat: vat_within(part.amount, to.vat_rate),
        vat_code: to.vat_code,
        vat_rate: to.vat_rate,
        narrative: to.narrative,
        stop_overridden: None,
    };
    let postings = vec![
        Posting { line: 0, tender: 0, amount: from.amount, vat: from.vat },
        Posting { line: 1, tender: 0, amount: line.amount, vat: line.vat },
    ];
    let tender = Tender { mop_code: mop_code.to_owned(), amount: Pence::ZERO, details: TenderDetails::Internal };
    Ok(Settled { lines: vec![from, line], tenders: vec![tender], postings, total: Pence::ZERO })
}
