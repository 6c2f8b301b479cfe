//! The hub and its database over TLS, with a real PostgreSQL that has a certificate.

use counterfoil_ledger::Settings;
use counterfoil_ledger::surroundings::Machine;
use counterfoil_testkit::hub::Hub;
use counterfoil_testkit::postgres::{Cluster, shared};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_postgres::NoTls;

/// An authority, and what it signs.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Authority { pem, issuer: Issuer::new(params, key) }
    }

    /// A database's certificate with its key, for `localhost`.
    fn signed(&self) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &self.issuer).unwrap();
        (certificate.pem(), key.serialize_pem())
    }

    fn file(&self, folder: &Path) -> PathBuf {
        let file = folder.join("authority.pem");
        std::fs::write(&file, &self.pem).unwrap();
        file
    }
}

fn start(folder: &Path, database_url: String, authority: &Authority) -> Result<Hub, String> {
    let settings = Settings {
        database_url,
        database_authority: Some(authority.file(folder)),
        signing_key: folder.join("ledger-signing.key"),
        ..Settings::default()
    };
    Hub::with(settings, "127.0.0.1:0", Arc::new(Machine)).map_err(|error| error.to_string())
}

fn with_tls(authority: &Authority) -> Cluster {
    let (certificate, key) = authority.signed();
    Cluster::start_with_tls(&certificate, &key).unwrap()
}

#[test]
fn a_database_whose_certificate_is_the_authority_s_is_spoken_to_over_tls() {
    let (authority, folder) = (Authority::new(), tempfile::tempdir().unwrap());
    let cluster = with_tls(&authority);
    for mode in ["require", "verify-full"] {
        let url = cluster.database_over_tcp("localhost").unwrap();
        let hub = start(folder.path(), format!("{url}&sslmode={mode}"), &authority).unwrap();
        assert!(hub.enrolment_code("CH", "07", None).is_ok());
        let over_tls = "SELECT count(*), count(*) FILTER (WHERE ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
            WHERE application_name = 'counterfoil-ledger' AND datname = current_database()";
        let (all, encrypted) = tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
            tokio::spawn(connection);
            let row = client.query_one(over_tls, &[]).await.unwrap();
            (row.get::<_, i64>(0), row.get::<_, i64>(1))
        });
        assert!(all > 0 && all == encrypted, "{encrypted} of {all}");
    }
}

#[test]
fn a_database_with_another_authority_s_certificate_or_another_name_is_refused() {
    let (authority, folder) = (Authority::new(), tempfile::tempdir().unwrap());
    let cluster = with_tls(&authority);
    for mode in ["require", "verify-full"] {
        let url = format!("{}&sslmode={mode}", cluster.database_over_tcp("localhost").unwrap());
        let refused = start(folder.path(), url, &Authority::new()).err().unwrap();
        assert!(refused.contains("certificate"), "{refused}");
        let elsewhere = format!("{}&sslmode={mode}", cluster.database_over_tcp("127.0.0.1").unwrap());
        let refused = start(folder.path(), elsewhere, &authority).err().unwrap();
        assert!(refused.contains("certificate"), "{refused}");
    }
}

#[test]
fn a_database_without_tls_is_refused_when_tls_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("{}&sslmode=verify-full", shared().database().unwrap());
    let refused = start(folder.path(), url, &Authority::new()).err().unwrap();
    assert!(refused.contains("TLS"), "{refused}");
}

#[test]
fn authorities_that_aren_t_certificates_are_told_of_by_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("{}&sslmode=verify-full", shared().database().unwrap());
    let mut authority = Authority::new();
    authority.pem = "rubbish".into();
    let refused = start(folder.path(), url, &authority).err().unwrap();
    assert!(refused.contains("authority.pem"), "{refused}");
}
