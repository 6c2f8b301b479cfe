//! The till as the pump sees it.

use super::reference;
use crate::api::Changed;
use crate::error::TillError;
use crate::till::Core;
use counterfoil_domain::entry::Entry;
use counterfoil_ledger_client::outbox::{Alarm, Kept, OutgoingEntry, Standing, ToDeliver};
use counterfoil_ledger_client::{Outbox, OutboxError};
use counterfoil_store::{DeliveryRow, DeliveryState, LedgerNote, StoreError};
use counterfoil_wire::Hash;
use counterfoil_wire::entries::{SessionTotals, TillState};
use counterfoil_wire::reference::ExtractOffer;
use counterfoil_wire::signing::SignedHead;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The till as the pump sees it.
pub(super) struct TillOutbox(pub Arc<Core>);

fn own(error: impl Into<TillError>) -> OutboxError {
    let error = error.into();
    OutboxError(format!("{}: {}", error.code, error.detail))
}

fn unreadable(error: serde_json::Error) -> OutboxError {
    OutboxError(error.to_string())
}

impl TillOutbox {
    fn note(&self, which: LedgerNote) -> Result<Option<String>, OutboxError> {
        self.0.store.read(|reading| reading.ledger_note(which)).map_err(own)
    }
}

/// How sending stands from now on.
pub(super) fn stands(core: &Core, standing: Standing) {
    let mut now = core.ledger.now();
    if now.standing == standing {
        return;
    }
    now.down_since_ms = match &standing {
        Standing::Down(_) => now.down_since_ms.or_else(|| Some(core.surroundings.now_ms())),
        _ => None,
    };
    now.standing = standing;
    drop(now);
    core.tell(&[Changed::Ledger]);
}

impl Outbox for TillOutbox {
    fn now_ms(&self) -> i64 {
        self.0.surroundings.now_ms()
    }

    fn chance(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0.surroundings.random();
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    fn between_customers(&self) {
        reference::settle(&self.0);
    }

    fn acknowledged(&self) -> Result<u64, OutboxError> {
        Ok(self.0.store.read(|reading| reading.acknowledged()).map_err(own)?.seq)
    }

    fn head_seq(&self) -> Result<u64, OutboxError> {
        Ok(self.0.store.head().map_err(own)?.seq)
    }

    fn entries(&self, after: u64, most: usize, most_bytes: usize) -> Result<Vec<OutgoingEntry>, OutboxError> {
        let entries = self.0.store.read(|reading| reading.outgoing(after, most, most_bytes)).map_err(own)?;
        Ok(entries.into_iter().map(|entry| OutgoingEntry { seq: entry.seq, hash: entry.hash, body: entry.body }).collect())
    }

    fn sending(&self, up_to: u64) {
        self.0.ledger.sent_seq.fetch_max(up_to, Ordering::Relaxed);
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, OutboxError> {
        self.0.store.read(|reading| reading.hash_at(seq)).map_err(own)
    }

    fn state(&self) -> Result<TillState, OutboxError> {
        let has_extract = self.0.extract().is_some();
        let answer = self.0.store.read(|reading| {
            let (unsent_receipts, unsent_pence) = reading.unsent()?;
            Ok::<_, StoreError>(TillState {
                program_version: env!("CARGO_PKG_VERSION").to_owned(),
                unsent_receipts,
                unsent_pence,
                open_session: reading.open_session()?.map(|row| row.number),
                pack_sha256: reading.pack_sha256()?,
                // One whose file isn't here, after a lost till's journal was brought here, is to come down again.
                extract_version: reading.extract()?.filter(|_| has_extract).and_then(|now| now.ledger_version),
            })
        });
        answer.map_err(own)
    }

    fn acknowledge(&self, seq: u64, head: &SignedHead) -> Result<(), OutboxError> {
        let text = serde_json::to_string(head).map_err(unreadable)?;
        self.0.store.acknowledge(seq, Some(&text)).map_err(own)?;
        self.0.tell(&[Changed::Ledger]);
        Ok(())
    }

    fn compare(&self, totals: &SessionTotals) -> Result<(), OutboxError> {
        let (mops, funds) = self.0.store.read(|reading| reading.ledger_totals(totals.session, totals.up_to_seq)).map_err(own)?;
        let differs = mops != totals.mops || funds != totals.funds;
        // Another session's difference stays: it isn't compared again.
        let news = match differs {
            true => self.0.ledger.now().differ.insert(totals.session),
            false => self.0.ledger.now().differ.remove(&totals.session),
        };
        if news {
            tracing::error!(session = totals.session, differs, "the ledger's totals of a session");
            self.0.tell(&[Changed::Ledger]);
        }
        Ok(())
    }

    fn to_deliver(&self, most: u64) -> Result<Vec<ToDeliver>, OutboxError> {
        let core = &self.0;
        let found = core.store.read(|reading| {
            let rows = reading.to_deliver(most)?.into_iter();
            rows.map(|row| Ok((reading.entry(row.seq)?, row))).collect::<Result<Vec<_>, StoreError>>()
        });
        let with_entry = |(entry, row): (Option<Entry>, DeliveryRow)| {
            let entry = entry.ok_or_else(|| OutboxError("a receipt's entry is missing".into()))?;
            let taken_at = core.local(entry.at_ms);
            Ok(ToDeliver { seq: row.seq, serial: row.serial, taken_at, detail: row.detail, entry })
        };
        found.map_err(own)?.into_iter().map(with_entry).collect()
    }

    fn keep_delivery(&self, receipt: &ToDeliver, kept: Kept, detail: &str) -> Result<(), OutboxError> {
        let state = match kept {
            Kept::UnderWay => DeliveryState::UnderWay,
            Kept::Delivered => DeliveryState::Delivered,
            Kept::Quarantined => DeliveryState::Quarantined,
        };
        let row = DeliveryRow { seq: receipt.seq, serial: receipt.serial, state, detail: detail.to_owned() };
        self.0.store.keep_delivery(&row).map_err(own)?;
        self.0.tell(&[Changed::Ledger]);
        Ok(())
    }

    fn alarm(&self) -> Result<Option<Alarm>, OutboxError> {
        self.note(LedgerNote::Alarm)?.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)
    }

    fn raise(&self, alarm: &Alarm) -> Result<(), OutboxError> {
        let text = serde_json::to_string(alarm).map_err(unreadable)?;
        self.0.store.keep_ledger_note(LedgerNote::Alarm, Some(&text)).map_err(own)?;
        self.0.tell(&[Changed::Ledger]);
        Ok(())
    }

    fn stands(&self, standing: Standing) {
        stands(&self.0, standing);
    }

    fn arrivals(&self) -> PathBuf {
        self.0.store.folder().join("arriving")
    }

    fn refuses(&self, offer: &str) -> bool {
        let now = self.0.ledger.now();
        now.refused.iter().any(|refused| refused == offer) || !now.waiting.is_empty()
    }

    fn pack_arrived(&self, bundle: &[u8]) -> Result<(), OutboxError> {
        reference::pack_arrived(&self.0, bundle).map_err(own)
    }

    fn changes_arrived(&self, since: u64, offer: &ExtractOffer, file: &Path) -> Result<bool, OutboxError> {
        reference::changes_arrived(&self.0, since, offer, file).map_err(own)
    }

    fn extract_arrived(&self, version: u64, file: &Path) -> Result<(), OutboxError> {
        reference::extract_arrived(&self.0, version, file).map_err(own)
    }
}
