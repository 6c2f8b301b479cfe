//! A scanner on a serial port: a wire of which a test has the scanner's end.

use crate::wire::Wire;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A scanner's wire; unplugged when it is dropped, and it can be plugged in again in the same folder.
pub struct SerialScannerWire {
    scanner: File,
    _wire: Wire,
}

impl SerialScannerWire {
    /// The till's end, in a folder of the test's own.
    pub fn port(folder: &Path) -> PathBuf {
        folder.join("wire")
    }

    /// Plugs it in; [`Self::port`] is there then.
    ///
    /// # Errors
    /// `socat` isn't there, ends, or makes no wire.
    pub fn plugged_in(folder: &Path) -> std::io::Result<SerialScannerWire> {
        let wire = Wire::plugged_in(folder, ["scanner", "wire"])?;
        let scanner = File::options().write(true).open(wire.end(0))?;
        Ok(SerialScannerWire { scanner, _wire: wire })
    }

    /// What the scanner sends.
    ///
    /// # Errors
    /// The wire's.
    pub fn sends(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.scanner.write_all(bytes)
    }
}
