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
}

impl SerialPrinter {
    pub(crate) fn new(path: &str, baud: u32, flow: FlowControl, asks: Asks, timeouts: Timeouts) -> SerialPrinter {
        SerialPrinter { path: path.to_owned(), baud, flow, timeouts, manners: Manners::new(asks) }
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

impl Printer for SerialPrinter {
    fn print(&mut self, bytes: &[u8]) -> Result<PrinterStatus, PrintError> {
        stream::print(&mut self.open()?, bytes, self.timeouts, &mut self.manners)
    }

    fn status(&mut self) -> Result<PrinterStatus, PrintError> {
        stream::status(&mut self.open()?, self.timeouts, &mut self.manners)
    }
}
