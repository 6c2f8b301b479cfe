//! Connections: a thread each, one message each.

use super::Terminal;
use super::answering;
use super::manner::{Kind, Manner};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;

type Wire = StreamOwned<ServerConnection, TcpStream>;

pub(super) fn serve(listener: &TcpListener, terminal: &Arc<Terminal>, tls: &Arc<ServerConfig>) {
    for stream in listener.incoming() {
        if terminal.state().takes_no_more() {
            return;
        }
        let Ok(stream) = stream else { continue };
        let (terminal, tls) = (Arc::clone(terminal), Arc::clone(tls));
        // It ends with an error whenever it was told to misbehave.
        std::thread::spawn(move || attend(&terminal, stream, tls));
    }
}

fn attend(terminal: &Terminal, mut stream: TcpStream, tls: Arc<ServerConfig>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let manner = next(terminal, Kind::Connection);
    match manner {
        Some(Manner::ClosesOnAccept) => return stream.shutdown(Shutdown::Both),
        Some(Manner::NeverShakesHands) => {
            hold(terminal);
            return Ok(());
        }
        Some(Manner::SpeaksSomethingElse) => return stream.write_all(b"SSH-2.0-simulated\r\n"),
        _ => {}
    }
    let mut connection = ServerConnection::new(tls).map_err(io::Error::other)?;
    while connection.is_handshaking() {
        connection.complete_io(&mut stream)?;
    }
    if manner == Some(Manner::ClosesAfterHandshake) {
        return stream.shutdown(Shutdown::Both);
    }
    let mut wire = StreamOwned::new(connection, stream);
    let Some(message) = read_request(&mut wire)? else {
        return reply(&mut wire, "404 Not Found", b"");
    };
    let Some(request) = answering::opened(terminal, &message) else {
        return reply(&mut wire, "401 Unauthorized", b"");
    };
    let manner = next(terminal, request.kind);
    *terminal.state().books.heard.entry(request.kind).or_default() += 1;
    match &manner {
        Some(Manner::ClosesAfterReading) => return wire.sock.shutdown(Shutdown::Both),
        Some(Manner::Hangs) => {
            hold(terminal);
            return wire.sock.shutdown(Shutdown::Both);
        }
        _ => {}
    }
    let body = answering::answer(terminal, &request, manner.as_ref());
    deliver(terminal, &mut wire, &body, manner)
}

fn deliver(terminal: &Terminal, wire: &mut Wire, body: &[u8], manner: Option<Manner>) -> io::Result<()> {
    match manner {
        Some(Manner::LosesTheReply) => wire.sock.shutdown(Shutdown::Both),
        Some(Manner::ClosesMidBody) => {
            wire.write_all(head("200 OK", body.len()).as_bytes())?;
            wire.write_all(&body[..body.len() / 2])?;
            wire.flush()?;
            wire.sock.shutdown(Shutdown::Both)
        }
        Some(Manner::RepliesLate) => {
            hold(terminal);
            reply(wire, "200 OK", body)
        }
        Some(Manner::RepliesSlowly) => {
            for byte in [head("200 OK", body.len()).as_bytes(), body].concat() {
                wire.write_all(&[byte])?;
                wire.flush()?;
            }
            part(wire)
        }
        Some(Manner::RepliesInChunks) => {
            wire.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            for chunk in body.chunks(700) {
                wire.write_all(format!("{:x}\r\n", chunk.len()).as_bytes())?;
                wire.write_all(chunk)?;
                wire.write_all(b"\r\n")?;
            }
            wire.write_all(b"0\r\n\r\n")?;
            part(wire)
        }
        Some(Manner::SendsNoHttp) => {
            wire.write_all(b"\0\x01\x02 no terminal says this\r\n\r\n")?;
            part(wire)
        }
        Some(Manner::SendsGarbage) => reply(wire, "200 OK", b"{\"SaleToPOIResponse\": [\xff\x00"),
        Some(Manner::ServerError) => reply(wire, "500 Internal Server Error", b"{}"),
        Some(Manner::SendsWithoutEnd) => {
            wire.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            loop {
                wire.write_all(&[b' '; 4096])?;
            }
        }
        _ => reply(wire, "200 OK", body),
    }
}

/// How it misbehaves now.
fn next(terminal: &Terminal, kind: Kind) -> Option<Manner> {
    terminal.state().manners.get_mut(&kind)?.pop_front()
}

/// Until it is let go.
fn hold(terminal: &Terminal) {
    let now = terminal.state().let_go;
    drop(terminal.wait_until(|state| state.let_go > now));
}

fn head(status: &str, length: usize) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")
}

fn reply(wire: &mut Wire, status: &str, body: &[u8]) -> io::Result<()> {
    wire.write_all(&[head(status, body.len()).as_bytes(), body].concat())?;
    part(wire)
}

fn part(wire: &mut Wire) -> io::Result<()> {
    wire.conn.send_close_notify();
    wire.flush()
}

/// The body of a `POST /nexo/`.
fn read_request(wire: &mut Wire) -> io::Result<Option<Vec<u8>>> {
    let mut heard = Vec::new();
    let end = loop {
        if let Some(at) = heard.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        more(wire, &mut heard)?;
    };
    let head = String::from_utf8_lossy(&heard[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let (Some(length), true) = (length, head.starts_with("post /nexo/ http/1.1")) else { return Ok(None) };
    let mut body = heard.split_off(end);
    while body.len() < length {
        more(wire, &mut body)?;
    }
    Ok(Some(body))
}

fn more(wire: &mut Wire, to: &mut Vec<u8>) -> io::Result<()> {
    let mut piece = [0; 4096];
    match wire.read(&mut piece)? {
        0 => Err(ErrorKind::UnexpectedEof.into()),
        count => {
            to.extend_from_slice(&piece[..count]);
            Ok(())
        }
    }
}
