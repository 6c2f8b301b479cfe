//! The machine's own settings: which devices this till has. What the council decides is in its pack.

use crate::error::TillError;
use counterfoil_devices::PrinterTarget;
use counterfoil_documents::PrinterProfile;
use serde::{Deserialize, Serialize};
use std::path::Path;

const SETTINGS_FILE: &str = "settings.json";

/// This machine's devices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The till's printer.
    pub printer: PrinterTarget,
    /// What it can do.
    pub profile: PrinterProfile,
    /// Another printer to turn to, such as the neighbour's.
    pub other_printer: Option<PrinterTarget>,
}

impl Settings {
    /// Reads the data folder's settings; without a file everything is as by default.
    ///
    /// # Errors
    /// `settings-unreadable` with the reason; `store-read-only` and the like for the file itself.
    pub fn read(folder: &Path) -> Result<Settings, TillError> {
        let unreadable = |reason: String| TillError::not_done("settings-unreadable").with("reason", reason);
        let text = match std::fs::read_to_string(folder.join(SETTINGS_FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Settings::default()),
            Err(error) => return Err(unreadable(error.to_string())),
        };
        let settings: Settings = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        match settings.profile.problem() {
            Some((field, must_be)) => Err(unreadable(format!("profile.{field} must be {must_be}"))),
            None => Ok(settings),
        }
    }

    /// Writes them: a new file takes the old one's place, so that a power cut leaves one of the two.
    ///
    /// # Errors
    /// `store-read-only`, `disk-full` or `store-file`.
    pub fn write(&self, folder: &Path) -> Result<(), TillError> {
        let in_file = |source| TillError::from(counterfoil_store::StoreError::File { path: folder.join(SETTINGS_FILE), source });
        let text = serde_json::to_string_pretty(self).map_err(|error| TillError::not_done("internal").because(error))?;
        let fresh = folder.join("settings.json.new");
        std::fs::write(&fresh, text).map_err(in_file)?;
        std::fs::rename(&fresh, folder.join(SETTINGS_FILE)).map_err(in_file)
    }
}
