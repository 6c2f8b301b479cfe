//! Banking: what closed sessions have for the bank, and the deposit that takes it there.

use crate::Pence;
use crate::council::{Council, Denomination, MopKind};
use crate::day_end::{BankBag, Deposit, ZRead, bag_number};
use crate::money::parse_amount;
use crate::refusal::{Code, Refusal};
use crate::session::CountedDenomination;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sealed bag as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BagDraft {
    /// The bag's number.
    pub number: String,
    /// The seal's number, where the bag has one of its own.
    #[serde(default)]
    pub seal: String,
    /// What it holds; nothing in the only bag is all of it.
    #[serde(default)]
    pub amount: String,
}

impl ZRead {
    /// The cash of this session that is for the bank: what was counted, less the next float, with what was lifted to the safe.
    pub fn cash_for_bank(&self, council: &Council) -> Pence {
        let cash = self.mops.iter().filter(|mop| council.mop(&mop.mop_code).is_some_and(|mop| mop.kind == MopKind::Cash));
        let counted: Pence = cash.map(|mop| mop.counted).sum();
        counted.minus(self.float_left).plus(self.totals.lifts.amount)
    }
}

impl Deposit {
    /// Cash banked above what the counts say is above zero; less is below.
    pub fn difference(&self) -> Pence {
        self.cash_total.minus(self.cash_expected)
    }

    /// Must somebody say why? Not where exactly what was counted is banked, with or without what was kept back before.
    pub fn needs_reason(&self) -> bool {
        !self.difference().is_zero() && self.difference() != self.kept_back
    }

    /// What is kept back after it.
    pub fn still_kept_back(&self) -> Pence {
        self.kept_back.minus(self.difference())
    }

    /// Everything that is paid in.
    pub fn total(&self) -> Pence {
        self.cash_total.plus(self.cheque_total).plus(self.postal_order_total)
    }
}

/// The number of a paying-in slip as typed, in upper case.
///
/// # Errors
/// [`Code::SlipNumberNotValid`], [`Code::CardNumberTyped`].
pub fn slip_number(typed: &str) -> Result<String, Refusal> {
    bag_number(typed).map_err(|refusal| match refusal.code {
        Code::CardNumberTyped => refusal,
        _ => Refusal::new(Code::SlipNumberNotValid),
    })
}

/// Banks take coin in full bags only.
///
/// # Errors
/// [`Code::BagNotFull`], with the first denomination that leaves some over and what a bag of it holds.
pub fn whole_bags(denominations: &[Denomination], counts: &[CountedDenomination]) -> Result<(), Refusal> {
    for count in counts {
        let kind = denominations.iter().find(|kind| kind.code == count.denomination);
        let Some((kind, bag)) = kind.and_then(|kind| kind.bag.map(|bag| (kind, bag))) else { continue };
        if kind.value.0.saturating_mul(count.pieces) % bag.0.max(1) != 0 {
            return Err(Refusal::new(Code::BagNotFull).with("denomination", &kind.code).with("bag", bag));
        }
    }
    Ok(())
}

/// The bags that hold the cash: at least one where there is cash, each number once, together exactly the cash.
///
/// # Errors
/// The first bag that can't be, or [`Code::BagsDoNotAddUp`].
pub fn sealed_bags(drafts: &[BagDraft], cash: Pence) -> Result<Vec<BankBag>, Refusal> {
    let mut bags: Vec<BankBag> = Vec::new();
    for draft in drafts {
        let number = bag_number(&draft.number)?;
        if bags.iter().any(|bag| bag.number == number) {
            return Err(Refusal::new(Code::BagTwice).with("bag", number));
        }
        let seal = if draft.seal.trim().is_empty() { String::new() } else { bag_number(&draft.seal)? };
        let amount = if draft.amount.trim().is_empty() && drafts.len() == 1 { cash } else { parse_amount(&draft.amount)? };
        bags.push(BankBag { number, seal, amount });
    }
    let held: Pence = bags.iter().map(|bag| bag.amount).sum();
    if held != cash {
        return Err(Refusal::new(Code::BagsDoNotAddUp).with("held", held).with("cash", cash));
    }
    Ok(bags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::MoneyForm;
    use proptest::prelude::*;

    fn denominations() -> Vec<Denomination> {
        let kind = |code: &str, value, form, bag: Option<i64>| Denomination {
            code: code.into(),
            name: None,
            value: Pence(value),
            form,
            bag: bag.map(Pence),
        };
        vec![
            kind("20", 2_000, MoneyForm::Note, None),
            kind("1-pound", 100, MoneyForm::Coin, Some(2_000)),
            kind("50p", 50, MoneyForm::Coin, Some(1_000)),
        ]
    }

    fn counted(denomination: &str, pieces: i64) -> CountedDenomination {
        CountedDenomination { denomination: denomination.into(), pieces }
    }

    fn bag(number: &str, amount: &str) -> BagDraft {
        BagDraft { number: number.into(), seal: String::new(), amount: amount.into() }
    }

    fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Code {
        result.expect_err("refused").code
    }

    #[test]
    fn coin_goes_to_the_bank_in_full_bags_and_notes_as_they_are() {
        assert_eq!(whole_bags(&denominations(), &[counted("20", 3), counted("1-pound", 40), counted("50p", 20)]), Ok(()));
        let refused = whole_bags(&denominations(), &[counted("1-pound", 20), counted("50p", 19)]).expect_err("refused");
        assert_eq!((refused.code, refused.args["denomination"].as_str()), (Code::BagNotFull, "50p"));
    }

    #[test]
    fn one_bag_holds_everything_unless_it_says_otherwise() {
        let bags = sealed_bags(&[bag("b-1", "")], Pence(12_345)).expect("a bag");
        assert_eq!(bags, [BankBag { number: "B-1".into(), seal: String::new(), amount: Pence(12_345) }]);
        assert_eq!(code(sealed_bags(&[bag("b-1", "100")], Pence(12_345))), Code::BagsDoNotAddUp);
    }

    #[test]
    fn bags_have_numbers_of_their_own_and_hold_exactly_the_cash() {
        assert_eq!(code(sealed_bags(&[], Pence(1))), Code::BagsDoNotAddUp);
        assert_eq!(sealed_bags(&[], Pence(0)), Ok(vec![]));
        assert_eq!(code(sealed_bags(&[bag("A1", "1"), bag("a1", "1")], Pence(200))), Code::BagTwice);
        assert_eq!(code(sealed_bags(&[bag("A 1", "2")], Pence(200))), Code::BagNumberNotValid);
        assert_eq!(code(sealed_bags(&[bag("A1", ""), bag("A2", "2")], Pence(200))), Code::AmountMissing);
        assert_eq!(code(slip_number("")), Code::SlipNumberNotValid);
        assert_eq!(slip_number(" 000123 ").as_deref(), Ok("000123"));
    }

    proptest! {
        #[test]
        fn bags_are_taken_exactly_when_they_add_up(amounts in prop::collection::vec(1i64..100_000, 1..6), off in -5i64..5) {
            let drafts: Vec<BagDraft> =
                amounts.iter().enumerate().map(|(place, amount)| bag(&format!("B{place}"), &Pence(*amount).plain())).collect();
            let cash = Pence(amounts.iter().sum::<i64>() + off);
            prop_assert_eq!(sealed_bags(&drafts, cash).is_ok(), off == 0);
        }
    }
}
