//! A store built from a journal that is brought from elsewhere: the same bytes, the same chain, the same projections.

use crate::connection::{self, Opening};
use crate::error::StoreError;
use crate::store::Store;
use crate::{journal, migrations, projections, uuid_bytes};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_wire::Head;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeSet;

/// Pages of the log after which it is moved into the file: nobody waits for a checkpoint here.
const PAGES_A_CHECKPOINT: u32 = 2_000;

/// A store that is being built, in a folder where none is.
pub struct Restoring {
    connection: Connection,
    till_id: String,
    head: Head,
    packs: BTreeSet<String>,
    given_secrets: BTreeSet<String>,
}

impl Restoring {
    /// Begins a store for the journal of this till.
    ///
    /// # Errors
    /// A store is there already ([`StoreError::InUse`]); the folder can't be written.
    pub fn begin(place: &Opening, till_id: &str) -> Result<Restoring, StoreError> {
        let file = place.file();
        if file.exists() {
            return Err(StoreError::InUse);
        }
        std::fs::create_dir_all(&place.folder).map_err(|source| StoreError::File { path: place.folder.clone(), source })?;
        let mut connection = connection::writer(&file)?;
        migrations::migrate(&mut connection, &file, migrations::ALL, &mut |_| {})?;
        connection.pragma_update(None, "wal_autocheckpoint", PAGES_A_CHECKPOINT)?;
        connection.execute("INSERT INTO meta (name, value) VALUES ('till_id', ?1)", [till_id])?;
        let (packs, given_secrets) = (BTreeSet::new(), BTreeSet::new());
        Ok(Restoring { connection, till_id: till_id.to_owned(), head: Head::EMPTY, packs, given_secrets })
    }

    /// Appends the next entries: their exact bytes, and what follows from them.
    ///
    /// # Errors
    /// [`StoreError::ChainBroken`] names one that this program can't read; the store's own.
    pub fn append(&mut self, bodies: &[Vec<u8>]) -> Result<Head, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut head = self.head;
        for body in bodies {
            let unreadable = StoreError::ChainBroken { seq: head.seq + 1, reason: "this program can't read it" };
            let Ok(entry) = serde_json::from_slice::<Entry>(body) else { return Err(unreadable) };
            let Some(id) = uuid_bytes(&entry.id) else { return Err(unreadable) };
            head = journal::append(&transaction, &self.till_id, head, &id, body)?;
            projections::apply(&transaction, head.seq, &entry)?;
            match entry.fact {
                Fact::PackApplied { sha256, .. } => self.packs.insert(sha256),
                Fact::SecretReset { user_code, .. } => self.given_secrets.insert(user_code),
                _ => false,
            };
        }
        transaction.commit()?;
        self.head = head;
        Ok(head)
    }

    /// The hashes of the packs that the journal names, in hexadecimal.
    pub fn packs(&self) -> &BTreeSet<String> {
        &self.packs
    }

    /// Who was given a secret at the lost till. Its hash was there and nowhere else.
    pub fn given_secrets(&self) -> &BTreeSet<String> {
        &self.given_secrets
    }

    /// Keeps a pack's files.
    ///
    /// # Errors
    /// The store's own.
    pub fn keep_pack(&self, sha256: &str, bundle: &[u8]) -> Result<(), StoreError> {
        self.connection.execute("INSERT OR REPLACE INTO packs (sha256, bundle) VALUES (?1, ?2)", (sha256, bundle))?;
        Ok(())
    }

    /// Moves a store that was built, and is closed again, to where a till opens it.
    ///
    /// # Errors
    /// A store is there already, or the one that was built isn't closed ([`StoreError::InUse`]); a file that can't be moved.
    pub fn put_in_place(built: &Opening, place: &Opening) -> Result<(), StoreError> {
        let (from, to) = (built.file(), place.file());
        let has_log = std::fs::metadata(built.folder.join("till.db-wal")).is_ok_and(|log| log.len() > 0);
        if has_log || to.exists() {
            return Err(StoreError::InUse);
        }
        std::fs::rename(&from, &to).map_err(|source| StoreError::File { path: to, source })?;
        connection::sync_folder(&place.folder)
    }
}

impl Store {
    /// Nobody signs in as this person until a supervisor has given them a new secret: no secret has this hash.
    ///
    /// # Errors
    /// The store's own.
    pub fn shut_out(&self, user_code: &str) -> Result<(), StoreError> {
        self.writer().execute("INSERT OR REPLACE INTO secrets (user_code, hash) VALUES (?1, '')", [user_code])?;
        Ok(())
    }
}
