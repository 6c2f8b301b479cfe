//! What the window asks of the printers. Nothing here waits for one.

use crate::api::printing::{
    ModelView, Paper, PrintElsewhere, PrintPlace, PrinterChoices, PrinterLine, PrinterView, PrintersView, TestPrinter,
};
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::till::{Caller, Till};
use counterfoil_devices::queues;
use counterfoil_documents::{ChosenProfile, Model};
use counterfoil_domain::entry::Fact;
use counterfoil_store::{Decision, Job, Reading};
use std::sync::PoisonError;

/// `print.paper`.
pub(crate) fn paper(till: &Till, _: &Caller, _: Nothing) -> Result<Paper, TillError> {
    let strips = till.printing.shared.strips.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Paper { strips: strips.iter().cloned().collect() })
}

/// `print.retry`.
pub(crate) fn retry(till: &Till, _: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    till.core.store.revive_print_jobs()?;
    till.printing.look();
    till.core.tell(&[Changed::Printing]);
    Ok(Nothing {})
}

/// `print.elsewhere`.
pub(crate) fn elsewhere(till: &Till, _: &Caller, request: PrintElsewhere) -> Result<Nothing, TillError> {
    match request.to {
        PrintPlace::OtherPrinter if till.core.settings().other_printer.is_none() => {
            return Err(TillError::not_done("printer-other-missing"));
        }
        PrintPlace::OtherPrinter => {
            till.core.store.move_print_jobs()?;
            till.printing.wake();
        }
        PrintPlace::Pdf => till.printing.to_pdf(),
    }
    till.core.tell(&[Changed::Printing]);
    Ok(Nothing {})
}

/// `print.test`.
pub(crate) fn test(till: &Till, caller: &Caller, request: TestPrinter) -> Result<Nothing, TillError> {
    if request.other && till.core.settings().other_printer.is_none() {
        return Err(TillError::not_done("printer-other-missing"));
    }
    let job = Job { other: request.other, ..Job::default() };
    printed(till, caller, Fact::PrinterTested { other: request.other }, job)
}

/// `drawer.test`.
pub(crate) fn test_drawer(till: &Till, caller: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    printed(till, caller, Fact::DrawerTested, Job { drawer: true, ..Job::default() })
}

/// Writes down what is printed, and prints it.
pub(crate) fn printed(till: &Till, caller: &Caller, fact: Fact, job: Job) -> Result<Nothing, TillError> {
    let core = &till.core;
    let entry = core.entry(core.surroundings.new_id(), Some(&caller.user()?.code), caller.session, fact);
    core.store.commit(|_| Ok::<_, TillError>(Decision::Write(Box::new(entry), Some(job))))?;
    till.printing.wake();
    core.tell(&[Changed::Printing]);
    Ok(Nothing {})
}

/// `printer.list`.
pub(crate) fn list(_: &Till, _: &Caller, _: Nothing) -> Result<PrinterChoices, TillError> {
    let models = Model::ALL.map(|model| ModelView::of(&ChosenProfile { model, ..ChosenProfile::default() })).to_vec();
    Ok(PrinterChoices { models, queues: queues(None) })
}

/// `printer.status`.
pub(crate) fn status(till: &Till, _: &Caller, _: Nothing) -> Result<PrintersView, TillError> {
    let settings = till.core.settings();
    let other = settings.other_printer.is_some().then(|| view(till, true));
    till.printing.look();
    Ok(PrintersView { till: view(till, false), other })
}

fn view(till: &Till, other: bool) -> PrinterView {
    let settings = till.core.settings();
    let (target, chosen) = settings.printer(other);
    let known = till.printing.known(target);
    let profile = chosen.profile();
    let status = known.as_ref().map(|known| known.status).unwrap_or_default();
    PrinterView {
        target: target.clone(),
        profile: ModelView::of(chosen),
        state: state(known.as_ref()).to_owned(),
        paper: status.paper,
        drawer_open: status.drawer_high.and_then(|high| profile.drawer_is_open(high)),
        drawer_high: status.drawer_high,
        heard_at_ms: known.map(|known| known.at_ms),
    }
}

/// `ready`, `unknown`, or the trouble's code.
fn state(known: Option<&super::Known>) -> &'static str {
    match known {
        Some(known) => match known.fault {
            Some(fault) => fault.code(),
            None if known.status.online == Some(true) => "ready",
            None => "unknown",
        },
        None => "unknown",
    }
}

/// What the status line says: the trouble of a job that waits comes before that of a printer that nothing waits for.
pub(crate) fn line(till: &Till, reading: &Reading<'_>) -> Result<PrinterLine, TillError> {
    let (waiting, failed, trouble) = reading.print_summary()?;
    let seen = view(till, false);
    let trouble = trouble.or(Some(seen.state).filter(|state| state != "unknown"));
    Ok(PrinterLine {
        state: trouble.unwrap_or_else(|| "ready".to_owned()),
        waiting,
        failed,
        paper_near_end: seen.paper == counterfoil_devices::Paper::NearEnd,
        drawer_open: seen.drawer_open,
    })
}
