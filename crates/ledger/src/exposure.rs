//! What the hub says in a way that everybody on its network can read: told at the start, at the health page, in the metrics and to
//! whoever runs the page, until it isn't so any more.

use crate::database;
use crate::error::LedgerError;
use crate::settings::Settings;
use std::net::{IpAddr, SocketAddr};

/// Requests and the page pass over a network in plain HTTP.
pub const PLAIN_HTTP: &str = "plain-http";
/// The database is on another machine and is spoken to without TLS.
pub const PLAIN_DATABASE: &str = "plain-database";

/// What is readable of a hub with these settings: stable codes.
///
/// # Errors
/// The connection string can't be read.
pub fn of(settings: &Settings) -> Result<Vec<&'static str>, LedgerError> {
    let plain_http = settings.tls.is_none() && !settings.behind_proxy && !listens_on_loopback(&settings.listen);
    let plain_database = database::is_plain_elsewhere(settings)?;
    let codes = [(PLAIN_HTTP, plain_http), (PLAIN_DATABASE, plain_database)];
    Ok(codes.into_iter().filter(|(_, is_so)| *is_so).map(|(code, _)| code).collect())
}

/// In English, for the log and the health page.
pub fn told(code: &str) -> &'static str {
    if code == PLAIN_HTTP {
        "requests and the page pass over the network in plain HTTP: give the hub a certificate ([tls]), or say behind_proxy = true if a proxy \
         in front of it has one"
    } else {
        "the database is on another machine and is spoken to without TLS: add sslmode=verify-full to database_url"
    }
}

fn listens_on_loopback(listen: &str) -> bool {
    match listen.parse::<SocketAddr>() {
        Ok(address) => address.ip().is_loopback(),
        Err(_) => listen.rsplit_once(':').is_some_and(|(name, _)| is_loopback(name)),
    }
}

/// Is it this machine by its name or its address?
pub fn is_loopback(name: &str) -> bool {
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Tls;

    fn listening(listen: &str) -> Settings {
        Settings { listen: listen.into(), ..Settings::default() }
    }

    #[test]
    fn plain_http_beyond_this_machine_is_told_of_unless_a_proxy_or_a_certificate_is_there() {
        for here in ["127.0.0.1:8480", "[::1]:8480", "localhost:8480"] {
            assert!(of(&listening(here)).unwrap().is_empty(), "{here}");
        }
        for elsewhere in ["0.0.0.0:8480", "[::]:8480", "10.1.2.3:80", "ledger.example:80"] {
            assert_eq!(of(&listening(elsewhere)).unwrap(), [PLAIN_HTTP], "{elsewhere}");
        }
        let tls = Some(Tls { certificate: "c".into(), key: "k".into() });
        assert!(of(&Settings { tls, ..listening("0.0.0.0:443") }).unwrap().is_empty());
        assert!(of(&Settings { behind_proxy: true, ..listening("0.0.0.0:8480") }).unwrap().is_empty());
    }

    #[test]
    fn a_database_elsewhere_without_tls_is_told_of() {
        let settings = Settings { database_url: "postgres://a@db.example/c".into(), ..Settings::default() };
        assert_eq!(of(&settings).unwrap(), [PLAIN_DATABASE]);
    }
}
