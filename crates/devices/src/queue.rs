//! Printers behind a print queue of the operating system, which passes a job on as it is: CUPS, and the shared
//! queues of Windows.
//!
//! A queue takes a job and prints it when it can. It can't say how the printer is, so the status is unknown.

use crate::{MAX_JOB_BYTES, PrintError, PrintFault, Printer, PrinterStatus, Timeouts};

/// A queue by its name.
pub(crate) struct QueuePrinter {
    name: String,
    server: Option<String>,
    timeouts: Timeouts,
}

impl QueuePrinter {
    pub(crate) fn new(name: &str, server: Option<&str>, timeouts: Timeouts) -> QueuePrinter {
        QueuePrinter { name: name.to_owned(), server: server.map(str::to_owned), timeouts }
    }
}

impl Printer for QueuePrinter {
    fn print(&mut self, bytes: &[u8]) -> Result<PrinterStatus, PrintError> {
        if bytes.len() > MAX_JOB_BYTES {
            return Err(PrintError::before(PrintFault::JobTooLarge, bytes.len()));
        }
        system::print(&self.name, self.server.as_deref(), bytes, self.timeouts)?;
        Ok(PrinterStatus::UNKNOWN)
    }

    fn status(&mut self) -> Result<PrinterStatus, PrintError> {
        Ok(PrinterStatus::UNKNOWN)
    }
}

/// The print queues of this machine by name, or those of a CUPS server elsewhere. None where there is no printing system.
pub fn queues(server: Option<&str>) -> Vec<String> {
    let mut names = system::queues(server);
    names.sort();
    names
}

#[cfg(unix)]
mod system {
    use crate::{PrintError, PrintFault, Timeouts};
    use std::io::{self, Read, Write};
    use std::process::{Child, Command, Stdio};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// What a job is called in the queue: nothing of what is on it.
    const JOB_NAME: &str = "Counterfoil";
    /// Listing queues is asked for by somebody who waits.
    const PATIENCE: Duration = Duration::from_secs(3);

    /// `lp` returns once the queue has the whole job. What it was told it keeps, so whether it has it is clear unless it hangs.
    pub fn print(name: &str, server: Option<&str>, bytes: &[u8], timeouts: Timeouts) -> Result<(), PrintError> {
        let refused = |error: io::Error| PrintError::before(PrintFault::QueueRefused, error);
        let mut lp = command("lp", server);
        lp.args(["-s", "-d", name, "-t", JOB_NAME, "-o", "raw", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut lp = lp.spawn().map_err(refused)?;
        // A queue that doesn't exist is known before the job has been read.
        let written = lp.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(bytes));
        let said = lp.stderr.take();
        match waited_for(&mut lp, said, timeouts.connect + timeouts.write) {
            Some(said) if !lp.wait().map_err(refused)?.success() => Err(PrintError::before(PrintFault::QueueRefused, said.trim())),
            Some(_) => written.map_err(refused),
            None => Err(PrintError::after(PrintFault::TimedOut, "lp doesn't come to an end")),
        }
    }

    pub fn queues(server: Option<&str>) -> Vec<String> {
        let Ok(mut lpstat) = command("lpstat", server).arg("-e").stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
            return Vec::new();
        };
        let said = lpstat.stdout.take();
        let listed = waited_for(&mut lpstat, said, PATIENCE).unwrap_or_default();
        let _ = lpstat.wait();
        listed.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    fn command(program: &str, server: Option<&str>) -> Command {
        let mut command = Command::new(program);
        if let Some(server) = server {
            command.args(["-h", server]);
        }
        command.env("LC_ALL", "C");
        command
    }

    /// What the program says until it ends; `None` when it had to be stopped.
    fn waited_for(program: &mut Child, said: Option<impl Read + Send + 'static>, patience: Duration) -> Option<String> {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut text = Vec::new();
            if let Some(mut said) = said {
                let _ = said.read_to_end(&mut text);
            }
            let _ = sender.send(String::from_utf8_lossy(&text).into_owned());
        });
        let said = receiver.recv_timeout(patience).ok();
        if said.is_none() {
            let _ = program.kill();
            let _ = program.wait();
        }
        said
    }
}

/// A shared queue is a file that takes bytes as they are: the oldest way of raw printing there, and one that says when it fails.
#[cfg(windows)]
mod system {
    use crate::{PrintError, PrintFault, Timeouts};
    use std::fs::File;
    use std::io::Write;
    use winreg::RegKey;
    use winreg::enums::{HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE};

    const QUEUES: &str = r"SYSTEM\CurrentControlSet\Control\Print\Printers";
    const CONNECTIONS: &str = r"Printers\Connections";

    /// A name without a machine is one of this machine's shares.
    pub fn print(name: &str, server: Option<&str>, bytes: &[u8], _: Timeouts) -> Result<(), PrintError> {
        let share = if name.starts_with(r"\\") { name.to_owned() } else { format!(r"\\{}\{name}", server.unwrap_or("localhost")) };
        let mut job = File::create(share).map_err(|error| PrintError::before(PrintFault::QueueRefused, error))?;
        job.write_all(bytes).map_err(|error| PrintError::after(PrintFault::QueueRefused, error))
    }

    /// This machine's shared queues by the name of their share, and those of print servers that this person is connected to.
    pub fn queues(_: Option<&str>) -> Vec<String> {
        let own = RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey(QUEUES);
        let own = own.iter().flat_map(|queues| queues.enum_keys().flatten().flat_map(|name| shared_as(queues, &name)));
        let connected = RegKey::predef(HKEY_CURRENT_USER).open_subkey(CONNECTIONS);
        // A connection to `\\server\queue` is called `,,server,queue`.
        let connected = connected.iter().flat_map(|connections| connections.enum_keys().flatten()).map(|name| name.replace(',', r"\"));
        own.chain(connected).collect()
    }

    fn shared_as(queues: &RegKey, name: &str) -> Option<String> {
        let share: String = queues.open_subkey(name).ok()?.get_value("Share Name").ok()?;
        (!share.is_empty()).then_some(share)
    }
}
