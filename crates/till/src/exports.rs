//! Postings for finance and auditors, as files.

use crate::error::TillError;
use crate::receipts;
use crate::table::Needs;
use crate::till::Till;
use crate::views;
use chrono::NaiveDate;
use counterfoil_domain::rights::Right;
use serde::Serialize;

/// One posting as it is exported. Amounts are in pounds as text (`-12.50`), exact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExportedPosting {
    /// The receipt's number.
    pub receipt_number: String,
    /// Its place among the receipt's postings, from 1.
    pub posting: u64,
    /// The council's date, `2026-11-23`.
    pub date: String,
    /// The council's time, `2026-11-23 10:42`.
    pub taken_at: String,
    /// Where it was taken.
    pub office_code: String,
    /// By which till.
    pub till_code: String,
    /// By whom.
    pub user_code: String,
    /// The fund.
    pub fund_code: String,
    /// The general ledger's code, where the fund has one.
    pub general_ledger_code: String,
    /// The account reference.
    pub account_reference: String,
    /// The MOP.
    pub mop_code: String,
    /// The share.
    pub amount: String,
    /// The VAT code.
    pub vat_code: String,
    /// The share's VAT.
    pub vat_amount: String,
    /// Free text.
    pub narrative: String,
}

impl Till {
    /// Every posting of the days from `from` to `to`, both included, in journal order, one after the other. Needs somebody
    /// signed in with the right to.
    ///
    /// # Errors
    /// `signed-out`, `right-missing`, the store's own, and whatever `take` answers.
    pub fn export_postings(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        take: &mut dyn FnMut(ExportedPosting) -> Result<(), TillError>,
    ) -> Result<(), TillError> {
        self.caller(Needs::Right(Right::ExportPostings))?;
        let council = self.core.council()?;
        self.core.store.read(|reading| {
            let mut last: Option<(u64, receipts::Kept)> = None;
            reading.each_posting(from, to, |row| {
                let kept = match last.take().filter(|(seq, _)| *seq == row.seq) {
                    Some((_, kept)) => kept,
                    None => receipts::kept(reading, row.seq)?,
                };
                let place = usize::try_from(row.n).unwrap_or_default();
                let line = kept.receipt.postings.get(place).and_then(|posting| kept.receipt.lines.get(posting.line));
                let exported = ExportedPosting {
                    taken_at: views::moment(&self.core, row.at_ms),
                    office_code: kept.receipt.office_code.clone(),
                    till_code: kept.receipt.till_code.clone(),
                    general_ledger_code: council.fund(&row.fund_code).and_then(|fund| fund.gl_code.clone()).unwrap_or_default(),
                    narrative: line.map(|line| line.narrative.clone()).unwrap_or_default(),
                    receipt_number: row.number,
                    posting: row.n + 1,
                    date: row.day,
                    user_code: row.user_code,
                    fund_code: row.fund_code,
                    account_reference: row.reference,
                    mop_code: row.mop_code,
                    amount: row.amount.plain(),
                    vat_code: row.vat_code,
                    vat_amount: row.vat.plain(),
                };
                last = Some((row.seq, kept));
                take(exported)
            })
        })
    }
}
