//! Rows that an import must list and leave out, each bad in one known way.

use crate::holder::{Holder, pick};
use rand::Rng;

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BadKind {
    /// A fund that the council doesn't have.
    FundUnknown,
    /// No reference.
    ReferenceMissing,
    /// A reference of more than 30 characters.
    ReferenceTooLong,
    /// A character in the reference that can't be printed.
    ReferenceUnreadable,
    /// The fund and reference of an earlier row.
    ReferenceRepeated,
    /// A balance that is no number.
    BalanceUnreadable,
    /// A balance with a third decimal.
    BalanceTooFine,
    /// A date that no calendar has.
    DateUnreadable,
    /// A message that the fund doesn't have.
    MessageUnknown,
    /// Fewer columns than the header.
    ColumnsMissing,
}

impl BadKind {
    /// Every kind.
    pub const ALL: [BadKind; 10] = [
        BadKind::FundUnknown,
        BadKind::ReferenceMissing,
        BadKind::ReferenceTooLong,
        BadKind::ReferenceUnreadable,
        BadKind::ReferenceRepeated,
        BadKind::BalanceUnreadable,
        BadKind::BalanceTooFine,
        BadKind::DateUnreadable,
        BadKind::MessageUnknown,
        BadKind::ColumnsMissing,
    ];

    /// One of them by chance.
    pub fn any(rng: &mut impl Rng) -> BadKind {
        pick(rng, &Self::ALL)
    }

    /// A good holder's row made bad in this way. `earlier` is one that has been written.
    pub fn row(self, holder: &Holder, earlier: &Holder) -> Vec<String> {
        let mut columns = holder.columns();
        let [reference, fund, balance, .., message, date] = &mut columns;
        match self {
            BadKind::FundUnknown => *fund = "?!".into(),
            BadKind::ReferenceMissing => reference.clear(),
            BadKind::ReferenceTooLong => *reference = "9".repeat(31),
            BadKind::ReferenceUnreadable => reference.insert(1, '\u{7}'),
            BadKind::ReferenceRepeated => {
                reference.clone_from(&earlier.reference);
                fund.clone_from(&earlier.fund_code);
            }
            BadKind::BalanceUnreadable => *balance = "12O4.5O".into(),
            BadKind::BalanceTooFine => *balance = "12.345".into(),
            BadKind::DateUnreadable => *date = "2026-02-31".into(),
            BadKind::MessageUnknown => *message = "99999".into(),
            BadKind::ColumnsMissing => return columns[..7].to_vec(),
        }
        columns.to_vec()
    }
}
