//! Where keys and tokens are kept: in the operating system's store, or in a file that only its owner can read.

use crate::error::TillError;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The till's key at the ledger.
pub const LEDGER_KEY: &str = "ledger-key";
/// The key that a ledger was offered and hasn't accepted yet, as far as this till has heard.
pub const LEDGER_KEY_OFFERED: &str = "ledger-key-offered";
/// A bearer token or an API key for a LocalGov IMS.
pub const IMS_TOKEN: &str = "ims-token";
/// A client certificate and its key (PEM) for a LocalGov IMS.
pub const IMS_CERTIFICATE: &str = "ims-client-certificate";
/// The passphrase of the key that was agreed with the card terminal.
pub const TERMINAL_PASSPHRASE: &str = "terminal-passphrase";

/// Why a secret can't be had. What it says is for the log and never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSecret {
    /// The place can't be read: it may be there the next time.
    #[error("{0}")]
    Unreadable(String),
    /// What is there was protected by another machine, or by this one before its system was installed anew: nobody can read it here any more.
    #[error("it was protected elsewhere: {0}")]
    ProtectedElsewhere(String),
}

/// What a command answers where a secret can't be had or kept.
pub(crate) fn no_secret(error: impl std::fmt::Display) -> TillError {
    TillError::not_done("secrets-unreadable").because(error)
}

/// A place for secrets. Errors are words for the log and never hold a secret.
pub trait Secrets: Send + Sync {
    /// The secret of that name, if there is one.
    ///
    /// # Errors
    /// The place can't be read; what is there can't be read on this machine.
    fn get(&self, name: &str) -> Result<Option<String>, NoSecret>;
    /// The same for whoever brings another in its place: one that can't be read on this machine any more is none.
    ///
    /// # Errors
    /// [`NoSecret::Unreadable`].
    fn get_if_readable_here(&self, name: &str) -> Result<Option<String>, NoSecret> {
        match self.get(name) {
            Err(NoSecret::ProtectedElsewhere(reason)) => {
                tracing::warn!(name, %reason, "a secret can't be read on this machine any more");
                Ok(None)
            }
            other => other,
        }
    }
    /// Keeps a secret in the place of the one before it.
    ///
    /// # Errors
    /// The place can't be written; the one before it is then still there.
    fn set(&self, name: &str, value: &str) -> Result<(), String>;
    /// Keeps the secret of that name no longer. One that isn't there is no error.
    ///
    /// # Errors
    /// The place can't be read or written; the secret is then still there.
    fn remove(&self, name: &str) -> Result<(), String>;
}

/// `secrets.json` in the data folder, for systems without a store of their own: readable by its owner alone.
pub struct SecretsFile(PathBuf);

impl SecretsFile {
    /// Of a till's data folder.
    pub fn of(folder: &Path) -> SecretsFile {
        SecretsFile(folder.join("secrets.json"))
    }

    fn read(&self) -> Result<BTreeMap<String, String>, String> {
        match std::fs::read(&self.0) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| "secrets.json can't be read".to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// A new file, on the disk before it takes the old one's place.
    fn write(&self, secrets: &BTreeMap<String, String>) -> std::io::Result<()> {
        let fresh = self.0.with_extension("json.new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(&serde_json::to_vec(secrets)?)?;
        file.sync_all()?;
        std::fs::rename(&fresh, &self.0)
    }
}

impl Secrets for SecretsFile {
    fn get(&self, name: &str) -> Result<Option<String>, NoSecret> {
        Ok(self.read().map_err(NoSecret::Unreadable)?.remove(name))
    }

    fn set(&self, name: &str, value: &str) -> Result<(), String> {
        let mut secrets = self.read()?;
        secrets.insert(name.to_owned(), value.to_owned());
        self.write(&secrets).map_err(|error| error.to_string())
    }

    fn remove(&self, name: &str) -> Result<(), String> {
        let mut secrets = self.read()?;
        match secrets.remove(name) {
            Some(_) => self.write(&secrets).map_err(|error| error.to_string()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_kept_and_nobody_else_can_read_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = SecretsFile::of(folder.path());
        assert_eq!(secrets.get(LEDGER_KEY), Ok(None));
        secrets.set(LEDGER_KEY, "one").unwrap();
        secrets.set(IMS_TOKEN, "two").unwrap();
        secrets.set(LEDGER_KEY, "three").unwrap();
        assert_eq!(secrets.get(LEDGER_KEY), Ok(Some("three".into())));
        assert_eq!(secrets.get(IMS_TOKEN), Ok(Some("two".into())));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join("secrets.json")).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }

    #[test]
    fn a_secret_that_is_removed_is_gone_from_the_file_and_the_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = SecretsFile::of(folder.path());
        secrets.remove(TERMINAL_PASSPHRASE).unwrap();
        secrets.set(TERMINAL_PASSPHRASE, "correct horse").unwrap();
        secrets.set(LEDGER_KEY, "one").unwrap();
        secrets.remove(TERMINAL_PASSPHRASE).unwrap();
        assert_eq!((secrets.get(TERMINAL_PASSPHRASE), secrets.get(LEDGER_KEY)), (Ok(None), Ok(Some("one".into()))));
        assert!(!std::fs::read_to_string(folder.path().join("secrets.json")).unwrap().contains("correct horse"));
    }
}
