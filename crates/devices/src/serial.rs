//! Printers on a serial port.

use crate::stream::{self, Manners, SLICE};
use crate::{Asks, FlowControl, PrintError, PrintFault, Printer, PrinterStatus, Timeouts};
use serialport::SerialPort;

/// A printer on a serial port, opened for one job at a time so that it may be unplugged between two.
pub(crate) struct SerialPrinter {
    path: String,
    baud: u32,
    flow: FlowControl,
    timeouts: Timeouts,
    manners: Manners,
    /// Ready for the next job.
    ready: Option<Box<dyn SerialPort>>,
}

impl SerialPrinter {
    pub(crate) fn new(path: &str, baud: u32, flow: FlowControl, asks: Asks, timeouts: Timeouts) -> SerialPrinter {
        SerialPrinter { path: path.to_owned(), baud, flow, timeouts, manners: Manners::new(asks), ready: None }
    }

    fn open(&self) -> Result<Box<dyn SerialPort>, PrintError> {
        let flow = match self.flow {
            FlowControl::None => serialport::FlowControl::None,
            FlowControl::Hardware => serialport::FlowControl::Hardware,
            FlowControl::Software => serialport::FlowControl::Software,
        };
        let port = serialport::new(&self.path, self.baud).flow_control(flow).timeout(SLICE).open();
        port.map_err(|error| PrintError::before(PrintFault::Unreachable, error))
    }
}

impl SerialPrinter {
    /// An open port whose printer is well.
    fn ready(&mut self) -> Result<Box<dyn SerialPort>, PrintError> {
        let mut line = self.open()?;
        stream::is_well(&mut line, self.timeouts, &mut self.manners)?;
        Ok(line)
    }
}

impl Printer for SerialPrinter {
    fn begin(&mut self) -> Result<(), PrintError> {
        self.ready = Some(self.ready()?);
        Ok(())
    }

    fn begin_slip(&mut self) -> Result<(), PrintError> {
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
        stream::print(&mut line, bytes, self.timeouts, &mut self.manners)
    }

    fn status(&mut self) -> Result<PrinterStatus, PrintError> {
        stream::status(&mut self.open()?, self.timeouts, &mut self.manners)
    }
}
