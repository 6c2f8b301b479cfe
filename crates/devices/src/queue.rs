//! Printers behind a print queue of the operating system, which passes a job on as it is: of CUPS, and of Windows' spooler.
//!
//! A queue takes a job and prints it when it can. It can't say how the printer is, so the status is unknown.

use crate::{MAX_JOB_BYTES, PrintError, PrintFault, Printer, PrinterStatus, Timeouts};
use std::sync::mpsc::channel;
use std::time::Duration;

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
        if !can_be_a_queue(&self.name, self.server.as_deref()) {
            return Err(PrintError::before(PrintFault::QueueRefused, "not the name of a queue"));
        }
        system::print(&self.name, self.server.as_deref(), bytes, self.timeouts)?;
        Ok(PrinterStatus::UNKNOWN)
    }

    fn status(&mut self) -> Result<PrinterStatus, PrintError> {
        Ok(PrinterStatus::UNKNOWN)
    }
}

/// Can a queue be called that, at that server? Never what a program would take for one of its options, or a system for a path of
/// its own; on Windows a queue at a server is `\\server\queue`.
pub fn can_be_a_queue(name: &str, server: Option<&str>) -> bool {
    let (within, share) = match name.strip_prefix(r"\\").and_then(|rest| rest.split_once('\\')) {
        Some((within, share)) => (Some(within), share),
        None => (None, name),
    };
    is_plain(share) && [within, server].into_iter().flatten().all(can_be_a_server)
}

fn is_plain(name: &str) -> bool {
    let unwanted = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    name.trim() == name && !name.is_empty() && !name.starts_with(['-', '.']) && !name.contains(unwanted)
}

/// A name, an address with or without a port, or the path of a socket.
fn can_be_a_server(server: &str) -> bool {
    !server.is_empty() && !server.starts_with(['-', '.', '?']) && !server.contains(|c: char| c.is_control() || c == '\\')
}

/// The print queues of this machine by name, or those of a CUPS server elsewhere. None where there is no printing system.
pub fn queues(server: Option<&str>) -> Vec<String> {
    let mut names = system::queues(server);
    names.sort();
    names
}

#[cfg(unix)]
mod system {
    use super::within;
    use crate::{PrintError, PrintFault, Timeouts};
    use std::io::{self, Read, Write};
    use std::process::{Child, Command, ExitStatus, Stdio};
    use std::time::Duration;

    /// What a job is called in the queue: nothing of what is on it.
    const JOB_NAME: &str = "Counterfoil";
    /// Listing queues is asked for by somebody who waits.
    const PATIENCE: Duration = Duration::from_secs(3);
    /// How often, and how quickly one after the other, a program that has said its last is looked at until it has ended.
    const LOOKS_AT_AN_END: u32 = 100;
    const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

    /// `lp` returns once the queue has the whole job. What it was told it keeps, so whether it has it is clear unless it hangs:
    /// then it is stopped.
    pub fn print(name: &str, server: Option<&str>, bytes: &[u8], timeouts: Timeouts) -> Result<(), PrintError> {
        let refused = |error: io::Error| PrintError::before(PrintFault::QueueRefused, error);
        let mut lp = command("lp", server);
        lp.args(["-s", "-d", name, "-t", JOB_NAME, "-o", "raw", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut lp = lp.spawn().map_err(refused)?;
        let (stdin, stderr, job) = (lp.stdin.take(), lp.stderr.take(), bytes.to_vec());
        let heard = waited_for(&mut lp, timeouts.connect + timeouts.write, move || {
            // A queue that doesn't exist is known before the job has been read: what it says of that comes after.
            let written = stdin.map_or(Ok(()), |mut stdin| stdin.write_all(&job));
            (written, stderr.map(to_its_end).unwrap_or_default())
        });
        match heard.map_err(refused)? {
            Some((ended, (_, said))) if !ended.success() => Err(PrintError::before(PrintFault::QueueRefused, said.trim())),
            Some((_, (written, _))) => written.map_err(refused),
            None => Err(PrintError::after(PrintFault::TimedOut, "lp doesn't come to an end")),
        }
    }

    pub fn queues(server: Option<&str>) -> Vec<String> {
        let Ok(mut lpstat) = command("lpstat", server).arg("-e").stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
            return Vec::new();
        };
        let said = lpstat.stdout.take();
        let listed = waited_for(&mut lpstat, PATIENCE, move || said.map(to_its_end).unwrap_or_default());
        let (_, listed) = listed.ok().flatten().unzip();
        listed.unwrap_or_default().lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    fn command(program: &str, server: Option<&str>) -> Command {
        let mut command = Command::new(program);
        if let Some(server) = server {
            command.args(["-h", server]);
        }
        command.env("LC_ALL", "C");
        command
    }

    /// Waits until the program has ended and what is done with it meanwhile is done: how it ended, and what came of that. `None`
    /// when it had to be stopped.
    fn waited_for<T: Send + 'static>(
        program: &mut Child,
        patience: Duration,
        meanwhile: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<Option<(ExitStatus, T)>> {
        let came = within(patience, meanwhile);
        // Both its ends are closed, or the time is over: a program that is still there then has nothing more to do.
        let mut ended = program.try_wait()?;
        for _ in 0..LOOKS_AT_AN_END {
            if came.is_none() || ended.is_some() {
                break;
            }
            std::thread::park_timeout(BETWEEN_LOOKS);
            ended = program.try_wait()?;
        }
        if ended.is_none() {
            program.kill()?;
            program.wait()?;
        }
        Ok(ended.zip(came))
    }

    fn to_its_end(mut said: impl Read) -> String {
        let mut text = Vec::new();
        let _ = said.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    }
}

/// Does something on a thread of its own; `None` when it isn't done in time. What then comes of it is nobody's any more.
fn within<T: Send + 'static>(patience: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = channel();
    let thread = std::thread::Builder::new().name("print queue".to_owned()).spawn(move || sender.send(work()));
    thread.ok().and_then(|_| receiver.recv_timeout(patience).ok())
}

#[cfg(windows)]
mod system {
    use super::within;
    use crate::{PrintError, PrintFault, Timeouts, spooler};
    use winreg::RegKey;
    use winreg::enums::{HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE};

    const QUEUES: &str = r"SYSTEM\CurrentControlSet\Control\Print\Printers";
    const CONNECTIONS: &str = r"Printers\Connections";

    /// A name without a machine is one of this machine's queues. A server that is gone can hold this up for minutes, which nothing can
    /// break off: nobody waits for that.
    pub fn print(name: &str, server: Option<&str>, bytes: &[u8], timeouts: Timeouts) -> Result<(), PrintError> {
        let queue = match server {
            Some(server) if !name.starts_with(r"\\") => format!(r"\\{server}\{name}"),
            _ => name.to_owned(),
        };
        let bytes = bytes.to_vec();
        let handed_over = within(timeouts.connect + timeouts.write, move || spooler::print(&queue, &bytes));
        handed_over.unwrap_or_else(|| Err(PrintError::after(PrintFault::TimedOut, "the queue's server doesn't answer")))
    }

    /// This machine's queues, and those of print servers that this person is connected to.
    pub fn queues(_: Option<&str>) -> Vec<String> {
        let own = RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey(QUEUES);
        let own = own.iter().flat_map(|queues| queues.enum_keys().flatten());
        let connected = RegKey::predef(HKEY_CURRENT_USER).open_subkey(CONNECTIONS);
        // A connection to `\\server\queue` is called `,,server,queue`.
        let connected = connected.iter().flat_map(|connections| connections.enum_keys().flatten()).map(|name| name.replace(',', r"\"));
        own.chain(connected).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_program_or_a_system_would_take_for_something_else_is_no_queue_s() {
        for name in ["receipts", "EPSON TM-T20III Receipt", "Receipts #2", "Bôn_2", r"\\server\Receipts", r"\\192.0.2.7\Receipts 2"] {
            assert!(can_be_a_queue(name, None), "{name}");
        }
        for name in
            ["", " ", "-o", "--help", "a/b", r"a\b", r"\\server", r"\\server\", r"\\server\a\b", r"\\.\LPT1", "a\nb", "C:", "..", " a"]
        {
            assert!(!can_be_a_queue(name, None), "{name:?}");
        }
        for (server, can) in [("192.0.2.7:631", true), ("/run/cups/cups.sock", true), ("-U", false), ("", false), ("?", false)] {
            assert_eq!(can_be_a_queue("receipts", Some(server)), can, "{server}");
        }
    }
}
