//! Card payments at a terminal that the till drives: what the journal says of them.
//!
//! The rule behind all of it: a customer is never charged twice. A payment is written down before anything is sent, sent once,
//! and until its outcome is known nothing else takes its place.

use crate::Pence;
use crate::receipt::{CardDetails, Tender, TenderDetails};
use crate::sale::{LineDraft, Settled};
use crate::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is kept of an approved payment. Never the card's number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Approval {
    /// What was authorised: at most what was asked, less for a partial approval.
    pub amount: Pence,
    /// Authorisation code.
    pub authorisation: String,
    /// The last four digits; empty where the terminal doesn't say.
    pub last_four: String,
    /// Such as `visa`.
    pub scheme: String,
    /// Such as `contactless`, `chip`, `swiped`.
    pub entry_mode: String,
    /// The terminal's id at the acquirer.
    pub terminal_id: String,
    /// The merchant's id at the acquirer.
    pub merchant_id: String,
    /// The card's application.
    pub aid: String,
    /// The terminal's own reference of the payment, by which it is reversed.
    pub terminal_reference: String,
    /// The customer has to sign, and the cashier to look.
    pub signature: bool,
    /// The terminal's receipts, unaltered.
    pub receipts: Vec<ReceiptCopy>,
}

impl Approval {
    /// What a receipt keeps of it.
    pub fn details(&self, transaction_id: &str) -> CardDetails {
        CardDetails {
            terminal: self.terminal_id.clone(),
            authorisation: self.authorisation.clone(),
            last_four: self.last_four.clone(),
            scheme: self.scheme.clone(),
            entry_mode: self.entry_mode.clone(),
            merchant_id: self.merchant_id.clone(),
            aid: self.aid.clone(),
            terminal_reference: self.terminal_reference.clone(),
            transaction_id: transaction_id.to_owned(),
            receipts: self.receipts.clone(),
        }
    }
}

/// A receipt as the terminal wants it printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptCopy {
    /// For the customer; otherwise for the merchant.
    pub customer: bool,
    /// Its lines: a name and a value; either may be empty.
    pub lines: Vec<(String, String)>,
}

/// A card payment that is about to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardIntent {
    /// Our own id of it, a UUID.
    pub transaction_id: String,
    /// What the terminal knows it by; at this till never used again.
    pub service_id: String,
    /// Which terminal.
    pub terminal: String,
    /// What the till calls itself there: the terminal answers about the payment only when it is asked under the same name. Empty where
    /// the terminal needs none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub known_as: String,
    /// The MOP.
    pub mop_code: String,
    /// How much is asked for.
    pub amount: Pence,
    /// The sale that it pays.
    pub sale_id: String,
    /// The basket as typed: a sale that isn't paid whole can be taken up again.
    pub lines: Vec<LineDraft>,
    /// The sale, where this payment is all that it lacks: it is committed as soon as the payment is approved, by whoever learns of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completes: Option<Box<ReceiptDraft>>,
}

/// A sale that balances but for a card payment's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptDraft {
    /// The sale; the card's details are still empty.
    pub sale: Settled,
    /// The receipt's language.
    pub language: Language,
    /// SHA-256 of what would be typed to take it, in hexadecimal.
    pub content: String,
}

impl ReceiptDraft {
    /// The sale with the approval in its place; none when it isn't of exactly the amount that the sale lacks.
    pub fn settled(&self, transaction_id: &str, approval: &Approval) -> Option<Settled> {
        let mut settled = self.sale.clone();
        let card = settled.tenders.iter_mut().find(|tender| is_of(tender, transaction_id)).filter(|card| card.amount == approval.amount)?;
        card.details = TenderDetails::Card(approval.details(transaction_id));
        Some(settled)
    }
}

/// Is this the tender of that card payment?
fn is_of(tender: &Tender, transaction_id: &str) -> bool {
    matches!(&tender.details, TenderDetails::Card(card) if card.transaction_id == transaction_id)
}

/// A reversal that is about to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardReversal {
    /// Our own id of it, a UUID.
    pub transaction_id: String,
    /// What the terminal knows it by; at this till never used again.
    pub service_id: String,
    /// Which terminal.
    pub terminal: String,
    /// What the till calls itself there, as of a payment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub known_as: String,
    /// The payment that it gives back.
    pub of: String,
    /// How much of it.
    pub amount: Pence,
    /// The customer's signature was refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signature_refused: bool,
}

/// What became of a payment or a reversal that was sent, as the terminal says, or of one that never left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum CardOutcome {
    /// The money was taken, or is given back.
    Approved {
        /// What is kept of it.
        approval: Box<Approval>,
    },
    /// It wasn't.
    Declined {
        /// The terminal's word for why.
        condition: String,
        /// What the terminal printed about it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        receipts: Vec<ReceiptCopy>,
    },
    /// It was given up.
    Aborted {
        /// What the terminal printed about it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        receipts: Vec<ReceiptCopy>,
    },
    /// The terminal never heard of it.
    NotFound,
    /// Nothing of it left the till.
    NotSent {
        /// Why, as a code.
        why: String,
    },
}

impl CardOutcome {
    /// What the terminal printed about it.
    pub fn receipts(&self) -> &[ReceiptCopy] {
        match self {
            CardOutcome::Approved { approval } => &approval.receipts,
            CardOutcome::Declined { receipts, .. } | CardOutcome::Aborted { receipts } => receipts,
            CardOutcome::NotFound | CardOutcome::NotSent { .. } => &[],
        }
    }
}

/// Where a card payment or a reversal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CardState {
    /// Written down; nothing has been sent.
    Intended,
    /// It may have begun at the terminal.
    Sent,
    /// Nobody knows what became of it: a person decides.
    Unresolved,
    /// Approved, if the customer's signature matches.
    Signature,
    /// Approved, and in no receipt yet.
    Approved,
    /// It is being given back.
    Reversing,
    /// In a receipt; a reversal: given back, and nothing more is to be done.
    Used,
    /// No money moved.
    Free,
    /// Given back.
    Reversed,
}

impl CardState {
    /// Each of them.
    pub const ALL: [CardState; 9] = [
        CardState::Intended,
        CardState::Sent,
        CardState::Unresolved,
        CardState::Signature,
        CardState::Approved,
        CardState::Reversing,
        CardState::Used,
        CardState::Free,
        CardState::Reversed,
    ];

    /// Its name, as it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            CardState::Intended => "intended",
            CardState::Sent => "sent",
            CardState::Unresolved => "unresolved",
            CardState::Signature => "signature",
            CardState::Approved => "approved",
            CardState::Reversing => "reversing",
            CardState::Used => "used",
            CardState::Free => "free",
            CardState::Reversed => "reversed",
        }
    }

    /// Something has still to be done about it, so that its session can't be counted.
    pub fn is_open(self) -> bool {
        !matches!(self, CardState::Used | CardState::Free | CardState::Reversed)
    }
}

/// An approved payment that a sale may be paid with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovedCard {
    /// Which.
    pub transaction_id: String,
    /// The MOP that it was begun with.
    pub mop_code: String,
    /// What was authorised.
    pub amount: Pence,
    /// What a receipt keeps of it.
    pub details: CardDetails,
}

/// What a terminal's own books say since it was last reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TerminalTally {
    /// Payments approved.
    pub payments: u32,
    /// What they come to.
    pub paid: Pence,
    /// Reversals and refunds.
    pub reversals: u32,
    /// What they come to.
    pub reversed: Pence,
}

impl TerminalTally {
    /// What it has taken since an earlier reading, less what it gave back; all that it has where it was reset in between.
    pub fn since(self, earlier: TerminalTally) -> Pence {
        let reset = self.payments < earlier.payments || self.reversals < earlier.reversals;
        let before = if reset { TerminalTally::default() } else { earlier };
        self.paid.minus(before.paid).minus(self.reversed.minus(before.reversed))
    }
}

/// What a terminal says that it took in a session, beside what the till knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TerminalAgainst {
    /// The terminal, as the settings name it.
    pub terminal: String,
    /// What it says; nothing where it wasn't compared.
    pub says: Pence,
    /// What the till knows of.
    pub known: Pence,
    /// The terminal didn't say its totals when the session was counted, or took something after it had.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_compared: bool,
}

impl TerminalAgainst {
    /// Above zero where the terminal has more than the till knows of; nothing where it wasn't compared.
    pub fn difference(&self) -> Pence {
        if self.not_compared { Pence::ZERO } else { self.says.minus(self.known) }
    }
}

/// A reversal that the terminal has approved, of a payment that is in a receipt, and that is in no receipt itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenBack {
    /// Of which payment.
    pub of: String,
    /// How much went back.
    pub amount: Pence,
    /// What a receipt keeps of it.
    pub details: CardDetails,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(amount: i64) -> ReceiptDraft {
        let details = TenderDetails::Card(CardDetails { transaction_id: "t".into(), ..CardDetails::default() });
        let tender = Tender { mop_code: "3".into(), amount: Pence(amount), details };
        let sale = Settled { lines: Vec::new(), tenders: vec![tender], postings: Vec::new(), total: Pence(amount) };
        ReceiptDraft { sale, language: Language::English, content: String::new() }
    }

    #[test]
    fn a_terminal_s_own_total_is_what_was_added_since_also_when_it_was_reset_meanwhile() {
        let tally =
            |payments, paid, reversals, reversed| TerminalTally { payments, paid: Pence(paid), reversals, reversed: Pence(reversed) };
        assert_eq!(tally(5, 5_000, 1, 300).since(tally(2, 2_000, 0, 0)), Pence(2_700));
        assert_eq!(tally(1, 700, 0, 0).since(tally(2, 2_000, 1, 100)), Pence(700));
    }

    #[test]
    fn a_draft_becomes_a_sale_by_its_own_payment_of_exactly_what_it_lacks() {
        let approval = Approval { amount: Pence(1_000), last_four: "4242".into(), ..Approval::default() };
        let settled = draft(1_000).settled("t", &approval).expect("settled");
        let TenderDetails::Card(card) = &settled.tenders[0].details else { panic!("no card") };
        assert_eq!((card.last_four.as_str(), card.transaction_id.as_str()), ("4242", "t"));
        assert_eq!(draft(1_001).settled("t", &approval), None, "a partial approval");
        assert_eq!(draft(1_000).settled("other", &approval), None);
    }
}
