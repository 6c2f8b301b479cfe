//! A look at a ledger's address from outside: does anything answer, until when its certificate holds, what its clock says.

use crate::reason::Reason;
use crate::tls::{self, TlsNotUsable};
use chrono::DateTime;
use reqwest::tls::TlsInfo;
use reqwest::{Client, redirect};
use std::time::Duration;
use url::Url;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// What answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// When its certificate ends, ms since 1970; none without one.
    pub certificate_ends_ms: Option<i64>,
    /// What its clock says, to the second.
    pub now_ms: Option<i64>,
}

/// Why nothing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeError {
    /// The address isn't one.
    Address,
    /// The council's own certificates can't be read.
    Certificate,
    /// The certificate that this till shows isn't there, or can't be read.
    ClientCertificate,
    /// Its certificate isn't trusted, or has ended.
    NotTrusted,
    /// It answers, and breaks off: it wants a certificate of this till, or another one.
    NotLetIn,
    /// Nothing answers there.
    Unreachable,
    /// This machine can't speak TLS at all: it has no list of whom to trust.
    Machine,
}

impl ProbeError {
    /// The code of its words.
    pub fn code(self) -> &'static str {
        match self {
            ProbeError::Address => "ledger-address",
            ProbeError::Certificate => "ledger-authority",
            ProbeError::ClientCertificate => "ledger-client-certificate",
            ProbeError::NotTrusted => "ledger-not-trusted",
            ProbeError::NotLetIn => "ledger-not-let-in",
            ProbeError::Unreachable => "ledger-unreachable",
            ProbeError::Machine => "ledger-machine",
        }
    }
}

/// Asks an address. Whatever answers with HTTP has answered; nothing of the till is told to it but the certificate that takings are sent
/// with, where there is one: without it a gateway may not even finish the handshake.
///
/// # Errors
/// [`ProbeError`].
pub async fn probe(address: &str, authority: Option<&[u8]>, client_certificate: Option<&[u8]>) -> Result<Probe, ProbeError> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
    let url = url.ok_or(ProbeError::Address)?;
    let tls = tls::configured(url.scheme(), authority, client_certificate).map_err(not_usable)?;
    let client = Client::builder()
        .user_agent(concat!("Counterfoil/", env!("CARGO_PKG_VERSION")))
        .timeout(PATIENCE)
        .redirect(redirect::Policy::none())
        .tls_info(true)
        .tls_backend_preconfigured(tls)
        .build()
        .map_err(|_| ProbeError::Machine)?;
    let answer = client.get(url).send().await.map_err(|error| told(&error))?;
    let date = answer.headers().get("date").and_then(|date| date.to_str().ok());
    let ends = answer.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate).and_then(ends_ms);
    let now_ms = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|now| now.timestamp_millis());
    Ok(Probe { certificate_ends_ms: ends, now_ms })
}

fn not_usable(why: TlsNotUsable) -> ProbeError {
    match why {
        TlsNotUsable::Authorities => ProbeError::Certificate,
        TlsNotUsable::ClientCertificate => ProbeError::ClientCertificate,
        TlsNotUsable::Machine => ProbeError::Machine,
    }
}

fn ends_ms(certificate: &[u8]) -> Option<i64> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    Some(certificate.validity().not_after.timestamp() * 1_000)
}

/// A certificate that isn't trusted, and a gateway that lets nobody in, are told from a line that is down.
fn told(error: &reqwest::Error) -> ProbeError {
    match Reason::of_failure(error) {
        Reason::Certificate => ProbeError::NotTrusted,
        Reason::NotLetIn => ProbeError::NotLetIn,
        _ => ProbeError::Unreachable,
    }
}
