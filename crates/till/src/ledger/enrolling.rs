//! Making this till known to the hub: its key, its number, the hub's key.

use crate::api::Changed;
use crate::api::ledger::EnrolTill;
use crate::error::TillError;
use crate::secrets::{LEDGER_KEY, Secrets};
use crate::settings::LedgerSettings;
use crate::surroundings::Surroundings;
use crate::till::Core;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use counterfoil_domain::entry::Fact;
use counterfoil_domain::receipt::receipt_number;
use counterfoil_ledger_client::hub::{Credentials, Hub, HubError};
use counterfoil_store::{LedgerNote, Store, StoreError};
use counterfoil_wire::enrolment::{Enrol, Enrolled, plain_code};
use counterfoil_wire::signing::PublicKey;
use ed25519_dalek::SigningKey;
use std::future::Future;
use std::path::Path;

impl From<HubError> for TillError {
    fn from(error: HubError) -> TillError {
        let code = match error.code() {
            "unreachable" => "ledger-unreachable".to_owned(),
            "not-understood" => "ledger-not-understood".to_owned(),
            refused => format!("ledger-{refused}"),
        };
        TillError::not_done(&code).because(error)
    }
}

/// The hub as the settings say it.
pub(super) fn hub(core: &Core) -> Result<Hub, TillError> {
    hub_of(core.settings().ledger.as_ref())
}

fn hub_of(ledger: Option<&LedgerSettings>) -> Result<Hub, TillError> {
    match ledger {
        Some(LedgerSettings::Hub { url, authority }) => hub_at(url, authority.as_deref()),
        _ => Err(TillError::not_done("ledger-none")),
    }
}

/// The hub at an address, with the council's own certificate authority where the system doesn't know it.
pub(crate) fn hub_at(url: &str, authority: Option<&Path>) -> Result<Hub, TillError> {
    let authority = authority.map(std::fs::read).transpose().map_err(|error| TillError::not_done("ledger-certificate").because(error))?;
    Hub::new(url, authority.as_deref()).map_err(|error| match error {
        HubError::NotUsable(_) => error.into(),
        _ => TillError::not_done("ledger-address").because(error),
    })
}

/// Who this till is to the hub, and the hub's key; none before it is enrolled.
pub(super) fn credentials(core: &Core) -> Result<Option<(Credentials, PublicKey)>, TillError> {
    hub_credentials(&core.store, &*core.secrets)
}

/// The same of a store that nobody has opened as a till.
pub(crate) fn hub_credentials(store: &Store, secrets: &dyn Secrets) -> Result<Option<(Credentials, PublicKey)>, TillError> {
    let Some(enrolled) = enrolled(store)? else { return Ok(None) };
    let secret = secrets.get(LEDGER_KEY).map_err(|error| TillError::not_done("secrets-unreadable").because(error))?;
    let Some(key) = secret.as_deref().and_then(key_from) else { return Err(TillError::not_done("secrets-unreadable")) };
    Ok(Some((Credentials { till_id: enrolled.till_id, key }, enrolled.ledger_key)))
}

/// What the hub said when this till was enrolled.
fn enrolled(store: &Store) -> Result<Option<Enrolled>, TillError> {
    let note = store.read(|reading| reading.ledger_note(LedgerNote::Enrolment))?;
    note.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| TillError::not_done("internal").because(error))
}

fn key_from(text: &str) -> Option<SigningKey> {
    Some(SigningKey::from_bytes(&STANDARD.decode(text).ok()?.try_into().ok()?))
}

/// Enrols at a ledger with a one-time code; without one, makes sure that the ledger knows this till already. The key is kept before it
/// is sent, so that a lost answer can be asked for again.
pub(super) fn enrol(core: &Core, by: Option<&str>, request: &EnrolTill, at: &LedgerSettings) -> Result<(), TillError> {
    let code = plain_code(&request.code);
    let hub = hub_of(Some(at))?;
    if code.is_empty() {
        // Only the way to it is another: it must know this till by the key that it has.
        let (who, _) = credentials(core)?.ok_or_else(|| TillError::not_done("ledger-code-wrong"))?;
        wait_for(hub.reference(&who, core.surroundings.now_ms(), None, None))??;
        return Ok(());
    }
    let key = key_for_enrolling(&*core.secrets, &*core.surroundings)?;
    let ask = Enrol {
        code,
        till_id: core.store.till_id().to_owned(),
        public_key: PublicKey::of(&key),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let enrolled = wait_for(hub.enrol(&ask))??;
    if enrolled.till_id != core.store.till_id() {
        return Err(TillError::not_done("ledger-replaces-another"));
    }
    be_called(core, by, &enrolled, request.take_name)?;
    let text = serde_json::to_string(&enrolled).map_err(|error| TillError::not_done("internal").because(error))?;
    core.store.keep_ledger_note(LedgerNote::Enrolment, Some(&text))?;
    core.store.keep_ledger_note(LedgerNote::Alarm, None)?;
    core.note(by, None, Fact::TillEnrolled { till_number: enrolled.till_number, ledger_key: enrolled.ledger_key.0.clone() })?;
    Ok(())
}

/// A till has the name that the ledger knows it by. One that was named wrongly may take the right name while nothing was taken under
/// the wrong one, and only when somebody has agreed: its receipts are numbered by it.
fn be_called(core: &Core, by: Option<&str>, enrolled: &Enrolled, agreed: bool) -> Result<(), TillError> {
    let Enrolled { office_code, till_code, .. } = enrolled;
    let name = core.store.read(|reading| reading.till_name())?;
    if name.is_none_or(|name| name.office_code == *office_code && name.till_code == *till_code) {
        return Ok(());
    }
    let refused = |code: &str| TillError::not_done(code).with("office", office_code).with("till", till_code);
    let council = core.council()?;
    let unused = core.store.read(|reading| Ok::<_, StoreError>(reading.next_serial()? == 1 && reading.open_session()?.is_none()))?;
    let numbered = receipt_number(&council.receipt.number, office_code, till_code, 1).is_ok();
    if !unused || !numbered || council.office(office_code).is_none() {
        return Err(refused("ledger-other-till"));
    }
    if !agreed {
        return Err(refused("ledger-take-name"));
    }
    core.note(by, None, Fact::TillSetUp { office_code: office_code.clone(), till_code: till_code.clone() })?;
    core.tell(&[Changed::Configuration]);
    Ok(())
}

/// A key of a try before this one, or a fresh one: also in the place of one that was lost with the system that protected it.
pub(crate) fn key_for_enrolling(secrets: &dyn Secrets, surroundings: &dyn Surroundings) -> Result<SigningKey, TillError> {
    let before = secrets.get_if_readable_here(LEDGER_KEY).map_err(|error| TillError::not_done("secrets-unreadable").because(error))?;
    if let Some(key) = before.as_deref().and_then(key_from) {
        return Ok(key);
    }
    let key = SigningKey::from_bytes(&surroundings.random());
    let kept = secrets.set(LEDGER_KEY, &STANDARD.encode(key.to_bytes()));
    kept.map_err(|error| TillError::not_done("secrets-unreadable").because(error))?;
    Ok(key)
}

/// Waits for the network, where a person does too.
pub(crate) fn wait_for<T>(work: impl Future<Output = T>) -> Result<T, TillError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(runtime.map_err(|error| TillError::not_done("internal").because(error))?.block_on(work))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::{NoSecret, SecretsFile};
    use crate::surroundings::Machine;
    use std::sync::Mutex;

    /// Secrets of which the one that is there can't be had until another takes its place.
    struct Lost(SecretsFile, Mutex<Option<NoSecret>>);

    impl Secrets for Lost {
        fn get(&self, name: &str) -> Result<Option<String>, NoSecret> {
            self.1.lock().unwrap().clone().map_or_else(|| self.0.get(name), Err)
        }

        fn set(&self, name: &str, value: &str) -> Result<(), String> {
            *self.1.lock().unwrap() = None;
            self.0.set(name, value)
        }

        fn remove(&self, name: &str) -> Result<(), String> {
            self.0.remove(name)
        }
    }

    #[test]
    fn a_key_that_was_lost_with_its_windows_gives_way_to_a_fresh_one_and_one_that_may_be_read_later_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let lost = |why: NoSecret| Lost(SecretsFile::of(folder.path()), Mutex::new(Some(why)));
        let held = lost(NoSecret::Unreadable("another program holds it".into()));
        assert_eq!(key_for_enrolling(&held, &Machine).unwrap_err().code, "secrets-unreadable");
        let reinstalled = lost(NoSecret::ProtectedElsewhere("key not valid for use in specified state".into()));
        let key = key_for_enrolling(&reinstalled, &Machine).unwrap();
        assert_eq!(key_for_enrolling(&reinstalled, &Machine).unwrap(), key, "a lost answer can be asked for again");
    }
}
