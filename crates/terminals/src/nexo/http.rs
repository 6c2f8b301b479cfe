//! One request and its answer: HTTP/1.1 over TLS, one connection each, everything bounded. A client of our own, because nothing may
//! be sent twice and it must be certain at each step whether anything was sent at all.

use super::Trouble;
use crate::{TerminalError, TerminalFault};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, Stream};
use socket2::{SockRef, TcpKeepalive};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

const PATH: &str = "/nexo/";
/// The longest head and the longest body of an answer, in bytes.
const MOST_HEAD: usize = 16 * 1024;
const MOST_BODY: usize = 256 * 1024;
/// Addresses of a name that are tried.
const MOST_ADDRESSES: usize = 4;
const MOST_HEADERS: usize = 64;
/// How a connection is looked after on which nothing comes: a cable that was pulled says nothing by itself, and a customer's time at the
/// terminal is long. After some 25 s without a sign of life it has broken.
const LOOKED_AFTER: TcpKeepalive =
    TcpKeepalive::new().with_time(Duration::from_secs(10)).with_interval(Duration::from_secs(5)).with_retries(3);

/// Where a terminal is, and how it is trusted.
pub(super) struct Line {
    host: String,
    port: u16,
    name: ServerName<'static>,
    tls: Arc<ClientConfig>,
}

impl Line {
    pub fn new(host: &str, port: u16, tls: Arc<ClientConfig>) -> Result<Line, Trouble> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| Trouble::new(TerminalFault::BadSettings, "the host's name"))?;
        Ok(Line { host: host.to_owned(), port, name, tls })
    }

    /// Sends `body` once; the answer's body, when its status is one of success. `connect` is the limit for the connection, and again for
    /// its handshake; `within` the limit for the answer.
    pub fn exchange(&self, body: &str, connect: Duration, within: Duration) -> Result<Vec<u8>, TerminalError> {
        let mut wire = self.connected(connect).map_err(|error| trouble(&error, TerminalFault::Unreachable).before())?;
        let mut tls = ClientConnection::new(Arc::clone(&self.tls), self.name.clone())
            .map_err(|error| Trouble::new(TerminalFault::BadSettings, error).before())?;
        while tls.is_handshaking() {
            tls.complete_io(&mut wire).map_err(|error| trouble(&error, TerminalFault::NotTrusted).before())?;
        }
        // From here on something may have reached it.
        wire.until = deadline(within);
        let mut stream = Stream::new(&mut tls, &mut wire);
        self.send(&mut stream, body).and_then(|()| receive(&mut stream)).map_err(Trouble::after)
    }

    fn connected(&self, connect: Duration) -> io::Result<Wire> {
        let mut last = io::Error::from(ErrorKind::AddrNotAvailable);
        for address in (self.host.as_str(), self.port).to_socket_addrs()?.take(MOST_ADDRESSES) {
            match TcpStream::connect_timeout(&address, connect) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    // Older versions of Windows don't know all of it: a dead line is then noticed later, and no payment fails for it.
                    let _ = SockRef::from(&stream).set_tcp_keepalive(&LOOKED_AFTER);
                    return Ok(Wire { stream, until: deadline(connect) });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn send(&self, stream: &mut impl Write, body: &str) -> Result<(), Trouble> {
        let request = format!(
            "POST {PATH} HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.host,
            self.port,
            body.len()
        );
        let broken = |error: io::Error| trouble(&error, TerminalFault::Garbled);
        stream.write_all(request.as_bytes()).map_err(broken)?;
        stream.flush().map_err(broken)
    }
}

/// What an error of a connection means; `invalid` is for what isn't TLS, or not the TLS that is wanted.
fn trouble(error: &io::Error, invalid: TerminalFault) -> Trouble {
    let fault = match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => TerminalFault::TimedOut,
        ErrorKind::InvalidData => invalid,
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            TerminalFault::Dropped
        }
        _ => TerminalFault::Unreachable,
    };
    Trouble::new(fault, error)
}

#[allow(clippy::disallowed_methods, reason = "a deadline on a socket")]
fn deadline(within: Duration) -> Instant {
    Instant::now() + within
}

/// A connection on which nothing waits beyond a moment, however slowly bytes drip in.
struct Wire {
    stream: TcpStream,
    until: Instant,
}

impl Wire {
    #[allow(clippy::disallowed_methods, reason = "a deadline on a socket")]
    fn left(&self) -> io::Result<Option<Duration>> {
        match self.until.checked_duration_since(Instant::now()) {
            Some(left) if !left.is_zero() => Ok(Some(left)),
            _ => Err(ErrorKind::TimedOut.into()),
        }
    }
}

impl Read for Wire {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(into)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// How an answer's body ends.
#[derive(Debug, PartialEq, Eq)]
enum Ends {
    After(usize),
    InChunks,
    WithTheConnection,
}

/// Reads an answer.
fn receive(stream: &mut impl Read) -> Result<Vec<u8>, Trouble> {
    let mut heard = Vec::new();
    let (at, ends) = loop {
        match head(&heard)? {
            Some(head) if head.0 <= MOST_HEAD => break head,
            None if heard.len() <= MOST_HEAD => {}
            _ => return Err(Trouble::garbled("the answer's head is too long")),
        }
        if !more(stream, &mut heard)? {
            return Err(Trouble::new(TerminalFault::Dropped, "the connection ended before the answer"));
        }
    };
    let mut rest = heard.split_off(at);
    loop {
        if let Some(body) = whole(&rest, &ends)? {
            return Ok(body);
        }
        if rest.len() > 2 * MOST_BODY {
            return Err(Trouble::garbled("the answer is too long"));
        }
        if !more(stream, &mut rest)? {
            return match ends {
                Ends::WithTheConnection => Ok(rest),
                _ => Err(Trouble::new(TerminalFault::Dropped, "the connection ended within the answer")),
            };
        }
    }
}

/// Adds what comes next; false at the end.
fn more(stream: &mut impl Read, to: &mut Vec<u8>) -> Result<bool, Trouble> {
    let mut piece = [0u8; 8 * 1024];
    let count = stream.read(&mut piece).map_err(|error| trouble(&error, TerminalFault::Garbled))?;
    to.extend_from_slice(&piece[..count]);
    Ok(count > 0)
}

/// Where an answer's head ends and how its body will; `None` while the head isn't whole.
fn head(heard: &[u8]) -> Result<Option<(usize, Ends)>, Trouble> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(at) = response.parse(heard).map_err(|_| Trouble::garbled("the answer isn't HTTP"))? else {
        return Ok(None);
    };
    if !response.code.is_some_and(|code| (200..300).contains(&code)) {
        return Err(Trouble::garbled(&format!("HTTP status {}", response.code.unwrap_or_default())));
    }
    let value = |name: &str| response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value);
    let ends = match (value("transfer-encoding"), value("content-length")) {
        (Some(encoding), _) if encoding.eq_ignore_ascii_case(b"chunked") => Ends::InChunks,
        (Some(_), _) => return Err(Trouble::garbled("the answer's transfer encoding")),
        (None, Some(length)) => Ends::After(length_of(length).ok_or_else(|| Trouble::garbled("the answer's length"))?),
        (None, None) if response.code == Some(204) => Ends::After(0),
        (None, None) => Ends::WithTheConnection,
    };
    Ok(Some((at, ends)))
}

fn length_of(value: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(value).ok()?.trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten().filter(|length| *length <= MOST_BODY)
}

/// The body, when all of it is there.
fn whole(rest: &[u8], ends: &Ends) -> Result<Option<Vec<u8>>, Trouble> {
    match ends {
        Ends::After(length) => Ok(rest.get(..*length).map(<[u8]>::to_vec)),
        Ends::InChunks => chunks(rest),
        Ends::WithTheConnection if rest.len() > MOST_BODY => Err(Trouble::garbled("the answer is too long")),
        Ends::WithTheConnection => Ok(None),
    }
}

fn chunks(rest: &[u8]) -> Result<Option<Vec<u8>>, Trouble> {
    let (mut body, mut rest) = (Vec::new(), rest);
    loop {
        let (at, size) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete(found)) => found,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err(Trouble::garbled("the answer's chunks")),
        };
        if size == 0 {
            return Ok(Some(body));
        }
        let size = usize::try_from(size)
            .ok()
            .filter(|size| body.len() + size <= MOST_BODY)
            .ok_or_else(|| Trouble::garbled("the answer is too long"))?;
        let Some(chunk) = rest.get(at..at + size) else { return Ok(None) };
        body.extend_from_slice(chunk);
        let Some(after) = rest.get(at + size + 2..) else { return Ok(None) };
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn received(answer: &[u8]) -> Result<Vec<u8>, TerminalFault> {
        receive(&mut &answer[..]).map_err(|trouble| trouble.0)
    }

    #[test]
    fn a_connection_on_which_nothing_comes_is_looked_after() {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let line = Line::new("127.0.0.1", listener.local_addr().expect("an address").port(), Arc::new(tls)).expect("a line");
        let wire = line.connected(Duration::from_secs(60)).expect("connected");
        assert!(SockRef::from(&wire.stream).keepalive().expect("an option"));
    }

    #[test]
    fn a_body_ends_by_its_length_by_its_chunks_or_with_the_connection() {
        for answer in [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
            "HTTP/1.0 200 OK\r\n\r\nhello",
        ] {
            assert_eq!(received(answer.as_bytes()), Ok(b"hello".to_vec()), "{answer}");
        }
        assert_eq!(received(b"HTTP/1.1 204 No Content\r\n\r\n"), Ok(Vec::new()));
    }

    #[test]
    fn what_is_cut_short_too_long_or_not_a_success_is_no_answer() {
        let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(MOST_HEAD));
        let endless = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(MOST_BODY + 1));
        for (answer, fault) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", TerminalFault::Dropped),
            ("HTTP/1.1 200 OK\r\nContent-Le", TerminalFault::Dropped),
            ("", TerminalFault::Dropped),
            ("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", TerminalFault::Garbled),
            ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", TerminalFault::Garbled),
            ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", TerminalFault::Garbled),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", TerminalFault::Garbled),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", TerminalFault::Garbled),
            ("SSH-2.0-x\r\n\r\n", TerminalFault::Garbled),
            (long.as_str(), TerminalFault::Garbled),
            (endless.as_str(), TerminalFault::Garbled),
        ] {
            assert_eq!(received(answer.as_bytes()), Err(fault), "{}", answer.get(..40).unwrap_or(answer));
        }
    }

    proptest! {
        #[test]
        fn fuzz_any_answer_is_survived(status in "HTTP/1\\.[01] (200|204|500) OK\r\n", header in "(Content-Length: [0-9]{0,3}\r\n|Transfer-Encoding: chunked\r\n|[a-zA-Z: ]{0,12}\r\n)?", body in proptest::collection::vec(any::<u8>(), 0..64), chunked in "([0-9a-f]{0,2}\r?\n?[a-z]{0,4}){0,4}", at in any::<usize>(), put in any::<u8>()) {
            let mut answer = [status.as_bytes(), header.as_bytes(), b"\r\n", chunked.as_bytes(), &body].concat();
            let _ = received(&answer);
            let at = at % answer.len();
            answer[at] = put;
            let _ = received(&answer);
            let _ = received(&body);
        }
    }
}
