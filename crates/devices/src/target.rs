//! Where a printer is.

use crate::folder::FolderPrinter;
use crate::line::LinePrinter;
use crate::queue::QueuePrinter;
use crate::serial::SerialWay;
use crate::tcp::TcpWay;
use crate::{Asks, Printer, Timeouts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// The port of raw printing on nearly every network printer.
const RAW_PORT: u16 = 9100;
/// What Epson's serial printers are set to when they leave the factory.
const EPSON_BAUD: u32 = 38_400;

/// Where a printer is, as a till's settings say it: `{"kind": "tcp", "host": "192.0.2.7"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum PrinterTarget {
    /// On the network.
    Tcp {
        /// Name or address.
        #[schemars(length(min = 1))]
        host: String,
        /// 9100 unless told otherwise.
        #[serde(default = "raw_port")]
        #[schemars(range(min = 1))]
        port: u16,
    },
    /// On a serial port, or a USB printer that shows itself as one.
    Serial {
        /// `COM3` or `/dev/ttyUSB0`.
        #[schemars(length(min = 1))]
        path: String,
        /// 38400 unless told otherwise.
        #[serde(default = "epson_baud")]
        #[schemars(range(min = 1))]
        baud: u32,
        /// Who says stop when the printer is full.
        #[serde(default)]
        flow: FlowControl,
    },
    /// Behind a print queue of the operating system, which passes bytes on as they are (RAW). How the printer is stays unknown.
    Queue {
        /// The queue's name; on Windows that of the printer, or `\\server\name`.
        #[schemars(length(min = 1))]
        name: String,
        /// A print server, where the queue isn't this machine's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        server: Option<String>,
    },
    /// Each job becomes a file `0001.bin`, `0002.bin`… in this folder.
    File {
        /// The folder; made when it isn't there.
        #[ts(type = "string")]
        folder: PathBuf,
    },
    /// The demonstration's printer on the screen, which draws sheets and takes no bytes.
    Screen,
    /// No printer: receipts go to PDF.
    #[default]
    None,
}

/// Who says stop when a serial printer's buffer is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FlowControl {
    /// Nobody: enough for receipts without pictures.
    #[default]
    None,
    /// The RTS and CTS wires.
    Hardware,
    /// XON and XOFF.
    Software,
}

fn raw_port() -> u16 {
    RAW_PORT
}

fn epson_baud() -> u32 {
    EPSON_BAUD
}

impl PrinterTarget {
    /// Is it on this serial port?
    pub fn is_at(&self, port: &str) -> bool {
        matches!(self, PrinterTarget::Serial { path, .. } if path.eq_ignore_ascii_case(port.trim()))
    }

    /// The serial port that it is on.
    pub fn port(&self) -> Option<&str> {
        match self {
            PrinterTarget::Serial { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The printer that is there; `None` for a target that takes no bytes ([`PrinterTarget::Screen`], [`PrinterTarget::None`]).
    /// Nothing is connected or opened before it is asked to print.
    pub fn open(&self, asks: Asks, timeouts: Timeouts) -> Option<Box<dyn Printer>> {
        match self {
            PrinterTarget::Tcp { host, port } => {
                let way = TcpWay { host: host.clone(), port: *port };
                Some(Box::new(LinePrinter::new(way, asks, timeouts)))
            }
            PrinterTarget::Serial { path, baud, flow } => {
                let way = SerialWay { path: path.clone(), baud: *baud, flow: *flow };
                Some(Box::new(LinePrinter::new(way, asks, timeouts)))
            }
            PrinterTarget::Queue { name, server } => Some(Box::new(QueuePrinter::new(name, server.as_deref(), timeouts))),
            PrinterTarget::File { folder } => Some(Box::new(FolderPrinter::new(folder))),
            PrinterTarget::Screen | PrinterTarget::None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_need_only_say_where_the_printer_is() {
        for (json, target) in [
            (r#"{"kind":"tcp","host":"192.0.2.7"}"#, PrinterTarget::Tcp { host: "192.0.2.7".into(), port: 9100 }),
            (r#"{"kind":"serial","path":"COM3"}"#, PrinterTarget::Serial { path: "COM3".into(), baud: 38_400, flow: FlowControl::None }),
            (r#"{"kind":"queue","name":"receipts"}"#, PrinterTarget::Queue { name: "receipts".into(), server: None }),
            (r#"{"kind":"file","folder":"out"}"#, PrinterTarget::File { folder: "out".into() }),
            (r#"{"kind":"screen"}"#, PrinterTarget::Screen),
            (r#"{"kind":"none"}"#, PrinterTarget::None),
        ] {
            assert_eq!(serde_json::from_str::<PrinterTarget>(json).expect(json), target);
        }
    }

    #[test]
    fn a_misspelt_setting_is_refused() {
        for json in [r#"{"kind":"tcp","host":"a","prot":9100}"#, r#"{"kind":"usb"}"#, r#"{"kind":"tcp"}"#] {
            assert!(serde_json::from_str::<PrinterTarget>(json).is_err(), "{json}");
        }
    }
}
