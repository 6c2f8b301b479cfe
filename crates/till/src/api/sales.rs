//! The sale: pricing, taking, parking.

use crate::api::cards::CardView;
use crate::api::people::Approval;
use counterfoil_domain::Pence;
use counterfoil_domain::receipt::Receipt;
use counterfoil_domain::sale::{LineDraft, Problem, TenderDraft};
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sale's id, made before anything is typed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SaleBegun {
    /// A UUID (version 7).
    pub sale_id: String,
}

/// Price what has been typed so far.
#[derive(Clone, Debug, Default, Deserialize, TS)]
pub struct PriceSale {
    /// Lines as typed.
    pub lines: Vec<LineDraft>,
    /// Tenders as typed.
    #[serde(default)]
    pub tenders: Vec<TenderDraft>,
}

/// The basket with its sums.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PricedSale {
    /// One for each line.
    pub lines: Vec<PricedLine>,
    /// One for each tender.
    pub tenders: Vec<PricedTender>,
    /// Σ lines.
    pub total: Pence,
    /// Σ tenders, change not counted.
    pub paid: Pence,
    /// Still to pay.
    pub due: Pence,
    /// Change to hand back.
    pub change: Pence,
    /// Each beside its field.
    pub problems: Vec<Problem>,
    /// What the cashier should know; nothing of it stands in the way.
    pub warnings: Vec<Warning>,
    /// Nothing stands in the way of taking it.
    pub ready: bool,
}

/// The same amount was taken on the same account today already, or a card may have been charged for that account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Warning {
    /// Which line, from 0.
    #[ts(type = "number")]
    pub line: usize,
    /// The earlier receipt's number; empty where there is none.
    pub number: String,
    /// When that was.
    pub taken_at: String,
    /// How much a card may have been charged: nobody knows yet, and no receipt says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unclear: Option<Pence>,
}

/// A line, priced; nothing where it can't be read.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PricedLine {
    /// Gross.
    pub amount: Option<Pence>,
    /// VAT within it.
    pub vat: Option<Pence>,
}

/// A tender, priced.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PricedTender {
    /// What counts as takings.
    pub amount: Option<Pence>,
}

/// Take the payment.
#[derive(Clone, Deserialize, TS)]
pub struct TakeSale {
    /// From `sale.begin`. The same id and content again gives the same receipt; other content is refused.
    pub sale_id: String,
    /// Lines as typed.
    pub lines: Vec<LineDraft>,
    /// Tenders as typed.
    pub tenders: Vec<TenderDraft>,
    /// The receipt's language.
    #[serde(default)]
    pub language: Language,
    /// A second person, where the council wants one for a stop that is overridden, or the cashier may not do it alone.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// It is taken.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Taken {
    /// What was committed. How it prints is `receipt.show`'s to tell: nobody waits for it here.
    pub receipt: Receipt,
    /// What the customer is handed back.
    pub change: Pence,
    /// It had been taken already; this is the same receipt again.
    pub again: bool,
}

/// Put a basket aside.
#[derive(Clone, Deserialize, TS)]
pub struct ParkSale {
    /// From `sale.begin`.
    pub sale_id: String,
    /// What to call it; without one it is called by its first line.
    #[serde(default)]
    pub label: String,
    /// Lines as typed.
    pub lines: Vec<LineDraft>,
    /// A supervisor, where a card payment for it is unclear.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// One parked sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ParkedSale {
    /// Its id.
    pub sale_id: String,
    /// What it is called.
    pub label: String,
    /// What it came to.
    pub total: Pence,
    /// How many lines.
    #[ts(type = "number")]
    pub line_count: usize,
    /// When.
    pub parked_at: String,
}

/// A parked sale, by id.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WhichSale {
    /// Its id.
    pub sale_id: String,
}

/// A basket taken up again.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ResumedSale {
    /// Its id, still the same.
    pub sale_id: String,
    /// Its lines as typed.
    pub lines: Vec<LineDraft>,
    /// Card payments that were approved for it: they pay a part of it.
    pub cards: Vec<CardView>,
}
