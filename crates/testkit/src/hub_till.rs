//! A till as the hub sees one: it signs requests and chains entries, and has neither store nor window. For tests and benches
//! of the hub itself.

use counterfoil_wire::enrolment::{Enrol, Enrolled};
use counterfoil_wire::entries::{BatchHeader, EntriesReply, TillState, WIRE_VERSION, write_batch};
use counterfoil_wire::problem::Problem;
use counterfoil_wire::signing::{DATE_HEADER, PublicKey, Request, SIGNATURE_HEADER, TILL_HEADER};
use counterfoil_wire::{Hash, Head};
use ed25519_dalek::SigningKey;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// An answer: its status and its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// It is something else.
    #[allow(clippy::panic, reason = "a test that gets another answer fails")]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, String::from_utf8_lossy(&self.body)))
    }

    /// The refusal's code.
    pub fn problem(&self) -> String {
        self.json::<Problem>().code
    }
}

/// A till with a key.
#[derive(Clone)]
pub struct HubTill {
    /// Where the hub is.
    pub url: String,
    /// Its connections.
    pub agent: ureq::Agent,
    /// Its id.
    pub id: String,
    /// Its key.
    pub key: SigningKey,
    /// The end of the journal that it has sent.
    pub head: Head,
    /// How it says that it is.
    pub state: TillState,
    /// Added to the clock: a till can be wrong about the time.
    pub clock_off_ms: i64,
}

fn connections() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(120)));
    config.build().into()
}

impl HubTill {
    /// A till that nobody knows yet.
    pub fn new(url: &str, id: &str, key: [u8; 32]) -> HubTill {
        HubTill {
            url: url.to_owned(),
            agent: connections(),
            id: id.to_owned(),
            key: SigningKey::from_bytes(&key),
            head: Head::EMPTY,
            state: TillState { program_version: "0.1.0".into(), ..TillState::default() },
            clock_off_ms: 0,
        }
    }

    /// The same till with connections that nothing was sent over yet.
    #[must_use]
    pub fn connected_anew(&self) -> HubTill {
        HubTill { agent: connections(), ..self.clone() }
    }

    /// Asks to be enrolled with a code.
    pub fn enrol(&self, code: &str) -> Answer {
        let (till_id, public_key) = (self.id.clone(), PublicKey::of(&self.key));
        let enrol = Enrol { code: code.to_owned(), till_id, public_key, program_version: "0.1.0".into() };
        self.post("/v1/enrol", &serde_json::to_vec(&enrol).unwrap_or_default(), &[])
    }

    /// Asks to be enrolled, and takes the id that it is given.
    pub fn enrolled(mut self, code: &str) -> HubTill {
        self.id = self.enrol(code).json::<Enrolled>().till_id;
        self
    }

    /// Speaks to another copy of the hub from now on.
    pub fn at(&self, url: &str) -> HubTill {
        HubTill { url: url.to_owned(), ..self.clone() }
    }

    /// A batch that goes on from the head, as its lines.
    pub fn batch(&self, bodies: &[Vec<u8>]) -> Vec<u8> {
        let header = BatchHeader { v: WIRE_VERSION, first_seq: self.head.seq + 1, prev_hash: self.head.hash, state: self.state.clone() };
        write_batch(&header, bodies.iter().map(Vec::as_slice)).unwrap_or_default()
    }

    /// Sends entries, compressed, without moving its own head: as when the reply is lost.
    pub fn try_send(&self, bodies: &[Vec<u8>]) -> Answer {
        let compressed = zstd::encode_all(self.batch(bodies).as_slice(), 1).unwrap_or_default();
        self.signed_post(&self.entries_path(), &compressed, &[("content-encoding", "zstd")])
    }

    /// Sends entries and moves the head past them.
    pub fn send(&mut self, bodies: &[Vec<u8>]) -> EntriesReply {
        let reply = self.try_send(bodies).json();
        self.head = bodies.iter().fold(self.head, |head, body| head.after(&self.id, body));
        reply
    }

    /// `/v1/tills/{till}/entries`.
    pub fn entries_path(&self) -> String {
        format!("/v1/tills/{}/entries", self.id)
    }

    /// A signed POST.
    pub fn signed_post(&self, path: &str, body: &[u8], headers: &[(&str, &str)]) -> Answer {
        let signed = self.signature("POST", path, body);
        let headers: Vec<(&str, &str)> =
            signed.iter().map(|(name, value)| (*name, value.as_str())).chain(headers.iter().copied()).collect();
        self.post(path, body, &headers)
    }

    /// A signed GET.
    pub fn signed_get(&self, path: &str) -> Answer {
        let signed = self.signature("GET", path, b"");
        self.get(path, &signed.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// The three headers of a signed request.
    pub fn signature(&self, method: &str, path: &str, body: &[u8]) -> [(&'static str, String); 3] {
        let date_ms = now_ms() + self.clock_off_ms;
        let signature = Request { till_id: &self.id, method, path, date_ms, body }.signature(&self.key);
        [(TILL_HEADER, self.id.clone()), (DATE_HEADER, date_ms.to_string()), (SIGNATURE_HEADER, signature)]
    }

    /// A POST with these headers and no others.
    pub fn post(&self, path: &str, body: &[u8], headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.url)).header("content-type", content_type(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.send(body))
    }

    /// A GET with these headers and no others.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.call())
    }
}

fn content_type(path: &str) -> &'static str {
    if path.ends_with("/entries") { "application/x-ndjson" } else { "application/json" }
}

/// No answer at all has the status 0.
fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let Ok(mut response) = response else { return Answer { status: 0, body: Vec::new() } };
    let is_compressed = response.headers().get("content-encoding").is_some_and(|value| value == "zstd");
    let status = response.status().as_u16();
    let Ok(body) = response.body_mut().with_config().limit(4 << 30).read_to_vec() else { return Answer { status: 0, body: Vec::new() } };
    let body = if is_compressed { zstd::decode_all(body.as_slice()).unwrap_or_default() } else { body };
    Answer { status, body }
}

#[allow(clippy::disallowed_methods, reason = "requests carry the moment at which they are signed")]
fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or_default()
}

/// The body of a receipt's entry: one line, one tender.
pub struct Taking<'a> {
    /// Makes id, receipt number and account reference its own.
    pub number: u64,
    /// The session.
    pub session: u64,
    /// The fund.
    pub fund_code: &'a str,
    /// The MOP.
    pub mop_code: &'a str,
    /// What was paid.
    pub amount_pence: i64,
}

impl Taking<'_> {
    /// Cash for council tax.
    pub fn of(number: u64, amount_pence: i64) -> Taking<'static> {
        Taking { number, session: 1, fund_code: "23", mop_code: "90", amount_pence }
    }

    /// The entry's exact bytes.
    pub fn body(&self) -> Vec<u8> {
        let Taking { number, session, fund_code, mop_code, amount_pence: amount } = self;
        let id = entry_id(*number);
        format!(
            "{{\"v\":1,\"id\":\"{id}\",\"at_ms\":1795600000000,\"day\":\"2026-11-25\",\"by\":\"12\",\"session\":{session},\"fact\":{{\"receipt_taken\":\
             {{\"receipt\":{{\"number\":\"CH07-{number:07}\",\"serial\":{number},\"office_code\":\"CH\",\"till_code\":\"07\",\"total\":{amount},\
             \"lines\":[{{\"fund_code\":\"{fund_code}\",\"reference\":\"{reference:09}\",\"amount\":{amount},\"vat_code\":\"N0\",\"vat_rate\":\"0\",\
             \"vat\":0,\"narrative\":\"\"}}],\"tenders\":[{{\"mop_code\":\"{mop_code}\",\"amount\":{amount},\"details\":{{\"kind\":\"cash\",\
             \"tendered\":{amount},\"change\":0}}}}],\"postings\":[{{\"line\":0,\"tender\":0,\"amount\":{amount},\"vat\":0}}],\
             \"language\":\"en-GB\"}},\"content\":\"{content}\"}}}}}}",
            reference = number % 1_000_000_000,
            content = Hash::of(&number.to_be_bytes()),
        )
        .into_bytes()
    }
}

/// The id of the entry with this number.
pub fn entry_id(number: u64) -> uuid::Uuid {
    uuid::Builder::from_unix_timestamp_millis(number, &[7; 10]).into_uuid()
}
