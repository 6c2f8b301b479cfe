//! What the ledger has of a till's days: `GET /v1/tills/{till}/reconciliation?from=DAY&to=DAY`.

use crate::caller::Signed;
use crate::error::Refused;
use crate::ledger::Ledger;
use axum::Json;
use axum::extract::{Query, State};
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_wire::reconciliation::{Reconciliation, ReconciliationRow};
use serde::Deserialize;

/// Which days, both included.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Days {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

/// One a session, MOP and fund; over and short included.
///
/// # Errors
/// The database can't be read at the moment.
pub async fn get(State(ledger): State<Ledger>, Query(days): Query<Days>, signed: Signed) -> Result<Json<Reconciliation>, Refused> {
    let mut client = ledger.database().await?;
    // Head and sums of one moment.
    let transaction =
        client.build_transaction().isolation_level(tokio_postgres::IsolationLevel::RepeatableRead).read_only(true).start().await?;
    let head: i64 = transaction.query_one("SELECT head_seq FROM tills WHERE number = $1", &[&signed.till.number]).await?.get(0);
    let sql = "SELECT session, mop_code, fund_code, sum(count)::bigint, sum(amount_pence)::bigint FROM totals
        WHERE till_number = $1 AND day BETWEEN $2 AND $3 GROUP BY session, mop_code, fund_code";
    let rows = transaction.query(sql, &[&signed.till.number, &days.from, &days.to]).await?;
    let rows = rows.iter().map(|row| ReconciliationRow {
        session: row.get::<_, i64>(0).cast_unsigned(),
        mop_code: row.get(1),
        fund_code: row.get(2),
        count: row.get::<_, i64>(3).cast_unsigned(),
        amount_pence: Pence(row.get(4)),
    });
    // Sorted here: PostgreSQL would sort by its own locale.
    let mut rows: Vec<ReconciliationRow> = rows.collect();
    rows.sort();
    Ok(Json(Reconciliation { up_to_seq: head.cast_unsigned(), rows }))
}
