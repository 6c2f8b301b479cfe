//! A client that carries bytes to a terminal over TLS and does nothing else: what a driver is measured against.

use super::sealing::Sealing;
use super::{Setup, SimulatedTerminal};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, Error, RootCertStore, SignatureScheme, StreamOwned};
use serde_json::json;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

/// Such a client.
pub struct Carrier {
    port: u16,
    tls: Arc<ClientConfig>,
    name: ServerName<'static>,
    setup: Setup,
    sealing: Sealing,
}

/// The chain is checked, and no name.
#[derive(Debug)]
struct AnyName {
    roots: RootCertStore,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let algorithms = self.provider.signature_verification_algorithms.all;
        verify_server_cert_signed_by_trust_anchor(&ParsedCertificate::try_from(end_entity)?, &self.roots, intermediates, now, algorithms)?;
        Ok(ServerCertVerified::assertion())
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

impl Carrier {
    /// To this terminal.
    ///
    /// # Errors
    /// When TLS can't be set up.
    pub fn to(terminal: &SimulatedTerminal, setup: &Setup) -> Result<Carrier, Box<dyn std::error::Error + Send + Sync>> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(terminal.authority_pem().as_bytes())?)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = AnyName { roots, provider: Arc::clone(&provider) };
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        let name = ServerName::try_from("127.0.0.1")?;
        Ok(Carrier { port: terminal.port(), tls: Arc::new(tls), name, setup: setup.clone(), sealing: Sealing::of(&setup.passphrase) })
    }

    /// A payment's whole request, sealed: bytes to be carried.
    pub fn payment(&self, sale_id: &str, service_id: &str, pence: i64) -> Vec<u8> {
        let header = json!({
            "ProtocolVersion": "3.0", "MessageClass": "Service", "MessageCategory": "Payment", "MessageType": "Request",
            "SaleID": sale_id, "ServiceID": service_id, "POIID": self.setup.poi_id,
        });
        let plain = format!(
            r#"{{"SaleToPOIRequest":{{"MessageHeader":{header},"PaymentRequest":{{"SaleData":{{"SaleTransactionID":{{"TransactionID":"{service_id}","TimeStamp":"2026-05-28T20:26:40.000Z"}}}},"PaymentTransaction":{{"AmountsReq":{{"Currency":"GBP","RequestedAmount":{}.{:02}}}}}}}}}}}"#,
            pence / 100,
            pence % 100
        );
        let (blob, hmac, nonce) = self.sealing.seal(plain.as_bytes());
        let body = json!({ "SaleToPOIRequest": {
            "MessageHeader": header, "NexoBlob": STANDARD.encode(blob),
            "SecurityTrailer": {
                "AdyenCryptoVersion": 1, "KeyIdentifier": self.setup.key_identifier, "KeyVersion": self.setup.key_version,
                "Nonce": STANDARD.encode(nonce), "Hmac": STANDARD.encode(hmac),
            },
        } })
        .to_string();
        format!("POST /nexo/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()).into_bytes()
    }

    /// Carries a message over a connection of its own; what comes back.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn carry(&self, message: &[u8]) -> io::Result<Vec<u8>> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_nodelay(true)?;
        let connection = ClientConnection::new(Arc::clone(&self.tls), self.name.clone()).map_err(io::Error::other)?;
        let mut wire = StreamOwned::new(connection, stream);
        wire.write_all(message)?;
        wire.flush()?;
        let mut answer = Vec::new();
        wire.read_to_end(&mut answer)?;
        Ok(answer)
    }
}
