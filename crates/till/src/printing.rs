//! Printing: jobs come out after the payment is on the disk, by a worker that nobody waits for.

use crate::api::printing::{Paper, PaperStrip};
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::papers::{self, Paper as Printed};
use crate::settings::Settings;
use crate::till::{Caller, Core, Till};
use counterfoil_devices::{PrintError, Printer, PrinterTarget, Timeouts};
use counterfoil_documents::escpos;
use counterfoil_store::{JobState, PrintJob};
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

/// After so many tries a job is given up until somebody asks for it again.
const MAX_TRIES: u32 = 5;
/// Between two tries of a job, unless somebody wakes the worker.
const BETWEEN_TRIES: Duration = Duration::from_secs(3);
/// A printer that was silent isn't asked how it is for so many jobs; then it is asked again, for it may have been busy.
const JOBS_BETWEEN_QUESTIONS: u32 = 50;
/// How many strips the on-screen printer keeps.
const STRIPS: usize = 20;

/// Wakes the printing worker, from any thread and for as long as there is one.
#[derive(Clone, Default)]
pub(crate) struct PrintWake(Arc<Mutex<Option<SyncSender<()>>>>);

impl PrintWake {
    /// There may be something to print.
    pub fn wake(&self) {
        if let Some(wake) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            // A full channel means that the worker will look anyway.
            let _ = wake.try_send(());
        }
    }

    fn set(&self, wake: Option<SyncSender<()>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = wake;
    }
}

/// The printing worker.
pub(crate) struct Printing {
    wake: PrintWake,
    worker: Option<JoinHandle<()>>,
    strips: Arc<Mutex<VecDeque<PaperStrip>>>,
}

impl Printing {
    /// Starts the worker. Jobs that were in the printer's hands when the till died may have come out: they say COPY now. None of
    /// an earlier run opens the drawer: its customer has gone.
    pub fn start(core: &Arc<Core>, prints: bool) -> Result<Printing, TillError> {
        let strips = Arc::new(Mutex::new(VecDeque::new()));
        if !prints {
            return Ok(Printing { wake: PrintWake::default(), worker: None, strips });
        }
        let (wake, woken) = sync_channel(1);
        let pulses_after = core.store.head()?.seq;
        let mut worker = Worker { core: Arc::downgrade(core), strips: strips.clone(), pulses_after, printers: Vec::new() };
        let thread = std::thread::Builder::new()
            .name("printing".into())
            .spawn(move || worker.run(&woken))
            .map_err(|error| TillError::not_done("internal").because(error))?;
        let printing = Printing { wake: PrintWake::default(), worker: Some(thread), strips };
        printing.wake.set(Some(wake));
        printing.wake();
        Ok(printing)
    }

    /// There may be something to print.
    pub fn wake(&self) {
        self.wake.wake();
    }

    /// To be woken from other threads.
    pub fn to_wake(&self) -> PrintWake {
        self.wake.clone()
    }
}

impl Drop for Printing {
    fn drop(&mut self) {
        self.wake.set(None);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

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

struct Worker {
    core: Weak<Core>,
    strips: Arc<Mutex<VecDeque<PaperStrip>>>,
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
    fn run(&mut self, woken: &Receiver<()>) {
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
            wait = if self.print_all(&core) { None } else { Some(BETWEEN_TRIES) };
        }
    }

    /// Prints until nothing waits; false when the printer is in trouble and should be tried again later.
    fn print_all(&mut self, core: &Core) -> bool {
        loop {
            let job = match core.store.read(|reading| reading.next_print_job()) {
                Ok(Some(job)) => job,
                Ok(None) => return true,
                Err(error) => {
                    tracing::error!(code = error.code(), "the print queue can't be read");
                    return false;
                }
            };
            if core.council().is_err() {
                // Everything that is printed names the council: it waits until a pack is applied.
                return false;
            }
            let printed = self.print(core, job);
            core.tell(&[Changed::Printing]);
            match printed {
                Ok(true) => {}
                Ok(false) => return false,
                Err(error) => {
                    tracing::error!(code = %error.code, detail = %error.detail, "a print job can't be worked off");
                    return false;
                }
            }
        }
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
        let paper = match papers::paper(core, job.prints, job.copy, settings.profile.columns) {
            Ok(paper) => paper,
            Err(error) => {
                tracing::error!(code = %error.code, detail = %error.detail, job = job.job, "a document to be printed can't be read");
                return Ok(Err(Trouble { code: "receipt-unreadable".into(), handed_over: false, lasting: true }));
            }
        };
        let mut bytes = if pulse { escpos::drawer_pulse(&settings.profile) } else { Vec::new() };
        bytes.extend(paper.as_ref().map(|paper| escpos::render(&paper.sheet, &settings.profile)).unwrap_or_default());
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
        if handed.is_err() {
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
        let target = settings.other_printer.as_ref().filter(|_| job.other).unwrap_or(&settings.printer);
        match target {
            PrinterTarget::Screen => {
                let strip = PaperStrip {
                    job: job.job,
                    number: paper.as_ref().map(|paper| paper.name.clone()),
                    sheet: paper.map(|paper| paper.sheet),
                    drawer: pulse,
                };
                let mut strips = self.strips.lock().unwrap_or_else(PoisonError::into_inner);
                strips.push_front(strip);
                strips.truncate(STRIPS);
                Ok(())
            }
            PrinterTarget::None => Ok(paper.map_or(Ok(()), |paper| save_pdf(core, &paper, job.copy))?),
            target => {
                let printed = self.printer(settings, target).map_or(Ok(()), |printer| printer.print(bytes));
                if printed.is_err() {
                    // Whoever put it right may have changed it for another.
                    self.printers.retain(|kept| kept.target != *target);
                }
                Ok(printed?)
            }
        }
    }

    /// The printer at a target, the one of the last job where there was one. Those that the settings no longer name are let go.
    fn printer(&mut self, settings: &Settings, target: &PrinterTarget) -> Option<&mut dyn Printer> {
        let named = |target: &PrinterTarget| *target == settings.printer || settings.other_printer.as_ref() == Some(target);
        self.printers.retain(|kept| named(&kept.target) && kept.jobs < JOBS_BETWEEN_QUESTIONS);
        if !self.printers.iter().any(|kept| kept.target == *target) {
            self.printers.push(Kept { target: target.clone(), printer: target.open(Timeouts::default())?, jobs: 0 });
        }
        let kept = self.printers.iter_mut().find(|kept| kept.target == *target)?;
        kept.jobs += 1;
        Some(kept.printer.as_mut())
    }
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

/// `print.paper`.
pub(crate) fn paper(till: &Till, _: &Caller, _: Nothing) -> Result<Paper, TillError> {
    let strips = till.printing.strips.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Paper { strips: strips.iter().cloned().collect() })
}

/// `print.retry`.
pub(crate) fn retry(till: &Till, _: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    till.core.store.revive_print_jobs()?;
    till.printing.wake();
    till.core.tell(&[Changed::Printing]);
    Ok(Nothing {})
}
