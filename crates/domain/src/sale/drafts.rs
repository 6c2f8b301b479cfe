//! What a cashier types: lines and tenders, before anybody has looked at them.

use crate::council::MopKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A line as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineDraft {
    /// The fund.
    pub fund_code: String,
    /// The reference.
    pub reference: String,
    /// Pounds as people type them.
    pub amount: String,
    /// Another VAT code than the fund's, where the fund allows.
    #[serde(default)]
    #[ts(optional)]
    pub vat_code: Option<String>,
    /// Free text.
    #[serde(default)]
    pub narrative: String,
    /// Take it although the account's message stops it: every payment, or the cheque that is given. Needs the right to.
    #[serde(default)]
    pub override_stop: bool,
    /// Why, as the code of one of the council's reasons for it, where it has any.
    #[serde(default)]
    pub override_reason: String,
    /// Who pays, where the fund asks and no account says it.
    #[serde(default)]
    pub payer_name: String,
    /// Where they live, on one line.
    #[serde(default)]
    pub payer_address: String,
}

/// A tender as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TenderDraft {
    /// Notes and coins.
    Cash {
        /// The MOP.
        mop_code: String,
        /// What was handed over.
        tendered: String,
    },
    /// A cheque.
    Cheque {
        /// The MOP.
        mop_code: String,
        /// Its amount.
        amount: String,
        /// Six digits, dashes and spaces allowed.
        sort_code: String,
        /// Eight digits.
        account: String,
        /// Six digits.
        number: String,
        /// Who signed it.
        drawer: String,
        /// `2026-11-23`.
        dated: String,
    },
    /// A card on a stand-alone terminal.
    Card {
        /// The MOP.
        mop_code: String,
        /// The amount on its slip.
        amount: String,
        /// The amount once more.
        amount_again: String,
        /// The terminal.
        terminal: String,
        /// Authorisation code.
        authorisation: String,
        /// Last four digits.
        last_four: String,
    },
    /// A card payment that a terminal of the till's own has approved.
    Terminal {
        /// The MOP.
        mop_code: String,
        /// Which payment.
        transaction_id: String,
    },
    /// A postal order.
    PostalOrder {
        /// The MOP.
        mop_code: String,
        /// Its amount.
        amount: String,
        /// Its serial number.
        number: String,
    },
}

impl TenderDraft {
    pub(super) fn mop_code(&self) -> &str {
        match self {
            TenderDraft::Cash { mop_code, .. }
            | TenderDraft::Cheque { mop_code, .. }
            | TenderDraft::Card { mop_code, .. }
            | TenderDraft::Terminal { mop_code, .. }
            | TenderDraft::PostalOrder { mop_code, .. } => mop_code,
        }
    }

    pub(super) fn kind(&self) -> MopKind {
        match self {
            TenderDraft::Cash { .. } => MopKind::Cash,
            TenderDraft::Cheque { .. } => MopKind::Cheque,
            TenderDraft::Card { .. } | TenderDraft::Terminal { .. } => MopKind::Card,
            TenderDraft::PostalOrder { .. } => MopKind::PostalOrder,
        }
    }

    /// The field of its amount.
    pub(super) fn amount_field(&self) -> &'static str {
        match self {
            TenderDraft::Cash { .. } => "tendered",
            TenderDraft::Terminal { .. } => "transaction_id",
            _ => "amount",
        }
    }
}
