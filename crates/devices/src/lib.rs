//! # The things on the counter that a till talks to
//!
//! What lives here: receipt printers and the drawer behind them: where they are, how bytes reach them, how they say what is
//! wrong with them; barcode scanners on serial ports. All of it blocks, always with a time limit, and is meant for a worker
//! thread of its own.
//!
//! What never will: what is printed (the `documents` crate makes the bytes), whether and when it is printed (that is decided
//! where the print jobs are kept), the screen's own printer.
//!
//! Where to start reading: [`PrinterTarget`] (where a printer is), [`Printer`] (what one can be asked), [`PrintError`] (what can go
//! wrong, and whether paper may have come out), [`status`] (what a printer's own bytes mean).

mod folder;
#[cfg(test)]
mod fuzz;
mod line;
mod manners;
mod queue;
pub mod scanner;
mod serial;
#[cfg(windows)]
mod spooler;
pub mod status;
mod stream;
mod target;
mod tcp;

pub use queue::{can_be_a_queue, queues};
pub use scanner::ScannerTarget;
pub use status::{Paper, PrinterStatus};
pub use target::{FlowControl, PrinterTarget};

use serde::{Deserialize, Serialize};
use std::time::Duration;
use ts_rs::TS;

/// The largest job that is sent, in bytes: a receipt of several hundred lines with a picture. More is a mistake.
pub const MAX_JOB_BYTES: usize = 1024 * 1024;

/// A printer that takes ESC/POS bytes. Calls block, for a bounded time; see [`Timeouts`].
pub trait Printer: Send {
    /// Gets ready for one job: connects, and asks how the printer is. Nothing is printed. [`Printer::print`] does it by itself where
    /// nobody did; who knows that a job is coming can have it done meanwhile.
    ///
    /// # Errors
    /// Why it can't print now; `handed_over` is false.
    fn begin(&mut self) -> Result<(), PrintError> {
        Ok(())
    }

    /// Gets ready for a slip: connects, asks how the printer is, and waits a moment for a slip to lie in it. A printer that doesn't say
    /// whether one does waits for it by itself.
    ///
    /// # Errors
    /// [`PrintFault::SlipMissing`], or why it can't print now; `handed_over` is false.
    fn begin_slip(&mut self) -> Result<(), PrintError> {
        self.begin()
    }

    /// Prints one job. `Ok` means that the printer has taken every byte and, where it says so, that it is well; how it then is, is
    /// answered.
    ///
    /// # Errors
    /// [`PrintError`]: its `handed_over` tells whether paper may have come out, so that a second attempt must say COPY.
    fn print(&mut self, bytes: &[u8]) -> Result<PrinterStatus, PrintError>;

    /// Lets go of what it was got ready for. What is known of how it answers stays known.
    fn hang_up(&mut self) {}

    /// It has answered before, when it was open last: its silence is trouble.
    fn has_answered(&mut self) {}

    /// How the printer is; what it doesn't tell is unknown.
    ///
    /// # Errors
    /// When it can't be reached; `handed_over` is false.
    fn status(&mut self) -> Result<PrinterStatus, PrintError>;
}

/// How a printer is asked how it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// By `DLE EOT`, answered at once.
    RealTime,
    /// By `DLE EOT`, and while a job is on its way by automatic status back and `GS r`, whose answer comes when the job is done.
    Automatic,
    /// Not at all.
    Never,
}

/// How long anything may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection to be made.
    pub connect: Duration,
    /// For the printer to take the next bytes when it takes none.
    pub write: Duration,
    /// For a printer that hasn't answered yet to answer a question about its status.
    pub answer: Duration,
    /// For a slip to lie in its slip station.
    pub slip: Duration,
}

impl Default for Timeouts {
    /// 3 s to connect, 8 s for a printer that is busy feeding or cutting, 1 s for an answer, 3 s for a hand that is putting a slip in.
    fn default() -> Timeouts {
        Timeouts {
            connect: Duration::from_secs(3),
            write: Duration::from_secs(8),
            answer: Duration::from_secs(1),
            slip: Duration::from_secs(3),
        }
    }
}

/// What kept a job from being printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PrintFault {
    /// Its cover is open.
    CoverOpen,
    /// It has no paper.
    PaperOut,
    /// Its cutter or another part has failed.
    PrinterError,
    /// It is switched to off line.
    Offline,
    /// Nothing answers where it should be.
    Unreachable,
    /// It stopped taking bytes or answering.
    TimedOut,
    /// The connection broke.
    Dropped,
    /// No slip lies in its slip station.
    SlipMissing,
    /// The operating system's print queue doesn't take the job.
    QueueRefused,
    /// The folder of printed files can't be written.
    FolderNotWritable,
    /// The job is larger than [`MAX_JOB_BYTES`].
    JobTooLarge,
}

impl PrintFault {
    /// The stable code, which is also the key of the message.
    pub fn code(self) -> &'static str {
        match self {
            PrintFault::CoverOpen => "printer-cover-open",
            PrintFault::PaperOut => "printer-paper-out",
            PrintFault::PrinterError => "printer-error",
            PrintFault::Offline => "printer-offline",
            PrintFault::Unreachable => "printer-unreachable",
            PrintFault::TimedOut => "printer-timed-out",
            PrintFault::Dropped => "printer-dropped",
            PrintFault::SlipMissing => "printer-slip-missing",
            PrintFault::QueueRefused => "printer-queue-refused",
            PrintFault::FolderNotWritable => "printer-folder-not-writable",
            PrintFault::JobTooLarge => "printer-job-too-large",
        }
    }
}

/// A job that was not, or not surely, printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}, {}: {detail}", fault.code(), if *handed_over { "may have been printed" } else { "not printed" })]
pub struct PrintError {
    /// What is the matter.
    pub fault: PrintFault,
    /// True when bytes may have reached the printer: a further attempt must say COPY.
    pub handed_over: bool,
    /// For the log: what the operating system said. Never anything of the job.
    pub detail: String,
}

impl PrintError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// Nothing has reached the printer.
    fn before(fault: PrintFault, detail: impl ToString) -> PrintError {
        PrintError { fault, handed_over: false, detail: detail.to_string() }
    }

    /// Something may have reached the printer.
    fn after(fault: PrintFault, detail: impl ToString) -> PrintError {
        PrintError { fault, handed_over: true, detail: detail.to_string() }
    }
}
