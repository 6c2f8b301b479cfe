//! The first start of a machine that its installation has told everything: it sets itself up and makes itself known to the ledger, asks
//! nobody anything, and says how it goes. What it can't do is left to a person on the first-run screen.

use crate::api::Changed;
use crate::api::ledger::EnrolTill;
use crate::api::start::{FirstStartView, SetUpTill};
use crate::error::TillError;
use crate::settings::LedgerSettings;
use crate::settings_in_force::FirstStart;
use crate::till::Till;
use counterfoil_ledger_client::backoff::Backoff;
use counterfoil_store::LedgerNote;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

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
                let Some(till) = till.upgrade() else { return };
                let Some(failure) = till.first_start(&told).err() else { return show(&till, None) };
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
        let (named, worked, known, begun) = self.core.store.read(|reading| {
            let worked = reading.next_session()? > 1 || reading.next_serial()? > 1;
            let [known, begun] = [LedgerNote::Enrolment, LedgerNote::FirstStart].map(|note| reading.ledger_note(note));
            Ok::<_, TillError>((reading.till_name()?.is_some(), worked, known?.is_some(), begun?.is_some()))
        })?;
        if can_enrol && !worked && !known && !begun {
            self.core.store.keep_ledger_note(LedgerNote::FirstStart, Some("true"))?;
        }
        let enrols = named && !known && can_enrol && (begun || !worked);
        Ok(((!worked && !named && can_name) || enrols).then_some(!worked))
    }

    /// What is left to do of it; what was done before a power cut isn't done again.
    fn first_start(&self, told: &FirstStart) -> Result<(), TillError> {
        let core = &self.core;
        let (named, known) = core
            .store
            .read(|reading| Ok::<_, TillError>((reading.till_name()?.is_some(), reading.ledger_note(LedgerNote::Enrolment)?.is_some())))?;
        if let (false, Some(folder), Some(office), Some(till)) = (named, &told.pack, &told.office, &told.till) {
            let (folder, office_code, till_code) = (folder.clone(), office.clone(), till.clone());
            self.set_up(&SetUpTill { folder, office_code, till_code, printer: core.settings().printer, columns: None })?;
        }
        if let (false, Some(code), Some(LedgerSettings::Hub { url, authority })) = (known, &told.enrol_code, core.settings().ledger) {
            let authority = authority.map(|path| path.display().to_string());
            self.enrol(None, &EnrolTill { url, code: code.clone(), authority, in_the_clear: false, take_name: false })?;
        }
        Ok(())
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
