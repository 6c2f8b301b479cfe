//! What is believed of what a terminal answers. Only what is named here is ever read: card data that a terminal sends besides is
//! skipped by the parser and becomes nothing.

use super::Trouble;
use super::conditions;
use super::envelope::Header;
use super::form::{self, Receipt};
use super::kept::{kept, kept_reference, kept_text};
use super::requests::{AT, CURRENCY, PAYMENT, REVERSAL};
use crate::{Approval, Known, Outcome, TerminalHealth, TerminalTally};
use counterfoil_domain::Pence;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// The bodies that are asked for; the others are skipped.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Body {
    pub payment_response: Option<PaymentResponse>,
    pub reversal_response: Option<ReversalResponse>,
    pub transaction_status_response: Option<StatusResponse>,
    pub diagnosis_response: Option<DiagnosisResponse>,
    pub get_totals_response: Option<TotalsResponse>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "SaleToPOIResponse")]
    body: Body,
}

/// The body of a message whose header has been looked at.
pub(super) fn body(plain: &[u8]) -> Result<Body, Trouble> {
    read::<Message>(plain).map(|message| message.body)
}

fn read<T: DeserializeOwned>(plain: &[u8]) -> Result<T, Trouble> {
    serde_json::from_slice(plain).map_err(|_| Trouble::garbled("the answer's body can't be read"))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    result: String,
    #[serde(default, deserialize_with = "kept_text")]
    error_condition: Option<String>,
    /// A form of many fields, card data among them: what is wanted is taken out by name.
    #[serde(default)]
    additional_response: Option<String>,
}

impl Response {
    /// Why not, in the terminal's word.
    fn condition(&self) -> String {
        self.error_condition.clone().unwrap_or_else(|| kept(&self.result))
    }

    fn additional(&self, name: &str) -> Option<String> {
        form::field(self.additional_response.as_deref()?, name)
    }

    /// A failure whose word says at once that nothing was done is believed, unless it tells of a time-out besides. Any other is looked up:
    /// "If you do not receive a payment response (or you receive a response indicating a time-out)", says Adyen's "Verify transaction
    /// status". Whatever isn't a failure is for its reader to judge.
    fn is_believed(&self) -> bool {
        let nothing_done = self.error_condition.as_deref().is_some_and(conditions::nothing_was_done);
        let timed_out = self.additional_response.as_deref().is_some_and(form::tells_of_a_time_out);
        self.result != "Failure" || (nothing_done && !timed_out)
    }

    /// An answer from the request itself; what a look-up repeats is final, whatever its word.
    fn at_once(&self, read: impl FnOnce() -> Reading) -> Reading {
        if self.is_believed() { read() } else { Err(self.condition()) }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PaymentResponse {
    response: Response,
    #[serde(default)]
    sale_data: Option<SaleData>,
    #[serde(rename = "POIData", default)]
    poi_data: Option<PoiData>,
    #[serde(default)]
    payment_result: Option<PaymentResult>,
    #[serde(default)]
    payment_receipt: Option<Vec<Receipt>>,
}

#[derive(Deserialize)]
struct SaleData {
    #[serde(rename = "SaleTransactionID", default)]
    transaction: Option<Transaction>,
}

#[derive(Deserialize)]
struct PoiData {
    #[serde(rename = "POITransactionID", default)]
    transaction: Option<Transaction>,
}

#[derive(Deserialize)]
struct Transaction {
    #[serde(rename = "TransactionID")]
    id: String,
    #[serde(rename = "TimeStamp", default)]
    time: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct PaymentResult {
    payment_instrument_data: Option<Instrument>,
    payment_acquirer_data: Option<Acquirer>,
    amounts_resp: Option<Amounts>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Instrument {
    #[serde(default)]
    card_data: Option<Card>,
}

/// Never `SensitiveCardData`, never `ProtectedCardData`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Card {
    #[serde(deserialize_with = "kept_text")]
    payment_brand: Option<String>,
    entry_mode: Option<Vec<String>>,
    #[serde(deserialize_with = "kept_text")]
    masked_pan: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Acquirer {
    #[serde(rename = "ApprovalCode", deserialize_with = "kept_text")]
    approval_code: Option<String>,
    #[serde(rename = "AcquirerPOIID", deserialize_with = "kept_text")]
    terminal: Option<String>,
    #[serde(rename = "MerchantID", deserialize_with = "kept_text")]
    merchant: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Amounts {
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    authorized_amount: Option<Box<RawValue>>,
}

/// An outcome, or a word for why it isn't known.
type Reading = Result<Outcome, String>;

impl PaymentResponse {
    /// What the payment's own answer says became of it, as far as that can be believed.
    pub fn answer(&self, transaction_id: &str, asked: Pence) -> Reading {
        self.response.at_once(|| self.outcome(transaction_id, asked))
    }

    /// What became of the payment of so much with that id of ours.
    pub fn outcome(&self, transaction_id: &str, asked: Pence) -> Reading {
        let named = self.sale_data.as_ref().and_then(|data| data.transaction.as_ref());
        if named.is_some_and(|named| named.id != transaction_id) {
            return Err("OtherTransaction".to_owned());
        }
        let (receipts, signature) = form::copies(self.receipts());
        match (self.response.result.as_str(), self.response.error_condition.as_deref()) {
            ("Success" | "Partial", _) => {
                let amount = self.authorised().filter(|amount| *amount <= asked).ok_or("OtherAmount")?;
                Ok(Outcome::Approved(Box::new(Approval { amount, signature, receipts, ..self.approval() })))
            }
            ("Failure", Some("Aborted" | "Cancel")) => Ok(Outcome::Aborted { receipts }),
            ("Failure", Some("InProgress")) => Err("InProgress".to_owned()),
            ("Failure", _) => Ok(Outcome::Declined { condition: self.response.condition(), receipts }),
            _ => Err(self.response.condition()),
        }
    }

    fn receipts(&self) -> &[Receipt] {
        self.payment_receipt.as_deref().unwrap_or_default()
    }

    /// What was taken: above nought, in pounds.
    fn authorised(&self) -> Option<Pence> {
        let amounts = self.payment_result.as_ref()?.amounts_resp.as_ref()?;
        if amounts.currency.as_deref().is_some_and(|currency| currency != CURRENCY) {
            return None;
        }
        pence(amounts.authorized_amount.as_ref()?).filter(|amount| amount.is_positive())
    }

    fn approval(&self) -> Approval {
        let result = self.payment_result.as_ref();
        let card = result.and_then(|result| result.payment_instrument_data.as_ref()?.card_data.as_ref());
        let acquirer = result.and_then(|result| result.payment_acquirer_data.as_ref());
        let additional = |name: &str| self.response.additional(name);
        let line = |key: &str| form::line_of(self.receipts(), key);
        Approval {
            authorisation: acquirer
                .and_then(|acquirer| acquirer.approval_code.clone())
                .or_else(|| additional("authCode"))
                .unwrap_or_default(),
            last_four: card
                .and_then(|card| last_four(card.masked_pan.as_ref()?))
                .or_else(|| last_four(&additional("cardSummary")?))
                .unwrap_or_default(),
            scheme: card.and_then(|card| card.payment_brand.clone()).unwrap_or_default(),
            entry_mode: card.and_then(|card| card.entry_mode.as_ref()?.first()).map(|mode| entry_mode(mode)).unwrap_or_default(),
            terminal_id: additional("tid").or_else(|| acquirer?.terminal.clone()).unwrap_or_default(),
            merchant_id: additional("mid").or_else(|| acquirer?.merchant.clone()).unwrap_or_default(),
            aid: additional("AID").or_else(|| line("aid")).unwrap_or_default(),
            terminal_reference: reference(self.poi_data.as_ref()),
            ..Approval::default()
        }
    }
}

/// The terminal's own reference of a transaction, with its time: both are needed to reverse it. Empty where it can't be kept.
fn reference(data: Option<&PoiData>) -> String {
    let Some(Transaction { id, time }) = data.and_then(|data| data.transaction.as_ref()) else { return String::new() };
    let id = kept_reference(id);
    match time {
        Some(time) if !id.is_empty() => format!("{id}{AT}{}", kept(time)),
        _ => id,
    }
}

/// The last four of a number that is masked; nothing of one that isn't.
fn last_four(masked: &str) -> Option<String> {
    let digits: String = masked.trim().chars().rev().take_while(char::is_ascii_digit).collect();
    (digits.len() == 4).then(|| digits.chars().rev().collect())
}

fn entry_mode(mode: &str) -> String {
    match mode {
        "Tapped" | "Contactless" | "SynchronousICC" => "contactless".to_owned(),
        "ICC" => "chip".to_owned(),
        "MagStripe" => "swiped".to_owned(),
        "Keyed" | "Manual" => "keyed".to_owned(),
        other => kept(other),
    }
}

/// Pounds as a terminal writes them, to the penny or not at all.
fn pence(amount: &RawValue) -> Option<Pence> {
    let pounds = Decimal::from_str_exact(amount.get()).ok()?;
    let pence = pounds.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    (pence.scale() == 0).then(|| i64::try_from(pence.mantissa()).ok().map(Pence)).flatten()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReversalResponse {
    response: Response,
    #[serde(rename = "POIData", default)]
    poi_data: Option<PoiData>,
    #[serde(default)]
    reversed_amount: Option<Box<RawValue>>,
    #[serde(default)]
    payment_receipt: Option<Vec<Receipt>>,
}

impl ReversalResponse {
    /// What the reversal's own answer says, as far as that can be believed.
    pub fn answer(&self, asked: Pence) -> Reading {
        self.response.at_once(|| self.outcome(asked))
    }

    /// Whether the terminal has accepted to give so much back; that it is back is told by the acquirer, days later. Without an
    /// amount in the answer it is what was asked for, and with another one it isn't known what goes back.
    pub fn outcome(&self, asked: Pence) -> Reading {
        let (receipts, _) = form::copies(self.payment_receipt.as_deref().unwrap_or_default());
        match self.response.result.as_str() {
            "Success" | "Partial" => {
                // A part of it, without how much, is anything.
                let said = self.reversed_amount.as_ref().map(|said| pence(said));
                if said.unwrap_or_else(|| (self.response.result == "Success").then_some(asked)) != Some(asked) {
                    return Err("OtherAmount".to_owned());
                }
                let terminal_reference = reference(self.poi_data.as_ref());
                Ok(Outcome::Approved(Box::new(Approval { amount: asked, terminal_reference, receipts, ..Approval::default() })))
            }
            "Failure" if self.response.error_condition.as_deref() == Some("InProgress") => Err("InProgress".to_owned()),
            "Failure" => Ok(Outcome::Declined { condition: self.response.condition(), receipts }),
            _ => Err(self.response.condition()),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct StatusResponse {
    response: Response,
    #[serde(default)]
    message_reference: Option<Reference>,
    #[serde(default)]
    repeated_message_response: Option<Repeated>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(rename = "ServiceID", default)]
    service_id: Option<String>,
    #[serde(rename = "SaleID", default)]
    sale_id: Option<String>,
    #[serde(rename = "POIID", default)]
    poi_id: Option<String>,
}

impl Reference {
    fn names(&self, asked: &Header) -> bool {
        let same = |said: &Option<String>, asked: &String| said.as_ref().is_none_or(|said| said == asked);
        same(&self.service_id, &asked.service_id) && same(&self.sale_id, &asked.sale_id) && same(&self.poi_id, &asked.poi_id)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Repeated {
    message_header: Header,
    repeated_response_message_body: RepeatedBody,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct RepeatedBody {
    payment_response: Option<PaymentResponse>,
    reversal_response: Option<ReversalResponse>,
}

impl StatusResponse {
    /// What the terminal knows of the exchange with the header `asked`. That the look-up worked says nothing of the payment: its own
    /// answer is repeated inside, and must be of the same kind and name the same till, terminal and id.
    pub fn known(&self, asked: &Header, transaction_id: &str, amount: Pence) -> Known {
        let unclear = |condition: &str| Known::Unclear { condition: condition.to_owned() };
        if self.message_reference.as_ref().is_some_and(|reference| !reference.names(asked)) {
            return unclear("OtherReference");
        }
        match (self.response.result.as_str(), self.response.error_condition.as_deref()) {
            ("Success", _) => match &self.repeated_message_response {
                Some(repeated) if repeated.message_header.is_of_the_exchange(asked) => {
                    repeated.repeated_response_message_body.known(&asked.message_category, transaction_id, amount)
                }
                Some(_) => unclear("OtherReference"),
                None => unclear("NothingRepeated"),
            },
            ("Failure", Some("NotFound")) => Known::NotFound,
            ("Failure", Some("InProgress")) => Known::InProgress,
            ("Failure", Some(condition)) if conditions::is_not_now(condition) => Known::NotNow,
            _ => Known::Unclear { condition: self.response.condition() },
        }
    }
}

impl RepeatedBody {
    fn known(&self, category: &str, transaction_id: &str, amount: Pence) -> Known {
        let reading = match (&self.payment_response, &self.reversal_response) {
            (Some(payment), None) if category == PAYMENT => payment.outcome(transaction_id, amount),
            (None, Some(reversal)) if category == REVERSAL => reversal.outcome(amount),
            (None, None) => Err("NothingRepeated".to_owned()),
            _ => Err("OtherReference".to_owned()),
        };
        match reading {
            Ok(outcome) => Known::Settled(outcome),
            Err(condition) if condition == "InProgress" => Known::InProgress,
            Err(condition) => Known::Unclear { condition },
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DiagnosisResponse {
    response: Response,
    #[serde(rename = "POIStatus", default)]
    poi_status: Option<PoiStatus>,
    #[serde(default)]
    host_status: Option<Vec<HostStatus>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct PoiStatus {
    #[serde(deserialize_with = "kept_text")]
    global_status: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HostStatus {
    #[serde(default)]
    is_reachable_flag: Option<bool>,
}

impl DiagnosisResponse {
    /// How the terminal is.
    pub fn health(&self, live: bool) -> TerminalHealth {
        let state = match self.response.result.as_str() {
            "Success" | "Partial" => {
                self.poi_status.as_ref().and_then(|status| status.global_status.clone()).unwrap_or_else(|| "OK".to_owned())
            }
            _ => self.response.condition(),
        };
        let hosts: Vec<bool> = self.host_status.iter().flatten().filter_map(|host| host.is_reachable_flag).collect();
        TerminalHealth { state, host_reached: (!hosts.is_empty()).then(|| hosts.contains(&true)), simulated: !live }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct TotalsResponse {
    response: Response,
    #[serde(default)]
    transaction_totals: Option<Vec<Totals>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Totals {
    #[serde(default)]
    payment_currency: Option<String>,
    #[serde(default)]
    payment_totals: Option<Vec<Total>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Total {
    transaction_type: String,
    transaction_count: u32,
    transaction_amount: Box<RawValue>,
}

impl TotalsResponse {
    /// The sums over all cards; `None` where the terminal says that it keeps none or gives none away.
    pub fn totals(&self) -> Result<Option<TerminalTally>, Trouble> {
        match (self.response.result.as_str(), self.response.error_condition.as_deref()) {
            ("Success" | "Partial", _) => {}
            ("Failure", Some("NotAllowed" | "UnavailableService" | "LoggedOut" | "MessageFormat")) => return Ok(None),
            _ => return Err(Trouble::new(crate::TerminalFault::NotSupported, "the terminal gave no totals now")),
        }
        let unreadable = || Trouble::garbled("totals that can't be read");
        let mut sums = TerminalTally::default();
        for totals in self.transaction_totals.iter().flatten() {
            if totals.payment_currency.as_deref().is_some_and(|currency| currency != CURRENCY) {
                return Err(Trouble::garbled("totals in another currency"));
            }
            for total in totals.payment_totals.iter().flatten() {
                let (count, sum) = match total.transaction_type.as_str() {
                    "Debit" => (&mut sums.payments, &mut sums.paid),
                    "Credit" | "ReverseDebit" => (&mut sums.reversals, &mut sums.reversed),
                    // What was declined or failed, and kinds that a counter doesn't use.
                    _ => continue,
                };
                *count = count.checked_add(total.transaction_count).ok_or_else(unreadable)?;
                *sum = pence(&total.transaction_amount).and_then(|amount| sum.checked_add(amount)).ok_or_else(unreadable)?;
            }
        }
        Ok(Some(sums))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reversal_is_of_what_was_asked_for_or_nobody_knows_of_how_much() {
        for (result, amount, known) in [
            ("Success", "", true),
            ("Success", r#","ReversedAmount":10.0"#, true),
            ("Partial", r#","ReversedAmount":10"#, true),
            ("Partial", "", false),
            ("Success", r#","ReversedAmount":9.99"#, false),
            ("Success", r#","ReversedAmount":"ten""#, false),
            ("Success", r#","ReversedAmount":10.001"#, false),
        ] {
            let plain = format!(r#"{{"SaleToPOIResponse":{{"ReversalResponse":{{"Response":{{"Result":"{result}"}}{amount}}}}}}}"#);
            let reading = body(plain.as_bytes()).expect("read").reversal_response.expect("a reversal").outcome(Pence(1_000));
            match reading {
                Ok(Outcome::Approved(approval)) => assert_eq!((known, approval.amount), (true, Pence(1_000)), "{plain}"),
                other => assert_eq!((known, other), (false, Err("OtherAmount".to_owned())), "{plain}"),
            }
        }
    }
}
