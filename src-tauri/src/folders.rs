//! Where things are on this machine.

use counterfoil_till::secrets::Secrets;
#[cfg(not(windows))]
use counterfoil_till::secrets::SecretsFile;
use std::path::{Path, PathBuf};

/// The data folder unless `--data` names one: the user's own, as the operating system has it.
pub fn data() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        from("LOCALAPPDATA")
    } else {
        from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local").join("share")))
    };
    base.unwrap_or_else(|| PathBuf::from(".")).join(if cfg!(windows) { "Counterfoil" } else { "counterfoil" })
}

/// The program's own files (`packs/…`): beside the program when it is installed, in the checkout when it is being built.
pub fn resources() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program
        .ancestors()
        .skip(1)
        .take(4)
        .map(|folder| folder.join("assets"))
        .find(|folder| has_packs(folder))
        .unwrap_or_else(|| PathBuf::from("assets"))
}

fn has_packs(folder: &Path) -> bool {
    folder.join("packs").is_dir()
}

/// Where this till's keys and tokens are kept: Windows keeps them; elsewhere a file that its owner alone can read.
#[cfg(not(windows))]
pub fn secrets(data: &Path) -> Box<dyn Secrets> {
    Box::new(SecretsFile::of(data))
}

/// See above. Each data folder has its own.
#[cfg(windows)]
pub fn secrets(data: &Path) -> Box<dyn Secrets> {
    Box::new(CredentialManager { data: data.display().to_string() })
}

/// Windows' Credential Manager.
#[cfg(windows)]
struct CredentialManager {
    data: String,
}

#[cfg(windows)]
impl CredentialManager {
    fn entry(&self, name: &str) -> Result<keyring::Entry, String> {
        keyring::Entry::new(&format!("Counterfoil {}", self.data), name).map_err(|error| error.to_string())
    }
}

#[cfg(windows)]
impl Secrets for CredentialManager {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        match self.entry(name)?.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    fn set(&self, name: &str, value: &str) -> Result<(), String> {
        self.entry(name)?.set_password(value).map_err(|error| error.to_string())
    }
}
