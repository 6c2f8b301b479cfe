//! What is asked of a terminal, as JSON.

use super::Trouble;
use super::kept::as_it_was;
use crate::{Payment, PaymentIds, Reversal, TerminalFault};
use chrono::{DateTime, SecondsFormat};
use counterfoil_domain::Pence;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// The currency of all that is taken.
pub(super) const CURRENCY: &str = "GBP";

/// The category of a payment, and of a reversal.
pub(super) const PAYMENT: &str = "Payment";
pub(super) const REVERSAL: &str = "Reversal";

/// A request of its kind: the category in its header, the name of its body, the body.
pub(super) struct Ask {
    pub category: &'static str,
    pub name: &'static str,
    pub body: String,
}

/// Parts the terminal's reference of a payment from its time, in an approval's `terminal_reference`.
pub(super) const AT: char = '@';

pub(super) fn payment(payment: &Payment) -> Result<Ask, Trouble> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Request {
        sale_data: Value,
        payment_transaction: Transaction,
    }
    #[derive(serde::Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Transaction {
        amounts_req: Amounts,
    }
    #[derive(serde::Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Amounts {
        currency: &'static str,
        requested_amount: Box<RawValue>,
    }
    let body = Request {
        sale_data: json!({ "SaleTransactionID": transaction(&payment.ids)? }),
        payment_transaction: Transaction { amounts_req: Amounts { currency: CURRENCY, requested_amount: amount(payment.amount)? } },
    };
    Ok(Ask { category: PAYMENT, name: "PaymentRequest", body: written(&body)? })
}

pub(super) fn reversal(reversal: &Reversal) -> Result<Ask, Trouble> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Request {
        #[serde(rename = "OriginalPOITransaction")]
        original: Value,
        reversal_reason: &'static str,
        reversed_amount: Box<RawValue>,
        sale_data: Value,
    }
    if reversal.terminal_reference.is_empty() {
        return Err(Trouble::new(TerminalFault::BadSettings, "the terminal's reference of the payment isn't known"));
    }
    let (id, time) = match reversal.terminal_reference.rsplit_once(AT) {
        Some((id, time)) => (as_it_was(id), time.to_owned()),
        None => (as_it_was(&reversal.terminal_reference), time_of(&reversal.payment)?),
    };
    let body = Request {
        original: json!({ "POITransactionID": { "TransactionID": id, "TimeStamp": time } }),
        reversal_reason: "MerchantCancel",
        reversed_amount: amount(reversal.amount)?,
        sale_data: json!({
            "SaleTransactionID": transaction(&reversal.ids)?,
            "SaleToAcquirerData": format!("currency={CURRENCY}"),
        }),
    };
    Ok(Ask { category: REVERSAL, name: "ReversalRequest", body: written(&body)? })
}

/// What became of the request of that category with these ids.
pub(super) fn status(asked: &PaymentIds, category: &str, sale_id: &str, poi_id: &str) -> Ask {
    let body = json!({
        "ReceiptReprintFlag": true,
        "DocumentQualifier": ["CashierReceipt", "CustomerReceipt"],
        "MessageReference": reference(asked, category, sale_id, poi_id),
    });
    Ask { category: "TransactionStatus", name: "TransactionStatusRequest", body: body.to_string() }
}

pub(super) fn abort(asked: &PaymentIds, sale_id: &str, poi_id: &str) -> Ask {
    let body = json!({ "AbortReason": "MerchantAbort", "MessageReference": reference(asked, PAYMENT, sale_id, poi_id) });
    Ask { category: "Abort", name: "AbortRequest", body: body.to_string() }
}

pub(super) fn diagnosis() -> Ask {
    Ask { category: "Diagnosis", name: "DiagnosisRequest", body: json!({ "HostDiagnosisFlag": true }).to_string() }
}

pub(super) fn totals() -> Ask {
    Ask { category: "GetTotals", name: "GetTotalsRequest", body: json!({}).to_string() }
}

fn reference(asked: &PaymentIds, category: &str, sale_id: &str, poi_id: &str) -> Value {
    json!({ "MessageCategory": category, "ServiceID": asked.service_id, "SaleID": sale_id, "POIID": poi_id })
}

fn transaction(ids: &PaymentIds) -> Result<Value, Trouble> {
    Ok(json!({ "TransactionID": ids.transaction_id, "TimeStamp": time_of(ids)? }))
}

fn time_of(ids: &PaymentIds) -> Result<String, Trouble> {
    DateTime::from_timestamp_millis(ids.at_ms)
        .map(|time| time.to_rfc3339_opts(SecondsFormat::Millis, true))
        .ok_or_else(|| Trouble::new(TerminalFault::BadSettings, "a time that no calendar has"))
}

/// Pounds with exactly two places, as a number that never passes through binary fractions.
fn amount(amount: Pence) -> Result<Box<RawValue>, Trouble> {
    let refused = || Trouble::new(TerminalFault::BadSettings, "an amount that no terminal takes");
    if amount.is_positive() { RawValue::from_string(amount.plain()).map_err(|_| refused()) } else { Err(refused()) }
}

fn written(body: &impl serde::Serialize) -> Result<String, Trouble> {
    serde_json::to_string(body).map_err(|_| Trouble::garbled("the request can't be written"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> PaymentIds {
        PaymentIds { service_id: "A1".into(), transaction_id: "7d9f".into(), at_ms: 1_780_000_000_123 }
    }

    #[test]
    fn amounts_are_pounds_with_two_places() {
        for (pence, written) in [(1, "0.01"), (1_230, "12.30"), (100, "1.00"), (999_999_999, "9999999.99")] {
            let ask = payment(&Payment { ids: ids(), amount: Pence(pence) }).unwrap();
            assert!(ask.body.contains(&format!("\"RequestedAmount\":{written}}}")), "{}", ask.body);
        }
        for pence in [0, -1] {
            assert!(payment(&Payment { ids: ids(), amount: Pence(pence) }).is_err());
        }
    }

    #[test]
    fn a_reversal_names_the_terminal_s_own_reference_and_its_time() {
        let mut asked =
            Reversal { ids: ids(), payment: ids(), terminal_reference: "BV0q.8515@2026-05-28T20:26:40.000Z".into(), amount: Pence(150) };
        let body = reversal(&asked).unwrap().body;
        assert!(
            body.contains(
                r#""OriginalPOITransaction":{"POITransactionID":{"TimeStamp":"2026-05-28T20:26:40.000Z","TransactionID":"BV0q.8515"}}"#
            ),
            "{body}"
        );
        asked.terminal_reference = "BV0q.8515".into();
        assert!(reversal(&asked).unwrap().body.contains(r#""TimeStamp":"2026-05-28T20:26:40.123Z","TransactionID":"BV0q.8515""#));
        asked.terminal_reference = String::new();
        assert!(reversal(&asked).is_err(), "of no payment that anybody knows");
    }
}
