//! Coins, notes and the council's policies: denominations.toml, policies.toml.

use super::text::{Amount, Fraction, LedgerCode, Names, Slug};
use counterfoil_domain::approval::Action;
use counterfoil_domain::council::MoneyForm;
use schemars::JsonSchema;
use serde::Deserialize;

/// denominations.toml: coins and notes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DenominationsFile {
    /// The denominations; the counter shows the largest first.
    #[schemars(length(min = 1, max = 60))]
    pub(crate) denominations: Vec<DenominationEntry>,
}

/// One denomination of cash.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DenominationEntry {
    /// Its code, such as `20` or `20-scottish`.
    pub(crate) code: Slug,
    /// What tells it from others of the same value, such as whose note it is.
    pub(crate) name: Option<Names>,
    /// What one is worth, in pounds.
    pub(crate) value: Amount,
    /// Note or coin.
    pub(crate) form: FormText,
    /// What a full bag of coins is worth, in pounds.
    pub(crate) bag: Option<Amount>,
}

/// A Bank of England note, another bank's note, or a coin.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FormText {
    Note,
    OtherNote,
    Coin,
}

impl FormText {
    pub(crate) fn form(self) -> MoneyForm {
        match self {
            FormText::Note => MoneyForm::Note,
            FormText::OtherNote => MoneyForm::OtherNote,
            FormText::Coin => MoneyForm::Coin,
        }
    }
}

/// policies.toml: limits, tolerances and floats.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PoliciesFile {
    /// The most cash taken from one customer in a day, in pounds; without it there is no limit.
    pub(crate) cash_limit: Option<Amount>,
    /// How old a cheque may be, in months. Bank practice is six.
    #[schemars(range(min = 1, max = 12))]
    pub(crate) cheque_max_age_months: u32,
    /// The float that a session should open with, in pounds.
    pub(crate) float: Amount,
    /// How far the counted float may be from it, in pounds; 0 is not at all.
    pub(crate) float_tolerance: Amount,
    /// How far a count may be from what is expected before a supervisor is needed, in pounds.
    pub(crate) variance_tolerance: Amount,
    /// Failures after which a user is locked.
    #[schemars(range(min = 1, max = 20))]
    pub(crate) sign_in_failures: u32,
    /// The screen locks after this many minutes without a key.
    #[schemars(range(min = 1, max = 240))]
    pub(crate) lock_after_minutes: u32,
    /// An extract is refused when more than this share of its rows is bad: 0.01 is one in a hundred.
    pub(crate) bad_rows_limit: Fraction,
    /// Quick notes on the paying screen, in pounds.
    #[serde(default)]
    #[schemars(length(max = 6))]
    pub(crate) quick_notes: Vec<Amount>,
    /// Cash in the drawer above which a lift to the safe is due, in pounds.
    pub(crate) drawer_limit: Option<Amount>,
    /// The fund that over and short are posted to at cash-up.
    pub(crate) over_short_fund: LedgerCode,
    /// The MOP of transfers between accounts; one that isn't for the counter.
    pub(crate) transfer_mop: LedgerCode,
    /// Which actions need a second person. Closing with a difference above the tolerance always does.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(crate) approvals: Vec<ApprovalEntry>,
    /// How a refund may be paid; none is no refunds.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub(crate) refund_methods: Vec<RefundEntry>,
}

/// One action that needs a second person.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApprovalEntry {
    /// The action.
    pub(crate) action: ActionText,
    /// Only above this, in pounds; without it always.
    pub(crate) above: Option<Amount>,
}

/// Something that can need a second person.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ActionText {
    Void,
    Refund,
    Transfer,
    Lift,
    FloatChange,
    NoSale,
    OverrideStop,
    RejectCount,
    Banking,
    ChangeUser,
}

impl ActionText {
    pub(crate) fn action(self) -> Action {
        match self {
            ActionText::Void => Action::Void,
            ActionText::Refund => Action::Refund,
            ActionText::Transfer => Action::Transfer,
            ActionText::Lift => Action::Lift,
            ActionText::FloatChange => Action::FloatChange,
            ActionText::NoSale => Action::NoSale,
            ActionText::OverrideStop => Action::OverrideStop,
            ActionText::RejectCount => Action::RejectCount,
            ActionText::Banking => Action::Banking,
            ActionText::ChangeUser => Action::ChangeUser,
        }
    }
}

/// One way to pay a refund.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundEntry {
    /// The MOP: cash, card, or one that isn't for the counter, which is a request for a cheque.
    pub(crate) mop: LedgerCode,
    /// The most that one refund may be, in pounds.
    pub(crate) maximum: Amount,
}
