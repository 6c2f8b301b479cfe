//! Takings found by receipt number, reference, amount, days, fund or till.

use crate::error::LedgerError;
use chrono::NaiveDate;
use deadpool_postgres::Object;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// The most that are listed. Whoever looks for one looks closer; whoever wants all exports.
pub const MOST_LISTED: i64 = 200;

/// What is looked for; all of it must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The beginning of a receipt's number.
    pub receipt_number: Option<String>,
    /// The account reference.
    pub reference: Option<String>,
    /// The posting's amount.
    pub amount_pence: Option<i64>,
    /// From this day.
    pub from: Option<NaiveDate>,
    /// Up to and with this day.
    pub to: Option<NaiveDate>,
    /// The fund, as the till posted it or where it is held.
    pub fund_code: Option<String>,
    /// The till's number.
    pub till_number: Option<i32>,
}

/// A posting as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking {
    /// Whose journal.
    pub till_number: i32,
    /// Which entry.
    pub seq: i64,
    /// Which of its postings.
    pub part: i32,
    /// `taking`, `void`, `refund`, `transfer`, `over-short`.
    pub kind: String,
    /// The council's day.
    pub day: NaiveDate,
    /// The session.
    pub session: i64,
    /// Who took it.
    pub cashier: String,
    /// The receipt's number.
    pub receipt_number: String,
    /// Where.
    pub office_code: String,
    /// The fund, as the till posted it.
    pub fund_code: String,
    /// The account reference.
    pub reference: String,
    /// The MOP.
    pub mop_code: String,
    /// The amount.
    pub amount_pence: i64,
    /// The fund for suspense, where the ledger put it there.
    pub held_fund: Option<String>,
    /// The rule that it broke.
    pub held_reason: Option<String>,
    /// Was it taken into suspense, by the cashier or by a rule?
    pub was_in_suspense: bool,
    /// How much of it was allocated since.
    pub allocated_pence: i64,
    /// To which funds and references, and how much; without what was taken back.
    pub allocated: Vec<(String, String, i64)>,
}

impl Taking {
    /// How much of it is in suspense.
    pub fn in_suspense_pence(&self) -> i64 {
        if self.was_in_suspense { self.amount_pence.saturating_sub(self.allocated_pence) } else { 0 }
    }
}

/// The allocations of a posting `p`: how much altogether, and those that stand.
pub(super) const OF_POSTING: &str = "SELECT sum(s.amount_pence)::bigint AS allocated_pence,
        array_agg(s.fund_code ORDER BY s.id) FILTER (WHERE s.stands) AS funds,
        array_agg(s.reference ORDER BY s.id) FILTER (WHERE s.stands) AS refs,
        array_agg(s.amount_pence ORDER BY s.id) FILTER (WHERE s.stands) AS parts
    FROM (SELECT o.*, o.undoes IS NULL AND NOT EXISTS (SELECT FROM allocations u WHERE u.undoes = o.id) AS stands FROM allocations o
        WHERE o.till_number = p.till_number AND o.seq = p.seq AND o.part = p.part) s";

/// The columns of a [`Taking`], of `postings p LEFT JOIN LATERAL (OF_POSTING) a`.
pub(super) const COLUMNS: &str = "p.till_number, p.seq, p.part, p.kind, p.day, p.session, p.cashier, p.receipt_number, p.office_code, \
     p.fund_code, p.reference, p.mop_code, p.amount_pence, p.held_fund, p.held_reason, p.in_suspense OR p.held_fund IS NOT NULL, \
     COALESCE(a.allocated_pence, 0), a.funds, a.refs, a.parts";

pub(super) fn of_row(row: &Row) -> Taking {
    let (funds, references): (Option<Vec<String>>, Option<Vec<String>>) = (row.get(17), row.get(18));
    let parts: Option<Vec<i64>> = row.get(19);
    let to = funds.unwrap_or_default().into_iter().zip(references.unwrap_or_default());
    let allocated = to.zip(parts.unwrap_or_default()).map(|((fund, reference), pence)| (fund, reference, pence));
    Taking {
        till_number: row.get(0),
        seq: row.get(1),
        part: row.get(2),
        kind: row.get(3),
        day: row.get(4),
        session: row.get(5),
        cashier: row.get(6),
        receipt_number: row.get(7),
        office_code: row.get(8),
        fund_code: row.get(9),
        reference: row.get(10),
        mop_code: row.get(11),
        amount_pence: row.get(12),
        held_fund: row.get(13),
        held_reason: row.get(14),
        was_in_suspense: row.get(15),
        allocated_pence: row.get(16),
        allocated: allocated.collect(),
    }
}

/// The newest that fit.
///
/// # Errors
/// The database's.
pub async fn search(client: &Object, wanted: &Wanted) -> Result<Vec<Taking>, LedgerError> {
    let mut conditions: Vec<String> = Vec::new();
    let mut values: Vec<&(dyn ToSql + Sync)> = Vec::new();
    let mut want = |condition: &str, value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("${}", values.len())));
    };
    // From the number to the last that begins with it: an index in any locale can be used for that.
    let until = wanted.receipt_number.as_ref().map(|number| format!("{number}\u{10ffff}"));
    if let (Some(number), Some(until)) = (&wanted.receipt_number, &until) {
        want("p.receipt_number >= ?", number);
        want("p.receipt_number <= ?", until);
    }
    if let Some(reference) = &wanted.reference {
        want("p.reference = ?", reference);
    }
    if let Some(pence) = &wanted.amount_pence {
        want("p.amount_pence = ?", pence);
    }
    if let Some(from) = &wanted.from {
        want("p.day >= ?", from);
    }
    if let Some(to) = &wanted.to {
        want("p.day <= ?", to);
    }
    if let Some(fund) = &wanted.fund_code {
        want(
            "(? IN (p.fund_code, p.held_fund) OR EXISTS (SELECT FROM allocations o WHERE o.till_number = p.till_number AND o.seq = p.seq
                AND o.part = p.part AND o.fund_code = ? AND o.undoes IS NULL AND NOT EXISTS (SELECT FROM allocations u WHERE u.undoes = o.id)))",
            fund,
        );
    }
    if let Some(till) = &wanted.till_number {
        want("p.till_number = ?", till);
    }
    let conditions = if conditions.is_empty() { "true".to_owned() } else { conditions.join(" AND ") };
    let order = "ORDER BY p.day DESC, p.at_ms DESC, p.till_number, p.seq DESC, p.part";
    // Allocations are looked up for what is listed, and for nothing else.
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT * FROM postings p WHERE {conditions} {order} LIMIT {MOST_LISTED}) p
         LEFT JOIN LATERAL ({OF_POSTING}) a ON true {order}"
    );
    Ok(client.query(&sql, &values).await?.iter().map(of_row).collect())
}
