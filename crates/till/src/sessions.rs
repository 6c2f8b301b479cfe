//! Opening a session; the status line.

use crate::accounts;
use crate::api::printing::PrinterLine;
use crate::api::sessions::{OpenSession, SessionView, StatusLine};
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::till::{Caller, Till};
use crate::views;
use counterfoil_domain::entry::Fact;
use counterfoil_domain::session::opening_float;
use counterfoil_store::Decision;
use std::sync::PoisonError;

/// `session.open`.
pub(crate) fn open(till: &Till, caller: &Caller, request: OpenSession) -> Result<SessionView, TillError> {
    let user = caller.user()?;
    let float = opening_float(caller.council()?, &request.counts)?;
    let core = &till.core;
    core.store.commit(|reading| {
        if let Some(open) = reading.open_session()? {
            return Err(TillError::not_done("session-open-already").with("user", open.user_code));
        }
        reading.till_name()?.ok_or_else(|| TillError::not_done("till-not-set-up"))?;
        let number = reading.next_session()?;
        let fact = Fact::SessionOpened { number, float, counts: request.counts };
        Ok(Decision::Write(Box::new(core.entry(core.surroundings.new_id(), Some(&user.code), Some(number), fact)), None))
    })?;
    let row = core.read_session_again()?.ok_or_else(|| TillError::not_done("session-needed"))?;
    core.tell(&[Changed::Session]);
    Ok(views::session(core, row, Some(&user.code)))
}

/// `till.status`.
pub(crate) fn status(till: &Till, caller: &Caller, _: Nothing) -> Result<StatusLine, TillError> {
    let core = &till.core;
    let user_code = caller.user()?.code.clone();
    core.store.read(|reading| {
        let (unsent_receipts, unsent_value) = reading.unsent()?;
        let (waiting, failed, trouble) = reading.print_summary()?;
        let extract = reading.extract()?;
        Ok(StatusLine {
            session: reading.open_session()?.map(|row| views::session(core, row, Some(&user_code))),
            unsent_receipts,
            unsent_value,
            printer: PrinterLine { state: trouble.unwrap_or_else(|| "ready".to_owned()), waiting, failed },
            parked: reading.parked()?.len() as u64,
            import: accounts::progress_now(till),
            account_holders: extract.as_ref().map_or(0, |now| now.taken),
            accounts_as_at: extract.and_then(|now| now.as_at).map(|day| day.to_string()),
            troubles: core.troubles.read().unwrap_or_else(PoisonError::into_inner).iter().map(|code| (*code).to_owned()).collect(),
            last_receipt: reading.latest_receipts(1)?.pop().map(|row| row.number),
        })
    })
}
