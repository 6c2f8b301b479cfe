//! Corrections: voids, refunds and transfers. Nothing is ever deleted: each is a receipt of its own that takes back a part of
//! an earlier one, line by line, and never more than what remains of it.

use crate::Pence;
use crate::card_payment::GivenBack;
use crate::cash_up::MopAmount;
use crate::council::{Council, MopKind, Reason, ReasonKind, RefundMethod};
use crate::posting::Posting;
use crate::receipt::{CardDetails, IncomeLine, Receipt, Tender, TenderDetails};
use crate::refusal::{Code, Refusal};
use crate::sale::Settled;
use crate::typed::{card_slip, free_text};
use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    /// How much may still go back to a card: what the customer paid by card less what went back already, wherever a transfer has
    /// moved it since. Card schemes have it so, and cash must not come out of a till as a payment to a card.
    pub left_by_card: Pence,
    /// What refunds of the customer's payment have come to already, by MOP, above zero.
    pub refunded: &'a [MopAmount],
    /// What terminals have given back of this receipt's card payments, and no receipt says yet.
    pub given_back: &'a [GivenBack],
    /// How much of each of them terminals have given back for good, by the payment's own id: that receipts say already, or that a
    /// supervisor has closed.
    pub returned: &'a BTreeMap<String, Pence>,
}

/// So much of a line came from this tender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Share {
    tender: usize,
    amount: Pence,
    vat: Pence,
}

impl Correctable<'_> {
    /// What remains of a line; nothing of one that isn't there, or that takes money back itself.
    pub fn remains(&self, line: usize) -> Pence {
        let taken = self.receipt.lines.get(line).map_or(Pence::ZERO, |line| line.amount);
        Pence(taken.minus(self.done(line)).0.max(0))
    }

    /// What remains altogether.
    pub fn remains_altogether(&self) -> Pence {
        (0..self.receipt.lines.len()).map(|line| self.remains(line)).sum()
    }

    /// How much may still be refunded in this way: a payment that is refunded in parts comes under the same maximum.
    pub fn refundable(&self, method: &RefundMethod) -> Pence {
        let earlier: Pence = self.refunded.iter().filter(|sum| sum.mop_code == method.mop_code).map(|sum| sum.amount).sum();
        Pence(method.maximum.minus(earlier).0.max(0))
    }

    /// What goes back to a card, by the terminal that has given it back or by its slip. A payment of a terminal that the till drives is
    /// named to whoever has to have it given back first.
    fn card_given_back(&self, back: Pence, index: usize, card: &CardDetails, slip: Option<&CardSlip>) -> Result<CardDetails, Refusal> {
        let driven = !card.transaction_id.is_empty();
        let given_back = self.given_back.iter().find(|given| driven && given.of == card.transaction_id && given.amount == back);
        if let Some(given_back) = given_back {
            return Ok(given_back.details.clone());
        }
        match slip {
            Some(slip) => slip.read(),
            None if driven => {
                let needed = Refusal::new(Code::CardReversalNeeded).with("amount", back).with("tender", index);
                Err(needed.with("pence", back.0).with("payment", &card.transaction_id))
            }
            None => Err(Refusal::new(Code::CardReversalNeeded).with("amount", back).with("tender", index)),
        }
    }

    /// The tender that a refund to the card takes back: the terminal's payment of which so much has gone back already and waits for its
    /// receipt, or else the first of which so much is left.
    fn driven_card(&self, amount: Pence) -> Option<(usize, &CardDetails)> {
        let driven = || {
            self.receipt.tenders.iter().enumerate().filter_map(|(index, tender)| match &tender.details {
                TenderDetails::Card(card) if !card.transaction_id.is_empty() => Some((index, card, tender.amount)),
                _ => None,
            })
        };
        let waits = |card: &CardDetails| self.given_back.iter().any(|given| given.of == card.transaction_id && given.amount == amount);
        let left = |card: &CardDetails, paid: Pence| paid.minus(self.returned.get(&card.transaction_id).copied().unwrap_or_default());
        let waiting = driven().find(|(_, card, _)| waits(card));
        waiting.or_else(|| driven().find(|(_, card, paid)| left(card, *paid) >= amount)).map(|(index, card, _)| (index, card))
    }

    fn done(&self, line: usize) -> Pence {
        self.corrected.get(line).copied().unwrap_or_default()
    }

    /// Each wanted line once, above zero, and no more than what remains of it.
    fn check(&self, wanted: &[CorrectedLine]) -> Result<(), Refusal> {
        if wanted.is_empty() {
            return Err(Refusal::new(Code::CorrectionEmpty));
        }
        for (index, part) in wanted.iter().enumerate() {
            let twice = wanted[..index].iter().any(|earlier| earlier.line == part.line);
            let line = self.receipt.lines.get(part.line).filter(|_| !twice && part.amount.is_positive());
            let line = line.ok_or_else(|| Refusal::new(Code::CorrectionEmpty))?;
            if !line.amount.is_positive() {
                return Err(Refusal::new(Code::CorrectionOfCorrection));
            }
            if part.amount > self.remains(part.line) {
                return Err(Refusal::new(Code::CorrectionAboveRemainder).with("left", self.remains(part.line)));
            }
        }
        Ok(())
    }

    /// The line turned round, for so much of it, with the VAT of its shares.
    fn reversed(&self, part: CorrectedLine, shares: &[Share]) -> Option<IncomeLine> {
        let line = self.receipt.lines.get(part.line)?;
        let vat: Pence = shares.iter().map(|share| share.vat).sum();
        Some(IncomeLine {
            amount: part.amount.negated(),
            vat: vat.negated(),
            stop_overridden: None,
            override_reason: String::new(),
            ..line.clone()
        })
    }

    /// How much of each tender a void may hand back: of a terminal's payment no more than the terminal hasn't given back itself.
    fn left_of_tenders(&self) -> Vec<Pence> {
        let left = |tender: &Tender| match &tender.details {
            TenderDetails::Card(card) => tender.amount.minus(self.returned.get(&card.transaction_id).copied().unwrap_or_default()),
            _ => tender.amount,
        };
        self.receipt.tenders.iter().map(|tender| Pence(left(tender).0.max(0))).collect()
    }

    /// From which tenders so much of a line came: its postings in order, after what was taken back already, and of each tender no more
    /// than is `left` of it. A posting's VAT is the difference of two cumulative shares, so that one taken back in any number of parts
    /// gives back exactly its VAT.
    fn shares(&self, part: CorrectedLine, left: &mut [Pence]) -> Vec<Share> {
        let mut skip = self.done(part.line).0;
        let mut wanted = part.amount.0;
        let mut shares = Vec::new();
        for posting in self.receipt.postings.iter().filter(|posting| posting.line == part.line) {
            let from = skip.min(posting.amount.0);
            let left = left.get_mut(posting.tender);
            let share = (posting.amount.0 - from).min(wanted).min(left.as_ref().map_or(i64::MAX, |left| left.0));
            skip -= from;
            if share > 0 {
                if let Some(left) = left {
                    *left = left.minus(Pence(share));
                }
                let vat = vat_share(posting, from + share).minus(vat_share(posting, from));
                shares.push(Share { tender: posting.tender, amount: Pence(share), vat });
                wanted -= share;
            }
        }
        shares
    }

    /// The wanted parts turned round, each with where it came from.
    fn parts(&self, wanted: &[CorrectedLine], left: &mut [Pence]) -> Result<Vec<(IncomeLine, Vec<Share>)>, Refusal> {
        self.check(wanted)?;
        let turned = wanted.iter().map(|part| {
            let shares = self.shares(*part, left);
            self.reversed(*part, &shares).map(|line| (line, shares)).ok_or_else(|| Refusal::new(Code::CorrectionEmpty))
        });
        turned.collect()
    }
}

/// The VAT in the first `amount` pence of a posting, halves to the even penny.
fn vat_share(posting: &Posting, amount: i64) -> Pence {
    if posting.amount.is_zero() {
        return Pence::ZERO;
    }
    let share = Decimal::from(posting.vat.0) * Decimal::from(amount) / Decimal::from(posting.amount.0);
    Pence(share.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven).to_i64().unwrap_or_default())
}

/// A terminal's slip of a reversal, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardSlip {
    /// Which tender of the corrected receipt it reverses, from 0; a refund has no use for it.
    #[serde(default)]
    pub tender: usize,
    /// The terminal.
    pub terminal: String,
    /// Authorisation code.
    pub authorisation: String,
    /// Last four digits.
    pub last_four: String,
}

impl CardSlip {
    fn read(&self) -> Result<CardDetails, Refusal> {
        card_slip(&self.terminal, &self.authorisation, &self.last_four)
    }
}

/// A void: the money goes back the way it came. A share that was paid by card needs the terminal's slip of its reversal; a
/// cheque or postal order is handed back, which can only be done whole.
///
/// # Errors
/// More than remains, nothing, a torn cheque, a missing slip, a part that its terminal has given back already.
pub fn void(of: Correctable<'_>, wanted: &[CorrectedLine], slips: &[CardSlip]) -> Result<Settled, Refusal> {
    let parts = of.parts(wanted, &mut of.left_of_tenders())?;
    for (part, (_, shares)) in wanted.iter().zip(&parts) {
        let found: Pence = shares.iter().map(|share| share.amount).sum();
        if found != part.amount {
            return Err(Refusal::new(Code::CardGivenBackAlready).with("left", found));
        }
    }
    let mut back = vec![Pence::ZERO; of.receipt.tenders.len()];
    for share in parts.iter().flat_map(|(_, shares)| shares) {
        let tender = back.get_mut(share.tender).ok_or_else(|| Refusal::new(Code::CorrectionEmpty))?;
        *tender = tender.plus(share.amount);
    }
    let mut tenders = Vec::new();
    let mut places = vec![0; back.len()];
    for (index, tender) in of.receipt.tenders.iter().enumerate().filter(|(index, _)| back[*index].is_positive()) {
        places[index] = tenders.len();
        tenders.push(handed_back(of, tender, back[index], index, slips));
    }
    let tenders = whole_or_first_refusal(tenders)?;
    let postings = parts.iter().enumerate().flat_map(|(line, (_, shares))| {
        let places = &places;
        shares.iter().map(move |share| Posting {
            line,
            tender: places[share.tender],
            amount: share.amount.negated(),
            vat: share.vat.negated(),
        })
    });
    let postings = postings.collect();
    let lines: Vec<IncomeLine> = parts.into_iter().map(|(line, _)| line).collect();
    let total = lines.iter().map(|line| line.amount).sum();
    Ok(Settled { lines, tenders, postings, total })
}

/// A tender turned round, for so much of it.
fn handed_back(of: Correctable<'_>, tender: &Tender, back: Pence, index: usize, slips: &[CardSlip]) -> Result<Tender, Refusal> {
    let amount = back.negated();
    let details = match &tender.details {
        TenderDetails::Cash { .. } => TenderDetails::Cash { tendered: amount, change: Pence::ZERO },
        TenderDetails::Card(card) => {
            TenderDetails::Card(of.card_given_back(back, index, card, slips.iter().find(|slip| slip.tender == index))?)
        }
        whole if back != tender.amount => {
            let code = if whole.kind() == MopKind::Cheque { Code::ChequeNotDivisible } else { Code::PostalOrderNotDivisible };
            return Err(Refusal::new(code).with("amount", tender.amount));
        }
        whole => whole.clone(),
    };
    Ok(Tender { mop_code: tender.mop_code.clone(), amount, details })
}

/// All of them, or the first refusal. That a card payment has to be given back first is said last, when everything else is right:
/// after that money has moved.
fn whole_or_first_refusal(tenders: Vec<Result<Tender, Refusal>>) -> Result<Vec<Tender>, Refusal> {
    let other = |tender: &&Result<Tender, Refusal>| matches!(tender, Err(refusal) if refusal.code != Code::CardReversalNeeded);
    if let Some(Err(refusal)) = tenders.iter().find(other) {
        return Err(refusal.clone());
    }
    tenders.into_iter().collect()
}

/// How a refund is paid, as chosen and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefundDraft {
    /// The MOP.
    pub mop_code: String,
    /// For a card: the terminal's slip of the refund.
    #[serde(default)]
    #[ts(optional)]
    pub slip: Option<CardSlip>,
    /// For a cheque that is asked for: whom it is made out to.
    #[serde(default)]
    pub payee: String,
}

/// A refund: so much of some lines, paid back in one way that the council's policy allows.
///
/// # Errors
/// More than remains, nothing, a way or an amount that the policy doesn't allow, more to a card than was paid by card.
pub fn refund(council: &Council, of: Correctable<'_>, wanted: &[CorrectedLine], by: &RefundDraft) -> Result<Settled, Refusal> {
    let lines: Vec<IncomeLine> = of.parts(wanted, &mut [])?.into_iter().map(|(line, _)| line).collect();
    let total: Pence = lines.iter().map(|line| line.amount).sum();
    let method = council.refund_methods.iter().find(|method| method.mop_code == by.mop_code);
    let mop = council.mop(&by.mop_code).filter(|mop| !mop.disabled);
    let (method, mop) = method.zip(mop).ok_or_else(|| Refusal::new(Code::RefundMethodNotAllowed))?;
    if total.negated() > of.refundable(method) {
        return Err(Refusal::new(Code::RefundAboveMaximum).with("maximum", of.refundable(method)));
    }
    let details = match mop.kind {
        MopKind::Cash => TenderDetails::Cash { tendered: total, change: Pence::ZERO },
        MopKind::Card if total.negated() > of.left_by_card => {
            return Err(Refusal::new(Code::RefundAbovePaidByCard).with("maximum", of.left_by_card));
        }
        MopKind::Card => TenderDetails::Card(match (of.driven_card(total.negated()), &by.slip) {
            (Some((index, card)), slip) => of.card_given_back(total.negated(), index, card, slip.as_ref())?,
            (None, slip) => slip.clone().unwrap_or_default().read()?,
        }),
        MopKind::Internal => TenderDetails::ChequeRequest { payee: payee(&by.payee)? },
        MopKind::Cheque | MopKind::PostalOrder => return Err(Refusal::new(Code::RefundMethodNotAllowed)),
    };
    let postings = lines.iter().enumerate().map(|(line, part)| Posting { line, tender: 0, amount: part.amount, vat: part.vat }).collect();
    Ok(Settled { lines, tenders: vec![Tender { mop_code: by.mop_code.clone(), amount: total, details }], postings, total })
}

fn payee(typed: &str) -> Result<String, Refusal> {
    let name = free_text(typed)?;
    if name.is_empty() { Err(Refusal::new(Code::PayeeMissing)) } else { Ok(name) }
}

/// A transfer: so much of one line goes to another account. `to` is the line as a sale would take it, of the same amount. The two
/// postings sum to zero, and no money moves.
///
/// # Errors
/// More than remains, nothing, or an account that is the line's own.
pub fn transfer(of: Correctable<'_>, part: CorrectedLine, to: IncomeLine, mop_code: &str) -> Result<Settled, Refusal> {
    let (from, _) =
        of.parts(&[part], &mut [])?.pop().filter(|_| to.amount == part.amount).ok_or_else(|| Refusal::new(Code::CorrectionEmpty))?;
    if from.fund_code == to.fund_code && from.reference == to.reference {
        return Err(Refusal::new(Code::TransferToItself));
    }
    let postings = vec![
        Posting { line: 0, tender: 0, amount: from.amount, vat: from.vat },
        Posting { line: 1, tender: 0, amount: to.amount, vat: to.vat },
    ];
    let tender = Tender { mop_code: mop_code.to_owned(), amount: Pence::ZERO, details: TenderDetails::Internal };
    Ok(Settled { lines: vec![from, to], tenders: vec![tender], postings, total: Pence::ZERO })
}
