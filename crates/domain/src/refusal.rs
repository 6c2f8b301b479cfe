//! Why something was refused: a stable code, the field it belongs to, and the facts its message needs.
//!
//! The words are in `assets/locales/*/errors.ftl` under `error-<code>`; this crate knows no language.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use ts_rs::TS;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Every reason for which the rules refuse something. The text form is a promise: scripts and support know it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        pub enum Code { $($(#[$doc])* #[serde(rename = $text)] $name,)* }

        impl Code {
            /// All codes, for the check that each has its words in every language.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The stable text form.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// Nothing was typed where an amount is needed.
    AmountMissing = "amount-missing",
    /// Not readable as pounds and pence.
    AmountNotANumber = "amount-not-a-number",
    /// A plus or minus sign.
    AmountSigned = "amount-signed",
    /// More than two decimals.
    AmountTooPrecise = "amount-too-precise",
    /// Above £9,999,999.99.
    AmountTooLarge = "amount-too-large",
    /// A line of nothing.
    AmountZero = "amount-zero",
    /// Above what the fund takes in one line.
    AmountAboveFundMaximum = "amount-above-fund-maximum",
    /// More than is owed, on a fund that may not be overpaid.
    AmountAboveBalance = "amount-above-balance",
    /// Nothing was typed or scanned in the reference box.
    ReferenceMissing = "reference-missing",
    /// No fund takes this reference. Never says what was expected.
    ReferenceNotValid = "reference-not-valid",
    /// This fund doesn't take this reference. Never says what was expected.
    ReferenceNotValidForFund = "reference-not-valid-for-fund",
    /// Control characters, or longer than 30.
    ReferenceUnreadable = "reference-unreadable",
    /// Nothing is known by what was scanned.
    BarcodeUnknown = "barcode-unknown",
    /// It is one of the council's barcodes, and no fund takes the reference in it.
    BarcodeReferenceNotValid = "barcode-reference-not-valid",
    /// Its own check digit doesn't hold.
    BarcodeMisread = "barcode-misread",
    /// What was typed looks like a payment card's number.
    CardNumberTyped = "card-number-typed",
    /// The fund's code is in no pack, or disabled.
    FundNotAvailable = "fund-not-available",
    /// The account's message stops every payment.
    AccountOnStop = "account-on-stop",
    /// The account's message stops cheques.
    AccountStopsCheques = "account-stops-cheques",
    /// The VAT code is in no pack, or disabled.
    VatCodeNotAvailable = "vat-code-not-available",
    /// The fund doesn't let its VAT code be changed.
    VatCodeFixed = "vat-code-fixed",
    /// Longer than 100 characters, or with control characters.
    NarrativeNotValid = "narrative-not-valid",
    /// Money that nobody can place needs words by which it may be placed later.
    NarrativeMissing = "narrative-missing",
    /// The fund asks who pays, and no account says it.
    PayerNameMissing = "payer-name-missing",
    /// The fund asks for the payer's address, and no account says it.
    PayerAddressMissing = "payer-address-missing",
    /// The payer's name or address is too long, or has control characters.
    PayerNotValid = "payer-not-valid",
    /// A basket without lines can't be paid.
    BasketEmpty = "basket-empty",
    /// More lines or tenders than one receipt holds.
    BasketTooLong = "basket-too-long",
    /// The MOP's code is in no pack, disabled, or not for the counter.
    MopNotAvailable = "mop-not-available",
    /// The tender's details are those of another kind of MOP.
    MopOfAnotherKind = "mop-of-another-kind",
    /// Above what the MOP takes.
    TenderAboveMopMaximum = "tender-above-mop-maximum",
    /// Below what the MOP takes.
    TenderBelowMopMinimum = "tender-below-mop-minimum",
    /// A cheque, card or postal order above what is still due.
    TenderAboveDue = "tender-above-due",
    /// Cash was offered although nothing is left to pay with it.
    CashNotNeeded = "cash-not-needed",
    /// Cash was given twice in one sale; one amount is enough.
    CashTwice = "cash-twice",
    /// Not everything is paid.
    NotFullyPaid = "not-fully-paid",
    /// The council takes this much only in other ways. Says nothing of why.
    CashNotAccepted = "cash-not-accepted",
    /// The sort code isn't six digits.
    ChequeSortCode = "cheque-sort-code",
    /// The account isn't eight digits.
    ChequeAccount = "cheque-account",
    /// The number isn't six digits.
    ChequeNumber = "cheque-number",
    /// No drawer's name.
    ChequeDrawer = "cheque-drawer",
    /// Not a date.
    ChequeDateNotValid = "cheque-date-not-valid",
    /// Dated in the future.
    ChequePostDated = "cheque-post-dated",
    /// Older than the council takes.
    ChequeOutOfDate = "cheque-out-of-date",
    /// The amount typed the second time is another.
    CardAmountsDiffer = "card-amounts-differ",
    /// The last four digits aren't four digits.
    CardLastFour = "card-last-four",
    /// The authorisation code isn't 1 to 12 letters and digits.
    CardAuthorisation = "card-authorisation",
    /// The terminal's id isn't 1 to 16 letters and digits.
    CardTerminal = "card-terminal",
    /// The terminal hasn't approved this payment for this sale, or it is in a receipt already, or given back.
    CardPaymentNotApproved = "card-payment-not-approved",
    /// The postal order's serial number isn't 1 to 20 letters and digits.
    PostalOrderNumber = "postal-order-number",
    /// The receipt's number would be longer than 30 characters, or has characters that a ledger refuses.
    ReceiptNumberNotValid = "receipt-number-not-valid",
    /// A count that is negative, absurd, or of an unknown denomination.
    CountNotValid = "count-not-valid",
    /// The float isn't what the council's policy allows.
    FloatOutsidePolicy = "float-outside-policy",
    /// A value that isn't a whole number of its denomination.
    CountDoesNotDivide = "count-does-not-divide",
    /// The second person is the first.
    ApproverIsRequester = "approver-is-requester",
    /// The second person hasn't the right to approve.
    ApproverMayNot = "approver-may-not",
    /// No reason was chosen, or one for something else.
    ReasonMissing = "reason-missing",
    /// Nothing of a receipt was chosen to be taken back.
    CorrectionEmpty = "correction-empty",
    /// More than remains of a line.
    CorrectionAboveRemainder = "correction-above-remainder",
    /// This line takes money back itself: there is nothing to take back of it.
    CorrectionOfCorrection = "correction-of-correction",
    /// A part that was paid by card needs the slip of the terminal's reversal.
    CardReversalNeeded = "card-reversal-needed",
    /// The terminal has given back already what a line was paid with.
    CardGivenBackAlready = "card-given-back-already",
    /// A cheque can only be handed back whole.
    ChequeNotDivisible = "cheque-not-divisible",
    /// A postal order can only be handed back whole.
    PostalOrderNotDivisible = "postal-order-not-divisible",
    /// The council doesn't refund in this way.
    RefundMethodNotAllowed = "refund-method-not-allowed",
    /// Above what the council refunds in this way.
    RefundAboveMaximum = "refund-above-maximum",
    /// More would go back to the card than was paid by card.
    RefundAbovePaidByCard = "refund-above-paid-by-card",
    /// Nobody was named to whom the cheque is to be made out.
    PayeeMissing = "payee-missing",
    /// From an account to itself.
    TransferToItself = "transfer-to-itself",
    /// A bag's number isn't 1 to 20 letters, digits, `-` and `/`.
    BagNumberNotValid = "bag-number-not-valid",
    /// No cash was counted where some must move.
    NothingMoved = "nothing-moved",
    /// More than the drawer holds. Never says how much that is.
    AboveDrawer = "above-drawer",
    /// What goes out in an exchange isn't worth what comes in.
    ExchangeUneven = "exchange-uneven",
    /// A cheque or postal order that isn't on the session's list, or is ticked twice.
    TickNotValid = "tick-not-valid",
    /// More is left as the next float than was counted.
    FloatLeftAboveCount = "float-left-above-count",
    /// The paying-in slip's number isn't 1 to 20 letters, digits, `-` and `/`.
    SlipNumberNotValid = "slip-number-not-valid",
    /// A bag's number was given twice.
    BagTwice = "bag-twice",
    /// Coin that doesn't fill its bags.
    BagNotFull = "bag-not-full",
    /// The bags together don't hold the cash.
    BagsDoNotAddUp = "bags-do-not-add-up",
    /// Neither cash nor cheques to take to the bank.
    DepositEmpty = "deposit-empty",
}

/// One refusal: not done, nothing changed, and here is why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// The stable reason.
    pub code: Code,
    /// What the words need, such as `maximum` → `£500.00`. Never personal data.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Refusal {
    /// A refusal whose words need no facts.
    pub fn new(code: Code) -> Refusal {
        Refusal { code, args: BTreeMap::new() }
    }

    /// The same with one fact for its words.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Refusal {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code.as_str())
    }
}

impl std::error::Error for Refusal {}
