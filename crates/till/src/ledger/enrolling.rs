//! Making this till known to the hub: its key, its number, the hub's key.

use crate::error::TillError;
use crate::secrets::{LEDGER_KEY, Secrets};
use crate::settings::LedgerSettings;
use crate::surroundings::Surroundings;
use crate::till::Core;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use counterfoil_domain::entry::Fact;
use counterfoil_ledger_client::hub::{Credentials, Hub, HubError};
use counterfoil_store::LedgerNote;
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
    let Some(LedgerSettings::Hub { url, authority }) = core.settings().ledger else {
        return Err(TillError::not_done("ledger-none"));
    };
    hub_at(&url, authority.as_deref())
}

/// The hub at an address, with the council's own certificate authority where the system doesn't know it.
pub(crate) fn hub_at(url: &str, authority: Option<&Path>) -> Result<Hub, TillError> {
    let authority = authority.map(std::fs::read).transpose().map_err(|error| TillError::not_done("ledger-certificate").because(error))?;
    Hub::new(url, authority.as_deref()).map_err(|error| TillError::not_done("ledger-address").because(error))
}

/// Who this till is to the hub, and the hub's key; none before it is enrolled.
pub(super) fn credentials(core: &Core) -> Result<Option<(Credentials, PublicKey)>, TillError> {
    let Some(enrolled) = enrolled(core)? else { return Ok(None) };
    let secret = core.secrets.get(LEDGER_KEY).map_err(|error| TillError::not_done("secrets-unreadable").because(error))?;
    let Some(key) = secret.as_deref().and_then(key_from) else { return Err(TillError::not_done("secrets-unreadable")) };
    Ok(Some((Credentials { till_id: enrolled.till_id, key }, enrolled.ledger_key)))
}

/// What the hub said when this till was enrolled.
pub(super) fn enrolled(core: &Core) -> Result<Option<Enrolled>, TillError> {
    let note = core.store.read(|reading| reading.ledger_note(LedgerNote::Enrolment))?;
    note.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| TillError::not_done("internal").because(error))
}

fn key_from(text: &str) -> Option<SigningKey> {
    Some(SigningKey::from_bytes(&STANDARD.decode(text).ok()?.try_into().ok()?))
}

/// Enrols with a one-time code. The key is kept before it is sent, so that a lost answer can be asked for again.
pub(super) fn enrol(core: &Core, by: Option<&str>, code: &str) -> Result<Enrolled, TillError> {
    let code = plain_code(code);
    if code.is_empty() {
        return Err(TillError::not_done("ledger-code-wrong"));
    }
    let hub = hub(core)?;
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
    let name = core.store.read(|reading| reading.till_name())?;
    if name.is_some_and(|name| name.office_code != enrolled.office_code || name.till_code != enrolled.till_code) {
        return Err(TillError::not_done("ledger-other-till").with("office", &enrolled.office_code).with("till", &enrolled.till_code));
    }
    let text = serde_json::to_string(&enrolled).map_err(|error| TillError::not_done("internal").because(error))?;
    core.store.keep_ledger_note(LedgerNote::Enrolment, Some(&text))?;
    core.store.keep_ledger_note(LedgerNote::Alarm, None)?;
    core.note(by, None, Fact::TillEnrolled { till_number: enrolled.till_number, ledger_key: enrolled.ledger_key.0.clone() })?;
    Ok(enrolled)
}

/// A key of a try before this one, or a fresh one.
pub(crate) fn key_for_enrolling(secrets: &dyn Secrets, surroundings: &dyn Surroundings) -> Result<SigningKey, TillError> {
    let unreadable = |error: String| TillError::not_done("secrets-unreadable").because(error);
    if let Some(key) = secrets.get(LEDGER_KEY).map_err(unreadable)?.as_deref().and_then(key_from) {
        return Ok(key);
    }
    let key = SigningKey::from_bytes(&surroundings.random());
    secrets.set(LEDGER_KEY, &STANDARD.encode(key.to_bytes())).map_err(unreadable)?;
    Ok(key)
}

/// Waits for the network, where a person does too.
pub(super) fn wait_for<T>(work: impl Future<Output = T>) -> Result<T, TillError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(runtime.map_err(|error| TillError::not_done("internal").because(error))?.block_on(work))
}
