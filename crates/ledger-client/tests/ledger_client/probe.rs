//! A look at a ledger's address from outside: what answers, what its certificate and its clock say, and why nothing does.

use counterfoil_ledger_client::probe::{ProbeError, probe};
use counterfoil_simulators::ims::certificates::{PrivateAuthority, server_config};
use counterfoil_simulators::ims::{Behaviour, StandInIms, Tables};
use std::net::TcpListener;

#[tokio::test]
async fn a_certificate_s_end_is_told_and_one_that_is_not_trusted_is_told_from_a_line_that_is_down() {
    let (council, stranger) = (PrivateAuthority::new().unwrap(), PrivateAuthority::new().unwrap());
    let tls = server_config(&council.server().unwrap(), None).unwrap();
    let ims = StandInIms::start(Tables::demonstration(), Behaviour { tls: Some(tls), ..Behaviour::default() }).unwrap();
    let found = probe(ims.base_url(), Some(council.certificate_pem().as_bytes()), None).await.unwrap();
    assert!(found.certificate_ends_ms.is_some_and(|ends| ends > 1_800_000_000_000), "{found:?}");
    for untrusted in [Some(stranger.certificate_pem().as_bytes()), None] {
        assert_eq!(probe(ims.base_url(), untrusted, None).await, Err(ProbeError::NotTrusted));
    }
}

#[tokio::test]
async fn without_tls_there_is_no_certificate_and_what_does_not_answer_or_is_no_address_is_told() {
    let ims = StandInIms::start(Tables::demonstration(), Behaviour::default()).unwrap();
    assert_eq!(probe(ims.base_url(), None, None).await.map(|found| found.certificate_ends_ms), Ok(None));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(probe(&format!("http://127.0.0.1:{port}"), None, None).await, Err(ProbeError::Unreachable));
    for address in ["", "ledger.example", "ftp://ledger.example"] {
        assert_eq!(probe(address, None, None).await, Err(ProbeError::Address), "{address}");
    }
    assert_eq!(
        probe(ims.base_url(), Some(b"-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n"), None).await,
        Err(ProbeError::Certificate)
    );
}

#[tokio::test]
async fn a_gateway_that_asks_for_a_certificate_is_shown_the_till_s_and_is_told_from_a_line_that_is_down_where_it_lets_nobody_in() {
    let (council, stranger) = (PrivateAuthority::new().unwrap(), PrivateAuthority::new().unwrap());
    let tls = server_config(&council.server().unwrap(), Some(&council)).unwrap();
    let ims = StandInIms::start(Tables::demonstration(), Behaviour { tls: Some(tls), ..Behaviour::default() }).unwrap();
    let trusted = Some(council.certificate_pem().as_bytes());
    let own = |authority: &PrivateAuthority| authority.client().map(|own| format!("{}{}", own.certificate_pem, own.key_pem)).unwrap();
    assert!(probe(ims.base_url(), trusted, Some(own(&council).as_bytes())).await.unwrap().certificate_ends_ms.is_some());
    let strange = own(&stranger);
    for nobody in [Some(strange.as_bytes()), None] {
        assert_eq!(probe(ims.base_url(), trusted, nobody).await, Err(ProbeError::NotLetIn));
    }
    assert_eq!(probe(ims.base_url(), trusted, Some(b"no certificate")).await, Err(ProbeError::ClientCertificate));
}
