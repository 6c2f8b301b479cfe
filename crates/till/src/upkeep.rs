//! The check-up as the window asks for it, beside the counter's work, and the support bundle.

use crate::api::upkeep::{BeginCheckUp, CheckUpView, SupportBundle};
use crate::api::{Changed, Nothing};
use crate::beside::Beside;
use crate::doctor::{Patient, check_names, check_up};
use crate::error::TillError;
use crate::support_bundle::write_support_bundle;
use crate::till::{Caller, Core, Till};
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
    let mut view = CheckUpView { of: u32::try_from(check_names().len()).unwrap_or_default(), running: true, ..CheckUpView::default() };
    checking.report(view.clone());
    let core = till.core.clone();
    checking.begin("check-up", move |checking| {
        check_up(&patient(&core, request.full), &[], &mut |check, _| {
            view.checks.push(check.clone());
            checking.report(view.clone());
            core.tell(&[Changed::Upkeep]);
            checking.goes_on()
        });
        checking.finish(CheckUpView { running: false, ..view });
        core.tell(&[Changed::Upkeep]);
    })?;
    Ok(Nothing {})
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

/// `support.write`.
pub(crate) fn support(till: &Till, _: &Caller, _: Nothing) -> Result<SupportBundle, TillError> {
    let path = write_support_bundle(&patient(&till.core, false), None)?;
    Ok(SupportBundle { path: path.display().to_string() })
}
