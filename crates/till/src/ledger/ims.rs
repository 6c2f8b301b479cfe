//! A LocalGov IMS as this till's ledger: how it is reached, and what IT asks of it.

use super::commands::{change, whole_path};
use super::enrolling::wait_for;
use crate::api::Changed;
use crate::error::TillError;
use crate::secrets::{IMS_CERTIFICATE, IMS_TOKEN, no_secret};
use crate::settings::{ImsAuth, ImsSettings, LedgerSettings, Settings as TillSettings};
use crate::till::{Core, Till};
use chrono::NaiveDate;
use counterfoil_domain::Council;
use counterfoil_ledger_client::localgov_ims::{
    Auth, ConfigurationDifference, LocalGovIms, NotUsable, OutgoingReceipt, Reconciliation, Secret, Settings, Trouble,
};
use counterfoil_store::LedgerNote;
use std::collections::BTreeMap;
use std::path::PathBuf;

impl From<NotUsable> for TillError {
    fn from(error: NotUsable) -> TillError {
        TillError::not_done("ledger-ims-not-usable").with("reason", error)
    }
}

impl From<Trouble> for TillError {
    fn from(trouble: Trouble) -> TillError {
        TillError::not_done("ledger-ims-trouble").with("reason", trouble)
    }
}

/// What the settings don't hold themselves.
struct ImsSecrets {
    token: Option<String>,
    certificate: Option<String>,
}

impl ImsSecrets {
    fn kept(core: &Core, ims: &ImsSettings) -> Result<ImsSecrets, TillError> {
        let get = |name, used: bool| match used {
            true => core.secrets.get(name).map_err(no_secret),
            false => Ok(None),
        };
        Ok(ImsSecrets { token: get(IMS_TOKEN, ims.auth != ImsAuth::None)?, certificate: get(IMS_CERTIFICATE, ims.client_certificate)? })
    }

    fn keep(&self, core: &Core) -> Result<(), TillError> {
        let both = [(IMS_TOKEN, &self.token), (IMS_CERTIFICATE, &self.certificate)];
        for (name, secret) in both.into_iter().filter_map(|(name, secret)| secret.as_ref().map(|secret| (name, secret))) {
            core.secrets.set(name, secret).map_err(no_secret)?;
        }
        Ok(())
    }
}

/// The IMS that the settings name, if they name one.
fn named(core: &Core) -> Option<ImsSettings> {
    match core.settings().ledger {
        Some(LedgerSettings::LocalgovIms(ims)) => Some(ims),
        _ => None,
    }
}

/// The IMS as it is set up, with the codes of the pack in use.
pub(super) fn ims(core: &Core) -> Result<LocalGovIms, TillError> {
    let ims = named(core).ok_or_else(|| TillError::not_done("ledger-no-ims"))?;
    client(&ims, &ImsSecrets::kept(core, &ims)?, &*core.council()?)
}

fn client(ims: &ImsSettings, secrets: &ImsSecrets, council: &Council) -> Result<LocalGovIms, TillError> {
    let missing = || TillError::not_done("ledger-ims-secret-missing");
    let token = || secrets.token.clone().filter(|token| !token.is_empty()).map(Secret::new).ok_or_else(missing);
    let auth = match &ims.auth {
        ImsAuth::None => Auth::None,
        ImsAuth::Bearer => Auth::Bearer(token()?),
        ImsAuth::ApiKey { header } => Auth::ApiKey { header: header.clone(), key: token()? },
    };
    if ims.client_certificate && secrets.certificate.is_none() {
        return Err(missing());
    }
    let unreadable = |error| TillError::not_done("ledger-certificate").because(error);
    let ca_pem = ims.authority.as_ref().map(std::fs::read_to_string).transpose().map_err(unreadable)?;
    Ok(LocalGovIms::new(Settings {
        base_url: ims.url.clone(),
        auth,
        client_certificate_pem: secrets.certificate.clone().map(Secret::new),
        ca_pem,
        pace: ims.pace.unwrap_or_default().pace(),
        codes: council.ims_codes.clone(),
    })?)
}

/// Pay into a LocalGov IMS from now on.
pub struct UseIms {
    /// Where its API is, with any path before `/api`.
    pub url: String,
    /// How to be let in.
    pub auth: ImsAuth,
    /// The token or key, where `auth` needs one.
    pub secret: Option<String>,
    /// A file with the council's own certificate authorities (PEM). With them no others are trusted.
    pub authority: Option<PathBuf>,
    /// A file with a client certificate and its key (PEM): kept with the till's secrets, and not read again.
    pub client_certificate: Option<PathBuf>,
}

/// Both sides of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImsDay {
    /// The council's day.
    pub day: NaiveDate,
    /// What the till took on it and what the IMS has of that.
    pub both: Reconciliation,
}

impl Till {
    /// Sets the IMS that takings are paid into from now on, and asks whether it is there: what stands in the way is answered in
    /// words, and is no error, for the line may be down today.
    ///
    /// # Errors
    /// `till-not-set-up`; settings, certificates or a secret that can't be used. Everything is then as it was.
    pub fn use_ims(&self, request: &UseIms) -> Result<Option<String>, TillError> {
        let core = &self.core;
        if core.store.read(|reading| reading.till_name())?.is_none() {
            return Err(TillError::not_done("till-not-set-up"));
        }
        let unreadable = |error| TillError::not_done("ledger-certificate").because(error);
        let certificate = request.client_certificate.as_ref().map(std::fs::read_to_string).transpose().map_err(unreadable)?;
        let secrets = ImsSecrets { token: request.secret.clone().filter(|_| request.auth != ImsAuth::None), certificate };
        let ims = ImsSettings {
            url: request.url.trim().to_owned(),
            auth: request.auth.clone(),
            authority: request.authority.as_deref().map(whole_path),
            client_certificate: request.client_certificate.is_some(),
            pace: named(core).and_then(|before| before.pace),
        };
        let client = client(&ims, &secrets, &*core.council()?)?;
        let ledger = LedgerSettings::LocalgovIms(ims);
        let paid_into = |settings: &mut TillSettings| {
            settings.ledger = Some(ledger.clone());
            Ok(())
        };
        core.change_settings_with(paid_into, |before, _| {
            secrets.keep(core)?;
            // Before the change itself: the trail may tell of one that failed, and never misses one.
            change(core, None, ledger.clone(), before.ledger.clone())
        })?;
        // What an earlier ledger raised or sent down is no concern of this one.
        core.store.keep_ledger_note(LedgerNote::Alarm, None)?;
        core.ledger.now().waiting.clear();
        self.pumping.begin_anew(core);
        core.tell(&[Changed::Ledger, Changed::Configuration]);
        Ok(wait_for(client.is_there())?.err().map(|trouble| trouble.to_string()))
    }

    /// Is a LocalGov IMS this till's ledger?
    pub fn pays_into_ims(&self) -> bool {
        named(&self.core).is_some()
    }

    /// Every difference between the pack in use and the IMS's funds and methods of payment.
    ///
    /// # Errors
    /// `ledger-no-ims`; settings that can't be used; `ledger-ims-trouble` when it can't be asked.
    pub fn compare_with_ims(&self) -> Result<Vec<ConfigurationDifference>, TillError> {
        let (ims, council) = (ims(&self.core)?, self.core.council()?);
        Ok(wait_for(ims.compare_configuration(&council))??)
    }

    /// Holds what was taken on these days against what the IMS has under each receipt's number, day by day. Days without takings
    /// are left out.
    ///
    /// # Errors
    /// `ledger-no-ims`; settings that can't be used. A receipt that the IMS can't be asked about is listed, and is no error.
    pub fn reconcile_with_ims(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<ImsDay>, TillError> {
        let ims = ims(&self.core)?;
        let days = self.outgoing_of_days(from, to)?;
        let asked = async {
            let mut list = Vec::new();
            for (day, receipts) in days {
                list.push(ImsDay { day, both: ims.reconcile(&receipts).await });
            }
            list
        };
        wait_for(asked)
    }

    fn outgoing_of_days(&self, from: NaiveDate, to: NaiveDate) -> Result<BTreeMap<NaiveDate, Vec<OutgoingReceipt>>, TillError> {
        let core = &self.core;
        core.store.read(|reading| {
            let mut days: BTreeMap<NaiveDate, Vec<OutgoingReceipt>> = BTreeMap::new();
            let Some((first, last)) = reading.serials_of_days(from, to)? else { return Ok(days) };
            for serial in first..=last {
                let Some(receipt) = reading.receipt(serial)? else { continue };
                let Some(entry) = reading.entry(receipt.seq)?.filter(|entry| (from..=to).contains(&entry.day)) else { continue };
                days.entry(entry.day).or_default().extend(OutgoingReceipt::from_entry(&entry, core.local(entry.at_ms)));
            }
            Ok(days)
        })
    }
}
