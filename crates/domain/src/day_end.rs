//! The papers of a day's end as data: cash movements, the Z read, the deposit.

use crate::Pence;
use crate::card_number::holds_card_number;
use crate::card_payment::TerminalAgainst;
use crate::cash_up::{MopCount, TenderKey};
use crate::correction::ReasonGiven;
use crate::council::Denomination;
use crate::receipt::{ChequeDetails, Receipt};
use crate::refusal::{Code, Refusal};
use crate::session::{CountedDenomination, counted_value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why cash went into or out of the drawer without a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MovementKind {
    /// From drawer to safe, in a sealed and numbered bag.
    Lift,
    /// From safe to drawer.
    TopUp,
    /// Notes for coin, or coin for notes: worth the same.
    Exchange,
}

/// Cash that moved between drawer and safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CashMovement {
    /// Why.
    pub kind: MovementKind,
    /// A lift's bag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bag: String,
    /// What went out of the drawer.
    pub out: Vec<CountedDenomination>,
    /// What came into it.
    #[serde(rename = "in")]
    pub into: Vec<CountedDenomination>,
    /// What the drawer holds more by; a lift is below zero, an exchange nothing.
    pub amount: Pence,
}

/// The longest number of a bag, in characters.
const MAX_BAG: usize = 20;

impl CashMovement {
    /// Cash to the safe; `drawer` is what the drawer should hold.
    ///
    /// # Errors
    /// No bag number, nothing counted, more than the drawer holds.
    pub fn lift(kinds: &[Denomination], bag: &str, out: Vec<CountedDenomination>, drawer: Pence) -> Result<CashMovement, Refusal> {
        let bag = bag_number(bag)?;
        let value = taken_out(kinds, &out, drawer)?;
        Ok(CashMovement { kind: MovementKind::Lift, bag, out, into: Vec::new(), amount: value.negated() })
    }

    /// Cash from the safe.
    ///
    /// # Errors
    /// Nothing counted.
    pub fn top_up(kinds: &[Denomination], into: Vec<CountedDenomination>) -> Result<CashMovement, Refusal> {
        let amount = some_cash(kinds, &into)?;
        Ok(CashMovement { kind: MovementKind::TopUp, bag: String::new(), out: Vec::new(), into, amount })
    }

    /// Notes for coin or coin for notes; `drawer` is what the drawer should hold.
    ///
    /// # Errors
    /// Nothing counted, two sides that aren't worth the same, more than the drawer holds.
    pub fn exchange(
        kinds: &[Denomination],
        out: Vec<CountedDenomination>,
        into: Vec<CountedDenomination>,
        drawer: Pence,
    ) -> Result<CashMovement, Refusal> {
        let (worth, comes_in) = (some_cash(kinds, &out)?, some_cash(kinds, &into)?);
        if worth != comes_in {
            return Err(Refusal::new(Code::ExchangeUneven).with("out", worth).with("in", comes_in));
        }
        taken_out(kinds, &out, drawer)?;
        Ok(CashMovement { kind: MovementKind::Exchange, bag: String::new(), out, into, amount: Pence::ZERO })
    }

    /// What it is worth, whichever way it went.
    pub fn value(&self, kinds: &[Denomination]) -> Pence {
        let counts = if self.out.is_empty() { &self.into } else { &self.out };
        counted_value(kinds, counts).unwrap_or_default()
    }
}

fn some_cash(kinds: &[Denomination], counts: &[CountedDenomination]) -> Result<Pence, Refusal> {
    let value = counted_value(kinds, counts)?;
    if value.is_positive() { Ok(value) } else { Err(Refusal::new(Code::NothingMoved)) }
}

fn taken_out(kinds: &[Denomination], out: &[CountedDenomination], drawer: Pence) -> Result<Pence, Refusal> {
    let value = some_cash(kinds, out)?;
    if value > drawer { Err(Refusal::new(Code::AboveDrawer)) } else { Ok(value) }
}

/// A bag's number as typed, in upper case.
pub(crate) fn bag_number(typed: &str) -> Result<String, Refusal> {
    if holds_card_number(typed) {
        return Err(Refusal::new(Code::CardNumberTyped));
    }
    let number = typed.trim().to_uppercase();
    let plain = number.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/'));
    if number.is_empty() || number.len() > MAX_BAG || !plain {
        return Err(Refusal::new(Code::BagNumberNotValid));
    }
    Ok(number)
}

/// Takings of one MOP in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MopTakings {
    /// The MOP.
    pub mop_code: String,
    /// Σ postings, before any over or short.
    pub amount: Pence,
    /// How many postings.
    #[ts(type = "number")]
    pub count: u64,
}

/// Takings of one fund in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FundTakings {
    /// The fund.
    pub fund_code: String,
    /// Σ postings, before any over or short.
    pub amount: Pence,
    /// The VAT in it.
    pub vat: Pence,
    /// How many postings.
    #[ts(type = "number")]
    pub count: u64,
}

/// Takings under one VAT code in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VatTakings {
    /// The code.
    pub vat_code: String,
    /// Σ postings.
    pub gross: Pence,
    /// The VAT in it.
    pub vat: Pence,
}

/// How many of a thing, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tally {
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
    /// What they come to.
    pub amount: Pence,
}

/// What a session comes to: the X read while it is open, and the body of its Z read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionTotals {
    /// Takings by MOP.
    pub mops: Vec<MopTakings>,
    /// Takings by fund.
    pub funds: Vec<FundTakings>,
    /// Takings by VAT code.
    pub vat: Vec<VatTakings>,
    /// Receipts of takings.
    pub receipts: Tally,
    /// Voids.
    pub voids: Tally,
    /// Refunds.
    pub refunds: Tally,
    /// Transfers, by what they moved.
    pub transfers: Tally,
    /// Lifts to the safe, as an amount above zero.
    pub lifts: Tally,
    /// Float top-ups.
    pub top_ups: Tally,
    /// Drawer openings without a sale.
    #[ts(type = "number")]
    pub drawer_openings: u64,
    /// The first and the last receipt's number; empty when there is none.
    #[serde(default)]
    pub first_receipt: String,
    /// See above.
    #[serde(default)]
    pub last_receipt: String,
}

/// The closing read of a session: written once, never reset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ZRead {
    /// Its number in the till's own series, from 1, without gaps.
    #[ts(type = "number")]
    pub number: u64,
    /// The session.
    #[ts(type = "number")]
    pub session: u64,
    /// Whose session it was.
    pub user_code: String,
    /// Where.
    pub office_code: String,
    /// On which till.
    pub till_code: String,
    /// When it was opened, ms since 1970 UTC.
    #[ts(type = "number")]
    pub opened_at_ms: i64,
    /// The counted float.
    pub float: Pence,
    /// What it came to.
    pub totals: SessionTotals,
    /// Which count was accepted.
    pub attempt: u32,
    /// Expected and counted by MOP.
    pub mops: Vec<MopCount>,
    /// What the terminals that the till drives said of themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub driven: Vec<TerminalAgainst>,
    /// The accepted count's notes and coins.
    pub cash: Vec<CountedDenomination>,
    /// The accepted count's cheques and postal orders.
    pub ticked: Vec<TenderKey>,
    /// Why it is over or short; needed above the tolerance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonGiven>,
    /// The difference as income of the over/short fund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_short: Option<Receipt>,
    /// What stays in the drawer for the next session; the rest of the counted cash goes to the bank.
    pub float_left: Pence,
    /// The journal's end just before this entry: number and hash, printed so that somebody else holds it.
    #[ts(type = "number")]
    pub head_seq: u64,
    /// In hexadecimal.
    pub head_hash: String,
}

/// A cheque in a deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BankedCheque {
    /// The receipt it came with.
    pub number: String,
    /// The cheque.
    pub cheque: ChequeDetails,
    /// Its amount.
    pub amount: Pence,
}

/// A sealed bag in a deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BankBag {
    /// The bag's number.
    pub number: String,
    /// The seal's number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seal: String,
    /// What it holds.
    pub amount: Pence,
}

/// Closed sessions' money on its way to the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Deposit {
    /// Its number in the till's own series, from 1, without gaps.
    #[ts(type = "number")]
    pub number: u64,
    /// The paying-in slip's number.
    pub slip: String,
    /// The Z reads whose money it is.
    pub z_reads: Vec<u64>,
    /// Notes and coins.
    pub cash: Vec<CountedDenomination>,
    /// Their value.
    pub cash_total: Pence,
    /// Sealed bags.
    pub bags: Vec<BankBag>,
    /// Cheques.
    pub cheques: Vec<BankedCheque>,
    /// Their sum.
    pub cheque_total: Pence,
    /// Postal orders' sum: paid in like cheques.
    #[serde(default)]
    pub postal_order_total: Pence,
    /// What the counts say that there should be in cash: counted, less floats left, with the lifts.
    pub cash_expected: Pence,
    /// Counted for earlier deposits and not banked with them, before this one: coin that filled no bag, as a rule.
    #[serde(default)]
    pub kept_back: Pence,
    /// Why cash isn't what was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonGiven>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::MoneyForm;
    use proptest::prelude::*;

    fn kinds() -> Vec<Denomination> {
        let kind =
            |code: &str, value| Denomination { code: code.into(), name: None, value: Pence(value), form: MoneyForm::Note, bag: None };
        vec![kind("20", 2_000), kind("5", 500), kind("1p", 1)]
    }

    fn counts(list: &[(&str, i64)]) -> Vec<CountedDenomination> {
        list.iter().map(|(code, pieces)| CountedDenomination { denomination: (*code).into(), pieces: *pieces }).collect()
    }

    fn code<T>(result: Result<T, Refusal>) -> Option<Code> {
        result.err().map(|refusal| refusal.code)
    }

    #[test]
    fn a_lift_takes_what_was_counted_out_of_the_drawer_and_no_more_than_it_holds() {
        let lift = CashMovement::lift(&kinds(), " ab-12 ", counts(&[("20", 25)]), Pence(50_000)).expect("a lift");
        assert_eq!((lift.bag.as_str(), lift.amount, lift.value(&kinds())), ("AB-12", Pence(-50_000), Pence(50_000)));
        let above = CashMovement::lift(&kinds(), "1", counts(&[("20", 25)]), Pence(49_999)).expect_err("more than there is");
        assert_eq!((above.code, above.args.is_empty()), (Code::AboveDrawer, true), "how much there is stays unsaid");
    }

    #[test]
    fn a_bag_has_a_number() {
        for bag in ["", "  ", "A B", "123456789012345678901", "£1", "1\n2"] {
            assert_eq!(code(CashMovement::lift(&kinds(), bag, counts(&[("5", 1)]), Pence(500))), Some(Code::BagNumberNotValid), "{bag}");
        }
    }

    #[test]
    fn an_exchange_is_worth_the_same_both_ways_and_changes_nothing_in_the_drawer() {
        let even = CashMovement::exchange(&kinds(), counts(&[("20", 1)]), counts(&[("5", 4)]), Pence(2_000)).expect("even");
        assert_eq!((even.amount, even.value(&kinds())), (Pence::ZERO, Pence(2_000)));
        let uneven = CashMovement::exchange(&kinds(), counts(&[("20", 1)]), counts(&[("5", 3)]), Pence(2_000));
        assert_eq!(code(uneven), Some(Code::ExchangeUneven));
        let above = CashMovement::exchange(&kinds(), counts(&[("20", 1)]), counts(&[("5", 4)]), Pence(1_999));
        assert_eq!(code(above), Some(Code::AboveDrawer));
    }

    #[test]
    fn nothing_is_no_movement() {
        assert_eq!(code(CashMovement::lift(&kinds(), "1", Vec::new(), Pence(1))), Some(Code::NothingMoved));
        assert_eq!(code(CashMovement::top_up(&kinds(), counts(&[("20", 0)]))), Some(Code::NothingMoved));
        assert_eq!(code(CashMovement::exchange(&kinds(), Vec::new(), Vec::new(), Pence(1))), Some(Code::NothingMoved));
        assert_eq!(code(CashMovement::top_up(&kinds(), counts(&[("20", -1)]))), Some(Code::CountNotValid));
    }

    proptest! {
        #[test]
        fn whatever_is_counted_the_drawer_never_goes_below_nothing(
            list in prop::collection::vec((0usize..4, any::<i64>()), 0..4),
            drawer in any::<i64>(),
            bag in ".*",
        ) {
            let codes = ["20", "5", "1p", "unknown"];
            let counts: Vec<CountedDenomination> =
                list.iter().map(|(kind, pieces)| CountedDenomination { denomination: codes[*kind].into(), pieces: *pieces }).collect();
            if let Ok(lift) = CashMovement::lift(&kinds(), &bag, counts.clone(), Pence(drawer)) {
                prop_assert!(lift.amount.0 < 0 && drawer + lift.amount.0 >= 0);
            }
            if let Ok(top_up) = CashMovement::top_up(&kinds(), counts.clone()) {
                prop_assert!(top_up.amount.is_positive());
            }
            let _ = CashMovement::exchange(&kinds(), counts.clone(), counts, Pence(drawer));
        }
    }
}
