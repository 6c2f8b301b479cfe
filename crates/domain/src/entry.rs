//! The journal's entries as data: everything that matters at a till, once each, in order.
//!
//! These shapes are a promise: an entry written by any released version is read by every later one. Fields are only ever
//! added, with a default. The store keeps the exact bytes; nobody rebuilds them to check a hash.

use crate::Pence;
use crate::card_payment::{Approval, CardIntent, CardOutcome, CardReversal, TerminalTally};
use crate::cash_up::{Count, MopAmount};
use crate::correction::{Correction, ReasonGiven};
use crate::day_end::{CashMovement, Deposit, SessionTotals, ZRead};
use crate::receipt::{Receipt, SlipKind};
use crate::sale::LineDraft;
use crate::session::CountedDenomination;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version that this program writes.
pub const ENTRY_VERSION: u16 = 1;

/// One entry: what happened, when, by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The shape's version.
    pub v: u16,
    /// A UUID (version 7), made before the entry is written; the same id with other content is an alarm.
    pub id: String,
    /// Milliseconds since 1970, UTC, by the till's clock. Order is by the journal's sequence, never by this.
    pub at_ms: i64,
    /// The council's own date at that moment: the day that the takings belong to.
    pub day: NaiveDate,
    /// The signed-in person's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The session's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<u64>,
    /// The second person's code, where one was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// What happened.
    pub fact: Fact,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The till was given its name.
    TillSetUp {
        /// Where it stands.
        office_code: String,
        /// What it is called.
        till_code: String,
    },
    /// A council pack was applied.
    PackApplied {
        /// The council.
        council_code: String,
        /// The pack's own version.
        pack_version: String,
        /// SHA-256 of its files, in hexadecimal.
        sha256: String,
    },
    /// An extract of account holders was taken in.
    ExtractImported {
        /// Which one the screens read from now on.
        generation: u64,
        /// Rows taken.
        taken: u64,
        /// Rows refused.
        refused: u64,
        /// The newest date of a balance in it.
        as_at: Option<NaiveDate>,
        /// The ledger's version of it, where it came from there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ledger_version: Option<u64>,
    },
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// A wrong PIN or password.
    SignInFailed {
        /// Whose.
        user_code: String,
        /// How many since the last success.
        failures: u32,
        /// Locked by this one?
        locked: bool,
    },
    /// A locked user may try again.
    UserReleased {
        /// Who.
        user_code: String,
    },
    /// A session began.
    SessionOpened {
        /// Its number in the till's series.
        number: u64,
        /// The counted float.
        float: Pence,
        /// As it was counted.
        counts: Vec<CountedDenomination>,
        /// What the Z read before says was left in the drawer; none before the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<Pence>,
        /// Why the float isn't what was left; needed above the council's tolerance.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<ReasonGiven>,
    },
    /// A payment was taken.
    ReceiptTaken {
        /// The receipt.
        receipt: Receipt,
        /// SHA-256 of what was typed, in hexadecimal: the same sale sent again is known by its id and this.
        content: String,
    },
    /// A receipt was printed again.
    ReceiptReprinted {
        /// Which.
        number: String,
    },
    /// Something of a receipt was printed on a slip: on the bill that was paid, or on the back of a cheque.
    SlipPrinted {
        /// Which receipt.
        number: String,
        /// What.
        kind: SlipKind,
        /// Of which of its lines or tenders, from 0.
        place: usize,
    },
    /// A basket was put aside.
    SaleParked {
        /// Its id.
        sale_id: String,
        /// What the cashier calls it.
        label: String,
        /// What was in it.
        lines: Vec<LineDraft>,
        /// What it came to, as far as it could be read.
        total: Pence,
    },
    /// A parked basket was given up.
    SaleAbandoned {
        /// Its id.
        sale_id: String,
    },
    /// A part of an earlier receipt was taken back or moved: a void, a refund, a transfer.
    ReceiptCorrected {
        /// The correcting receipt.
        receipt: Receipt,
        /// What it corrects, and why.
        correction: Correction,
        /// SHA-256 of what was asked for, in hexadecimal.
        content: String,
    },
    /// Cash moved between drawer and safe.
    CashMoved {
        /// What moved.
        movement: CashMovement,
        /// SHA-256 of what was asked for, in hexadecimal.
        content: String,
    },
    /// The drawer was opened without a sale.
    DrawerOpened {
        /// Why.
        reason: ReasonGiven,
    },
    /// The till's devices were chosen anew.
    DeviceSettingsChanged {
        /// The names of the settings that changed; never what is in them.
        fields: Vec<String>,
    },
    /// The drawer was opened to see whether it opens.
    DrawerTested,
    /// A test page was printed.
    PrinterTested {
        /// On the other printer?
        other: bool,
    },
    /// What a check-up of this machine found was printed.
    CheckUpPrinted {
        /// In the order in which it was looked at.
        found: Vec<CheckFound>,
    },
    /// A session was counted.
    CountGiven {
        /// The count.
        count: Count,
    },
    /// A count was rejected; another is to be given.
    CountRejected {
        /// Which.
        attempt: u32,
        /// Why.
        reason: ReasonGiven,
    },
    /// A session was closed.
    SessionClosed {
        /// Its Z read.
        z: Box<ZRead>,
    },
    /// What a session came to so far was printed.
    XReadPrinted {
        /// What it came to.
        totals: Box<SessionTotals>,
        /// What a count should have found, by MOP.
        expected: Vec<MopAmount>,
    },
    /// A Z read was printed again.
    ZReadReprinted {
        /// Which.
        number: u64,
    },
    /// Closed sessions' money went to the bank.
    DepositMade {
        /// The deposit.
        deposit: Box<Deposit>,
        /// SHA-256 of what was asked for, in hexadecimal.
        content: String,
    },
    /// Somebody was given a new PIN or password. Its hash is kept beside the journal, never in it.
    SecretReset {
        /// Who.
        user_code: String,
        /// Why, in free text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Somebody may no longer sign in at this till.
    UserDisabled {
        /// Who.
        user_code: String,
        /// Why, in free text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Somebody may sign in again.
    UserEnabled {
        /// Who.
        user_code: String,
        /// Why, in free text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The till was made known to a ledger.
    TillEnrolled {
        /// The number that the ledger knows it by.
        till_number: u32,
        /// With what the ledger signs, in base64.
        ledger_key: String,
    },
    /// Takings go to another ledger from now on: to an IMS, or from an IMS to a hub; or the hub is reached another way.
    LedgerChanged {
        /// `hub` or `localgov-ims`.
        kind: String,
        /// Its address.
        address: String,
        /// The address of the one before; none where takings stayed on the till.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
    },
    /// A person has looked at what stood in the way of sending, and lets it go on.
    LedgerReleased {
        /// An alarm's code, or a receipt's number.
        what: String,
        /// What they found.
        text: String,
    },
    /// A card payment is about to be sent to a terminal. The entry's id is the payment's.
    CardPaymentIntended {
        /// What is about to be sent.
        intent: Box<CardIntent>,
    },
    /// A card payment, or a part of it, is about to be given back at a terminal. The entry's id is the reversal's.
    CardReversalIntended {
        /// What is about to be sent.
        reversal: CardReversal,
    },
    /// From here on a payment or reversal may have begun at the terminal.
    CardPaymentSent {
        /// Which.
        transaction_id: String,
    },
    /// What became of a payment or reversal.
    CardPaymentSettled {
        /// Which.
        transaction_id: String,
        /// What became of it.
        outcome: CardOutcome,
    },
    /// It couldn't be learnt what became of a payment or reversal: a person decides.
    CardPaymentUnresolved {
        /// Which.
        transaction_id: String,
        /// Why, as a code.
        why: String,
    },
    /// A supervisor has said what became of it.
    CardPaymentResolved {
        /// Which.
        transaction_id: String,
        /// By the terminal's slip, where the money moved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        taken: Option<Box<Approval>>,
        /// What they found.
        text: String,
    },
    /// What a terminal's own books say was read.
    TerminalTotalsRead {
        /// Which terminal.
        terminal: String,
        /// What they say.
        tally: TerminalTally,
    },
    /// The customer's signature was looked at, and matches.
    CardSignatureAccepted {
        /// Of which payment.
        transaction_id: String,
    },
    /// The journal was brought here from a lost till's mirror or ledger.
    JournalRestored {
        /// How many entries were brought.
        entries: u64,
        /// How many of them only the mirror had.
        only_mirror: u64,
        /// How many of them only the ledger had.
        only_ledger: u64,
        /// Receipt numbers up to this one aren't given out again, although no receipt is here for some.
        last_serial: u64,
    },
}

/// What a check-up found of one thing: no paths, and nothing that anybody typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFound {
    /// What was looked at, as the command line names it.
    pub name: String,
    /// `ok`, `look-at-this` or `wrong`.
    pub finding: String,
    /// What was found, as a code of the program.
    pub code: String,
    /// The numbers and codes that its words need.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}
