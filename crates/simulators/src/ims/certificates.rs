//! A private certificate authority for a test: a server on 127.0.0.1, clients, and strangers.

use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use std::error::Error;
use std::sync::Arc;

/// Anything that goes wrong when certificates are made.
pub type NotMade = Box<dyn Error + Send + Sync>;

/// An authority that exists for one test.
#[derive(Debug)]
pub struct PrivateAuthority {
    issuer: Issuer<'static, KeyPair>,
    certificate_pem: String,
}

/// A certificate with its key, PEM.
#[derive(Clone, Debug)]
pub struct Certified {
    /// The certificate.
    pub certificate_pem: String,
    /// Its private key.
    pub key_pem: String,
}

impl PrivateAuthority {
    /// Makes one.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn new() -> Result<PrivateAuthority, NotMade> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let certificate_pem = params.self_signed(&key)?.pem();
        Ok(PrivateAuthority { issuer: Issuer::new(params, key), certificate_pem })
    }

    /// What others trust it by, PEM.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// A certificate for a server on 127.0.0.1.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn server(&self) -> Result<Certified, NotMade> {
        self.certify("127.0.0.1", ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// A certificate for a client.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn client(&self) -> Result<Certified, NotMade> {
        self.certify("till.example", ExtendedKeyUsagePurpose::ClientAuth)
    }

    fn certify(&self, name: &str, purpose: ExtendedKeyUsagePurpose) -> Result<Certified, NotMade> {
        let mut params = CertificateParams::new(vec![name.to_owned()])?;
        params.extended_key_usages = vec![purpose];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(Certified { certificate_pem: certificate.pem(), key_pem: key.serialize_pem() })
    }
}

/// A server's side of TLS; with `clients_of`, only clients with a certificate of that authority are let in.
///
/// # Errors
/// When a certificate can't be used.
pub fn server_config(own: &Certified, clients_of: Option<&PrivateAuthority>) -> Result<Arc<ServerConfig>, NotMade> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    let builder = match clients_of {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(CertificateDer::from_pem_slice(authority.certificate_pem.as_bytes())?)?;
            builder.with_client_cert_verifier(WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build()?)
        }
    };
    let certificate = CertificateDer::from_pem_slice(own.certificate_pem.as_bytes())?;
    let key = PrivateKeyDer::from_pem_slice(own.key_pem.as_bytes())?;
    Ok(Arc::new(builder.with_single_cert(vec![certificate], key)?))
}
