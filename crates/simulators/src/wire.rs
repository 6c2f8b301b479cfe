//! A serial wire with a port at both ends, made by socat; unplugged when it is dropped.

use std::fs;
use std::io::{self, Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Between two looks at whether the wire is there.
const TICK: Duration = Duration::from_millis(10);
/// After so many it isn't going to be.
const TICKS: u32 = 3_000;

/// A wire.
#[derive(Debug)]
pub struct Wire {
    socat: Child,
    ends: [PathBuf; 2],
}

impl Wire {
    /// Plugs a wire in, whose ends are ports of these names in a folder. Either may be opened and closed again and again.
    ///
    /// # Errors
    /// `socat` isn't there, ends, or makes no wire.
    pub fn plugged_in(folder: &Path, names: [&str; 2]) -> io::Result<Wire> {
        let ends = names.map(|name| folder.join(name));
        let end = |path: &PathBuf| format!("pty,raw,echo=0,ignoreeof,link={}", path.display());
        let socat = Command::new("socat").args(ends.iter().map(end)).stderr(Stdio::null()).spawn()?;
        let mut wire = Wire { socat, ends };
        for _ in 0..TICKS {
            // The second link is made after the first.
            if wire.ends.iter().all(|end| end.exists()) {
                return Ok(wire);
            }
            if let Some(status) = wire.socat.try_wait()? {
                return Err(Error::other(format!("socat ended: {status}")));
            }
            std::thread::park_timeout(TICK);
        }
        Err(Error::new(ErrorKind::TimedOut, "socat made no wire"))
    }

    /// The port at one end.
    pub fn end(&self, which: usize) -> &Path {
        &self.ends[which.min(1)]
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = self.socat.kill();
        let _ = self.socat.wait();
        // The number of a terminal that is gone is given to the next, which may be another test's.
        for end in &self.ends {
            let _ = fs::remove_file(end);
        }
    }
}
