//! Pairing and un-pairing: which terminal the till drives from now on, or that it drives none.

use super::course::service_id;
use super::settling;
use crate::api::cards::{PairTerminal, TerminalCheck};
use crate::api::devices::DevicesView;
use crate::api::{Changed, Nothing};
use crate::devices::{self, holds_none};
use crate::error::TillError;
use crate::ledger::whole_path;
use crate::secrets::{TERMINAL_PASSPHRASE, no_secret};
use crate::settings::{CardTerminalSettings, Settings};
use crate::surroundings::Surroundings;
use crate::till::{Caller, Core, Till};
use counterfoil_domain::card_payment::CardState;
use counterfoil_domain::entry::Fact;
use counterfoil_terminals::{NexoTarget, Opening, TerminalError, TerminalHealth, TerminalTarget};
use serde_json::json;

/// `card.pair`.
pub(crate) fn pair(till: &Till, caller: &Caller, request: PairTerminal) -> Result<TerminalCheck, TillError> {
    if let Some(field) = missing(&request) {
        return Err(TillError::not_done("terminal-pairing").with("field", field));
    }
    let passphrase = request.passphrase.clone();
    let target = target(request)?;
    let terminal = target.poi_id.clone();
    let health = till.drive_terminal(target, &passphrase, Some(&caller.user()?.code), caller.session)?;
    Ok(TerminalCheck { terminal, state: health.state, host_reached: health.host_reached, simulated: health.simulated })
}

/// `card.unpair`.
pub(crate) fn unpair(till: &Till, caller: &Caller, _: Nothing) -> Result<DevicesView, TillError> {
    till.drop_terminal(Some(&caller.user()?.code), caller.session)?;
    devices::show(till, caller, Nothing {})
}

/// Journals by its name that the till drives another terminal, or none: before it does, for the trail may tell of a change that failed, and
/// never misses one.
fn note_change(core: &Core, by: Option<&str>, session: Option<u64>) -> Result<(), TillError> {
    core.note(by, session, Fact::DeviceSettingsChanged { fields: vec!["card_terminal".to_owned()] }).map(drop)
}

/// The first field that can't be as it is.
fn missing(request: &PairTerminal) -> Option<&'static str> {
    let PairTerminal { host, port, poi_id, sale_id, key_identifier, key_version, authority, live: _, passphrase } = request;
    let is_name = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count());
    let fields = [
        ("host", !host.trim().is_empty()),
        ("port", port.trim().parse::<u16>().is_ok_and(|port| port > 0)),
        ("poi_id", poi_id.split_once('-').is_some_and(|(model, serial)| !model.is_empty() && !serial.is_empty())),
        ("sale_id", is_name(sale_id, 64)),
        ("key_identifier", is_name(key_identifier, 128)),
        ("key_version", key_version.trim().parse::<u32>().is_ok()),
        ("authority", std::path::Path::new(authority.trim()).is_file()),
        ("passphrase", !passphrase.is_empty()),
    ];
    fields.into_iter().find(|(_, is_right)| !is_right).map(|(field, _)| field)
}

/// As the settings have it, with whatever is as by default.
fn target(request: PairTerminal) -> Result<NexoTarget, TillError> {
    let PairTerminal { host, port, poi_id, sale_id, key_identifier, key_version, authority, live, passphrase: _ } = request;
    let (port, key_version) = (port.trim().parse::<u16>().ok(), key_version.trim().parse::<u32>().ok());
    let target = json!({ "host": host.trim(), "port": port, "poi_id": poi_id.trim(), "sale_id": sale_id.trim(),
        "key_identifier": key_identifier.trim(), "key_version": key_version, "authority": authority.trim(), "live": live });
    holds_none(&target)?;
    serde_json::from_value(target).map_err(|error| TillError::not_done("terminal-bad-settings").because(error))
}

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
        self.drive_terminal(target, passphrase, None, None)
    }

    fn drive_terminal(
        &self,
        target: NexoTarget,
        passphrase: &str,
        by: Option<&str>,
        session: Option<u64>,
    ) -> Result<TerminalHealth, TillError> {
        let core = &self.core;
        // The program may be started elsewhere next time.
        let target = TerminalTarget::Nexo(NexoTarget { authority: whole_path(&target.authority), ..target });
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
        let mut kept_before = None;
        // A till that stops in between drives a terminal without its passphrase, which it refuses, and never one with another's.
        let changed = core.change_settings_between(
            |settings| {
                paired(settings);
                Ok(())
            },
            |_, _| {
                note_change(core, by, session)?;
                kept_before = Some(core.secrets.get_if_readable_here(TERMINAL_PASSPHRASE).map_err(no_secret)?);
                core.secrets.remove(TERMINAL_PASSPHRASE).map_err(no_secret)
            },
            || core.secrets.set(TERMINAL_PASSPHRASE, passphrase).map_err(no_secret),
        );
        if let Err(error) = changed {
            // The terminal before is still the till's, with the passphrase that it had.
            let put_back = kept_before.map(|before| match before {
                Some(before) => core.secrets.set(TERMINAL_PASSPHRASE, &before),
                None => core.secrets.remove(TERMINAL_PASSPHRASE),
            });
            if let Some(Err(reason)) = put_back {
                tracing::error!(%reason, "the card terminal's passphrase can't be put back");
            }
            return Err(error);
        }
        self.drives_another();
        Ok(health)
    }

    /// Drives no terminal from now on, and forgets the passphrase of the key that was agreed with it: cards are then paid on a stand-alone
    /// terminal, whose slip is typed. False where there was none; what may be left of its passphrase goes all the same.
    ///
    /// # Errors
    /// `setting-fixed`; `card-terminal-in-use` with payments that aren't clear; a file that can't be written. The terminal is then the
    /// till's as before, with its passphrase.
    pub fn unpair_terminal(&self) -> Result<bool, TillError> {
        self.drop_terminal(None, None)
    }

    fn drop_terminal(&self, by: Option<&str>, session: Option<u64>) -> Result<bool, TillError> {
        let core = &self.core;
        let none = |settings: &mut Settings| {
            settings.card_terminal = None;
            Ok(())
        };
        // A till that stops between the two has a passphrase of no terminal, never a terminal without its passphrase.
        let (before, _) = core.change_settings_between(
            none,
            |before, _| if before.card_terminal.is_some() { note_change(core, by, session) } else { Ok(()) },
            || core.secrets.remove(TERMINAL_PASSPHRASE).map_err(no_secret),
        )?;
        self.drives_another();
        Ok(before.card_terminal.is_some())
    }

    /// Another, or none: what was open, and what was the matter with it, is forgotten.
    fn drives_another(&self) {
        self.cards.shared.forget_terminal();
        self.cards.shared.note_fault(None);
        self.core.tell(&[Changed::Configuration, Changed::Cards]);
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

fn not_paired(error: TerminalError) -> TillError {
    TillError::not_done(error.fault.code()).because(error)
}
