//! Printers on a serial port, over a pair of pseudo-terminals.

use counterfoil_devices::{Asks, FlowControl, PrintFault, Printer, PrinterTarget, Timeouts};
use serialport::{SerialPort, TTYPort};
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::thread::JoinHandle;
use std::time::Duration;

/// A printer at the other end of a wire.
struct Wired {
    printer: Box<dyn Printer>,
    far_end: JoinHandle<(Vec<u8>, TTYPort)>,
    /// Keeps the pair alive without the lock, which belongs to the printer.
    _near: File,
}

impl Wired {
    /// What it took.
    fn taken(self) -> Vec<u8> {
        self.far_end.join().expect("the printer").0
    }
}

/// A printer that answers every question with `answer` and is done once what it took ends with `end`.
fn wired(answer: u8, end: &'static [u8]) -> Wired {
    let (mut far, mut near) = TTYPort::pair().expect("a pair of pseudo-terminals");
    near.set_exclusive(false).expect("may be opened again");
    let path = near.name().expect("a path");
    let near_end = File::options().read(true).write(true).open(&path).expect("the near end");
    drop(near);
    let target = PrinterTarget::Serial { path, baud: 38_400, flow: FlowControl::None };
    far.set_timeout(Duration::from_secs(20)).expect("a timeout");
    let far_end = std::thread::spawn(move || {
        let mut taken: Vec<u8> = Vec::new();
        let mut byte = [0u8];
        while !taken.ends_with(end) {
            match far.read(&mut byte) {
                Ok(_) => taken.push(byte[0]),
                Err(error) if error.kind() == ErrorKind::TimedOut => break,
                Err(error) => panic!("{error}"),
            }
            if let [0x10, 0x04, 1..=4] = taken[taken.len().saturating_sub(3)..] {
                far.write_all(&[answer]).expect("an answer");
            }
        }
        // The wire is given back as well: unplugged now, it would lose the last answer.
        (taken, far)
    });
    let printer = target.open(Asks::RealTime, Timeouts { write: Duration::from_secs(20), ..Timeouts::default() }).expect("a printer");
    Wired { printer, far_end, _near: near_end }
}

#[test]
fn a_job_on_the_wire_arrives_between_the_questions() {
    // The last question after the job ends the printer's part.
    let mut wired = wired(0x12, b"job\n\x10\x04\x01\x10\x04\x02\x10\x04\x04");
    assert!(wired.printer.print(b"\x1b@job\n").is_ok(), "printed");
    assert_eq!(wired.taken(), b"\x10\x04\x01\x10\x04\x02\x10\x04\x04\x1b@job\n\x10\x04\x01\x10\x04\x02\x10\x04\x04");
}

#[test]
fn a_printer_on_the_wire_that_is_out_of_paper_is_handed_nothing() {
    // 32 hex answers every question: off-line cause "paper end", and 20 hex of it means nothing elsewhere.
    let mut wired = wired(0x32, b"\x10\x04\x04");
    let error = wired.printer.print(b"\x1b@job\n").expect_err("no paper");
    assert_eq!((error.fault, error.handed_over), (PrintFault::PaperOut, false));
    assert_eq!(wired.taken(), b"\x10\x04\x01\x10\x04\x02\x10\x04\x04");
}

#[test]
fn a_port_that_is_not_there_is_unreachable() {
    let target = PrinterTarget::Serial { path: "/dev/no such port".into(), baud: 9600, flow: FlowControl::Hardware };
    let error = target.open(Asks::RealTime, Timeouts::default()).expect("a printer").print(b"job").expect_err("no port");
    assert_eq!((error.code(), error.handed_over), ("printer-unreachable", false));
}
