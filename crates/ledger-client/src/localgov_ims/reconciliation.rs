//! Both sides held against each other, receipt by receipt: what the till took and what the IMS has.

use super::outgoing::OutgoingReceipt;
use super::progress::{Fault, Trouble};
use super::rows::{Comparison, RowToPost, StoredRow};
use counterfoil_domain::Pence;
use serde::Serialize;

/// So many rows, worth so much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CountAndValue {
    /// How many.
    pub count: u64,
    /// What they come to.
    pub amount_pence: Pence,
}

impl CountAndValue {
    fn add(&mut self, amount: Pence) {
        self.count += 1;
        self.amount_pence = self.amount_pence.plus(amount);
    }

    fn add_all(&mut self, other: CountAndValue) {
        self.count += other.count;
        self.amount_pence = self.amount_pence.plus(other.amount_pence);
    }
}

/// What both sides have, and where they differ. Everything is counted in postings; a receipt that couldn't be asked about is in
/// `not_known` and in no other figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reconciliation {
    /// Receipts that were asked about and answered.
    pub receipts: u64,
    /// What the till has of them.
    pub till: CountAndValue,
    /// What the IMS has of them.
    pub ims: CountAndValue,
    /// At the till, not in the IMS; the value is the till's.
    pub missing: CountAndValue,
    /// In the IMS, not at the till; the value is the IMS's.
    pub extra: CountAndValue,
    /// In both, not the same; the value is the IMS's less the till's.
    pub different: CountAndValue,
    /// The receipts that differ.
    pub differences: Vec<ReceiptDifference>,
    /// Receipts that couldn't be asked about, by number, with the reason in words.
    pub not_known: Vec<(String, String)>,
}

/// Where one receipt differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReceiptDifference {
    /// The receipt's number.
    pub number: String,
    /// At the till, not in the IMS.
    pub missing: CountAndValue,
    /// In the IMS, not at the till.
    pub extra: CountAndValue,
    /// In both, not the same.
    pub different: CountAndValue,
    /// The IMS's references of the rows that are extra or different.
    pub references: Vec<String>,
}

impl Reconciliation {
    /// Does everything agree, and was everything answered?
    pub fn agrees(&self) -> bool {
        self.differences.is_empty() && self.not_known.is_empty()
    }

    /// The receipt can't be in the IMS as it is.
    pub(super) fn not_mapped(&mut self, receipt: &OutgoingReceipt, fault: Fault) {
        self.not_known.push((receipt.receipt.number.clone(), fault.to_string()));
    }

    /// The IMS was asked about a receipt.
    pub(super) fn asked(&mut self, receipt: &OutgoingReceipt, expected: &[RowToPost], found: Result<Vec<StoredRow>, Trouble>) {
        let number = receipt.receipt.number.clone();
        let found = match found {
            Ok(found) => found,
            Err(trouble) => return self.not_known.push((number, trouble.to_string())),
        };
        self.receipts += 1;
        expected.iter().for_each(|row| self.till.add(row.row.amount));
        found.iter().for_each(|row| self.ims.add(row.amount));
        if let Some(difference) = difference(number, expected, &found) {
            self.missing.add_all(difference.missing);
            self.extra.add_all(difference.extra);
            self.different.add_all(difference.different);
            self.differences.push(difference);
        }
    }
}

/// Rows without a partner on the other side. As many as there are on both sides are the same posting told differently; what
/// remains is missing or extra. A row that is one of ours once more is always extra.
fn difference(number: String, expected: &[RowToPost], found: &[StoredRow]) -> Option<ReceiptDifference> {
    let comparison = Comparison::of(expected, found);
    let (missing, extra) = (comparison.missing(), &comparison.extra);
    if missing.is_empty() && extra.is_empty() {
        return None;
    }
    let twice = |at: &&usize| expected.iter().any(|own| Some(&own.row) == found[**at].row.as_ref());
    let (again, others): (Vec<&usize>, Vec<&usize>) = extra.iter().partition(twice);
    let mut result = ReceiptDifference { number, ..ReceiptDifference::default() };
    result.references = extra.iter().map(|at| found[*at].reference.clone()).collect();
    for (row, at) in missing.iter().zip(&others) {
        result.different.add(found[**at].amount.minus(expected[*row].row.amount));
    }
    missing.iter().skip(others.len()).for_each(|row| result.missing.add(expected[*row].row.amount));
    others.iter().skip(missing.len()).chain(&again).for_each(|at| result.extra.add(found[**at].amount));
    Some(result)
}
