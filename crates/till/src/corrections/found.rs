//! What is left of a receipt to be taken back, and how it may go back.

use crate::api::corrections::PartOfLine;
use crate::cards;
use crate::error::TillError;
use crate::receipts::{Kept, kept};
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::GivenBack;
use counterfoil_domain::cash_up::MopAmount;
use counterfoil_domain::correction::{Correctable, CorrectedLine, CorrectionKind};
use counterfoil_domain::council::MopKind;
use counterfoil_domain::money::parse_amount;
use counterfoil_domain::receipt::{Tender, TenderDetails};
use counterfoil_store::{Reading, ReceiptRow};
use std::collections::BTreeMap;

/// A receipt with what was taken back of it, as the store has it at one moment.
pub(super) struct Found {
    pub row: ReceiptRow,
    pub kept: Kept,
    corrected: Vec<Pence>,
    transferred: Pence,
    paid: Paid,
    pub given_back: Vec<GivenBack>,
    returned: BTreeMap<String, Pence>,
}

/// What a customer paid, wherever transfers have moved it since.
struct Paid {
    /// In which session.
    session: u64,
    /// What may still go back to a card.
    left_by_card: Pence,
    /// What refunds came to, by MOP.
    refunded: Vec<MopAmount>,
    /// What voids and refunds gave back.
    back: Pence,
    /// What terminals gave back and no void or refund says: a supervisor has closed those reversals.
    closed: Pence,
    /// What may still go back in any way.
    left: Pence,
}

impl Paid {
    /// Follows a receipt of a transfer to the payment behind it, and that payment to everything that was taken back of it.
    fn behind(reading: &Reading<'_>, row: &ReceiptRow) -> Result<Paid, TillError> {
        let unknown = || TillError::not_done("receipt-unknown");
        let mut origin = row.clone();
        while origin.kind == counterfoil_store::ReceiptKind::Transfer {
            let of = kept(reading, origin.seq)?.correction.ok_or_else(unknown)?.of_serial;
            origin = reading.receipt(of)?.ok_or_else(unknown)?;
        }
        let receipt = kept(reading, origin.seq)?.receipt;
        let mut paid = Paid {
            session: origin.session,
            left_by_card: paid_by_card(&receipt.tenders),
            refunded: Vec::new(),
            back: Pence::ZERO,
            closed: cards::returned_of(reading, &receipt)?.into_values().sum(),
            left: Pence::ZERO,
        };
        let (mut open, mut seen) = (vec![origin.serial], vec![origin.serial]);
        while let Some(of) = open.pop() {
            for correction in reading.corrections_of(of)? {
                if seen.contains(&correction.serial) {
                    continue;
                }
                seen.push(correction.serial);
                match correction.kind {
                    counterfoil_store::ReceiptKind::Transfer => open.push(correction.serial),
                    kind => {
                        paid.goes_back(kind, kept(reading, reading.receipt(correction.serial)?.ok_or_else(unknown)?.seq)?.receipt.tenders)
                    }
                }
            }
        }
        paid.left_by_card = Pence(paid.left_by_card.minus(paid.closed).0.max(0));
        paid.left = Pence(receipt.total.minus(paid.back).minus(paid.closed).0.max(0));
        Ok(paid)
    }

    fn goes_back(&mut self, kind: counterfoil_store::ReceiptKind, tenders: Vec<Tender>) {
        self.left_by_card = Pence(self.left_by_card.plus(paid_by_card(&tenders)).0.max(0));
        for tender in tenders {
            let amount = tender.amount.negated();
            self.back = self.back.plus(amount);
            if matches!(&tender.details, TenderDetails::Card(card) if !card.transaction_id.is_empty()) {
                self.closed = self.closed.minus(amount);
            }
            if kind == counterfoil_store::ReceiptKind::Refund {
                self.refunded.push(MopAmount { mop_code: tender.mop_code, amount });
            }
        }
    }
}

fn paid_by_card(tenders: &[Tender]) -> Pence {
    tenders.iter().filter(|tender| tender.details.kind() == MopKind::Card).map(|tender| tender.amount).sum()
}

impl Found {
    pub fn read(reading: &Reading<'_>, number: &str) -> Result<Found, TillError> {
        let row = reading.receipt_by_number(number.trim())?.ok_or_else(|| TillError::not_done("receipt-unknown"))?;
        let kept = kept(reading, row.seq)?;
        let rows = reading.corrections_of(row.serial)?;
        let mut corrected = vec![Pence::ZERO; kept.receipt.lines.len()];
        for correction in &rows {
            if let Some(line) = corrected.get_mut(correction.line) {
                *line = line.plus(correction.amount);
            }
        }
        let transfers = rows.iter().filter(|correction| correction.kind == counterfoil_store::ReceiptKind::Transfer);
        let transferred = transfers.map(|correction| correction.amount).sum();
        let given_back = cards::given_back_of(reading, &kept.receipt)?;
        let returned = cards::returned_of(reading, &kept.receipt)?;
        Ok(Found { paid: Paid::behind(reading, &row)?, row, kept, corrected, transferred, given_back, returned })
    }

    /// What this comes to for the council's rules on approval, with what went before it: in parts it is the same correction.
    pub fn comes_to(&self, kind: CorrectionKind, wanted: &[CorrectedLine]) -> Pence {
        let earlier = if kind == CorrectionKind::Transfer { self.transferred } else { self.paid.back };
        earlier.plus(wanted.iter().map(|part| part.amount).sum())
    }

    pub fn correctable(&self) -> Correctable<'_> {
        Correctable {
            receipt: &self.kept.receipt,
            corrected: &self.corrected,
            left_by_card: self.paid.left_by_card,
            refunded: &self.paid.refunded,
            given_back: &self.given_back,
            returned: &self.returned,
        }
    }

    /// Why nothing of it can be taken back in this way in this session, as a code.
    pub fn stands_in_the_way(&self, kind: CorrectionKind, session: u64) -> Option<&'static str> {
        let own_session = self.row.session == session;
        match (self.row.kind, kind) {
            (counterfoil_store::ReceiptKind::OverOrShort, _) => Some("correction-of-over-short"),
            (counterfoil_store::ReceiptKind::Void | counterfoil_store::ReceiptKind::Refund, _) => Some("correction-of-correction"),
            _ if self.correctable().remains_altogether().is_zero() => Some("correction-nothing-left"),
            (counterfoil_store::ReceiptKind::Transfer, CorrectionKind::Void) => Some("void-of-transfer"),
            (_, CorrectionKind::Void) if !own_session => Some("void-other-session"),
            (counterfoil_store::ReceiptKind::Taken, CorrectionKind::Refund) if own_session => Some("refund-same-session"),
            (_, CorrectionKind::Refund) if self.paid.session == session => Some("refund-transferred-same-session"),
            _ => None,
        }
    }

    /// How much of it may still be paid back, in whatever way.
    pub fn left_to_pay_back(&self) -> Pence {
        self.correctable().remains_altogether().min(self.paid.left)
    }

    /// What a terminal gave back already, for a void or a refund that was never written, goes back in no other way either.
    pub fn not_back_already(&self, kind: CorrectionKind, wanted: &[CorrectedLine]) -> Result<(), TillError> {
        let amount: Pence = wanted.iter().map(|part| part.amount).sum();
        if kind == CorrectionKind::Transfer || !self.paid.closed.is_positive() || amount <= self.paid.left {
            return Ok(());
        }
        Err(TillError::not_done("card-given-back-already").with("left", self.paid.left))
    }

    pub fn may_be(&self, kind: CorrectionKind, session: u64) -> Result<(), TillError> {
        self.stands_in_the_way(kind, session).map_or(Ok(()), |code| Err(TillError::not_done(code)))
    }

    /// The parts as typed; nothing typed is all that is left.
    pub fn wanted(&self, parts: &[PartOfLine]) -> Result<Vec<CorrectedLine>, TillError> {
        let part = |part: &PartOfLine| {
            let typed = part.amount.trim();
            let amount = if typed.is_empty() { self.correctable().remains(part.line) } else { parse_amount(typed)? };
            Ok(CorrectedLine { line: part.line, amount })
        };
        parts.iter().map(part).collect()
    }
}
