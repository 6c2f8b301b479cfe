//! A batch held against the journal that the ledger has: which entries are new, which were here before, which don't fit.

use super::read::{Kept, read_entry};
use counterfoil_wire::entries::{BatchHeader, EntryStatus, Status};
use counterfoil_wire::{Hash, Head};
use std::collections::HashSet;

/// A new entry.
#[derive(Debug)]
pub struct New<'a> {
    /// Its number.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// Its exact bytes.
    pub body: &'a [u8],
    /// What is kept of it.
    pub kept: Kept,
}

/// What became of a batch, before anything is written.
#[derive(Debug, Default)]
pub struct Chained<'a> {
    /// One for each entry of the batch.
    pub statuses: Vec<EntryStatus>,
    /// To be appended, in order.
    pub new: Vec<New<'a>>,
    /// The first entry that doesn't fit.
    pub conflict: Option<u64>,
    /// The entry that isn't one, and why.
    pub refused: Option<(u64, &'static str)>,
}

/// Holds a batch against the journal's end and the hashes that the ledger has where the two overlap: `held[0]` is the hash at
/// the number before the batch's first, as far as there is one.
pub fn chain<'a>(till_id: &str, head: Head, held: &[Hash], header: &BatchHeader, bodies: &[&'a [u8]]) -> Chained<'a> {
    let mut chained = Chained::default();
    if header.before().seq > head.seq {
        chained.rest(header.first_seq, bodies.len(), Status::Gap);
        return chained;
    }
    let starts_right = held.first().is_some_and(|before| *before == header.prev_hash);
    if bodies.is_empty() && !starts_right {
        chained.conflict = Some(header.first_seq);
    }
    let mut at = header.before();
    let mut ids = HashSet::new();
    for (index, body) in bodies.iter().enumerate() {
        at = at.after(till_id, body);
        let here = held.get(index + 1);
        if !starts_right || here.is_some_and(|here| *here != at.hash) {
            chained.conflicts(header, held, index, bodies.len());
            break;
        }
        if here.is_some() {
            chained.statuses.push(EntryStatus { seq: at.seq, status: Status::Exists, hash: Some(at.hash), reason: None });
            continue;
        }
        match read_entry(body) {
            Ok(kept) if ids.insert(kept.id) => chained.create(at, body, kept),
            Ok(_) => {
                chained.conflicts(header, held, index, bodies.len());
                break;
            }
            Err(reason) => {
                chained.refuse(at.seq, reason);
                chained.rest(at.seq + 1, bodies.len() - index - 1, Status::Gap);
                break;
            }
        }
    }
    chained
}

impl<'a> Chained<'a> {
    fn create(&mut self, at: Head, body: &'a [u8], kept: Kept) {
        self.statuses.push(EntryStatus { seq: at.seq, status: Status::Created, hash: Some(at.hash), reason: None });
        self.new.push(New { seq: at.seq, hash: at.hash, body, kept });
    }

    fn refuse(&mut self, seq: u64, reason: &'static str) {
        self.refused = Some((seq, reason));
        self.statuses.push(EntryStatus { seq, status: Status::Refused, hash: None, reason: Some(reason.to_owned()) });
    }

    /// What is new from this entry on isn't: its id was there before, with other bytes.
    pub fn stop_at(&mut self, seq: u64) {
        self.new.retain(|new| new.seq < seq);
        for status in self.statuses.iter_mut().filter(|status| status.seq >= seq) {
            *status = EntryStatus { seq: status.seq, status: Status::Conflict, hash: None, reason: None };
        }
        self.conflict = Some(seq);
    }

    /// Nothing after an entry that doesn't fit can fit either.
    fn conflicts(&mut self, header: &BatchHeader, held: &[Hash], from: usize, until: usize) {
        self.conflict = Some(header.first_seq + from as u64);
        for index in from..until {
            let hash = held.get(index + 1).copied();
            self.statuses.push(EntryStatus { seq: header.first_seq + index as u64, status: Status::Conflict, hash, reason: None });
        }
    }

    fn rest(&mut self, first_seq: u64, count: usize, status: Status) {
        let statuses = (first_seq..).take(count).map(|seq| EntryStatus { seq, status, hash: None, reason: None });
        self.statuses.extend(statuses);
    }
}
