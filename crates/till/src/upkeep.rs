//! The check-up as the window asks for it, beside the counter's work, and the support bundle.

use crate::api::upkeep::{BeginCheckUp, CheckUpView, SupportBundle};
use crate::api::{Changed, Nothing};
use crate::beside::Beside;
use crate::doctor::{Patient, check_names, check_up};
use crate::error::TillError;
use crate::printing::commands::printed;
use crate::support_bundle::{harmless, write_support_bundle};
use crate::till::{Caller, Core, Till};
use counterfoil_domain::entry::Fact;
use counterfoil_store::Job;
use std::sync::Arc;

/// For so long what was found is sent and printed without being looked for again: it is what is on the screen.
const FRESH_MS: u64 = 10 * 60 * 1_000;

/// The check-up under way, or the last one.
#[derive(Default)]
pub(crate) struct CheckingUp(Arc<Beside<Looked>>);

/// A check-up, and when it had come so far, in ms since 1970 UTC.
#[derive(Clone)]
struct Looked {
    view: CheckUpView,
    at_ms: i64,
}

impl Looked {
    fn now(core: &Core, view: CheckUpView) -> Looked {
        Looked { view, at_ms: core.surroundings.now_ms() }
    }

    fn is_whole(&self) -> bool {
        !self.view.running && self.view.checks.len() == check_names().len()
    }
}

impl Drop for CheckingUp {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn patient(core: &Core, full: bool) -> Patient<'_> {
    Patient::new(core.store.folder(), Ok(core.settings_in_force()), &*core.secrets, &*core.surroundings, full)
}

/// `doctor.begin`.
pub(crate) fn begin(till: &Till, _: &Caller, request: BeginCheckUp) -> Result<Nothing, TillError> {
    let checking = &till.checking_up.0;
    if !checking.claim() {
        return Err(TillError::not_done("doctor-running"));
    }
    checking.report(Looked::now(&till.core, begun()));
    let core = till.core.clone();
    checking.begin("check-up", move |checking| look(&core, checking, request.full))?;
    Ok(Nothing {})
}

fn begun() -> CheckUpView {
    CheckUpView { of: u32::try_from(check_names().len()).unwrap_or_default(), running: true, ..CheckUpView::default() }
}

/// Makes the checks, and tells each as it is made. The place is claimed.
fn look(core: &Core, checking: &Beside<Looked>, full: bool) {
    let mut view = begun();
    checking.report(Looked::now(core, view.clone()));
    check_up(&patient(core, full), &[], &mut |check, _| {
        view.checks.push(check.clone());
        checking.report(Looked::now(core, view.clone()));
        core.tell(&[Changed::Upkeep]);
        checking.goes_on()
    });
    checking.finish(Looked::now(core, CheckUpView { running: false, ..view }));
    core.tell(&[Changed::Upkeep]);
}

/// The last check-up that came to its end, a short while ago; where there is none one is made, as if it had been begun by hand.
fn found(till: &Till) -> Result<CheckUpView, TillError> {
    let (core, checking) = (&till.core, &till.checking_up.0);
    let is_fresh = |looked: &Looked| core.surroundings.now_ms().abs_diff(looked.at_ms) <= FRESH_MS;
    if let Some(looked) = checking.latest().filter(|looked| looked.is_whole() && is_fresh(looked)) {
        return Ok(looked.view);
    }
    if !checking.claim() {
        return Err(TillError::not_done("doctor-running"));
    }
    look(core, checking, false);
    let looked = checking.latest().filter(Looked::is_whole);
    looked.map(|looked| looked.view).ok_or_else(|| TillError::not_done("doctor-cancelled"))
}

/// `doctor.show`.
pub(crate) fn show(till: &Till, _: &Caller, _: Nothing) -> Result<Option<CheckUpView>, TillError> {
    Ok(till.checking_up.0.latest().map(|looked| looked.view))
}

/// `doctor.cancel`.
pub(crate) fn cancel(till: &Till, _: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    till.checking_up.0.stop();
    Ok(Nothing {})
}

/// `doctor.print`: the check-up that is on the screen.
pub(crate) fn print(till: &Till, caller: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    let found = found(till)?.checks.iter().map(|check| harmless(check).to_print()).collect();
    printed(till, caller, Fact::CheckUpPrinted { found }, Job::default())
}

/// `support.write`: with the check-up that is on the screen.
pub(crate) fn support(till: &Till, _: &Caller, _: Nothing) -> Result<SupportBundle, TillError> {
    let view = found(till)?;
    let path = write_support_bundle(&patient(&till.core, false), &view.checks, None)?;
    Ok(SupportBundle { path: path.display().to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_counter::TestCounter;
    use serde_json::json;

    #[test]
    fn a_check_up_that_was_stopped_before_its_end_is_not_what_is_sent_or_printed() {
        let counter = TestCounter::open(json!({}), false);
        counter.till.checking_up.0.close();
        let error = found(&counter.till).expect_err("it stops after the first");
        assert_eq!(error.code, "doctor-cancelled");
    }
}
