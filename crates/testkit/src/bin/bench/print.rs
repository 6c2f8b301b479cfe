//! The first bytes of a receipt at a printer on the network, from the answer to the payment on, against a bare connection and write of
//! the same bytes.

use crate::figures::{Timings, row};
use crate::{Bench, Outcome};
use counterfoil_testkit::till;
use serde_json::json;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const TIMES_THE_BARE: f64 = 3.0;
/// How long a receipt is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A job as it came.
struct Came {
    /// When its first bytes were there.
    first: Instant,
    bytes: Vec<u8>,
}

impl Bench {
    /// The till asks the printer how it is before and after each receipt, and writes down before its first byte that it is handed
    /// over; the bare client does neither.
    pub fn print(&self) -> Outcome {
        let (address, jobs) = printer()?;
        let folder = self.path("printing");
        let counter = till::open(&folder, true)?;
        till::make_ready(&counter, &json!({ "kind": "tcp", "host": address.ip(), "port": address.port() }))?;
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for round in 0..self.sizes.receipts_printed {
            let sale = till::cash_sale(&format!("019ab000-0000-7000-8000-{round:012}"), "BJ12345673", "0.34");
            // Customers don't come while the receipt before is still being written off.
            while counter.call("till.status", json!({}))?["printer"]["waiting"] != 0 {
                std::thread::yield_now();
            }
            counter.call("sale.take", sale)?;
            let answered = Instant::now();
            let came = jobs.recv_timeout(PATIENCE)?;
            ours.push(came.first.saturating_duration_since(answered));
            let begun = Instant::now();
            let mut line = TcpStream::connect(address)?;
            line.write_all(&came.bytes)?;
            drop(line);
            bare.push(jobs.recv_timeout(PATIENCE)?.first.saturating_duration_since(begun));
        }
        row(
            "a receipt's first bytes at a printer, from the payment's answer on",
            Timings::of(ours).median(),
            Timings::of(bare).median(),
            TIMES_THE_BARE,
        );
        Ok(())
    }
}

/// A printer that is always well: where it is, and what comes.
fn printer() -> Outcome<(SocketAddr, Receiver<Came>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    let (sender, jobs) = channel();
    std::thread::spawn(move || {
        for line in listener.incoming() {
            let came = line.ok().and_then(|mut line| take(&mut line).ok()).flatten();
            if came.is_some_and(|came| sender.send(came).is_err()) {
                return;
            }
        }
    });
    Ok((address, jobs))
}

/// One connection: its job, unless nothing but questions came. A question is answered at once; the one after a job can come with it.
fn take(line: &mut TcpStream) -> std::io::Result<Option<Came>> {
    line.set_nodelay(true)?;
    let mut came: Option<Came> = None;
    let mut buffer = vec![0u8; 64 * 1024];
    loop {
        let count = line.read(&mut buffer)?;
        let now = Instant::now();
        let mut bytes = &buffer[..count];
        if let [before @ .., 0x10, 0x04, 1..=4] = bytes {
            line.write_all(&[0x12])?;
            bytes = before;
        }
        if !bytes.is_empty() {
            came.get_or_insert(Came { first: now, bytes: Vec::new() }).bytes.extend_from_slice(bytes);
        }
        if count == 0 {
            return Ok(came);
        }
    }
}
