//! Pairing: from now on the till drives this terminal.

use super::course::service_id;
use super::settling;
use crate::api::Changed;
use crate::error::TillError;
use crate::secrets::TERMINAL_PASSPHRASE;
use crate::settings::{CardTerminalSettings, Settings};
use crate::surroundings::Surroundings;
use crate::till::{Core, Till};
use counterfoil_domain::card_payment::CardState;
use counterfoil_terminals::{NexoTarget, Opening, TerminalError, TerminalHealth, TerminalTarget};

/// Letters and digits of the id of a question that belongs to no payment.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// An id for such a question, where no store gives one out.
pub(crate) fn random_service_id(surroundings: &dyn Surroundings) -> String {
    surroundings.random().into_iter().take(10).map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])).collect()
}

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
        let paired = |settings: &mut Settings| {
            settings.card_terminal = Some(match settings.card_terminal.take() {
                Some(before) => CardTerminalSettings { target: target.clone(), ..before },
                None => CardTerminalSettings::of(target.clone()),
            });
        };
        core.could_change_settings(paired)?;
        let opening = Opening { folder: core.store.folder(), passphrase: Some(passphrase) };
        let id = service_id(core)?;
        let health = target.open(opening).and_then(|terminal| terminal.diagnose(&id)).map_err(not_paired)?;
        let before = core.secrets.get(TERMINAL_PASSPHRASE).map_err(unkept)?;
        let keep = |passphrase: &str| core.secrets.set(TERMINAL_PASSPHRASE, passphrase).map_err(unkept);
        let changed = core.change_settings_with(
            |settings| {
                paired(settings);
                Ok(())
            },
            |_| keep(passphrase),
        );
        if let Err(error) = changed {
            // The terminal before is still the till's, with the passphrase that it had.
            keep(&before.unwrap_or_default())?;
            return Err(error);
        }
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
