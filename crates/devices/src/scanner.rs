//! Barcode scanners: where they are, and a worker that reads one on a serial port.

use crate::serial;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serialport::SerialPort;
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use ts_rs::TS;

/// The longest barcode, in bytes: the densest that a bill carries are a fraction of it.
pub const LONGEST_SCAN: usize = 512;
/// So long without a byte ends a barcode of a scanner that ends them with nothing.
const PAUSE: Duration = Duration::from_millis(150);
/// So many pauses after one that came in the middle of a barcode, what comes is no longer the rest of it: nobody scans again as fast.
const REST_COMES_WITHIN: u32 = 6;
/// Between two tries to open a port that isn't there: doubled with each, up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(4);
/// What serial scanners are set to when they leave the factory.
const FACTORY_BAUD: u32 = 9_600;

/// A till's barcode scanner, as its settings say it: `{"kind": "serial", "path": "COM4"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ScannerTarget {
    /// It types like a keyboard, as nearly all do.
    Keyboard {
        /// What it types before each barcode. With it a scan is known by that; without it, by how fast it is typed.
        #[serde(default)]
        #[schemars(length(max = 5), regex(pattern = "^[!-~]*$"))]
        prefix: String,
        /// What it types after each barcode, other than Enter or Tab.
        #[serde(default)]
        #[schemars(length(max = 5), regex(pattern = "^[!-~]*$"))]
        suffix: String,
        /// It types nothing after a barcode, so that a pause ends one.
        #[serde(default)]
        ends_by_pause: bool,
        /// The fewest characters of a barcode that is known by how fast it is typed.
        #[serde(default = "shortest")]
        #[schemars(range(min = 6, max = 30))]
        min_length: u32,
    },
    /// On a serial port, or a USB scanner that shows itself as one.
    Serial {
        /// `COM4` or `/dev/ttyACM0`.
        #[schemars(length(min = 1))]
        path: String,
        /// 9600 unless told otherwise.
        #[serde(default = "factory_baud")]
        #[schemars(range(min = 1))]
        baud: u32,
    },
}

fn shortest() -> u32 {
    8
}

fn factory_baud() -> u32 {
    FACTORY_BAUD
}

impl ScannerTarget {
    /// Is it on this serial port?
    pub fn is_at(&self, port: &str) -> bool {
        matches!(self, ScannerTarget::Serial { path, .. } if path.eq_ignore_ascii_case(port.trim()))
    }

    /// The field that can't be as it is; none when it can be used.
    pub fn problem(&self) -> Option<&'static str> {
        let plain = |text: &str| text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_graphic());
        match self {
            ScannerTarget::Keyboard { prefix, .. } if !plain(prefix) => Some("prefix"),
            ScannerTarget::Keyboard { suffix, .. } if !plain(suffix) => Some("suffix"),
            ScannerTarget::Keyboard { min_length, .. } if !(6..=30).contains(min_length) => Some("min_length"),
            ScannerTarget::Serial { path, .. } if path.trim().is_empty() => Some("path"),
            ScannerTarget::Serial { baud: 0, .. } => Some("baud"),
            ScannerTarget::Keyboard { .. } | ScannerTarget::Serial { .. } => None,
        }
    }
}

impl Default for ScannerTarget {
    fn default() -> ScannerTarget {
        ScannerTarget::Keyboard { prefix: String::new(), suffix: String::new(), ends_by_pause: false, min_length: shortest() }
    }
}

/// What a serial scanner has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Its port is open.
    Connected,
    /// Its port can't be opened, or was unplugged; it is tried again by itself.
    Missing,
    /// A barcode.
    Scan(String),
    /// More than [`LONGEST_SCAN`] bytes without an end: thrown away.
    TooLong,
}

/// Bytes from a scanner, parted into barcodes: at CR, LF or ETX; or at a pause, from a scanner that has never sent one of these. STX
/// before one means nothing.
///
/// From a scanner that ends its barcodes, a pause in the middle of one is a fault on the line: half a barcode can be somebody else's
/// reference, so neither half is delivered.
#[derive(Debug, Default)]
pub struct Frames {
    bytes: Vec<u8>,
    too_long: bool,
    /// It has sent an end before.
    sends_ends: bool,
    /// Pauses for which what comes is the rest of a barcode that was broken off.
    rest_comes: u32,
}

impl Frames {
    /// Takes what came; `ended` is told of each barcode that it ends.
    pub fn take(&mut self, bytes: &[u8], ended: &mut dyn FnMut(Heard)) {
        for byte in bytes {
            match byte {
                b'\r' | b'\n' | 0x03 => {
                    self.sends_ends = true;
                    self.end(ended);
                }
                0x02 | 0x00 => {}
                _ if self.rest_comes > 0 => {}
                _ if self.bytes.len() == LONGEST_SCAN => self.too_long = true,
                byte => self.bytes.push(*byte),
            }
        }
    }

    /// Nothing came for a while.
    pub fn pause(&mut self, ended: &mut dyn FnMut(Heard)) {
        if !self.sends_ends {
            return self.end(ended);
        }
        self.rest_comes = self.rest_comes.saturating_sub(1);
        if std::mem::take(&mut self.too_long) {
            ended(Heard::TooLong);
        }
        if !self.bytes.is_empty() {
            self.bytes.clear();
            self.rest_comes = REST_COMES_WITHIN;
        }
    }

    /// The scanner was unplugged: what it had sent of a barcode is only a part of one.
    fn unplugged(&mut self) {
        *self = Frames { sends_ends: self.sends_ends, ..Frames::default() };
    }

    fn end(&mut self, ended: &mut dyn FnMut(Heard)) {
        self.rest_comes = 0;
        let bytes = std::mem::take(&mut self.bytes);
        if std::mem::take(&mut self.too_long) {
            ended(Heard::TooLong);
        } else if !bytes.is_empty() {
            // Scanners send what the barcode holds: UTF-8 in newer QR codes, else Latin-1, whose letters are Unicode's first.
            ended(Heard::Scan(
                String::from_utf8(bytes).unwrap_or_else(|error| error.as_bytes().iter().map(|byte| char::from(*byte)).collect()),
            ));
        }
    }
}

/// A serial scanner that is being read. It ends when this is dropped.
pub struct SerialScanner {
    stop: Arc<AtomicBool>,
    worker: Option<JoinHandle<()>>,
}

impl SerialScanner {
    /// Reads a scanner on a thread of its own, for ever: a port that isn't there, or goes, is tried again.
    ///
    /// # Errors
    /// The operating system has no thread to spare.
    pub fn start(path: &str, baud: u32, heard: impl FnMut(Heard) + Send + 'static) -> std::io::Result<SerialScanner> {
        let stop = Arc::new(AtomicBool::new(false));
        let (path, stopped) = (path.to_owned(), stop.clone());
        let read = move || Reading { path, baud, stopped, heard: Box::new(heard), frames: Frames::default() }.run();
        let worker = std::thread::Builder::new().name("scanner".into()).spawn(read)?;
        Ok(SerialScanner { stop, worker: Some(worker) })
    }
}

impl Drop for SerialScanner {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(worker) = self.worker.take() {
            worker.thread().unpark();
            let _ = worker.join();
        }
    }
}

struct Reading {
    path: String,
    baud: u32,
    stopped: Arc<AtomicBool>,
    heard: Box<dyn FnMut(Heard) + Send>,
    frames: Frames,
}

impl Reading {
    fn run(mut self) {
        let mut wait = FIRST_WAIT;
        let mut missing = false;
        while !self.is_stopped() {
            match serial::open(&self.path, self.baud, serialport::FlowControl::None, PAUSE) {
                Ok(mut port) => {
                    (missing, wait) = (false, FIRST_WAIT);
                    (self.heard)(Heard::Connected);
                    self.read(port.as_mut());
                    self.frames.unplugged();
                }
                Err(_) if missing => {}
                Err(_) => {
                    missing = true;
                    (self.heard)(Heard::Missing);
                }
            }
            if !self.is_stopped() {
                std::thread::park_timeout(wait);
                wait = LONGEST_WAIT.min(wait * 2);
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Until the port is gone or nobody wants to know any more.
    fn read(&mut self, port: &mut dyn SerialPort) {
        let mut bytes = [0u8; 256];
        while !self.is_stopped() {
            match port.read(&mut bytes) {
                Err(error) if error.kind() == ErrorKind::TimedOut => self.frames.pause(&mut self.heard),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => return,
                Ok(count) => self.frames.take(bytes.get(..count).unwrap_or_default(), &mut self.heard),
            }
        }
    }
}

/// A serial port of this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SerialPortFound {
    /// What settings call it.
    pub path: String,
    /// What the device says it is, where it says so.
    pub says: Option<String>,
}

/// The serial ports that are there now.
///
/// # Errors
/// What the operating system says.
pub fn serial_ports() -> Result<Vec<SerialPortFound>, String> {
    let found = serialport::available_ports().map_err(|error| error.to_string())?;
    let mut ports: Vec<SerialPortFound> = found
        .into_iter()
        .map(|port| {
            let says = match port.port_type {
                serialport::SerialPortType::UsbPort(usb) => {
                    Some([usb.manufacturer, usb.product].into_iter().flatten().collect::<Vec<_>>().join(" "))
                        .filter(|says| !says.is_empty())
                }
                _ => None,
            };
            SerialPortFound { path: port.port_name, says }
        })
        .collect();
    ports.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(ports)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(pieces: &[&[u8]]) -> Vec<Heard> {
        let (mut frames, mut heard) = (Frames::default(), Vec::new());
        for piece in pieces {
            match piece.is_empty() {
                true => frames.pause(&mut |one| heard.push(one)),
                false => frames.take(piece, &mut |one| heard.push(one)),
            }
        }
        heard
    }

    fn scan(text: &str) -> Heard {
        Heard::Scan(text.into())
    }

    #[test]
    fn a_barcode_ends_with_a_return_a_line_end_an_etx_or_a_pause() {
        for end in ["\r", "\n", "\r\n", "\x03"] {
            assert_eq!(framed(&[format!("501234566{end}").as_bytes()]), [scan("501234566")], "{end:?}");
        }
        assert_eq!(framed(&[b"501234566", b""]), [scan("501234566")]);
        assert_eq!(framed(&[b"\x02]C0501234566\x03\r\n", b""]), [scan("]C0501234566")]);
    }

    #[test]
    fn a_barcode_in_pieces_is_one_and_two_at_once_are_two() {
        assert_eq!(framed(&[b"5012", b"34566\r"]), [scan("501234566")]);
        assert_eq!(framed(&[b"501234566\r123456780\r"]), [scan("501234566"), scan("123456780")]);
    }

    #[test]
    fn one_without_end_is_thrown_away_whole_and_the_next_is_read() {
        let long = vec![b'7'; 3 * LONGEST_SCAN];
        assert_eq!(framed(&[&long, b"7\r501234566\r"]), [Heard::TooLong, scan("501234566")]);
        assert_eq!(framed(&[&long, b"", b"501234566\r"]), [Heard::TooLong, scan("501234566")]);
        let longest = vec![b'7'; LONGEST_SCAN];
        assert!(matches!(framed(&[&longest, b"\r"]).as_slice(), [Heard::Scan(text)] if text.len() == LONGEST_SCAN));
    }

    #[test]
    fn half_a_barcode_of_a_scanner_that_ends_them_is_never_one_whichever_half_it_is() {
        assert_eq!(framed(&[b"501234566\r", b"", b"12345", b"", b"6780\r", b"123456780\r"]), [scan("501234566"), scan("123456780")]);
        // What is scanned anew, when nothing more of it came, is read.
        let silence = std::iter::repeat_n(b"".as_slice(), 8);
        let pieces: Vec<&[u8]> =
            [b"501234566\r".as_slice(), b"12345"].into_iter().chain(silence).chain([b"123456780\r".as_slice()]).collect();
        assert_eq!(framed(&pieces), [scan("501234566"), scan("123456780")]);
    }

    #[test]
    fn letters_come_out_as_the_barcode_has_them_and_fnc1_stays() {
        assert_eq!(framed(&[b"T\xc5\xb7\x1d1\r", b"T\xee\r"]), [scan("Tŷ\u{1d}1"), scan("Tî")]);
    }

    #[test]
    fn settings_need_only_say_what_is_other_than_usual() {
        for (json, target) in [
            (r#"{"kind":"keyboard"}"#, ScannerTarget::default()),
            (r#"{"kind":"serial","path":"COM4"}"#, ScannerTarget::Serial { path: "COM4".into(), baud: 9_600 }),
        ] {
            assert_eq!(serde_json::from_str::<ScannerTarget>(json).expect(json), target);
        }
    }
}
