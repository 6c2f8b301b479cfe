//! The way to the ledger: does it answer and take this till, how long its certificate holds, what its clock says.

use super::{Found, Patient};
use crate::ledger::{hub_credentials, wait_for};
use crate::secrets::IMS_CERTIFICATE;
use crate::settings::{ImsSettings, LedgerSettings};
use counterfoil_ledger_client::probe::{Probe, ProbeError, probe};
use counterfoil_store::{STORE_FILE, Store};
use counterfoil_wire::signing::DATE_WINDOW_MS;

/// A certificate that ends sooner than this is to be renewed now.
const SOON_DAYS: i64 = 30;
/// Clocks that are further apart than this are told, in seconds.
const APART_S: i64 = 60;
/// The ledger refuses what is signed by a clock further off than this, in seconds.
const FAR_APART_S: i64 = DATE_WINDOW_MS / 1_000;
const DAY_MS: i64 = 86_400_000;

fn asked(patient: &Patient<'_>) -> Option<Result<Probe, ProbeError>> {
    *patient.probed.get_or_init(|| ask(patient))
}

fn ask(patient: &Patient<'_>) -> Option<Result<Probe, ProbeError>> {
    let ledger = patient.settings.as_ref().ok()?.settings.ledger.clone()?;
    let asked = shown(patient, &ledger).and_then(|(url, authority, certificate)| {
        wait_for(probe(url, authority.as_deref(), certificate.as_deref())).unwrap_or(Err(ProbeError::Unreachable))
    });
    Some(asked)
}

type Shown<'a> = (&'a str, Option<Vec<u8>>, Option<Vec<u8>>);

/// Where the ledger is, whom to trust there, and who to be: as takings are sent.
fn shown<'a>(patient: &Patient<'_>, ledger: &'a LedgerSettings) -> Result<Shown<'a>, ProbeError> {
    let (url, authority, shows_certificate) = match ledger {
        LedgerSettings::Hub { url, authority } => (url, authority, false),
        LedgerSettings::LocalgovIms(ImsSettings { url, authority, client_certificate, .. }) => (url, authority, *client_certificate),
    };
    let authority = authority.as_deref().map(std::fs::read).transpose().map_err(|_| ProbeError::Certificate)?;
    let kept = || patient.secrets.get(IMS_CERTIFICATE).ok().flatten().ok_or(ProbeError::ClientCertificate);
    let certificate = shows_certificate.then(kept).transpose()?.map(String::into_bytes);
    Ok((url, authority, certificate))
}

pub(super) fn reached(patient: &Patient<'_>) -> Found {
    let Some(answer) = asked(patient) else { return Found::ok("ledger-none") };
    if let Err(error) = answer {
        return Found::wrong(error.code());
    }
    let ledger = patient.settings.as_ref().ok().and_then(|settings| settings.settings.ledger.clone());
    let Some(LedgerSettings::Hub { .. }) = ledger else { return Found::ok("ledger") };
    let Ok(store) = Store::read_only(&patient.folder.join(STORE_FILE)) else { return Found::look("ledger-unknown") };
    match hub_credentials(&store, patient.secrets) {
        Ok(Some(_)) => Found::ok("ledger"),
        Ok(None) => Found::look("ledger-not-enrolled"),
        Err(_) => Found::wrong("ledger-key"),
    }
}

pub(super) fn certificate(patient: &Patient<'_>) -> Found {
    match asked(patient) {
        None => Found::ok("ledger-none"),
        Some(Err(error)) => Found::wrong(error.code()),
        Some(Ok(Probe { certificate_ends_ms: None, .. })) => Found::look("certificate-none"),
        Some(Ok(Probe { certificate_ends_ms: Some(ends), .. })) => {
            let days = (ends - patient.surroundings.now_ms()) / DAY_MS;
            let found = if days < SOON_DAYS { Found::look("certificate-soon") } else { Found::ok("certificate") };
            found.with("days", days)
        }
    }
}

pub(super) fn clock(patient: &Patient<'_>) -> Found {
    let Some(Ok(Probe { now_ms: Some(theirs), .. })) = asked(patient) else { return Found::ok("clock-unknown") };
    let apart = (patient.surroundings.now_ms() - theirs) / 1_000;
    let found = match apart.abs() {
        apart if apart > FAR_APART_S => Found::wrong("clock-wrong"),
        apart if apart > APART_S => Found::look("clock-apart"),
        _ => Found::ok("clock"),
    };
    found.with("seconds", apart)
}
