//! Z reads: listed, shown, printed again. They are never made here: a close makes them.

use crate::api::cash_up::{WhichZ, ZSummary, ZView};
use crate::api::ledger::SessionProof;
use crate::api::printing::PrintState;
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::ledger;
use crate::till::{Caller, Core, Till};
use crate::{papers, receipts, views};
use counterfoil_domain::cash_up::over_and_short;
use counterfoil_domain::day_end::ZRead;
use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_domain::rights::Right;
use counterfoil_store::{Decision, Job, Reading};

/// How many Z reads are listed.
const LISTED: u32 = 100;

/// A Z read's entry.
fn kept(reading: &Reading<'_>, number: u64) -> Result<(u64, Entry), TillError> {
    let unknown = || TillError::not_done("z-unknown");
    let seq = reading.session_of_z(number)?.and_then(|row| row.closed_seq).ok_or_else(unknown)?;
    Ok((seq, reading.entry(seq)?.ok_or_else(unknown)?))
}

/// A Z read with the entry that made it.
pub(crate) fn whole(reading: &Reading<'_>, number: u64) -> Result<(Entry, ZRead), TillError> {
    let (_, entry) = kept(reading, number)?;
    let z = z_of(&entry)?.clone();
    Ok((entry, z))
}

fn z_of(entry: &Entry) -> Result<&ZRead, TillError> {
    match &entry.fact {
        Fact::SessionClosed { z } => Ok(z),
        _ => Err(TillError::not_done("z-unknown")),
    }
}

/// A Z read, whole.
pub(crate) fn view(core: &Core, reading: &Reading<'_>, seq: u64, entry: &Entry) -> Result<ZView, TillError> {
    let z = z_of(entry)?;
    Ok(ZView {
        sheet: papers::z_read(core, entry, z, false, core.settings().profile().columns)?,
        closed_at: views::moment(core, entry.at_ms),
        closed_by: entry.by.clone().unwrap_or_default(),
        approved_by: entry.approved_by.clone(),
        print: reading.print_job_of(seq)?.as_ref().map_or(PrintState::Printed, receipts::print_state),
        ledger: ledger::of_session(core, reading, z.session)?,
        z: z.clone(),
    })
}

/// `z.list`.
pub(crate) fn list(till: &Till, _: &Caller, _: Nothing) -> Result<Vec<ZSummary>, TillError> {
    till.core.store.read(|reading| {
        let mut list = Vec::new();
        for row in reading.closed_sessions(LISTED)? {
            let Some(seq) = row.closed_seq else { continue };
            let entry = reading.entry(seq)?.ok_or_else(|| TillError::not_done("z-unknown"))?;
            let z = z_of(&entry)?;
            let (over, short) = over_and_short(&z.mops);
            list.push(ZSummary {
                number: z.number,
                session: z.session,
                user_code: z.user_code.clone(),
                closed_at: views::moment(&till.core, entry.at_ms),
                over,
                short,
            });
        }
        Ok(list)
    })
}

/// `z.show`.
pub(crate) fn show(till: &Till, _: &Caller, request: WhichZ) -> Result<ZView, TillError> {
    till.core.store.read(|reading| {
        let (seq, entry) = kept(reading, request.number)?;
        view(&till.core, reading, seq, &entry)
    })
}

/// `z.proof`: who closed a session may not see reports, and is shown all the same when the ledger has it.
pub(crate) fn proof(till: &Till, caller: &Caller, request: WhichZ) -> Result<Option<SessionProof>, TillError> {
    let core = &till.core;
    let user = caller.user()?;
    core.store.read(|reading| {
        let (_, entry) = kept(reading, request.number)?;
        let z = z_of(&entry)?;
        let closed_it = entry.by.as_deref().is_some_and(|by| by.eq_ignore_ascii_case(&user.code));
        if !closed_it && !z.user_code.eq_ignore_ascii_case(&user.code) && !caller.council()?.may(user, Right::SeeReports) {
            return Err(TillError::not_done("right-missing"));
        }
        ledger::of_session(core, reading, z.session)
    })
}

/// `z.reprint`.
pub(crate) fn reprint(till: &Till, caller: &Caller, request: WhichZ) -> Result<Nothing, TillError> {
    let core = &till.core;
    let user = caller.user()?;
    core.store.commit(|reading| {
        let (seq, _) = kept(reading, request.number)?;
        let fact = Fact::ZReadReprinted { number: request.number };
        let job = Job { of: Some(seq), copy: true, ..Job::default() };
        let entry = core.entry(core.surroundings.new_id(), Some(&user.code), caller.session, fact);
        Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(job)))
    })?;
    till.printing.wake();
    core.tell(&[Changed::Printing]);
    Ok(Nothing {})
}
