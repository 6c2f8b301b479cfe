//! The check-up: what this machine needs to take money, each looked at by itself and told in words with what to do. It only reads, takes
//! no lock, and needs no till that opens: it works beside an open counter, and with data that is damaged.

mod data;
mod devices;
mod ledger;

use crate::error::TillError;
use crate::phrases::words;
use crate::secrets::Secrets;
use crate::settings_in_force::SettingsInForce;
use crate::surroundings::Surroundings;
use counterfoil_domain::entry::CheckFound;
use counterfoil_domain::text::Language;
use counterfoil_ledger_client::probe::{Probe, ProbeError};
use serde::Serialize;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::TS;

/// What is looked at.
pub struct Patient<'a> {
    /// The data folder.
    pub folder: &'a Path,
    /// Its settings, or why they can't be used.
    pub settings: Result<SettingsInForce, TillError>,
    /// Where keys and tokens are kept.
    pub secrets: &'a dyn Secrets,
    /// Clock and window.
    pub surroundings: &'a dyn Surroundings,
    /// Is the whole journal looked at, and not only its end?
    pub full: bool,
    /// What the ledger's address answered: asked once, whichever checks need it.
    probed: OnceCell<Option<Result<Probe, ProbeError>>>,
}

impl<'a> Patient<'a> {
    /// A machine that is looked at.
    pub fn new(
        folder: &'a Path,
        settings: Result<SettingsInForce, TillError>,
        secrets: &'a dyn Secrets,
        surroundings: &'a dyn Surroundings,
        full: bool,
    ) -> Patient<'a> {
        Patient { folder, settings, secrets, surroundings, full, probed: OnceCell::new() }
    }
}

/// How a thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// As it should be.
    Ok,
    /// Money can be taken; somebody should look at this.
    LookAtThis,
    /// This must be put right.
    Wrong,
}

impl Finding {
    fn word(self) -> &'static str {
        match self {
            Finding::Ok => "ok",
            Finding::LookAtThis => "look-at-this",
            Finding::Wrong => "wrong",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Check {
    /// What was looked at, as it is named on the command line.
    pub name: String,
    /// How it was found.
    pub finding: Finding,
    /// The words for it: `doctor-<code>` in the locales.
    pub code: String,
    /// The facts that the words need. No personal data, no secrets.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Check {
    /// As it was printed: what of it is read again are its words.
    pub(crate) fn of_printed(found: &CheckFound) -> Check {
        let CheckFound { name, finding, code, args } = found.clone();
        let known = [Finding::Ok, Finding::LookAtThis, Finding::Wrong].into_iter().find(|known| known.word() == finding);
        Check { name, finding: known.unwrap_or(Finding::LookAtThis), code, args }
    }

    /// As it is printed.
    pub(crate) fn to_print(&self) -> CheckFound {
        let Check { name, finding, code, args } = self.clone();
        CheckFound { name, finding: finding.word().to_owned(), code, args }
    }

    /// What was found, in one language, with what to do about it.
    pub fn words(&self, language: Language) -> String {
        let args: Vec<(&str, &str)> = self.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        words(language, &format!("doctor-{}", self.code), &args)
    }

    /// What was looked at, in one language.
    pub fn title(&self, language: Language) -> String {
        words(language, &format!("doctor-check-{}", self.name), &[])
    }
}

/// What one look found, before it has its name.
pub(crate) struct Found {
    finding: Finding,
    code: String,
    args: BTreeMap<String, String>,
}

impl Found {
    fn new(finding: Finding, code: &str) -> Found {
        Found { finding, code: code.to_owned(), args: BTreeMap::new() }
    }

    fn ok(code: &str) -> Found {
        Found::new(Finding::Ok, code)
    }

    fn look(code: &str) -> Found {
        Found::new(Finding::LookAtThis, code)
    }

    fn wrong(code: &str) -> Found {
        Found::new(Finding::Wrong, code)
    }

    fn with(mut self, name: &str, value: impl ToString) -> Found {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

type Look = fn(&Patient<'_>) -> Found;

/// Every check, in the order in which they are made.
const CHECKS: [(&str, Look); 15] = [
    ("disk", data::disk),
    ("rights", data::rights),
    ("settings", data::settings),
    ("store", data::store),
    ("chain", data::chain),
    ("versions", data::versions),
    ("backup", data::backup),
    ("mirror", data::mirror),
    ("ledger", ledger::reached),
    ("certificate", ledger::certificate),
    ("clock", ledger::clock),
    ("printer", devices::printer),
    ("terminal", devices::terminal),
    ("scanner", devices::scanner),
    ("web-view", devices::web_view),
];

/// The names of all checks, in order.
pub fn check_names() -> Vec<&'static str> {
    CHECKS.iter().map(|(name, _)| *name).collect()
}

/// Makes the checks of these names, or all where none is named; `tell` hears each as it is made, with how many there are, and answers
/// whether to go on.
pub fn check_up(patient: &Patient<'_>, names: &[String], tell: &mut dyn FnMut(&Check, usize) -> bool) -> Vec<Check> {
    let wanted: Vec<&(&str, Look)> =
        CHECKS.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|wanted| wanted == name)).collect();
    let mut made = Vec::new();
    for (name, look) in &wanted {
        let Found { finding, code, args } = look(patient);
        let check = Check { name: (*name).to_owned(), finding, code, args };
        let goes_on = tell(&check, wanted.len());
        made.push(check);
        if !goes_on {
            break;
        }
    }
    made
}
