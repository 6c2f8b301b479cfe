//! Serial ports, and printers on them.

use crate::line::Way;
use crate::stream::SLICE;
use crate::{FlowControl, PrintError, PrintFault, Timeouts};
use serialport::SerialPort;
use std::time::Duration;

/// A serial port, opened for one job at a time so that it may be unplugged between two.
pub(crate) struct SerialWay {
    pub path: String,
    pub baud: u32,
    pub flow: FlowControl,
}

impl Way for SerialWay {
    type Line = Box<dyn SerialPort>;
    const WIRED: bool = true;

    fn open(&self, _: Timeouts) -> Result<Box<dyn SerialPort>, PrintError> {
        let flow = match self.flow {
            FlowControl::None => serialport::FlowControl::None,
            FlowControl::Hardware => serialport::FlowControl::Hardware,
            FlowControl::Software => serialport::FlowControl::Software,
        };
        open(&self.path, self.baud, flow, SLICE).map_err(|error| PrintError::before(PrintFault::Unreachable, error))
    }
}

/// Opens a port with both of its ready wires up: many a device says nothing, or stays off line, while one of them is down, and Windows
/// leaves them down. Ports without such wires are opened all the same.
///
/// # Errors
/// The port isn't there, or somebody else's.
pub(crate) fn open(path: &str, baud: u32, flow: serialport::FlowControl, timeout: Duration) -> serialport::Result<Box<dyn SerialPort>> {
    let mut port = serialport::new(path, baud).flow_control(flow).dtr_on_open(true).timeout(timeout).open()?;
    if flow != serialport::FlowControl::Hardware {
        // With the handshake the operating system moves it.
        let _ = port.write_request_to_send(true);
    }
    Ok(port)
}
