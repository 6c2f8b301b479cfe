//! # Card terminals
//!
//! What lives here: one trait for the terminals that a till drives, and their drivers. Calls block, always with a time limit, and
//! are meant for a worker thread of their own.
//!
//! What never will: whether a payment may be sent (an intent is in the journal before anything is), what becomes of one that is
//! unclear, and anything of the screen. Card numbers never enter: what a terminal sends of them is dropped by its driver's parser, and
//! no driver logs a message.
//!
//! Where to start reading: [`TerminalTarget`] (which terminal, and where), [`CardTerminal`] (what a terminal can be asked), [`Outcome`] and [`Known`] (what it can answer),
//! [`TerminalError`] (no answer, and whether the terminal may have begun all the same).

pub mod nexo;
pub mod simulator;
mod target;
mod terminal;

pub use counterfoil_domain::card_payment::{Approval, ReceiptCopy, TerminalTally};
pub use target::{NexoTarget, Opening, TerminalTarget};
pub use terminal::{CardTerminal, Known, Outcome, Payment, PaymentIds, Reversal, TerminalError, TerminalFault, TerminalHealth, Watch};
