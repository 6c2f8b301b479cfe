//! The hub, asked: each request signed, each answer read with care.

use crate::batch::Batch;
use crate::reason::Reason;
use crate::tls::{self, TlsNotUsable};
use counterfoil_wire::enrolment::{Enrol, Enrolled};
use counterfoil_wire::entries::{EntriesPage, EntriesReply};
use counterfoil_wire::problem::Problem;
use counterfoil_wire::reconciliation::Reconciliation;
use counterfoil_wire::reference::Reference;
use counterfoil_wire::signing::{DATE_HEADER, Request, SIGNATURE_HEADER, TILL_HEADER};
use ed25519_dalek::SigningKey;
use reqwest::{Client, Method, Response, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Read;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use url::Url;

/// How long a connection may take to be made.
const CONNECTING: Duration = Duration::from_secs(10);
/// How long a request and its answer may take, where the answer isn't streamed.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How long a streamed answer may be silent; as a whole it takes as long as the line needs. Counted too from a request's beginning to the first
/// word of its answer, streamed or not, so that it is no shorter than what the hub is given for its work.
const SILENCE: Duration = TIMEOUT;
/// The most of an answer that is read, in bytes, where it isn't streamed.
const MAX_ANSWER: usize = 4 * 1024 * 1024;
/// Who this till is to the hub.
#[derive(Clone)]
pub struct Credentials {
    /// The id that its chain is bound to.
    pub till_id: String,
    /// Its key.
    pub key: SigningKey,
}

/// What is asked of the hub.
struct Asked<'a> {
    method: Method,
    path: &'a str,
    body: &'a [u8],
    /// How the body is compressed.
    encoding: Option<&'static str>,
    /// How long the whole of it may take; none where the answer is streamed.
    within: Option<Duration>,
}

impl<'a> Asked<'a> {
    fn get(path: &'a str) -> Asked<'a> {
        Asked { method: Method::GET, path, body: &[], encoding: None, within: Some(TIMEOUT) }
    }
}

/// The hub.
pub struct Hub {
    client: Client,
    /// Where it is, without what comes after.
    base: Url,
    /// The hub's clock less ours, once it has said that ours is wrong.
    offset_ms: AtomicI64,
}

/// Why the hub didn't do it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum HubError {
    /// It can't be reached, or its answer broke off: whether it did anything can't be told.
    #[error("the ledger can't be reached: {1}")]
    Unreachable(Reason, String),
    /// It said no.
    #[error("{}", .0.message)]
    Refused(Problem),
    /// Something answered that isn't the hub.
    #[error("the answer isn't the ledger's: {0}")]
    NotUnderstood(String),
    /// It can't be spoken to as this till is set up.
    #[error(transparent)]
    NotUsable(#[from] TlsNotUsable),
}

impl HubError {
    /// A stable code.
    pub fn code(&self) -> &str {
        match self {
            HubError::Unreachable(Reason::Certificate, _) => "not-trusted",
            HubError::Unreachable(..) => "unreachable",
            HubError::Refused(problem) => &problem.code,
            HubError::NotUnderstood(_) => "not-understood",
            HubError::NotUsable(TlsNotUsable::Machine) => "not-usable",
            HubError::NotUsable(_) => "certificate",
        }
    }
}

impl From<reqwest::Error> for HubError {
    fn from(error: reqwest::Error) -> HubError {
        // Without the address, which can hold what a log shouldn't.
        let reason = Reason::of_failure(&error);
        HubError::Unreachable(reason, error.without_url().to_string())
    }
}

impl Hub {
    /// The hub at an address such as `https://ledger.example.gov.uk/counterfoil`. With the council's own certificate authorities
    /// (PEM) no others are trusted; without, the machine's are.
    ///
    /// # Errors
    /// An address that isn't one; a certificate that can't be read.
    pub fn new(address: &str, authority: Option<&[u8]>) -> Result<Hub, HubError> {
        let not_usable = |reason: String| HubError::NotUnderstood(reason);
        let mut base = Url::parse(address.trim()).map_err(|error| not_usable(error.to_string()))?;
        if !matches!(base.scheme(), "http" | "https") || base.host().is_none() {
            return Err(not_usable("the address begins with neither https:// nor http://".into()));
        }
        // It is shown and written down.
        if !base.username().is_empty() || base.password().is_some() {
            return Err(not_usable("the address has a user name or password in it".into()));
        }
        base.set_query(None);
        base.set_fragment(None);
        let path = base.path().trim_end_matches('/').to_owned();
        base.set_path(&path);
        let tls = tls::configured(base.scheme(), authority, None)?;
        let client = Client::builder()
            .user_agent(concat!("Counterfoil/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECTING)
            .read_timeout(SILENCE)
            // What is signed for the hub goes to the hub: where it sends us on, it isn't the hub that answers.
            .redirect(redirect::Policy::none())
            .tls_backend_preconfigured(tls)
            .build()
            .map_err(|error| not_usable(error.to_string()))?;
        Ok(Hub { client, base, offset_ms: AtomicI64::new(0) })
    }

    /// Makes a till known.
    ///
    /// # Errors
    /// [`HubError`]; after one that isn't a refusal the same code may be sent again.
    pub async fn enrol(&self, enrol: &Enrol) -> Result<Enrolled, HubError> {
        let body = json(enrol)?;
        let request = self.client.post(self.address("/v1/enrol")).header("content-type", "application/json").body(body);
        let request = request.timeout(TIMEOUT);
        read(answered(request.send().await?).await?).await
    }

    /// Sends a batch.
    ///
    /// # Errors
    /// [`HubError`]; after any the same batch may be sent again.
    pub async fn send(&self, who: &Credentials, now_ms: i64, batch: &Batch) -> Result<EntriesReply, HubError> {
        let path = format!("/v1/tills/{}/entries", who.till_id);
        let asked = Asked { method: Method::POST, body: &batch.body, encoding: batch.encoding, ..Asked::get(&path) };
        read(self.ask(who, now_ms, &asked).await?).await
    }

    /// Entries that the hub has of this till, after one: lines, the first an [`EntriesPage`].
    ///
    /// # Errors
    /// [`HubError`].
    pub async fn entries(&self, who: &Credentials, now_ms: i64, after: u64) -> Result<(EntriesPage, Vec<Vec<u8>>), HubError> {
        let path = format!("/v1/tills/{}/entries?after={after}", who.till_id);
        let bytes = plain(self.ask(who, now_ms, &Asked::get(&path)).await?).await?;
        let mut lines = bytes.strip_suffix(b"\n").unwrap_or(&bytes).split(|byte| *byte == b'\n');
        let page = serde_json::from_slice(lines.next().unwrap_or_default()).map_err(not_understood)?;
        Ok((page, lines.map(<[u8]>::to_vec).collect()))
    }

    /// What is newer than what the till has.
    ///
    /// # Errors
    /// [`HubError`].
    pub async fn reference(&self, who: &Credentials, now_ms: i64, pack: Option<&str>, extract: Option<u64>) -> Result<Reference, HubError> {
        let have = [pack.map(|sha256| format!("have_pack={sha256}")), extract.map(|version| format!("have_extract={version}"))];
        let query = have.into_iter().flatten().collect::<Vec<_>>().join("&");
        let path = format!("/v1/reference?{query}");
        read(self.ask(who, now_ms, &Asked::get(path.trim_end_matches('?'))).await?).await
    }

    /// Something that is streamed: a pack, an extract.
    ///
    /// # Errors
    /// [`HubError`].
    pub async fn stream(&self, who: &Credentials, now_ms: i64, path: &str) -> Result<Response, HubError> {
        self.ask(who, now_ms, &Asked { within: None, ..Asked::get(path) }).await
    }

    /// The hub's side of a reconciliation; days as `2026-11-23`.
    ///
    /// # Errors
    /// [`HubError`].
    pub async fn reconciliation(&self, who: &Credentials, now_ms: i64, from: &str, to: &str) -> Result<Reconciliation, HubError> {
        let path = format!("/v1/tills/{}/reconciliation?from={from}&to={to}", who.till_id);
        read(self.ask(who, now_ms, &Asked::get(&path)).await?).await
    }

    /// A signed request; once more by the hub's clock where it says that ours is wrong.
    async fn ask(&self, who: &Credentials, now_ms: i64, asked: &Asked<'_>) -> Result<Response, HubError> {
        let offset = self.offset_ms.load(Ordering::Relaxed);
        match self.ask_once(who, now_ms.saturating_add(offset), asked).await {
            Err(HubError::Refused(problem)) if problem.code == "date-wrong" => {
                self.offset_ms.store(problem.now_ms.saturating_sub(now_ms), Ordering::Relaxed);
                self.ask_once(who, problem.now_ms, asked).await
            }
            answer => answer,
        }
    }

    async fn ask_once(&self, who: &Credentials, date_ms: i64, asked: &Asked<'_>) -> Result<Response, HubError> {
        let Asked { method, path, body, encoding, within } = asked;
        let signed = Request { till_id: &who.till_id, method: method.as_str(), path, date_ms, body };
        let mut request = self
            .client
            .request(method.clone(), self.address(path))
            .header(TILL_HEADER, &who.till_id)
            .header(DATE_HEADER, date_ms.to_string())
            .header(SIGNATURE_HEADER, signed.signature(&who.key))
            .header("content-type", "application/x-ndjson");
        if let Some(encoding) = encoding {
            request = request.header("content-encoding", *encoding);
        }
        if let Some(within) = within {
            request = request.timeout(*within);
        }
        answered(request.body(body.to_vec()).send().await?).await
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, HubError> {
    serde_json::to_vec(value).map_err(not_understood)
}

fn not_understood(error: impl ToString) -> HubError {
    HubError::NotUnderstood(error.to_string())
}

/// An answer that is a yes, or the problem that it names.
async fn answered(response: Response) -> Result<Response, HubError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    match serde_json::from_slice::<Problem>(&whole(response).await?) {
        Ok(problem) => Err(HubError::Refused(problem)),
        // A gateway on the way, or a hub that is starting: nothing that the hub itself said.
        Err(_) => Err(HubError::Unreachable(Reason::of_status(status), format!("status {}", status.as_u16()))),
    }
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, HubError> {
    serde_json::from_slice(&whole(response).await?).map_err(not_understood)
}

/// The answer's bytes, unpacked where it says that they are compressed, up to the same limit.
pub(crate) async fn plain(response: Response) -> Result<Vec<u8>, HubError> {
    let is_compressed = response.headers().get("content-encoding").is_some_and(|encoding| encoding == "zstd");
    let bytes = whole(response).await?;
    if !is_compressed {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let decoder = zstd::stream::read::Decoder::new(bytes.as_slice()).map_err(not_understood)?;
    decoder.take(MAX_ANSWER as u64 + 1).read_to_end(&mut unpacked).map_err(not_understood)?;
    if unpacked.len() > MAX_ANSWER {
        return Err(not_understood("longer than any answer of the ledger's"));
    }
    Ok(unpacked)
}

/// The answer's bytes, up to a limit.
async fn whole(mut response: Response) -> Result<Vec<u8>, HubError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > MAX_ANSWER {
            return Err(not_understood("longer than any answer of the ledger's"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
