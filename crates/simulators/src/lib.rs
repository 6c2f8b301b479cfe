//! # Stand-ins for what a till is connected to
//!
//! What lives here: a printer on the network or a wire that can be told to misbehave, readers of what printers are sent (ESC/POS
//! bytes, Code 128 bars and QR codes), paper that shows what they print, a LocalGov IMS that keeps takings and can be told to
//! misbehave too, a card terminal that speaks nexo, keeps books and misbehaves in every way that a terminal or the line to it can,
//! and the wires of serial scanners and printers. All are written from the
//! published facts and share nothing with the program's own code, so that a mistake in one is not made twice.
//!
//! What never will: anything that is shipped, and any other crate of this program.
//!
//! Where to start reading: [`escpos_reader::read`], [`paper::draw`], [`printer::SimulatedPrinter`], [`ims::StandInIms`],
//! [`nexo::SimulatedTerminal`].

pub mod code128_reader;
pub mod escpos_reader;
pub mod ims;
pub mod nexo;
pub mod paper;
pub mod printer;
pub mod qr_reader;
#[cfg(unix)]
pub mod serial_scanner;
#[cfg(unix)]
pub mod wire;
