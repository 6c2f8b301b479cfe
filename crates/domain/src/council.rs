//! A council's configuration as values: what its pack says, once it has been read and found right.
//!
//! The pack's files and their versions are the `pack` crate's concern; here is only what the rules ask of them.

use crate::Pence;
use crate::approval::ApprovalRule;
use crate::barcode::BarcodeTemplate;
use crate::ims_codes::ImsCodes;
use crate::reference::Validator;
use crate::rights::Right;
use crate::text::{Language, Words};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The whole of one council's configuration.
#[derive(Clone, Debug)]
pub struct Council {
    /// Who the council is.
    pub identity: Identity,
    /// Sites where money is taken.
    pub offices: Vec<Office>,
    /// Kinds of income, in the order in which the pack lists them.
    pub funds: Vec<Fund>,
    /// Methods of payment.
    pub mops: Vec<Mop>,
    /// VAT codes and their rates.
    pub vat_codes: Vec<VatCode>,
    /// Checks of references, by name.
    pub validators: Vec<Validator>,
    /// Messages that an account can carry.
    pub messages: Vec<FundMessage>,
    /// What a role may do.
    pub roles: Vec<Role>,
    /// The people.
    pub users: Vec<User>,
    /// Reasons to choose from.
    pub reasons: Vec<Reason>,
    /// Coins and notes, largest first.
    pub denominations: Vec<Denomination>,
    /// Limits, tolerances and floats.
    pub policies: Policies,
    /// Which actions need a second person.
    pub approvals: Vec<ApprovalRule>,
    /// How a refund may be paid.
    pub refund_methods: Vec<RefundMethod>,
    /// What a council's barcodes mean.
    pub barcodes: Vec<BarcodeTemplate>,
    /// The receipt's own words.
    pub receipt: ReceiptTexts,
    /// Logo and colours.
    pub brand: Brand,
    /// What its codes are in its LocalGov IMS, if it has one.
    pub ims_codes: ImsCodes,
}

impl Council {
    /// The fund with this code, disabled or not.
    pub fn fund(&self, code: &str) -> Option<&Fund> {
        self.funds.iter().find(|fund| fund.code == code)
    }

    /// The MOP with this code, disabled or not.
    pub fn mop(&self, code: &str) -> Option<&Mop> {
        self.mops.iter().find(|mop| mop.code == code)
    }

    /// The MOP of notes and coins.
    pub fn cash_mop(&self) -> Option<&Mop> {
        self.mops.iter().filter(|mop| mop.kind == MopKind::Cash).min_by_key(|mop| mop.disabled)
    }

    /// What a MOP is; one that a later pack no longer has moves no money at the counter.
    pub fn mop_kind(&self, code: &str) -> MopKind {
        self.mop(code).map_or(MopKind::Internal, |mop| mop.kind)
    }

    /// The VAT code.
    pub fn vat_code(&self, code: &str) -> Option<&VatCode> {
        self.vat_codes.iter().find(|vat| vat.code == code)
    }

    /// The validator with this name.
    pub fn validator(&self, name: &str) -> Option<&Validator> {
        self.validators.iter().find(|validator| validator.name == name)
    }

    /// The message with this id, if the fund has it.
    pub fn message(&self, fund_code: &str, id: u32) -> Option<&FundMessage> {
        self.messages.iter().find(|message| message.id == id && message.fund_code == fund_code)
    }

    /// The person with this code, disabled or not. Codes compare without regard to case.
    pub fn user(&self, code: &str) -> Option<&User> {
        self.users.iter().find(|user| user.code.eq_ignore_ascii_case(code))
    }

    /// The office with this code.
    pub fn office(&self, code: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.code == code)
    }

    /// May this person do that?
    pub fn may(&self, user: &User, right: Right) -> bool {
        user.roles.iter().any(|code| self.roles.iter().any(|role| role.code == *code && role.rights.contains(&right)))
    }
}

/// Who the council is.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Short code, 1–12 letters and digits, unique among councils that share a ledger.
    pub code: String,
    /// The council's name.
    pub name: Words,
    /// Postal address, line by line, for the receipt.
    pub address: Vec<String>,
    /// VAT registration number; a receipt with VAT needs it.
    pub vat_number: Option<String>,
    /// IANA time zone, such as `Europe/London`: decides which day a payment belongs to.
    pub time_zone: String,
    /// Languages offered, the first is the default.
    pub languages: Vec<Language>,
    /// True for a demonstration: the screen says so, and shows how to sign in.
    pub demonstration: bool,
    /// For a demonstration: how to sign in.
    pub sign_in_hint: Option<Words>,
    /// The pack's own version, as the council counts it.
    pub pack_version: String,
}

/// A site where money is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Office {
    /// 1–2 characters in LocalGov IMS.
    pub code: String,
    /// Its name.
    pub name: Words,
}

/// A kind of income.
#[derive(Clone, Debug)]
pub struct Fund {
    /// At most 5 characters.
    pub code: String,
    /// What cashier and customer call it.
    pub name: Words,
    /// What its reference is called.
    pub reference_label: Option<Words>,
    /// Help with its reference that may be shown. Never its format.
    pub reference_hint: Option<Words>,
    /// The VAT code of its lines.
    pub vat_code: String,
    /// May a cashier choose another VAT code?
    pub vat_override: bool,
    /// The most that one line may be.
    pub maximum: Pence,
    /// May more be paid than is owed?
    pub may_overpay: bool,
    /// Must the account be in the extract?
    pub account_must_exist: bool,
    /// Is the payer's address needed where there is no account?
    pub address_needed: bool,
    /// The name of its validator; none takes any reference of 1 to 30 characters.
    pub validator: Option<String>,
    /// Offered at the counter?
    pub at_counter: bool,
    /// The general ledger's code, where income is exported to it.
    pub gl_code: Option<String>,
    /// The fund for money that can't yet be identified.
    pub suspense: bool,
}

/// What a MOP is, which decides what is asked with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MopKind {
    /// Notes and coins; the only kind that gives change.
    Cash,
    /// A cheque, with its details.
    Cheque,
    /// A card, keyed from a stand-alone terminal's slip.
    Card,
    /// A postal order, with its number.
    PostalOrder,
    /// Not taken at a counter: transfers, journals, imports.
    Internal,
}

/// A method of payment.
#[derive(Clone, Debug)]
pub struct Mop {
    /// At most 5 characters.
    pub code: String,
    /// What it is called.
    pub name: Words,
    /// What is asked with it.
    pub kind: MopKind,
    /// The most that one tender may be.
    pub maximum: Pence,
    /// The least that one tender may be.
    pub minimum: Pence,
    /// No longer in use.
    pub disabled: bool,
}

/// A VAT code.
#[derive(Clone, Debug, PartialEq)]
pub struct VatCode {
    /// At most 2 characters.
    pub code: String,
    /// A fraction: 0.2 is 20 %.
    pub rate: Decimal,
    /// No longer in use.
    pub disabled: bool,
}

/// A message that an account can carry: for information, or a stop.
#[derive(Clone, Debug)]
pub struct FundMessage {
    /// The number that the extract uses.
    pub id: u32,
    /// The fund it belongs to.
    pub fund_code: String,
    /// What the cashier reads.
    pub text: Words,
    /// No payment may be taken.
    pub stops_payments: bool,
    /// No cheque may be taken.
    pub stops_cheques: bool,
}

/// A named list of rights.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its code in the pack.
    pub code: String,
    /// What people call it.
    pub name: Words,
    /// What it may do.
    pub rights: Vec<Right>,
}

/// Password or PIN: decides what the sign-in screen asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SecretKind {
    /// Digits only.
    #[default]
    Pin,
    /// Any text.
    Password,
}

/// A person who signs in.
#[derive(Clone, Debug)]
pub struct User {
    /// What they type, such as `12`.
    pub code: String,
    /// What others call them.
    pub name: String,
    /// Their roles.
    pub roles: Vec<String>,
    /// PIN or password.
    pub secret_kind: SecretKind,
    /// Argon2id in PHC form.
    pub secret_hash: String,
    /// The language their screen starts in.
    pub language: Option<Language>,
    /// May no longer sign in; kept for ever.
    pub disabled: bool,
}

/// What a reason is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// Voiding a receipt in its own session.
    Void,
    /// Refunding a receipt later.
    Refund,
    /// Opening the drawer without a sale.
    NoSale,
    /// Over or short at cash-up.
    Variance,
    /// Moving a line to another account.
    Transfer,
    /// Overriding a stop.
    OverrideStop,
    /// Taking more or less to the bank than was counted.
    Banking,
}

/// A reason to choose from.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Its code.
    pub code: String,
    /// What it is for.
    pub kind: ReasonKind,
    /// Its words.
    pub text: Words,
}

/// Note or coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MoneyForm {
    /// A Bank of England note.
    Note,
    /// A note of a Scottish or Northern Irish bank: taken, and banked separately.
    OtherNote,
    /// A coin.
    Coin,
}

/// One denomination of cash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Denomination {
    /// Its code in the pack, such as `20` or `20-scottish`.
    pub code: String,
    /// What tells it from others of the same value, such as `Scottish`.
    pub name: Option<Words>,
    /// What one is worth.
    pub value: Pence,
    /// Note or coin.
    pub form: MoneyForm,
    /// What a full bag of them is worth; none for notes.
    pub bag: Option<Pence>,
}

impl Denomination {
    /// `£20`, `50p`, `£20 Scottish`.
    pub fn label(&self, language: Language) -> String {
        let pence = self.value.0;
        let value = if pence >= 100 && pence % 100 == 0 { format!("£{}", pence / 100) } else { format!("{pence}p") };
        self.name.as_ref().map_or(value.clone(), |name| format!("{value} {}", name.in_language(language)))
    }
}

/// Limits, tolerances and floats.
#[derive(Clone, Debug)]
pub struct Policies {
    /// The most cash taken from one customer in a day, if the council has a limit.
    pub cash_limit: Option<Pence>,
    /// How old a cheque may be, in months. Bank practice is six.
    pub cheque_max_age_months: u32,
    /// The float that a session should open with.
    pub float: Pence,
    /// How far the counted float may be from it.
    pub float_tolerance: Pence,
    /// How far a count may be from what is expected before a supervisor is needed.
    pub variance_tolerance: Pence,
    /// Failures after which a user is locked.
    pub sign_in_failures: u32,
    /// The screen locks after this many minutes without a key.
    pub lock_after_minutes: u32,
    /// An extract is refused when more than this share of its rows is bad (a fraction).
    pub bad_rows_limit: Decimal,
    /// Quick notes on the paying screen.
    pub quick_notes: Vec<Pence>,
    /// Cash in the drawer above which a lift to the safe is due.
    pub drawer_limit: Option<Pence>,
    /// The fund that over and short are posted to.
    pub over_short_fund: String,
    /// The MOP of transfers between accounts.
    pub transfer_mop: String,
}

/// One way to pay a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundMethod {
    /// The MOP; one that isn't for the counter is a request for a cheque.
    pub mop_code: String,
    /// The most that one refund may be.
    pub maximum: Pence,
}

/// The receipt's own words.
#[derive(Clone, Debug, Default)]
pub struct ReceiptTexts {
    /// The pattern of its number: `{office}`, `{till}` and `{serial}` with an optional width such as `{serial:07}`.
    pub number: String,
    /// Printed under the council's address.
    pub header: Vec<Words>,
    /// Printed at the end.
    pub footer: Vec<Words>,
    /// Print the council's logo?
    pub logo: bool,
    /// Print the number as a QR code too?
    pub qr: bool,
    /// Printed on the back of cheques under the council's name, such as its account.
    pub endorsement: Vec<Words>,
}

/// Logo and colours.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// `#rrggbb`, behind the top bar and on the main button.
    pub colour: String,
    /// `#rrggbb`, on that colour; checked for contrast when the pack is read.
    pub on_colour: String,
    /// The logo for the screen, an SVG.
    pub logo_svg: Option<String>,
    /// The logo for the receipt, one bit a pixel.
    pub logo_bitmap: Option<Bitmap>,
}

/// A picture of black and white dots: what a receipt printer can print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bitmap {
    /// Dots across.
    pub width: u32,
    /// Dots down.
    pub height: u32,
    /// Rows from the top, each padded to whole bytes, most significant bit left, 1 is black.
    pub rows: Vec<u8>,
}
