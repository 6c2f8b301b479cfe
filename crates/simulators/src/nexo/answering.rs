//! What a terminal answers.

use super::Terminal;
use super::books::{Charge, Exchange, Remembered};
use super::manner::{Customer, Kind, Manner};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// A message that came with the right key.
pub(super) struct Request {
    pub kind: Kind,
    header: Value,
    body: Value,
    /// As it was written: numbers to the letter.
    plain: String,
}

impl Request {
    fn exchange(&self) -> Exchange {
        exchange_of(&self.header)
    }
}

/// A kind by its category, with the names of its messages.
const KINDS: [(Kind, &str, &str, &str); 6] = [
    (Kind::Payment, "Payment", "PaymentRequest", "PaymentResponse"),
    (Kind::Reversal, "Reversal", "ReversalRequest", "ReversalResponse"),
    (Kind::Abort, "Abort", "AbortRequest", "AbortResponse"),
    (Kind::Status, "TransactionStatus", "TransactionStatusRequest", "TransactionStatusResponse"),
    (Kind::Diagnosis, "Diagnosis", "DiagnosisRequest", "DiagnosisResponse"),
    (Kind::Totals, "GetTotals", "GetTotalsRequest", "GetTotalsResponse"),
];

fn exchange_of(header: &Value) -> Exchange {
    (text(&header["SaleID"]), text(&header["ServiceID"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The message in an envelope: closed with this terminal's key, meant for it, both headers the same.
pub(super) fn opened(terminal: &Terminal, envelope: &[u8]) -> Option<Request> {
    let envelope: Value = serde_json::from_slice(envelope).ok()?;
    let message = &envelope["SaleToPOIRequest"];
    let (header, trailer) = (&message["MessageHeader"], &message["SecurityTrailer"]);
    let agreed = trailer["AdyenCryptoVersion"] == 1
        && trailer["KeyIdentifier"] == terminal.setup.key_identifier
        && trailer["KeyVersion"] == terminal.setup.key_version;
    if !agreed || header["POIID"] != terminal.setup.poi_id || header["ProtocolVersion"] != "3.0" || header["MessageType"] != "Request" {
        return None;
    }
    let bytes = |value: &Value| STANDARD.decode(value.as_str()?).ok();
    let nonce = bytes(&trailer["Nonce"])?.try_into().ok()?;
    let plain = terminal.sealing.unseal(&bytes(&message["NexoBlob"])?, &bytes(&trailer["Hmac"])?, nonce)?;
    let plain = String::from_utf8(plain).ok()?;
    let inside: Value = serde_json::from_str(&plain).ok()?;
    let inside = &inside["SaleToPOIRequest"];
    let (kind, _, name, _) = *KINDS.iter().find(|(_, category, ..)| header["MessageCategory"] == *category)?;
    let service_id = text(&header["ServiceID"]);
    let well_named = (1..=10).contains(&service_id.len()) && service_id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (inside["MessageHeader"] == *header && well_named).then(|| Request { kind, header: header.clone(), body: inside[name].clone(), plain })
}

/// Does what is asked, and makes the answer's envelope as it was told to.
pub(super) fn answer(terminal: &Terminal, request: &Request, manner: Option<&Manner>) -> Vec<u8> {
    let (_, category, _, name) = KINDS.into_iter().find(|(kind, ..)| *kind == request.kind).unwrap_or(KINDS[0]);
    let body = match manner {
        Some(Manner::IsBusy) => failure("Busy"),
        Some(Manner::SaysItFailed(condition, additional)) => {
            done(terminal, request, manner);
            json!({ "Response": { "Result": "Failure", "ErrorCondition": condition, "AdditionalResponse": additional } })
        }
        Some(Manner::SaysSomethingNew) => json!({ "Response": { "Result": "Perhaps", "ErrorCondition": "Mercury" } }),
        _ if !terminal.state().books.is_new(&request.exchange()) => failure("NotAllowed"),
        _ => done(terminal, request, manner),
    };
    if request.kind == Kind::Abort {
        return Vec::new();
    }
    let mut header = request.header.clone();
    header["MessageType"] = json!("Response");
    match manner {
        Some(Manner::OtherServiceId) => header["ServiceID"] = json!("OTHER"),
        Some(Manner::OtherSaleId) => header["SaleID"] = json!("another till"),
        Some(Manner::OtherPoiId) => header["POIID"] = json!("P400Plus-000000000"),
        Some(Manner::OtherCategory) => header["MessageCategory"] = json!(if category == "Payment" { "Reversal" } else { "Payment" }),
        _ => {}
    }
    let name = if manner == Some(&Manner::OtherBody) { "LoginResponse" } else { name };
    closed(terminal, &header, &json!({ "MessageHeader": header, name: body }), manner)
}

fn closed(terminal: &Terminal, header: &Value, message: &Value, manner: Option<&Manner>) -> Vec<u8> {
    let inside = json!({ "SaleToPOIResponse": message }).to_string();
    if manner == Some(&Manner::InTheOpen) {
        return inside.into_bytes();
    }
    let (mut blob, mut hmac, nonce) = terminal.sealing.seal(inside.as_bytes());
    match manner {
        Some(Manner::BadHmac) => hmac[7] ^= 0x10,
        Some(Manner::BadBlob) => blob[40] ^= 0x01,
        _ => {}
    }
    let setup = &terminal.setup;
    let mut envelope = json!({ "SaleToPOIResponse": {
        "MessageHeader": header,
        "NexoBlob": STANDARD.encode(blob),
        "SecurityTrailer": {
            "AdyenCryptoVersion": if manner == Some(&Manner::OtherCryptoVersion) { 2 } else { 1 },
            "KeyIdentifier": if manner == Some(&Manner::OtherKey) { "another" } else { &setup.key_identifier },
            "KeyVersion": if manner == Some(&Manner::OtherKeyVersion) { setup.key_version + 1 } else { setup.key_version },
            "Nonce": STANDARD.encode(nonce),
            "Hmac": STANDARD.encode(hmac),
        },
    } });
    let mut state = terminal.state();
    if let Some(earlier) = state.earlier.as_ref() {
        match manner {
            Some(Manner::RepeatsAnEarlierAnswer) => return earlier.clone(),
            Some(Manner::RepeatsAnEarlierAnswerInANewEnvelope) => {
                let earlier: Value = serde_json::from_slice(earlier).unwrap_or_default();
                for part in ["NexoBlob", "SecurityTrailer"] {
                    envelope["SaleToPOIResponse"][part] = earlier["SaleToPOIResponse"][part].clone();
                }
            }
            _ => {}
        }
    }
    let envelope = envelope.to_string().into_bytes();
    state.earlier = Some(envelope.clone());
    envelope
}

fn failure(condition: &str) -> Value {
    json!({ "Response": { "Result": "Failure", "ErrorCondition": condition, "AdditionalResponse": "message=simulated" } })
}

fn done(terminal: &Terminal, request: &Request, manner: Option<&Manner>) -> Value {
    match request.kind {
        Kind::Payment => payment(terminal, request),
        Kind::Reversal => reversal(terminal, request, manner),
        Kind::Status => status(terminal, request, manner),
        Kind::Abort => {
            let reference = exchange_of(&request.body["MessageReference"]);
            terminal.state().books.aborted.insert(reference);
            terminal.changed.notify_all();
            Value::Null
        }
        Kind::Diagnosis => json!({
            "Response": { "Result": "Success" },
            "POIStatus": { "GlobalStatus": "OK", "CommunicationOKFlag": true },
            "HostStatus": [{ "AcquirerID": "simulated", "IsReachableFlag": true }],
        }),
        Kind::Totals => totals(terminal),
        Kind::Connection => Value::Null,
    }
}

/// The pence that stand after `name` in the message: pounds with exactly two places, or nothing.
fn pence(plain: &str, name: &str) -> Option<i64> {
    let after = plain.split_once(&format!("\"{name}\":"))?.1;
    let number: String = after.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let two_places = number.split_once('.').is_some_and(|(_, places)| places.len() == 2);
    let pounds: Decimal = number.parse().ok().filter(|_| two_places)?;
    i64::try_from(pounds.mantissa()).ok().filter(|pence| *pence > 0)
}

/// As a terminal writes pounds: 1.0, 12.3, 12.34.
fn pounds(pence: i64) -> Value {
    serde_json::from_str(&format!("{}.{:02}", pence / 100, pence % 100)).unwrap_or_default()
}

fn payment(terminal: &Terminal, request: &Request) -> Value {
    let transaction = request.body["SaleData"]["SaleTransactionID"].clone();
    let currency = &request.body["PaymentTransaction"]["AmountsReq"]["Currency"];
    let asked = pence(&request.plain, "RequestedAmount").filter(|_| currency == "GBP" && transaction["TransactionID"].is_string());
    let Some(asked) = asked else { return failure("MessageFormat") };
    let exchange = request.exchange();
    let customer = {
        let mut state = terminal.state();
        state.books.exchanges.insert(exchange.clone(), Remembered::AtWork);
        state.customers.pop_front().unwrap_or(Customer::Pays)
    };
    let customer = if customer == Customer::Dithers { dither(terminal, &exchange) } else { customer };
    let mut state = terminal.state();
    let reference = format!("simu{:03}.{:09}", state.books.charges.len() + 1, 275_479_597);
    let taken = match &customer {
        Customer::IsRefused(_) | Customer::Cancels | Customer::Dithers => 0,
        Customer::PaysPart(pence) | Customer::IsOvercharged(pence) => *pence,
        _ => asked,
    };
    if taken > 0 {
        let (sale_id, service_id) = exchange.clone();
        state.books.charges.push(Charge {
            sale_id,
            service_id,
            transaction_id: text(&transaction["TransactionID"]),
            reference: reference.clone(),
            amount_pence: taken,
            reversed_pence: 0,
        });
    }
    let answer = paid(&customer, taken, &transaction, &reference);
    state.books.exchanges.insert(exchange, Remembered::Answered("PaymentResponse", answer.clone()));
    answer
}

/// Until they are let go, and pay, or the payment is given up.
fn dither(terminal: &Terminal, exchange: &Exchange) -> Customer {
    let now = terminal.state().let_go;
    let state = terminal.wait_until(|state| state.let_go > now || state.books.aborted.contains(exchange));
    if state.books.aborted.contains(exchange) || state.stopped { Customer::Dithers } else { Customer::Pays }
}

fn paid(customer: &Customer, taken: i64, transaction: &Value, reference: &str) -> Value {
    let (result, condition) = match customer {
        Customer::IsRefused(condition) => ("Failure", Some(condition.as_str())),
        Customer::Cancels => ("Failure", Some("Cancel")),
        Customer::Dithers => ("Failure", Some("Aborted")),
        Customer::PaysPart(_) => ("Partial", None),
        _ => ("Success", None),
    };
    let number = if let Customer::PaysWithNumberInTheOpen(number) = customer { number.as_str() } else { "" };
    let masked = if number.is_empty() { "411111 **** 1111" } else { number };
    let card = json!({
        "EntryMode": ["Tapped"],
        "PaymentBrand": if number.is_empty() { "visa".to_owned() } else { format!("visa {number}") },
        "MaskedPan": masked,
        "SensitiveCardData": { "PAN": number, "ExpiryDate": "1230", "TrackData": [{ "TrackValue": format!("{number}=3012") }] },
        "ProtectedCardData": { "ContentType": "id-envelopedData", "PAN": number },
    });
    let additional = format!(
        "tid=75479597&mid=5000&AID=A0000000031010&authCode=123456&cardSummary={}&cardBin=411111&expiryDate=12%2f2030&cardHolderName={number}",
        &masked[masked.len() - 4..]
    );
    let mut answer = json!({
        "Response": { "Result": result, "AdditionalResponse": additional },
        "SaleData": { "SaleTransactionID": transaction },
        "POIData": { "POITransactionID": { "TransactionID": reference, "TimeStamp": transaction["TimeStamp"] } },
        "PaymentReceipt": [
            receipt("CashierReceipt", masked, taken, *customer == Customer::Signs),
            receipt("CustomerReceipt", masked, taken, false),
        ],
    });
    match condition {
        Some(condition) => answer["Response"]["ErrorCondition"] = json!(condition),
        None => {
            answer["PaymentResult"] = json!({
                "PaymentInstrumentData": { "PaymentInstrumentType": "Card", "CardData": card },
                "PaymentAcquirerData": { "AcquirerPOIID": "P400Plus-275479597", "ApprovalCode": "123456", "MerchantID": "Council" },
                "AmountsResp": { "Currency": "GBP", "AuthorizedAmount": pounds(taken) },
            });
        }
    }
    answer
}

fn receipt(qualifier: &str, masked: &str, taken: i64, signature: bool) -> Value {
    let line = |name: &str, value: &str, key: &str| {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("name", name)
            .append_pair("value", value)
            .append_pair("key", key)
            .finish();
        json!({ "Text": form, "EndOfLineFlag": true })
    };
    let total = format!("£{}.{:02}", taken / 100, taken % 100);
    json!({
        "DocumentQualifier": qualifier,
        "RequiredSignatureFlag": signature,
        "OutputContent": { "OutputFormat": "Text", "OutputText": [
            { "Text": "key=header1" },
            line("Card", masked, "pan"),
            line("TOTAL", &total, "totalAmount"),
            { "Text": "name=APPROVED&key=approved" },
        ] },
    })
}

fn reversal(terminal: &Terminal, request: &Request, manner: Option<&Manner>) -> Value {
    let reference = text(&request.body["OriginalPOITransaction"]["POITransactionID"]["TransactionID"]);
    let time = &request.body["OriginalPOITransaction"]["POITransactionID"]["TimeStamp"];
    let amount = pence(&request.plain, "ReversedAmount").filter(|_| time.is_string());
    let Some(amount) = amount else { return failure("MessageFormat") };
    let mut state = terminal.state();
    let mut answer = if state.books.reverse(&reference, amount) {
        json!({
            "Response": { "Result": "Success", "AdditionalResponse": "currency=GBP" },
            "POIData": { "POITransactionID": { "TransactionID": format!("{reference}.back"), "TimeStamp": time } },
        })
    } else {
        failure("NotFound")
    };
    match manner {
        Some(Manner::SaysItsAmount) => answer["ReversedAmount"] = pounds(amount),
        Some(Manner::SaysAnotherAmount) => answer["ReversedAmount"] = pounds(amount - 1),
        _ => {}
    }
    state.books.exchanges.insert(request.exchange(), Remembered::Answered("ReversalResponse", answer.clone()));
    answer
}

fn status(terminal: &Terminal, request: &Request, manner: Option<&Manner>) -> Value {
    let reference = request.body["MessageReference"].clone();
    let category = text(&reference["MessageCategory"]);
    let mut found = terminal.state().books.exchanges.get(&exchange_of(&reference)).cloned();
    found = found.filter(|found| !matches!(found, Remembered::Answered(name, _) if *name != format!("{category}Response")));
    let mut answer = match (manner, found) {
        (Some(Manner::SaysInProgress), _) | (None, Some(Remembered::AtWork)) => failure("InProgress"),
        (Some(Manner::SaysNotFound | Manner::SaysNotFoundOfAnother), _) | (_, None) => failure("NotFound"),
        (Some(Manner::RepeatsNothing), _) | (_, Some(Remembered::AtWork)) => json!({ "Response": { "Result": "Success" } }),
        (_, Some(Remembered::Answered(name, body))) => {
            let service_id = if manner == Some(&Manner::RepeatsAnotherPayment) { json!("OTHER") } else { reference["ServiceID"].clone() };
            json!({
                "Response": { "Result": "Success" },
                "RepeatedMessageResponse": {
                    "MessageHeader": {
                        "ProtocolVersion": "3.0", "MessageClass": "Service", "MessageCategory": category, "MessageType": "Response",
                        "SaleID": reference["SaleID"], "ServiceID": service_id, "POIID": terminal.setup.poi_id,
                    },
                    "RepeatedResponseMessageBody": { name: body },
                },
            })
        }
    };
    answer["MessageReference"] = reference;
    if manner == Some(&Manner::SaysNotFoundOfAnother) {
        answer["MessageReference"]["ServiceID"] = json!("OTHER");
    }
    answer
}

fn totals(terminal: &Terminal) -> Value {
    let state = terminal.state();
    let charges = &state.books.charges;
    let sum = |of: fn(&Charge) -> i64| pounds(charges.iter().map(of).sum());
    json!({
        "Response": { "Result": "Success" },
        "POIReconciliationID": "1000",
        "TransactionTotals": [{
            "PaymentInstrumentType": "Card", "PaymentCurrency": "GBP",
            "PaymentTotals": [
                { "TransactionType": "Debit", "TransactionCount": charges.len(), "TransactionAmount": sum(|charge| charge.amount_pence) },
                { "TransactionType": "Credit", "TransactionCount": state.books.reversals, "TransactionAmount": sum(|charge| charge.reversed_pence) },
                { "TransactionType": "Declined", "TransactionCount": 7, "TransactionAmount": 70.5 },
            ],
        }],
    })
}
