//! A batch held against the journal that the ledger has: which entries are new, which were here before, which don't fit.

use super::read::{Kept, read_entry};
use counterfoil_wire::entries::{BatchHeader, EntryStatus, Status};
use counterfoil_wire::{Hash, Head};
use std::collections::HashSet;
use uuid::Uuid;

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

/// What became of a batch as far as it has been looked at.
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

/// A batch on its way through the chain, some entries at a time: so the database takes in the first while the next are read.
#[derive(Debug)]
pub struct Chaining<'a> {
    /// What is known so far.
    pub chained: Chained<'a>,
    till_id: &'a str,
    held: Vec<Hash>,
    header: &'a BatchHeader,
    bodies: &'a [&'a [u8]],
    /// The end of what has been looked at.
    at: Head,
    ids: HashSet<Uuid>,
    is_over: bool,
}

impl<'a> Chaining<'a> {
    /// Holds a batch against the journal's end and the hashes that the ledger has where the two overlap: `held[0]` is the hash at
    /// the number before the batch's first, as far as there is one.
    pub fn begin(till_id: &'a str, head: Head, held: Vec<Hash>, header: &'a BatchHeader, bodies: &'a [&'a [u8]]) -> Chaining<'a> {
        let (at, ids) = (header.before(), HashSet::with_capacity(bodies.len()));
        let mut chaining = Chaining { chained: Chained::default(), till_id, held, header, bodies, at, ids, is_over: false };
        if header.before().seq > head.seq {
            chaining.rest(0, Status::Gap);
        } else if chaining.held.first().is_none_or(|before| *before != header.prev_hash) {
            chaining.conflicts(0);
        }
        chaining
    }

    /// Goes on by so many entries at most. False when nothing is left to be looked at.
    pub fn go_on(&mut self, most: usize) -> bool {
        for _ in 0..most {
            let index = self.chained.statuses.len();
            if self.is_over || index == self.bodies.len() {
                return false;
            }
            self.look_at(index, self.bodies[index]);
        }
        true
    }

    fn look_at(&mut self, index: usize, body: &'a [u8]) {
        let at = self.at.after(self.till_id, body);
        self.at = at;
        match self.held.get(index + 1) {
            Some(here) if *here == at.hash => return self.chained.is_there(at),
            Some(_) => return self.conflicts(index),
            None => {}
        }
        match read_entry(body) {
            Ok(kept) if self.ids.insert(kept.id) => self.chained.create(at, body, kept),
            Ok(_) => self.conflicts(index),
            Err(reason) => {
                self.chained.refuse(at.seq, reason);
                self.rest(index + 1, Status::Gap);
            }
        }
    }

    /// Nothing after an entry that doesn't fit can fit either.
    fn conflicts(&mut self, from: usize) {
        self.chained.conflict = Some(self.header.first_seq + from as u64);
        self.rest(from, Status::Conflict);
    }

    fn rest(&mut self, from: usize, status: Status) {
        self.is_over = true;
        for index in from..self.bodies.len() {
            let hash = self.held.get(index + 1).copied().filter(|_| status == Status::Conflict);
            self.chained.statuses.push(EntryStatus { seq: self.header.first_seq + index as u64, status, hash, reason: None });
        }
    }
}

impl<'a> Chained<'a> {
    fn is_there(&mut self, at: Head) {
        self.statuses.push(EntryStatus { seq: at.seq, status: Status::Exists, hash: Some(at.hash), reason: None });
    }

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
}
