//! A scanner on a serial port, over pairs of pseudo-terminals that socat makes, unmakes and makes again.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "what these tests' own functions expect is part of the tests")]

use counterfoil_devices::scanner::{Heard, LONGEST_SCAN, SerialScanner};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long anything may take before a test says that it didn't happen. Nothing is timed by it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A scanner's wire: unplugged when it is dropped.
struct Wire {
    socat: Child,
    scanner: File,
    folder: PathBuf,
}

impl Wire {
    fn plugged_in(folder: &Path) -> Wire {
        let end = |name: &str| format!("pty,raw,echo=0,link={}", folder.join(name).display());
        let socat =
            Command::new("socat").args([end("scanner"), end("till")]).stderr(Stdio::null()).spawn().expect("socat, which the tests need");
        let scanner = loop {
            // socat says by its links that it is ready: the second is made after the first.
            if let (true, Ok(file)) = (folder.join("till").exists(), File::options().write(true).open(folder.join("scanner"))) {
                break file;
            }
            std::thread::yield_now();
        };
        Wire { socat, scanner, folder: folder.to_owned() }
    }

    fn sends(&mut self, bytes: &[u8]) {
        self.scanner.write_all(bytes).expect("sent");
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = self.socat.kill();
        let _ = self.socat.wait();
        // The number of a terminal that is gone is given to the next, which may be another test's.
        for name in ["scanner", "till"] {
            let _ = std::fs::remove_file(self.folder.join(name));
        }
    }
}

struct Counter {
    folder: tempfile::TempDir,
    heard: Receiver<Heard>,
    _scanner: SerialScanner,
}

impl Counter {
    fn begin(wired: bool) -> (Counter, Option<Wire>) {
        let folder = tempfile::tempdir().expect("folder");
        let wire = wired.then(|| Wire::plugged_in(folder.path()));
        let (tell, heard) = channel();
        let path = folder.path().join("till").display().to_string();
        let scanner = SerialScanner::start(&path, 9_600, move |one| drop(tell.send(one))).expect("a thread");
        (Counter { folder, heard, _scanner: scanner }, wire)
    }

    fn next(&self) -> Heard {
        self.heard.recv_timeout(PATIENCE).expect("the scanner said nothing")
    }
}

fn scan(text: &str) -> Heard {
    Heard::Scan(text.into())
}

#[test]
fn barcodes_come_one_by_one_however_they_are_sent() {
    let (counter, wire) = Counter::begin(true);
    let mut wire = wire.expect("wired");
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"]C0982650123456600018450\r\n");
    assert_eq!(counter.next(), scan("]C0982650123456600018450"));
    wire.sends(b"501234566\r123456780\r");
    assert_eq!((counter.next(), counter.next()), (scan("501234566"), scan("123456780")));
    // Without an end, the pause after it is the end.
    wire.sends(b"501234566");
    assert_eq!(counter.next(), scan("501234566"));
}

#[test]
fn garbage_and_a_barcode_without_end_keep_nothing_from_the_next() {
    let (counter, wire) = Counter::begin(true);
    let mut wire = wire.expect("wired");
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"\xff\xfe\x00\x07\x1b[A\r");
    assert!(matches!(counter.next(), Heard::Scan(_)));
    let long = vec![b'9'; 4 * LONGEST_SCAN];
    wire.sends(&long);
    wire.sends(b"\r501234566\r");
    // On a slow machine a pause may part it; each part is thrown away or no longer than a barcode may be.
    loop {
        match counter.next() {
            Heard::Scan(text) if text == "501234566" => break,
            Heard::TooLong => {}
            Heard::Scan(text) => assert!(text.len() <= LONGEST_SCAN && text.starts_with('9'), "{text}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_scanner_that_is_unplugged_is_found_again_by_itself() {
    let (counter, wire) = Counter::begin(true);
    let mut wire = wire.expect("wired");
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"501234566\r");
    assert_eq!(counter.next(), scan("501234566"));
    drop(wire);
    assert_eq!(counter.next(), Heard::Missing);
    let mut wire = Wire::plugged_in(counter.folder.path());
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"123456780\r");
    assert_eq!(counter.next(), scan("123456780"));
}

#[test]
fn one_that_is_plugged_in_later_is_found_and_said_to_be_missing_only_once() {
    let (counter, _) = Counter::begin(false);
    assert_eq!(counter.next(), Heard::Missing);
    let mut wire = Wire::plugged_in(counter.folder.path());
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"501234566\r");
    assert_eq!(counter.next(), scan("501234566"));
}
