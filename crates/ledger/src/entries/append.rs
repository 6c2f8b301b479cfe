//! A batch appended: one transaction, with the till's row locked from the first statement to the last.

use super::chained::{Chained, Chaining};
use super::copy;
use super::read::OVER_SHORT;
use crate::alarms;
use crate::caller::Till;
use crate::error::{LedgerError, Refused};
use crate::ledger::Ledger;
use crate::reference::Newest;
use crate::totals;
use axum::http::StatusCode;
use counterfoil_wire::entries::{BatchHeader, EntriesReply, SessionTotals};
use counterfoil_wire::signing::SignedHead;
use counterfoil_wire::{Hash, Head};
use deadpool_postgres::Transaction;
use futures_util::future::{try_join, try_join3};
use tokio_postgres::Statement;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
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

/// A journal's end, and the session of the last entry that belongs to one.
struct End {
    head: Head,
    session: Option<i64>,
}

const WRITE_TILL: &str = "UPDATE tills SET head_seq = $2, head_hash = $3, head_session = $4, heard_at_ms = $5,
        said_at_ms = GREATEST(said_at_ms, $6),
        program_version = CASE WHEN $6 >= said_at_ms THEN $7 ELSE program_version END,
        unsent_receipts = CASE WHEN $6 >= said_at_ms THEN $8 ELSE unsent_receipts END,
        unsent_pence = CASE WHEN $6 >= said_at_ms THEN $9 ELSE unsent_pence END,
        open_session = CASE WHEN $6 >= said_at_ms THEN $10 ELSE open_session END,
        pack_sha256 = CASE WHEN $6 >= said_at_ms THEN $11 ELSE pack_sha256 END,
        extract_version = CASE WHEN $6 >= said_at_ms THEN $12 ELSE extract_version END
    WHERE number = $1";

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
        let transaction = client.transaction().await?;
        let (end, newest) = try_join(self.locked(&transaction), async { Ok(Newest::now(&transaction).await?) }).await?;
        let rules = self.ledger.of_pack(&transaction, newest.pack).await?.rules;
        let held = self.held(&transaction, end.head).await?;
        let mut chaining = Chaining::begin(&self.till.id, end.head, held, self.header, self.bodies);
        if look_for_ids {
            chaining.go_on(self.bodies.len());
            self.stop_at_known_id(&transaction, &mut chaining.chained).await?;
        }
        let now_ms = self.ledger.now_ms();
        copy::entries(&transaction, self.till.number, now_ms, &mut chaining).await?;
        let chained = chaining.chained;
        copy::postings(&transaction, self.till.number, rules.as_deref(), &chained.new).await?;
        self.raise_alarms(&transaction, &chained, now_ms).await?;
        let (head, totals) = self.write_what_follows(&transaction, &chained, end, now_ms).await?;
        transaction.commit().await?;
        self.ledger.counters().count(&chained.statuses);
        let head = SignedHead::new(&self.till.id, head, now_ms, self.ledger.key());
        Ok(EntriesReply { entries: chained.statuses, head, totals, reference_waiting: newest.is_waiting_for(&self.header.state) })
    }

    /// The sums, the till's new state and the session as it is now, in one turn: each statement is sent before the one before it is
    /// answered, and the database does them in this order.
    async fn write_what_follows(
        &self,
        transaction: &Transaction<'_>,
        chained: &Chained<'_>,
        end: End,
        now_ms: i64,
    ) -> Result<(Head, Option<SessionTotals>), Fault> {
        let head = chained.new.last().map_or(end.head, |last| Head { seq: last.seq, hash: last.hash });
        let session = chained.new.iter().rev().find_map(|new| new.kept.session).or(end.session);
        let statements = totals::Statements::prepared(transaction).await?;
        let write_till = transaction.prepare_cached(WRITE_TILL).await?;
        let postings = chained.new.iter().flat_map(|new| &new.kept.postings);
        let add = async { Ok(statements.add(transaction, self.till.number, postings).await?) };
        let write = self.write_till(transaction, &write_till, chained, (head, session), now_ms);
        let of_session = async {
            match session {
                Some(session) => Ok(Some(statements.of_session(transaction, self.till.number, session, head.seq).await?)),
                None => Ok(None),
            }
        };
        let ((), (), totals) = try_join3(add, write, of_session).await?;
        Ok((head, totals))
    }

    /// The journal's end, held until the transaction is over. The till's key is looked at again: it can have been revoked or
    /// replaced since the request was let in.
    async fn locked(&self, transaction: &Transaction<'_>) -> Result<End, Fault> {
        let statement = transaction.prepare_cached(
            "SELECT head_seq, head_hash, head_session, revoked_at_ms IS NULL AND public_key = $2 FROM tills WHERE number = $1 FOR UPDATE",
        );
        let row = transaction.query_one(&statement.await?, &[&self.till.number, &self.till.public_key.0]).await?;
        if !row.get::<_, bool>(3) {
            return Err(Fault::Refused(crate::caller::revoked()));
        }
        Ok(End { head: Head { seq: row.get::<_, i64>(0).cast_unsigned(), hash: hash(row.get(1))? }, session: row.get(2) })
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
    /// till's state back.
    async fn write_till(
        &self,
        transaction: &Transaction<'_>,
        statement: &Statement,
        chained: &Chained<'_>,
        (head, session): (Head, Option<i64>),
        now_ms: i64,
    ) -> Result<(), Fault> {
        let state = &self.header.state;
        let (receipts, pence) = unsent_after(state.unsent_receipts, state.unsent_pence.0, chained);
        let short = |text: &str| text.chars().filter(|letter| !letter.is_control()).take(64).collect::<String>();
        let values: &[&(dyn ToSql + Sync)] = &[
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
        ];
        transaction.execute(statement, values).await?;
        Ok(())
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

pub(super) fn hash(bytes: &[u8]) -> Result<Hash, LedgerError> {
    bytes.try_into().map(Hash).map_err(|_| LedgerError::Stored("a hash of another length"))
}
