//! Card payments at a terminal that the till drives.

use crate::api::people::Approval;
use crate::api::sales::Taken;
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::CardState;
use counterfoil_domain::sale::{LineDraft, TenderDraft};
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Begin a card payment.
#[derive(Clone, Deserialize, TS)]
pub struct BeginCard {
    /// From `sale.begin`.
    pub sale_id: String,
    /// Lines as typed.
    pub lines: Vec<LineDraft>,
    /// Tenders given before it.
    #[serde(default)]
    pub tenders: Vec<TenderDraft>,
    /// The MOP.
    pub mop_code: String,
    /// How much, as typed; nothing typed is all that is due.
    #[serde(default)]
    pub amount: String,
    /// The receipt's language.
    #[serde(default)]
    pub language: Language,
    /// A second person, where the sale needs one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// It is written down, and on its way to the terminal.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CardBegun {
    /// Our own id of it.
    pub transaction_id: String,
}

/// A card payment or a reversal, by its id.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WhichCard {
    /// From `card.begin`, or from the list.
    pub transaction_id: String,
}

/// A card payment as the counter shows it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CardView {
    /// Its id.
    pub transaction_id: String,
    /// A reversal: of which payment.
    pub reverses: Option<String>,
    /// The sale.
    pub sale_id: String,
    /// The MOP.
    pub mop_code: String,
    /// By whom.
    pub user_code: String,
    /// When.
    pub begun_at: String,
    /// What was asked for.
    pub amount: Pence,
    /// What was approved.
    pub approved: Pence,
    /// Where it stands.
    pub standing: CardState,
    /// Why it is unresolved, or why no money moved: a code, or the terminal's own word.
    pub why: String,
    /// The terminal, as the settings name it.
    pub terminal: String,
    /// Somebody is asking the terminal about it now.
    pub asking: bool,
    /// The receipt that the payment is in; of a reversal, the receipt that it takes something back of.
    pub receipt: Option<String>,
}

/// How a card payment is getting on.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CardProgress {
    /// The payment.
    pub payment: CardView,
    /// Since it was begun, in milliseconds.
    #[ts(type = "number")]
    pub elapsed_ms: i64,
    /// What the terminal shows.
    pub shows: String,
    /// What is the matter with the line to it, as a code: it is being asked again.
    pub fault: Option<String>,
    /// It was asked to give up.
    pub aborting: bool,
    /// Why it wasn't told to give up, as a code: it may be told again.
    pub abort_fault: Option<String>,
    /// The terminal doesn't answer: the payment may be set aside.
    pub silent: bool,
    /// The receipt, once the sale is taken.
    pub taken: Option<Taken>,
}

/// Drive a terminal from now on that speaks nexo. Its fields are as in the settings.
#[derive(Clone, Deserialize, TS)]
pub struct PairTerminal {
    /// Its name or address.
    pub host: String,
    /// Its port, as typed.
    pub port: String,
    /// Its model and serial number.
    pub poi_id: String,
    /// What this till calls itself there.
    pub sale_id: String,
    /// The name of the key that was agreed with it.
    pub key_identifier: String,
    /// The key's version, as typed.
    pub key_version: String,
    /// The file with its maker's root certificate.
    pub authority: String,
    /// Does it take real money?
    pub live: bool,
    /// The key's passphrase. It is kept with the till's secrets, and never answered.
    pub passphrase: String,
}

/// What a supervisor has found out.
#[derive(Clone, Deserialize, TS)]
pub struct ResolveCard {
    /// Which.
    pub transaction_id: String,
    /// Did the money move? For a reversal: was it given back? Of a reversal that was approved already, and that no correction takes, that
    /// it was is all that can be said.
    pub taken: bool,
    /// The amount on the slip, where it did.
    #[serde(default)]
    pub amount: String,
    /// Authorisation code on the slip.
    #[serde(default)]
    pub authorisation: String,
    /// Last four digits on the slip.
    #[serde(default)]
    pub last_four: String,
    /// The terminal's number on the slip.
    #[serde(default)]
    pub terminal: String,
    /// What was looked at, in words.
    pub text: String,
    /// The supervisor, where somebody else is signed in.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// What the cashier says of a customer's signature.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CheckSignature {
    /// Of which payment.
    pub transaction_id: String,
    /// It matches the card's. Otherwise the payment is given back.
    pub matches: bool,
}

/// What came of looking at a signature.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SignatureChecked {
    /// Where it didn't match: what gives the payment back.
    pub reversal: Option<String>,
}

/// How the terminal is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TerminalCheck {
    /// The terminal, as the settings name it.
    pub terminal: String,
    /// Such as `OK` or `Maintenance`.
    pub state: String,
    /// Does it reach its acquirer?
    pub host_reached: Option<bool>,
    /// No money moves there.
    pub simulated: bool,
}

/// The terminal in the status line.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TerminalLine {
    /// The terminal, as the settings name it.
    pub name: String,
    /// No money moves there.
    pub simulated: bool,
    /// The till has no terminal any more; what was begun at it is still open.
    pub gone: bool,
    /// What was the matter when it was last used, as a code.
    pub fault: Option<String>,
    /// Payments that aren't over.
    #[ts(type = "number")]
    pub open: u64,
    /// Those among them that a supervisor has to resolve.
    #[ts(type = "number")]
    pub unresolved: u64,
}
