//! Two journals of one till held against each other: up to where they are the same, and what one of them has after that.

use crate::error::StoreError;
use crate::migrations;
use crate::reading::Reading;
use counterfoil_domain::Pence;

/// The first schema that knows of ledgers that take receipts one by one.
const WITH_DELIVERIES: u32 = 2;

/// What a journal has after one of its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// Entries.
    pub entries: u64,
    /// Receipts among them.
    pub receipts: u64,
    /// What these receipts come to.
    pub value: Pence,
    /// How many of these receipts a ledger has, as far as this store knows.
    pub delivered: u64,
}

impl Reading<'_> {
    /// The last entry up to which this journal and another of the same till are the same; 0 for none. An entry's hash stands for all
    /// before it.
    pub fn same_up_to(&self, other: &Reading<'_>) -> Result<u64, StoreError> {
        let (mut same, mut most) = (0, self.head()?.seq.min(other.head()?.seq));
        while same < most {
            let middle = most - (most - same) / 2;
            let hash = self.hash_at(middle)?;
            if hash.is_some() && hash == other.hash_at(middle)? {
                same = middle;
            } else {
                most = middle - 1;
            }
        }
        Ok(same)
    }

    /// What is in this journal after an entry.
    pub fn beyond(&self, seq: u64) -> Result<Beyond, StoreError> {
        let sql = "SELECT count(*), coalesce(sum(total_pence), 0) FROM receipts WHERE seq > ?1";
        let (receipts, value) = self.0.prepare_cached(sql)?.query_row([seq], |row| Ok((row.get(0)?, Pence(row.get(1)?))))?;
        Ok(Beyond { entries: self.head()?.seq.saturating_sub(seq), receipts, value, delivered: self.delivered_beyond(seq)? })
    }

    fn delivered_beyond(&self, seq: u64) -> Result<u64, StoreError> {
        if migrations::version(self.0)? < WITH_DELIVERIES {
            return Ok(0);
        }
        let sql = "SELECT count(*) FROM receipts r LEFT JOIN deliveries d USING (seq)
                   WHERE r.seq > ?1 AND r.seq <= ?2 AND coalesce(d.state, 1) = 1";
        Ok(self.0.prepare_cached(sql)?.query_row((seq, self.acknowledged()?.seq), |row| row.get(0))?)
    }
}
