//! How far a receipt has got: what is written down between attempts, and what an attempt ends with.

use counterfoil_domain::Pence;
use serde::{Deserialize, Serialize};

/// What is known of a receipt's way to the IMS. Whoever keeps the queue writes it down after each attempt, and hands it back
/// with the next. A receipt that was never tried has the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryState {
    /// Until when something that was sent may still be written, in milliseconds since 1970; none when nothing is in doubt.
    pub in_doubt_until_ms: Option<i64>,
    /// The postings that the IMS answered with a clear 201.
    pub accepted: Vec<Accepted>,
    /// How often in a row a posting was refused; each time a search has shown that it wasn't stored.
    pub refusals: u32,
    /// How often in a row a posting had no proper answer.
    pub failures: u32,
    /// When a posting last failed, in milliseconds since 1970.
    pub last_failed_ms: Option<i64>,
    /// The last refusal.
    pub last_refusal: Option<LastRefusal>,
}

impl DeliveryState {
    /// What is known of a receipt after the till was started again: it may have been stopped between sending a posting and
    /// writing that down, so that everything that was not delivered yet counts as sent just now. To be called once, at the
    /// start, on every receipt that still waits.
    #[must_use]
    pub fn after_a_start(self, now_ms: i64, settle_ms: i64) -> DeliveryState {
        DeliveryState { in_doubt_until_ms: Some(now_ms.saturating_add(settle_ms)), ..self }
    }

    /// A person says: try it again. What was accepted and what is in doubt stays so. What a person has looked for in the IMS and
    /// not found begins anew with the default instead.
    #[must_use]
    pub fn released(self) -> DeliveryState {
        DeliveryState { refusals: 0, failures: 0, last_failed_ms: None, last_refusal: None, ..self }
    }
}

/// A posting that the IMS answered with a clear 201.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Which posting of the receipt, from 0.
    pub posting: usize,
    /// The IMS's own reference of it.
    pub reference: String,
}

/// A refusal of the IMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRefusal {
    /// Which posting of the receipt, from 0.
    pub posting: usize,
    /// The HTTP status.
    pub status: u16,
    /// The IMS's own words, if it had any, at most 200 characters. They may repeat what was sent: for a screen, never for a log.
    pub said: Option<String>,
}

/// One attempt at a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What it came to.
    pub delivery: Delivery,
    /// What to write down, and to hand back with the next attempt.
    pub state: DeliveryState,
}

/// What an attempt at a receipt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// All its postings are there, each once.
    Delivered {
        /// The IMS's own references, one a posting, in the receipt's order.
        references: Vec<String>,
    },
    /// Something was sent and isn't clearly stored. Try again after `until_ms`, not before; go on with other receipts meanwhile,
    /// for their passing is what tells this receipt's own fault from the IMS's.
    InDoubt {
        /// Milliseconds since 1970.
        until_ms: i64,
        /// What happened.
        trouble: Trouble,
    },
    /// The IMS or the way to it is at fault, not this receipt: leave all receipts for a while.
    Unreachable {
        /// What happened.
        trouble: Trouble,
    },
    /// This receipt is at fault, or something that only a person can decide. Put it aside with its reason, show it, go on.
    Quarantined {
        /// Why.
        fault: Fault,
    },
}

/// What goes wrong on the way to an IMS or in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// No connection: nothing was sent.
    #[error("no connection to the IMS")]
    NoConnection,
    /// It shows a certificate that isn't trusted: nothing was sent.
    #[error("the IMS's certificate isn't trusted")]
    CertificateNotTrusted,
    /// No answer in time.
    #[error("the IMS did not answer in time")]
    TimedOut,
    /// The connection ended before the answer did.
    #[error("the connection to the IMS broke before its answer was complete")]
    Broken,
    /// It, or the gateway before it, doesn't let us in.
    #[error("the IMS or its gateway refused access (HTTP {0})")]
    NotLetIn(u16),
    /// Its search failed: neither yes nor no.
    #[error("the IMS's search failed")]
    SearchFailed,
    /// Another status than the API has.
    #[error("the IMS answered with HTTP {0}")]
    Status(u16),
    /// An answer that can't be read.
    #[error("the IMS's answer can't be read")]
    Unreadable,
    /// It said that nothing is there, but nothing else of the API is there either.
    #[error("what answers at this address isn't the IMS's API")]
    NotTheApi,
    /// It answered with rows of other receipts than the one asked for.
    #[error("the IMS's search answered with other receipts than the one asked for")]
    SearchIgnored,
    /// Stored by its own word, but its search doesn't show it yet.
    #[error("the IMS has said that it is stored, and doesn't show it yet")]
    NotShownYet,
    /// A posting was refused.
    #[error("the IMS refused a posting (HTTP {0})")]
    Refused(u16),
    /// Something was sent in an earlier attempt, and the settle time hasn't passed.
    #[error("something that was sent before may still be written")]
    MayStillBeWritten,
}

/// Why a receipt needs a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum Fault {
    /// A code that the IMS can't have.
    #[error("{field} {code:?} is longer than the {width} characters that the IMS keeps")]
    TooWide {
        /// The property of the API.
        field: String,
        /// The code; none of a field that may be personal.
        code: String,
        /// How many characters there may be.
        width: usize,
    },
    /// Nobody in the IMS stands for this person.
    #[error("user {user_code:?} has no number in the IMS, and nobody stands for others")]
    UserNotMapped {
        /// Who.
        user_code: String,
    },
    /// A posting of a line or tender that the receipt doesn't have.
    #[error("the receipt's postings don't fit its lines and tenders")]
    NotWhole,
    /// Refused again and again while others pass.
    #[error("the IMS refused posting {} (HTTP {}) {tries} times while it took others: fund {fund_code}, MOP {mop_code}, office {office_code}, VAT {vat_code}, user {user_code}", .last.posting, .last.status)]
    Refused {
        /// The last refusal.
        last: LastRefusal,
        /// How often.
        tries: u32,
        /// As it was sent.
        fund_code: String,
        /// As it was sent.
        mop_code: String,
        /// As it was sent.
        office_code: String,
        /// As it was sent.
        vat_code: String,
        /// As it was sent.
        user_code: i32,
    },
    /// Never answered properly while others are.
    #[error("the IMS gave no proper answer {tries} times while it took others")]
    NeverAnswered {
        /// How often.
        tries: u32,
    },
    /// More rows than the receipt has postings: something is in the IMS twice.
    #[error("the IMS has {count} rows too many of this receipt, {amount} altogether")]
    TooMany {
        /// How many too many.
        count: usize,
        /// What they come to.
        amount: Pence,
        /// The IMS's references of them.
        references: Vec<String>,
    },
    /// Rows under this receipt's number that aren't its postings.
    #[error("the IMS has {count} rows under this receipt's number that differ from its postings, {amount} altogether")]
    Differs {
        /// How many.
        count: usize,
        /// What they come to.
        amount: Pence,
        /// The IMS's references of them.
        references: Vec<String>,
    },
    /// Stored by the IMS's own word, and not there after the settle time.
    #[error("the IMS said that a posting is stored, and its search doesn't show it: may the API's user see this fund?")]
    StoredButNotShown,
    /// The IMS shows its first rows only, so that nobody can tell what is missing.
    #[error("the IMS shows only {shown} rows of this receipt, and what it doesn't show can't be told from what it doesn't have")]
    CutOff {
        /// How many it shows.
        shown: usize,
    },
}
