//! New entries and their postings go in by binary COPY: nothing else comes near its rate.

use super::chained::{Chaining, New};
use super::read::KeptPosting;
use super::rows::Rows;
use crate::error::LedgerError;
use crate::rules::{Held, Rules};
use deadpool_postgres::Transaction;
use tokio_postgres::types::Type;

const ENTRIES: &str = "COPY entries (till_number, seq, id, kind, understood, received_at_ms, hash, body) FROM STDIN BINARY";
const ENTRY_TYPES: &[Type] = &[Type::INT4, Type::INT8, Type::UUID, Type::TEXT, Type::BOOL, Type::INT8, Type::BYTEA, Type::BYTEA];

const POSTINGS: &str = "COPY postings (till_number, seq, part, kind, day, at_ms, session, cashier, receipt_number, office_code, \
     fund_code, reference, mop_code, vat_code, amount_pence, vat_pence, in_suspense, held_fund, held_reason) FROM STDIN BINARY";
const POSTING_TYPES: &[Type] = &[
    Type::INT4,
    Type::INT8,
    Type::INT4,
    Type::TEXT,
    Type::DATE,
    Type::INT8,
    Type::INT8,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::INT8,
    Type::INT8,
    Type::BOOL,
    Type::TEXT,
    Type::TEXT,
];

/// Entries looked at before they are handed over: PostgreSQL takes in these while the next are read.
const AT_ONCE: usize = 32;

/// Appends what is new of a batch, as it comes out of the chain.
pub async fn entries(transaction: &Transaction<'_>, till_number: i32, now_ms: i64, chaining: &mut Chaining<'_>) -> Result<(), LedgerError> {
    let mut is_more = true;
    while is_more && chaining.chained.new.is_empty() {
        is_more = chaining.go_on(AT_ONCE);
    }
    if chaining.chained.new.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::begin(transaction, ENTRIES, ENTRY_TYPES).await?;
    let mut written = 0;
    loop {
        for New { seq, hash, body, kept } in &chaining.chained.new[written..] {
            let (seq, hash) = (seq.cast_signed(), hash.0.as_slice());
            rows.write(&[&till_number, &seq, &kept.id, &kept.kind, &kept.understood, &now_ms, &hash, body]).await?;
        }
        written = chaining.chained.new.len();
        if !is_more {
            return rows.finish().await;
        }
        is_more = chaining.go_on(AT_ONCE);
    }
}

/// Adds their postings; what breaks a rule goes to the fund that the rules say.
pub async fn postings(transaction: &Transaction<'_>, till_number: i32, rules: Option<&Rules>, new: &[New<'_>]) -> Result<(), LedgerError> {
    if new.iter().all(|entry| entry.kept.postings.is_empty()) {
        return Ok(());
    }
    let mut rows = Rows::begin(transaction, POSTINGS, POSTING_TYPES).await?;
    for entry in new {
        for (part, posting) in (0i32..).zip(&entry.kept.postings) {
            let held = rules.and_then(|rules| rules.judge(posting));
            posting_row(&mut rows, till_number, entry.seq.cast_signed(), part, posting, held.as_ref()).await?;
        }
    }
    rows.finish().await
}

async fn posting_row(
    rows: &mut Rows,
    till_number: i32,
    seq: i64,
    part: i32,
    posting: &KeptPosting,
    held: Option<&Held<'_>>,
) -> Result<(), LedgerError> {
    let (held_fund, held_reason) = (held.map(|held| held.fund_code), held.map(|held| held.reason));
    rows.write(&[
        &till_number,
        &seq,
        &part,
        &posting.kind,
        &posting.day,
        &posting.at_ms,
        &posting.session,
        &posting.cashier,
        &posting.receipt_number,
        &posting.office_code,
        &posting.fund_code,
        &posting.reference,
        &posting.mop_code,
        &posting.vat_code,
        &posting.amount_pence,
        &posting.vat_pence,
        &posting.in_suspense,
        &held_fund,
        &held_reason,
    ])
    .await
}
