//! What a serial scanner has read.

use serde::Serialize;
use ts_rs::TS;

/// How the serial scanner is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ScannerState {
    /// There is none: the scanner types like a keyboard.
    #[default]
    None,
    /// Its port is open.
    Ready,
    /// Its port can't be opened; it is tried again by itself.
    Missing,
}

/// One barcode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Scan {
    /// As the scanner sent it; empty where it was too long to be one.
    pub text: String,
}

/// What was read since it was last asked, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Scans {
    /// Each once: whoever asks has them.
    pub scans: Vec<Scan>,
}
