//! A batch appended: one transaction, with the till's row locked from the first statement to the last.

use super::chained::{Chained, chain};
use super::copy;
use super::read::OVER_SHORT;
use crate::alarms;
use crate::caller::Till;
use crate::error::{LedgerError, Refused};
use crate::ledger::Ledger;
use crate::reference::Newest;
use crate::totals;
use axum::http::StatusCode;
use counterfoil_wire::entries::{BatchHeader, EntriesReply};
use counterfoil_wire::signing::SignedHead;
use counterfoil_wire::{Hash, Head};
use deadpool_postgres::Transaction;
use tokio_postgres::error::SqlState;
use uuid::Uuid;

/// Appends what is new of a batch and answers for all of it.
///
/// # Errors
/// The till may no longer speak, or the database can't be written to: then nothing of the batch was kept.
pub async fn append(
    ledger: &Ledger,
    till: &Till,
    said_at_ms: i64,
    header: &BatchHeader,
    bodies: &[&[u8]],
) -> Result<EntriesReply, Refused> {
    if i64::try_from(header.first_seq).is_err() {
        return Err(Refused::bad("The first entry's number is beyond what a journal can have."));
    }
    let batch = Batch { ledger, till, said_at_ms, header, bodies };
    match batch.append(false).await {
        // An id that was there before is found by the index, so that nobody pays for looking. Now it is looked for.
        Err(Fault::IdThere) => batch.append(true).await.map_err(Fault::refused),
        other => other.map_err(Fault::refused),
    }
}

enum Fault {
    IdThere,
    Refused(Refused),
}

impl Fault {
    fn refused(self) -> Refused {
        match self {
            Fault::Refused(refused) => refused,
            Fault::IdThere => Refused::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Try again."),
        }
    }
}

impl<E: Into<LedgerError>> From<E> for Fault {
    fn from(error: E) -> Fault {
        match error.into() {
            LedgerError::Database(error) if is_id_there(&error) => Fault::IdThere,
            error => Fault::Refused(error.into()),
        }
    }
}

fn is_id_there(error: &tokio_postgres::Error) -> bool {
    let error = error.as_db_error().filter(|error| *error.code() == SqlState::UNIQUE_VIOLATION);
    error.is_some_and(|error| error.constraint() == Some("entries_id"))
}

struct Batch<'a> {
    ledger: &'a Ledger,
    till: &'a Till,
    said_at_ms: i64,
    header: &'a BatchHeader,
    bodies: &'a [&'a [u8]],
}

impl Batch<'_> {
    async fn append(&self, look_for_ids: bool) -> Result<EntriesReply, Fault> {
        let mut client = self.ledger.database().await?;
        let newest = Newest::now(&client).await?;
        let rules = self.ledger.rules(&client, newest.pack).await?;
        let transaction = client.transaction().await?;
        let head = self.locked_head(&transaction).await?;
        let held = self.held(&transaction, head).await?;
        let mut chained = chain(&self.till.id, head, &held, self.header, self.bodies);
        if look_for_ids {
            self.stop_at_known_id(&transaction, &mut chained).await?;
        }
        let head = chained.new.last().map_or(head, |last| Head { seq: last.seq, hash: last.hash });
        let now_ms = self.ledger.now_ms();
        if !chained.new.is_empty() {
            copy::entries(&transaction, self.till.number, now_ms, &chained.new).await?;
            copy::postings(&transaction, self.till.number, rules.as_deref(), &chained.new).await?;
            totals::add(&transaction, self.till.number, chained.new.iter().flat_map(|new| &new.kept.postings)).await?;
        }
        self.raise_alarms(&transaction, &chained, now_ms).await?;
        let session = self.write_till(&transaction, &chained, head, now_ms).await?;
        let totals = match session {
            Some(session) => Some(totals::of_session(&transaction, self.till.number, session, head.seq).await?),
            None => None,
        };
        transaction.commit().await?;
        self.ledger.counters().count(&chained.statuses);
        let head = SignedHead::new(&self.till.id, head, now_ms, self.ledger.key());
        Ok(EntriesReply { entries: chained.statuses, head, totals, reference_waiting: newest.is_waiting_for(&self.header.state) })
    }

    /// The journal's end, held until the transaction is over. The till's key is looked at again: it can have been revoked or
    /// replaced since the request was let in.
    async fn locked_head(&self, transaction: &Transaction<'_>) -> Result<Head, Fault> {
        let statement = transaction.prepare_cached(
            "SELECT head_seq, head_hash, revoked_at_ms IS NULL AND public_key = $2 FROM tills WHERE number = $1 FOR UPDATE",
        );
        let row = transaction.query_one(&statement.await?, &[&self.till.number, &self.till.public_key.0]).await?;
        if !row.get::<_, bool>(2) {
            return Err(Fault::Refused(crate::caller::revoked()));
        }
        Ok(Head { seq: row.get::<_, i64>(0).cast_unsigned(), hash: hash(row.get(1))? })
    }

    /// The hashes that the ledger has from the number before the batch's first to its last.
    async fn held(&self, transaction: &Transaction<'_>, head: Head) -> Result<Vec<Hash>, Fault> {
        let before = self.header.before().seq;
        if before >= head.seq {
            return Ok(if before == head.seq { vec![head.hash] } else { Vec::new() });
        }
        let last = before + self.bodies.len() as u64;
        let statement =
            transaction.prepare_cached("SELECT hash FROM entries WHERE till_number = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq");
        let rows = transaction.query(&statement.await?, &[&self.till.number, &before.cast_signed(), &last.cast_signed()]).await?;
        let none_before = (before == 0).then_some(Ok(Hash::NONE));
        Ok(none_before.into_iter().chain(rows.iter().map(|row| hash(row.get(0)))).collect::<Result<_, _>>()?)
    }

    /// An id that the till's journal has at another number: the same id with other content.
    async fn stop_at_known_id(&self, transaction: &Transaction<'_>, chained: &mut Chained<'_>) -> Result<(), Fault> {
        let ids: Vec<Uuid> = chained.new.iter().map(|new| new.kept.id).collect();
        let statement = transaction.prepare_cached("SELECT id FROM entries WHERE till_number = $1 AND id = ANY($2)").await?;
        let known: Vec<Uuid> = transaction.query(&statement, &[&self.till.number, &ids]).await?.iter().map(|row| row.get(0)).collect();
        if let Some(seq) = chained.new.iter().find(|new| known.contains(&new.kept.id)).map(|new| new.seq) {
            chained.stop_at(seq);
        }
        Ok(())
    }

    async fn raise_alarms(&self, transaction: &Transaction<'_>, chained: &Chained<'_>, now_ms: i64) -> Result<(), Fault> {
        if let Some(seq) = chained.conflict {
            alarms::raise(transaction, self.till.number, alarms::CONFLICT, seq, "", now_ms).await?;
        }
        if let Some((seq, reason)) = chained.refused {
            alarms::raise(transaction, self.till.number, alarms::REFUSED, seq, reason, now_ms).await?;
        }
        Ok(())
    }

    /// Moves the head and keeps how the till said that it is. A request that was overtaken by a later one doesn't take the
    /// till's state back. Answers the session of the last entry that has one.
    async fn write_till(
        &self,
        transaction: &Transaction<'_>,
        chained: &Chained<'_>,
        head: Head,
        now_ms: i64,
    ) -> Result<Option<i64>, Fault> {
        let statement = transaction.prepare_cached(
            "UPDATE tills SET head_seq = $2, head_hash = $3, head_session = COALESCE($4, head_session), heard_at_ms = $5,
                said_at_ms = GREATEST(said_at_ms, $6),
                program_version = CASE WHEN $6 >= said_at_ms THEN $7 ELSE program_version END,
                unsent_receipts = CASE WHEN $6 >= said_at_ms THEN $8 ELSE unsent_receipts END,
                unsent_pence = CASE WHEN $6 >= said_at_ms THEN $9 ELSE unsent_pence END,
                open_session = CASE WHEN $6 >= said_at_ms THEN $10 ELSE open_session END,
                pack_sha256 = CASE WHEN $6 >= said_at_ms THEN $11 ELSE pack_sha256 END,
                extract_version = CASE WHEN $6 >= said_at_ms THEN $12 ELSE extract_version END
             WHERE number = $1 RETURNING head_session",
        );
        let statement = statement.await?;
        let state = &self.header.state;
        let session = chained.new.iter().rev().find_map(|new| new.kept.session);
        let (receipts, pence) = unsent_after(state.unsent_receipts, state.unsent_pence.0, chained);
        let short = |text: &str| text.chars().filter(|letter| !letter.is_control()).take(64).collect::<String>();
        let row = transaction
            .query_one(
                &statement,
                &[
                    &self.till.number,
                    &head.seq.cast_signed(),
                    &head.hash.0.as_slice(),
                    &session,
                    &now_ms,
                    &self.said_at_ms,
                    &short(&state.program_version),
                    &receipts,
                    &pence,
                    &state.open_session.and_then(|number| i64::try_from(number).ok()),
                    &state.pack_sha256.as_deref().map(short),
                    &state.extract_version.and_then(|version| i64::try_from(version).ok()),
                ],
            )
            .await?;
        Ok(row.get(0))
    }
}

/// What is unsent once this batch is in: the till told what was before it.
fn unsent_after(receipts: u64, pence: i64, chained: &Chained<'_>) -> (i64, i64) {
    let (mut receipts, mut pence) = (i64::try_from(receipts).unwrap_or(i64::MAX), pence);
    for new in &chained.new {
        let mut customers = new.kept.postings.iter().filter(|posting| posting.kind != OVER_SHORT).peekable();
        receipts -= i64::from(customers.peek().is_some());
        pence = customers.fold(pence, |left, posting| left.saturating_sub(posting.amount_pence));
    }
    (receipts.max(0), if receipts > 0 { pence } else { 0 })
}

fn hash(bytes: &[u8]) -> Result<Hash, LedgerError> {
    bytes.try_into().map(Hash).map_err(|_| LedgerError::Stored("a hash of another length"))
}
