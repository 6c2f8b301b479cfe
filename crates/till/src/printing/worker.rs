//! The worker: tries jobs in their order, each a bounded number of times, and keeps what it hears of the printers.

use super::{Known, Shared};
use crate::api::Changed;
use crate::api::printing::PaperStrip;
use crate::error::TillError;
use crate::papers::{self, Paper as Printed};
use crate::settings::Settings;
use crate::till::Core;
use counterfoil_devices::{Asks, PrintError, Printer, PrinterStatus, PrinterTarget, Timeouts};
use counterfoil_documents::profile::StatusBy;
use counterfoil_documents::{ChosenProfile, escpos};
use counterfoil_store::{JobState, PrintJob};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// After so many tries a job is given up until somebody asks for it again.
const MAX_TRIES: u32 = 5;
/// Between two tries of a job, unless somebody wakes the worker.
const BETWEEN_TRIES: Duration = Duration::from_secs(3);
/// A printer that was silent isn't asked how it is for so many jobs; then it is asked again, for it may have been busy.
const JOBS_BETWEEN_QUESTIONS: u32 = 50;
/// Between two looks at a printer that has trouble, or whose drawer is open, while nothing is printed.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// Why a try failed, at the receipt, a printer or a file.
struct Trouble {
    code: String,
    handed_over: bool,
    /// Trying again by itself won't help.
    lasting: bool,
}

impl From<PrintError> for Trouble {
    fn from(error: PrintError) -> Trouble {
        Trouble { code: error.code().to_owned(), handed_over: error.handed_over, lasting: false }
    }
}

impl From<TillError> for Trouble {
    fn from(error: TillError) -> Trouble {
        Trouble { code: error.code, handed_over: false, lasting: false }
    }
}

pub(super) struct Worker {
    core: Weak<Core>,
    shared: Arc<Shared>,
    /// A drawer opens at once or not at all: only with jobs of entries after this one, the last when printing was in trouble or
    /// the till began.
    pulses_after: u64,
    /// The printers in use, kept because they remember whether they answer.
    printers: Vec<Kept>,
}

struct Kept {
    target: PrinterTarget,
    printer: Box<dyn Printer>,
    jobs: u32,
}

impl Worker {
    pub fn new(core: &Arc<Core>, shared: Arc<Shared>) -> Result<Worker, TillError> {
        let pulses_after = core.store.head()?.seq;
        Ok(Worker { core: Arc::downgrade(core), shared, pulses_after, printers: Vec::new() })
    }

    pub fn run(&mut self, woken: &Receiver<()>) {
        let mut wait = None;
        loop {
            let signal = match wait {
                Some(wait) => woken.recv_timeout(wait),
                None => woken.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            if matches!(signal, Err(RecvTimeoutError::Disconnected)) {
                return;
            }
            let Some(core) = self.core.upgrade() else { return };
            if self.shared.to_pdf.swap(false, Ordering::AcqRel)
                && let Err(error) = to_pdf(&core)
            {
                tracing::error!(code = %error.code, detail = %error.detail, "what waits can't be written as PDF");
            }
            let done = self.print_all(&core).unwrap_or_else(|error| {
                tracing::error!(code = %error.code, detail = %error.detail, "a print job can't be worked off");
                false
            });
            let again = matches!(signal, Err(RecvTimeoutError::Timeout));
            if self.shared.look.swap(false, Ordering::AcqRel) || (again && done) {
                self.look(&core);
            }
            wait = if !done {
                Some(BETWEEN_TRIES)
            } else if self.shared.may_change(&core.settings()) {
                Some(BETWEEN_LOOKS)
            } else {
                None
            };
        }
    }

    /// Prints until nothing waits; false when a printer is in trouble and should be tried again later. What waits for one printer
    /// doesn't keep what is for the other.
    fn print_all(&mut self, core: &Core) -> Result<bool, TillError> {
        let mut in_trouble = [false; 2];
        while let Some(job) = core.store.read(|reading| reading.next_print_job(in_trouble))? {
            if core.council().is_err() {
                // Everything that is printed names the council: it waits until a pack is applied.
                return Ok(false);
            }
            let other = job.other;
            let printed = self.print(core, job);
            core.tell(&[Changed::Printing]);
            in_trouble[usize::from(other)] |= !printed?;
        }
        Ok(in_trouble == [false; 2])
    }

    /// Asks the printers how they are.
    fn look(&mut self, core: &Core) {
        let settings = core.settings();
        self.shared.forget_others(&settings);
        let mut news = false;
        for other in [false, true].into_iter().take(1 + usize::from(settings.other_printer.is_some())) {
            let (target, chosen) = settings.printer(other);
            let Some(printer) = self.printer(&settings, target, chosen) else { continue };
            let status = printer.status();
            news |= self.heard(core, target, &status);
        }
        if news {
            core.tell(&[Changed::Printing]);
        }
    }

    /// Notes what a printer said, or why it said nothing.
    fn heard(&mut self, core: &Core, target: &PrinterTarget, said: &Result<PrinterStatus, PrintError>) -> bool {
        let (status, fault) = match said {
            Ok(status) => (*status, status.fault()),
            Err(error) => (PrinterStatus::UNKNOWN, Some(error.fault)),
        };
        self.shared.heard(Known { target: target.clone(), status, fault, at_ms: core.surroundings.now_ms() })
    }

    /// One try; false when the job waits for another.
    fn print(&mut self, core: &Core, mut job: PrintJob) -> Result<bool, TillError> {
        let earlier = job.handed_over;
        job.copy |= earlier;
        let pulse = std::mem::take(&mut job.drawer) && !earlier && job.job > self.pulses_after;
        match self.try_once(core, &mut job, pulse)? {
            Ok(()) => {
                core.store.print_job_is_out(&job)?;
                Ok(true)
            }
            Err(trouble) => {
                tracing::warn!(code = %trouble.code, job = job.job, "printing failed");
                job.tries += 1;
                job.handed_over = earlier || trouble.handed_over;
                job.state = if trouble.lasting || job.tries >= MAX_TRIES { JobState::Failed } else { JobState::Waiting };
                job.trouble = Some(trouble.code);
                core.store.update_print_job(&job)?;
                Ok(job.state == JobState::Failed)
            }
        }
    }

    /// Reads the document and hands it to the printer, with the drawer's pulse or without. Whether paper may have come out, and
    /// that the drawer has had its one chance, is written down before the first byte leaves; when that can't be written nothing
    /// is printed, and the try doesn't count.
    fn try_once(&mut self, core: &Core, job: &mut PrintJob, pulse: bool) -> Result<Result<(), Trouble>, TillError> {
        let settings = core.settings();
        let profile = settings.printer(job.other).1.profile();
        let paper = match papers::paper(core, job.prints, job.copy, profile.columns) {
            Ok(paper) => paper,
            Err(error) => {
                tracing::error!(code = %error.code, detail = %error.detail, job = job.job, "a document to be printed can't be read");
                return Ok(Err(Trouble { code: "receipt-unreadable".into(), handed_over: false, lasting: true }));
            }
        };
        let mut bytes = if pulse { escpos::drawer_pulse(&profile) } else { Vec::new() };
        bytes.extend(paper.as_ref().map(|paper| escpos::render(&paper.sheet, &profile)).unwrap_or_default());
        if bytes.is_empty() {
            // Only the drawer was to open, and it may have: it doesn't open a second time.
            return Ok(Ok(()));
        }
        job.state = JobState::Printing;
        job.handed_over = true;
        core.store.update_print_job(job)?;
        // A drawer that opens by itself once the printer is back is nobody's wish.
        let lasting = paper.is_none();
        let handed = self.hand_over(core, &settings, job, paper, pulse, &bytes);
        if handed.is_err() && !job.other {
            self.pulses_after = core.store.head()?.seq;
        }
        Ok(handed.map_err(|trouble| Trouble { lasting: trouble.lasting || lasting, ..trouble }))
    }

    fn hand_over(
        &mut self,
        core: &Core,
        settings: &Settings,
        job: &PrintJob,
        paper: Option<Printed>,
        pulse: bool,
        bytes: &[u8],
    ) -> Result<(), Trouble> {
        let (target, chosen) = settings.printer(job.other);
        match target {
            PrinterTarget::Screen => {
                let strip = PaperStrip {
                    job: job.job,
                    number: paper.as_ref().map(|paper| paper.name.clone()),
                    sheet: paper.map(|paper| paper.sheet),
                    drawer: pulse,
                };
                self.shared.put_out(strip);
                Ok(())
            }
            PrinterTarget::None => Ok(paper.map_or(Ok(()), |paper| save_pdf(core, &paper, job.copy))?),
            target => {
                let Some(printer) = self.printer(settings, target, chosen) else { return Ok(()) };
                let printed = printer.print(bytes);
                if printed.is_err() {
                    // Whoever put it right may have changed it for another.
                    self.printers.retain(|kept| kept.target != *target);
                }
                self.heard(core, target, &printed);
                printed?;
                Ok(())
            }
        }
    }

    /// The printer at a target, the one of the last job where there was one. Those that the settings no longer name are let go.
    fn printer(&mut self, settings: &Settings, target: &PrinterTarget, chosen: &ChosenProfile) -> Option<&mut dyn Printer> {
        let named = |target: &PrinterTarget| *target == settings.printer || settings.other_printer.as_ref() == Some(target);
        self.printers.retain(|kept| named(&kept.target) && kept.jobs < JOBS_BETWEEN_QUESTIONS);
        if !self.printers.iter().any(|kept| kept.target == *target) {
            self.printers.push(Kept { target: target.clone(), printer: target.open(asks(chosen), Timeouts::default())?, jobs: 0 });
        }
        let kept = self.printers.iter_mut().find(|kept| kept.target == *target)?;
        kept.jobs += 1;
        Some(kept.printer.as_mut())
    }
}

/// How a printer is asked how it is.
pub(crate) fn asks(chosen: &ChosenProfile) -> Asks {
    match chosen.profile().status {
        StatusBy::RealTime => Asks::RealTime,
        StatusBy::Automatic => Asks::Automatic,
        StatusBy::Never => Asks::Never,
    }
}

/// Everything that waits or was given up, as PDF. What may have come out says COPY here too; no drawer opens.
fn to_pdf(core: &Core) -> Result<(), TillError> {
    for job in core.store.read(|reading| reading.print_jobs(u32::MAX))? {
        let copy = job.copy || job.handed_over;
        match papers::paper(core, job.prints, copy, core.settings().profile().columns) {
            Ok(Some(paper)) => save_pdf(core, &paper, copy)?,
            Ok(None) => {}
            Err(error) => {
                tracing::error!(code = %error.code, detail = %error.detail, job = job.job, "a document can't be read");
                continue;
            }
        }
        core.store.print_job_is_out(&job)?;
    }
    core.tell(&[Changed::Printing]);
    Ok(())
}

/// With no printer at all documents go to PDF, in the data folder's `receipts`.
fn save_pdf(core: &Core, paper: &Printed, copy: bool) -> Result<(), TillError> {
    let folder = core.store.folder().join("receipts");
    let name = &paper.name;
    let path = folder.join(if copy { format!("{name}-copy.pdf") } else { format!("{name}.pdf") });
    let in_file = |source| TillError::from(counterfoil_store::StoreError::File { path: path.clone(), source });
    std::fs::create_dir_all(&folder).map_err(in_file)?;
    std::fs::write(&path, papers::pdf_of(core, &paper.sheet, paper.at_ms)?).map_err(in_file)
}
