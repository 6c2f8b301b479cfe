//! Starting: what the window needs to draw its first screen, and the first run.

use crate::api::people::SignedInView;
use crate::api::sessions::SessionView;
use counterfoil_devices::{PrinterTarget, ScannerTarget};
use counterfoil_domain::Pence;
use counterfoil_domain::council::{Denomination, MopKind, Office, ReasonKind};
use counterfoil_domain::text::{Language, Words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Everything that decides which screen is shown.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Start {
    /// The program's own version.
    pub program_version: String,
    /// The council, once a pack is applied.
    pub council: Option<CouncilView>,
    /// The till's name, once it has one.
    pub till: Option<TillView>,
    /// Who is signed in.
    pub signed_in: Option<SignedInView>,
    /// The screen is locked until that person's secret is given again.
    pub locked: bool,
    /// The open session on this till, whoever's it is.
    pub session: Option<SessionView>,
    /// The till's printer.
    pub printer: PrinterTarget,
    /// The till's scanner.
    pub scanner: ScannerTarget,
    /// Is there a second printer to turn to?
    pub has_other_printer: bool,
    /// Has the till's printer a slip station?
    pub has_slip_station: bool,
    /// The council's date today, `2026-11-23`.
    pub today: String,
    /// What the window speaks while nobody is signed in, where this machine's settings say it.
    pub language: Option<Language>,
    /// What is wrong with the till's own data, as codes of words for a cashier.
    pub troubles: Vec<String>,
    /// The till is setting itself up with what its installation was told, or couldn't.
    pub first_start: Option<FirstStartView>,
}

/// How a till fares that sets itself up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct FirstStartView {
    /// Why the last try failed; none while it is at work.
    pub code: Option<String>,
    /// The facts that the words for it need.
    pub args: BTreeMap<String, String>,
    /// Is it tried again by itself?
    pub again: bool,
    /// The ledger that it is to be made known to.
    pub ledger_url: Option<String>,
}

/// What the screens need of the council.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CouncilView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// Languages offered, the first is the default.
    pub languages: Vec<Language>,
    /// A demonstration?
    pub demonstration: bool,
    /// For a demonstration: how to sign in.
    pub sign_in_hint: Option<Words>,
    /// `#rrggbb`.
    pub colour: String,
    /// `#rrggbb`, readable on `colour`.
    pub on_colour: String,
    /// The logo, an SVG document.
    pub logo_svg: Option<String>,
    /// Funds offered at the counter, and the one for money that nobody can place.
    pub funds: Vec<FundView>,
    /// MOPs offered at the counter.
    pub mops: Vec<MopView>,
    /// VAT codes in use.
    pub vat_codes: Vec<VatView>,
    /// Reasons to choose from, in the pack's order.
    pub reasons: Vec<ReasonView>,
    /// Coins and notes, largest first.
    pub denominations: Vec<Denomination>,
    /// Quick notes.
    pub quick_notes: Vec<Pence>,
    /// The float a session should open with.
    pub float: Pence,
    /// How far a counted float may be from it.
    pub float_tolerance: Pence,
    /// Lock the screen after this many minutes without a key.
    pub lock_after_minutes: u32,
    /// Offices, for naming a till.
    pub offices: Vec<Office>,
}

/// A fund at the counter.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FundView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// What its reference is called.
    pub reference_label: Option<Words>,
    /// Help with its reference. Never its format.
    pub reference_hint: Option<Words>,
    /// Its VAT code.
    pub vat_code: String,
    /// May another be chosen?
    pub vat_override: bool,
    /// Is the payer asked for name and address where there is no account?
    pub address_needed: bool,
    /// For money that nobody can place.
    pub suspense: bool,
}

/// A MOP at the counter.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MopView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// What is asked with it.
    pub kind: MopKind,
}

/// A reason to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReasonView {
    /// Its code.
    pub code: String,
    /// What it is for.
    pub kind: ReasonKind,
    /// Its words.
    pub text: Words,
}

/// A VAT code in use.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VatView {
    /// Its code.
    pub code: String,
    /// Its rate in per cent, such as `20`.
    pub percent: String,
}

/// The till's name.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TillView {
    /// Where it stands.
    pub office_code: String,
    /// The office's name.
    pub office_name: Words,
    /// What it is called.
    pub till_code: String,
}

/// Look at a pack before applying it.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct LookAtPack {
    /// Its folder on this machine.
    pub folder: String,
}

/// What a pack says of itself.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PackLook {
    /// The council, when the pack is right.
    pub council: Option<CouncilView>,
    /// What is wrong with it, each with file, place and reason.
    pub problems: Vec<String>,
}

/// Set this till up.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetUpTill {
    /// The council pack's folder on this machine.
    pub folder: String,
    /// The office, by its code in the pack.
    pub office_code: String,
    /// The till's name, 1–4 letters and digits, unique in the office.
    pub till_code: String,
    /// Its printer.
    pub printer: PrinterTarget,
    /// The receipt printer's columns: 32, 42 or 48.
    #[serde(default)]
    #[ts(optional)]
    pub columns: Option<usize>,
}
