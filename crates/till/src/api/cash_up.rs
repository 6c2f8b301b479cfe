//! Cash-up: what stands in the way, the count, the difference, the close; Z reads.

use super::cards::CardView;
use super::ledger::SessionProof;
use super::people::Approval;
use super::printing::PrintState;
use super::reports::ReportFormat;
use super::sales::ParkedSale;
use super::sessions::SessionView;
use counterfoil_documents::Sheet;
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::TerminalAgainst;
use counterfoil_domain::cash_up::{Clue, CountDraft, TenderKey};
use counterfoil_domain::day_end::ZRead;
use counterfoil_domain::receipt::TenderDetails;
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a count begins with. Nothing in it says what is expected in cash or by card.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CashUpBegun {
    /// The session.
    pub session: SessionView,
    /// The count's id: the same id never counts twice.
    pub count_id: String,
    /// The first is 1.
    pub attempt: u32,
    /// Parked sales: each must be taken or given up first.
    pub parked: Vec<ParkedSale>,
    /// Documents not yet out of the printer.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Documents that were given up.
    #[ts(type = "number")]
    pub failed: u64,
    /// The oldest of those documents, by name: at most 20.
    pub unprinted: Vec<Unprinted>,
    /// Card payments that aren't over: each must be first.
    pub cards: Vec<CardView>,
    /// Cheques and postal orders to tick; those handed back aren't there.
    pub tenders: Vec<ToTick>,
    /// The card MOPs whose terminal total is wanted.
    pub terminals: Vec<String>,
}

/// What kind of document hasn't come out of the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UnprintedKind {
    /// A receipt of a payment.
    Receipt,
    /// A receipt of a void.
    Void,
    /// A receipt of a refund.
    Refund,
    /// A receipt of a transfer.
    Transfer,
    /// A lift's slip.
    Lift,
    /// A top-up's slip.
    TopUp,
    /// An exchange's slip.
    Exchange,
    /// An X read.
    XRead,
    /// A Z read.
    ZRead,
    /// What the card terminal wants printed.
    CardSlip,
    /// No document: the drawer was to open.
    Drawer,
    /// A printer's test page.
    TestPage,
    /// What a check-up found.
    CheckUp,
}

/// A document that hasn't come out of the printer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Unprinted {
    /// What it is.
    pub kind: UnprintedKind,
    /// Its number: a receipt's, a Z read's, an X read's session, a lift's bag.
    pub number: String,
    /// It was given up.
    pub failed: bool,
}

/// A cheque or postal order that should be in the drawer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ToTick {
    /// By which it is ticked.
    pub key: TenderKey,
    /// The receipt's number.
    pub number: String,
    /// Its MOP.
    pub mop_code: String,
    /// Its amount.
    pub amount: Pence,
    /// Its details.
    pub details: TenderDetails,
}

/// Give a count. From then on it is frozen.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct GiveCount {
    /// From `cash_up.begin`.
    pub count_id: String,
    /// Notes and coins, as typed.
    pub cash: Vec<CountDraft>,
    /// Cheques and postal orders that are there.
    #[serde(default)]
    pub ticked: Vec<TenderKey>,
    /// What the card terminals say, as typed.
    #[serde(default)]
    pub terminals: Vec<TerminalTotal>,
}

/// What a card terminal says.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TerminalTotal {
    /// The MOP.
    pub mop_code: String,
    /// As typed; below zero where more went back to cards than was taken.
    pub text: String,
}

/// One MOP of a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MopCounted {
    /// The MOP.
    pub mop_code: String,
    /// What the till expected.
    pub expected: Pence,
    /// What was counted.
    pub counted: Pence,
    /// Over is above zero, short below.
    pub difference: Pence,
}

/// A count that stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CountView {
    /// The first is 1.
    pub attempt: u32,
    /// When it was given.
    pub given_at: String,
    /// Who gave it.
    pub given_by: String,
    /// Each MOP.
    pub mops: Vec<MopCounted>,
    /// What the terminals that the till drives say of themselves.
    pub driven: Vec<TerminalAgainst>,
    /// Where a difference may come from, likeliest first.
    pub clues: Vec<Clue>,
    /// A MOP is further off than the council tolerates: closing needs a reason and a second person.
    pub beyond_tolerance: bool,
    /// What stays in the drawer unless something else is said.
    pub float_left: Pence,
}

/// Where the cash-up stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CashUpState {
    /// The open session.
    pub session: SessionView,
    /// The count that stands, if one does.
    pub count: Option<CountView>,
}

/// Reject a count; the next is a new one.
#[derive(Clone, Deserialize, TS)]
pub struct RejectCount {
    /// Which.
    pub attempt: u32,
    /// A reason's code from the pack, one of those for over and short.
    pub reason: String,
    /// What is written beside it.
    #[serde(default)]
    pub text: String,
    /// A second person.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// Close a counted session. Asked again with the same content, it answers the same Z read.
#[derive(Clone, Deserialize, TS)]
pub struct CloseSession {
    /// Which session.
    #[ts(type = "number")]
    pub session: u64,
    /// Which count is accepted.
    pub attempt: u32,
    /// A reason's code from the pack; needed beyond the tolerance.
    #[serde(default)]
    pub reason: String,
    /// What is written beside it.
    #[serde(default)]
    pub text: String,
    /// What stays in the drawer, as typed; nothing typed is the council's float.
    #[serde(default)]
    pub float_left: String,
    /// A second person, beyond the tolerance.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// A Z read, as it is kept and as it is printed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ZView {
    /// The Z read.
    pub z: ZRead,
    /// When the session was closed.
    pub closed_at: String,
    /// By whom.
    pub closed_by: String,
    /// Who approved it, where somebody had to.
    pub approved_by: Option<String>,
    /// As it is printed.
    pub sheet: Sheet,
    /// Whether it is out.
    pub print: PrintState,
    /// Counter and ledger: the same, or what is still to come. None where there is no ledger.
    pub ledger: Option<SessionProof>,
}

/// A Z read in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ZSummary {
    /// Its number.
    #[ts(type = "number")]
    pub number: u64,
    /// The session.
    #[ts(type = "number")]
    pub session: u64,
    /// Whose it was.
    pub user_code: String,
    /// When it was closed.
    pub closed_at: String,
    /// What is over, in whichever MOPs; above zero.
    pub over: Pence,
    /// What is short, in whichever MOPs; above zero. It isn't made good by what is over.
    pub short: Pence,
}

/// Write a Z read as a file.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportZ {
    /// Its number.
    #[ts(type = "number")]
    pub number: u64,
    /// As what.
    pub format: ReportFormat,
    /// An existing folder, its full path; nothing is the data folder's `reports`.
    #[serde(default)]
    pub folder: String,
    /// The language of a CSV file; a PDF is as it is printed, and says COPY.
    #[serde(default)]
    pub language: Language,
}

/// A Z read, by its number.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct WhichZ {
    /// Its number.
    #[ts(type = "number")]
    pub number: u64,
}
