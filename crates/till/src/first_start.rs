//! The first start of a machine that its installation has told everything: it sets itself up and makes itself known to the ledger, asks
//! nobody anything, and says how it goes. What it can't do is left to a person on the first-run screen.

use crate::api::Changed;
use crate::api::ledger::EnrolTill;
use crate::api::start::{FirstStartView, SetUpTill};
use crate::error::TillError;
use crate::ledger::Enrolling;
use crate::settings::LedgerSettings;
use crate::settings_in_force::FirstStart;
use crate::till::{Core, Till};
use counterfoil_ledger_client::backoff::Backoff;
use counterfoil_store::LedgerNote;
use std::sync::{Arc, PoisonError, Weak};
use std::time::Duration;

/// What a store keeps whose first start has begun.
const BEGUN: &str = "true";
/// What a store that was restored keeps of its first start: the code that the machine's installation was given may be another till's.
const RESTORED: &str = "restored";

/// What passes by itself: it is tried again.
const PASSES: [&str; 2] = ["ledger-unreachable", "ledger-busy"];

impl Till {
    /// Begins what the installation was told, if there is anything left of it to do, on a thread of its own.
    ///
    /// # Errors
    /// `internal` where there is no thread; the store's own.
    pub fn begin_first_start(self: &Arc<Till>, told: FirstStart) -> Result<(), TillError> {
        let Some(stands_in_front) = self.has_to_begin(&told)? else { return Ok(()) };
        let show = move |till: &Till, view| {
            if stands_in_front {
                till.first_start_is(view)
            }
        };
        show(self, Some(FirstStartView::default()));
        let till = Arc::downgrade(self);
        let work = move || {
            for failures in 1.. {
                let Some(tried) = first_start(&till, &told) else { return };
                let Some(till) = till.upgrade() else { return };
                let Some(failure) = tried.err() else { return show(&till, None) };
                let again = PASSES.contains(&failure.code.as_str());
                tracing::warn!(code = %failure.code, detail = %failure.detail, again, "the first start isn't over");
                let chance = till.core.surroundings.random().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte));
                let (code, args) = (Some(failure.code), failure.args);
                show(&till, Some(FirstStartView { code, args, again, ledger_url: till.hub_address() }));
                if !again {
                    return;
                }
                drop(till);
                std::thread::park_timeout(Duration::from_millis(Backoff::default().wait_ms(failures, chance)));
            }
        };
        std::thread::Builder::new()
            .name("first start".into())
            .spawn(work)
            .map_err(|error| TillError::not_done("internal").because(error))?;
        Ok(())
    }

    /// Is there anything left to do, and does it stand in front of the counter? A till that has worked already is its people's: its
    /// installation neither names it nor keeps a cashier waiting, and only makes known, beside their work, what it began to before.
    fn has_to_begin(&self, told: &FirstStart) -> Result<Option<bool>, TillError> {
        let can_name = told.pack.is_some() && told.office.is_some() && told.till.is_some();
        let can_enrol = told.enrol_code.is_some() && self.hub_address().is_some();
        let (named, worked, known, note) = self.core.store.read(|reading| {
            let worked = reading.next_session()? > 1 || reading.next_serial()? > 1;
            let (known, note) = (reading.ledger_note(LedgerNote::Enrolment)?.is_some(), reading.ledger_note(LedgerNote::FirstStart)?);
            Ok::<_, TillError>((reading.till_name()?.is_some(), worked, known, note))
        })?;
        if can_enrol && !worked && !known && note.is_none() {
            self.core.store.keep_ledger_note(LedgerNote::FirstStart, Some(BEGUN))?;
        }
        let enrols = named && !known && can_enrol && note.map_or(!worked, |note| note != RESTORED);
        Ok(((!worked && !named && can_name) || enrols).then_some(!worked))
    }

    /// What is to be done before a ledger is asked, and what to ask it; none when all is done. What was done before a power cut isn't
    /// done again.
    fn begin_to_start(&self, told: &FirstStart) -> Result<Option<(EnrolTill, Enrolling)>, TillError> {
        let core = &self.core;
        let (named, known) = core.store.read(|reading| {
            let restored = reading.ledger_note(LedgerNote::FirstStart)?.is_some_and(|note| note == RESTORED);
            Ok::<_, TillError>((reading.till_name()?.is_some(), restored || reading.ledger_note(LedgerNote::Enrolment)?.is_some()))
        })?;
        if let (false, Some(folder), Some(office), Some(till)) = (named, &told.pack, &told.office, &told.till) {
            let (folder, office_code, till_code) = (folder.clone(), office.clone(), till.clone());
            self.set_up(&SetUpTill { folder, office_code, till_code, printer: core.settings().printer, columns: None })?;
        }
        let (false, Some(code), Some(LedgerSettings::Hub { url, authority })) = (known, &told.enrol_code, core.settings().ledger) else {
            return Ok(None);
        };
        let authority = authority.map(|path| path.display().to_string());
        let request = EnrolTill { url, code: code.clone(), authority, in_the_clear: false, take_name: false };
        let enrolling = self.begin_enrolling(&request)?;
        Ok(Some((request, enrolling)))
    }

    /// A person has done it instead.
    pub(crate) fn first_start_was_done_by_hand(&self) {
        let was_left = self.core.first_start.write().unwrap_or_else(PoisonError::into_inner).take().is_some();
        if was_left {
            self.core.tell(&[Changed::Configuration]);
        }
    }

    fn hub_address(&self) -> Option<String> {
        match self.core.settings().ledger {
            Some(LedgerSettings::Hub { url, .. }) => Some(url),
            _ => None,
        }
    }

    fn first_start_is(&self, view: Option<FirstStartView>) {
        *self.core.first_start.write().unwrap_or_else(PoisonError::into_inner) = view;
        self.core.tell(&[Changed::Configuration]);
    }
}

/// Does what is left to do of it; none where the till was closed meanwhile. While a ledger is silent nothing holds the till: it closes as
/// it should, and what is lost of the answer is asked for again at the next start, by the same key.
fn first_start(till: &Weak<Till>, told: &FirstStart) -> Option<Result<(), TillError>> {
    let (request, Enrolling { asking, ledger }) = match till.upgrade()?.begin_to_start(told) {
        Ok(Some(begun)) => begun,
        Ok(None) => return Some(Ok(())),
        Err(error) => return Some(Err(error)),
    };
    let answered = asking.answer();
    let till = till.upgrade()?;
    Some(answered.and_then(|answered| till.finish_enrolling(None, &request, &answered, ledger)))
}

/// A store that was restored tries no code by itself.
pub(crate) fn was_restored(core: &Core) -> Result<(), TillError> {
    Ok(core.store.keep_ledger_note(LedgerNote::FirstStart, Some(RESTORED))?)
}
