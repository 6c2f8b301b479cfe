//! Whom to trust and who we are, when a ledger stands behind TLS: rustls with ring, for the hub and for an IMS alike.

use rustls::client::WantsClientCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;

/// Which part of it can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsNotUsable {
    /// The private certificate authorities.
    #[error("the certificate authorities can't be read as PEM")]
    Authorities,
    /// The client certificate or its key.
    #[error("the client certificate and its key can't be read as PEM")]
    ClientCertificate,
    /// TLS as such, or the machine's list of whom it trusts.
    #[error("TLS can't be set up on this machine")]
    Machine,
}

/// TLS for addresses of this scheme. Private authorities (PEM) take the place of the machine's, so that a certificate that the
/// machine trusts for other reasons can't pass for the council's ledger. Where TLS isn't needed the machine isn't asked whom it
/// trusts: some have no list.
///
/// # Errors
/// [`TlsNotUsable`] says which of the certificates can't be used.
pub(crate) fn configured(
    scheme: &str,
    authorities: Option<&[u8]>,
    client_certificate: Option<&[u8]>,
) -> Result<ClientConfig, TlsNotUsable> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(|_| TlsNotUsable::Machine)?;
    let trusting = match authorities {
        Some(pem) => builder.with_root_certificates(roots(pem)?),
        None if scheme != "https" => builder.with_root_certificates(RootCertStore::empty()),
        None => builder.with_platform_verifier().map_err(|_| TlsNotUsable::Machine)?,
    };
    match client_certificate {
        Some(pem) => with_certificate(trusting, pem),
        None => Ok(trusting.with_no_client_auth()),
    }
}

fn roots(pem: &[u8]) -> Result<RootCertStore, TlsNotUsable> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(pem).ok_or(TlsNotUsable::Authorities)? {
        roots.add(certificate).map_err(|_| TlsNotUsable::Authorities)?;
    }
    Ok(roots)
}

fn with_certificate(trusting: ConfigBuilder<ClientConfig, WantsClientCert>, pem: &[u8]) -> Result<ClientConfig, TlsNotUsable> {
    let chain = certificates(pem).ok_or(TlsNotUsable::ClientCertificate)?;
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| TlsNotUsable::ClientCertificate)?;
    trusting.with_client_auth_cert(chain, key).map_err(|_| TlsNotUsable::ClientCertificate)
}

/// The certificates in a PEM text; none of a text that has none or a broken one.
fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().ok()?;
    (!found.is_empty()).then_some(found)
}
