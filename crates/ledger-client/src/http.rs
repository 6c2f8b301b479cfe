//! The way in which a till speaks HTTP with the hub: rustls with ring, the system's certificates and what the council adds.

use reqwest::{Certificate, Client};
use std::time::Duration;

/// How long a connection may take to be made.
const CONNECTING: Duration = Duration::from_secs(10);

/// Why no client could be made: a certificate that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("certificate: {0}")]
pub struct CertificateUnreadable(String);

/// A client; `authority` is what the council adds to the system's own certificates, as PEM. `timeout` is for a whole request and its answer.
///
/// # Errors
/// A certificate that isn't PEM, or isn't a certificate.
pub fn client(authority: Option<&[u8]>, timeout: Duration) -> Result<Client, CertificateUnreadable> {
    let unreadable = |error: reqwest::Error| CertificateUnreadable(error.to_string());
    // Again it says that there is one already, which is as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder =
        Client::builder().connect_timeout(CONNECTING).timeout(timeout).user_agent(concat!("counterfoil/", env!("CARGO_PKG_VERSION")));
    if let Some(pem) = authority {
        builder = builder.tls_certs_merge(Certificate::from_pem_bundle(pem).map_err(unreadable)?);
    }
    builder.build().map_err(unreadable)
}
