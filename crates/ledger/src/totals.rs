//! Σ postings by till, session, day, MOP and fund: kept with each batch, and read by everybody who compares.

use crate::entries::{KeptPosting, OVER_SHORT};
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_wire::entries::{CodeTotal, SessionTotals};
use deadpool_postgres::Transaction;
use std::collections::BTreeMap;
use tokio_postgres::{Error, Statement};

/// What postings are summed by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    session: i64,
    day: NaiveDate,
    mop_code: &'a str,
    fund_code: &'a str,
    over_short: bool,
}

impl Key<'_> {
    fn of(posting: &KeptPosting) -> Key<'_> {
        let (session, day, over_short) = (posting.session, posting.day, posting.kind == OVER_SHORT);
        Key { session, day, mop_code: &posting.mop_code, fund_code: &posting.fund_code, over_short }
    }
}

/// Adds to the sums, a row for each combination.
const ADD: &str = "INSERT INTO totals (till_number, session, day, mop_code, fund_code, over_short, count, amount_pence)
    SELECT $1, * FROM unnest($2::bigint[], $3::date[], $4::text[], $5::text[], $6::boolean[], $7::bigint[], $8::bigint[])
    ON CONFLICT (till_number, session, day, mop_code, fund_code, over_short)
    DO UPDATE SET count = totals.count + excluded.count, amount_pence = totals.amount_pence + excluded.amount_pence";

const OF_SESSION: &str = "SELECT mop_code, fund_code, sum(count)::bigint, sum(amount_pence)::bigint FROM totals
    WHERE till_number = $1 AND session = $2 AND NOT over_short GROUP BY mop_code, fund_code";

/// Both statements, prepared: what they are asked is sent the moment that it is asked, so that several can be under way in order.
pub struct Statements {
    add: Statement,
    of_session: Statement,
}

impl Statements {
    /// # Errors
    /// The database's.
    pub async fn prepared(transaction: &Transaction<'_>) -> Result<Statements, Error> {
        Ok(Statements { add: transaction.prepare_cached(ADD).await?, of_session: transaction.prepare_cached(OF_SESSION).await? })
    }

    /// Adds postings to the sums.
    ///
    /// # Errors
    /// The database's.
    pub async fn add<'a>(
        &self,
        transaction: &Transaction<'_>,
        till_number: i32,
        postings: impl Iterator<Item = &'a KeptPosting>,
    ) -> Result<(), Error> {
        let mut sums: BTreeMap<Key<'_>, (i64, i64)> = BTreeMap::new();
        for posting in postings {
            let (count, pence) = sums.entry(Key::of(posting)).or_default();
            *count += 1;
            *pence = pence.saturating_add(posting.amount_pence);
        }
        if sums.is_empty() {
            return Ok(());
        }
        let sessions: Vec<i64> = sums.keys().map(|key| key.session).collect();
        let days: Vec<NaiveDate> = sums.keys().map(|key| key.day).collect();
        let mops: Vec<&str> = sums.keys().map(|key| key.mop_code).collect();
        let funds: Vec<&str> = sums.keys().map(|key| key.fund_code).collect();
        let over_short: Vec<bool> = sums.keys().map(|key| key.over_short).collect();
        let counts: Vec<i64> = sums.values().map(|sum| sum.0).collect();
        let pence: Vec<i64> = sums.values().map(|sum| sum.1).collect();
        transaction.execute(&self.add, &[&till_number, &sessions, &days, &mops, &funds, &over_short, &counts, &pence]).await.map(drop)
    }

    /// What the ledger has of a session, without over and short.
    ///
    /// # Errors
    /// The database's.
    pub async fn of_session(
        &self,
        transaction: &Transaction<'_>,
        till_number: i32,
        session: i64,
        up_to_seq: u64,
    ) -> Result<SessionTotals, Error> {
        let (mut mops, mut funds) = (BTreeMap::new(), BTreeMap::new());
        for row in transaction.query(&self.of_session, &[&till_number, &session]).await? {
            for (codes, code) in [(&mut mops, row.get::<_, String>(0)), (&mut funds, row.get(1))] {
                let (count, pence): &mut (i64, i64) = codes.entry(code).or_default();
                *count += row.get::<_, i64>(2);
                *pence = pence.saturating_add(row.get(3));
            }
        }
        let session = session.cast_unsigned();
        Ok(SessionTotals { session, up_to_seq, mops: by_code(mops), funds: by_code(funds) })
    }
}

fn by_code(codes: BTreeMap<String, (i64, i64)>) -> Vec<CodeTotal> {
    let totals =
        codes.into_iter().map(|(code, (count, pence))| CodeTotal { code, count: count.cast_unsigned(), amount_pence: Pence(pence) });
    totals.collect()
}
