//! The trait, and what crosses it.

use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::{Approval, ReceiptCopy, TerminalTally};
use serde::{Deserialize, Serialize};

/// A terminal that the till drives. Calls block for a bounded time. They take `&self`: an abort comes from another thread while
/// [`CardTerminal::pay`] waits.
pub trait CardTerminal: Send + Sync {
    /// Takes a payment. Sends once, never again: with an error that says `may_have_begun`, [`CardTerminal::look_up`] is all that
    /// may follow.
    ///
    /// # Errors
    /// [`TerminalError`] when no answer that can be trusted came.
    fn pay(&self, payment: &Payment, watch: &dyn Watch) -> Result<Outcome, TerminalError>;

    /// What became of a payment, or of a reversal, of so much. An answer about another amount settles nothing.
    ///
    /// # Errors
    /// [`TerminalError`]: nothing was learnt.
    fn look_up(&self, asked: &PaymentIds, amount: Pence, reversal: bool) -> Result<Known, TerminalError>;

    /// Asks the terminal to give up a payment in progress. Its outcome comes from the waiting [`CardTerminal::pay`] alone: the
    /// customer may have been quicker.
    ///
    /// # Errors
    /// [`TerminalError`]: the terminal wasn't reached.
    fn abort(&self, asked: &PaymentIds, abort_id: &str) -> Result<(), TerminalError>;

    /// Gives an approved payment, or a part of it, back.
    ///
    /// # Errors
    /// [`TerminalError`] when no answer that can be trusted came; the reversal is then looked up by its own ids.
    fn reverse(&self, reversal: &Reversal, watch: &dyn Watch) -> Result<Outcome, TerminalError>;

    /// What the terminal's own books say since its last reset; `None` where it keeps none that can be asked.
    ///
    /// # Errors
    /// [`TerminalError`]: nothing was learnt.
    fn totals(&self, service_id: &str) -> Result<Option<TerminalTally>, TerminalError>;

    /// Is it there, and well?
    ///
    /// # Errors
    /// [`TerminalError`]: it wasn't reached, or what answered isn't this terminal.
    fn diagnose(&self, service_id: &str) -> Result<TerminalHealth, TerminalError>;
}

/// Told what the terminal says while a call waits.
pub trait Watch: Sync {
    /// The terminal shows this to the customer or to the cashier.
    fn shows(&self, text: &str);
}

/// What a payment is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentIds {
    /// 1–10 letters or digits; at this till never used again.
    pub service_id: String,
    /// Our own id of the payment: a UUID, made and stored before anything is sent.
    pub transaction_id: String,
    /// Milliseconds since 1970, UTC: when it was begun.
    pub at_ms: i64,
}

/// A payment to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its ids.
    pub ids: PaymentIds,
    /// Above nought.
    pub amount: Pence,
}

/// A payment, or a part of it, to be given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// The reversal's own ids.
    pub ids: PaymentIds,
    /// The payment's.
    pub payment: PaymentIds,
    /// The terminal's own reference of the payment, from its [`Approval`].
    pub terminal_reference: String,
    /// How much; at most what was approved.
    pub amount: Pence,
}

/// An answer that settles what became of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// The money was taken (or, for a reversal, is given back, or its being given back was accepted).
    Approved(Box<Approval>),
    /// It wasn't.
    Declined {
        /// The terminal's word for why, such as `Refusal`, `Busy`, `InsufficientFunds`. Words that are new to us are kept as they are.
        condition: String,
        /// What the terminal printed about it.
        receipts: Vec<ReceiptCopy>,
    },
    /// It was given up, by us or at the terminal.
    Aborted {
        /// What the terminal printed about it.
        receipts: Vec<ReceiptCopy>,
    },
}

/// What a terminal knows of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// What became of it.
    Settled(Outcome),
    /// It is still at work on it.
    InProgress,
    /// It answers, and can't say now: it is busy, out of order, or doesn't reach its host. Asked again it may.
    NotNow,
    /// It never heard of it. The answer came from the terminal that was asked, and named the ids that were asked for: only then may the
    /// money be taken another way.
    NotFound,
    /// It answered what can't be told apart: a person decides.
    Unclear {
        /// Its word.
        condition: String,
    },
}

/// How a terminal is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalHealth {
    /// Such as `OK` or `Maintenance`.
    pub state: String,
    /// Does it reach its acquirer?
    pub host_reached: Option<bool>,
    /// This isn't a real terminal: no money moves.
    pub simulated: bool,
}

/// Why no answer that can be trusted came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}, {}: {detail}", fault.code(), if *may_have_begun { "may have begun" } else { "not begun" })]
pub struct TerminalError {
    /// What is the matter.
    pub fault: TerminalFault,
    /// The terminal may have begun: only a look-up tells.
    pub may_have_begun: bool,
    /// For the log: never anything of a message.
    pub detail: String,
}

/// What can be the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TerminalFault {
    /// Nothing answers where it should be.
    Unreachable,
    /// What answers isn't the terminal that was paired: its certificate says another.
    NotTrusted,
    /// The connection broke.
    Dropped,
    /// It didn't answer in time.
    TimedOut,
    /// What it answered can't be read, or isn't an answer to what was asked.
    Garbled,
    /// Its answer wasn't made with the key that was agreed.
    NotAuthentic,
    /// It doesn't do this.
    NotSupported,
    /// The settings for it can't be used.
    BadSettings,
}

impl TerminalFault {
    /// The stable code, which is also the key of the message.
    pub fn code(self) -> &'static str {
        match self {
            TerminalFault::Unreachable => "terminal-unreachable",
            TerminalFault::NotTrusted => "terminal-not-trusted",
            TerminalFault::Dropped => "terminal-dropped",
            TerminalFault::TimedOut => "terminal-timed-out",
            TerminalFault::Garbled => "terminal-garbled",
            TerminalFault::NotAuthentic => "terminal-not-authentic",
            TerminalFault::NotSupported => "terminal-not-supported",
            TerminalFault::BadSettings => "terminal-bad-settings",
        }
    }
}
