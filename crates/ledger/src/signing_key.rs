//! The ledger's own key: a file that every copy of the hub is given.
//!
//! A file and not a row of the database: whoever can write to the database could otherwise sign what they wrote, and the
//! signed heads that tills keep are there to show exactly that.

use crate::error::LedgerError;
use crate::surroundings::Surroundings;
use ed25519_dalek::SigningKey;
use std::io::Write;
use std::path::Path;

/// Reads the key, or makes it where there is none yet.
///
/// # Errors
/// The file can't be read or made, or holds something else.
pub fn read_or_make(path: &Path, surroundings: &dyn Surroundings) -> Result<SigningKey, LedgerError> {
    let at = |error| LedgerError::File { path: path.display().to_string(), error };
    match std::fs::read_to_string(path) {
        Ok(text) => read(&text).ok_or_else(|| LedgerError::Setting(format!("{}: not a signing key", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let (mut secret, mut name) = ([0; 32], [0; 8]);
            surroundings.random(&mut secret)?;
            surroundings.random(&mut name)?;
            match make(path, &path.with_extension(format!("new-{}", hex::encode(name))), &secret) {
                Ok(()) => Ok(SigningKey::from_bytes(&secret)),
                // Another copy was first: theirs is the key.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                    let text = std::fs::read_to_string(path).map_err(at)?;
                    read(&text).ok_or_else(|| LedgerError::Setting(format!("{}: not a signing key", path.display())))
                }
                Err(error) => Err(at(error)),
            }
        }
        Err(error) => Err(at(error)),
    }
}

fn read(text: &str) -> Option<SigningKey> {
    let mut secret = [0; 32];
    hex::decode_to_slice(text.trim(), &mut secret).ok()?;
    Some(SigningKey::from_bytes(&secret))
}

/// Whole or not at all: written beside its place, then linked to it, which fails where a file is there already.
fn make(path: &Path, beside: &Path, secret: &[u8; 32]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(beside)?;
    writeln!(file, "{}", hex::encode(secret))?;
    file.sync_all()?;
    let made = std::fs::hard_link(beside, path);
    std::fs::remove_file(beside)?;
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surroundings::Machine;

    #[test]
    fn copies_that_start_at_once_end_up_with_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.key");
        let keys: Vec<[u8; 32]> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8).map(|_| scope.spawn(|| read_or_make(&path, &Machine).unwrap().to_bytes())).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_key_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.key");
        let made = read_or_make(&path, &Machine).unwrap();
        assert_eq!(read_or_make(&path, &Machine).unwrap().to_bytes(), made.to_bytes());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, "rubbish").unwrap();
        assert!(read_or_make(&path, &Machine).is_err());
    }
}
