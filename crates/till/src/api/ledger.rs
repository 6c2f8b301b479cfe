//! The ledger: how sending stands, what can be shown of a receipt and of a session.

use super::people::Approval;
use counterfoil_domain::Pence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How sending stands, for the status line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerLineState {
    /// No ledger is set up: takings stay on this till.
    None,
    /// One is set up, and this till isn't known to it yet.
    NotEnrolled,
    /// It is being asked for the first time.
    Starting,
    /// It answers.
    Up,
    /// It doesn't.
    Down,
    /// An alarm stands: nothing is sent until a person has looked.
    Halted,
}

/// The ledger's part of the status line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LedgerLine {
    /// How sending stands.
    pub state: LedgerLineState,
    /// Since when the ledger doesn't answer.
    pub down_since: Option<String>,
    /// Why nothing is sent: while it is down a stable code with words in `sending.ftl` under `why-<code>` and `what-to-do-<code>`,
    /// while it is halted the alarm's, with words under `halted-<code>`.
    pub reason: Option<String>,
    /// Receipts that wait for a person.
    #[ts(type = "number")]
    pub quarantined: u64,
    /// The first session whose totals at the ledger aren't the till's.
    #[ts(type = "number | null")]
    pub differs: Option<u64>,
}

/// Everything that is shown of the ledger.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LedgerView {
    /// How sending stands.
    pub line: LedgerLine,
    /// Its address.
    pub address: Option<String>,
    /// The file of the council's own certificate authority, where it was given one.
    pub authority: Option<String>,
    /// The number that it knows this till by.
    pub till_number: Option<u32>,
    /// Receipts that it hasn't acknowledged.
    #[ts(type = "number")]
    pub unsent_receipts: u64,
    /// Their value.
    pub unsent_value: Pence,
    /// When it acknowledged something last.
    pub last_heard: Option<String>,
    /// Why sending has stopped.
    pub alarm: Option<AlarmView>,
    /// Receipts that can't be delivered as they are, the oldest first.
    pub quarantined: Vec<QuarantinedReceipt>,
}

/// A receipt that waits for a person.
#[derive(Clone, Debug, Serialize, TS)]
pub struct QuarantinedReceipt {
    /// Its number.
    pub number: String,
    /// Its total.
    pub total: Pence,
    /// When it was taken.
    pub taken_at: String,
    /// What is at fault, stable; words for it are in `sending.ftl` under `fault-<code>`.
    pub fault: String,
    /// The ledger's own words, in English.
    pub words: String,
    /// Can it be accepted as the ledger has it?
    pub can_be_settled: bool,
}

/// Let a receipt be tried again.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReleaseReceipt {
    /// Its number.
    pub number: String,
    /// What was found, or put right.
    pub text: String,
}

/// Accept a receipt as the ledger has it: its rows there are right, and nothing more is sent.
#[derive(Clone, Deserialize, TS)]
pub struct SettleReceipt {
    /// Its number.
    pub number: String,
    /// What was found.
    pub text: String,
    /// A second person, who is always needed.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// Why sending has stopped.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AlarmView {
    /// A stable code; words for it are in `sending.ftl` under `alarm-<code>`.
    pub code: String,
    /// The entry that it is about; 0 for none.
    #[ts(type = "number")]
    pub seq: u64,
    /// When.
    pub raised_at: String,
}

/// Make this till known to a ledger.
#[derive(Clone, Debug, Default, Deserialize, TS)]
pub struct EnrolTill {
    /// The ledger's address, such as `https://ledger.example.gov.uk`.
    pub url: String,
    /// The one-time code, as typed. Empty where the ledger knows this till already, and only the way to it is another.
    pub code: String,
    /// A file with the council's own certificate authority (PEM). With it no others are trusted.
    #[serde(default)]
    #[ts(optional)]
    pub authority: Option<String>,
    /// Somebody has agreed that takings go over the network unencrypted, which `ledger-in-the-clear` asked.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub in_the_clear: bool,
    /// Somebody has agreed that this till takes the name that the ledger knows, which `ledger-take-name` asked.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub take_name: bool,
}

/// Let sending go on after an alarm.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReleaseAlarm {
    /// What was found.
    pub text: String,
}

/// Where a receipt stands on its way to the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProofState {
    /// On this till.
    Local,
    /// Handed to the network, not acknowledged.
    Sent,
    /// The ledger has acknowledged it.
    InLedger,
    /// It waits for a person.
    Quarantined,
}

/// Where a receipt stands on its way to the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptProof {
    /// Where it stands.
    pub state: ProofState,
    /// The ledger's own reference of it.
    pub reference: Option<String>,
}

/// What of a session is in the ledger: the close shows that counter and ledger are the same, or what is still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SessionProof {
    /// Receipts at the counter, corrections included.
    #[ts(type = "number")]
    pub receipts: u64,
    /// Their value.
    pub value: Pence,
    /// Those that the ledger has.
    #[ts(type = "number")]
    pub in_ledger: u64,
    /// Their value.
    pub value_in_ledger: Pence,
    /// The ledger's own totals of the session aren't the till's.
    pub differs: bool,
}
