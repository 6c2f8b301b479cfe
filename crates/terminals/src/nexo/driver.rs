//! What is asked of a terminal.

use super::answers::{self, Body};
use super::crypto::{Keys, NONCE};
use super::envelope::{self, Header};
use super::http::Line;
use super::requests::{self, Ask};
use super::{Trouble, tls};
use crate::{
    CardTerminal, Known, NexoTarget, Outcome, Payment, PaymentIds, Reversal, TerminalError, TerminalFault, TerminalHealth, TerminalTally,
    Watch,
};
use counterfoil_domain::Pence;
use std::time::Duration;

/// Letters and digits of the ids that are made here, for look-ups.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Files of roots are small.
const MOST_AUTHORITY: u64 = 1024 * 1024;

/// How long anything may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NexoTimeouts {
    /// For a connection to be made, and again for its handshake.
    pub connect: Duration,
    /// For the answer to a payment or a reversal.
    pub payment: Duration,
    /// For the answer to anything else.
    pub other: Duration,
    /// For each step of asking for totals, at most: a payment waits for them, and can do without.
    pub totals: Duration,
}

impl NexoTimeouts {
    /// 5 s to connect, what the settings say for a payment, at most 30 s for anything else, and 3 s for totals.
    pub fn of(target: &NexoTarget) -> NexoTimeouts {
        let payment = Duration::from_millis(target.answer_timeout_ms);
        let other = payment.min(Duration::from_secs(30));
        NexoTimeouts { connect: Duration::from_secs(5), payment, other, totals: Duration::from_secs(3) }
    }
}

/// A terminal that speaks nexo.
pub struct NexoTerminal {
    target: NexoTarget,
    keys: Keys,
    line: Line,
    timeouts: NexoTimeouts,
}

impl NexoTerminal {
    /// With the passphrase of the key that was agreed. Nothing is connected yet.
    ///
    /// # Errors
    /// `terminal-bad-settings` with what is wrong.
    pub fn new(target: &NexoTarget, passphrase: &str, timeouts: NexoTimeouts) -> Result<NexoTerminal, TerminalError> {
        NexoTerminal::made(target, passphrase, timeouts).map_err(Trouble::before)
    }

    fn made(target: &NexoTarget, passphrase: &str, timeouts: NexoTimeouts) -> Result<NexoTerminal, Trouble> {
        let bad = |detail: &str| Trouble::new(TerminalFault::BadSettings, detail);
        if !tls::is_poi_id(&target.poi_id) {
            return Err(bad("poi_id isn't a model and a serial number"));
        }
        if passphrase.is_empty() || target.sale_id.is_empty() || target.key_identifier.is_empty() {
            return Err(bad("a passphrase, a sale_id and a key_identifier are needed"));
        }
        let size = std::fs::metadata(&target.authority).map(|file| file.len());
        if size.is_ok_and(|size| size > MOST_AUTHORITY) {
            return Err(bad("the authority's file is too large"));
        }
        let authority = std::fs::read(&target.authority).map_err(|error| bad(&format!("the authority's file: {error}")))?;
        let tls = tls::config(&authority, &target.poi_id, target.live)?;
        let line = Line::new(&target.host, target.port, tls)?;
        Ok(NexoTerminal { target: target.clone(), keys: Keys::of(passphrase), line, timeouts })
    }

    /// Sends a request in its envelope; its answer, still closed.
    fn send(&self, header: &Header, ask: &Ask, connect: Duration, within: Duration) -> Result<Vec<u8>, TerminalError> {
        if !is_service_id(&header.service_id) {
            return Err(Trouble::new(TerminalFault::BadSettings, "a service id has 1 to 10 letters or digits").before());
        }
        let nonce = chance::<NONCE>().map_err(Trouble::before)?;
        let message = envelope::close(header, ask.name, &ask.body, &self.keys, &self.target, nonce).map_err(Trouble::before)?;
        self.line.exchange(&message, connect, within)
    }

    fn ask(&self, service_id: &str, ask: &Ask, within: Duration) -> Result<Body, TerminalError> {
        let header = Header::of(&self.target, ask.category, service_id);
        let answer = self.send(&header, ask, self.timeouts.connect.min(within), within)?;
        let plain = envelope::open(&answer, &header, &self.keys, &self.target).map_err(Trouble::after)?;
        answers::body(&plain).map_err(Trouble::after)
    }
}

/// The answer to something else than what was asked.
fn missing() -> Trouble {
    Trouble::garbled("the answer has no body of its kind")
}

fn settled(reading: Result<Outcome, String>) -> Result<Outcome, TerminalError> {
    reading.map_err(|_| Trouble::garbled("an answer that settles nothing").after())
}

fn is_service_id(id: &str) -> bool {
    (1..=10).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn chance<const LENGTH: usize>() -> Result<[u8; LENGTH], Trouble> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| Trouble::new(TerminalFault::BadSettings, error))?;
    Ok(bytes)
}

impl CardTerminal for NexoTerminal {
    fn pay(&self, payment: &Payment, _watch: &dyn Watch) -> Result<Outcome, TerminalError> {
        let ask = requests::payment(payment).map_err(Trouble::before)?;
        let body = self.ask(&payment.ids.service_id, &ask, self.timeouts.payment)?;
        let answer = body.payment_response.ok_or_else(|| missing().after())?;
        settled(answer.answer(&payment.ids.transaction_id, payment.amount))
    }

    fn look_up(&self, asked: &PaymentIds, amount: Pence, reversal: bool) -> Result<Known, TerminalError> {
        let category = if reversal { requests::REVERSAL } else { requests::PAYMENT };
        let ask = requests::status(asked, category, &self.target.sale_id, &self.target.poi_id);
        // An id that nobody has used makes the answer one to this question and to none before it.
        let id = chance::<10>().map_err(Trouble::before)?.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
        let body = self.ask(&String::from_iter(id), &ask, self.timeouts.other)?;
        let status = body.transaction_status_response.ok_or_else(|| missing().after())?;
        Ok(status.known(&Header::of(&self.target, category, &asked.service_id), &asked.transaction_id, amount))
    }

    /// Terminals answer an abort with an empty message, or not at all: that it was delivered is all that is learnt.
    fn abort(&self, asked: &PaymentIds, abort_id: &str) -> Result<(), TerminalError> {
        let ask = requests::abort(asked, &self.target.sale_id, &self.target.poi_id);
        self.send(&Header::of(&self.target, ask.category, abort_id), &ask, self.timeouts.connect, self.timeouts.other).map(drop)
    }

    fn reverse(&self, reversal: &Reversal, _watch: &dyn Watch) -> Result<Outcome, TerminalError> {
        let ask = requests::reversal(reversal).map_err(Trouble::before)?;
        let body = self.ask(&reversal.ids.service_id, &ask, self.timeouts.payment)?;
        let answer = body.reversal_response.ok_or_else(|| missing().after())?;
        settled(answer.answer(reversal.amount))
    }

    fn totals(&self, service_id: &str) -> Result<Option<TerminalTally>, TerminalError> {
        let body = self.ask(service_id, &requests::totals(), self.timeouts.totals)?;
        body.get_totals_response.ok_or_else(missing).and_then(|answer| answer.totals()).map_err(Trouble::after)
    }

    fn diagnose(&self, service_id: &str) -> Result<TerminalHealth, TerminalError> {
        let body = self.ask(service_id, &requests::diagnosis(), self.timeouts.other)?;
        body.diagnosis_response.map(|answer| answer.health(self.target.live)).ok_or_else(|| missing().after())
    }
}
