//! Pairing: from now on the till drives this terminal.

use super::course::service_id;
use super::settling;
use crate::api::Changed;
use crate::error::TillError;
use crate::secrets::TERMINAL_PASSPHRASE;
use crate::settings::CardTerminalSettings;
use crate::till::{Core, Till};
use counterfoil_domain::card_payment::CardState;
use counterfoil_terminals::{NexoTarget, Opening, TerminalError, TerminalHealth, TerminalTarget};

impl Till {
    /// Asks the terminal how it is, with the passphrase of the key that was agreed; when it answers as the terminal that it should be,
    /// it is this till's from now on, and the passphrase is with the till's secrets.
    ///
    /// # Errors
    /// What is wrong with the settings or the terminal, or `card-terminal-in-use` with payments that aren't clear at the one before; then
    /// the till drives what it did before.
    pub fn pair_terminal(&self, target: NexoTarget, passphrase: &str) -> Result<TerminalHealth, TillError> {
        let core = &self.core;
        let target = TerminalTarget::Nexo(target);
        let changed = core.changed_settings(|settings| {
            settings.card_terminal = Some(match settings.card_terminal.take() {
                Some(before) => CardTerminalSettings { target: target.clone(), ..before },
                None => CardTerminalSettings::of(target.clone()),
            });
        })?;
        let opening = Opening { folder: core.store.folder(), passphrase: Some(passphrase) };
        let id = service_id(core)?;
        let health = target.open(opening).and_then(|terminal| terminal.diagnose(&id)).map_err(not_paired)?;
        let before = core.secrets.get(TERMINAL_PASSPHRASE).map_err(unkept)?;
        core.secrets.set(TERMINAL_PASSPHRASE, passphrase).map_err(unkept)?;
        if let Err(error) = changed.write(core.store.folder()) {
            // The terminal before is still the till's, with the passphrase that it had.
            core.secrets.set(TERMINAL_PASSPHRASE, &before.unwrap_or_default()).map_err(unkept)?;
            return Err(error);
        }
        core.use_settings(changed);
        core.tell(&[Changed::Configuration]);
        Ok(health)
    }
}

/// May the till drive another terminal, or none, from now on? Not while one can still say what became of a payment: asked under another
/// name, or asked at another terminal, it would be told that nobody ever heard of it.
pub(crate) fn terminal_may_change(
    core: &Core,
    before: Option<&CardTerminalSettings>,
    after: Option<&CardTerminalSettings>,
) -> Result<(), TillError> {
    let (before, after) = (before.map(|settings| &settings.target), after.map(|settings| &settings.target));
    if before == after || before.zip(after).is_some_and(|(before, after)| before.is_same(after)) {
        return Ok(());
    }
    let waiting = core.store.read(|reading| {
        let mut waiting = 0;
        for row in reading.open_card_payments()? {
            let asked = matches!(row.state, CardState::Intended | CardState::Sent | CardState::Unresolved);
            let known_as = settling::known_as(reading, &row)?;
            let is_at = |target: &TerminalTarget| target.name() == row.terminal && (known_as.is_empty() || known_as == target.known_as());
            // Back to the one that it is at is the way to an answer.
            let comes_back = after.is_some_and(is_at) && !before.is_some_and(is_at);
            waiting += u64::from(asked && !comes_back);
        }
        Ok::<_, TillError>(waiting)
    })?;
    if waiting == 0 { Ok(()) } else { Err(TillError::not_done("card-terminal-in-use").with("count", waiting)) }
}

fn unkept(error: String) -> TillError {
    TillError::not_done("secrets-unreadable").because(error)
}

fn not_paired(error: TerminalError) -> TillError {
    TillError::not_done(error.fault.code()).because(error)
}
