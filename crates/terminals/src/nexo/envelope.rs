//! A message in its envelope: a header that anybody can read, and the message itself, closed. The header is inside once more, and
//! what is inside is believed only when it came with the right key and both headers are the answer to what was asked.

use super::Trouble;
use super::crypto::{Closed, Keys, NONCE};
use crate::{NexoTarget, TerminalFault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The one version of the envelope there is.
const CRYPTO_VERSION: u32 = 1;

/// What a message is, who sends it to whom, and the id of its exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Header {
    #[serde(default)]
    pub protocol_version: Option<String>,
    pub message_class: String,
    pub message_category: String,
    pub message_type: String,
    #[serde(rename = "SaleID")]
    pub sale_id: String,
    #[serde(rename = "ServiceID")]
    pub service_id: String,
    #[serde(rename = "POIID")]
    pub poi_id: String,
}

impl Header {
    /// Of a request.
    pub fn of(target: &NexoTarget, category: &str, service_id: &str) -> Header {
        Header {
            protocol_version: Some("3.0".to_owned()),
            message_class: "Service".to_owned(),
            message_category: category.to_owned(),
            message_type: "Request".to_owned(),
            sale_id: target.sale_id.clone(),
            service_id: service_id.to_owned(),
            poi_id: target.poi_id.clone(),
        }
    }

    /// Is this the header of an answer to a request with that one?
    fn answers(&self, asked: &Header) -> bool {
        self.message_class == asked.message_class
            && self.message_category == asked.message_category
            && self.message_type == "Response"
            && self.is_of_the_exchange(asked)
    }

    /// The same till, terminal and id?
    pub fn is_of_the_exchange(&self, asked: &Header) -> bool {
        self.sale_id == asked.sale_id && self.service_id == asked.service_id && self.poi_id == asked.poi_id
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Trailer {
    adyen_crypto_version: u32,
    key_identifier: String,
    key_version: u32,
    nonce: String,
    hmac: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    message_header: &'a Header,
    nexo_blob: String,
    security_trailer: Trailer,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "SaleToPOIResponse", default)]
    response: Option<Response>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    message_header: Header,
    #[serde(default)]
    nexo_blob: Option<String>,
    #[serde(default)]
    security_trailer: Option<Trailer>,
}

#[derive(Deserialize)]
struct Inside {
    #[serde(rename = "SaleToPOIResponse")]
    response: InsideHeader,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InsideHeader {
    message_header: Header,
}

/// A request in its envelope: `body` is JSON, by the name of its kind.
pub(super) fn close(
    header: &Header,
    name: &str,
    body: &str,
    keys: &Keys,
    target: &NexoTarget,
    nonce: [u8; NONCE],
) -> Result<String, Trouble> {
    let unwritable = |_| Trouble::garbled("the request can't be written");
    let inside = serde_json::to_string(header).map_err(unwritable)?;
    let plain = format!("{{\"SaleToPOIRequest\":{{\"MessageHeader\":{inside},\"{name}\":{body}}}}}");
    let closed = keys.close(plain.as_bytes(), nonce).ok_or_else(|| Trouble::garbled("the request can't be closed"))?;
    let request = Request {
        message_header: header,
        nexo_blob: STANDARD.encode(closed.blob),
        security_trailer: Trailer {
            adyen_crypto_version: CRYPTO_VERSION,
            key_identifier: target.key_identifier.clone(),
            key_version: target.key_version,
            nonce: STANDARD.encode(closed.nonce),
            hmac: STANDARD.encode(closed.hmac),
        },
    };
    Ok(format!("{{\"SaleToPOIRequest\":{}}}", serde_json::to_string(&request).map_err(unwritable)?))
}

/// The message inside an answer to `asked`.
pub(super) fn open(answer: &[u8], asked: &Header, keys: &Keys, target: &NexoTarget) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let forged = |detail: &str| Trouble::new(TerminalFault::NotAuthentic, detail);
    let answer: Answer = serde_json::from_slice(answer).map_err(|_| Trouble::garbled("the answer isn't a nexo message"))?;
    let Some(Response { message_header, nexo_blob: Some(blob), security_trailer: Some(trailer) }) = answer.response else {
        return Err(forged("the answer isn't encrypted"));
    };
    if trailer.adyen_crypto_version != CRYPTO_VERSION
        || trailer.key_identifier != target.key_identifier
        || trailer.key_version != target.key_version
    {
        return Err(forged("the answer was made with another key"));
    }
    let closed = closed(&blob, &trailer).ok_or_else(|| Trouble::garbled("the answer's envelope can't be read"))?;
    let plain = keys.open(&closed).ok_or_else(|| forged("the answer's HMAC is wrong"))?;
    let inside: Inside = serde_json::from_slice(&plain).map_err(|_| Trouble::garbled("the message inside the answer can't be read"))?;
    if inside.response.message_header != message_header {
        return Err(forged("the answer's two headers differ"));
    }
    if message_header.answers(asked) { Ok(plain) } else { Err(Trouble::garbled("the answer is to something else")) }
}

fn closed(blob: &str, trailer: &Trailer) -> Option<Closed> {
    let nonce: [u8; NONCE] = STANDARD.decode(&trailer.nonce).ok()?.try_into().ok()?;
    Some(Closed { blob: STANDARD.decode(blob).ok()?, hmac: STANDARD.decode(&trailer.hmac).ok()?, nonce })
}
