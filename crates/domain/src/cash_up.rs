//! Cash-up: what was counted against what the till expects, the difference, and where it may come from.

use crate::Pence;
use crate::card_payment::TerminalAgainst;
use crate::council::{Council, Denomination, MopKind};
use crate::money::parse_amount;
use crate::posting::Posting;
use crate::receipt::{IncomeLine, Tender, TenderDetails};
use crate::refusal::{Code, Refusal};
use crate::sale::Settled;
use crate::session::{CountedDenomination, MAX_PIECES};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a denomination was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CountedBy {
    /// Pieces.
    #[default]
    Number,
    /// What they are worth; must divide by the denomination.
    Value,
    /// Full bags.
    Bags,
}

/// One box of a count, as typed. A denomination can be in several: two bags and three loose coins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountDraft {
    /// The denomination's code.
    pub denomination: String,
    /// How it was counted.
    #[serde(default)]
    pub by: CountedBy,
    /// What was typed; nothing is none.
    pub text: String,
}

/// The count as pieces, in the council's order; boxes left empty count as none.
///
/// # Errors
/// The first box that can't be: an unknown denomination, not a number, negative, absurd, a value that doesn't divide, bags of
/// something that has none. `denomination` names it.
pub fn read_count(denominations: &[Denomination], drafts: &[CountDraft]) -> Result<Vec<CountedDenomination>, Refusal> {
    let mut counts = Vec::new();
    for denomination in denominations {
        let mut pieces = 0i64;
        for draft in drafts.iter().filter(|draft| draft.denomination == denomination.code) {
            let counted = pieces_of(denomination, draft).map_err(|refusal| refusal.with("denomination", &denomination.code))?;
            pieces = pieces.saturating_add(counted);
        }
        if pieces > MAX_PIECES {
            return Err(Refusal::new(Code::CountNotValid).with("denomination", &denomination.code));
        }
        if pieces > 0 {
            counts.push(CountedDenomination { denomination: denomination.code.clone(), pieces });
        }
    }
    let unknown = drafts.iter().find(|draft| !denominations.iter().any(|known| known.code == draft.denomination));
    match unknown {
        Some(_) => Err(Refusal::new(Code::CountNotValid)),
        None => Ok(counts),
    }
}

fn pieces_of(denomination: &Denomination, draft: &CountDraft) -> Result<i64, Refusal> {
    let text = draft.text.trim();
    if text.is_empty() {
        return Ok(0);
    }
    let whole = || -> Result<i64, Refusal> {
        let digits = text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits).ok_or_else(|| Refusal::new(Code::CountNotValid))
    };
    match draft.by {
        CountedBy::Number => whole(),
        CountedBy::Value => {
            let value = parse_amount(text)?;
            if value.0 % denomination.value.0.max(1) != 0 {
                return Err(Refusal::new(Code::CountDoesNotDivide).with("value", denomination.value));
            }
            Ok(value.0 / denomination.value.0.max(1))
        }
        CountedBy::Bags => {
            let bag = denomination.bag.ok_or_else(|| Refusal::new(Code::CountNotValid))?;
            Ok(whole()?.saturating_mul(bag.0 / denomination.value.0.max(1)))
        }
    }
}

/// What a card terminal says it took, as typed. More can have gone back to cards than was taken: only here may an amount be
/// below zero.
///
/// # Errors
/// As [`parse_amount`]; nothing typed is no answer either.
pub fn read_terminal(typed: &str) -> Result<Pence, Refusal> {
    let text = typed.trim();
    match text.strip_prefix(['-', '−']) {
        Some(rest) => parse_amount(rest).map(Pence::negated),
        None => parse_amount(text),
    }
}

/// A cheque or postal order, by the receipt and the tender that it came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct TenderKey {
    /// The receipt's place in the series.
    #[ts(type = "number")]
    pub serial: u64,
    /// Which tender of it, from 0.
    pub tender: usize,
}

/// A total typed for a MOP: what the card terminal says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MopAmount {
    /// The MOP.
    pub mop_code: String,
    /// How much.
    pub amount: Pence,
}

/// One MOP of a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MopCount {
    /// The MOP.
    pub mop_code: String,
    /// What the till expected: for cash what should be in the drawer, float and lifts included.
    pub expected: Pence,
    /// What was counted.
    pub counted: Pence,
}

impl MopCount {
    /// Over is above zero, short below.
    pub fn difference(&self) -> Pence {
        self.counted.minus(self.expected)
    }
}

/// A count, frozen once it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Count {
    /// The first is 1; each recount is a new one.
    pub attempt: u32,
    /// Notes and coins.
    pub cash: Vec<CountedDenomination>,
    /// Cheques and postal orders that are there.
    pub ticked: Vec<TenderKey>,
    /// What the card terminals say.
    pub terminals: Vec<MopAmount>,
    /// Each MOP, as it stood when the count was given.
    pub mops: Vec<MopCount>,
    /// What the terminals that the till drives say of themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub driven: Vec<TerminalAgainst>,
}

impl Count {
    /// Over or short altogether, MOP by MOP: an over in one doesn't make good a short in another.
    pub fn variance(&self) -> Pence {
        self.mops.iter().map(|mop| Pence(mop.difference().0.saturating_abs())).sum()
    }

    /// Is any MOP, or any terminal's own total, further off than the council tolerates? Nobody knows that of a terminal that wasn't
    /// compared.
    pub fn beyond(&self, tolerance: Pence) -> bool {
        let mops = self.mops.iter().map(MopCount::difference);
        let off = mops.chain(self.driven.iter().map(TerminalAgainst::difference)).any(|off| off.0.saturating_abs() > tolerance.0);
        off || self.driven.iter().any(|terminal| terminal.not_compared)
    }

    /// The counted cash.
    pub fn cash_mop<'a>(&'a self, council: &Council) -> Option<&'a MopCount> {
        self.mops.iter().find(|mop| council.mop(&mop.mop_code).is_some_and(|mop| mop.kind == MopKind::Cash))
    }
}

/// How much is over and how much is short, each above zero: what is over in one MOP doesn't make good a short in another.
pub fn over_and_short(mops: &[MopCount]) -> (Pence, Pence) {
    let sum = |side: &dyn Fn(i64) -> bool| {
        mops.iter().map(MopCount::difference).filter(|off| side(off.0)).map(|off| Pence(off.0.saturating_abs())).sum()
    };
    (sum(&|off| off > 0), sum(&|off| off < 0))
}

/// The difference as income of the pack's over/short fund, so that what is posted by MOP equals what was counted; none when
/// everything agrees.
pub fn over_short(fund_code: &str, reference: &str, vat_code: &str, mops: &[MopCount]) -> Option<Settled> {
    let mut settled = Settled { lines: Vec::new(), tenders: Vec::new(), postings: Vec::new(), total: Pence::ZERO };
    for mop in mops.iter().filter(|mop| !mop.difference().is_zero()) {
        let amount = mop.difference();
        let place = settled.lines.len();
        settled.lines.push(IncomeLine {
            fund_code: fund_code.to_owned(),
            reference: reference.to_owned(),
            amount,
            vat_code: vat_code.to_owned(),
            vat_rate: Decimal::ZERO,
            vat: Pence::ZERO,
            narrative: String::new(),
            stop_overridden: None,
            override_reason: String::new(),
            payer_name: String::new(),
            payer_address: String::new(),
            in_suspense: false,
        });
        settled.tenders.push(Tender { mop_code: mop.mop_code.clone(), amount, details: TenderDetails::Internal });
        settled.postings.push(Posting { line: place, tender: place, amount, vat: Pence::ZERO });
        settled.total = settled.total.plus(amount);
    }
    (!settled.lines.is_empty()).then_some(settled)
}

/// What the variance finder looks through: one tender of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenderSeen {
    /// The receipt's number.
    pub number: String,
    /// The MOP.
    pub mop_code: String,
    /// What counts as takings.
    pub amount: Pence,
    /// Change handed back.
    pub change: Pence,
}

/// Where a difference may come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Clue {
    /// A receipt of exactly this amount.
    SameAmount {
        /// The receipt.
        number: String,
        /// Its tender.
        amount: Pence,
    },
    /// A receipt of half the amount: paid out where it should have been taken, or the other way round.
    HalfAmount {
        /// The receipt.
        number: String,
        /// Its tender.
        amount: Pence,
    },
    /// The change of this receipt is the difference: given twice, or not at all.
    Change {
        /// The receipt.
        number: String,
        /// Its change.
        amount: Pence,
    },
    /// Two figures of this receipt's amount may have been typed the wrong way round.
    Transposed {
        /// The receipt.
        number: String,
        /// As it was keyed.
        amount: Pence,
        /// With two figures turned round.
        meant: Pence,
    },
    /// One MOP is over by what another is short, and this receipt is of that amount.
    WrongMop {
        /// The receipt.
        number: String,
        /// Keyed as.
        mop_code: String,
        /// Perhaps paid by.
        other_mop_code: String,
        /// Its tender.
        amount: Pence,
    },
    /// Cash is short by a round sum: a lift to the safe may not have been recorded.
    LiftNotRecorded {
        /// The sum.
        amount: Pence,
    },
}

/// The most clues of one kind that are given: more is no help.
const MOST_OF_A_KIND: usize = 4;
/// A short of at least this, in whole £5 notes, may be a lift.
const LIKE_A_LIFT: Pence = Pence(2_000);

/// What may explain the differences of a count, likeliest first. `cash` is the cash MOP's code.
pub fn find_variance(mops: &[MopCount], cash: &str, seen: &[TenderSeen]) -> Vec<Clue> {
    let mut clues: Vec<Clue> = mops.iter().flat_map(|mop| wrong_mop(mops, mop, seen)).take(MOST_OF_A_KIND).collect();
    for mop in mops.iter().filter(|mop| !mop.difference().is_zero()) {
        let (difference, off) = (mop.difference(), mop.difference().0.saturating_abs());
        let explained =
            |tender: &TenderSeen| clues.iter().any(|clue| matches!(clue, Clue::WrongMop { number, .. } if *number == tender.number));
        let own: Vec<&TenderSeen> = seen.iter().filter(|tender| tender.mop_code == mop.mop_code && !explained(tender)).collect();
        let each = |clue: &dyn Fn(&TenderSeen) -> Option<Clue>| -> Vec<Clue> {
            own.iter().filter_map(|tender| clue(tender)).take(MOST_OF_A_KIND).collect()
        };
        clues.extend(each(&|tender| {
            let same = tender.amount.0.saturating_abs() == off;
            same.then(|| Clue::SameAmount { number: tender.number.clone(), amount: tender.amount })
        }));
        clues.extend(each(&|tender| {
            let same = tender.change.0 == off;
            same.then(|| Clue::Change { number: tender.number.clone(), amount: tender.change })
        }));
        clues.extend(each(&|tender| {
            let half = tender.amount.0.saturating_abs().checked_mul(2) == Some(off);
            half.then(|| Clue::HalfAmount { number: tender.number.clone(), amount: tender.amount })
        }));
        // Two figures the wrong way round always differ by a multiple of nine.
        if off % 9 == 0 {
            clues.extend(each(&|tender| transposed(tender, difference)));
        }
        if mop.mop_code == cash && difference.0 < 0 && off >= LIKE_A_LIFT.0 && off % 500 == 0 {
            clues.push(Clue::LiftNotRecorded { amount: Pence(off) });
        }
    }
    clues
}

/// Over in one MOP and short by the same in another: a tender of that amount may have been keyed under the wrong one.
fn wrong_mop(mops: &[MopCount], mop: &MopCount, seen: &[TenderSeen]) -> Vec<Clue> {
    if mop.difference().0 >= 0 {
        return Vec::new();
    }
    let over = mops.iter().filter(|other| other.difference() == mop.difference().negated());
    over.flat_map(|other| {
        let keyed = seen.iter().filter(|tender| tender.mop_code == mop.mop_code && tender.amount == other.difference());
        keyed.map(|tender| Clue::WrongMop {
            number: tender.number.clone(),
            mop_code: mop.mop_code.clone(),
            other_mop_code: other.mop_code.clone(),
            amount: tender.amount,
        })
    })
    .collect()
}

/// The amount with two neighbouring figures turned round, if that explains the difference: over means that more was taken than
/// keyed, or less paid back.
fn transposed(tender: &TenderSeen, difference: Pence) -> Option<Clue> {
    let digits: Vec<u8> = tender.amount.0.unsigned_abs().to_string().into_bytes();
    (1..digits.len()).find_map(|at| {
        let mut turned = digits.clone();
        turned.swap(at - 1, at);
        let turned: i64 = String::from_utf8(turned).ok()?.parse().ok()?;
        let meant = Pence(if tender.amount.0 < 0 { -turned } else { turned });
        let explains = meant != tender.amount && meant.0.checked_sub(tender.amount.0) == Some(difference.0);
        explains.then(|| Clue::Transposed { number: tender.number.clone(), amount: tender.amount, meant })
    })
}

#[cfg(test)]
mod tests;
