//! Being let in: headers of a gateway, private certificate authorities, client certificates.

use crate::common::{settings, simple};
use counterfoil_ledger_client::localgov_ims::{Auth, Delivery, DeliveryState, LocalGovIms, Secret, Settings, Trouble};
use counterfoil_simulators::ims::certificates::{PrivateAuthority, server_config};
use counterfoil_simulators::ims::{Behaviour, StandInIms, Tables};

async fn delivered(settings: Settings) -> Delivery {
    LocalGovIms::new(settings).unwrap().deliver(&simple(1), DeliveryState::default(), &|| 0).await.delivery
}

fn behind(header: &str, value: &str) -> StandInIms {
    let behaviour = Behaviour {
        base_path: Some("/gateway/ims".to_owned()),
        required_header: Some((header.to_owned(), value.to_owned())),
        ..Behaviour::default()
    };
    StandInIms::start(Tables::demonstration(), behaviour).unwrap()
}

fn is_delivered(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Delivered { .. })
}

#[tokio::test]
async fn a_bearer_token_is_shown_to_the_gateway() {
    let ims = behind("authorization", "Bearer open-sesame");
    let with = |token: &str| Settings { auth: Auth::Bearer(Secret::new(token)), ..settings(&ims) };
    assert!(is_delivered(&delivered(with("open-sesame")).await));
    assert_eq!(delivered(with("open")).await, Delivery::Unreachable { trouble: Trouble::NotLetIn(401) });
    assert_eq!(ims.rows().len(), 1);
}

#[tokio::test]
async fn an_api_key_is_shown_in_the_header_that_the_gateway_looks_at() {
    let ims = behind("ocp-apim-subscription-key", "k1");
    let with = |header: &str| {
        let auth = Auth::ApiKey { header: header.to_owned(), key: Secret::new("k1") };
        Settings { auth, ..settings(&ims) }
    };
    assert!(is_delivered(&delivered(with("Ocp-Apim-Subscription-Key")).await));
    assert_eq!(delivered(with("X-Other")).await, Delivery::Unreachable { trouble: Trouble::NotLetIn(401) });
    assert_eq!(delivered(settings(&ims)).await, Delivery::Unreachable { trouble: Trouble::NotLetIn(401) });
}

#[tokio::test]
async fn whether_the_ims_is_there_is_asked_of_the_ims_itself() {
    let ims = behind("x-key", "k1");
    let auth = Auth::ApiKey { header: "x-key".to_owned(), key: Secret::new("k1") };
    let client = LocalGovIms::new(Settings { auth, ..settings(&ims) }).unwrap();
    assert_eq!(client.is_there().await, Ok(()));
    ims.require_header(Some(("x-key".to_owned(), "k2".to_owned())));
    assert_eq!(client.is_there().await, Err(Trouble::NotLetIn(401)));
}

#[tokio::test]
async fn only_the_council_s_own_authority_and_its_clients_are_trusted() {
    let (council, stranger) = (PrivateAuthority::new().unwrap(), PrivateAuthority::new().unwrap());
    let tls = server_config(&council.server().unwrap(), Some(&council)).unwrap();
    let ims = StandInIms::start(Tables::demonstration(), Behaviour { tls: Some(tls), ..Behaviour::default() }).unwrap();
    let with = |trusted: Option<&PrivateAuthority>, own: Option<&PrivateAuthority>| {
        let own = own.map(|authority| authority.client().unwrap());
        Settings {
            ca_pem: trusted.map(|authority| authority.certificate_pem().to_owned()),
            client_certificate_pem: own.map(|own| Secret::new(format!("{}{}", own.certificate_pem, own.key_pem))),
            ..settings(&ims)
        }
    };
    assert!(is_delivered(&delivered(with(Some(&council), Some(&council))).await));
    // A server of another authority, or none that this machine knows, isn't spoken to at all.
    for untrusted in [Some(&stranger), None] {
        let delivery = delivered(with(untrusted, Some(&council))).await;
        assert_eq!(delivery, Delivery::Unreachable { trouble: Trouble::CertificateNotTrusted });
    }
    // A client without a certificate of the council's isn't let in. TLS 1.3 tells it only when it begins to read.
    for nobody in [Some(&stranger), None] {
        assert!(matches!(delivered(with(Some(&council), nobody)).await, Delivery::Unreachable { .. }));
    }
    assert_eq!(ims.rows().len(), 1);
}
