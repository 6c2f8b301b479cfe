//! The devices of this till, as they are chosen and tried at the counter.

use counterfoil_devices::scanner::SerialPortFound;
use counterfoil_devices::{PrinterTarget, ScannerTarget};
use counterfoil_documents::{ChosenProfile, Model};
use counterfoil_terminals::TerminalTarget;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is chosen.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DevicesView {
    /// The till's printer.
    pub printer: PrinterTarget,
    /// What it can do.
    pub profile: ChosenProfile,
    /// Characters in its line.
    pub columns: usize,
    /// The printer before, until somebody has said that the new one is right.
    pub printer_before: Option<PrinterBefore>,
    /// The other printer; nothing where there is none.
    pub other_printer: Option<PrinterTarget>,
    /// What the other printer can do.
    pub other_profile: ChosenProfile,
    /// Characters in its line.
    pub other_columns: usize,
    /// The scanner.
    pub scanner: ScannerTarget,
    /// The card terminal that the till drives, where it drives one.
    pub terminal: Option<TerminalTarget>,
    /// Settings that a policy or the installation decides: they can't be changed here.
    pub fixed: Vec<String>,
}

/// A printer that another has taken the place of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct PrinterBefore {
    /// Where it is.
    pub printer: PrinterTarget,
    /// What it can do.
    pub profile: ChosenProfile,
}

/// Choose a printer.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ChoosePrinter {
    /// The other one, which `none` says there isn't.
    #[serde(default)]
    pub other: bool,
    /// Where it is.
    pub printer: PrinterTarget,
    /// Its model; whatever else differs from it stays as it is, unless it is another than before.
    #[serde(default)]
    #[ts(optional)]
    pub model: Option<Model>,
    /// Characters in a line, 16 to 96.
    pub columns: usize,
    /// Does it answer when it is asked how it is? Where nothing is said that stays as it is.
    #[serde(default)]
    #[ts(optional)]
    pub answers: Option<bool>,
}

/// What the drawer was seen to be.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct SeenDrawer {
    /// The level at its switch that was shown to whoever looked: another may have been heard of meanwhile.
    pub high: bool,
    /// Was the drawer open?
    pub open: bool,
}

/// Choose a scanner.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ChooseScanner {
    /// The scanner.
    pub scanner: ScannerTarget,
}

/// The serial ports of this machine.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SerialPorts {
    /// Those that are there now.
    pub ports: Vec<SerialPortFound>,
}

/// Look at a barcode, without using it.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct LookAtScan {
    /// As the scanner sent it.
    pub text: String,
}

/// What a barcode is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ScanLook {
    /// As it came, with every control character by its name, such as `<GS>`.
    pub shown: String,
    /// The AIM symbology identifier, where the scanner sends it.
    pub symbology: Option<String>,
    /// The layouts of the council's pack that read it.
    pub layouts: Vec<String>,
    /// A layout fits but for its check digit.
    pub misread: bool,
}
