//! Paying into a LocalGov IMS: one receipt at a time, in the order of the series, each as far as it gets.
//!
//! A receipt in doubt waits for its time while those after it go on; what is known of each is on the till's disk before
//! anything of it is sent, and again after each attempt.

use crate::localgov_ims::{Attempt, Delivery, DeliveryState, Fault, LocalGovIms, OutgoingReceipt};
use crate::outbox::{Kept, Outbox, OutboxError, ToDeliver};
use crate::pump::{Step, Transport};
use crate::reason::Reason;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// How many receipts may be in doubt at once: beyond that the IMS is what is at fault, and none is begun.
const MOST_IN_DOUBT: u64 = 20;

/// What the till keeps of a receipt's way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// How far it has got.
    pub way: DeliveryState,
    /// The IMS's own references, once it is delivered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// Why it waits for a person: the fault as the transport names it, with its facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<serde_json::Value>,
    /// The fault in English words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Detail {
    /// The IMS's references of what is there, for a receipt that waits because of what is there; none for one of which nothing is
    /// known to be there.
    pub fn references_when_settled(&self) -> Option<Vec<String>> {
        let fault = self.fault.as_ref().and_then(|fault| serde_json::from_value::<Fault>(fault.clone()).ok())?;
        let shown = match fault {
            Fault::TooMany { references, .. } | Fault::Differs { references, .. } => references,
            Fault::StoredButNotShown | Fault::CutOff { .. } => Vec::new(),
            _ => return None,
        };
        let mut known: Vec<String> = self.way.accepted.iter().map(|accepted| accepted.reference.clone()).collect();
        known.extend(shown.into_iter().filter(|reference| !self.way.accepted.iter().any(|accepted| accepted.reference == *reference)));
        Some(known)
    }
}

/// A LocalGov IMS, as the pump sends to it.
pub struct ToIms {
    ims: LocalGovIms,
    started: bool,
}

impl ToIms {
    /// Begins with what is under way since the program ran last.
    pub fn new(ims: LocalGovIms) -> ToIms {
        ToIms { ims, started: false }
    }
}

impl Transport for ToIms {
    fn step<'a>(&'a mut self, outbox: &'a dyn Outbox) -> Pin<Box<dyn Future<Output = Step> + Send + 'a>> {
        Box::pin(async move {
            self.deliver_next(outbox).await.unwrap_or_else(|error| {
                tracing::error!(%error, "the outbox can't be read or written");
                Step::Down(Reason::Till)
            })
        })
    }
}

impl ToIms {
    async fn deliver_next(&mut self, outbox: &dyn Outbox) -> Result<Step, OutboxError> {
        outbox.between_customers();
        let waiting = outbox.to_deliver(MOST_IN_DOUBT)?;
        if !self.started {
            self.begin(outbox, &waiting)?;
            self.started = true;
            return Ok(Step::More);
        }
        let now_ms = outbox.now_ms();
        let in_doubt = waiting.iter().filter(|receipt| !receipt.detail.is_empty()).count() as u64;
        let ready = |receipt: &&ToDeliver| match detail(receipt).way.in_doubt_until_ms {
            Some(until_ms) => until_ms <= now_ms,
            None => !receipt.detail.is_empty() || in_doubt < MOST_IN_DOUBT,
        };
        if let Some(next) = waiting.iter().find(ready) {
            return self.deliver(outbox, next).await;
        }
        match waiting.iter().filter_map(|receipt| detail(receipt).way.in_doubt_until_ms).min() {
            Some(until_ms) => Ok(Step::Wait(Duration::from_millis(until_ms.saturating_sub(now_ms).try_into().unwrap_or(0)))),
            None => self.ask().await,
        }
    }

    /// What was under way when the program stopped may have been sent just before.
    fn begin(&self, outbox: &dyn Outbox, waiting: &[ToDeliver]) -> Result<(), OutboxError> {
        for receipt in waiting.iter().filter(|receipt| !receipt.detail.is_empty()) {
            let before = detail(receipt);
            let way = before.way.clone().after_a_start(outbox.now_ms(), self.ims.pace().settle_ms);
            keep(outbox, receipt, Kept::UnderWay, &Detail { way, ..before })?;
        }
        Ok(())
    }

    async fn deliver(&self, outbox: &dyn Outbox, receipt: &ToDeliver) -> Result<Step, OutboxError> {
        let before = detail(receipt);
        let Some(outgoing) = OutgoingReceipt::from_entry(&receipt.entry, receipt.taken_at) else {
            return Err(OutboxError("a receipt's entry has no receipt".into()));
        };
        if receipt.detail.is_empty() {
            keep(outbox, receipt, Kept::UnderWay, &before)?;
        }
        outbox.sending(receipt.seq);
        let clock = || outbox.now_ms();
        let Attempt { delivery, state: way } = self.ims.deliver(&outgoing, before.way.clone(), &clock).await;
        let so_far = Detail { way, ..before };
        match delivery {
            Delivery::Delivered { references } => {
                keep(outbox, receipt, Kept::Delivered, &Detail { references, ..so_far })?;
                Ok(Step::More)
            }
            Delivery::InDoubt { until_ms, trouble } => {
                tracing::warn!(seq = receipt.seq, until_ms, %trouble, "a receipt is in doubt");
                keep(outbox, receipt, Kept::UnderWay, &so_far)?;
                Ok(Step::More)
            }
            Delivery::Unreachable { trouble } => {
                keep(outbox, receipt, Kept::UnderWay, &so_far)?;
                tracing::info!(%trouble, "not sent");
                Ok(Step::Down(trouble.into()))
            }
            Delivery::Quarantined { fault } => {
                tracing::error!(seq = receipt.seq, "a receipt can't be delivered as it is");
                let words = fault.to_string();
                let fault = serde_json::to_value(&fault).ok();
                keep(outbox, receipt, Kept::Quarantined, &Detail { fault, words, ..so_far })?;
                Ok(Step::More)
            }
        }
    }

    async fn ask(&self) -> Result<Step, OutboxError> {
        Ok(match self.ims.is_there().await {
            Ok(()) => Step::Idle,
            Err(trouble) => {
                tracing::info!(%trouble, "the IMS doesn't answer");
                Step::Down(trouble.into())
            }
        })
    }
}

/// What was kept of a receipt's way; of one that was never tried, nothing.
pub fn detail(receipt: &ToDeliver) -> Detail {
    serde_json::from_str(&receipt.detail).unwrap_or_default()
}

fn keep(outbox: &dyn Outbox, receipt: &ToDeliver, kept: Kept, detail: &Detail) -> Result<(), OutboxError> {
    outbox.keep_delivery(receipt, kept, &serde_json::to_string(detail).map_err(|error| OutboxError(error.to_string()))?)
}
