//! Terminals that speak nexo Retailer 3.0 in JSON on their own network, as Adyen's Terminal API does. `docs/nexo.md` says what is
//! sent and what is believed.
//!
//! Where to start reading: `driver` (what is asked of a terminal), `answers` (what is believed of what it says), `envelope` and
//! `crypto` (how a message is closed and opened), `tls` and `http` (how it travels).

mod answers;
mod conditions;
mod crypto;
mod driver;
mod envelope;
mod form;
#[cfg(test)]
mod fuzz;
mod http;
mod kept;
mod requests;
mod tls;

pub use driver::{NexoTerminal, NexoTimeouts};

use crate::{TerminalError, TerminalFault};

/// What went wrong, before it is known whether the terminal may have begun.
#[derive(Debug)]
struct Trouble(TerminalFault, String);

impl Trouble {
    fn new(fault: TerminalFault, detail: impl ToString) -> Trouble {
        Trouble(fault, detail.to_string())
    }

    fn garbled(detail: &str) -> Trouble {
        Trouble::new(TerminalFault::Garbled, detail)
    }

    /// Nothing has left this machine.
    fn before(self) -> TerminalError {
        TerminalError { fault: self.0, may_have_begun: false, detail: self.1 }
    }

    /// Something may have reached the terminal.
    fn after(self) -> TerminalError {
        TerminalError { fault: self.0, may_have_begun: true, detail: self.1 }
    }
}
