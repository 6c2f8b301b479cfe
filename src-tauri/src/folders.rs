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

/// How many letters go into one entry. Windows takes 2,560 bytes of UTF-16, and a client certificate with its key is longer.
#[cfg(windows)]
const PART: usize = 1_200;

/// Windows' Credential Manager.
#[cfg(windows)]
struct CredentialManager {
    data: String,
}

#[cfg(windows)]
impl CredentialManager {
    /// One part of a secret. The first has the secret's own name.
    fn entry(&self, name: &str, part: usize) -> Result<keyring::Entry, String> {
        let name = if part == 0 { name.to_owned() } else { format!("{name} {}", part + 1) };
        keyring::Entry::new(&format!("Counterfoil {}", self.data), &name).map_err(|error| error.to_string())
    }

    fn part(&self, name: &str, part: usize) -> Result<Option<String>, String> {
        match self.entry(name, part)?.get_password() {
            Ok(text) => Ok(Some(text)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

#[cfg(windows)]
impl Secrets for CredentialManager {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        let Some(mut secret) = self.part(name, 0)? else { return Ok(None) };
        for place in 1.. {
            match self.part(name, place)? {
                Some(more) => secret.push_str(&more),
                None => break,
            }
        }
        Ok(Some(secret))
    }

    fn set(&self, name: &str, value: &str) -> Result<(), String> {
        let letters: Vec<char> = value.chars().collect();
        let parts: Vec<String> = letters.chunks(PART).map(|part| part.iter().collect()).collect();
        for (place, part) in parts.iter().enumerate() {
            self.entry(name, place)?.set_password(part).map_err(|error| error.to_string())?;
        }
        // Reading ends at the first part that isn't there.
        match self.entry(name, parts.len())?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}
