//! A payment's or a reversal's course at the terminal, on a thread of its own.

use super::{Shared, patience, settling};
use crate::api::Changed;
use crate::error::TillError;
use crate::till::Core;
use counterfoil_domain::card_payment::{Approval, CardOutcome, CardState};
use counterfoil_store::{CardRow, StoreError};
use counterfoil_terminals::{CardTerminal, Known, Outcome, Payment, PaymentIds, Reversal, TerminalError, Watch};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// A terminal forgets what it did after a while, some after two days. What it doesn't know of a payment that is older than this, in
/// milliseconds, says nothing.
const REMEMBERED_MS: u64 = 24 * 60 * 60 * 1_000;

/// So often, one after the other and with a whole wait before each but the first, the terminal has to say that it never heard of a
/// payment: the message may still have been on its way to it when it was asked, and asking sooner brings it there no sooner.
const NOT_FOUND_ENOUGH: u32 = 2;

/// The terminal answers, but can't say now what became of a payment.
const NOT_NOW: &str = "terminal-not-now";

pub(super) struct Course {
    pub core: Weak<Core>,
    pub shared: Arc<Shared>,
    pub row: CardRow,
}

/// What is shown while a call waits.
struct Shown<'a>(&'a Course);

impl Watch for Shown<'_> {
    fn shows(&self, text: &str) {
        self.0.shared.change(&self.0.row.transaction_id, |going_on| text.clone_into(&mut going_on.shows));
        self.0.with_till(|core| core.tell(&[Changed::Cards]));
    }
}

impl Course {
    pub fn run(self) {
        match self.row.state {
            CardState::Intended => self.send(),
            CardState::Sent | CardState::Unresolved => self.learn(),
            _ => self.complete(false),
        }
        // Whoever wanted something in the last moment gets it too.
        while !self.leaves() {
            match self.state() {
                Some(CardState::Sent | CardState::Unresolved) => self.learn(),
                _ => self.complete(false),
            }
        }
        self.with_till(|core| core.tell(&[Changed::Cards]));
    }

    /// Is done with it; false where somebody has asked meanwhile.
    fn leaves(&self) -> bool {
        let mut going_on = self.shared.going_on();
        match going_on.get_mut(&self.row.transaction_id) {
            Some(asked) if asked.ask_now => {
                asked.ask_now = false;
                false
            }
            _ => {
                going_on.remove(&self.row.transaction_id);
                true
            }
        }
    }

    /// Where it stands now.
    fn state(&self) -> Option<CardState> {
        let row = self.with_till(|core| core.store.read(|reading| settling::row(reading, &self.row.transaction_id)))?;
        row.ok().map(|row| row.state)
    }

    /// Does something with the till, if it is still there. It isn't held between two such things, so that it can be closed.
    pub(super) fn with_till<T>(&self, act: impl FnOnce(&Core) -> T) -> Option<T> {
        let open = self.shared.till_is_open();
        let core = self.core.upgrade().filter(|_| *open)?;
        let answer = act(&core);
        drop(core);
        Some(answer)
    }

    fn terminal(&self) -> Option<Result<Arc<dyn CardTerminal>, String>> {
        self.with_till(|core| self.shared.terminal_of(core, &self.row))
    }

    /// Sends, once. From the moment that this may have begun only look-ups follow.
    fn send(&self) {
        let terminal = match self.terminal() {
            Some(Ok(terminal)) => terminal,
            Some(Err(why)) => return self.settle(&CardOutcome::NotSent { why }),
            None => return,
        };
        self.totals_before(terminal.as_ref());
        let prepared = self.with_till(|core| {
            let reversal = self.row.reverses.as_ref().map(|of| self.reversal(core, of)).transpose()?;
            let is_first = settling::sent(core, &self.row.transaction_id)?;
            core.tell(&[Changed::Cards]);
            Ok::<_, TillError>((reversal, is_first))
        });
        let reversal = match prepared {
            Some(Ok((reversal, true))) => reversal,
            Some(Err(error)) => return self.settle(&CardOutcome::NotSent { why: error.code }),
            // Somebody has written meanwhile what becomes of it.
            Some(Ok((_, false))) | None => return,
        };
        let answer = match reversal {
            Some(reversal) => terminal.reverse(&reversal, &Shown(self)),
            None => terminal.pay(&Payment { ids: ids(&self.row), amount: self.row.amount }, &Shown(self)),
        };
        match answer {
            Ok(outcome) => self.heard(outcome),
            Err(error) if !error.may_have_begun => {
                self.faulty(&error);
                self.settle(&CardOutcome::NotSent { why: error.fault.code().to_owned() });
            }
            Err(error) => {
                self.faulty(&error);
                if let Some(patience) = self.with_till(patience) {
                    self.shared.waits(&self.row.transaction_id, Duration::from_millis(patience.first_wait_ms));
                    self.learn();
                }
            }
        }
    }

    fn reversal(&self, core: &Core, of: &str) -> Result<Reversal, TillError> {
        let unknown = || TillError::not_done("card-payment-unknown");
        core.store.read(|reading| {
            let payment = reading.card_payment(of)?.ok_or_else(unknown)?;
            let approval = reading.approval(&payment)?.ok_or_else(unknown)?;
            let terminal_reference = approval.terminal_reference;
            Ok(Reversal { ids: ids(&self.row), payment: ids(&payment), terminal_reference, amount: self.row.amount })
        })
    }

    fn faulty(&self, error: &TerminalError) {
        tracing::warn!(%error, "the card terminal didn't answer");
        self.shared.note_fault(Some(error.fault.code()));
        self.shared.change(&self.row.transaction_id, |going_on| {
            (going_on.fault, going_on.left) = (Some(error.fault.code().to_owned()), false);
        });
        self.with_till(|core| core.tell(&[Changed::Cards]));
    }

    /// Asks what became of it, less and less often and not for ever.
    fn learn(&self) {
        let Some(patience) = self.with_till(patience) else { return };
        let (mut wait, mut waited, mut not_found) = (patience.first_wait_ms, 0, 0);
        let mut waited_whole = true;
        let why = loop {
            let why = match self.ask() {
                None => return,
                Some(Ok(Known::Settled(outcome))) => return self.heard(outcome),
                Some(Ok(Known::NotFound)) if self.is_forgotten() => break "not-found-too-late".to_owned(),
                Some(Ok(Known::NotFound)) => {
                    not_found += u32::from(waited_whole);
                    if not_found >= NOT_FOUND_ENOUGH {
                        return self.settle(&CardOutcome::NotFound);
                    }
                    "not-found".to_owned()
                }
                Some(Ok(Known::Unclear { condition })) => break condition,
                Some(Ok(Known::InProgress)) => {
                    not_found = 0;
                    "in-progress".to_owned()
                }
                Some(Ok(Known::NotNow)) => {
                    not_found = 0;
                    NOT_NOW.to_owned()
                }
                Some(Err(Unheard::Silent(why))) => {
                    not_found = 0;
                    why
                }
                // Nothing is learnt here before the settings are others.
                Some(Err(Unheard::NoTerminal(why))) => break why,
            };
            if waited >= patience.look_up_for_ms {
                break why;
            }
            waited_whole = self.shared.waits(&self.row.transaction_id, Duration::from_millis(wait));
            waited += wait;
            wait = (wait * 2).min(patience.longest_wait_ms);
        };
        self.written(|core| settling::unresolved(core, &self.row.transaction_id, &why));
    }

    /// Asks once; nothing once the till has gone.
    fn ask(&self) -> Option<Result<Known, Unheard>> {
        let terminal = match self.terminal()? {
            Ok(terminal) => terminal,
            Err(why) => return Some(Err(Unheard::NoTerminal(why))),
        };
        Some(match terminal.look_up(&ids(&self.row), self.row.amount, self.row.reverses.is_some()) {
            Ok(known) => {
                // Whoever can't say when it will is waited for no longer than one that is silent.
                let fault = matches!(known, Known::NotNow).then_some(NOT_NOW);
                self.shared.note_fault(fault);
                self.shared.change(&self.row.transaction_id, |going_on| {
                    (going_on.fault, going_on.left) = (fault.map(str::to_owned), false);
                });
                self.with_till(|core| core.tell(&[Changed::Cards]));
                Ok(known)
            }
            Err(error) => {
                self.faulty(&error);
                Err(Unheard::Silent(error.fault.code().to_owned()))
            }
        })
    }

    /// Is it so old that the terminal may know nothing of it any more? With a clock that was set back nobody knows how old it is.
    fn is_forgotten(&self) -> bool {
        self.with_till(|core| core.surroundings.now_ms().abs_diff(self.row.at_ms) >= REMEMBERED_MS).unwrap_or(true)
    }

    /// What the terminal says became of it; of another amount than it was asked for nothing is believed.
    fn heard(&self, outcome: Outcome) {
        match outcome_of(outcome, &self.row) {
            Some(outcome) => self.settle(&outcome),
            None => {
                self.written(|core| settling::unresolved(core, &self.row.transaction_id, "OtherAmount"));
            }
        }
    }

    fn settle(&self, outcome: &CardOutcome) {
        if !matches!(outcome, CardOutcome::NotSent { .. }) {
            self.shared.note_fault(None);
        }
        // It has just been sent, and nobody has left it to a supervisor.
        let customer_is_there = self.row.state == CardState::Intended && self.state() == Some(CardState::Sent);
        if self.written(|core| settling::settled(core, &self.row.transaction_id, outcome)) {
            self.complete(customer_is_there);
        }
    }

    /// Makes the receipt, where the payment was all that its sale lacked. A part that was learnt of later waits with its sale for somebody
    /// to go on with it: the till may have been started since, and the sale is on no screen.
    fn complete(&self, customer_is_there: bool) {
        self.written(|core| {
            settling::completed(core, &self.row.transaction_id, customer_is_there)?;
            if self.row.state == CardState::Intended { Ok(()) } else { settling::parked(core, &self.row.transaction_id) }
        });
        self.shared.wake.wake();
    }

    /// Writes, again and again until it is written: what the terminal said mustn't be lost while the till is there. False once
    /// the till has gone.
    fn written(&self, write: impl Fn(&Core) -> Result<(), TillError>) -> bool {
        loop {
            let written = self.with_till(|core| {
                let written = write(core);
                core.tell(&[Changed::Cards, Changed::Receipts, Changed::Printing, Changed::Parked]);
                written.map_err(|error| (error, patience(core).longest_wait_ms))
            });
            match written {
                None => return false,
                Some(Ok(())) => return true,
                Some(Err((error, wait))) => {
                    tracing::error!(code = %error.code, detail = %error.detail, "what became of a card payment can't be written");
                    self.shared.change(&self.row.transaction_id, |going_on| going_on.fault = Some(error.code));
                    self.shared.waits(&self.row.transaction_id, Duration::from_millis(wait));
                }
            }
        }
    }
}

/// Why nothing was heard, as a code.
enum Unheard {
    /// It doesn't answer.
    Silent(String),
    /// The till has no such terminal, or can't use it.
    NoTerminal(String),
}

/// What a row is known by at the terminal.
pub(super) fn ids(row: &CardRow) -> PaymentIds {
    PaymentIds { service_id: row.service_id.clone(), transaction_id: row.transaction_id.clone(), at_ms: row.at_ms }
}

/// What a terminal said, as it is written; none where it approved another amount than it can have: more than a payment asked for, or
/// anything but the whole of a reversal.
fn outcome_of(outcome: Outcome, row: &CardRow) -> Option<CardOutcome> {
    Some(match outcome {
        // A reversal is of what was asked for, whether the terminal says it again or not.
        Outcome::Approved(approval) if row.reverses.is_some() && approval.amount.is_zero() => {
            CardOutcome::Approved { approval: Box::new(Approval { amount: row.amount, ..*approval }) }
        }
        Outcome::Approved(approval) if !approval.amount.is_positive() || approval.amount > row.amount => return None,
        Outcome::Approved(approval) if row.reverses.is_some() && approval.amount != row.amount => return None,
        Outcome::Approved(approval) => CardOutcome::Approved { approval },
        Outcome::Declined { condition, receipts } => CardOutcome::Declined { condition, receipts },
        Outcome::Aborted { receipts } => CardOutcome::Aborted { receipts },
    })
}

/// A number that nobody can guess, for where the ids begin that a terminal knows payments by.
pub(super) fn service_id(core: &Core) -> Result<String, StoreError> {
    let [a, b, c, d, e, f, g, ..] = core.surroundings.random();
    core.store.next_service_id(u64::from_be_bytes([0, a, b, c, d, e, f, g]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_domain::Pence;

    fn row(reverses: Option<&str>) -> CardRow {
        CardRow {
            transaction_id: "t".into(),
            seq: 1,
            service_id: "S".into(),
            terminal: "simulator".into(),
            session: 1,
            user_code: "12".into(),
            sale_id: "s".into(),
            mop_code: "92".into(),
            at_ms: 0,
            amount: Pence(1_000),
            reverses: reverses.map(str::to_owned),
            state: CardState::Sent,
            approved: Pence::ZERO,
            approval_seq: None,
            why: String::new(),
        }
    }

    #[test]
    fn a_terminal_is_believed_only_about_an_amount_that_it_can_have_moved() {
        let believed = |row: &CardRow, pence: i64| {
            let approval = Approval { amount: Pence(pence), ..Approval::default() };
            outcome_of(Outcome::Approved(Box::new(approval)), row).map(|outcome| match outcome {
                CardOutcome::Approved { approval } => approval.amount.0,
                _ => 0,
            })
        };
        let (payment, reversal) = (row(None), row(Some("p")));
        assert_eq!([1_000, 1, 1_001, 0, -1].map(|pence| believed(&payment, pence)), [Some(1_000), Some(1), None, None, None]);
        assert_eq!([1_000, 0, 999, 1_001].map(|pence| believed(&reversal, pence)), [Some(1_000), Some(1_000), None, None]);
    }
}
