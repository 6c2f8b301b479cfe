//! Money that nobody could place when it was taken, until it is placed by a transfer.

use crate::api::corrections::{ListSuspense, SuspenseItem, SuspenseList};
use crate::error::TillError;
use crate::till::{Caller, Till};
use crate::views;
use counterfoil_domain::Pence;
use counterfoil_domain::money::parse_amount;
use counterfoil_store::SuspenseRow;

/// How many items are listed.
const LISTED: usize = 100;

/// `suspense.list`.
pub(crate) fn list(till: &Till, _: &Caller, request: ListSuspense) -> Result<SuspenseList, TillError> {
    let rows = till.core.store.read(|reading| reading.suspense())?;
    let left = rows.iter().map(|row| row.left).sum();
    let text: String = request.text.trim().chars().take(60).collect();
    let mut items: Vec<SuspenseItem> =
        rows.into_iter().filter(|row| matches(row, &text)).take(LISTED + 1).map(|row| item(till, row)).collect();
    let more = items.len() > LISTED;
    items.truncate(LISTED);
    Ok(SuspenseList { items, more, left })
}

/// Whatever the text can mean: a part of what was typed with it, a number, an amount.
fn matches(row: &SuspenseRow, text: &str) -> bool {
    let wanted = text.to_lowercase();
    let holds = |field: &str| field.to_lowercase().contains(&wanted);
    let amount: Option<Pence> = parse_amount(text).ok();
    holds(&row.reference)
        || holds(&row.narrative)
        || holds(&row.number)
        || amount.is_some_and(|amount| amount == row.amount || amount == row.left)
}

fn item(till: &Till, row: SuspenseRow) -> SuspenseItem {
    SuspenseItem {
        taken_at: views::moment(&till.core, row.at_ms),
        number: row.number,
        line: row.line,
        user_code: row.user_code,
        reference: row.reference,
        narrative: row.narrative,
        amount: row.amount,
        left: row.left,
    }
}
