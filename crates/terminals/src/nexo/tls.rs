//! Is what answers the terminal that was paired? Its certificate chains to the one root that was configured and to no other, and its
//! common name, not the host's, says which terminal it is.
//!
//! Source: Adyen's "Protect local communications", "Validate the terminal certificate".

use super::Trouble;
use crate::TerminalFault;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::sync::Arc;
use x509_parser::prelude::{FromDer, X509Certificate};

/// The till's side of TLS.
pub(super) fn config(authority_pem: &[u8], poi_id: &str, live: bool) -> Result<Arc<ClientConfig>, Trouble> {
    let bad = |detail: String| Trouble::new(TerminalFault::BadSettings, detail);
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(authority_pem) {
        let certificate = certificate.map_err(|error| bad(format!("the authority's file: {error}")))?;
        roots.add(certificate).map_err(|error| bad(format!("the authority's file: {error}")))?;
    }
    if roots.is_empty() {
        return Err(bad("the authority's file holds no certificate".to_owned()));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = TerminalVerifier { roots, provider: Arc::clone(&provider), poi_id: poi_id.to_owned(), live };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| bad(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Does a certificate of that common name belong to this terminal? Those of before 2019 are the same for all terminals.
fn is_the_terminal_s(common_name: &str, poi_id: &str, live: bool) -> bool {
    let suffix = if live { ".live.terminal.adyen.com" } else { ".test.terminal.adyen.com" };
    common_name.strip_suffix(suffix).is_some_and(|name| name == "legacy-terminal-certificate" || (name == poi_id && is_poi_id(name)))
}

/// A model, a dash, a serial number.
pub(super) fn is_poi_id(name: &str) -> bool {
    let alphanumeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    name.split_once('-')
        .is_some_and(|(model, serial)| model.len() >= 3 && alphanumeric(model) && (9..=15).contains(&serial.len()) && alphanumeric(serial))
}

#[derive(Debug)]
struct TerminalVerifier {
    roots: RootCertStore,
    provider: Arc<CryptoProvider>,
    poi_id: String,
    live: bool,
}

impl ServerCertVerifier for TerminalVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let algorithms = self.provider.signature_verification_algorithms.all;
        verify_server_cert_signed_by_trust_anchor(&ParsedCertificate::try_from(end_entity)?, &self.roots, intermediates, now, algorithms)?;
        let (_, certificate) = X509Certificate::from_der(end_entity).map_err(|_| CertificateError::BadEncoding)?;
        // One name and no more: of two it can't be said which is meant.
        let mut names = certificate.subject().iter_common_name();
        match (names.next().map(|name| name.as_str()), names.next()) {
            (Some(Ok(name)), None) if is_the_terminal_s(name, &self.poi_id, self.live) => Ok(ServerCertVerified::assertion()),
            _ => Err(CertificateError::NotValidForName.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_paired_terminal_s_name_or_the_legacy_one_is_accepted_and_only_of_the_same_sort() {
        let poi = "P400Plus-275479597";
        for (name, live, accepted) in [
            ("P400Plus-275479597.test.terminal.adyen.com", false, true),
            ("P400Plus-275479597.live.terminal.adyen.com", true, true),
            ("legacy-terminal-certificate.test.terminal.adyen.com", false, true),
            ("P400Plus-275479597.live.terminal.adyen.com", false, false),
            ("P400Plus-275479597.test.terminal.adyen.com", true, false),
            ("P400Plus-275479598.test.terminal.adyen.com", false, false),
            ("P400Plus-275479597.test.terminal.adyen.com.example", false, false),
            ("x.P400Plus-275479597.test.terminal.adyen.com", false, false),
            ("test.terminal.adyen.com", false, false),
            ("", false, false),
        ] {
            assert_eq!(is_the_terminal_s(name, poi, live), accepted, "{name}");
        }
        assert!(!is_the_terminal_s("P4-1.test.terminal.adyen.com", "P4-1", false));
    }

    #[test]
    fn a_file_without_a_root_is_no_setting() {
        for pem in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert_eq!(config(pem.as_bytes(), "P400Plus-275479597", false).unwrap_err().0, TerminalFault::BadSettings);
        }
    }
}
