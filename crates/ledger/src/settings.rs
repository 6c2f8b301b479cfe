//! Settings: a TOML file, and over it the environment.

use crate::error::LedgerError;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What one copy of the hub is told. All copies share the database and the signing key; the rest can differ.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// `postgres://user@host:port/database`. In the environment: `COUNTERFOIL_LEDGER_DATABASE_URL`.
    pub database_url: String,
    /// The authorities that the database's certificate is checked against, as a PEM file; without it the operating system's. In the
    /// environment: `COUNTERFOIL_LEDGER_DATABASE_AUTHORITY`.
    pub database_authority: Option<PathBuf>,
    /// The most connections of this copy to the database.
    pub database_connections: usize,
    /// Where to listen: `127.0.0.1:8443`. In the environment: `COUNTERFOIL_LEDGER_LISTEN`.
    pub listen: String,
    /// The key that heads are signed with. Made at the first start, readable by its owner only.
    /// In the environment: `COUNTERFOIL_LEDGER_SIGNING_KEY`.
    pub signing_key: PathBuf,
    /// Certificate and key as PEM files. Without them the hub speaks plain HTTP, for a proxy in front of it.
    pub tls: Option<Tls>,
    /// A proxy in front of the hub speaks HTTPS, and nobody else reaches the hub's own address. Nothing is warned of then.
    pub behind_proxy: bool,
    /// What a proxy puts before each path, such as `/ledger`; empty for none.
    pub path_prefix: String,
}

/// Certificate and key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The certificate with its chain, PEM.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            database_url: "postgres:///counterfoil".into(),
            database_authority: None,
            database_connections: 16,
            listen: "127.0.0.1:8480".into(),
            signing_key: "ledger-signing.key".into(),
            tls: None,
            behind_proxy: false,
            path_prefix: String::new(),
        }
    }
}

impl Settings {
    /// From the file, if one is named, and over it what `variable` gives of the environment.
    ///
    /// # Errors
    /// The file can't be read, or says what isn't a setting.
    pub fn read(file: Option<&Path>, variable: impl Fn(&str) -> Option<String>) -> Result<Settings, LedgerError> {
        let mut settings = match file {
            None => Settings::default(),
            Some(path) => {
                let at = |error| LedgerError::File { path: path.display().to_string(), error };
                let text = std::fs::read_to_string(path).map_err(at)?;
                toml::from_str(&text).map_err(|error| LedgerError::Setting(format!("{}: {error}", path.display())))?
            }
        };
        if let Some(url) = variable("COUNTERFOIL_LEDGER_DATABASE_URL") {
            settings.database_url = url;
        }
        if let Some(authority) = variable("COUNTERFOIL_LEDGER_DATABASE_AUTHORITY") {
            settings.database_authority = Some(authority.into());
        }
        if let Some(listen) = variable("COUNTERFOIL_LEDGER_LISTEN") {
            settings.listen = listen;
        }
        if let Some(key) = variable("COUNTERFOIL_LEDGER_SIGNING_KEY") {
            settings.signing_key = key.into();
        }
        settings.checked()
    }

    fn checked(mut self) -> Result<Settings, LedgerError> {
        let prefix = self.path_prefix.trim_matches('/');
        self.path_prefix = if prefix.is_empty() { String::new() } else { format!("/{prefix}") };
        if self.database_connections == 0 {
            return Err(LedgerError::Setting("database_connections is at least 1".into()));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, environment: &[(&str, &str)]) -> Result<Settings, LedgerError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ledger.toml");
        std::fs::write(&file, text).unwrap();
        let variable = |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Settings::read(Some(&file), variable)
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let settings = read("listen = 'a:1'\npath_prefix = 'ledger/'", &[("COUNTERFOIL_LEDGER_LISTEN", "b:2")]).unwrap();
        assert_eq!((settings.listen.as_str(), settings.path_prefix.as_str()), ("b:2", "/ledger"));
    }

    #[test]
    fn a_setting_that_is_none_is_refused() {
        assert!(read("listens = 'a:1'", &[]).is_err());
        assert!(read("database_connections = 0", &[]).is_err());
    }
}
