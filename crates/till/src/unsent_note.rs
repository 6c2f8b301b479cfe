//! A note in the data folder for as long as it holds takings that no ledger has. The Windows installer looks for it, and refuses to
//! take the program away (see `installers/README.md`). It is a sign and nothing more: what is unsent is asked of the store.

use counterfoil_store::Store;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Its name; the installer's source has it too.
const NAME: &str = "takings-unsent.txt";

const WORDS: &str = "Takings in this folder haven't reached a ledger. Counterfoil keeps this note, and takes it away when they have.\r\n\
Nid yw'r derbyniadau yn y ffolder hwn wedi cyrraedd cyfriflyfr. Counterfoil sy'n cadw'r nodyn hwn, ac yn ei dynnu pan fyddant wedi cyrraedd.\r\n";

/// The note, and whether it is there as far as is known.
pub(crate) struct UnsentNote {
    file: PathBuf,
    is_there: Mutex<Option<bool>>,
}

impl UnsentNote {
    /// Of a data folder.
    pub fn of(folder: &Path) -> UnsentNote {
        UnsentNote { file: folder.join(NAME), is_there: Mutex::new(None) }
    }

    /// Writes it or takes it away, where it isn't as it should be. No counter stands still because it can't: it is tried again after
    /// the next receipt.
    pub fn keep(&self, store: &Store) {
        let kept = store.read(|reading| reading.unsent()).map_err(|error| error.to_string()).and_then(|(receipts, _)| {
            let mut is_there = self.is_there.lock().unwrap_or_else(PoisonError::into_inner);
            let should_be = receipts > 0;
            if *is_there != Some(should_be) {
                self.put(should_be).map_err(|error| error.to_string())?;
                *is_there = Some(should_be);
            }
            Ok(())
        });
        if let Err(reason) = kept {
            tracing::warn!(reason, "the note of unsent takings isn't as it should be");
        }
    }

    fn put(&self, there: bool) -> std::io::Result<()> {
        if there {
            return std::fs::write(&self.file, WORDS);
        }
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
