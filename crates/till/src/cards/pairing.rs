//! Pairing: from now on the till drives this terminal.

use crate::api::Changed;
use crate::error::TillError;
use crate::secrets::TERMINAL_PASSPHRASE;
use crate::settings::CardTerminalSettings;
use crate::till::Till;
use counterfoil_terminals::{NexoTarget, Opening, TerminalError, TerminalHealth, TerminalTarget};

/// Letters and digits of the id of the first question.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

impl Till {
    /// Asks the terminal how it is, with the passphrase of the key that was agreed; when it answers as the terminal that it should be,
    /// it is this till's from now on, and the passphrase is with the till's secrets.
    ///
    /// # Errors
    /// What is wrong with the settings or the terminal; then the till drives what it did before.
    pub fn pair_terminal(&self, target: NexoTarget, passphrase: &str) -> Result<TerminalHealth, TillError> {
        let core = &self.core;
        let target = TerminalTarget::Nexo(target);
        let opening = Opening { folder: core.store.folder(), passphrase: Some(passphrase) };
        let id = core.surroundings.random().into_iter().take(10).map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
        let health = target.open(opening).and_then(|terminal| terminal.diagnose(&String::from_iter(id))).map_err(not_paired)?;
        let changed = core.changed_settings(|settings| {
            settings.card_terminal = Some(match settings.card_terminal.take() {
                Some(before) => CardTerminalSettings { target, ..before },
                None => CardTerminalSettings::of(target),
            });
        })?;
        core.secrets.set(TERMINAL_PASSPHRASE, passphrase).map_err(|error| TillError::not_done("secrets-unreadable").because(error))?;
        changed.write(core.store.folder())?;
        core.use_settings(changed);
        core.tell(&[Changed::Configuration]);
        Ok(health)
    }
}

fn not_paired(error: TerminalError) -> TillError {
    TillError::not_done(error.fault.code()).because(error)
}
