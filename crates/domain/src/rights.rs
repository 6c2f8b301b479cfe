//! What a signed-in person may do. A role in the council's pack is a list of these.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Open a session on this till.
    OpenSession,
    /// Find accounts and take payments.
    TakePayments,
    /// Find, show and reprint receipts.
    SeeReceipts,
    /// Take a payment although the account's message stops it.
    OverrideStops,
    /// Release a user whom five failures have locked.
    ReleaseUsers,
    /// Import account-holder extracts.
    ImportAccounts,
    /// Apply a council pack and set up the till.
    Administer,
    /// See why a reference fits a fund or doesn't.
    CheckReferences,
    /// Export postings.
    ExportPostings,
    /// Void a receipt in its own session.
    VoidReceipts,
    /// Refund a receipt later.
    RefundReceipts,
    /// Move a line to another account, and money out of suspense.
    TransferLines,
    /// Lifts, float top-ups, exchanges, and opening the drawer without a sale.
    MoveCash,
    /// Count and close one's own session.
    CashUp,
    /// See what a session comes to before it is counted, reject a count, close somebody else's session.
    SuperviseSessions,
    /// Approve what somebody else asks for.
    Approve,
    /// Make deposits of closed sessions.
    Bank,
    /// See reports and the audit trail.
    SeeReports,
    /// Give somebody a new PIN, disable them, let them in again.
    ManageUsers,
}
