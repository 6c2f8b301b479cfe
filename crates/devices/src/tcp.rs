//! Printers on the network: raw bytes on a TCP port.

use crate::stream::{self, Manners, SLICE};
use crate::{Asks, PrintError, PrintFault, Printer, PrinterStatus, Timeouts};
use std::io::{self, Read};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};

/// Addresses of a name that are tried.
const MOST_ADDRESSES: usize = 4;
/// Bytes read while waiting for the printer to close: what it may still have said.
const MOST_FAREWELL_READS: usize = 8;

/// A printer on the network. It is connected for one job at a time: most serve only one till at once, and drop a connection
/// that is left idle.
pub(crate) struct TcpPrinter {
    host: String,
    port: u16,
    timeouts: Timeouts,
    manners: Manners,
    /// Ready for the next job.
    ready: Option<TcpStream>,
}

impl TcpPrinter {
    pub(crate) fn new(host: &str, port: u16, asks: Asks, timeouts: Timeouts) -> TcpPrinter {
        TcpPrinter { host: host.to_owned(), port, timeouts, manners: Manners::new(asks), ready: None }
    }

    fn connect(&self) -> Result<TcpStream, PrintError> {
        let unreachable = |error: io::Error| PrintError::before(PrintFault::Unreachable, error);
        let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for address in (self.host.as_str(), self.port).to_socket_addrs().map_err(unreachable)?.take(MOST_ADDRESSES) {
            match TcpStream::connect_timeout(&address, self.timeouts.connect).and_then(|line| self.set_up(line)) {
                Ok(line) => return Ok(line),
                Err(error) => last = error,
            }
        }
        Err(unreachable(last))
    }

    fn set_up(&self, line: TcpStream) -> io::Result<TcpStream> {
        line.set_write_timeout(Some(SLICE))?;
        line.set_read_timeout(Some(SLICE))?;
        line.set_nodelay(true)?;
        Ok(line)
    }
}

/// Says that no more comes and lets the printer close first: closing with unread bytes would reset the connection, and some
/// printers throw the job away then.
fn part(mut line: TcpStream) {
    if line.shutdown(Shutdown::Write).is_err() {
        return;
    }
    let mut heard = [0u8; 64];
    for _ in 0..MOST_FAREWELL_READS {
        if !matches!(line.read(&mut heard), Ok(count) if count > 0) {
            return;
        }
    }
}

impl TcpPrinter {
    /// A line whose printer is well.
    fn ready(&mut self) -> Result<TcpStream, PrintError> {
        let mut line = self.connect()?;
        stream::is_well(&mut line, self.timeouts, &mut self.manners)?;
        Ok(line)
    }
}

impl Printer for TcpPrinter {
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
        let printed = stream::print(&mut line, bytes, self.timeouts, &mut self.manners);
        if printed.is_ok() {
            part(line);
        }
        printed
    }

    fn status(&mut self) -> Result<PrinterStatus, PrintError> {
        stream::status(&mut self.connect()?, self.timeouts, &mut self.manners)
    }
}
