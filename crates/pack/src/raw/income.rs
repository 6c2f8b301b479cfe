//! What money is taken for and how: funds.toml, mops.csv, vat.csv, messages.csv.

use super::text::{Amount, Fraction, GlCode, LedgerCode, MessageId, Name, Names, RuleName, Sentence, Sentences, VatCodeText, YesNo};
use counterfoil_domain::council::MopKind;
use schemars::JsonSchema;
use serde::Deserialize;

/// funds.toml: kinds of income, in the order in which the counter shows them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FundsFile {
    /// One entry for each fund.
    #[schemars(length(min = 1, max = 500))]
    pub(crate) funds: Vec<FundEntry>,
}

/// A kind of income.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FundEntry {
    /// 1–5 letters and digits, as in the ledger.
    pub(crate) code: LedgerCode,
    /// What cashier and customer call it.
    pub(crate) name: Names,
    /// What its reference is called.
    pub(crate) reference_label: Option<Names>,
    /// Help with its reference that may be shown. Never its format.
    pub(crate) reference_hint: Option<Sentences>,
    /// The VAT code of its lines, from vat.csv.
    pub(crate) vat_code: VatCodeText,
    /// May a cashier choose another VAT code?
    #[serde(default)]
    pub(crate) vat_override: bool,
    /// The most that one line may be, in pounds.
    pub(crate) maximum: Amount,
    /// May more be paid than is owed?
    #[serde(default)]
    pub(crate) may_overpay: bool,
    /// Must the account be in the extract?
    #[serde(default)]
    pub(crate) account_must_exist: bool,
    /// Is the payer's address needed where there is no account?
    #[serde(default)]
    pub(crate) address_needed: bool,
    /// A validator of validators.toml; without one any reference of 1 to 30 characters will do.
    pub(crate) validator: Option<RuleName>,
    /// Offered at the counter?
    #[serde(default)]
    pub(crate) at_counter: bool,
    /// The general ledger's code, where income is exported to it.
    pub(crate) gl_code: Option<GlCode>,
    /// The fund for money that can't yet be identified; a pack has one.
    #[serde(default)]
    pub(crate) suspense: bool,
    /// No longer in use: kept for old receipts, not offered.
    #[serde(default)]
    pub(crate) disabled: bool,
}

/// One row of mops.csv: a method of payment.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MopRow {
    /// 1–5 letters and digits, as in the ledger.
    pub(crate) code: LedgerCode,
    /// What it is called, on the receipt too.
    pub(crate) name: Name,
    /// Its name in Welsh.
    pub(crate) name_cy: Option<Name>,
    /// What is asked with it.
    pub(crate) kind: MopKindText,
    /// The least that one tender may be, in pounds; empty is 0.
    pub(crate) minimum: Option<Amount>,
    /// The most that one tender may be, in pounds.
    pub(crate) maximum: Amount,
    /// No longer in use; empty is no.
    pub(crate) disabled: Option<YesNo>,
}

/// What is asked with a method of payment; `internal` is not taken at a counter.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MopKindText {
    Cash,
    Cheque,
    Card,
    PostalOrder,
    Internal,
}

impl MopKindText {
    pub(crate) fn kind(self) -> MopKind {
        match self {
            MopKindText::Cash => MopKind::Cash,
            MopKindText::Cheque => MopKind::Cheque,
            MopKindText::Card => MopKind::Card,
            MopKindText::PostalOrder => MopKind::PostalOrder,
            MopKindText::Internal => MopKind::Internal,
        }
    }
}

/// One row of vat.csv: a VAT code and its rate.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VatRow {
    /// 1–2 letters and digits, as in the ledger.
    pub(crate) code: VatCodeText,
    /// A share: 0.2 is 20 %.
    pub(crate) rate: Fraction,
    /// No longer in use; empty is no.
    pub(crate) disabled: Option<YesNo>,
}

/// One row of messages.csv: a message that an account can carry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageRow {
    /// The number that the extract uses.
    pub(crate) id: MessageId,
    /// The fund it belongs to, from funds.toml.
    pub(crate) fund_code: LedgerCode,
    /// What the cashier reads.
    pub(crate) text: Sentence,
    /// The same in Welsh.
    pub(crate) text_cy: Option<Sentence>,
    /// May no payment be taken?
    pub(crate) stops_payments: YesNo,
    /// May no cheque be taken?
    pub(crate) stops_cheques: YesNo,
}
