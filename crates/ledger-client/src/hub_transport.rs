//! Sending to the hub: a run of the journal at a time.

use crate::batch::Batch;
use crate::hub::{Credentials, Hub, HubError};
use crate::outbox::{Alarm, Outbox, OutboxError};
use crate::pump::{Step, Transport};
use crate::reason::Reason;
use crate::reference;
use counterfoil_wire::entries::{EntriesReply, MAX_ENTRIES, Status, TillState};
use counterfoil_wire::signing::PublicKey;
use counterfoil_wire::{Hash, Head};
use std::future::Future;
use std::pin::Pin;

/// The hub, as the pump sends to it.
pub struct ToHub {
    /// The hub.
    hub: Hub,
    /// Who this till is.
    who: Credentials,
    /// With what the hub signs heads.
    ledger_key: PublicKey,
}

/// What stopped a step.
enum Stop {
    Ledger(HubError),
    Own(OutboxError),
    Alarm(Alarm),
}

impl From<HubError> for Stop {
    fn from(error: HubError) -> Stop {
        Stop::Ledger(error)
    }
}

impl From<OutboxError> for Stop {
    fn from(error: OutboxError) -> Stop {
        Stop::Own(error)
    }
}

impl Transport for ToHub {
    fn step<'a>(&'a mut self, outbox: &'a dyn Outbox) -> Pin<Box<dyn Future<Output = Step> + Send + 'a>> {
        Box::pin(async move {
            match self.send(outbox).await {
                Ok(step) => step,
                Err(Stop::Alarm(alarm)) => raise(outbox, &alarm),
                Err(Stop::Own(error)) => {
                    tracing::error!(%error, "the outbox can't be read or written");
                    Step::Down(Reason::Till)
                }
                Err(Stop::Ledger(HubError::Refused(problem))) if problem.code == "till-revoked" => {
                    raise(outbox, &Alarm { code: problem.code, seq: 0, at_ms: outbox.now_ms(), detail: problem.message })
                }
                Err(Stop::Ledger(error)) => {
                    tracing::info!(code = error.code(), %error, "not sent");
                    Step::Down(Reason::from(&error))
                }
            }
        })
    }
}

fn raise(outbox: &dyn Outbox, alarm: &Alarm) -> Step {
    tracing::error!(code = %alarm.code, seq = alarm.seq, detail = %alarm.detail, "the ledger and this till disagree");
    match outbox.raise(alarm) {
        Ok(()) => Step::Halted,
        Err(error) => {
            tracing::error!(%error, "the alarm can't be kept");
            Step::Down(Reason::Till)
        }
    }
}

impl ToHub {
    /// The way to a hub; nothing is asked yet.
    pub fn new(hub: Hub, who: Credentials, ledger_key: PublicKey) -> ToHub {
        ToHub { hub, who, ledger_key }
    }

    async fn send(&mut self, outbox: &dyn Outbox) -> Result<Step, Stop> {
        outbox.between_customers();
        if outbox.alarm()?.is_some() {
            return Ok(Step::Halted);
        }
        let after = outbox.acknowledged()?;
        let batch = Batch::after(outbox, after)?;
        if let Some(last) = batch.entries.last() {
            outbox.sending(last.seq);
        }
        let reply = self.hub.send(&self.who, outbox.now_ms(), &batch).await?;
        self.take_in(outbox, &batch, &reply)?;
        if batch.entries.is_empty() && reply.reference_waiting {
            self.fetch(outbox, &batch.state).await;
        }
        let more = outbox.acknowledged()? < outbox.head_seq()?;
        Ok(if more { Step::More } else { Step::Idle })
    }

    /// Reference data that doesn't come down this time comes down another time; takings don't wait for it.
    async fn fetch(&self, outbox: &dyn Outbox, state: &TillState) {
        if let Err(error) = reference::fetch(&self.hub, &self.who, outbox, state).await {
            tracing::warn!(%error, "reference data didn't come down");
        }
    }

    /// Writes down what the ledger says that it has, if it is what this till wrote.
    fn take_in(&self, outbox: &dyn Outbox, sent: &Batch, reply: &EntriesReply) -> Result<(), Stop> {
        let alarm = |code: &str, seq: u64, detail: &str| {
            Stop::Alarm(Alarm { code: code.into(), seq, at_ms: outbox.now_ms(), detail: detail.into() })
        };
        if reply.head.till_id != self.who.till_id || !reply.head.is_signed_by(&self.ledger_key) {
            return Err(alarm("signature-wrong", 0, ""));
        }
        for (entry, answer) in sent.entries.iter().zip(&reply.entries) {
            match answer.status {
                Status::Conflict => return Err(alarm("conflict", entry.seq, answer.reason.as_deref().unwrap_or_default())),
                Status::Refused => return Err(alarm("refused", entry.seq, answer.reason.as_deref().unwrap_or_default())),
                Status::Created | Status::Exists if answer.seq == entry.seq && answer.hash == Some(entry.hash) => {}
                Status::Created | Status::Exists => return Err(alarm("head-not-ours", entry.seq, "")),
                Status::Gap => {}
            }
        }
        let Head { seq, hash } = reply.head.head;
        // A ledger that is ahead of this till, or has other bytes, has another till's journal: two tills with one identity.
        if outbox.hash_at(seq)?.is_none_or(|own: Hash| own != hash) {
            return Err(alarm("head-not-ours", seq, ""));
        }
        if seq != sent.after || !sent.entries.is_empty() {
            outbox.acknowledge(seq, &reply.head)?;
        }
        // Adding a session up takes as long as the session is: once the backlog is gone, not with each batch of it.
        let caught_up = outbox.head_seq()?.saturating_sub(seq) < MAX_ENTRIES as u64;
        if let Some(totals) = reply.totals.as_ref().filter(|_| caught_up) {
            outbox.compare(totals)?;
        }
        Ok(())
    }
}
