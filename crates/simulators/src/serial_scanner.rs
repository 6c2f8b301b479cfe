//! A scanner on a serial port: a pair of pseudo-terminals that `socat` makes, of which a test has the scanner's end.

use std::fs::File;
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Between two looks at whether the wire is there.
const TICK: Duration = Duration::from_millis(10);
/// After so many it isn't going to be.
const TICKS: u32 = 3_000;

/// A scanner's wire; unplugged when it is dropped, and it can be plugged in again in the same folder.
pub struct SerialScannerWire {
    socat: Child,
    scanner: File,
    ends: [PathBuf; 2],
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
        let ends = [folder.join("scanner"), Self::port(folder)];
        let pty = |end: &PathBuf| format!("pty,raw,echo=0,link={}", end.display());
        let mut socat = Command::new("socat").args(ends.iter().map(pty)).stderr(Stdio::null()).spawn()?;
        for _ in 0..TICKS {
            // The second link is made after the first.
            if let (true, Ok(scanner)) = (ends[1].exists(), File::options().write(true).open(&ends[0])) {
                return Ok(SerialScannerWire { socat, scanner, ends });
            }
            if let Some(status) = socat.try_wait()? {
                return Err(Error::other(format!("socat ended: {status}")));
            }
            std::thread::park_timeout(TICK);
        }
        let _ = socat.kill();
        let _ = socat.wait();
        Err(Error::new(ErrorKind::TimedOut, "socat made no wire"))
    }

    /// What the scanner sends.
    ///
    /// # Errors
    /// The wire's.
    pub fn sends(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.scanner.write_all(bytes)
    }
}

impl Drop for SerialScannerWire {
    fn drop(&mut self) {
        let _ = self.socat.kill();
        let _ = self.socat.wait();
        // The number of a terminal that is gone is given to the next, which may be another test's.
        for end in &self.ends {
            let _ = std::fs::remove_file(end);
        }
    }
}
