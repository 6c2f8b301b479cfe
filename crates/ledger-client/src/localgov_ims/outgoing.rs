//! What goes out: a committed receipt, with what its postings don't say themselves.

use chrono::NaiveDateTime;
use counterfoil_domain::correction::CorrectionKind;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::Receipt;

/// A receipt on its way to the IMS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingReceipt {
    /// The receipt. Its number becomes the PspReference of all its postings.
    pub receipt: Receipt,
    /// When it was taken, in the council's own time.
    pub taken_at: NaiveDateTime,
    /// Who took it, by code.
    pub user_code: String,
    /// What it corrects: which kind, and the number of the receipt that is corrected.
    pub corrects: Option<(CorrectionKind, String)>,
}

impl OutgoingReceipt {
    /// The receipt of a journal entry; none for an entry that moves no money. `taken_at` is the entry's moment in the council's
    /// own time. The over or short of a cash-up is a receipt too.
    pub fn from_entry(entry: &Entry, taken_at: NaiveDateTime) -> Option<OutgoingReceipt> {
        let (receipt, corrects) = match &entry.fact {
            Fact::ReceiptTaken { receipt, .. } => (receipt, None),
            Fact::ReceiptCorrected { receipt, correction, .. } => (receipt, Some((correction.kind, correction.of.clone()))),
            Fact::SessionClosed { z } => (z.over_short.as_ref()?, None),
            _ => return None,
        };
        let user_code = entry.by.clone().unwrap_or_default();
        Some(OutgoingReceipt { receipt: receipt.clone(), taken_at, user_code, corrects })
    }
}
