//! A till that has taken receipts for years, made in a minute.
//!
//! The journal's entries are written straight into the file, without waiting for the disk, chained as the store chains them; what
//! follows from them is worked out by the store's own rebuild, and the store's own check of the chain says whether it holds.

use crate::Outcome;
use crate::figures::timed;
use crate::past::each_entry;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::receipt::{Receipt, receipt_number};
use counterfoil_store::{Opening, Store, uuid_bytes};
use counterfoil_till::surroundings::{Machine, Surroundings};
use rusqlite::Connection;
use std::path::Path;

/// A busy counter's day.
pub const RECEIPTS_A_DAY: u64 = 500;

/// A receipt as it was taken at another till of the same name, to make more of.
pub struct Template {
    pub entry: Entry,
    /// The pattern of its numbers.
    pub number: String,
    /// What is paid on, each in its turn: one account with all of the payments would be no counter's.
    pub references: Vec<String>,
}

impl Template {
    /// A receipt of its own, with this place in the series.
    pub fn receipt(&self, serial: u64) -> Outcome<Entry> {
        let mut entry = Entry { id: Machine.new_id(), ..self.entry.clone() };
        if let Fact::ReceiptTaken { receipt, .. } = &mut entry.fact {
            receipt.serial = serial;
            receipt.number = self.number_of(receipt, serial)?;
            if let Some(line) = receipt.lines.first_mut() {
                self.reference(serial).clone_into(&mut line.reference);
            }
        }
        Ok(entry)
    }

    /// The number that a receipt of this till has at this place in the series.
    pub fn number_of(&self, receipt: &Receipt, serial: u64) -> Outcome<String> {
        Ok(receipt_number(&self.number, &receipt.office_code, &receipt.till_code, serial)?)
    }

    /// The reference whose turn it is with this receipt.
    pub fn reference(&self, serial: u64) -> &str {
        let turn = usize::try_from(serial).unwrap_or_default().checked_rem(self.references.len());
        turn.and_then(|turn| self.references.get(turn)).map_or("", String::as_str)
    }

    /// How long such an entry is in the journal.
    pub fn length(&self) -> Outcome<usize> {
        Ok(serde_json::to_vec(&self.entry)?.len())
    }
}

/// Gives a till that has no receipt yet as many as `receipts`.
pub fn fill(folder: &Path, receipts: u64, template: &Template) -> Outcome {
    eprintln!("making {receipts} receipts");
    let (took, outcome) = timed(|| write_journal(folder, receipts, template).and_then(|()| work_out(folder)));
    eprintln!("made in {took:.0?}");
    outcome
}

fn write_journal(folder: &Path, receipts: u64, template: &Template) -> Outcome {
    let opening = Opening { folder: folder.to_owned() };
    let file = opening.file();
    let store = Store::open(opening, "bench")?;
    let (mut head, till_id) = (store.head()?, store.till_id().to_owned());
    drop(store);
    let mut connection = Connection::open(file)?;
    connection.pragma_update(None, "synchronous", "off")?;
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare("INSERT INTO journal (seq, id, body, prev_hash, hash) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        each_entry(template, receipts, &mut |entry| {
            let body = serde_json::to_vec(entry)?;
            let after = head.after(&till_id, &body);
            insert.execute((after.seq, uuid_bytes(&entry.id), body, head.hash.0, after.hash.0))?;
            head = after;
            Ok(())
        })?;
    }
    Ok(transaction.commit()?)
}

fn work_out(folder: &Path) -> Outcome {
    let store = Store::open(Opening { folder: folder.to_owned() }, "bench")?;
    store.rebuild()?;
    store.verify()?;
    Ok(())
}
