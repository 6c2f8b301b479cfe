//! The terminal's own totals beside the till's: read before the first payment of a session, and again when it is counted.

use super::course::{Course, service_id};
use crate::api::Changed;
use crate::error::TillError;
use crate::till::{Core, Till};
use counterfoil_domain::Pence;
use counterfoil_domain::card_payment::{CardState, TerminalAgainst, TerminalTally};
use counterfoil_domain::entry::Fact;
use counterfoil_store::{Decision, Reading, TerminalReadings};
use counterfoil_terminals::CardTerminal;
use std::sync::Arc;

/// What the session's terminal says that it took, beside what the till knows of; nothing where it didn't say before the first payment, or
/// hasn't said since and nothing was approved there. Where something was approved, or given back, after it said it last, that the two
/// weren't compared.
pub(crate) fn driven(reading: &Reading<'_>, session: u64) -> Result<Vec<TerminalAgainst>, TillError> {
    let Some(readings) = reading.terminal_readings()?.filter(|readings| readings.session == session) else { return Ok(Vec::new()) };
    let TerminalReadings { terminal, first, last, .. } = readings;
    let not_compared = reading.approved_after(&terminal, last.0)?;
    if last.0 == first.0 && !not_compared {
        return Ok(Vec::new());
    }
    let known = reading.approved_between(&terminal, first.0, if not_compared { reading.head()?.seq } else { last.0 })?;
    let says = if not_compared { Pence::ZERO } else { last.1.since(first.1) };
    Ok(vec![TerminalAgainst { says, known, terminal, not_compared }])
}

/// Has the terminal's totals read again, by a thread that nobody waits for; only where they were read before the session's first
/// payment, and nothing is going on there.
pub(crate) fn read_totals(till: &Till) -> Result<(), TillError> {
    let core = &till.core;
    let (readings, open) = core.store.read(|reading| Ok::<_, TillError>((reading.terminal_readings()?, reading.open_card_payments()?)))?;
    let session = core.session().map(|session| session.number);
    let Some(readings) = readings.filter(|readings| Some(readings.session) == session) else { return Ok(()) };
    let Ok(terminal) = till.cards.shared.terminal(core, &readings.terminal) else { return Ok(()) };
    if open.iter().any(|row| matches!(row.state, CardState::Intended | CardState::Sent)) {
        return Ok(());
    }
    let (id, shared, weak) = (service_id(core)?, till.cards.shared.clone(), Arc::downgrade(core));
    let work = move || {
        let totals = terminal.totals(&id);
        let Ok(Some(totals)) = totals else { return };
        let open = shared.till_is_open();
        let core = weak.upgrade().filter(|_| *open);
        if let Some(core) = core {
            note(&core, readings.session, &readings.terminal, totals);
            core.tell(&[Changed::Cards]);
        }
    };
    let thread = std::thread::Builder::new().name("card totals".into()).spawn(work);
    thread.map(|_| ()).map_err(|error| TillError::not_done("internal").because(error))
}

impl Course {
    /// Before the first payment of a session: what the terminal had before it.
    pub(super) fn totals_before(&self, terminal: &dyn CardTerminal) {
        let session = self.row.session;
        let id = self.with_till(|core| {
            let readings = core.store.read(|reading| reading.terminal_readings()).ok()?;
            let known = readings.is_some_and(|readings| readings.session == session && readings.terminal == self.row.terminal);
            let wanted = !known && self.shared.wants_totals(session, &self.row.terminal);
            if wanted { service_id(core).ok() } else { None }
        });
        let Some(Some(id)) = id else { return };
        if let Ok(Some(totals)) = terminal.totals(&id) {
            self.with_till(|core| note(core, session, &self.row.terminal, totals));
        }
    }
}

/// Without a reading nothing is compared; no payment stands or falls with it.
fn note(core: &Core, session: u64, terminal: &str, tally: TerminalTally) {
    let fact = Fact::TerminalTotalsRead { terminal: terminal.to_owned(), tally };
    let written = core.store.commit(|reading| {
        // A session that is counted or closed has its totals.
        crate::sessions::still_open(reading, session)?;
        Ok::<_, TillError>(Decision::Write(Box::new(core.entry(core.surroundings.new_id(), None, Some(session), fact)), None))
    });
    if let Err(error) = written {
        tracing::warn!(code = %error.code, "the terminal's totals aren't written down");
    }
}
