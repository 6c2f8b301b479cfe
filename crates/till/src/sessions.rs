//! Opening a session; whether it still takes money; the status line.

use crate::accounts;
use crate::api::sessions::{OpenSession, SessionView, StatusLine};
use crate::api::{Changed, Nothing};
use crate::approvals::second_person_for;
use crate::cards;
use crate::error::TillError;
use crate::ledger;
use crate::printing;
use crate::till::{Caller, Till};
use crate::views;
use chrono::NaiveDate;
use counterfoil_domain::correction::{ReasonGiven, reason_given};
use counterfoil_domain::council::{MopKind, ReasonKind};
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::session::opening_float;
use counterfoil_domain::{Council, Pence};
use counterfoil_store::{Decision, Reading, SessionRow};

/// How many days account data may be old: councils make extracts daily or weekly.
const FRESH_DAYS: u32 = 7;

/// `session.open`.
pub(crate) fn open(till: &Till, caller: &Caller, request: OpenSession) -> Result<SessionView, TillError> {
    let user = caller.user()?;
    let float = opening_float(caller.council()?, &request.counts)?;
    let core = &till.core;
    let left = core.store.read(left_in_drawer)?;
    let carried = carried(till, caller, &request, left.as_ref(), float)?;
    core.store.commit(|reading| {
        if let Some(open) = reading.open_session()? {
            return Err(TillError::not_done("session-open-already").with("user", open.user_code));
        }
        reading.till_name()?.ok_or_else(|| TillError::not_done("till-not-set-up"))?;
        // Another session was opened and closed meanwhile: what it left isn't what was looked at.
        if let Some(now) = left_in_drawer(reading)?.filter(|now| Some(now) != left.as_ref()) {
            return Err(TillError::not_done("float-not-as-left").with("left", now.float).with("counted", float));
        }
        let number = reading.next_session()?;
        let (reason, approved_by) = carried;
        let fact = Fact::SessionOpened { number, float, counts: request.counts, left: left.map(|left| left.float), reason };
        let entry = core.entry(core.surroundings.new_id(), Some(&user.code), Some(number), fact);
        Ok(Decision::Write(Box::new(Entry { approved_by, ..entry }), None))
    })?;
    let row = core.read_session_again()?.ok_or_else(|| TillError::not_done("session-needed"))?;
    core.tell(&[Changed::Session]);
    core.store.read(|reading| views::session(core, reading, row, Some(&user.code)))
}

/// What the last Z read says is in the drawer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Left {
    float: Pence,
    cashier: String,
}

fn left_in_drawer(reading: &Reading<'_>) -> Result<Option<Left>, TillError> {
    let Some(seq) = reading.closed_sessions(1)?.pop().and_then(|row| row.closed_seq) else { return Ok(None) };
    Ok(reading.entry(seq)?.and_then(|entry| match entry.fact {
        Fact::SessionClosed { z } => Some(Left { float: z.float_left, cashier: z.user_code }),
        _ => None,
    }))
}

/// Why the float isn't what was left, and who approved it: cash that goes between two sessions is nobody's session's difference.
fn carried(
    till: &Till,
    caller: &Caller,
    request: &OpenSession,
    left: Option<&Left>,
    float: Pence,
) -> Result<(Option<ReasonGiven>, Option<String>), TillError> {
    let council = caller.council()?;
    let astray = left.filter(|left| council.float_astray(left.float, float));
    if let Some(left) = astray.filter(|_| request.reason.is_empty()) {
        return Err(TillError::not_done("float-not-as-left").with("left", left.float).with("counted", float));
    }
    let given = (!request.reason.is_empty()).then(|| reason_given(council, ReasonKind::Variance, &request.reason, &request.text));
    let cashier = |left: &Left| second_person_for(till, caller, request.approval.as_ref(), std::slice::from_ref(&left.cashier));
    Ok((given.transpose()?, astray.map(cashier).transpose()?))
}

/// The session, if money can still move in it. Asked inside the commit: a count or a close can have come first.
///
/// # Errors
/// `session-needed` when it is closed, `session-counted` while a count stands.
pub(crate) fn still_open(reading: &Reading<'_>, number: u64) -> Result<SessionRow, TillError> {
    let open = reading.open_session()?.filter(|row| row.number == number);
    let row = open.ok_or_else(|| TillError::not_done("session-needed"))?;
    match reading.standing_count(number)? {
        Some(_) => Err(TillError::not_done("session-counted")),
        None => Ok(row),
    }
}

/// What the drawer of a session should hold: its float, the cash taken, and what moved between drawer and safe.
pub(crate) fn drawer(reading: &Reading<'_>, council: &Council, row: &SessionRow) -> Result<Pence, TillError> {
    let takings = reading.mop_takings(row)?;
    let cash: Pence = takings.iter().filter(|mop| council.mop_kind(&mop.mop_code) == MopKind::Cash).map(|mop| mop.amount).sum();
    Ok(row.float.plus(cash).plus(reading.cash_moved(row.number)?))
}

fn lift_due(reading: &Reading<'_>, council: &Council, row: Option<&SessionRow>) -> Result<bool, TillError> {
    match (council.policies.drawer_limit, row) {
        (Some(limit), Some(row)) => Ok(drawer(reading, council, row)? > limit),
        _ => Ok(false),
    }
}

/// How old account data is, once it is older than it should be.
fn old_days(today: NaiveDate, as_at: NaiveDate) -> Option<u32> {
    u32::try_from((today - as_at).num_days()).ok().filter(|days| *days > FRESH_DAYS)
}

/// `till.status`.
pub(crate) fn status(till: &Till, caller: &Caller, _: Nothing) -> Result<StatusLine, TillError> {
    let core = &till.core;
    let user_code = caller.user()?.code.clone();
    core.store.read(|reading| {
        let (unsent_receipts, unsent_value) = reading.unsent()?;
        let extract = reading.extract()?;
        // The demonstration's people are as old as the program.
        let demonstration = caller.council()?.identity.demonstration;
        let as_at = extract.as_ref().and_then(|now| now.as_at);
        let open = reading.open_session()?;
        Ok(StatusLine {
            lift_due: lift_due(reading, caller.council()?, open.as_ref())?,
            session: open.map(|row| views::session(core, reading, row, Some(&user_code))).transpose()?,
            unsent_receipts,
            unsent_value,
            ledger: ledger::line(core, reading)?,
            printer: printing::commands::line(till, reading)?,
            terminal: cards::terminal_line(till, reading)?,
            scanner: till.scanning.state(),
            parked: reading.parked()?.len() as u64,
            import: accounts::progress_now(till),
            account_holders: extract.as_ref().map_or(0, |now| now.taken),
            accounts_as_at: as_at.map(|day| day.to_string()),
            accounts_old_days: as_at.and_then(|day| old_days(core.today(), day)).filter(|_| !demonstration),
            troubles: core.trouble_codes(),
            last_receipt: reading.latest_receipts(1)?.pop().map(|row| row.number),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_data_is_called_old_after_a_week_and_not_before() {
        let day = |of_month| NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap_or_default();
        assert_eq!(old_days(day(23), day(16)), None, "a week's extract lasts a week");
        assert_eq!(old_days(day(23), day(15)), Some(8));
        assert_eq!(old_days(day(23), day(24)), None, "an extract that is ahead of the clock");
    }
}
