//! A scanner on a serial port, over pairs of pseudo-terminals that socat makes, unmakes and makes again.

use counterfoil_devices::scanner::{Heard, LONGEST_SCAN, SerialScanner};
use counterfoil_simulators::serial_scanner::SerialScannerWire;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long anything may take before a test says that it didn't happen. Nothing is timed by it.
const PATIENCE: Duration = Duration::from_secs(30);

struct Counter {
    folder: tempfile::TempDir,
    heard: Receiver<Heard>,
    _scanner: SerialScanner,
}

fn plugged_in(folder: &Path) -> SerialScannerWire {
    SerialScannerWire::plugged_in(folder).expect("socat, which the tests need")
}

impl Counter {
    fn begin(wired: bool) -> (Counter, Option<SerialScannerWire>) {
        let folder = tempfile::tempdir().expect("folder");
        let wire = wired.then(|| plugged_in(folder.path()));
        let (tell, heard) = channel();
        let path = SerialScannerWire::port(folder.path()).display().to_string();
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
    wire.sends(b"]C0982650123456600018450\r\n").expect("sent");
    assert_eq!(counter.next(), scan("]C0982650123456600018450"));
    wire.sends(b"501234566\r123456780\r").expect("sent");
    assert_eq!((counter.next(), counter.next()), (scan("501234566"), scan("123456780")));
    // What is broken off is no barcode: the next is.
    wire.sends(b"12345").expect("sent");
    drop(wire);
    assert_eq!(counter.next(), Heard::Missing);
    let mut wire = plugged_in(counter.folder.path());
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"501234566\r").expect("sent");
    assert_eq!(counter.next(), scan("501234566"));
}

#[test]
fn the_barcodes_of_a_scanner_that_ends_them_with_nothing_end_with_the_pause_after_them() {
    let (counter, wire) = Counter::begin(true);
    let mut wire = wire.expect("wired");
    assert_eq!(counter.next(), Heard::Connected);
    for barcode in ["501234566", "123456780"] {
        wire.sends(barcode.as_bytes()).expect("sent");
        assert_eq!(counter.next(), scan(barcode));
    }
}

#[test]
fn garbage_and_a_barcode_without_end_keep_nothing_from_the_next() {
    let (counter, wire) = Counter::begin(true);
    let mut wire = wire.expect("wired");
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"\xff\xfe\x00\x07\x1b[A\r").expect("sent");
    assert!(matches!(counter.next(), Heard::Scan(_)));
    let long = vec![b'9'; 4 * LONGEST_SCAN];
    wire.sends(&long).expect("sent");
    wire.sends(b"\r501234566\r").expect("sent");
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
    wire.sends(b"501234566\r").expect("sent");
    assert_eq!(counter.next(), scan("501234566"));
    drop(wire);
    assert_eq!(counter.next(), Heard::Missing);
    let mut wire = plugged_in(counter.folder.path());
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"123456780\r").expect("sent");
    assert_eq!(counter.next(), scan("123456780"));
}

#[test]
fn one_that_is_plugged_in_later_is_found_and_said_to_be_missing_only_once() {
    let (counter, _) = Counter::begin(false);
    assert_eq!(counter.next(), Heard::Missing);
    let mut wire = plugged_in(counter.folder.path());
    assert_eq!(counter.next(), Heard::Connected);
    wire.sends(b"501234566\r").expect("sent");
    assert_eq!(counter.next(), scan("501234566"));
}
