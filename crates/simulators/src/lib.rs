//! # Stand-ins for the things on the counter
//!
//! What lives here: a printer on the network that can be told to misbehave, and readers of what printers are sent: ESC/POS
//! bytes and Code 128 bars. The readers are written from the published facts and share nothing with the program's own
//! encoders, so that a mistake in one is not made twice.
//!
//! What never will: anything that is shipped, and any other crate of this program.
//!
//! Where to start reading: [`escpos_reader::read`], [`printer::SimulatedPrinter`].

pub mod code128_reader;
pub mod escpos_reader;
pub mod printer;
