//! A receipt's postings as the rows that the IMS keeps, and the comparison of the two.

use super::outgoing::OutgoingReceipt;
use super::progress::Fault;
use chrono::NaiveDateTime;
use counterfoil_domain::Pence;
use counterfoil_domain::correction::CorrectionKind;
use counterfoil_domain::ims_codes::ImsCodes;
use rust_decimal::Decimal;

/// What its database keeps of a narrative.
const NARRATIVE_WIDTH: usize = 100;

/// What two rows are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub fund_code: String,
    pub account_reference: String,
    pub mop_code: String,
    pub amount: Pence,
    pub vat: Pence,
    pub narrative: String,
}

/// A row to be posted: what is compared, and the rest that is sent with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowToPost {
    pub row: Row,
    pub psp_reference: String,
    pub office_code: String,
    pub transaction_date: NaiveDateTime,
    pub user_code: i32,
    pub vat_code: String,
    pub vat_rate: Decimal,
}

/// A row that the IMS shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoredRow {
    /// As far as it can be compared; nothing of a row whose amounts aren't whole pence.
    pub row: Option<Row>,
    /// Its amount, to the nearest penny.
    pub amount: Pence,
    /// The IMS's own reference.
    pub reference: String,
}

/// The rows of a receipt, one a posting, in its order.
///
/// # Errors
/// The [`Fault`] of a receipt that this IMS can't keep as it is.
pub(super) fn rows_of(outgoing: &OutgoingReceipt, codes: &ImsCodes) -> Result<Vec<RowToPost>, Fault> {
    let receipt = &outgoing.receipt;
    let not_mapped = || Fault::UserNotMapped { user_code: outgoing.user_code.clone() };
    let user_code = codes.user(&outgoing.user_code).ok_or_else(not_mapped)?;
    let rows = receipt.postings.iter().map(|posting| {
        let line = receipt.lines.get(posting.line).ok_or(Fault::NotWhole)?;
        let tender = receipt.tenders.get(posting.tender).ok_or(Fault::NotWhole)?;
        let row = RowToPost {
            row: Row {
                fund_code: codes.fund(&line.fund_code).to_owned(),
                account_reference: line.reference.clone(),
                mop_code: codes.mop(&tender.mop_code, posting.amount.0 < 0).to_owned(),
                amount: posting.amount,
                vat: posting.vat,
                narrative: narrative(&line.narrative, outgoing.corrects.as_ref()),
            },
            psp_reference: receipt.number.clone(),
            office_code: codes.office(&receipt.office_code).to_owned(),
            transaction_date: outgoing.taken_at,
            user_code,
            vat_code: codes.vat_code(&line.vat_code).to_owned(),
            vat_rate: line.vat_rate,
        };
        fits(&row).map(|()| row)
    });
    rows.collect()
}

/// The line's narrative; a correction begins with what it corrects, since the IMS has no other place for it.
fn narrative(line: &str, corrects: Option<&(CorrectionKind, String)>) -> String {
    let line = line.trim();
    let whole = match corrects {
        None => line.to_owned(),
        Some((kind, of)) => {
            let kind = match kind {
                CorrectionKind::Void => "Void",
                CorrectionKind::Refund => "Refund",
                CorrectionKind::Transfer => "Transfer",
            };
            let colon = if line.is_empty() { "" } else { ": " };
            format!("{kind} of {of}{colon}{line}")
        }
    };
    cut(&whole, NARRATIVE_WIDTH).trim_end().to_owned()
}

/// The beginning of a text that takes no more than so many of the 16-bit characters that SQL Server counts in.
fn cut(text: &str, width: usize) -> &str {
    let mut taken = 0;
    let end = text.char_indices().find(|(_, character)| {
        taken += character.len_utf16();
        taken > width
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Holds a row against the widths of the IMS's database, where a longer one makes the POST fail.
fn fits(row: &RowToPost) -> Result<(), Fault> {
    let columns = [
        ("PspReference", row.psp_reference.as_str(), 30),
        ("OfficeCode", &row.office_code, 2),
        ("FundCode", &row.row.fund_code, 5),
        ("MopCode", &row.row.mop_code, 5),
        ("VatCode", &row.vat_code, 2),
        ("AccountReference", &row.row.account_reference, 30),
    ];
    match columns.into_iter().find(|(_, value, width)| cut(value, *width) != *value) {
        None => Ok(()),
        // Whose account it is belongs in no message.
        Some(("AccountReference", _, width)) => Err(Fault::TooWide { field: "AccountReference".to_owned(), code: String::new(), width }),
        Some((field, value, width)) => Err(Fault::TooWide { field: field.to_owned(), code: value.to_owned(), width }),
    }
}

/// Two lists of rows held against each other; the order of rows says nothing, their number does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    /// For each expected row, which of those found is it.
    pub found_as: Vec<Option<usize>>,
    /// Rows found that nothing was expected for.
    pub extra: Vec<usize>,
}

impl Comparison {
    pub fn of(expected: &[RowToPost], found: &[StoredRow]) -> Comparison {
        let mut left: Vec<bool> = vec![true; found.len()];
        let mut find = |row: &Row| {
            let at = (0..found.len()).find(|at| left[*at] && found[*at].row.as_ref() == Some(row))?;
            left[at] = false;
            Some(at)
        };
        let found_as = expected.iter().map(|expected| find(&expected.row)).collect();
        let extra = (0..found.len()).filter(|at| left[*at]).collect();
        Comparison { found_as, extra }
    }

    /// Expected rows that aren't there.
    pub fn missing(&self) -> Vec<usize> {
        (0..self.found_as.len()).filter(|at| self.found_as[*at].is_none()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_s_narrative_begins_with_the_receipt_that_it_corrects() {
        let refund = (CorrectionKind::Refund, "CH07-0000042".to_owned());
        assert_eq!(narrative("Paid twice", Some(&refund)), "Refund of CH07-0000042: Paid twice");
        assert_eq!(narrative("", Some(&refund)), "Refund of CH07-0000042");
        assert_eq!(narrative(" as typed ", None), "as typed");
    }

    #[test]
    fn a_narrative_is_cut_at_a_hundred_characters_as_sql_server_counts_them() {
        assert_eq!(narrative(&"ŵ".repeat(120), None).chars().count(), 100);
        assert_eq!(narrative(&"𝄞".repeat(120), None).chars().count(), 50);
        assert_eq!(narrative(&format!("{} tail", "x".repeat(99)), None).len(), 99);
    }
}
