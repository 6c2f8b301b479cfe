//! A bad line to a ledger: everything that a network does to a request or to its answer, by a seed.

use std::io::{Error, Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// The most that is read of one message, in bytes.
const MOST: usize = 8 * 1024 * 1024;
/// Nobody says nothing for so long; a connection that does is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// What happens to a request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The request is lost.
    DropBefore,
    /// The request arrives, its answer is lost.
    DropAfter,
    /// The request arrives twice; the second answer comes back.
    Duplicate,
    /// The request is lost for now, and arrives after the next one.
    Reorder,
    /// Only the beginning of the request arrives.
    TruncateRequest,
    /// Only the beginning of the answer comes back.
    TruncateAnswer,
}

const FAULTS: [Fault; 6] =
    [Fault::DropBefore, Fault::DropAfter, Fault::Duplicate, Fault::Reorder, Fault::TruncateRequest, Fault::TruncateAnswer];

/// A way to a ledger with faults. Closed when dropped.
pub struct FaultyWay {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

struct Shared {
    to: Mutex<Vec<String>>,
    /// Faults in a thousand requests.
    share: AtomicU64,
    chance: AtomicU64,
    requests: AtomicU64,
    held: Mutex<Option<Vec<u8>>>,
    down: AtomicBool,
    closed: AtomicBool,
}

impl FaultyWay {
    /// A way to these ledgers (`127.0.0.1:PORT`), each asked in turn. `share` requests in a thousand meet a fault.
    ///
    /// # Errors
    /// No port is free.
    pub fn to(ledgers: &[&str], seed: u64, share: u64) -> Result<FaultyWay> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            to: Mutex::new(ledgers.iter().map(|ledger| (*ledger).to_owned()).collect()),
            share: AtomicU64::new(share),
            chance: AtomicU64::new(seed.wrapping_mul(2).wrapping_add(1)),
            requests: AtomicU64::new(0),
            held: Mutex::new(None),
            down: AtomicBool::new(false),
            closed: AtomicBool::new(false),
        });
        let for_thread = shared.clone();
        let accepting = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if for_thread.closed.load(Ordering::Acquire) {
                    return;
                }
                let (Ok(stream), shared) = (stream, for_thread.clone()) else { continue };
                std::thread::spawn(move || shared.serve(stream));
            }
        });
        Ok(FaultyWay { address, shared, accepting: Some(accepting) })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads somewhere else from now on: a ledger that came back at another port.
    pub fn lead_to(&self, ledgers: &[&str]) {
        *self.shared.to.lock().unwrap_or_else(PoisonError::into_inner) = ledgers.iter().map(|ledger| (*ledger).to_owned()).collect();
    }

    /// So many requests in a thousand meet a fault from now on.
    pub fn set_share(&self, share: u64) {
        self.shared.share.store(share, Ordering::Relaxed);
    }

    /// The line is down, or up again.
    pub fn set_down(&self, down: bool) {
        self.shared.down.store(down, Ordering::Release);
    }

    /// How many requests came.
    pub fn requests(&self) -> u64 {
        self.shared.requests.load(Ordering::Relaxed)
    }
}

impl Drop for FaultyWay {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::Release);
        // Whoever waits for a connection is woken by one.
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

impl Shared {
    /// The next number of the seed's series (splitmix64).
    fn next(&self) -> u64 {
        let mut z = self.chance.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn fault(&self) -> Fault {
        if self.next() % 1000 >= self.share.load(Ordering::Relaxed) {
            return Fault::None;
        }
        usize::try_from(self.next() % 6).ok().and_then(|place| FAULTS.get(place).copied()).unwrap_or(Fault::None)
    }

    fn serve(&self, mut client: TcpStream) {
        // A client that has gone, or a ledger that isn't there, is what this is for.
        let _ = self.answer(&mut client);
        let _ = client.shutdown(Shutdown::Both);
    }

    fn answer(&self, client: &mut TcpStream) -> Result<()> {
        client.set_read_timeout(Some(PATIENCE))?;
        if self.down.load(Ordering::Acquire) {
            return Ok(());
        }
        let request = message(client)?;
        self.requests.fetch_add(1, Ordering::Relaxed);
        let fault = self.fault();
        match fault {
            Fault::DropBefore => return Ok(()),
            Fault::Reorder => {
                *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
                return Ok(());
            }
            Fault::TruncateRequest => {
                let mut ledger = self.ledger()?;
                return ledger.write_all(request.get(..request.len() * 2 / 3).unwrap_or_default());
            }
            Fault::Duplicate => {
                self.forward(&request)?;
            }
            _ => {}
        }
        let answer = self.forward(&request)?;
        // One that was held back arrives now, when nobody waits for its answer any more.
        let late = self.held.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(late) = late {
            self.forward(&late)?;
        }
        match fault {
            Fault::DropAfter => Ok(()),
            Fault::TruncateAnswer => client.write_all(answer.get(..answer.len() * 2 / 3).unwrap_or_default()),
            _ => client.write_all(&answer),
        }
    }

    fn ledger(&self) -> Result<TcpStream> {
        let to = self.to.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let turn = usize::try_from(self.requests.load(Ordering::Relaxed)).unwrap_or_default();
        let address = to.get(turn % to.len().max(1)).ok_or_else(|| Error::other("no ledger"))?;
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    /// Sends a request on a connection of its own and answers what came back, whole.
    fn forward(&self, request: &[u8]) -> Result<Vec<u8>> {
        let mut ledger = self.ledger()?;
        ledger.write_all(request)?;
        let mut answer = Vec::new();
        ledger.take(MOST as u64).read_to_end(&mut answer)?;
        Ok(answer)
    }
}

/// Reads one request: its head, and as much of a body as it says. It is told to close its connection, so that each has one fault.
fn message(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 16 * 1024]);
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:")).and_then(|text| text.trim().parse().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                let mut whole = bytes[..end].to_vec();
                whole.extend_from_slice(b"\r\nconnection: close");
                whole.extend_from_slice(&bytes[end..]);
                return Ok(whole);
            }
        }
        let read = stream.read(&mut chunk)?;
        if read == 0 || bytes.len() > MOST {
            return Err(Error::other("no whole request"));
        }
        bytes.extend_from_slice(&chunk[..read]);
    }
}
