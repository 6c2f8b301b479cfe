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

/// How a printer is asked how it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StatusBy {
    /// `DLE EOT`: nearly every printer answers, at once, even while it prints.
    #[default]
    RealTime,
    /// Automatic status back, `GS a`, and `GS r` after a job: its answer comes once everything before it has been printed.
    Automatic,
    /// Not at all: it may have paper or not.
    Never,
}

/// A level of the drawer's switch, connector pin 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Low.
    Low,
    /// High.
    High,
}

impl Level {
    /// The level that means open, where the drawer was seen to be open or shut at one of the two.
    pub fn of_open(high: bool, open: bool) -> Level {
        if high == open { Level::High } else { Level::Low }
    }
}

/// What is done with letters that the code page doesn't have, such as the Welsh ŵ and ŷ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MissingLetters {
    /// Their line is printed as a picture, in the font of the PDFs.
    #[default]
    Picture,
    /// They lose their accent.
    LookAlike,
}

/// Who draws a QR code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "kebab-case")]
pub enum QrBy {
    /// This program, as a picture: on any printer.
    #[default]
    Picture,
    /// The printer, from `GS ( k`.
    Printer,
}

/// One model of printer, as far as printing a receipt needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterProfile {
    /// Characters of font A in a line, 16 to 96.
    pub columns: usize,
    /// Dots across the printable width, 128 to 1024.
    pub dots: u32,
    /// Where its characters come from.
    pub code_page: CodePage,
    /// What is done with letters that are in no code page.
    pub missing_letters: MissingLetters,
    /// Send `FS .` first. Printers made for the Chinese market read two bytes above 7F as one character until told not to,
    /// which is how a £ sign turns into rubbish; Epson's European models don't know the command.
    pub cancel_double_byte: bool,
    /// Has it a cutter?
    pub cut: bool,
    /// Lines fed after the last one where there is no cutter, so that it clears the tear bar.
    pub tear_off_lines: u8,
    /// Who draws a QR code.
    pub qr: QrBy,
    /// Characters in a line of its slip station, 20 to 96; nothing where it has none.
    pub slip_columns: Option<usize>,
    /// How it is asked how it is.
    pub status: StatusBy,
    /// The drawer's pin.
    pub drawer_pin: DrawerPin,
    /// How long the drawer's pulse lasts, in ms, 2 to 510, to the even ms below.
    pub drawer_on_ms: u16,
    /// How long the printer then waits before another, in ms, 2 to 510, to the even ms below.
    pub drawer_off_ms: u16,
    /// The level at the drawer's switch when it is open; unknown where nobody has said.
    pub drawer_open_level: Option<Level>,
}

impl Default for PrinterProfile {
    /// Any 80 mm printer with a cutter that calls itself ESC/POS compatible. 42 columns fit every one of them.
    fn default() -> PrinterProfile {
        PrinterProfile {
            columns: 42,
            dots: 512,
            code_page: CodePage::Wpc1252,
            missing_letters: MissingLetters::Picture,
            cancel_double_byte: false,
            cut: true,
            tear_off_lines: 4,
            qr: QrBy::Picture,
            slip_columns: None,
            status: StatusBy::RealTime,
            drawer_pin: DrawerPin::Pin2,
            drawer_on_ms: 50,
            drawer_off_ms: 500,
            drawer_open_level: None,
        }
    }
}

impl PrinterProfile {
    /// What is wrong with it: the field's name and what it must be. `None` when it can be used.
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        let pulse = 2..=510;
        if !(16..=96).contains(&self.columns) {
            return Some(("columns", "16 to 96"));
        }
        if self.slip_columns.is_some_and(|columns| !(20..=96).contains(&columns)) {
            return Some(("slip_columns", "20 to 96"));
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

    /// Is the drawer open, when its switch has this level? `None` where nobody has said which level means what.
    pub fn drawer_is_open(&self, high: bool) -> Option<bool> {
        self.drawer_open_level.map(|open| (open == Level::High) == high)
    }
}

/// A model of printer whose profile is known by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// Any 80 mm printer that calls itself ESC/POS compatible; 42 columns fit all of them.
    #[default]
    Any,
    /// Epson TM-T88, 180 dpi.
    #[serde(rename = "tm-t88")]
    TmT88,
    /// Epson TM-T20, 203 dpi.
    #[serde(rename = "tm-t20")]
    TmT20,
    /// Epson TM-H6000, 180 dpi, with a slip station of 270 dots (the maker's guide to its drivers): 45 characters, as other till programs have it.
    #[serde(rename = "tm-h6000")]
    TmH6000,
    /// An 80 mm clone of 48 columns.
    #[serde(rename = "generic-80mm")]
    Generic80mm,
    /// A 58 mm clone of 32 columns, without a cutter.
    #[serde(rename = "generic-58mm")]
    Generic58mm,
    /// A Star printer, 80 mm, switched to its ESC/POS mode.
    Star,
}

impl Model {
    /// All, in the order in which they are offered.
    pub const ALL: [Model; 7] =
        [Model::Any, Model::TmT88, Model::TmT20, Model::TmH6000, Model::Generic80mm, Model::Generic58mm, Model::Star];

    /// Its name in a settings file.
    pub fn name(self) -> &'static str {
        match self {
            Model::Any => "any",
            Model::TmT88 => "tm-t88",
            Model::TmT20 => "tm-t20",
            Model::TmH6000 => "tm-h6000",
            Model::Generic80mm => "generic-80mm",
            Model::Generic58mm => "generic-58mm",
            Model::Star => "star",
        }
    }

    /// The profile of this model.
    pub fn profile(self) -> PrinterProfile {
        let any = PrinterProfile::default();
        let wide = PrinterProfile { columns: 48, dots: 576, ..any.clone() };
        match self {
            Model::Any => any,
            Model::TmT88 => PrinterProfile { status: StatusBy::Automatic, qr: QrBy::Printer, ..any },
            Model::TmT20 => PrinterProfile { status: StatusBy::Automatic, qr: QrBy::Printer, ..wide },
            Model::TmH6000 => PrinterProfile { slip_columns: Some(45), ..any },
            Model::Generic80mm => PrinterProfile { cancel_double_byte: true, ..wide },
            Model::Generic58mm => PrinterProfile { columns: 32, dots: 384, cancel_double_byte: true, cut: false, ..any },
            Model::Star => wide,
        }
    }
}

/// What a printer can do, as a settings file says it: a model by name, and whatever differs from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ChosenProfile {
    /// The model. What isn't said below is as it is on this one.
    pub model: Model,
    /// Characters of font A in a line, 16 to 96.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 16, max = 96))]
    pub columns: Option<usize>,
    /// Dots across the printable width, 128 to 1024.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 128, max = 1024))]
    pub dots: Option<u32>,
    /// Where its characters come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_page: Option<CodePage>,
    /// What is done with letters that are in no code page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_letters: Option<MissingLetters>,
    /// Send `FS .` first: printers made for the Chinese market print rubbish for £ without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_double_byte: Option<bool>,
    /// Has it a cutter?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<bool>,
    /// Lines fed after the last one where there is no cutter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tear_off_lines: Option<u8>,
    /// Who draws a QR code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr: Option<QrBy>,
    /// Characters in a line of its slip station, 20 to 96, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 20, max = 96))]
    pub slip_columns: Option<usize>,
    /// How it is asked how it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusBy>,
    /// The drawer's pin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawer_pin: Option<DrawerPin>,
    /// How long the drawer's pulse lasts, in ms, 2 to 510.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2, max = 510))]
    pub drawer_on_ms: Option<u16>,
    /// How long the printer then waits before another, in ms, 2 to 510.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2, max = 510))]
    pub drawer_off_ms: Option<u16>,
    /// The level at the drawer's switch when it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawer_open_level: Option<Level>,
}

impl ChosenProfile {
    /// The model's profile with what differs.
    pub fn profile(&self) -> PrinterProfile {
        let model = self.model.profile();
        PrinterProfile {
            columns: self.columns.unwrap_or(model.columns),
            dots: self.dots.unwrap_or(model.dots),
            code_page: self.code_page.unwrap_or(model.code_page),
            missing_letters: self.missing_letters.unwrap_or(model.missing_letters),
            cancel_double_byte: self.cancel_double_byte.unwrap_or(model.cancel_double_byte),
            cut: self.cut.unwrap_or(model.cut),
            tear_off_lines: self.tear_off_lines.unwrap_or(model.tear_off_lines),
            qr: self.qr.unwrap_or(model.qr),
            slip_columns: self.slip_columns.or(model.slip_columns),
            status: self.status.unwrap_or(model.status),
            drawer_pin: self.drawer_pin.unwrap_or(model.drawer_pin),
            drawer_on_ms: self.drawer_on_ms.unwrap_or(model.drawer_on_ms),
            drawer_off_ms: self.drawer_off_ms.unwrap_or(model.drawer_off_ms),
            drawer_open_level: self.drawer_open_level.or(model.drawer_open_level),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_can_be_used_and_is_chosen_by_its_name() {
        for model in Model::ALL {
            assert_eq!(model.profile().problem(), None, "{model:?}");
        }
        for model in Model::ALL {
            assert_eq!(serde_json::to_value(model).expect("a name"), model.name());
        }
    }

    #[test]
    fn a_settings_file_needs_only_what_differs_from_its_model_and_may_not_misspell() {
        let chosen: ChosenProfile = serde_json::from_str(r#"{"model": "generic-58mm", "code_page": "pc858"}"#).expect("a profile");
        assert_eq!(chosen.profile(), PrinterProfile { code_page: CodePage::Pc858, ..Model::Generic58mm.profile() });
        assert_eq!(serde_json::from_str::<ChosenProfile>("{}").expect("a profile").profile(), PrinterProfile::default());
        for json in [r#"{"colums": 32}"#, r#"{"model": "laser"}"#] {
            assert!(serde_json::from_str::<ChosenProfile>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_profile_that_no_printer_can_have_is_named() {
        let profile = PrinterProfile { columns: 5000, ..PrinterProfile::default() };
        assert_eq!(profile.problem(), Some(("columns", "16 to 96")));
    }

    #[test]
    fn a_drawer_s_level_means_nothing_until_somebody_has_said_which_is_open() {
        let profile = PrinterProfile::default();
        assert_eq!(profile.drawer_is_open(true), None);
        let profile = PrinterProfile { drawer_open_level: Some(Level::Low), ..profile };
        assert_eq!((profile.drawer_is_open(true), profile.drawer_is_open(false)), (Some(false), Some(true)));
        for (high, open) in [(false, false), (false, true), (true, false), (true, true)] {
            let profile = PrinterProfile { drawer_open_level: Some(Level::of_open(high, open)), ..PrinterProfile::default() };
            assert_eq!((profile.drawer_is_open(high), profile.drawer_is_open(!high)), (Some(open), Some(!open)), "{high} {open}");
        }
    }
}
