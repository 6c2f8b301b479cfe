//! Printers on a serial port.

use crate::line::Way;
use crate::stream::SLICE;
use crate::{FlowControl, PrintError, PrintFault, Timeouts};
use serialport::SerialPort;

/// A serial port, opened for one job at a time so that it may be unplugged between two.
pub(crate) struct SerialWay {
    pub path: String,
    pub baud: u32,
    pub flow: FlowControl,
}

impl Way for SerialWay {
    type Line = Box<dyn SerialPort>;

    fn open(&self, _: Timeouts) -> Result<Box<dyn SerialPort>, PrintError> {
        let flow = match self.flow {
            FlowControl::None => serialport::FlowControl::None,
            FlowControl::Hardware => serialport::FlowControl::Hardware,
            FlowControl::Software => serialport::FlowControl::Software,
        };
        let port = serialport::new(&self.path, self.baud).flow_control(flow).timeout(SLICE).open();
        port.map_err(|error| PrintError::before(PrintFault::Unreachable, error))
    }
}
