//! Making this till known to the hub: its key, its number, the hub's key.

use crate::api::Changed;
use crate::api::ledger::EnrolTill;
use crate::error::TillError;
use crate::secrets::{LEDGER_KEY, LEDGER_KEY_OFFERED, Secrets, no_secret};
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
    let secret = secrets.get(LEDGER_KEY).map_err(no_secret)?;
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

/// What a ledger is to be asked. It holds nothing of the till, so that a till closes though a ledger is silent.
pub(crate) struct Asking {
    hub: Hub,
    question: Question,
}

enum Question {
    /// Does it know this till by the key that it has?
    Known { who: Credentials, now_ms: i64 },
    /// Does it take this key for this code?
    Enrol { ask: Enrol, key: SigningKey },
}

/// What it answered.
pub(crate) enum Answered {
    /// It knows this till.
    Known,
    /// It has taken the key.
    Enrolled(Enrolled, Box<SigningKey>),
}

impl Asking {
    /// With a one-time code; without one, only the way to the ledger is another, and it must know this till already. The key is kept
    /// before it is sent, so that a lost answer can be asked for again.
    pub fn of(core: &Core, request: &EnrolTill, at: &LedgerSettings) -> Result<Asking, TillError> {
        let code = plain_code(&request.code);
        let hub = hub_of(Some(at))?;
        if code.is_empty() {
            let (who, _) = credentials(core)?.ok_or_else(|| TillError::not_done("ledger-code-wrong"))?;
            return Ok(Asking { hub, question: Question::Known { who, now_ms: core.surroundings.now_ms() } });
        }
        let key = key_for_enrolling(&*core.secrets, &*core.surroundings)?;
        let ask = Enrol {
            code,
            till_id: core.store.till_id().to_owned(),
            public_key: PublicKey::of(&key),
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        Ok(Asking { hub, question: Question::Enrol { ask, key } })
    }

    /// Waits for the ledger.
    pub fn answer(self) -> Result<Answered, TillError> {
        let Asking { hub, question } = self;
        Ok(match question {
            Question::Known { who, now_ms } => wait_for(hub.reference(&who, now_ms, None, None))?.map(|_| Answered::Known)?,
            Question::Enrol { ask, key } => Answered::Enrolled(wait_for(hub.enrol(&ask))??, Box::new(key)),
        })
    }
}

/// Keeps who this till is to the ledger.
pub(super) fn enrolled_as(core: &Core, by: Option<&str>, enrolled: &Enrolled, key: &SigningKey, take_name: bool) -> Result<(), TillError> {
    if enrolled.till_id != core.store.till_id() {
        return Err(TillError::not_done("ledger-replaces-another"));
    }
    be_called(core, by, enrolled, take_name)?;
    let text = serde_json::to_string(enrolled).map_err(|error| TillError::not_done("internal").because(error))?;
    key_was_accepted(&*core.secrets, key)?;
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

/// A key of a try before this one, the one that this till has, or a fresh one: also where the one that it had was lost with the system
/// that protected it, whose place it takes only when the ledger has accepted it.
pub(crate) fn key_for_enrolling(secrets: &dyn Secrets, surroundings: &dyn Surroundings) -> Result<SigningKey, TillError> {
    for name in [LEDGER_KEY_OFFERED, LEDGER_KEY] {
        if let Some(key) = secrets.get_if_readable_here(name).map_err(no_secret)?.as_deref().and_then(key_from) {
            return Ok(key);
        }
    }
    let key = SigningKey::from_bytes(&surroundings.random());
    secrets.set(LEDGER_KEY_OFFERED, &STANDARD.encode(key.to_bytes())).map_err(no_secret)?;
    Ok(key)
}

/// The ledger knows this till by this key from now on.
pub(crate) fn key_was_accepted(secrets: &dyn Secrets, key: &SigningKey) -> Result<(), TillError> {
    secrets.set(LEDGER_KEY, &STANDARD.encode(key.to_bytes())).map_err(no_secret)?;
    secrets.remove(LEDGER_KEY_OFFERED).map_err(no_secret)
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

    /// Secrets of which the till's key, or all, can't be had.
    struct Lost(SecretsFile, &'static [&'static str], NoSecret);

    impl Secrets for Lost {
        fn get(&self, name: &str) -> Result<Option<String>, NoSecret> {
            if self.1.contains(&name) { Err(self.2.clone()) } else { self.0.get(name) }
        }

        fn set(&self, name: &str, value: &str) -> Result<(), String> {
            self.0.set(name, value)
        }

        fn remove(&self, name: &str) -> Result<(), String> {
            self.0.remove(name)
        }
    }

    #[test]
    fn a_key_that_was_lost_with_its_windows_gives_way_to_one_that_the_ledger_has_accepted_and_to_none_before() {
        let folder = tempfile::tempdir().unwrap();
        let lost = |names, why: NoSecret| Lost(SecretsFile::of(folder.path()), names, why);
        let file = SecretsFile::of(folder.path());
        file.set(LEDGER_KEY, "the one before").unwrap();
        let held = lost(&[LEDGER_KEY_OFFERED, LEDGER_KEY], NoSecret::Unreadable("another program holds it".into()));
        assert_eq!(key_for_enrolling(&held, &Machine).unwrap_err().code, "secrets-unreadable");
        let reinstalled = lost(&[LEDGER_KEY], NoSecret::ProtectedElsewhere("key not valid for use in specified state".into()));
        let key = key_for_enrolling(&reinstalled, &Machine).unwrap();
        assert_eq!(key_for_enrolling(&reinstalled, &Machine).unwrap(), key, "a lost answer can be asked for again");
        assert_eq!(file.get(LEDGER_KEY), Ok(Some("the one before".into())), "nobody has accepted another");
        key_was_accepted(&reinstalled, &key).unwrap();
        assert_eq!((key_for_enrolling(&file, &Machine).unwrap(), file.get(LEDGER_KEY_OFFERED)), (key, Ok(None)));
    }
}
