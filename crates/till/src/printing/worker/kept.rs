//! What is kept of the printers in use: each with what is known of it, and which on the network have answered, also before this start.

use crate::settings::Settings;
use crate::till::Core;
use counterfoil_devices::{Asks, PrintError, Printer, PrinterStatus, PrinterTarget};
use counterfoil_documents::Model;
use serde::{Deserialize, Serialize};

/// A printer in use.
pub(super) struct Kept {
    pub target: PrinterTarget,
    /// What it is taken for. One that is taken for something else may answer in another way.
    pub taken_for: (Model, Asks),
    pub printer: Box<dyn Printer>,
    /// Its last job broke off, and it may still wait for the rest of a picture.
    pub broke_off: bool,
}

impl Kept {
    pub fn print(&mut self, bytes: &[u8]) -> Result<PrinterStatus, PrintError> {
        let printed = self.printer.print(bytes);
        match &printed {
            Ok(_) => self.broke_off = false,
            Err(error) => self.broke_off |= error.handed_over,
        }
        printed
    }
}

/// The printers on the network that have answered, each as the model that it is taken for: behind a box that stays on, one that is
/// switched off takes connections all the same, and is no clone that never answers.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Answered(Vec<(PrinterTarget, Model)>);

impl Answered {
    /// Those that the store has. Where it can't be read, each is found out anew.
    pub fn of(core: &Core) -> Answered {
        let kept = core.store.read(|reading| reading.printers_that_answered()).ok().flatten();
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    pub fn has(&self, target: &PrinterTarget, model: Model) -> bool {
        self.0.iter().any(|answered| *answered == (target.clone(), model))
    }

    /// A printer has answered. Those that the settings no longer name are forgotten with the next that is new.
    pub fn note(&mut self, core: &Core, target: &PrinterTarget, model: Model) {
        if !matches!(target, PrinterTarget::Tcp { .. }) || self.has(target, model) {
            return;
        }
        let settings = core.settings();
        self.0.retain(|(before, _)| is_named(&settings, before) && before != target);
        self.0.push((target.clone(), model));
        let kept = serde_json::to_string(self).map_err(|error| error.to_string());
        let kept = kept.and_then(|text| core.store.keep_printers_that_answered(&text).map_err(|error| error.to_string()));
        if let Err(error) = kept {
            tracing::warn!(%error, "that a printer answers can't be written down");
        }
    }
}

/// Do the settings name a printer there?
pub(super) fn is_named(settings: &Settings, target: &PrinterTarget) -> bool {
    *target == settings.printer || settings.other_printer.as_ref() == Some(target)
}
