//! A serial wire with a port at both ends, made by socat; unplugged when it is dropped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

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
    /// There is no socat, or it ends at once.
    pub fn plugged_in(folder: &Path, names: [&str; 2]) -> io::Result<Wire> {
        let ends = names.map(|name| folder.join(name));
        let end = |path: &PathBuf| format!("pty,raw,echo=0,ignoreeof,link={}", path.display());
        let socat = Command::new("socat").args(ends.iter().map(end)).stderr(Stdio::null()).spawn()?;
        let mut wire = Wire { socat, ends };
        // socat says by its links that it is ready: the second is made after the first.
        while !wire.ends[1].exists() {
            if wire.socat.try_wait()?.is_some() {
                return Err(io::Error::other("socat ended"));
            }
            std::thread::yield_now();
        }
        Ok(wire)
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
