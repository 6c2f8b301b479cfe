//! The store: one way to write, any number of readers.

use crate::connection::{self, Opening};
use crate::damage;
use crate::error::StoreError;
use crate::journal::{self, Verified};
use crate::lock::TillLock;
use crate::migrations;
use crate::print_jobs::{self, Job, PrintJob};
use crate::projections::{self, Difference};
use crate::reading::Reading;
use crate::replacing::finish_replacing;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_wire::Head;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;

/// Commits between two checkpoints: the log stays below ten megabytes.
const COMMITS_A_CHECKPOINT: u64 = 256;

/// What [`Store::commit`]'s `decide` answers.
pub enum Decision {
    /// Write this entry, with this print job.
    Write(Box<Entry>, Option<Job>),
    /// It is there already: write nothing.
    Already(u64, Box<Entry>),
}

/// What a commit did.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The entry's place in the journal.
    pub seq: u64,
    /// The entry.
    pub entry: Entry,
    /// It was there already, with the same content.
    pub again: bool,
}

/// The till's store, held for as long as the program runs.
///
/// One connection writes, behind one lock: no second thread stands between a payment and the disk. Readers have their own
/// connections in WAL mode; checkpoints are made by a thread of their own.
pub struct Store {
    file: PathBuf,
    reader: fn(&Path) -> Result<Connection, StoreError>,
    till_id: String,
    writer: Arc<Mutex<Connection>>,
    readers: Mutex<Vec<Connection>>,
    commits: AtomicU64,
    told: RwLock<Vec<Box<dyn Fn() + Send + Sync>>>,
    checkpoints: Option<SyncSender<()>>,
    checkpointer: Option<JoinHandle<()>>,
    _lock: Option<TillLock>,
}

impl Store {
    /// Opens the store of a data folder, made fresh if there is none. `fresh_till_id` names a store made now; one that exists
    /// keeps the id that it has.
    ///
    /// # Errors
    /// The folder in use, not writable or full; a later version's file; a damaged file; a pragma that didn't take.
    pub fn open(opening: Opening, fresh_till_id: &str) -> Result<Store, StoreError> {
        let lock = TillLock::take(&opening.folder)?;
        let file = opening.file();
        finish_replacing(&opening)?;
        damage::examine(&file)?;
        let mut writer = connection::writer(&file)?;
        migrations::migrate(&mut writer, &file, migrations::ALL, &mut |_| {})?;
        writer.execute("INSERT OR IGNORE INTO meta (name, value) VALUES ('till_id', ?1)", [fresh_till_id])?;
        let till_id = journal::till_id(&writer)?;
        let writer = Arc::new(Mutex::new(writer));
        let (checkpoints, wishes) = sync_channel(1);
        let (own, payments) = (connection::checkpointer(&file)?, Arc::clone(&writer));
        let checkpointer = std::thread::Builder::new()
            .name("checkpointer".into())
            .spawn(move || checkpoint_on_wish(&own, &payments, &wishes))
            .map_err(|source| StoreError::File { path: file.clone(), source })?;
        Ok(Store {
            file,
            reader: connection::reader,
            till_id,
            writer,
            readers: Mutex::new(Vec::new()),
            commits: AtomicU64::new(0),
            told: RwLock::default(),
            checkpoints: Some(checkpoints),
            checkpointer: Some(checkpointer),
            _lock: Some(lock),
        })
    }

    /// A store's file for reading only, whoever uses it and whatever is wrong with it: nothing is changed, and what can't be read
    /// says so when it is asked for.
    ///
    /// # Errors
    /// No such file; a later version's; a file that is no store.
    pub fn read_only(file: &Path) -> Result<Store, StoreError> {
        std::fs::metadata(file).map_err(|source| StoreError::File { path: file.to_owned(), source })?;
        let reader = connection::salvager(file)?;
        if migrations::refuse_newer(&reader, migrations::LATEST)? == 0 {
            return Err(StoreError::Damaged("nothing in it can be read".into()));
        }
        Ok(Store {
            file: file.to_owned(),
            reader: connection::salvager,
            till_id: journal::till_id(&reader).map_err(damage::told_as_damage)?,
            writer: Arc::new(Mutex::new(reader)),
            readers: Mutex::new(Vec::new()),
            commits: AtomicU64::new(0),
            told: RwLock::default(),
            checkpoints: None,
            checkpointer: None,
            _lock: None,
        })
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }

    /// The id that this till's chain is bound to.
    pub fn till_id(&self) -> &str {
        &self.till_id
    }

    /// Has `tell` called after each commit as well, by the thread that committed: it must do next to nothing.
    pub fn after_commits(&self, tell: impl Fn() + Send + Sync + 'static) {
        self.told.write().unwrap_or_else(PoisonError::into_inner).push(Box::new(tell));
    }

    fn tell(&self) {
        for tell in self.told.read().unwrap_or_else(PoisonError::into_inner).iter() {
            tell();
        }
    }

    /// Writes one entry: its bytes, its projections and its print job, in one transaction. `decide` looks at the store as it is
    /// at that moment and answers the entry, so that numbers are given out under the lock.
    ///
    /// An entry whose id is in the journal already is [`StoreError::IdTaken`]; `decide` can look for it first and answer
    /// [`Decision::Already`].
    ///
    /// # Errors
    /// Whatever `decide` refuses; the store's own. After an error nothing was written, except [`StoreError::InDoubt`].
    pub fn commit<E: From<StoreError>>(&self, decide: impl FnOnce(&Reading<'_>) -> Result<Decision, E>) -> Result<Committed, E> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let (entry, job) = match decide(&Reading(&transaction))? {
            Decision::Write(entry, job) => (*entry, job),
            Decision::Already(seq, entry) => return Ok(Committed { seq, entry: *entry, again: true }),
        };
        let (seq, id) = self.append(&transaction, &entry, job)?;
        if let Err(error) = transaction.commit() {
            self.settle_doubt(&writer, &id, error)?;
        }
        drop(writer);
        self.wish_checkpoint();
        self.tell();
        Ok(Committed { seq, entry, again: false })
    }

    /// The entry, what follows from it and its print job, inside the caller's transaction.
    fn append(&self, transaction: &Connection, entry: &Entry, job: Option<Job>) -> Result<(u64, [u8; 16]), StoreError> {
        let id = uuid_bytes(&entry.id).ok_or(StoreError::IdTaken)?;
        let body = serde_json::to_vec(entry)?;
        let head = journal::append(transaction, &self.till_id, journal::head(transaction)?, &id, &body)?;
        projections::apply(transaction, head.seq, entry)?;
        if let Some(job) = job {
            print_jobs::add(transaction, head.seq, job)?;
        }
        Ok((head.seq, id))
    }

    /// Keeps the hash of a new secret and writes down that it was given out, in one transaction. The hash never enters the
    /// journal.
    ///
    /// # Errors
    /// The store's own; the secret before it then holds.
    pub fn reset_secret(&self, entry: &Entry, user_code: &str, hash: &str) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("INSERT OR REPLACE INTO secrets (user_code, hash) VALUES (?1, ?2)", (user_code, hash))?;
        let (_, id) = self.append(&transaction, entry, None)?;
        if let Err(error) = transaction.commit() {
            self.settle_doubt(&writer, &id, error)?;
        }
        drop(writer);
        self.tell();
        Ok(())
    }

    /// After a commit that answered with an error: either it is there after all, or it certainly isn't, or nobody knows. Where the
    /// disk itself failed, what was written can be on it all the same, and be found there after the next start.
    fn settle_doubt(&self, writer: &Connection, id: &[u8; 16], error: rusqlite::Error) -> Result<(), StoreError> {
        match Reading(writer).entry_by_id(id) {
            Ok(Some(_)) => Ok(()),
            Ok(None) if error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure) => Err(StoreError::InDoubt(error.to_string())),
            Ok(None) => Err(error.into()),
            Err(second) => Err(StoreError::InDoubt(second.to_string())),
        }
    }

    /// Keeps a pack's files and writes down that it is applied, in one transaction.
    ///
    /// # Errors
    /// The store's own; the pack before it then stays in force.
    pub fn apply_pack(&self, entry: Entry, bundle: &[u8]) -> Result<Committed, StoreError> {
        if let Fact::PackApplied { sha256, .. } = &entry.fact {
            // The files go in first: without the entry nothing names them.
            self.writer().execute("INSERT OR REPLACE INTO packs (sha256, bundle) VALUES (?1, ?2)", (sha256, bundle))?;
        }
        self.commit(|_| Ok(Decision::Write(Box::new(entry), None)))
    }

    /// Asks the store. Everything asked within `ask` is of one moment.
    ///
    /// # Errors
    /// The store's own, and whatever `ask` answers.
    pub fn read<T, E: From<StoreError>>(&self, ask: impl FnOnce(&Reading<'_>) -> Result<T, E>) -> Result<T, E> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => (self.reader)(&self.file)?,
        };
        let answer = {
            let transaction = reader.transaction().map_err(StoreError::from)?;
            ask(&Reading(&transaction))
        };
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        answer
    }

    /// Writes down where a print job stands.
    ///
    /// # Errors
    /// The store's own.
    pub fn update_print_job(&self, job: &PrintJob) -> Result<(), StoreError> {
        print_jobs::update(&self.writer(), job)?;
        self.wish_checkpoint();
        Ok(())
    }

    /// A print job is out.
    ///
    /// # Errors
    /// The store's own.
    pub fn print_job_is_out(&self, job: &PrintJob) -> Result<(), StoreError> {
        print_jobs::remove(&self.writer(), job.job)?;
        self.wish_checkpoint();
        Ok(())
    }

    /// Given-up print jobs wait again.
    ///
    /// # Errors
    /// The store's own.
    pub fn revive_print_jobs(&self) -> Result<usize, StoreError> {
        print_jobs::revive(&self.writer())
    }

    /// Everything that waits or was given up is for the other printer from now on.
    ///
    /// # Errors
    /// The store's own.
    pub fn move_print_jobs(&self) -> Result<usize, StoreError> {
        print_jobs::move_to_other(&self.writer())
    }

    /// Keeps which printers have answered: whoever drives them knows in which form.
    ///
    /// # Errors
    /// The store's own.
    pub fn keep_printers_that_answered(&self, text: &str) -> Result<(), StoreError> {
        print_jobs::keep_answered(&self.writer(), text)
    }

    /// Recomputes every hash of the journal, and has SQLite look at the whole file.
    ///
    /// # Errors
    /// [`StoreError::ChainBroken`] names the first entry that doesn't hold; [`StoreError::Damaged`] when the chain holds and
    /// something else in the file doesn't.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let reader = (self.reader)(&self.file)?;
        let verified = journal::verify(&reader, &self.till_id).map_err(damage::told_as_damage)?;
        damage::quick_check(&reader).map_err(|error| match error {
            StoreError::Damaged(said) => StoreError::Damaged(format!("the chain of {} entries holds, but {said}", verified.entries)),
            other => other,
        })?;
        Ok(verified)
    }

    /// Recomputes the hashes of the journal's last entries, and answers how many: enough to find what a crash or a copy by halves does.
    ///
    /// # Errors
    /// [`StoreError::ChainBroken`] names the first of them that doesn't hold.
    pub fn verify_tail(&self, entries: u64) -> Result<u64, StoreError> {
        let reader = (self.reader)(&self.file)?;
        let moment = reader.unchecked_transaction()?;
        let before = journal::head(&moment).map_err(damage::told_as_damage)?.seq.saturating_sub(entries);
        let verified = journal::verify_after(&moment, &self.till_id, before).map_err(damage::told_as_damage)?;
        Ok(verified.entries - before)
    }

    /// What has still to come out of a printer says COPY when it does, and opens no drawer: in a copy of a store nobody knows whether it
    /// came out meanwhile.
    ///
    /// # Errors
    /// The store's own.
    pub fn print_as_copies(&self) -> Result<(), StoreError> {
        self.writer().execute("UPDATE print_jobs SET handed_over = 1, drawer = 0", [])?;
        Ok(())
    }

    /// The next id that a terminal knows something by begins at another place: in a copy of a store nobody knows which were given out
    /// meanwhile.
    ///
    /// # Errors
    /// The store's own.
    pub fn forget_service_ids(&self) -> Result<(), StoreError> {
        self.writer().execute("DELETE FROM meta WHERE name = 'service_id'", [])?;
        Ok(())
    }

    /// Rebuilds every projection from the journal and answers where the live ones differed; none is as it should be.
    ///
    /// # Errors
    /// The store's own; the projections then stay as they were.
    pub fn rebuild(&self) -> Result<Vec<Difference>, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let differences = projections::rebuild(&transaction)?;
        transaction.commit()?;
        Ok(differences)
    }

    /// The journal's end.
    ///
    /// # Errors
    /// The store's own.
    pub fn head(&self) -> Result<Head, StoreError> {
        self.read(|reading| reading.head())
    }

    /// Lets the file grow by a few pages only, so that a test fills it up.
    #[doc(hidden)]
    pub fn limit_pages_for_test(&self) -> Result<(), StoreError> {
        let writer = self.writer();
        let pages: u32 = writer.pragma_query_value(None, "page_count", |row| row.get(0))?;
        Ok(writer.pragma_update_and_check(None, "max_page_count", pages + 6, |_| Ok(()))?)
    }

    /// A poisoned lock means that a thread died inside a transaction, which SQLite has rolled back: the connection is sound.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wish_checkpoint(&self) {
        let commits = self.commits.fetch_add(1, Ordering::Relaxed) + 1;
        if let (0, Some(checkpoints)) = (commits % COMMITS_A_CHECKPOINT, &self.checkpoints) {
            match checkpoints.try_send(()) {
                Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {}
            }
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.checkpoints = None;
        if let Some(thread) = self.checkpointer.take() {
            let _ = thread.join();
        }
        // The writer goes last: whoever closes last moves the log into the file, and a reader can't. A closed till is one file.
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Moves the log into the file. Most of it while payments go on; then, with the writer held for an instant, the few commits
/// that came in meanwhile. Only a log that was moved to its end is begun anew, and a log that grows makes every commit wait for
/// the file system too: twice as long, measured. Neither step waits for a reader; what can't be moved now is moved next time.
fn checkpoint_on_wish(connection: &Connection, writer: &Mutex<Connection>, wishes: &Receiver<()>) {
    let checkpoint = || connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    while wishes.recv().is_ok() {
        let _ = checkpoint();
        let _held = writer.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = checkpoint();
    }
}

/// The 16 bytes of a UUID in its usual text form.
pub fn uuid_bytes(text: &str) -> Option<[u8; 16]> {
    let hex: String = text.chars().filter(|c| *c != '-').collect();
    if hex.len() != 32 || text.len() != 36 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = u128::from_str_radix(&hex, 16).ok()?;
    Some(number.to_be_bytes())
}
