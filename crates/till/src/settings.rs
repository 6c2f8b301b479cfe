//! The machine's own settings: which devices this till has. What the council decides is in its pack. The file is described in
//! `docs/settings.md` and by the published schema in `assets/schema`.

use crate::api::devices::PrinterBefore;
use crate::error::TillError;
use counterfoil_devices::{PrinterTarget, ScannerTarget};
use counterfoil_documents::profile::StatusBy;
use counterfoil_documents::{ChosenProfile, PrinterProfile};
use counterfoil_domain::text::Language;
use counterfoil_ledger_client::localgov_ims::Pace;
use counterfoil_terminals::TerminalTarget;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const SETTINGS_FILE: &str = "settings.json";

/// The version of the file's form that this program reads and writes.
pub(crate) const FORMAT: u32 = 1;

/// How many daily copies are kept unless the settings say otherwise.
const BACKUPS_KEPT: u32 = 14;

pub(crate) static SCHEMA: LazyLock<Value> = LazyLock::new(counterfoil_pack::schema_of::<Settings>);

/// The central ledger, as this machine reaches it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum LedgerSettings {
    /// The hub, `counterfoil-ledger`.
    Hub {
        /// Its address, such as `https://ledger.example.gov.uk`.
        #[schemars(length(min = 1))]
        url: String,
        /// A file with the council's own certificate authorities (PEM). With them no others are trusted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        authority: Option<PathBuf>,
    },
    /// The council's LocalGov IMS.
    LocalgovIms(ImsSettings),
}

impl LedgerSettings {
    /// Its address.
    pub(crate) fn into_address(self) -> String {
        match self {
            LedgerSettings::Hub { url, .. } | LedgerSettings::LocalgovIms(ImsSettings { url, .. }) => url,
        }
    }

    /// The file of the council's own certificate authorities.
    pub(crate) fn authority(&self) -> Option<&Path> {
        match self {
            LedgerSettings::Hub { authority, .. } | LedgerSettings::LocalgovIms(ImsSettings { authority, .. }) => authority.as_deref(),
        }
    }
}

/// A LocalGov IMS, as this machine reaches it. Token, key and client certificate are with the till's secrets, not here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImsSettings {
    /// Where its API is, with any path before `/api`, such as `https://gateway.example.gov.uk/ims`.
    #[schemars(length(min = 1))]
    pub url: String,
    /// How to be let in.
    #[serde(default)]
    pub auth: ImsAuth,
    /// A file with the council's own certificate authorities (PEM). With them no others are trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    /// Is the client certificate shown that is kept with the till's secrets?
    #[serde(default)]
    pub client_certificate: bool,
    /// How patient to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<ImsPace>,
}

/// How a gateway before the IMS is told who asks. The IMS itself asks nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ImsAuth {
    /// Not at all, or by the client certificate.
    #[default]
    None,
    /// `Authorization: Bearer …`
    Bearer,
    /// A key in a header of the gateway's choosing.
    ApiKey {
        /// The header's name, such as `Ocp-Apim-Subscription-Key`.
        #[schemars(length(min = 1))]
        header: String,
    },
}

/// How patient to be with an IMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImsPace {
    /// How long a connection may take, in milliseconds.
    #[schemars(range(min = 1, max = 600_000))]
    pub connect_timeout_ms: u64,
    /// How long one whole request may take, in milliseconds.
    #[schemars(range(min = 1, max = 600_000))]
    pub request_timeout_ms: u64,
    /// How long after giving up on a posting it may still be written, in milliseconds.
    #[schemars(range(min = 1, max = 86_400_000))]
    pub settle_ms: i64,
    /// How often in a row a posting may be refused, while others pass, before its receipt is put aside for a person.
    #[schemars(range(min = 1, max = 1_000))]
    pub refusals_before_quarantine: u32,
    /// The same for a posting that is never answered properly, while others are.
    #[schemars(range(min = 1, max = 1_000))]
    pub failures_before_quarantine: u32,
}

impl Default for ImsPace {
    fn default() -> ImsPace {
        let Pace { connect_timeout_ms, request_timeout_ms, settle_ms, refusals_before_quarantine, failures_before_quarantine } =
            Pace::default();
        ImsPace { connect_timeout_ms, request_timeout_ms, settle_ms, refusals_before_quarantine, failures_before_quarantine }
    }
}

impl ImsPace {
    pub(crate) fn pace(self) -> Pace {
        let ImsPace { connect_timeout_ms, request_timeout_ms, settle_ms, refusals_before_quarantine, failures_before_quarantine } = self;
        Pace { connect_timeout_ms, request_timeout_ms, settle_ms, refusals_before_quarantine, failures_before_quarantine }
    }
}

/// The card terminal that a till drives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardTerminalSettings {
    /// Which, and where.
    pub target: TerminalTarget,
    /// When is the merchant's copy of its receipt printed?
    #[serde(default)]
    pub merchant_copy: MerchantCopy,
    /// How patient to be with it when it doesn't answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience: Option<CardPatience>,
}

impl CardTerminalSettings {
    /// A terminal, with everything else as by default.
    pub fn of(target: TerminalTarget) -> CardTerminalSettings {
        CardTerminalSettings { target, merchant_copy: MerchantCopy::default(), patience: None }
    }
}

/// When the merchant's copy of a card terminal's receipt is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MerchantCopy {
    /// When the customer has to sign it.
    #[default]
    WhenSigned,
    /// With every payment.
    Always,
    /// Never.
    Never,
}

/// How patient to be with a card terminal that doesn't answer: it is asked what became of a payment, less and less often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CardPatience {
    /// How long to wait after sending and after the first question, in milliseconds; then twice as long each time.
    #[schemars(range(min = 1, max = 60_000))]
    pub first_wait_ms: u64,
    /// The longest wait between two questions, in milliseconds.
    #[schemars(range(min = 1, max = 600_000))]
    pub longest_wait_ms: u64,
    /// After waiting for so long altogether, in milliseconds, a supervisor has to decide.
    #[schemars(range(min = 1, max = 3_600_000))]
    pub look_up_for_ms: u64,
}

impl Default for CardPatience {
    fn default() -> CardPatience {
        // A terminal gives a payment up after two minutes; a little more, and it will have.
        CardPatience { first_wait_ms: 1_000, longest_wait_ms: 10_000, look_up_for_ms: 180_000 }
    }
}

/// This machine's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The version of this file's form.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The till's printer.
    pub printer: PrinterTarget,
    /// What it can do.
    pub profile: ChosenProfile,
    /// The printer before, until somebody has said that the one chosen at the till is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printer_before: Option<PrinterBefore>,
    /// The till's barcode scanner.
    pub scanner: ScannerTarget,
    /// Where takings go. Without it they stay on this till.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ledger: Option<LedgerSettings>,
    /// A folder on another disk or a share, where a second copy of the journal is written. It must be there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mirror_folder: Option<PathBuf>,
    /// Another printer to turn to, such as the neighbour's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_printer: Option<PrinterTarget>,
    /// What the other printer can do, where that isn't the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_profile: Option<ChosenProfile>,
    /// A folder on another disk or a share, where a copy of the till's data is made each day. It must be there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup_folder: Option<PathBuf>,
    /// How many of those copies are kept.
    #[schemars(range(min = 1, max = 365))]
    pub backup_keep: u32,
    /// What the window speaks while nobody is signed in. Without it, the council's first language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "languages")]
    pub language: Option<Language>,
    /// The card terminal that the till drives. Without it, what the slip of a stand-alone terminal says is typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_terminal: Option<CardTerminalSettings>,
}

fn languages(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": Language::ALL })
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            format: FORMAT,
            printer: PrinterTarget::default(),
            profile: ChosenProfile::default(),
            printer_before: None,
            scanner: ScannerTarget::default(),
            ledger: None,
            mirror_folder: None,
            other_printer: None,
            other_profile: None,
            backup_folder: None,
            backup_keep: BACKUPS_KEPT,
            language: None,
            card_terminal: None,
        }
    }
}

impl Settings {
    /// The till's printer, or the other one where there is one, with what it can do.
    pub(crate) fn printer(&self, other: bool) -> (&PrinterTarget, &ChosenProfile) {
        match self.other_printer.as_ref().filter(|_| other) {
            Some(target) => (target, self.other_profile.as_ref().unwrap_or(&self.profile)),
            None => (&self.printer, &self.profile),
        }
    }

    /// What the bytes for that printer may ask of it. From behind a queue or in a file nothing comes back: there it isn't told to tell by
    /// itself what changes, for nobody would listen, and another program's job might have to.
    pub(crate) fn profile_sent(&self, other: bool) -> PrinterProfile {
        let (target, chosen) = self.printer(other);
        let profile = chosen.profile();
        match target {
            PrinterTarget::Tcp { .. } | PrinterTarget::Serial { .. } => profile,
            _ => PrinterProfile { status: StatusBy::Never, ..profile },
        }
    }

    /// Characters in a line of the slip station of the till's printer, where it has one and takes bytes at all.
    pub(crate) fn slip_columns(&self) -> Option<usize> {
        let takes_bytes = !matches!(self.printer, PrinterTarget::Screen | PrinterTarget::None);
        self.profile().slip_columns.filter(|_| takes_bytes)
    }

    /// What the till's printer can do.
    pub(crate) fn profile(&self) -> PrinterProfile {
        self.profile.profile()
    }

    /// Reads the data folder's settings; without a file everything is as by default. What a policy or the
    /// installation says isn't among them.
    ///
    /// # Errors
    /// `settings-unreadable` with all that is wrong, each with its path in the file; `settings-newer` for a later version's file.
    pub fn read(folder: &Path) -> Result<Settings, TillError> {
        serde_json::from_value(Value::Object(read_file(folder)?)).map_err(unreadable)
    }

    /// Writes them.
    ///
    /// # Errors
    /// `store-read-only`, `disk-full` or `store-file`.
    pub fn write(&self, folder: &Path) -> Result<(), TillError> {
        write_file(folder, &serde_json::to_value(self).map_err(|error| TillError::not_done("internal").because(error))?)
    }
}

/// What the data folder's file says, held against the schema; nothing where there is no file.
pub(crate) fn read_file(folder: &Path) -> Result<Map<String, Value>, TillError> {
    match std::fs::read_to_string(folder.join(SETTINGS_FILE)) {
        Ok(text) => of_text(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Map::new()),
        Err(error) => Err(unreadable(error)),
    }
}

fn of_text(text: &str) -> Result<Map<String, Value>, TillError> {
    // Some editors on Windows put a mark first.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut value: Value = serde_json::from_str(text).map_err(unreadable)?;
    if let Some(format) = value["format"].as_u64().filter(|format| *format > u64::from(FORMAT)) {
        return Err(TillError::not_done("settings-newer").with("found", format).with("known", FORMAT));
    }
    // A setting that says nothing is as if it weren't there.
    if let Some(settings) = value.as_object_mut() {
        settings.retain(|_, setting| !setting.is_null());
    }
    match (counterfoil_pack::violations(&SCHEMA, &value), value) {
        (violations, Value::Object(settings)) if violations.is_empty() => Ok(settings),
        (violations, _) => Err(unreadable(violations.join("; "))),
    }
}

/// Writes the file: a new one, once it is on the disk, takes the old one's place, so that a power cut leaves one of the two.
pub(crate) fn write_file(folder: &Path, settings: &Value) -> Result<(), TillError> {
    let in_file = |source| TillError::from(counterfoil_store::StoreError::File { path: folder.join(SETTINGS_FILE), source });
    let text = serde_json::to_string_pretty(settings).map_err(|error| TillError::not_done("internal").because(error))?;
    let fresh = folder.join("settings.json.new");
    let mut file = std::fs::File::create(&fresh).map_err(in_file)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(in_file)?;
    drop(file);
    std::fs::rename(&fresh, folder.join(SETTINGS_FILE)).map_err(in_file)
}

pub(crate) fn unreadable(reason: impl ToString) -> TillError {
    TillError::not_done("settings-unreadable").with("reason", reason)
}

/// The published schema of `settings.json`.
pub fn settings_schema() -> Value {
    SCHEMA.clone()
}
