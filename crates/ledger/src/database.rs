//! How the hub reaches PostgreSQL: a pool of connections, over TLS where the connection string asks for it.
//!
//! `sslmode=require` and `sslmode=verify-full` are the same here: the server's certificate is checked with its name, whichever of the
//! two is written. A connection that is encrypted for whoever answers keeps nothing secret. Without either of them there is no TLS.

use crate::error::LedgerError;
use crate::settings::Settings;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::NoTls;
use tokio_postgres::config::{Config, Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long a request waits for a connection before it is told that the ledger is busy.
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(10);

/// No statement of a request may hold a row, or wait for one, for longer than a till waits for its answer.
const LIMITS: &str = "-c lock_timeout=20s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s";

/// Connections are made when they are needed: the hub starts before its database is asked for anything.
///
/// # Errors
/// The connection string or the authorities' file can't be used.
pub fn pool(settings: &Settings) -> Result<Pool, LedgerError> {
    let mut config = config(&settings.database_url)?;
    let options = config.get_options().map_or_else(|| LIMITS.to_owned(), |own| format!("{LIMITS} {own}"));
    config.options(options).application_name("counterfoil-ledger").connect_timeout(Duration::from_secs(5));
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = if config.get_ssl_mode() == SslMode::Require {
        Manager::from_config(config, MakeRustlsConnect::new(tls(settings.database_authority.as_deref())?), recycling)
    } else {
        Manager::from_config(config, NoTls, recycling)
    };
    Pool::builder(manager)
        .max_size(settings.database_connections)
        .runtime(deadpool_postgres::Runtime::Tokio1)
        .wait_timeout(Some(WAIT_FOR_CONNECTION))
        .build()
        .map_err(|error| LedgerError::Setting(error.to_string()))
}

/// Does what is said to the database leave this machine as everybody can read it?
///
/// # Errors
/// The connection string can't be read.
pub fn is_plain_elsewhere(settings: &Settings) -> Result<bool, LedgerError> {
    let config = config(&settings.database_url)?;
    // An address that is given beside a name is where the connection goes.
    let addresses = config.get_hostaddrs();
    let stays_here = if addresses.is_empty() { config.get_hosts().iter().all(is_here) } else { addresses.iter().all(IpAddr::is_loopback) };
    Ok(config.get_ssl_mode() != SslMode::Require && !stays_here)
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => crate::exposure::is_loopback(name),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// The connection string; libpq's `verify-full` is what `require` is taken for.
fn config(url: &str) -> Result<Config, LedgerError> {
    let Some((before, after)) = url.split_once("sslmode=verify-full") else { return Ok(url.parse()?) };
    Ok(format!("{before}sslmode=require{after}").parse()?)
}

/// The council's authorities in the place of the machine's: what the machine trusts for other reasons can't pass for the database.
fn tls(authority: Option<&Path>) -> Result<ClientConfig, LedgerError> {
    let not_usable = |error: rustls::Error| LedgerError::Setting(format!("TLS to the database: {error}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(not_usable)?;
    let builder = match authority {
        Some(file) => builder.with_root_certificates(authorities(file)?),
        None => builder.with_platform_verifier().map_err(not_usable)?,
    };
    Ok(builder.with_no_client_auth())
}

fn authorities(file: &Path) -> Result<RootCertStore, LedgerError> {
    let not_usable = |why: String| LedgerError::Setting(format!("{}: {why}", file.display()));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| not_usable(error.to_string()))? {
        let certificate = certificate.map_err(|error| not_usable(error.to_string()))?;
        roots.add(certificate).map_err(|error| not_usable(error.to_string()))?;
    }
    if roots.is_empty() { Err(not_usable("there is no certificate in it".into())) } else { Ok(roots) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves_plain(database_url: &str) -> bool {
        is_plain_elsewhere(&Settings { database_url: database_url.into(), ..Settings::default() }).unwrap()
    }

    #[test]
    fn both_forms_of_a_connection_string_can_ask_for_tls_by_either_name() {
        for asked in ["require", "verify-full"] {
            for text in [format!("postgres://a@db.example/c?sslmode={asked}"), format!("host=db.example sslmode={asked} dbname=c")] {
                assert_eq!(config(&text).unwrap().get_ssl_mode(), SslMode::Require, "{text}");
            }
        }
        assert!(config("postgres://a@db.example/c?sslmode=perhaps").is_err());
    }

    #[test]
    fn only_a_database_on_this_machine_is_spoken_to_without_tls_and_without_a_word() {
        assert!(leaves_plain("postgres://a@db.example/c"));
        assert!(!leaves_plain("postgres://a@db.example/c?sslmode=verify-full"));
        assert!(!leaves_plain("postgres://a@localhost/c"));
        assert!(!leaves_plain("postgres:///c?host=/run/postgresql"));
        assert!(leaves_plain("host=localhost hostaddr=192.0.2.7 dbname=c"));
        assert!(!leaves_plain("host=db.example hostaddr=127.0.0.1 dbname=c"));
    }
}
