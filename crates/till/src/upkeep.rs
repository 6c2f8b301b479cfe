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

/// The check-up under way, or the last one.
#[derive(Default)]
pub(crate) struct CheckingUp(Arc<Beside<CheckUpView>>);

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
    checking.report(begun());
    let core = till.core.clone();
    checking.begin("check-up", move |checking| look(&core, checking, request.full))?;
    Ok(Nothing {})
}

fn begun() -> CheckUpView {
    CheckUpView { of: u32::try_from(check_names().len()).unwrap_or_default(), running: true, ..CheckUpView::default() }
}

/// Makes the checks, and tells each as it is made. The place is claimed.
fn look(core: &Core, checking: &Beside<CheckUpView>, full: bool) {
    let mut view = begun();
    checking.report(view.clone());
    check_up(&patient(core, full), &[], &mut |check, _| {
        view.checks.push(check.clone());
        checking.report(view.clone());
        core.tell(&[Changed::Upkeep]);
        checking.goes_on()
    });
    checking.finish(CheckUpView { running: false, ..view });
    core.tell(&[Changed::Upkeep]);
}

/// The last check-up that came to its end; where there is none yet one is made, as if it had been begun by hand.
fn found(till: &Till) -> Result<CheckUpView, TillError> {
    let checking = &till.checking_up.0;
    let is_whole = |view: &CheckUpView| !view.running && view.checks.len() == check_names().len();
    if let Some(view) = checking.latest().filter(is_whole) {
        return Ok(view);
    }
    if !checking.claim() {
        return Err(TillError::not_done("doctor-running"));
    }
    look(&till.core, checking, false);
    Ok(checking.latest().unwrap_or_default())
}

/// `doctor.show`.
pub(crate) fn show(till: &Till, _: &Caller, _: Nothing) -> Result<Option<CheckUpView>, TillError> {
    Ok(till.checking_up.0.latest())
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
