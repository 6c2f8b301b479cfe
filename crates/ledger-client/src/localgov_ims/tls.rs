//! Whom to trust and who we are, when the IMS stands behind TLS.

use super::connection::NotUsable;
use super::settings::Settings;
use rustls::client::WantsClientCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;

/// The TLS side of the settings. Private authorities take the place of the machine's, so that a certificate that the machine
/// trusts for other reasons can't pass for the council's IMS. Where TLS isn't needed the machine isn't asked whom it trusts: some
/// have no list.
///
/// # Errors
/// [`NotUsable`] says which of the certificates can't be used.
pub(super) fn configured(settings: &Settings, needed: bool) -> Result<ClientConfig, NotUsable> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(|_| NotUsable::Tls)?;
    let trusting = match &settings.ca_pem {
        Some(pem) => builder.with_root_certificates(authorities(pem)?),
        None if !needed => builder.with_root_certificates(RootCertStore::empty()),
        None => builder.with_platform_verifier().map_err(|_| NotUsable::Tls)?,
    };
    match &settings.client_certificate_pem {
        Some(pem) => with_certificate(trusting, pem.reveal()),
        None => Ok(trusting.with_no_client_auth()),
    }
}

fn authorities(pem: &str) -> Result<RootCertStore, NotUsable> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(pem).ok_or(NotUsable::Authorities)? {
        roots.add(certificate).map_err(|_| NotUsable::Authorities)?;
    }
    Ok(roots)
}

fn with_certificate(trusting: ConfigBuilder<ClientConfig, WantsClientCert>, pem: &str) -> Result<ClientConfig, NotUsable> {
    let chain = certificates(pem).ok_or(NotUsable::ClientCertificate)?;
    let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| NotUsable::ClientCertificate)?;
    trusting.with_client_auth_cert(chain, key).map_err(|_| NotUsable::ClientCertificate)
}

/// The certificates in a PEM text; none of a text that has none or a broken one.
fn certificates(pem: &str) -> Option<Vec<CertificateDer<'static>>> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<_, _>>().ok()?;
    (!found.is_empty()).then_some(found)
}
