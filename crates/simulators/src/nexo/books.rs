//! What a terminal remembers: what customers were charged, and what it answered.

use super::manner::Kind;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a customer was charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Charge {
    /// The till that asked.
    pub sale_id: String,
    /// The id of the exchange.
    pub service_id: String,
    /// The till's own id of the payment.
    pub transaction_id: String,
    /// The terminal's own reference.
    pub reference: String,
    /// How much.
    pub amount_pence: i64,
    /// What of it was given back since.
    pub reversed_pence: i64,
}

/// The id of an exchange: the till and its service id.
pub(super) type Exchange = (String, String);

/// An answer by its kind's name, or that there is none yet.
#[derive(Clone, Debug)]
pub(super) enum Remembered {
    AtWork,
    Answered(&'static str, Value),
}

#[derive(Default)]
pub(super) struct Books {
    pub charges: Vec<Charge>,
    pub heard: BTreeMap<Kind, u32>,
    pub reversals: u32,
    pub exchanges: BTreeMap<Exchange, Remembered>,
    pub aborted: BTreeSet<Exchange>,
    seen: BTreeSet<Exchange>,
}

impl Books {
    /// False when that id was used within two days.
    pub fn is_new(&mut self, exchange: &Exchange) -> bool {
        self.seen.insert(exchange.clone())
    }

    pub fn forget_ids(&mut self) {
        self.seen.clear();
        self.exchanges.clear();
    }

    /// Gives back so much of the charge with that reference.
    pub fn reverse(&mut self, reference: &str, amount_pence: i64) -> bool {
        let found = self.charges.iter_mut().find(|charge| charge.reference == reference);
        let Some(charge) = found.filter(|charge| charge.reversed_pence + amount_pence <= charge.amount_pence) else { return false };
        charge.reversed_pence += amount_pence;
        self.reversals += 1;
        true
    }
}
