//! A root, and a terminal's certificate of it: its common name says which terminal it is, and no host is named.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::error::Error;
use std::sync::Arc;

/// The root as PEM, and the terminal's side of TLS.
pub(super) fn made(common_name: &str) -> Result<(String, Arc<ServerConfig>), Box<dyn Error + Send + Sync>> {
    let mut root = CertificateParams::new(Vec::new())?;
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let root_key = KeyPair::generate()?;
    let root_pem = root.self_signed(&root_key)?.pem();

    let mut leaf = CertificateParams::new(Vec::new())?;
    leaf.distinguished_name.push(DnType::CommonName, common_name);
    let key = KeyPair::generate()?;
    let certificate = leaf.signed_by(&key, &Issuer::new(root, root_key))?;

    let tls = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(certificate)], PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes())?)?;
    Ok((root_pem, Arc::new(tls)))
}
