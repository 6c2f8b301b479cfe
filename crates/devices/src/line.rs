//! A printer at the end of a line, whatever the line is: opened for one job at a time.

use crate::manners::Manners;
use crate::stream;
use crate::{Asks, PrintError, Printer, PrinterStatus, Timeouts};
use std::io::{Read, Write};

/// Where a printer is, and how its line is opened.
pub(crate) trait Way: Send {
    /// The line, once it is open.
    type Line: Read + Write + Send;
    /// Is nothing at the other end but the printer?
    const WIRED: bool;

    /// Opens it; nothing is sent.
    fn open(&self, timeouts: Timeouts) -> Result<Self::Line, PrintError>;

    /// Takes leave after a job that was printed.
    fn part(_line: Self::Line) {}
}

/// A printer there.
pub(crate) struct LinePrinter<W: Way> {
    way: W,
    timeouts: Timeouts,
    manners: Manners,
    /// Ready for the next job.
    ready: Option<W::Line>,
}

impl<W: Way> LinePrinter<W> {
    pub(crate) fn new(way: W, asks: Asks, timeouts: Timeouts) -> LinePrinter<W> {
        LinePrinter { way, timeouts, manners: Manners::new(asks, W::WIRED), ready: None }
    }

    /// An open line whose printer is well.
    fn ready(&mut self) -> Result<W::Line, PrintError> {
        let mut line = self.way.open(self.timeouts)?;
        stream::is_well(&mut line, self.timeouts, &mut self.manners)?;
        Ok(line)
    }
}

impl<W: Way> Printer for LinePrinter<W> {
    fn begin(&mut self) -> Result<(), PrintError> {
        self.hang_up();
        self.ready = Some(self.ready()?);
        Ok(())
    }

    fn begin_slip(&mut self) -> Result<(), PrintError> {
        self.hang_up();
        let mut line = self.ready()?;
        stream::slip_lies_in(&mut line, self.timeouts, &self.manners)?;
        self.ready = Some(line);
        Ok(())
    }

    fn print(&mut self, bytes: &[u8]) -> Result<PrinterStatus, PrintError> {
        let mut line = match self.ready.take() {
            Some(line) => line,
            None => self.ready()?,
        };
        let printed = stream::print(&mut line, bytes, self.timeouts, &mut self.manners);
        if printed.is_ok() {
            W::part(line);
        }
        printed
    }

    fn hang_up(&mut self) {
        self.ready = None;
    }

    fn has_answered(&mut self) {
        self.manners.has_answered();
    }

    fn status(&mut self) -> Result<PrinterStatus, PrintError> {
        stream::status(&mut self.way.open(self.timeouts)?, self.timeouts, &mut self.manners)
    }
}
