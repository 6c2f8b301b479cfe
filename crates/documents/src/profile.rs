//! What a receipt printer can do: columns, dots, code page, cutter, drawer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The code page that a printer's characters come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CodePage {
    /// Windows Latin 1: `ESC t 16`. £ is A3, € is 80.
    #[default]
    Wpc1252,
    /// IBM PC 850 with the euro: `ESC t 19`. £ is 9C, € is D5.
    Pc858,
}

/// Which of the two drawers a pulse opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DrawerPin {
    /// Connector pin 2, as nearly every drawer is wired.
    #[default]
    Pin2,
    /// Connector pin 5.
    Pin5,
}

/// One model of printer, as far as printing a receipt needs to know it.
///
/// In a settings file every field may be left out; what is left out is as in [`PrinterProfile::default`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PrinterProfile {
    /// Characters of font A in a line, 16 to 96.
    #[schemars(range(min = 16, max = 96))]
    pub columns: usize,
    /// Dots across the printable width, 128 to 1024.
    #[schemars(range(min = 128, max = 1024))]
    pub dots: u32,
    /// Where its characters come from.
    pub code_page: CodePage,
    /// Send `FS .` first. Printers made for the Chinese market read two bytes above 7F as one character until told not to,
    /// which is how a £ sign turns into rubbish; Epson's European models don't know the command.
    pub cancel_double_byte: bool,
    /// Has it a cutter?
    pub cut: bool,
    /// Lines fed after the last one where there is no cutter, so that it clears the tear bar.
    pub tear_off_lines: u8,
    /// The drawer's pin.
    pub drawer_pin: DrawerPin,
    /// How long the drawer's pulse lasts, in ms, 2 to 510, to the even ms below.
    #[schemars(range(min = 2, max = 510))]
    pub drawer_on_ms: u16,
    /// How long the printer then waits before another, in ms, 2 to 510, to the even ms below.
    #[schemars(range(min = 2, max = 510))]
    pub drawer_off_ms: u16,
}

impl Default for PrinterProfile {
    /// Any 80 mm printer with a cutter that calls itself ESC/POS compatible. 42 columns fit every one of them.
    fn default() -> PrinterProfile {
        PrinterProfile {
            columns: 42,
            dots: 512,
            code_page: CodePage::Wpc1252,
            cancel_double_byte: false,
            cut: true,
            tear_off_lines: 4,
            drawer_pin: DrawerPin::Pin2,
            drawer_on_ms: 50,
            drawer_off_ms: 500,
        }
    }
}

impl PrinterProfile {
    /// The presets' names, in the order in which they are offered.
    pub const PRESETS: [&'static str; 4] = ["tm-t88", "tm-t20", "generic-80mm", "generic-58mm"];

    /// The profile with this name, one of [`PrinterProfile::PRESETS`].
    pub fn preset(name: &str) -> Option<PrinterProfile> {
        let any = PrinterProfile::default();
        match name {
            "tm-t88" => Some(any),
            "tm-t20" => Some(PrinterProfile { columns: 48, dots: 576, ..any }),
            "generic-80mm" => Some(PrinterProfile { columns: 48, dots: 576, cancel_double_byte: true, ..any }),
            "generic-58mm" => Some(PrinterProfile { columns: 32, dots: 384, cancel_double_byte: true, cut: false, ..any }),
            _ => None,
        }
    }

    /// What is wrong with it: the field's name and what it must be. `None` when it can be used.
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        let pulse = 2..=510;
        if !(16..=96).contains(&self.columns) {
            return Some(("columns", "16 to 96"));
        }
        if !(128..=1024).contains(&self.dots) {
            return Some(("dots", "128 to 1024"));
        }
        if !pulse.contains(&self.drawer_on_ms) {
            return Some(("drawer_on_ms", "2 to 510"));
        }
        if !pulse.contains(&self.drawer_off_ms) {
            return Some(("drawer_off_ms", "2 to 510"));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_exists_and_can_be_used() {
        for name in PrinterProfile::PRESETS {
            let profile = PrinterProfile::preset(name).expect(name);
            assert_eq!(profile.problem(), None, "{name}");
        }
        assert_eq!(PrinterProfile::preset("laser"), None);
    }

    #[test]
    fn a_settings_file_needs_only_what_differs_and_may_not_misspell() {
        let profile: PrinterProfile = serde_json::from_str(r#"{"columns": 32, "code_page": "pc858"}"#).expect("a profile");
        assert_eq!(profile, PrinterProfile { columns: 32, code_page: CodePage::Pc858, ..PrinterProfile::default() });
        assert!(serde_json::from_str::<PrinterProfile>(r#"{"colums": 32}"#).is_err());
    }

    #[test]
    fn a_profile_that_no_printer_can_have_is_named() {
        let profile = PrinterProfile { columns: 5000, ..PrinterProfile::default() };
        assert_eq!(profile.problem(), Some(("columns", "16 to 96")));
    }
}
