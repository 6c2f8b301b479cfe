//! Printers on the network: raw bytes on a TCP port.

use crate::line::Way;
use crate::stream::SLICE;
use crate::{PrintError, PrintFault, Timeouts};
use std::io::{self, Read};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};

/// Addresses of a name that are tried.
const MOST_ADDRESSES: usize = 4;
/// Bytes read while waiting for the printer to close: what it may still have said.
const MOST_FAREWELL_READS: usize = 8;

/// A printer's address on the network. It is connected for one job at a time: most serve only one till at once, and drop a connection
/// that is left idle.
pub(crate) struct TcpWay {
    pub host: String,
    pub port: u16,
}

impl Way for TcpWay {
    type Line = TcpStream;
    const WIRED: bool = false;

    fn open(&self, timeouts: Timeouts) -> Result<TcpStream, PrintError> {
        let unreachable = |error: io::Error| PrintError::before(PrintFault::Unreachable, error);
        let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for address in (self.host.as_str(), self.port).to_socket_addrs().map_err(unreachable)?.take(MOST_ADDRESSES) {
            match TcpStream::connect_timeout(&address, timeouts.connect).and_then(set_up) {
                Ok(line) => return Ok(line),
                Err(error) => last = error,
            }
        }
        Err(unreachable(last))
    }

    fn part(line: TcpStream) {
        part(line);
    }
}

fn set_up(line: TcpStream) -> io::Result<TcpStream> {
    line.set_write_timeout(Some(SLICE))?;
    line.set_read_timeout(Some(SLICE))?;
    line.set_nodelay(true)?;
    Ok(line)
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
