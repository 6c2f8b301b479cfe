//! The worker: tries jobs in their order, each a bounded number of times, and keeps what it hears of the printers.

mod kept;

use super::slips::{self, Asked};
use super::{Known, Shared};
use crate::api::Changed;
use crate::api::printing::PaperStrip;
use crate::error::TillError;
use crate::papers::{self, Paper as Printed};
use crate::settings::Settings;
use crate::till::Core;
use counterfoil_devices::{Asks, PrintError, PrintFault, Printer, PrinterStatus, PrinterTarget, Timeouts};
use counterfoil_documents::profile::StatusBy;
use counterfoil_documents::{ChosenProfile, escpos};
use counterfoil_store::{JobState, PrintJob};
use kept::{Answered, Kept, is_named};
use std::collections::HashSet;
use std::fs::File;
use std::io::Write;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// After so many tries a job is given up until somebody asks for it again.
const MAX_TRIES: u32 = 5;
/// Between two tries of a job, unless somebody wakes the worker.
const BETWEEN_TRIES: Duration = Duration::from_secs(3);
/// How long a printer is held ready for a receipt that then doesn't come.
const HELD: Duration = Duration::from_secs(2);
/// Between two looks at a printer that has trouble, or whose drawer is open, while nothing is printed.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// Why a try failed, at the receipt, a printer or a file.
struct Trouble {
    code: String,
    handed_over: bool,
    /// Trying again by itself won't help.
    lasting: bool,
}

impl Trouble {
    /// The printer of the settings can't be used.
    fn unreachable() -> Trouble {
        Trouble { code: PrintFault::Unreachable.code().to_owned(), handed_over: false, lasting: false }
    }
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
    /// Those that answered, also before this worker.
    answered: Answered,
    /// The last entry before this worker.
    began_after: u64,
    /// How long a printer may take.
    timeouts: Timeouts,
    /// Jobs that this worker has tried.
    tried: HashSet<u64>,
    /// The till's printer is ready for a receipt that is about to come, or isn't.
    begun: Option<(PrinterTarget, Result<(), PrintError>)>,
}

impl Worker {
    pub fn new(core: &Arc<Core>, shared: Arc<Shared>) -> Result<Worker, TillError> {
        let head = core.store.head()?.seq;
        Ok(Worker {
            core: Arc::downgrade(core),
            shared,
            pulses_after: head,
            printers: Vec::new(),
            answered: Answered::of(core),
            began_after: head,
            timeouts: Timeouts::default(),
            tried: HashSet::new(),
            begun: None,
        })
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
            self.shared.at_leisure.store(false, Ordering::Release);
            let in_vain = matches!(signal, Err(RecvTimeoutError::Timeout)) && self.hang_up();
            if self.shared.expected.swap(false, Ordering::AcqRel) {
                self.get_ready(&core);
            }
            if self.shared.to_pdf.swap(false, Ordering::AcqRel)
                && let Err(error) = self.write_pdfs(&core)
            {
                tracing::error!(code = %error.code, detail = %error.detail, "what waits can't be written as PDF");
            }
            let slip = self.shared.slips().wanted.take();
            if let Some(asked) = slip {
                self.print_slip(&core, &asked);
            }
            let done = self.print_all(&core).unwrap_or_else(|error| {
                tracing::error!(code = %error.code, detail = %error.detail, "a print job can't be worked off");
                false
            });
            let again = matches!(signal, Err(RecvTimeoutError::Timeout)) && !in_vain;
            let asked = self.shared.look.swap(false, Ordering::AcqRel);
            if asked || (again && done) {
                self.look(&core, asked);
            }
            let settings = core.settings();
            self.shared.at_leisure.store(done && self.shared.is_well(&settings.printer), Ordering::Release);
            wait = if !done {
                Some(BETWEEN_TRIES)
            } else if self.begun.is_some() {
                Some(HELD)
            } else if self.shared.may_change(&settings) {
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

    /// Connects to the till's printer and asks how it is, for a receipt that is about to come.
    fn get_ready(&mut self, core: &Core) {
        let settings = core.settings();
        let (target, chosen) = settings.printer(false);
        self.hang_up();
        if let Some(begun) = self.printer(&settings, target, chosen).map(Printer::begin) {
            self.begun = Some((target.clone(), begun));
        }
    }

    /// Lets go of a printer that was got ready for nothing; false when none was.
    fn hang_up(&mut self) -> bool {
        let Some((target, _)) = self.begun.take() else { return false };
        self.let_go(&target);
        true
    }

    /// Asks the till's printer how it is, and the other one too where somebody wants to know: one that is switched off is long in not
    /// answering, and receipts would wait for it.
    fn look(&mut self, core: &Core, at_the_other_too: bool) {
        let settings = core.settings();
        let others = usize::from(at_the_other_too && settings.other_printer.is_some());
        // Most printers serve one connection at a time.
        self.hang_up();
        self.shared.forget_others(&settings);
        let mut news = false;
        for other in [false, true].into_iter().take(1 + others) {
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
        if status != PrinterStatus::UNKNOWN
            && let Some(kept) = self.printers.iter().find(|kept| kept.target == *target)
        {
            self.answered.note(core, target, kept.taken_for.0);
        }
        self.shared.heard(Known { target: target.clone(), status, fault, at_ms: core.surroundings.now_ms() })
    }

    /// One try; false when the job waits for another.
    fn print(&mut self, core: &Core, mut job: PrintJob) -> Result<bool, TillError> {
        let at_once = self.is_new(&job);
        self.tried.insert(job.job);
        let earlier = job.handed_over && !at_once;
        job.copy |= earlier;
        // At the other printer stands somebody else's drawer.
        let pulse = std::mem::take(&mut job.drawer) && !earlier && !job.other && job.job > self.pulses_after;
        match self.try_once(core, &mut job, pulse, at_once)? {
            Ok(()) => {
                core.store.print_job_is_out(&job)?;
                self.tried.remove(&job.job);
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

    /// Was it written down as handed over with its receipt, and not a byte of it sent yet?
    fn is_new(&self, job: &PrintJob) -> bool {
        !self.tried.contains(&job.job) && job.state == JobState::Printing && job.job > self.began_after
    }

    /// Hands a job to the printer, with the drawer's pulse or without. The printer is connected and asked how it is while the document
    /// is made and the try is written down.
    fn try_once(&mut self, core: &Core, job: &mut PrintJob, pulse: bool, at_once: bool) -> Result<Result<(), Trouble>, TillError> {
        let settings = core.settings();
        let (target, chosen) = settings.printer(job.other);
        let broke_off = self.broke_off(target) || (job.handed_over && !at_once);
        let mut make = || make(core, &settings, job, pulse, at_once, broke_off);
        let (begun, made) = match self.begun.take_if(|held| held.0 == *target) {
            Some((_, begun)) => (begun, make()),
            None => begin_while(self.printer(&settings, target, chosen), make),
        };
        let made = match made {
            Ok(Ok(Some(made))) => made,
            other => {
                self.let_go(target);
                return Ok(other?.map(drop));
            }
        };
        // A drawer that opens by itself once the printer is back is nobody's wish.
        let lasting = made.paper.is_none();
        let handed = self.hand_over(core, target, job, made, begun);
        if handed.is_err() {
            self.let_go(target);
            if !job.other {
                self.pulses_after = core.store.head()?.seq;
            }
        }
        Ok(handed.map_err(|trouble| Trouble { lasting: trouble.lasting || lasting, ..trouble }))
    }

    fn hand_over(
        &mut self,
        core: &Core,
        target: &PrinterTarget,
        job: &PrintJob,
        made: Made,
        begun: Result<(), PrintError>,
    ) -> Result<(), Trouble> {
        let Made { paper, bytes, pulse } = made;
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
                let kept = self.printers.iter_mut().find(|kept| kept.target == *target).ok_or_else(Trouble::unreachable)?;
                let printed = begun.and_then(|()| kept.print(&bytes));
                self.heard(core, target, &printed);
                printed?;
                Ok(())
            }
        }
    }

    /// Prints on the slip that lies in the till's own printer. Whoever asked is told how it fared, and asks again where it didn't.
    fn print_slip(&mut self, core: &Core, asked: &Asked) {
        let settings = core.settings();
        let (target, chosen) = settings.printer(false);
        self.hang_up();
        let fared = self.try_slip(core, &settings, asked).map_err(|trouble| trouble.code);
        if fared.is_err() {
            self.let_go(target);
        }
        if let Err(code) = &fared {
            tracing::warn!(%code, model = chosen.model.name(), "a slip wasn't printed");
        }
        self.shared.slip_fared(fared);
        core.tell(&[Changed::Printing]);
    }

    fn try_slip(&mut self, core: &Core, settings: &Settings, asked: &Asked) -> Result<(), Trouble> {
        let (target, chosen) = settings.printer(false);
        let profile = settings.profile_sent(false);
        let mut bytes = slips::made(core, &asked.slip, &profile)?;
        let kept = self.kept(settings, target, chosen).ok_or_else(Trouble::unreachable)?;
        if kept.broke_off {
            bytes.splice(0..0, escpos::missing_end(&profile));
        }
        kept.printer.begin_slip()?;
        slips::note(core, asked)?;
        let printed = kept.print(&bytes);
        self.heard(core, target, &printed);
        printed?;
        Ok(())
    }

    /// Everything that waits or was given up, as PDF. What may have come out says COPY here too; no drawer opens. What can't be written
    /// stays where it is with its reason, and what comes after it is written all the same.
    fn write_pdfs(&mut self, core: &Core) -> Result<(), TillError> {
        for mut job in core.store.read(|reading| reading.print_jobs(u32::MAX))? {
            let copy = job.copy || (job.handed_over && !self.is_new(&job));
            let paper = document(core, &job, copy, core.settings().profile().columns);
            let saved = paper.and_then(|paper| Ok(paper.map_or(Ok(()), |paper| save_pdf(core, &paper, copy))?));
            let noted = match saved {
                Ok(()) => core.store.print_job_is_out(&job).map(|()| {
                    self.tried.remove(&job.job);
                }),
                Err(trouble) => {
                    tracing::error!(code = %trouble.code, job = job.job, "a document can't be written as PDF");
                    job.trouble = Some(trouble.code);
                    core.store.update_print_job(&job)
                }
            };
            if let Err(error) = noted {
                tracing::error!(code = error.code(), %error, job = job.job, "what became of a print job can't be written");
            }
        }
        core.tell(&[Changed::Printing]);
        Ok(())
    }

    /// Hangs up what a printer was made ready for. What is known of how it answers stays: one that has answered before and doesn't now is
    /// in trouble, and no clone that never does.
    fn let_go(&mut self, target: &PrinterTarget) {
        self.printers.iter_mut().filter(|kept| kept.target == *target).for_each(|kept| kept.printer.hang_up());
    }

    /// Did the last job at this printer break off?
    fn broke_off(&self, target: &PrinterTarget) -> bool {
        self.printers.iter().any(|kept| kept.target == *target && kept.broke_off)
    }

    fn printer(&mut self, settings: &Settings, target: &PrinterTarget, chosen: &ChosenProfile) -> Option<&mut dyn Printer> {
        Some(self.kept(settings, target, chosen)?.printer.as_mut())
    }

    /// The printer at a target, the one of the last job where there was one. Those that the settings no longer name are let go, and one
    /// that is now taken for something else.
    fn kept(&mut self, settings: &Settings, target: &PrinterTarget, chosen: &ChosenProfile) -> Option<&mut Kept> {
        let taken_for = (chosen.model, asks(chosen));
        self.printers.retain(|kept| is_named(settings, &kept.target) && (kept.target != *target || kept.taken_for == taken_for));
        if !self.printers.iter().any(|kept| kept.target == *target) {
            let mut printer = target.open(taken_for.1, self.timeouts)?;
            if self.answered.has(target, chosen.model) {
                printer.has_answered();
            }
            self.printers.push(Kept { target: target.clone(), taken_for, printer, broke_off: false });
        }
        self.printers.iter_mut().find(|kept| kept.target == *target)
    }
}

/// What is sent to a printer.
struct Made {
    paper: Option<Printed>,
    bytes: Vec<u8>,
    pulse: bool,
}

/// Makes a job's document, and writes the try down before the first byte leaves: whether paper may have come out, and that the drawer
/// has had its one chance. When that can't be written nothing is printed, and the try doesn't count. Nothing where only the drawer was
/// to open, and it may have: it doesn't open a second time.
fn make(
    core: &Core,
    settings: &Settings,
    job: &mut PrintJob,
    pulse: bool,
    at_once: bool,
    broke_off: bool,
) -> Result<Result<Option<Made>, Trouble>, TillError> {
    let profile = settings.profile_sent(job.other);
    let paper = match document(core, job, job.copy, profile.columns) {
        Ok(paper) => paper,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let mut bytes = if pulse { escpos::drawer_pulse(&profile) } else { Vec::new() };
    bytes.extend(paper.as_ref().map(|paper| escpos::render(&paper.sheet, &profile)).unwrap_or_default());
    if bytes.is_empty() {
        return Ok(Ok(None));
    }
    if broke_off {
        bytes.splice(0..0, escpos::missing_end(&profile));
    }
    job.state = JobState::Printing;
    job.handed_over = true;
    // What is printed at once was written down so with its receipt.
    if !at_once {
        core.store.update_print_job(job)?;
    }
    Ok(Ok(Some(Made { paper, bytes, pulse })))
}

/// Gets a printer ready while something else is done.
fn begin_while<T>(printer: Option<&mut dyn Printer>, work: impl FnOnce() -> T) -> (Result<(), PrintError>, T) {
    let Some(printer) = printer else { return (Ok(()), work()) };
    let printer = Mutex::new(printer);
    let begin = || printer.lock().unwrap_or_else(PoisonError::into_inner).begin();
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("printer".into()).spawn_scoped(scope, begin);
        let done = work();
        // Without a thread it is got ready afterwards.
        let begun = thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(begin);
        (begun, done)
    })
}

/// How a printer is asked how it is.
pub(crate) fn asks(chosen: &ChosenProfile) -> Asks {
    match chosen.profile().status {
        StatusBy::RealTime => Asks::RealTime,
        StatusBy::Automatic => Asks::Automatic,
        StatusBy::Never => Asks::Never,
    }
}

/// What a job prints; nothing where only the drawer is to open.
fn document(core: &Core, job: &PrintJob, copy: bool, columns: usize) -> Result<Option<Printed>, Trouble> {
    papers::paper(core, job.prints, copy, columns).map_err(|error| {
        tracing::error!(code = %error.code, detail = %error.detail, job = job.job, "a document to be printed can't be read");
        Trouble { code: "receipt-unreadable".into(), handed_over: false, lasting: true }
    })
}

/// With no printer at all documents go to PDF, in the data folder's `receipts`. Once this is answered the file is on the disk.
fn save_pdf(core: &Core, paper: &Printed, copy: bool) -> Result<(), TillError> {
    let folder = core.store.folder().join("receipts");
    let name = &paper.name;
    let path = folder.join(if copy { format!("{name}-copy.pdf") } else { format!("{name}.pdf") });
    let in_file = |source| TillError::from(counterfoil_store::StoreError::File { path: path.clone(), source });
    let pdf = papers::pdf_of(core, &paper.sheet, paper.at_ms)?;
    let write = || {
        std::fs::create_dir_all(&folder)?;
        let mut file = File::create(&path)?;
        file.write_all(&pdf)?;
        file.sync_all()
    };
    write().map_err(in_file)
}

#[cfg(test)]
mod tests;
