//! The IMS's memory: what it has stored, what it will still store, what it knows, and what it was asked.

use super::Behaviour;
use super::faults::{Call, Fault, Faults};
use super::tables::Tables;
use super::transaction::{Criteria, NotTaken, Transaction};
use chrono::DateTime;
use std::collections::BTreeMap;

/// How often something was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Transactions posted, stored or not.
    pub posts: u64,
    /// Searches.
    pub searches: u64,
    /// Everything else.
    pub others: u64,
    /// Requests that weren't let in.
    pub not_let_in: u64,
    /// Faults dealt, by name.
    pub faults: BTreeMap<&'static str, u64>,
}

/// The whole memory.
#[derive(Debug)]
pub(super) struct Books {
    pub tables: Tables,
    pub behaviour: Behaviour,
    pub faults: Faults,
    pub counters: Counters,
    pub rows: Vec<Transaction>,
    /// By payment reference, as an index of the database would have it.
    by_psp: BTreeMap<String, Vec<usize>>,
    late: Vec<(i64, Transaction)>,
    clock_ms: i64,
}

impl Books {
    pub fn new(tables: Tables, behaviour: Behaviour) -> Books {
        Books {
            tables,
            behaviour,
            faults: Faults::default(),
            counters: Counters::default(),
            rows: Vec::new(),
            by_psp: BTreeMap::new(),
            late: Vec::new(),
            clock_ms: 0,
        }
    }

    /// Counts the request and says what becomes of it.
    pub fn asked(&mut self, call: Call) -> Option<Fault> {
        match call {
            Call::Post => self.counters.posts += 1,
            Call::Search => self.counters.searches += 1,
            Call::Other => self.counters.others += 1,
        }
        self.faults.next(call)
    }

    /// Moves the IMS's clock on; what was to be stored by now is.
    pub fn set_clock(&mut self, clock_ms: i64) {
        self.clock_ms = clock_ms;
        let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.late).into_iter().partition(|(at, _)| *at <= clock_ms);
        self.late = later;
        for (_, transaction) in due {
            self.store(transaction);
        }
    }

    pub fn read(&self, body: &[u8]) -> Result<Transaction, NotTaken> {
        Transaction::read(body, &self.tables)
    }

    /// Stores it: it gets its references and the date of now. The same again is another one.
    pub fn store(&mut self, mut transaction: Transaction) -> Transaction {
        let place = self.rows.len();
        transaction.reference = format!("{:013}", place + 1);
        transaction.internal_reference = transaction.reference.clone();
        transaction.entry_date = DateTime::from_timestamp_millis(self.clock_ms).map(|at| at.naive_utc()).unwrap_or_default();
        let psp_reference = transaction.psp_reference.clone().unwrap_or_default();
        self.by_psp.entry(psp_reference).or_default().push(place);
        self.rows.push(transaction.clone());
        transaction
    }

    pub fn store_late(&mut self, transaction: Transaction, after_ms: i64) {
        self.late.push((self.clock_ms.saturating_add(after_ms), transaction));
    }

    pub fn still_to_be_stored(&self) -> usize {
        self.late.len()
    }

    pub fn of_payment(&self, psp_reference: &str) -> Vec<&Transaction> {
        self.by_psp.get(psp_reference).into_iter().flatten().map(|place| &self.rows[*place]).collect()
    }

    /// What matches, newest first; none when the criteria can't be read.
    pub fn search(&self, pairs: Vec<(String, String)>) -> Option<Vec<&Transaction>> {
        let payment = pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case("ReceiptNumber")).map(|(_, value)| value.trim().to_owned());
        let mut criteria = Criteria::new(pairs);
        if self.behaviour.ignores_psp_reference {
            criteria = criteria.without("pspreference");
        }
        let candidates = match payment {
            Some(payment) if !payment.is_empty() => self.of_payment(&payment),
            _ => self.rows.iter().collect(),
        };
        let mut found = Vec::new();
        for row in candidates.into_iter().rev() {
            if criteria.matches(row)? {
                found.push(row);
            }
        }
        found.truncate(self.behaviour.first_rows_only.unwrap_or(usize::MAX));
        Some(found)
    }
}
