//! One row of an extract.

use crate::names::Name;
use crate::places::Address;
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use rand::{Rng, RngExt};

/// One account holder, in the columns of LocalGov IMS's AccountHolder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Valid for the fund.
    pub reference: String,
    /// The fund.
    pub fund_code: String,
    /// Owed; below zero is in credit.
    pub balance: Pence,
    /// Charged in this period.
    pub period_debit: Pence,
    /// Paid in this period.
    pub period_credit: Pence,
    /// Person or firm.
    pub name: Name,
    /// Where bills go.
    pub address: Address,
    /// A message that the fund has.
    pub message_id: Option<u32>,
    /// The day of the balance.
    pub last_updated: NaiveDate,
}

/// One of the list, which must not be empty.
pub fn pick<T: Copy>(rng: &mut impl Rng, list: &[T]) -> T {
    list[rng.random_range(0..list.len())]
}

impl Holder {
    /// The row, column by column.
    pub fn columns(&self) -> [String; 19] {
        let line = |number: usize| self.address.lines.get(number).cloned().unwrap_or_default();
        [
            self.reference.clone(),
            self.fund_code.clone(),
            pounds(self.balance),
            pounds(self.period_debit),
            pounds(self.period_credit),
            self.name.title.to_owned(),
            self.name.forename.to_owned(),
            self.name.surname.clone(),
            line(0),
            line(1),
            line(2),
            line(3),
            self.address.postcode.clone(),
            "1".to_owned(),
            String::new(),
            String::new(),
            String::new(),
            self.message_id.map(|id| id.to_string()).unwrap_or_default(),
            self.last_updated.to_string(),
        ]
    }
}

/// `1204.50`, `-3.07`: as a ledger's extract writes it.
fn pounds(amount: Pence) -> String {
    let pence = amount.0.unsigned_abs();
    format!("{}{}.{:02}", if amount.0 < 0 { "-" } else { "" }, pence / 100, pence % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_in_pounds_with_both_pence() {
        for (pence, written) in [(120_450, "1204.50"), (-307, "-3.07"), (5, "0.05"), (0, "0.00"), (-10_000, "-100.00")] {
            assert_eq!(pounds(Pence(pence)), written);
        }
    }
}
