//! Approvals: which actions need a second person, and above which amounts. The council's pack decides; that the two are
//! different people doesn't depend on any pack.

use crate::Pence;
use crate::council::{Council, User};
use crate::refusal::{Code, Refusal};
use crate::rights::Right;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that can need a second person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Reversing a receipt in its own session.
    Void,
    /// Paying a receipt back later.
    Refund,
    /// Moving a line to another account, or money out of suspense.
    Transfer,
    /// Moving cash from drawer to safe.
    Lift,
    /// Putting cash into the drawer, or changing it.
    FloatChange,
    /// Opening the drawer without a sale.
    NoSale,
    /// Taking a payment although a message stops it.
    OverrideStop,
    /// Rejecting a count that was given.
    RejectCount,
    /// Closing with a difference above the council's tolerance. Always needs a second person, whatever the pack says.
    Variance,
    /// Making a deposit of what was counted. Always needs a second person, whatever the pack says.
    Banking,
    /// Giving somebody a new PIN, disabling them, or letting them in again.
    ChangeUser,
}

/// From which amount on an action needs a second person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApprovalRule {
    /// The action.
    pub action: Action,
    /// Above this; zero is always, for an action without an amount too.
    pub above: Pence,
}

impl Council {
    /// Does this need a second person? `amount` is what the action moves, without its sign; zero for one without an amount.
    pub fn needs_approval(&self, action: Action, amount: Pence) -> bool {
        matches!(action, Action::Variance | Action::Banking)
            || self.approvals.iter().any(|rule| rule.action == action && (rule.above.is_zero() || amount.0.abs() > rule.above.0))
    }

    /// May this person approve what `requester` asks for?
    ///
    /// # Errors
    /// [`Code::ApproverIsRequester`] when they are the same, [`Code::ApproverMayNot`] without the right to.
    pub fn approves(&self, approver: &User, requester: &str) -> Result<(), Refusal> {
        if approver.code.eq_ignore_ascii_case(requester) {
            return Err(Refusal::new(Code::ApproverIsRequester));
        }
        if self.may(approver, Right::Approve) { Ok(()) } else { Err(Refusal::new(Code::ApproverMayNot)) }
    }
}
